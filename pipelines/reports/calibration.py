"""The calibration pack: how scores are distributed, who judges mildly or strictly, where self and manager differ.

Belongs here: 000-W4, 001-W4, 001-W5. Nothing is corrected here: a meeting looks at it and decides. Does not belong
here: the arithmetic (statistics). Marks of single 360 raters are never shown: they stand here by group of raters alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from pipelines.company.review_records import Rating360
from pipelines.reports.facts import Facts
from pipelines.reports.statistics import mean, median, shrunk, spread
from pipelines.reports.table import Cell, Remark, Report, in_order, percent_of, rounded
from pipelines.scoring.numbers import CONTEXT


def calibration_reports(facts: Facts) -> list[Report]:
    """Return the three parts of the pack."""
    return [_distribution(facts), _raters(facts), _self_and_manager(facts)]


def _distribution(facts: Facts) -> Report:
    """Scores of the company, each team and each role under one scheme: spread, and leniency shrunk by size."""
    settings = facts.settings
    scored = [one for one in facts.results if one.score is not None]
    rows: list[dict[str, Cell]] = []
    for scheme in sorted({one.scheme_id for one in scored}):
        under = [one for one in scored if one.scheme_id == scheme]
        of_all = mean([one.score for one in under if one.score is not None])
        groups: dict[tuple[str, str], list[Decimal]] = {}
        still_open: dict[tuple[str, str], int] = {}
        for one in under:
            for key in (("company", ""), ("team", one.team_id), ("role", one.role)):
                if one.score is not None:
                    groups.setdefault(key, []).append(one.score)
                still_open[key] = still_open.get(key, 0) + one.is_open
        for (level, name), scores in groups.items():
            row: dict[str, Cell] = {"scheme_id": scheme, "group_level": level, "group": name, "people": len(scores)}
            if len(scores) >= settings.min_group and of_all is not None:
                row |= _spread(scores, of_all, settings.shrinkage) | {"withheld": still_open[level, name]}
            else:
                row["status"] = "too_few"
            rows.append(row)
    return Report(
        "score_distribution",
        "000-W4, 001-W5",
        (
            "scheme_id",
            "group_level",
            "group",
            "people",
            "mean",
            "median",
            "spread",
            "score_low",
            "score_high",
            "share_at_target",
            "shrunk_mean",
            "leniency",
            "normalising_factor",
            "withheld",
            "status",
        ),
        in_order(rows, "scheme_id", "group_level", "group"),
        {"least": settings.min_group, "k": settings.shrinkage},
    )


def _spread(scores: Sequence[Decimal], of_all: Decimal, k: Decimal) -> dict[str, Cell]:
    towards = shrunk(scores, of_all, k)
    return {
        "mean": rounded(mean(scores)),
        "median": rounded(median(scores)),
        "spread": rounded(spread(scores)),
        "score_low": min(scores),
        "score_high": max(scores),
        "share_at_target": percent_of(sum(score >= 100 for score in scores), len(scores)),
        "shrunk_mean": rounded(towards),
        "leniency": None if towards is None else rounded(towards - of_all),
        # x' = x · M_company / M_group (scoring.md 5): what a score would be multiplied by; a proposal
        "normalising_factor": rounded(CONTEXT.divide(of_all, towards), 4) if towards else None,
    }


Mark = tuple[str, str, str, Decimal]
"""A form, who judged (or the group of raters), what was judged, and the points of 100."""


def _raters(facts: Facts) -> Report:
    """Everybody who judges, beside all who judge on the same form: mean, and leniency shrunk by the number of marks."""
    settings = facts.settings
    marks = list(_marks(facts))
    rows: list[dict[str, Cell]] = []
    for form in sorted({mark[0] for mark in marks}):
        of_form = [mark for mark in marks if mark[0] == form]
        of_all = mean([points for *_, points in of_form])
        if of_all is None:  # cannot be: the form is taken from a mark
            continue
        by_rater: dict[str, list[Decimal]] = {}
        for _, rater, _, points in of_form:
            by_rater.setdefault(rater, []).append(points)
        for rater, given in by_rater.items():
            towards = shrunk(given, of_all, settings.shrinkage)
            rows.append(
                {
                    "form": form,
                    ("rater_group" if form == "ratings_360" else "rater"): rater,
                    "ratings": len(given),
                    "mean": rounded(mean(given)),
                    "mean_of_all": rounded(of_all),
                    "spread": rounded(spread(given)),
                    "leniency": None if towards is None else rounded(towards - of_all),
                }
            )
    return Report(
        "rater_leniency",
        "001-W5, 000-W4",
        ("form", "rater", "rater_group", "ratings", "mean", "mean_of_all", "spread", "leniency"),
        in_order(rows, "form", "rater", "rater_group"),
        {"k": settings.shrinkage},
        () if rows else (Remark("no_ratings"),),
    )


def _marks(facts: Facts) -> Iterable[Mark]:
    """Every mark of the period, of every form, as points of 100."""
    company, named = facts.company, facts.judged_in
    for row in company.ratings_manager:
        if str(row.period) in named:
            yield "ratings_manager", row.reviewer_id, row.item, row.score
    for bars in company.ratings_bars:
        highest = company.bars_points.of(bars.item, 5)
        if str(bars.period) in named and highest:
            points = company.bars_points.of(bars.item, bars.level)
            yield "ratings_bars", bars.reviewer_id, bars.item, CONTEXT.divide(points * 100, highest)
    for form in ("content_quality_reviews", "dm_quality_reviews", "innovation_reviews", "brief_match_reviews"):
        for review in getattr(company, form):
            if str(review.period) in named:
                yield form, review.reviewer_id, review.person_id, review.score
    yield from _marks_of_360(facts, named)


def _marks_of_360(facts: Facts, named: frozenset[str]) -> Iterable[Mark]:
    """The marks of 360 forms by group of raters; a group too small to be shown on a card is too small here as well."""
    given: dict[tuple[str, str], list[Rating360]] = {}
    for rating in facts.company.ratings_360:
        if str(rating.period) in named:
            given.setdefault((rating.person_id, rating.rater_group), []).append(rating)
    for (_, group), ratings in sorted(given.items()):
        if len({str(rating.rater_id) for rating in ratings}) >= facts.company.settings.min_raters_360:
            for rating in ratings:
                yield "ratings_360", group, rating.item, (rating.score - 1) * 25


def _self_and_manager(facts: Facts) -> Report:
    """Items that both rated: the own mean, the manager's, the gap; positive where somebody rates themselves higher."""
    named = facts.judged_in
    own = {
        (row.person_id, str(row.period), row.item): row.score
        for row in facts.company.ratings_self
        if str(row.period) in named
    }
    theirs: dict[tuple[str, str, str], list[Decimal]] = {}
    for row in facts.company.ratings_manager:
        if str(row.period) in named:
            theirs.setdefault((row.person_id, str(row.period), row.item), []).append(row.score)
    both: dict[str, list[tuple[Decimal, Decimal]]] = {}
    for key in sorted(own.keys() & theirs.keys()):
        both.setdefault(key[0], []).append((own[key], mean(theirs[key]) or own[key]))
    rows: list[dict[str, Cell]] = []
    for person, pairs in sorted(both.items()):
        mine, managers = mean([one for one, _ in pairs]), mean([other for _, other in pairs])
        if mine is not None and managers is not None:
            gap = rounded(mine - managers)
            rows.append(
                {
                    "person_id": person,
                    "ratings": len(pairs),
                    "self_rating": rounded(mine),
                    "manager_rating": rounded(managers),
                    "gap": gap,
                }
            )
    one_sided = len({key[0] for key in own.keys() ^ theirs.keys()})
    remarks = [] if rows else [Remark("no_self_ratings")]
    if one_sided:
        remarks.append(Remark("one_sided", {"count": str(one_sided)}))
    return Report(
        "self_manager_gap",
        "001-W4",
        ("person_id", "ratings", "self_rating", "manager_rating", "gap"),
        in_order(rows, "person_id"),
        {},
        tuple(remarks),
    )
