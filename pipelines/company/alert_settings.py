"""The block `alerts` of company.yaml: who is told when a run fails, is blocked, withholds or is overdue.

Belongs here: the keys, their defaults, what one value alone can violate, and reading just this block. Does not belong
here: addresses, which are secrets (`pipelines.alerts.addresses`), and the words of an alert (`texts.alerts`).
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated

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


def read_alert_settings(home: Path) -> tuple[AlertSettings, str]:
    """Read the block and the language of a company, without judging the rest of the folder.

    An alert that tells of a broken folder must leave it; a block that is itself broken counts as the defaults, for the
    loader tells what is wrong with it.
    """
    path = home / COMPANY_FILE
    document = read_yaml(path, COMPANY_FILE, Collector()) if path.is_file() else None
    data = document.data if document is not None and isinstance(document.data, dict) else {}
    lang = "en" if data.get("locale") == "en" else "zh"
    try:
        return AlertSettings.model_validate(data.get("alerts") or {}), lang
    except ValueError:
        return AlertSettings(), lang
