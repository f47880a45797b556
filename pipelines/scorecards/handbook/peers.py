"""What the handbook says of platforms: events are noted, and which targets move with the peers.

Belongs here: the block `peer_control` of the scheme file. Does not belong here: the other parts (`contents`).
"""

from __future__ import annotations

from collections.abc import Iterator

from pipelines.scorecards.handbook.document import Block, Bullets, Heading, Para
from pipelines.scorecards.handbook.example import Example
from pipelines.scorecards.handbook.words import Speaker, exact


def peer_control(say: Speaker, worked: Example) -> Iterator[Block]:
    """Tell which KPIs are compared with peers, when their targets move, how far, and who is a peer."""
    rule = say.scheme.peer_control
    if rule is None:
        return
    yield Heading(2, say.t("peers.title"), rule.req)
    yield Para(say.t("peers.intro", kpis=say.joined([say.kpi(kpi) for kpi in rule.kpis])))
    yield Bullets(
        [
            say.t("peers.effect", months=rule.base_months),
            say.t("peers.when", k=exact(rule.mad_factor)),
            say.t("peers.factor", beta=exact(rule.beta), cap=say.percent(rule.cap)),
            say.t("peers.levels"),
            say.t("peers.who"),
            say.t("peers.few", least=rule.min_peers),
        ]
    )
    yield Para(say.label(rule.why), hint=True)
