"""Deductions for gaming in a scheme file: they load, and every mistake is told with its line and a mend."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from scheme_texts import SHIPPED_TEXTS, changed

from pipelines.schemes import load_scheme
from pipelines.schemes.lint import ERROR, lint_scheme

BLOCK = """\
gaming:
  req: 001-R5
  max: 10
  rules:
    zombie_group: {effect: deduct, points: 2, cap: 6, why: {zh: 因为, en: because}}
    refund_loop: {effect: note, why: {zh: 因为, en: because}}
  why: {zh: 不奖励刷量, en: gaming is not paid}
"""
BEGIN = ("vetoes:\n", BLOCK + "vetoes:\n")


def scheme_file(folder: Path, *changes: tuple[str, str]) -> Path:
    path = folder / "scheme_x.yaml"
    path.write_text(changed("000", BEGIN, *changes), encoding="utf-8")
    return path


@pytest.mark.req("001-R5")
def test_the_block_loads_and_shipped_schemes_only_note(tmp_path: Path) -> None:
    block = load_scheme(scheme_file(tmp_path)).gaming
    assert block is not None
    assert (block.max, list(block.rules)) == (Decimal(10), ["zombie_group", "refund_loop"])
    assert block.rules["zombie_group"].points == 2
    assert [name for name in SHIPPED_TEXTS if load_scheme(name).gaming is not None] == []


@pytest.mark.parametrize(
    ("old", "new", "key", "problem"),
    [
        ("points: 2, cap: 6,", "cap: 6,", "rules.zombie_group", "needs both points and cap"),
        ("points: 2, cap: 6,", "points: 2,", "rules.zombie_group", "needs both points and cap"),
        ("effect: note,", "effect: note, points: 1,", "rules.refund_loop", "does not deduct"),
        ("effect: note,", "effect: leave_out, cap: 1,", "rules.refund_loop", "does not deduct"),
        ("effect: deduct, points: 2, cap: 6,", "effect: leave_out,", "rules.zombie_group", "about no single records"),
        ("points: 2, cap: 6,", "points: 7, cap: 6,", "rules.zombie_group", "is below its points"),
        ("points: 2, cap: 6,", "points: 2, cap: 11,", "rules.zombie_group", "can never be reached"),
        ("effect: deduct,", "effect: zero,", "rules.zombie_group", ""),
        ("refund_loop:", "refund_loops:", "rules", ""),
        ("points: 2, cap: 6,", "points: 0, cap: 6,", "rules.zombie_group", "greater than 0"),
        ("  max: 10\n", "", "max", ""),
    ],
)
def test_a_mistake_is_told_with_its_line_and_mend(tmp_path: Path, old: str, new: str, key: str, problem: str) -> None:
    path = scheme_file(tmp_path, (old, new))
    errors = [one.finding for one in lint_scheme(path) if one.severity == ERROR]
    start = path.read_text(encoding="utf-8").splitlines().index("gaming:") + 1
    found = [one for one in errors if one.column.startswith(f"gaming.{key}") and problem in one.problem]
    assert found, [(one.column, one.problem) for one in errors]
    assert all(start <= one.row <= start + 7 and one.mend for one in found)
