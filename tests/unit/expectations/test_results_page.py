"""The results page: whole, offline, the same bytes for the same results; and the keeping of results between steps."""

from __future__ import annotations

import re
from pathlib import Path

from expectations import pages, results, runner
from expectations.results import Outcome, SuiteResult


def outcome(passed: bool, severity: results.Severity = "critical", message: str = "") -> Outcome:
    return Outcome(
        "ExpectX(column=day)", "day", severity, passed, 0 if passed else 1, 3, () if passed else ("2",), message
    )


def some_results() -> list[SuiteResult]:
    return [
        SuiteResult("x_posts_monthly", "X posts", "one day", 3, (outcome(True), outcome(False, message="a < b & c"))),
        SuiteResult("people", "People", "one person", 2, (outcome(False, "warning", "look here"),)),
        SuiteResult("leads", "Leads", "one day", 0, ()),
    ]


def test_the_page_shows_every_suite_expectation_and_message(tmp_path: Path) -> None:
    page = runner.docs(tmp_path, some_results())
    assert page == tmp_path / "warehouse" / "quality" / "index.html"
    text = page.read_text(encoding="utf-8")
    for expected in ("X posts", "People", "Leads", "a &lt; b &amp; c", "look here", "nothing delivered", "1 of 3"):
        assert expected in text
    assert text.count("ExpectX(column=day)") == 3
    assert text.index('id="leads"') < text.index('id="people"') < text.index('id="x_posts_monthly"')


def test_the_page_needs_no_network_and_no_script(tmp_path: Path) -> None:
    text = pages.write(tmp_path, some_results()).read_text(encoding="utf-8")
    assert re.findall(r"<script|<link|<img|https?:|url\(|@import", text) == []
    assert all(target.startswith("#") for target in re.findall(r'href="([^"]*)"', text))


def test_the_same_results_give_the_same_bytes_in_any_order(tmp_path: Path) -> None:
    first = pages.write(tmp_path / "a", some_results()).read_bytes()
    assert pages.write(tmp_path / "b", some_results()[::-1]).read_bytes() == first


def test_kept_results_come_back_as_they_were_and_the_last_run_counts(tmp_path: Path) -> None:
    kept = some_results()
    results.save(tmp_path, kept)
    assert results.load(tmp_path) == sorted(kept, key=lambda result: result.suite)
    mended = SuiteResult("people", "People", "one person", 2, (outcome(True),))
    results.save(tmp_path, [mended])
    assert mended in results.load(tmp_path)
    assert len(results.load(tmp_path)) == 3
    page = runner.write_docs(tmp_path)
    assert "look here" not in page.read_text(encoding="utf-8")
    assert [path.name for path in page.parent.rglob("*.tmp")] == []
