"""The individual slot: each person's own KPI, the default without one, and choices that the scheme does not have."""

from __future__ import annotations

from typing import Any

import pytest
from scoring_builders import PACE, QUALITY, TEAM, WHY, at_target, run, scheme_data, segment

from pipelines.company.findings import InputError
from pipelines.schemes.model import Scheme
from pipelines.scoring import PersonTrace


def with_slot(**more: Any) -> Scheme:
    """The small scheme whose role part is a slot of 60 for QUALITY (the default) or PACE."""
    data = scheme_data(**more)
    part = data["roles"]["content"]["components"][1]
    part["kpis"] = {}
    part["slot"] = {"req": "003-R10", "weight": 60, "choices": [QUALITY, PACE], "default": QUALITY, "why": WHY}
    return Scheme.model_validate(data)


def only(own: str = "", scheme: Scheme | None = None, **values: Any) -> PersonTrace:
    given = segment("a", at_target(**values), own_kpi=own, own_kpi_row=7 if own else 0)
    (person,) = run([given], scheme or with_slot()).people
    return person


@pytest.mark.req("003-R10")
@pytest.mark.parametrize(("own", "score"), [("", "70.00"), (QUALITY, "70.00"), (PACE, "100.00")])
def test_the_own_kpi_is_scored_and_the_default_without_one(own: str, score: str) -> None:
    """QUALITY at 80 % is 50 points: 40 x 100 + 60 x 50; whoever has agreed on PACE is at target."""
    person = only(own, **{QUALITY: 80})
    assert str(person.printed_score) == score
    assert [line.kpi_id for line in person.segments[0].lines] == [TEAM, own or QUALITY]


@pytest.mark.req("003-R10")
def test_people_of_one_role_have_their_own() -> None:
    two = [segment("a", at_target(), own_kpi=PACE), segment("b", at_target())]
    assert [person.segments[0].lines[1].kpi_id for person in run(two, with_slot()).people] == [PACE, QUALITY]


def test_a_choice_that_the_slot_does_not_have_is_told_with_its_row() -> None:
    with pytest.raises(InputError) as caught:
        only("site_clicks")
    told = str(caught.value.findings[0])
    assert "people/individual_kpis.csv, row 7, column kpi_id" in told
    assert f"choices: {QUALITY}, {PACE}" in told


def test_a_choice_without_a_slot_is_told_and_not_dropped() -> None:
    with pytest.raises(InputError, match="the role content of scheme t has no individual slot"):
        only(PACE, Scheme.model_validate(scheme_data()))
