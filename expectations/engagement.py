"""What to expect of events, attendee lists, surveys and chats.

Belongs here: rules on the daily landing profiles of those exports. Attendee lists have no daily profile: sign-ups come
in bursts, and a day without any says nothing; what every profile promises is all that is asked of them.
"""

from __future__ import annotations

from expectations.rules import Suite, no_negatives, no_repeats, profile_suite

SUITES: tuple[Suite, ...] = (
    profile_suite(
        "event_register",
        "Event register",
        no_repeats("events", "Keep one row an event"),
        no_negatives("people, outputs or amounts"),
    ),
    profile_suite("eventbrite_attendees", "Eventbrite attendees"),
    profile_suite("accupass_participants", "ACCUPASS participants"),
    profile_suite("survey_answers", "Survey answers", no_repeats("surveys", "Keep one row a survey")),
    profile_suite(
        "chatwoot_conversations", "Chatwoot conversations", no_repeats("conversations", "Keep one row a conversation")
    ),
    profile_suite(
        "chatwoot_events",
        "Chatwoot reporting events",
        # pages of the API overlap when events come in between; each event counts once
        no_repeats("reporting events", "Nothing to do if pages overlap: each event counts once"),
    ),
)
