"""Every score line, pool, team share and bonus of the demo company under each shipped scheme, recomputed.

Belongs here: the comparison. Does not belong here: how anything is recomputed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from copy import deepcopy
from fractions import Fraction
from typing import Any

import pytest

from .comparing import Difference, is_plain, of_ledger, of_people, of_pools, of_shares
from .conftest import Case
from .scores import KNOWN
from .second import of_seconds
from .variants import MADE_OF

Cases = Callable[[str, str], Case]

SCHEMES = ("000", "001", "002", "003", "004")
PERIODS = ("2026-10", "2026-Q3", "2025")
#: Of the variants: a month that carries an earlier quarter, one that ends with its own.
VARIED = ("2026-08", "2026-09", "2026-Q3", "2025")
SHOWN = 20


def differences(case: Case) -> Iterator[Difference]:
    yield from of_people([one.to_dict() for one in case.theirs.people], case.ours)
    yield from of_pools([one.to_dict() for one in case.theirs.pools], case.ours)
    yield from of_shares([one.to_dict() for one in case.theirs.shares], case.ours)
    yield from of_ledger(case.theirs.ledger, case.ours)
    yield from of_seconds((one.to_dict() for one in case.theirs.people), case.seconds)


@pytest.mark.req("000-P2", "003-W7")
@pytest.mark.parametrize("period", PERIODS)
@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_project_pays_what_the_documents_say(case: Cases, scheme: str, period: str) -> None:
    found = [str(one) for one in differences(case(scheme, period))]
    assert not found, f"{len(found)} differences:\n" + "\n".join(found[:SHOWN])


@pytest.mark.req("003-R5", "003-K24", "001-I1", "001-R2", "000-R5")
@pytest.mark.parametrize("period", VARIED)
@pytest.mark.parametrize("scheme", MADE_OF)
def test_forms_that_no_shipped_scheme_uses(case: Cases, scheme: str, period: str) -> None:
    found = [str(one) for one in differences(case(scheme, period))]
    assert not found, f"{len(found)} differences:\n" + "\n".join(found[:SHOWN])


def test_the_variants_reach_their_forms(case: Cases) -> None:
    """Results carried, bands, pay by the piece, a community's own KPIs, tiers at and between their steps."""
    cards = {
        scheme: [one.to_dict() for period in VARIED for one in case(scheme, period).theirs.people] for scheme in MADE_OF
    }
    lines = {
        name: [line for one in them for seg in one["segments"] for line in seg["lines"]] for name, them in cards.items()
    }
    for scheme, kinds in (("200", {"quarter", "year"}), ("202", {"quarter"})):
        carried = [line for line in lines[scheme] if "carried" in line and line["kpi_score"] is not None]
        assert {line["counts_by"] for line in carried} == kinds
    single = {line["kpi_id"] for line in lines["203"] if (line.get("community") or {}).get("id") == "c_content"}
    assert "accepted_answers" in single
    sizes = [(line["reason_code"], line["status"], line["size"]) for line in lines["202"] if "size" in line]
    assert {"provisional", "not_applicable"} <= {status for reason, status, _ in sizes if reason == "few_records"}
    assert any("shrinkage" in size for *_, size in sizes)
    methods = {line["method"] for them in lines.values() for line in them if line["attainment"] is not None}
    assert methods == {"baseline", "ratio", "linear", "difference"}
    bands = [seg["bonus"].get("individual") for one in cards["202"] for seg in one["segments"]]
    assert {"low", "middle", "high"} <= {one["band_low"] for one in bands if one}
    assert any(one["kind"] == "piece_rate" for card in cards["200"] for one in card["bonus"].get("extras", ()))


@pytest.mark.parametrize("scheme", SCHEMES)
def test_there_is_something_to_compare(case: Cases, scheme: str) -> None:
    """Scores, money and withheld pay: a comparison of nothing would pass."""
    for period in PERIODS:
        people = case(scheme, period).ours.people.values()
        lines = [line for one in people for seg in one.segments for line in seg.lines]
        assert sum(line.score is not None for line in lines) > 20
        assert sum(line.status in KNOWN and line.score not in {0, 100, 120} for line in lines) > 5
        assert sum(one.sum_of("earned") for one in people) > 1000


def test_the_cases_reach_the_rules(case: Cases) -> None:
    """Communities, slots, leave, pools with held and undistributed money, a team share paid and one not earned."""
    everything = [case(scheme, period).ours for scheme in SCHEMES for period in PERIODS]
    segments = [seg for one in everything for person in one.people.values() for seg in person.segments]
    lines = [line for seg in segments for line in seg.lines]
    assert any(line.measure.held is not None and line.score for line in lines)
    assert {"user_sentiment_index", "co_creation_events", "new_member_activity"} <= {line.measure.kpi for line in lines}
    assert any(0 < line.share < 1 for line in lines)
    assert any(line.status == "withheld" for line in lines)
    assert any(seg.low < seg.high for seg in segments)
    pools = [pool for one in everything for pool in one.pools.values()]
    assert any(pool.held for pool in pools)
    assert any(pool.undistributed for pool in pools)
    assert any(pool.factor_low < pool.factor_high for pool in pools)
    told = [one.to_dict() for scheme in SCHEMES for period in PERIODS for one in case(scheme, period).theirs.people]
    assert sum(is_plain(one) and one["printed_score"] is not None for one in told) > 100
    people = [person for one in everything for person in one.people.values()]
    assert {person.decision for person in people} == {"", "applied", "score_changed", "not_complete"}
    assert sum(person.award for person in people) > 0
    both = [one for s in SCHEMES for p in PERIODS for them in case(s, p).seconds.values() for one in them]
    assert {one.status for one in both} == {"no_effect", "not_scored", "due", "not_due", "waits"}
    assert {"paid", "gate_not_met"} <= {share.status for one in everything for share in one.shares.values()}


def changed(trace: dict[str, Any], path: tuple[Any, ...], value: object) -> dict[str, Any]:
    copy = deepcopy(trace)
    here: Any = copy
    for step in path[:-1]:
        here = here[step]
    here[path[-1]] = value
    return copy


@pytest.mark.parametrize(
    ("path", "what"),
    [
        (("bonus", "earned"), "bonus earned"),
        (("bonus", "payable"), "bonus payable"),
        (("printed_score",), "printed_score"),
        (("segments", 0, "score_high"), "score_high"),
        (("segments", 0, "lines", 0, "effective_weight"), "effective_weight"),
        (("segments", 0, "lines", 0, "target"), "target"),
        (("segments", 0, "lines", 0, "attainment"), "attainment"),
    ],
)
def test_a_wrong_cent_and_a_wrong_number_are_seen(case: Cases, path: tuple[Any, ...], what: str) -> None:
    """One cent of money, two hundredths of a millionth of anything else."""
    both = case("000", "2026-10")
    trace = next(one.to_dict() for one in both.theirs.people if one.to_dict()["segments"][0]["lines"][0]["attainment"])
    ours = both.ours
    person = trace["person_id"]
    value: Any = trace
    for step in path:
        value = value[step]
    more = Fraction(value) + (Fraction(1, 100) if path[0] in {"bonus", "printed_score"} else Fraction(2, 10**8))
    others = [one.to_dict() for one in both.theirs.people if one.person_id != person]
    found = [one.what for one in of_people([*others, changed(trace, path, str(float(more)))], ours)]
    assert found == [what]


def test_a_hundredth_that_moves_from_one_line_to_another_is_seen(case: Cases) -> None:
    """The points still sum to the score."""
    both = case("002", "2026-10")
    traces = [one.to_dict() for one in both.theirs.people]

    def known(trace: dict[str, Any]) -> list[dict[str, Any]]:
        return [one for seg in trace["segments"] for one in seg["lines"] if one["printed_points"] is not None]

    trace = next(one for one in traces if is_plain(one) and len(known(one)) > 1)
    for one, step in zip(known(trace), (Fraction(1, 100), Fraction(-1, 100)), strict=False):
        one["printed_points"] = str(float(Fraction(one["printed_points"]) + step))
    assert [one.what for one in of_people(traces, both.ours)] == ["printed_points", "printed_points"]


def test_a_person_without_a_card_is_seen(case: Cases) -> None:
    both = case("000", "2026-10")
    traces = [one.to_dict() for one in both.theirs.people]
    assert [(one.where, one.what) for one in of_people(traces[1:], both.ours)] == [(traces[0]["person_id"], "a card")]
