"""What customers say of the service, and how crises are met.

Belongs here: satisfaction and recommendation surveys, incidents of public relations. Does not belong here: tickets;
those are in `tickets`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, time
from fractions import Fraction

from .credit import Shares, by_assignment, by_identity, settle
from .kpi import Entry, World, recomputes
from .people import Company, minutes, month_of
from .raw import Row

SURVEYS = {
    "answer_id": ("Response ID",),
    "kind": ("Survey type",),
    "sent": ("Sent",),
    "answered": ("Submitted",),
    "agent": ("Agent",),
    "score": ("Score",),
    "scale": ("Scale",),
}
INCIDENTS = {
    "incident_id": ("incident_id",),
    "at": ("occurred_at",),
    "kind": ("kind",),
    "severity": ("severity",),
    "account": ("account",),
    "responsible": ("responsible",),
    "responded": ("responded_at",),
    "resolved": ("resolved_at",),
}
CRISIS = "pr"
SEVERITIES = {"high", "medium", "low"}
HUNDRED = Fraction(100)


@recomputes("csat_top2_share", "nps", "survey_response_rate")
def survey_entries(world: World) -> Iterator[Entry]:
    """Surveys by the month in which they were sent; the last export knows best whether one was answered."""
    company = world.company
    surveys: dict[str, Row] = {}
    for file in world.files:
        for row in file.rows(SURVEYS, SURVEYS):
            surveys[row.text("answer_id")] = row
    for answer_id, row in surveys.items():
        sent = row.time("sent", company.zone)
        assert sent is not None
        day = company.local(sent).date()
        steps = (by_identity(company, "surveys", row.text("agent"), day),)
        for person, share in settle(company, ("survey_answer", answer_id), day, steps).items():
            yield from _of_survey(company, row, month_of(day), person, share)


def _of_survey(company: Company, row: Row, month: str, person: str, share: Fraction) -> Iterator[Entry]:
    score = row.number("score")
    yield Entry("survey_response_rate", month, person, share * (score is not None), share)
    if score is None:
        return
    if row.text("kind").casefold() == "csat":
        least, most = (company.settings[f"csat_scale_{end}"] for end in ("min", "max"))
        if row.text("scale") == f"{least}-{most}" and least <= score <= most:
            yield Entry("csat_top2_share", month, person, share * (score >= most - 1), share)
        else:
            yield Entry("csat_top2_share", month, person)
    elif row.text("scale") == "0-10" and 0 <= score <= 10:
        verdict = (score >= 9) - (score <= 6)
        yield Entry("nps", month, person, HUNDRED * verdict * share, share)
    else:
        yield Entry("nps", month, person)


@recomputes(
    "crisis_response_minutes_p50",
    "crisis_resolution_minutes_p50",
    "crisis_response_within_sla",
    "crisis_resolution_within_sla",
)
def crisis_entries(world: World) -> Iterator[Entry]:
    company = world.company
    crises: dict[str, tuple[Row, datetime]] = {}
    for file in world.files:
        for row in file.rows(INCIDENTS, INCIDENTS):
            known_until = datetime.combine(file.exported_on, time(), company.zone).astimezone(UTC)
            crises[row.text("incident_id")] = (row, known_until)
    for incident_id, (row, known_until) in crises.items():
        if row.text("kind") != CRISIS:
            continue
        at = row.time("at", company.zone)
        assert at is not None
        day = company.local(at).date()
        steps = (
            by_identity(company, "crm", row.text("responsible"), day),
            by_assignment(company, "account", row.text("account"), day),
        )
        who = settle(company, ("incident", incident_id), day, steps)
        severity = row.text("severity").casefold()
        for act, done in (("response", "responded"), ("resolution", "resolved")):
            setting = f"crisis_{'response' if act == 'response' else 'resolve'}_minutes_{severity}"
            limit = company.settings[setting] if severity in SEVERITIES else None
            yield from _reaction(act, month_of(day), who, at, row.time(done, company.zone), known_until, limit)


def _reaction(
    act: str, month: str, who: Shares, at: datetime, done: datetime | None, known_until: datetime, limit: int | None
) -> Iterator[Entry]:
    """Calendar minutes to a response or resolution, and whether they were within the limit."""
    took = minutes((done or known_until) - at)
    for person, share in who.items():
        yield Entry(f"crisis_{act}_minutes_p50", month, person, value=None if done is None else took)
        if limit is not None and (done is not None or took > limit):
            is_in_time = done is not None and took <= limit
            yield Entry(f"crisis_{act}_within_sla", month, person, share * is_in_time, share)
        else:
            yield Entry(f"crisis_{act}_within_sla", month, person)
