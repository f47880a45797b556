"""The review files: every defect is told with its place, and what leaves the company room names nobody."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from pipelines.company import Finding, InputError, load_company
from pipelines.company.frames import company_tables
from pipelines.company.keys import Pseudonymiser

KPIS = frozenset({"impressions", "engagement_rate_followers", "net_follower_growth"})
KEYS = Pseudonymiser(b"k" * 32)

ROWS = {
    "ratings_360": "2026-Q3,li,wang,peer,teamwork,4\n2026-Q3,li,legal 1,partner,teamwork,5\n",
    "ratings_self": "2026-Q3,li,quality,80\n",
    "ratings_manager": "2026-Q3,li,Quality,75,chen\n",
    "ratings_bars": "2026-Q3,li,initiative,5,chen\n",
    "professional_feedback": "2026-Q3,li,dr who,90\n",
    "dm_quality_reviews": "2026-09,wang,DM-1,70,chen\n",
    "innovation_reviews": "2026-Q3,li,live show,66,chen\n",
    "brief_match_reviews": "2026-09,li,post 7,88,chen\n",
    "skill_ratings": "2026,li,human_ai_collaboration,3,chen\n",
    "proposals": "p1,li,adopted,2026-09-30\np2,li,pending,\n",
    "brand_survey": "2026-Q3,growth,200,71.5\n2026-Q3,,900,64\n",
    "influence_scores": "2026-Q3,acme_x,SocialIndex,55.5\n",
    "okr": "2026-Q3,li,o1,k1,rel_pct,1000,40,1200,\n2026-Q3,li,o1,k2,pp,20,15,,2\n",
    "shared_targets": "2026-Q3,li,launch,true\n2026-Q3,wang,launch,是\n",
    "certifications": "li,operator I,2026-09-30,2026-09-30\nwang,operator I,2026-09-30,2026-10-01\n",
    "sentiment_labels": "2026-09,Weibo,C-1,positive,li,2026-10-02,\n2026-09,,C-1,neutral,li,2026-10-02,irony\n",
}

Load = Callable[..., list[Finding]]


@pytest.fixture
def reviewed(home: Path) -> Path:
    """The sound company with a sound row or two in every review file."""
    for name, rows in ROWS.items():
        path = home / "reviews" / f"{name}.csv"
        path.write_text(path.read_text(encoding="utf-8-sig") + rows, encoding="utf-8")
    return home


def row_of(home: Path, name: str, position: int) -> int:
    """The row of the file in which the position-th record stands, counted from 0."""
    lines = (home / "reviews" / f"{name}.csv").read_text(encoding="utf-8").splitlines()
    return next(n for n, line in enumerate(lines, 1) if not line.startswith("#")) + 1 + position


def test_sound_files_load_with_their_rows(reviewed: Path) -> None:
    company = load_company(reviewed, kpi_ids=KPIS)
    for name in ROWS:
        assert len(getattr(company, name)) == ROWS[name].count("\n"), name
    assert company.okr[0].goal == 1400
    assert company.okr[1].goal == 35
    assert (company.okr[0].weight, company.okr[1].current) == (1, None)
    assert {f"reviews/{name}.csv" for name in ROWS} <= company.review_places


@pytest.mark.parametrize(
    ("name", "old", "new", "position", "column", "problem"),
    [
        ("ratings_360", "wang,peer", "wang,boss", 0, "rater_group", "is none of: "),
        ("ratings_360", "teamwork,4", "teamwork,6", 0, "score", "outside 1 to 5"),
        ("ratings_360", "wang,peer", "li,peer", 0, "rater_id", "the person reviewed"),
        ("ratings_360", "wang,peer", "wong,peer", 0, "rater_id", "no person has this id"),
        ("ratings_360", "legal 1,partner", "wang,peer", 1, "", "the same period + person_id + rater_id + item"),
        (
            "ratings_360",
            "legal 1,partner,teamwork",
            "WANG,partner,collaboration",
            1,
            "rater_group",
            "group peer in row",
        ),
        ("ratings_self", "80", "180", 0, "score", "outside 0 to 100"),
        ("ratings_manager", "75,chen", "75,li", 0, "reviewer_id", "the person reviewed"),
        ("ratings_bars", "initiative,5", "initiative,0", 0, "level", "outside 1 to 5"),
        ("ratings_bars", "initiative,5", "initiative,4.5", 0, "level", "whole number"),
        ("ratings_bars", "initiative,5", "initiativ,5", 0, "item", "is none of: "),
        ("skill_ratings", "human_ai_collaboration", "chess", 0, "skill", "is none of: "),
        ("proposals", "adopted,2026-09-30", "adopted,", 0, "decided_on", "nothing says when"),
        ("proposals", "p2,li,pending,", "p2,li,pending,2026-09-01", 1, "decided_on", "pending proposal has a day"),
        ("brand_survey", "growth,200", "grow,200", 0, "team_id", "no position names this team"),
        ("brand_survey", "growth,200", "growth,0", 0, "respondents", "outside 1 to"),
        ("influence_scores", "acme_x", "acme_y", 0, "account_id", "no account has this id"),
        ("okr", "rel_pct,1000,40", "rel_pct,1000,0", 0, "target", "the value to reach is the start, 1000"),
        ("okr", "rel_pct,1000,40", "rel_pct,0,40", 0, "target", "the value to reach is the start, 0"),
        ("okr", "rel_pct,1000,40", "absolute,40,40", 0, "target", "the value to reach is the start, 40"),
        ("okr", "15,,2", "15,,0", 1, "weight", "outside 0.01 to 1000"),
        ("shared_targets", "wang,launch,是", "wang,launch,否", 1, "is_met", "says otherwise of the same target"),
        ("certifications", "operator I,2026-09-30,2026-09-30", "operator I,,", 0, "due_on", "is empty"),
        ("sentiment_labels", "C-1,positive", "C-1,good", 0, "label", "is none of: "),
        ("sentiment_labels", "C-1,neutral,li", "C-1,neutral,lee", 1, "reviewer_id", "no person has this id"),
        ("sentiment_labels", "2026-09,,C-1", "2026-09,WEIBO,C-1", 1, "", "the same network + comment_id"),
        ("sentiment_labels", "2026-09,Weibo", "2026-Q3,Weibo", 0, "month", "is not a month"),
        ("dm_quality_reviews", "2026-09,wang", "2026-11,wang", 0, "period", "wang was not employed in the period"),
        ("skill_ratings", "2026,li", "2026,lee", 0, "person_id", "no person has this id"),
    ],
)
def test_a_defect_is_told_where_it_stands(
    reviewed: Path, name: str, old: str, new: str, position: int, column: str, problem: str
) -> None:
    path = reviewed / "reviews" / f"{name}.csv"
    text = path.read_text(encoding="utf-8")
    before, _, after = text.rpartition(old)  # the last one: the comments above explain the words too
    path.write_text(before + new + after, encoding="utf-8")
    with pytest.raises(InputError) as error:
        load_company(reviewed, kpi_ids=KPIS)
    row = row_of(reviewed, name, position)
    told = [found for found in error.value.findings if (found.file, found.row) == (f"reviews/{name}.csv", row)]
    assert [found.column for found in told] == [column], error.value.findings
    assert problem in told[0].problem
    assert told[0].mend


def test_a_review_of_a_year_beside_one_of_its_quarters_is_a_defect(findings_of: Load) -> None:
    rows = "2026,li,culture_fit,4,chen\n2026-Q3,li,culture_fit,2,chen\n"
    rows += "2026-Q3,li,initiative,2,chen\n2025,li,culture_fit,1,chen\n"
    findings = findings_of("reviews/ratings_bars.csv", append=rows)
    assert [(found.column, found.value) for found in findings] == [("period", "2026")]
    assert "holds 2026-Q3, of which the person has a review in row" in findings[0].problem


def test_all_wrong_cells_of_all_files_are_told_at_once(reviewed: Path) -> None:
    for name, line in (("ratings_bars", "soon,lee,initiative,9,\n"), ("okr", "2026-Q3,li,o1,k1,apples,x,,,\n")):
        path = reviewed / "reviews" / f"{name}.csv"
        path.write_text(path.read_text(encoding="utf-8") + line, encoding="utf-8")
    with pytest.raises(InputError) as error:
        load_company(reviewed, kpi_ids=KPIS)
    told = {(found.file, found.column) for found in error.value.findings}
    bars, okr = "reviews/ratings_bars.csv", "reviews/okr.csv"
    assert told == {
        (bars, "period"),
        (bars, "level"),
        (bars, "reviewer_id"),
        (okr, "unit"),
        (okr, "start"),
        (okr, "target"),
    }


def test_rows_of_the_warehouse(reviewed: Path) -> None:
    tables = company_tables(load_company(reviewed, kpi_ids=KPIS), KEYS)
    reviews = {(row["kpi_id"], row["person_id"]): row for row in tables["reviews"].to_pylist()}
    li, wang = KEYS.person("li"), KEYS.person("wang")
    level = reviews["initiative_points", li]
    assert (level["score"], level["month"], level["period_from"]) == (50, date(2026, 9, 1), date(2026, 7, 1))
    assert level["_content_id"] == "reviews/ratings_bars.csv"
    assert level["_row_no"] == row_of(reviewed, "ratings_bars", 0)
    assert reviews["human_ai_collaboration", li]["month"] == date(2026, 12, 1)
    assert reviews["proposals_adopted", li]["score"] == 1
    assert (reviews["certification_share", li]["score"], reviews["certification_share", wang]["score"]) == (1, 0)
    assert reviews["shared_target_attainment", wang]["score"] == 1
    assert {row["item"] for row in tables["paired_ratings"].to_pylist()} == {"quality"}
    survey = {
        row["team_id"]: row["weight"] for row in tables["reviews"].to_pylist() if row["kpi_id"] == "brand_perception"
    }
    assert survey == {"growth": 200, "": 900}
    labels = {row["record_id"]: row for row in tables["sentiment_labels"].to_pylist()}
    assert {record: row["label"] for record, row in labels.items()} == {"weibo|C-1": "positive", "C-1": "neutral"}
    assert labels["weibo|C-1"]["month"] == date(2026, 9, 1)
    assert labels["C-1"]["_row_no"] == row_of(reviewed, "sentiment_labels", 1)


@pytest.mark.req("001-K9")
def test_raters_leave_as_hashes_without_a_row(reviewed: Path) -> None:
    path = reviewed / "reviews" / "ratings_360.csv"
    path.write_text(path.read_text(encoding="utf-8") + "2026-Q3,chen,wang,peer,teamwork,2\n", encoding="utf-8")
    table = company_tables(load_company(reviewed, kpi_ids=KPIS), KEYS)["ratings_360"]
    raters = table.column("rater_key").to_pylist()
    assert len(set(raters)) == 3, "one rater of two ratees is two hashes"
    assert KEYS.person("wang") not in raters
    assert "_row_no" not in table.column_names
    text = str(table.to_pydict())
    assert "wang" not in text
    assert "legal" not in text


def test_the_months_are_the_quarter_where_both_were_reviewed(home: Path) -> None:
    """The quarter's own review is for the veto; as a KPI the quarter is the mean of its months."""
    path = home / "reviews" / "content_quality_reviews.csv"
    rows = "2026-Q4,li,10,chen,veto\n2026-Q3,li,20,chen,alone\n2026-Q4,wang,30,chen,alone\n"
    path.write_text(path.read_text(encoding="utf-8") + rows, encoding="utf-8")
    table = company_tables(load_company(home, kpi_ids=KPIS), KEYS)["reviews"].to_pylist()
    found = {(row["person_id"], row["period"]): row["score"] for row in table}
    li, wang = KEYS.person("li"), KEYS.person("wang")
    assert found == {(li, "2026-10"): Decimal("87.5"), (li, "2026-Q3"): 20, (wang, "2026-Q4"): 30}


@pytest.mark.parametrize(
    ("yaml", "problem"),
    [
        ("[10, 20, 30, 40]", "needs five numbers, one a level, and has 4"),
        ("[10, 20, 30, 25, 50]", "a higher level is worth less than a lower one"),
        ("[10, 20, 30, 40, many]", "is not a plain number"),
    ],
)
@pytest.mark.req("004-R3")
def test_points_of_levels(home: Path, yaml: str, problem: str) -> None:
    path = home / "company.yaml"
    path.write_text(path.read_text(encoding="utf-8") + f"bars_points:\n  initiative: {yaml}\n", encoding="utf-8")
    with pytest.raises(InputError, match=problem):
        load_company(home, kpi_ids=KPIS)
