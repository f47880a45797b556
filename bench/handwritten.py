"""The same numbers by one hand-written DuckDB script, as good as we could make it: what the KPI build is measured by.

Belongs here: the shortest way from landing Parquet to a number per person and KPI for exactly this company: it knows
that nothing is delivered twice, that nobody changes role and that every rule but one of the credit resolver is idle.
The KPI build knows none of that; its price is the ratio.

Run as a process of its own (`python bench/handwritten.py HOME OUT.parquet`), it prints its wall time and peak memory.
"""

from __future__ import annotations

import sys
from pathlib import Path

import duckdb

if __package__ in (None, ""):
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from bench.measure import report_self

SQL = """
with days as (
    select
        day,
        is_working::int * 32400 as working,
        sum(is_working::int * 32400) over (order by day) - is_working::int * 32400 as before
    from read_parquet('{company}/calendar.parquet')
),
agents as (
    select external_key, person_id from read_parquet('{company}/identity_map.parquet') where system = 'tickets'
),
events as materialized (
    select
        ticket_id,
        min(occurred_at::timestamp) as opened_at,
        min(occurred_at::timestamp) filter (activity = 'First reply') as replied_at,
        min(resource) filter (activity = 'First reply') as replier,
        max(occurred_at::timestamp) filter (activity = 'Resolved') as resolved_at,
        min(resource) filter (activity = 'Resolved') as resolver
    from read_parquet('{landing}/ticket_events/*.parquet')
    group by ticket_id
),
clocked as (
    select
        events.*,
        opening.before + least(greatest(epoch(opened_at) - epoch(opened_at::date) - 32400, 0), opening.working) as o,
        reply.before + least(greatest(epoch(replied_at) - epoch(replied_at::date) - 32400, 0), reply.working) as r
    from events
    left join days as opening on opened_at::date = opening.day
    left join days as reply on replied_at::date = reply.day
),
replies as (
    select
        person_id,
        quantile_cont((r - o) / 60, [0.5, 0.9]) as business,
        quantile_cont(epoch(replied_at - opened_at) / 60, 0.5) as calendar
    from clocked inner join agents on replier = external_key
    where replied_at is not null
    group by person_id
),
resolutions as (
    select person_id, count(*) as n, quantile_cont(epoch(resolved_at - opened_at) / 60, 0.5) as p50
    from events inner join agents on resolver = external_key
    where resolved_at >= timestamp '2026-10-01' and resolved_at < timestamp '2026-11-01'
    group by person_id
),
assignments as (
    select subject_type, subject_id, person_id, share from read_parquet('{company}/assignments.parquet')
),
posts as (
    select
        person_id,
        sum(impressions::decimal(18, 0) * share) as impressions,
        sum((likes::int + replies::int + reposts::int + 2 * bookmarks::int) * share) as interactions,
        sum(case when post_text_kind = 'post' then share end) as published
    from read_parquet('{landing}/x_posts_content/*.parquet')
    inner join assignments on subject_type = 'account' and subject_id = _subject_id
    group by person_id
),
orders as (
    select
        person_id,
        count(*) filter (total::decimal(18, 2) > refunded_amount::decimal(18, 2)) as uses,
        sum(total::decimal(18, 2) - refunded_amount::decimal(18, 2)) as revenue
    from read_parquet('{landing}/shopify_orders/*.parquet')
    inner join assignments on subject_type = 'promo_code' and subject_id = discount_code
    where total is not null and cancelled_at is null
    group by person_id
)
select person_id, 'first_reply_minutes_p50' as kpi_id, business[1]::double as value from replies
union all select person_id, 'first_reply_minutes_p90', business[2]::double from replies
union all select person_id, 'first_reply_minutes_calendar_p50', calendar::double from replies
union all select person_id, 'tickets_resolved', n::double from resolutions
union all select person_id, 'resolution_minutes_p50', p50::double from resolutions
union all select person_id, 'impressions', impressions::double from posts
union all select person_id, 'engagement_rate_impressions', interactions::double / impressions::double from posts
union all select person_id, 'posts_published', published::double from posts
union all select person_id, 'promo_code_uses', uses::double from orders
union all select person_id, 'conversion_revenue', revenue::double from orders
"""


def compute(home: Path, target: Path) -> None:
    """Write one row per person and KPI."""
    query = SQL.format(landing=home / "landing", company=home / "landing" / "_company")
    with duckdb.connect() as connection:
        connection.execute(f"copy ({query} order by all) to '{target}' (format parquet)")


if __name__ == "__main__":
    report_self(lambda: compute(Path(sys.argv[1]), Path(sys.argv[2])))
