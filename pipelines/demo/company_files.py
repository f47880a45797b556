"""The demo company's own files: company.yaml, people/, reviews/ and targets agreed on the basis of its history.

Belongs here: the human side of the company folder.
Does not belong here: vendors' exports (the *_files modules) and who the people are (`roster`).
"""

from __future__ import annotations

import datetime as dt
import statistics
from collections.abc import Iterable, Sequence
from decimal import Decimal
from pathlib import Path

from pipelines.demo.commerce_events import COMMUNITY, MINI_PROGRAM
from pipelines.demo.content_world import OFFICIAL_ACCOUNT, ContentWorld
from pipelines.demo.files import csv_text, write_text
from pipelines.demo.follower_plants import FIRST_LIST
from pipelines.demo.roster import MANAGER, TEAM_LEADS, Position, Roster
from pipelines.demo.service_events import CLOSED, OPENED, RESOLVED, TAKEN
from pipelines.demo.truth import Truth, percentile

Rows = Iterable[Sequence[str]]

# KPI -> (scope of its target, higher is better, decimals); a ratio's target is a share of 1
_TARGETS = {
    "net_follower_growth": ("person", True, 0),
    "conversion_revenue": ("role", True, -2),
    "leads_submitted": ("role", True, 0),
    "site_clicks": ("role", True, -1),
    "engagement_rate_original": ("team", True, 5),
    "original_content_share": ("team", True, 2),
    "first_reply_minutes_p50": ("team", False, 0),
    "resolution_minutes_p50": ("team", False, -1),
    "team_net_follower_growth": ("team", True, -1),
    "team_impressions": ("team", True, -3),
}
_FIXED_TARGETS = (
    ("company", "", "posting_frequency", "0", "1"),
    ("company", "", "first_reply_within_sla", "0.5", "0.85"),
)
_MEDIANS = ("first_reply_minutes_p50", "resolution_minutes_p50")
RENEWED = "2026-01"  # targets are agreed anew from the year before


def write_company(home: Path, roster: Roster, months: list[str], *, hubspot: bool = True) -> None:
    """Write company.yaml and people/ (but for the targets, which need history).

    Args:
        home: the company folder.
        roster: everybody and everything.
        months: local months of the company's exports.
        hubspot: whether the company exports deals.
    """
    since = f"{months[0]}-01"
    write_text(home / "company.yaml", _company_yaml(roster, since, hubspot))
    people = home / "people"
    _table(
        people / "people.csv",
        ("person_id", "name", "name_en", "email", "hired_on", "left_on"),
        ((p.person_id, p.name, p.name_en, p.email, _day(p.hired_on), _day(p.left_on)) for p in roster.people),
    )
    _table(
        people / "positions.csv",
        ("person_id", "role", "level", "team_id", "bonus_base", "valid_from", "valid_to"),
        (
            (p.person_id, p.role, p.level, p.team_id, f"{p.bonus_base}.00", _day(p.valid_from), _day(p.valid_to))
            for p in roster.positions
        ),
    )
    _table(
        people / "identity_map.csv",
        ("system", "external_id", "person_id", "valid_from", "valid_to"),
        ((i.system, i.external_id, i.person_id, _day(i.valid_from), _day(i.valid_to)) for i in roster.identities),
    )
    _table(
        people / "accounts.csv",
        ("account_id", "platform", "name", "handle", "team_id", "timezone", "currency", "active_from", "active_to"),
        (
            (a.account_id, a.platform, a.name, a.handle, a.team_id, a.timezone, a.currency, since, "")
            for a in (*roster.accounts, *((roster.lab,) if roster.lab else ()))
        ),
    )
    _table(
        people / "assignments.csv",
        ("subject_type", "subject_id", "person_id", "share", "valid_from", "valid_to"),
        (
            (a.subject_type, a.subject_id, a.person_id, str(a.share), _day(a.valid_from), _day(a.valid_to))
            for a in roster.assignments
        ),
    )
    _table(
        people / "scheme_assignments.csv",
        ("scheme_id", "team_id", "role", "valid_from", "valid_to"),
        (("000", "", "", "2022-03-01", ""), ("none", "", "manager", "2022-03-01", "")),
    )
    _table(
        people / "reporting_lines.csv",
        ("person_id", "manager_id", "valid_from", "valid_to"),
        (
            (p.person_id, _leader(p), _day(p.valid_from), _day(p.valid_to))
            for p in roster.positions
            if p.person_id != MANAGER
        ),
    )
    _table(
        people / "duty_roster.csv",
        ("subject_type", "subject_id", "person_id", "starts_at", "ends_at"),
        (
            (s.subject_type, s.subject_id, s.person_id, f"{s.starts_at:%Y-%m-%d %H:%M}", f"{s.ends_at:%Y-%m-%d %H:%M}")
            for s in roster.shifts
        ),
    )


def _leader(position: Position) -> str:
    """Who leads somebody in a position: the lead of the team, and the manager those."""
    lead = TEAM_LEADS[position.team_id]
    return lead if lead != position.person_id else MANAGER


def write_audience(home: Path, content: ContentWorld) -> None:
    """Write the days of events off line and the handles that are no user's."""
    people = home / "people"
    _table(
        people / "offline_events.csv",
        ("account_id", "valid_from", "valid_to", "note"),
        ((account, _day(first), _day(after), "线下开发者大会") for account, first, after in content.offline),
    )
    _table(
        people / "excluded_handles.csv",
        ("handle", "reason", "note"),
        ((handle, reason, "") for handle, reason in content.excluded.items()),
    )


def write_plan(home: Path, plan: list[tuple[str, str, int]]) -> None:
    """Write the publishing plan of people."""
    header = ("month", "account_id", "person_id", "planned_posts")
    _table(home / "people" / "publishing_plan.csv", header, ((m, "", p, str(n)) for m, p, n in plan))


def write_reviews(
    home: Path, roster: Roster, months: list[str], overrides: dict[tuple[str, str], list[tuple[str, int]]]
) -> None:
    """Write the reviews of content quality, the approved overrides and the adjustments."""
    reviews = home / "reviews"
    rows: list[tuple[str, ...]] = []
    for position, month in enumerate(months):
        first = dt.date(int(month[:4]), int(month[5:]), 1)
        for number, person in enumerate(roster.working("content", first)):
            score = 68 + (position * 7 + number * 11) % 29
            if month == "2026-10" and person.person_id == "P003":
                score = 52  # the correction band of scheme 000: the total times 0.8
            reason = "选题与排版" if score >= 60 else "两篇稿件数据有误，已更正"
            rows.append((month, person.person_id, str(score), MANAGER, reason))
    header = ("period", "person_id", "score", "reviewer_id", "reason")
    _table(reviews / "content_quality_reviews.csv", header, rows)
    _table(
        reviews / "record_overrides.csv",
        ("record_type", "record_id", "person_id", "share", "reason", "approved_by"),
        (
            (record_type, record_id, person, str(share), "两人合写", MANAGER)
            for (record_type, record_id), shares in overrides.items()
            for person, share in shares
        ),
    )
    _table(
        reviews / "adjustments.csv",
        ("period", "person_id", "amount", "reason", "approved_by"),
        ((months[-1], "P002", "300.00", "国庆期间突发事件值守", MANAGER),),
    )


def write_targets(home: Path, roster: Roster, truth: Truth) -> None:
    """Write targets.csv: the median of the year before (of the first year, for the first targets), rounded.

    Args:
        home: the company folder.
        roster: roles and teams.
        truth: the history the targets were agreed on.
    """
    header = ("period", "period_type", "scope", "scope_id", "kpi_id", "baseline", "threshold", "target", "stretch",
              "set_by", "agreed_by")  # fmt: skip
    rows: list[tuple[str, ...]] = []
    first_year = truth.months[:12]
    rounds = [(truth.months[0], first_year)]
    if truth.months[0] < RENEWED <= truth.months[-1]:
        rounds.append((RENEWED, [month for month in truth.months if month < RENEWED][-12:]))
    for period, basis in rounds:
        for kpi, (scope, higher, decimals) in _TARGETS.items():
            for scope_id, history in sorted(_history(truth, roster, kpi, scope, basis).items()):
                target = _rounded(statistics.median(history), decimals)
                if target <= 0:
                    continue
                # lower is better: nothing is earned at twice the target; higher: at nothing
                worst = Decimal(0) if higher else 2 * target
                agreed = scope_id if scope == "person" else MANAGER
                rows.append(
                    (period, "month", scope, scope_id, kpi, f"{worst:f}", "", f"{target:f}", "", MANAGER, agreed)
                )
        rows += [
            (period, "month", scope, scope_id, kpi, worst_text, "", target_text, "", MANAGER, MANAGER)
            for scope, scope_id, kpi, worst_text, target_text in _FIXED_TARGETS
        ]
    _table(home / "people" / "targets.csv", header, rows)


def _history(truth: Truth, roster: Roster, kpi: str, scope: str, basis: list[str]) -> dict[str, list[Decimal]]:
    """Monthly values that a target is the median of, by scope id."""
    found: dict[str, list[Decimal]] = {}
    if kpi.startswith("team_"):
        for (month, team, name), cell in truth.team.items():
            if name == kpi and month in basis:
                found.setdefault(team, []).append(cell.numerator)
        return found
    for month in basis:
        for person_id in truth.people:
            value = _value(truth, month, person_id, kpi)
            position = _position(roster, person_id, month)
            if value is None or position is None or not _is_own_kpi(position.role, kpi):
                continue
            scope_id = {"person": person_id, "role": position.role, "team": position.team_id}[scope]
            found.setdefault(scope_id, []).append(value)
    return found


def _is_own_kpi(role: str, kpi: str) -> bool:
    """Whether a KPI belongs to a role, so that a colleague's odd ticket does not move the agents' target."""
    wanted = {
        "net_follower_growth": ("growth",), "conversion_revenue": ("growth",), "leads_submitted": ("growth",),
        "site_clicks": ("growth",), "engagement_rate_original": ("content",), "original_content_share": ("content",),
    }  # fmt: skip
    return role in wanted.get(kpi, ("customer_service",))


def _value(truth: Truth, month: str, person_id: str, kpi: str) -> Decimal | None:
    key = (month, person_id, kpi)
    if kpi == "leads_submitted":
        return Decimal(len(truth.distinct[key])) if key in truth.distinct else None
    if kpi in _MEDIANS:
        values = truth.values.get(key, [])
        return percentile([value for value, _ in values], Decimal("0.5")) if len(values) >= 5 else None
    cell = truth.cells.get(key)
    return None if cell is None else cell.value


def _position(roster: Roster, person_id: str, month: str) -> Position | None:
    first = dt.date(int(month[:4]), int(month[5:]), 1)
    return next(
        (
            position
            for position in roster.positions
            if position.person_id == person_id
            and position.valid_from <= first
            and (position.valid_to is None or first < position.valid_to)
        ),
        None,
    )


def _rounded(value: Decimal, decimals: int) -> Decimal:
    step = Decimal(1).scaleb(-decimals)
    return (value / step).to_integral_value() * step


def _table(path: Path, header: Sequence[str], rows: Rows) -> None:
    write_text(path, csv_text(header, rows))


def _day(day: dt.date | None) -> str:
    return day.isoformat() if day else ""


def _company_yaml(roster: Roster, since: str, hubspot: bool) -> str:
    expected: list[tuple[str, str, str, int]] = []
    for account in roster.of_platform("x"):
        expected += [("x_posts", account.account_id, "range", 0), ("x_account", account.account_id, "daily", 0)]
    expected += [("orders", shop.account_id, "events", 7) for shop in roster.of_platform("shopify")]
    expected += [("orders", shop.account_id, "events", 7) for shop in roster.of_platform("shop")]
    if hubspot:
        expected.append(("deals", "hubspot_main", "events", 31))
    expected += [("tickets", "inbox_shop", "events", 7), ("tickets", "inbox_community", "events", 7)]
    expected += [("leads", "lead_forms", "events", 7), ("web", "website", "daily", 0), ("incidents", "", "events", 31)]
    expected += [("oa_users", OFFICIAL_ACCOUNT, "daily", 0), ("oa_articles", OFFICIAL_ACCOUNT, "events", 31)]
    expected += [("tickets", "inbox_chat", "events", 7), ("events", "", "events", 31), ("surveys", "", "events", 31)]
    lines = "\n".join(
        f"  - {{family: {family}, account_id: '{account}', cadence: {cadence}, "
        f"max_silence_days: {days}, from: {since}}}"
        for family, account, cadence, days in expected
    )
    if roster.lab:
        lines += (
            f"\n  - {{family: x_account, account_id: '{roster.lab.account_id}', cadence: daily, "
            f"max_silence_days: 0, from: {FIRST_LIST}}}"
        )
    return f"""\
# 演示公司：名称、人物与数字均为虚构。 / The demo company: all names, people and numbers are invented.
name: 云梯数据（演示）
timezone: Asia/Shanghai
currency: CNY
locale: zh
languages: [zh, en]
calendar: cn
first_month: {since[:7]}
approvers: [{MANAGER}]

# What the words of the ticket event log mean.
ticket_activities:
  opened: [{OPENED}]
  first_reply: [{TAKEN}]
  resolved: [{RESOLVED}]
  closed: [{CLOSED}]

deal_stages:
  won: [Closed Won]
  lost: [Closed Lost]

# Which channels are the private domain, and which of them are communities.
order_words:
  private_domain: [{MINI_PROGRAM}]
  community: [{COMMUNITY}]

# What must arrive, so that silence is seen as a gap.
expected_sources:
{lines}
"""
