"""Frames that are screened together get the result that each gets alone."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from expectations import runner
from expectations.memory import Memory
from expectations.results import SuiteResult
from expectations.rules import Suite, at_least, between, mostly_not_zero, no_repeats, unique, unique_together

WINDOW = ("valid_from", "valid_to")
PEOPLE = Suite(
    "people_here",
    "People",
    "one person",
    ("person_id", "share", *WINDOW),
    (
        unique("person_id", "Keep one row a person"),
        unique_together(("person_id", "valid_from"), "Keep one row a day"),
        between("share", 0, 100, "lie outside 0 to 100", "Write a share"),
        at_least("valid_to", "valid_from", "end before they begin", "Swap them", or_equal=False),
    ),
    WINDOW,
)
OTHERS = Suite("people_there", "People", "one person", PEOPLE.columns, PEOPLE.rules, WINDOW)
DAYS = Suite(
    "days",
    "Days",
    "one day",
    ("n_rows", "n_keys", "n_zero"),
    (no_repeats("days", "Export again"), mostly_not_zero("all measures", 0.5)),
)


def people(*rows: tuple[str | None, float, str, str | None]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=list(PEOPLE.columns), index=range(2, len(rows) + 2), dtype=object)


def days(*n_zero: int) -> pd.DataFrame:
    return pd.DataFrame({"n_rows": 3, "n_keys": 3, "n_zero": list(n_zero)})


SOUND = people(("P1", 60, "2026-01-01", None), (None, 40, "2026-01-01", "2026-02-01"), (None, 1, "2026-01-02", None))
ONE_PERSON = people(("P1", 60, "2026-03-01", None))


@pytest.fixture(autouse=True)
def _known(monkeypatch: pytest.MonkeyPatch) -> None:
    for suite in (PEOPLE, OTHERS, DAYS):
        monkeypatch.setitem(runner._ALL, suite.name, suite)


def judged(home: Path, *asked: tuple[str, pd.DataFrame]) -> list[SuiteResult]:
    return runner._judge(Memory(home), list(asked))


@pytest.mark.parametrize(
    ("frame", "broken"),
    [
        (SOUND, ()),
        # the person of another frame is no repetition
        (ONE_PERSON, ()),
        (people(("P1", 1, "2026-01-01", None), ("P1", 1, "2026-02-01", None)), ("person_id",)),
        (people(("P2", 101, "2026-01-01", None)), ("share",)),
        (people(("P2", 1, "2026-01-01", "2026-01-01")), ("valid_to",)),
    ],
)
def test_a_frame_is_judged_as_if_it_were_alone(tmp_path: Path, frame: pd.DataFrame, broken: tuple[str, ...]) -> None:
    asked = ((PEOPLE.name, SOUND), (OTHERS.name, frame), (DAYS.name, days(0, 0)))
    together = judged(tmp_path, *asked)
    assert together == [runner.run_suite(name, rows) for name, rows in asked]
    assert tuple(failure.column for failure in together[1].failures) == broken
    assert together[0].passed
    assert together[2].passed
    assert judged(tmp_path, *asked) == together  # from memory


def test_what_a_rule_tolerates_is_no_breach(tmp_path: Path) -> None:
    asked = ((DAYS.name, days(3, 0, 0)), (DAYS.name, days(3, 3, 0)), (DAYS.name, days(0)))
    found = judged(tmp_path, *asked)
    assert found == [runner.run_suite(name, rows) for name, rows in asked]
    assert [result.passed for result in found] == [True, False, True]


def test_an_empty_frame_and_a_missing_column_are_not_screened(tmp_path: Path) -> None:
    empty, missing, sound = judged(
        tmp_path, (DAYS.name, days()), (DAYS.name, days(0).drop(columns="n_keys")), (DAYS.name, days(0))
    )
    assert (empty.passed, empty.evaluated) == (True, 0)
    assert "n_keys" in missing.failures[0].message
    assert (sound.passed, sound.evaluated) == (True, 2)
