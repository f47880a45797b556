"""The data-quality certificate: page and file in the manifest, a note on the card, nothing that was not measured."""

from __future__ import annotations

import csv
import io
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from cards_sample import PERIOD, Case

from pipelines.scorecards import IntegrityError, build_draft, seal
from pipelines.scorecards.certificate import certificate_files, certificate_part
from pipelines.scorecards.certified import certificate_note
from pipelines.scorecards.sealing import check_draft
from pipelines.scorecards.view import Edition, card_view
from pipelines.scorecards.words import Words

D = Decimal
Catalogue = dict[str, dict[str, str]]
SOUND: dict[str, Any] = {
    "period_type": "month",
    "period": PERIOD,
    "family": "x_posts",
    "kpi_id": "original_content_share",
    "quality": D("1.000000"),
    "n_expected": 34,
    "n_sound": 34,
    "status": "ok",
    "reason": "",
    "quality_bar": D("0.950000"),
    "n_delivered": 34,
    "completeness": D("1.000000"),
    "n_rows_delivered": 80,
    "n_rows_valid": 78,
    "valid_share": D("0.975000"),
    "n_compared": 0,
    "n_agreeing": 0,
    "reconciled_share": None,
    "n_plausible": 34,
    "plausible_share": D("1.000000"),
    "n_labels_judged": 0,
    "n_labels_right": 0,
    "label_accuracy": None,
    "label_accuracy_low": None,
    "label_accuracy_high": None,
    "n_named": 40,
    "n_known": 30,
    "identity_coverage": D("0.750000"),
}
AUDITED = {
    "kpi_id": "engagement_rate_original",
    "quality": D("0.720000"),
    "n_sound": 24,
    "status": "withheld",
    "reason": "wrong labels",
    "n_labels_judged": 100,
    "n_labels_right": 72,
    "label_accuracy": D("0.720000"),
    "label_accuracy_low": D("0.625120"),
    "label_accuracy_high": D("0.798603"),
}
WRONG = '{"family":"x_posts","floor":"95.0","high":"79.9","low":"62.5","share":"72.0","total":100}'


def finding(**changed: Any) -> dict[str, Any]:
    return {
        "month": date(2026, 10, 1),
        "family": "x_posts",
        "subject_type": "family",
        "subject_id": "x_posts",
        "guard": "labels",
        "severity": "withhold",
        "kpi_scope": "engagement_rate_original",
        "reason_code": "labels_below_bar",
        "reason_params": WRONG,
        "message": "wrong labels",
        **changed,
    }


def part(
    catalogue: Catalogue,
    rows: tuple[dict[str, Any], ...] = (SOUND, {**SOUND, **AUDITED}),
    findings: tuple[dict[str, Any], ...] = (finding(),),
    open_places: tuple[dict[str, str], ...] = (),
) -> dict[str, Any]:
    masked = {"spec_id": "shopify_orders", "keyed": ["email"], "features": [], "filled": [], "dropped": ["Phone"]}
    return certificate_part(rows, findings, catalogue, {"sources": [masked], "open_places": list(open_places)})


def files(bundle: dict[str, Any], certificate: dict[str, Any]) -> dict[str, str]:
    made = certificate_files({**bundle, **certificate}, Edition())
    return {name: data.decode("utf-8-sig") for name, data in made.items()}


@pytest.mark.req("003-D1", "003-D2", "003-D3", "003-D4")
def test_the_page_states_each_validation_and_says_nothing_of_what_was_not_looked_at(
    bundle: dict[str, Any], kpi_catalogue: Catalogue
) -> None:
    made = files(bundle, part(kpi_catalogue))
    english, chinese = made["2026-10_certificate_en_draft.html"], made["2026-10_certificate_zh_draft.html"]
    for words in ("97.5 %", "78 / 80", "72.0 %", "62.5 % to 79.9 %", "75.0 %", "30 / 40", "withheld", "95.0 %"):
        assert words in english, words
    assert "People judged 100 of the labels behind this KPI (X posts): 72.0 % are right" in english
    assert "人工复核了本指标所依据的 100 个标签（X 帖子数据）：正确率 72.0 %" in chinese
    assert "数据质量证书" in chinese
    # the sound row's labels were never judged, and nothing was compared: no 100 %, and no 0 %
    sound = english.partition("<td>Share of original content</td>")[2].partition("</tr>")[0]
    cells = [one.partition("</td>")[0] for one in sound.split('<td class="n">')[1:]]
    assert cells[2] == cells[4] == "–"
    assert "<script" not in english
    assert "http" not in english.replace("http-equiv", "")


def test_the_file_has_every_figure_and_no_cell_for_what_was_not_measured(
    bundle: dict[str, Any], kpi_catalogue: Catalogue
) -> None:
    text = files(bundle, part(kpi_catalogue))["2026-10_certificate_draft.csv"]
    first, second = csv.DictReader(io.StringIO(text, newline=""))
    assert (first["kpi_id"], first["label_accuracy"], first["n_labels_judged"]) == (
        "engagement_rate_original",
        "0.72",
        "100",
    )
    assert (second["kpi_id"], second["label_accuracy"], second["reconciled_share"]) == (
        "original_content_share",
        "",
        "",
    )
    assert second["revision"] == "draft"


def test_the_order_of_rows_and_findings_changes_no_byte(bundle: dict[str, Any], kpi_catalogue: Catalogue) -> None:
    rows = (SOUND, {**SOUND, **AUDITED})
    told = (finding(), finding(reason_code="labels_uncertain", severity="provisional"))
    there = files(bundle, part(kpi_catalogue, rows, told))
    assert files(bundle, part(kpi_catalogue, rows[::-1], told[::-1])) == there


@pytest.mark.req("003-D5", "003-G5")
def test_the_declaration_names_masked_columns_and_every_place_that_is_open(
    bundle: dict[str, Any], kpi_catalogue: Catalogue
) -> None:
    sound = files(bundle, part(kpi_catalogue))["2026-10_certificate_en_draft.html"]
    assert "shopify_orders" in sound
    assert "email" in sound
    assert "Checked: only their owner may enter" in sound
    assert "does not encrypt files: keep the company folder on an encrypted disk" in sound
    leaking = part(kpi_catalogue, open_places=({"place": "archive", "mode": "0755"},))
    page = files(bundle, leaking)["2026-10_certificate_en_draft.html"]
    assert "archive is open to others (mode 0755); take their rights away: chmod go= archive" in page
    assert "Checked: only" not in page


def test_findings_about_people_are_counted_and_not_named(bundle: dict[str, Any], kpi_catalogue: Catalogue) -> None:
    own = finding(subject_type="person", subject_id="p_secret", reason_code="amount_missing", reason_params='{"n":3}')
    page = files(bundle, part(kpi_catalogue, findings=(own,)))["2026-10_certificate_en_draft.html"]
    assert "p_secret" not in page
    assert "which stand on their cards: 1 (withholds)." in page


@pytest.mark.req("003-D6")
def test_a_seal_covers_the_certificate(tmp_path: Path, case: Case, kpi_catalogue: Catalogue) -> None:
    made = part(kpi_catalogue)
    built = build_draft(tmp_path, *case.arguments(), catalogue=kpi_catalogue, certificate=made)
    page = built.path / "2026-10_certificate_en_draft.html"
    assert page.name in check_draft(built.path)["files"]
    sealed = seal(tmp_path, case.company, PERIOD, "E009")
    assert (sealed / "2026-10_certificate_r1.csv").is_file()
    assert "Sealed" in (sealed / "2026-10_certificate_en_r1.html").read_text(encoding="utf-8")
    (sealed / "2026-10_certificate_r1.csv").write_bytes(b"")
    with pytest.raises(IntegrityError, match=r"certificate_r1\.csv has other bytes"):
        check_draft(sealed)


def test_a_bundle_of_before_there_was_a_certificate_has_none(bundle: dict[str, Any]) -> None:
    assert certificate_files(bundle, Edition()) == {}
    assert certificate_note(Words(bundle, bundle["traces"][0], "en"), {"impressions"}) is None


@pytest.mark.req("003-D4")
def test_the_card_says_what_the_certificate_says_of_its_kpis(bundle: dict[str, Any], kpi_catalogue: Catalogue) -> None:
    whole = {**bundle, **part(kpi_catalogue)}
    words = Words(whole, whole["traces"][0], "en")
    assert certificate_note(words, {"original_content_share"}) == (
        "The data of all 1 KPIs of this card are sound (bar 95.0 %)."
    )
    assert certificate_note(words, {"original_content_share", "engagement_rate_original"}) == (
        "Of the 2 KPIs of this card, 1 rest on data that are not sound throughout (bar 95.0 %): Engagement rate of "
        "original content 72.0 % (withheld). What concerns others alone does not touch this card."
    )
    assert certificate_note(words, {"collaboration_360"}) == "The KPIs of this card have no source that is validated."
    first = next(trace for trace in whole["traces"] if trace["person_id"] == "E001")
    card = card_view(whole, first, Edition(), "zh")
    assert card["quality"][-1]["about"] == "数据质量证书"
    assert "质量线 95.0 %" in card["quality"][-1]["said"]
