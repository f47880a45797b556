"""The team shares of a scheme in plain words, with a worked example.

Belongs here: the part of the handbook about `team_shares`. Does not belong here: the bonus (`contents`); arithmetic,
for the example is split by `pipelines.scoring`.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from pipelines.schemes.model import ShareGate, TeamShare
from pipelines.scorecards.handbook.document import Block, Bullets, Heading, Para
from pipelines.scorecards.handbook.words import Speaker, exact
from pipelines.scoring.numbers import CENT, HUNDRED, largest_remainder, round_once

#: The imagined gain of a team, and the points of its three people.
GAIN = Decimal(10_000)
POINTS = (Decimal(100), Decimal(80), Decimal(110))


def team_shares(say: Speaker) -> Iterator[Block]:
    """Tell every team share: what is shared, at what rate, when, on what conditions, and how it is divided."""
    if not say.scheme.team_shares:
        return
    yield Heading(2, say.t("share.title"), ", ".join(dict.fromkeys(one.req for one in say.scheme.team_shares)))
    yield Para(say.t("share.intro"))
    for share in say.scheme.team_shares:
        yield Heading(3, say.label(share.title), share.req)
        yield Bullets(list(_facts(say, share)))
        yield Para(_example(say, share))
        yield Para(say.label(share.why), hint=True)
    yield Para(say.t("share.withheld"))


def _facts(say: Speaker, share: TeamShare) -> Iterator[str]:
    yield say.t(f"share.of.{share.of}")
    yield say.t(f"share.rate.{share.period}", rate=say.percent(share.rate))
    yield from (_gate(say, gate) for gate in share.gates)
    yield say.t(f"share.points.{share.points}")


def _gate(say: Speaker, gate: ShareGate) -> str:
    info = say.catalogue.get(gate.kpi)
    side, limit = ("low", gate.at_least) if gate.at_least is not None else ("high", gate.at_most)
    return say.t(
        f"share.gate_{side}",
        title=say.label(gate.title),
        kpi=say.kpi(gate.kpi),
        limit=say.value(limit if limit is not None else Decimal(0), info.unit if info else ""),
        why=say.label(gate.why),
    )


def _example(say: Speaker, share: TeamShare) -> str:
    """Three people with the same target bonus and days."""
    amount = round_once(GAIN * share.rate / HUNDRED)
    parts = largest_remainder(int(amount / CENT), POINTS)
    return say.t(
        "share.example",
        gain=say.value(GAIN, "currency"),
        rate=say.percent(share.rate),
        amount=say.value(amount, "currency"),
        points=say.joined([exact(points) for points in POINTS]),
        parts=say.joined([say.value(count * CENT, "currency") for count in parts]),
    )
