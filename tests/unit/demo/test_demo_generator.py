"""Equal seeds give equal bytes; sizes stay modest; sources do not shift each other; bad sizes are refused."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from demo_world import Demo

from pipelines.demo import generate, generate_small, truth_to_json
from pipelines.demo.generator import Size
from pipelines.demo.roster import build_roster
from pipelines.demo.x_events import make_posts


def digests(home: Path) -> dict[str, str]:
    return {
        path.relative_to(home).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(home.rglob("*"))
        if path.is_file()
    }


def test_equal_seeds_give_equal_bytes_and_truth(demo: Demo, tmp_path: Path) -> None:
    again = generate(tmp_path)
    assert digests(tmp_path) == digests(demo.home)
    assert truth_to_json(again) == truth_to_json(demo.truth)


def test_the_small_company_is_deterministic_too(small_demo: Demo, tmp_path: Path) -> None:
    again = generate_small(tmp_path)
    assert digests(tmp_path) == digests(small_demo.home)
    assert truth_to_json(again) == truth_to_json(small_demo.truth)


def test_another_seed_gives_other_exports_but_the_same_people(small_demo: Demo, tmp_path: Path) -> None:
    generate_small(tmp_path, seed=7)
    ours, others = digests(small_demo.home), digests(tmp_path)
    assert ours["people/people.csv"] == others["people/people.csv"]
    order = "exports/shopify/shop_cn/2026-11-09/orders_export.csv"
    assert ours[order] != others[order]


def test_the_folder_is_small_and_holds_no_truth(demo: Demo) -> None:
    files = [path for path in demo.home.rglob("*") if path.is_file()]
    assert sum(path.stat().st_size for path in files) < 30_000_000
    assert not [path for path in files if "truth" in path.name or path.suffix == ".json"]


def test_a_month_does_not_depend_on_the_months_before_it() -> None:
    roster = build_roster(24, 3, 2)
    alone = make_posts(roster, "x_dev", ["2025-04", "2025-05", "2025-06"], 20241001)
    longer = make_posts(roster, "x_dev", ["2025-05", "2025-06"], 20241001)
    may = [post.post_id for post in alone if post.created_at.month == 5]
    assert may == [post.post_id for post in longer if post.created_at.month == 5]


def test_too_few_people_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="at least 24 people, not 12"):
        generate(tmp_path, people=12)
    assert not list(tmp_path.iterdir())


def test_an_empty_range_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no month lies between 2026-10 and 2026-01"):
        generate(tmp_path, start="2026-10", end="2026-01")


def test_more_people_can_be_asked_for() -> None:
    roster = build_roster(30, 3, 2)
    assert len({person.person_id for person in roster.people}) == 30
    assert len({person.name for person in roster.people}) == 30
    assert len({person.initials for person in roster.people}) == 30


def test_months_are_counted_over_the_year_end() -> None:
    assert Size(24, 3, 2, "2025-11", "2026-02", 1).months == ["2025-11", "2025-12", "2026-01", "2026-02"]
