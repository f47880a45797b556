"""What the cards' records and the company's incentives give to lists and cards: weeks, and the note on a month."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from cards_sample import Case

from pipelines.company.list_records import MemberIncentive
from pipelines.company.model import Company
from pipelines.company.records import CommunityGroup
from pipelines.company.settings import CompanyFile
from pipelines.periods import Month, parse_period
from pipelines.reports.facts import SubjectMonth
from pipelines.scorecards.incentive_notes import incentive_notes
from pipelines.scorecards.list_facts import Trends, lists_of
from pipelines.scorecards.lists import list_files
from pipelines.scorecards.sections import quality
from pipelines.scorecards.view import Edition
from pipelines.scorecards.words import Words
from pipelines.texts import text

FILE = CompanyFile(name="c", timezone="Asia/Shanghai", currency="CNY")


def row(record_type: str, at: str, numerator: str) -> dict[str, str]:
    return {"record_type": record_type, "record_id": at, "occurred_at": at, "numerator": numerator, "weight": "1"}


@pytest.mark.req("000-W2", "004-W2")
def test_records_are_of_the_week_of_their_local_day_and_a_sample_is_no_week(
    tmp_path: Path, bundle: dict[str, Any], kpi_catalogue: dict[str, dict[str, str]]
) -> None:
    trace = next(one for one in bundle["traces"] if one["segments"])
    person, (first, second) = trace["person_id"], [line["kpi_id"] for line in trace["segments"][0]["lines"]][:2]
    known = {
        first: [
            row("post", "2026-10-04 15:59:59", "1.5"),
            # 16:00 of Sunday in UTC is Monday in Shanghai; a day is a day wherever it is
            row("post", "2026-10-04 16:00:00", "2"),
            row("account_day", "2026-10-04 00:00:00", "3"),
        ],
        second: [row("post", "2026-10-06 00:00:00", "7")],
    }
    changed = {**bundle, "evidence": {person: known}, "evidence_totals": {person: {first: 3, second: 2}}}
    sums = {kpi: {**kpi_catalogue[kpi], "aggregation": "sum"} for kpi in (first, second)}
    company = Company(home=tmp_path, file=FILE)
    made = lists_of(company, parse_period("2026-10"), {**kpi_catalogue, **sums}, Trends(), changed)["lists"]
    (weeks,) = [one for one in made if one["report_id"] == "weekly_progress"]
    found = {(one["kpi_id"], one["week"]): one["value"] for one in weeks["rows"] if one["person_id"] == person}
    assert {kpi for kpi, _ in found} == {first}
    assert {week: value for (_, week), value in found.items() if value != "0"} == {"2026-W40": "4.5", "2026-W41": "2"}
    quarter = lists_of(company, parse_period("2026-Q4"), {**kpi_catalogue, **sums}, Trends(), changed)["lists"]
    assert "weekly_progress" not in {one["report_id"] for one in quarter}


def incentive(**changed: str) -> MemberIncentive:
    given = {"incentive_id": "I", "mechanism": "rewards", "what": "points", "scope": "group", "scope_id": "g"}
    return MemberIncentive.model_validate({**given, "valid_from": "2026-09-20", "valid_to": "2026-10-02", **changed})


def noted(period: str, *incentives: MemberIncentive) -> list[tuple[str, str, str]]:
    groups = [{"group_id": name, "community_id": "k", "valid_from": "2026-01-01"} for name in ("g2", "g1")]
    rows = tuple(CommunityGroup.model_validate(one) for one in groups)
    company = Company(file=FILE, community_groups=rows, member_incentives=incentives)
    return [(note.month, note.family, note.subject_id) for note in incentive_notes(company, parse_period(period))]


@pytest.mark.req("002-I6")
def test_the_months_that_an_incentive_touches_are_noted_at_its_sources_and_subjects() -> None:
    october = [("2026-10", "groups", "g"), ("2026-10", "member_activity", "g")]
    assert noted("2026-10", incentive()) == october
    assert noted("2026-11", incentive()) == [] and noted("2026-08", incentive()) == []
    assert [month for month, _, _ in noted("2026-Q3", incentive())] == ["2026-09", "2026-09"]
    assert [subject for _, _, subject in noted("2026-10", incentive(scope="community", scope_id="k"))] == [
        "g1",
        "g2",
        "g1",
        "g2",
    ]
    account = noted("2026-10", incentive(scope="account", scope_id="x_main"))
    assert account == [("2026-10", "x_posts", "x_main"), ("2026-10", "oa_articles", "x_main")]
    everywhere = noted("2026-10", incentive(scope="company", scope_id=""))
    assert {(family, subject) for _, family, subject in everywhere} == {
        ("x_posts", ""),
        ("oa_articles", ""),
        ("groups", ""),
        ("member_activity", ""),
    }


@pytest.mark.req("002-I6")
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_card_says_that_an_incentive_touched_the_month_and_no_number_changes(lang: str) -> None:
    company = Company(file=FILE, member_incentives=(incentive(scope="company", scope_id=""),))
    plain, marked = Case(), Case()
    marked.quality = {
        **plain.quality,
        "": [*plain.quality.get("", []), *incentive_notes(company, parse_period("2026-10"))],
    }
    before, after = plain.bundle(), marked.bundle()
    assert before["traces"] == after["traces"] and before["pools"] == after["pools"]
    said = text("reasons.member_incentive", lang, incentive="I", what="points")
    told = [{one["said"] for one in quality(Words(bundle, bundle["traces"][0], lang))} for bundle in (before, after)]
    assert said not in told[0] and said in told[1]
    assert {one["severity"] for one in quality(Words(after, after["traces"][0], lang)) if one["said"] == said} == {
        "note"
    }


@pytest.mark.req("002-I6")
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_kpi_that_stands_on_no_card_has_its_name_and_unit_on_the_list(
    bundle: dict[str, Any], kpi_catalogue: dict[str, dict[str, str]], lang: str
) -> None:
    assert "speaking_rate" not in bundle["catalogue"]
    months = [
        SubjectMonth("speaking_rate", Month(2026, month), "group", "g", Decimal(1), Decimal(4)) for month in (8, 9, 10)
    ]
    company = Company(file=FILE, member_incentives=(incentive(),))
    made = lists_of(company, parse_period("2026-10"), kpi_catalogue, Trends(subjects=months), bundle)
    assert set(made["list_catalogue"]) == {"speaking_rate"}
    (page,) = [
        data.decode("utf-8")
        for name, data in list_files({**bundle, **made}, Edition()).items()
        if name.endswith(f"lists_{lang}_draft.html")
    ]
    section = page.split('id="member_incentive_effect"')[1].split("</section>")[0]
    name = kpi_catalogue["speaking_rate"]["name_zh" if lang == "zh" else "name_en"]
    assert name in section and "speaking_rate" not in section and re.search(r"25(\.0+)?\s*%", section)
