"""A report as a table: its columns, its rows, the numbers of its rule and what a reader must know about it.

Belongs here: the shape that all reports share, with the kind of every column. Does not belong here: the rules of any
report (their modules), files and words (`pipelines.scorecards.lists`, `pipelines.texts.reports`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from pipelines.scoring.numbers import CONTEXT, money, plain, round_once

#: column -> what stands in it. One name means one thing in every report.
#:
#: Texts are `text`, `person`, `team`, `role`, `community`, `group` (of the row's `group_level`), `kpi`, `kpis` (joined
#: ids), `label` (an id of the labels of its report), `code` (with the text `reports.code.<code>`), `codes` (several,
#: joined), `reason` (code of a reason) and `params` (its values as JSON). Numbers are `count`, `score`, `percent`,
#: `number`, `money` and `measure` (in the unit of the row's KPI).
COLUMNS: dict[str, str] = {
    "active_users": "count",
    "activity": "code",
    "account_id": "text",
    "adjustments": "money",
    "administrators": "count",
    "administrators_needed": "count",
    "aggregation": "code",
    "agreed_by": "text",
    "amount": "money",
    "appeal_outcome": "code",
    "appealed_payable": "money",
    "appealed_points": "score",
    "approved_on": "text",
    "approver": "person",
    "at_cap_share": "percent",
    "at_floor_share": "percent",
    "attainment": "percent",
    "attrition_after": "percent",
    "attrition_before": "percent",
    "attrition_change": "percent",
    "category": "code",
    "change_after": "percent",
    "change_during": "percent",
    "change_percent": "percent",
    "changed_on": "text",
    "by_chance": "code",
    "channel": "text",
    "community_id": "community",
    "correlation_outcome": "number",
    "correlation_rest": "number",
    "cost": "money",
    "cost_per_customer": "money",
    "cost_per_lead": "money",
    "coverage": "percent",
    "currency": "text",
    "customers": "number",
    "days_passed": "percent",
    "deadline": "text",
    "decided_by": "text",
    "denominator_change": "percent",
    "difference": "money",
    "dimension": "text",
    "driver": "code",
    "earned": "money",
    "edition": "text",
    "employed_months": "count",
    "ends_on": "text",
    "entry_id": "text",
    "event_kind": "code",
    "events": "text",
    "extras": "money",
    "factor": "percent",
    "filed_on": "text",
    "file": "text",
    "finding": "code",
    "form": "code",
    "gains": "count",
    "gap": "score",
    "group": "group",
    "group_level": "code",
    "happened_from": "text",
    "happened_to": "text",
    "headcount": "count",
    "held": "money",
    "held_weight": "percent",
    "honour": "label",
    "incentive_id": "text",
    "incentives": "text",
    "jurors": "count",
    "known_lines": "count",
    "kpi_id": "kpi",
    "kpi_score": "score",
    "kpis_not_applicable": "kpis",
    "kpis_withheld": "kpis",
    "kpis_without_target": "kpis",
    "label": "code",
    "largest_gap_share": "percent",
    "last_on": "text",
    "leads": "number",
    "leads_share": "percent",
    "leavers_after": "count",
    "leavers_before": "count",
    "leniency": "score",
    "lines": "count",
    "loses": "count",
    "link": "text",
    "logged_by": "person",
    "logged_on": "text",
    "manager_rating": "score",
    "mean": "score",
    "mean_attainment": "percent",
    "mean_of_all": "score",
    "mean_weight": "number",
    "mechanism": "code",
    "median": "score",
    "median_score": "score",
    "members": "count",
    "mode": "code",
    "month": "text",
    "months_observed": "count",
    "n_after": "number",
    "n_before": "number",
    "n_during": "number",
    "needed_to_go": "measure",
    "normalising_factor": "number",
    "not_applicable_lines": "count",
    "not_applicable_share": "percent",
    "not_scored": "count",
    "numerator_change": "percent",
    "of": "text",
    "of_it_team_shares": "money",
    "open": "count",
    "other_amount": "money",
    "other_median": "money",
    "other_median_score": "score",
    "other_q1": "money",
    "other_q3": "money",
    "other_rank": "count",
    "other_scheme": "text",
    "other_score": "score",
    "outcome": "code",
    "pace": "percent",
    "payable": "money",
    "paying_amount": "money",
    "paying_median": "money",
    "paying_q1": "money",
    "paying_q3": "money",
    "peer_change": "percent",
    "peer_factor": "number",
    "peer_mad": "number",
    "peers": "count",
    "peers_late": "text",
    "peers_own": "text",
    "peers_unread": "text",
    "people": "count",
    "people_below": "count",
    "periods_counted": "text",
    "person_id": "person",
    "place": "count",
    "platform": "text",
    "points_lost": "score",
    "pool_id": "text",
    "present_payable": "money",
    "present_points": "score",
    "previous_score": "score",
    "previous_value": "measure",
    "projected": "measure",
    "proofs": "count",
    "provisional_lines": "count",
    "purpose": "code",
    "rank": "count",
    "rank_change": "count",
    "ranked_by": "code",
    "rater": "person",
    "rater_group": "code",
    "ratings": "count",
    "raw_attainment": "percent",
    "raw_score": "score",
    "raw_target": "measure",
    "reason_code": "reason",
    "reason_given": "text",
    "reason_params": "params",
    "record_id": "text",
    "records": "count",
    "result": "number",
    "return_on_spend": "number",
    "returned": "money",
    "robust_z": "number",
    "role": "role",
    "same": "count",
    "row_no": "count",
    "scheme_id": "text",
    "scheme_version": "text",
    "score": "score",
    "score_change": "score",
    "score_high": "score",
    "score_low": "score",
    "scored_period": "text",
    "scores_before": "text",
    "sealed_payable": "money",
    "sealed_status": "code",
    "sealed_value": "measure",
    "segment_id": "text",
    "self_rating": "score",
    "set_by": "text",
    "share_at_target": "percent",
    "shortfalls": "kpis",
    "shrunk_mean": "score",
    "spend": "money",
    "spend_share": "percent",
    "spread": "score",
    "starts_on": "text",
    "status": "code",
    "strengths": "kpis",
    "stretch": "measure",
    "sum_of_members": "measure",
    "target": "measure",
    "target_bonus": "money",
    "target_change": "percent",
    "target_reached": "percent",
    "target_source": "text",
    "target_to_date": "measure",
    "team_attainment": "percent",
    "team_id": "team",
    "team_target": "measure",
    "teams": "count",
    "touched": "kpis",
    "undistributed": "money",
    "usual_value": "measure",
    "value": "measure",
    "value_after": "measure",
    "value_before": "measure",
    "value_change": "percent",
    "value_during": "measure",
    "value_to_date": "measure",
    "week": "text",
    "weeks": "count",
    "what": "text",
    "wish_notes": "text",
    "wishes": "codes",
    "withheld": "count",
    "withheld_share": "percent",
    "audited_followers": "count",
    "audited_high": "percent",
    "audited_low": "percent",
    "audited_share": "percent",
    "corrected_high": "percent",
    "corrected_low": "percent",
    "corrected_share": "percent",
    "flagged_followers": "count",
    "flagged_share": "percent",
    "judged_followers": "count",
    "model_version": "text",
}
NUMERIC_KINDS = frozenset({"count", "score", "percent", "number", "money", "measure"})

Cell = str | int | Decimal | None


@dataclass(frozen=True)
class Remark:
    """Something that a reader of a list must know; `code` has the text `reports.note.<code>`."""

    code: str
    params: Mapping[str, str] = field(default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """Return the remark as plain JSON types."""
        return {"code": self.code, "params": dict(sorted(self.params.items()))}


@dataclass(frozen=True)
class Report:
    """One list or report of a period.

    Attributes:
        report_id: names its file, and its texts `reports.<report_id>.title` and `.about`.
        req: the requirement ids that it answers, comma-separated.
        columns: names of `COLUMNS`, in order.
        rows: one mapping a row; a column that a row lacks is empty.
        params: the numbers of its rule, put into the text `about`.
        remarks: what a reader must know, such as an earlier period that is missing.
        labels: the company's own words for ids in columns of kind `label`: id -> language -> word.
    """

    report_id: str
    req: str
    columns: tuple[str, ...]
    rows: tuple[Mapping[str, Cell], ...]
    params: Mapping[str, Cell] = field(default_factory=dict)
    remarks: tuple[Remark, ...] = ()
    labels: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """Return the report as plain JSON types; numbers are strings, as in a trace.

        Raises:
            ValueError: for a column that is unknown, or a row with a column that the report does not have.
        """
        unknown = [name for name in self.columns if name not in COLUMNS]
        stray = sorted({name for row in self.rows for name in row} - set(self.columns))
        if unknown or stray:
            raise ValueError(f"report {self.report_id}: unknown columns {unknown}, stray columns {stray}")
        return {
            "columns": list(self.columns),
            "labels": {name: dict(sorted(words.items())) for name, words in sorted(self.labels.items())},
            "params": {name: written(value) for name, value in sorted(self.params.items())},
            "remarks": [remark.to_dict() for remark in self.remarks],
            "report_id": self.report_id,
            "req": self.req,
            "rows": [
                {name: written(value, COLUMNS[name]) for name, value in sorted(row.items()) if value is not None}
                for row in self.rows
            ],
        }


def written(value: Cell, kind: str = "") -> str | None:
    """Write a cell as a trace does: numbers without exponent and trailing zeros, amounts with two decimals."""
    if isinstance(value, Decimal):
        return money(value) if kind == "money" else plain(value)
    return None if value is None else str(value)


def rounded(value: Decimal | None, places: int = 2) -> Decimal | None:
    """Round half up for a list; the exact number stands in the trace."""
    return None if value is None else round_once(value, Decimal(1).scaleb(-places))


def percent_of(part: Decimal | int, whole: Decimal | int) -> Decimal | None:
    """Return what per cent of a whole a part is, rounded to two decimals; None of nothing."""
    if not whole:
        return None
    return rounded(CONTEXT.divide(Decimal(part) * 100, Decimal(whole)))


def change_percent(now: Decimal | None, before: Decimal | None) -> Decimal | None:
    """Return by how many per cent a number changed; None where either is unknown or the earlier one is not positive."""
    if now is None or before is None or before <= 0:
        return None
    return rounded(CONTEXT.divide((now - before) * 100, before))


def joined(names: Iterable[str]) -> str:
    """Join ids for a cell."""
    return "; ".join(names)


def in_order(rows: Sequence[Mapping[str, Cell]], *columns: str) -> tuple[Mapping[str, Cell], ...]:
    """Sort rows by columns, texts by their characters, numbers by size, empty cells last."""
    return tuple(sorted(rows, key=lambda row: tuple(_sort_key(row.get(name)) for name in columns)))


def _sort_key(value: Cell) -> tuple[int, Decimal, str]:
    if value is None:
        return (1, Decimal(0), "")
    if isinstance(value, str):
        return (0, Decimal(0), value)
    return (0, Decimal(value), "")
