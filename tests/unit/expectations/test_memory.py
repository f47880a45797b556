"""A frame that was judged is not judged again; one that differs in anything is."""

from pathlib import Path

import pandas as pd
import pytest

from expectations import memory, runner
from expectations.memory import Memory, key
from expectations.rules import Suite, between

SUITE = Suite("some", "Some", "one row", ("n",), (between("n", 0, 9, "are out of range", "Look again"),))
FRAME = pd.DataFrame({"n": [1, 2], "day": ["a", None]})


def test_the_key_holds_rules_values_types_and_index() -> None:
    other_rules = Suite("some", "Some", "one row", ("n",), (between("n", 0, 8, "are out of range", "Look again"),))
    keys = [
        key(SUITE, FRAME),
        key(other_rules, FRAME),
        key(SUITE, FRAME.assign(n=[1, 3])),
        key(SUITE, FRAME.astype({"n": "float64"})),
        key(SUITE, FRAME.assign(day=["a", ""])),
        key(SUITE, FRAME.set_index(pd.Index(["x", "y"]))),
    ]
    assert len(set(keys)) == len(keys)
    assert key(SUITE, FRAME.copy()) == keys[0]


def test_an_unchanged_frame_is_judged_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    judged: list[str] = []

    def judge(name: str, frame: pd.DataFrame) -> runner.SuiteResult:
        judged.append(name)
        outcome = runner.Outcome("E", "n", "critical", False, 1, len(frame), ("3",), "column n: 1 of 2 rows")
        return runner.SuiteResult(name, "Some", "one row", len(frame), (outcome,))

    def asked(memory: Memory, n: list[int]) -> runner.SuiteResult:
        (result,) = runner._judge(memory, [("some", FRAME.assign(n=n))])
        return result

    monkeypatch.setattr(runner, "run_suite", judge)
    monkeypatch.setitem(runner._ALL, "some", SUITE)
    first = asked(Memory(tmp_path), [1, 30])
    assert asked(Memory(tmp_path), [1, 30]) == first
    assert judged == ["some"]

    kept = Memory(tmp_path)
    assert asked(kept, [40, 1]).failures
    assert judged == ["some", "some"]
    kept.forget_others({"some"})
    assert len(list((tmp_path / memory.FOLDER).glob("*.json"))) == 1
