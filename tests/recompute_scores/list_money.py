"""The payout register, the reconciliation of pools, the withheld lines, once more from the cards.

Belongs here: sums of money over cards and pools. Does not belong here: computing any amount (`pay`, `shares`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

from .list_given import ZERO, Card, Cells, Given, two
from .numbers import number


def total(values: Iterable[Fraction]) -> Fraction:
    return sum(values, ZERO)


def register(given: Given) -> list[Cells]:
    """A row a person, then their sum."""
    rows: list[Cells] = []
    sums: dict[str, Fraction] = {}
    for card in given.cards:
        amounts = amounts_of(card)
        gone = total(number(entry["amount"]) for entry in card.bonus["adjustments"])
        assert gone == amounts["adjustments"]
        for name, amount in (*amounts.items(), ("withheld", card.withheld)):
            sums[name] = sums.get(name, ZERO) + amount
        about: Cells = {
            "category": "person",
            "person_id": card.person,
            "team_id": card.last("team_id"),
            "scheme_id": card.last("scheme_id"),
            "currency": "CNY",
            "score": card.printed,
            "withheld": card.withheld,
        }
        rows.append({**about, **amounts})
    return [*rows, {"category": "total", "currency": "CNY", **sums}] if rows else []


def amounts_of(card: Card) -> dict[str, Fraction]:
    bonus = card.bonus
    extras = bonus.get("extras", ())
    earned = number(bonus["earned"])
    adjusted = total(number(one["amount"]) for one in bonus["adjustments"])
    beside = total(number(one["amount"]) for one in extras)
    payable = number(bonus["payable"])
    return {
        "target_bonus": number(bonus["target"]),
        "earned": earned,
        "of_it_team_shares": total(number(own["earned"]) for _, own in shares_of(card)),
        "held": number(bonus["held"]),
        "adjustments": adjusted,
        "extras": beside,
        "payable": payable,
        "difference": earned + adjusted + beside - payable,
    }


def shares_of(card: Card) -> list[tuple[str, Mapping[str, Any]]]:
    """The own parts of team shares, by the id of the share."""
    return [(one["pool_id"], one["own"]) for seg in card.segments for one in seg["bonus"].get("team_shares", ())]


def reconciliation(given: Given) -> list[Cells]:
    """Pools and team shares beside what their members' cards say; own pay; what is paid beside; everything."""
    parts = [seg["bonus"] for card in given.cards for seg in card.segments]
    shares = [one for card in given.cards for one in shares_of(card)]
    rows: list[Cells] = []
    for pool in given.pools:
        is_share = pool.get("kind") == "team_share"
        mine = (
            [own for name, own in shares if name == pool["pool_id"]]
            if is_share
            else [part for part in parts if part["pool_id"] == pool["pool_id"]]
        )
        earned, held = sums(mine)
        amount, rest = number(pool["amount"]), number(pool["undistributed"])
        row: Cells = {
            "category": "team_share" if is_share else "pool",
            "pool_id": pool["pool_id"],
            "team_id": pool["team_id"],
            "scheme_id": pool["scheme_id"],
            "currency": "CNY",
            "factor": number(pool["rate" if is_share else "factor_high"]),
            "amount": amount,
            "earned": earned,
            "held": held,
            "undistributed": rest,
            "members": len(pool["members"]),
            "difference": amount - earned - held - rest,
        }
        if is_share:
            row["status"] = pool["status"]
        else:
            row["target_bonus"] = two(number(pool["target_sum"]))
        rows.append(row)
    own = [part for part in parts if "individual" in part]
    if own:
        earned, held = sums(own)
        rows.append(closing("own_pay", len(own), earned, held, earned + held))
    extras = [one for card in given.cards for one in card.bonus.get("extras", ())]
    beside = total(number(one["amount"]) for one in extras)
    beside_held = total(number(one["held"]) for one in extras)
    if beside or beside_held:
        people = sum(bool(card.bonus.get("extras")) for card in given.cards)
        rows.append(closing("extras", people, beside, beside_held, beside + beside_held))
    if given.cards:
        now, later = sums([*parts, *(own for _, own in shares)])
        said = total(number(card.bonus["earned"]) + number(card.bonus["held"]) for card in given.cards) + beside
        rows.append(closing("total", len(given.cards), now + beside, later + beside_held, said))
    return rows


def sums(parts: Iterable[Mapping[str, Any]]) -> tuple[Fraction, Fraction]:
    told = list(parts)
    return total(number(one["earned"]) for one in told), total(number(one["held"]) for one in told)


def closing(category: str, members: int, earned: Fraction, held: Fraction, amount: Fraction) -> Cells:
    about: Cells = {"category": category, "currency": "CNY", "members": members, "amount": amount}
    return {**about, "earned": earned, "held": held, "difference": amount - earned - held}


def withheld(given: Given) -> list[Cells]:
    """Every line whose data is not fit to pay by, with what waits for it."""
    return [
        {
            "person_id": card.person,
            "team_id": line.segment["team_id"],
            "segment_id": line.segment["segment_id"],
            "kpi_id": line.kpi,
            "community_id": line.community or None,
            "held_weight": two(number(line.raw["effective_weight"])),
            "reason_code": line.raw["reason_code"],
            "score_low": two(number(line.segment["score_low"])),
            "score_high": two(number(line.segment["score_high"])),
            "held": number(line.segment["bonus"]["held"]),
        }
        for card in given.cards
        for line in card.lines
        if line.status == "withheld"
    ]
