"""Every list beside the cards, recomputed: of the demo company under each shipped scheme, and of people made up.

Belongs here: the comparison, and that it sees a wrong cell. Does not belong here: how anything is recomputed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.company.list_settings import ListSettings
from pipelines.company.model import Company
from pipelines.company.records import Person
from pipelines.company.settings import CompanyFile
from pipelines.periods import parse_period
from pipelines.reports.calibration import calibration_reports
from pipelines.reports.eligibility import eligibility_report
from pipelines.reports.facts import Facts, Past
from pipelines.reports.honours import honour_reports
from pipelines.reports.pace import pace_reports
from pipelines.reports.promotion import promotion_reports
from pipelines.reports.results import results_of
from pipelines.reports.support import support_report

from . import list_progress
from .company import Folder, Span
from .comparing import Difference
from .comparing_lists import ELSEWHERE, of_list, of_lists, remarks_of
from .conftest import Listed
from .list_given import Card, Given, needed
from .lists import lists_of
from .test_recompute_scores import PERIODS, SCHEMES, SHOWN

Lists = Callable[[str, str], Listed]

#: What the demo company must reach, or comparing it proves little: list -> states, findings or drivers.
REACHED: Mapping[str, frozenset[str]] = {
    "pool_reconciliation": frozenset({"paid", "gate_not_met", "not_applicable"}),
    "promotion_candidates": frozenset({"in"}),
    "promotion_quarters": frozenset({"in", "too_close"}),
    "support_candidates": frozenset({"last"}),
    "honours_shortlist": frozenset({"in", "tied", "withheld"}),
    "team_ranking": frozenset({"in", "too_close"}),
    "behaviour_gaps": frozenset({"weak", "withheld"}),
    "project_award_candidates": frozenset({"in", "tied"}),
    "eligibility": frozenset({"in", "too_close"}),
    "kpi_effectiveness": frozenset({"too_few", "sound", "saturated", "flat", "against_the_rest", "withheld"}),
    "weak_kpi_drivers": frozenset(
        {"value", "one_person", "steady", "target", "numerator", "denominator", "withheld", "no_history"}
    ),
    "kpi_drift": frozenset({"shock", "changed", "usual", "too_short"}),
    "channel_efficiency": frozenset({"dearer", "cheaper"}),
    "target_coverage": frozenset({"implausible", "default", "eased", "agreed", "unsigned"}),
    "target_roll_up": frozenset({"adds_up", "falls_short"}),
    "progress": frozenset({"on_pace", "behind", "withheld"}),
    "since_month_seals": frozenset({"ok", "not_applicable"}),
    "pace": frozenset({"on_pace", "behind", "withheld"}),
    "key_actions": frozenset({"done", "not_done", "nothing_logged"}),
    "member_incentive_effect": frozenset({"running", "too_short", "too_few", "compared"}),
    "scheme_approvals": frozenset({"approved", "approved_late", "not_approved"}),
    "administrators": frozenset({"enough", "too_few_administrators"}),
    "appeal_outcomes": frozenset(
        {"appeal_open", "appeal_upheld", "appeal_partly_upheld", "appeal_rejected", "appeal_withdrawn"}
    ),
    "pilot_people": frozenset({"no_effect", "not_scored", "due", "not_due", "waits"}),
    "pilot_samples": frozenset({"enough_samples", "few_samples", "no_sample"}),
    "platform_shock": frozenset({"check_first", "noted"}),
    "label_audit_sample": frozenset({"to_judge", "judged"}),
}
#: The columns that say what a row comes to, of which a list has one at most.
STATES = ("status", "finding", "driver", "appeal_outcome")


@pytest.mark.req("000-P2", "000-W4", "000-R4", "001-I2", "001-I3", "001-W4", "004-I4")
@pytest.mark.req("000-W2", "001-R2", "001-W2", "002-I6", "003-D2", "003-G12", "003-R11", "003-W2", "003-W3", "003-W7")
@pytest.mark.req("003-W14", "004-G1", "004-W2")
@pytest.mark.parametrize("period", PERIODS)
@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_lists_say_what_the_cards_and_files_say(listed: Lists, scheme: str, period: str) -> None:
    both = listed(scheme, period)
    found = [str(one) for one in of_lists(both.theirs, both.given)]
    assert not found, f"{len(found)} differences:\n" + "\n".join(found[:SHOWN])


def test_the_lists_reach_their_rules(listed: Lists) -> None:
    states: dict[str, set[str]] = {}
    rows: dict[str, int] = {}
    for scheme in SCHEMES:
        for period in PERIODS:
            for report in listed(scheme, period).theirs:
                name = report["report_id"]
                rows[name] = rows.get(name, 0) + len(report["rows"])
                told = {row[name] for row in report["rows"] for name in STATES if name in row}
                states.setdefault(name, set()).update(told)
    assert {name for name, count in rows.items() if not count} == set()
    assert {name: wanted - states[name] for name, wanted in REACHED.items() if wanted - states[name]} == {}


def test_every_number_that_is_changed_is_seen(listed: Lists) -> None:
    """The last number, text or state of each column of each list in turn."""
    for scheme, period in (("004", "2026-Q3"), ("000", "2026-10"), ("001", "2025")):
        both = listed(scheme, period)
        mine = lists_of(both.given)
        for report in both.theirs:
            for column in report["columns"]:
                places = [i for i, row in enumerate(report["rows"]) if row.get(column)]
                if not places or column == "reason_params" or (report["report_id"], column) in ELSEWHERE:
                    continue
                changed = deepcopy(report)
                changed["rows"][places[-1]][column] = _another(report["rows"][places[-1]][column])
                assert list(of_list(changed, mine[report["report_id"]])), (report["report_id"], column)
            if report["rows"]:
                shorter = {**report, "rows": report["rows"][:-1]}
                assert list(of_list(shorter, mine[report["report_id"]])), report["report_id"]


@pytest.mark.req("000-W2", "004-W2")
@pytest.mark.parametrize("last", [date(2026, 10, 20), None])
def test_a_month_that_is_not_over_is_told_alike(listed: Lists, last: date | None) -> None:
    """Exports that speak up to the 20th, and none; of the sums every other one is withheld, one has no target."""
    both = listed("000", "2026-10")
    traces = [deepcopy(dict(card.trace)) for card in both.given.cards]
    lines = [line for trace in traces for seg in trace["segments"] for line in seg["lines"]]
    sums = [line for line in lines if both.facts.aggregation(line["kpi_id"]) == "sum" and line["value"] is not None]
    for line in sums[::2]:
        line |= {"status": "withheld", "value": None, "kpi_score": None}
    sums[1]["target"] = None
    heard = {family: min(day, last) for family, day in both.facts.heard.items()} if last else {}
    facts = replace(both.facts, results=results_of(traces), heard=heard)
    seen = replace(both.given.seen, heard=heard)
    own = replace(both.given, cards=[Card(trace) for trace in traces], seen=seen)
    pace, weeks = (report.to_dict() for report in pace_reports(facts))
    found = [*of_list(pace, list_progress.pace(own)), *of_list(weeks, list_progress.weeks(own))]
    assert not found, "\n".join(map(str, found[:SHOWN]))
    states = {row["status"] for row in pace["rows"]}
    assert states == {"on_pace", "behind", "records_so_far", "withheld", "no_target"}
    passed = {row["days_passed"] for row in pace["rows"] if "days_passed" in row}
    assert "64.52" in passed if last else passed == {"100"}
    assert [one["code"] for one in pace["remarks"]] == ([] if last else ["no_days_told"])


def _another(cell: str) -> str:
    try:
        return str(float(Fraction(cell) + Fraction(1, 100)))
    except ValueError:
        return cell + "?"


# --- people made up: ties, small groups, few days, open scores, nothing that applies ---------------------------------

SCORES = st.integers(0, 6).map(lambda step: 80 + 5 * step)


@st.composite
def traces(draw: st.DrawFn, period: str) -> list[dict[str, Any]]:
    """Up to nine people with few different scores, so that many tie; some open, some with few days, some unscored."""
    found = []
    for name in "abcdefghi"[: draw(st.integers(0, 9))]:
        ends = sorted((draw(SCORES), draw(SCORES)))
        is_open = draw(st.sampled_from([False, False, True]))
        low, high = ends if is_open else (ends[0], ends[0])
        is_judged = draw(st.integers(0, 9)) > 0
        has_score = is_judged and (not is_open or draw(st.booleans()))
        part = {
            "segment_id": "2020-01-01",
            "eligible_days": draw(st.sampled_from([31, 31, 20, 12])),
            "period_days": 31,
            "role": draw(st.sampled_from(["content", "growth"])),
            "team_id": draw(st.sampled_from(["t1", "t1", "t2"])),
            "scheme_id": draw(st.sampled_from(["000", "000", "001"])),
            "scheme_version": "1.0.0",
            "score": str(draw(st.integers(low, high))) if has_score else None,
            "score_low": str(low if is_judged else 0),
            "score_high": str(high if is_judged else 0),
            "known_weight": "60" if has_score else "0",
            "held_weight": "40" if is_judged and (is_open or not has_score) else "0",
            "bonus": {"earned": "0.00", "held": "0.00", "pool_id": ""},
            "lines": [],
        }
        bonus = {"target": "0.00", "earned": "0.00", "held": "0.00", "payable": "0.00", "adjustments": []}
        person = {"period": period, "person_id": name, "currency": "CNY", "printed_score": part["score"]}
        found.append({**person, "segments": [part], "bonus": bonus})
    return found


LISTS = st.fixed_dictionaries(
    {
        "share_rounding": st.sampled_from(["ceil", "floor", "half_up"]),
        "top_ties": st.sampled_from(["include", "exclude"]),
        "group_by": st.sampled_from(["company", "team", "role"]),
        "min_group": st.integers(2, 4),
        "min_days_share": st.sampled_from([0, 50, 70]),
        "promotion_year_share": st.sampled_from([10, 30, 50]),
        "promotion_quarter_share": st.sampled_from([20, 60]),
        "promotion_quarters": st.integers(1, 2),
        "support_months": st.integers(1, 2),
        "eligible_score": st.sampled_from([85, 100]),
        "core_months": st.sampled_from([0, 81, 84]),
        "autonomy_periods": st.integers(1, 2),
    }
)
OF_KIND = {"2026-10": "2026-09", "2026-Q3": "2026-Q2", "2026": "2025"}


@pytest.mark.req("001-I2", "001-I3", "004-I4", "000-I3", "000-I6", "000-I7", "000-W4")
@pytest.mark.parametrize("period", OF_KIND)
@settings(max_examples=150)
@given(data=st.data())
def test_people_made_up_are_listed_alike(period: str, data: st.DataObject) -> None:
    before = OF_KIND[period]
    told = data.draw(LISTS)
    now, then = data.draw(traces(period)), data.draw(traces(before))
    has_past = data.draw(st.booleans())
    hired = {name: f"20{19 + i % 3}-0{1 + i}-{10 + i}" for i, name in enumerate("abcdefghi")}
    people = tuple(
        Person.model_validate({"person_id": one, "name": one, "hired_on": day, "source_row": 2, "source_file": "f"})
        for one, day in hired.items()
    )
    file = CompanyFile(name="c", timezone="Asia/Shanghai", currency="CNY", lists=ListSettings.model_validate(told))
    past = {parse_period(before): Past(parse_period(before), "draft", results_of(then))} if has_past else {}
    facts = Facts(parse_period(period), results_of(now), Company(people=people, file=file), earlier=past)
    folder = Folder(Path("nowhere"))
    folder.people = [{"person_id": one, "hired_on": day, "left_on": ""} for one, day in hired.items()]
    cards = {before: [Card(trace) for trace in then]} if has_past else {}
    assert before in needed(Span(period), told)
    own = Given(Span(period), [Card(trace) for trace in now], [], folder, told, {}, cards)
    reports = [*promotion_reports(facts), support_report(facts), eligibility_report(facts)]
    reports += [*honour_reports(facts), *calibration_reports(facts)]
    wanted = {"promotion_candidates", "promotion_quarters", "support_candidates", "eligibility"}
    wanted |= {"team_ranking", "score_distribution"}
    mine, found = _ours(own), list[Difference]()
    for report in reports:
        if report is not None and report.report_id in wanted:
            written = report.to_dict()
            found += of_list(written, mine[report.report_id])
            if report.report_id in remarks_of(own):
                said = {one["code"]: one["params"] for one in written["remarks"] if "period_" not in one["code"]}
                assert said.keys() == {code for code, _ in remarks_of(own)[report.report_id]}
    assert not found, "\n".join(map(str, found))


def _ours(own: Given) -> dict[str, list[dict[str, object]]]:
    """All lists of people without lines; those that look into the company's files have nothing there."""
    own.folder.bindings = [{"valid_from": "2019-01-01", "valid_to": "", "scheme_id": "000"}]
    return lists_of(own)
