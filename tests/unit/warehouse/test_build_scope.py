"""What a run leaves out of the dbt project: only what cannot change, and every test of anything else."""

from __future__ import annotations

from typing import Any

import pytest

from pipelines.warehouse.build_scope import Found, left_out, without_rows

# node -> (materialisation, whether it may have rows without exports, what it reads)
GRAPH: dict[str, tuple[str, bool, list[str]]] = {
    "stg_posts": ("view", False, ["landing.posts"]),
    "stg_orders": ("view", False, ["landing.orders"]),
    "int_posts": ("table", False, ["stg_posts", "landing.files", "company.people"]),
    "int_orders": ("table", False, ["stg_orders", "landing.files", "company.people"]),
    "int_credit": ("table", False, ["int_posts", "int_orders"]),
    "int_windows": ("view", False, ["company.people"]),
    "int_coverage": ("table", False, ["landing.files", "landing.profile"]),
    "fct_values": ("table", True, ["int_credit", "int_windows"]),
    "fct_orders": ("table", True, ["int_orders"]),
    "wide": ("table", False, ["fct_orders"]),
    "rows_hold_int_orders": ("test", False, ["int_orders"]),
    "rows_hold_int_posts": ("test", False, ["int_posts"]),
    "rows_hold_stg_posts": ("test", False, ["stg_posts"]),
    "assert_credit": ("test", False, ["int_orders", "int_posts", "fct_values"]),
    "rows_hold_people": ("test", False, ["company.people"]),
    "int_clubs": ("table", False, ["company.clubs", "fct_values"]),
    "rows_hold_int_clubs": ("test", False, ["int_clubs"]),
    "assert_clubs": ("test", False, ["int_clubs", "fct_values"]),
    "assert_clubs_and_more": ("test", False, ["int_clubs", "fct_values"]),
}
# has no rows but with the company's clubs
ONLY_WITH_CLUBS = {"int_clubs", "assert_clubs"}


# macro -> the macros that it calls; `local_day` asks the time zone, two calls away, and calls itself too
MACROS = {
    "macro.scorecards.clean": [],
    "macro.scorecards.local_day": ["macro.scorecards.clean", "macro.scorecards.local_day", "macro.scorecards.zone"],
    "macro.scorecards.zone": ["macro.dbt.run_query"],
    "macro.dbt.run_query": ["macro.dbt.statement"],
    "macro.dbt.statement": [],
}
# every view but one holds the time zone of the company
CALLS = {"int_windows": ["macro.scorecards.clean"]}


def unique_id(name: str) -> str:
    if "." in name:
        return f"source.scorecards.{name}"
    return f"{'test' if GRAPH[name][0] == 'test' else 'model'}.scorecards.{name}"


def manifest() -> dict[str, Any]:
    sources = {parent for _, _, parents in GRAPH.values() for parent in parents if "." in parent}
    return {
        "sources": {
            unique_id(name): dict(zip(("source_name", "name"), name.split("."), strict=True)) for name in sources
        },
        "nodes": {
            unique_id(name): {
                "name": name,
                "resource_type": "test" if kind == "test" else "model",
                "config": {
                    "materialized": kind,
                    "meta": ({"rows_without_exports": True} if has_rows else {})
                    | ({"rows_only_with": "clubs"} if name in ONLY_WITH_CLUBS else {}),
                },
                "depends_on": {"macros": CALLS.get(name, ["macro.scorecards.local_day"])},
            }
            for name, (kind, has_rows, _) in GRAPH.items()
        },
        "macros": {name: {"depends_on": {"macros": called}} for name, called in MACROS.items()},
        "parent_map": {
            unique_id(name): [unique_id(parent) for parent in parents] for name, (_, _, parents) in GRAPH.items()
        },
    }


def found(*delivered: str, views: bool = False, filled: tuple[str, ...] = ("people", "clubs")) -> Found:
    return Found(relations=True, views=views, delivered=frozenset(delivered), filled=frozenset(filled))


def test_a_file_made_from_nothing_leaves_nothing_out() -> None:
    nothing = Found(relations=False, views=False, delivered=frozenset(), filled=frozenset())
    assert left_out(manifest(), nothing) == []
    assert without_rows(manifest(), nothing) == []


def test_everything_delivered_leaves_out_no_more_than_a_view_that_is_always_the_same() -> None:
    assert left_out(manifest(), found("posts", "orders")) == ["int_windows"]
    assert without_rows(manifest(), found("posts", "orders")) == []


def test_what_only_reads_a_source_without_files_is_left_out_with_its_tests() -> None:
    assert left_out(manifest(), found("posts")) == ["int_orders", "int_windows", "rows_hold_int_orders", "stg_orders"]
    assert without_rows(manifest(), found("posts")) == ["int_orders", "stg_orders"]


def test_what_may_have_rows_without_exports_is_built_and_so_is_whatever_reads_it() -> None:
    everything = left_out(manifest(), found())
    assert {"fct_values", "fct_orders", "wide", "assert_credit"}.isdisjoint(everything)
    assert {"int_posts", "int_orders", "int_credit", "rows_hold_stg_posts"} <= set(everything)


def test_what_is_published_is_always_built() -> None:
    """Publication waits for each of its tables: one left out would skip it, and Dagster would call that fine."""
    graph = manifest()
    graph["nodes"][unique_id("int_orders")]["schema"] = "marts"
    assert {"int_orders", "rows_hold_int_orders"}.isdisjoint(left_out(graph, found("posts")))
    assert "int_orders" not in without_rows(graph, found("posts"))
    assert "stg_orders" in left_out(graph, found("posts"))


def test_what_tells_of_files_or_of_the_company_is_no_source_that_could_be_missing() -> None:
    assert {"int_coverage", "rows_hold_people"}.isdisjoint(left_out(manifest(), found()))
    assert {"int_coverage", "int_windows"}.isdisjoint(without_rows(manifest(), found()))


def test_what_has_rows_only_with_a_company_table_is_left_out_without_it_and_so_are_its_own_tests() -> None:
    names = left_out(manifest(), found("posts", "orders", filled=("people",)))
    # a test of something else too is run: only one that says so itself has nothing to find
    assert names == ["assert_clubs", "int_clubs", "int_windows", "rows_hold_int_clubs"]
    assert without_rows(manifest(), found("posts", "orders", filled=("people",))) == ["int_clubs"]


@pytest.mark.parametrize("delivered", [("posts", "orders"), ("posts",)])
def test_views_that_would_be_the_same_are_left_out_and_their_tests_are_not(delivered: tuple[str, ...]) -> None:
    names = left_out(manifest(), found(*delivered, views=True))
    assert {"stg_posts", "stg_orders", "int_windows"} <= set(names)
    assert {"rows_hold_stg_posts", "int_posts"}.isdisjoint(names)
