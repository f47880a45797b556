"""Writes what analysts read of the published warehouse: docs/questions.md, the tables of docs/warehouse.md.

Belongs here: rendering of the questions under docs/questions and of the models' descriptions, so that neither is
written twice. Run it after a change of either; tests/unit/test_analyst_pages.py fails when a page is stale. Does not
belong here: the KPI page (`render`), anything that a run of the pipeline needs.

Usage: python dbt_project/render_analysts.py
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

PROJECT = Path(__file__).resolve().parent
DOCS = PROJECT.parent / "docs"
QUESTIONS = DOCS / "questions"
QUESTION_PAGE = DOCS / "questions.md"
WAREHOUSE_PAGE = DOCS / "warehouse.md"

BEGIN, END = "<!-- rendered by dbt_project/render_analysts.py -->", "<!-- end of what is rendered -->"

#: Dimensions, with the column that leads to each.
DIMENSIONS = {"dim_person": "person_id", "dim_person_segment": "segment_id", "kpi_catalogue": "kpi_id"}
#: Columns of the wide table that are no KPI.
WIDE = "person_kpis_monthly"
WIDE_KEYS = ("month", "person_id", "role", "team_id", "n_withheld")


@dataclass(frozen=True)
class Question:
    """A question with its SQL, as a file under docs/questions states it."""

    slug: str
    en: str
    zh: str
    note: str
    parameters: tuple[str, ...]
    sql: str


def question(path: Path) -> Question:
    """Read one file: a head of `-- en:`, `-- zh:`, `-- note:`, `-- parameters:`, then one statement."""
    text = path.read_text(encoding="utf-8")
    head = dict(re.findall(r"^-- (en|zh|note|parameters): (.+)$", text, re.MULTILINE))
    sql = re.sub(r"^--[^\n]*\n", "", text, flags=re.MULTILINE).strip()
    parameters = tuple(part.strip() for part in head.get("parameters", "").split(",") if part.strip())
    return Question(path.stem, head.get("en", ""), head.get("zh", ""), head.get("note", ""), parameters, sql)


def questions() -> list[Question]:
    """Return all questions in the order of their numbers."""
    return [question(path) for path in sorted(QUESTIONS.glob("*.sql"))]


def render_questions() -> str:
    """Return docs/questions.md."""
    asked = questions()
    lines = [
        "# Questions to the warehouse",
        "",
        "Rendered by `dbt_project/render_analysts.py` from `docs/questions/*.sql`: change the files, not this page.",
        "Each file runs as it stands, on any company that has been run; `tests/pipeline/test_questions.py` runs all on",
        "the demo company and holds the answers against what its generator knows.",
        "",
        "本页的问题都附有可直接运行的 SQL。先运行一条，再用 `set variable` 换成自己的人员、指标或月份。",
        "",
        "```sh",
        "scorecards sql --home our-company < docs/questions/02-one-kpi-over-the-months.sql",
        "```",
        "",
        "Each question has defaults, so that it answers at once. To ask of another person, KPI or month, set variables",
        "before it, in the prompt of `scorecards sql` or above the statement in any DuckDB client:",
        "",
        "```sql",
        "set variable person = 'p_1bb0de891dcb3e6897bf';",
        "set variable kpi = 'net_follower_growth';",
        "set variable period = '2026-09';",
        "```",
        "",
        "[warehouse.md](warehouse.md) tells what the tables hold, [kpis.md](kpis.md) what each KPI is.",
        "",
        "| | question | 问题 |",
        "|---|---|---|",
        *(f"| [{number}](#{number}) | {one.en} | {one.zh} |" for number, one in enumerate(asked, 1)),
        "",
    ]
    for number, one in enumerate(asked, 1):
        variables = f" Variables: {', '.join(f'`{name}`' for name in one.parameters)}." if one.parameters else ""
        lines += [
            f"## {number}",
            "",
            f"**{one.en}** · {one.zh}",
            "",
            f"{one.note}{variables} ([file](questions/{one.slug}.sql))",
            "",
            "```sql",
            one.sql,
            "```",
            "",
        ]
    return "\n".join(lines).rstrip("\n") + "\n"


def published() -> dict[str, dict[str, Any]]:
    """Return what the YAML says of every published table, by name."""
    files = [*sorted((PROJECT / "models" / "marts").glob("*.yml")), PROJECT / "seeds" / "seeds.yml"]
    found = {}
    for path in files:
        document = yaml.safe_load(path.read_text(encoding="utf-8"))
        for spec in [*(document.get("models") or []), *(document.get("seeds") or [])]:
            if path.name != "seeds.yml" or (spec.get("config") or {}).get("schema") == "marts":
                found[spec["name"]] = spec
    return dict(sorted(found.items()))


def grain(spec: dict[str, Any]) -> list[str]:
    """Return the columns that tell a row of a table from every other one."""
    (rows,) = (test["rows_hold"] for test in spec["data_tests"] if "rows_hold" in test)
    return list(rows["arguments"]["grain"])


def _type(spec: dict[str, Any], column: dict[str, Any]) -> str:
    """The type as the contract states it; a seed states it apart, and text where it does not."""
    return str(column.get("data_type") or spec["config"]["column_types"].get(column["name"], "varchar"))


def _star(tables: dict[str, dict[str, Any]]) -> list[str]:
    """The tables and how they lead to one another, as a Mermaid drawing."""
    lines = ["```mermaid", "erDiagram"]
    for dimension, key in DIMENSIONS.items():
        for name, spec in tables.items():
            columns = {column["name"] for column in spec["columns"]}
            if name != dimension and key in columns and not (name in DIMENSIONS and dimension != "dim_person"):
                lines.append(f'    {dimension} ||--o{{ {name} : "{key}"')
    for name, spec in tables.items():
        lines.append(f"    {name} {{")
        for column in spec["columns"]:
            if column["name"] in grain(spec):
                lines.append(f"        {_type(spec, column)} {column['name']} PK")
        lines.append("    }")
    return [*lines, "```"]


def render_tables() -> str:
    """Return the rendered part of docs/warehouse.md: the drawing, then each table with its columns."""
    tables = published()
    lines = [BEGIN, "", *_star(tables), ""]
    for name, spec in tables.items():
        lines += [f"### `{name}`", "", " ".join(spec["description"].split()), ""]
        lines += [
            f"Key: {', '.join(f'`{column}`' for column in grain(spec))}",
            "",
            "| column | type | meaning |",
            "|---|---|---|",
        ]
        for column in spec["columns"]:
            if name == WIDE and column["name"] not in WIDE_KEYS:
                continue
            told = " ".join(column["description"].split()).replace("|", "\\|")
            lines.append(f"| `{column['name']}` | {_type(spec, column)} | {told} |")
        if name == WIDE:
            kpis = len(spec["columns"]) - len(WIDE_KEYS)
            lines.append(f"| {kpis} KPIs by their ids | decimal(38,12) | the value; NULL unless ok or provisional |")
        lines.append("")
    return "\n".join([*lines, END])


def render_warehouse(page: str) -> str:
    """Return docs/warehouse.md with its rendered part anew; the rest is written by hand."""
    before, rest = page.split(BEGIN)
    _, after = rest.split(END)
    return before + render_tables() + after


def main() -> None:
    """Write both pages."""
    QUESTION_PAGE.write_text(render_questions(), encoding="utf-8")
    WAREHOUSE_PAGE.write_text(render_warehouse(WAREHOUSE_PAGE.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
