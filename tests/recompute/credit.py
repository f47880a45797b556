"""Who is credited with a record: the resolver of section 4 of sources.md.

Belongs here: override, then whoever a system names (actor, publishing tool, signature), then codes, the split table,
the duty roster, the assignment, and UNASSIGNED for what is left. The first step that names somebody who is employed
wins. Does not belong here: which steps a kind of record has; its family says that.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from fractions import Fraction

from .people import UNASSIGNED, Claim, Company

Shares = dict[str, Fraction]


def by_claims(company: Company, claims: Iterable[Claim], day: date) -> Shares:
    """Shares of the people whose claim holds on a day and who are employed then."""
    shares: Shares = {}
    for claim in claims:
        if claim.holds(day) and company.is_employed(claim.person, day):
            shares[claim.person] = shares.get(claim.person, Fraction(0)) + claim.share
    return shares


def by_identity(company: Company, system: str, external_id: str, day: date) -> Shares:
    return by_claims(company, company.identities.get((system, external_id.strip().casefold()), ()), day)


def by_assignment(company: Company, subject_type: str, subject_id: str, day: date) -> Shares:
    return by_claims(company, company.assignments.get((subject_type, subject_id.strip().casefold()), ()), day)


def by_roster(company: Company, subjects: Iterable[tuple[str, str]], at: datetime) -> Shares:
    """Whoever is on duty for one of the subjects at an instant, in equal parts."""
    now = company.local(at)
    on_duty = {
        shift.person
        for subject in subjects
        for shift in company.roster.get(subject, ())
        if shift.starts_at <= now < shift.ends_at and company.is_employed(shift.person, now.date())
    }
    return {person: Fraction(1, len(on_duty)) for person in on_duty}


def settle(company: Company, record: tuple[str, str], day: date, steps: Iterable[Shares]) -> Shares:
    """The first step that names somebody, completed by UNASSIGNED to a whole."""
    override = by_claims(company, company.overrides.get(record, ()), day)
    shares = override or next((step for step in steps if step), {})
    rest = 1 - sum(shares.values(), Fraction(0))
    return shares | {UNASSIGNED: rest} if rest else shares
