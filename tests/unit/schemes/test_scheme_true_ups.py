"""True-ups in the scheme file: what may be written, what is advised, and how it is told to people."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from scheme_texts import changed

from pipelines.schemes import load_scheme, read_catalogue
from pipelines.schemes.lint import WARNING, lint_scheme
from pipelines.scorecards.handbook import render_handbook

Mistakes = Callable[..., list[str]]


def block(of: str = "quarter", negative: str = "offset") -> str:
    return f"true_up: {{req: 001-R2, of: {of}, negative: {negative}, why: {{zh: 因为, en: because}}}}\n\n"


def written(folder: Path, of: str = "quarter", negative: str = "offset", *more: tuple[str, str]) -> Path:
    path = folder / "scheme_x.yaml"
    text = changed("001", ("individual:\n", f"{block(of, negative)}individual:\n"), *more)
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.req("001-R2")
def test_a_true_up_loads_and_shipped_schemes_have_none(tmp_path: Path) -> None:
    rule = load_scheme(written(tmp_path, "year", "carry")).true_up
    assert rule is not None and (rule.of, rule.negative) == ("year", "carry")
    assert [load_scheme(name).true_up for name in ("000", "001", "002", "003", "004")] == [None] * 5


def test_a_pool_has_nothing_to_true_up(mistakes: Mistakes) -> None:
    (said,) = mistakes("000", ("\npool:\n", f"\n{block()}pool:\n"))
    assert "true_up" in said and "the others' scores too" in said and "pay by the own score" in said


def test_months_that_pay_nothing_have_nothing_to_settle(mistakes: Mistakes) -> None:
    shares = ("    month: 50\n    quarter: 30", "    month: 0\n    quarter: 80")
    (said,) = mistakes("001", ("individual:\n", f"{block()}individual:\n"), shares)
    assert "shares.month is 0" in said


@pytest.mark.parametrize(("old", "new"), [("quarter", "month"), ("offset", "forgive")])
def test_another_word_is_refused(mistakes: Mistakes, old: str, new: str) -> None:
    (said,) = mistakes("001", ("individual:\n", f"{block()}individual:\n".replace(old, new)))
    assert f"'{new}'" in said or new in said


def test_advice_names_what_is_not_settled(tmp_path: Path) -> None:
    def advised(of: str, negative: str) -> list[str]:
        found = lint_scheme(written(tmp_path, of, negative), lang="en")
        assert {one.severity for one in found} <= {WARNING}
        return [one.told("en") for one in found if one.finding.column.startswith("true_up")]

    early = advised("quarter", "offset")
    assert [kpi for kpi in ("collaboration_360", "culture_fit_points") if any(kpi in one for one in early)] == [
        "collaboration_360", "culture_fit_points",
    ]  # fmt: skip
    assert advised("year", "offset") == []
    (kept,) = advised("year", "floor")
    assert "months that paid too much keep it" in kept


@pytest.mark.req("001-R2")
@pytest.mark.parametrize(
    ("lang", "of", "negative", "said"),
    [
        ("en", "quarter", "offset", ("The quarter then works out", "is a negative line")),
        ("en", "year", "carry", ("The year then works out", "carried as a balance")),
        ("zh", "quarter", "floor", ("按季度得分重新计算", "不再收回")),
    ],
)
def test_the_handbook_tells_it(tmp_path: Path, lang: str, of: str, negative: str, said: tuple[str, ...]) -> None:
    scheme = load_scheme(written(tmp_path, of, negative))
    told = render_handbook(scheme, read_catalogue(), [lang], "md", "")
    for part in said:
        assert part in told
    assert said[0] not in render_handbook(load_scheme("001"), read_catalogue(), [lang], "md", "")
