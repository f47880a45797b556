"""Small numbers in a scheme file: the block loads, every mistake has its line and mend, the handbook tells it."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from scheme_texts import SHIPPED_TEXTS, changed

from pipelines.schemes import load_scheme, read_catalogue
from pipelines.scorecards.handbook import render_handbook

KPI = "first_reply_within_sla"
BLOCK = """\
    small_numbers:
      req: 000-K11
      at_least: 25
      below: not_applicable
      shrinkage: {k: 40, towards: team}
      why: {zh: 少量工单说明不了问题, en: a handful of tickets tells nothing}
"""


def with_block(kpi: str, block: str = BLOCK, scheme: str = "000") -> tuple[str, str]:
    """The replacement that puts the block into a KPI's rule."""
    text = SHIPPED_TEXTS[scheme]
    at = text.index(f"\n  {kpi}:\n") + len(f"\n  {kpi}:\n")
    head = text[text.rindex("\n", 0, at - 1) + 1 : text.index("\n", at) + 1]
    return head, head + block


def scheme_file(folder: Path, *changes: tuple[str, str]) -> Path:
    path = folder / "scheme_x.yaml"
    path.write_text(changed("000", *changes), encoding="utf-8")
    return path


def test_the_block_loads_and_shipped_schemes_have_none(tmp_path: Path) -> None:
    rule = load_scheme(scheme_file(tmp_path, with_block(KPI))).kpis[KPI]
    assert rule.small_numbers is not None
    assert (rule.small_numbers.at_least, rule.small_numbers.below) == (Decimal(25), "not_applicable")
    assert (rule.is_shrunk, rule.interval, rule.min_denominator) == (True, "share", Decimal(10))
    shipped = [load_scheme(name) for name in SHIPPED_TEXTS]
    assert [rule for scheme in shipped for rule in scheme.kpis.values() if rule.small_numbers is not None] == []


@pytest.mark.parametrize(
    ("kpi", "block", "problem", "mend"),
    [
        ("net_follower_growth", BLOCK, "is no ratio and has no denominator", "Take small_numbers out"),
        (
            "original_content_share",
            BLOCK.replace("      at_least: 25\n", "").replace("      shrinkage: {k: 40, towards: team}\n", ""),
            "the block does nothing",
            "State at_least or shrinkage",
        ),
        (KPI, BLOCK.replace("at_least: 25", "at_least: 0"), "greater than 0", ""),
        (KPI, BLOCK.replace("towards: team", "towards: world"), "team", ""),
        (KPI, BLOCK.replace("k: 40", "k: 0"), "greater than 0", ""),
        (KPI, BLOCK.replace("below: not_applicable", "below: withheld"), "provisional", ""),
        (KPI, BLOCK + "    measured_on: team\n", "cannot be drawn to the mean of a team", "shrink another KPI"),
        (KPI, "    min_denominator: 3\n", "", ""),
    ],
)
def test_a_mistake_is_told_with_a_mend(
    mistakes: Callable[..., list[str]], kpi: str, block: str, problem: str, mend: str
) -> None:
    told = mistakes("000", with_block(kpi, block))
    assert any(kpi in one and problem in one and mend in one for one in told), told


def test_a_carried_kpi_cannot_be_drawn(mistakes: Callable[..., list[str]]) -> None:
    longer = "longer_kpis:\n  req: 003-R4\n  in_shorter: carry_last\n  why: {zh: 因为, en: because}\nvetoes:\n"
    told = mistakes("000", with_block(KPI, BLOCK + "    period: quarter\n"), ("vetoes:\n", longer))
    assert any("cannot be drawn to the mean of a team" in one for one in told)


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        (
            "en",
            ("Below a denominator of 25 the KPI is not applicable", "(n × own + 40 × team) / (n + 40)", "a handful"),
        ),
        ("zh", ("分母低于 25 时，该指标不适用", "(n × 本人 + 40 × 团队) / (n + 40)", "少量工单")),
    ],
)
def test_the_handbook_tells_the_rule(tmp_path: Path, lang: str, said: tuple[str, ...]) -> None:
    told = render_handbook(load_scheme(scheme_file(tmp_path, with_block(KPI))), read_catalogue(), [lang], "md")
    assert all(part in told for part in said)
    assert "denominator of 10 the KPI is marked as provisional" in render_handbook(
        load_scheme("000"), read_catalogue(), ["en"], "md"
    )
