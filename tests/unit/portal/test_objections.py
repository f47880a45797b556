"""Objections: from the form to a row that a run can read, and back onto the person's page."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from pathlib import Path

import pytest
from portal_home import HOSTILE, release

from pipelines.company.appending import with_row
from pipelines.company.decision_records import Appeal
from pipelines.company.findings import InputError
from pipelines.company.human_files import human_file
from pipelines.periods import WEEKDAYS, Calendar
from pipelines.portal.access import Stage
from pipelines.portal.objections import Form, last_day, problems, row_of, tidy
from pipelines.warehouse.layout import Layout
from pipelines.warehouse.lock import home_lock

CARD = "/cards/2026-10/r1/E002"
FORM = {"kpi_id": "tickets_resolved", "category": "wrong_data", "words": "Ten tickets of 12 October are missing."}
ENTRY = human_file("appeals")


def rows(home: Path) -> list[dict[str, str]]:
    text = (home / "reviews" / "appeals.csv").read_text(encoding="utf-8-sig")
    return list(csv.DictReader(line for line in io.StringIO(text) if not line.startswith("#")))


def filed(browser, **changed):
    browser.get(f"{CARD}/objection")
    return browser.post(f"{CARD}/objection", {**FORM, **changed})


@pytest.mark.req("003-W7")
def test_an_objection_becomes_a_row_and_stands_open_on_the_page(browse, home: Path, portal) -> None:
    person = browse("e002")
    before = (home / "reviews" / "appeals.csv").read_bytes()
    answer = filed(person, expected="215")
    assert (answer.status_code, answer.headers["location"]) == (303, CARD)
    assert (home / "reviews" / "appeals.csv").read_bytes().startswith(before)
    (row,) = rows(home)
    assert row == {
        "period": "2026-10",
        "person_id": "E002",
        "kpi_id": "tickets_resolved",
        "what": "【数据有误】Ten tickets of 12 October are missing. 期望值：215",
        "filed_on": "2026-11-05",
        "outcome": "open",
        "decided_by": "",
        "reason": "",
        "incident": "",
    }
    assert Appeal.model_validate(row).outcome == "open"
    page = person.get(CARD).text
    assert "待处理" in page and "2026-11-20" in page  # fifteen days of company.yaml
    assert "1 项待处理" in person.get("/mine").text
    hr = browse("hr")
    assert "Ten tickets of 12 October are missing." in hr.get("/hr/objections").text
    assert [entry.act for entry in portal.ledger.entries()].count("object") == 1
    assert portal.ledger.verify()[0] > 0


@pytest.mark.req("003-W7")
def test_the_outcome_that_people_write_is_told(browse, home: Path) -> None:
    person = browse("e002")
    filed(person)
    file = home / "reviews" / "appeals.csv"
    text = file.read_text(encoding="utf-8-sig").replace("open,,", "upheld,E009,<b>十张工单</b>已补计")
    file.write_text(text, encoding="utf-8-sig")
    page = person.get(CARD).text
    assert "成立" in page and "&lt;b&gt;十张工单&lt;/b&gt;已补计" in page and "待处理" not in page


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"words": "short"}, "10 至 2000"),
        ({"words": "x" * 2001}, "现为 2001"),
        ({"category": "nothing"}, "原因类别"),
        ({"kpi_id": "posting_frequency"}, "从列表中选择指标"),  # a KPI of somebody else's card
        ({"expected": "9" * 201}, "200"),
    ],
)
def test_what_is_wrong_is_said_in_words_and_nothing_is_written(browse, home: Path, changed, said) -> None:
    answer = filed(browse("e002"), **changed)
    assert answer.status_code == 422 and said in answer.text and 'role="alert"' in answer.text
    assert rows(home) == []


def test_an_attachment_is_kept_under_a_name_of_ours_and_sent_to_few(browse, home: Path) -> None:
    person = browse("e002")
    person.get(f"{CARD}/objection")
    data = b"%PDF-1.7 proof"
    files = {"attachment": ("../../evil.html", data, "text/html")}
    assert person.post(f"{CARD}/objection", FORM, files=files).status_code == 303
    (kept,) = (home / "portal" / "attachments" / "2026-10").iterdir()
    assert kept.read_bytes() == data and kept.suffix == ".pdf" and kept.stat().st_mode & 0o777 == 0o600
    assert f"portal/attachments/2026-10/{kept.name}" in rows(home)[0]["what"]
    path = person.get(CARD).text.split('href="/attachments/')[1].split('"')[0]
    for name, status in (("hr", 200), ("e001", 404), ("e003", 404)):
        assert browse(name).get(f"/attachments/{path}").status_code == status
    answer = person.get(f"/attachments/{path}")
    assert answer.content == data and answer.headers["content-disposition"].startswith("attachment")
    assert answer.headers["content-security-policy"].startswith("sandbox")
    kept.write_bytes(b"%PDF-1.7 other")
    assert person.get(f"/attachments/{path}").status_code == 409


@pytest.mark.parametrize("data", [b"<html>", b"MZ\x90", b"PK\x03\x04", b"%PDF", b"#!/bin/sh"])
def test_other_kinds_of_attachments_are_refused(browse, home: Path, data: bytes) -> None:
    person = browse("e002")
    person.get(f"{CARD}/objection")
    answer = person.post(f"{CARD}/objection", FORM, files={"attachment": ("x.pdf", data, "application/pdf")})
    assert answer.status_code == 422 and "JPEG" in answer.text and rows(home) == []


def test_the_same_line_is_objected_to_once_a_day(browse, home: Path, clock) -> None:
    person = browse("e002")
    assert filed(person).status_code == 303
    assert filed(person).status_code == 422 and len(rows(home)) == 1
    assert filed(person, kpi_id="").status_code == 303
    clock.pass_by(days=1)
    person.login("e002")
    assert filed(person).status_code == 303 and len(rows(home)) == 3


@pytest.mark.req("003-W7")
def test_nobody_objects_late_or_to_what_is_not_theirs(browse, home: Path, clock) -> None:
    for name, path in (
        ("hr", CARD),
        ("hr.person", CARD),
        ("e001", "/cards/2026-10/r1/E004"),
        ("e002", "/cards/2026-10/r2/E002"),
    ):
        other = browse(name)
        assert other.get(f"{path}/objection").status_code == 404
        assert other.post(f"{path}/objection", FORM).status_code == 404
    clock.now = clock.now.replace(day=16, hour=15, minute=59)  # ten working days after Monday the 2nd end on the 16th
    assert filed(browse("e002")).status_code == 303
    clock.pass_by(minutes=2)  # midnight in Shanghai
    late = browse("e002")
    assert late.get(f"{CARD}/objection").status_code == 409
    assert "/objection" not in late.get(CARD).text


def test_a_newer_revision_takes_the_objections(browse, home: Path) -> None:
    person = browse("e002")
    release(home, 2, Stage.PEOPLE)
    assert person.get(f"{CARD}/objection").status_code == 409
    assert person.get("/cards/2026-10/r2/E002/objection").status_code == 200
    page = person.get("/mine").text
    assert page.index("/r2/E002") < page.index("/r1/E002") and "已被新版本取代" in page


def test_a_file_that_cannot_take_the_row_is_left_as_it_is(browse, home: Path, portal) -> None:
    file = home / "reviews" / "appeals.csv"
    person = browse("e002")
    person.get(f"{CARD}/objection")
    broken = file.read_bytes() + b"2026-10,E002,,x,not a day,open,,\n"
    file.write_bytes(broken)
    assert person.post(f"{CARD}/objection", FORM).status_code == 409
    assert file.read_bytes() == broken and portal.ledger.objections() == []
    assert "reviews/appeals.csv" in browse("hr").get("/hr").text


def test_while_a_run_writes_the_form_comes_back(browse, home: Path, portal, monkeypatch) -> None:
    monkeypatch.setattr("pipelines.portal.objections._TRIES", 2)
    monkeypatch.setattr("pipelines.portal.objections._PAUSE", 0)
    person = browse("e002")
    with home_lock(Layout(home)):
        answer = filed(person)
    assert answer.status_code == 503 and FORM["words"] in answer.text
    assert rows(home) == [] and portal.ledger.objections() == []
    assert filed(person).status_code == 303


@pytest.mark.parametrize("told", ['=HYPERLINK("http://evil.example")', "@SUM(1+1)", "+1", "-2", "＝1+1", "\t=1"])
def test_no_spreadsheet_takes_the_row_for_a_formula(told: str) -> None:
    form = Form("", "other", tidy(told), tidy(told))
    for lang in ("zh", "en"):
        what = row_of("2026-10", "E002", form, date(2026, 11, 5), "", lang)["what"]
        assert what[0] in "【["


def test_typed_text_becomes_one_harmless_line() -> None:
    assert tidy("a\r\nb\x00\tc  \u202ed\u2066") == "a b c d"
    assert tidy("㛃𠮷 🎉 محمد") == "㛃𠮷 🎉 محمد"
    assert tidy("\ud800x") == "x"


@pytest.mark.parametrize("words", [*(name for pair in HOSTILE.values() for name in pair), '"quoted", with; all\nof it'])
def test_hostile_words_arrive_as_they_were_typed_and_are_shown_as_text(browse, home: Path, words: str) -> None:
    person = browse("e002")
    told = tidy(f"{words} is what I say")[:2000]
    assert filed(person, words=told).status_code == 303
    assert told in rows(home)[0]["what"]
    page = person.get(CARD).text
    assert "<script" not in page and "<b>&amp;" not in page


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize(("delimiter", "end"), [(",", "\n"), (";", "\r\n")])
def test_a_row_is_added_in_the_files_own_way(encoding: str, delimiter: str, end: str) -> None:
    header = delimiter.join(("filed_on", "period", "person_id", "what", "outcome", "kpi_id"))
    kept = delimiter.join(("2026-11-01", "2026-10", "E001", "先前的申诉", "open", ""))
    content = f"# 注释 {delimiter}{end}{header}{end}{kept}".encode(encoding)
    row = row_of("2026-10", "E002", Form("csat", "other", '数据; "有误", 请核对'), date(2026, 11, 5), "", "zh")
    text = with_row(content, ENTRY, row).decode(encoding)
    assert text.startswith(content.decode(encoding) + end) and text.endswith(end)
    added = next(csv.reader([text.splitlines()[-1]], delimiter=delimiter))
    assert added == ["2026-11-05", "2026-10", "E002", row["what"], "open", "csat"]
    with pytest.raises(InputError, match="row 4"):
        with_row(with_row(content, ENTRY, row), ENTRY, row)


def test_a_file_without_the_column_says_which_is_missing() -> None:
    content = b"period,person_id,what,filed_on,outcome\n"
    row = row_of("2026-10", "E002", Form("csat", "other", "something is wrong"), date(2026, 11, 5), "", "en")
    with pytest.raises(InputError, match="kpi_id"):
        with_row(content, ENTRY, row)
    assert with_row(content, ENTRY, {**row, "kpi_id": ""}).count(b"\n") == 2


def test_the_time_to_object_is_counted_in_working_days() -> None:
    assert last_day(date(2026, 11, 6), 1, WEEKDAYS) == date(2026, 11, 9)
    assert last_day(date(2026, 11, 6), 10, WEEKDAYS) == date(2026, 11, 20)
    bridge = Calendar("x", {date(2026, 11, 9): False, date(2026, 11, 8): True})
    assert last_day(date(2026, 11, 6), 2, bridge) == date(2026, 11, 10)


def test_every_problem_of_a_form_is_named_at_once() -> None:
    found = problems(Form("x", "y", "z", "e" * 300, b"MZ"), frozenset(), 5)
    assert [key.rpartition(".")[2] for key, _ in found] == ["kpi", "category", "words", "expected", "kind"]
    assert [
        key
        for key, _ in problems(Form("", "other", "long enough words", "", b"%PDF-" + b"0" * 1048576), frozenset(), 1)
    ] == ["portal.objection.problem.large"]


def test_the_audit_tells_of_an_objection_without_its_words(browse, portal) -> None:
    filed(browse("e002"))
    told = json.dumps([entry.detail for entry in portal.ledger.entries()], ensure_ascii=False)
    assert "tickets_resolved" in told and "missing" not in told.replace("missing or not allowed", "")
