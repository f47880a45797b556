"""The planted company: a person and a source of their own for each case, all paid by one small scheme.

Belongs here: the company folder and what the kinds of sources are. Does not belong here: what is damaged.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import yaml
from running import equip_home

from . import lists, sheets, sheets_marketing
from .sheets import Files, Sheet

MANAGER = "p_manager"
SCHEME = "900"
WHY = {"zh": "因为", "en": "because"}

#: KPI -> the target of a month; the kinds of sources below say who is measured by which
TARGETS = {
    "net_follower_growth": 300,
    "impressions": 40_000,
    "engagement_rate_followers": 0.001,
    "conversion_revenue": 3_000,
    "average_order_value": 100,
    "won_revenue": 20_000,
    "tickets_resolved": 30,
    "resolution_minutes_p50": 1440,
    "csat_top2_share": 0.8,
    "oa_follower_growth": 0.01,
    "messages_per_chat": 5,
    "member_net_growth": 60,
    "event_participations": 20,
    "event_roi": 2,
    "cost_per_lead": 80,
}
#: of KPIs that are better the lower they are, the value that earns nothing
WORST = {"resolution_minutes_p50": 2880, "messages_per_chat": 20, "cost_per_lead": 160}


@dataclass(frozen=True)
class Kind:
    """A kind of source.

    Attributes:
        platform: of its account.
        expected: family, cadence and patience in days of what must arrive.
        make: from number, account and handle to sound exports.
        subject_type: how the person answers for the account; empty where an identity says it.
        system: in which the person has an identity, `agent <number>`.
        measure: from the exports and the counts of followers to the values of October, by KPI.
    """

    platform: str
    expected: tuple[tuple[str, str, int], ...]
    make: Callable[[int, str, str], Files]
    measure: Callable[[Files, list[dict[str, str]]], dict[str, float]]
    subject_type: str = "account"
    system: str = ""


X = (("x_posts", "range", 0), ("x_account", "daily", 0))
KINDS: dict[str, Kind] = {
    "x": Kind("x", X, sheets.x_account, sheets.x_values),
    "x since June": Kind("x", X, sheets.x_account_since_june, sheets.x_values),
    "x with lists": Kind("x", X, lists.x_account_with_lists, lists.values),
    "shop": Kind("shopify", (("orders", "events", 7),), sheets.shop, sheets.shop_values),
    "desk": Kind("zendesk", (("tickets", "events", 7),), sheets.desk, sheets.desk_values),
    "log": Kind("tickets", (("tickets", "events", 7),), sheets.ticket_log, sheets.log_values),
    "crm": Kind("crm", (("deals", "events", 31),), sheets.deals, sheets.deal_values, "", "crm"),
    "hubspot": Kind("hubspot", (("deals", "events", 31),), sheets.hubspot, sheets.hubspot_values, "", "hubspot"),
    "wecom": Kind("wecom", (), sheets.wecom, sheets.wecom_values, "", "wecom"),
    "survey": Kind("surveys", (("surveys", "events", 31),), sheets.surveys, sheets.survey_values, "", "surveys"),
    "group": Kind("groups", (), sheets_marketing.group, sheets_marketing.group_values, "group"),
    "event": Kind("events", (), sheets_marketing.event, sheets_marketing.event_values, "event"),
    "campaign": Kind("ads", (), sheets_marketing.campaign, sheets_marketing.campaign_values, "campaign"),
    "oa": Kind("wechat_oa", (("oa_users", "daily", 0),), sheets.oa_users, sheets.oa_values),
}

# the targets are the scheme's own
TARGETS_HEADER = "period,period_type,scope,scope_id,kpi_id,baseline,threshold,target,stretch,set_by,agreed_by\n"

Rows = list[dict[str, str]]


@dataclass
class Subject:
    """One case's person and source.

    Attributes:
        number: its place; values differ by it.
        key: the case.
        kind: the kind of source.
        files: its exports, sound until they are damaged.
        tables: the rows of the company folder that are about it, by file.
        truth: the values of October, as the exports say before they are damaged.
    """

    number: int
    key: str
    kind: str
    files: Files = field(init=False)
    tables: dict[str, Rows] = field(init=False)
    truth: dict[str, float] = field(init=False)

    def __post_init__(self) -> None:
        kind = KINDS[self.kind]
        self.files = kind.make(self.number, self.account, self.handle)
        since = "2026-10-01" if self.kind == "x" else "2026-06-01"
        identity = {"system": kind.system, "external_id": f"agent {self.number}", "person_id": self.person}
        subject_id = sheets_marketing.event_id(self.account) if self.kind == "event" else self.account
        assignment = {"subject_type": kind.subject_type, "subject_id": subject_id, "person_id": self.person}
        self.tables = {
            "people": [{"person_id": self.person, "name": self.person, "email": f"{self.person}@planted.example",
                        "hired_on": "2024-01-01"}],
            "positions": [{"person_id": self.person, "role": "operator", "level": "L1", "team_id": f"t_{self.key}",
                           "bonus_base": "1000", "valid_from": "2024-01-01"}],
            "accounts": [{"account_id": self.account, "platform": kind.platform, "name": self.key,
                          "handle": self.handle, "team_id": f"t_{self.key}", "currency": "CNY", "active_from": since}],
            "identity_map": [{**identity, "valid_from": "2024-01-01"}] if kind.system else [],
            "assignments": [{**assignment, "share": "100", "valid_from": since}] if kind.subject_type else [],
            "expected": [{"family": family, "account_id": self.account, "cadence": cadence, "from": since,
                          "max_silence_days": str(silence)} for family, cadence, silence in kind.expected],
            "platform_events": [],
            "content_log": sheets.content_log(self.files) if kind.platform == "x" else [],
            "account_followers": followers(self) if kind.platform == "x" else [],
        }  # fmt: skip
        if self.kind == "hubspot":
            shop = {"account_id": f"{self.account}_shop", "platform": "shopify", "name": f"{self.key} shop"}
            self.tables["accounts"].append({**self.tables["accounts"][0], **shop})
        self.truth = self.measured()

    @property
    def person(self) -> str:
        """The id of its person."""
        return f"p_{self.key}"

    @property
    def account(self) -> str:
        """The id of its account."""
        return f"a_{self.key}"

    @property
    def handle(self) -> str:
        """The handle of its account."""
        return f"H{self.number:03d}" if KINDS[self.kind].platform == "x" else ""

    def measured(self) -> dict[str, float]:
        """The values of October as the exports say."""
        return KINDS[self.kind].measure(self.files, self.tables["account_followers"])

    def sheet(self, *parts: str) -> Sheet:
        """The one export whose name holds all the parts."""
        (name,) = self.named(*parts)
        found = self.files[name]
        assert isinstance(found, Sheet)
        return found

    def named(self, *parts: str) -> list[str]:
        """The names of the exports that hold all the parts."""
        return [name for name in self.files if all(part in name for part in parts)]


def followers(it: Subject) -> Rows:
    """The number of followers at the end of each day: as the lists have it, else since June as the overview says."""
    if it.named("/followers_"):
        return lists.stock(it.files, it.account)
    stated = {row["Date"]: row for row in sheets.listed(it.files, "overview")}
    rows, count = [], 20_000
    for day in sheets.days():
        row = stated.get(sheets.x_date(day), sheets.a_day(it.number, day))
        count += int(row["New follows"]) - int(row["Unfollows"])
        rows.append({"Date": day.isoformat(), "Account": it.account, "Followers": str(count)})
    return rows


#: file -> its columns
COLUMNS = {
    "people": ("person_id", "name", "email", "hired_on"),
    "positions": ("person_id", "role", "level", "team_id", "bonus_base", "valid_from", "valid_to"),
    "accounts": ("account_id", "platform", "name", "handle", "team_id", "currency", "active_from", "active_to"),
    "identity_map": ("system", "external_id", "person_id", "valid_from", "valid_to"),
    "assignments": ("subject_type", "subject_id", "person_id", "share", "valid_from", "valid_to"),
}


def write_company(home: Path, subjects: Iterable[Subject], settings: Mapping[str, object] | None = None) -> None:
    """Write the company folder with all exports of all subjects; `settings` are those that are not the usual ones."""
    subjects = list(subjects)
    home.mkdir(parents=True)
    everything = {
        name: [row for subject in subjects for row in subject.tables[name]] for name in (*COLUMNS, "expected")
    }
    everything["people"].append(
        {"person_id": MANAGER, "name": MANAGER, "email": "m@planted.example", "hired_on": "2024-01-01"}
    )
    for name, columns in COLUMNS.items():
        put(home / "people" / f"{name}.csv", table(columns, everything[name]))
    put(home / "people" / "scheme_assignments.csv", f"scheme_id,team_id,role,valid_from\n{SCHEME},,,2024-01-01\n")
    put(home / "people" / "targets.csv", TARGETS_HEADER)
    shops = [row["account_id"] for row in everything["accounts"] if row["account_id"].endswith("_shop")]
    put(home / "company.yaml", company_yaml(everything["expected"], shops, settings or {}))
    put(home / "schemes" / f"scheme_{SCHEME}.yaml", yaml.safe_dump(scheme(), allow_unicode=True, sort_keys=False))
    events = [row for subject in subjects for row in subject.tables["platform_events"]]
    if events:
        put(home / "reviews" / "platform_events.csv", table(tuple(events[0]), events))
    log = [row for subject in subjects for row in subject.tables["content_log"]]
    put(home / "exports" / "cms" / "2026-11-09" / "content_log.csv", table(sheets.LOG_COLUMNS, log))
    counts = [row for subject in subjects for row in subject.tables["account_followers"]]
    put(home / "exports" / "x" / "_counts" / "2026-11-09" / "account_followers.csv", table(tuple(counts[0]), counts))
    for subject in subjects:
        for name, sheet in subject.files.items():
            path = home / "exports" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(sheet if isinstance(sheet, bytes) else sheet.data())
    equip_home(home)


def put(path: Path, content: str) -> None:
    """Write a text."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding="utf-8")


def table(columns: Iterable[str], rows: Rows) -> str:
    """Rows as CSV text."""
    target = io.StringIO()
    writer = csv.DictWriter(target, list(columns), restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return target.getvalue()


def company_yaml(expected: Rows, shops: list[str], settings: Mapping[str, object]) -> str:
    """The company, what must arrive, and the shops that book the deals of HubSpot, of which there is one at most."""
    company = {
        "name": "Planted", "timezone": "Asia/Shanghai", "currency": "CNY", "locale": "en", "languages": ["zh", "en"],
        "calendar": "cn", "first_month": "2026-06", "approvers": [MANAGER],
        "ticket_activities": {"opened": ["open"], "first_reply": ["reply"], "resolved": ["resolve"]},
        "deal_stages": {"won": ["Won"], "lost": ["Lost"]},
        "deal_orders": dict(zip(("hubspot",), shops, strict=False)),
        "expected_sources": [{**row, "max_silence_days": int(row["max_silence_days"])} for row in expected],
        **({"settings": dict(settings)} if settings else {}),
    }  # fmt: skip
    return yaml.safe_dump(company, allow_unicode=True, sort_keys=False)


def weights() -> dict[str, int]:
    """The same for each KPI; the first has what is left over."""
    share = 100 // len(TARGETS)
    first = next(iter(TARGETS))
    return dict.fromkeys(TARGETS, share) | {first: 100 - share * (len(TARGETS) - 1)}


def scheme() -> dict[str, object]:
    """Everybody is paid by whatever KPI they answer for: the weight of the others goes to it."""
    title = {"zh": "名", "en": "name"}
    about = {"req": "000-K01", "why": WHY}
    return {
        "scheme_id": SCHEME,
        "version": "1.0.0",
        "effective_from": "2024-01-01",
        "title": title,
        "dimensions": {"work": {"title": title, **about}},
        "curves": {"standard": {"kind": "linear", "points": [[0, 0], [100, 100], [130, 120]], "why": WHY}},
        "kpis": {
            kpi: {"dimension": "work", "method": "baseline", "curve": "standard", **about,
                  "default_target": {"baseline": WORST.get(kpi, 0), "target": target, "why": WHY}}
            for kpi, target in TARGETS.items()
        },
        "roles": {"operator": {"title": title, **about, "components": [
            {"id": "all", "title": title, "weight": 100, "kpis": weights(), **about}
        ], "monitors": []}},
        "individual": {"title": title, "by": "base", **about,
                       "shares": {"month": 100, "quarter": 0, "year": 0, "why": WHY},
                       "payout": {"kind": "linear", "points": [[0, 0], [100, 100], [120, 120]], "why": WHY}},
    }  # fmt: skip
