"""Cards, workbooks, files and explain of schemes 001 to 003; and scheme 000 as it was before there were others."""

from __future__ import annotations

import csv
import hashlib
import io
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from cards_sample import PERIOD, catalogue, result
from schemes_sample import by_band, carried, carrying, case, community, of_communities, part, people, scored, withheld
from test_cards_html import CJK, card
from test_cards_workbook import FORMULA, book, parts, sheets

from pipelines.company.findings import InputError
from pipelines.periods import parse_period
from pipelines.scorecards import build_draft, explain
from pipelines.scorecards.diffs import diff_bundles
from pipelines.scorecards.errors import IntegrityError
from pipelines.scorecards.sealing import check_money
from pipelines.scorecards.store import canonical_json
from pipelines.scorecards.tables import payroll_csv, scores_csv

D = Decimal
MONTH = parse_period(PERIOD)
PEOPLE = ("E001", "E002", "E003", "E004", "E005", "E006")


def carry_people() -> list[Any]:
    """Somebody who carries the third quarter and the year before, and somebody who has none of them yet."""
    return [
        part("E001", "growth", "M1", community(), MONTH, carried=carried()),
        part("E003", "growth", "L2", community(), MONTH),
    ]


@pytest.fixture(scope="session")
def bundles() -> dict[str, dict[str, Any]]:
    results = {
        "001": scored(),
        "002": scored("002"),
        "003": scored("003", given=of_communities(MONTH)),
        "band": scored(use=by_band()),
        "carry": scored(use=carrying(), given=carry_people()),
        "year": scored(period="2026", given=[part("E001", "content", "L3", community(), parse_period("2026"))]),
    }
    return {name: case(one).bundle() for name, one in results.items()}


def trace(bundle: dict[str, Any], person: str) -> Any:
    return next(one for one in bundle["traces"] if one["person_id"] == person)


def rows(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))


def test_traces_of_scheme_000_are_what_they_were_to_the_byte() -> None:
    """Taken before schemes 001 and 002 were added. Whoever changes scheme 000 or its trace on purpose renews it."""
    found = result()
    everything = {
        "traces": [person.to_dict() for person in found.people],
        "pools": [pool.to_dict() for pool in found.pools],
        "ledger": [entry.to_dict() for entry in found.ledger],
    }
    digest = hashlib.sha256(canonical_json(everything)).hexdigest()
    assert digest == "1ede9a74bced256c1fbd5db2b919e96b2b37bf46697fcf1ad8651140952ca313"


@pytest.mark.req("001-I1")
def test_the_sample_of_scheme_001_by_hand(bundles: dict[str, dict[str, Any]]) -> None:
    """E001 is class 1: growth 76 points, participation 60, interaction 113.33 (100 + 20/30 x 20), output 80.

    (20 x 76 + 20 x 60 + 15 x 113.33 + 15 x 80) / 70 = 5620 / 70 = 80.2857; 1200 x 50 % x 80.2857 % = 481.714.
    """
    first = trace(bundles["001"], "E001")
    assert first["printed_score"] == "80.29"
    assert first["bonus"]["earned"] == "481.71"
    changed = trace(bundles["001"], "E002")
    assert [one["bonus"]["individual"]["class_id"] for one in changed["segments"]] == ["class_2", "class_1"]
    joined = trace(bundles["001"], "E003")
    assert joined["segments"][0]["eligible_days"] == 12
    unknown = trace(bundles["001"], "E006")
    assert (unknown["printed_score"], unknown["bonus"]["earned"], unknown["bonus"]["held"]) == (None, "0.00", "600.00")


@pytest.mark.parametrize("name", ["001", "002", "003", "band", "carry", "year"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_cards_are_whole_in_their_language(bundles: dict[str, dict[str, Any]], name: str, lang: str) -> None:
    for one in bundles[name]["traces"]:
        html, page = card(bundles[name], one["person_id"], lang)
        assert "schemes." not in page.text and "cards." not in page.text
        assert "None" not in page.text
        assert "counts_in_" not in html and "_yet" not in page.text
        if lang == "en" and one["person_id"] == "E001":
            text = page.text
            for name_of_the_company in ("张晓雨", "星河社媒 & <Galaxy>", "因为", "读书会"):
                text = text.replace(name_of_the_company, "")
            assert not CJK.search(text)
    check_money(bundles[name])


def test_the_card_of_a_month_says_what_counts_by_quarter_and_by_year(bundles: dict[str, dict[str, Any]]) -> None:
    _, page = card(bundles["001"], "E001", "en")
    assert "counts by quarter: it is scored in quarters and years, not in this period" in page.text
    assert "counts by year: it is scored in years, not in this period" in page.text
    assert "its weight of 10 went to the other KPIs" in page.text
    assert "L3 ∈ Class 1" in page.text
    assert "1,200 × 1 × 50 % × 31 / 31" in page.text
    _, chinese = card(bundles["001"], "E001", "zh")
    assert "按年度计分" in chinese.text and "L3 ∈ 一类员工" in chinese.text
    _, year = card(bundles["year"], "E001", "en")
    assert "counts by" not in year.text


@pytest.mark.req("001-R4")
def test_a_change_of_level_inside_the_month_names_the_level_of_each_part(bundles: dict[str, dict[str, Any]]) -> None:
    _, page = card(bundles["001"], "E002", "en")
    assert "2026-10-01 to 2026-10-14 · Growth L2 · x_team" in page.text
    assert "2026-10-15 to 2026-10-31 · Growth M1 · x_team" in page.text
    assert "Bonus paid now, rounded once" in page.text


@pytest.mark.req("001-R5")
def test_deductions_say_value_bound_and_points(bundles: dict[str, dict[str, Any]]) -> None:
    _, page = card(bundles["001"], "E004", "en")
    assert "Retention of joiners after 30 days 30.00 %, at least 40.00 % required" in page.text
    assert "40 points off Member net growth rate" in page.text
    # 76 points less 40 are 36; at its target the KPI would bring 60, and the deduction stands: 20/70 x 24 = 6.86
    assert "76.00 before what “Adjustments and gates” takes off" in page.text
    assert "Member net growth rate missed its target and cost 6.86 points" in page.text
    # the difference of the printed scores
    assert "Member net growth rate at 5.00 % (actual 4.40 %): +6.85 points, +" in page.text
    assert "Negative feedback per chat 5.00 %, at most 2.00 % allowed" in page.text
    _, unchecked = card(bundles["001"], "E005", "en")
    assert "Retention of joiners after 30 days: at least 40.00 % required" in unchecked.text
    assert "A gate could not be checked because its data is missing: what it would take is held." in unchecked.text


@pytest.mark.req("003-R5")
def test_a_line_of_a_community_says_of_which(bundles: dict[str, dict[str, Any]]) -> None:
    _, page = card(bundles["003"], "E001", "en")
    assert "Share of active members · 读书会 <A&B> (c_club)" in page.text
    assert "content, growth · 71.4 % of the community days" in page.text
    assert "transaction, mature · 28.6 % of the community days" in page.text
    assert "Article reads" in page.text and "Article reads ·" not in page.text
    _, chinese = card(bundles["003"], "E001", "zh")
    assert "内容型 · 成长期 · 占社群天数 71.4%" in chinese.text
    told = {
        (row["kpi_id"], row["community_id"]): row["weight"]
        for row in rows(scores_csv(bundles["003"], "draft"))
        if row["person_id"] == "E001"
    }
    # 10 of 100 for activity, by 31 and 12.4 of 43.4 days
    assert [D(told["monthly_active_share", one]).quantize(D("0.001")) for one in ("c_club", "c_shop")] == [
        D("7.143"),
        D("2.857"),
    ]
    assert ("article_reads", "") in told


@pytest.mark.req("003-R5")
def test_a_difference_names_the_community(bundles: dict[str, dict[str, Any]]) -> None:
    given = of_communities(MONTH)
    first = given[0]
    changed = replace(
        first.communities[0],
        readings={**first.communities[0].readings, "accepted_answers": withheld("accepted_answers")},
    )
    other = case(
        scored("003", given=[replace(first, communities=(changed, first.communities[1])), *given[1:]])
    ).bundle()
    found = {row["kpi_id"] for row in diff_bundles(bundles["003"], other) if row["field"] == "status"}
    assert found == {"accepted_answers@c_club"}


def test_a_carried_line_says_of_which_period_it_is(bundles: dict[str, dict[str, Any]], tmp_path: Path) -> None:
    _, page = card(bundles["carry"], "E001", "en")
    assert page.text.count("carried from Q3 2026: its value and its target") == 2
    assert page.text.count("carried from 2025: its value and its target") == 2
    assert "scorecards explain E001 2026-Q3 community_sales lists them" in page.text
    _, without = card(bundles["carry"], "E003", "en")
    assert "there is none with this person yet" in without.text
    told = {row["kpi_id"]: row["carried_from"] for row in rows(scores_csv(bundles["carry"], "draft"))
            if row["person_id"] == "E001"}  # fmt: skip
    assert (told["community_sales"], told["culture_fit_points"], told["new_customers"]) == ("2026-Q3", "2025", "")


def test_explain_asks_for_the_records_of_the_carried_period(tmp_path: Path) -> None:
    given = case(scored(use=carrying(), given=carry_people()))
    build_draft(tmp_path, *given.arguments(), catalogue=catalogue())
    asked = []

    def provider(key: str, period: str, kpi: str) -> list[Any]:
        asked.append((period, kpi))
        return []

    said = explain(tmp_path, given.company, "E001", PERIOD, None, "en", evidence=provider)
    assert ("2026-Q3", "community_sales") in asked and ("2025", "culture_fit_points") in asked
    assert (PERIOD, "new_customers") in asked
    assert "carried from Q3 2026: its value and its target" in said
    assert "Amount a month of the own class: M1 ∈ Class 1 = CNY 1,200.00" in said
    with pytest.raises(InputError):
        explain(tmp_path, given.company, "E001", PERIOD, "viral_posts", "en")


@pytest.mark.parametrize("name", ["001", "002", "003", "band", "carry", "year"])
def test_workbooks_agree_with_their_cards_by_formulas_of_ours(bundles: dict[str, dict[str, Any]], name: str) -> None:
    import re

    for one in bundles[name]["traces"]:
        for lang in ("zh", "en"):
            made = book(bundles[name], one["person_id"], lang)
            found = sheets(made)["Check"]
            assert found[1][0] in ("everything agrees", "全部一致", "")
            paid = next(row for row in found[4:] if row[0] in ("To pay", "应发奖金"))
            assert D(str(paid[2])) == D(one["bonus"]["payable"])
        body = parts(made)["xl/worksheets/sheet1.xml"]
        for formula in re.findall(r"<f>(.*?)</f>", body):
            text = formula.replace("&gt;", ">").replace("&lt;", "<").replace("&quot;", '"').replace("&amp;", "&")
            assert not FORMULA.sub("", text), text


def test_pay_by_the_own_score_is_live_in_the_workbook(bundles: dict[str, dict[str, Any]]) -> None:
    found = sheets(book(bundles["001"], "E002"))["Card"]
    labels = [row[1] for row in found]
    assert labels.count("Bonus due, not rounded yet") == 2
    assert labels.count("Payout curve, point 3: score, % of the amount") == 2
    body = parts(book(bundles["001"], "E002"))["xl/worksheets/sheet1.xml"]
    assert "ROUND(ROUND(E" in body
    assert "Score that pays (data withheld: the least possible one)" in [
        row[1] for row in sheets(book(bundles["001"], "E005"))["Card"]
    ]


def test_files_of_hr_name_the_scheme_of_the_part_and_the_amounts(bundles: dict[str, dict[str, Any]]) -> None:
    told = rows(scores_csv(bundles["001"], "draft"))
    assert {row["scheme_id"] for row in told} == {"001"}
    assert {row["reason_code"] for row in told if row["kpi_id"] == "culture_fit_points"} == {"counts_in_year"}
    paid = rows(payroll_csv(bundles["001"], "r1", ""))
    assert {row["person_id"]: row["bonus_earned"] for row in paid} == {
        one["person_id"]: one["bonus"]["earned"] for one in bundles["001"]["traces"]
    }


def test_a_correction_of_a_class_is_a_difference_to_the_cent(bundles: dict[str, dict[str, Any]]) -> None:
    promoted = [replace(one, level="L4") if one.person_id == "E004" else one for one in people("001", MONTH)]
    found = diff_bundles(bundles["001"], case(scored(given=promoted)).bundle())
    told = {row["field"]: (row["sealed"], row["new"]) for row in found if row["person_id"] == "E004"}
    assert told["bonus class_id"] == ("class_2", "class_1")
    assert told["bonus target"] == ("500.00", "600.00")
    assert not [row for row in found if row["person_id"] not in ("E004", "")]


@pytest.mark.parametrize("name", ["earned", "held"])
def test_a_cent_that_leaks_from_the_parts_of_a_person_is_refused(name: str) -> None:
    bundle = case(scored()).bundle()
    changed = trace(bundle, "E002")
    changed["segments"][0]["bonus"][name] = "0.01"
    with pytest.raises(IntegrityError, match=f"E002: the parts' {name} sum to"):
        check_money(bundle)


def test_a_person_without_a_rating_yet_is_scored_by_the_rest_of_the_year() -> None:
    year = parse_period("2026")
    nobody = {kpi: replace(one, value=None, status="not_applicable", reason_code="no_activity")
              for kpi, one in community().items() if kpi in ("collaboration_360", "culture_fit_points")}  # fmt: skip
    (person,) = scored(period="2026", given=[part("E001", "content", "L3", community(**nobody), year)]).people
    lines = {one.kpi_id: one for one in person.segments[0].lines}
    assert lines["culture_fit_points"].status == "not_applicable"
    assert lines["member_growth_rate"].effective_weight == 25  # 20 of 80
    assert person.printed_score is not None
