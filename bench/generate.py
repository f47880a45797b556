"""The bench company: one large month in vendor-shaped exports, generated in SQL.

Belongs here: what is big and what it looks like. Every value follows from a row number by a hash, so two runs of one
DuckDB version give the same files; truth for tests is the demo company's business, not this one's.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import duckdb

MONTH = "2026-10"
SERVICE = [f"S{number:02}" for number in range(1, 41)]
CONTENT = [f"C{number:02}" for number in range(1, 11)]
ACCOUNTS = [f"x{number:02}" for number in range(1, 21)]
MANAGER = "M01"
SINCE = "2026-01-01"
# On this day the last agent's login and the first four accounts go to somebody else.
HAND_OVER = f"{MONTH}-16"
HANDED_ON_ACCOUNTS = 4

# What each export holds: the day on which it was made and its first and last (exclusive) day. They overlap, as exports
# do that people make by hand.
TICKET_EXPORTS = [
    ("2026-10-16", "2026-10-01", "2026-10-16"),
    ("2026-11-01", "2026-10-13", "2026-11-01"),
    ("2026-12-01", "2026-10-29", "2027-01-01"),
]
ORDER_EXPORTS = [("2026-10-21", "2026-10-01", "2026-10-21"), ("2026-12-01", "2026-10-01", "2026-12-01")]
# Made while the month's last posts were too young to be measured, and again when all of them were old enough.
POST_EXPORTS = ["2026-11-01", "2026-12-01"]


@dataclass(frozen=True)
class Size:
    """How much to generate. A ticket makes about 3.2 events, an order 1.5 lines.

    Overlapping exports state 1.2 times as many events, twice as many posts and 1.6 times as many order lines.
    """

    tickets: int = 2_000_000
    posts: int = 120_000
    orders: int = 600_000

    def __str__(self) -> str:
        return f"{self.tickets:,} tickets, {self.posts:,} posts, {self.orders:,} orders"


def generate(home: Path, size: Size) -> None:
    """Write the company folder and its exports."""
    write_people(home)
    with duckdb.connect() as connection:
        connection.execute("set preserve_insertion_order = true")
        connection.execute("create macro dice(i, salt, sides) as (hash(i * 1000 + salt) % sides)::bigint")
        _write_tickets(connection, home, size)
        _write_posts(connection, home, size)
        _write_orders(connection, home, size)


def _copy(connection: duckdb.DuckDBPyConnection, query: str, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    connection.execute(f"copy ({query}) to '{target}' (format csv, header true)")


def _write_tickets(connection: duckdb.DuckDBPyConnection, home: Path, size: Size) -> None:
    """An event log: opened, sometimes handed on, most replied to, most of all resolved within ten days."""
    connection.execute(
        f"""
        create table tickets as
        select
            i,
            timestamp '{MONTH}-01' + to_seconds(dice(i, 1, 31 * 86400)) as opened_at,
            60 + dice(i, 2, 600) * dice(i, 3, 400) as reply_after,
            3600 + dice(i, 4, 8 * 86400) as resolve_after,
            dice(i, 5, 100) < 95 as is_replied,
            dice(i, 6, 100) < 90 as is_resolved,
            dice(i, 7, 100) < 20 as is_handed_on,
            'agent ' || lpad((1 + dice(i, 8, {len(SERVICE)}))::varchar, 2, '0') as replier,
            'agent ' || lpad((1 + dice(i, 9, {len(SERVICE)}))::varchar, 2, '0') as resolver
        from range({size.tickets}) as numbers(i)
        """
    )
    connection.execute(
        """
        create table ticket_events as
        select i, 'Opened' as activity, replier as agent, opened_at as moment from tickets
        union all
        select i, 'First reply', replier, opened_at + to_seconds(reply_after) from tickets where is_replied
        union all
        select i, 'Handed on', replier, opened_at + to_seconds(reply_after + 600) from tickets where is_handed_on
        union all
        select i, 'Resolved', resolver, opened_at + to_seconds(reply_after + resolve_after) from tickets
        where is_resolved
        """
    )
    for exported, first, end in TICKET_EXPORTS:
        _copy(
            connection,
            f"""
            select
                'T' || i as "Ticket", activity as "Activity", agent as "Agent",
                strftime(moment, '%Y-%m-%d %H:%M:%S') as "Timestamp"
            from ticket_events
            where moment >= timestamp '{first}' and moment < timestamp '{end}'
            order by moment, i, activity
            """,
            home / "exports" / "tickets" / exported / "tickets.csv",
        )


def _write_posts(connection: duckdb.DuckDBPyConnection, home: Path, size: Size) -> None:
    """Two content exports an account, a month apart: the counts have grown meanwhile.

    A third of the posts are replies. Ids are snowflakes, as X gives them.
    """
    connection.execute(
        f"""
        create table posts as
        select
            *,
            (((epoch_ms(posted_at) - 1288834974657)::ubigint << 22) + (i % 4096)::ubigint)::varchar as post_id
        from (
            select
                i,
                1 + i % {len(ACCOUNTS)} as account_no,
                -- UTC; stays inside the local month, which begins eight hours earlier
                timestamp '{MONTH}-01' + to_milliseconds(dice(i, 11, 2592000000)) as posted_at,
                dice(i, 12, 3) = 0 as is_reply,
                500 + dice(i, 13, 20000) as impressions,
                dice(i, 14, 300) as likes,
                dice(i, 15, 40) as replies,
                dice(i, 16, 60) as reposts,
                dice(i, 17, 20) as bookmarks
            from range({size.posts}) as numbers(i)
        )
        """
    )
    for number, account in enumerate(ACCOUNTS, start=1):
        for grown, exported in enumerate(POST_EXPORTS):
            _copy(
                connection,
                f"""
                select
                    post_id as "Post id", strftime(posted_at, '%a, %b %-d, %Y') as "Date",
                    case when is_reply then '@someone ' else '' end || 'Text number ' || i as "Post text",
                    'https://x.com/{account}/status/' || post_id as "Post Link",
                    impressions + {grown} * 200 as "Impressions", likes + {grown} * 7 as "Likes",
                    likes + replies + reposts + 5 + {grown} * 9 as "Engagements",
                    bookmarks as "Bookmarks", 0 as "Shares", 0 as "New follows", replies + {grown} * 2 as "Replies",
                    reposts as "Reposts", 1 as "Profile visits", 2 as "Detail Expands", 1 as "URL Clicks",
                    0 as "Hashtag Clicks", 1 as "Permalink Clicks"
                from posts where account_no = {number} order by i
                """,
                home / "exports" / "x" / account / exported / f"account_analytics_content_{MONTH}-01_{MONTH}-31.csv",
            )


def _write_orders(connection: duckdb.DuckDBPyConnection, home: Path, size: Size) -> None:
    """Orders with one or two lines; a third use one of the people's codes, some are cancelled.

    The first export holds the month's first orders, the second all of them, with refunds made in between.
    """
    connection.execute(
        f"""
        create table orders as
        select
            i,
            timestamp '{MONTH}-01' + to_seconds(dice(i, 21, 31 * 86400)) as ordered_at,
            (100 + dice(i, 22, 50000)) / 100.0 as total,
            case when dice(i, 23, 3) = 0
                then 'CODE' || lpad((1 + dice(i, 24, {len(CONTENT)}))::varchar, 2, '0') end as code,
            dice(i, 25, 100) < 4 as is_refunded,
            dice(i, 26, 100) < 3 as is_cancelled,
            1 + dice(i, 27, 2) as n_lines
        from range({size.orders}) as numbers(i)
        """
    )
    stamp = "'%Y-%m-%d %H:%M:%S +0800'"
    for exported, first, end in ORDER_EXPORTS:
        refunds = "true" if exported == ORDER_EXPORTS[-1][0] else "i % 2 = 0"
        _copy(
            connection,
            f"""
            select
                '#' || (1000 + i) as "Name",
                case when line = 1 then 'buyer' || dice(i, 28, 90000) || '@example.com' end as "Email",
                case when line = 1 then 'paid' end as "Financial Status",
                case when line = 1 then strftime(ordered_at, {stamp}) end as "Paid at",
                case when line = 1 then 'CNY' end as "Currency",
                case when line = 1 then printf('%.2f', total) end as "Subtotal",
                case when line = 1 then '0.00' end as "Shipping",
                case when line = 1 then '0.00' end as "Taxes",
                case when line = 1 then printf('%.2f', total) end as "Total",
                case when line = 1 then code end as "Discount Code",
                case when line = 1 then '0.00' end as "Discount Amount",
                strftime(ordered_at, {stamp}) as "Created at",
                1 as "Lineitem quantity",
                'thing ' || line as "Lineitem name",
                '1.00' as "Lineitem price",
                'SKU' || line as "Lineitem sku",
                case when line = 1 and is_cancelled then strftime(ordered_at + interval 1 hour, {stamp}) end
                    as "Cancelled at",
                case when line = 1 then if(is_refunded and {refunds}, printf('%.2f', total), '0.00') end
                    as "Refunded Amount",
                case when line = 1 then 7000000000000 + i end as "Id",
                '' as "Tags",
                case when line = 1 then 'web' end as "Source"
            from orders, range(1, 3) as lines(line)
            where line <= n_lines and ordered_at >= timestamp '{first}' and ordered_at < timestamp '{end}'
            order by i, line
            """,
            home / "exports" / "shopify" / exported / "orders_export.csv",
        )


def write_people(home: Path) -> None:
    """Forty agents, ten writers who share twenty accounts, and their manager; some hand over in mid-month."""
    people = home / "people"
    people.mkdir(parents=True)
    (home / "company.yaml").write_text(
        "name: The bench company\ntimezone: Asia/Shanghai\ncurrency: CNY\nlocale: en\nlanguages: [en]\n"
        f"approvers: [{MANAGER}]\n"
        "ticket_activities:\n  opened: [Opened]\n  first_reply: [First reply]\n  resolved: [Resolved]\n  closed: []\n"
        "expected_sources:\n"
        f"  - {{family: tickets, account_id: desk, cadence: events, max_silence_days: 9, from: {SINCE}}}\n"
        f"  - {{family: orders, account_id: shop, cadence: events, max_silence_days: 9, from: {SINCE}}}\n"
        + "".join(
            f"  - {{family: x_posts, account_id: {account}, cadence: events, max_silence_days: 9, from: {SINCE}}}\n"
            for account in ACCOUNTS
        ),
        encoding="utf-8",
    )
    roles = [(person, "customer_service") for person in SERVICE] + [(person, "content") for person in CONTENT]
    everybody = [*(person for person, _ in roles), MANAGER]
    accounts = [*((account, "x") for account in ACCOUNTS), ("desk", "tickets"), ("shop", "shopify")]
    # two writers share each account, and each writer's own code brings orders
    shares = [
        ("account", account, CONTENT[(number + shift) % len(CONTENT)], share, since, until)
        for number, account in enumerate(ACCOUNTS)
        for since, until, shifts in _holders(number)
        for shift, share in shifts
    ]
    codes = [
        ("promo_code", f"CODE{number:02}", person, 100, SINCE, "") for number, person in enumerate(CONTENT, start=1)
    ]
    logins = [(f"agent {number:02}", person, SINCE, "") for number, person in enumerate(SERVICE, start=1)]
    last_login, last_agent, _, _ = logins.pop()
    logins += [(last_login, last_agent, SINCE, HAND_OVER), (last_login, SERVICE[0], HAND_OVER, "")]
    tables: dict[str, tuple[str, list[str]]] = {
        "people": ("person_id,name,hired_on,left_on", [f"{person},{person},{SINCE}," for person in everybody]),
        "positions": (
            "person_id,role,level,team_id,bonus_base,valid_from,valid_to",
            [f"{person},{role},,team,1000,{SINCE}," for person, role in roles],
        ),
        "identity_map": (
            "system,external_id,person_id,valid_from,valid_to",
            [f"tickets,{login},{person},{since},{until}" for login, person, since, until in logins],
        ),
        "accounts": (
            "account_id,platform,name,active_from,active_to",
            [f"{account},{platform},{account},{SINCE}," for account, platform in accounts],
        ),
        "assignments": (
            "subject_type,subject_id,person_id,share,valid_from,valid_to",
            [",".join(map(str, row)) for row in (*shares, *codes)],
        ),
        "scheme_assignments": ("scheme_id,team_id,role,valid_from,valid_to", [f"000,,,{SINCE},"]),
        "targets": ("period,period_type,scope,scope_id,kpi_id,target", []),
    }
    for name, (header, rows) in tables.items():
        (people / f"{name}.csv").write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")


def _holders(number: int) -> list[tuple[str, str, tuple[tuple[int, int], ...]]]:
    """From when until when which writers (as steps from the account's own) hold an account, with their shares."""
    if number < HANDED_ON_ACCOUNTS:
        return [(SINCE, HAND_OVER, ((0, 60), (1, 40))), (HAND_OVER, "", ((2, 70), (1, 30)))]
    return [(SINCE, "", ((0, 60), (1, 40)))]
