"""Each planted defect is found, named and kept out of pay; no clean look-alike is flagged."""

from __future__ import annotations

import pytest

from .cases import Defect, LookAlike, Said
from .company import TARGETS, Subject
from .outcome import DEFECTS, LOOK_ALIKES, Outcome, subjects


@pytest.fixture(scope="module")
def people() -> dict[str, Subject]:
    return subjects()


def by_key(cases: tuple[Defect, ...] | tuple[LookAlike, ...]) -> list[object]:
    return [pytest.param(case, id=case.key) for case in cases]


def test_there_are_enough_of_them() -> None:
    assert len(DEFECTS) >= 40
    assert len(LOOK_ALIKES) >= 20
    assert len(subjects()) == len(DEFECTS) + len(LOOK_ALIKES), "each has a name of its own"


def told(planted: Outcome, subject: Subject, said: Said) -> list[str]:
    """The messages of the kind that must be said of a subject."""
    if said.where == "quarantine":
        return [
            row["reason"]
            for row in planted.quarantine
            if subject.account in row["label"] and row["reason_code"] == said.code and row["mend"]
        ]
    if said.where == "rows":
        return [
            row["reason"]
            for row in planted.broken_rows
            if subject.account in row["label"] and row["column"] == said.code and row["mend"]
        ]
    return [
        f"{row['message']}\n{row['zh']}"
        for row in planted.about(subject)
        if (row["guard"], row["severity"], row["reason_code"]) == (said.code, said.severity, said.reason)
    ]


@pytest.mark.req("003-D4", "003-D6")
@pytest.mark.parametrize("case", by_key(DEFECTS))
def test_a_defect_is_found_and_named(planted: Outcome, people: dict[str, Subject], case: Defect) -> None:
    for said in case.said:
        messages = told(planted, people[case.key], said)
        assert messages, (said, planted.about(people[case.key]))
        assert any(said.en in message and said.zh in message for message in messages), (said, messages)


@pytest.mark.parametrize("case", by_key(DEFECTS))
def test_nothing_else_is_said_of_it(planted: Outcome, people: dict[str, Subject], case: Defect) -> None:
    expected = {(said.code, said.severity, said.reason) for said in case.said if said.where == "finding"}
    found = {(row["guard"], row["severity"], row["reason_code"]) for row in planted.about(people[case.key])}
    assert {row for row in found - expected if row[1] != "note"} == set()


@pytest.mark.req("003-D4", "003-D6")
@pytest.mark.parametrize("case", by_key(DEFECTS))
def test_a_defect_stays_out_of_pay_and_what_is_sound_is_paid(
    planted: Outcome, people: dict[str, Subject], case: Defect
) -> None:
    subject = people[case.key]
    status = {kpi: planted.kpis[subject.person, kpi][4] for kpi in TARGETS}
    expected = dict.fromkeys(case.withheld, "withheld") | dict.fromkeys(case.provisional, "provisional")
    expected |= dict.fromkeys(case.sound, "ok")
    assert {kpi: found for kpi, found in status.items() if found != "not_applicable"} == expected
    for kpi in case.withheld:
        assert planted.kpis[subject.person, kpi][0] is None
    for kpi in case.sound:
        assert float(planted.kpis[subject.person, kpi][0]) == pytest.approx(subject.truth[kpi], abs=1e-9), kpi
    assert (planted.held[subject.person] > 0) == bool(case.withheld)


@pytest.mark.parametrize("case", by_key(LOOK_ALIKES))
def test_a_look_alike_is_not_flagged(planted: Outcome, people: dict[str, Subject], case: LookAlike) -> None:
    subject = people[case.key]
    assert [row for row in planted.about(subject) if row["reason_code"] not in case.notes] == []
    assert all(row["severity"] == "note" for row in planted.about(subject))
    assert not [row for row in (*planted.quarantine, *planted.broken_rows) if subject.account in row["label"]]


@pytest.mark.parametrize("case", by_key(LOOK_ALIKES))
def test_a_look_alike_is_paid_by_its_true_values(planted: Outcome, people: dict[str, Subject], case: LookAlike) -> None:
    subject = people[case.key]
    status = {kpi: planted.kpis[subject.person, kpi][4] for kpi in TARGETS}
    assert {kpi for kpi, found in status.items() if found != "not_applicable"} == set(case.values)
    assert {status[kpi] for kpi in case.values} == {"ok"}
    truth = subject.measured()
    for kpi in case.values:
        assert float(planted.kpis[subject.person, kpi][0]) == pytest.approx(truth[kpi], abs=1e-9), kpi
    assert planted.held[subject.person] == 0
