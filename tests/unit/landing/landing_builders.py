"""A company folder with three accounts, and exports in the vendors' own headers, made up here."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from pipelines.company.model import Company
from pipelines.company.records import Account
from pipelines.company.settings import CompanyFile, SourceOverride
from pipelines.landing import IngestReport, ingest
from pipelines.landing.records import FileRecord

MONTHLY_HEADER = [
    "Tweet id",
    "Tweet permalink",
    "Tweet text",
    "time",
    "impressions",
    "engagements",
    "engagement rate",
    "retweets",
    "replies",
    "likes",
    "user profile clicks",
    "url clicks",
    "hashtag clicks",
    "detail expands",
    "permalink clicks",
    "app opens",
    "app installs",
    "follows",
    "email tweet",
    "dial phone",
    "media views",
    "media engagements",
]
MONTHLY_HEADER += [f"promoted {name}" for name in MONTHLY_HEADER[4:]]
CONTENT_HEADER = [
    "Post id",
    "Date",
    "Post text",
    "Post Link",
    "Impressions",
    "Likes",
    "Engagements",
    "Bookmarks",
    "Shares",
    "New follows",
    "Replies",
    "Reposts",
    "Profile visits",
    "Detail Expands",
    "URL Clicks",
    "Hashtag Clicks",
    "Permalink Clicks",
]
OVERVIEW_HEADER = [
    "Date",
    "Impressions",
    "Likes",
    "Engagements",
    "Bookmarks",
    "Shares",
    "New follows",
    "Unfollows",
    "Replies",
    "Reposts",
    "Profile visits",
    "Create Post",
    "Video views",
    "Media views",
]
MONTHLY_NAME = "tweet_activity_metrics_acme_20261001_20261101_en.csv"
TICKET_HEADER = ["Case ID", "Activity", "Resource", "Complete Timestamp"]

FIRST_ID = 1_973_000_000_000_000_123  # a snowflake of 2025-09-30 and 19 digits, as all are since 2019


def monthly_row(n: int, *, text: str = "hello", impressions: str = "100.0") -> list[str]:
    """One post of the monthly export, numbers with a needless decimal as X writes them."""
    link = f"https://twitter.com/acme/status/{FIRST_ID + n}"
    stamp = f"2026-10-{n % 28 + 1:02d} 18:50 +0000"
    counts = [impressions, "7.0", "0.07", "1.0", "2.0", "4.0", *(["0"] * 12)]
    return [str(FIRST_ID + n), link, text, stamp, *counts, *(["-"] * 18)]


def content_row(n: int, *, post_id: str | None = None, link: str | None = None) -> list[str]:
    """One post of today's content export."""
    number = str(FIRST_ID + n)
    shown = f"https://x.com/acme/status/{number}" if link is None else link
    return [number if post_id is None else post_id, "Tue, Sep 30, 2025", "hi", shown, "1,234", *(["0"] * 12)]


def overview_row(day: str, impressions: str = "50") -> list[str]:
    """One day of today's overview export."""
    return [day, impressions, "1", "2", "0", "0", "3", "1", *(["0"] * 6)]


def to_csv(rows: Sequence[Sequence[str]], delimiter: str = ",", newline: str = "\n") -> str:
    """The rows as CSV text."""
    target = io.StringIO()
    csv.writer(target, delimiter=delimiter, lineterminator=newline).writerows(rows)
    return target.getvalue()


class Home:
    """A company folder under test."""

    def __init__(self, path: Path):
        self.path = path
        self.accounts: tuple[Account, ...] = (
            account("acme_x", "x", handle="@Acme"),
            account("other_x", "x", handle="other"),
            account("shop_de", "shopify", timezone="Europe/Berlin"),
        )
        self.sources: dict[str, SourceOverride] = {}

    @property
    def company(self) -> Company:
        """The company as it stands."""
        file = CompanyFile(name="Acme", timezone="Asia/Shanghai", currency="CNY", sources=self.sources)
        return Company(home=self.path, file=file, accounts=self.accounts)

    def put(self, label: str, content: str | bytes) -> Path:
        """Put an export at a place below exports/."""
        path = self.path / "exports" / label
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def ingest(self) -> IngestReport:
        """Land what is there."""
        return ingest(self.company)

    def only(self) -> FileRecord:
        """Land what is there, and return its one record."""
        (record,) = self.ingest().records
        return record

    def table(self, record: FileRecord) -> pa.Table:
        """The landed rows of a record."""
        assert record.status != "quarantined", record.reason
        return pq.read_table(self.path / "landing" / record.spec_id / f"{record.content_id}.parquet")

    def broken(self, record: FileRecord) -> list[dict[str, str]]:
        """The rows that were set aside."""
        path = self.path / "quarantine" / f"{record.content_id}_rows.csv"
        return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))))

    def published(self) -> dict[str, bytes]:
        """Every Parquet file of landing with its bytes."""
        files = (self.path / "landing").rglob("*.parquet")
        return {file.relative_to(self.path).as_posix(): file.read_bytes() for file in sorted(files)}


def keyed_home(path: Path) -> Home:
    """A folder with the key that all such folders share, so that their pseudonyms agree."""
    (path / "secrets").mkdir(parents=True)
    (path / "secrets" / "pseudonym.key").write_text("ab" * 32 + "\n", encoding="ascii")
    (path / "secrets" / "pseudonym.key").chmod(0o600)
    return Home(path)


def account(account_id: str, platform: str, *, handle: str = "", timezone: str = "") -> Account:
    """An account that is active all along."""
    return Account(
        account_id=account_id, platform=platform, handle=handle, timezone=timezone, active_from=date(2015, 1, 1)
    )
