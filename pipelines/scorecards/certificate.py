"""The data-quality certificate of a period as files: a CSV with every figure, and one HTML page a language.

Belongs here: the part of the bundle that holds the certificate, and its words and numbers for a reader. Pure from the
bundle on: the same bundle gives the same bytes, so a seal covers the certificate as it covers the cards. Does not
belong here: the figures themselves (data_quality_certificate), the facts of the declaration (`landing.protection`).
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from pipelines.scorecards.certified import GRAVITY, percent, row_order
from pipelines.scorecards.evidence import plain
from pipelines.scorecards.formats import NO_VALUE, number, period_label
from pipelines.scorecards.html import stylesheet, template
from pipelines.scorecards.tables import csv_bytes
from pipelines.scorecards.view import Edition, state_label
from pipelines.scorecards.words import Words
from pipelines.texts import text

_SEVERITY = {"withhold": 0, "provisional": 1, "note": 2}
_TEXTS = ("period_type", "period", "family", "kpi_id", "status", "reason")
#: Cells of the page: column -> (its count, the whole that it is of), shown beneath its share.
_SHARES: tuple[tuple[str, tuple[str, str]], ...] = (
    ("completeness", ("n_delivered", "n_expected")),
    ("valid_share", ("n_rows_valid", "n_rows_delivered")),
    ("reconciled_share", ("n_agreeing", "n_compared")),
    ("plausible_share", ("n_plausible", "n_expected")),
    ("label_accuracy", ("n_labels_right", "n_labels_judged")),
    ("identity_coverage", ("n_known", "n_named")),
    ("quality", ("n_sound", "n_expected")),
)


def certificate_part(
    rows: Iterable[Mapping[str, Any]],
    findings: Iterable[Mapping[str, Any]],
    catalogue: Mapping[str, Mapping[str, Any]],
    protection: Mapping[str, Any],
) -> dict[str, Any]:
    """Return the part of a bundle that holds the certificate, as plain JSON types.

    Args:
        rows: rows of data_quality_certificate of the period.
        findings: rows of data_quality_findings of its months; what is about a single person is only counted, because
            the certificate is about sources and not about people.
        catalogue: the KPI catalogue, for names.
        protection: the declaration of masking and access (`landing.protection`).
    """
    listed = [{name: _written(value) for name, value in row.items() if value is not None} for row in rows]
    told = list(findings)
    about_sources = [row for row in told if row["subject_type"] != "person"]
    personal = Counter(str(row["severity"]) for row in told if row["subject_type"] == "person")
    kpis = sorted({str(row["kpi_id"]) for row in listed})
    return {
        "certificate": {
            "rows": sorted(listed, key=lambda row: (row["family"], row["kpi_id"])),
            "findings": sorted((_finding(row) for row in about_sources), key=_finding_order),
            "personal_findings": dict(sorted(personal.items())),
            "kpis": {kpi: {lang: str(catalogue[kpi][f"name_{lang}"]) for lang in ("zh", "en")} for kpi in kpis},
            "protection": dict(protection),
        }
    }


def certificate_files(bundle: Mapping[str, Any], edition: Edition) -> dict[str, bytes]:
    """Return the files of the certificate, by name; none for a bundle of before there was one."""
    certificate = bundle.get("certificate")
    if certificate is None:
        return {}
    period = bundle["period"]
    files = {certificate_file_name(period, edition): _csv(certificate, edition.label)}
    for lang in bundle["company"]["languages"]:
        files[f"{period}_certificate_{lang}_{edition.label}.html"] = _page(bundle, certificate, edition, lang)
    return files


def certificate_file_name(period: str, edition: Edition) -> str:
    """Name the CSV file of the certificate."""
    return f"{period}_certificate_{edition.label}.csv"


def _csv(certificate: Mapping[str, Any], revision: str) -> bytes:
    rows = ({**row, "revision": revision} for row in certificate["rows"])
    return csv_bytes([*_COLUMNS, "revision"], rows, frozenset(_COLUMNS) - frozenset(_TEXTS))


#: Columns of the CSV file, in the order of the published table.
_COLUMNS = (
    *_TEXTS[:4],
    *("quality", "n_expected", "n_sound", "status", "reason", "quality_bar", "n_delivered", "completeness"),
    *("n_rows_delivered", "n_rows_valid", "valid_share", "n_compared", "n_agreeing", "reconciled_share"),
    *("n_plausible", "plausible_share", "n_labels_judged", "n_labels_right", "label_accuracy"),
    *("label_accuracy_low", "label_accuracy_high", "n_named", "n_known", "identity_coverage"),
)


def _page(bundle: Mapping[str, Any], certificate: Mapping[str, Any], edition: Edition, lang: str) -> bytes:
    words = Words(bundle, {"currency": bundle["company"]["currency"], "person_id": "", "segments": []}, lang)
    rows = sorted(certificate["rows"], key=row_order)
    statuses = Counter(row["status"] for row in rows)
    bar = percent(rows[0]["quality_bar"]) if rows else NO_VALUE
    period = period_label(bundle["period"], lang)

    def said(key: str, **params: object) -> str:
        return text(f"certificate.{key}", lang, **params)

    page = template("certificate.html.j2").render(
        lang="zh-CN" if lang == "zh" else "en",
        title=f"{said('title')} · {period}",
        heading=said("title"),
        company=bundle["company"]["name"],
        facts=[
            (said("period"), period),
            (said("state"), state_label(edition, lang)),
            (said("bar"), bar),
            *((said(f"status.{status}"), f"{statuses[status]:,}") for status in GRAVITY),
        ],
        validations=[said(f"validation.{number}") for number in (1, 2, 3)],
        head=[said(f"column.{name}") for name, _ in _SHARES],
        rows=[_shown(words, certificate, row) for row in rows],
        findings=[_said_finding(words, row) for row in certificate["findings"]],
        personal=_personal(certificate["personal_findings"], lang),
        protection=_protection(certificate["protection"], lang),
        file=said("file", file=certificate_file_name(bundle["period"], edition)),
        t=said,
        css=stylesheet("card.css") + "\n" + stylesheet("lists.css"),
    )
    return page.encode("utf-8", "replace")


def _shown(words: Words, certificate: Mapping[str, Any], row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "kpi": certificate["kpis"][row["kpi_id"]][words.lang],
        "family": words.known("family", row["family"]),
        "status": row["status"],
        "status_word": text(f"certificate.status.{row['status']}", words.lang),
        "cells": [_cell(row, share, counts, words.lang) for share, counts in _SHARES],
    }


def _cell(row: Mapping[str, Any], share: str, counts: tuple[str, str], lang: str) -> tuple[str, str]:
    """A share and what it is of; a share that was not measured is no share."""
    part, whole = (number(row.get(name)) or Decimal(0) for name in counts)
    beneath = f"{part:,.0f} / {whole:,.0f}" if whole else ""
    if row.get(share) is None:
        return NO_VALUE, beneath
    if share == "label_accuracy":
        low, high = (percent(row[f"label_accuracy_{end}"]) for end in ("low", "high"))
        beneath = text("certificate.interval", lang, counts=beneath, low=low, high=high)
    return percent(row[share]), beneath


def _said_finding(words: Words, row: Mapping[str, Any]) -> dict[str, str]:
    return {
        "severity": row["severity"],
        "word": text(f"certificate.severity.{row['severity']}", words.lang),
        "month": row["month"],
        "family": words.known("family", row["family"]),
        "said": words.reason(row["reason_code"], json.loads(row["reason_params"]), row["message"]),
    }


def _personal(counts: Mapping[str, int], lang: str) -> str:
    if not counts:
        return ""
    parts = [
        text("certificate.personal.part", lang, count=counts[name], severity=text(f"certificate.severity.{name}", lang))
        for name in _SEVERITY
        if name in counts
    ]
    return text("certificate.personal", lang, parts=text("certificate.note.join", lang).join(parts))


def _protection(protection: Mapping[str, Any], lang: str) -> dict[str, Any]:
    kinds = ("keyed", "features", "filled", "dropped")
    places = [
        text("certificate.access.open", lang, place=one["place"], mode=one["mode"]) for one in protection["open_places"]
    ]
    return {
        "access": places or [text("certificate.access.sound", lang)],
        "is_open": bool(places),
        "head": [text(f"certificate.masked.{kind}", lang) for kind in kinds],
        "sources": [(one["spec_id"], [", ".join(one[kind]) for kind in kinds]) for one in protection["sources"]],
    }


def _finding(row: Mapping[str, Any]) -> dict[str, str]:
    names = ("family", "subject_id", "severity", "reason_code", "kpi_scope", "message")
    return {
        "month": f"{row['month']:%Y-%m}",
        **{name: str(row[name] or "") for name in names},
        "reason_params": str(row["reason_params"] or "{}"),
    }


def _finding_order(row: Mapping[str, str]) -> tuple[int, Sequence[str]]:
    names = ("month", "family", "reason_code", "subject_id", "kpi_scope", "reason_params")
    return _SEVERITY[row["severity"]], [row[name] for name in names]


def _written(value: Any) -> str:
    return plain(value) if isinstance(value, Decimal) else str(value)
