"""What a run calls done: Dagster's success alone is not enough."""

from __future__ import annotations

from collections.abc import Iterator

import dagster as dg

from pipelines.runner import skipped_steps


def test_a_step_that_was_skipped_is_told_though_dagster_calls_it_a_success() -> None:
    """So it went once: a table that dbt left out was not told of, and the publication behind it never ran."""

    @dg.multi_asset(specs=[dg.AssetSpec("told"), dg.AssetSpec("left_out", skippable=True)])
    def tables() -> Iterator[dg.MaterializeResult]:
        yield dg.MaterializeResult(asset_key="told")

    @dg.asset(deps=["told"])
    def cards() -> None: ...

    @dg.asset(deps=["told", "left_out"])
    def published() -> None: ...

    result = dg.materialize([tables, cards, published])
    assert result.success
    assert skipped_steps(result) == ["published"]
    assert skipped_steps(dg.materialize([cards])) == []
