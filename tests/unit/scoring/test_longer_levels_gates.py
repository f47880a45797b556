"""KPIs that count by quarter or year, components by level, gates from below: each rule with numbers by hand."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from scoring_builders import PACE, QUALITY, TEAM, WHY, at_target, gate, kpi, run, scheme_data, segment

from pipelines.company.findings import InputError
from pipelines.periods import parse_period
from pipelines.schemes.model import Scheme
from pipelines.scoring import CarriedReading, KpiReading, PersonTrace, TargetInput
from pipelines.scoring.trace import LineTrace

D = Decimal


def longer(in_shorter: str, period: str = "quarter", aggregation: str = "ratio_of_sums", **more: Any) -> Scheme:
    """The small scheme whose QUALITY (40 of 100) counts by quarter or year."""
    data = scheme_data(**more)
    data["kpis"][QUALITY] = kpi(aggregation=aggregation, period=period)
    data["longer_kpis"] = {"req": "001-R2", "in_shorter": in_shorter, "why": WHY}
    return Scheme.model_validate(data)


def only(scheme: Scheme, values: dict[str, Any], period: str = "2026-10", **more: Any) -> PersonTrace:
    when = parse_period(period)
    given = segment("a", values, when.days, period_days=when.days, **more)
    (person,) = run([given], scheme, period=when).people
    return person


def line(person: PersonTrace, name: str) -> LineTrace:
    return next(item for item in person.segments[0].lines if item.kpi_id == name)


@pytest.mark.req("001-R2")
def test_a_month_leaves_out_what_counts_by_quarter_and_is_renormalised() -> None:
    person = only(longer("leave_out"), at_target(**{QUALITY: 0, PACE: 110}))
    # QUALITY's 40 go to PACE, the other KPI of its part: 40 x 100 + 60 x 75
    assert person.printed_score == D("85.00")
    assert (line(person, QUALITY).status, line(person, QUALITY).reason_code) == ("not_applicable", "counts_in_quarter")
    told = line(person, QUALITY).to_dict()
    assert (told["effective_weight"], told["counts_by"], told["kpi_score"]) == ("0", "quarter", None)
    assert line(person, PACE).effective_weight == 60


@pytest.mark.req("001-R2")
@pytest.mark.parametrize(
    ("period", "counts"), [("2026-10", ()), ("2026-Q4", ("quarter",)), ("2026", ("quarter", "year"))]
)
def test_quarters_and_years_count_them(period: str, counts: tuple[str, ...]) -> None:
    for kind in ("quarter", "year"):
        months = len(parse_period(period).months)
        person = only(longer("leave_out", kind), at_target(**{TEAM: 100 * months, QUALITY: 90}), period)
        # attainment 90 is 75 points: 40 x 100 + 40 x 75 + 20 x 100
        assert person.printed_score == (D("90.00") if kind in counts else D("100.00"))
        reason = "" if kind in counts else f"counts_in_{kind}"
        assert line(person, QUALITY).reason_code == reason


def test_a_part_that_is_left_out_whole_gives_its_weight_to_the_others() -> None:
    data = scheme_data()
    data["kpis"][TEAM] = kpi(period="year")
    data["longer_kpis"] = {"req": "001-R2", "in_shorter": "leave_out", "why": WHY}
    person = only(Scheme.model_validate(data), at_target(**{PACE: 110}))
    assert person.printed_score == D("91.67")  # 2/3 x 100 + 1/3 x 75


def carried(value: Any, target: TargetInput | None = None, months: int = 3, days: int = 92) -> Any:
    reading = KpiReading(QUALITY, None, status=value, reason_code="gap") if isinstance(value, str) else None
    reading = reading or (None if value is None else KpiReading(QUALITY, D(value), n_records=9))
    return {QUALITY: CarriedReading("2026-Q3", reading, target, months, days, 92)}


@pytest.mark.req("001-R2")
def test_a_month_carries_value_and_target_of_the_last_whole_quarter() -> None:
    scheme = longer("carry_last", aggregation="sum")
    # the default of 100 a month is 300 a quarter: 279 is 93 %, 82.5 points; the month's own reading is not looked at
    person = only(scheme, at_target(**{QUALITY: 5}), carried=carried(279))
    assert person.printed_score == D("93.00")
    told = line(person, QUALITY).to_dict()
    assert (told["value"], told["target"], told["n_records"]) == ("279", "300", 9)
    assert told["carried"] == {"eligible_days": 92, "period": "2026-Q3", "period_days": 92}
    # somebody who had 46 of the 92 days is measured against half of it
    half = only(scheme, at_target(), carried=carried(139.5, days=46))
    assert line(half, QUALITY).to_dict()["target"] == "150"
    assert half.printed_score == D("93.00")
    # a target of the file for that quarter goes before the default
    agreed = only(scheme, at_target(), carried=carried(279, TargetInput(D(279), source="people/targets.csv row 4")))
    assert agreed.printed_score == D("100.00")
    assert line(agreed, QUALITY).to_dict()["target_source"] == "people/targets.csv row 4"


def test_without_an_earlier_quarter_there_is_nothing_to_carry_and_it_is_said() -> None:
    for kind in ("quarter", "year"):
        person = only(longer("carry_last", kind), at_target(**{QUALITY: 0}))
        assert person.printed_score == D("100.00")
        assert (line(person, QUALITY).status, line(person, QUALITY).reason_code) == ("not_applicable", f"no_{kind}_yet")


@pytest.mark.parametrize(("value", "code"), [("withheld", "gap"), (None, "no_reading")])
def test_a_carried_reading_that_is_withheld_holds_its_pay(value: Any, code: str) -> None:
    person = only(longer("carry_last"), at_target(), carried=carried(value))
    assert (line(person, QUALITY).status, line(person, QUALITY).reason_code) == ("withheld", code)
    assert person.held > 0


def test_the_quarter_itself_carries_nothing() -> None:
    person = only(longer("carry_last"), at_target(**{TEAM: 300, QUALITY: 90}), "2026-Q4", carried=carried(0))
    assert person.printed_score == D("90.00")
    assert "carried" not in line(person, QUALITY).to_dict()


def test_a_wrong_target_of_a_carried_quarter_is_told_before_anything_is_scored() -> None:
    wrong = carried(90, TargetInput(D(0), source="people/targets.csv row 8", row=8))
    with pytest.raises(InputError, match="row 8, column target: a target of 0 or less gives no attainment"):
        only(longer("carry_last"), at_target(), carried=wrong)


@pytest.mark.parametrize(
    ("per", "period", "target"),
    [("quarter", "2026-10", "8"), ("quarter", "2026-Q4", "24"), ("quarter", "2026", "96"), ("year", "2026-10", "2"),
     ("year", "2026-Q4", "6"), ("month", "2026-Q4", "72")],
)  # fmt: skip
def test_a_default_is_for_the_length_that_it_names(per: str, period: str, target: str) -> None:
    data = scheme_data()
    data["kpis"][TEAM]["default_target"] = {"target": 24, "baseline": 6, "per": per, "why": WHY}
    person = only(Scheme.model_validate(data), at_target(), period)
    told = line(person, TEAM).to_dict()
    assert (told["target"], told["target_full"]) == (target, target)
    assert D(str(told["baseline"])) * 4 == D(target)


def levelled() -> Scheme:
    data = scheme_data(gates=[gate(effect="zero", scope="component", of="commerce")])
    data["roles"]["content"]["levels"] = {
        "M1": {
            "req": "001-R4",
            "why": WHY,
            "monitors": [PACE],
            "components": [
                {"id": "commerce", "title": WHY, "req": "001-R4", "weight": 80, "kpis": {TEAM: 80}, "why": WHY},
                {"id": "role", "title": WHY, "req": "001-R4", "weight": 20, "kpis": {QUALITY: 20}, "why": WHY},
            ],
        }
    }
    return Scheme.model_validate(data)


@pytest.mark.req("001-R4")
def test_a_level_has_components_of_its_own_and_any_other_the_roles() -> None:
    values = at_target(**{QUALITY: 90})
    manager, other = only(levelled(), values, level="M1"), only(levelled(), values, level="m1")
    assert manager.printed_score == D("95.00")  # 80 x 100 + 20 x 75
    assert other.printed_score == D("90.00")  # 40 x 100 + 40 x 75 + 20 x 100: a level is written as it is
    assert [item.kpi_id for item in manager.segments[0].lines] == [TEAM, QUALITY]
    assert [item.kpi_id for item in manager.segments[0].monitors] == [PACE]


def test_an_effect_on_a_component_of_one_level_binds_only_that_level() -> None:
    values = at_target(security_incidents=1)
    assert only(levelled(), values, level="M1").printed_score == D("20.00")
    plain = only(levelled(), values)
    assert (plain.printed_score, plain.segments[0].decisions) == (D("100.00"), [])


@pytest.mark.req("001-R5")
def test_a_gate_from_below_deducts_and_stops_at_zero() -> None:
    rule = gate(kpi=QUALITY, at_most=None, at_least=95, effect="deduct", amount=60, scope="kpi", of=TEAM)
    data = Scheme.model_validate(scheme_data(gates=[rule]))
    kept = only(data, at_target(**{QUALITY: 95}))
    assert kept.segments[0].decisions[0].status == "not_applied"
    taken = only(data, at_target(**{QUALITY: 94}))
    # attainment 94 is 85 points; TEAM falls from 100 to 40: 40 x 40 + 40 x 85 + 20 x 100
    assert taken.printed_score == D("70.00")
    told = taken.to_dict()["segments"][0]["gates"][0]
    assert (told["applied"], told["at_least"], told["value"]) == (True, "95", "94")
    assert "at_most" not in told
    assert ("gate", "security: 94 < 95, − 60", "0") in [(s.code, s.formula, s.value) for s in taken.steps]
    floored = only(data, at_target(**{QUALITY: 0, TEAM: 80}))
    assert line(floored, TEAM).score == 0


@pytest.mark.req("002-I5")
def test_penalties_come_off_the_total_and_never_below_nothing() -> None:
    rules = [gate(effect="deduct", amount=20), gate(id="filler", kpi=QUALITY, at_most=None, at_least=81,
                                                    effect="deduct", amount=70)]  # fmt: skip
    scheme = Scheme.model_validate(scheme_data(gates=rules))
    assert only(scheme, at_target(security_incidents=2)).printed_score == D("80.00")
    both = only(scheme, at_target(**{QUALITY: 0, "security_incidents": 2}))
    # 40 x 100 + 0 + 20 x 100 = 60; less 20, less 70: 0, and the printed points say what was taken
    assert (both.printed_score, both.earned) == (D("0.00"), D("0.00"))
    assert [decision.printed for decision in both.segments[0].decisions] == [D("-20.00"), D("-40.00")]


def test_a_gate_from_below_that_could_not_be_checked() -> None:
    for when, earned, held in (("pass", "1000.00", "0.00"), ("hold", "750.00", "250.00")):
        rule = gate(kpi="site_clicks", at_most=None, at_least=1, when_withheld=when, effect="deduct", amount=25)
        person = only(Scheme.model_validate(scheme_data(gates=[rule])), at_target(site_clicks="withheld"))
        assert (person.printed_score, person.earned, person.held) == (D("100.00"), D(earned), D(held))
