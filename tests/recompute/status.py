"""Whether a KPI of a person and period has a value, and why not: docs/data-quality.md, "Status of a KPI".

Belongs here: who answers for a KPI, whom a finding touches, and the order of the statuses.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from .guards import Finding
from .kpi import Entry, Result, bounds, months_of
from .people import Company


@dataclass(frozen=True)
class Findings:
    """What withholds, what makes provisional, (person, account, month) of everybody with records, silent families."""

    withholding: list[Finding]
    immature: list[Finding]
    unsettled: list[Finding]
    holders: set[tuple[str, str, str]]
    #: (KPI, person, month) of everybody who answers for a judgement without having one.
    expected: set[tuple[str, str, str]]
    silent: set[tuple[str, str]]


NOT_APPLICABLE = "not_applicable"


def _listed(cell: str) -> set[str]:
    return {part for part in cell.split(";") if part}


def is_employed_in(company: Company, person: str, period: str) -> bool:
    first, end = bounds(period)
    hired, left = company.employed[person]
    return hired < end and first < left


def _overlaps(company: Company, person: str, starts: date, ends: date, period: str) -> bool:
    """Whether a window and the person's employment share a day with the period."""
    first, end = bounds(period)
    hired, left = company.employed[person]
    return max(starts, first, hired) < min(ends, end, left)


def _assigned(company: Company, person: str, row: Mapping[str, str], period: str) -> set[str]:
    """Subjects of the KPI's kinds and platforms that are assigned to somebody in a period."""
    kinds, platforms = _listed(row["subject_types"]), _listed(row["platforms"])
    found = set()
    for (kind, subject), claims in company.assignments.items():
        platform = company.accounts[subject]["platform"] if subject in company.accounts else ""
        if kind not in kinds or (platform and platforms and platform not in platforms):
            continue
        if any(c.person == person and _overlaps(company, person, c.valid_from, c.valid_to, period) for c in claims):
            found.add(subject)
    return found


def _is_known(company: Company, person: str, systems: set[str], period: str) -> bool:
    """Whether somebody has an identity in one of the systems in a period."""
    return any(
        claim.person == person and _overlaps(company, person, claim.valid_from, claim.valid_to, period)
        for (system, _), claims in company.identities.items()
        if system in systems
        for claim in claims
    )


def _in_teams_of(company: Company, person: str, accounts: set[str], period: str) -> bool:
    teams = {company.accounts[account]["team_id"] for account in accounts}
    return any(
        who == person and team in teams and _overlaps(company, person, starts, ends, period)
        for who, team, starts, ends in company.positions
    )


def answers(company: Company, person: str, row: Mapping[str, str], period: str, entries: list[Entry]) -> bool:
    """Whether somebody is assigned a subject, known to a system, in an owning team, or credited with a record."""
    if entries:
        return True
    if row["credit_kind"] == "overlay":
        platforms = _listed(row["platforms"])
        accounts = {name for name, account in company.accounts.items() if account["platform"] in platforms}
        return _in_teams_of(company, person, accounts, period)
    return bool(_assigned(company, person, row, period)) or _is_known(company, person, _listed(row["systems"]), period)


def touches(
    company: Company, finding: Finding, person: str, row: Mapping[str, str], entries: list[Entry], has_records: bool
) -> bool:
    """Whether a finding withholds a KPI of somebody in its month.

    `entries` are theirs of that KPI and month; `has_records` says whether the account holds any record of theirs in
    that month, of any KPI of the family.
    """
    if finding.family not in _listed(row["families"]) or (finding.kpis and row["kpi_id"] not in finding.kpis):
        return False
    if finding.is_personal:
        return finding.account == person
    if row["credit_kind"] == "overlay":
        return _in_teams_of(company, person, {finding.account}, finding.month)
    if finding.account == person or any(entry.account == finding.account for entry in entries):
        return True
    if finding.account in _assigned(company, person, row, finding.month):
        return finding.is_missing or has_records
    if not finding.is_missing:
        return False
    platform = company.accounts[finding.account]["platform"]
    systems = _listed(row["systems"])
    if platform in systems and _is_known(company, person, {platform}, finding.month):
        return True
    return not entries and _is_known(company, person, systems, finding.month)


def _touching(
    company: Company,
    row: Mapping[str, str],
    person: str,
    period: str,
    entries: list[Entry],
    found: list[Finding],
    holders: set[tuple[str, str, str]],
) -> str:
    """The reason of the first finding that touches a KPI of somebody in a period; empty where none does."""
    for finding in found:
        if finding.month in months_of(period):
            theirs = [entry for entry in entries if entry.month == finding.month]
            has_records = (person, finding.account, finding.month) in holders
            if touches(company, finding, person, row, theirs, has_records):
                return finding.reason
    return ""


def status(
    company: Company,
    row: Mapping[str, str],
    person: str,
    period: str,
    entries: list[Entry],
    outcome: Result,
    found: Findings,
) -> tuple[str, str]:
    """(status, reason code) of a KPI of a person and period."""
    is_expected = any((row["kpi_id"], person, month) in found.expected for month in months_of(period))
    if not is_expected and not answers(company, person, row, period, entries):
        return NOT_APPLICABLE, "no_responsibility"
    if any((family, month) in found.silent for family in _listed(row["families"]) for month in months_of(period)):
        return "withheld", "no_data"
    withheld = _touching(company, row, person, period, entries, found.withholding, found.holders)
    if withheld:
        return "withheld", withheld
    if not entries:
        adds_up = row["aggregation"] in {"sum", "distinct"}
        return ("ok", "no_records") if adds_up else (NOT_APPLICABLE, "no_activity")
    if not any(entry.is_measured for entry in entries):
        return NOT_APPLICABLE, "not_measurable"
    if row["aggregation"] == "stock_end" and outcome.numerator is None:
        return "withheld", "no_stock"
    if row["aggregation"] == "ratio_of_sums" and not outcome.denominator:
        return NOT_APPLICABLE, "zero_denominator"
    matures = int(row["maturity_days"] or 0) > 0
    if matures and _touching(company, row, person, period, entries, found.immature, found.holders):
        return "provisional", "immature_records"
    unsettled = _touching(company, row, person, period, entries, found.unsettled, found.holders)
    return ("provisional", unsettled) if unsettled else ("ok", "")
