"""What users say in public, with the labels that the landed folder and people give.

Belongs here: exports of comments, their tool's labels (given, not recomputed), labels by people, the floors below which
shares are provisional. Does not belong here: judging texts; that is measured in tests/real.
"""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path

import duckdb

from .credit import Shares, by_assignment, settle
from .kpi import Entry, World, recomputes
from .people import UNASSIGNED, Company, month_of
from .raw import File

COMMENTS = {
    "comment_id": ("Comment ID", "评论编号"),
    "at": ("Comment time", "评论时间"),
    "network": ("Comment source", "评论平台"),
    "author": ("Commenter", "评论用户"),
    "text": ("Comment text", "评论内容"),
    "campaign": ("Campaign", "活动"),
}
KPIS = ("positive_sentiment_share", "user_sentiment_index")
TOOLS = Path(__file__).resolve().parents[2] / "dbt_project" / "seeds" / "sentiment_tools.csv"


@dataclass(frozen=True)
class Judged:
    """What a comment expresses, empty where nobody can say; the tool that says so, and the hash of what it read."""

    label: str
    tool: str = ""  # empty for people
    text_hash: str = ""


@dataclass(frozen=True)
class Comment:
    """A comment of a user as the last export has it."""

    network: str
    comment_id: str
    at: datetime
    campaign: str
    judged: Judged


@cache
def _landed(world: World) -> dict[str, str]:
    """SHA-256 of each file of comments that landed -> the content id that its labels stand under."""
    records = [
        json.loads(path.read_text(encoding="utf-8"))
        for path in (world.company.home / "landing" / "_files").glob("*.json")
    ]
    return {
        record["sha256"]: record["content_id"]
        for record in records
        if record["spec_id"] == "comments" and record["status"] == "landed"
    }


def _tools_labels(world: World, file: File) -> dict[int, Judged]:
    """Number of a row in its file -> what the tool says of it."""
    content = _landed(world)[hashlib.sha256(file.path.read_bytes()).hexdigest()]
    (path,) = (world.company.home / "landing" / "sentiment_labels").glob(f"{content}.*.parquet")
    with duckdb.connect() as connection:
        rows = connection.execute("select row_no, label, tool, text_hash from read_parquet(?)", [str(path)])
        return {number: Judged(label or "", tool or "", hashed) for number, label, tool, hashed in rows.fetchall()}


def texts_and_hashes(world: World) -> set[tuple[str, str]]:
    """Each text of the exports with the hash that stands beside its label."""
    return {
        (row.text("text"), labels[row.line].text_hash)
        for file in world.files
        if (rows := file.rows(COMMENTS, COMMENTS))
        for labels in [_tools_labels(world, file)]
        for row in rows
    }


def _own_handles(company: Company) -> set[str]:
    """Handles of the company's accounts, wherever they write, and those that it excludes."""
    own = {row["handle"].casefold() for row in company.accounts.values() if row["handle"]}
    return own | company.excluded_handles


@cache
def comments(world: World) -> tuple[Comment, ...]:
    """Every comment of a user once; reposts and what own and excluded accounts write are none."""
    company = world.company
    excluded = _own_handles(company)
    by_people = {
        (row["month"], row["network"], row["comment_id"]): Judged(row["label"])
        for row in company.reviews("sentiment_labels")
    }
    found: dict[tuple[str, str], Comment | None] = {}
    for file in world.files:
        rows = file.rows(COMMENTS, COMMENTS)
        labels = _tools_labels(world, file) if rows else {}
        for row in rows:
            key = row.text("network"), row.text("comment_id")
            at = row.time("at", company.zone)
            assert at is not None
            is_a_users = row.text("author").lstrip("@").casefold() not in excluded
            if not is_a_users or row.text("text").startswith("RT @"):
                found[key] = None
                continue
            said = by_people.get((month_of(company.local(at).date()), *key))
            found[key] = Comment(*key, at, row.text("campaign"), said or labels[row.line])
    return tuple(comment for comment in found.values() if comment is not None)


def _credited(company: Company, comment: Comment) -> Shares:
    """Override, else whoever holds the campaign. No export names an account."""
    day = company.local(comment.at).date()
    step = by_assignment(company, "campaign", comment.campaign, day) if comment.campaign else {}
    return settle(company, ("comment", comment.comment_id), day, (step,))


@recomputes(*KPIS)
def comment_entries(world: World) -> Iterator[Entry]:
    company = world.company
    for comment in comments(world):
        month = month_of(company.local(comment.at).date())
        label = comment.judged.label
        for person, share in _credited(company, comment).items():
            if not label:
                yield from (Entry(kpi_id, month, person) for kpi_id in KPIS)
                continue
            positive, negative = share * (label == "positive"), share * (label == "negative")
            yield Entry("positive_sentiment_share", month, person, positive, share)
            yield Entry("user_sentiment_index", month, person, positive - negative, share)


def _accuracies() -> dict[str, Fraction]:
    """How often each tool was right on texts that people judged; a tool that is not there was never measured."""
    with TOOLS.open(encoding="utf-8-sig", newline="") as file:
        return {row["tool"]: Fraction(Decimal(row["accuracy"])) for row in csv.DictReader(file)}


def doubtful(world: World) -> Iterator[tuple[str, str, str]]:
    """(month, person, reason) of everybody whose shares rest on too few labels or on tools that are not good enough."""
    company = world.company
    floors = {
        name: Fraction(str(company.settings[f"sentiment_min_{name}"]))
        for name in ("accuracy", "labelled_share", "labels")
    }
    accuracies = _accuracies()
    theirs: dict[tuple[str, str], list[Judged]] = {}
    for comment in comments(world):
        for person in _credited(company, comment).keys() - {UNASSIGNED}:
            theirs.setdefault((month_of(company.local(comment.at).date()), person), []).append(comment.judged)
    for (month, person), judged in theirs.items():
        labelled = [one for one in judged if one.label]
        tools = {one.tool for one in labelled if one.tool}
        if tools - accuracies.keys():
            yield month, person, "sentiment_tool_unjudged"
        if any(accuracies[tool] < floors["accuracy"] for tool in tools & accuracies.keys()):
            yield month, person, "sentiment_accuracy_low"
        if len(labelled) < floors["labelled_share"] * len(judged):
            yield month, person, "sentiment_unlabelled"
        if len(labelled) < floors["labels"]:
            yield month, person, "sentiment_few_labels"
