"""The gaming that the demo company plants is found, of these people and months; nobody else is flagged.

Belongs here: the published incidents of the whole demo company against its truth. Each rule on few rows stands beside
its model.
"""

from __future__ import annotations

from pathlib import Path

import comparing
import pytest
from running import truth_beside

from pipelines.company.keys import Pseudonymiser
from pipelines.demo.gaming_plants import MONTH

RULES = {"zombie_group", "message_flood", "self_order", "refund_loop", "repeated_post", "giveaway_spike"}


@pytest.mark.req("001-R5", "002-I5")
def test_what_is_planted_is_found_and_nobody_else_is_flagged(demo_home: Path) -> None:
    truth = truth_beside(demo_home)
    ours = Pseudonymiser.from_home(demo_home)
    people = {ours.person(person): person for person in truth.people}
    found = {
        (month, rule, people[person]): (float(share), records)
        for month, rule, person, share, records in comparing.query(
            demo_home,
            "select strftime(month, '%Y-%m'), rule_id, person_id, share, n_records from fct_gaming_incidents",
        )
    }
    assert {expected.rule for expected in truth.incidents} == RULES
    assert found.keys() == {(expected.month, expected.rule, expected.person) for expected in truth.incidents}
    for expected in truth.incidents:
        share, records = found[expected.month, expected.rule, expected.person]
        assert share == pytest.approx(float(expected.share), abs=1e-6), expected
        assert records == expected.records, expected


def test_each_stands_on_the_card_as_a_note_and_withholds_nothing(demo_home: Path) -> None:
    truth = truth_beside(demo_home)
    rows = comparing.query(
        demo_home,
        "select reason_code, severity, subject_id from data_quality_findings where guard = 'gaming' "
        f"and month = date '{MONTH}-01'",
    )
    ours = Pseudonymiser.from_home(demo_home)
    told = {(code, severity, subject) for code, severity, subject in rows}
    assert told == {(f"gaming_{one.rule}", "note", ours.person(one.person)) for one in truth.incidents}
    card = demo_home / f"scorecards/{MONTH}/draft/{MONTH}_P006_scorecard_en_draft.html"
    assert "self_order" in card.read_text(encoding="utf-8")
