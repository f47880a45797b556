"""One request: who asks, what may be shown, how it is answered.

Belongs here: the portal's parts in one object, a visit, answers as pages, the refusals that all pages share. Does not
belong here: any single page, routes (`app`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from pipelines.company.portal_settings import AT_ONCE, PortalSettings
from pipelines.periods import PeriodError, parse_period
from pipelines.portal.access import HR, Act, Asked, Stage, Viewer, may
from pipelines.portal.accounts import Account, account_name, read_accounts
from pipelines.portal.facts import FactReader, Facts
from pipelines.portal.identity import viewer_of
from pipelines.portal.ledger import Ledger
from pipelines.portal.sealed import AlteredError, Revision, Shelf
from pipelines.portal.sessions import PROXY, SESSION_LENGTH, Failures, Session, Sessions
from pipelines.scorecards.formats import period_label
from pipelines.texts import LANGUAGES, text

if TYPE_CHECKING:
    from jinja2 import Environment

TEMPLATES = Path(__file__).parent / "templates"
NOBODY = "-"
_LONGEST_TARGET = 200


class NotThereError(Exception):
    """What is missing and what is not allowed: nobody can tell one from the other."""


class RefusedError(Exception):
    """A request that is answered with a status and a sentence.

    Args:
        status: the HTTP status.
        key: the sentence, a key of the texts.
    """

    def __init__(self, status: int, key: str):
        self.status = status
        self.key = key
        super().__init__(key)


@dataclass
class Portal:
    """The parts of the portal of one company folder."""

    home: Path
    key: bytes
    now: Callable[[], datetime]
    shelf: Shelf
    ledger: Ledger
    sessions: Sessions
    failures: Failures
    facts: FactReader
    provider: Any = None
    #: what Authlib keeps between sending somebody to the provider and their return, by visitor
    waiting: dict[str, dict[str, Any]] = field(default_factory=dict)

    def settings(self) -> PortalSettings:
        """What company.yaml says of the portal now."""
        return self.facts.read().file.portal

    def stage(self, revision: Revision, settings: PortalSettings) -> Stage:
        """Return to whom a revision has been shown; a release holds for the manifest that it named.

        Where company.yaml shows seals at once, that is noted, so that a later `staged` takes nothing back.
        """
        period, sha256 = str(revision.period), revision.seal.manifest_sha256
        shown = {one.stage for one in self.ledger.releases(period, revision.number) if one.manifest_sha256 == sha256}
        if settings.release == AT_ONCE and Stage.PEOPLE not in shown:
            for stage in (Stage.MANAGERS, Stage.PEOPLE):
                self.ledger.release(period, revision.number, stage, sha256, "company.yaml")
                shown.add(stage)
        return max(shown, default=Stage.HR)


@dataclass
class Visit:
    """One request by somebody, or by nobody known.

    Attributes:
        token: of the session; empty without one.
        visitor: of the cookie that forms carry before anybody is signed in.
        fresh: whether the token was begun by this very request, so that the answer must carry it.
    """

    portal: Portal
    request: Request
    facts: Facts
    accounts: Mapping[str, Account]
    lang: str
    form: FormData | None = None
    session: Session | None = None
    viewer: Viewer | None = None
    token: str = ""
    visitor: str = ""
    fresh: bool = False

    @property
    def who(self) -> str:
        """The account as the audit names it."""
        return self.session.name if self.session else NOBODY

    @property
    def known(self) -> Viewer:
        """The viewer, on pages that only somebody signed in reaches.

        Raises:
            NotThereError: when nobody is signed in.
        """
        if self.viewer is None:
            raise NotThereError
        return self.viewer

    @property
    def settings(self) -> PortalSettings:
        """What company.yaml says of the portal."""
        return self.facts.file.portal

    def t(self, key: str, **params: object) -> str:
        """Return a text of the portal in the visitor's language."""
        return text(f"portal.{key}", self.lang, **params)

    def field(self, name: str) -> str:
        """Return a field of the form as text; empty where it is absent or a file."""
        value = self.form.get(name) if self.form is not None else None
        return value if isinstance(value, str) else ""

    def upload(self, name: str) -> UploadFile | None:
        """Return a file of the form; None where nothing was chosen."""
        value = self.form.get(name) if self.form is not None else None
        return value if isinstance(value, UploadFile) and (value.filename or value.size) else None

    def today(self) -> date:
        """The day in the company's time zone."""
        return self.portal.now().astimezone(ZoneInfo(self.facts.file.timezone)).date()

    def local_day(self, moment: str) -> date:
        """The day of a stored moment in the company's time zone."""
        return datetime.fromisoformat(moment).astimezone(ZoneInfo(self.facts.file.timezone)).date()

    def revision(self) -> Revision:
        """Return the revision that the path names.

        Raises:
            NotThereError: when it names none.
        """
        told, number = self.request.path_params["period"], self.request.path_params["revision"]
        try:
            period = parse_period(told)
        except PeriodError as error:
            raise NotThereError from error
        if str(period) == told:
            for revision in self.portal.shelf.revisions(period):
                if revision.label == number:
                    return revision
        raise NotThereError

    def stage(self, revision: Revision) -> Stage:
        """To whom a revision has been shown."""
        return self.portal.stage(revision, self.settings)

    def may(self, act: Act, revision: Revision, person_id: str = "") -> bool:
        """Tell whether the visitor may do something with a revision."""
        person = self.facts.people.get(person_id)
        employed = person.window if person else None
        asked = Asked(revision.period, self.stage(revision), person_id, employed)
        return self.viewer is not None and may(self.viewer, act, asked)

    def require(self, act: Act, revision: Revision, person_id: str = "") -> None:
        """Go on only where the visitor may.

        Raises:
            NotThereError: otherwise.
        """
        if not self.may(act, revision, person_id):
            raise NotThereError

    def require_hr(self) -> None:
        """Go on only for HR.

        Raises:
            NotThereError: for anybody else.
        """
        if HR not in self.known.roles:
            raise NotThereError

    def target(self) -> str:
        """The path as the audit keeps it."""
        return self.request.url.path[:_LONGEST_TARGET]


def begin_visit(portal: Portal, request: Request, form: FormData | None) -> Visit:
    """Find out who asks: by a trusted proxy's header first, else by the session's cookie."""
    facts = portal.facts.read()
    settings = facts.file.portal
    lang = request.cookies.get("lang", "")
    visit = Visit(
        portal,
        request,
        facts,
        read_accounts(portal.home),
        lang if lang in LANGUAGES else facts.file.locale,
        form,
        token=request.cookies.get(cookie_name(settings), ""),
        visitor=request.cookies.get(visitor_cookie(settings), ""),
    )
    visit.session = portal.sessions.find(visit.token)
    vouched = _vouched(request, settings)
    if vouched and (visit.session is None or (visit.session.method, visit.session.name) != (PROXY, vouched)):
        start_session(visit, vouched, PROXY)
    elif not vouched and visit.session is not None and visit.session.method == PROXY:
        visit.session, visit.token = None, ""
    if visit.session is not None:
        visit.viewer = viewer_of(visit.session, visit.accounts, facts)
    return visit


def _vouched(request: Request, settings: PortalSettings) -> str:
    """The name that a trusted proxy tells; the guard has thrown away everybody else's. Two names are none."""
    if not settings.trusted_proxies:
        return ""
    told = request.headers.getlist(settings.proxy_header)
    return account_name(told[0]) if len(told) == 1 else ""


def start_session(visit: Visit, name: str, method: str) -> None:
    """Begin a session for somebody who has proved the name, and say so in the audit."""
    account = visit.accounts.get(name)
    visit.portal.sessions.end(visit.token)
    visit.token = visit.portal.sessions.begin(name, method, account.stamp if account else "")
    visit.session = visit.portal.sessions.find(visit.token)
    visit.fresh = True
    visit.portal.ledger.write(name, "login", method)


def cookie_name(settings: PortalSettings) -> str:
    """The session's cookie; its prefix makes browsers refuse it from anywhere but https."""
    return "__Host-scorecards" if is_secure(settings) else "scorecards"


def visitor_cookie(settings: PortalSettings) -> str:
    """The cookie that the sign-in form hangs on."""
    return "__Host-visitor" if is_secure(settings) else "visitor"


def is_secure(settings: PortalSettings) -> bool:
    """Tell whether people reach the portal by https."""
    return settings.url.startswith("https://")


def set_cookie(response: Response, settings: PortalSettings, name: str, value: str) -> None:
    """Give a cookie that no script reads and no other site sends along with a form."""
    length = int(SESSION_LENGTH.total_seconds())
    response.set_cookie(
        name, value, max_age=length, path="/", secure=is_secure(settings), httponly=True, samesite="lax"
    )


@cache
def environment() -> Environment:
    """The templates, compiled once a process."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )


def page(visit: Visit, template: str, status: int = 200, **context: Any) -> Response:
    """Answer with a page in the visitor's language."""
    viewer = visit.viewer
    here = visit.request.url.path if visit.request.method == "GET" else "/"
    made = (
        environment()
        .get_template(template)
        .render(
            t=visit.t,
            lang=visit.lang,
            other=next(lang for lang in LANGUAGES if lang != visit.lang),
            company=visit.facts.file.name,
            who=visit.who if viewer else "",
            is_hr=bool(viewer and HR in viewer.roles),
            is_person=bool(viewer and viewer.person_id),
            is_manager=bool(viewer and viewer.lines),
            is_proxied=bool(visit.session and visit.session.method == PROXY),
            csrf=visit.portal.sessions.form_token(visit.token) if visit.token else "",
            here=here,
            period=lambda period: period_label(str(period), visit.lang),
            **context,
        )
    )
    return HTMLResponse(made.encode("utf-8", "replace"), status_code=status)


def told(visit: Visit, status: int, key: str) -> Response:
    """Answer with one sentence."""
    return page(visit, "told.html.j2", status, title=visit.t(f"{key}.title"), sentence=visit.t(key))


def redirect(path: str) -> Response:
    """Send the browser to another page of the portal by GET."""
    return RedirectResponse(path, status_code=303)


def local_path(told: str) -> str:
    """Return a path of the portal itself, whatever a link asked for."""
    plain = told.startswith("/") and not told.startswith(("//", "/\\")) and told.isprintable() and "\\" not in told
    return told if plain else "/"


def utc_now() -> datetime:
    """The clock of a real server."""
    return datetime.now(UTC)


def altered(visit: Visit, error: AlteredError) -> Response:
    """Answer that a sealed file is not what was sealed, and say so in the audit."""
    visit.portal.ledger.write(visit.who, "altered", visit.target(), "refused", file=error.name)
    return told(visit, 409, "altered")
