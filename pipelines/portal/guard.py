"""What every request and answer passes: headers that protect, headers that nobody may forge, the size of what is sent.

Belongs here: one ASGI layer. Does not belong here: who may see what (`access`), sessions.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from pipelines.company.portal_settings import PortalSettings

PAGE_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
#: For what was sealed or sent in: it may look like itself and do nothing.
FILE_POLICY = (
    "sandbox; default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)
_HEADERS = (
    (b"cache-control", b"no-store"),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=()"),
    (b"x-robots-tag", b"noindex, nofollow"),
)
#: A form without a file; an attachment comes on top.
FORM_BYTES = 64 * 1024


class Guard:
    """Wraps the portal.

    Args:
        app: the portal.
        settings: what company.yaml says of it now.
    """

    def __init__(self, app: ASGIApp, settings: Callable[[], PortalSettings]):
        self._app = app
        self._settings = settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on without forged headers, and its answer back with those that protect."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        settings = self._settings()
        scope = {**scope, "headers": honest_headers(scope, settings)}
        left = FORM_BYTES + settings.attachment_megabytes * 1024 * 1024

        async def counted() -> Message:
            nonlocal left
            message = await receive()
            left -= len(message.get("body", b""))
            if left < 0:
                raise TooLargeError
            return message

        async def protected(message: Message) -> None:
            if message["type"] == "http.response.start":
                given = {name.lower() for name, _ in message["headers"]}
                more = [*_HEADERS, (b"content-security-policy", PAGE_POLICY.encode())]
                if settings.url.startswith("https://"):
                    more.append((b"strict-transport-security", b"max-age=31536000"))
                headers = [*message["headers"], *((name, value) for name, value in more if name not in given)]
                message = {**message, "headers": headers}
            await send(message)

        await self._app(scope, counted, protected)


class TooLargeError(Exception):
    """A request that sends more than any form of the portal asks for."""


def honest_headers(scope: Scope, settings: PortalSettings) -> list[tuple[bytes, bytes]]:
    """Return the headers of a request without the one that a trusted proxy alone may set."""
    name = settings.proxy_header.lower().encode("latin-1", "replace")
    peer = scope["client"][0] if scope.get("client") else ""
    if peer in settings.trusted_proxies:
        return list(scope["headers"])
    return [(key, value) for key, value in scope["headers"] if key.lower() != name]
