"""Three months of the small company from draft to a second revision: nothing sealed ever moves, nothing is lost.

One story in one folder, told by the fixture; each test looks at one part of it. 2026-08 and 2026-10 are sealed, 2026-09
stays open; then a later export of the shop refunds a part of one order of October.
"""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import comparing
import pytest
from running import MONTHS, Scorecards, copy_home

from pipelines.company.keys import Pseudonymiser

ORDER, SELLER, REFUND = "#1438", "P006", Decimal("400.00")
OCTOBER = "fct_person_kpi where period = '2026-10'"

Run = CompletedProcess[str]
Hashes = dict[str, str]


@dataclass
class Story:
    """What each step of the story left behind."""

    home: Path
    runs: dict[str, Run] = field(default_factory=dict)
    files: dict[str, Hashes] = field(default_factory=dict)
    published: dict[str, Hashes] = field(default_factory=dict)
    values: dict[str, list[Any]] = field(default_factory=dict)
    diff: dict[str, Any] = field(default_factory=dict)
    draft: dict[str, Any] = field(default_factory=dict)
    first: dict[str, Any] = field(default_factory=dict)

    def keep(self, step: str) -> None:
        """Remember what lies in the folder after a step."""
        for period in MONTHS:
            for path in sorted((self.home / "scorecards" / period).glob("*")):
                self.files[f"{step} {period} {path.name}"] = comparing.folder(path)
        self.files[f"{step} seals"] = comparing.folder(self.home / "seals")
        self.published[step] = comparing.digests(self.home)
        self.values[step] = comparing.query(self.home, f"select * from {OCTOBER} order by all")


def deliver_refund(home: Path) -> None:
    """A later export of the shop in which one order is partly refunded."""
    rows = list(
        csv.reader(
            io.StringIO((home / "exports/shopify/shop_cn/2026-11-09/orders_export.csv").read_text(encoding="utf-8"))
        )
    )
    refunded = [row for row in rows if row[rows[0].index("Name")] == ORDER and row[rows[0].index("Total")]]
    assert len(refunded) == 1
    refunded[0][rows[0].index("Refunded Amount")] = str(REFUND)
    refunded[0][rows[0].index("Financial Status")] = "partially_refunded"
    target = io.StringIO()
    csv.writer(target, lineterminator="\n").writerows(rows)
    path = home / "exports/shopify/shop_cn/2026-11-20/orders_export.csv"
    path.parent.mkdir()
    path.write_text(target.getvalue(), encoding="utf-8")


def bundle(folder: Path) -> dict[str, Any]:
    """The traces of an edition."""
    found: dict[str, Any] = json.loads((folder / "traces.json").read_text(encoding="utf-8"))
    return found


def without_lists(folder: Path) -> dict[str, Any]:
    """An edition without its lists, which look at earlier periods: cards, scores file, traces, head of the manifest."""
    files = {name: digest for name, digest in comparing.folder(folder).items() if "_list_" not in name}
    own = {name: files[name] for name in files if "_lists_" not in name and not name.endswith(".json")}
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    return {
        "files": own,
        "traces": {name: part for name, part in bundle(folder).items() if name not in ("lists", "list_people")},
        "manifest": {name: part for name, part in manifest.items() if name != "files"},
    }


@pytest.fixture(scope="module")
def story(three_months_home: Path, tmp_path_factory: pytest.TempPathFactory, scorecards: Scorecards) -> Story:
    home = copy_home(three_months_home, tmp_path_factory.mktemp("story"))
    told = Story(home)
    told.keep("first")
    told.first = without_lists(home / "scorecards/2026-10/draft")
    told.runs["seal"] = scorecards(home, "seal", "2026-10", "--by", "P001")
    scorecards(home, "seal", "2026-08", "--by", "P001")
    told.keep("sealed")
    shutil.rmtree(home / "scorecards")
    deliver_refund(home)
    told.runs["nothing landed"] = scorecards(home, "status")
    told.runs["other month"] = scorecards(home, "run", "2026-08")
    told.keep("other month")
    told.runs["status"] = scorecards(home, "status")
    told.runs["same month"] = scorecards(home, "run", "2026-10")
    told.keep("same month")
    draft = home / "scorecards/2026-10/draft"
    told.diff = json.loads((draft / "diff_vs_r1.json").read_text(encoding="utf-8"))
    told.draft = bundle(draft)
    scorecards(home, "seal", "2026-10", "--by", "P001")
    told.keep("sealed again")
    told.runs["verify"] = scorecards(home, "verify", "2026-10", check=False)
    return told


def test_rebuilt_from_nothing_every_card_is_the_same(story: Story, lean_home: Path) -> None:
    """Also beside other months: what else a run builds is nowhere on a card, nor in its manifest; in lists alone."""
    alone = lean_home / "scorecards/2026-10/draft"
    assert story.first["files"] and story.first == without_lists(alone)
    assert set(story.files["first 2026-10 draft"]) == set(comparing.folder(alone))


def test_rebuilt_from_nothing_the_month_is_published_the_same(story: Story, lean_home: Path) -> None:
    theirs = comparing.digests(lean_home)
    of_month = {name: digest for name, digest in theirs.items() if name.endswith("/2026-10.parquet")}
    assert of_month
    assert {name: story.published["first"].get(name) for name in of_month} == of_month
    assert story.values["first"] == comparing.query(lean_home, f"select * from {OCTOBER} order by all")


def test_sealing_makes_a_payroll_and_ends_the_draft(story: Story) -> None:
    assert "sealed: " in story.runs["seal"].stdout
    assert "sealed 2026-10 draft" not in story.files
    names = set(story.files["sealed 2026-10 r1"])
    assert {"manifest.json", "2026-10_payroll_r1.csv", "2026-10_scores_r1.csv"} <= names
    assert "2026-10_P006_scorecard_zh_r1.html" in names
    drafted = set(story.files["first 2026-10 draft"])
    assert not any("payroll" in name for name in drafted)


def test_a_late_export_is_due_only_once_it_has_landed(story: Story) -> None:
    """`status` tells what has landed; looking into exports/ is the run's part."""
    assert "restatement" not in story.runs["nothing landed"].stdout


def test_a_run_of_another_month_refreshes_the_open_one(story: Story) -> None:
    assert "months to build: 2026-08, 2026-09" in story.runs["other month"].stderr
    assert "2026-09: stale" not in story.runs["status"].stdout


def test_a_sealed_month_is_shown_as_due_and_not_rebuilt(story: Story) -> None:
    said = story.runs["status"].stdout
    assert "2026-10: restatement due, its inputs changed after r1 was sealed" in said
    assert story.values["other month"] == story.values["first"]
    of_month = [name for name in story.published["first"] if name.endswith("/2026-10.parquet")]
    assert [name for name in of_month if story.published["other month"][name] != story.published["first"][name]] == []


def test_a_sealed_month_run_again_is_left_alone_or_restored(story: Story) -> None:
    """2026-08 is built anew from more files with the same results; its deleted cards come back byte for byte."""
    assert story.files["other month 2026-08 r1"] == story.files["sealed 2026-08 r1"]
    assert "other month 2026-08 draft" not in story.files
    assert "were missing and are back, byte for byte" in story.runs["other month"].stdout
    assert story.files["other month seals"] == story.files["sealed seals"]


def test_the_first_revision_never_changes(story: Story) -> None:
    for step in ("same month", "sealed again"):
        assert story.files[f"{step} 2026-10 r1"] == story.files["sealed 2026-10 r1"]
    ours, first = story.files["sealed again seals"], story.files["sealed seals"]
    assert {name: ours[name] for name in first} == first


def test_a_changed_result_is_a_draft_with_its_differences(story: Story) -> None:
    said = story.runs["same month"].stdout
    assert "The results of 2026-10 differ from the sealed revision r1 for" in said
    assert "r1 stays as it is" in said
    (change,) = [
        row
        for row in story.diff["differences"]
        if (row["person_id"], row["kpi_id"], row["field"]) == (SELLER, "conversion_revenue", "value")
    ]
    assert Decimal(change["difference"]) == -REFUND


def test_the_money_of_the_differences_is_exact(story: Story) -> None:
    sealed = bundle(story.home / "seals/2026-10/r1")
    before = {trace["person_id"]: Decimal(trace["bonus"]["payable"]) for trace in sealed["traces"]}
    after = {trace["person_id"]: Decimal(trace["bonus"]["payable"]) for trace in story.draft["traces"]}
    change = {person: after[person] - before[person] for person in before if after[person] != before[person]}
    told = {
        row["person_id"]: Decimal(row["difference"])
        for row in story.diff["differences"]
        if row["field"] == "bonus payable"
    }
    assert told == change
    assert told[SELLER] < 0
    assert Decimal(story.diff["payable_change"]) == sum(change.values())


def test_only_what_was_refunded_changes(story: Story) -> None:
    kpis = {row["kpi_id"] for row in story.diff["differences"] if row["kpi_id"]}
    assert kpis == {"conversion_revenue"}


def test_the_second_revision_names_the_first(story: Story) -> None:
    manifest = json.loads((story.home / "scorecards/2026-10/r2/manifest.json").read_text(encoding="utf-8"))
    first = story.files["sealed 2026-10 r1"]["manifest.json"]
    assert manifest["previous"] == {"revision": 1, "manifest_sha256": first}
    assert "exports/shopify/shop_cn/2026-11-20/orders_export.csv" in manifest["inputs"]


def test_verify_recomputes_and_finds_both_sound(story: Story) -> None:
    done = story.runs["verify"]
    assert done.returncode == 0, done.stdout + done.stderr
    lines = done.stdout.splitlines()
    for revision in ("r1", "r2"):
        assert any(line.startswith(f"ok      {revision}: chain of revisions holds") for line in lines)
        assert any(
            re.fullmatch(rf"ok      {revision}: \d+ files have the bytes that were sealed", line) for line in lines
        )
    assert "ok      r2: recomputed from the archived inputs: the same results to the cent" in lines


def test_explain_leads_to_file_and_row(story: Story, scorecards: Scorecards) -> None:
    said = scorecards(story.home, "explain", SELLER, "2026-10", "conversion_revenue", "--lang", "en").stdout
    assert "orders_export.csv" in said
    assert "row " in said


def test_a_changed_card_is_named(story: Story, scorecards: Scorecards) -> None:
    """Runs last: it spoils the folder. Without one input the slow recomputation is left out, and says so."""
    home = story.home
    manifest = json.loads((home / "scorecards/2026-10/r2/manifest.json").read_text(encoding="utf-8"))
    digest = manifest["inputs"]["exports/shopify/shop_cn/2026-11-20/orders_export.csv"]
    (home / "archive" / digest[:2] / digest).unlink()
    card = home / "scorecards/2026-10/r1/2026-10_P006_scorecard_zh_r1.html"
    card.chmod(0o644)
    card.write_bytes(card.read_bytes() + b" ")
    done = scorecards(home, "verify", "2026-10", check=False)
    assert done.returncode == 3
    problems = [line for line in done.stdout.splitlines() if line.startswith("PROBLEM")]
    assert len(problems) == 1
    assert "r1: 2026-10_P006_scorecard_zh_r1.html has other bytes than recorded" in problems[0]
    assert "not recomputed: records purged, 1 of" in done.stdout


def test_the_person_key_is_the_same_all_along(story: Story, lean_home: Path) -> None:
    ours, theirs = Pseudonymiser.from_home(story.home), Pseudonymiser.from_home(lean_home)
    assert ours.person(SELLER) == theirs.person(SELLER)
