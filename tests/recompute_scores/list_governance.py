"""Key actions, approvals of schemes, administrators, appeals, records to judge: what people keep in files, once more.

Belongs here: docs/scorecards.md, "Key actions" and "Appeals", and the texts of the three other lists. Does not belong
here: any score.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from fractions import Fraction
from math import ceil

from .company import ONE_DAY, holds
from .list_given import ZERO, Card, Cells, Given

UNDECIDED = "open"


def actions(given: Given) -> list[Cells]:
    """Each expected kind and each logged one, of everybody to whom some KPI applied; none where nobody logged."""
    span = given.span
    logged = [
        row
        for row in given.folder.reviewed("activity_log")
        if span.first <= date.fromisoformat(row["done_on"]) < span.after
    ]
    rows: list[Cells] = []
    for card in given.cards if logged else ():
        mine = [row for row in logged if row["person_id"] == card.person]
        for kind in sorted({*given["expected_actions"], *(row["kind"] for row in mine)} if card.days else ()):
            done = [row for row in mine if row["kind"] == kind]
            days = [date.fromisoformat(row["done_on"]) for row in done]
            rows.append(
                {
                    **card.who,
                    "activity": kind,
                    "records": len(done),
                    "weeks": len({monday(day) for day in days}),
                    "proofs": sum(row["proof"] != "" for row in done),
                    "last_on": max(days).isoformat() if days else None,
                    "status": "done" if done else "not_done" if mine else "nothing_logged",
                }
            )
    return rows


def monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def approvals(given: Given) -> list[Cells]:
    """A row a department and version of a scheme that binds somebody of it in the period."""
    told = {(row["scheme_id"], row["version"], row["team_id"]): row for row in given.folder.approvals}
    bound: dict[tuple[str, str, str], set[str]] = {}
    for card in given.cards:
        for seg in card.segments:
            bound.setdefault((seg["scheme_id"], seg["scheme_version"], seg["team_id"]), set()).add(card.person)
    rows: list[Cells] = []
    for key, people in bound.items():
        row: Cells = dict(zip(("scheme_id", "scheme_version", "team_id"), key, strict=True))
        row |= {"people": len(people), "status": "not_approved"}
        if key in told:
            day = date.fromisoformat(told[key]["approved_on"])
            row |= {"approver": told[key]["approved_by"], "approved_on": day.isoformat()}
            row["status"] = "approved" if day <= given.span.first else "approved_late"
        rows.append(row)
    return rows


def administrators(given: Given) -> list[Cells]:
    """One row: those of the last day beside one for every so many active users, begun thousands counted whole."""
    if not given.seen.active:
        return []
    last = given.span.after - ONE_DAY
    there = {
        row["person_id"]
        for row in given.folder.positions
        if row["role"] in given["administrator_roles"] and holds(row, last)
    }
    wanted = ceil(Fraction(given.seen.active, given["users_per_administrator"]))
    state = "enough" if len(there) >= wanted else "too_few_administrators"
    return [
        {
            "active_users": given.seen.active,
            "administrators": len(there),
            "administrators_needed": wanted,
            "status": state,
        }
    ]


def appeals(given: Given) -> list[Cells] | None:
    """Points and pay of the revision that was the newest on the day of the appeal, and of now; none without appeals."""
    mine = [row for row in given.folder.reviewed("appeals") if row["period"] == given.span.name]
    now = {card.person: card for card in given.cards}
    rows: list[Cells] = []
    for row in mine:
        filed = date.fromisoformat(row["filed_on"])
        name, then = "", dict[str, Card]()
        for revision, sealed_on, cards in given.revisions:
            if sealed_on <= filed:
                name, then = revision, dict(cards)
        before, present = (points_and_pay(cards, row["person_id"], row["kpi_id"]) for cards in (then, now))
        found: Cells = {
            "person_id": row["person_id"],
            "kpi_id": row["kpi_id"] or None,
            "what": row["what"],
            "filed_on": filed.isoformat(),
            "appeal_outcome": "appeal_" + row["outcome"],
            "decided_by": row["decided_by"] or None,
            "reason_given": row["reason"] or None,
            "edition": name or None,
            "appealed_points": before[0],
            "present_points": present[0],
            "appealed_payable": before[1],
            "present_payable": present[1],
        }
        if before[1] is not None and present[1] is not None:
            found["difference"] = present[1] - before[1]
        if row["outcome"] == UNDECIDED:
            found["deadline"] = (filed + timedelta(days=given["appeal_days"])).isoformat()
        rows.append(found)
    return rows if mine else None


def points_and_pay(cards: Mapping[str, Card], person: str, kpi: str) -> tuple[Fraction | None, Fraction | None]:
    """What a KPI brings to somebody's score, or the score itself, and what the card pays in all."""
    card = cards.get(person)
    if card is None:
        return None, None
    paid = Fraction(card.bonus["payable"])
    if not kpi:
        return card.printed, paid
    points = [line.get("printed_points") for line in card.lines if line.kpi == kpi]
    told = [one for one in points if one is not None]
    return (sum(told, ZERO) if told else None), paid


def to_judge(given: Given) -> list[Cells]:
    """Every record that is drawn, and whether somebody has judged it."""
    judged = {(row["month"], row["label"], row["record_id"]) for row in given.folder.reviewed("label_audit")}
    names = ("month", "label", "record_id", "account_id", "file", "row_no")
    return [
        {
            **{name: cell or None for name, cell in zip(names, drawn, strict=True)},
            "status": "judged" if drawn[:3] in judged else "to_judge",
        }
        for drawn in given.seen.drawn
    ]
