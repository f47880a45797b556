"""docs/coverage.md says what is so: every id of the five schemes is carried and proved by a test, or pending."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import render_coverage
from render_coverage import Requirements, Rule

SOME = Requirements(
    {"000-K01": "one", "003-K13a": "two"}, {"000-R1": Rule("three", "ab"), "000-R2": Rule("four", "d")}, []
)


@pytest.fixture(scope="module")
def known() -> Requirements:
    return render_coverage.requirements()


def test_the_coverage_page_is_rendered_from_what_is_there() -> None:
    stale = "docs/coverage.md is stale: run `python tests/render_coverage.py`"
    assert render_coverage.PAGE.read_text(encoding="utf-8") == render_coverage.render(), stale


def test_every_id_is_carried_and_proved_by_a_test_or_pending(known: Requirements) -> None:
    lacking = render_coverage.missing(known.ours, render_coverage.computed_in(), render_coverage.proved_by())
    forgotten = [requirement for requirement in lacking if requirement not in known.pending]
    assert forgotten == [], f"not computed, or carried by no collected test: {', '.join(forgotten)}"


def test_what_is_not_ours_is_neither_carried_nor_pending(known: Requirements) -> None:
    foreign = {name for name, rule in known.rules.items() if not rule.is_ours}
    assert foreign.isdisjoint({*known.pending, *render_coverage.proved_by()})
    assert not any(known.rules[name].files for name in foreign)
    assert SOME.ours == ["000-K01", "003-K13a", "000-R1"]


def test_the_files_of_the_list_exist(known: Requirements) -> None:
    files = {file for rule in known.rules.values() for file in rule.files}
    gone = sorted(file for file in files if not (render_coverage.REPOSITORY / file).exists())
    assert gone == []


def test_a_pending_id_that_is_built_leaves_the_list(known: Requirements) -> None:
    lacking = render_coverage.missing(known.pending, render_coverage.computed_in(), render_coverage.proved_by())
    built = [requirement for requirement in known.pending if requirement not in lacking]
    assert built == [], f"built: take them out of `pending` in tests/requirements.yaml: {', '.join(built)}"


def test_every_id_that_is_named_exists(known: Requirements) -> None:
    in_catalogue = [requirement for wanted in render_coverage.catalogue().values() for requirement in wanted]
    named = [*render_coverage.proved_by(), *render_coverage.computed_in(), *in_catalogue, *known.pending]
    assert render_coverage.unknown(known, named) == []


def test_the_list_holds_every_id_of_every_scheme_once(known: Requirements) -> None:
    kpis = Counter(name.partition("-")[0] for name in known.kpis)
    assert kpis == {"000": 28, "001": 17, "002": 9, "003": 37, "004": 22}
    rules = Counter(name[:5].replace("-", "") for name in known.rules)
    assert rules == {
        **{"000P": 5, "000R": 6, "000I": 8, "000W": 6, "000G": 4, "001R": 7, "001W": 9, "001I": 4, "001G": 4},
        **{"002I": 6, "002W": 3, "003R": 12, "003D": 6, "003W": 16, "003I": 7, "003G": 12},
        **{"004R": 6, "004I": 4, "004W": 3, "004D": 1, "004G": 3},
    }
    assert {kind for rule in known.rules.values() for kind in rule.kinds} == set("abcd")
    assert len(set(known.pending)) == len(known.pending)


@pytest.mark.parametrize(
    ("places", "tests", "lacking"),
    [
        ({"000-K01"}, {"000-K01"}, ["003-K13a"]),
        ({"000-K01", "003-K13a"}, {"000-K01"}, ["003-K13a"]),  # computed, but no test carries it
        ({"000-K01"}, {"000-K01", "003-K13a"}, ["003-K13a"]),  # a test carries what nothing computes
        ({"000-K01", "003-K13a"}, {"000-K01", "003-K13a"}, []),
    ],
)
def test_what_is_not_computed_or_not_proved_is_missing(places: set[str], tests: set[str], lacking: list[str]) -> None:
    said = [{name: {"there"} for name in names} for names in (places, tests)]
    assert render_coverage.missing(SOME.kpis, *said) == lacking


@pytest.mark.parametrize("wrong", ["000-K02", "000-K1", "003-K13", "003-K13e", "000-R3", "000-R0", "001-R1", "K01", ""])
def test_an_id_that_no_scheme_has_is_unknown(wrong: str) -> None:
    assert render_coverage.unknown(SOME, ["000-K01", "000-R2", wrong]) == [wrong]


def test_only_marks_of_collected_tests_count(tmp_path: Path) -> None:
    (tmp_path / "test_some.py").write_text(
        "import pytest\n"
        "pytestmark = pytest.mark.req('000-P1')\n"
        "@pytest.mark.req('000-K01', '000-K02')\n"
        "@pytest.mark.parametrize('n', [1, pytest.param(2, marks=pytest.mark.req('000-K04'))])\n"
        "def test_collected(n): ...\n"
        "@pytest.mark.req('000-K03')\n"
        "def helper(): ...\n",
        encoding="utf-8",
    )
    found = render_coverage.collected_marks(tmp_path)
    assert {requirement for _, requirement in found} == {"000-P1", "000-K01", "000-K02", "000-K04"}
    assert {test.rpartition("::")[2] for test, _ in found} == {"test_collected"}


def test_tests_that_cannot_be_collected_are_no_coverage(tmp_path: Path) -> None:
    (tmp_path / "test_broken.py").write_text("import nothing_of_this_name\n", encoding="utf-8")
    with pytest.raises(RuntimeError, match="nothing_of_this_name"):
        render_coverage.collected_marks(tmp_path)


@pytest.mark.parametrize(
    ("unit_test", "named"),
    [
        ({"model": "int_kpi_inputs_x", "expect": {"rows": [{"reach__n": 1}]}}, {"000-K03"}),
        ({"model": "int_kpi_inputs_x", "expect": {"rows": [{"preach__n": 1}]}}, set()),
        ({"model": "int_segment_kpi", "expect": {"rows": [{"kpi_id": "reach"}]}}, set()),
        ({"model": "int_segment_kpi", "expect": {}, "config": {"meta": {"req": ["000-K27"]}}}, {"000-K27"}),
        ({"model": "int_posts", "expect": {}, "config": {"meta": {"req": "000-K12"}}}, {"000-K12"}),
    ],
)
def test_a_dbt_unit_test_names_its_requirements(unit_test: dict[str, object], named: set[str]) -> None:
    assert render_coverage.named_by(unit_test, {"reach": ["000-K03"]}) == named
