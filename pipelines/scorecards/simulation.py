"""Past periods scored by another scheme, beside the one that paid: what `scorecards simulate` works out and writes.

Belongs here: whose segments are scored, reading the last whole build, the files of a simulation. Does not belong here:
the tables (`reports.simulation`), scoring itself (`assemble`), what changed between two schemes (`handbook.changes`).

A simulation reads and never writes what a run or a seal has made: its files stand in a folder of their own. Both sides
are scored anew from the same readings, so that a difference is the scheme's and nothing else's; where today's readings
no longer give what a revision has sealed, the page says so.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipelines.company.buffers import SHADOW
from pipelines.company.findings import Finding, InputError
from pipelines.company.model import Company
from pipelines.company.segments import Segment
from pipelines.periods import Period
from pipelines.reports.simulation import Outcome, simulation_reports
from pipelines.reports.table import Report
from pipelines.schemes.catalogue import read_catalogue
from pipelines.schemes.model import Scheme
from pipelines.schemes.shelf import Shelf
from pipelines.scorecards import seals
from pipelines.scorecards.assemble import score, score_by_another
from pipelines.scorecards.beside import rebound
from pipelines.scorecards.bundle import Inputs, make_bundle
from pipelines.scorecards.carrying import bound_segments
from pipelines.scorecards.handbook import render_changes
from pipelines.scorecards.lists import report_csv, report_page
from pipelines.scorecards.measured import readings
from pipelines.scoring import OtherScore, PersonTrace
from pipelines.scoring.beside import compare, is_open
from pipelines.texts import text
from pipelines.warehouse import readings as warehouse

SIMULATIONS = "simulations"


@dataclass(frozen=True)
class Simulation:
    """What a simulation came to.

    Attributes:
        scheme: the simulated scheme.
        periods: the periods, in order.
        paying: the schemes that paid the people, each version once.
        reports: its tables.
        stale: (period, people) of sealed periods that today's readings no longer give.
    """

    scheme: Scheme
    periods: Sequence[Period]
    paying: Sequence[Scheme]
    reports: Sequence[Report]
    stale: Sequence[tuple[str, int]]

    @property
    def label(self) -> str:
        """The periods as the files are named by."""
        first, last = str(self.periods[0]), str(self.periods[-1])
        return first if first == last else f"{first}..{last}"


def simulate(
    company: Company, warehouse_file: Path, scheme: Scheme, periods: Sequence[Period], team: str, lang: str
) -> Simulation:
    """Score past periods by a scheme beside the ones that paid.

    Args:
        company: the company.
        warehouse_file: the last whole build.
        scheme: the scheme to try.
        periods: in order, all built.
        team: only people of this team, whatever scheme pays them. Empty: those whom a version of this scheme pays,
            and everybody whom any scheme pays where it pays nobody yet.
        lang: of the findings.

    Raises:
        InputError: when a period is not built, nobody is to be scored, or a scheme does not fit.
    """
    shelf = Shelf(company.home)
    chosen = _chosen(company, scheme, periods, team)
    if not any(chosen.values()):
        raise _finding("nobody", "team" if team else "scheme", team or scheme.scheme_id, lang)
    outcomes: list[Outcome] = []
    paying: dict[tuple[str, str], Scheme] = {}
    stale = []
    for period in periods:
        if not warehouse_file.is_file() or not readings(company, warehouse_file, period):
            raise _finding("not_built", "period", str(period), lang)
        scored = score(company, warehouse_file, period, shelf)
        keys = {(one.person_id, one.segment_id) for one in chosen[period]}
        everybody = [
            rebound(one, scheme.scheme_id if _is_meant(one, keys, period) else "") for one in company.segments()
        ]
        others = score_by_another(company, warehouse_file, period, everybody, scheme)
        present = {trace.person_id: trace for trace in scored.result.people}
        outcomes += [_outcome(scheme, present[other.person_id], other) for other in others.people]
        bound = {one.scheme_id for one in chosen[period]}
        paying |= {(one.scheme_id, one.version): one for one in scored.schemes if one.scheme_id in bound}
        if differing := _stale(company.home, period, present):
            stale.append((str(period), differing))
    reports = simulation_reports(outcomes)
    return Simulation(scheme, periods, [paying[key] for key in sorted(paying)], reports, stale)


def _chosen(
    company: Company, scheme: Scheme, periods: Sequence[Period], team: str
) -> Mapping[Period, Sequence[Segment]]:
    paid = {
        period: [one for one in bound_segments(company.segments(), period) if team in ("", one.team_id)]
        for period in periods
    }
    own = {period: [one for one in found if one.scheme_id == scheme.scheme_id] for period, found in paid.items()}
    return paid if team or not any(own.values()) else own


def _is_meant(segment: Segment, keys: set[tuple[str, str]], period: Period) -> bool:
    """Segments of the period only where they are chosen; earlier ones may be what a reading is carried from."""
    is_in_period = bool(period.overlap_days(segment.valid_from, segment.valid_to))
    return not is_in_period or (segment.person_id, segment.segment_id) in keys


def _outcome(scheme: Scheme, present: PersonTrace, other: PersonTrace) -> Outcome:
    (both,) = compare(present.segments, [OtherScore(other.person_id, SHADOW, scheme, other)])
    same = {part.segment.segment_id for part in other.segments}
    own = [part for part in present.segments if part.segment.segment_id in same]
    lines = [line for part in other.segments for line in part.lines]
    return Outcome(
        period=other.period,
        person_id=other.person_id,
        role=other.segments[-1].segment.role,
        team_id=other.segments[-1].segment.team_id,
        score=both.present_score,
        simulated_score=both.other_score,
        pay=both.present,
        simulated_pay=both.brings,
        is_open=any(is_open(part) for part in (*own, *other.segments)),
        is_scored=any(part.is_scorable for part in other.segments),
        withheld=_kpis(line.kpi_id for line in lines if line.is_withheld and line.reason_code != "no_target"),
        without_target=_kpis(line.kpi_id for line in lines if line.is_withheld and line.reason_code == "no_target"),
        not_applicable=_kpis(line.kpi_id for line in lines if line.status == "not_applicable"),
    )


def _kpis(ids: Iterator[str]) -> tuple[str, ...]:
    return tuple(sorted(set(ids)))


def _stale(home: Path, period: Period, present: Mapping[str, PersonTrace]) -> int:
    """How many people of the newest sealed revision have another score or bonus by today's readings."""
    sealed = seals.newest_seal(home, str(period))
    if sealed is None:
        return 0
    now = {person: trace.to_dict() for person, trace in present.items()}
    then = {trace["person_id"]: trace for trace in sealed.bundle["traces"]}
    return sum(
        person not in now
        or now[person]["printed_score"] != trace["printed_score"]
        or now[person]["bonus"]["earned"] != trace["bonus"]["earned"]
        for person, trace in then.items()
    )


def write(company: Company, warehouse_file: Path, simulation: Simulation) -> Path:
    """Write the tables, a page a language and what changed from each scheme that paid.

    Returns:
        The folder, `simulations/<scheme>@<version>`; its files are readable by their owner alone, since they tell pay.
    """
    scheme = simulation.scheme
    folder = company.home / SIMULATIONS / f"{scheme.scheme_id}@{scheme.version}"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    bundle = _bundle(company, warehouse_file, simulation.label)
    told = [report.to_dict() for report in simulation.reports]
    names = [f"{simulation.label}_{report['report_id']}.csv" for report in told]
    for name, report in zip(names, told, strict=True):
        _put(folder / name, report_csv(bundle, report, f"{scheme.scheme_id}@{scheme.version}"))
    for lang in company.languages:
        page = report_page(
            bundle,
            told,
            names,
            text("simulation.title", lang),
            text("simulation.title", lang),
            text("simulation.intro", lang),
            _facts(simulation, lang),
            lang,
        )
        _put(folder / f"{simulation.label}_simulation_{lang}.html", page)
        for paying in simulation.paying:
            if paying != scheme:
                changes = render_changes(paying, scheme, read_catalogue(), [lang], "html", company.currency)
                name = f"changes_from_{paying.scheme_id}@{paying.version}_{lang}.html"
                _put(folder / name, changes.encode("utf-8"))
    return folder


def summary(simulation: Simulation, lang: str, currency: str) -> Iterator[str]:
    """Yield what the command prints: sums alone, no person."""
    for row in simulation.reports[0].to_dict()["rows"]:
        yield text("simulation.line", lang, currency=currency, **row)
    for period, people in simulation.stale:
        yield text("simulation.stale", lang, period=period, people=people)


def _facts(simulation: Simulation, lang: str) -> list[tuple[str, str]]:
    scheme = simulation.scheme
    facts = [
        (text("simulation.fact.scheme", lang), f"{getattr(scheme.title, lang)} ({scheme.scheme_id} {scheme.version})"),
        (
            text("simulation.fact.paying", lang),
            ", ".join(f"{getattr(one.title, lang)} ({one.scheme_id} {one.version})" for one in simulation.paying),
        ),
        (text("simulation.fact.periods", lang), simulation.label),
    ]
    label = text("simulation.fact.stale", lang)
    return facts + [
        (label, text("simulation.stale", lang, period=period, people=people)) for period, people in simulation.stale
    ]


def _bundle(company: Company, warehouse_file: Path, label: str) -> dict[str, Any]:
    """What the tables are named by: people, teams and KPIs."""
    catalogue = warehouse.catalogue(warehouse_file)
    empty = make_bundle(company, label, (), (), {}, {}, Inputs({}, {}), {}, catalogue)
    people = {one.person_id: {"name": one.name or "", "name_en": one.name_en or ""} for one in company.people}
    return empty | {"people": people, "catalogue": catalogue}


def _put(path: Path, data: bytes) -> None:
    """Write a file that its owner alone may read, whole or not at all."""
    partial = path.with_name(f".{path.name}.partial")
    descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as stream:
        stream.write(data)
    partial.replace(path)


def _finding(code: str, column: str, value: str, lang: str) -> InputError:
    problem, mend = (text(f"simulation.{code}{part}", lang, value=value) for part in ("", ".mend"))
    return InputError([Finding("simulate", 0, column, value, problem, mend)])
