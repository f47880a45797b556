"""A kill at any write leaves the old state or the new one, and the next attempt finishes the work."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from cards_sample import PERIOD, Case, company, content, reading, result, segment
from test_cards_seal import contents

from pipelines.scorecards import Built, SealRefusedError, seal, verify

pytestmark = pytest.mark.usefixtures("quick_paper")

AT = datetime(2026, 11, 4, 8, 30, tzinfo=UTC)
Build = Callable[[Case], Built]


def small(posts: str = "0.9714") -> Case:
    """Two people, one language: every write is of a kind that more people only repeat."""
    frequency = reading("posting_frequency", posts)
    given = [segment("E001", "content", content(posting_frequency=frequency)), segment("E004", "content", content())]
    return Case(company=company(languages=("en",)), scored=result(given, ()))


class Killed(BaseException):
    """Stands for SIGKILL: nothing of ours may catch it and clean up."""


@contextmanager
def killed_at(step: int, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    """Die before the n-th operation that changes what others see: a rename, a sync to disk, a removal."""
    count = [0]

    def dying(real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **kwargs: Any) -> Any:
            count[0] += 1
            if count[0] == step:
                raise Killed
            return real(*args, **kwargs)

        return call

    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", dying(Path.rename))
        patch.setattr(os, "fsync", dying(os.fsync))
        patch.setattr(shutil, "rmtree", dying(shutil.rmtree))
        yield count


def steps_of(action: Callable[[], object], monkeypatch: pytest.MonkeyPatch) -> int:
    with killed_at(0, monkeypatch) as count:
        action()
    return count[0]


def restored(copy: Path, home: Path) -> None:
    shutil.rmtree(home)
    shutil.copytree(copy, home)


def spread(total: int) -> list[int]:
    """Every step near both ends, where the renames are, and some of the many writes between."""
    return sorted({*range(1, min(6, total) + 1), *range(7, total, 9), *range(max(1, total - 14), total + 1)})


def test_a_killed_build_leaves_a_whole_draft(build: Build, tmp_path: Path, monkeypatch: Any) -> None:
    old = contents(build(small()).path)
    changed = small("1.1428")
    before = tmp_path.with_name(tmp_path.name + "_before")
    shutil.copytree(tmp_path, before)
    total = steps_of(lambda: build(changed), monkeypatch)
    new = contents(tmp_path / "scorecards" / PERIOD / "draft")
    assert new != old and total > 10
    for step in spread(total):
        restored(before, tmp_path)
        with killed_at(step, monkeypatch), pytest.raises(Killed):
            build(changed)
        draft = tmp_path / "scorecards" / PERIOD / "draft"
        if draft.exists():
            assert contents(draft) in (old, new), f"half a draft after a kill at step {step}"
        build(changed)
        assert contents(draft) == new
        assert [path.name for path in draft.parent.iterdir()] == ["draft"]


def test_a_killed_seal_leaves_nothing_or_is_finished_by_the_next(
    build: Build, tmp_path: Path, monkeypatch: Any
) -> None:
    case = small()
    build(case)
    before = tmp_path.with_name(tmp_path.name + "_before")
    shutil.copytree(tmp_path, before)

    def sealing() -> Path:
        return seal(tmp_path, case.company, PERIOD, "E009", at=AT)

    total = steps_of(sealing, monkeypatch)
    undisturbed = contents(tmp_path)
    for step in spread(total):
        restored(before, tmp_path)
        with killed_at(step, monkeypatch), pytest.raises(Killed):
            sealing()
        if (tmp_path / "seals" / PERIOD / "r1").exists():
            with pytest.raises(SealRefusedError, match="sealed already as r1"):
                sealing()
        else:
            sealing()
        assert contents(tmp_path) == undisturbed, f"after a kill at step {step}"
        assert verify(tmp_path, PERIOD, code_version=case.versions["code"]).sound


def test_a_run_finishes_a_killed_seal_too(build: Build, tmp_path: Path, monkeypatch: Any) -> None:
    case = small()
    build(case)
    before = tmp_path.with_name(tmp_path.name + "_before")
    shutil.copytree(tmp_path, before)
    total = steps_of(lambda: seal(tmp_path, case.company, PERIOD, "E009", at=AT), monkeypatch)
    undisturbed = contents(tmp_path)
    for step in range(total - 14, total + 1):
        restored(before, tmp_path)
        with killed_at(step, monkeypatch), pytest.raises(Killed):
            seal(tmp_path, case.company, PERIOD, "E009", at=AT)
        if (tmp_path / "seals" / PERIOD / "r1").exists():
            build(small())
            assert contents(tmp_path) == undisturbed
