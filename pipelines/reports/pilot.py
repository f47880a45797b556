"""People whom two schemes score in one period: what a pilot or a buffer period shows.

Belongs here: 003-W2, 003-W3, 003-W7: both scores, amounts and ranks, how many samples each dimension has, how well the
watched KPIs are covered. Does not belong here: scoring by the other scheme (`scoring.beside`), trying a scheme on past
periods (`reports.simulation`).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from pipelines.reports.facts import Facts
from pipelines.reports.results import OtherResult, Result
from pipelines.reports.statistics import mean
from pipelines.reports.table import Cell, Report, in_order, percent_of, rounded
from pipelines.scoring.numbers import ZERO

REQ = "003-W2, 003-W3, 003-W7"
ENOUGH, TOO_FEW, NONE = "enough_samples", "few_samples", "no_sample"


def pilot_reports(facts: Facts) -> list[Report]:
    """Return the reports of a period in which another scheme scores anybody; none where it does not."""
    by_scheme: dict[str, list[tuple[Result, OtherResult]]] = defaultdict(list)
    for result in facts.results:
        for other in result.others:
            by_scheme[other.label].append((result, other))
    if not by_scheme:
        return []
    ordered = dict(sorted(by_scheme.items()))
    return [_people(ordered), _samples(facts, ordered), _kpis(facts, ordered)]


def _people(by_scheme: Mapping[str, Sequence[tuple[Result, OtherResult]]]) -> Report:
    rows: list[Mapping[str, Cell]] = []
    for label, pairs in by_scheme.items():
        both = {
            result.person_id: (other.score, other.other_score)
            for result, other in pairs
            if other.score is not None and other.other_score is not None
        }
        present = _ranks({person: scores[0] for person, scores in both.items()})
        changed = _ranks({person: scores[1] for person, scores in both.items()})
        for result, other in pairs:
            person = result.person_id
            row: dict[str, Cell] = {
                "other_scheme": label,
                "mode": other.mode,
                "person_id": person,
                "role": result.role,
                "team_id": result.team_id,
                "score": other.score,
                "other_score": other.other_score,
                "paying_amount": other.pay,
                "other_amount": other.other_pay,
                "difference": other.other_pay - other.pay,
                "status": other.status,
            }
            if person in both:
                row["score_change"] = (other.other_score or ZERO) - (other.score or ZERO)
                row |= {"rank": present[person], "other_rank": changed[person]}
                row["rank_change"] = present[person] - changed[person]
            rows.append(row)
    columns = (
        "other_scheme", "mode", "person_id", "role", "team_id", "score", "other_score", "score_change", "rank",
        "other_rank", "rank_change", "paying_amount", "other_amount", "difference", "status",
    )  # fmt: skip
    return Report("pilot_people", REQ, columns, in_order(rows, "other_scheme", "person_id"))


def _ranks(scores: Mapping[str, Decimal | None]) -> dict[str, int]:
    """The place of everybody, the highest score first; whoever ties shares the better place."""
    values = [score for score in scores.values() if score is not None]
    return {person: 1 + sum(one > score for one in values) for person, score in scores.items() if score is not None}


def _samples(facts: Facts, by_scheme: Mapping[str, Sequence[tuple[Result, OtherResult]]]) -> Report:
    least = facts.settings.pilot_samples
    rows: list[Mapping[str, Cell]] = []
    everybody = Counter(sample for result in facts.results for sample in set(_dimensions(facts, result)))
    for label, pairs in by_scheme.items():
        scored = [result for result, other in pairs if any(part.is_scorable for part in other.parts)]
        found = Counter(sample for result in scored for sample in set(_dimensions(facts, result)))
        rows += [
            {
                "other_scheme": label,
                "group_level": level,
                "group": group,
                "people": found[level, group],
                "headcount": everybody[level, group],
                "status": ENOUGH if found[level, group] >= least else TOO_FEW if found[level, group] else NONE,
            }
            for level, group in everybody
        ]
    columns = ("other_scheme", "group_level", "group", "people", "headcount", "status")
    ordered = in_order(rows, "other_scheme", "group_level", "group")
    return Report("pilot_samples", REQ, columns, ordered, {"least": least})


def _dimensions(facts: Facts, result: Result) -> Iterator[tuple[str, str]]:
    """The team, the role and the types and stages of the communities that somebody is a sample of."""
    for part in result.parts:
        yield "team", part.team_id
        yield "role", part.role
    for segment in facts.company.segments():
        if segment.person_id == result.person_id:
            for duty in facts.company.community_duties.of(segment, facts.period):
                yield "community_type", duty.type
                yield "community_stage", duty.stage


def _kpis(facts: Facts, by_scheme: Mapping[str, Sequence[tuple[Result, OtherResult]]]) -> Report:
    rows: list[Mapping[str, Cell]] = []
    for label, pairs in by_scheme.items():
        lines = [line for _, other in pairs for part in other.parts for line in part.lines]
        weights: dict[str, Decimal] = defaultdict(lambda: ZERO)
        for line in lines:
            weights[line.kpi_id] += line.weight
        heaviest = sorted(weights, key=lambda kpi: (-weights[kpi], kpi))[: facts.settings.pilot_watched]
        for kpi in facts.settings.pilot_kpis or heaviest:
            own = [line for line in lines if line.kpi_id == kpi]
            counted = Counter(line.status for line in own)
            known = [line for line in own if line.is_known]
            rows.append(
                {
                    "other_scheme": label,
                    "kpi_id": kpi,
                    "mean_weight": _mean(line.weight for line in own),
                    "lines": len(own),
                    "known_lines": len(known),
                    "provisional_lines": counted["provisional"],
                    "withheld": counted["withheld"],
                    "not_applicable_lines": counted["not_applicable"],
                    "coverage": percent_of(len(known), len(own) - counted["not_applicable"]),
                    "mean_attainment": _mean(line.attainment for line in known if line.attainment is not None),
                    "mean": _mean(line.score for line in known if line.score is not None),
                }
            )
    columns = (
        "other_scheme", "kpi_id", "mean_weight", "lines", "known_lines", "provisional_lines", "withheld",
        "not_applicable_lines", "coverage", "mean_attainment", "mean",
    )  # fmt: skip
    # in the order of weight, or of the setting: what a pilot watches most stands first
    return Report("pilot_kpis", "003-W2, 003-W16", columns, tuple(rows), {"watched": facts.settings.pilot_watched})


def _mean(values: Iterable[Decimal]) -> Decimal | None:
    return rounded(mean(list(values)))
