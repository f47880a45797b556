"""The lists and reports of a period as files: a CSV each, and one HTML page a language with all of them.

Belongs here: a reader's words and numbers for the tables of `pipelines.reports`, as the bundle keeps them. Pure: the
same bundle gives the same bytes, so a seal covers the lists as it covers the cards. Does not belong here: what stands
in a list (`pipelines.reports`), what it is made from (list_facts).
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pipelines.reports.table import COLUMNS, NUMERIC_KINDS
from pipelines.scorecards.formats import NO_VALUE, fixed, flexible, number, period_label
from pipelines.scorecards.html import stylesheet, template
from pipelines.scorecards.tables import csv_bytes
from pipelines.scorecards.view import Edition, state_label
from pipelines.scorecards.words import Words
from pipelines.texts import has_text, text

#: Rows of a list that the page shows; all of them stand in its CSV file.
SHOWN_ROWS = 200


@dataclass(frozen=True)
class Section:
    """One list as the page shows it."""

    anchor: str
    title: str
    about: str
    remarks: list[str]
    head: list[tuple[str, bool]]
    rows: list[list[tuple[str, bool]]]
    count: str
    more: str
    file: str
    req: str


def list_file_name(period: str, report_id: str, edition: Edition) -> str:
    """Name the CSV file of a list."""
    return f"{period}_list_{report_id}_{edition.label}.csv"


def list_files(bundle: Mapping[str, Any], edition: Edition) -> dict[str, bytes]:
    """Return the files of the lists, by name; none for a bundle of before there were lists."""
    reports = bundle.get("lists") or []
    if not reports:
        return {}
    period = bundle["period"]
    files = {
        list_file_name(period, report["report_id"], edition): report_csv(bundle, report, edition.label)
        for report in reports
    }
    for lang in bundle["company"]["languages"]:
        files[f"{period}_lists_{lang}_{edition.label}.html"] = _page(bundle, reports, edition, lang)
    return files


def report_csv(bundle: Mapping[str, Any], report: Mapping[str, Any], revision: str) -> bytes:
    """All rows with codes and ids, the names beside each person, the period before and the revision behind them."""
    columns = ["period"]
    for name in report["columns"]:
        columns.append(name)
        if COLUMNS[name] == "person":
            columns += _name_columns(name)
    columns.append("revision")
    numeric = frozenset(name for name in report["columns"] if COLUMNS[name] in NUMERIC_KINDS)
    rows = []
    for row in report["rows"]:
        full = {"period": bundle["period"], **row, "revision": revision}
        for name in report["columns"]:
            if COLUMNS[name] == "person" and name in row:
                person = bundle["people"].get(row[name], {}) or bundle.get("list_people", {}).get(row[name], {})
                full |= dict(zip(_name_columns(name), (person.get("name"), person.get("name_en")), strict=True))
        rows.append(full)
    return csv_bytes(columns, rows, numeric)


def _name_columns(column: str) -> list[str]:
    """`person_id` has `name` and `name_en` beside it, as in the other files; `rater` has `rater_name` ..."""
    prefix = "" if column == "person_id" else f"{column}_"
    return [f"{prefix}name", f"{prefix}name_en"]


def _page(bundle: Mapping[str, Any], reports: Sequence[Mapping[str, Any]], edition: Edition, lang: str) -> bytes:
    period = period_label(bundle["period"], lang)
    files = [list_file_name(bundle["period"], report["report_id"], edition) for report in reports]
    heading = text("reports.page.title", lang)
    facts = [
        (text("reports.page.period", lang), period),
        (text("reports.page.state", lang), state_label(edition, lang)),
    ]
    return report_page(
        bundle, reports, files, f"{heading} · {period}", heading, text("reports.page.intro", lang), facts, lang
    )


def report_page(
    bundle: Mapping[str, Any],
    reports: Sequence[Mapping[str, Any]],
    files: Sequence[str],
    title: str,
    heading: str,
    intro: str,
    facts: Sequence[tuple[str, str]],
    lang: str,
) -> bytes:
    """Return a page of reports in one language.

    Args:
        bundle: names of people, teams and KPIs, and the company.
        reports: as plain JSON types.
        files: the CSV file of each report.
        title: of the page.
        heading: above it all.
        intro: what the page is, in a sentence or two.
        facts: (label, value) pairs beneath the heading.
        lang: zh or en.
    """
    page = template("lists.html.j2").render(
        lang="zh-CN" if lang == "zh" else "en",
        title=title,
        heading=heading,
        intro=intro,
        company=bundle["company"]["name"],
        facts=facts,
        sections=[_section(bundle, report, file, lang) for report, file in zip(reports, files, strict=True)],
        t=lambda key, **params: text(f"reports.page.{key}", lang, **params),
        css=stylesheet("card.css") + "\n" + stylesheet("lists.css"),
    )
    return page.encode("utf-8", "replace")


def _section(bundle: Mapping[str, Any], report: Mapping[str, Any], file: str, lang: str) -> Section:
    report_id, rows = report["report_id"], report["rows"]
    shown = _Shown(bundle, report, lang)
    columns = [name for name in report["columns"] if COLUMNS[name] != "params"]
    params = {name: _word(value, lang) for name, value in report["params"].items()}
    head = [(text(f"reports.column.{name}", lang), COLUMNS[name] in NUMERIC_KINDS) for name in columns]
    more = ""
    if len(rows) > SHOWN_ROWS:
        more = text("reports.page.more", lang, shown=SHOWN_ROWS, count=f"{len(rows):,}", file=file)
    return Section(
        anchor=report_id,
        title=text(f"reports.{report_id}.title", lang, **params),
        about=text(f"reports.{report_id}.about", lang, **params),
        remarks=[_remark(remark, report["labels"], lang) for remark in report["remarks"]],
        head=head,
        rows=[
            [(shown.cell(name, row), COLUMNS[name] in NUMERIC_KINDS) for name in columns] for row in rows[:SHOWN_ROWS]
        ],
        count=text("reports.page.rows", lang, count=f"{len(rows):,}"),
        more=more,
        file=text("reports.page.file", lang, file=file),
        req=text("reports.page.req", lang, req=report["req"]),
    )


def _remark(remark: Mapping[str, Any], labels: Mapping[str, Mapping[str, str]], lang: str) -> str:
    params = {name: labels.get(value, {}).get(lang, value) for name, value in remark["params"].items()}
    return text(f"reports.note.{remark['code']}", lang, **params)


def _word(value: str | None, lang: str) -> str:
    """A number of a rule as it is, a code by its word."""
    key = f"reports.code.{value}"
    return text(key, lang) if value and has_text(key) else str(value)


class _Shown:
    """The cells of one list in one language."""

    def __init__(self, bundle: Mapping[str, Any], report: Mapping[str, Any], lang: str):
        self.lang = lang
        self.labels = report["labels"]
        self.people = {**bundle.get("list_people", {}), **bundle["people"]}
        # the words of a list are nobody's in particular
        nobody = {"currency": bundle["company"]["currency"], "person_id": "", "segments": []}
        catalogue = {**bundle.get("list_catalogue", {}), **bundle["catalogue"]}
        self.words = Words({**bundle, "catalogue": catalogue}, nobody, lang)

    def cell(self, column: str, row: Mapping[str, Any]) -> str:
        value, kind = row.get(column), COLUMNS[column]
        if value is None or value == "":
            return NO_VALUE if kind in NUMERIC_KINDS else ""
        if kind == "count":
            return f"{int(value):,}"
        if kind in NUMERIC_KINDS:
            return self._number(kind, value, row)
        return self._text(kind, str(value), row)

    def _number(self, kind: str, value: str, row: Mapping[str, Any]) -> str:
        if kind == "measure":
            return self.words.measure(value, self.words.unit(row.get("kpi_id", "")))
        if kind == "money":
            return self.words.money(value)
        parsed = number(value)
        if parsed is None:  # cannot be: empty cells are answered before
            return NO_VALUE
        if kind == "score":
            return fixed(parsed, 2)
        return f"{flexible(parsed, 2)} %" if kind == "percent" else flexible(parsed, 4)

    def _text(self, kind: str, value: str, row: Mapping[str, Any]) -> str:
        if kind == "person":
            return self._person(value)
        if kind == "kpi":
            return self.words.kpi(value)
        if kind == "kpis":
            return "; ".join(self.words.kpi(kpi) for kpi in value.split("; "))
        if kind == "team":
            return self.words.team(value)
        if kind == "community":
            return self.words.subject(value)
        if kind == "role":
            return self.words.role(value)
        if kind == "group":
            level = row.get("group_level")
            if level in ("community_type", "community_stage"):
                return self.words.known(level, value)
            return self.words.team(value) if level == "team" else self.words.role(value) if level == "role" else value
        if kind == "label":
            return str(self.labels.get(value, {}).get(self.lang, value))
        if kind == "codes":
            return "; ".join(_word(code, self.lang) for code in value.split("; "))
        if kind == "reason":
            return self.words.reason(value, json.loads(row.get("reason_params") or "{}"))
        return _word(value, self.lang) if kind == "code" else value

    def _person(self, person_id: str) -> str:
        names = self.people.get(person_id, {})
        first, second = ("name", "name_en") if self.lang == "zh" else ("name_en", "name")
        name = names.get(first) or names.get(second)
        return f"{name} ({person_id})" if name else person_id
