"""The same files again, in another order, after a kill, from the archive: the same bytes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
from collections.abc import Callable
from itertools import permutations
from pathlib import Path

import pytest
from landing_builders import (
    CONTENT_HEADER,
    MONTHLY_HEADER,
    MONTHLY_NAME,
    OVERVIEW_HEADER,
    TICKET_HEADER,
    Home,
    content_row,
    monthly_row,
    overview_row,
    to_csv,
)

from pipelines.company.findings import InputError
from pipelines.landing import export_inputs, file_catalogue, refuse, restore, status

REPOSITORY = Path(__file__).resolve().parents[3]

FILES = {
    f"x/{MONTHLY_NAME}": to_csv([MONTHLY_HEADER, *(monthly_row(n) for n in range(5))]),
    "x/acme_x/2026-11-02/account_overview_analytics.csv": to_csv([OVERVIEW_HEADER, overview_row("2026-10-01", "9")]),
    "x/acme_x/2026-11-03/account_overview_analytics.csv": to_csv([OVERVIEW_HEADER, overview_row("2026-10-01", "10")]),
    "x/acme_x/account_overview_analytics.csv": to_csv([OVERVIEW_HEADER, overview_row("2026-10-01", "8")]),
    "tickets/log.csv": to_csv([TICKET_HEADER, ["Case 1", "Wait", "A", "2026-10-01 10:00:00"]]),
}


def test_the_second_ingest_does_nothing(home: Home) -> None:
    for label, text in FILES.items():
        home.put(label, text)
    first = home.ingest()
    before = {path: (path.stat().st_mtime_ns, path.read_bytes()) for path in home.path.rglob("*.parquet")}
    second = home.ingest()
    assert (first.landed, first.unchanged) == (5, 0)
    assert (second.landed, second.unchanged, second.quarantined) == (0, 5, 0)
    assert before == {path: (path.stat().st_mtime_ns, path.read_bytes()) for path in home.path.rglob("*.parquet")}
    assert first.records == second.records


def test_the_cache_of_file_states_is_not_trusted_alone(home: Home) -> None:
    path = home.put("tickets/log.csv", FILES["tickets/log.csv"])
    first = home.only()
    os.utime(path, (1, 1))  # touched, not changed
    assert home.ingest().unchanged == 1
    (home.path / "landing" / "ticket_events" / f"{first.content_id}.parquet").unlink()
    assert home.ingest().landed == 1
    assert home.table(first).num_rows == 1


def test_other_bytes_of_the_same_size_and_time_are_seen(home: Home) -> None:
    path = home.put("tickets/log.csv", FILES["tickets/log.csv"])
    home.ingest()
    times = (path.stat().st_atime_ns, path.stat().st_mtime_ns)
    path.write_text(FILES["tickets/log.csv"].replace("Case 1", "Case 2"), encoding="utf-8")
    os.utime(path, ns=times)
    assert home.ingest().landed == 1


def test_order_of_arrival_decides_nothing(make_home: Callable[[str], Home]) -> None:
    seen = []
    for number, order in enumerate(list(permutations(FILES))[::30]):
        home = make_home(str(number))
        for label in order:
            home.put(label, FILES[label])
            home.ingest()
        seen.append((home.published(), file_catalogue(home.path).to_pylist()))
    assert all(result == seen[0] for result in seen)


def test_rank_is_by_stated_export_time_then_range(home: Home) -> None:
    for label, text in FILES.items():
        home.put(label, text)
    home.put(
        "x/acme_x/account_overview_analytics_2026-10-01_2026-10-31.csv",
        FILES["x/acme_x/account_overview_analytics.csv"],
    )
    home.ingest()
    rows = file_catalogue(home.path).to_pylist()
    overview = [
        (row["exported_at"] and row["exported_at"].day, row["period_to"])
        for row in rows
        if row["spec_id"] == "x_account_daily"
    ]
    assert [str(part) for pair in overview for part in pair] == [
        "None",
        "None",
        "None",
        "2026-11-01",
        "2",
        "None",
        "3",
        "None",
    ]
    assert [row["file_rank"] for row in rows] == list(range(1, len(rows) + 1))


def test_the_same_content_twice_is_a_duplicate(home: Home) -> None:
    home.put("tickets/b.csv", FILES["tickets/log.csv"])
    home.put("tickets/a.csv.csv", FILES["tickets/log.csv"])
    report = home.ingest()
    assert (report.landed, report.duplicates) == (1, 1)
    (row,) = file_catalogue(home.path).to_pylist()
    assert row["file_name"] == "b.csv"  # what a copy adds to a name makes it longer
    assert len(status(home.path).duplicates) == 1


def test_an_upload_of_zeros_is_kept_beside_the_real_values(home: Home) -> None:
    path = home.put(
        "x/acme_x/account_overview_analytics.csv", to_csv([OVERVIEW_HEADER, overview_row("2026-10-01", "8")])
    )
    home.ingest()
    path.write_text(to_csv([OVERVIEW_HEADER, ["2026-10-01", *(["0"] * 13)]]), encoding="utf-8")
    home.ingest()
    rows = file_catalogue(home.path).to_pylist()
    assert sorted(row["n_rows"] for row in rows) == [1, 1]  # both versions stand: the contradiction is to be seen


def test_an_account_added_later_is_used_for_files_landed_before(home: Home) -> None:
    home.put("shopify/a.csv", FILES["tickets/log.csv"])
    home.put(f"x/{MONTHLY_NAME}", FILES[f"x/{MONTHLY_NAME}"])
    home.ingest()
    accounts = home.accounts
    home.accounts = tuple(entry for entry in accounts if entry.account_id != "acme_x")
    assert home.ingest().quarantined == 1
    assert [row["spec_id"] for row in file_catalogue(home.path).to_pylist()] == ["ticket_events"]
    home.accounts = accounts
    assert home.ingest().quarantined == 0


def test_litter_is_no_export(home: Home) -> None:
    for name in (".DS_Store", "~$book.xlsx", "Thumbs.db", ".hidden/file.csv"):
        home.put(f"x/{name}", "litter")
    assert home.ingest().records == ()


KILLED = """
    import os, signal, sys
    from pathlib import Path
    sys.path.insert(0, {tests!r})
    from landing_builders import Home
    from pipelines.landing import {module}
    step = {module}.{function}
    def killed(*args, **kwargs):
        {before}
        os.kill(os.getpid(), signal.SIGKILL)
    {module}.{function} = killed
    Home(Path({home!r})).ingest()
"""

STEPS = [
    ("file_reader", "find_header", "pass"),
    ("file_reader", "write_profile", "pass"),
    ("file_reader", "touched", "pass"),
    ("file_reader", "touched", "step(*args, **kwargs)"),
]


@pytest.mark.parametrize("step", range(len(STEPS)))
def test_killed_at_a_step_and_run_again(make_home: Callable[[str], Home], step: int) -> None:
    whole, killed = make_home("whole"), make_home("killed")
    for home in (whole, killed):
        for label, text in FILES.items():
            home.put(label, text)
    whole.ingest()
    module, function, before = STEPS[step]
    code = KILLED.format(
        tests=str(Path(__file__).parent), module=module, function=function, before=before, home=str(killed.path)
    )
    ended = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code)], cwd=REPOSITORY, capture_output=True, timeout=120, check=False
    )
    assert ended.returncode == -signal.SIGKILL, ended.stderr
    report = killed.ingest()
    assert report.landed == len(FILES)
    assert whole.published() == killed.published()
    assert not list(killed.path.rglob("*.tmp"))


def test_restored_from_the_archive_it_lands_the_same(make_home: Callable[[str], Home], tmp_path: Path) -> None:
    home = make_home("live")
    for label, text in FILES.items():
        home.put(label, text)
    overwritten = home.put("x/acme_x/content.csv", to_csv([CONTENT_HEADER, content_row(1)]))
    home.ingest()
    overwritten.write_text(to_csv([CONTENT_HEADER, content_row(2)]), encoding="utf-8")
    home.ingest()
    other = Home(tmp_path / "restored")
    contents = file_catalogue(home.path)["content_id"].to_pylist()
    inputs = export_inputs(home.path, contents)
    assert {"exports/x/acme_x/content.csv", "exports/x/acme_x/_2/content.csv"} <= inputs.keys()
    restore(home.path, other.path, inputs)
    other.ingest()
    assert home.published() == other.published()
    assert file_catalogue(home.path).equals(file_catalogue(other.path))


def test_restore_names_what_is_purged_or_spoilt(home: Home, tmp_path: Path) -> None:
    home.put("tickets/log.csv", FILES["tickets/log.csv"])
    record = home.only()
    archived = home.path / "archive" / record.sha256[:2] / record.sha256
    archived.write_bytes(b"other")
    with pytest.raises(InputError, match="the archived bytes are not what their name says"):
        restore(home.path, tmp_path / "to", {record.label: record.sha256})
    archived.unlink()
    with pytest.raises(InputError, match="the bytes are no longer in the archive"):
        restore(home.path, tmp_path / "to", {record.label: record.sha256})
    with pytest.raises(ValueError, match="not a path inside a company folder"):
        restore(home.path, tmp_path / "to", {"../x": record.sha256})


def test_progress_counts_and_names_nothing(home: Home) -> None:
    from pipelines.landing import ingest

    for label, text in FILES.items():
        home.put(label, text)
    seen: list[tuple[int, int]] = []
    ingest(home.company, progress=lambda done, of: seen.append((done, of)))
    assert seen == [(n, 5) for n in range(1, 6)]


def test_what_an_expectation_refuses_is_forgotten_once_it_is_taken_away(home: Home) -> None:
    sound = home.put("tickets/log.csv", FILES["tickets/log.csv"])
    path = home.put("x/acme_x/account_overview_analytics.csv", FILES["x/acme_x/account_overview_analytics.csv"])
    home.ingest()
    rows = {row["spec_id"]: row["content_id"] for row in file_catalogue(home.path).to_pylist()}
    refuse(home.path, {rows["x_account_daily"][:12]})
    home.ingest()
    assert [record.file_name for record in status(home.path).refused] == [path.name]  # still there, still refused
    path.unlink()
    home.ingest()
    assert set(file_catalogue(home.path)["content_id"].to_pylist()) == {rows["ticket_events"]}
    sound.unlink()
    home.ingest()
    assert set(file_catalogue(home.path)["content_id"].to_pylist()) == {rows["ticket_events"]}


def test_a_file_that_is_refused_no_longer_stays_when_it_is_taken_away(home: Home) -> None:
    path = home.put("tickets/log.csv", FILES["tickets/log.csv"])
    home.ingest()
    (row,) = file_catalogue(home.path).to_pylist()
    refuse(home.path, {row["content_id"][:12]})
    refuse(home.path, set())
    path.unlink()
    home.ingest()
    assert file_catalogue(home.path).num_rows == 1
