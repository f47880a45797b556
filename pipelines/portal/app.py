"""The portal as one ASGI application: routes, and what happens around every page.

Belongs here: which path is which page, forms and their tokens, refusals as answers. Does not belong here: pages,
starting the server (`serving`).
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from inspect import iscoroutinefunction
from typing import TYPE_CHECKING, cast
from urllib.parse import quote, urlsplit

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from pipelines.portal import files, group_pages, own_pages, signing_in
from pipelines.portal.guard import Guard, TooLargeError
from pipelines.portal.oidc import CALLBACK
from pipelines.portal.sealed import AlteredError
from pipelines.portal.web import (
    TEMPLATES,
    NotThereError,
    Portal,
    RefusedError,
    Visit,
    altered,
    begin_visit,
    cookie_name,
    redirect,
    set_cookie,
    told,
)

if TYPE_CHECKING:
    from starlette.types import ASGIApp

_Page = Callable[[Visit], Response] | Callable[[Visit], Awaitable[Response]]
_MOST_FIELDS = 20
LOOPBACK_NAMES = ("127.0.0.1", "localhost")


def portal_app(portal: Portal) -> ASGIApp:
    """Return the application of a portal."""

    def page(path: str, handler: _Page, *, methods: tuple[str, ...] = ("GET",)) -> Route:
        return Route(path, _endpoint(portal, handler, public=False), methods=list(methods))

    def public(path: str, handler: _Page, *, methods: tuple[str, ...] = ("GET",)) -> Route:
        return Route(path, _endpoint(portal, handler, public=True), methods=list(methods))

    card = "/cards/{period}/{revision}/{person}"
    hr = "/hr/{period}/{revision}"
    post = ("POST",)
    routes = [
        Route("/static/portal.css", _stylesheet),
        public("/login", signing_in.login_page),
        public("/login", signing_in.login, methods=post),
        public("/language/{lang}", signing_in.language),
        *_provider_routes(portal, public),
        page("/", signing_in.home_page),
        page("/logout", signing_in.logout, methods=post),
        page("/mine", own_pages.mine),
        page(card, own_pages.card),
        page(f"{card}/acknowledge", own_pages.acknowledge, methods=post),
        page(f"{card}/objection", own_pages.objection_form),
        page(f"{card}/objection", own_pages.object_to, methods=post),
        page("/files/{period}/{revision}/{name}", files.sealed_file),
        page("/attachments/{sha256}", files.attachment),
        page("/team", group_pages.team_periods),
        page("/team/{period}", group_pages.team),
        page("/hr", group_pages.periods),
        page("/hr/objections", group_pages.objection_list),
        page(hr, group_pages.period),
        page(f"{hr}/release", group_pages.release, methods=post),
        page(f"{hr}/bundle", files.bundle, methods=post),
    ]
    nowhere = _endpoint(portal, _not_there, public=False)

    async def missing(request: Request, _: Exception) -> Response:
        return await nowhere(request)

    app = Starlette(
        routes=routes,
        middleware=[Middleware(TrustedHostMiddleware, allowed_hosts=_hosts(portal), www_redirect=False)],
        exception_handlers={404: missing, 405: missing, TooLargeError: _too_large, HTTPException: _bad_request},
    )
    return Guard(app, portal.settings)


def _provider_routes(portal: Portal, public: Callable[..., Route]) -> list[Route]:
    if portal.provider is None:
        return []
    return [public("/login/oidc", signing_in.to_provider), public(CALLBACK, signing_in.from_provider)]


def _endpoint(portal: Portal, handler: _Page, *, public: bool) -> Callable[[Request], Awaitable[Response]]:
    """Wrap a page: who asks, the token of a form, refusals, the cookie of a session that has just begun."""

    async def endpoint(request: Request) -> Response:
        form = None
        if request.method == "POST":
            form = await request.form(max_files=1, max_fields=_MOST_FIELDS)
        try:
            visit = await run_in_threadpool(begin_visit, portal, request, form)
            answer = await _answer(visit, handler, public=public)
        finally:
            if form is not None:
                await form.close()
        if visit.fresh:
            set_cookie(answer, visit.settings, cookie_name(visit.settings), visit.token)
        return answer

    return endpoint


async def _answer(visit: Visit, handler: _Page, *, public: bool) -> Response:
    try:
        if not public:
            refusal = await run_in_threadpool(_refusal, visit, visit.form)
            if refusal is not None:
                return refusal
        if iscoroutinefunction(handler):
            answer: Response = await handler(visit)
        else:
            answer = await run_in_threadpool(cast("Callable[[Visit], Response]", handler), visit)
    except NotThereError:
        return await run_in_threadpool(_told_missing, visit)
    except AlteredError as error:
        return await run_in_threadpool(altered, visit, error)
    except RefusedError as error:
        return await run_in_threadpool(_told_refused, visit, error)
    return answer


def _refusal(visit: Visit, form: FormData | None) -> Response | None:
    """Send to the sign-in whoever is not signed in, and refuse a form that is not from a page of this session."""
    if visit.session is None:
        path = visit.request.url.path if visit.request.method == "GET" else "/"
        return redirect(f"/login?next={quote(path)}")
    if visit.viewer is None:
        visit.portal.ledger.write(visit.who, "visit", visit.target(), "refused", why="nobody has this name")
        return told(visit, 403, "unknown_person")
    if form is not None and not visit.portal.sessions.is_form_token(visit.token, visit.field("csrf")):
        visit.portal.ledger.write(visit.who, "form", visit.target(), "refused", why="token")
        return told(visit, 403, "stale_form")
    return None


def _not_there(_: Visit) -> Response:
    raise NotThereError


def _told_missing(visit: Visit) -> Response:
    visit.portal.ledger.write(visit.who, "visit", visit.target(), "refused", why="missing or not allowed")
    return told(visit, 404, "missing")


def _told_refused(visit: Visit, error: RefusedError) -> Response:
    visit.portal.ledger.write(visit.who, "visit", visit.target(), "refused", why=error.key)
    return told(visit, error.status, error.key)


async def _stylesheet(_: Request) -> Response:
    data = await run_in_threadpool((TEMPLATES / "portal.css").read_bytes)
    return Response(data, media_type="text/css")


async def _too_large(_: Request, __: Exception) -> Response:
    return Response("413\n", status_code=413, media_type="text/plain", headers={"connection": "close"})


async def _bad_request(_: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 400
    return Response(f"{status}\n", status_code=status, media_type="text/plain")


def _hosts(portal: Portal) -> list[str]:
    """The names under which the portal may be asked for: no page elsewhere reaches it by a name of its own."""
    named = urlsplit(portal.settings().url).hostname
    return [*LOOPBACK_NAMES, *([named] if named else [])]
