"""The derivation of one person's score and bonus as plain text, down to file and row.

Belongs here: the lines that `scorecards explain` prints. Does not belong here: finding records (the caller's
evidence provider reads the warehouse), scoring.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipelines.company.findings import Finding, InputError
from pipelines.scorecards import lines, seals, sections
from pipelines.scorecards.beside_card import beside_lines
from pipelines.scorecards.bundle import person_evidence, read_bundle
from pipelines.scorecards.evidence import EvidenceProvider, EvidenceRow
from pipelines.scorecards.explaining_decided import appeal_lines, piece_lines
from pipelines.scorecards.formats import fixed, flexible, number, period_label, share
from pipelines.scorecards.records import counted
from pipelines.scorecards.records import fraction as fraction_of
from pipelines.scorecards.shares import share_lines
from pipelines.scorecards.shock_words import shock_lines
from pipelines.scorecards.size_words import score_notes
from pipelines.scorecards.view import Edition, state_label
from pipelines.scorecards.words import Words

if TYPE_CHECKING:
    from pipelines.company import Company


def explain(
    home: Path,
    company: Company,
    person: str,
    period: object,
    kpi: str | None = None,
    lang: str | None = None,
    *,
    evidence: EvidenceProvider | None = None,
    paths: Mapping[str, str] | None = None,
) -> str:
    """Explain a person's result of a period: score -> line -> attainment -> curve -> fraction -> records.

    The newest sealed revision is explained; without one, the draft.

    Args:
        home: the company folder.
        company: its models.
        person: the company's person id.
        period: the period.
        kpi: limit to one KPI, also one that is only shown, and list every record; without it each KPI that is scored
            lists its first records.
        lang: `zh` or `en`; the company's locale if not given.
        paths: where an export lies in the company folder, by content id; file names alone are not unique.
        evidence: gives all records of a KPI; without it those that the cards keep are listed.

    Raises:
        InputError: when there is no card of this person and period, or no such KPI on it.
    """
    language = lang or company.locale
    bundle, edition, differs = _edition_of(home, str(period))
    trace = _trace_of(bundle, person, str(period))
    words = Words(bundle, trace, language)
    found = [
        (segment, line)
        for segment in trace["segments"]
        for line in segment["lines"]
        if kpi is None or line["kpi_id"] == kpi
    ]
    every = [lines.line_row(words, segment, line) for segment in trace["segments"] for line in segment["lines"]]
    pieces = [one for one in counted(words, every) if kpi in (None, one.kpi_id)]
    shown_only = [item for segment in trace["segments"] for item in segment["monitors"] if item["kpi_id"] == kpi]
    if kpi is not None and not found and not shown_only and not pieces:
        monitored = {item["kpi_id"] for segment in trace["segments"] for item in segment["monitors"]}
        paid = {one.kpi_id for one in counted(words, every)}
        known = ", ".join(sorted({row.kpi_id for row in every} | monitored | paid))
        raise InputError(
            [
                Finding(
                    f"scorecards/{period}",
                    column="kpi",
                    value=kpi,
                    problem=f"the card of {person} has no such KPI",
                    mend=f"Use one of {known}" if known else "The card has no KPI at all",
                )
            ]
        )
    out = [
        words.t(
            "explain.head",
            name=words.name,
            person=person,
            period=period_label(str(period), language),
            state=state_label(edition, language),
        )
    ]
    if differs:
        out.append(words.t("explain.draft_differs", revision=edition.revision or 0))
    out += _summary(words, trace)
    counting = [*(line for _, line in found), *shown_only, *(one.line for one in pieces)]
    records = _records(company, home, bundle, trace, counting, evidence)
    limit = None if kpi else 10
    if shown_only and not found:
        # not scored, yet it may stand behind a team share or a gate
        out += ["", words.t("section.monitors")]
        for item in shown_only:
            out.append(f"  {words.kpi(item['kpi_id'])} {words.measure(item['value'], words.unit(item['kpi_id']))}")
        out += _record_lines(words, records.get(str(kpi), ()), shown_only[0], limit, paths or {})
    shown: set[str] = {item["kpi_id"] for item in shown_only} if not found else set()
    headed: set[str] = set()
    for segment, line in found:
        if len(trace["segments"]) > 1 and segment["segment_id"] not in headed:
            headed.add(segment["segment_id"])
            out += _segment_head(words, segment)
        out += _line(words, segment, line)
        if line["kpi_id"] not in shown:
            shown.add(line["kpi_id"])
            out += _record_lines(words, records.get(line["kpi_id"], ()), line, limit, paths or {})
    for piece in pieces:
        out += piece_lines(words, piece)
        if piece.kpi_id not in shown:
            shown.add(piece.kpi_id)
            out += _record_lines(words, records.get(piece.kpi_id, ()), piece.line, limit, paths or {})
    if kpi is None:
        out += _monitors(words, trace)
        out += _gates(words, trace)
        out += _bonus(words, trace)
        out += share_lines(words)
        out += beside_lines(words)
        out += _held(words, trace)
        out += _changes(words, every)
        out += appeal_lines(words, trace)
        out += _notes(words)
    return "\n".join(out)


def _edition_of(home: Path, period: str) -> tuple[dict[str, Any], Edition, bool]:
    """Return the bundle to explain, its edition, and whether a draft differs from it."""
    draft = seals.cards_folder(home, period) / "draft"
    sealed = seals.newest_seal(home, period)
    if sealed is not None:
        return sealed.bundle, sealed.edition, draft.is_dir()
    if not draft.is_dir():
        raise InputError(
            [
                Finding(
                    f"scorecards/{period}",
                    problem="there are no scorecards of this period",
                    mend=f"Run `scorecards run {period}` first",
                )
            ]
        )
    return read_bundle(draft), Edition(), False


def _trace_of(bundle: Mapping[str, Any], person: str, period: str) -> Mapping[str, Any]:
    for trace in bundle["traces"]:
        if trace["person_id"] == person:
            found: Mapping[str, Any] = trace
            return found
    raise InputError(
        [
            Finding(
                f"scorecards/{period}",
                column="person",
                value=person,
                problem="nobody with this person id has a card in this period",
                mend="Use a person_id of people/people.csv who was employed in the period",
            )
        ]
    )


def _summary(words: Words, trace: Mapping[str, Any]) -> Iterator[str]:
    score, bonus = number(trace["printed_score"]), trace["bonus"]
    yield words.t("explain.score", score=fixed(score, 2) if score is not None else "–")
    yield from score_notes(words)
    yield words.t(
        "explain.bonus",
        earned=words.money(bonus["earned"]),
        held=words.money(bonus["held"]),
        payable=words.money(bonus["payable"]),
    )


def _records(
    company: Company,
    home: Path,
    bundle: Mapping[str, Any],
    trace: Mapping[str, Any],
    found: Sequence[Mapping[str, Any]],
    provider: EvidenceProvider | None,
) -> Mapping[str, Sequence[EvidenceRow]]:
    """The records of each KPI: those of the earlier period where its reading is carried."""
    periods = {line["kpi_id"]: lines.carried_period(line) for line in found}
    if provider is None:
        kept = person_evidence(bundle, trace["person_id"])
        return {kpi: rows for kpi, rows in kept.items() if not periods.get(kpi)}
    from pipelines.company.keys import Pseudonymiser

    key = Pseudonymiser.from_home(home).person(trace["person_id"])
    return {kpi: provider(key, carried or trace["period"], kpi) for kpi, carried in periods.items()}


def _segment_head(words: Words, segment: Mapping[str, Any]) -> Iterator[str]:
    start, end = words.days(segment)
    score = number(segment["score"])
    yield ""
    yield words.t("explain.segment", start=start, end=end, score=fixed(score, 2) if score is not None else "–")


def _line(words: Words, segment: Mapping[str, Any], line: Mapping[str, Any]) -> Iterator[str]:
    row = lines.line_row(words, segment, line)
    yield ""
    yield words.t("explain.line", kpi=row.name, id=row.kpi_id, points=row.points, weight=row.weight)
    if row.status != "ok":
        yield "  " + words.t("explain.status", status=row.mark_text, reason=row.reason or "–")
    if row.note and row.status != "not_applicable":
        yield "  " + row.note
    if row.levels:
        source = f" ({row.target_source})" if row.target_source else ""
        yield "  " + " · ".join(f"{label} {value}" for label, value in row.levels) + source
    if number(line["value"]) is not None:
        yield from _derivation(words, line, row)
    for told in shock_lines(words, line):
        yield "  " + told
    rule = words.rule(row.kpi_id)
    if rule:
        yield "  " + words.t("explain.rule", rule=rule)


def _derivation(words: Words, line: Mapping[str, Any], row: lines.LineRow) -> Iterator[str]:
    fraction = fraction_of(words, line)
    if fraction == row.actual:
        yield "  " + words.t("explain.actual_plain", value=row.actual, count=f"{int(line['n_records'] or 0):,}")
    else:
        yield "  " + words.t("explain.actual", value=row.actual, fraction=fraction.rsplit(" = ", 1)[0])
    if line["attainment_formula"]:
        yield "  " + words.t("explain.attainment", formula=line["attainment_formula"])
    if line["interpolation"]:
        anchors = " → ".join(f"({a}, {p})" for a, p in line["curve_points"])
        yield "  " + words.t("explain.curve", anchors=anchors, formula=line["interpolation"])


def _record_lines(
    words: Words,
    records: Sequence[EvidenceRow],
    line: Mapping[str, Any],
    limit: int | None,
    paths: Mapping[str, str],
) -> Iterator[str]:
    total = max(len(records), int(line["n_records"] or 0))
    if not total:
        return
    chosen = records if limit is None else records[:limit]
    heading = "explain.records_all" if len(words.trace["segments"]) > 1 else "explain.records"
    yield "  " + words.t(heading, shown=f"{len(chosen):,}", total=f"{total:,}")
    for record in chosen:
        yield "    " + words.t(
            "explain.record",
            place=_place(words, record, paths),
            type=words.known("type", record.record_type),
            id=words.record(record.record_id),
            when=words.when(record.record_type, record.occurred_at) or "–",
            weight=share(record.weight),
            amounts=_amounts(words, record),
        )


def _place(words: Words, record: EvidenceRow, paths: Mapping[str, str]) -> str:
    """Where the record stands: path and row of an export, or the human file."""
    file = paths.get(record.content_id) or words.source_file(record.record_type, record.file_name)
    if not file:
        return words.t("explain.no_file")
    return words.t("explain.place", file=file, row=record.row_no) if record.row_no else file


def _amounts(words: Words, record: EvidenceRow) -> str:
    named = (("numerator", record.numerator), ("denominator", record.denominator), ("value", record.value))
    return ", ".join(
        f"{words.t(f'evidence.{name}')} {flexible(value, 4)}" for name, value in named if value is not None
    )


def _bonus(words: Words, trace: Mapping[str, Any]) -> Iterator[str]:
    table = sections.bonus(words, trace)
    yield ""
    yield words.t("section.bonus")
    for step in table["steps"]:
        label = f"{step['label']} ({step['window']})" if step["window"] else step["label"]
        yield "  " + words.t("explain.step", label=label, formula=step["formula"], value=step["value"])
    for total in table["totals"]:
        yield f"  {total['label']}: {total['value']}"


def _monitors(words: Words, trace: Mapping[str, Any]) -> Iterator[str]:
    rows = sections.monitors(words, trace)
    if rows:
        yield ""
        yield words.t("section.monitors")
    for row in rows:
        yield "  " + " · ".join(part for part in (f"{row['name']} {row['value']}", row["said"]) if part)


def _gates(words: Words, trace: Mapping[str, Any]) -> Iterator[str]:
    yield ""
    yield words.t("section.gates")
    rows = sections.gates(words, trace)
    if not rows:
        yield "  " + words.t("gates.none")
    for row in rows:
        yield "  " + words.t("explain.gate", label=row["label"], finding=row["finding"], effect=row["effect"])


def _held(words: Words, trace: Mapping[str, Any]) -> Iterator[str]:
    rows = [lines.line_row(words, segment, line) for segment in trace["segments"] for line in segment["lines"]]
    held = sections.held(words, trace, rows)
    if not held["is_shown"]:
        return
    yield ""
    yield words.t("section.held")
    if held["others"]:
        yield "  " + held["others"]
    for row in held["rows"]:
        yield "  " + words.t("explain.held", **row)
    for bound in held["bounds"]:
        yield "  " + bound
    yield f"  {words.t('held.amount')}: {held['amount']}"


def _changes(words: Words, rows: Sequence[lines.LineRow]) -> Iterator[str]:
    yield ""
    yield words.t("section.change")
    said = sections.changes(words, rows)
    yield from (f"  {one}" for one in (said or [sections.no_changes(words)]))


def _notes(words: Words) -> Iterator[str]:
    rows = sections.quality(words)
    if rows:
        yield ""
        yield words.t("section.quality")
    for row in rows:
        about = f"{row['about']} · " if row["about"] else ""
        yield "  " + words.t("explain.note", tag=row["tag"], about=about, said=row["said"])
