"""Writes docs/coverage.md: requirement id -> where it is computed -> which tests prove it.

Nothing in the table is written by hand: KPIs come from the catalogue and the inputs view that holds their columns,
rules from the `req` tags of the shipped schemes, tests from `@pytest.mark.req` and from the dbt unit tests.
tests/unit/test_coverage_table.py fails when the page is stale or a KPI of the catalogue has no test.

Usage: python tests/render_coverage.py
"""

from __future__ import annotations

import ast
import csv
import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import yaml

REPOSITORY = Path(__file__).resolve().parents[1]
PAGE = REPOSITORY / "docs" / "coverage.md"
_KPI_MODELS = REPOSITORY / "dbt_project" / "models" / "intermediate" / "kpi"
_SCHEMES = REPOSITORY / "pipelines" / "schemes" / "shipped"
_REQUIREMENT = re.compile(r"\b00\d-[A-Z]+\d+[a-z]?\b")


def catalogue() -> dict[str, list[str]]:
    """KPI id -> requirement ids."""
    path = REPOSITORY / "dbt_project" / "seeds" / "kpi_catalogue.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return {row["kpi_id"]: _REQUIREMENT.findall(row["requirement_ids"]) for row in csv.DictReader(file)}


@cache
def computed_in() -> dict[str, set[str]]:
    """Requirement id -> where it is computed."""
    places: dict[str, set[str]] = defaultdict(set)
    views = {path.stem: path.read_text(encoding="utf-8") for path in sorted(_KPI_MODELS.glob("int_kpi_inputs_*.sql"))}
    for kpi, requirements in catalogue().items():
        holders = [view for view, sql in views.items() if re.search(rf"\b{kpi}__|kpi_measure\w*\('{kpi}'", sql)]
        for requirement in requirements:
            places[requirement] |= {f"`{kpi}` in `{view}`" for view in holders} or {f"`{kpi}` in `int_segment_kpi`"}
    for path in sorted(_SCHEMES.glob("*.yaml")):
        for trail, tag in _tags(yaml.safe_load(path.read_text(encoding="utf-8")), ()):
            for requirement in _REQUIREMENT.findall(tag):
                places[requirement].add(f"`{path.name}`: {trail}")
    return places


def _tags(node: Any, trail: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Every `req` of a scheme with the place it stands at, two keys deep."""
    if isinstance(node, dict):
        if "req" in node:
            yield ".".join(trail[:2]) or "scheme", str(node["req"])
        for key, value in node.items():
            yield from _tags(value, (*trail, str(key)))
    elif isinstance(node, list):
        for value in node:
            yield from _tags(value, trail)


@cache
def proved_by() -> dict[str, set[str]]:
    """Requirement id -> tests."""
    tests: dict[str, set[str]] = defaultdict(set)
    for path in sorted((REPOSITORY / "tests").rglob("test_*.py")):
        for function, requirement in _marks(ast.parse(path.read_text(encoding="utf-8"))):
            tests[requirement].add(f"`{path.relative_to(REPOSITORY).as_posix()}::{function}`")
    kpis = catalogue()
    for path in sorted((REPOSITORY / "dbt_project" / "models").rglob("*.yml")):
        for unit_test in (yaml.safe_load(path.read_text(encoding="utf-8")) or {}).get("unit_tests", []):
            if not unit_test["model"].startswith(("int_kpi_inputs_", "int_post_outliers")):
                continue  # rules over all KPIs alike prove none in particular
            text = yaml.safe_dump(unit_test.get("expect"))
            for kpi, requirements in kpis.items():
                if re.search(rf"\b{kpi}(__|\b)", text):
                    for requirement in requirements:
                        tests[requirement].add(f"dbt `{unit_test['name']}`")
    return tests


def _marks(tree: ast.AST) -> Iterator[tuple[str, str]]:
    for node in ast.walk(tree):
        if not isinstance(node, ast.FunctionDef | ast.ClassDef):
            continue
        for decorator in node.decorator_list:
            if isinstance(decorator, ast.Call) and ast.unparse(decorator.func).endswith("mark.req"):
                yield from (
                    (node.name, argument.value) for argument in decorator.args if isinstance(argument, ast.Constant)
                )


def render() -> str:
    """The page."""
    places, tests = computed_in(), proved_by()
    lines = [
        "# Coverage of the requirements",
        "",
        "Rendered by `tests/render_coverage.py`; change the catalogue, the scheme files or the tests, not this page.",
        "Only what is built stands here; requirements of later work have no row yet.",
        "",
        "| requirement | computed in | proved by |",
        "|---|---|---|",
    ]
    for requirement in sorted({*places, *tests}, key=_order):
        lines.append(f"| {requirement} | {_cell(places[requirement])} | {_cell(tests[requirement])} |")
    return "\n".join(lines) + "\n"


def _order(requirement: str) -> tuple[str, str, int, str]:
    match = re.fullmatch(r"(00\d)-([A-Z]+)(\d+)([a-z]?)", requirement)
    if match is None:
        raise ValueError(f"{requirement!r} is no requirement id")
    return match[1], match[2], int(match[3]), match[4]


def _cell(entries: set[str]) -> str:
    return "<br>".join(sorted(entries)) or "–"


if __name__ == "__main__":
    PAGE.write_text(render(), encoding="utf-8")
