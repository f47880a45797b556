"""The mutation run: what it changes in SQL, what it leaves alone, and how it counts; dbt itself is not run here."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "dbt"))
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from mutants import report
from mutants.choice import kept, sample, waiting
from mutants.points import points
from mutants.project import Target
from mutants.tokens import tokens
from mutants.trial import INVALID, KILLED, QUICK, SURVIVED, Result

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
        ("operator", "select struct_pack(a := b)", []),
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


def result(target: Target, key: str, verdict: str) -> Result:
    """A result of the first line."""
    return Result(target.name, target.digest, key, "operator", 1, verdict, "")


MODEL = Target("int_a", "model.a", "select a + b + c + d + e", "int_a.sql", ("int_a",))
KEYS = [point.key for point in points(MODEL.code)]


def test_invalid_mutants_count_neither_way_and_only_equivalent_survivors_as_seen() -> None:
    verdicts = [KILLED, SURVIVED, SURVIVED, INVALID]
    results = [result(MODEL, key, verdict) for key, verdict in zip(KEYS, verdicts, strict=True)]
    known = {
        ("int_a", KEYS[0]): report.Reason(True, "killed all the same"),
        ("int_a", KEYS[1]): report.Reason(True, "the same program"),
        ("int_a", KEYS[2]): report.Reason(False, "nobody has written the test"),
    }
    counted = report.figures(results, known, len(KEYS))
    assert (counted.killed, counted.equivalent, counted.survived, counted.invalid) == (1, 1, 1, 1)
    assert counted.rate == pytest.approx(2 / 3)
    page = report.render(results, known, [MODEL])
    equivalent, _, survivors = page.partition("## Equivalent")[2].partition("## Survivors")
    assert "the same program" in equivalent and "nobody has written the test" in survivors
    assert "killed all the same" not in page
    assert "**66.7%** of 3 valid mutants" in page


def test_a_reason_for_a_mutant_that_is_no_more_is_told() -> None:
    known = {("int_a", KEYS[0]): report.Reason(True, ""), ("int_a", "gone"): report.Reason(True, "")}
    assert report.stale(known, [MODEL]) == ["int_a: gone"]


def test_the_reasons_of_the_project_are_of_mutants_that_there_are() -> None:
    models = {path.stem: path for path in (TESTS.parent / "dbt_project" / "models").rglob("int_*.sql")}
    explained = [
        Target(name, name, models[name].read_text(encoding="utf-8"), "", (name,))
        for name in sorted({name for name, _ in report.reasons()})
        if name in models
    ]
    known = {name: reason for name, reason in report.reasons().items() if not name[0].startswith("macro ")}
    assert report.stale(known, explained) == []
    assert all(reason.why for reason in known.values())


def test_a_sample_is_the_same_for_the_same_seed_and_in_the_order_of_the_code() -> None:
    chosen = sample([MODEL], 2, 1)
    assert chosen == sample([MODEL], 2, 1)
    assert len(chosen) == 2
    assert [job for job in sample([MODEL], None, 1) if job in chosen] == chosen
    assert {tuple(job[1].key for job in sample([MODEL], 2, seed)) for seed in range(20)} != {
        tuple(job[1].key for job in chosen)
    }


def test_a_run_goes_on_where_it_was_ended(tmp_path: Path) -> None:
    file = tmp_path / "results.jsonl"
    changed = Target("int_a", "model.a", MODEL.code + " ", "int_a.sql", ("int_a",))
    lines = [result(MODEL, KEYS[0], KILLED), result(MODEL, KEYS[1], SURVIVED), result(changed, KEYS[2], KILLED)]
    file.write_text("".join(line.as_json() + "\n" for line in lines) + '{"target": "int_a", "dig', encoding="utf-8")
    done = kept(file, [MODEL])
    jobs = sample([MODEL], None, 1)
    assert [job[1].key for job in waiting(jobs, done, again=False)] == KEYS[2:]
    assert [job[1].key for job in waiting(jobs, done, again=True)] == KEYS[1:]
    quick = {(MODEL.name, KEYS[0]): Result("int_a", MODEL.digest, KEYS[0], "operator", 1, SURVIVED, QUICK)}
    assert [job[1].key for job in waiting(jobs, quick, again=False, quick=True)] == KEYS[1:]
    assert [job[1].key for job in waiting(jobs, quick, again=False)] == KEYS
    assert kept(tmp_path / "none.jsonl", [MODEL]) == {}
