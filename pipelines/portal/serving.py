"""Starting the portal: what must hold first, and the web server.

Belongs here: the checks before the first request, uvicorn. Does not belong here: routes (`app`).
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from ipaddress import ip_address
from pathlib import Path

from pipelines.company.findings import Finding, InputError
from pipelines.company.human_files import human_file
from pipelines.portal.accounts import read_accounts
from pipelines.portal.app import portal_app
from pipelines.portal.facts import FactReader
from pipelines.portal.key import portal_key
from pipelines.portal.ledger import Ledger
from pipelines.portal.oidc import client_of
from pipelines.portal.sealed import Shelf
from pipelines.portal.sessions import Failures, Sessions
from pipelines.portal.web import Portal, utc_now
from pipelines.texts import text

HOST = "127.0.0.1"
#: Requests of which bodies and answers are in memory at a time; more wait for a moment.
_AT_A_TIME = 400


def make_portal(home: Path, now: Callable[[], datetime] = utc_now) -> Portal:
    """Put the portal of a company folder together.

    Raises:
        InputError: when nobody could sign in, a secret is missing, weak or readable by others, or the appeals are kept
            where the portal cannot add to them.
    """
    reader = FactReader(home)
    facts = reader.read()
    settings, lang = facts.file.portal, "en"
    key = portal_key(home, lang)
    provider = client_of(home, settings, lang)
    if not read_accounts(home) and provider is None and not settings.trusted_proxies:
        raise _refused("company.yaml", "portal.start.nobody", lang)
    if facts.appeals_in_sheet:
        raise _refused(human_file("appeals").path, "portal.start.sheet", lang, sheet=facts.appeals_in_sheet)
    ledger = Ledger(home, key, now)
    return Portal(home, key, now, Shelf(home), ledger, Sessions(key, now), Failures(now), reader, provider)


def serve(home: Path, host: str, port: int) -> None:
    """Serve the portal until it is ended.

    Raises:
        InputError: when the portal must not start, see `make_portal`; or when it would be reached from other machines
            without https.
    """
    portal = make_portal(home)
    if not _is_loopback(host) and not portal.settings().url.startswith("https://"):
        raise _refused("company.yaml", "portal.start.plain", "en", host=host)
    import uvicorn

    portal.ledger.write("-", "start", f"{host}:{port}")
    # the address of whoever connects is what trusted_proxies is compared with: uvicorn must not replace it by a header
    with suppress(KeyboardInterrupt):  # Ctrl-C is how it ends
        uvicorn.run(
            portal_app(portal),
            host=host,
            port=port,
            proxy_headers=False,
            server_header=False,
            access_log=False,
            log_level="warning",
            limit_concurrency=_AT_A_TIME,
            timeout_keep_alive=10,
        )


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _refused(file: str, key: str, lang: str, **params: object) -> InputError:
    return InputError([Finding(file, problem=text(key, lang, **params), mend=text(f"{key}.mend", lang, **params))])
