"""The same numbers in pandas, as an analyst would write them with care: columns chosen, no row loops.

Run as a process of its own (`python bench/with_pandas.py HOME OUT.parquet`), it prints its wall time and peak memory.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
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


def first_by(frame: pd.DataFrame, keys: list[str], order: str) -> pd.DataFrame:
    """One row per key: the first in the order of a column."""
    return frame.sort_values(order, kind="stable").drop_duplicates(keys)


def credited(frame: pd.DataFrame, holders: pd.DataFrame, subject: str, moment: str) -> pd.DataFrame:
    """The rows once for each person who held the subject at the moment; rows of nobody are left out."""
    joined = frame.merge(holders, left_on=subject, right_on="subject")
    return joined[(joined[moment] >= joined["valid_from"]) & (joined[moment] < joined["valid_to"])]


def tickets(landing: Path, company: Path) -> list[pd.DataFrame]:
    """Reply and resolution KPIs."""
    events = read(landing / "ticket_events", ["ticket_id", "activity", "resource", "occurred_at"])
    events["occurred_at"] = pd.to_datetime(events["occurred_at"], format="%Y-%m-%d %H:%M:%S")
    calendar = pd.read_parquet(company / "calendar.parquet").assign(day=lambda frame: pd.to_datetime(frame["day"]))
    days = calendar.sort_values("day").set_index("day")
    days["working"] = days["is_working"].astype(int) * 32400
    days["before"] = days["working"].cumsum() - days["working"]
    identities = pd.read_parquet(company / "identity_map.parquet").query("system == 'tickets'")
    holders = dated(identities.rename(columns={"external_key": "subject"}))

    opened = events.groupby("ticket_id")["occurred_at"].min().rename("opened_at")
    month = (opened >= "2026-10-01") & (opened < "2026-11-01")
    replies = first_by(events[events["activity"] == "First reply"], ["ticket_id"], "occurred_at")
    replies = replies.merge(opened[month], left_on="ticket_id", right_index=True)
    replies = credited(replies, holders, "resource", "occurred_at")
    replies["calendar"] = (replies["occurred_at"] - replies["opened_at"]).dt.total_seconds() / 60
    started, ended = business_seconds(replies["opened_at"], days), business_seconds(replies["occurred_at"], days)
    replies["business"] = (ended - started) / 60
    replies["is_timely"] = replies["business"] <= 240
    resolved = events[events["activity"] == "Resolved"].sort_values("occurred_at", kind="stable")
    resolved = resolved.drop_duplicates("ticket_id", keep="last")
    in_month = (resolved["occurred_at"] >= "2026-10-01") & (resolved["occurred_at"] < "2026-11-01")
    resolved = resolved[in_month].merge(opened, left_on="ticket_id", right_index=True)
    resolved = credited(resolved, holders, "resource", "occurred_at")
    resolved["minutes"] = (resolved["occurred_at"] - resolved["opened_at"]).dt.total_seconds() / 60
    by_replier, by_resolver = replies.groupby("person_id"), resolved.groupby("person_id")
    return [
        numbers("first_reply_minutes_p50", by_replier["business"].quantile(0.5)),
        numbers("first_reply_minutes_p90", by_replier["business"].quantile(0.9)),
        numbers("first_reply_minutes_calendar_p50", by_replier["calendar"].quantile(0.5)),
        numbers("first_reply_within_sla", by_replier["is_timely"].mean()),
        numbers("tickets_resolved", by_resolver.size()),
        numbers("resolution_minutes_p50", by_resolver["minutes"].quantile(0.5)),
    ]


def posts(landing: Path, assignments: pd.DataFrame) -> list[pd.DataFrame]:
    """Reach and engagement KPIs, and the unusual posts."""
    counts = ["impressions", "likes", "replies", "reposts", "bookmarks"]
    versions = read(landing / "x_posts_content", ["post_id", "_subject_id", "post_text_kind", "_exported_at", *counts])
    versions[counts] = versions[counts].astype("int64")
    millis = (versions["post_id"].astype("int64").to_numpy() >> 22) + 1288834974657
    versions["created_at"] = pd.to_datetime(millis, unit="ms")
    versions["local_at"] = versions["created_at"] + pd.Timedelta(hours=8)
    # the first version that was seven days old, else the last
    versions["is_young"] = versions["_exported_at"] < versions["created_at"] + pd.Timedelta(days=7)
    settled = versions[~versions["is_young"]].sort_values("_exported_at").drop_duplicates("post_id")
    newest = versions.sort_values("_exported_at").drop_duplicates("post_id", keep="last")
    frame = pd.concat([settled, newest[~newest["post_id"].isin(settled["post_id"])]], ignore_index=True)
    frame = frame[(frame["local_at"] >= "2026-10-01") & (frame["local_at"] < "2026-11-01")]
    frame["done"] = frame["likes"] + frame["replies"] + frame["reposts"] + 2 * frame["bookmarks"]
    frame["day"] = frame["local_at"].dt.normalize()
    frame = frame.merge(unusual(frame[frame["post_text_kind"] == "post"]), on="post_id", how="left")
    mine = assignments[assignments["subject_type"] == "account"]
    frame = credited(frame, mine, "_subject_id", "local_at")
    frame["seen"] = frame["impressions"] * frame["share"]
    frame["interactions"] = frame["done"] * frame["share"]
    frame["own"] = frame["share"].where(frame["post_text_kind"] == "post", 0)
    frame["viral"] = (frame["share"] * (frame["z"] > 3.5)).where(frame["z"].notna())
    by_person = frame.groupby("person_id")
    sums = by_person[["seen", "interactions", "own"]].sum()
    return [
        numbers("impressions", sums["seen"]),
        numbers("engagement_rate_impressions", sums["interactions"] / sums["seen"]),
        numbers("posts_published", sums["own"]),
        numbers("viral_posts", by_person["viral"].sum(min_count=1).dropna()),
    ]


def unusual(originals: pd.DataFrame) -> pd.DataFrame:
    """Modified z-score of each post against its account's posts of the 90 days before, where there are twenty."""
    logs = np.log1p(originals["done"])
    found = []
    for _, account in originals.assign(log=logs).groupby("_subject_id"):
        for day, today in account.groupby("day"):
            before = account[(account["day"] < day) & (account["day"] >= day - pd.Timedelta(days=90))]["log"]
            if len(before) >= 20:
                centre = before.median()
                spread = (before - centre).abs().median()
                found.append(today[["post_id"]].assign(z=0.6745 * (today["log"] - centre) / spread))
    return pd.concat(found, ignore_index=True)


def orders(landing: Path, assignments: pd.DataFrame) -> list[pd.DataFrame]:
    """Code and revenue KPIs; money in whole cents."""
    columns = ["order_id", "total", "refunded_amount", "cancelled_at", "discount_code", "created_at", "_exported_at"]
    frame = read(landing / "shopify_orders", columns)
    # order values stand on an order's first line; the last export of an order counts
    frame = frame[frame["order_id"].notna()].sort_values("_exported_at", kind="stable")
    frame = frame.drop_duplicates("order_id", keep="last")
    frame = frame[frame["cancelled_at"].isna() & frame["discount_code"].notna()]
    frame["cents"] = (frame["total"].astype(float) * 100).round() - (
        frame["refunded_amount"].astype(float) * 100
    ).round()
    frame["ordered_at"] = pd.to_datetime(frame["created_at"].str.slice(0, 19), format="%Y-%m-%d %H:%M:%S")
    codes = assignments[assignments["subject_type"] == "promo_code"]
    by_person = credited(frame, codes, "discount_code", "ordered_at").groupby("person_id")["cents"]
    return [
        numbers("promo_code_uses", by_person.agg(lambda amounts: (amounts > 0).sum())),
        numbers("conversion_revenue", by_person.sum() / 100),
    ]


def dated(frame: pd.DataFrame) -> pd.DataFrame:
    """Validity as timestamps; an open end is the last moment that pandas can tell."""
    ends = frame["valid_to"].astype(str).where(frame["valid_to"].astype(str) < "2262", "2262-01-01")
    return frame.assign(valid_from=pd.to_datetime(frame["valid_from"]), valid_to=pd.to_datetime(ends))


def numbers(kpi_id: str, values: pd.Series) -> pd.DataFrame:
    """Long rows of one KPI."""
    return pd.DataFrame({"person_id": values.index, "kpi_id": kpi_id, "value": values.to_numpy(dtype=float)})


def compute(home: Path, target: Path) -> None:
    """Write one row per person and KPI."""
    landing, company = home / "landing", home / "landing" / "_company"
    assignments = pd.read_parquet(company / "assignments.parquet")
    assignments["share"] = assignments["share"].astype(float)
    assignments = dated(assignments.rename(columns={"subject_id": "subject"}))
    frames = [*tickets(landing, company), *posts(landing, assignments), *orders(landing, assignments)]
    pd.concat(frames, ignore_index=True).to_parquet(target)


if __name__ == "__main__":
    report_self(lambda: compute(Path(sys.argv[1]), Path(sys.argv[2])))
