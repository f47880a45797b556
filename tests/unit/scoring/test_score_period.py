"""One rule that moves a score or money per test, each with numbers that can be redone by hand."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from scoring_builders import (
    MONTH,
    PACE,
    QUALITY,
    TEAM,
    WHY,
    at_target,
    gate,
    kpi,
    make_scheme,
    run,
    scheme_data,
    segment,
    veto,
)

from pipelines.company.findings import InputError
from pipelines.periods import parse_period
from pipelines.schemes.model import Scheme
from pipelines.scoring import AdjustmentInput, KpiReading, PersonTrace, ReviewInput, TargetInput, score_period
from pipelines.scoring.ledger import ConservationError, LedgerEntry, check_conservation

D = Decimal


def only(result: object) -> PersonTrace:
    (person,) = result.people  # type: ignore[attr-defined]  # one person asked for, one expected
    return person


def line(person: PersonTrace, kpi_id: str) -> dict[str, object]:
    return next(item for item in person.to_dict()["segments"][0]["lines"] if item["kpi_id"] == kpi_id)


@pytest.mark.req("000-R2")
def test_common_and_individual_kpis_make_the_score() -> None:
    person = only(run([segment("a", at_target(**{QUALITY: 93, PACE: 110}))]))
    # 40 x 100 + 40 x 82.5 + 20 x 75 (110 minutes: attainment 90, 50 + 10/20 x 50)
    assert person.printed_score == D("88.00")
    assert line(person, QUALITY)["interpolation"] == "50 + (93 − 80) / (100 − 80) × (100 − 50) = 82.5"
    assert line(person, PACE)["attainment_formula"] == "(110 − 200) / (100 − 200) = 90 %"
    assert line(person, QUALITY)["target_source"] == "scheme"


@pytest.mark.req("000-W1")
def test_targets_of_the_company_go_before_the_default_and_move_the_anchors() -> None:
    target = TargetInput(D(200), D(100), D(150), D(260), "people/targets.csv row 7", 7)
    person = only(run([segment("a", at_target(**{QUALITY: 175}))], targets={("a", "2026-01-01", QUALITY): target}))
    shown = line(person, QUALITY)
    assert shown["target_source"] == "people/targets.csv row 7"
    assert shown["curve_points"] == [["50", "50"], ["100", "100"], ["160", "150"]]
    assert (shown["attainment"], shown["kpi_score"]) == ("75", "75")
    assert (shown["threshold"], shown["stretch"]) == ("150", "260")


def test_wrong_targets_are_all_told_at_once() -> None:
    targets = {
        ("a", "2026-01-01", QUALITY): TargetInput(D(0), source="people/targets.csv row 3", row=3),
        ("a", "2026-01-01", PACE): TargetInput(D(60), D(30), source="people/targets.csv row 4", row=4),
        ("a", "2026-01-01", TEAM): TargetInput(D(60), threshold=D(70), source="people/targets.csv row 5", row=5),
    }
    with pytest.raises(InputError) as caught:
        run([segment("a", at_target())], targets=targets)
    told = [str(finding) for finding in caught.value.findings]
    assert len(told) == 3
    assert "row 3, column target" in told[0]
    assert "a target of 0 or less gives no attainment in this form" in told[0]
    assert "Give a baseline, or use the difference form" in told[0]
    assert "row 4, column baseline" in told[1]
    assert "the baseline is not above the target, though lower is better" in told[1]
    assert "row 5, column threshold" in told[2]


def test_unknown_scheme_and_too_fine_adjustment_are_told() -> None:
    with pytest.raises(InputError) as caught:
        run([segment("a", {}, scheme_id="999")], adjustments=[AdjustmentInput("a", D("1.005"), "bonus", "boss", 2)])
    told = "\n".join(map(str, caught.value.findings))
    assert "there is no scheme 999" in told
    assert "the amount is finer than a cent" in told


def test_not_applicable_moves_its_weight_inside_its_component_first() -> None:
    person = only(run([segment("a", at_target(**{QUALITY: "not_applicable", PACE: 110}))]))
    assert line(person, PACE)["effective_weight"] == "60"
    assert line(person, TEAM)["effective_weight"] == "40"
    assert person.printed_score == D("85.00")  # 40 x 100 + 60 x 75


def test_a_component_that_is_not_applicable_moves_its_weight_across() -> None:
    person = only(run([segment("a", at_target(**{TEAM: "not_applicable", PACE: 110}))]))
    assert line(person, QUALITY)["effective_weight"] == "66.666666666667"
    assert person.printed_score == D("91.67")  # 2/3 x 100 + 1/3 x 75


@pytest.mark.req("000-R6")
def test_a_dimension_that_is_switched_off_is_not_applicable() -> None:
    data = scheme_data()
    data["kpis"][PACE]["dimension"] = "conversion"
    data["dimensions"]["conversion"]["enabled"] = False
    person = only(run([segment("a", at_target(**{PACE: 190}))], Scheme.model_validate(data)))
    assert (line(person, PACE)["status"], line(person, PACE)["reason_code"]) == ("not_applicable", "dimension_off")
    assert person.printed_score == D("100.00")


def test_withheld_data_holds_its_pay_and_is_not_a_zero() -> None:
    """docs/scoring.md works this example: alone in the pool, 40 of 100 weight withheld, curve top 150."""
    whole = only(run([segment("a", at_target())]))
    person = only(run([segment("a", at_target(**{QUALITY: "withheld"}))]))
    assert whole.earned == D("1000.00")
    assert person.printed_score == D("100.00")  # over the known 60
    assert line(person, QUALITY)["held_weight"] == "40"
    assert line(person, QUALITY)["kpi_score"] is None
    # of 60 known and at most 60 held points: 1000 x 60/120 now, the rest held
    assert (person.earned, person.held) == (D("500.00"), D("500.00"))


def test_a_reading_that_is_absent_is_withheld() -> None:
    values = at_target()
    del values[QUALITY]
    person = only(run([segment("a", values)]))
    assert (line(person, QUALITY)["status"], line(person, QUALITY)["reason_code"]) == ("withheld", "no_reading")
    assert person.held > 0


def test_a_kpi_without_a_target_is_withheld() -> None:
    data = scheme_data()
    data["kpis"][QUALITY]["default_target"] = None
    person = only(run([segment("a", at_target())], Scheme.model_validate(data)))
    assert line(person, QUALITY)["reason_code"] == "no_target"
    assert person.held > 0


def test_withheld_team_data_pays_the_lowest_tier_and_holds_up_to_the_highest() -> None:
    pool = run([segment("a", at_target(**{TEAM: "withheld"}))]).pools[0].to_dict()
    assert (pool["factor_low"], pool["factor_high"]) == ("60", "120")
    assert pool["amount"] == "1200.00"
    # 600 x 60 / 120 for sure; 1200 in all
    assert (pool["earned"], pool["held"], pool["undistributed"]) == ("300.00", "900.00", "0.00")


def test_everything_withheld_holds_the_whole_bonus() -> None:
    person = only(run([segment("a", dict.fromkeys((TEAM, QUALITY, PACE), "withheld"))]))
    assert person.printed_score is None
    assert person.earned == 0
    assert person.held == D("1200.00")
    assert [note["code"] for note in person.to_dict()["segments"][0]["notes"]] == [
        "all_withheld",
    ]


def test_nothing_applicable_stays_out_of_the_pool() -> None:
    nothing = dict.fromkeys((TEAM, QUALITY, PACE), "not_applicable")
    result = run([segment("a", nothing), segment("b", at_target())])
    assert [person.printed_score for person in result.people] == [None, D("100.00")]
    assert result.pools[0].target_sum == 1000
    assert result.people[1].earned == D("1000.00")


def test_a_reading_with_a_status_ok_and_no_value_is_refused() -> None:
    with pytest.raises(ValueError, match="missing is never zero"):
        KpiReading(TEAM, None)


@pytest.mark.req("000-R1", "000-G1")
@pytest.mark.parametrize(
    ("effect", "amount", "scope", "of", "score"),
    [
        ("zero", None, "total", None, "0.00"),
        ("cap", 70, "total", None, "70.00"),
        ("multiply", D("0.8"), "total", None, "80.00"),
        ("deduct", 15, "total", None, "85.00"),
        ("deduct", 115, "total", None, "0.00"),
        ("zero", None, "component", "role", "40.00"),
        ("cap", 50, "component", "role", "70.00"),
        ("multiply", D("0.5"), "component", "team", "80.00"),
        ("zero", None, "kpi", QUALITY, "60.00"),
        ("deduct", 10, "kpi", PACE, "98.00"),
    ],
)
def test_content_quality_vetoes_and_corrects(
    effect: str, amount: object, scope: str, of: str | None, score: str
) -> None:
    scheme = make_scheme(vetoes=[veto(effect=effect, amount=amount, scope=scope, of=of)])
    reviews = [ReviewInput("a", D(50), "jury1", "off tone"), ReviewInput("a", D("69.9"), "jury2", "fine")]
    person = only(run([segment("a", at_target())], scheme, reviews=reviews))
    assert person.printed_score == D(score)
    (shown,) = person.to_dict()["segments"][0]["vetoes"]
    assert shown["applied"] is True
    assert shown["value"] == "59.95"
    assert printed_sum(person) == D(score)


def printed_sum(person: PersonTrace) -> Decimal:
    trace = person.to_dict()
    items = [i for s in trace["segments"] for group in ("lines", "vetoes", "gates") for i in s[group]]
    return sum((D(item["printed_points"]) for item in items if item["printed_points"] is not None), D(0))


def test_a_review_at_the_edge_or_none_changes_nothing() -> None:
    scheme = make_scheme(vetoes=[veto()])
    edge = only(run([segment("a", at_target())], scheme, reviews=[ReviewInput("a", D(60), "j")]))
    none = only(run([segment("a", at_target())], scheme))
    assert edge.printed_score == none.printed_score == D("100.00")
    assert none.to_dict()["segments"][0]["vetoes"][0]["status"] == "no_review"
    assert none.to_dict()["segments"][0]["notes"][0]["code"] == "no_review"


@pytest.mark.req("000-K22")
@pytest.mark.parametrize(("incidents", "score", "status"), [(0, "100.00", "not_applied"), (1, "0.00", "applied")])
def test_the_zero_incident_gate(incidents: int, score: str, status: str) -> None:
    person = only(run([segment("a", at_target(security_incidents=incidents))], make_scheme(gates=[gate()])))
    assert person.printed_score == D(score)
    assert person.to_dict()["segments"][0]["gates"][0]["status"] == status


def test_a_gate_without_data_passes_with_a_note_or_holds() -> None:
    values = at_target(security_incidents="withheld")
    passed = only(run([segment("a", values)], make_scheme(gates=[gate()])))
    held = only(run([segment("a", values)], make_scheme(gates=[gate(when_withheld="hold")])))
    assert (passed.earned, passed.held) == (D("1000.00"), D("0.00"))
    assert (held.earned, held.held) == (D("0.00"), D("1000.00"))
    for person in (passed, held):
        assert person.to_dict()["segments"][0]["notes"][0]["code"] == "gate_not_checked"
        assert person.printed_score == D("100.00")


def test_vetoes_come_before_gates_and_multipliers_last() -> None:
    scheme = make_scheme(
        vetoes=[
            veto(id="times", effect="multiply", amount=D("0.5")),
            veto(id="minus", effect="deduct", amount=20),
        ],
        gates=[gate(effect="cap", amount=90)],
    )
    reviews = [ReviewInput("a", D(10), "j")]
    person = only(run([segment("a", at_target(security_incidents=1))], scheme, reviews=reviews))
    # (100 − 20), then cap 90, then x 0.5; gate first would give (90 − 20) x 0.5 = 35, multiplier first 30
    assert person.printed_score == D("40.00")
    codes = [step.code for step in person.steps]
    order = ["eligibility", "veto", "gate", "kpi_scores", "weights", "multiplier", "proration", "pool", "personal_cap"]
    assert [code for code in dict.fromkeys(codes) if code in order] == order


def test_equal_segments_are_worth_the_whole() -> None:
    whole = only(run([segment("a", at_target(**{TEAM: 93}))]))
    first = segment("a", at_target(**{TEAM: 93 * D(13) / D(31)}), 13)
    second = segment(
        "a", at_target(**{TEAM: 93 * D(18) / D(31)}), 18, segment_id="2026-10-14", valid_from=date(2026, 10, 14)
    )
    split = only(run([first, second]))
    assert (split.printed_score, split.earned, split.target) == (whole.printed_score, whole.earned, whole.target)
    assert split.to_dict()["segments"][0]["lines"][0]["target_share"] == "0.41935483871"


def test_segments_roll_up_by_eligible_days() -> None:
    first = segment("a", at_target(**{TEAM: D(1000) / 31}), 10)
    second = segment("a", at_target(**{TEAM: 0}), 20, segment_id="2026-10-11", valid_from=date(2026, 10, 11))
    person = only(run([first, second]))
    assert person.printed_score == D("73.33")  # (100 x 10 + 60 x 20) / 30
    assert printed_sum(person) == D("73.33")


@pytest.mark.req("000-I1")
@pytest.mark.parametrize(("team", "factor"), [(50, "60"), (80, "80"), (99, "80"), (100, "100"), (120, "120")])
def test_the_pool_is_tiered_by_the_teams_attainment(team: int, factor: str) -> None:
    pool = run([segment("a", at_target(**{TEAM: team})), segment("b", at_target(**{TEAM: team}))]).pools[0]
    assert pool.factor_low == pool.factor_high == D(factor)
    assert pool.amount == 20 * D(factor)


def test_a_pool_is_split_by_points_times_days_to_the_cent() -> None:
    ten_days = segment("b", at_target(**{TEAM: D(1000) / 31}), 10)
    result = run([segment("a", at_target()), ten_days, segment("c", at_target(**{QUALITY: 80}))])
    # 1000 + 1000 x 10/31 + 1000 = 2322.58 over 100 x 31 + 100 x 10 + 80 x 31 = 6580
    assert result.pools[0].amount == D("2322.58")
    assert [person.earned for person in result.people] == [D("1094.22"), D("352.98"), D("875.38")]


def test_weighted_by_target_everybody_at_target_gets_the_own_target_bonus() -> None:
    data = scheme_data()
    data["pool"] |= {"points": "target_weighted"}
    segments = [segment("a", at_target(), bonus_base=D(1000)), segment("b", at_target(), bonus_base=D(3333))]
    result = run(segments, Scheme.model_validate(data))
    assert [person.earned for person in result.people] == [D("1000.00"), D("3333.00")]


def test_what_goes_beyond_a_personal_cap_is_stated_as_undistributed() -> None:
    data = scheme_data()
    data["pool"]["personal_cap"] = {"kind": "linear", "points": [(0, 0), (100, 50)], "why": WHY}
    result = run([segment("a", at_target())], Scheme.model_validate(data))
    assert only(result).earned == D("500.00")
    assert result.pools[0].undistributed == D("500.00")
    assert [entry.entry_type for entry in result.ledger] == ["earning", "undistributed"]


def test_a_team_of_one_does_not_take_its_pool_whatever_the_score() -> None:
    data = scheme_data()
    data["pool"]["personal_cap"] = {"kind": "linear", "points": [(0, 0), (100, 150)], "why": WHY}
    person = only(run([segment("a", at_target(**{QUALITY: 0, PACE: 300}))], Scheme.model_validate(data)))
    assert person.printed_score == D("40.00")
    assert person.earned == D("600.00")


def test_no_points_at_all_leave_the_pool_undistributed() -> None:
    result = run([segment("a", {TEAM: 0, QUALITY: 0, PACE: 300})])
    assert result.pools[0].undistributed == result.pools[0].amount == D("600.00")


def test_adjustments_are_lines_of_their_own_and_reach_the_payable_amount() -> None:
    lines = [
        AdjustmentInput("a", D("-120.50"), "overpaid in 2026-09", "boss", 3),
        AdjustmentInput("z", D("50.00"), "award", "boss"),
    ]
    result = run([segment("a", at_target())], adjustments=lines)
    first, last = result.people
    assert (first.payable, last.payable) == (D("879.50"), D("50.00"))
    assert last.segments == []
    assert last.to_dict()["notes"][0]["code"] == "no_segment"
    assert first.to_dict()["bonus"]["adjustments"] == [
        {"amount": "-120.50", "approved_by": "boss", "reason": "overpaid in 2026-09"}
    ]


def test_a_negative_amount_is_pointed_out() -> None:
    lines = [AdjustmentInput("a", D("-2000.00"), "clawback", "boss")]
    assert "negative_payable" in [note.code for note in only(run([segment("a", at_target())], adjustments=lines)).notes]


def test_each_kind_of_period_pays_its_share() -> None:
    data = scheme_data()
    data["pool"]["shares"] = {"month": 70, "quarter": 20, "year": 10, "why": WHY}
    scheme = Scheme.model_validate(data)
    month = only(run([segment("a", at_target())], scheme))
    values = at_target(**{TEAM: 300})
    quarter = only(run([segment("a", values, 92, period_days=92)], scheme, period=parse_period("2026-Q4")))
    assert month.earned == D("700.00")
    # three months of target bonus at 20 %; the additive default target grows with the months, the others do not
    assert (quarter.printed_score, quarter.earned) == (D("100.00"), D("600.00"))


def test_a_role_that_the_scheme_lacks_is_told_and_not_scored() -> None:
    person = only(run([segment("a", at_target(), role="designer")]))
    assert person.printed_score is None
    assert person.to_dict()["segments"][0]["notes"] == [
        {"code": "no_role", "label_key": "schemes.note.no_role", "params": {"role": "designer"}}
    ]


def test_a_segment_outside_the_period_or_scheme_is_not_scored() -> None:
    codes = [
        only(run([segment("a", at_target(), 0)])).segments[0].notes[0].code,
        only(run([segment("a", at_target(), scheme_id="")])).segments[0].notes[0].code,
    ]
    assert codes == ["not_eligible", "no_scheme"]


def test_the_same_segment_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="segments given twice"):
        run([segment("a", at_target()), segment("a", at_target())])


def test_the_trace_is_json_with_sorted_keys_and_no_floats() -> None:
    scheme = make_scheme(vetoes=[veto()], gates=[gate()])
    trace = run([segment("a", at_target(**{QUALITY: "withheld"}))], scheme).people[0].to_dict()
    written = json.dumps(trace, ensure_ascii=False)
    assert written == json.dumps(trace, ensure_ascii=False, sort_keys=True)

    def reject(text: str) -> float:
        raise AssertionError(f"a binary float in the trace: {text}")

    json.loads(written, parse_float=reject)


def test_money_that_does_not_add_up_is_an_integrity_failure() -> None:
    result = run([segment("a", at_target())])
    result.people[0].payable += D("0.01")
    with pytest.raises(ConservationError, match=r"a: payable 1000\.01 is not the sum of the ledger, 1000\.00"):
        check_conservation(result.ledger, result.people, result.pools)


def test_a_pool_that_does_not_add_up_is_an_integrity_failure() -> None:
    result = run([segment("a", at_target())])
    result.pools[0].amount += 1
    with pytest.raises(ConservationError, match="pool t/x: amount 1001"):
        check_conservation(result.ledger, result.people, result.pools)
    odd = LedgerEntry("2026-10", "gift", "a", "", "", "CNY", D(1))
    with pytest.raises(ConservationError, match="unknown type 'gift'"):
        check_conservation([odd], result.people, result.pools)


def test_ratio_linear_difference_and_step_work_through_the_engine() -> None:
    data = scheme_data()
    data["kpis"][PACE] |= {"method": "ratio", "attainment_cap": 120, "default_target": {"target": 100, "why": WHY}}
    data["kpis"][QUALITY] = kpi(aggregation="ratio_of_sums", method="difference", scale=10,
                                default_target={"target": 0, "why": WHY})  # fmt: skip
    data["curves"]["golden"]["kind"] = "step"
    person = score_period(
        MONTH, "CNY", {"t": Scheme.model_validate(data)}, [segment("a", {TEAM: 99, QUALITY: -1, PACE: 0})]
    ).people[0]
    assert [(item["attainment"], item["kpi_score"]) for item in person.to_dict()["segments"][0]["lines"]] == [
        ("99", "50"), ("90", "50"), ("120", "150"),
    ]  # fmt: skip
    assert line(person, QUALITY)["attainment_formula"] == "1 + (-1 − 0) / 10 = 90 %"
    assert line(person, QUALITY)["place"] == "step"


@pytest.mark.parametrize("kind", ["step", "linear"])
def test_a_personal_cap_with_steps_reads_the_printed_score(kind: str) -> None:
    """99.9952 is printed as 100.00 and has reached the cap of 100."""
    data = scheme_data()
    points = [(0, 50), (100, 100)] if kind == "step" else [(0, 50), (100, 50), (100, 100)]
    data["pool"]["personal_cap"] = {"kind": kind, "points": points, "why": WHY}
    (person,) = run([segment("a", at_target(**{QUALITY: D("99.9952")}))], Scheme.model_validate(data)).people
    assert (person.printed_score, person.earned) == (D("100.00"), D("1000.00"))


@pytest.mark.parametrize("given", [None, TargetInput(D(300))])
def test_the_scale_of_the_difference_form_is_as_long_as_the_target(given: TargetInput | None) -> None:
    """100 a month and a scale of 50: a quarter's 225 of 300 are as far from it as 75 of 100, half of the scale."""
    data = scheme_data()
    data["kpis"][TEAM] |= {"method": "difference", "scale": 50, "default_target": {"target": 100, "why": WHY}}
    quarter = parse_period("2026-Q4")
    whole = replace(segment("a", at_target(**{TEAM: 225})), eligible_days=quarter.days, period_days=quarter.days)
    targets = {} if given is None else {("a", whole.segment_id, TEAM): given}
    (person,) = run([whole], Scheme.model_validate(data), period=quarter, targets=targets).people
    assert line(person, TEAM)["attainment"] == "50"


def test_a_value_with_twelve_decimals_does_not_miss_the_tier() -> None:
    """13 of 31 days at target: 100 x 13/31 as the warehouse states it is a little less than the prorated target."""
    stated = D("41.935483870967")
    person = only(run([segment("a", at_target(**{TEAM: stated}), 13)]))
    pool = run([segment("a", at_target(**{TEAM: stated}), 13)]).pools[0]
    assert (person.printed_score, pool.factor_low) == (D("100.00"), D(100))


def test_the_worked_example_of_the_documentation() -> None:
    """docs/scoring.md, "Held pay": two colleagues, 2000 in the pool, 40 of the weight of one withheld."""

    def paid(quality: object) -> list[tuple[str, str]]:
        people = run([segment("a", at_target()), segment("b", at_target(**{QUALITY: quality}))]).people
        return [(str(person.earned), str(person.held)) for person in people]

    assert paid("withheld") == [("909.09", "0.00"), ("545.45", "545.46")]
    assert paid(100) == [("1000.00", "0.00"), ("1000.00", "0.00")]
    assert paid(120) == [("909.09", "0.00"), ("1090.91", "0.00")]
    assert paid(0) == [("1250.00", "0.00"), ("750.00", "0.00")]
    assert paid("not_applicable") == [("1000.00", "0.00"), ("1000.00", "0.00")]


def test_leave_takes_days_off_bonus_and_additive_targets_and_says_so() -> None:
    """10 of 31 days on leave: the own target of 100 impressions is 100 x 21/31, the bonus base 1000 x 21/31."""
    given = segment("a", at_target(**{TEAM: D(2100) / 31}), days=21, leave_days=10)
    (person,) = run([given]).people
    assert person.printed_score == D("100.00")
    assert person.target == D("677.42")
    assert [note.to_dict()["params"] for note in person.segments[0].notes if note.code == "leave"] == [{"days": "10"}]
    (away,) = run([segment("a", at_target(), days=0, leave_days=31)]).people
    assert [note.code for note in away.segments[0].notes] == ["not_eligible", "leave"]
    assert (away.printed_score, away.payable) == (None, 0)
