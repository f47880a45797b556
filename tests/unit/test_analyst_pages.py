"""The pages of analysts are what their sources say, and every question is whole."""

from __future__ import annotations

import re
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest

REPO = Path(__file__).resolve().parents[2]


def render_module() -> ModuleType:
    spec = spec_from_file_location("render_analysts", REPO / "dbt_project" / "render_analysts.py")
    assert spec is not None and spec.loader is not None
    module = module_from_spec(spec)
    # its dataclasses look themselves up
    import sys

    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


RENDER = render_module()
QUESTIONS = RENDER.questions()


def test_the_pages_are_rendered() -> None:
    page = (REPO / "docs" / "warehouse.md").read_text(encoding="utf-8")
    assert page == RENDER.render_warehouse(page), "run python dbt_project/render_analysts.py"
    assert (REPO / "docs" / "questions.md").read_text(encoding="utf-8") == RENDER.render_questions()


def defects(question: object) -> list[str]:
    """What a question lacks."""
    found = [f"no {part}" for part in ("en", "zh", "note") if not getattr(question, part)]
    if not re.search(r"[\u4e00-\u9fff]", question.zh):  # type: ignore[attr-defined]  # the module is loaded by path
        found.append("zh is not Chinese")
    sql = question.sql  # type: ignore[attr-defined]  # the same
    if sql.count(";") != 1 or not sql.endswith(";"):
        found.append("is not one statement")
    used = set(re.findall(r"getvariable\('(\w+)'\)", sql))
    if used != set(question.parameters):  # type: ignore[attr-defined]  # the same
        found.append(f"uses {sorted(used)} and names other parameters")
    if "order by" not in sql:
        found.append("has no order")
    return found


def test_every_question_is_whole_and_numbered() -> None:
    assert [(one.slug, defects(one)) for one in QUESTIONS if defects(one)] == []
    assert len(QUESTIONS) >= 20
    assert [one.slug[:2] for one in QUESTIONS] == [f"{number:02}" for number in range(1, len(QUESTIONS) + 1)]


@pytest.mark.parametrize(
    ("text", "defect"),
    [
        ("-- en: Who?\n-- note: n\nselect 1 order by 1;", "no zh"),
        ("-- en: Who?\n-- zh: who\n-- note: n\nselect 1 order by 1;", "zh is not Chinese"),
        ("-- en: Who?\n-- zh: 谁\n-- note: n\nselect 1; select 2 order by 1;", "is not one statement"),
        ("-- en: Who?\n-- zh: 谁\n-- note: n\nselect getvariable('kpi') order by 1;", "names other parameters"),
        ("-- en: Who?\n-- zh: 谁\n-- note: n\n-- parameters: kpi\nselect 1 order by 1;", "names other parameters"),
        ("-- en: Who?\n-- zh: 谁\n-- note: n\nselect 1;", "has no order"),
    ],
)
def test_a_question_that_lacks_something_is_seen(tmp_path: Path, text: str, defect: str) -> None:
    path = tmp_path / "01-x.sql"
    path.write_text(text, encoding="utf-8")
    assert any(defect in found for found in defects(RENDER.question(path)))


def test_every_published_table_stands_on_the_page_with_its_key() -> None:
    tables = RENDER.published()
    assert {"kpi_catalogue", "fct_person_kpi", "person_kpis_monthly"} <= set(tables)
    assert "reason_catalogue" not in tables, "only what is published"
    page = RENDER.render_tables()
    for name, spec in tables.items():
        assert f"### `{name}`" in page
        assert set(RENDER.grain(spec)) <= {column["name"] for column in spec["columns"]}


def test_the_wide_table_has_no_column_that_is_neither_a_key_nor_a_kpi() -> None:
    tables = RENDER.published()
    columns = {column["name"] for column in tables["person_kpis_monthly"]["columns"]}
    catalogue = (REPO / "dbt_project" / "seeds" / "kpi_catalogue.csv").read_text(encoding="utf-8")
    kpis = {line.partition(",")[0] for line in catalogue.splitlines()[1:]}
    assert columns - set(RENDER.WIDE_KEYS) <= kpis
