"""Who is at the top, who is last, who reaches a line: promotion, support, eligibility, the ranking of teams.

Belongs here: ranking by asking of every score what it can still become (docs/scorecards.md, "The top of a group",
"The last one"). Does not belong here: honours (`list_recognition`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from .company import OPEN, Span
from .list_given import Card, Cells, Given, mean, median, of, shifted, two

Group = tuple[str, str]
Bounds = Mapping[str, tuple[Fraction, Fraction]]
NAMES: Mapping[str, str] = {"team": "team_id", "role": "role"}


def groups(given: Given, cards: Sequence[Card]) -> tuple[dict[Group, list[Card]], list[tuple[str, dict[str, str]]]]:
    """People who are ranked together, by scheme and group, and what is told of those who are not."""
    found: dict[Group, list[Card]] = {}
    few = nothing = 0
    for card in cards:
        if card.low is None:
            nothing += 1
        elif Fraction(100 * card.days, card.of_days) < given.share("min_days_share"):
            few += 1
        else:
            by = given["group_by"]
            name = card.last(NAMES[by]) if by in NAMES else ""
            found.setdefault((card.last("scheme_id"), name), []).append(card)
    told = []
    if few:
        told.append(("few_days", {"count": str(few), "share": str(given["min_days_share"])}))
    if nothing:
        told.append(("no_score", {"count": str(nothing)}))
    for (scheme, name), members in sorted(found.items()):
        if len(members) < given["min_group"]:
            least = {"people": str(len(members)), "least": str(given["min_group"])}
            told.append(("small_group", {"scheme": scheme, "group": name or "-", **least}))
    return {key: them for key, them in sorted(found.items()) if len(them) >= given["min_group"]}, told


def bounds_of(cards: Sequence[Card]) -> dict[str, tuple[Fraction, Fraction]]:
    return {card.person: (card.low, card.high) for card in cards if card.low is not None and card.high is not None}


def best_rank(bounds: Bounds, person: str) -> int:
    """The rank with the own score at its highest and everybody else's at the lowest."""
    high = bounds[person][1]
    return 1 + sum(low > high for name, (low, _) in bounds.items() if name != person)


def top(bounds: Bounds, count: int, ties: str) -> dict[str, str]:
    """Whether each is among the first `count`: asked with everything against the person, then with everything for."""
    found = {}
    for person, (low, high) in bounds.items():
        others = [pair for name, pair in bounds.items() if name != person]
        if ties == "include":
            surely = 1 + sum(other_high > low for _, other_high in others) <= count
            maybe = 1 + sum(other_low > high for other_low, _ in others) <= count
        else:
            # nobody who shares the place may be too many
            surely = 1 + sum(other_high >= low for _, other_high in others) <= count
            maybe = 1 + sum(other_low >= high for other_low, _ in others) <= count
        is_shared = 1 + sum(other_low >= low for other_low, _ in others) > count
        found[person] = ("tied" if is_shared else "in") if surely else "too_close" if maybe else "out"
    return found


def last(bounds: Bounds) -> dict[str, str]:
    """`last`: below everybody, whatever comes; `too_close`: perhaps; an open score is neither."""
    found = {}
    for person, (low, high) in bounds.items():
        others = [pair for name, pair in bounds.items() if name != person]
        if low != high or not others or any(other_high <= low for _, other_high in others):
            continue
        found[person] = "last" if all(other_low > low for other_low, _ in others) else "too_close"
    return found


def promotion_of_year(given: Given) -> list[Cells]:
    rows: list[Cells] = []
    for (scheme, name), members in groups(given, given.cards)[0].items():
        bounds = bounds_of(members)
        count = given.places("promotion_year_share", len(members))
        states = top(bounds, count, given["top_ties"])
        for card in members:
            if states[card.person] != "out":
                row = {"place": Fraction(best_rank(bounds, card.person)), "members": count, "people": len(members)}
                ends = {"score": card.printed, "score_low": card.low, "score_high": card.high}
                about = {"scheme_id": scheme, "group": name, "status": states[card.person], "withheld": card.withheld}
                rows.append({**card.who, **row, **ends, **about})
    return rows


def promotion_of_quarters(given: Given) -> list[Cells]:
    earlier = [shifted(given.span, -step).name for step in range(given["promotion_quarters"] - 1, 0, -1)]
    if any(name not in given.past for name in earlier):
        return []
    states: list[dict[str, str]] = []
    for cards in (given.cards, *(given.past[name] for name in earlier)):
        mine: dict[str, str] = {}
        for members in groups(given, cards)[0].values():
            count = given.places("promotion_quarter_share", len(members))
            mine |= top(bounds_of(members), count, given["top_ties"])
        states.append(mine)
    rows: list[Cells] = []
    for card in given.cards:
        told = {one.get(card.person, "out") for one in states}
        if "out" in told:
            continue
        worst = "too_close" if "too_close" in told else "tied" if "tied" in told else "in"
        about = {"scheme_id": card.last("scheme_id"), "score": card.printed, "status": worst}
        rows.append({**card.who, **about, "withheld": card.withheld, "scores_before": scores(given, earlier, card)})
    return rows


def support(given: Given) -> list[Cells]:
    earlier = [shifted(given.span, -step).name for step in range(given["support_months"] - 1, 0, -1)]
    if any(name not in given.past for name in earlier):
        return []
    states: list[dict[str, str]] = []
    for cards in (given.cards, *(given.past[name] for name in earlier)):
        mine: dict[str, str] = {}
        for members in groups(given, cards)[0].values():
            known = {card.person for card in members if card.printed is not None}
            mine |= {person: state for person, state in last(bounds_of(members)).items() if person in known}
        states.append(mine)
    rows: list[Cells] = []
    for (scheme, name), members in groups(given, given.cards)[0].items():
        for card in members:
            told = {one.get(card.person, "not_last") for one in states}
            if "not_last" in told:
                continue
            lost = sorted((points, kpi) for kpi, points in card.against_target().items() if points < 0)
            about: Cells = {
                "scheme_id": scheme,
                "group": name,
                "score": card.printed,
                "median": median(one.printed for one in members if one.printed is not None),
                "people": len(members),
                "status": "too_close" if "too_close" in told else "last",
                "shortfalls": "; ".join(kpi for _, kpi in lost[:2]),
                "scores_before": scores(given, earlier, card),
            }
            rows.append({**card.who, **about})
    return rows


def support_remarks(given: Given) -> list[tuple[str, dict[str, str]]]:
    """Where nobody is last because several share the lowest score, and how many scores are still open."""
    found, told = groups(given, given.cards)
    for (scheme, name), members in found.items():
        settled = [card.low for card in members if not card.is_open and card.low is not None]
        about = {"scheme": scheme, "group": name or "-"}
        lowest = settled.count(min(settled)) if settled else 0
        if lowest > 1:
            told.append(("tied_last", {**about, "count": str(lowest)}))
        if len(settled) < len(members):
            told.append(("open_scores", {**about, "count": str(len(members) - len(settled))}))
    return told


def scores(given: Given, names: Sequence[str], card: Card) -> str:
    """The printed scores of earlier periods, as a cell has them."""
    told = []
    for name in names:
        then = next(one for one in given.past[name] if one.person == card.person)
        told.append(f"{name} {written(then.trace['printed_score'])}")
    return "; ".join(told)


def written(score: object) -> str:
    """A score with two decimals, as a card prints it."""
    return str(score)


def eligibility(given: Given) -> list[Cells]:
    earlier = [shifted(given.span, -step).name for step in range(given["autonomy_periods"] - 1, 0, -1)]
    line = given.share("eligible_score")
    hired = {row["person_id"]: row["hired_on"] for row in given.folder.people}
    rows: list[Cells] = []
    for card in given.cards:
        now = reaches(card, line)
        before = [
            reaches(next((one for one in given.past.get(name, []) if one.person == card.person), None), line)
            for name in earlier
        ]
        all_of_them = {now, *before}
        autonomy = "out" if "out" in all_of_them else "too_close" if "too_close" in all_of_them else "in"
        months = whole_months(hired[card.person], given.span)
        states = {"development": now, "autonomy": autonomy}
        if given.span.kind == "year":
            states["long_term"] = now if months >= given["core_months"] else "out"
        for purpose, state in states.items():
            if state != "out":
                about = {"purpose": purpose, "status": state, "score": card.printed}
                rows.append({**card.who, **about, "employed_months": months, "withheld": card.withheld})
    return rows


def reaches(card: Card | None, line: Fraction) -> str:
    if card is None or card.low is None or card.high is None:
        return "out"
    return "in" if card.low >= line else "too_close" if card.high >= line else "out"


def whole_months(hired: str, span: Span) -> int:
    """Whole months of employment at the end of the period."""
    year, month, day = (int(part) for part in hired.split("-"))
    end = span.after
    return max(0, (end.year - year) * 12 + end.month - month - (day > end.day))


def teams(given: Given) -> list[Cells]:
    members: dict[str, list[Card]] = {}
    for card in given.cards:
        if card.low is not None:
            members.setdefault(card.last("team_id"), []).append(card)
    attained: dict[str, Any] = {}
    for pool in given.pools:
        if pool.get("kind") != "team_share":
            low, high = of(pool["attainment_low"]), of(pool["attainment_high"])
            attained[pool["team_id"]] = two(low) if low == high else None
    rows: dict[str, Cells] = {}
    ends: dict[str, tuple[Fraction, Fraction]] = {}
    for team, cards in members.items():
        if len(cards) < given["min_group"]:
            continue
        low = two(mean(card.low for card in cards if card.low is not None))
        high = two(mean(card.high for card in cards if card.high is not None))
        assert low is not None and high is not None
        ends[team] = (low, high)
        rows[team] = {
            "team_id": team,
            "people": len(cards),
            "mean": two(mean(card.printed for card in cards if card.printed is not None)),
            "score_low": low,
            "score_high": high,
            "team_attainment": attained.get(team),
            "withheld": sum(card.is_open for card in cards),
        }
    for team, row in rows.items():
        low, high = ends[team]
        overlapping = [
            other for other, (least, most) in ends.items() if other != team and least <= high and most >= low
        ]
        row["place"] = 1 + sum(least > high for other, (least, _) in ends.items() if other != team)
        is_open = any(rows[one]["withheld"] for one in (team, *overlapping))
        row["status"] = "in" if not overlapping else "too_close" if is_open else "tied"
    return list(rows.values())


def attrition(given: Given) -> list[Cells]:
    """Leavers of as many months before as after each change of scheme that are over and reach into the period."""
    wanted = given["attrition_months"]
    employed = {
        row["person_id"]: (Span(row["hired_on"][:7]), row["hired_on"], row["left_on"] or OPEN.isoformat())
        for row in given.folder.people
    }
    first = min(hired for _, hired, _ in employed.values())
    rows: list[Cells] = []
    for day, scheme in sorted({(row["valid_from"], row["scheme_id"]) for row in given.folder.bindings}):
        months = min(wanted, whole_months(day, given.span))
        if months < 1 or plus(day, wanted) <= given.span.first.isoformat() or first >= day:
            continue
        head = sum(hired < day < left for _, hired, left in employed.values())
        before = sum(plus(day, -months) < left <= day for _, _, left in employed.values())
        after = sum(day < left <= plus(day, months) for _, _, left in employed.values())
        rows.append(
            {
                "scheme_id": scheme,
                "changed_on": day,
                "months_observed": months,
                "headcount": head,
                "leavers_before": before,
                "leavers_after": after,
                "attrition_before": two(Fraction(100 * before, head)) if head else None,
                "attrition_after": two(Fraction(100 * after, head)) if head else None,
                "attrition_change": two(Fraction(100 * (after - before), before)) if before else None,
            }
        )
    return rows


def plus(day: str, months: int) -> str:
    """The same day so many months later, the last of a shorter month."""
    month = shifted(Span(day[:7]), months)
    return f"{month.name}-{min(int(day[8:]), month.days):02d}"
