"""Drafts and seals: who may approve, what is refused, what never changes again."""

from __future__ import annotations

import csv
import io
import json
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from cards_sample import PERIOD, Case, content, reading, result, segment, segments

from pipelines.company.findings import InputError
from pipelines.scorecards import (
    Built,
    IntegrityError,
    SealRefusedError,
    build_draft,
    draft_summary,
    seal,
    sealed_months,
    verify,
)
from pipelines.scorecards.store import sha256_file

pytestmark = pytest.mark.usefixtures("quick_paper")

AT = datetime(2026, 11, 4, 8, 30, tzinfo=UTC)
Build = Callable[[Case], Built]


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def corrected() -> Case:
    """The same period after the posting frequency of E001 was corrected upwards."""
    given = segments()
    given[0] = segment(
        "E001", "content", content(posting_frequency=reading("posting_frequency", "1.142857142857", "40", "35", 40))
    )
    return Case(scored=result(given))


def test_a_draft_holds_every_file_and_the_manifest_describes_each(build: Build, case: Case) -> None:
    built = build(case)
    assert (built.state, built.revision, built.people) == ("draft", None, 6)
    assert built.withheld_lines == 6 and built.held > 0
    names = {path.name for path in built.path.iterdir()}
    for person in ("E001", "E006"):
        for lang in ("zh", "en"):
            for suffix in ("html", "xlsx"):
                assert f"2026-10_{person}_scorecard_{lang}_draft.{suffix}" in names
    assert "2026-10_scores_draft.csv" in names
    assert not [name for name in names if "payroll" in name], "the payroll list is for sealed revisions only"
    manifest = json.loads((built.path / "manifest.json").read_bytes())
    assert manifest["files"].keys() == names - {"manifest.json"}
    for name, described in manifest["files"].items():
        assert described["sha256"] == sha256_file(built.path / name)
        assert described["bytes"] == (built.path / name).stat().st_size
    assert manifest["state"] == "draft" and manifest["previous"] is None
    assert manifest["inputs"] == case.inputs
    assert manifest["versions"]["code"] == case.versions["code"] and manifest["versions"]["data"]
    assert (built.path / "traces.json").stat().st_mode & 0o777 == 0o600


def test_building_twice_gives_the_same_bytes_and_leaves_nothing_behind(build: Build, case: Case) -> None:
    first = contents(build(case).path)
    second = build(Case())
    assert contents(second.path) == first
    assert [path.name for path in second.path.parent.iterdir()] == ["draft"]
    summary = draft_summary(second.path.parents[2], PERIOD)
    assert (summary.people, summary.withheld_lines) == (6, 6)


def test_sealing_makes_revision_one(build: Build, case: Case, tmp_path: Path) -> None:
    draft = contents(build(case).path)
    folder = seal(tmp_path, case.company, PERIOD, "E009", at=AT, run_id="run-7")
    assert folder == tmp_path / "scorecards" / PERIOD / "r1"
    record = json.loads((tmp_path / "seals" / PERIOD / "r1" / "seal.json").read_bytes())
    assert record["approved_by"] == "E009" and record["run_id"] == "run-7"
    assert record["approved_at"] == "2026-11-04T08:30:00+00:00"
    assert record["manifest_sha256"] == sha256_file(folder / "manifest.json")
    names = {path.name for path in folder.iterdir()}
    assert {"2026-10_payroll_r1.csv", "2026-10_scores_r1.csv", "2026-10_E001_scorecard_zh_r1.xlsx"} <= names
    assert not [name for name in names if "draft" in name]
    assert not (folder.parent / "draft").exists()
    assert (folder / "traces.json").read_bytes() == draft["traces.json"]
    for name, data in contents(folder).items():
        if not name.endswith("xlsx"):
            assert b"run-7" not in data and b"2026-11-04" not in data, (
                "approver, time and run id stand in seal.json only"
            )
    modes = {path.name: path.stat().st_mode & 0o777 for path in (tmp_path / "seals" / PERIOD / "r1").iterdir()}
    assert modes == {"manifest.json": 0o444, "seal.json": 0o444, "traces.json": 0o400}
    assert [str(month) for month in sealed_months(tmp_path)] == [PERIOD]


def test_only_a_listed_approver_seals(build: Build, case: Case, tmp_path: Path) -> None:
    build(case)
    with pytest.raises(SealRefusedError, match=r"may not approve; `approvers` lists E009, E001") as refused:
        seal(tmp_path, case.company, PERIOD, "E002")
    assert isinstance(refused.value, InputError)
    assert not (tmp_path / "seals").exists()


def test_nobody_seals_a_batch_whose_only_card_is_their_own(build: Build, tmp_path: Path) -> None:
    alone = Case(scored=result([segment("E001", "content", content())], ()))
    build(alone)
    with pytest.raises(SealRefusedError, match="only card is their own"):
        seal(tmp_path, alone.company, PERIOD, "E001")
    assert seal(tmp_path, alone.company, PERIOD, "E009").name == "r1"


@pytest.mark.parametrize("change", ["edited", "removed", "added"])
def test_a_draft_that_was_changed_is_refused(build: Build, case: Case, tmp_path: Path, change: str) -> None:
    path = build(case).path / "2026-10_scores_draft.csv"
    if change == "edited":
        path.write_bytes(path.read_bytes().replace(b"655", b"755", 1))
    elif change == "removed":
        path.unlink()
    else:
        path.with_name("2026-10_E099_scorecard_zh_draft.html").write_text("forged")
    said = {"edited": "has other bytes", "removed": "is missing", "added": "is not in the manifest"}[change]
    with pytest.raises(IntegrityError, match=said):
        seal(tmp_path, case.company, PERIOD, "E009")
    assert not (tmp_path / "seals" / PERIOD / "r1").exists()


def test_amounts_that_do_not_add_up_are_refused(build: Build, tmp_path: Path) -> None:
    wrong = Case()
    wrong.scored.people[0].payable += Decimal("0.01")
    build(wrong)
    with pytest.raises(IntegrityError, match="E001: earned \\+ adjustments is not the amount payable"):
        seal(tmp_path, wrong.company, PERIOD, "E009")


def test_points_that_do_not_sum_to_the_score_are_refused(build: Build, tmp_path: Path) -> None:
    wrong = Case()
    wrong.scored.people[0].printed_score += Decimal("0.01")
    build(wrong)
    with pytest.raises(IntegrityError, match="E001: the printed points sum to"):
        seal(tmp_path, wrong.company, PERIOD, "E009")


def test_a_pool_that_leaks_a_cent_is_refused(build: Build, tmp_path: Path) -> None:
    wrong = Case()
    wrong.scored.pools[0].undistributed -= Decimal("0.01")
    build(wrong)
    with pytest.raises(IntegrityError, match=r"pool 000/x_team: earned \+ held \+ undistributed is"):
        seal(tmp_path, wrong.company, PERIOD, "E009")


def test_sealing_the_same_draft_twice_is_refused_with_who_and_when(build: Build, case: Case, tmp_path: Path) -> None:
    build(case)
    seal(tmp_path, case.company, PERIOD, "E009", at=AT)
    before = contents(tmp_path)
    with pytest.raises(SealRefusedError, match="sealed already as r1, approved by E009 at 2026-11-04T08:30"):
        seal(tmp_path, case.company, PERIOD, "E009")
    assert contents(tmp_path) == before
    with pytest.raises(SealRefusedError, match="there is no draft of this period"):
        seal(tmp_path, case.company, "2026-09", "E009")


def test_a_sealed_period_run_again_stays_byte_identical(build: Build, case: Case, tmp_path: Path) -> None:
    build(case)
    seal(tmp_path, case.company, PERIOD, "E009", at=AT)
    before = contents(tmp_path)
    built = build(Case(inputs={"another/encoding/of/the/same.csv": "ef" * 32}))
    assert (built.state, built.revision) == ("sealed", 1) and built.path.name == "r1"
    assert contents(tmp_path) == before


def test_deleted_cards_come_back_byte_for_byte(build: Build, case: Case, tmp_path: Path) -> None:
    build(case)
    seal(tmp_path, case.company, PERIOD, "E009", at=AT)
    before = contents(tmp_path)
    shutil.rmtree(tmp_path / "scorecards")
    built = build(Case())
    assert contents(tmp_path) == before
    assert "are back, byte for byte" in built.messages[0]


def test_a_changed_result_makes_a_draft_with_an_exact_diff_and_leaves_the_revision(
    build: Build, case: Case, tmp_path: Path
) -> None:
    build(case)
    sealed = seal(tmp_path, case.company, PERIOD, "E009", at=AT)
    before = contents(sealed)
    changed = corrected()
    built = build(changed)
    assert (built.state, built.revision) == ("draft", 1)
    assert contents(sealed) == before
    data = (built.path / "diff_vs_r1.csv").read_bytes().decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(data)))
    frequency = {row["field"]: row for row in rows if row["kpi_id"] == "posting_frequency"}
    assert set(frequency) >= {"value", "numerator", "n_records", "printed_points"}
    assert frequency["numerator"]["difference"] == "6"
    old = {person.person_id: person.payable for person in case.scored.people}
    new = {person.person_id: person.payable for person in changed.scored.people}
    moved = {row["person_id"]: Decimal(row["difference"]) for row in rows if row["field"] == "bonus payable"}
    assert moved == {person: new[person] - old[person] for person in new if new[person] != old[person]}
    assert built.payable_change == sum(moved.values())
    stated = json.loads((built.path / "diff_vs_r1.json").read_bytes())
    assert stated["sealed_revision"] == 1 and Decimal(stated["payable_change"]) == built.payable_change
    second = seal(tmp_path, case.company, PERIOD, "E001", at=AT)
    manifest = json.loads((second / "manifest.json").read_bytes())
    assert second.name == "r2"
    assert manifest["previous"] == {"revision": 1, "manifest_sha256": sha256_file(sealed / "manifest.json")}
    assert contents(sealed) == before
    # whoever pays the second revision finds the difference beside it, and it comes back with the cards
    assert (second / "diff_vs_r1.csv").read_bytes().decode("utf-8-sig") == data
    kept = contents(second)
    shutil.rmtree(second)
    build(changed)
    assert contents(second) == kept
    assert verify(tmp_path, PERIOD, code_version=changed.versions["code"]).sound


def test_a_draft_that_equals_the_seal_again_vanishes(build: Build, case: Case, tmp_path: Path) -> None:
    build(case)
    seal(tmp_path, case.company, PERIOD, "E009", at=AT)
    before = contents(tmp_path)
    build(corrected())
    assert (tmp_path / "scorecards" / PERIOD / "draft").is_dir()
    build(Case())
    assert contents(tmp_path) == before


def test_a_draft_built_before_the_last_seal_is_refused(build: Build, case: Case, tmp_path: Path) -> None:
    build(case)
    seal(tmp_path, case.company, PERIOD, "E009", at=AT)
    kept = tmp_path / "kept"
    shutil.copytree(build(corrected()).path, kept)
    seal(tmp_path, case.company, PERIOD, "E009", at=AT)
    shutil.copytree(kept, tmp_path / "scorecards" / PERIOD / "draft")
    (tmp_path / "scorecards" / PERIOD / "draft" / "manifest.json").touch()
    with pytest.raises(SealRefusedError, match=r"sealed already|not built against the present state"):
        seal(tmp_path, case.company, PERIOD, "E009")


def test_cards_rendered_otherwise_by_a_new_version_are_not_passed_off_as_the_sealed_ones(
    build: Build, case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(case)
    seal(tmp_path, case.company, PERIOD, "E009", at=AT)
    shutil.rmtree(tmp_path / "scorecards")
    from pipelines.scorecards import editions

    monkeypatch.setattr(editions, "render_html", lambda *_: b"another look")
    with pytest.raises(IntegrityError, match=r"renders 12 of them with other bytes than were sealed .* Restore r1/"):
        build(Case())
    assert not (tmp_path / "scorecards" / PERIOD / "r1").exists()


def test_a_card_edited_together_with_the_manifest_is_refused(build: Build, case: Case, tmp_path: Path) -> None:
    draft = build(case).path
    card = draft / "2026-10_E001_scorecard_zh_draft.html"
    card.write_bytes(card.read_bytes() + b"<!-- edited -->")
    manifest = json.loads((draft / "manifest.json").read_bytes())
    manifest["files"][card.name]["sha256"] = sha256_file(card)
    (draft / "manifest.json").write_text(json.dumps(manifest))
    with pytest.raises(SealRefusedError, match="makes 1 of the draft's files differently"):
        seal(tmp_path, case.company, PERIOD, "E009")


def test_a_damaged_seal_blocks(build: Build, case: Case, tmp_path: Path) -> None:
    build(case)
    seal(tmp_path, case.company, PERIOD, "E009", at=AT)
    traces = tmp_path / "seals" / PERIOD / "r1" / "traces.json"
    traces.chmod(0o600)
    traces.write_bytes(traces.read_bytes().replace(b"655", b"755", 1))
    with pytest.raises(IntegrityError, match=r"traces.json was changed after sealing"):
        build(Case())


@pytest.mark.parametrize("person", ["../../etc/passwd", "a/b", ".hidden", "", "=1+1", "x" * 65, "a\nb"])
def test_a_person_id_that_is_no_file_name_is_refused(
    tmp_path: Path, kpi_catalogue: dict[str, Any], person: str
) -> None:
    wrong = Case()
    wrong.scored.people[0].person_id = person
    with pytest.raises(InputError, match="cannot be part of a file name"):
        build_draft(tmp_path, *wrong.arguments(), catalogue=kpi_catalogue)
    assert not list(tmp_path.iterdir())
