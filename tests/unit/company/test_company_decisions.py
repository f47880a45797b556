"""The decision files: sound rows load, and every defect is told with file, row, column, value and mend."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from pipelines.company import Finding, InputError, load_company
from pipelines.periods import parse_period

KPIS = frozenset({"impressions", "engagement_rate_followers", "net_follower_growth"})
ROWS = {
    "bonus_point_nominations": "2026-10,li,3.5,tested the new feed within a day,wang,chen\n",
    "award_approvals": "2026-10,li,Creative Star,500.00,campaign of the month,chen\n",
    "calibration_decisions": "2026-10,li,82.50,85,carried two launches,chen,2026-11-03\n",
    "appeals": (
        "2026-10,li,impressions,two posts are missing,2026-11-05,open,,\n"
        "2026-10,li,,the hand-over is wrong,2026-11-06,Rejected,chen,both days are right\n"
    ),
}


@pytest.fixture
def decided(home: Path) -> Path:
    """The sound company with a sound row or two in every decision file."""
    for name, rows in ROWS.items():
        path = home / "reviews" / f"{name}.csv"
        path.write_text(path.read_text(encoding="utf-8-sig") + rows, encoding="utf-8")
    return home


@pytest.mark.req("000-R5", "000-I2", "000-W4", "003-W7")
def test_sound_rows_load_as_they_are_written(decided: Path) -> None:
    company = load_company(decided, kpi_ids=KPIS)
    (points,), (award,), (decision,) = (
        company.bonus_point_nominations, company.award_approvals, company.calibration_decisions
    )  # fmt: skip
    assert (points.points, points.nominated_by, points.approved_by) == (Decimal("3.5"), "wang", "chen")
    assert (award.award, award.amount, award.period) == ("Creative Star", Decimal("500.00"), parse_period("2026-10"))
    assert (decision.seen, decision.decided, decision.meeting) == (Decimal("82.50"), Decimal(85), "2026-11-03")
    first, second = company.appeals
    assert (first.outcome, first.kpi_id, first.filed_on, first.decider) == (
        "open",
        "impressions",
        date(2026, 11, 5),
        "",
    )
    assert (second.outcome, second.kpi_id, second.decider) == ("rejected", "", "chen")


DEFECTS = [
    ("bonus_point_nominations", ("3.5", "0"), "points", "0", "outside 0.01 to 100"),
    ("bonus_point_nominations", ("3.5", "3.555"), "points", "3.555", "finer than cards print"),
    ("bonus_point_nominations", ("wang,chen", "wang,li"), "approved_by", "li", "who gains by it"),
    ("bonus_point_nominations", ("wang,chen", "wang,wang"), "approved_by", "wang", "not listed under approvers"),
    ("bonus_point_nominations", (",wang,", ",wong,"), "nominated_by", "wong", "nearest is wang"),
    ("bonus_point_nominations", ("2026-10,li", "2023-10,li"), "period", "2023-10", "li was not employed"),
    ("bonus_point_nominations", ("tested the new feed within a day", ""), "reason", "", "is empty"),
    ("award_approvals", ("500.00", "-500"), "amount", "-500", "outside 0.01"),
    ("award_approvals", ("500.00", "500.005"), "amount", "500.005", "finer than a cent"),
    ("award_approvals", ("month,chen", "month,li"), "approved_by", "li", "who gains by it"),
    ("award_approvals", ("month,chen", "month,wang"), "approved_by", "wang", "not listed under approvers"),
    ("award_approvals", (",li,", ",liu,"), "person_id", "liu", "nearest is li"),
    ("calibration_decisions", ("82.50", "82.505"), "seen", "82.505", "finer than cards print"),
    ("calibration_decisions", (",85,", ",-1,"), "decided", "-1", "outside 0 to 1000"),
    ("calibration_decisions", ("launches,chen", "launches,li"), "decided_by", "li", "who gains by it"),
    ("calibration_decisions", ("launches,chen", "launches,wang"), "decided_by", "wang", "not listed under approvers"),
    ("calibration_decisions", ("2026-10,li", "2026-10,chen"), "decided_by", "chen", "who gains by it"),
    ("calibration_decisions", ("2026-10,li", "2023,li"), "period", "2023", "li was not employed"),
    ("appeals", ("open,,", "open,chen,"), "decided_by", "chen", "an open appeal has a decision"),
    ("appeals", ("Rejected,chen", "upheld,"), "decided_by", "", "that is upheld needs who decided"),
    ("appeals", ("both days are right", ""), "reason", "", "that is rejected needs who decided and why"),
    ("appeals", ("Rejected,chen", "Rejected,wang"), "decided_by", "wang", "not listed under approvers"),
    ("appeals", ("2026-11-05", "2026-09-30"), "filed_on", "2026-09-30", "lies before the period 2026-10"),
    ("appeals", (",impressions,", ",impresions,"), "kpi_id", "impresions", "nearest is impressions"),
    ("appeals", ("open", "perhaps"), "outcome", "perhaps", "open, upheld"),
]


@pytest.mark.parametrize(("name", "replaced", "column", "value", "said"), DEFECTS)
def test_a_defect_is_told_with_its_place_and_mend(
    decided: Path, findings_of: Callable[..., list[Finding]], name: str, replaced: tuple[str, str], column: str,
    value: str, said: str,
) -> None:  # fmt: skip
    (finding,) = findings_of(f"reviews/{name}.csv", replace=replaced)
    lines = (decided / "reviews" / f"{name}.csv").read_text(encoding="utf-8").splitlines()
    rows = [n for n, line in enumerate(lines, 1) if not line.startswith("#")][1:]
    assert finding.file == f"reviews/{name}.csv"
    assert finding.row in rows
    assert (finding.column, str(finding.value)) == (column, value)
    assert said in f"{finding.problem}; {finding.mend}"
    assert finding.mend


@pytest.mark.parametrize("name", ["award_approvals", "calibration_decisions", "appeals"])
def test_the_same_decision_twice_is_told(decided: Path, findings_of: Callable[..., list[Finding]], name: str) -> None:
    assert load_company(decided, kpi_ids=KPIS)
    again = ROWS[name].splitlines(keepends=True)[0].replace("82.50", "70")
    (finding,) = findings_of(f"reviews/{name}.csv", append=again)
    assert "stands in row" in finding.problem
    assert finding.mend == "keep one of the two rows"


def test_who_withdrew_an_appeal_needs_no_decision(decided: Path) -> None:
    path = decided / "reviews" / "appeals.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("open,,", "withdrawn,,found them"), encoding="utf-8")
    assert load_company(decided, kpi_ids=KPIS).appeals[0].outcome == "withdrawn"


def test_a_company_without_approvers_can_decide_nothing(decided: Path) -> None:
    path = decided / "company.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("approvers: [chen]", "approvers: []"), encoding="utf-8")
    with pytest.raises(InputError) as told:
        load_company(decided, kpi_ids=KPIS)
    files = {finding.file for finding in told.value.findings}
    assert {f"reviews/{name}.csv" for name in ROWS} <= files
