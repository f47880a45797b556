"""Events, attendee lists, surveys and Chatwoot over several files and months, as far as they reach the warehouse.

Belongs here: what becomes of landed rows of these sources, with the incidents of sources.md section 5 that concern them
(by number). Does not belong here: the formulas (dbt unit tests) and the reading of bytes (tests/unit/landing).
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from harness.warehouse import ScratchWarehouse, every_relation

SHANGHAI = "Asia/Shanghai"
QUARTER = ("2026-10-01", "2027-01-01")
EVENT = {"event_type": "salon", "starts_at": "2026-10-10 14:00:00", "organiser": "a_org", "invited": "10"}
LATER = {**EVENT, "event_id": "E3", "starts_at": "2026-12-10 14:00:00", "settled_on": "2026-12-20"}


class Landing:
    """Lands files one after the other, each ranked after those before it."""

    def __init__(self, scratch: ScratchWarehouse):
        self._scratch = scratch
        self._rank = 0

    def file(self, spec: str, *rows: dict[str, str], exported: str | None, **more: Any) -> None:
        """Land one file."""
        self._rank += 1
        self._scratch.landing(
            spec,
            list(rows),
            content_id=f"c{self._rank:03d}",
            file_rank=self._rank,
            exported_at=exported,
            **{"timezone": SHANGHAI, "period": QUARTER, **more},
        )


def ticket(event: str, number: int, status: str, **more: str) -> dict[str, str]:
    """One ticket of Eventbrite; its holder is customer number of the event."""
    return {
        "event_id": event,
        "attendee_id": f"{event}-{number}",
        "order_id": f"o{number}",
        "ordered_at": "2026-10-01 09:00:00",
        "email": f"c_{number}",
        "status": status,
        **more,
    }


def participant(event: str, number: int, status: str, **more: str) -> dict[str, str]:
    """One ticket of ACCUPASS."""
    row = ticket(event, number, status, issue_type="線上報名", **more)
    return {name: value for name, value in row.items() if name != "order_id"}


def events(landing: Landing) -> None:
    """Events with lists of both vendors, re-deliveries, zeros over values, and one without any number."""
    register = [
        {
            **EVENT,
            "event_id": "E1",
            "cost": "100",
            "revenue": "600",
            "settled_on": "2026-11-05",
            "promo_code": "E1CODE",
        },
        {**EVENT, "event_id": "E2", "event_type": "共创", "outputs": "4", "outputs_adopted": "1"},
        {**LATER, "cost": "50", "revenue": "200", "participants": "3", "invited": "9"},
        {**EVENT, "event_id": "E4", "starts_at": "2026-10-12 14:00:00"},
        # 23:30 of 31 October in Shanghai; in UTC it is October too, an hour later it would be November
        {**EVENT, "event_id": "E5", "starts_at": "2026-11-01 00:30:00", "participants": "7"},
        {**EVENT, "event_id": "E6", "participants": "4", "organiser": "a_late", "invited": ""},
    ]
    landing.file("event_register", *register, exported="2027-01-09")
    # the register again the same day, every number of E3 a zero
    zeros = {"cost": "0", "revenue": "0", "participants": "0", "invited": "0"}
    landing.file("event_register", {**LATER, **zeros}, exported="2027-01-09")

    first = [ticket("E1", n, "Attending") for n in range(1, 6)]
    landing.file("eventbrite_attendees", *first, exported="2026-10-09")
    after = [
        ticket("E1", 1, "Checked In"),
        ticket("E1", 2, "Checked In"),
        ticket("E1", 3, "Refunded"),
        ticket("E1", 4, "Not Attending"),
        ticket("E1", 5, "Attending"),
        ticket("E1", 6, "Checked In", order_type="Manual Order"),
        ticket("E1", 7, "Checked In", email="c_1"),
    ]
    landing.file("eventbrite_attendees", *after, exported="2026-10-12")
    landing.file("eventbrite_attendees", *after, exported="2026-10-12")
    landing.file(
        "accupass_participants",
        participant("E2", 1, "已換票"),
        participant("E2", 2, "有效", reissued_from="E2-1", checked_in="已報到", email="c_1"),
        participant("E2", 3, "有效", checked_in="未報到"),
        # exchanged, and the old ticket was left valid: the new one names it
        participant("E2", 4, "有效", checked_in="未報到"),
        participant("E2", 5, "有效", reissued_from="E2-4", checked_in="已報到", email="c_4"),
        {**participant("E2", 6, "有效", checked_in="已報到"), "issue_type": "主動出票"},
        exported="2026-10-12",
    )
    landing.file("eventbrite_attendees", ticket("E9", 1, "Attending"), exported="2026-10-12")


def orders(landing: Landing) -> None:
    """Orders with the event's code: before it starts, from its start on, and after its thirty days."""
    row = {"total": "100.00", "currency": "CNY", "discount_code": "e1code"}
    stamps = {
        "before": "2026-10-10 13:59:59 +0800",
        "at start": "2026-10-10 14:00:00 +0800",
        "last": "2026-11-09 13:59:59 +0800",
        "after": "2026-11-09 14:00:00 +0800",
    }
    rows = [
        {**row, "order_name": name, "order_id": str(number), "created_at": stamp}
        for number, (name, stamp) in enumerate(stamps.items())
    ]
    landing.file("shopify_orders", *rows, exported="2026-11-10", subject_id="shop")


def surveys(landing: Landing) -> None:
    """Answers on the agreed scale and on others, and one survey that is answered in a later export."""
    row = {"survey_kind": "CSAT", "sent_at": "2026-10-31 23:50:00", "agent": "a_1", "scale": "1-5"}
    landing.file(
        "survey_answers",
        {**row, "response_id": "1", "score": "5", "answered_at": "2026-11-01 08:00:00"},
        {**row, "response_id": "2"},
        {**row, "response_id": "3", "agent": "a_2", "score": "6", "scale": "1-7", "answered_at": "2026-11-01 08:00:00"},
        exported="2026-11-02",
    )
    answered = {**row, "response_id": "2", "score": "2", "answered_at": "2026-11-02 08:00:00"}
    landing.file("survey_answers", answered, exported="2026-11-09")


def chatwoot(landing: Landing) -> None:
    """Conversations answered after a bot's hand-over, resolved twice, and never answered; pages come twice."""
    conversations = [
        {"conversation_id": str(n), "inbox_id": "1", "status": "resolved", "conversation_created_at": created}
        for n, created in ((1, "2026-10-08 02:00:00"), (2, "2026-10-08 02:00:00"), (3, "2026-10-30 08:00:00"))
    ]
    landing.file("chatwoot_conversations", *conversations, exported="2026-11-12", timezone="UTC", subject_id="chat")

    def event(number: int, name: str, conversation: str, start: str, end: str, user: str) -> dict[str, str]:
        return {
            "event_id": str(number), "event_name": name, "user_id": user, "conversation_id": conversation,
            "event_start_time": start, "event_end_time": end,
        }  # fmt: skip

    page = [
        event(1, "conversation_bot_handoff", "1", "2026-10-08 02:00:00", "2026-10-08 02:10:00", ""),
        event(2, "first_response", "1", "2026-10-08 02:10:00", "2026-10-08 02:40:00", "k_1"),
        event(3, "conversation_resolved", "1", "2026-10-08 02:00:00", "2026-10-08 04:00:00", "k_2"),
        event(4, "conversation_resolved", "1", "2026-10-08 02:00:00", "2026-11-03 04:00:00", "k_1"),
        event(5, "first_response", "3", "2026-10-30 08:00:00", "2026-10-30 08:20:00", "k_2"),
    ]
    landing.file("chatwoot_events", *page, *page[:2], exported="2026-11-12", timezone="UTC", subject_id="chat")
    landing.file("chatwoot_events", *page[1:4], exported="2026-11-13", timezone="UTC", subject_id="chat")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ScratchWarehouse]:
    """The last quarter of 2026 out of all of them."""
    with ScratchWarehouse(tmp_path_factory.mktemp("engagement"), begin_from=every_relation()) as scratch:
        for person, keys in {
            "p_org": [("crm", "a_org")],
            "p_late": [("crm", "a_late")],
            "p_1": [("surveys", "a_1"), ("chatwoot", "k_1")],
            "p_2": [("surveys", "a_2"), ("chatwoot", "k_2")],
        }.items():
            scratch.person(person)
            for system, key in keys:
                scratch.identity(system, key, person)
        scratch.assign("event", "E4", "p_late", share="0.5")
        landing = Landing(scratch)
        events(landing)
        orders(landing)
        surveys(landing)
        chatwoot(landing)
        scratch.months("2026-10", "2026-11", "2026-12")
        scratch.build()
        yield scratch


def value(built: ScratchWarehouse, person: str, kpi: str, period: str = "2026-10") -> dict[str, Any]:
    """Numerator, denominator, value and status of somebody's KPI."""
    (row,) = built.rows(
        "select numerator, denominator, value, status, reason_code from marts.fct_person_kpi "
        f"where person_id = '{person}' and kpi_id = '{kpi}' and period = '{period}'"
    )
    return row


@pytest.mark.req("001-K3")
def test_issued_reissued_and_refunded_tickets_are_no_sign_ups(built: ScratchWarehouse) -> None:
    rows = built.rows(
        "select event_id, n_sign_ups, n_checked_in, n_participants from intermediate.int_events "
        "where n_sign_ups is not null order by event_id"
    )
    # E1: tickets 1, 2, 5 and 7 are valid; 1 and 7 are one person. E2: 2, 3 and 5
    assert [tuple(row.values()) for row in rows] == [("E1", 4, 3, 2), ("E2", 3, 2, 2)]


@pytest.mark.req("002-K9")
def test_orders_of_the_code_count_from_the_start_for_thirty_days(built: ScratchWarehouse) -> None:
    rows = built.rows(
        "select month, count(*) as n from intermediate.int_event_orders where event_id = 'E1' "
        "group by month order by month"
    )
    assert [(str(row["month"]), row["n"]) for row in rows] == [("2026-10-01", 1), ("2026-11-01", 1)]


def test_23_the_same_list_twice_and_an_older_one_change_nothing(built: ScratchWarehouse) -> None:
    (row,) = built.rows("select n_sign_ups, has_conflict from intermediate.int_events where event_id = 'E1'")
    assert row == {"n_sign_ups": 4, "has_conflict": False}


def test_17_zeros_over_the_registers_values_withhold_and_are_never_taken(built: ScratchWarehouse) -> None:
    (row,) = built.rows("select cost, n_participants, has_conflict from intermediate.int_events where event_id = 'E3'")
    assert row == {"cost": Decimal(50), "n_participants": 3, "has_conflict": True}
    assert value(built, "p_org", "event_roi", "2026-12")["reason_code"] == "contradiction"


def test_22_an_event_without_list_or_number_is_a_gap_and_no_zero(built: ScratchWarehouse) -> None:
    # E4 is split between an assignment and nobody; whoever is credited with it has no participation KPI
    late = value(built, "p_late", "event_participations")
    assert (late["value"], late["status"], late["reason_code"]) == (None, "withheld", "event_participants_missing")


def test_22_an_event_that_the_register_does_not_hold_is_noted(built: ScratchWarehouse) -> None:
    rows = built.rows("select month, n from marts.data_quality_findings where reason_code = 'event_unregistered'")
    assert [(str(row["month"]), row["n"]) for row in rows] == [("2026-10-01", 1)]


def test_an_event_counts_in_the_month_of_the_company(built: ScratchWarehouse) -> None:
    november = value(built, "p_org", "event_participations", "2026-11")
    assert (november["value"], november["status"]) == (Decimal(7), "ok")
    # settled in November, started in October
    assert value(built, "p_org", "event_roi", "2026-11")["value"] == Decimal(5)


@pytest.mark.req("000-K26")
def test_an_answer_belongs_to_the_month_of_the_question_and_scales_are_not_mixed(built: ScratchWarehouse) -> None:
    mine = value(built, "p_1", "csat_top2_share")
    assert (mine["numerator"], mine["denominator"], mine["status"]) == (1, 2, "ok")
    other = value(built, "p_2", "csat_top2_share")
    assert (other["value"], other["status"], other["reason_code"]) == (None, "withheld", "survey_scale")


def test_11_pages_of_events_that_come_twice_count_once(built: ScratchWarehouse) -> None:
    rows = built.rows(
        "select ticket_id, first_reply_seconds, replier_key, cast(resolved_month as varchar) resolved, resolver_key, "
        "is_resolved from intermediate.int_tickets where source_system = 'chatwoot' order by ticket_id, resolved"
    )
    first = {"ticket_id": "1", "first_reply_seconds": 2400, "replier_key": "k_1"}
    assert rows == [
        {**first, "resolved": "2026-11-01", "resolver_key": "k_1", "is_resolved": False},
        {**first, "resolved": None, "resolver_key": None, "is_resolved": True},
        {
            "ticket_id": "2", "first_reply_seconds": None, "replier_key": None, "resolved": None, "resolver_key": None,
            "is_resolved": False,
        },
        {
            "ticket_id": "3", "first_reply_seconds": 1200, "replier_key": "k_2", "resolved": None, "resolver_key": None,
            "is_resolved": False,
        },
    ]  # fmt: skip


@pytest.mark.req("003-K15b")
def test_resolved_of_those_raised_is_credited_to_the_replier(built: ScratchWarehouse) -> None:
    assert value(built, "p_1", "ticket_resolution_rate")["value"] == 1
    assert value(built, "p_2", "ticket_resolution_rate")["value"] == 0
    assert value(built, "p_1", "tickets_resolved", "2026-11")["value"] == 1
    (row,) = built.rows(
        "select count(*) as n from intermediate.int_ticket_credit "
        "where source_system = 'chatwoot' and _content_id is null"
    )
    assert row == {"n": 0}
