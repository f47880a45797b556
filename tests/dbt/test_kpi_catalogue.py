"""The KPI catalogue, the macros that list its KPIs and the texts rendered from it say the same.

Belongs here: agreement between dbt_project/seeds, macros/kpi, pipelines/texts/reasons.py and docs/kpis.md, without
running dbt. Does not belong here: what a KPI computes.
"""

from __future__ import annotations

import ast
import re
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest

from pipelines.texts import placeholders
from pipelines.texts.reasons import TEXTS

REPO = Path(__file__).resolve().parents[2]
PROJECT = REPO / "dbt_project"
#: kind in the macro -> the pairs of aggregation and statistic that the catalogue may give it.
KINDS = {
    "sum": {("sum", ""), ("stock_end", "")},
    "ratio": {("ratio_of_sums", ""), ("ratio_of_sums", "opening"), ("stock_end", "")},
    "numeric": {("distribution", "p50"), ("distribution", "p90")},
    "category": {("distribution", "entropy")},
    "distinct": {("distinct", ""), ("distribution", "repeat_share")},
    "hits": {("distribution", "hit_share")},
}

#: Requirements of scheme 000 that the monthly run computes from data.
REQUIREMENTS = ("K01", "K02", "K06", "K10", "K11", "K12", "K13", "K15", "K16", "K18", "K19", "K22", "K23", "K25", "K27")


@pytest.fixture(scope="module")
def render() -> ModuleType:
    spec = spec_from_file_location("render", PROJECT / "render.py")
    assert spec is not None and spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def macro_literal(name: str) -> object:
    """Return the Python literal that a macro of kpi_measures.sql or reasons.sql returns."""
    for file in ("kpi_measures.sql", "reasons.sql"):
        text = (PROJECT / "macros" / "kpi" / file).read_text(encoding="utf-8")
        found = re.search(rf"macro {name}\(\) -?%}}\s*{{{{ return\((.*?)\) }}}}", text, re.DOTALL)
        if found:
            return ast.literal_eval(found.group(1))
    raise AssertionError(f"no macro {name}")


def sql_texts() -> str:
    """Return all SQL of the KPI models, and of the macros that they share, as one text."""
    folders = ("macros", "models")
    paths = [path for folder in folders for path in sorted((PROJECT / folder).rglob("*.sql"))]
    return "\n".join(path.read_text(encoding="utf-8") for path in paths)


def test_the_macro_lists_every_kpi_of_the_catalogue_with_its_kind(render: ModuleType) -> None:
    listed = {kpi: kind for measures in macro_literal("kpi_measures").values() for kpi, kind in measures}  # type: ignore[attr-defined]
    catalogue = {row["kpi_id"]: row for row in render.catalogue_rows()}
    assert sorted(listed) == sorted(catalogue)
    for kpi, kind in listed.items():
        assert (catalogue[kpi]["aggregation"], catalogue[kpi]["statistic"]) in KINDS[kind], kpi


def test_shared_exact_rows_are_the_catalogues(render: ModuleType) -> None:
    shared = {row["kpi_id"]: row["values_kpi_id"] for row in render.catalogue_rows() if row["values_kpi_id"]}
    assert macro_literal("kpi_shared_values") == shared


def test_squares_are_kept_for_the_intervals_that_need_them(render: ModuleType) -> None:
    spread = {row["kpi_id"] for row in render.catalogue_rows() if row["interval"] in {"nps", "mean"}}
    assert set(macro_literal("kpi_with_squares")) == spread  # type: ignore[call-overload]  # a list of names
    assert spread <= {
        kpi for measures in macro_literal("kpi_measures").values() for kpi, kind in measures if kind == "ratio"
    }  # type: ignore[attr-defined]  # a mapping


def test_overlay_kpis_are_those_of_the_team_view(render: ModuleType) -> None:
    team = {kpi for kpi, _ in macro_literal("kpi_measures")["team"]}  # type: ignore[index]
    assert {row["kpi_id"] for row in render.catalogue_rows() if row["credit_kind"] == "overlay"} == team


@pytest.mark.parametrize("requirement", REQUIREMENTS)
def test_every_requirement_has_a_kpi(render: ModuleType, requirement: str) -> None:
    assert any(f"000-{requirement}" in row["requirement_ids"].split(";") for row in render.catalogue_rows())


@pytest.mark.req("000-P3")
def test_every_kpi_can_be_measured(render: ModuleType) -> None:
    """A unit, a direction, a way to add up, and words for source, parts and formula: nothing is judged by feeling."""
    wanted = ("unit", "direction", "aggregation", "families", "source_en", "components_en", "formula_en")
    vague = [(row["kpi_id"], column) for row in render.catalogue_rows() for column in wanted if not row[column].strip()]
    assert vague == []
    directions = {row["direction"] for row in render.catalogue_rows()}
    assert directions == {"higher", "lower", "zero"}


def test_every_kpi_is_told_in_both_languages(render: ModuleType) -> None:
    empty = [
        (row["kpi_id"], column)
        for row in render.catalogue_rows()
        for column in row
        if column.endswith(("_en", "_zh")) and not row[column].strip()
    ]
    assert empty == []


def test_every_kpi_has_a_unit_test_of_its_formula(render: ModuleType) -> None:
    tests = "\n".join(
        path.read_text(encoding="utf-8") for path in sorted((PROJECT / "models").rglob("unit_tests/*.yml"))
    )
    columns = {
        kpi
        for kpi in (row["kpi_id"] for row in render.catalogue_rows())
        if not re.search(rf"\b{kpi}__[ndvkh]: ", tests)
    }
    assert columns == set()


def test_renderings_are_up_to_date(render: ModuleType) -> None:
    assert render.REASONS.read_text(encoding="utf-8") == render.render_reasons(), "run python dbt_project/render.py"
    assert render.FOLLOWER_REASONS.read_text(encoding="utf-8") == render.render_follower_reasons()
    assert render.KPI_PAGE.read_text(encoding="utf-8") == render.render_kpi_page(), "run python dbt_project/render.py"


def test_every_placeholder_is_one_the_warehouse_replaces() -> None:
    known = set(macro_literal("reason_parameters"))  # type: ignore[call-overload]
    used = {name for texts in TEXTS.values() for text in texts.values() for name in placeholders(text)}
    assert used <= known


def test_both_languages_of_a_reason_have_the_same_placeholders() -> None:
    assert [key for key, texts in TEXTS.items() if placeholders(texts["en"]) != placeholders(texts["zh"])] == []


def test_every_reason_of_the_models_has_a_text_and_every_text_a_reason() -> None:
    sql = sql_texts()
    codes = {key.removeprefix("reasons.") for key in TEXTS}
    assert {code for code in codes if f"'{code}'" not in sql} == set()
    named = set(re.findall(r"'(\w+)' as reason_code", sql))
    named |= {code for pair in re.findall(r"then '(\w+)' else '(\w+)' end as reason_code", sql) for code in pair}
    assert named <= codes
