"""Pay by the piece: an amount for each unit of a KPI, beside the bonus."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from scoring_builders import WHY, at_target, make_scheme, run, segment

from pipelines.periods import parse_period
from pipelines.scoring import PersonTrace

D = Decimal
READS = "article_reads"


def rate(**more: Any) -> dict[str, Any]:
    rule = {
        "id": "reads", "title": WHY, "req": "003-K24", "kpi": READS, "per": D(1000), "amount": D(5), "cap": D(600),
        "why": WHY,
    }  # fmt: skip
    return rule | more


def paid(value: Any, days: int = 31, of: str = "2026-10", **more: Any) -> PersonTrace:
    scheme = make_scheme(piece_rates=[rate(**more)])
    given = segment("a", at_target(**{READS: value}), days)
    (person,) = run([given], scheme, period=parse_period(of)).people
    return person


@pytest.mark.parametrize(
    ("value", "amount"),
    [("84600", "423.00"), ("1", "0.01"), ("0.9", "0.00"), ("0", "0.00"), ("-5", "0.00"), ("500000", "600.00")],
)
@pytest.mark.req("003-K24")
def test_every_unit_brings_its_part_up_to_the_cap(value: str, amount: str) -> None:
    person = paid(D(value))
    (extra,) = person.extras
    assert (extra.amount, extra.held) == (D(amount), 0)
    assert person.payable == person.earned + D(amount)


@pytest.mark.req("003-K24")
def test_a_piece_rate_is_a_line_of_its_own_on_ledger_and_trace() -> None:
    scheme = make_scheme(piece_rates=[rate()])
    result = run([segment("a", at_target(**{READS: D(84600)}))], scheme)
    (entry,) = [entry for entry in result.ledger if entry.entry_type == "piece_rate"]
    assert (entry.segment_id, entry.pool_id, entry.amount) == ("2026-01-01", "", D("423.00"))
    assert entry.reason == "min(84600 / 1000 × 5, 600.00)"
    (told,) = result.people[0].to_dict()["bonus"]["extras"]
    assert (told["id"], told["kpi_id"], told["rate"], told["per"], told["cap"]) == (
        "reads",
        READS,
        "5",
        "1000",
        "600.00",
    )
    assert result.people[0].earned == D("1000.00")  # the bonus is not touched


@pytest.mark.req("003-K24")
def test_a_withheld_reading_is_held_up_to_the_cap() -> None:
    person = paid("withheld")
    assert (person.extras[0].amount, person.extras[0].held, person.held) == (0, D("600.00"), D("600.00"))
    assert [step.value for step in person.steps if step.code == "held_piece_rate"] == ["600.00"]


@pytest.mark.req("003-K24")
def test_without_a_cap_nothing_can_be_held_and_the_card_says_so() -> None:
    person = paid("withheld", cap=None)
    assert (person.extras[0].amount, person.held) == (0, 0)
    assert [note.code for note in person.segments[0].notes] == ["piece_rate_waits"]


def test_a_reading_that_the_warehouse_does_not_mention_is_withheld() -> None:
    (person,) = run([segment("a", at_target())], make_scheme(piece_rates=[rate()])).people
    assert person.extras[0].told["reason_code"] == "no_reading"
    assert person.held == D("600.00")


def test_what_is_not_applicable_is_neither_paid_nor_held() -> None:
    person = paid("not_applicable")
    assert (person.extras[0].amount, person.held) == (0, 0)


def test_part_of_a_period_has_part_of_the_cap() -> None:
    assert paid(D(500000), 10).extras[0].amount == D("193.54")  # 600 × 10/31 = 193.548…, a limit is rounded down


def test_every_part_of_a_period_is_paid_for_its_own_units() -> None:
    scheme = make_scheme(piece_rates=[rate()])
    parts = [
        segment("a", at_target(**{READS: D(1000)}), 10),
        segment("a", at_target(**{READS: D(3000)}), 21, segment_id="later", valid_from=date(2026, 10, 11)),
    ]
    (person,) = run(parts, scheme).people
    assert [extra.amount for extra in person.extras] == [D("5.00"), D("15.00")]


def test_a_piece_is_paid_by_one_kind_of_period_only() -> None:
    assert len(paid(D(5000)).extras) == 1
    assert paid(D(5000), of="2026-Q4").extras == ()
    assert len(paid(D(5000), of="2026-Q4", period="quarter").extras) == 1


def test_a_rate_binds_the_roles_that_it_names() -> None:
    assert paid(D(5000), roles=["somebody"]).extras == ()
    assert len(paid(D(5000), roles=["content"]).extras) == 1
