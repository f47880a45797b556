"""What a trace says of team shares: their steps with the numbers put in, and what a reader must know of them.

Belongs here: writing how the gain, the conditions and the split came about, so that a person can redo them. Does not
belong here: computing them (`team_shares`); the steps of score and bonus (`steps`).

Each formula opens with the id of the share and a colon; a card writes its title there.
"""

from __future__ import annotations

from decimal import Decimal

from pipelines.scoring.numbers import ZERO, money, shown
from pipelines.scoring.team_shares import PAID, WITHHELD, GateFinding, OwnShare, ShareTrace
from pipelines.scoring.trace import Note, SegmentTrace, Step


def share_steps(segment: SegmentTrace) -> list[Step]:
    """Return the steps of every share of a segment, in the scheme's order."""
    return [step for own in segment.shares for step in _steps(segment.segment.segment_id, own)]


def share_notes(segment: SegmentTrace) -> list[Note]:
    """Return what a reader must know: a share without data, a provisional gain, a part that may still grow."""
    notes = []
    for own in segment.shares:
        named = {"share": own.share.rule.id}
        if own.share.status == WITHHELD:
            notes.append(Note("share_withheld", named))
        elif own.share.status == PAID and own.share.gain.status == "provisional":
            notes.append(Note("share_provisional", named))
        others = (part for part in own.share.members if part is not own.part)
        if own.share.amount and any(part.low_mass != part.high_mass for part in others):
            notes.append(Note("share_waits", named))
    return notes


def _steps(where: str, own: OwnShare) -> list[Step]:
    share, part = own.share, own.part
    name = f"{share.rule.id}: "
    value = "–" if share.gain.value is None else shown(share.gain.value)
    steps = [Step(where, "share_gain", name + _gain(share), value)]
    steps += [Step(where, "share_gate", name + _gate(gate), gate.status) for gate in share.gates]
    if share.status != PAID:
        return [*steps, Step(where, f"share_{share.status}", name.removesuffix(": "), "–")]
    amount, mass = money(share.amount), shown(share.mass)
    gain = share.gain.value or ZERO
    steps.append(Step(where, "share_amount", f"{name}{shown(gain)} × {shown(share.rule.rate)} %", amount))
    steps.append(Step(where, "share_part", f"{name}{amount} × {_mass(own, part.high_points)} / {mass}",
                      money(part.earned + part.held)))  # fmt: skip
    if part.held:
        sure = f"{name}{amount} × {_mass(own, part.low_points)} / {mass}"
        steps.append(Step(where, "share_earned", sure, money(part.earned)))
        most = f"{name}{money(part.earned + part.held)} − {money(part.earned)}"
        steps.append(Step(where, "share_held", most, money(part.held)))
    return steps


def _gain(share: ShareTrace) -> str:
    gain = share.gain
    if gain.profit is not None and gain.target is not None:
        return f"{shown(gain.profit)} − {shown(gain.target)}"
    return f"Σ ({gain.people})" if gain.people else "–"


def _gate(gate: GateFinding) -> str:
    rule, value = gate.rule, gate.reading.value
    bound = rule.at_least if rule.at_least is not None else rule.at_most
    wanted = f"{'≥' if rule.at_least is not None else '≤'} {shown(bound if bound is not None else ZERO)}"
    return f"{rule.id} {'–' if value is None else shown(value)} ({wanted})"


def _mass(own: OwnShare, points: Decimal) -> str:
    factors = [shown(points), str(own.part.days)]
    if own.part.weight != 1:
        factors.insert(1, shown(own.part.weight))
    return f"({' × '.join(factors)})"
