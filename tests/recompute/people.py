"""The company's own files: settings, people, identities, assignments, rosters, overrides, calendar.

Belongs here: who held what on which day. Windows are half-open and days are those of the company's time zone. Does not
belong here: which of several claims wins; that is in `credit`.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import yaml

UNASSIGNED = "UNASSIGNED"
SHIPPED_CALENDARS = Path(__file__).resolve().parents[2] / "pipelines" / "company" / "calendars"
DEFAULTS: dict[str, Any] = {
    "bookmark_weight": 2,
    "measure_age_days": 7,
    "business_start": "09:00",
    "business_end": "18:00",
    "sla_first_reply_minutes": 240,
    "viral_z": 3.5,
    "viral_min_posts": 20,
    "viral_baseline_days": 90,
    "original_min_coverage": 0.95,
    "content_formats": ["text", "image", "video", "poll", "live", "link"],
    "x_utm_sources": ["x", "twitter", "t.co"],
    "event_order_days": 30,
    "csat_scale_min": 1,
    "csat_scale_max": 5,
    "crisis_response_minutes_high": 60,
    "crisis_response_minutes_medium": 240,
    "crisis_response_minutes_low": 1440,
    "crisis_resolve_minutes_high": 1440,
    "crisis_resolve_minutes_medium": 4320,
    "crisis_resolve_minutes_low": 10080,
    "min_raters_360": 3,
    "content_weight_article": 3,
    "content_weight_video": 4,
    "content_weight_event": 5,
    "content_weight_post": 1,
    "customer_active_days": 365,
    "high_value_days": 365,
    "high_value_amount": 1000,
    "loyalty_days": 90,
    "value_weight_active": 0.4,
    "value_weight_high_value": 0.3,
    "value_weight_referral": 0.3,
    "online_channels": ["site", "social", "x_ads", "meta_ads", "linkedin_ads", "search_ads"],
    "social_channels": ["social", "x_ads", "meta_ads", "linkedin_ads"],
    "paid_channels": ["x_ads", "meta_ads", "linkedin_ads", "search_ads"],
    "ad_spend_channel": "meta_ads",
    "touch_window_social_days": 7,
    "touch_window_crm_days": 30,
    "lead_conversion_days": 30,
    "lead_required_fields": ["name", "email", "phone", "company"],
    "web_settle_days": 2,
    "ad_settle_days": 28,
    "sentiment_min_accuracy": 0.7,
    "sentiment_min_labelled_share": 0.8,
    "sentiment_min_labels": 30,
}


def month_of(day: date) -> str:
    return f"{day:%Y-%m}"


def days_between(first: date, end: date) -> Iterator[date]:
    """Every day from the first until before the end."""
    while first < end:
        yield first
        first += timedelta(days=1)


def _table(path: Path) -> list[dict[str, str]]:
    if not path.is_file():
        return []
    text = "\n".join(line for line in path.read_text(encoding="utf-8-sig").splitlines() if not line.startswith("#"))
    return list(csv.DictReader(io.StringIO(text)))


def _day(cell: str, otherwise: date) -> date:
    return date.fromisoformat(cell) if cell else otherwise


@dataclass(frozen=True)
class Claim:
    """One person's share in something from a day until before another."""

    person: str
    share: Fraction
    valid_from: date
    valid_to: date

    def holds(self, day: date) -> bool:
        return self.valid_from <= day < self.valid_to


@dataclass(frozen=True)
class Shift:
    """One person on duty from one local minute until before another."""

    person: str
    starts_at: datetime
    ends_at: datetime


class Company:
    """Everything that people keep by hand."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.config: dict[str, Any] = yaml.safe_load((home / "company.yaml").read_text(encoding="utf-8"))
        self.zone = ZoneInfo(self.config["timezone"])
        self.settings = DEFAULTS | (self.config.get("settings") or {})
        people = home / "people"
        self.employed = {
            row["person_id"]: (date.fromisoformat(row["hired_on"]), _day(row["left_on"], date.max))
            for row in _table(people / "people.csv")
        }
        self.positions = [
            (row["person_id"], row["team_id"], date.fromisoformat(row["valid_from"]), _day(row["valid_to"], date.max))
            for row in _table(people / "positions.csv")
        ]
        self.roles = [
            (row["person_id"], row["role"], date.fromisoformat(row["valid_from"]), _day(row["valid_to"], date.max))
            for row in _table(people / "positions.csv")
        ]
        self.accounts = {row["account_id"]: row for row in _table(people / "accounts.csv")}
        self.identities = self._claims(people / "identity_map.csv", "system", "external_id")
        self.assignments = self._claims(people / "assignments.csv", "subject_type", "subject_id")
        self.overrides = self._overrides(home / "reviews" / "record_overrides.csv")
        self.roster: dict[tuple[str, str], list[Shift]] = {}
        for row in _table(people / "duty_roster.csv"):
            shift = Shift(row["person_id"], _minute(row["starts_at"]), _minute(row["ends_at"]))
            self.roster.setdefault((row["subject_type"], row["subject_id"]), []).append(shift)
        self.plan = _table(people / "publishing_plan.csv")
        self.offline_events = [
            (row["account_id"], date.fromisoformat(row["valid_from"]), date.fromisoformat(row["valid_to"]))
            for row in _table(people / "offline_events.csv")
        ]
        self.excluded_handles = {
            row["handle"].lstrip("@").casefold() for row in _table(people / "excluded_handles.csv")
        }
        self.holidays = self._calendar()
        self.costs = _table(home / "reviews" / "costs.csv")
        self.incentives = _table(home / "reviews" / "member_incentives.csv")
        self.finance = _table(home / "reviews" / "finance.csv")
        self.group_communities = [
            (row["group_id"], row["community_id"], _day(row["valid_from"], date.min), _day(row["valid_to"], date.max))
            for row in _table(people / "community_groups.csv")
        ]

    @staticmethod
    def _claims(path: Path, first: str, second: str) -> dict[tuple[str, str], list[Claim]]:
        claims: dict[tuple[str, str], list[Claim]] = {}
        for row in _table(path):
            share = Fraction(row.get("share", "100").rstrip("%")) / 100
            claim = Claim(row["person_id"], share, _day(row["valid_from"], date.min), _day(row["valid_to"], date.max))
            claims.setdefault((row[first].casefold(), row[second].strip().casefold()), []).append(claim)
        return claims

    def _overrides(self, path: Path) -> dict[tuple[str, str], list[Claim]]:
        overrides: dict[tuple[str, str], list[Claim]] = {}
        for row in _table(path):
            if row["approved_by"] in self.config["approvers"]:
                claim = Claim(row["person_id"], Fraction(row["share"]) / 100, date.min, date.max)
                overrides.setdefault((row["record_type"], row["record_id"]), []).append(claim)
        return overrides

    def _calendar(self) -> dict[date, bool]:
        name = self.config.get("calendar", "cn")
        own = self.home / "calendars" / f"{name}.csv"
        path = own if own.is_file() else SHIPPED_CALENDARS / f"{name}.csv"
        return {date.fromisoformat(row["day"]): row["is_working"] == "true" for row in _table(path)}

    def reviews(self, name: str) -> list[dict[str, str]]:
        """The rows of a review file."""
        return _table(self.home / "reviews" / f"{name}.csv")

    def is_working(self, day: date) -> bool:
        return self.holidays.get(day, day.weekday() < 5)

    def is_offline(self, account: str, day: date) -> bool:
        """Whether an event off line is held on a day, for all accounts or for this one."""
        return any(start <= day < end and whose in {"", account} for whose, start, end in self.offline_events)

    def is_employed(self, person: str, day: date) -> bool:
        hired, left = self.employed[person]
        return hired <= day < left

    def local(self, instant: datetime) -> datetime:
        """The company's wall clock at an instant, without a zone."""
        return instant.astimezone(self.zone).replace(tzinfo=None)

    def account_zone(self, account: str) -> ZoneInfo:
        stated = self.accounts[account]["timezone"]
        return ZoneInfo(stated) if stated else self.zone

    def only_account(self, platform: str) -> str:
        """The one account of a platform, or the empty text where several could be meant."""
        found = [account for account, row in self.accounts.items() if row["platform"] == platform]
        return found[0] if len(found) == 1 else ""

    def teams_on(self, day: date) -> list[tuple[str, str]]:
        """(person, team) of everybody who is employed and in a team on a day."""
        return [
            (person, team)
            for person, team, start, end in self.positions
            if start <= day < end and self.is_employed(person, day)
        ]

    def business_minutes(self, start: datetime, end: datetime) -> Fraction:
        """Minutes of opening hours on working days between two instants."""
        opening = time.fromisoformat(self.settings["business_start"])
        closing = time.fromisoformat(self.settings["business_end"])
        first, last = self.local(start), self.local(end)
        total = timedelta()
        for day in days_between(first.date(), last.date() + timedelta(days=1)):
            if self.is_working(day):
                begin = max(first, datetime.combine(day, opening))
                until = min(last, datetime.combine(day, closing))
                total += max(until - begin, timedelta())
        return minutes(total)


def _minute(cell: str) -> datetime:
    return datetime.fromisoformat(cell)


def minutes(length: timedelta) -> Fraction:
    """A length of time in minutes, exactly."""
    return Fraction(length // timedelta(microseconds=1), 60_000_000)
