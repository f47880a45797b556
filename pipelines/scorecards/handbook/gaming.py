"""What the handbook says of gaming: which evidence takes points, how many at most, and how to object.

Belongs here: the block `gaming` of the scheme file. Does not belong here: the other parts (`contents`).
"""

from __future__ import annotations

from collections.abc import Iterator

from pipelines.scorecards.handbook.document import Block, Bullets, Heading, Para
from pipelines.scorecards.handbook.example import Example
from pipelines.scorecards.handbook.words import Speaker, exact
from pipelines.texts import text


def gaming(say: Speaker, worked: Example) -> Iterator[Block]:
    """Tell which rules take points, what each takes, and what an appeal does."""
    rule = say.scheme.gaming
    if rule is None:
        return
    yield Heading(2, say.t("gaming.title"), rule.req)
    yield Para(say.t("gaming.intro", max=exact(rule.max)))
    taking = [
        say.t("gaming.rule", rule=text(f"gaming.rule.{name}", say.lang), points=exact(one.points), cap=exact(one.cap))
        for name, one in rule.rules.items()
        if one.effect == "deduct" and one.points is not None and one.cap is not None
    ]
    out = [
        say.t("gaming.left_out", rule=text(f"gaming.rule.{name}", say.lang))
        for name, one in rule.rules.items()
        if one.effect == "leave_out"
    ]
    yield Bullets([*taking, *out, *(say.t(f"gaming.{key}") for key in ("order", "appeal", "rest"))])
    yield Para(say.label(rule.why), hint=True)
