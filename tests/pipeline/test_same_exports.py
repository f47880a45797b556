"""The same exports, delivered otherwise, are the same results to the byte: twice, in another order, re-encoded."""

from __future__ import annotations

import csv
import io
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import comparing
import pytest
from running import Scorecards, twin_home

DECIMALS = {"orders_export.csv": ("Subtotal", "Shipping", "Taxes", "Total", "Discount Amount", "Lineitem price")}


def utf16_with_sep(text: str) -> bytes:
    """What Excel writes as Unicode text, with the line that tells it the delimiter."""
    return ("sep=,\r\n" + text).encode("utf-16")


def gb18030(text: str) -> bytes:
    """What Chinese Windows programs write."""
    return text.encode("gb18030")


def continental(text: str) -> bytes:
    """Semicolons between fields and commas in decimal numbers, as a continental regional setting writes them."""
    rows = list(csv.reader(io.StringIO(text)))
    money = {place for place, name in enumerate(rows[0]) if name in DECIMALS["orders_export.csv"]}
    money |= {place for place, name in enumerate(rows[0]) if name == "Refunded Amount"}
    target = io.StringIO()
    writer = csv.writer(target, delimiter=";", lineterminator="\r\n")
    writer.writerow(rows[0])
    for row in rows[1:]:
        writer.writerow([cell.replace(".", ",") if place in money else cell for place, cell in enumerate(row)])
    return target.getvalue().encode("utf-8-sig")


REENCODED: dict[str, Callable[[str], bytes]] = {
    "exports/tickets/*/ticket_events_*.csv": utf16_with_sep,
    "exports/x/x_brand/*/account_overview_analytics.csv": utf16_with_sep,
    "exports/x/x_brand/*/account_analytics_content_*.csv": gb18030,
    "exports/cms/*/content_log_*.csv": gb18030,
    "exports/shopify/shop_cn/*/orders_export.csv": continental,
}


@pytest.fixture(scope="module")
def otherwise(lean_home: Path, tmp_path_factory: pytest.TempPathFactory, scorecards: Scorecards) -> Path:
    """The small company, re-encoded; every other export arrives in a second run, and all of it again as copies."""
    home = twin_home(lean_home, tmp_path_factory.mktemp("otherwise"))
    for pattern, encode in REENCODED.items():
        paths = sorted(home.glob(pattern))
        assert paths, pattern
        for path in paths:
            path.write_bytes(encode(path.read_text(encoding="utf-8-sig")))
    waiting = home.parent / "waiting"
    everything = sorted((home / "exports").rglob("*.csv"))
    for path in everything[::2]:
        place = waiting / path.relative_to(home)
        place.parent.mkdir(parents=True, exist_ok=True)
        path.rename(place)
    scorecards(home, "run", "2026-10")
    assert comparing.digests(home) != comparing.digests(lean_home)
    shutil.copytree(waiting, home, dirs_exist_ok=True)
    originals = sorted((lean_home / "exports").rglob("*.csv"))
    for number, original in enumerate(originals):
        path = home / original.relative_to(lean_home)
        copied = path.with_name(f"{path.stem} ({number % 3 + 1}).csv")
        shutil.copyfile(original, copied)  # the copy in the vendor's own encoding
        os.utime(copied, ns=(0, (number + 1) * 10**15))
    scorecards(home, "run", "2026-10")
    return home


def test_everything_was_delivered_twice_and_nothing_was_set_aside(
    otherwise: Path, lean_home: Path, scorecards: Scorecards
) -> None:
    n_files = len(list((lean_home / "exports").rglob("*.csv")))
    said = scorecards(otherwise, "status").stdout
    assert f"landing: {n_files} files, {n_files} delivered again" in said
    assert "quarantine" not in said
    assert "broken rows" not in said


def test_the_published_bytes_are_the_same(otherwise: Path, lean_home: Path) -> None:
    assert comparing.digests(otherwise) == comparing.digests(lean_home)
    assert comparing.parquet(otherwise) == comparing.digests(otherwise)


def test_the_rows_of_the_warehouse_are_the_same(otherwise: Path, lean_home: Path) -> None:
    ours, theirs = comparing.rows(otherwise), comparing.rows(lean_home)
    assert ours.keys() == theirs.keys()
    assert [name for name in theirs if ours[name] != theirs[name]] == []


def test_every_card_is_the_same(otherwise: Path, lean_home: Path) -> None:
    theirs = comparing.cards(lean_home, "2026-10")
    # five people with a card, two languages, HTML, PDF and XLSX; beside them the list of scores and the lists of HR
    assert sum("_scorecard_" in name for name in theirs) == 30
    assert {"2026-10_scores_draft.csv", "2026-10_list_payout_register_draft.csv"} <= set(theirs)
    assert comparing.cards(otherwise, "2026-10") == theirs
