"""A scratch DuckDB with the schemas landing, company and control, filled with small frames, and dbt run on it.

Belongs here: what every dbt test needs to build models on rows that the test itself states. Tables and columns come
from the source declarations in dbt_project/models/sources, so that the declarations stay the only place that lists
them. Does not belong here: assertions about any one model.

Typical use::

    with ScratchWarehouse(tmp_path) as scratch:
        scratch.company("people", [{"person_id": "p_1", "hired_on": "2026-01-01"}])
        scratch.landing("ticket_events", [{"ticket_id": "1", "activity": "open", ...}])
        scratch.months("2026-10")
        scratch.dbt("build", "--select", "int_tickets")
        rows = scratch.rows("select * from intermediate.int_tickets")
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import Any

import duckdb
import yaml
from filelock import FileLock

from harness import project
from harness.project import PROJECT
from pipelines.warehouse.build_scope import Found, left_out
from pipelines.warehouse.connection import copy_relations

#: The row of company.settings, unless a test states another one.
SETTINGS: dict[str, Any] = {
    "timezone": "Asia/Shanghai",
    "currency": "CNY",
    "bookmark_weight": 2,
    "measure_age_days": 7,
    "business_start": "09:00",
    "business_end": "18:00",
    "sla_first_reply_minutes": 240,
    "viral_z": 3.5,
    "viral_min_posts": 20,
    "viral_baseline_days": 90,
    "original_min_coverage": 0.95,
    "n_formats": 6,
    "volume_change_factor": 5,
    "max_unassigned_share": 0.2,
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
    "ad_spend_channel": "meta_ads",
    "touch_window_social_days": 7,
    "touch_window_crm_days": 30,
    "lead_conversion_days": 30,
    "web_settle_days": 2,
    "ad_settle_days": 28,
    "csat_scale_min": 1,
    "csat_scale_max": 5,
    "event_order_days": 30,
    "crisis_response_minutes_high": 60,
    "crisis_response_minutes_medium": 240,
    "crisis_response_minutes_low": 1440,
    "crisis_resolve_minutes_high": 1440,
    "crisis_resolve_minutes_medium": 4320,
    "crisis_resolve_minutes_low": 10080,
    "min_raters_360": 3,
    "sentiment_min_accuracy": 0.7,
    "sentiment_min_labelled_share": 0.8,
    "sentiment_min_labels": 30,
    "quality_bar": 0.95,
    "min_identity_coverage": 0.9,
    "label_audit_records": 60,
    "follower_audit_records": 100,
    "follower_audit_points": 3,
    "reconciliation_tolerance": 0.01,
    "scale_change_factor": 50,
    "burst_hold": "lists",
    "gaming_group_min_members": 20,
    "gaming_group_min_days": 45,
    "gaming_group_min_speaking": 0.02,
    "gaming_group_max_leaving": 0.3,
    "gaming_contact_min_chats": 100,
    "gaming_contact_max_blocked": 0.05,
    "gaming_contact_max_messages": 30,
    "gaming_contact_days": 3,
    "gaming_staff_orders": 3,
    "gaming_loop_days": 30,
    "gaming_loop_orders": 2,
    "gaming_repeat_days": 30,
    "gaming_repeat_posts": 2,
    "gaming_filler_min_messages": 200,
    "gaming_filler_max_share": 0.6,
    "gaming_giveaway_min_joined": 20,
    "gaming_giveaway_max_lost": 0.5,
}

#: What the tables of a company without words of its own hold.
UTM_SOURCES = ("t.co", "twitter", "x")
TICKET_ACTIVITIES = {"open": "opened", "reply": "first_reply", "resolve": "resolved", "close": "closed"}
ORDER_WORDS = {
    "交易关闭": "cancelled",
    "交易成功": "completed",
    "员工": "staff",
    "小程序": "private_domain",
    "社群": "community",
}
UTM_CHANNELS = (
    ("x", "cpc", "x_ads", 1),
    ("facebook", "cpc", "meta_ads", 1),
    ("*", "cpc", "search_ads", 3),
    ("x", "*", "social", 2),
    ("t.co", "*", "social", 2),
    ("*", "social", "social", 3),
    ("*", "organic", "site", 3),
    ("*", "email", "email", 3),
)
#: channel -> is it online, social, paid
CHANNELS = {
    "x_ads": (True, True, True),
    "meta_ads": (True, True, True),
    "linkedin_ads": (True, True, True),
    "search_ads": (True, False, True),
    "social": (True, True, False),
    "site": (True, False, False),
    "email": (False, False, False),
}
LEAD_WORDS = (("qualified", "qualified"), *(("required", field) for field in ("company", "email", "name", "phone")))
DEAL_STAGES = {"won": "won", "closed won": "won", "lost": "lost", "closed lost": "lost"}

FAMILIES = {
    "x_posts_monthly": "x_posts",
    "x_posts_content": "x_posts",
    "x_account_daily": "x_account",
    "account_followers": "followers",
    "shopify_orders": "orders",
    "hubspot_deals": "deals",
    "crm_opportunities": "deals",
    "ticket_events": "tickets",
    "zendesk_tickets": "tickets",
    "ad_spend": "ads",
    "community_group_daily": "groups",
    "leads": "leads",
    "web_traffic": "web",
    "content_log": "content",
    "incidents": "incidents",
    "wecom_owner_days": "wecom_owner",
    "wecom_user_days": "wecom_behaviour",
    "group_member_snapshots": "groups",
    "group_member_events": "groups",
    "member_activity": "member_activity",
    "qa_register": "qa",
    "oa_articles": "oa_articles",
    "oa_user_days": "oa_users",
    "content_items": "content_items",
    "publishing_posts": "publishing",
    "mentions": "mentions",
    "hashtag_posts": "hashtags",
    "ugc_items": "ugc",
    "follower_snapshots": "follower_lists",
    "orders_generic": "orders",
    "referrals": "referrals",
    "x_ads": "ads",
    "linkedin_ads": "ads",
    "app_installs": "apps",
    "ga4_traffic": "web",
    "touchpoints": "touchpoints",
    "interviews": "interviews",
    "report_deliveries": "reports",
    "funnel_reports": "funnel",
    "event_register": "events",
    "eventbrite_attendees": "event_attendees",
    "accupass_participants": "event_attendees",
    "survey_answers": "surveys",
    "chatwoot_conversations": "tickets",
    "chatwoot_events": "tickets",
    "comments": "comments",
}

Row = Mapping[str, Any]


class DbtError(AssertionError):
    """Dbt ended with an error; the message carries its whole output."""


@cache
def declared_columns() -> dict[str, dict[str, dict[str, str]]]:
    """Column types by schema, table and column, as the source declarations of the dbt project list them."""
    schemas: dict[str, dict[str, dict[str, str]]] = {}
    for path in sorted((PROJECT / "models" / "sources").glob("*.yml")):
        for source in yaml.safe_load(path.read_text(encoding="utf-8"))["sources"]:
            tables = schemas.setdefault(source["schema"], {})
            for table in source["tables"]:
                tables[table["name"]] = {column["name"]: column["data_type"] for column in table["columns"]}
    return schemas


def every_relation() -> Path:
    """A warehouse file with every relation of the project and not one row, made once for all workers."""
    assert project.shared_folder is not None
    kept = project.shared_folder / "every_relation.duckdb"
    with FileLock(kept.with_suffix(".lock")):
        if not kept.exists():
            with ScratchWarehouse(project.shared_folder / "empty") as scratch:
                scratch.months("2026-10")
                # not by `--empty`: that writes the emptiness into the text of views, and a view whose text never
                # changes is not made again
                scratch.dbt("build", "--exclude-resource-type", "test", "unit_test")
                scratch.close()
                copy_relations(scratch.path, kept)
    return kept


class ScratchWarehouse:
    """One DuckDB file with every source table, empty but for the company's defaults."""

    def __init__(
        self, folder: Path, *, settings: Row | None = None, holidays: Iterable[str] = (), begin_from: Path | None = None
    ) -> None:
        """Create the file `scratch.duckdb` in the folder, replacing an older one.

        Args:
            folder: where the database, dbt's target and its logs go.
            settings: values that differ from SETTINGS.
            holidays: ISO dates of weekdays that are days off.
            begin_from: a file with all relations and no rows, such as `every_relation()`; None makes the source tables.
        """
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self.path = folder / "scratch.duckdb"
        self.path.unlink(missing_ok=True)
        if begin_from is not None:
            shutil.copyfile(begin_from, self.path)
        self._connection: duckdb.DuckDBPyConnection | None = duckdb.connect(str(self.path))
        if begin_from is None:
            self._make_sources()
        self._fill_company({**SETTINGS, **(settings or {})}, sorted(holidays))

    def _make_sources(self) -> None:
        for schema, tables in declared_columns().items():
            self.execute(f'create schema "{schema}"')
            for table, columns in tables.items():
                listed = ", ".join(f'"{name}" {kind}' for name, kind in columns.items())
                self.execute(f'create table "{schema}"."{table}" ({listed})')

    def __enter__(self) -> ScratchWarehouse:
        """Return the warehouse itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the connection."""
        self.close()

    def _fill_company(self, settings: Row, holidays: Sequence[str]) -> None:
        self.company("settings", [settings])
        self.company("utm_sources", [{"utm_source": name} for name in UTM_SOURCES])
        self.company("ticket_activities", [{"activity": a, "meaning": m} for a, m in TICKET_ACTIVITIES.items()])
        self.company("order_words", [{"word": w, "meaning": m} for w, m in ORDER_WORDS.items()])
        self.company("deal_stages", [{"stage": s, "meaning": m} for s, m in DEAL_STAGES.items()])
        names = ("utm_source", "utm_medium", "channel", "precedence")
        self.company("utm_channels", [dict(zip(names, row, strict=True)) for row in UTM_CHANNELS])
        kinds = ("is_online", "is_social", "is_paid")
        self.company(
            "channels", [{"channel": name, **dict(zip(kinds, are, strict=True))} for name, are in CHANNELS.items()]
        )
        self.company("lead_words", [{"meaning": meaning, "word": word} for meaning, word in LEAD_WORDS])
        off = ", ".join(f"date '{day}'" for day in holidays)
        working = "isodow(day) < 6" + (f" and cast(day as date) not in ({off})" if off else "")
        self.execute(
            f"insert into company.calendar select cast(day as date), {working} "
            "from range(date '2009-01-01', date '2031-01-01', interval 1 day) as days(day)"
        )

    @property
    def connection(self) -> duckdb.DuckDBPyConnection:
        """The open connection; reopened after dbt has run, as only one process may hold the file."""
        if self._connection is None:
            self._connection = duckdb.connect(str(self.path))
        return self._connection

    def copy(self, folder: Path) -> ScratchWarehouse:
        """The same database in another folder, to be damaged at will."""
        self.close()
        twin = object.__new__(ScratchWarehouse)
        folder.mkdir(parents=True, exist_ok=True)
        twin.folder = folder
        twin.path = folder / self.path.name
        twin._connection = None
        shutil.copyfile(self.path, twin.path)
        return twin

    def close(self) -> None:
        """Let go of the file."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def execute(self, statement: str, values: Sequence[Any] | None = None) -> None:
        """Run one statement."""
        self.connection.execute(statement, values)

    def insert(self, schema: str, table: str, rows: Iterable[Row]) -> None:
        """Add rows; columns left out are NULL, an unknown column is an error.

        Raises:
            KeyError: the source declarations have no such table or column.
        """
        columns = declared_columns()[schema][table]
        for row in rows:
            unknown = sorted(set(row) - set(columns))
            if unknown:
                raise KeyError(f"{schema}.{table} has no column {', '.join(unknown)}")
            names = ", ".join(f'"{name}"' for name in row)
            places = ", ".join("?" for _ in row)
            self.execute(f'insert into "{schema}"."{table}" ({names}) values ({places})', list(row.values()))

    def company(self, table: str, rows: Iterable[Row]) -> None:
        """Add rows to a table of the company folder."""
        self.insert("company", table, rows)

    def landing(
        self,
        spec_id: str,
        rows: Sequence[Row],
        *,
        content_id: str = "content_1",
        file_rank: int = 1,
        subject_id: str = "",
        exported_at: str | None = None,
        period: tuple[str, str] | None = None,
        timezone: str = "UTC",
    ) -> None:
        """Add one landed file: its rows with their envelope, and its line in landing.files.

        Args:
            spec_id: the landing table.
            rows: canonical columns as text, in file order.
            content_id: content of the file.
            file_rank: order of versions within the spec.
            subject_id: account of the file.
            exported_at: stated export time, UTC.
            period: first day and day after the last day that the file states to cover.
            timezone: zone of times without offset.
        """
        period_from, period_to = period or (None, None)
        envelope = {
            "_content_id": content_id,
            "_spec_id": spec_id,
            "_subject_id": subject_id,
            "_exported_at": exported_at,
            "_period_from": period_from,
            "_period_to": period_to,
            "_tz": timezone,
            "_file_rank": file_rank,
        }
        self.insert("landing", spec_id, [{**envelope, "_row_no": n, **row} for n, row in enumerate(rows, start=2)])
        self.insert(
            "landing",
            "files",
            [
                {
                    "content_id": content_id,
                    "spec_id": spec_id,
                    "family": FAMILIES[spec_id],
                    "subject_id": subject_id,
                    "exported_at": exported_at,
                    "period_from": period_from,
                    "period_to": period_to,
                    "n_rows": len(rows),
                    "n_broken": 0,
                    "file_rank": file_rank,
                }
            ],
        )

    def person(
        self,
        person_id: str,
        hired_on: str = "2020-01-01",
        left_on: str | None = None,
        *,
        segments: Sequence[tuple[str, str]] | None = None,
        role: str = "community_manager",
        team_id: str = "team_1",
    ) -> None:
        """Add a person employed from hired_on until left_on, in one segment unless several are stated."""
        self.company("people", [{"person_id": person_id, "hired_on": hired_on, "left_on": left_on}])
        spans = segments or [(hired_on, left_on or "9999-12-31")]
        self.company(
            "segments",
            [
                {
                    "person_id": person_id,
                    "segment_id": valid_from,
                    "valid_from": valid_from,
                    "valid_to": valid_to,
                    "role": role,
                    "level": "L1",
                    "team_id": team_id,
                    "scheme_id": "scheme_000",
                }
                for valid_from, valid_to in spans
            ],
        )

    def identity(
        self,
        system: str,
        external_key: str,
        person_id: str,
        valid_from: str = "2020-01-01",
        valid_to: str | None = None,
    ) -> None:
        """Say which person holds a handle."""
        self.company(
            "identity_map",
            [
                {
                    "system": system,
                    "external_key": external_key,
                    "person_id": person_id,
                    "valid_from": valid_from,
                    "valid_to": valid_to or "9999-12-31",
                }
            ],
        )

    def assign(
        self,
        subject_type: str,
        subject_id: str,
        person_id: str,
        valid_from: str = "2020-01-01",
        valid_to: str | None = None,
        share: str = "1",
    ) -> None:
        """Make a person responsible for a subject."""
        self.company(
            "assignments",
            [
                {
                    "subject_type": subject_type,
                    "subject_id": subject_id,
                    "person_id": person_id,
                    "share": share,
                    "valid_from": valid_from,
                    "valid_to": valid_to or "9999-12-31",
                }
            ],
        )

    def months(self, *months: str) -> None:
        """State the months (`2026-10`) that the next dbt run builds; months of earlier calls count as built."""
        days = sorted(f"{month}-01" for month in months)
        self.execute("delete from control.run_months")
        self.execute("delete from control.run_window")
        self.execute("delete from control.month_files")
        self.insert("control", "run_months", [{"month": day} for day in days])
        self.execute(
            "insert into control.run_window "
            "select min(month), cast(max(month) + interval 1 month as date) from control.run_months"
        )
        self.execute(
            "insert into control.built_months select month from control.run_months "
            "where month not in (select month from control.built_months)"
        )

    def dbt(self, *arguments: str, expect_success: bool = True) -> str:
        """Run dbt on the scratch file and return its output.

        Args:
            *arguments: verb and options, such as "build", "--select", "int_posts".
            expect_success: False when the run is meant to fail; then a run that succeeds is the error.

        Raises:
            DbtError: dbt failed, or succeeded against expectation.
        """
        # unless a test says otherwise, every month reads every file
        self.execute(
            "insert into control.month_files select month, content_id from control.run_months, landing.files "
            "where month not in (select month from control.month_files)"
        )
        self.execute("delete from control.attached_files")
        self.execute("insert into control.attached_files select distinct content_id from landing.files")
        self.close()
        # models read seeds, which `run` does not load
        verb = ("build", "--exclude-resource-type", "test", "unit_test") if arguments[0] == "run" else arguments[:1]
        succeeded, output = project.run((*verb, *arguments[1:]), self.path, self.folder)
        if succeeded != expect_success:
            raise DbtError(f"dbt {' '.join(arguments)} {'succeeded' if succeeded else 'failed'}\n{output}")
        return output

    def build(self) -> str:
        """Build and test everything, as a run does: what cannot have rows is left out where its relations are there."""
        made = self.connection.execute(
            "select count(*) from information_schema.tables where table_name = 'fct_person_kpi'"
        ).fetchone() != (0,)
        found = Found(relations=made, views=False, delivered=self.filled("landing"), filled=self.filled("company"))
        names = left_out(project.manifest(), found)
        leaving_out = ["--indirect-selection", "empty", "--exclude", " ".join(names)] if names else []
        return self.dbt("build", "--exclude-resource-type", "unit_test", *leaving_out)

    def filled(self, schema: str) -> frozenset[str]:
        """The source tables of a schema that have a row."""
        return frozenset(
            name for name in declared_columns()[schema] if self.rows(f'select 1 from "{schema}"."{name}" limit 1')
        )

    def rows(self, query: str) -> list[dict[str, Any]]:
        """The rows of a query as dictionaries."""
        cursor = self.connection.execute(query)
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, values, strict=True)) for values in cursor.fetchall()]
