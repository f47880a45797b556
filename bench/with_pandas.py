"""The same numbers in pandas, as an analyst would write them with care: columns chosen, no row loops.

Run as a process of its own (`python bench/with_pandas.py HOME OUT.parquet`), it prints its wall time and peak memory.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pandas as pd

if __package__ in (None, ""):
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from bench.measure import report_self


def read(folder: Path, columns: list[str]) -> pd.DataFrame:
    """All Parquet files of a folder, without the empty one that only carries the schema."""
    files = [path for path in sorted(folder.glob("*.parquet")) if path.stem != "_empty"]
    return pd.concat([pd.read_parquet(path, columns=columns) for path in files], ignore_index=True)


def business_seconds(moment: pd.Series, days: pd.DataFrame) -> pd.Series:
    """Working seconds from the calendar's beginning to each local moment."""
    day = moment.dt.normalize()
    second = (moment - day).dt.total_seconds()
    today = days.reindex(day)
    worked = (second - 32400).clip(lower=0).to_numpy().clip(max=today["working"].to_numpy())
    return pd.Series(today["before"].to_numpy() + worked, index=moment.index)


def tickets(landing: Path, company: Path) -> list[pd.DataFrame]:
    """Reply and resolution KPIs."""
    events = read(landing / "ticket_events", ["ticket_id", "activity", "resource", "occurred_at"])
    events["occurred_at"] = pd.to_datetime(events["occurred_at"])
    calendar = pd.read_parquet(company / "calendar.parquet").assign(day=lambda frame: pd.to_datetime(frame["day"]))
    days = calendar.sort_values("day").set_index("day")
    days["working"] = days["is_working"].astype(int) * 32400
    days["before"] = days["working"].cumsum() - days["working"]
    identities = pd.read_parquet(company / "identity_map.parquet").query("system == 'tickets'")
    people = identities.set_index("external_key")["person_id"]

    opened = events.groupby("ticket_id")["occurred_at"].min()
    replies = events[events["activity"] == "First reply"].drop_duplicates("ticket_id").set_index("ticket_id")
    replies["opened_at"] = opened.reindex(replies.index)
    replies["person_id"] = replies["resource"].map(people)
    replies["calendar"] = (replies["occurred_at"] - replies["opened_at"]).dt.total_seconds() / 60
    started, ended = business_seconds(replies["opened_at"], days), business_seconds(replies["occurred_at"], days)
    replies["business"] = (ended - started) / 60
    resolved = events[events["activity"] == "Resolved"].drop_duplicates("ticket_id").set_index("ticket_id")
    month = (resolved["occurred_at"] >= "2026-10-01") & (resolved["occurred_at"] < "2026-11-01")
    resolved = resolved[month].copy()
    resolved["person_id"] = resolved["resource"].map(people)
    resolved["minutes"] = (resolved["occurred_at"] - opened.reindex(resolved.index)).dt.total_seconds() / 60
    by_replier, by_resolver = replies.groupby("person_id"), resolved.groupby("person_id")
    return [
        numbers("first_reply_minutes_p50", by_replier["business"].quantile(0.5)),
        numbers("first_reply_minutes_p90", by_replier["business"].quantile(0.9)),
        numbers("first_reply_minutes_calendar_p50", by_replier["calendar"].quantile(0.5)),
        numbers("tickets_resolved", by_resolver.size()),
        numbers("resolution_minutes_p50", by_resolver["minutes"].quantile(0.5)),
    ]


def posts(landing: Path, assignments: pd.DataFrame) -> list[pd.DataFrame]:
    """Reach and engagement KPIs."""
    counts = ["impressions", "likes", "replies", "reposts", "bookmarks"]
    frame = read(landing / "x_posts_content", ["_subject_id", "post_text_kind", *counts])
    frame[counts] = frame[counts].astype("int64")
    mine = assignments[assignments["subject_type"] == "account"]
    frame = frame.merge(mine, left_on="_subject_id", right_on="subject_id")
    frame["seen"] = frame["impressions"] * frame["share"]
    interactions = frame["likes"] + frame["replies"] + frame["reposts"] + 2 * frame["bookmarks"]
    frame["done"] = interactions * frame["share"]
    frame["own"] = frame["share"].where(frame["post_text_kind"] == "post", 0)
    sums = frame.groupby("person_id")[["seen", "done", "own"]].sum()
    return [
        numbers("impressions", sums["seen"]),
        numbers("engagement_rate_impressions", sums["done"] / sums["seen"]),
        numbers("posts_published", sums["own"]),
    ]


def orders(landing: Path, assignments: pd.DataFrame) -> list[pd.DataFrame]:
    """Code and revenue KPIs; money in whole cents."""
    frame = read(landing / "shopify_orders", ["total", "refunded_amount", "cancelled_at", "discount_code"])
    frame = frame[frame["total"].notna() & frame["cancelled_at"].isna() & frame["discount_code"].notna()]
    cents = (frame["total"].astype(float) * 100).round() - (frame["refunded_amount"].astype(float) * 100).round()
    codes = assignments[assignments["subject_type"] == "promo_code"].set_index("subject_id")["person_id"]
    frame = frame.assign(cents=cents, person_id=frame["discount_code"].map(codes)).dropna(subset="person_id")
    by_person = frame.groupby("person_id")["cents"]
    return [
        numbers("promo_code_uses", by_person.agg(lambda amounts: (amounts > 0).sum())),
        numbers("conversion_revenue", by_person.sum() / 100),
    ]


def numbers(kpi_id: str, values: pd.Series) -> pd.DataFrame:
    """Long rows of one KPI."""
    return pd.DataFrame({"person_id": values.index, "kpi_id": kpi_id, "value": values.to_numpy(dtype=float)})


def compute(home: Path, target: Path) -> None:
    """Write one row per person and KPI."""
    landing, company = home / "landing", home / "landing" / "_company"
    assignments = pd.read_parquet(company / "assignments.parquet")
    assignments["share"] = assignments["share"].astype(float)
    frames = [*tickets(landing, company), *posts(landing, assignments), *orders(landing, assignments)]
    pd.concat(frames, ignore_index=True).to_parquet(target)


if __name__ == "__main__":
    report_self(lambda: compute(Path(sys.argv[1]), Path(sys.argv[2])))
