"""Holds the dbt project to its conventions: names, descriptions with their grain, tests, contracts, plain SQL.

Reads the files themselves, so that it takes no dbt run and sees what an undescribed model would hide. The checker takes
the folder of a project, and each rule is also fed a project that breaks it.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

PROJECT = Path(__file__).resolve().parents[2] / "dbt_project"

PREFIXES = {"staging": ("stg_",), "intermediate": ("int_",), "marts": ("fct_", "dim_")}
# Tables that the public interface promises under these names (docs/architecture.md).
PROMISED_NAMES = {"person_kpis_monthly", "data_quality_findings", "data_quality_certificate", "kpi_catalogue"}
ROWS_TEST = "rows_hold"
GRAIN = re.compile(r"^(One row|Exactly one row|At most one row)\b[^.]*\b(per|for|of|a)\b", re.IGNORECASE)


@dataclass
class Model:
    """A model: its SQL and what the YAML beside it says."""

    path: Path
    layer: str
    sql: str
    spec: dict[str, Any] | None = None

    @property
    def name(self) -> str:
        return self.path.stem

    @property
    def rows_tests(self) -> list[dict[str, Any]]:
        """What the model says of `rows_hold`."""
        tests = (self.spec or {}).get("data_tests") or []
        return [test[ROWS_TEST] for test in tests if isinstance(test, dict) and ROWS_TEST in test]


def models(project: Path) -> list[Model]:
    """All models with the YAML beside them."""
    found = []
    for path in sorted((project / "models").rglob("*.sql")):
        model = Model(path, path.relative_to(project / "models").parts[0], path.read_text(encoding="utf-8"))
        beside = path.with_suffix(".yml")
        if beside.is_file():
            document = yaml.safe_load(beside.read_text(encoding="utf-8")) or {}
            named = [spec for spec in document.get("models") or [] if spec.get("name") == model.name]
            model.spec = named[0] if named else None
        found.append(model)
    return found


def without_comments(sql: str) -> str:
    """The SQL without SQL and Jinja comments."""
    return re.sub(r"--[^\n]*|\{#.*?#\}", "", sql, flags=re.DOTALL)


def names(project: Path) -> Iterator[str]:
    """Folder and prefix agree, and no name occurs twice."""
    for model in models(project):
        if model.layer not in PREFIXES:
            yield f"{model.name}: models/{model.layer}/ is no layer"
        elif not model.name.startswith(PREFIXES[model.layer]) and model.name not in PROMISED_NAMES:
            yield f"{model.name}: a model in {model.layer} begins with {' or '.join(PREFIXES[model.layer])}"


def descriptions(project: Path) -> Iterator[str]:
    """A YAML beside every model; the grain in the first sentence; every column described, none twice."""
    for model in models(project):
        if model.spec is None:
            yield f"{model.name}: no {model.name}.yml beside it describes it"
            continue
        first = str(model.spec.get("description", "")).strip()
        if not GRAIN.match(first):
            yield f"{model.name}: the description does not open with its grain (One row per ...)"
        columns = model.spec.get("columns") or []
        if not columns:
            yield f"{model.name}: no column is described"
        for column in columns:
            if not str(column.get("description") or "").strip():
                yield f"{model.name}.{column['name']}: has no description"
        listed = [column["name"] for column in columns]
        yield from (f"{model.name}.{name}: is listed twice" for name in sorted(set(listed)) if listed.count(name) > 1)


def strays(project: Path) -> Iterator[str]:
    """One YAML a model: each YAML beside the models describes the model of its own name only."""
    for path in sorted((project / "models").rglob("*.yml")):
        if path.relative_to(project / "models").parts[0] == "sources":
            continue
        document = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
        for spec in document.get("models") or []:
            if spec["name"] != path.stem or not path.with_suffix(".sql").is_file():
                yield f"{path.name}: describes {spec['name']}; one YAML a model, beside its SQL"


def one_test(project: Path) -> Iterator[str]:
    """A model has one test of its rows, named after it; a test a column would cost a dbt node a column.

    A view has none: the table that reads it is tested, and a test of its own would compute it once more. Staging shows
    every row of every file, which the facts built on it de-duplicate by key and then test.
    """
    for model in models(project):
        for column in (model.spec or {}).get("columns") or []:
            if column.get("data_tests"):
                yield f"{model.name}.{column['name']}: write its rules into the model's {ROWS_TEST}"
        tests = model.rows_tests
        if tests and is_view(model):
            yield f"{model.name}: is a view; test the table that reads it"
        elif len(tests) > 1:
            yield f"{model.name}: has {len(tests)} tests {ROWS_TEST}; one query checks all rules"
        yield from (
            f"{model.name}: its {ROWS_TEST} is not named {ROWS_TEST}_{model.name}"
            for test in tests
            if test.get("name") != f"{ROWS_TEST}_{model.name}"
        )


def is_view(model: Model) -> bool:
    """Staging is views; other models say so, or that they are only part of the one that reads them."""
    return model.layer == "staging" or re.search(r"materialized='(view|ephemeral)'", model.sql) is not None


def sql_of_test(project: Path, path: Path) -> str:
    """The text of a singular test, with the relations that its macros read."""
    sql = path.read_text(encoding="utf-8")
    if "totals_not_credited(" in sql:
        sql += (project / "macros" / "totals_not_credited.sql").read_text(encoding="utf-8")
    if "all_credit()" in sql:
        listed = (project / "macros" / "credit_relations.sql").read_text(encoding="utf-8")
        macro = listed.partition("macro credit_relations()")[2].partition("endmacro")[0]
        sql += "".join(f"ref('{name}')" for name in re.findall(r"'(\w+)'", macro))
    return sql


def grains(project: Path) -> Iterator[str]:
    """The grain is tested, not only told: by `rows_hold`, or by a singular test that reads the model."""
    singular = "".join(sql_of_test(project, path) for path in sorted((project / "tests").glob("assert_*.sql")))
    for model in models(project):
        if is_view(model) or re.search(rf"ref\(['\"]{model.name}['\"]\)", singular):
            continue
        if not any((test.get("arguments") or {}).get("grain") for test in model.rows_tests):
            yield f"{model.name}: no test holds its grain ({ROWS_TEST}, argument grain)"


def checks_shown(project: Path) -> Iterator[str]:
    """Dagster shows a test under one model; a test of several models says under which."""
    for path in sorted((project / "tests").glob("assert_*.sql")):
        sql = sql_of_test(project, path)
        read = set(re.findall(r"(?:ref|source)\([^)]*\)", sql))
        shown = re.search(r"'dagster': \{'ref': \{'name': '(\w+)'\}\}", sql)
        if len(read) > 1 and (shown is None or f"ref('{shown[1]}')" not in read):
            yield f"{path.name}: reads {len(read)} relations and names none of them in meta: Dagster shows it nowhere"


def contracts(project: Path) -> Iterator[str]:
    """Marts are what others read: their columns and types are promised."""
    for model in models(project):
        if model.layer != "marts" or model.spec is None:
            continue
        enforced = ((model.spec.get("config") or {}).get("contract") or {}).get("enforced")
        if enforced is not True:
            yield f"{model.name}: a mart has an enforced contract"
        for column in model.spec.get("columns") or []:
            if not column.get("data_type"):
                yield f"{model.name}.{column['name']}: a mart's column has a data_type"


def unit_tests(project: Path) -> Iterator[str]:
    """Every KPI of the catalogue is expected with a value in some unit test."""
    with (project / "seeds" / "kpi_catalogue.csv").open(encoding="utf-8", newline="") as file:
        kpis = [row["kpi_id"] for row in csv.DictReader(file)]
    expected: set[str] = set()
    for path in sorted((project / "models").rglob("*.yml")):
        document = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
        for test in document.get("unit_tests") or []:
            for row in (test.get("expect") or {}).get("rows") or []:
                expected |= {str(row.get("kpi_id", ""))}
                expected |= {
                    name.rpartition("__")[0] for name, value in row.items() if "__" in name and value is not None
                }
    yield from (f"{kpi}: no dbt unit test expects a value of it" for kpi in kpis if kpi not in expected)


def plain_sql(project: Path) -> Iterator[str]:
    """No vars, no environment outside profiles.yml, no packages, no floating point."""
    for name in ("packages.yml", "dependencies.yml"):
        if (project / name).exists():
            yield f"{name}: dbt packages need the network; write the test"
    for folder in ("models", "macros", "tests"):
        for path in sorted((project / folder).rglob("*.sql")):
            sql = without_comments(path.read_text(encoding="utf-8"))
            where = path.relative_to(project)
            if re.search(r"\bvar\(", sql):
                yield f"{where}: dbt vars force a full parse; use control.run_months"
            if re.search(r"\benv_var\(", sql):
                yield f"{where}: environment variables belong in profiles.yml"
    for path in sorted((project / "models").rglob("*.yml")):
        # a double on the way (a logarithm, a ratio) is rounded into a decimal; a stored one would be summed by somebody
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if re.search(r"data_type:\s*(double|float|real)", line):
                yield f"{path.relative_to(project)}:{number}: floating point; sums of decimals are exact in any order"


Checker = Callable[[Path], Iterator[str]]
CHECKERS: list[Checker] = [
    names,
    descriptions,
    strays,
    one_test,
    grains,
    checks_shown,
    contracts,
    unit_tests,
    plain_sql,
]


@pytest.mark.parametrize("checker", CHECKERS, ids=lambda checker: checker.__name__)
def test_the_project_keeps_its_conventions(checker: Checker) -> None:
    found = list(checker(PROJECT))
    assert not found, "\n" + "\n".join(found)


GOOD_YAML = """
models:
  - name: fct_things
    description: One row per thing and month. More follows.
    config: {contract: {enforced: true}}
    data_tests:
      - rows_hold: {name: rows_hold_fct_things, arguments: {grain: [thing_id, month]}}
    columns:
      - {name: thing_id, data_type: varchar, description: Id of the thing.}
unit_tests:
  - name: impressions_add_up
    model: fct_things
    given: []
    expect:
      rows:
        - {kpi_id: impressions, numerator: 3}
        - {win_rate__n: 1, win_rate__d: 2, deals_won__n: null}
"""


def make_project(
    folder: Path,
    *,
    sql: str = "select 1 as thing_id",
    text: str = GOOD_YAML,
    name: str = "marts/fct_things",
    kpis: str = "impressions\nwin_rate",
) -> Path:
    """A project of one model."""
    model = folder / "models" / f"{name}.sql"
    model.parent.mkdir(parents=True)
    model.write_text(sql, encoding="utf-8")
    if text:
        model.with_suffix(".yml").write_text(text, encoding="utf-8")
    (folder / "seeds").mkdir()
    (folder / "seeds" / "kpi_catalogue.csv").write_text(f"kpi_id\n{kpis}\n", encoding="utf-8")
    return folder


def test_a_good_project_passes(tmp_path: Path) -> None:
    project = make_project(tmp_path)
    assert [line for checker in CHECKERS for line in checker(project)] == []


@pytest.mark.parametrize(
    ("checker", "changes", "message"),
    [
        (names, {"name": "marts/things"}, "things: a model in marts begins with fct_ or dim_"),
        (names, {"name": "attic/fct_things"}, "fct_things: models/attic/ is no layer"),
        (descriptions, {"text": ""}, "fct_things: no fct_things.yml beside it describes it"),
        (descriptions, {"text": GOOD_YAML.replace("One row per thing", "All things by thing")}, "open with its grain"),
        (
            descriptions,
            {"text": GOOD_YAML.replace("Id of the thing.", "''")},
            "fct_things.thing_id: has no description",
        ),
        (strays, {"text": GOOD_YAML.replace("- name: fct_things", "- name: fct_other")}, "describes fct_other"),
        (
            one_test,
            {"text": GOOD_YAML.replace("description: Id of the thing.", "data_tests: [not_null]")},
            "fct_things.thing_id: write its rules into the model's rows_hold",
        ),
        (one_test, {"sql": "{{ config(materialized='view') }} select 1"}, "fct_things: is a view"),
        (
            one_test,
            {
                "text": GOOD_YAML.replace(
                    "    columns:", "      - rows_hold: {name: rows_hold_fct_things}\n    columns:"
                )
            },
            "fct_things: has 2 tests rows_hold",
        ),
        (one_test, {"text": GOOD_YAML.replace("rows_hold_fct", "rows_hold_dim")}, "is not named rows_hold_fct_things"),
        (grains, {"text": GOOD_YAML.replace("grain:", "always:")}, "no test holds its grain"),
        (contracts, {"text": GOOD_YAML.replace("true", "false")}, "a mart has an enforced contract"),
        (contracts, {"text": GOOD_YAML.replace(" data_type: varchar,", "")}, "fct_things.thing_id: a mart's column"),
        (unit_tests, {"kpis": "impressions\ndeals_won"}, "deals_won: no dbt unit test expects a value of it"),
        (plain_sql, {"sql": "select '{{ var(\"month\") }}'"}, "dbt vars force a full parse"),
        (plain_sql, {"sql": "select '{{ env_var(\"HOME\") }}'"}, "environment variables belong in profiles.yml"),
        (plain_sql, {"text": GOOD_YAML.replace("varchar", "double")}, "models/marts/fct_things.yml:9: floating point"),
    ],
    ids=lambda value: value.__name__ if callable(value) else None,
)
def test_each_rule_sees_a_project_that_breaks_it(
    tmp_path: Path, checker: Checker, changes: dict[str, str], message: str
) -> None:
    found = list(checker(make_project(tmp_path, **changes)))
    assert len(found) == 1, found
    assert message in found[0]


def test_a_package_file_is_seen(tmp_path: Path) -> None:
    project = make_project(tmp_path)
    (project / "packages.yml").write_text("packages: []\n", encoding="utf-8")
    assert list(plain_sql(project)) == ["packages.yml: dbt packages need the network; write the test"]


def test_a_test_that_dagster_would_show_nowhere_is_seen(tmp_path: Path) -> None:
    project = make_project(tmp_path)
    (project / "tests").mkdir()
    test = project / "tests" / "assert_things_add_up.sql"
    sql = "select * from {{ ref('fct_things') }} join {{ source('company', 'people') }} using (thing_id)"
    test.write_text(sql, encoding="utf-8")
    assert list(checks_shown(project)) == [
        "assert_things_add_up.sql: reads 2 relations and names none of them in meta: Dagster shows it nowhere"
    ]
    for name, troubles in (("fct_others", 1), ("fct_things", 0)):
        meta = {"dagster": {"ref": {"name": name}}}
        test.write_text(f"{{{{ config(meta={meta}) }}}}\n" + sql, encoding="utf-8")
        assert len(list(checks_shown(project))) == troubles
