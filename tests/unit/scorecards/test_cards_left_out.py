"""Records of gaming that a scheme leaves out: what is left of a reading, what an appeal does to score, pay and card."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest
from cards_sample import Case, content, reading, result, segment
from hypothesis import given
from hypothesis import strategies as st

from pipelines.company.model import Company
from pipelines.company.records import Person, Position, SchemeAssignment
from pipelines.periods import parse_period
from pipelines.schemes import load_scheme
from pipelines.schemes.gaming_model import Gaming
from pipelines.scorecards.left_out import with_left_out, without
from pipelines.scorecards.measured import people_by_key
from pipelines.scorecards.view import Edition, card_view
from pipelines.scoring import IncidentInput, KpiReading
from pipelines.scoring.gaming import DROPPED, STANDING, SUSPENDED
from pipelines.warehouse.readings import GamingPart

D = Decimal
OCTOBER = parse_period("2026-10")
WHY = {"zh": "因为", "en": "because"}
ONE, TWO = "repeated_post-2026-10-00000001", "self_order-2026-10-00000002"


def part(record: str, top: str, bottom: str | None = None, incident: str = ONE) -> GamingPart:
    return GamingPart(
        "p",
        "s",
        incident,
        incident.partition("-")[0],
        "post",
        record,
        "k",
        D(top),
        None if bottom is None else D(bottom),
    )


SUM = KpiReading("posts_published", D(12), D(12), None, 12)
RATIO = KpiReading("engagement_rate_original", D("0.5"), D(50), D(100), 10)


@pytest.mark.req("000-G1", "001-R5")
def test_a_sum_loses_what_the_records_add_and_a_ratio_both_sides() -> None:
    left = without(SUM, [part("1", "1"), part("2", "0.5")], {ONE: STANDING})
    assert (left.value, left.numerator, left.n_records) == (D("10.5"), D("10.5"), 10)
    assert left.left_out is not None
    assert (left.left_out.raw, left.left_out.records, left.left_out.incidents) == (D(12), 2, (ONE,))
    left = without(RATIO, [part("1", "40", "20")], {ONE: STANDING})
    assert (left.value, left.numerator, left.denominator) == (D("0.125"), D(10), D(80))


def test_leaving_out_never_makes_a_reading_better() -> None:
    dull = [part("1", "1", "20")]
    assert without(RATIO, dull, {ONE: STANDING}) == RATIO
    assert without(RATIO, dull, {ONE: SUSPENDED}) == RATIO
    assert without(RATIO, dull, {ONE: STANDING}, "lower").value == D("0.6125")
    assert without(RATIO, [part("1", "40", "20")], {ONE: STANDING}, "lower") == RATIO
    # what stands is left out; what waits would better it again, and nothing waits
    left = without(RATIO, [part("1", "40", "20"), part("2", "0", "40", TWO)], {ONE: STANDING, TWO: SUSPENDED})
    assert left.value == D("0.125")
    assert left.left_out is not None
    assert (left.left_out.waiting_records, left.left_out.waiting_incidents) == (0, ())


def test_a_record_of_two_incidents_is_left_out_once() -> None:
    parts = [part("1", "1"), part("1", "1", incident=TWO)]
    assert without(SUM, parts, {ONE: STANDING, TWO: STANDING}).value == 11
    # one of them stands, so the other's appeal changes nothing
    left = without(SUM, parts, {ONE: STANDING, TWO: SUSPENDED})
    assert left.value == 11
    assert left.left_out is not None
    assert left.left_out.waiting_records == 0


def test_what_waits_still_counts_and_what_was_dropped_is_nothing() -> None:
    left = without(SUM, [part("1", "1"), part("2", "3", incident=TWO)], {ONE: STANDING, TWO: SUSPENDED})
    assert left.value == 11
    assert left.left_out is not None
    assert (left.left_out.waiting_records, left.left_out.if_rejected) == (1, D(8))
    assert without(SUM, [part("1", "1")], {ONE: DROPPED}) == SUM
    assert without(SUM, [part("1", "1")], {}) == SUM


def test_a_ratio_of_nothing_is_not_applicable_and_a_withheld_reading_stays() -> None:
    left = without(RATIO, [part("1", "50", "100")], {ONE: STANDING})
    assert (left.value, left.status, left.reason_code) == (None, "not_applicable", "zero_denominator")
    held = KpiReading("k", None, D(5), None, 5, "withheld", "gap_days")
    assert without(held, [part("1", "1")], {ONE: STANDING}) == held


states = st.dictionaries(st.sampled_from([ONE, TWO]), st.sampled_from([STANDING, SUSPENDED, DROPPED]))
parts_of = st.lists(
    st.builds(part, st.sampled_from("abcd"), st.just("1"), st.none(), st.sampled_from([ONE, TWO])), max_size=8
)


@given(parts_of, states, st.randoms(use_true_random=False))
def test_order_means_nothing_and_no_record_is_taken_twice(
    parts: list[GamingPart], known: dict[str, str], shuffle: Any
) -> None:
    left = without(SUM, parts, known)
    standing = {one.record_id for one in parts if known.get(one.incident_id) == STANDING}
    assert left.value == 12 - len(standing)
    other = list(parts)
    shuffle.shuffle(other)
    assert without(SUM, other, known) == left


# -- score, pay and card


def scheme() -> Any:
    block = {"req": "000-G1", "max": 10, "rules": {"repeated_post": {"effect": "leave_out", "why": WHY}}, "why": WHY}
    return load_scheme("000").model_copy(update={"gaming": Gaming.model_validate(block)})


def scored(state: str) -> Any:
    whole = reading("posting_frequency", "1.0", "20", "20", 20)
    own = without(whole, [part(str(n), "1", "0") for n in range(4)], {ONE: state})
    return result([segment("E001", "content", content(posting_frequency=own))], (), scheme=scheme())


@pytest.mark.req("000-G1", "003-W7")
def test_records_under_appeal_count_and_hold_the_pay_in_question() -> None:
    trace = {state: scored(state).people[0] for state in (STANDING, SUSPENDED, DROPPED)}
    score = {state: one.printed_score for state, one in trace.items()}
    assert score[STANDING] < score[SUSPENDED] == score[DROPPED]
    (part_,) = trace[SUSPENDED].segments
    (standing,) = trace[STANDING].segments
    assert part_.low == standing.low
    assert part_.high == part_.score
    assert trace[SUSPENDED].to_dict()["segments"][0]["score_low"] == trace[STANDING].to_dict()["segments"][0]["score"]


def test_the_card_names_what_is_left_out_and_what_waits() -> None:
    def view(state: str, lang: str) -> dict[str, Any]:
        bundle = Case(scored=scored(state)).bundle()
        return card_view(bundle, bundle["traces"][0], Edition(), lang)

    def note(state: str, lang: str = "en") -> str:
        rows = [row for part_ in view(state, lang)["segments"] for row in part_["rows"]]
        return next(row.note for row in rows if row.kpi_id == "posting_frequency")

    assert f"4 records are left out as evidence of gaming ({ONE})" in note(STANDING)
    assert f"4 records under appeal still count ({ONE})" in note(SUSPENDED)
    assert f"剔除疑似刷量记录 4 条（{ONE}）" in note(STANDING, "zh")
    held = view(SUSPENDED, "en")["held"]
    assert any(ONE in row["why"] and "appeal is decided" in row["release"] for row in held["rows"])


# -- from the warehouse


@pytest.fixture
def warehouse_file(tmp_path: Path) -> Path:
    file = tmp_path / "w.duckdb"
    keys = {person: key for key, person in people_by_key(staff(tmp_path)).items()}
    with duckdb.connect(str(file)) as connection:
        connection.execute("create schema intermediate")
        connection.execute(
            "create table intermediate.int_gaming_records as select * from (values "
            f"(date '2026-10-01', 'repeated_post', '{ONE}', '{keys['li']}', 'post', 'a'), "
            f"(date '2026-10-01', 'repeated_post', '{ONE}', '{keys['li']}', 'post', 'b'), "
            f"(date '2026-10-01', 'self_order', '{TWO}', '{keys['li']}', 'order', 'a')"
            ") as t (month, rule_id, incident_id, person_id, record_type, record_id)"
        )
        rows = ", ".join(
            f"(date '2026-{month}-01', '{keys[person]}', '2026-01-01', 'post', '{record}', 0.5, 0.5, 9.0)"
            for month, person, record in (("10", "li", "a"), ("10", "li", "b"), ("10", "li", "c"), ("10", "wang", "a"))
        )
        connection.execute(
            f"create view intermediate.int_kpi_inputs_posts as select * from (values {rows}) as t (month, person_id, "
            "segment_id, record_type, record_id, posts_published__n, posting_frequency__n, impressions__n)"
        )
    return file


def staff(home: Path) -> Company:
    names = ("li", "wang")
    return Company(
        home=home,
        people=tuple(Person(person_id=name, name=name, hired_on="2026-01-01") for name in names),
        positions=tuple(
            Position(person_id=name, role="content", team_id="x", bonus_base="100", valid_from="2026-01-01")
            for name in names
        ),
        scheme_assignments=(SchemeAssignment(scheme_id="000", valid_from="2026-01-01"),),
    )


def test_the_records_are_those_of_the_person_and_of_the_rules_that_leave_out(warehouse_file: Path) -> None:
    incident = IncidentInput(
        ONE, "repeated_post", D(1), "x1", D(3), D(2), D(1), 2, date(2026, 10, 1), date(2026, 10, 9)
    )
    order = replace(incident, incident_id=TWO, rule="self_order")
    found = {
        (person, "2026-01-01"): {"posting_frequency": KpiReading("posting_frequency", D(2), D(2), None, 4)}
        for person in ("li", "wang")
    }
    given_ = {"li": (incident, order)}
    left = with_left_out(found, staff(warehouse_file.parent), warehouse_file, OCTOBER, {"000": scheme()}, given_)
    assert left["li", "2026-01-01"]["posting_frequency"].value == 1
    assert left["wang", "2026-01-01"] == found["wang", "2026-01-01"]
    plain = {"000": load_scheme("000")}
    assert with_left_out(found, staff(warehouse_file.parent), warehouse_file, OCTOBER, plain, given_) is found
