"""What became of each simulated account: alarms, holds, purges, and how many of its followers would be paid.

Belongs here: comparing the rule's relations with the truth, one row an account. Does not belong here: tables for people
(`judge`).
"""

from __future__ import annotations

from dataclasses import dataclass

import duckdb
import pyarrow as pa

from .rule import PROJECT, judged, macros
from .streams import PAID_DAYS, Streams, day_of

#: A follower alarm counts as the event's until the longest window has left it.
AFTER = 13


@dataclass(frozen=True)
class Outcome:
    """One account.

    Attributes:
        kind: kind of the event.
        size: accounts bought.
        alarmed: an alarm in the event or in the 13 days after it.
        stray: days with an alarm outside of that, and how many days there were to raise one.
        days: see stray.
        held: a burst held as unexplained in the event, the followers' age known.
        held_by_counts: the same by counts alone.
        fled: a cohort of the event held because it left.
        lost: unfollows beyond the usual on the days of a purge, as far as the guard sees one.
        spared: how many of them are not deducted.
        genuine: genuine followers of the thirty days who are there at day 30: the truth.
        raw: all followers of the thirty days who are there at day 30.
        by_verdict: those of them that the card does not call spam.
        by_window: and that are neither in a cluster nor doubtful inside an alarm window.
        paid: and less the remainder that is held.
    """

    kind: str
    size: int
    alarmed: bool
    stray: int
    days: int
    held: bool
    held_by_counts: bool
    fled: bool
    lost: float
    spared: float
    genuine: int
    raw: int
    by_verdict: int
    by_window: int
    paid: float

    def error(self, policy: str) -> float:
        """Relative error of a policy's count; 0 is right, 0.1 pays a tenth too much."""
        return float(getattr(self, policy)) / max(self.genuine, 1) - 1


def outcomes(streams: Streams, **changed: float) -> list[Outcome]:
    """Judge every account of the streams; `changed` replaces thresholds."""
    connection = judged(streams, **changed)
    _by_counts_alone(connection)
    _events(connection, streams)
    cursor = connection.execute(_OUTCOMES, {"after": AFTER, "paid_days": PAID_DAYS, "spam": _spam_points(connection)})
    names = [column[0] for column in cursor.description]
    return [Outcome(**dict(zip(names, row, strict=True))) for row in cursor.fetchall()]


def _spam_points(connection: duckdb.DuckDBPyConnection) -> int:
    """Points from which the newest version of the card itself says spam."""
    card = PROJECT / "seeds" / "follower_points.csv"
    found = connection.execute(
        f"select max_by(points, valid_from) from read_csv('{card}') where code = 'spam'"
    ).fetchone()
    assert found is not None
    return int(found[0])


def _by_counts_alone(connection: duckdb.DuckDBPyConnection) -> None:
    """The holds of the overview export, which does not tell how old the accounts are."""
    guard = macros()
    connection.execute("create table count_volume as select * replace (n_new as n_settled) from volume")
    connection.execute(f"create table count_holds as {guard.burst_unexplained('count_volume', 'thresholds')}")


def _events(connection: duckdb.DuckDBPyConnection, streams: Streams) -> None:
    events = pa.table(
        {
            "account_id": [event.account for event in streams.events],
            "kind": [event.kind for event in streams.events],
            "size": [event.size for event in streams.events],
            "first": [day_of(event.first) for event in streams.events],
            "last": [day_of(event.last) for event in streams.events],
        }
    )
    connection.register("incoming", events)
    connection.execute("create table events as select * from incoming")
    connection.unregister("incoming")


_OUTCOMES = """
with flagged as (
    select account_id, day from alarms
    union
    select account_id, day from windows where rule = 'cluster'
),
alarm_days as (
    select
        events.account_id,
        count(case when day between first and last + $after::integer then 1 end) as n,
        count(case when day < first or day > last + $after::integer then 1 end) as n_stray
    from events inner join flagged using (account_id) group by all
),
holds as (
    select
        events.account_id,
        bool_or(rule = 'age') as held,
        bool_or(rule = 'counts') as held_by_counts,
        bool_or(rule = 'fled') as fled
    from events
    inner join (
        select account_id, day, 'age' as rule from unexplained
        union all select account_id, day, 'counts' from count_holds
        union all select account_id, day, 'fled' from fled
    ) as found using (account_id)
    where found.day between first and last + 2
    group by all
),
purged as (
    select account_id, sum(n_left - usual_left) as lost, sum(n_spared) as spared
    from events inner join purges using (account_id) where day between first and last group by all
),
counted as (
    select
        follows.account_id,
        genuine,
        points >= $spam as is_spam,
        members.follower_id is not null
        or (windows.day is not null and points >= thresholds.window_points) as is_in_window
    from follows
    inner join events using (account_id)
    cross join thresholds
    left join windows on follows.account_id = windows.account_id and follows.followed_on = windows.day
    left join members
        on follows.account_id = members.account_id
        and follows.follower_id = members.follower_id
        and follows.followed_on = members.followed_on
    where
        follows.followed_on >= first and follows.followed_on < first + $paid_days::integer
        and (left_on is null or left_on >= follows.followed_on + $paid_days::integer)
),
counts as (
    select
        account_id,
        count(case when genuine then 1 end) as genuine,
        count(*) as raw,
        count(case when not is_spam then 1 end) as by_verdict,
        count(case when not is_spam and not is_in_window then 1 end) as by_window
    from counted group by account_id
),
remainders as (
    select events.account_id, sum(remainder) as n
    from events inner join windows using (account_id)
    where day >= first and day < first + $paid_days::integer group by all
)
select
    kind,
    size,
    coalesce(alarm_days.n, 0) > 0 as alarmed,
    coalesce(alarm_days.n_stray, 0) as stray,
    -- days with the history that an alarm needs, outside of the event
    cast(
        (
            select count(*) from spine
            where spine.account_id = events.account_id and (day < first or day > last + $after::integer)
        )
        - (select any_value(min_history_days) from thresholds) as integer
    ) as days,
    coalesce(held, false) as held,
    coalesce(held_by_counts, false) as held_by_counts,
    coalesce(fled, false) as fled,
    coalesce(purged.lost, 0) as lost,
    coalesce(purged.spared, 0) as spared,
    genuine,
    raw,
    by_verdict,
    by_window,
    by_window - coalesce(remainders.n, 0) as paid
from events
inner join counts using (account_id)
left join alarm_days using (account_id)
left join holds using (account_id)
left join purged using (account_id)
left join remainders using (account_id)
order by kind, account_id
"""
