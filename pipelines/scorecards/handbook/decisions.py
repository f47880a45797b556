"""What the handbook says of people's decisions: bonus points, pay by the piece, awards, calibration, appeals.

Belongs here: the parts of the scheme file about them, and what holds under every scheme. Does not belong here: the
other parts (`contents`).
"""

from __future__ import annotations

from collections.abc import Iterator

from pipelines.schemes.model import PieceRate
from pipelines.scorecards.handbook.document import Block, Bullets, Heading, Para
from pipelines.scorecards.handbook.example import Example
from pipelines.scorecards.handbook.words import Speaker, exact


def bonus_points(say: Speaker, worked: Example) -> Iterator[Block]:
    """Tell how many points people may grant, and where they count."""
    rule = say.scheme.bonus_points
    if rule is None:
        return
    yield Heading(2, say.t("points.title"), rule.req)
    yield Para(say.t("points.rule", max=exact(rule.max)))
    yield Para(say.label(rule.why), hint=True)


def pieces(say: Speaker, worked: Example) -> Iterator[Block]:
    """Tell what is paid by the piece."""
    if not say.scheme.piece_rates:
        return
    yield Heading(2, say.t("pieces.title"))
    for rate in say.scheme.piece_rates:
        yield Heading(3, say.label(rate.title), rate.req)
        yield Bullets(list(_piece_facts(say, rate)))
        yield Para(say.label(rate.why), hint=True)


def _piece_facts(say: Speaker, rate: PieceRate) -> Iterator[str]:
    info = say.catalogue.get(rate.kpi)
    per = say.value(rate.per, info.unit if info else "")
    yield say.t("pieces.rule", kpi=say.kpi(rate.kpi), per=per, amount=say.value(rate.amount, "currency"))
    if rate.cap is None:
        yield say.t("pieces.no_cap")
    else:
        yield say.t("pieces.cap", cap=say.value(rate.cap, "currency"))
    yield say.t(f"pieces.period.{rate.period}")
    yield say.t("effects.roles", roles=say.roles(rate.roles))
    yield say.t("pieces.withheld")


def decisions(say: Speaker, worked: Example) -> Iterator[Block]:
    """Tell what people may decide beside the scheme."""
    yield Heading(2, say.t("decisions.title"))
    yield Bullets([say.t(f"decisions.{name}") for name in ("awards", "calibration", "appeals")])
