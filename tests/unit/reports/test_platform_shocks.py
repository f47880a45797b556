"""Events of platforms and moved targets as lists: who must decide, who is not to be judged yet."""

from __future__ import annotations

import pytest
from reports_sample import D, crowd, facts, line, person, platform_event, shock, told

from pipelines.reports.shocks import shock_reports
from pipelines.reports.targets import target_reports

EVENT = platform_event()


def test_a_period_without_events_and_control_has_no_list() -> None:
    assert shock_reports(facts("2026-10", crowd(a="90"))) == []
    assert shock_reports(facts("2026-09", crowd(a="90"), platform_events=(EVENT,))) == []


@pytest.mark.req("000-G2", "003-G12")
def test_an_event_is_listed_with_whom_it_touches() -> None:
    market = platform_event(platform="", kind="market", what="a slump", happened_from="2026-07-01")
    people = [
        person("a", lines=[line("net_follower_growth", shock=shock("noted", EVENT))]),
        person("b", lines=[line("impressions", shock=shock("noted", EVENT, market))]),
    ]
    events, _ = shock_reports(facts("2026-10", people, platform_events=(EVENT, market)))
    assert [(row["event_kind"], row["touched"], row["people"]) for row in events.rows] == [
        ("market", "impressions", 1),
        ("algorithm", "impressions; net_follower_growth", 2),
    ]
    assert events.rows[1]["link"] == "https://x.example/a"


@pytest.mark.req("004-G1")
def test_what_people_decide_comes_first_and_who_misses_is_not_judged_before_the_platform() -> None:
    people = [
        person("a", lines=[line(score="120", shock=shock("noted", EVENT))]),
        person("b", lines=[line(score="60", shock=shock("noted", EVENT))]),
        person("c", lines=[line(score="100", shock=shock("applied", EVENT))]),
        person("d", lines=[line(score="60", shock=shock("too_few", EVENT))]),
        person("e", lines=[line(score="60", shock=shock("quiet"))]),
        person("f", lines=[line(score="60", shock=shock("target_not_positive", EVENT))]),
        person("g", lines=[line(score=None, status="not_applicable", shock=shock("noted", EVENT))]),
    ]
    _, effects = shock_reports(facts("2026-10", people, platform_events=(EVENT,)))
    assert [(row["person_id"], row["finding"]) for row in effects.rows] == [
        ("d", "too_few_peers"),
        ("f", "target_not_positive"),
        ("b", "check_first"),
        ("c", "applied"),
        ("a", "noted"),
        ("e", "quiet"),
    ]
    assert effects.params == {"lines": 6, "open": 2}
    moved = effects.rows[3]
    assert (moved["raw_target"], moved["target"], moved["peer_factor"]) == (D(125), D(100), D("0.8"))
    assert (moved["raw_score"], moved["kpi_score"], moved["peer_change"]) == (D(70), D(100), D(-20))
    left_out = [moved[name] for name in ("peers_own", "peers_late", "peers_unread")]
    assert (moved["peers"], left_out) == (1, ["p2", "p4", "p3; p5"])


def test_lists_of_targets_state_what_was_agreed() -> None:
    """The moved target stands in no row of targets.csv: beside the sign-offs it would be nobody's number."""
    row = line(target_full="100", shock=shock("applied", EVENT))
    (coverage, _, *_) = target_reports(facts("2026-10", [person("a", lines=[row])]))
    assert coverage.rows[0]["target"] == D(125)
    assert (row.agreed_target, row.agreed_target_full, line().agreed_target) == (D(125), D(125), D(100))


@pytest.mark.req("004-R6")
@pytest.mark.parametrize(("kind", "is_told"), [("algorithm", True), ("purge", True), ("outage", False)])
def test_distorted_follower_growth_asks_for_another_kpi(kind: str, is_told: bool) -> None:
    event = platform_event(kind=kind)
    lines = [line("follower_growth_rate_oa", shock=shock("noted", event)), line(shock=shock("noted", event))]
    _, effects = shock_reports(facts("2026-10", [person("a", lines=lines)], platform_events=(event,)))
    assert told(effects) == ([("distorted_followers", {"kpis": "follower_growth_rate_oa"})] if is_told else [])
