"""What the pipeline must find about events, surveys and crises, reckoned from the events in plain Python.

Belongs here: those KPIs of the truth. Conversations are tickets (`reckoning`).
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from pipelines.demo.credit import Resolver
from pipelines.demo.deliveries import known_until
from pipelines.demo.events import SHANGHAI, Event, Incident, World, local_month
from pipelines.demo.truth import Ledger

_ORDER_DAYS = dt.timedelta(days=30)
_RESPONSE_MINUTES = {"high": 60, "medium": 240, "low": 1440}
_RESOLVE_MINUTES = {"high": 1440, "medium": 4320, "low": 10080}
_SATISFIED, _PROMOTER, _DETRACTOR = 4, 9, 6


def reckon_engagement(ledger: Ledger, world: World, resolver: Resolver) -> None:
    """Credit every event, settlement, order of an event, survey and crisis."""
    members = {(day.group_id, day.day): day.members_total for day in world.group_days}
    for event in world.events:
        _event(ledger, event, resolver, members)
    _orders(ledger, world, resolver)
    for survey in world.surveys:
        month, credit = local_month(survey.sent_at), resolver.survey(survey)
        ledger.add(month, credit, "survey_response_rate", int(survey.score is not None), 1)
        if survey.score is None:
            continue
        if survey.kind == "CSAT":
            ledger.add(month, credit, "csat_top2_share", int(survey.score >= _SATISFIED), 1)
        else:
            points = 100 * ((survey.score >= _PROMOTER) - (survey.score <= _DETRACTOR))
            ledger.add(month, credit, "nps", points, 1)
    for incident in world.incidents:
        if incident.kind == "pr":
            _crisis(ledger, incident, resolver)


def _event(ledger: Ledger, event: Event, resolver: Resolver, members: dict[tuple[str, dt.date], int]) -> None:
    month, credit = local_month(event.starts_at), resolver.event(event, event.starts_at)
    exchanged = {guest.replaces for guest in event.attendees if guest.replaces}
    valid = [
        guest
        for guest in event.attendees
        if guest.state in ("attending", "checked_in") and not guest.is_issued and guest.ticket_id not in exchanged
    ]
    came = [guest for guest in valid if guest.state == "checked_in"]
    people = len({guest.email for guest in came})
    reached = members[event.group_id, event.starts_at.date()] if event.invited is None else event.invited
    ledger.add(month, credit, "event_participations", people)
    ledger.add(month, credit, "event_participation_rate", people, reached)
    ledger.add(month, credit, "event_attendance_rate", len(came), len(valid))
    ledger.add(month, credit, "event_order_conversion", 0, people)
    if event.kind == "co_creation":
        ledger.add(month, credit, "co_creation_events", 1)
        ledger.add(month, credit, "co_creation_output_conversion", event.outputs_adopted or 0, event.outputs)
    days = (event.starts_at.date() - event.idea_on).days
    for person, weight in credit:
        ledger.values[month, person, "activity_incubation_days_p50"].append((Decimal(days), weight))
    settled = dt.datetime.combine(event.settled_on, dt.time(), SHANGHAI)
    ledger.add(
        local_month(settled), resolver.event(event, settled), "event_roi", event.revenue - event.cost, event.cost
    )


def _orders(ledger: Ledger, world: World, resolver: Resolver) -> None:
    months = sorted({local_month(order.created_at) for order in world.orders})
    counted = [
        (order.created_at, order.discount_code)
        for order in world.orders
        if not order.cancelled_at
        and not order.is_test
        and order.total > order.refunded(known_until(local_month(order.created_at), months))
    ]
    counted += [(order.created_at, order.discount_code) for order in world.other_orders if order.is_kept]
    for created_at, code in counted:
        using = [
            event
            for event in world.events
            if event.promo_code == code and event.starts_at <= created_at < event.starts_at + _ORDER_DAYS
        ]
        if using:
            event = max(using, key=lambda one: one.starts_at)
            ledger.add(local_month(created_at), resolver.event(event, created_at), "event_order_conversion", 1, 0)


def _crisis(ledger: Ledger, incident: Incident, resolver: Resolver) -> None:
    month, credit = local_month(incident.occurred_at), resolver.incident(incident)
    for kpi, end, limits in (
        ("response", incident.responded_at, _RESPONSE_MINUTES),
        ("resolution", incident.resolved_at, _RESOLVE_MINUTES),
    ):
        minutes = Decimal(int((end - incident.occurred_at).total_seconds())) / 60
        ledger.add(month, credit, f"crisis_{kpi}_within_sla", int(minutes <= limits[incident.severity]), 1)
        for person, weight in credit:
            ledger.values[month, person, f"crisis_{kpi}_minutes_p50"].append((minutes, weight))
