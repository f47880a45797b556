"""Money and what holds it: the payout register, the reconciliation of pools, the withheld lines.

Belongs here: sums over what the traces say, and the proof that they agree. Does not belong here: computing any amount
(`scoring`), the payroll file of a sealed revision (`scorecards.tables`).
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from decimal import Decimal

from pipelines.reports.facts import TEAM_SHARE, Facts
from pipelines.reports.results import Part, Share
from pipelines.reports.table import Cell, Report, in_order, rounded
from pipelines.scoring.numbers import ZERO

_AMOUNTS = ("target_bonus", "earned", "of_it_team_shares", "held", "adjustments", "extras", "payable")


def payout_reports(facts: Facts) -> list[Report]:
    """Return register, reconciliation and withheld lines."""
    return [_register(facts), _reconciliation(facts), _withheld(facts)]


def _register(facts: Facts) -> Report:
    """A row a person, then a total a currency: what payroll, the cards and the pools must agree with."""
    rows: list[dict[str, Cell]] = []
    for result in facts.results:
        rows.append(
            {
                "person_id": result.person_id,
                "team_id": result.team_id,
                "scheme_id": result.scheme_id,
                "currency": result.currency,
                "score": result.score,
                **{name: getattr(result, name) for name in _AMOUNTS},
                "difference": result.earned + result.adjustments + result.extras - result.payable,
                "withheld": result.withheld,
                "category": "person",
            }
        )
    rows = list(map(dict, in_order(rows, "person_id")))
    for currency in sorted({str(row["currency"]) for row in rows}):
        mine = [row for row in rows if row["currency"] == currency]
        sums: dict[str, Cell] = {name: _sum(row[name] for row in mine) for name in (*_AMOUNTS, "difference")}
        withheld = sum(int(str(row["withheld"])) for row in mine)
        rows.append({"currency": currency, **sums, "withheld": withheld, "category": "total"})
    return Report(
        "payout_register",
        "000-W5, 002-I1",
        (
            "category",
            "person_id",
            "team_id",
            "scheme_id",
            "currency",
            "score",
            *_AMOUNTS,
            "difference",
            "withheld",
        ),
        tuple(rows),
    )


def _reconciliation(facts: Facts) -> Report:
    """Every pool and team share beside its members' statements, pay by the own score, everybody's statements.

    `difference` of a pool is its amount less what its members' statements earn and hold and what is undistributed;
    of the last row it is what all statements say less what their parts say. It is 0.00, or the period is not sealed.
    """
    parts = [part for result in facts.results for part in result.parts]
    shares = [share for part in parts for share in part.shares]
    rows: list[dict[str, Cell]] = []
    for pool in facts.pools:
        is_share = pool.get("kind") == TEAM_SHARE
        stated: list[Part | Share] = [one for one in (shares if is_share else parts) if one.pool_id == pool["pool_id"]]
        earned, held = _sums(stated)
        amount, rest = Decimal(pool["amount"]), Decimal(pool["undistributed"])
        about: dict[str, Cell]
        if is_share:
            about = {
                "factor": Decimal(pool["rate"]),
                "status": pool["status"],
                "reason_code": pool["reason_code"] or None,
                "reason_params": json.dumps(pool["reason_params"], ensure_ascii=False, sort_keys=True),
            }
        else:
            about = {"factor": Decimal(pool["factor_high"]), "target_bonus": rounded(Decimal(pool["target_sum"]))}
        rows.append(
            {
                "category": TEAM_SHARE if is_share else "pool",
                "pool_id": pool["pool_id"],
                "team_id": pool["team_id"],
                "scheme_id": pool["scheme_id"],
                "currency": pool["currency"],
                **about,
                "amount": amount,
                "earned": earned,
                "held": held,
                "undistributed": rest,
                "members": len(pool["members"]),
                "difference": amount - earned - held - rest,
            }
        )
    rows = [dict(row) for row in in_order(rows, "category", "pool_id")]
    currency = facts.results[0].currency if facts.results else None
    own = [part for part in parts if part.is_own_pay]
    if own:
        earned, held = _sums(own)
        amounts: dict[str, Cell] = {"earned": earned, "held": held, "amount": earned + held, "difference": ZERO}
        rows.append({"category": "own_pay", "currency": currency, "members": len(own), **amounts})
    extras = sum((result.extras for result in facts.results), ZERO)
    extras_held = sum((result.extras_held for result in facts.results), ZERO)
    if extras or extras_held:
        amounts = {"earned": extras, "held": extras_held, "amount": extras + extras_held, "difference": ZERO}
        count = sum(bool(result.extras or result.extras_held) for result in facts.results)
        rows.append({"category": "extras", "currency": currency, "members": count, **amounts})
    if facts.results:
        earned, held = _sums([*parts, *shares])
        earned, held = earned + extras, held + extras_held
        said = sum((result.earned + result.held for result in facts.results), extras)
        amounts = {"earned": earned, "held": held, "amount": said, "difference": said - earned - held}
        rows.append({"category": "total", "currency": currency, "members": len(facts.results), **amounts})
    return Report(
        "pool_reconciliation",
        "000-I1, 003-I2, 004-I1",
        (
            "category",
            "pool_id",
            "team_id",
            "scheme_id",
            "currency",
            "target_bonus",
            "factor",
            "amount",
            "earned",
            "held",
            "undistributed",
            "members",
            "reason_code",
            "reason_params",
            "difference",
            "status",
        ),
        tuple(rows),
    )


def _sums(parts: Iterable[Part | Share]) -> tuple[Decimal, Decimal]:
    """What the statements of some parts earn and hold."""
    found = list(parts)
    return sum((part.earned for part in found), ZERO), sum((part.held for part in found), ZERO)


def _withheld(facts: Facts) -> Report:
    """Every withheld line with its reason; `held` is the pay of the whole part that waits for its withheld lines."""
    rows: list[dict[str, Cell]] = [
        {
            "person_id": result.person_id,
            "team_id": part.team_id,
            "segment_id": part.segment_id,
            "kpi_id": line.kpi_id,
            "community_id": line.community_id or None,
            "held_weight": rounded(line.held_weight),
            "reason_code": line.reason_code,
            "reason_params": line.reason_params,
            "score_low": rounded(part.low),
            "score_high": rounded(part.high),
            "held": part.held,
        }
        for result in facts.results
        for part in result.parts
        for line in part.lines
        if line.is_withheld
    ]
    reasons = Counter(str(row["reason_code"]) for row in rows)
    return Report(
        "withheld_lines",
        "000-P2",
        (
            "person_id",
            "team_id",
            "segment_id",
            "kpi_id",
            "community_id",
            "held_weight",
            "reason_code",
            "reason_params",
            "score_low",
            "score_high",
            "held",
        ),
        in_order(rows, "person_id", "segment_id", "kpi_id", "community_id"),
        {"lines": len(rows), "people": len({row["person_id"] for row in rows}), "reasons": len(reasons)},
    )


def _sum(values: Iterable[Cell]) -> Decimal:
    return sum((value for value in values if isinstance(value, Decimal)), ZERO)
