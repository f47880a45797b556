"""The version of a scheme that is in force on a day: own versions before the shipped one, each from its own day on."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from pipelines.company.findings import InputError
from pipelines.schemes import Shelf
from pipelines.schemes.loader import SHIPPED

TEXT = (SHIPPED / "scheme_002.yaml").read_text(encoding="utf-8")


def keep(home: Path, name: str, version: str, since: str, scheme_id: str = "002") -> None:
    text = TEXT.replace('version: "1.0.0"', f'version: "{version}"')
    text = text.replace("effective_from: 2000-01-01", f"effective_from: {since}")
    text = text.replace('scheme_id: "002"', f'scheme_id: "{scheme_id}"')
    (home / "schemes").mkdir(exist_ok=True)
    (home / "schemes" / name).write_text(text, encoding="utf-8")


def in_force(home: Path, *days: str) -> list[str]:
    shelf = Shelf(home)
    return [shelf.in_force("002", date.fromisoformat(day)).version for day in days]


def test_without_own_versions_the_shipped_one_holds(tmp_path: Path) -> None:
    assert in_force(tmp_path, "2026-10-31") == ["1.0.0"]


@pytest.mark.req("003-W5", "003-R6")
def test_each_version_holds_from_its_day_on(tmp_path: Path) -> None:
    keep(tmp_path, "scheme_002.yaml", "3.0.0", "2026-10-01")
    keep(tmp_path, "scheme_002@2.0.0.yaml", "2.0.0", "2026-01-01")
    assert in_force(tmp_path, "2025-12-31", "2026-01-01", "2026-09-30", "2026-10-01") == [
        "1.0.0", "2.0.0", "2.0.0", "3.0.0",
    ]  # fmt: skip


def test_an_own_version_from_before_the_shipped_one_leaves_it_out(tmp_path: Path) -> None:
    keep(tmp_path, "scheme_002.yaml", "2.0.0", "1999-10-01")
    assert in_force(tmp_path, "2026-10-31") == ["2.0.0"]


def test_a_day_before_every_version_is_told_with_the_mend(tmp_path: Path) -> None:
    keep(tmp_path, "scheme_own.yaml", "1.0.0", "2026-10-01", "own")
    with pytest.raises(InputError) as caught:
        Shelf(tmp_path).in_force("own", date(2026, 9, 30))
    told = str(caught.value.findings[0])
    assert "schemes/scheme_own.yaml" in told
    assert "scheme own begins on 2026-10-01; on 2026-09-30 no version of it is in force" in told


@pytest.mark.parametrize(
    ("name", "since", "scheme_id", "problem"),
    [
        ("scheme_002@b.yaml", "2026-10-01", "002", "begins on the same day as scheme_002.yaml, 2026-10-01"),
        ("scheme_002@b.yaml", "2026-07-01", "001", "is named for scheme 002 and is scheme 001"),
        ("scheme_002@b.yaml", "2026-08-01", "002", "does not start with a quarter"),
    ],
)
def test_versions_that_contradict_each_other_stop(
    tmp_path: Path, name: str, since: str, scheme_id: str, problem: str
) -> None:
    keep(tmp_path, "scheme_002.yaml", "3.0.0", "2026-10-01")
    keep(tmp_path, name, "2.0.0", since, scheme_id)
    with pytest.raises(InputError, match=problem):
        Shelf(tmp_path).in_force("002", date(2026, 12, 31))


@pytest.mark.req("003-G10")
def test_a_year_within_which_a_scheme_changed_says_so() -> None:
    from pipelines.periods import Year
    from pipelines.schemes import load_scheme
    from pipelines.scoring import KpiReading, SegmentInput, score_period

    scheme = load_scheme("002").model_copy(update={"effective_from": date(2026, 7, 1)})
    readings = {kpi: KpiReading(kpi, Decimal(1)) for kpi in scheme.kpis}
    given = SegmentInput(
        "a",
        "2026-01-01",
        date(2026, 1, 1),
        date(9999, 12, 31),
        365,
        365,
        "content",
        "",
        "t",
        "002",
        Decimal(1),
        readings,
    )
    (person,) = score_period(Year(2026), "CNY", {"002": scheme}, [given]).people
    note = next(note for note in person.segments[0].notes if note.code == "scheme_since")
    assert note.to_dict()["params"] == {"since": "2026-07-01", "version": "1.0.0"}
