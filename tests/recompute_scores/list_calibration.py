"""The calibration pack: distribution and leniency of groups, leniency of raters, self beside manager.

Belongs here: docs/scorecards.md, "Leniency". Does not belong here: ranks.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from .company import Row
from .list_given import ZERO, Card, Cells, Given, deviation, mean, median, percent, two
from .numbers import half_up, number

FORMS = ("content_quality_reviews", "dm_quality_reviews", "innovation_reviews", "brief_match_reviews")
#: docs/company-folder.md: points of the five levels where the company states none, and raters that a group needs
LEVELS, RATERS = (10, 20, 30, 40, 50), 3


def distribution(given: Given) -> list[Cells]:
    """Scores under one scheme: of everybody, of each team and of each role."""
    known: dict[str, list[Card]] = {}
    for card in given.cards:
        if card.printed is not None:
            known.setdefault(card.last("scheme_id"), []).append(card)
    rows: list[Cells] = []
    for scheme, everybody in known.items():
        of_all = mean(card.printed for card in everybody if card.printed is not None)
        assert of_all is not None
        for level, name in (("company", ""), ("team", "team_id"), ("role", "role")):
            for group in sorted({card.last(name) if name else "" for card in everybody}):
                mine = [card for card in everybody if not name or card.last(name) == group]
                row: Cells = {"scheme_id": scheme, "group_level": level, "group": group, "people": len(mine)}
                small = len(mine) < given["min_group"]
                rows.append({**row, **({"status": "too_few"} if small else spread(given, mine, of_all))})
    return rows


def spread(given: Given, cards: list[Card], of_all: Fraction) -> Cells:
    scores = [card.printed for card in cards if card.printed is not None]
    towards = shrunk(given, scores, of_all)
    return {
        "mean": two(mean(scores)),
        "median": two(median(scores)),
        "spread": two(deviation(scores)),
        "score_low": min(scores),
        "score_high": max(scores),
        "share_at_target": percent(sum(score >= 100 for score in scores), len(scores)),
        "shrunk_mean": two(towards),
        "leniency": two(towards - of_all),
        "normalising_factor": half_up(of_all / towards, 4) if towards else None,
        "withheld": sum(card.is_open for card in cards),
    }


def shrunk(given: Given, values: list[Fraction], of_all: Fraction) -> Fraction:
    """(n·mean + k·all)/(n + k)."""
    k = given.share("shrinkage")
    return (sum(values, ZERO) + k * of_all) / (len(values) + k)


def raters(given: Given) -> list[Cells]:
    by_form: dict[str, dict[str, list[Fraction]]] = {}
    for form, who, points in marks(given):
        by_form.setdefault(form, {}).setdefault(who, []).append(points)
    rows: list[Cells] = []
    for form, given_by in by_form.items():
        of_all = mean(points for them in given_by.values() for points in them)
        assert of_all is not None
        for who, them in given_by.items():
            about: Cells = {"form": form, "rater_group" if form == "ratings_360" else "rater": who}
            numbers: Cells = {
                "ratings": len(them),
                "mean": two(mean(them)),
                "mean_of_all": two(of_all),
                "spread": two(deviation(them)),
                "leniency": two(shrunk(given, them, of_all) - of_all),
            }
            rows.append({**about, **numbers})
    return rows


def marks(given: Given) -> Iterator[tuple[str, str, Fraction]]:
    """Every mark of the period or its months as points of 100, by form and by who gave it."""

    def told(form: str) -> list[Row]:
        return [row for row in given.folder.reviewed(form) if row["period"] in given.names]

    for row in told("ratings_manager"):
        yield "ratings_manager", row["reviewer_id"], number(row["score"])
    for row in told("ratings_bars"):
        yield "ratings_bars", row["reviewer_id"], Fraction(100 * LEVELS[int(row["level"]) - 1], LEVELS[-1])
    for form in FORMS:
        for row in told(form):
            yield form, row["reviewer_id"], number(row["score"])
    of_person: dict[tuple[str, str], list[Row]] = {}
    for row in told("ratings_360"):
        of_person.setdefault((row["person_id"], row["rater_group"]), []).append(row)
    for (_, group), them in of_person.items():
        if len({row["rater_id"] for row in them}) >= RATERS:
            for row in them:
                # 1 to 5 as 0 to 100
                yield "ratings_360", group, (number(row["score"]) - 1) * 25


def self_and_manager(given: Given) -> list[Cells]:
    """Per person the mean of the items that both have rated."""

    def by_item(form: str) -> dict[tuple[str, str, str], list[Fraction]]:
        found: dict[tuple[str, str, str], list[Fraction]] = {}
        for row in given.folder.reviewed(form):
            if row["period"] in given.names:
                found.setdefault((row["person_id"], row["period"], row["item"]), []).append(number(row["score"]))
        return found

    own, theirs = by_item("ratings_self"), by_item("ratings_manager")
    rows: list[Cells] = []
    for person in sorted({key[0] for key in own.keys() & theirs.keys()}):
        keys = [key for key in own.keys() & theirs.keys() if key[0] == person]
        mine = mean(sum(own[key], ZERO) / len(own[key]) for key in keys)
        managers = mean(sum(theirs[key], ZERO) / len(theirs[key]) for key in keys)
        assert mine is not None and managers is not None
        about: Cells = {"person_id": person, "ratings": len(keys), "gap": two(mine - managers)}
        rows.append({**about, "self_rating": two(mine), "manager_rating": two(managers)})
    return rows
