"""Evidence of gaming from the warehouse and the appeals to card, workbook, explanation, seal and handbook."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest
from cards_sample import Case, result, segments
from test_cards_workbook import book, parts, sheets

from pipelines.company.decision_records import Appeal
from pipelines.company.model import Company
from pipelines.company.records import Person
from pipelines.periods import parse_period
from pipelines.schemes import Scheme, load_scheme, read_catalogue
from pipelines.schemes.changes import scheme_changes
from pipelines.schemes.gaming_model import Gaming
from pipelines.scorecards.gaming import incidents_of, state_of, unknown_incidents
from pipelines.scorecards.handbook import render_handbook
from pipelines.scorecards.html import render_html
from pipelines.scorecards.measured import people_by_key
from pipelines.scorecards.sealing import check_money
from pipelines.scorecards.view import Edition, card_view
from pipelines.scoring import AppealInput, IncidentInput, PeriodResult
from pipelines.scoring.gaming import DROPPED, STANDING, SUSPENDED

D = Decimal
OCTOBER, QUARTER = parse_period("2026-10"), parse_period("2026-Q4")
WHY = {"zh": "因为", "en": "because"}
ZOMBIE, ORDER = "zombie_group-2026-10-0a1b2c3d", "self_order-2026-10-99aa88bb"


def scheme() -> Scheme:
    rules = {
        "zombie_group": {"effect": "deduct", "points": 3, "cap": 6, "why": WHY},
        "self_order": {"effect": "deduct", "points": 5, "cap": 5, "why": WHY},
        "repeated_post": {"effect": "note", "why": WHY},
    }
    block = Gaming.model_validate({"req": "001-R5", "max": 8, "rules": rules, "why": WHY})
    return load_scheme("000").model_copy(update={"gaming": block})


def incident(name: str = ZOMBIE, state: str = STANDING) -> IncidentInput:
    return IncidentInput(
        name, name.partition("-")[0], D("0.5") if name == ZOMBIE else D(1), "<b>g1</b>" if name == ZOMBIE else "",
        D("0.008") if name == ZOMBIE else D(2), D("0.02") if name == ZOMBIE else D(1), D("0.1"), 7,
        date(2026, 10, 1), date(2026, 10, 31), state,
    )  # fmt: skip


def scored(*incidents: IncidentInput, **more: Any) -> PeriodResult:
    given = [replace(one, incidents=incidents) if one.person_id == "E001" else one for one in segments()]
    return result(given, scheme=scheme(), **more)


def bundle(*incidents: IncidentInput, **more: Any) -> dict[str, Any]:
    return Case(scored=scored(*incidents, **more)).bundle()


def trace_of(made: dict[str, Any], person: str = "E001") -> dict[str, Any]:
    return next(trace for trace in made["traces"] if trace["person_id"] == person)


def view(made: dict[str, Any], lang: str = "en") -> dict[str, Any]:
    return card_view(made, trace_of(made), Edition(), lang)


# -- the card


@pytest.mark.req("001-R5", "001-G1")
def test_a_deduction_is_a_row_with_every_number_and_a_step_of_the_waterfall() -> None:
    shown = view(bundle(incident()))
    row = next(row for row in shown["gates"] if row["label"] == "Zombie groups")
    assert "1 incidents, 3 points each, 6 at most for this rule and 8 for all" in row["finding"]
    said = f"{ZOMBIE}: <b>g1</b>, 0.8 % (bound 2 %, usual 10 %), 2026-10-01 to 2026-10-31, own part 50 %"
    assert said in row["finding"]
    assert "reviews/appeals.csv" in row["finding"]
    assert row["state"] == "applied"
    assert "−1.50" in row["effect"]
    assert shown["waterfall"]["rows"][-1]["name"] == "Zombie groups"
    assert shown["waterfall"]["rows"][-1]["points"] == "−1.50"
    assert any("You may object" in said for said in shown["sentences"])


def test_the_page_escapes_what_exports_name_and_speaks_chinese() -> None:
    made = bundle(incident())
    page = render_html(made, trace_of(made), Edition(), "zh").decode()
    assert "<b>g1</b>" not in page
    assert "僵尸群" in page
    assert "本人占 50 %" in page


@pytest.mark.req("001-R5", "003-W7")
def test_what_is_under_appeal_is_pending_and_stands_among_held_pay() -> None:
    appeal = AppealInput("E001", "", "that was me for a friend", date(2026, 11, 3), "open", incident=ORDER)
    shown = view(bundle(incident(ORDER, SUSPENDED), decisions=[appeal]))
    row = next(row for row in shown["gates"] if row["label"] == "Own orders")
    assert row["state"] == "pending"
    assert "under appeal, not applied yet" in row["effect"]
    (held,) = [row for row in shown["held"]["rows"] if row["name"] == "Own orders"]
    assert (held["weight"], ORDER in held["why"]) == ("−5", True)
    assert shown["waterfall"]["rows"][-1]["name"] != "Own orders"
    assert shown["appeals"][0]["about"] == f"incident {ORDER}"
    assert not any("You may object" in said for said in shown["sentences"])


def test_an_upheld_appeal_leaves_the_incident_named_and_nothing_taken() -> None:
    plain, made = bundle(), bundle(incident(ORDER, DROPPED))
    assert trace_of(made)["printed_score"] == trace_of(plain)["printed_score"]
    row = next(row for row in view(made)["gates"] if row["label"] == "Own orders")
    assert f"{ORDER}: the appeal was upheld, nothing is taken" in row["finding"]
    assert row["state"] == "passed"


@pytest.mark.parametrize("incidents", [(incident(),), (incident(), incident(ORDER, SUSPENDED))])
def test_workbook_and_seal_agree_with_the_card(incidents: tuple[IncidentInput, ...]) -> None:
    made = bundle(*incidents)
    check_money(made)
    workbook = book(made, "E001")
    cells = [cell for row in sheets(workbook)["Card"] for cell in row]
    assert "Zombie groups" in cells
    assert any("<f>MAX(0,C15-1.5)</f>" in part for part in parts(workbook).values())
    verdicts = [row[4] for row in sheets(workbook)["Check"] if len(row) > 4 and row[4]]
    assert verdicts
    assert all("differs" not in str(one) for one in verdicts)


@pytest.mark.req("001-R5")
@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("en", ("Deductions for gaming", "Zombie groups: 3 points an incident", "6 at most", "8 at most a period")),
        ("zh", ("刷量与骚扰的扣分", "僵尸群：每起扣 3 分", "每期最多扣 6 分", "合计每期最多扣 8 分")),
    ],
)
def test_the_handbook_tells_what_is_taken(lang: str, said: tuple[str, ...]) -> None:
    told = render_handbook(scheme(), read_catalogue(), [lang], "md")
    assert all(part in told for part in said), told[:300]
    assert said[0] not in render_handbook(load_scheme("000"), read_catalogue(), [lang], "md")


def test_a_scheme_that_begins_to_take_points_is_a_change() -> None:
    assert [one.path for one in scheme_changes(load_scheme("000"), scheme())] == [("gaming",)]


# -- what scoring is told


def appeal(outcome: str = "open", filed_on: str = "2026-11-03", **more: Any) -> Appeal:
    row = {
        "period": "2026-10", "person_id": "li", "what": "no", "filed_on": filed_on, "outcome": outcome,
        "incident": ZOMBIE, "source_row": 2,
    }  # fmt: skip
    if outcome not in ("open", "withdrawn"):
        row |= {"decided_by": "boss", "reason": "seen"}
    return Appeal.model_validate(row | more)


@pytest.mark.req("003-W7")
@pytest.mark.parametrize(
    ("appeals", "state"),
    [
        ([], STANDING),
        ([appeal()], SUSPENDED),
        ([appeal("upheld")], DROPPED),
        ([appeal("rejected")], STANDING),
        ([appeal("partly_upheld")], STANDING),
        ([appeal("withdrawn")], STANDING),
        ([appeal("rejected"), appeal(filed_on="2026-11-09")], SUSPENDED),
        ([appeal(), appeal("upheld", filed_on="2026-11-09")], DROPPED),
        ([appeal("rejected"), appeal()], SUSPENDED),
        ([appeal(incident=ORDER)], STANDING),
        ([appeal(incident="")], SUSPENDED),
        ([appeal("upheld", incident="")], STANDING),
        ([appeal(incident="", kpi_id="impressions")], STANDING),
        ([appeal(incident="", period="2026-09", filed_on="2026-10-03")], STANDING),
        ([appeal("rejected"), appeal(incident="")], STANDING),
        # of another card: the incident is one
        ([appeal(period="2026-Q4")], SUSPENDED),
    ],
)
def test_what_an_appeal_makes_of_an_incident(appeals: list[Appeal], state: str) -> None:
    assert state_of(ZOMBIE, appeals, OCTOBER) == state
    assert state_of(ZOMBIE, list(reversed(appeals)), OCTOBER) == state


def company(home: Path, *appeals: Appeal) -> Company:
    people = tuple(Person(person_id=name, name=name, hired_on="2024-01-01") for name in ("li", "wang"))
    return Company(home=home, people=people, appeals=appeals)


def test_the_warehouse_tells_each_person_of_the_months_of_the_period(tmp_path: Path) -> None:
    given = company(tmp_path, appeal())
    keys = {person: key for key, person in people_by_key(given).items()}
    file = tmp_path / "w.duckdb"
    with duckdb.connect(str(file)) as connection:
        connection.execute("create schema marts")
        connection.execute(
            "create table marts.fct_gaming_incidents (month date, rule_id varchar, incident_id varchar, "
            "person_id varchar, share decimal(9, 6), subject_type varchar, subject_id varchar, kpi_scope varchar, "
            "value decimal(18, 6), threshold decimal(18, 6), expected decimal(18, 6), n bigint, first_day date, "
            "last_day date, n_records bigint)"
        )
        row = (
            "(date '{0}', 'zombie_group', '{1}', '{2}', 0.5, '{3}', 'g1', '', 0.01, 0.02, 0.1, 7, date '{0}', "
            "date '{0}', 7)"
        )
        rows = [
            ("2026-10-01", ZOMBIE, keys["li"], "group"),
            ("2026-10-01", ZOMBIE, keys["wang"], "customer"),
            ("2026-11-01", "zombie_group-2026-11-0a1b2c3d", keys["li"], "group"),
            ("2026-10-01", ORDER, "p_gone", "group"),
        ]
        connection.execute(
            "insert into marts.fct_gaming_incidents values " + ", ".join(row.format(*one) for one in rows)
        )
    found = incidents_of(given, file, OCTOBER)
    assert {person: [(one.incident_id, one.state, one.subject) for one in own] for person, own in found.items()} == {
        "li": [(ZOMBIE, SUSPENDED, "g1")],
        "wang": [(ZOMBIE, STANDING, "")],
    }
    assert [one.n for one in incidents_of(given, file, QUARTER)["li"]] == [7, 7]
    with duckdb.connect(str(file)) as connection:
        connection.execute("drop table marts.fct_gaming_incidents")
    assert incidents_of(given, file, OCTOBER) == {}


def test_an_appeal_that_names_no_incident_of_the_person_is_told(tmp_path: Path) -> None:
    slip = appeal(incident="zombie_group-2026-10-ffffffff")
    given = company(tmp_path, appeal(), slip, appeal(person_id="wang"))
    assert list(unknown_incidents(given, OCTOBER, {"li": [incident()]})) == [slip, given.appeals[2]]
    assert list(unknown_incidents(given, QUARTER, {})) == []
