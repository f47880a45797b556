"""The block `alerts` of company.yaml: who is told when a run fails, is blocked, withholds or is overdue.

Belongs here: the keys, their defaults, what one value alone can violate, and reading just this block. Does not belong
here: addresses, which are secrets (`pipelines.alerts.addresses`), and the words of an alert (`texts.alerts`).
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, NamedTuple

from pydantic import BeforeValidator

from pipelines.company.collector import Collector
from pipelines.company.fields import wrong
from pipelines.company.portal_settings import WebAddress
from pipelines.company.section import Section, distinct
from pipelines.company.yamlfile import read_yaml

COMPANY_FILE = "company.yaml"
FAILED, BLOCKED, WITHHELD, OVERDUE = "failed", "blocked", "withheld", "overdue"
KINDS = (FAILED, BLOCKED, WITHHELD, OVERDUE)


def _kind(value: object) -> str:
    told = str(value).strip().casefold()
    if told not in KINDS:
        raise wrong("unknown_alert", allowed=", ".join(KINDS))
    return told


def _variable(value: object) -> str:
    """Read the name of an environment variable; an address in its place would stand in a file that many may read."""
    told = str(value).strip()
    if not re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*", told):
        raise wrong("not_a_variable")
    return told


Variables = Annotated[tuple[Annotated[str, BeforeValidator(_variable)], ...], BeforeValidator(distinct)]
Kinds = Annotated[tuple[Annotated[str, BeforeValidator(_kind)], ...], BeforeValidator(distinct)]


class AlertSettings(Section):
    """Who is told what.

    Attributes:
        variables: names of environment variables, each of which holds an address as Apprise writes it.
        webserver: the address under which Dagster's web server is reached, for the links; empty for no links.
        kinds: what is told of: `failed` runs, runs `blocked` by integrity, `withheld` results, `overdue` closes.
    """

    variables: Variables = ()
    webserver: WebAddress = ""
    kinds: Kinds = KINDS


class ReadAlertSettings(NamedTuple):
    """The block as far as it can be read.

    Attributes:
        settings: its keys; the default in place of one that cannot be read.
        lang: the company's language.
        unread: what cannot be read: `company.yaml`, or keys as `alerts.kinds`. Never a value, which may be an address.
    """

    settings: AlertSettings
    lang: str
    unread: tuple[str, ...]


def read_alert_settings(home: Path) -> ReadAlertSettings:
    """Read the block and the language of a company, without judging the rest of the folder.

    An alert that tells of a broken folder must leave it. The loader tells what is wrong with company.yaml; an alert
    tells only that it does not know by it whom to tell.
    """
    try:
        document = read_yaml(home / COMPANY_FILE, COMPANY_FILE, Collector())
    except OSError:
        document = None
    data = None if document is None else document.data or {}
    if not isinstance(data, dict):
        return ReadAlertSettings(AlertSettings(), "zh", (COMPANY_FILE,))
    lang = "en" if data.get("locale") == "en" else "zh"
    block = data.get("alerts") or {}
    if not isinstance(block, dict):
        return ReadAlertSettings(AlertSettings(), lang, ("alerts",))
    # key by key: a misspelt kind must not silence the addresses
    sound = {key: value for key, value in block.items() if _is_sound(key, value)}
    unread = tuple(f"alerts.{key}" if key in AlertSettings.model_fields else "alerts" for key in block.keys() - sound)
    return ReadAlertSettings(AlertSettings.model_validate(sound), lang, tuple(sorted(set(unread))))


def _is_sound(key: str, value: object) -> bool:
    try:
        AlertSettings.model_validate({key: value})
    except ValueError:
        return False
    return True
