"""The mutation run: what it changes in SQL, what it leaves alone, and how it counts; dbt itself is not run here."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from mutants.points import points
from mutants.tokens import tokens

TESTS = Path(__file__).resolve().parents[1]


def mutated(sql: str, kind: str | None = None) -> list[str]:
    """Every mutant of a text, of one kind or all."""
    return [point.applied(sql) for point in points(sql) if kind in (None, point.kind)]


@pytest.mark.parametrize(
    ("kind", "sql", "mutants"),
    [
        ("operator", "select a + b", ["select a - b"]),
        ("operator", "select a // b", ["select a * b"]),
        ("operator", "select {{ x }} * (b)", ["select {{ x }} / (b)"]),
        ("operator", "select -a", []),
        ("operator", "select *, t.* from t", []),
        ("operator", "select a from t order by a <= b", ["select a from t order by a < b"]),
        ("operator", "select a is null", ["select a is not null"]),
        ("operator", "select a is not null", ["select a is null"]),
        ("operator", "select a not in (b)", ["select a in (b)"]),
        ("operator", "select a and b", ["select a or b"]),
        ("operator", "select a between b and c or d", ["select a between b and c and d"]),
        ("filter", "select a from t where b group by a", ["not (b)", "true"]),
        ("filter", "select a from t where b > 1 and c", ["true and c", "b > 1 and not (c)", "b > 1 and true"]),
        ("filter", "select a from t where b > 1 or c", ["true"]),
        ("filter", "select a from t having min(b)", ["not (min(b))", "true"]),
        ("filter", "select sum(a) filter (where b) from t", ["not (b)) from t", "true) from t"]),
        ("filter", "select a from t where b between 1 and 2", ["not (b between 1 and 2)", "true"]),
        ("filter", "select a from t where case when b then c end", ["not (case when b then c end)", "true"]),
        ("filter", "select a from t where case {% for x in y %} when b then c {% endfor %} end > 0", []),
        ("constant", "select 0, 1.5, 'won', true", ["1", "2.5", "'won~'", "false"]),
        ("constant", "select cast(a as decimal(38, 12)) from t group by 1", []),
        ("constant", "select date '9999-12-31', interval '1' day", ["'2000-01-01'", "'2' day"]),
        ("join", "select a from t inner join u on t.b = u.b", ["left join u on t.b = u.b", "inner join u on true"]),
        ("join", "select a from t left join u on c and d where e", ["inner", "on true and d", "on c and true where e"]),
        ("join", "select a from t cross join u", []),
        ("aggregate", "select sum(a)", ["select count(a)", "select max(a)"]),
        ("aggregate", "select count(*)", ["select max(1)"]),
        ("aggregate", "select min(a), max(b)", ["select max(a), max(b)", "select min(a), min(b)"]),
        ("aggregate", "select min", []),
        ("aggregate", "select distinct a union all select b", ["select a union all", "union distinct select b"]),
        ("coalesce", "select coalesce(a, f(b, c), 0)", ["select coalesce(a, f(b, c))"]),
        ("case", "select case when a then b else c end", ["case when false then b", "case when a then b end"]),
        (
            "case",
            "select case a when 1 then b when 2 then c end",
            ["case a when 2 then c end", "case a when 1 then b end"],
        ),
        ("case", "select case a when 1 then b end", []),
        (
            "case",
            "select case when a then case when b then c end end",
            ["when false then case when b", "when a then case when false"],
        ),
    ],
)
def test_each_kind_of_change(kind: str, sql: str, mutants: list[str]) -> None:
    found = mutated(sql, kind)
    assert len(found) == len(mutants), found
    for made, part in zip(found, mutants, strict=True):
        assert part in made.replace("  ", " ")


@pytest.mark.parametrize(
    "untouched",
    [
        "{{ config(materialized='view', n=1 + 2, hook=\"{{ delete_run_months() }}\") }}",
        "{% if a == 1 and b %}",
        "{# where a = 1 #}",
        "-- a = 1 and b > 2\n",
        "select {{ add_months('month', 1) }}",
        "select '{{ kpi }}' as kpi_id",
        "select {{ kpi }}__n",
        'select "a = 1"',
    ],
)
def test_jinja_comments_and_names_stay_as_they_are(untouched: str) -> None:
    assert mutated(untouched) == []


def test_a_mutant_changes_one_place_of_the_text_and_is_named_without_offsets() -> None:
    sql = "select\n    a = 1 as b,\n    a = 1 as b\nfrom t\n"
    found = points(sql)
    assert [(point.line, point.key) for point in found if point.kind == "operator"] == [
        (2, "a = 1 as b,: = -> <>"),
        (3, "a = 1 as b: = -> <>"),
    ]
    assert found == points(sql)
    assert [point.key for point in points("select a = b = c") if point.kind == "operator"] == [
        "select a = b = c: = -> <>",
        "select a = b = c: = -> <> (#2)",
    ]


def test_what_cannot_be_read_is_told() -> None:
    with pytest.raises(ValueError, match='cannot read "\'open" at offset 7'):
        tokens("select 'open")


def test_every_model_and_kpi_macro_can_be_read_and_has_keys_of_its_own() -> None:
    project = TESTS.parent / "dbt_project"
    for path in [*(project / "models" / "intermediate").rglob("*.sql"), *(project / "macros" / "kpi").glob("*.sql")]:
        keys = [point.key for point in points(path.read_text(encoding="utf-8"))]
        assert len(set(keys)) == len(keys), path.name
