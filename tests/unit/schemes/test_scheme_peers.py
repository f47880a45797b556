"""Peer control in a scheme file: it loads, and every mistake is told with its line and a mend."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from scheme_texts import SHIPPED_TEXTS, changed

from pipelines.schemes import load_scheme, read_catalogue
from pipelines.schemes.lint import ERROR, lint_scheme
from pipelines.scorecards.handbook import render_handbook

BLOCK = """\
peer_control:
  req: 004-G1, 000-G2
  kpis: [net_follower_growth, team_impressions]
  beta: 0.5
  cap: 30
  min_peers: 5
  mad_factor: 3
  base_months: 3
  why: {zh: 平台的变化不算个人, en: what a platform does is nobody's doing}
"""
BEGIN = ("vetoes:\n", BLOCK + "vetoes:\n")


def scheme_file(folder: Path, *changes: tuple[str, str]) -> Path:
    path = folder / "scheme_x.yaml"
    path.write_text(changed("000", BEGIN, *changes), encoding="utf-8")
    return path


@pytest.mark.req("004-G1")
def test_the_block_loads_and_shipped_schemes_have_none(tmp_path: Path) -> None:
    rule = load_scheme(scheme_file(tmp_path)).peer_control
    assert rule is not None
    assert (rule.kpis, rule.min_peers, rule.base_months) == (("net_follower_growth", "team_impressions"), 5, 3)
    assert [name for name in SHIPPED_TEXTS if load_scheme(name).peer_control is not None] == []


@pytest.mark.parametrize(
    ("old", "new", "key", "problem", "mend"),
    [
        (
            "growth, team_impressions]",
            "growth, site_clicks]",
            "kpis[1]",
            "belongs to no single platform",
            "KPI of one plat",
        ),
        ("growth, team_impressions]", "growth, viral_posts]", "kpis[1]", "has no rule", "Give it a method"),
        ("growth, team_impressions]", "growth, net_follower_growth]", "kpis[1]", "twice", ""),
        ("beta: 0.5", "beta: 1.5", "beta", "less than or equal to 1", ""),
        ("min_peers: 5", "min_peers: 4", "min_peers", "greater than or equal to 5", ""),
        ("cap: 30", "cap: 100", "cap", "less than 100", ""),
        ("  beta: 0.5\n", "", "beta", "", ""),
        ("beta: 0.5", "beta: 0.5\n  gamma: 1", "gamma", "", ""),
    ],
)
def test_a_mistake_is_told_with_its_line_and_mend(
    tmp_path: Path, old: str, new: str, key: str, problem: str, mend: str
) -> None:
    path = scheme_file(tmp_path, (old, new))
    errors = [one.finding for one in lint_scheme(path) if one.severity == ERROR]
    lines = path.read_text(encoding="utf-8").splitlines()
    start = lines.index("peer_control:") + 1
    (found,) = [one for one in errors if one.column == f"peer_control.{key}"]
    assert start <= found.row <= start + 9
    assert problem in found.problem
    assert mend in found.mend
    assert found.mend


def test_a_difference_form_cannot_be_multiplied(tmp_path: Path, mistakes: Callable[..., list[str]]) -> None:
    plain = SHIPPED_TEXTS["000"]
    at = plain.index("\n  team_impressions:\n")
    rule = plain[at : plain.index("    why:", at)]
    other = rule.replace("method: baseline", "method: difference\n    scale: 1000")
    assert any("is attained by difference" in told for told in mistakes("000", BEGIN, (rule, other)))


def test_a_carried_kpi_cannot_be_compared(mistakes: Callable[..., list[str]]) -> None:
    plain = SHIPPED_TEXTS["000"]
    at = plain.index("\n  team_impressions:\n")
    rule = plain[at : plain.index("    method:", at)]
    carried = (
        "vetoes:\n",
        "longer_kpis:\n  req: 003-R4\n  in_shorter: carry_last\n  why: {zh: 因为, en: because}\nvetoes:\n",
    )
    told = mistakes("000", BEGIN, (rule, rule + "    period: quarter\n"), carried)
    assert any("is carried from a longer period" in one for one in told)


@pytest.mark.req("004-G1")
@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("en", ("Platform changes and peers", "exp(change × 0.5), at most 30 % up", "fewer than 5 peers", "3 times")),
        ("zh", ("平台变化与对照账号", "exp(变化 × 0.5)", "少于 5 个", "3 倍")),
    ],
)
def test_the_handbook_tells_the_rule(tmp_path: Path, lang: str, said: tuple[str, ...]) -> None:
    told = render_handbook(load_scheme(scheme_file(tmp_path)), read_catalogue(), [lang], "md")
    assert all(part in told for part in said), told[:200]
    assert said[0] not in render_handbook(load_scheme("000"), read_catalogue(), [lang], "md")
