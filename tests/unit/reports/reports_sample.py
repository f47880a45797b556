"""Makes people, lines and facts for the tests of lists: only what a test is about needs to be said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from pipelines.company.list_records import Activity, MemberIncentive, Preference, SchemeApproval
from pipelines.company.list_settings import ListSettings
from pipelines.company.model import Company
from pipelines.company.platform_records import PlatformEvent
from pipelines.company.records import Person
from pipelines.company.settings import CompanyFile
from pipelines.periods import Period, parse_period
from pipelines.reports.facts import Facts, Past
from pipelines.reports.results import Line, Part, Result
from pipelines.reports.table import Report

D = Decimal


def line(kpi: str = "impressions", score: str | None = "100", **changed: Any) -> Line:
    """A scored line of weight 100; `points` are its weight times its score."""
    known = None if score is None else D(score)
    made = Line(
        kpi_id=kpi,
        component="role",
        dimension="content",
        direction="higher",
        status="ok" if known is not None else "withheld",
        reason_code="" if known is not None else "no_data",
        reason_params="{}",
        weight=D(100),
        effective_weight=D(100),
        held_weight=D(0) if known is not None else D(100),
        value=known,
        numerator=None,
        denominator=None,
        records=1,
        target=D(100),
        target_full=D(100),
        stretch=None,
        target_source="scheme",
        attainment=known,
        score=known,
        points=known,
        place="between",
        is_carried=False,
    )
    return replace(
        made, **{name: D(value) if name in NUMBERS and value is not None else value for name, value in changed.items()}
    )


NUMBERS = {
    "weight",
    "effective_weight",
    "held_weight",
    "value",
    "numerator",
    "denominator",
    "target",
    "target_full",
    "stretch",
    "attainment",
    "score",
    "points",
}


def person(
    name: str,
    score: str | None = "100",
    bounds: tuple[str, str] | None = None,
    lines: Sequence[Line] | None = None,
    team: str = "t1",
    role: str = "content",
    days: int = 31,
    scheme: str = "000",
    period: str = "2026-10",
    pool: str = "",
    earned: str = "0",
    held: str = "0",
    adjustments: str = "0",
) -> Result:
    """Somebody with a score; `bounds` make it open."""
    low, high = bounds or (score or "0", score or "0")
    is_scorable = score is not None or bounds is not None
    part = Part(
        segment_id="2025-01-01",
        days=days,
        period_days=31,
        role=role,
        team_id=team,
        scheme_id=scheme,
        scheme_version="1.0.0",
        score=None if score is None else D(score),
        low=D(low),
        high=D(high),
        known_weight=D(100) if is_scorable else D(0),
        is_scorable=is_scorable,
        earned=D(earned),
        held=D(held),
        pool_id=pool,
        lines=tuple(lines if lines is not None else (line(score=score),)) if is_scorable else (),
        is_own_pay=is_scorable and not pool,
    )
    return Result(
        period=period,
        person_id=name,
        currency="CNY",
        score=None if score is None else D(score),
        parts=(part,),
        target_bonus=D(1000),
        earned=D(earned),
        held=D(held),
        adjustments=D(adjustments),
        payable=D(earned) + D(adjustments),
    )


def platform_event(**changed: Any) -> PlatformEvent:
    """A logged change of an algorithm, from 5 October on."""
    row = {
        "platform": "x",
        "happened_from": "2026-10-05",
        "kind": "algorithm",
        "what": "replies rank lower",
        "source": "https://x.example/a",
        "logged_by": "a",
        "logged_on": "2026-10-06",
        "source_row": 2,
    }
    return PlatformEvent.model_validate(row | changed)


def shock(state: str, *events: PlatformEvent) -> dict[str, Any]:
    """What a trace says of a line's platform; peers 20 % down, where there is peer control."""
    told: dict[str, Any] = {
        "state": state,
        "platform": "x",
        "events": [
            {"from": str(event.happened_from), "kind": event.kind, "platform": event.platform, "what": event.what}
            for event in events
        ],
    }
    if state == "noted":
        return told
    control = {
        "peers": [{"peer_id": "p1"}],
        "left_out": [
            {"peer_id": "p2", "why": "own_account"},
            {"peer_id": "p3", "why": "no_reading"},
            {"peer_id": "p4", "why": "registered_late"},
            {"peer_id": "p5", "why": "not_positive"},
        ],
        "effect": "-0.223143551314",
        "mad": "0.0645",
        "factor": "0.8" if state == "applied" else "1",
        "raw": {"target": "125", "target_full": "125", "attainment": "80", "kpi_score": "70"},
    }
    return told | {"control": control}


def crowd(**scores: str) -> list[Result]:
    """People by name and score."""
    return [person(name, score) for name, score in scores.items()]


def company(**changed: Any) -> Company:
    """A company with ten people who have been there for years; `lists` changes settings."""
    lists = changed.pop("lists", {})
    people = tuple(
        Person.model_validate(
            {"person_id": name, "name": name, "hired_on": "2020-01-01", "source_row": row, "source_file": "people.csv"}
        )
        for row, name in enumerate("abcdefghij", 2)
    )
    file = CompanyFile(name="c", timezone="Asia/Shanghai", currency="CNY", lists=ListSettings.model_validate(lists))
    return Company(**{"people": people, "file": file, **changed})


def facts(
    period: str,
    results: Sequence[Result],
    earlier: Mapping[str, Sequence[Result]] | None = None,
    *,
    edition: str = "draft",
    pools: Sequence[Mapping[str, Any]] = (),
    catalogue: Mapping[str, Mapping[str, Any]] | None = None,
    **changed: Any,
) -> Facts:
    """The facts of a period; further arguments change the company."""
    past: dict[Period, Past] = {}
    for name, found in (earlier or {}).items():
        past[parse_period(name)] = Past(parse_period(name), edition, tuple(found))
    return Facts(parse_period(period), tuple(results), company(**changed), pools, catalogue or {}, past)


def told(report: Report) -> list[tuple[str, dict[str, str]]]:
    """The remarks of a report."""
    return [(remark.code, dict(remark.params)) for remark in report.remarks]


def states(report: Report, key: str = "person_id", value: str = "status") -> dict[Any, Any]:
    """What a report says of each person; as it is written, so that a cell without a column is a mistake."""
    report.to_dict()
    return {row.get(key): row.get(value) for row in report.rows}


def action(day: str, name: str, kind: str = "event_planning", proof: str = "") -> Activity:
    """One logged action."""
    row = {"done_on": day, "person_id": name, "kind": kind, "what": f"{kind} on {day}", "proof": proof}
    return Activity.model_validate(row)


def wish(name: str, kind: str, note: str = "", first: str = "2020-01-01", end: str = "") -> Preference:
    """What somebody wishes for, from when to when."""
    row = {"person_id": name, "wish": kind, "note": note, "valid_from": first, "valid_to": end}
    return Preference.model_validate(row)


def incentive(first: str, end: str = "", **changed: str) -> MemberIncentive:
    """An incentive of a group, of the mechanism of rewards."""
    row = {"incentive_id": "I", "mechanism": "rewards", "what": "points", "scope": "group", "scope_id": "g"}
    return MemberIncentive.model_validate({**row, "valid_from": first, "valid_to": end, **changed})


def approval(team: str, day: str, version: str = "1.0.0") -> SchemeApproval:
    """A department's approval of scheme 000."""
    row = {"scheme_id": "000", "version": version, "team_id": team, "approved_by": "a", "approved_on": day}
    return SchemeApproval.model_validate(row)


def listed_rows() -> dict[str, Any]:
    """A row or two in every file that lists read."""
    return {
        "activity_log": (
            action("2026-10-05", "p0"),
            action("2026-09-07", "p0"),
            action("2026-02-03", "p1", "coaching"),
        ),
        "preferences": (wish("p8", "training", "video"), wish("p7", "gift")),
        "member_incentives": (incentive("2026-09-01", "2026-10-01"), incentive("2026-10-01", incentive_id="J")),
        "scheme_approvals": (approval("t0", "2025-01-01"),),
    }
