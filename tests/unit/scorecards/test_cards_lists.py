"""The lists beside the cards: files that the manifest and the seal cover, the same bytes each time, safe to open."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import test_cards_shares as shares
from cards_sample import HOSTILE, PERIOD, Case
from lists_sample import build, rows

from pipelines.periods import Month, parse_period
from pipelines.scorecards import Built, IntegrityError, seal
from pipelines.scorecards.list_facts import since_seals
from pipelines.scorecards.lists import SHOWN_ROWS, list_files
from pipelines.scorecards.sealing import check_draft
from pipelines.scorecards.view import Edition


def lists(folder: Path) -> dict[str, bytes]:
    return {
        path.name: path.read_bytes()
        for path in sorted(folder.iterdir())
        if "_list_" in path.name or "_lists_" in path.name
    }


def test_a_draft_has_its_lists_in_the_manifest_and_in_both_languages(
    tmp_path: Path, case: Case, kpi_catalogue: dict[str, dict[str, str]]
) -> None:
    built = build(tmp_path, case, kpi_catalogue)
    found = lists(built.path)
    assert {name for name in found if name.endswith(".html")} == {
        "2026-10_lists_zh_draft.html",
        "2026-10_lists_en_draft.html",
    }
    assert {f"2026-10_list_{name}_draft.csv" for name in built.lists} == {
        name for name in found if name.endswith(".csv")
    }
    assert {"payout_register", "withheld_lines", "support_candidates", "target_coverage"} <= set(built.lists)
    assert check_draft(built.path)["files"].keys() >= found.keys()
    assert built.missing_periods == ("2026-09",)
    (built.path / "2026-10_list_payout_register_draft.csv").write_bytes(b"")
    with pytest.raises(IntegrityError, match=r"payout_register_draft\.csv has other bytes"):
        check_draft(built.path)


def test_the_lists_are_the_same_bytes_each_time_and_in_any_order(
    tmp_path: Path, case: Case, kpi_catalogue: dict[str, dict[str, str]]
) -> None:
    first = lists(build(tmp_path / "a", case, kpi_catalogue).path)
    again = Case()
    again.scored.people.reverse()
    assert lists(build(tmp_path / "b", again, kpi_catalogue).path) == first


def test_a_seal_covers_the_lists_and_gives_them_back(
    tmp_path: Path, case: Case, kpi_catalogue: dict[str, dict[str, str]]
) -> None:
    build(tmp_path, case, kpi_catalogue)
    sealed = seal(tmp_path, case.company, PERIOD, "E009")
    found = lists(sealed)
    assert found and all("_r1." in name for name in found)
    assert {row["revision"] for row in rows(sealed, "payout_register", "r1")} == {"r1"}
    for path in sealed.iterdir():
        path.unlink()
    sealed.rmdir()
    kept = build(tmp_path, case, kpi_catalogue)
    assert (kept.state, lists(kept.path)) == ("sealed", found)


def test_a_later_seal_of_an_earlier_month_never_alters_a_sealed_list(
    tmp_path: Path, case: Case, kpi_catalogue: dict[str, dict[str, str]]
) -> None:
    build(tmp_path, case, kpi_catalogue)
    before = lists(seal(tmp_path, case.company, PERIOD, "E009"))
    build(tmp_path, case, kpi_catalogue, "2026-09")
    assert lists(build(tmp_path, case, kpi_catalogue).path) == before


@pytest.mark.req("001-I3")
def test_earlier_months_come_from_the_seal_else_the_draft_and_the_list_says_which(
    tmp_path: Path, case: Case, kpi_catalogue: dict[str, dict[str, str]]
) -> None:
    def told(built: Built) -> str:
        return (built.path / "2026-10_lists_en_draft.html").read_text(encoding="utf-8")

    assert "2026-09 has neither a sealed revision nor a draft" in told(build(tmp_path, case, kpi_catalogue))
    earlier = build(tmp_path, case, kpi_catalogue, "2026-09")
    now = build(tmp_path, case, kpi_catalogue)
    assert now.missing_periods == () and "2026-09 is not sealed; it is taken from its draft" in told(now)
    assert {row["score_change"] for row in rows(now.path, "interview_sheet") if row["score"]} == {"0"}
    bundle = earlier.path / "traces.json"
    sound = bundle.read_bytes()
    bundle.write_bytes(sound.replace(b'"printed_score": "', b'"printed_score": "1', 1))
    assert build(tmp_path, case, kpi_catalogue).missing_periods == ("2026-09",), "a draft that was changed is none"
    bundle.write_bytes(sound)
    seal(tmp_path, case.company, "2026-09", "E009")
    assert "2026-09 is taken from its sealed revision r1" in told(build(tmp_path, case, kpi_catalogue))


@pytest.mark.req("001-R2")
def test_a_quarter_compares_its_sealed_months_alone_with_the_data_of_now(
    tmp_path: Path, case: Case, kpi_catalogue: dict[str, dict[str, str]]
) -> None:
    """July is sealed and its data moved since, August is a draft, September was never run."""
    build(tmp_path, case, kpi_catalogue, "2026-07")
    sealed = seal(tmp_path, case.company, "2026-07", "E009")
    build(tmp_path, case, kpi_catalogue, "2026-08")
    traces = json.loads((sealed / "traces.json").read_text(encoding="utf-8"))["traces"]
    asked: list[str] = []

    def moved(month: Month) -> list[dict[str, Any]]:
        asked.append(str(month))
        return [trace | {"bonus": trace["bonus"] | {"payable": "1.00"}} for trace in traces]

    quarter = parse_period("2026-Q3")
    found = since_seals(tmp_path, quarter, moved)
    assert asked == ["2026-07"] and set(found) == {Month(2026, 7)}
    (compared,) = found.values()
    assert compared.edition == "r1" and {row["payable"] for row in compared.rows} == {Decimal(1)}
    assert since_seals(tmp_path, quarter, lambda month: traces)[Month(2026, 7)].rows == ()
    assert since_seals(tmp_path, parse_period("2026-07"), moved) == {}


def test_names_are_guarded_in_the_files_and_escaped_on_the_page(
    tmp_path: Path, case: Case, kpi_catalogue: dict[str, dict[str, str]]
) -> None:
    built = build(tmp_path, case, kpi_catalogue)
    register = {row["person_id"]: row for row in rows(built.path, "payout_register")}
    assert register["E003"]["name"] == "'" + HOSTILE["E003"][0]
    assert register["E006"]["name_en"] == "'" + HOSTILE["E006"][1]
    assert register[""]["category"] == "total"
    for lang in ("zh", "en"):
        page = (built.path / f"2026-10_lists_{lang}_draft.html").read_text(encoding="utf-8")
        assert (
            "<script" not in page
            and "src=" not in page
            and "http" not in page.replace("http-equiv", "").replace("http://evil.example", "")
        )
        assert "default-src &#39;none&#39;" in page or "default-src 'none'" in page


@pytest.mark.req("000-P2")
def test_a_withheld_line_is_told_with_its_reason_in_both_languages(
    tmp_path: Path, case: Case, kpi_catalogue: dict[str, dict[str, str]]
) -> None:
    built = build(tmp_path, case, kpi_catalogue)
    found = rows(built.path, "withheld_lines")
    assert {(row["person_id"], row["kpi_id"]) for row in found} >= {("E002", "resolution_minutes_p50")}
    assert len(found) == built.withheld_lines and {row["reason_code"] for row in found} == {"no_data"}
    page = (built.path / "2026-10_lists_zh_draft.html").read_text(encoding="utf-8")
    assert "暂缓指标清单" in page and "no_data" not in page


def test_the_register_agrees_with_the_payroll(
    tmp_path: Path, case: Case, kpi_catalogue: dict[str, dict[str, str]]
) -> None:
    build(tmp_path, case, kpi_catalogue)
    sealed = seal(tmp_path, case.company, PERIOD, "E009")
    data = (sealed / "2026-10_payroll_r1.csv").read_bytes().decode("utf-8-sig")
    payroll = {row["person_id"]: row["amount_payable"] for row in csv.DictReader(io.StringIO(data, newline=""))}
    register = rows(sealed, "payout_register", "r1")
    assert {row["person_id"]: row["payable"] for row in register if row["person_id"]} == payroll
    pools = {row["category"]: row for row in rows(sealed, "pool_reconciliation", "r1")}
    assert {row["difference"] for row in pools.values()} == {"0.00"} and {"pool", "total"} <= set(pools)


def test_a_long_list_is_cut_on_the_page_and_whole_in_its_file(bundle: dict[str, Any]) -> None:
    report = {
        "report_id": "behaviour_gaps",
        "req": "001-I4",
        "columns": ["person_id", "kpi_score"],
        "labels": {},
        "params": {"floor": "60", "components": "behaviour"},
        "remarks": [],
        "rows": [{"person_id": f"E{index:04d}", "kpi_score": "1"} for index in range(SHOWN_ROWS + 7)],
    }
    files = list_files({**bundle, "lists": [report]}, Edition())
    page = files["2026-10_lists_en_draft.html"].decode()
    assert page.count("<td") == 2 * SHOWN_ROWS and "The first 200 of 207 rows" in page
    assert files["2026-10_list_behaviour_gaps_draft.csv"].count(b"\r\n") == SHOWN_ROWS + 8


def test_a_revision_of_before_there_were_lists_has_none(bundle: dict[str, Any]) -> None:
    assert "lists" not in bundle and list_files(bundle, Edition(1)) == {}


def test_a_judge_without_a_card_is_named(bundle: dict[str, Any]) -> None:
    report = {
        "report_id": "rater_leniency",
        "req": "001-W5",
        "columns": ["form", "rater", "ratings"],
        "labels": {},
        "params": {"k": "10"},
        "remarks": [],
        "rows": [{"form": "ratings_manager", "rater": "E009", "ratings": "3"}],
    }
    named = {**bundle, "lists": [report], "list_people": {"E009": {"name": "周主管", "name_en": "Zhou"}}}
    files = list_files(named, Edition())
    assert (
        b"ratings_manager,E009,\xe5\x91\xa8\xe4\xb8\xbb\xe7\xae\xa1,Zhou,3,draft"
        in files["2026-10_list_rater_leniency_draft.csv"]
    )
    assert "Zhou (E009)" in files["2026-10_lists_en_draft.html"].decode()
    assert json.dumps(named["lists"])


@pytest.mark.req("004-I1", "000-I1")
@pytest.mark.parametrize("period", ["2026-Q4", "2026"])
def test_pay_with_team_shares_is_reconciled(
    tmp_path: Path, period: str, kpi_catalogue: dict[str, dict[str, str]]
) -> None:
    result = shares.scored(period, shares.FINANCE if period == "2026" else ())
    built = build(tmp_path, shares.case(result), kpi_catalogue, period)
    found = rows(built.path, "pool_reconciliation")
    assert {row["category"] for row in found} == {"team_share", "own_pay", "total"}
    assert {row["difference"] for row in found} == {"0.00"}
    assert any(Decimal(row["amount"]) > 0 for row in found if row["category"] == "team_share")
    total = rows(built.path, "payout_register")[-1]
    assert Decimal(total["of_it_team_shares"]) > 0 and total["difference"] == "0.00"
