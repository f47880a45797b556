"""Signing in and out: the form, the provider, the language.

Belongs here: these pages. Does not belong here: passwords (`accounts`), sessions (`sessions`), what a name may see
(`identity`).
"""

from __future__ import annotations

import secrets

from starlette.responses import Response

from pipelines.portal import oidc
from pipelines.portal.accounts import account_name, is_password
from pipelines.portal.sessions import LOCAL, OIDC
from pipelines.portal.web import (
    NOBODY,
    RefusedError,
    Visit,
    cookie_name,
    local_path,
    page,
    redirect,
    set_cookie,
    start_session,
    told,
    visitor_cookie,
)
from pipelines.texts import LANGUAGES

_MOST_WAITING = 1000


def home_page(visit: Visit) -> Response:
    """Send everybody to the page that is theirs."""
    return redirect("/mine" if visit.known.person_id else "/hr")


def login_page(visit: Visit, status: int = 200, problem: str = "") -> Response:
    """Ask for name and password, or send to the provider."""
    if visit.viewer is not None:
        return redirect("/")
    visit.visitor = visit.visitor or secrets.token_urlsafe(32)
    answer = page(
        visit,
        "login.html.j2",
        status,
        token=visit.portal.sessions.form_token(visit.visitor),
        problem=problem,
        next=local_path(visit.request.query_params.get("next", visit.field("next") or "/")),
        has_provider=visit.portal.provider is not None,
        has_accounts=any(account.password for account in visit.accounts.values()),
    )
    set_cookie(answer, visit.settings, visitor_cookie(visit.settings), visit.visitor)
    return answer


def login(visit: Visit) -> Response:
    """Check name and password; after too many failures nobody is let in for a while."""
    if not visit.portal.sessions.is_form_token(visit.visitor, visit.field("csrf")):
        visit.portal.ledger.write(NOBODY, "login", LOCAL, "refused", why="form")
        return login_page(visit, 403, visit.t("login.stale"))
    name = account_name(visit.field("name"))
    address = visit.request.client.host if visit.request.client else ""
    account = visit.accounts.get(name)
    # a name that is none may be a password typed into the wrong field: it is not kept
    told_name = name if account else NOBODY
    if visit.portal.failures.too_many(name, address):
        visit.portal.ledger.write(told_name, "login", LOCAL, "refused", why="too many failures")
        return login_page(visit, 429, visit.t("login.too_many"))
    if not is_password(account, visit.field("password")):
        visit.portal.failures.note(name, address)
        visit.portal.ledger.write(told_name, "login", LOCAL, "refused", why="password")
        return login_page(visit, 401, visit.t("login.wrong"))
    visit.portal.failures.forget(name)
    start_session(visit, name, LOCAL)
    return redirect(local_path(visit.field("next")))


def logout(visit: Visit) -> Response:
    """End the session."""
    visit.portal.sessions.end(visit.token)
    visit.portal.ledger.write(visit.who, "logout", visit.session.method if visit.session else "")
    answer = redirect("/login")
    answer.delete_cookie(cookie_name(visit.settings), path="/")
    visit.fresh = False
    return answer


def language(visit: Visit) -> Response:
    """Take the other language and go back to where the visitor was."""
    chosen = visit.request.path_params["lang"]
    answer = redirect(local_path(visit.request.query_params.get("back", "/")))
    if chosen in LANGUAGES:
        set_cookie(answer, visit.settings, "lang", chosen)
    return answer


async def to_provider(visit: Visit) -> Response:
    """Send the visitor to the provider."""
    from authlib.integrations.base_client.errors import OAuthError
    from httpx2 import HTTPError

    portal = visit.portal
    visitor = visit.visitor or secrets.token_urlsafe(32)
    while len(portal.waiting) >= _MOST_WAITING:
        portal.waiting.pop(next(iter(portal.waiting)))
    kept = portal.waiting.setdefault(visitor, {})
    visit.request.scope["session"] = kept
    try:
        answer: Response = await portal.provider.authorize_redirect(visit.request, visit.settings.url + oidc.CALLBACK)
    except (OAuthError, HTTPError) as error:
        raise RefusedError(502, "provider") from error
    set_cookie(answer, visit.settings, visitor_cookie(visit.settings), visitor)
    return answer


async def from_provider(visit: Visit) -> Response:
    """Take the provider's word: the code is changed for a signed token, whose claim names the person."""
    from authlib.integrations.base_client.errors import OAuthError
    from httpx2 import HTTPError
    from joserfc.errors import JoseError

    portal = visit.portal
    visit.request.scope["session"] = portal.waiting.pop(visit.visitor, {})
    try:
        token = await portal.provider.authorize_access_token(visit.request)
    except (OAuthError, HTTPError, JoseError, ValueError, KeyError, TypeError) as error:
        portal.ledger.write(NOBODY, "login", OIDC, "refused", why=type(error).__name__)
        return told(visit, 401, "provider_refused")
    name = oidc.name_in(token.get("userinfo") or {}, visit.settings)
    if not name:
        portal.ledger.write(NOBODY, "login", OIDC, "refused", why="no name")
        return told(visit, 401, "provider_refused")
    start_session(visit, name, OIDC)
    return redirect("/")
