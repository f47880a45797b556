"""The declaration of masking and access says what the specs do and what the folders are."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipelines.company.keys import KEY_FILE, make_key_file
from pipelines.company.templates import PRIVATE_FOLDERS
from pipelines.landing.protection import open_places, protection
from pipelines.sources.registry import ALL_SPECS


@pytest.fixture
def private(tmp_path: Path) -> Path:
    """A company folder as `scorecards init` leaves it, as far as private things go."""
    for name in PRIVATE_FOLDERS:
        (tmp_path / name).mkdir(mode=0o700)
    make_key_file(tmp_path / KEY_FILE)
    return tmp_path


@pytest.mark.req("003-D5", "003-G5")
def test_what_others_may_enter_is_named_with_its_mode(private: Path) -> None:
    assert open_places(private) == ()
    (private / "archive").chmod(0o755)
    (private / KEY_FILE).chmod(0o640)
    assert open_places(private) == (("archive", "0755"), ("secrets/pseudonym.key", "0640"))
    assert protection(private, ()).to_dict()["open_places"] == [
        {"place": "archive", "mode": "0755"},
        {"place": "secrets/pseudonym.key", "mode": "0640"},
    ]


@pytest.mark.req("003-D5")
def test_a_publication_is_judged_by_what_its_link_points_to(private: Path) -> None:
    (private / "restricted").rmdir()
    target = private / "builds" / "b1" / "restricted"
    target.mkdir(parents=True, mode=0o700)
    (private / "restricted").symlink_to(target)
    assert open_places(private) == ()
    target.chmod(0o701)
    assert open_places(private) == (("restricted", "0701"),)


@pytest.mark.req("003-D5", "003-G5")
def test_masked_columns_are_those_of_the_specs_that_a_period_was_computed_from(private: Path) -> None:
    read = {"shopify_orders", "x_posts_content", "account_followers"}
    told = {one.spec_id: one for one in protection(private, read).sources}
    assert "account_followers" not in told, "a source without private columns has nothing to declare"
    assert told["shopify_orders"].keyed
    assert told["x_posts_content"].features == ("post_text",)
    every = {one.spec_id: one for one in protection(private, {spec.id for spec in ALL_SPECS}).sources}
    declared = {(spec.id, column.name) for spec in ALL_SPECS for column in spec.columns if column.pseudonymise}
    assert {(name, column) for name, one in every.items() for column in one.keyed} == declared
    assert declared
