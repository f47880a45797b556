"""Content items of the CMS: who wrote them, what was published, what was due.

Belongs here: the list of content items. Does not belong here: what readers made of an article; that is in `articles`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from functools import cache

from .credit import Shares, by_assignment, by_identity, settle
from .kpi import Entry, World, recomputes
from .people import Company, month_of
from .raw import Row, UnreadableError

ITEMS = {
    "item_id": ("Content ID",),
    "type": ("Item type",),
    "due": ("Due",),
    "published": ("Published",),
    "status": ("Status",),
    "account": ("Account",),
    "platform_id": ("Platform ID",),
    "author": ("Author",),
    "author_share": ("Author share",),
    "co_author": ("Co-author",),
    "co_author_share": ("Co-author share",),
}
WRITERS = (("author", "author_share"), ("co_author", "co_author_share"))
CALLED_OFF = {"cancelled"}

Writers = tuple[tuple[str, Fraction], ...]


@dataclass(frozen=True)
class Item:
    """A content item as the last list has it; instants are the company's wall clock."""

    item_id: str
    type: str
    due_by: datetime | None  # the instant after which it is late
    due_on: date | None
    published: datetime | None
    is_called_off: bool
    account: str
    platform_id: str
    writers: Writers
    listed_on: date


@cache
def items(world: World) -> tuple[Item, ...]:
    found: dict[str, Item] = {}
    for file in world.files:
        for row in file.rows(ITEMS, ("item_id", "due", "published", "status", "author")):
            if row.text("item_id"):
                found[row.text("item_id")] = _item(row, world.company, file.exported_on)
    return tuple(found.values())


def _item(row: Row, company: Company, listed_on: date) -> Item:
    due_by, due_on = _due(row, company)
    published = row.time("published", company.zone)
    return Item(
        row.text("item_id"),
        row.text("type").casefold(),
        due_by,
        due_on,
        None if published is None else company.local(published),
        row.text("status").casefold() in CALLED_OFF,
        row.text("account"),
        row.text("platform_id"),
        _writers(row),
        listed_on,
    )


def _due(row: Row, company: Company) -> tuple[datetime | None, date | None]:
    """When an item becomes late, and the day it is due; a day alone means its end."""
    if not row.text("due"):
        return None, None
    try:
        day = row.day("due")
    except UnreadableError:
        due = row.time("due", company.zone)
        assert due is not None
        local = company.local(due)
        return local, local.date()
    return datetime.combine(day + timedelta(days=1), time()) - timedelta(microseconds=1), day


def _writers(row: Row) -> Writers:
    """Authors and their parts: as stated, else equal parts of what is left."""
    stated = [(row.text(name), row.number(share)) for name, share in WRITERS if row.text(name)]
    silent = sum(share is None for _, share in stated)
    rest = 1 - sum((share / 100 for _, share in stated if share is not None), Fraction(0))
    return tuple((name, rest / silent if share is None else share / 100) for name, share in stated)


def by_writers(company: Company, writers: Sequence[tuple[str, Fraction]], day: date) -> Shares:
    """Each author's part, of the authors whom the CMS knows."""
    shares: Shares = {}
    for name, part in writers:
        for person, share in by_identity(company, "cms", name, day).items():
            shares[person] = shares.get(person, Fraction(0)) + part * share
    return shares


def _credited(company: Company, item: Item, day: date) -> Shares:
    steps = (
        by_writers(company, item.writers, day),
        by_assignment(company, "account", item.account, day) if item.account else {},
    )
    return settle(company, ("content_item", item.item_id), day, steps)


def _weight(company: Company, item: Item) -> Fraction:
    weights = {name: company.settings[f"content_weight_{name}"] for name in ("article", "video", "event", "post")}
    return Fraction(str(weights.get(item.type, weights["post"])))


@recomputes("content_items_published", "content_output_rate", "publishing_timeliness")
def item_entries(world: World) -> Iterator[Entry]:
    company = world.company
    for item in items(world):
        if item.is_called_off:
            continue
        weight = _weight(company, item)
        if item.published is not None:
            day = item.published.date()
            for person, share in _credited(company, item, day).items():
                yield Entry("content_items_published", month_of(day), person, share)
                yield Entry("content_output_rate", month_of(day), person, weight * share)
        if item.due_on is not None and item.due_by is not None:
            in_time = item.published is not None and item.published <= item.due_by
            was_due = item.due_by < datetime.combine(item.listed_on, time())
            for person, share in _credited(company, item, item.due_on).items():
                yield Entry("content_output_rate", month_of(item.due_on), person, Fraction(0), weight * share)
                if was_due:
                    yield Entry("publishing_timeliness", month_of(item.due_on), person, share * in_time, share)
