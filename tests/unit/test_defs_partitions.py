"""Which months a company has: the first one, the time zone, and what is said to whoever asks for another."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipelines.company.extent import Extent, company_extent, outside_extent
from pipelines.company.findings import InputError
from pipelines.company.loader import load_company
from pipelines.company.templates import init_company
from pipelines.defs import partitions
from pipelines.defs.home import HOME_VARIABLE
from pipelines.defs.partitions import monthly_partitions, partition_key
from pipelines.periods import Month
from pipelines.runner import run_periods

SOURCES = """
expected_sources:
  - {family: x_posts, account_id: brand, cadence: range, from: 2025-03-09}
  - {family: orders, account_id: shop, cadence: events, from: 2025-02-28}
"""
POSITIONS = "person_id,role,level,team_id,bonus_base,valid_from,valid_to\nP1,operator,,growth,100,2023-06-01,\n"


def folder(home: Path, yaml: str = "", positions: str = "") -> Path:
    home.mkdir(exist_ok=True)
    (home / "company.yaml").write_text(f"name: A\ntimezone: Europe/London\ncurrency: GBP\n{yaml}", encoding="utf-8")
    if positions:
        (home / "people").mkdir(exist_ok=True)
        (home / "people" / "positions.csv").write_text(positions, encoding="utf-8")
    return home


@pytest.mark.parametrize(
    ("yaml", "positions", "first"),
    [
        ("first_month: 2024-10\n" + SOURCES, POSITIONS, Month(2024, 10)),
        ("first_month: 2024-10-01\n", "", Month(2024, 10)),
        (SOURCES, "", Month(2025, 2)),
        (SOURCES, POSITIONS, Month(2023, 6)),
        ("", POSITIONS, Month(2023, 6)),
        ("", "", Month(2024, 1)),
    ],
)
def test_the_first_month(tmp_path: Path, yaml: str, positions: str, first: Month) -> None:
    assert company_extent(folder(tmp_path, yaml, positions)) == Extent(first, "Europe/London")


@pytest.mark.parametrize(
    ("yaml", "positions"),
    [
        ("first_month: soon\n", POSITIONS),
        ("expected_sources: yes\n", POSITIONS),
        ("expected_sources: [1, {from: never}]\n", POSITIONS + "P2,operator,,growth,100,never,\n"),
    ],
)
def test_what_cannot_be_read_is_passed_over(tmp_path: Path, yaml: str, positions: str) -> None:
    assert company_extent(folder(tmp_path, yaml, positions)).first_month == Month(2023, 6)


def test_a_broken_company_still_has_months(tmp_path: Path) -> None:
    (tmp_path / "company.yaml").write_text("name: [", encoding="utf-8")
    assert company_extent(tmp_path) == Extent(Month(2024, 1), "UTC")
    assert company_extent(tmp_path / "nowhere") == Extent(Month(2024, 1), "UTC")


def test_the_loader_reads_the_key_and_tells_a_broken_one(tmp_path: Path) -> None:
    home = tmp_path / "company"
    init_company(home)
    assert load_company(home).file.first_month is None
    path = home / "company.yaml"
    template = path.read_text(encoding="utf-8")
    path.write_text(template.replace("first_month:", "first_month: 2024-10"), encoding="utf-8")
    assert load_company(home).file.first_month == Month(2024, 10)
    path.write_text(template.replace("first_month:", "first_month: autumn"), encoding="utf-8")
    with pytest.raises(InputError, match=r"company.yaml, row \d+, column first_month: .*autumn"):
        load_company(home)


def test_an_earlier_month_is_refused_with_the_key_and_the_mend(tmp_path: Path) -> None:
    home = folder(tmp_path, "first_month: 2024-10\n")
    with pytest.raises(InputError) as refused:
        run_periods(home, [Month(2024, 9)])
    told = str(refused.value)
    assert told.startswith("company.yaml, column first_month: 2024-09 lies before the company's first month")
    assert "`first_month: 2024-09` in company.yaml" in told
    assert not (home / "dagster").exists()


def test_a_month_that_has_not_begun_is_refused() -> None:
    extent = Extent(Month(2024, 10), "Asia/Shanghai")
    assert outside_extent(extent, Month(2024, 10), Month(2026, 11), Month(2026, 11)) is None
    found = outside_extent(extent, Month(2026, 10), Month(2026, 12), Month(2026, 11))
    assert found is not None
    assert "2026-12 has not begun; in the company's time zone 2026-11 is running" in str(found)


def test_partitions_are_months_of_the_companys_time_zone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(HOME_VARIABLE, str(folder(tmp_path, "first_month: 2024-10\n")))
    made = monthly_partitions.__wrapped__()
    assert made.timezone == "Europe/London"
    assert made.get_first_partition_key() == "2024-10-01" == partition_key(Month(2024, 10))
    monkeypatch.delenv(HOME_VARIABLE)
    assert partitions.monthly_partitions.__wrapped__().timezone == "UTC"
