"""A cost weighed by channel: cheap ones count more, money without a result counts 0, none outweighs its weight."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scoring_builders import PACE, TEAM, WHY, at_target, kpi, run, scheme_data, segment
from test_individual_pay import own_scheme

from pipelines.schemes.model import Scheme
from pipelines.scoring import KpiReading, PersonTrace
from pipelines.scoring.inputs import ChannelReading
from pipelines.scoring.trace import LineTrace

D = Decimal
COST = "cost_per_lead"
Channels = dict[str, tuple[Any, Any]]


def scheme_of(weights: dict[str, Any] | None, others: Any = 1, **more: Any) -> Scheme:
    """The cost of a lead in the place of the pace, target 5 and baseline 10."""
    data = scheme_data()
    rule = kpi("lower", "ratio_of_sums", unit="currency", default_target={"target": 5, "baseline": 10, "why": WHY})
    if weights is not None:
        rule["channels"] = {"req": "004-R5", "weights": weights, "others": others, "why": WHY}
    data["kpis"] = {**data["kpis"], COST: rule | more}
    del data["kpis"][PACE]
    parts = data["roles"]["content"]["components"]
    parts[1]["kpis"] = {"engagement_rate_original": 40, COST: 20}
    return own_scheme("base", kpis=data["kpis"], roles=data["roles"])


def reading(channels: Channels, **more: Any) -> KpiReading:
    spend = sum((D(money) for money, _ in channels.values()), D(0))
    leads = sum((D(number) for _, number in channels.values()), D(0))
    rows = tuple(ChannelReading(name, D(money), D(number)) for name, (money, number) in sorted(channels.items()))
    return KpiReading(COST, spend / leads, spend, leads, 1, channels=rows, **more)


def scored(channels: Channels, scheme: Scheme) -> tuple[PersonTrace, LineTrace]:
    given_ = segment("a", at_target())
    (person,) = run([replace(given_, readings=given_.readings | {COST: reading(channels)})], scheme).people
    return person, next(line for line in person.segments[0].lines if line.kpi_id == COST)


TWO: Channels = {"meta_ads": (400, 100), "x_ads": (600, 100)}  # 4 and 6 a lead: 120 % and 80 %


@pytest.mark.req("004-R5", "004-G2")
def test_the_attainment_is_the_weighted_mean_of_the_channels() -> None:
    _, even = scored(TWO, scheme_of(None))
    assert even.attainment == 100 and "channels" not in even.to_dict()
    _, line = scored(TWO, scheme_of({"meta_ads": {"weight": 3}}))
    assert line.attainment == D(110)  # (3 × 120 + 1 × 80) / 4
    told = line.to_dict()
    assert told["attainment_formula"] == "(3 × 120 + 1 × 80) / 4 = 110 %"
    assert [(one["channel"], one["weight"], one["value"]) for one in told["channels"]] == [
        ("meta_ads", "3", "4"), ("x_ads", "1", "6"),
    ]  # fmt: skip


@pytest.mark.req("004-R5")
def test_a_channel_can_have_a_target_of_its_own_and_any_case_of_letters() -> None:
    _, line = scored(TWO, scheme_of({"X_Ads": {"weight": 1, "target": 6}}))
    # 6 against 6 with the baseline moved to 12: 100 %; meta 120 %
    assert line.attainment == D(110)


@pytest.mark.req("004-R5", "004-G2")
def test_money_without_a_lead_counts_nothing_and_is_not_left_out() -> None:
    _, line = scored({**TWO, "search_ads": (50, 0)}, scheme_of({"meta_ads": {"weight": 2}}))
    assert line.attainment == D(80)  # (2 × 120 + 1 × 0 + 1 × 80) / 4
    assert [part.value for part in line.channels] == [4, None, 6]
    # one without money and leads is not there
    _, without = scored({**TWO, "search_ads": (0, 0)}, scheme_of({"meta_ads": {"weight": 2}}))
    assert [part.reading.channel for part in without.channels] == ["meta_ads", "x_ads"]


@pytest.mark.req("004-R5")
def test_no_channel_counts_below_nothing_or_beyond_the_curve() -> None:
    # free leads would be 200 %, of which the curve's end is 120; 20 a lead would be −200 %
    _, line = scored({"meta_ads": (0, 10), "x_ads": (200, 10)}, scheme_of({"meta_ads": {"weight": 1}}))
    assert [part.attained for part in line.channels] == [120, 0]


@pytest.mark.req("004-R5")
def test_a_team_s_channels_are_those_of_its_people() -> None:
    people = []
    for name, channels in (("a", {"meta_ads": (300, 50)}), ("b", {"meta_ads": (100, 50), "x_ads": (600, 100)})):
        given_ = segment(name, at_target())
        people.append(replace(given_, readings=given_.readings | {COST: reading(channels)}))
    result = run(people, scheme_of({"meta_ads": {"weight": 3}}, measured_on="team"))
    for person in result.people:
        line = next(line for line in person.segments[0].lines if line.kpi_id == COST)
        assert line.attainment == D(110)


def test_withheld_data_stays_withheld_and_a_reading_without_channels_counts_whole() -> None:
    scheme = scheme_of({"meta_ads": {"weight": 3}})
    held = run([segment("a", at_target(**{COST: "withheld"}))], scheme).people[0]
    assert next(line.status for line in held.segments[0].lines if line.kpi_id == COST) == "withheld"
    whole = run([segment("a", at_target(**{COST: 6}))], scheme).people[0]
    assert next(line.attainment for line in whole.segments[0].lines if line.kpi_id == COST) == 80


CHANNELS = st.dictionaries(
    st.sampled_from(["meta_ads", "x_ads", "search_ads"]),
    st.tuples(st.integers(0, 1000), st.integers(0, 100)),
    min_size=1,
).filter(lambda found: any(leads for _, leads in found.values()))
WEIGHTS = st.dictionaries(
    st.sampled_from(["meta_ads", "x_ads"]),
    st.fixed_dictionaries({"weight": st.integers(1, 9), "target": st.one_of(st.none(), st.integers(1, 20))}),
    min_size=1,
)


@pytest.mark.req("004-R5", "004-G2")
@given(CHANNELS, WEIGHTS, st.integers(1, 500))
def test_a_dearer_channel_never_helps_and_the_mean_lies_among_the_channels(
    channels: Channels, weights: Any, more: int
) -> None:
    scheme = scheme_of(weights)
    person, line = scored(channels, scheme)
    if not line.channels:
        return
    parts = [part.attained for part in line.channels]
    assert line.attainment is not None and min(parts) <= line.attainment <= max(parts)
    for name, (spend, leads) in channels.items():
        dearer, other = scored({**channels, name: (spend + more, leads)}, scheme)
        assert other.attainment is not None and dearer.printed_score is not None and person.printed_score is not None
        if leads or spend:  # a channel that begins to cost joins the mean as its worst
            assert other.attainment <= line.attainment and dearer.printed_score <= person.printed_score


def test_team_impressions_are_not_touched() -> None:
    person, _ = scored(TWO, scheme_of({"meta_ads": {"weight": 3}}))
    assert next(line.channels for line in person.segments[0].lines if line.kpi_id == TEAM) == []
