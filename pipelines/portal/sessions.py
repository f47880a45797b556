"""Who is signed in at this moment, tokens of forms, and how often a sign-in may fail.

Belongs here: sessions in the server's memory (one hour; a restart ends them), the token that every form carries, the
count of failed sign-ins. Does not belong here: passwords (`accounts`), what somebody may see (`access`).
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock

SESSION_LENGTH = timedelta(hours=1)
#: Sign-ins that may fail in a quarter of an hour: of one account, and from one address.
FAILURES = timedelta(minutes=15)
FAILURES_PER_ACCOUNT = 5
FAILURES_PER_ADDRESS = 30
_MOST_KEPT = 20_000

LOCAL = "password"
OIDC = "oidc"
PROXY = "proxy"


@dataclass(frozen=True)
class Session:
    """One sign-in.

    Attributes:
        name: the account, or the e-mail that a provider or proxy told.
        method: `password`, `oidc` or `proxy`.
        stamp: of the account at that moment; empty without an account.
        ends: when it is over, whatever was clicked.
    """

    name: str
    method: str
    stamp: str
    ends: datetime


class Sessions:
    """The sessions of one server.

    Args:
        key: the portal's key, which keys the tokens of forms.
        now: the clock.
    """

    def __init__(self, key: bytes, now: Callable[[], datetime]):
        self._key = key
        self._now = now
        self._lock = Lock()
        self._sessions: dict[str, Session] = {}

    def begin(self, name: str, method: str, stamp: str) -> str:
        """Begin a session and return its token, which nothing but the cookie holds."""
        token = secrets.token_urlsafe(32)
        with self._lock:
            now = self._now()
            self._sessions = {one: kept for one, kept in self._sessions.items() if kept.ends > now}
            while len(self._sessions) >= _MOST_KEPT:
                self._sessions.pop(next(iter(self._sessions)))
            self._sessions[_digest(token)] = Session(name, method, stamp, now + SESSION_LENGTH)
        return token

    def find(self, token: str) -> Session | None:
        """Return the session of a token; None when there is none or it is over."""
        with self._lock:
            found = self._sessions.get(_digest(token)) if token else None
        return found if found is not None and found.ends > self._now() else None

    def end(self, token: str) -> None:
        """End a session."""
        with self._lock:
            self._sessions.pop(_digest(token), None)

    def form_token(self, token: str) -> str:
        """Return what the forms of a session, or of a visitor's cookie, must carry."""
        return hmac.new(self._key, b"form\0" + token.encode(), hashlib.sha256).hexdigest()

    def is_form_token(self, token: str, given: str) -> bool:
        """Tell whether a form carries what it must."""
        return bool(token) and hmac.compare_digest(self.form_token(token).encode(), given.encode("utf-8", "replace"))


class Failures:
    """Failed sign-ins of the last quarter of an hour, by account and by address."""

    def __init__(self, now: Callable[[], datetime]):
        self._now = now
        self._lock = Lock()
        self._failed: dict[tuple[str, str], list[datetime]] = {}

    def too_many(self, name: str, address: str) -> bool:
        """Tell whether nobody may try this account, or from this address, for a while."""
        with self._lock:
            return (
                len(self._recent(("account", name))) >= FAILURES_PER_ACCOUNT
                or len(self._recent(("address", address))) >= FAILURES_PER_ADDRESS
            )

    def note(self, name: str, address: str) -> None:
        """Count a failure."""
        with self._lock:
            for key in (("account", name), ("address", address)):
                self._failed[key] = [*self._recent(key), self._now()]
            while len(self._failed) > _MOST_KEPT:
                self._failed.pop(next(iter(self._failed)))

    def forget(self, name: str) -> None:
        """Count anew for an account whose person got in."""
        with self._lock:
            self._failed.pop(("account", name), None)

    def _recent(self, key: tuple[str, str]) -> list[datetime]:
        since = self._now() - FAILURES
        return [moment for moment in self._failed.get(key, ()) if moment > since]


def _digest(token: str) -> str:
    """Sessions are found by a hash, so that a look into memory or a comparison's time gives no token away."""
    return hashlib.sha256(token.encode()).hexdigest()
