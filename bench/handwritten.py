"""The same numbers by one hand-written DuckDB script, as good as we could make it: what the KPI build is measured by.

Belongs here: the shortest way from landing Parquet to a number per person and KPI for exactly this company. It does the
work that the data demands: typing, repeated events and re-exported orders and posts, credit by who held a login, an
account or a code at the event, business hours, medians, the unusual posts. It knows what the KPI build must find out:
one time zone, one currency, one source a family, nobody changes role, no file contradicts another, no test orders, one
credit rule each, no gaps.

It comes in two forms. The numbers alone: credited records are temporary. With records (`--records`): every number can
be followed to the records and the rows of the files behind it, as on a card, so the credited records stay in the file,
each with its id, person, content and row.

Run as a process of its own (`python bench/handwritten.py HOME OUT.duckdb [--records]`), it prints its times and peak
memory.
"""

from __future__ import annotations

import sys
from pathlib import Path

import duckdb

if __package__ in (None, ""):
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from bench.measure import report_self

SQL = """
-- wall-clock times are Shanghai's; UTC is eight hours behind, all year
create temp table days as
select
    day,
    is_working::int * 32400 as working,
    sum(is_working::int * 32400) over (order by day) - is_working::int * 32400 as before
from read_parquet('{company}/calendar.parquet');

create temp table logins as
select external_key, person_id, valid_from::timestamp as held_from, valid_to::timestamp as held_to
from read_parquet('{company}/identity_map.parquet') where system = 'tickets';

create temp table assignments as
select subject_type, subject_id, person_id, share, valid_from::timestamp as held_from, valid_to::timestamp as held_to
from read_parquet('{company}/assignments.parquet');

-- repeated events change neither a first nor a last one
create temp table tickets as
with events as (
    select
        ticket_id,
        min(occurred_at::timestamp) as opened_at,
        min(occurred_at::timestamp) filter (activity = 'First reply') as replied_at,
        arg_min(resource, occurred_at) filter (activity = 'First reply') as replier,
        max(occurred_at::timestamp) filter (activity = 'Resolved') as resolved_at,
        arg_max(resource, occurred_at) filter (activity = 'Resolved') as resolver
        {event_origin}
    from read_parquet('{landing}/ticket_events/*.parquet')
    group by ticket_id
)
select
    events.*,
    reply.before + least(greatest(epoch_us(replied_at) // 1000000 % 86400 - 32400, 0), reply.working)
    - opening.before - least(greatest(epoch_us(opened_at) // 1000000 % 86400 - 32400, 0), opening.working)
        as business_seconds
from events
left join days as opening on opened_at::date = opening.day
left join days as reply on replied_at::date = reply.day;

create temp table posts as
with versions as (
    select
        post_id,
        _subject_id as account_id,
        make_timestamp(((post_id::bigint >> 22) + 1288834974657) * 1000) as created_at,
        post_text_kind as kind,
        impressions::bigint as impressions,
        likes::bigint + replies::bigint + reposts::bigint + 2 * bookmarks::bigint as interactions,
        _exported_at as exported_at
        {row_origin}
    from read_parquet('{landing}/x_posts_content/*.parquet')
)
-- the first version that was seven days old, else the last
select post_id, post.* exclude (created_at), post.created_at + interval 8 hours as local_at
from (
    select
        post_id,
        coalesce(
            arg_min(version, exported_at) filter (exported_at >= version.created_at + interval 7 days),
            arg_max(version, exported_at)
        ) as post
    from (
        select
            post_id,
            exported_at,
            {{
                'account_id': account_id, 'kind': kind, 'impressions': impressions, 'interactions': interactions,
                'log_interactions': ln(1 + interactions), 'created_at': created_at
                {version_origin}
            }} as version
        from versions
    )
    group by post_id
)
where local_at >= timestamp '2026-10-01' and local_at < timestamp '2026-11-01';

-- modified z-score against the account's own posts of the 90 days before
create temp table unusual as
with originals as (
    select post_id, account_id, local_at::date as day, log_interactions from posts where kind = 'post'
),
baselines as (
    select judged.account_id, judged.day, before.log_interactions as x
    from (select distinct account_id, day from originals) as judged
    inner join originals as before
        on judged.account_id = before.account_id and before.day < judged.day and before.day >= judged.day - 90
),
centres as (
    select account_id, day, median(x) as centre from baselines group by all having count(*) >= 20
),
spreads as (
    select account_id, day, centre, median(abs(x - centre)) as spread
    from baselines inner join centres using (account_id, day) group by all
)
select post_id, 0.6745 * (log_interactions - centre) / spread > 3.5 as is_viral
from originals inner join spreads using (account_id, day);

-- order values stand on an order's first line; the last export of an order counts
create temp table orders as
select
    order_id,
    arg_max(total::decimal(18, 2), _exported_at) as total,
    arg_max(total::decimal(18, 2) - refunded_amount::decimal(18, 2), _exported_at) as net,
    arg_max(discount_code, _exported_at) as code,
    arg_max(cancelled_at is null, _exported_at) as is_kept,
    max(left(created_at, 19)::timestamp) as ordered_at
    {order_origin}
from read_parquet('{landing}/shopify_orders/*.parquet')
where order_id is not null
group by order_id
having is_kept and total <> 0;

create {records} table reply_credit as
select coalesce(person_id, 'UNASSIGNED') as person_id, tickets.*
from tickets
left join logins on replier = external_key and replied_at >= held_from and replied_at < held_to
where opened_at >= timestamp '2026-10-01' and opened_at < timestamp '2026-11-01';

create {records} table resolution_credit as
select coalesce(person_id, 'UNASSIGNED') as person_id, opened_at, resolved_at {ticket_columns}
from tickets
left join logins on resolver = external_key and resolved_at >= held_from and resolved_at < held_to
where resolved_at >= timestamp '2026-10-01' and resolved_at < timestamp '2026-11-01';

create {records} table post_credit as
select coalesce(person_id, 'UNASSIGNED') as person_id, share, posts.*, is_viral
from posts
left join unusual using (post_id)
left join assignments
    on subject_type = 'account' and subject_id = account_id and local_at >= held_from and local_at < held_to;

create {records} table order_credit as
select coalesce(person_id, 'UNASSIGNED') as person_id, orders.*
from orders
left join assignments
    on subject_type = 'promo_code' and subject_id = code and ordered_at >= held_from and ordered_at < held_to;

create table person_kpis as
with
replies as (
    select
        person_id,
        quantile_cont(business_seconds, [0.5, 0.9]) as business,
        quantile_cont(epoch_us(replied_at) // 1000000 - epoch_us(opened_at) // 1000000, 0.5) as calendar,
        count(*) filter (business_seconds <= 14400) / count(*) as within_sla
    from reply_credit
    where replied_at is not null
    group by person_id
),
resolutions as (
    select
        person_id,
        count(*) as n,
        quantile_cont(epoch_us(resolved_at) // 1000000 - epoch_us(opened_at) // 1000000, 0.5) as p50
    from resolution_credit
    group by person_id
),
post_sums as (
    select
        person_id,
        sum(impressions * share) as impressions,
        sum(interactions * share) as interactions,
        sum(share) filter (kind = 'post') as published,
        sum(if(is_viral, share, 0)) filter (is_viral is not null) as viral
    from post_credit
    group by person_id
),
order_sums as (
    select person_id, count(*) filter (code is not null and net > 0) as uses, sum(net) as revenue
    from order_credit
    group by person_id
)
select person_id, 'first_reply_minutes_p50' as kpi_id, business[1] / 60 as value from replies
union all select person_id, 'first_reply_minutes_p90', business[2] / 60 from replies
union all select person_id, 'first_reply_minutes_calendar_p50', calendar / 60 from replies
union all select person_id, 'first_reply_within_sla', within_sla from replies
union all select person_id, 'tickets_resolved', n from resolutions
union all select person_id, 'resolution_minutes_p50', p50 / 60 from resolutions
union all select person_id, 'impressions', impressions from post_sums
union all select person_id, 'engagement_rate_impressions', interactions / impressions from post_sums
union all select person_id, 'posts_published', published from post_sums
union all select person_id, 'viral_posts', viral from post_sums where viral is not null
union all select person_id, 'promo_code_uses', uses from order_sums
union all select person_id, 'conversion_revenue', revenue from order_sums;
"""


NUMBERS_ALONE = {
    "records": "temp",
    **dict.fromkeys(("event_origin", "row_origin", "version_origin", "order_origin", "ticket_columns"), ""),
}
WITH_RECORDS = {
    "records": "",
    "event_origin": ", arg_min({'content_id': _content_id, 'row_no': _row_no}, occurred_at) as origin",
    "row_origin": ", _content_id, _row_no",
    "version_origin": ", 'content_id': _content_id, 'row_no': _row_no",
    "order_origin": ", arg_max({'content_id': _content_id, 'row_no': _row_no}, _exported_at) as origin",
    "ticket_columns": ", ticket_id, origin",
}


def compute(home: Path, target: Path, *, records: bool) -> None:
    """Write the table `person_kpis` into a DuckDB file, and with `records` the credited records beside it."""
    target.unlink(missing_ok=True)
    form = WITH_RECORDS if records else NUMBERS_ALONE
    with duckdb.connect(str(target)) as connection:
        connection.execute("set preserve_insertion_order = false")
        if records:
            # as the build stores its records; compressing them would take longer
            connection.execute("set force_compression = 'uncompressed'")
        connection.execute(SQL.format(landing=home / "landing", company=home / "landing" / "_company", **form))


if __name__ == "__main__":
    report_self(lambda: compute(Path(sys.argv[1]), Path(sys.argv[2]), records="--records" in sys.argv))
