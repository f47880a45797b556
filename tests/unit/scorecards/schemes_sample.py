"""Samples of schemes 001, 002 and 003: real traces, with the people of `cards_sample` and its hostile names.

One way of pay each: by class (001), by the target bonus (002), by band (001 with its other reading).
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from cards_sample import OPEN, Case, not_applicable, reading

from pipelines.periods import Period, parse_period
from pipelines.schemes import Scheme, load_scheme
from pipelines.schemes.model import LongerKpis, PayClass
from pipelines.scoring import CarriedReading, CommunityInput, KpiReading, PeriodResult, SegmentInput, score_period

D = Decimal
WHY = {"zh": "因为", "en": "because"}


def community(**changed: KpiReading) -> dict[str, KpiReading]:
    """Readings of everything that the schemes weigh, all near their monthly targets."""
    found = [
        reading("member_growth_rate", "0.044", "22", "500"),
        reading("new_customers", "11", "11"),
        reading("event_participation_rate", "0.24", "60", "250"),
        reading("content_interaction_rate", "0.06", "600", "10000"),
        reading("community_sales", "21000.50", "21000.50"),
        reading("member_retention_60", "0.66", "33", "50"),
        reading("member_retention_30", "0.7", "35", "50"),
        reading("content_output_rate", "0.9", "18", "20"),
        reading("first_reply_within_sla", "0.95", "190", "200"),
        reading("collaboration_360", "4.2", "12.6", "3"),
        reading("culture_fit_points", "80", "80", "1"),
        reading("negative_feedback_rate", "0.004", "2", "500"),
        reading("group_leave_rate", "0.031", "15.5", "500"),
        reading("speaking_rate", "0.37", "185", "500"),
        reading("csat_top2_share", "0.9", "45", "50"),
        reading("member_net_growth", "28", "28"),
        reading("active_members", "63", "63"),
        reading("valid_message_share", "0.55", "1100", "2000"),
        reading("posts_per_active_member", "4.4", "277", "63"),
        reading("content_quality_score", "76", "152", "2"),
        reading("content_click_rate", "0.011", "1100", "100000"),
        reading("shares_per_post", "5.5", "187", "34"),
        reading("loyalty_conversion", "0.22", "22", "100"),
        reading("event_order_conversion", "0.12", "12", "100"),
        reading("security_incidents", "0", "0", None, 0),
    ]
    return {item.kpi_id: item for item in found} | changed


def withheld(kpi: str) -> KpiReading:
    """A reading whose source did not arrive."""
    params = {"family": "groups", "month": "2026-10"}
    return KpiReading(kpi, None, status="withheld", reason_code="no_data", reason_params=params)


def part(
    person: str,
    role: str,
    level: str,
    readings: dict[str, KpiReading],
    period: Period,
    scheme: str = "001",
    start: str = "2025-01-01",
    end: date = OPEN,
    **more: Any,
) -> SegmentInput:
    """One segment of a person in the team x_team."""
    first = date.fromisoformat(start)
    days = period.overlap_days(first, end)
    given = SegmentInput(
        person, start, first, end, days, period.days, role, level, "x_team", scheme, D("3000"), readings
    )
    return replace(given, **more)


def people(scheme: str, period: Period) -> list[SegmentInput]:
    """Normal, a change of level inside the month, joined on the 20th, deducted, gate not checked, all withheld."""
    nothing = {kpi: withheld(kpi) for kpi in community()}
    rated = community(collaboration_360=not_applicable("collaboration_360"))
    return [
        part("E001", "content", "L3", community(), period, scheme),
        part("E002", "growth", "L2", community(), period, scheme, end=date(2026, 10, 15)),
        part("E002", "growth", "M1", rated, period, scheme, start="2026-10-15"),
        part("E003", "customer_service", "L1", community(), period, scheme, start="2026-10-20"),
        part(
            "E004", "content", "L2",
            community(
                member_retention_30=reading("member_retention_30", "0.3", "15", "50"),
                negative_feedback_rate=reading("negative_feedback_rate", "0.05", "25", "500"),
                valid_message_share=reading("valid_message_share", "0.15", "300", "2000"),
            ),
            period, scheme,
        ),
        part("E005", "growth", "L3", community(member_retention_30=withheld("member_retention_30")), period, scheme),
        part("E006", "customer_service", "L2", nothing, period, scheme),
    ]  # fmt: skip


def of_communities(period: Period) -> list[SegmentInput]:
    """Under scheme 003: somebody with a content and a transaction community, somebody with one, somebody with none."""

    def own(id_: str, type_: str, stage: str, days: str, **values: KpiReading) -> CommunityInput:
        found = community() | {
            "monthly_active_share": reading("monthly_active_share", "0.24", "24", "100"),
            "accepted_answers": reading("accepted_answers", "5", "5"),
        }
        return CommunityInput(id_, type_, stage, D(days), found | values)

    club = own("c_club", "content", "growth", "31", speaking_rate=reading("speaking_rate", "0.17", "17", "100"))
    shop = own("c_shop", "transaction", "mature", "12.4")
    more = {
        "monthly_active_share": reading("monthly_active_share", "0.21", "42", "200"),
        "article_reads": reading("article_reads", "8600", "8600"),
        "member_conversion_rate": reading("member_conversion_rate", "0.047", "47", "1000"),
        "order_completion_rate": reading("order_completion_rate", "0.93", "93", "100"),
        "ticket_resolution_rate": reading("ticket_resolution_rate", "0.88", "88", "100"),
    }
    lost = own("c_shop", "transaction", "mature", "31", member_retention_30=withheld("member_retention_30"))
    return [
        part("E001", "content", "L3", community(**more), period, "003", communities=(club, shop)),
        part("E002", "customer_service", "L2", community(**more), period, "003", communities=(lost,)),
        part("E003", "customer_service", "L1", community(**more), period, "003"),
    ]


def by_band() -> Scheme:
    """Scheme 001 under the other reading of 001-I1: whoever reaches a band gets its amount."""
    scheme = load_scheme("001")
    assert scheme.individual is not None
    classes = tuple(
        PayClass.model_validate({"id": name, "title": WHY, "at_least": D(at), "amount": D(amount), "why": WHY})
        for name, at, amount in (("class_1", 100, 1200), ("class_2", 80, 1000))
    )
    return scheme.model_copy(
        update={"individual": scheme.individual.model_copy(update={"by": "band", "classes": classes, "payout": None})}
    )


def carrying() -> Scheme:
    """Scheme 001 that carries the last whole quarter and year into shorter periods."""
    rule = LongerKpis.model_validate({"req": "001-R2", "in_shorter": "carry_last", "why": WHY})
    return load_scheme("001").model_copy(update={"longer_kpis": rule})


def carried(period: str = "2026-Q3") -> dict[str, CarriedReading]:
    """What somebody carries into October: sales and retention of the third quarter, ratings of the year before."""
    found = [
        (period, reading("community_sales", "54000", "54000"), 3, 92),
        (period, reading("member_retention_60", "0.6", "60", "100"), 3, 92),
        ("2025", reading("collaboration_360", "3.4", "10.2", "3"), 12, 365),
        ("2025", reading("culture_fit_points", "60", "60", "1"), 12, 365),
    ]
    return {one.kpi_id: CarriedReading(of, one, None, months, days, days) for of, one, months, days in found}


def scored(
    scheme: str = "001", period: str = "2026-10", use: Scheme | None = None, given: list[SegmentInput] | None = None
) -> PeriodResult:
    """Score the sample of a scheme."""
    when = parse_period(period)
    found = people(scheme, when) if given is None else given
    return score_period(when, "CNY", {scheme: use or load_scheme(scheme)}, found)


def case(result: PeriodResult) -> Case:
    """A case of `cards_sample` with these results and no records."""
    return Case(scored=result, evidence={})
