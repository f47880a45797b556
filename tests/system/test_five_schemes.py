"""The demo company under each shipped scheme, by the commands that a user types: year, quarter, month, and a seal.

What a run writes - cards' traces, pools, shares, guarantees, payroll - is held against the independent recomputation
(tests/recompute_scores). Here it goes by the files of the draft, with the scheme in force all the time; there by what
the functions return, the lists included. Some fifteen runs of the whole company: `make test-system`.
"""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from recompute_scores.binding import pay_always, settle
from recompute_scores.company import Folder, Span
from recompute_scores.comparing import Difference, of_people, of_pools, of_shares
from recompute_scores.measured import Measured
from recompute_scores.period import Whole
from recompute_scores.second import with_guarantees
from running import Once, make_demo, run_scorecards

pytestmark = pytest.mark.system

SCHEMES = ("000", "001", "002", "003", "004")
#: In the order in which they are run; an earlier one is a past period of the later ones' lists.
PERIODS = ("2025", "2026-Q3", "2026-10")
APPROVER = "P001"
SHOWN = 20


def _whole(home: Path, scheme: str, period: str) -> Whole:
    measured, folder = Measured(home, Span(period)), Folder(home)
    ours = measured.by(folder, scheme)
    with_guarantees(folder, Span(period), ours, measured.by)
    return ours


def _bundle(home: Path, period: str) -> dict[str, Any]:
    text = (home / "scorecards" / period / "draft" / "traces.json").read_text(encoding="utf-8")
    bundle: dict[str, Any] = json.loads(text)
    return bundle


def _differences(home: Path, scheme: str, period: str) -> Iterator[Difference]:
    bundle, ours = _bundle(home, period), _whole(home, scheme, period)
    shares = [pool for pool in bundle["pools"] if pool.get("kind") == "team_share"]
    yield from of_people(bundle["traces"], ours)
    yield from of_pools([pool for pool in bundle["pools"] if pool not in shares], ours)
    yield from of_shares(shares, ours)


@pytest.mark.req("000-P2", "001-R2", "002-I1", "003-I2", "004-I1")
@pytest.mark.parametrize("scheme", SCHEMES)
def test_what_the_commands_write_is_what_the_documents_say(once: Once, tmp_path: Path, scheme: str) -> None:
    home = tmp_path / "company"
    shutil.copytree(once("demo", make_demo) / "company", home, symlinks=True)
    shutil.rmtree(home / "scorecards", ignore_errors=True)
    settle(home, scheme)
    pay_always(home, scheme)
    for period in PERIODS:
        run_scorecards(home, "run", period)
        found = [str(one) for one in _differences(home, scheme, period)]
        assert not found, f"{period}: {len(found)} differences:\n" + "\n".join(found[:SHOWN])
    draft = _bundle(home, "2026-10")
    run_scorecards(home, "seal", "2026-10", "--by", APPROVER)
    sealed = home / "scorecards" / "2026-10" / "r1"
    with (sealed / "2026-10_payroll_r1.csv").open(encoding="utf-8-sig", newline="") as file:
        paid = {row["person_id"]: row["amount_payable"] for row in csv.DictReader(file)}
    assert paid == {trace["person_id"]: trace["bonus"]["payable"] for trace in draft["traces"]}
