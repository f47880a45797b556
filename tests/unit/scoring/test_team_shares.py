"""Team shares and KPIs measured on the team: each rule with numbers that can be redone by hand."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from scoring_builders import PACE, QUALITY, TEAM, WHY, at_target, make_scheme, run, scheme_data, segment

from pipelines.periods import parse_period
from pipelines.schemes.model import Scheme
from pipelines.scoring import FinanceInput, KpiReading, PeriodResult
from pipelines.scoring.team_readings import team_reading
from pipelines.scoring.team_shares import SAVINGS_KPI, ShareTrace

D = Decimal
CPL = "cost_per_lead"


def share(**more: Any) -> dict[str, Any]:
    rule = {
        "id": "savings", "title": {"zh": "获客节约", "en": "Savings"}, "req": "004-I1", "rate": 20, "of": SAVINGS_KPI,
        "period": "month", "gates": [], "points": "score", "why": WHY,
    }  # fmt: skip
    return rule | more


def share_gate(**more: Any) -> dict[str, Any]:
    return {"id": "cheap", "title": WHY, "req": "004-I1", "kpi": CPL, "at_most": 5, "why": WHY} | more


def profit_share(**more: Any) -> dict[str, Any]:
    return share(id="profit", req="004-I3", rate=10, of="excess_profit", period="year", **more)


def scheme(*shares: dict[str, Any], **more: Any) -> Scheme:
    return make_scheme(team_shares=list(shares), **more)


def saved(value: Any, **more: Any) -> dict[str, Any]:
    """Readings of somebody at target who saved an amount."""
    return at_target(**{SAVINGS_KPI: value}) | more


def ratio(kpi: str, top: str, bottom: str) -> KpiReading:
    value = D(top) / D(bottom) if D(bottom) else None
    status = "ok" if value is not None else "not_applicable"
    return KpiReading(kpi, value, D(top), D(bottom), 1, status, "" if status == "ok" else "zero_denominator")


def given(person: str, values: dict[str, Any], *readings: KpiReading, **more: Any) -> Any:
    made = segment(person, values, **more)
    return segment(person, {}, **{"readings": {**made.readings, **{one.kpi_id: one for one in readings}}, **more})


def only(result: PeriodResult) -> ShareTrace:
    (found,) = result.shares
    return found


def parts(found: ShareTrace) -> list[Decimal]:
    return [part.earned for part in found.members]


def codes(result: PeriodResult, person: int = 0) -> list[str]:
    return [note.code for one in result.people[person].segments for note in one.notes]


@pytest.mark.req("004-I1")
def test_a_fifth_of_the_savings_goes_to_the_team_by_points_and_days() -> None:
    """3,000 + 1,500 − 1,000 = 3,500 saved; 20 % = 700.00; masses 100 × 31, 82.5 × 40/100 … worked below."""
    # b: 40 × 100 + 40 × 82.5 + 20 × 100 = 93 points; c: 10 of 31 days at target
    people = [
        segment("a", saved(3000)),
        segment("b", saved(1500, **{QUALITY: 93})),
        segment("c", saved(-1000, **{TEAM: D(1000) / 31}), days=10),
    ]
    found = only(run(people, scheme(share())))
    assert (found.gain.value, found.amount, found.status) == (D(3500), D("700.00"), "paid")
    assert found.mass == 3100 + 93 * 31 + 1000
    # 700 × 3100/6983 = 310.754…, 700 × 2883/6983 = 289.001…, 700 × 1000/6983 = 100.243…
    assert parts(found) == [D("310.76"), D("289.00"), D("100.24")]
    assert (found.earned, found.held, found.undistributed) == (D("700.00"), 0, 0)


@pytest.mark.req("004-I1")
def test_the_share_is_paid_besides_the_bonus_and_booked_once() -> None:
    result = run([segment("a", saved(1000))], scheme(share()))
    (person,) = result.people
    assert (person.earned, person.payable) == (D("1200.00"), D("1200.00"))
    assert (person.segments[0].earned, person.segments[0].shares[0].part.earned) == (D("1000.00"), D("200.00"))
    assert [(one.pool_id, one.entry_type, one.amount) for one in result.ledger] == [
        ("t/x", "earning", D("1000.00")),
        ("t/x/savings", "earning", D("200.00")),
    ]
    told = person.to_dict()["segments"][0]["bonus"]
    assert told["earned"] == "1000.00"
    assert told["team_shares"][0]["own"]["earned"] == "200.00"
    steps = [(step.code, step.formula, step.value) for step in person.steps if step.code.startswith("share")]
    assert steps == [
        ("share_gain", "savings: Σ (1)", "1000"),
        ("share_amount", "savings: 1000 × 20 %", "200.00"),
        ("share_part", "savings: 200.00 × (100 × 31) / 3100", "200.00"),
    ]


@pytest.mark.req("004-I1")
def test_gains_and_losses_are_netted_before_the_floor() -> None:
    """900 − 1,000 over people is a loss of the team: floors by person would pay 180 while total cost rises."""
    result = run([segment("a", saved(900)), segment("b", saved(-1000))], scheme(share()))
    found = only(result)
    assert (found.status, found.amount, found.gain.value) == ("no_gain", 0, D(-100))
    assert [person.earned for person in result.people] == [D("1000.00"), D("1000.00")]
    assert [step.code for step in result.people[0].steps][-2:] == ["share_no_gain", "payable"]


def test_a_gain_of_exactly_nothing_pays_nothing_and_half_a_cent_is_rounded_up_once() -> None:
    assert only(run([segment("a", saved(0))], scheme(share()))).status == "no_gain"
    found = only(run([segment("a", saved(D("0.025"))), segment("b", saved(0))], scheme(share())))
    assert (found.amount, parts(found)) == (D("0.01"), [D("0.01"), D("0.00")])


def test_a_share_is_paid_by_its_own_kind_of_period_alone() -> None:
    rule = scheme(share(period="quarter"))
    assert run([segment("a", saved(1000))], rule).shares == []
    quarter = run([segment("a", saved(1000), 92, period_days=92)], rule, period=parse_period("2026-Q4"))
    assert only(quarter).amount == D("200.00")


@pytest.mark.req("004-I1")
@pytest.mark.parametrize(
    ("bound", "status", "earned"),
    [({"at_most": 5}, "met", "200.00"), ({"at_most": "4.99"}, "not_met", "0.00"),
     ({"at_most": None, "at_least": 5}, "met", "200.00"), ({"at_most": None, "at_least": "5.01"}, "not_met", "0.00")],
)  # fmt: skip
def test_a_condition_is_on_the_whole_teams_ratio(bound: dict[str, Any], status: str, earned: str) -> None:
    """120/20 = 6 and 30/10 = 3: the team's cost per lead is 150/30 = 5, and not the mean 4.5."""
    people = [given("a", saved(1000), ratio(CPL, "120", "20")), given("b", saved(0), ratio(CPL, "30", "10"))]
    found = only(run(people, scheme(share(gates=[share_gate(**bound)]))))
    assert (found.gates[0].status, found.gates[0].reading.value) == (status, D(5))
    assert found.earned == D(earned)
    assert found.status == ("paid" if status == "met" else "gate_not_met")


def test_spend_without_a_lead_counts_in_the_teams_cost_per_lead() -> None:
    people = [given("a", saved(1000), ratio(CPL, "100", "20")), given("b", saved(0), ratio(CPL, "20", "0"))]
    found = only(run(people, scheme(share(gates=[share_gate()]))))
    assert (found.gates[0].reading.value, found.status) == (D(6), "gate_not_met")


@pytest.mark.req("004-I1")
@pytest.mark.parametrize("broken", ["withheld", None])
def test_an_unknown_gain_withholds_the_share_and_books_nothing(broken: str | None) -> None:
    values = saved(broken) if broken else at_target()
    result = run([segment("a", saved(5000)), segment("b", values)], scheme(share()))
    found = only(result)
    assert (found.status, found.gain.reason_code) == ("withheld", "gap" if broken else "no_reading")
    assert {entry.pool_id for entry in result.ledger} == {"t/x"}
    assert [person.held for person in result.people] == [0, 0]
    assert codes(result) == ["share_withheld"]
    assert [step.code for step in result.people[0].steps][-2:] == ["share_withheld", "payable"]
    mended = run([segment("a", saved(5000)), segment("b", saved(1000))], scheme(share()))
    assert [person.earned for person in mended.people] == [D("1600.00"), D("1600.00")]  # 1,200 more, paid then


def test_savings_that_could_not_be_measured_are_unknown_and_not_nothing() -> None:
    unmeasured = KpiReading(SAVINGS_KPI, None, status="not_applicable", reason_code="not_measurable")
    people = [given("a", at_target(), unmeasured), segment("b", saved(1000))]
    assert only(run(people, scheme(share()))).status == "withheld"
    idle = KpiReading(SAVINGS_KPI, None, status="not_applicable", reason_code="no_responsibility")
    assert only(run([given("a", at_target(), idle), segment("b", saved(1000))], scheme(share()))).amount == D("200.00")
    assert only(run([given("a", at_target(), idle)], scheme(share()))).status == "not_applicable"


def test_a_withheld_condition_withholds_but_a_loss_or_a_missed_one_is_final() -> None:
    gates = [share_gate(), share_gate(id="more", kpi="lead_conversion_cohort", at_most=None, at_least="0.02")]
    lost = KpiReading(CPL, None, status="withheld", reason_code="gap")
    good, bad = ratio("lead_conversion_cohort", "3", "100"), ratio("lead_conversion_cohort", "1", "100")
    rule = scheme(share(gates=gates))
    assert only(run([given("a", saved(10), lost, good)], rule)).status == "withheld"
    assert only(run([given("a", saved(10), lost, bad)], rule)).status == "gate_not_met"
    assert only(run([given("a", saved(-10), lost, good)], rule)).status == "no_gain"


def test_a_provisional_gain_is_paid_and_marked() -> None:
    doubtful = KpiReading(SAVINGS_KPI, D(1000), status="provisional", reason_code="unsettled_days")
    result = run([given("a", at_target(), doubtful)], scheme(share()))
    assert (only(result).amount, codes(result)) == (D("200.00"), ["share_provisional"])


@pytest.mark.req("004-I1")
def test_withheld_points_hold_their_part_and_nobody_else_gets_it() -> None:
    """docs/scoring.md works this example: 60 points sure, 60 + 40 × 1.5 = 120 possible; 700 by 100 + 120."""
    people = [segment("a", saved(3500)), segment("b", saved(0, **{QUALITY: "withheld"}))]
    result = run(people, scheme(share()))
    found = only(result)
    assert parts(found) == [D("318.18"), D("190.91")]  # 700 × 100/220, 700 × 60/220
    assert [part.held for part in found.members] == [0, D("190.91")]  # 700 × 120/220 = 381.82
    assert found.undistributed == 0
    assert "share_waits" in codes(result, 0) and "share_waits" not in codes(result, 1)
    assert result.people[1].held == result.people[1].segments[0].held + D("190.91")


def test_what_nobody_has_points_for_stays_undistributed() -> None:
    result = run([segment("a", saved(1000, **{TEAM: 0, QUALITY: 0, PACE: 400}))], scheme(share()))
    assert (only(result).undistributed, only(result).earned) == (D("200.00"), 0)
    assert ("undistributed", "t/x/savings", D("200.00")) in [
        (entry.entry_type, entry.pool_id, entry.amount) for entry in result.ledger
    ]


def test_who_has_no_role_in_the_scheme_saves_for_the_team_and_has_no_part() -> None:
    result = run([segment("a", saved(1000)), segment("b", saved(500), role="chef")], scheme(share()))
    assert (only(result).gain.value, len(only(result).members)) == (D(1500), 1)
    assert result.people[0].segments[0].shares[0].part.earned == D("300.00")


def test_who_is_on_leave_all_along_still_spends_for_the_team_and_has_no_part() -> None:
    away = segment("b", saved(-600), 0, leave_days=31)
    found = only(run([segment("a", saved(1000)), away], scheme(share())))
    assert (found.gain.value, [part.person_id for part in found.members]) == (D(400), ["a"])
    gone = segment("b", saved(-600), 0)
    assert only(run([segment("a", saved(1000)), gone], scheme(share()))).gain.value == D(1000)


def test_each_team_shares_its_own_savings() -> None:
    result = run([segment("a", saved(1000)), segment("b", saved(500), team_id="y")], scheme(share()))
    assert [(one.team_id, one.amount) for one in result.shares] == [("x", D("200.00")), ("y", D("100.00"))]


def test_target_weighted_shares_follow_the_target_bonus() -> None:
    people = [segment("a", saved(700)), segment("b", saved(0), bonus_base=D(2500))]
    assert parts(only(run(people, scheme(share(points="target_weighted"))))) == [D("40.00"), D("100.00")]


def year(person: str, **more: Any) -> Any:
    return segment(person, at_target(**{TEAM: 1200}), 365, period_days=365, **more)


def figures(profit: Any, target: Any, team: str = "") -> list[FinanceInput]:
    rows = [("profit", profit, 2), ("profit_target", target, 3)]
    return [
        FinanceInput(kind, team, D(amount), f"reviews/finance.csv row {row}") for kind, amount, row in rows if amount
    ]


@pytest.mark.req("004-I3")
def test_a_tenth_of_the_excess_profit_is_shared_once_by_all_teams() -> None:
    people = [year("a"), year("b", team_id="y"), year("c", team_id="y")]
    result = run(people, scheme(profit_share()), period=parse_period("2026"), finance=figures("1200000", "1000000"))
    found = only(result)
    assert (found.pool_id, found.gain.value, found.amount) == ("t//profit", D(200000), D("20000.00"))
    assert parts(found) == [D("6666.67"), D("6666.67"), D("6666.66")]
    told = found.about()["gain"]
    assert (told["profit"], told["target"]) == ("1200000", "1000000")
    assert told["sources"] == ["reviews/finance.csv row 2", "reviews/finance.csv row 3"]
    assert result.people[0].steps[-3].formula == "profit: 200000 × 10 %"


@pytest.mark.req("004-I3")
def test_a_teams_profit_is_that_teams() -> None:
    people = [year("a"), year("b", team_id="y")]
    result = run(people, scheme(profit_share()), period=parse_period("2026"), finance=figures("300", "100", "y"))
    assert [(one.team_id, one.status, one.amount) for one in result.shares] == [
        ("x", "withheld", 0),
        ("y", "paid", D("20.00")),
    ]


@pytest.mark.req("004-I3")
@pytest.mark.parametrize(
    ("profit", "target", "status", "reason"),
    [("", "100", "withheld", "no_profit"), ("100", "", "withheld", "no_profit_target"),
     ("", "", "withheld", "no_profit"),
     ("90", "100", "no_gain", ""), ("100", "100", "no_gain", ""), ("-5", "-10", "paid", "")],
)  # fmt: skip
def test_a_missing_figure_withholds_and_a_profit_below_its_target_pays_nothing(
    profit: str, target: str, status: str, reason: str
) -> None:
    result = run([year("a")], scheme(profit_share()), period=parse_period("2026"), finance=figures(profit, target))
    assert (only(result).status, only(result).gain.reason_code) == (status, reason)
    assert only(result).amount == (D("0.50") if status == "paid" else 0)


def team_scheme() -> Scheme:
    data = scheme_data()
    data["kpis"][QUALITY]["measured_on"] = "team"
    return Scheme.model_validate(data)


@pytest.mark.req("004-R2")
def test_a_kpi_of_the_team_scores_everybody_by_the_sums_of_all() -> None:
    """(80 + 106) / (1 + 1) = 93: both have 82.5 points, though one alone stands at 80 and the other at 106."""
    people = [given("a", at_target(), ratio(QUALITY, "80", "1")), given("b", at_target(), ratio(QUALITY, "106", "1"))]
    result = run(people, team_scheme())
    for person in result.people:
        line = next(one for one in person.to_dict()["segments"][0]["lines"] if one["kpi_id"] == QUALITY)
        assert (line["value"], line["kpi_score"], line["measured_on"]) == ("93", "82.5", "team")
        assert (line["numerator"], line["denominator"], line["n_records"]) == ("186", "2", 2)
    assert "measured_on" not in result.people[0].to_dict()["segments"][0]["lines"][0]


@pytest.mark.req("004-R2")
def test_one_persons_withheld_reading_withholds_the_teams_for_all() -> None:
    people = [given("a", at_target(), ratio(QUALITY, "80", "1")), segment("b", at_target(**{QUALITY: "withheld"}))]
    for person in run(people, team_scheme()).people:
        (line,) = [one for one in person.segments[0].lines if one.kpi_id == QUALITY]
        assert (line.status, line.reason_code) == ("withheld", "gap")
    alone = given("c", at_target(), ratio(QUALITY, "100", "1"), team_id="y")
    others = {person.person_id: person for person in run([*people, alone], team_scheme()).people}
    assert others["c"].held == 0


def test_people_to_whom_it_does_not_apply_are_left_out_of_the_teams_reading() -> None:
    idle = KpiReading(QUALITY, None, status="not_applicable", reason_code="no_responsibility")
    assert team_reading(QUALITY, [idle, ratio(QUALITY, "8", "2")]).value == 4
    nobody = team_reading(QUALITY, [idle, idle])
    assert (nobody.status, nobody.reason_code) == ("not_applicable", "no_responsibility")
    assert team_reading(QUALITY, [ratio(QUALITY, "0", "0")]).reason_code == "zero_denominator"
    doubtful = KpiReading(QUALITY, D(1), D(1), D(1), 1, "provisional", "unsettled_days")
    assert team_reading(QUALITY, [doubtful, ratio(QUALITY, "8", "2")]).status == "provisional"
    assert team_reading(TEAM, [KpiReading(TEAM, D(2)), KpiReading(TEAM, D(3))]).value == 5
