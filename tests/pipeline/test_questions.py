"""Every question of docs/questions is answered by the demo company's warehouse, and rightly.

Belongs here: running each file as an analyst does, over a closed connection, and holding the answers against what the
demo's generator reckoned. Does not belong here: whether a file is whole (tests/unit/test_analyst_pages.py).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from running import truth_beside

from pipelines.company.keys import Pseudonymiser
from pipelines.scorecards.bundle import read_bundle
from pipelines.warehouse.console import answer, open_closed

if TYPE_CHECKING:
    import duckdb

    from pipelines.demo import Truth

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "questions"
FILES = sorted(FOLDER.glob("*.sql"))
NOBODY = "UNASSIGNED"

Rows = tuple[Mapping[str, Any], ...]

#: Question -> the columns of its answer, in order: whoever copies one relies on them.
COLUMNS = {
    "01-one-person-in-a-month": "person_id kpi_id unit value numerator denominator n_records status status_reason",
    "02-one-kpi-over-the-months": "period value status status_reason against_month_before trailing_year",
    "03-why-it-fell": (
        "person_id kpi_id subject_type subject_id numerator_before numerator_now denominator_before "
        "denominator_now change_of_numerator"
    ),
    "04-top-movers": "person_id kpi_id value usual deviations is_better",
    "05-year-on-year": "person_id kpi_id period_before value_before period value change change_share",
    "06-teams-compared": "period kpi_id team_id people numerator denominator team_value",
    "07-spread-within-a-role": "role kpi_id people lower_quartile median upper_quartile",
    "08-the-whole-company": "period kpi_id numerator denominator company_value n_records",
    "09-work-of-nobody": "kpi_id subject_type subject_id n_records of_nobody share_of_nobody",
    "10-who-moved": (
        "person_id moved_on role_before role level_before level team_before team_id scheme_before scheme_id"
    ),
    "11-withheld-and-why": "status kpi_id reason_code status_reason people",
    "12-withheld-over-time": "period applicable ok_share provisional_share withheld_share",
    "13-what-to-mend": "month family subject_type subject_id guard reason_code message figures people",
    "14-certificate": (
        "family kpis withheld provisional quality completeness valid_share reconciled_share plausible_share "
        "identity_coverage reasons"
    ),
    "15-followers-removed": "period account_id new_followers spam gone qualified not_known spam_share",
    "16-why-they-are-spam": "code followers points",
    "17-growth-step-by-step": "period account_id kind followers adds_to_growth",
    "18-gaming": (
        "period rule_id incident_id person_id share subject_type subject_id value threshold expected "
        "times_usual n_records first_day last_day kpi_scope"
    ),
    "19-service-level-by-inbox": "inbox tickets in_time within_sla replies median_minutes p90_minutes",
    "20-return-of-channels": "channel spend revenue return_on_ad_spend marketing_roi leads cost_per_lead",
    "21-leads-by-link": "utm_code visits leads leads_per_visit leads_to_convert won",
    "22-groups-in-health": "group_id members_at_the_end joined left_of_their_own removed active_members",
    "23-sales-of-the-community": "period shop person_id sales orders",
    "24-a-quarter-is-not-its-months": (
        "period person_id kpi_id aggregation months mean_of_months quarter_value difference"
    ),
    "25-which-kpi-tells-that": "kpi_id name_en name_zh unit direction aggregation formula_en source_en caveat_en",
    "27-how-sure-a-figure-is": (
        "kpi_id person_id value value_low value_high part_of_the_scale denominator min_denominator is_below_minimum"
    ),
    "26-what-a-table-holds": "table_name table_comment column_name data_type column_comment",
}


@dataclass
class Asked:
    """The demo's warehouse over a closed connection, and the truth beside it."""

    connection: duckdb.DuckDBPyConnection
    truth: Truth
    person_of: dict[str, str]

    def rows(self, number: int, **variables: str) -> Rows:
        """The answer to a question, with variables set as an analyst sets them."""
        (file,) = FOLDER.glob(f"{number:02}-*.sql")
        head = "".join(f"set variable {name} = '{value}';\n" for name, value in variables.items())
        reset = "".join(f"reset variable {name};\n" for name in ("person", "kpi", "period", "word"))
        return answer(self.connection, reset + head + file.read_text(encoding="utf-8")).rows

    def key(self, person: str) -> str:
        """The key of a person of the demo."""
        return next(key for key, one in self.person_of.items() if one == person)

    def company(self, kpi: str, period: str) -> tuple[Decimal, Decimal]:
        """Numerator and denominator of the whole company, by the generator."""
        cell = self.truth.company[period, kpi]
        return cell.numerator, cell.denominator or Decimal(0)


@pytest.fixture(scope="module")
def asked(demo_home: Path) -> Iterator[Asked]:
    truth = truth_beside(demo_home)
    keys = Pseudonymiser.from_home(demo_home)
    people = {keys.person(one): one for one in truth.people} | {NOBODY: NOBODY}
    with open_closed(demo_home / "published" / "kpi.duckdb") as connection:
        yield Asked(connection, truth, people)


def number(value: Any) -> Decimal:
    return Decimal(str(value or 0))


def is_close(ours: Any, theirs: Decimal, within: str = "0.001") -> bool:
    return abs(number(ours) - theirs) <= Decimal(within)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_question_has_an_answer_with_its_columns(asked: Asked, file: Path) -> None:
    rows = asked.rows(int(file.stem[:2]))
    assert rows, "an answer without rows"
    assert list(rows[0]) == COLUMNS[file.stem].split()
    # whom the defaults choose depends on keys that are random, and a person may have nothing to explain
    asked_of_all = [column for column in rows[0] if column != "status_reason" or file.stem.startswith("11-")]
    empty = [column for column in asked_of_all if all(row[column] is None for row in rows)]
    assert empty == [], "columns without any value"


def test_every_question_is_listed_here() -> None:
    assert set(COLUMNS) == {file.stem for file in FILES}


def test_a_person_over_the_months_is_the_true_one(asked: Asked) -> None:
    (first, *_) = (p for p in asked.truth.people if ("2026-09", p, "impressions") in asked.truth.cells)
    rows = asked.rows(2, person=asked.key(first), kpi="impressions")
    assert [row["period"] for row in rows] == asked.truth.months
    known = [row for row in rows if row["value"] is not None]
    assert len(known) >= 12
    assert all(
        is_close(row["value"], asked.truth.cells[row["period"], first, "impressions"].numerator) for row in known
    )
    before, now = known[-2:]
    assert is_close(now["against_month_before"], number(now["value"]) - number(before["value"]))


def test_what_was_measured_of_a_person_is_the_true_one(asked: Asked) -> None:
    (first, *_) = (p for p in asked.truth.people if ("2026-09", p, "impressions") in asked.truth.cells)
    rows = asked.rows(1, person=asked.key(first), period="2026-09")
    checked = 0
    for row in rows:
        cell = asked.truth.cells.get(("2026-09", first, row["kpi_id"]))
        if cell is not None and row["status"] == "ok" and row["numerator"] is not None:
            assert is_close(row["numerator"], cell.numerator), row
            checked += 1
    assert checked >= 5
    assert {row["person_id"] for row in rows} == {asked.key(first)}


def test_the_fall_is_that_of_the_parts(asked: Asked) -> None:
    rows = asked.rows(3, kpi="impressions", period="2026-09")
    person = asked.person_of[rows[0]["person_id"]]
    before = asked.truth.cells["2026-08", person, "impressions"].numerator
    now = asked.truth.cells["2026-09", person, "impressions"].numerator
    assert is_close(sum(number(row["numerator_now"]) for row in rows), now)
    assert is_close(sum(number(row["change_of_numerator"]) for row in rows), now - before)
    falls = [
        asked.truth.cells["2026-09", one, "impressions"].numerator - cell.numerator
        for (month, one, kpi), cell in asked.truth.cells.items()
        if kpi == "impressions" and month == "2026-08" and ("2026-09", one, kpi) in asked.truth.cells and one != NOBODY
    ]
    assert now - before == min(falls)


def test_movers_moved_by_their_own_history(asked: Asked) -> None:
    rows = asked.rows(4, period="2026-09")
    for row in (row for row in rows if row["kpi_id"] == "impressions"):
        person = asked.person_of[row["person_id"]]
        months = [m for m in asked.truth.months if m < "2026-09"][-12:]
        past = [asked.truth.cells[m, person, "impressions"].numerator for m in months]
        assert is_close(row["usual"], sum(past) / len(past), "0.01")
        assert (row["value"] > row["usual"]) == row["is_better"]
    sizes = [abs(row["deviations"]) for row in rows]
    assert sizes == sorted(sizes, reverse=True)


def test_a_year_is_compared_with_the_year_before(asked: Asked) -> None:
    rows = asked.rows(5, kpi="impressions", period="2026-09")
    assert rows
    for row in rows:
        person = asked.person_of[row["person_id"]]
        old, new = (asked.truth.cells[month, person, "impressions"].numerator for month in ("2025-09", "2026-09"))
        assert is_close(row["change"], new - old)
        assert is_close(row["change_share"], (new - old) / old)


@pytest.mark.parametrize("kpi", ["engagement_rate_impressions", "impressions", "first_reply_within_sla"])
def test_teams_make_up_the_company_but_for_nobody(asked: Asked, kpi: str) -> None:
    rows = asked.rows(6, kpi=kpi, period="2026-09")
    nobody = asked.truth.cells.get(("2026-09", NOBODY, kpi))
    top, bottom = asked.company(kpi, "2026-09")
    assert len(rows) == 3
    assert is_close(sum(number(row["numerator"]) for row in rows), top - (nobody.numerator if nobody else 0))
    for row in rows:
        value = number(row["numerator"]) / number(row["denominator"]) if bottom else number(row["numerator"])
        assert is_close(row["team_value"], value)


def test_nobody_is_shown_out_of_a_small_group(asked: Asked) -> None:
    rows = asked.rows(7)
    assert min(row["people"] for row in rows) >= 5
    assert all(row["lower_quartile"] <= row["median"] <= row["upper_quartile"] for row in rows)


@pytest.mark.parametrize("kpi", ["impressions", "engagement_rate_impressions", "site_clicks", "tickets_resolved"])
def test_the_company_is_the_true_one(asked: Asked, kpi: str) -> None:
    wrong_months = {month for month, one, _ in asked.truth.contradicted if one == kpi}
    rows = [row for row in asked.rows(8, kpi=kpi) if row["period"] not in wrong_months]
    assert len(rows) >= 23
    for row in rows:
        top, bottom = asked.company(kpi, row["period"])
        assert is_close(row["numerator"], top), row
        assert is_close(row["denominator"], bottom), row
        assert is_close(row["company_value"], top / bottom if bottom else top), row


def test_work_of_nobody_is_what_the_generator_left_to_nobody(asked: Asked) -> None:
    rows = asked.rows(9, period="2026-09")
    true = {
        kpi
        for (month, person, kpi), cell in asked.truth.cells.items()
        if (month, person) == ("2026-09", NOBODY) and cell.numerator and kpi in KINDS_OF_NOBODY
    }
    assert true
    assert true <= {row["kpi_id"] for row in rows}
    assert all(0 < row["share_of_nobody"] <= 1 for row in rows)


#: KPIs whose records may lead to nobody, each of its records with a numerator.
KINDS_OF_NOBODY = {"tickets_resolved", "site_clicks", "community_sales", "promo_code_uses"}


def test_the_one_move_of_the_demo_is_found(asked: Asked) -> None:
    # the tests' demo company is paid by no scheme before its last month, which is a change of scheme for everybody
    (row,) = [one for one in asked.rows(10) if one["team_before"] != one["team_id"]]
    assert (row["role_before"], row["role"]) == ("content", "growth")
    assert (row["team_before"], row["team_id"]) == ("brand", "dev")


def test_the_gap_is_named_with_those_who_wait(asked: Asked) -> None:
    gaps = {(one.month, one.subject) for one in asked.truth.findings if one.guard == "gap"}
    found = {(f"{row['month']:%Y-%m}", row["subject_id"]) for row in asked.rows(13) if row["guard"] == "gap"}
    assert gaps
    assert gaps == found
    (month, subject) = min(gaps)
    waiting = asked.rows(11, period=month)
    assert any(row["reason_code"] == "gap_days" and subject in row["status_reason"] for row in waiting)
    certified = {row["family"]: row for row in asked.rows(14, period=month)}
    assert certified["x_account"]["withheld"] > 0
    assert certified["tickets"]["withheld"] == 0


def test_shares_over_time_make_one(asked: Asked) -> None:
    rows = asked.rows(12)
    assert [row["period"] for row in rows] == asked.truth.months
    assert all(abs(row["ok_share"] + row["provisional_share"] + row["withheld_share"] - 1) < 0.001 for row in rows)
    shares = {row["period"]: row["withheld_share"] for row in rows}
    broken = {one.month for one in asked.truth.findings if one.guard == "contradiction"}
    assert min(shares[month] for month in broken) > min(shares.values())


def test_followers_taken_out_are_the_retention_of_the_generator(asked: Asked) -> None:
    rows = [row for row in asked.rows(15) if row["not_known"] == 0]
    by_month: dict[str, list[Decimal]] = defaultdict(lambda: [Decimal(0), Decimal(0)])
    for row in rows:
        by_month[row["period"]][0] += row["qualified"]
        by_month[row["period"]][1] += row["new_followers"]
    for period, (kept, counted) in by_month.items():
        top, bottom = asked.company("follower_retention_30d", period)
        assert (kept, counted) == (top, bottom), period
    assert len(by_month) >= 2


def test_reasons_are_those_of_followers_called_spam(asked: Asked) -> None:
    spam = sum(row["spam"] for row in asked.rows(15))
    rows = asked.rows(16)
    assert all(0 < row["followers"] <= spam for row in rows)
    assert all(row["points"] >= row["followers"] for row in rows)


def test_growth_step_by_step_is_the_growth(asked: Asked) -> None:
    rows = asked.rows(17)
    steps: dict[str, int] = defaultdict(int)
    for row in rows:
        assert (row["adds_to_growth"] > 0) == (row["kind"] in {"gained", "vested"})
        assert (row["adds_to_growth"] < 0) == (row["kind"] in {"lost", "turned_spam"})
        steps[row["period"]] += row["adds_to_growth"]
    counted = asked.connection.execute(
        "select strftime(month, '%Y-%m'), sum(numerator) from fct_kpi_components"
        " where kpi_id = 'net_follower_growth' and subject_id = 'x_lab' group by all"
    ).fetchall()
    assert {month: int(total) for month, total in counted if month in steps} == dict(steps)


def test_the_incident_stands_beyond_its_threshold(asked: Asked) -> None:
    for row in asked.rows(18):
        assert row["value"] >= row["threshold"]
        assert row["person_id"] in asked.person_of


def test_inboxes_have_the_true_tickets(asked: Asked) -> None:
    rows = asked.rows(19, period="2026-09")
    top, bottom = asked.company("first_reply_within_sla", "2026-09")
    assert is_close(sum(number(row["in_time"]) for row in rows), top)
    assert is_close(sum(number(row["tickets"]) for row in rows), bottom)
    assert {row["inbox"] for row in rows} >= {"inbox_community", "inbox_shop"}
    assert all(row["median_minutes"] <= row["p90_minutes"] for row in rows)


def test_channels_have_the_true_money(asked: Asked) -> None:
    rows = asked.rows(20)
    months = asked.truth.months[-12:]
    spend = sum(asked.company("return_on_ad_spend", month)[1] for month in months)
    revenue = sum(asked.company("return_on_ad_spend", month)[0] for month in months)
    assert is_close(sum(number(row["spend"]) for row in rows), spend)
    assert is_close(sum(number(row["revenue"]) for row in rows), revenue)
    for row in rows:
        assert abs(row["marketing_roi"] - (row["return_on_ad_spend"] - 1)) < 0.002


def test_links_have_the_true_visits_and_leads(asked: Asked) -> None:
    rows = asked.rows(21, period="2026-09")
    assert is_close(sum(number(row["visits"]) for row in rows), asked.company("site_clicks", "2026-09")[0])
    leads = len(asked.truth.company_distinct["2026-09", "leads_submitted"])
    assert max(row["leads"] or 0 for row in rows) <= leads <= sum(row["leads"] or 0 for row in rows)


def test_groups_have_the_true_members(asked: Asked) -> None:
    rows = asked.rows(22, period="2026-09")
    for column, kpi in (("members_at_the_end", "members_closing"), ("joined", "members_joined")):
        assert is_close(sum(number(row[column]) for row in rows), asked.company(kpi, "2026-09")[0])


def test_sales_are_the_true_ones(asked: Asked) -> None:
    rows = asked.rows(23)
    months = asked.truth.months[-3:]
    assert sorted({row["period"] for row in rows}) == months
    true = sum(asked.company("community_sales", month)[0] for month in months)
    assert is_close(sum(number(row["sales"]) for row in rows), true)


def test_a_quarter_is_made_of_sums(asked: Asked) -> None:
    for row in asked.rows(24):
        year, quarter = re.fullmatch(r"(\d{4})-Q(\d)", row["period"]).groups()  # type: ignore[union-attr]  # it matches
        months = [f"{year}-{month:02}" for month in range(int(quarter) * 3 - 2, int(quarter) * 3 + 1)]
        person = asked.person_of[row["person_id"]]
        cells = [asked.truth.cells.get((month, person, row["kpi_id"])) for month in months]
        top = sum((cell.numerator for cell in cells if cell), Decimal(0))
        bottom = sum((cell.denominator or Decimal(0) for cell in cells if cell), Decimal(0))
        assert is_close(row["quarter_value"], top / bottom, "0.000001")


def test_a_word_finds_kpis_in_both_languages(asked: Asked) -> None:
    assert "leads_submitted" in {row["kpi_id"] for row in asked.rows(25, word="线索")}
    assert {row["kpi_id"] for row in asked.rows(25, word="lead")} >= {"leads_submitted", "cost_per_lead"}


def test_every_table_and_column_is_commented_in_the_file(asked: Asked) -> None:
    rows = asked.rows(26)
    silent = [f"{row['table_name']}.{row['column_name']}" for row in rows if not row["column_comment"]]
    assert silent == []
    assert all(row["table_comment"].startswith("One row per") for row in rows)


def test_the_published_interval_is_that_of_the_card(asked: Asked, demo_home: Path) -> None:
    """The marts compute it in SQL, the cards in decimals; of people with one segment both are of the same reading."""
    published = {
        (asked.person_of[person], kpi): (low, high)
        for person, kpi, low, high in asked.connection.execute(
            "select person_id, kpi_id, value_low, value_high from fct_person_kpi where period = '2026-10'"
        ).fetchall()
    }
    cards = read_bundle(next((demo_home / "scorecards" / "2026-10").iterdir()))["traces"]
    shown = {
        (card["person_id"], line["kpi_id"]): tuple(map(Decimal, line["size"]["interval"]))
        for card in cards
        if len(card["segments"]) == 1
        for line in card["segments"][0]["lines"]
        if (line.get("size") or {}).get("interval")
    }
    assert len(shown) >= 5
    for key, ends in shown.items():
        assert all(is_close(*pair, "0.000000001") for pair in zip(published[key], ends, strict=True)), key


def test_a_figure_of_few_records_is_open(asked: Asked) -> None:
    rows = asked.rows(27, period="2026-09")
    assert all(row["value_low"] <= row["value"] <= row["value_high"] for row in rows)
    assert {row["is_below_minimum"] for row in rows} == {True, False}
    shares = [row for row in rows if row["kpi_id"] == "first_reply_within_sla" and row["value"] == Decimal("0.5")]
    narrow = sorted(shares, key=lambda row: row["denominator"])
    sizes = [row["part_of_the_scale"] for row in narrow]
    assert sizes == sorted(sizes, reverse=True), "more records leave less to chance"


#: Columns that hold one of a few codes: each code that occurs is named in the column's comment.
CODES = {
    "period_type",
    "status",
    "severity",
    "guard",
    "subject_type",
    "credit_kind",
    "kind",
    "verdict",
    "burst_rule",
    "rule_id",
    "unit",
    "direction",
    "nature",
    "horizon",
    "interval",
}


def test_every_code_is_explained_by_the_comment_of_its_column(asked: Asked) -> None:
    columns = [
        (row["table_name"], row["column_name"], row["column_comment"])
        for row in asked.rows(26)
        if row["column_name"] in CODES
    ]
    assert {column for _, column, _ in columns} == CODES
    unexplained = [
        f"{table}.{column}: {code}"
        for table, column, comment in columns
        for (code,) in asked.connection.execute(f'select distinct "{column}" from {table} order by 1').fetchall()
        if code and not re.search(rf"\b{re.escape(code)}\b", comment)
    ]
    assert unexplained == []


def test_every_key_leads_to_its_dimension(asked: Asked) -> None:
    """The arrows of docs/warehouse.md: whoever joins by them loses no row."""
    for table in ("fct_person_kpi", "fct_kpi_components", "fct_kpi_values", "data_quality_certificate"):
        lost = f"select count(*) from {table} anti join kpi_catalogue using (kpi_id)"
        assert asked.connection.execute(lost).fetchone() == (0,)
    for table in (
        "fct_person_kpi",
        "fct_kpi_components",
        "fct_kpi_values",
        "person_kpis_monthly",
        "fct_gaming_incidents",
    ):
        lost = f"select distinct person_id from {table} anti join dim_person using (person_id)"
        assert asked.connection.execute(lost).fetchall() in ([], [(NOBODY,)])
    for table in ("fct_kpi_components", "fct_kpi_values"):
        lost = f"select distinct person_id from {table} anti join dim_person_segment using (person_id, segment_id)"
        assert asked.connection.execute(lost).fetchall() == [(NOBODY,)]
