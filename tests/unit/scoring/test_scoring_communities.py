"""One community, one policy: what each community is measured by, how much it weighs, and by which target."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scoring_builders import PACE, QUALITY, TEAM, WHY, at_target, kpi, reading, run, scheme_data, segment, veto

from pipelines.periods import parse_period
from pipelines.schemes.model import Scheme
from pipelines.scoring import CommunityInput, PersonTrace, ReviewInput, TargetInput
from pipelines.scoring.plans import shares_of
from pipelines.scoring.trace import LineTrace

D = Decimal
JOINED, ACTIVE = "members_joined", "monthly_active_share"


def component(id_: str, weight: int, **kpis: int) -> dict[str, Any]:
    return {"id": id_, "title": WHY, "req": "003-R5", "weight": weight, "kpis": kpis, "why": WHY}


def layer(*components: dict[str, Any]) -> dict[str, Any]:
    return {"req": "003-R4", "components": list(components), "why": WHY}


def policies(**more: Any) -> Scheme:
    """Half a common part; the other half by type: content by QUALITY (the person's), transaction by two of its own."""
    data = scheme_data()
    data["kpis"][JOINED] = kpi(of_community=True)
    data["kpis"][ACTIVE] = kpi(aggregation="distribution", of_community=True)
    role = data["roles"]["content"]
    role["components"] = [component("team", 50, **{TEAM: 50}), component("own", 50, **{PACE: 50})]
    role["by_community"] = True
    data["communities"] = {
        "req": "003-R5",
        "types": {
            "content": layer(component("own", 50, **{QUALITY: 50})),
            "transaction": layer(component("own", 50, **{JOINED: 30, ACTIVE: 20})),
        },
        "why": WHY,
    } | more
    return Scheme.model_validate(data)


def community(
    id_: str, type_: str = "transaction", days: Any = 31, stage: str = "growth", **more: Any
) -> CommunityInput:
    values = {JOINED: 100, ACTIVE: 100} | more.pop("values", {})
    found = {name: reading(name, value) for name, value in values.items()}
    return CommunityInput(id_, type_, stage, D(days), found, **more)


def only(
    scheme: Scheme, *communities: CommunityInput, values: dict[str, Any] | None = None, **more: Any
) -> PersonTrace:
    given_ = segment("a", at_target(**{JOINED: 100, ACTIVE: 100}, **(values or {})), communities=communities)
    (person,) = run([given_], scheme, **more).people
    return person


def lines(person: PersonTrace) -> dict[tuple[str, str], LineTrace]:
    return {
        (line.kpi_id, line.community.community_id if line.community else ""): line for line in person.segments[0].lines
    }


@pytest.mark.req("003-R4")
def test_whoever_runs_no_community_has_the_components_of_the_role() -> None:
    assert set(lines(only(policies()))) == {(TEAM, ""), (PACE, "")}


@pytest.mark.req("003-R4")
def test_the_type_of_a_community_decides_its_kpis() -> None:
    assert set(lines(only(policies(), community("shop")))) == {(TEAM, ""), (JOINED, "shop"), (ACTIVE, "shop")}
    assert set(lines(only(policies(), community("club", "content")))) == {(TEAM, ""), (QUALITY, "")}
    # a type without a layer of its own keeps the role's
    assert set(lines(only(policies(), community("desk", "service")))) == {(TEAM, ""), (PACE, "")}


@pytest.mark.req("003-R3", "003-R5")
def test_the_stage_stands_over_the_type_and_the_single_community_over_both() -> None:
    scheme = policies(
        stages={"mature": layer(component("own", 50, **{ACTIVE: 50}))},
        single={"vip": layer(component("own", 50, **{JOINED: 50}))},
    )
    assert set(lines(only(scheme, community("shop", stage="mature")))) == {(TEAM, ""), (ACTIVE, "shop")}
    assert set(lines(only(scheme, community("vip", stage="mature")))) == {(TEAM, ""), (JOINED, "vip")}


@pytest.mark.req("003-R5")
def test_several_communities_weigh_by_their_days() -> None:
    """31 and 15.5 days: two thirds and one third of the half that is by type; a common KPI stays one line."""
    person = only(
        policies(),
        community("shop", values={JOINED: 90, ACTIVE: 100}),
        community("club", "content", days="15.5"),
    )
    found = lines(person)
    assert {key: line.weight.quantize(D("0.0001")) for key, line in found.items()} == {
        (TEAM, ""): D("50.0000"),
        (JOINED, "shop"): D("20.0000"),
        (ACTIVE, "shop"): D("13.3333"),
        (QUALITY, ""): D("16.6667"),
    }
    # JOINED: 90 of the part of the target that falls on the shop, 100 x 2/3: 135 % is the top of the curve, 150 points
    assert found[JOINED, "shop"].goal is not None
    assert found[JOINED, "shop"].goal.target.quantize(D("0.0001")) == D("66.6667")
    # 80 of 100 weight at 100 points and 20 at 150
    assert person.printed_score == D("110.00")


@pytest.mark.req("003-R5")
def test_a_target_of_the_community_is_for_its_days_by_share_and_goes_before_the_persons() -> None:
    """200 joiners a month for the community, run at 60 % of 31 days: 120 are the person's."""
    own = {JOINED: TargetInput(D(200), source="people/targets.csv row 9", row=9)}
    person = only(policies(), community("shop", days="18.6", targets=own, values={JOINED: 120, ACTIVE: 100}))
    goal = lines(person)[JOINED, "shop"].goal
    assert goal is not None
    assert (goal.target, goal.source) == (D(120), "people/targets.csv row 9")
    assert person.printed_score == D("100.00")


@pytest.mark.req("003-R5")
def test_a_community_without_a_reading_holds_its_part_and_no_other() -> None:
    person = only(policies(), community("a", values={JOINED: "withheld"}), community("b"))
    found = lines(person)
    assert found[JOINED, "a"].status == "withheld"
    assert found[JOINED, "b"].score == 150  # 100 of the 50 that are b's part of the target
    assert person.segments[0].low < person.segments[0].high
    missing = only(policies(), CommunityInput("c", "transaction", "growth", D(31), {}))
    assert {(line.status, line.reason_code) for key, line in lines(missing).items() if key[1] == "c"} == {
        ("withheld", "no_reading")
    }


def test_a_kpi_that_does_not_count_in_the_period_is_the_persons() -> None:
    data = policies().model_dump()
    data["kpis"][JOINED]["period"] = "quarter"
    data["longer_kpis"] = {"req": "001-R2", "in_shorter": "leave_out", "why": WHY}
    person = only(Scheme.model_validate(data), community("a"), community("b"))
    assert (lines(person)[JOINED, ""].status, lines(person)[JOINED, ""].weight) == ("not_applicable", D(30))


def test_a_veto_on_a_kpi_acts_on_the_line_of_every_community() -> None:
    data = policies().model_dump()
    data["vetoes"] = [veto(scope="kpi", of=JOINED)]
    person = only(
        Scheme.model_validate(data), community("a"), community("b"), reviews=[ReviewInput("a", D(10), "judge")]
    )
    assert [lines(person)[JOINED, name].score for name in "ab"] == [0, 0]


def test_the_teams_attainment_takes_a_members_communities_together() -> None:
    """The pool's KPI as lines of two communities: 50 % and 100 % of equal parts are 75 %, below the tier of 80."""
    data = policies().model_dump()
    data["pool"]["kpis"] = {ACTIVE: 100}
    two = (community("a", values={ACTIVE: 50}), community("b"))
    result = run([segment("a", at_target(), communities=two)], Scheme.model_validate(data))
    assert (result.pools[0].attainment_low, result.pools[0].factor_low) == (D(75), D(60))


def test_targets_of_communities_are_checked_before_anything_is_scored() -> None:
    from pipelines.company.findings import InputError

    bad = {JOINED: TargetInput(D(0), source="people/targets.csv row 4", row=4)}
    with pytest.raises(InputError, match=r"people/targets\.csv, row 4"):
        only(policies(), community("shop", targets=bad))


many = settings(max_examples=500, deadline=None)
days_of = st.lists(st.decimals(min_value="0.01", max_value=366, places=2), min_size=1, max_size=6)


@many
@given(days_of)
def test_the_shares_are_one_whole(days: list[Decimal]) -> None:
    shares = shares_of([community(str(i), days=count) for i, count in enumerate(days)])
    assert sum(shares) == 1
    assert min(shares) >= 0


@many
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["content", "transaction", "service"]),
            st.integers(1, 31),
            st.one_of(
                st.decimals(min_value=0, max_value=300, places=2), st.sampled_from(["withheld", "not_applicable"])
            ),
        ),
        min_size=1,
        max_size=4,
    ),
    st.sampled_from(["2026-10", "2026-Q4"]),
)
def test_weights_and_printed_points_add_up_over_communities(rows: list[Any], period: str) -> None:
    when = parse_period(period)
    own = tuple(
        community(str(i), type_, days=days, values={JOINED: value}) for i, (type_, days, value) in enumerate(rows)
    )
    given_ = segment("a", at_target(), days=when.days, period_days=when.days, communities=own)
    (person,) = run([given_], policies(), period=when).people
    (part,) = person.segments
    total = sum((line.effective_weight for line in part.lines), D(0))
    assert abs(total - 100) < D("1e-20")
    assert part.low <= part.high
    if person.printed_score is not None:
        assert sum(line.printed_points or 0 for line in part.lines) == person.printed_score
