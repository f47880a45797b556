"""What changed between two schemes: nothing is left out, and every key has its words."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from pipelines.cli import main
from pipelines.schemes import load_scheme, model, read_catalogue
from pipelines.schemes.changes import changes_between, scheme_changes
from pipelines.schemes.loader import SHIPPED, shipped_ids
from pipelines.scorecards.handbook.changes import changes_document
from pipelines.texts import has_text

pytestmark = pytest.mark.req("003-W5", "000-W6")
FROM_CATALOGUE = {"direction", "unit", "aggregation", "of_community", "interval", "min_denominator"}


def leaves(data: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The path of every number, word and switch of a dumped scheme."""
    items = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list | tuple) else None
    if items is None:
        if data is not None and not (path[0] in ("kpis", "gates") and path[-1] in FROM_CATALOGUE):
            yield path
        return
    for key, value in items:
        yield from leaves(value, (*path, key))


def changed(data: Any, path: tuple[Any, ...]) -> Any:
    """The dump with the leaf at `path` replaced by another value of its type."""
    if not path:
        if isinstance(data, bool):
            return not data
        if isinstance(data, Decimal | int):
            return data + 1
        return f"{data}x" if isinstance(data, str) else data.replace(year=data.year + 1)
    step = path[0]
    if isinstance(data, dict):
        return {**data, step: changed(data[step], path[1:])}
    return type(data)(changed(one, path[1:]) if index == step else one for index, one in enumerate(data))


@pytest.mark.parametrize("scheme_id", shipped_ids())
def test_no_key_can_change_unseen(scheme_id: str) -> None:
    """Every leaf of the file, one at a time: a change is found, and it leads to where the file was changed."""
    data = load_scheme(scheme_id).model_dump()
    for path in leaves(data):
        found = changes_between(data, changed(data, path))
        assert found, path
        if "id" in path:  # a block of another id is one that went and one that came
            assert {one.kind for one in found} == {"added", "removed"}
            continue
        steps = [str(step) for step in path if isinstance(step, str)]
        assert all(set(steps) - {"points"} <= {*one.path, "points"} for one in found), (path, found)


@pytest.mark.parametrize("scheme_id", shipped_ids())
def test_a_scheme_against_itself_has_no_change(scheme_id: str) -> None:
    assert scheme_changes(load_scheme(scheme_id), load_scheme(scheme_id)) == []


def test_there_and_back_are_the_same_changes_turned_round() -> None:
    turn = {"added": "removed", "removed": "added", "changed": "changed"}
    forth = scheme_changes(load_scheme("000"), load_scheme("003"))
    back = scheme_changes(load_scheme("003"), load_scheme("000"))
    assert sorted((one.path, turn[one.kind], one.after, one.before) for one in forth) == sorted(
        (one.path, one.kind, one.before, one.after) for one in back
    )


def test_every_key_of_a_scheme_has_a_name() -> None:
    blocks = [one for one in vars(model).values() if inspect.isclass(one) and issubclass(one, model.Block)]
    keys = {name for block in blocks for name in block.model_fields}
    assert sorted(key for key in keys if not has_text(f"changes.key.{key}")) == []


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_pages_tell_kpis_and_roles_by_their_names(lang: str) -> None:
    page = changes_document(load_scheme("000"), load_scheme("001"), read_catalogue(), lang)
    first = {row[0] for block in page.blocks if block.kind == "table" for row in block.rows}
    name = {"zh": "指标“用户访谈数”", "en": "KPI “User interviews”"}[lang]
    assert any(name in one for one in first), sorted(first)[:20]
    assert not any("kpis" in one or "user_interviews" in one for one in first)


def test_the_command_tells_a_new_weight_and_target(tmp_path: Path) -> None:
    text = (SHIPPED / "scheme_000.yaml").read_text(encoding="utf-8")
    later = text.replace('version: "1.0.0"', 'version: "1.1.0"', 1)
    assert later != text
    (tmp_path / "new.yaml").write_text(later, encoding="utf-8")
    told = CliRunner().invoke(main, ["render", str(tmp_path / "new.yaml"), "--against", "000", "--lang", "en"])
    assert told.exit_code == 0, told.output
    assert "| version | 1.0.0 | 1.1.0 |" in told.stdout
    assert "- Changes: 1" in told.stdout
    same = CliRunner().invoke(main, ["render", "000", "--against", "000", "--lang", "zh"])
    assert "两个方案完全相同。" in same.stdout
    wrong = CliRunner().invoke(main, ["render", "000", "--against", "no_such", "--lang", "en"])
    assert wrong.exit_code == 2
