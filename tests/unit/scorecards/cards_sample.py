"""A small company with known results: real traces of scheme 000, hostile names, a hand-over, withheld data, a veto.

The traces come from the scoring room itself, so that these tests break when the trace's schema moves.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

from pipelines.company.list_settings import ListSettings
from pipelines.company.portal_settings import PortalSettings
from pipelines.periods import parse_period
from pipelines.schemes import Scheme, load_scheme
from pipelines.schemes.catalogue import SEED
from pipelines.scorecards.bundle import Inputs, make_bundle
from pipelines.scorecards.evidence import EvidenceRow, QualityNote
from pipelines.scoring import (
    AdjustmentInput,
    DecisionInput,
    KpiReading,
    OtherScore,
    PeriodResult,
    ReviewInput,
    SegmentInput,
    TargetInput,
    score_period,
)
from pipelines.scoring.what_if import what_ifs

D = Decimal
PERIOD = "2026-10"
OPEN = date(9999, 12, 31)

HOSTILE = {
    "E003": ('=HYPERLINK("http://evil.example","点我")<script>alert(1)</script>', "@SUM(1+1)*cmd|' /C calc'!A0"),
    "E004": ("超长姓名" * 75, "Maximilian " * 27 + "End"),
    "E005": ("محمد عبد الله 🎉", "\u202eMuhammad <b>&amp;"),
    "E006": ("㛃𠮷欧阳", "＝1+1"),
}


def reading(
    kpi: str, value: str, numerator: str | None = None, denominator: str | None = None, n: int = 31
) -> KpiReading:
    """An ok reading; the numerator of a sum is its value."""
    top = D(numerator) if numerator else None
    bottom = D(denominator) if denominator else None
    return KpiReading(kpi, D(value), top, bottom, n)


def withheld(kpi: str) -> KpiReading:
    """A reading whose source did not arrive."""
    return KpiReading(
        kpi, None, status="withheld", reason_code="no_data", reason_params={"family": "tickets", "month": PERIOD}
    )


def not_applicable(kpi: str) -> KpiReading:
    """A reading of somebody who has nothing to do with the KPI."""
    return KpiReading(kpi, None, status="not_applicable", reason_code="no_responsibility")


def content(**changed: KpiReading) -> dict[str, KpiReading]:
    """Readings of the content role."""
    found = [
        reading("team_net_follower_growth", "655", "655"),
        reading("team_impressions", "1312345", "1312345"),
        reading("engagement_rate_original", "0.0043", "2150", "500000", 34),
        reading("original_content_share", "0.823529411765", "28", "34", 34),
        reading("posting_frequency", "0.971428571429", "34", "35", 34),
        reading("impressions", "912345.6", "912345.6", None, 34),
        reading("security_incidents", "0", "0", None, 0),
    ]
    return {item.kpi_id: item for item in found} | changed


def service(**changed: KpiReading) -> dict[str, KpiReading]:
    """Readings of the service role."""
    found = [
        reading("team_net_follower_growth", "655", "655"),
        reading("team_impressions", "1312345", "1312345"),
        reading("first_reply_minutes_p50", "71.5", None, None, 212),
        reading("first_reply_within_sla", "0.933962264151", "198", "212", 212),
        reading("resolution_minutes_p50", "1210.25", None, None, 205),
        reading("tickets_resolved", "205", "205", None, 205),
        reading("security_incidents", "0", "0", None, 0),
    ]
    return {item.kpi_id: item for item in found} | changed


def growth(**changed: KpiReading) -> dict[str, KpiReading]:
    """Readings of the growth role."""
    found = [
        reading("team_net_follower_growth", "300", "300"),
        reading("team_impressions", "600000", "600000"),
        reading("net_follower_growth", "120", "120"),
        reading("leads_submitted", "9", "9"),
        reading("conversion_revenue", "10250.50", "10250.50"),
        reading("security_incidents", "0", "0", None, 0),
    ]
    return {item.kpi_id: item for item in found} | changed


def segment(
    person: str,
    role: str,
    readings: dict[str, KpiReading],
    start: str = "2025-01-01",
    end: date = OPEN,
    days: int = 31,
    base: str = "8000",
) -> SegmentInput:
    """One segment of a person in the team x_team under scheme 000."""
    first = date.fromisoformat(start)
    return SegmentInput(person, start, first, end, days, 31, role, "P5", "x_team", "000", D(base), readings)


def segments() -> list[SegmentInput]:
    """Six people: normal, withheld, hand-over in mid-month, vetoed, not applicable, everything withheld."""
    handed_over = date(2026, 10, 15)
    nothing = {kpi: withheld(kpi) for kpi in service()}
    return [
        segment("E001", "content", content()),
        segment("E002", "customer_service", service(resolution_minutes_p50=withheld("resolution_minutes_p50"))),
        segment("E003", "growth", growth(), end=handed_over, days=14),
        segment("E003", "content", content(), start="2026-10-15", days=17, base="9000"),
        segment("E004", "content", content(posting_frequency=not_applicable("posting_frequency"))),
        segment("E005", "growth", growth(security_incidents=reading("security_incidents", "1", "1", None, 1))),
        segment("E006", "customer_service", nothing),
    ]


def result(
    given: list[SegmentInput] | None = None,
    adjustments: tuple[AdjustmentInput, ...] | None = None,
    decisions: Sequence[DecisionInput] = (),
    scheme: Scheme | None = None,
    others: Sequence[OtherScore] = (),
) -> PeriodResult:
    """Score the sample."""
    if adjustments is None:
        adjustments = (AdjustmentInput("E002", D("-200.00"), "=上月多发", "E009", 2),)
    targets = {
        ("E001", "2025-01-01", "engagement_rate_original"): TargetInput(
            D("0.005"), D("0.001"), source="people/targets.csv row 7"
        )
    }
    return score_period(
        parse_period(PERIOD),
        "CNY",
        {"000": scheme or load_scheme("000")},
        given if given is not None else segments(),
        targets,
        (ReviewInput("E004", D("55"), "E009", "两条帖子偏离品牌调性"),),
        adjustments,
        decisions=decisions,
        others=others,
    )


def catalogue() -> dict[str, dict[str, str]]:
    """The KPI catalogue as the warehouse hands it over."""
    import csv

    with SEED.open(encoding="utf-8-sig", newline="") as stream:
        return {row["kpi_id"]: row for row in csv.DictReader(stream)}


def place(name: str) -> dict[str, Any]:
    """Where a row of a file of people/ stands."""
    return {"source_file": f"people/{name}.csv", "source_row": 2}


def company(**changed: Any) -> Any:
    """The parts of a company that this room reads."""
    names = {"E001": ("张晓雨", "Zhang Xiaoyu"), "E002": ("欧阳明", "Ouyang Ming"), **HOSTILE}
    facts = {
        "name": "星河社媒 & <Galaxy>",
        "timezone": "Asia/Shanghai",
        "currency": "CNY",
        "locale": "zh",
        "languages": ("zh", "en"),
        "approvers": ("E009", "E001"),
        "lists": ListSettings(),
        "portal": PortalSettings(),
        "people": [
            SimpleNamespace(person_id=key, name=zh, name_en=en, source_file="people/people.csv", source_row=row)
            for row, (key, (zh, en)) in enumerate(names.items(), start=2)
        ],
        "accounts": [SimpleNamespace(account_id="x_main", name="星河官方", **place("accounts"))],
        "communities": [
            SimpleNamespace(
                community_id="c_club", name="读书会 <A&B>", valid_from=date(2026, 1, 1), **place("communities")
            ),
            SimpleNamespace(community_id="c_club", name="书友会", valid_from=date(2025, 1, 1), **place("communities")),
        ],
    }
    return SimpleNamespace(**{**facts, **changed})


def evidence() -> dict[tuple[str, str], list[EvidenceRow]]:
    """Records that sum to the numerators and denominators of E001's two ratios."""
    rates = [
        EvidenceRow(
            "post", str(1840000000000000000 + i), "x_main", f"2026-10-{i % 28 + 1:02d} 09:15", D(2150) / 34 if i else
            D(2150) - 33 * (D(2150) / 34), D("14705") if i else D("14735"), None, D("0.6"), "ab" * 16, i + 2,
            "account_analytics_2026-10.csv",
        )
        for i in range(34)
    ]  # fmt: skip
    shares = [
        EvidenceRow(
            "post",
            str(i),
            "x_main",
            "2026-10-02",
            D(1 if i < 28 else 0),
            D(1),
            None,
            D(1),
            "cd" * 16,
            i + 2,
            "=cmd.csv",
        )
        for i in range(34)
    ]
    return {("E001", "engagement_rate_original"): rates, ("E001", "original_content_share"): shares}


def quality() -> dict[str, list[QualityNote]]:
    """One withholding note for E002, one for everybody."""
    params = {"family": "tickets", "month": PERIOD}
    return {
        "E002": [
            QualityNote("withhold", "no_data", params, "no data", "resolution_minutes_p50", "tickets", "", PERIOD)
        ],
        "": [QualityNote("note", "brand_new_code", {}, "The export came 3 days late.", family="x_posts", month=PERIOD)],
    }


VERSIONS = {"code": "0123456789abcdef", "scheme": "000@1.0.0"}
INPUTS = {"exports/x/main/account_analytics_2026-10.csv": "ab" * 32, "people/people.csv": "cd" * 32}


@dataclass
class Case:
    """The arguments of build_draft, changed where a test needs it."""

    company: Any = field(default_factory=company)
    scored: PeriodResult = field(default_factory=result)
    evidence: dict[tuple[str, str], list[EvidenceRow]] = field(default_factory=evidence)
    quality: dict[str, list[QualityNote]] = field(default_factory=quality)
    inputs: dict[str, str] = field(default_factory=lambda: dict(INPUTS))
    versions: dict[str, str] = field(default_factory=lambda: dict(VERSIONS))
    period: str = PERIOD

    def arguments(self) -> tuple[Any, ...]:
        """Everything after the home folder."""
        return (
            self.company,
            self.period,
            self.scored.people,
            self.scored.pools,
            self.evidence,
            self.quality,
            Inputs(self.inputs, self.inputs),
            self.versions,
        )

    def bundle(self) -> dict[str, Any]:
        """The bundle of the case."""
        return make_bundle(*self.arguments(), catalogue(), what_if=self.what_if())

    def what_if(self) -> dict[str, list[dict[str, Any]]]:
        """What other readings would have brought."""
        return {person: [one.to_dict() for one in asked] for person, asked in what_ifs(self.scored).items()}
