"""The loader finds every defect, all at once, with file, row, column, value, problem and mend."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal

import pytest

from pipelines.company import InputError, load_company
from pipelines.company.loader import catalogue_kpi_ids
from pipelines.company.records import TargetRow

KPIS = frozenset({"impressions", "engagement_rate_followers", "net_follower_growth"})


def test_a_sound_folder_loads(home):
    company = load_company(home, kpi_ids=KPIS)
    assert (company.name, company.timezone, company.currency, company.locale) == ("Acme", "Asia/Shanghai", "CNY", "zh")
    assert company.languages == ("zh", "en")
    assert company.people_by_id["li"].display_name("en") == "Li Na"
    assert company.people_by_id["wang"].display_name("en") == "王伟"
    assert company.positions[2].bonus_base == Decimal("2800.50")
    assert company.settings.business_start == time(9)
    assert company.settings.viral_z == Decimal("3.5")
    assert company.duty_roster[0].starts_at == datetime(2026, 10, 3, 9)
    assert company.record_overrides[0].record_id == "2054173519462039552"
    assert company.accounts_by_id["acme_shop"].active_to == date(2026, 12, 31)
    assert isinstance(company.targets[0], TargetRow)
    assert company.targets[0].source == "people/targets.csv row 2"
    assert company.calendar.name == "cn"
    assert [(s.family, s.account_id, s.cadence) for s in company.expected_sources] == [
        ("orders", "acme_shop", "events"),
        ("x_posts", "acme_x", "range"),
        ("x_account", "acme_x", "daily"),
    ]


CELLS = [
    # file, what is replaced, row, column, value, problem, mend
    ("people/people.csv", ("li,李娜", "li na,李娜"), 2, "person_id", "li na", "is not an id", "such as li_na"),
    (
        "people/people.csv",
        ("li,李娜", "Unassigned,李娜"),
        2,
        "person_id",
        "Unassigned",
        "word that the reports use",
        "",
    ),
    ("people/people.csv", ("chen,陈静", "chen,"), 4, "name", "", "the cell is empty", "fill it in"),
    ("people/people.csv", ("li@example.com", "li.example.com"), 2, "email", "li.example.com", "not an e-mail", ""),
    (
        "people/people.csv",
        ("2025-06-01", "06/01/2025"),
        4,
        "hired_on",
        "06/01/2025",
        "one way only",
        "such as 2026-10-31",
    ),
    (
        "people/people.csv",
        ("2025-06-01", "2025-02-30"),
        4,
        "hired_on",
        "2025-02-30",
        "does not exist",
        "correct the day",
    ),
    ("people/people.csv", ("2025-06-01", "0025-06-01"), 4, "hired_on", "0025-06-01", "year outside 1970", ""),
    (
        "people/people.csv",
        ("2026-10-16", "2024-01-01"),
        3,
        "left_on",
        "2024-01-01",
        "not lie after hired_on",
        "first day",
    ),
    ("people/positions.csv", ("2800.50", '"2,800.50"'), 4, "bonus_base", "2,800.50", "plain number", "1234.5"),
    ("people/positions.csv", ("3000", "-1"), 2, "bonus_base", "-1", "outside 0 to", "write a number from 0"),
    (
        "people/identity_map.csv",
        ("tickets,Value 1,li", "ticket,Value 1,li"),
        2,
        "system",
        "ticket",
        "is none of",
        "tickets",
    ),
    ("people/identity_map.csv", (",LN,", ",2.02733E+18,"), 4, "external_id", "2.02733E+18", "has rounded", "as text"),
    (
        "people/accounts.csv",
        ("Europe/Berlin", "Europe/Berlyn"),
        3,
        "timezone",
        "Europe/Berlyn",
        "IANA",
        "Europe/Berlin",
    ),
    ("people/accounts.csv", ("EUR", "EURO"), 3, "currency", "EURO", "ISO 4217", "EUR"),
    ("people/assignments.csv", ("promo_code,", "promocode,"), 5, "subject_type", "promocode", "none of", "promo_code"),
    ("people/assignments.csv", ("33.3333", "0"), 5, "share", "0", "not a share in percent", "write 60 for 60 %"),
    ("people/assignments.csv", ("33.3333", "33.33333"), 5, "share", "33.33333", "more than four digits", "round"),
    (
        "people/duty_roster.csv",
        ("2026-10-03 18:00", "18:00"),
        2,
        "ends_at",
        "18:00",
        "date with a time",
        "2026-10-31 18:00",
    ),
    ("people/duty_roster.csv", ("03 18:00", "03 25:00"), 2, "ends_at", "2026-10-03 25:00", "time of day", "09:00"),
    (
        "people/targets.csv",
        ("2026-01,month,company", "Jan-26,month,company"),
        2,
        "period",
        "Jan-26",
        "not a period",
        "2026-Q3",
    ),
    ("people/targets.csv", ("month,role", "quarter,role"), 3, "period", "2026-01", "is not a quarter", "agree"),
    (
        "people/targets.csv",
        ("company,,", "company,growth,"),
        2,
        "scope_id",
        "growth",
        "has a scope_id",
        "empty scope_id",
    ),
    ("people/targets.csv", ("role,operator,", "role,,"), 3, "scope_id", "", "scope is role but no scope_id", "fill in"),
    ("people/targets.csv", (",800,1000,", ",800,,"), 2, "target", "", "other numbers but no target", "fill in target"),
    ("people/publishing_plan.csv", (",acme_x,,", ",,,"), 2, "account_id", "", "neither account_id nor person_id", ""),
    (
        "people/publishing_plan.csv",
        (",acme_x,,", ",acme_x,li,"),
        2,
        "person_id",
        "li",
        "both account_id and person_id",
        "",
    ),
    ("people/publishing_plan.csv", ("2026-10,,li", "Oct-26,,li"), 3, "month", "Oct-26", "is not a month", "as text"),
    ("reviews/content_quality_reviews.csv", ("87.5", "101"), 2, "score", "101", "outside 0 to 100", ""),
    (
        "reviews/content_quality_reviews.csv",
        (",chen,", ",li,"),
        2,
        "reviewer_id",
        "li",
        "the person reviewed",
        "somebody",
    ),
    ("reviews/record_overrides.csv", (",chen", ",li"), 2, "approved_by", "li", "who gains by it", "another approver"),
    ("reviews/adjustments.csv", ("-120.50", "-120.505"), 2, "amount", "-120.505", "finer than a cent", "two digits"),
    # references and rules over rows
    (
        "people/positions.csv",
        ("wang,operator", "wamg,operator"),
        4,
        "person_id",
        "wamg",
        "the nearest is wang",
        "people.csv",
    ),
    (
        "people/assignments.csv",
        ("acme_x,li", "acme_y,li"),
        2,
        "subject_id",
        "acme_y",
        "the nearest is acme_x",
        "accounts",
    ),
    (
        "people/targets.csv",
        ("impressions", "impresions"),
        2,
        "kpi_id",
        "impresions",
        "nearest is impressions",
        "kpi_catalogue",
    ),
    ("people/targets.csv", ("role,operator", "role,operater"), 3, "scope_id", "operater", "nearest is operator", ""),
    (
        "people/targets.csv",
        ("role,operator", "team,grwth"),
        3,
        "scope_id",
        "grwth",
        "names this team; the nearest is growth",
        "",
    ),
    ("people/targets.csv", ("role,operator", "person,lee"), 3, "scope_id", "lee", "no person has this id", ""),
    (
        "people/targets.csv",
        (",chen,li", ",chen,lii"),
        2,
        "agreed_by",
        "lii",
        "no person has this id; the nearest is li",
        "",
    ),
    ("people/people.csv", ("wang,王伟", "LI,王伟"), 3, "person_id", "LI", "same person_id stands in row 2", "keep one"),
    (
        "people/positions.csv",
        ("2026-10-11\n", "2026-10-12\n"),
        3,
        "valid_from",
        "2026-10-11",
        "row 2 also holds from 2026-10-11 to 2026-10-11",
        "end the earlier row",
    ),
    (
        "people/positions.csv",
        ("wang,operator,,growth,2800.50,2024-01-01", "wang,operator,,growth,2800.50,2023-12-31"),
        4,
        "valid_from",
        "2023-12-31",
        "before the person is hired on 2024-01-01",
        "begin it on",
    ),
    (
        "people/assignments.csv",
        ("wang,100,2026-10-11", "wang,100,2026-10-16"),
        4,
        "valid_from",
        "2026-10-16",
        "after the person has left on 2026-10-16",
        "remove",
    ),
    (
        "people/identity_map.csv",
        ("li,2024-01-01,2025-01-01", "li,2024-01-01,2025-02-01"),
        3,
        "valid_from",
        "2025-01-01",
        "tickets value 1 has overlapping rows: row 2 also holds from 2025-01-01 to 2025-01-31",
        "",
    ),
    (
        "people/assignments.csv",
        ("wang,40,", "wang,60,"),
        3,
        "share",
        "120",
        "account acme_x add up to 120 % from 2024-01-01 to 2026-10-10 (rows 2, 3)",
        "at most 100 %",
    ),
    (
        "people/scheme_assignments.csv",
        ("000,,,", "000,,editor,"),
        4,
        "role",
        "operator",
        "no scheme is assigned to role operator of team growth",
        "none",
    ),
    (
        "people/scheme_assignments.csv",
        ("000,,,2024", "000,,edito,2024"),
        2,
        "role",
        "edito",
        "the nearest is editor",
        "",
    ),
    (
        "reviews/adjustments.csv",
        (",chen", ",wang"),
        2,
        "approved_by",
        "wang",
        "not listed under approvers",
        "one of these approve: chen",
    ),
]


@pytest.mark.parametrize(
    ("file", "replace", "row", "column", "value", "problem", "mend"), CELLS, ids=[f"{c[3]}-{c[5][:25]}" for c in CELLS]
)
def test_one_defect_is_told_where_and_how_to_mend_it(findings_of, file, replace, row, column, value, problem, mend):
    findings = findings_of(file, replace=replace)
    matching = [
        found
        for found in findings
        if (found.row, found.column, found.value) == (row, column, value) and problem in found.problem
    ]
    assert len(matching) == 1, "\n".join(str(found) for found in findings)
    assert mend in matching[0].mend
    assert problem in str(matching[0])


def test_a_defect_is_told_once_without_its_consequences(findings_of):
    # the person's row is broken, yet every file that names the person stays silent
    findings = findings_of(
        "people/people.csv", replace=("li,李娜,Li Na,li@example.com,2024-01-01", "li,李娜,,,01/02/2024")
    )
    assert [(found.file, found.row, found.column) for found in findings] == [("people/people.csv", 2, "hired_on")]


def test_all_files_are_told_at_once_in_order(home, findings_of):
    (home / "people/accounts.csv").unlink()
    (home / "company.yaml").write_text("name: Acme\ntimezone: Mars/Olympus\n", encoding="utf-8")
    findings = findings_of("people/people.csv", append="x y,Xi,,,2024-01-01,\nzhao,,,,2024-13-01,\n")
    assert [(found.file, found.row, found.column) for found in findings] == [
        ("company.yaml", 1, "currency"),
        ("company.yaml", 2, "timezone"),
        ("people/accounts.csv", 0, ""),
        ("people/people.csv", 5, "person_id"),
        ("people/people.csv", 6, "hired_on"),
        ("people/people.csv", 6, "name"),
    ]
    assert "the file is missing" in str(findings[2])


def test_shares_name_every_span_of_days(findings_of):
    extra = "account,acme_x,li,10,2026-10-11,2026-12-01\naccount,acme_x,li,1,2026-12-01,\n"
    findings = findings_of("people/assignments.csv", append=extra)
    assert [found.problem for found in findings] == [
        "the shares of account acme_x add up to 110 % from 2026-10-11 to 2026-11-30 (rows 4, 6)",
        "the shares of account acme_x add up to 101 % from 2026-12-01 to ... (rows 4, 7)",
    ]


def test_an_assignment_needs_a_position_on_one_of_its_days(findings_of):
    findings = findings_of("people/assignments.csv", append="group,g1,chen,100,2026-01-01,\n")
    assert [(found.row, found.value, found.problem) for found in findings] == [
        (6, "chen", "the person has no position on any day of this assignment")
    ]
    # the position is there but broken: told once, where it stands
    findings = findings_of("people/positions.csv", append="chen,operator,,growth,x,2025-06-01,\n")
    assert [(found.file, found.column) for found in findings] == [("people/positions.csv", "bonus_base")]


def test_codes_are_one_subject_in_any_letter_case(findings_of):
    findings = findings_of("people/assignments.csv", append="promo_code,save10,wang,70,2024-01-01,\n")
    assert ["promo_code save10 add up to 103.3333 %" in found.problem for found in findings] == [True]


def test_overrides_of_a_record_stay_within_the_whole(findings_of):
    findings = findings_of("reviews/record_overrides.csv", append="post,2054173519462039552,wang,1,both,chen\n")
    assert [found.problem for found in findings] == [
        "the shares of post 2054173519462039552 add up to 101 % (rows 2, 3)"
    ]


def test_two_schemes_of_the_same_rank_are_a_tie(findings_of):
    findings = findings_of("people/scheme_assignments.csv", append="001,,,2025-01-01,2025-03-01\n")
    assert [found.problem for found in findings] == [
        "team *, role * has overlapping rows: row 2 also holds from 2025-01-01 to 2025-02-28"
    ]


def test_the_same_target_twice(findings_of):
    findings = findings_of("people/targets.csv", append="2026-01,month,company,,impressions,,,1,,,\n")
    assert [(found.row, found.value) for found in findings] == [(4, "2026-01, month, company, impressions")]
    assert "stands in row 2 already" in findings[0].problem


def test_columns(findings_of):
    findings = findings_of("people/targets.csv", replace=("baseline,threshold", "basline,threshold"))
    assert [(found.row, found.column, found.problem) for found in findings] == [
        (1, "basline", "the column is unknown; the nearest is baseline")
    ]
    findings = findings_of("people/identity_map.csv", replace=("external_id,person_id", "external_id,external_id"))
    assert [(found.column, found.problem) for found in findings if found.file == "people/identity_map.csv"] == [
        ("external_id", "the column stands twice"),
        ("person_id", "the column is missing"),
    ]


def test_cells_beyond_the_header(findings_of):
    findings = findings_of("reviews/adjustments.csv", append="2026-10,li,5,well, done,chen\n")
    assert (findings[0].row, findings[0].value) == (3, "chen")
    assert "beyond the 5 columns" in findings[0].problem


def test_rows_are_counted_as_a_spreadsheet_does(home, findings_of):
    text = (home / "reviews/adjustments.csv").read_text(encoding="utf-8")
    path = home / "reviews/adjustments.csv"
    path.write_text(
        '# a "comment, with one quotation mark\n\n'
        + text
        + '\n#"\n2026-10,li,1,"two\nlines",chen\n2026-10,li,one,x,chen\n',
        encoding="utf-8",
    )
    findings = findings_of("reviews/adjustments.csv")
    # comment 1, blank 2, header 3, row 4, blank 5, comment 6, a record of two lines 7, the defect 8
    assert [(found.row, found.value) for found in findings] == [(8, "one")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_encodings_and_delimiters_of_spreadsheets(home, encoding, delimiter):
    path = home / "people/people.csv"
    content = path.read_text(encoding="utf-8").replace(",", delimiter).replace("\n", "\r\n")
    path.write_bytes(content.encode(encoding))
    assert load_company(home, kpi_ids=KPIS).people_by_id["li"].name == "李娜"


def test_what_is_no_text_at_all(home, findings_of):
    (home / "people/people.csv").write_bytes(b"\x00\x01\xff\xfe\x00")
    with pytest.raises(InputError, match=r"people/people\.csv: the file is neither UTF-8 nor GB18030 text"):
        load_company(home, kpi_ids=KPIS)
    (home / "people/people.csv").write_text("", encoding="utf-8")
    with pytest.raises(InputError, match=r"has no header row. Begin it with: person_id,name"):
        load_company(home, kpi_ids=KPIS)
    (home / "people/people.csv").write_text('person_id,name,hired_on\nli,"Li,2024-01-01\n', encoding="utf-8")
    with pytest.raises(InputError, match=r"row 2: the row is no readable CSV"):
        load_company(home, kpi_ids=KPIS)


def test_dates_that_spreadsheets_rewrite_are_still_read(home):
    path = home / "people/people.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("2025-06-01", "2025/6/1"), encoding="utf-8")
    plan = home / "people/publishing_plan.csv"
    plan.write_text(plan.read_text(encoding="utf-8").replace("2026-10,acme", "2026年10月,acme"), encoding="utf-8")
    company = load_company(home, kpi_ids=KPIS)
    assert company.people_by_id["chen"].hired_on == date(2025, 6, 1)
    assert str(company.publishing_plan[0].month) == "2026-10"


def test_no_folder(tmp_path):
    with pytest.raises(InputError, match=r"there is no company folder here"):
        load_company(tmp_path / "nowhere")


def test_findings_in_chinese(findings_of):
    findings = findings_of("people/people.csv", replace=("2025-06-01", "2025-02-30"), lang="zh")
    assert (findings[0].problem, findings[0].mend) == ("该日期不存在", "请更正日期")


def test_a_time_that_the_clock_change_skips(home, findings_of):
    yaml = home / "company.yaml"
    yaml.write_text(yaml.read_text(encoding="utf-8").replace("Asia/Shanghai", "Europe/Berlin"), encoding="utf-8")
    findings = findings_of("people/duty_roster.csv", append="account,acme_x,li,2026-03-29 02:30,2026-03-29 09:00\n")
    assert [(found.row, found.column) for found in findings] == [(3, "starts_at")]
    assert "that the clock change of Europe/Berlin skips" in findings[0].problem


def test_an_own_calendar_takes_the_place_of_the_shipped_one(home, findings_of):
    (home / "calendars/cn.csv").write_text("day,is_working,note\n2027-01-01,false,\n2027-01-01,true,\n", "utf-8")
    findings = findings_of("company.yaml", append="calendar: cn\n")
    assert [(found.file, found.row, found.value) for found in findings] == [("calendars/cn.csv", 3, "2027-01-01")]
    (home / "calendars/cn.csv").write_text("day,is_working\n2027-01-01,maybe\n", "utf-8")
    findings = findings_of("company.yaml")
    assert [(found.row, found.column, found.problem) for found in findings] == [
        (2, "is_working", "is neither yes nor no")
    ]
    (home / "calendars/cn.csv").write_text("day,is_working\n2027-01-01,否\n", "utf-8")
    calendar = load_company(home, kpi_ids=KPIS).calendar
    assert calendar.noticed_years == frozenset({2027})
    assert not calendar.is_working(date(2027, 1, 1))


def test_a_scheme_of_none_is_meant(home):
    path = home / "people/scheme_assignments.csv"
    path.write_text("scheme_id,team_id,role,valid_from,valid_to\nnone,,,2024-01-01,\n", encoding="utf-8")
    assert {segment.scheme_id for segment in load_company(home, kpi_ids=KPIS).segments()} == {""}


def test_the_catalogue_of_the_project(tmp_path):
    assert catalogue_kpi_ids(tmp_path / "absent.csv") is None
    (tmp_path / "kpis.csv").write_text("kpi_id,name_en\nimpressions,Impressions\n", encoding="utf-8")
    assert catalogue_kpi_ids(tmp_path / "kpis.csv") == frozenset({"impressions"})


def test_without_a_catalogue_targets_may_name_any_kpi(home, monkeypatch):
    monkeypatch.setattr("pipelines.company.loader.catalogue_kpi_ids", lambda: None)
    path = home / "people/targets.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("impressions", "anything"), encoding="utf-8")
    assert load_company(home).targets[0].kpi_id == "anything"
