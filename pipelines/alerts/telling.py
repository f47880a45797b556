"""Sending an alert to every address of a company, so that nothing that fails on the way fails the run.

Belongs here: Apprise, which is imported only where there is something to send. Does not belong here: what is sent
(`message`) and where to (`addresses`).
"""

from __future__ import annotations

import logging
from pathlib import Path

from pipelines.alerts.addresses import Address, addresses
from pipelines.alerts.message import Alert
from pipelines.company.alert_settings import read_alert_settings
from pipelines.texts import text

# Of a receiver that answers nothing; a run must not wait for it.
_CONNECT_SECONDS, _ANSWER_SECONDS = 5, 10


def tell(home: Path, alert: Alert) -> list[str]:
    """Send an alert to every address of the company, if it wants to be told of such things.

    Returns:
        What did not arrive and why, one line an address, without any address, and what of company.yaml does not say
        whom to tell; empty when all did, or nobody is to be told.
    """
    settings, lang, unread = read_alert_settings(home)
    if alert.kind not in settings.kinds:
        return []
    unknown = [text("alerts.problem.unread", lang, place=place) for place in unread]
    title, body = alert.title(lang), alert.body(lang, settings.webserver)
    return unknown + [
        problem
        for address in addresses(home, settings.variables, lang)
        if (problem := address.problem or _problem_of_sending(address, title, body, alert.kind, lang))
    ]


def _problem_of_sending(address: Address, title: str, body: str, kind: str, lang: str) -> str:
    import apprise

    # its own log lines name hosts and keys
    logging.getLogger("apprise").disabled = True
    receiver = apprise.Apprise.instantiate(address.url)
    if receiver is None:
        return text("alerts.problem.unreadable", lang, name=address.name)
    receiver.socket_connect_timeout, receiver.socket_read_timeout = _CONNECT_SECONDS, _ANSWER_SECONDS
    notice = apprise.NotifyType.FAILURE if kind in ("failed", "blocked") else apprise.NotifyType.WARNING
    try:
        arrived = bool(receiver.notify(body=body, title=title, notify_type=notice))
    # Apprise answers false to what it expects; what its receivers may raise beside that must not fail the run either
    except (OSError, ValueError, TypeError, AttributeError, KeyError, RuntimeError):
        arrived = False
    return "" if arrived else text("alerts.problem.not_delivered", lang, name=address.name)
