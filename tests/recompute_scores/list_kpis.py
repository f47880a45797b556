"""Which KPIs tell people apart, where a team loses points, what has left its usual level, what channels cost.

Belongs here: docs/scorecards.md, "KPI effectiveness" and "KPI drift", and the texts of drivers and channels. Does not
belong here: anything about one person.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from fractions import Fraction

from .list_given import (
    ZERO,
    Card,
    Cells,
    Given,
    Line,
    change,
    deviation,
    mean,
    median,
    percent,
    root,
    shifted,
    two,
    weighted,
)
from .numbers import half_up, number

Pairs = Sequence[tuple[Card, Line]]
LARGEST = ("cost_per_lead", "customer_acquisition_cost", "return_on_ad_spend")


def effectiveness(given: Given) -> list[Cells]:
    found: dict[tuple[str, str], list[tuple[Card, Line]]] = {}
    for card in given.cards:
        for line in card.lines:
            found.setdefault((line.segment["scheme_id"], line.kpi), []).append((card, line))
    rows: list[Cells] = []
    for (scheme, kpi), pairs in found.items():
        known = [(card, line) for card, line in pairs if line.is_known]
        applicable = [line for _, line in pairs if line.status != "not_applicable"]
        scores = [line.score for _, line in known]
        row: Cells = {
            "scheme_id": scheme,
            "kpi_id": kpi,
            "dimension": pairs[0][1].raw["dimension"],
            "people": len({card.person for card, _ in known}),
            "teams": len({card.last("team_id") for card, _ in known}),
            "mean": two(mean(scores)),
            "spread": two(deviation(scores)),
            "at_cap_share": percent(sum(is_at_cap(line) for _, line in known), len(known)),
            "at_floor_share": percent(sum(score <= 0 for score in scores), len(scores)),
            "withheld_share": percent(sum(line.status == "withheld" for line in applicable), len(applicable)),
            "not_applicable_share": percent(len(pairs) - len(applicable), len(pairs)),
            "correlation_rest": three(spearman(given, [(line.score, rest(card, line)) for card, line in known])),
            "correlation_outcome": three(
                spearman(given, [(line.score, outcome(given, card, line)) for card, line in known])
            ),
        }
        rows.append({**row, "finding": finding(given, row)})
    return rows


def is_at_cap(line: Line) -> bool:
    """Whether the attainment is at the last point of the curve or beyond."""
    at = line.get("attainment")
    return at is not None and at >= number(line.raw["curve_points"][-1][0])


def rest(card: Card, line: Line) -> Fraction | None:
    """The rest of the person's score, the KPI itself left out."""
    return weighted(other for other in card.lines if other.kpi != line.kpi)


def outcome(given: Given, card: Card, line: Line) -> Fraction | None:
    wanted = given["outcome_dimensions"]
    return weighted(other for other in card.lines if other.kpi != line.kpi and other.raw["dimension"] in wanted)


def spearman(given: Given, pairs: Iterable[tuple[Fraction, Fraction | None]]) -> Fraction | None:
    """Pearson's correlation of the mid-ranks; None of too few people or of a side that does not vary."""
    told = [(one, other) for one, other in pairs if other is not None]
    if len(told) < max(2, given["min_group"]):
        return None
    sides = [mid_ranks([pair[i] for pair in told]) for i in (0, 1)]
    centre = Fraction(len(told) + 1, 2)
    first, second = ([rank - centre for rank in side] for side in sides)
    below = sum((a * a for a in first), ZERO) * sum((b * b for b in second), ZERO)
    above = sum((a * b for a, b in zip(first, second, strict=True)), ZERO)
    return above / root(below) if below else None


def mid_ranks(values: Sequence[Fraction]) -> list[Fraction]:
    ordered = sorted(values)
    return [Fraction(bisect_left(ordered, one) + bisect_right(ordered, one) + 1, 2) for one in values]


def three(value: Fraction | None) -> Fraction | None:
    return None if value is None else half_up(value, 3)


def finding(given: Given, row: Cells) -> str:
    def reaches(name: str, line: str) -> bool:
        value = row[name]
        return isinstance(value, Fraction) and value >= given.share(line)

    if reaches("withheld_share", "withheld_share"):
        return "withheld"
    if number(row["people"]) < given["min_group"]:
        return "too_few"
    if reaches("at_cap_share", "saturated_share") or reaches("at_floor_share", "saturated_share"):
        return "saturated"
    if not reaches("spread", "flat_spread"):
        return "flat"
    correlation = row["correlation_rest"]
    return "against_the_rest" if isinstance(correlation, Fraction) and correlation < Fraction(-3, 10) else "sound"


def drivers(given: Given) -> list[Cells]:
    """Teams and KPIs that lose points against target, and which side of the KPI moved since the period before."""
    now, then = by_team(given.cards), by_team(list(given.before.values()))
    rows: list[Cells] = []
    for (team, kpi), pairs in now.items():
        known = [(card, line) for card, line in pairs if line.is_known]
        lost = [(card, card.at_target(line) - number(line.raw["printed_points"])) for card, line in known]
        lost = [(card, points) for card, points in lost if points > 0]
        if not lost:
            continue
        gap = sum((points for _, points in lost), ZERO)
        lines, before = [line for _, line in known], [line for _, line in then.get((team, kpi), []) if line.is_known]
        moved = {
            f"{name}_change": change(mean_of(lines, name), mean_of(before, name))
            for name in ("value", "numerator", "denominator", "target")
        }
        largest = percent(max(points for _, points in lost), gap)
        withheld = sum(line.status == "withheld" for _, line in pairs)
        assert largest is not None
        row: Cells = {
            "team_id": team,
            "kpi_id": kpi,
            "people": len({card.person for card, _ in pairs}),
            "people_below": len({card.person for card, _ in lost}),
            "points_lost": two(gap),
            "mean_attainment": two(mean(at for line in lines if (at := line.get("attainment")) is not None)),
            "largest_gap_share": largest,
            "withheld": withheld,
            **moved,
        }
        if withheld:
            row["driver"] = "withheld"
        elif len(pairs) > 1 and largest > 50:
            row["driver"] = "one_person"
        elif not before:
            row["driver"] = "no_history"
        else:
            row["driver"] = which_side(moved, 1 if lines[0].is_higher else -1)
        rows.append(row)
    return rows


def which_side(moved: dict[str, Fraction | None], sign: int) -> str:
    """What moved against a KPI; `sign` is -1 where lower is better."""
    if sign * (moved["value_change"] or ZERO) >= 0:
        return "target" if sign * (moved["target_change"] or ZERO) > 0 else "steady"
    above, below = moved["numerator_change"], moved["denominator_change"]
    if above is None or below is None:
        return "value"
    return "numerator" if -sign * above >= sign * below else "denominator"


def by_team(cards: Sequence[Card]) -> dict[tuple[str, str], list[tuple[Card, Line]]]:
    found: dict[tuple[str, str], list[tuple[Card, Line]]] = {}
    for card in cards:
        for line in card.lines:
            if line.status != "not_applicable" and not line.is_carried:
                found.setdefault((line.segment["team_id"], line.kpi), []).append((card, line))
    return found


def mean_of(lines: Sequence[Line], name: str) -> Fraction | None:
    """The mean over lines; None where one of them does not have the number."""
    told = [line.get(name) for line in lines]
    known = [one for one in told if one is not None]
    return mean(known) if len(known) == len(told) else None


def drift(given: Given) -> list[Cells]:
    """The month's median over people beside the medians of the months before it."""
    scored = {line.kpi for card in given.cards for line in card.lines}
    months = [shifted(given.span, -step).name for step in range(given["drift_months"], 0, -1)]
    rows: list[Cells] = []
    for kpi in scored:
        by_month = given.values.get(kpi, {})
        if given.span.name not in by_month:
            continue
        here = by_month[given.span.name]
        now = median(here)
        assert now is not None
        counted = [month for month in months if month in by_month]
        earlier = [one for month in counted if (one := median(by_month[month])) is not None]
        usual = median(earlier)
        z, found = judged(now, earlier, given.share("drift_z"))
        row: Cells = {"kpi_id": kpi, "people": len(here), "value": now, "usual_value": usual}
        told = {"value_change": change(now, usual), "robust_z": two(z), "finding": found}
        rows.append({**row, **told, "periods_counted": ", ".join(counted)})
    return rows


def judged(now: Fraction, earlier: Sequence[Fraction], line: Fraction) -> tuple[Fraction | None, str]:
    usual = median(earlier)
    if usual is None or len(earlier) < 3:
        return None, "too_short"
    spread = median(abs(one - usual) for one in earlier)
    if not spread:
        return None, "usual" if now == usual else "changed"
    z = (now - usual) / (Fraction("1.4826") * spread)
    return z, "shock" if abs(z) >= line else "usual"


def channels(given: Given) -> list[Cells]:
    """What each paid channel costs and brings: spend and leads, customers, net return."""
    nothing = (ZERO, ZERO)
    found: dict[str, tuple[Fraction, Fraction, Fraction, Fraction]] = {}
    for name in {channel for _, channel in given.channels}:
        cost, customers, back = (given.channels.get((kpi, name), nothing) for kpi in LARGEST)
        if cost[0] > 0 or cost[1] > 0:
            found[name] = (cost[0], cost[1], customers[1], back[0])
    spend_of_all = sum((one[0] for one in found.values()), ZERO)
    leads_of_all = sum((one[1] for one in found.values()), ZERO)
    of_all = spend_of_all / leads_of_all if leads_of_all else None
    rows: list[Cells] = []
    for name, (spend, leads, customers_of_it, back_of_it) in found.items():
        cost_of_lead = spend / leads if leads else None
        state = "no_lead" if cost_of_lead is None else "usual"
        if cost_of_lead is not None and of_all:
            off = half_up(cost_of_lead * 100 / of_all, 2) - 100
            if abs(off) > given.share("channel_gap"):
                state = "dearer" if off > 0 else "cheaper"
        row: Cells = {
            "channel": name,
            "currency": "CNY",
            "spend": two(spend),
            "spend_share": percent(spend, spend_of_all),
            "leads": two(leads),
            "leads_share": percent(leads, leads_of_all),
            "cost_per_lead": two(cost_of_lead),
            "customers": two(customers_of_it),
            "cost_per_customer": two(spend / customers_of_it) if customers_of_it else None,
            "returned": two(back_of_it),
            "return_on_spend": two(back_of_it / spend) if spend else None,
            "finding": state,
        }
        rows.append(row)
    return rows
