"""Writes docs/coverage.md: requirement id -> where it is computed -> which tests prove it.

Written by hand are the ids, their titles and the files that carry a rule (tests/requirements.yaml); the rest is found:
KPIs in the catalogue and the list of measures, rules by the `req` tags of the shipped schemes too, tests by
`@pytest.mark.req` on the tests that pytest collects and by the dbt unit tests. A dbt unit test proves the requirements
of the KPIs whose columns it expects; one that expects no such column names them itself (`config: meta: req:
["000-K27"]`).
tests/unit/test_coverage_table.py fails when the page is stale, an id is carried by nothing or is unknown.

Usage: python tests/render_coverage.py
"""

from __future__ import annotations

import ast
import csv
import json
import os
import re
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

REPOSITORY = Path(__file__).resolve().parents[1]
PAGE = REPOSITORY / "docs" / "coverage.md"
_SCHEMES = REPOSITORY / "pipelines" / "schemes" / "shipped"
_REQUIREMENT = re.compile(r"\b00\d-[A-Z]+\d+[a-z]?\b")
_COLLECT = "--collect-into"

Places = Mapping[str, set[str]]


@dataclass(frozen=True)
class Rule:
    """A requirement that is no KPI.

    Attributes:
        title: in a few words.
        kinds: its classes: `a` computed, `b` a file that people keep, `c` a list or report, `d` not the project's.
        files: what carries it, relative to the repository; tags of scheme files come to it.
    """

    title: str
    kinds: str
    files: tuple[str, ...] = ()

    @property
    def is_ours(self) -> bool:
        """Whether some part of it is the project's business."""
        return self.kinds != "d"


@dataclass(frozen=True)
class Requirements:
    """What tests/requirements.yaml lists."""

    kpis: dict[str, str]
    rules: dict[str, Rule]
    pending: list[str]

    def knows(self, requirement: str) -> bool:
        """Whether there is such an id."""
        return requirement in self.kpis or requirement in self.rules

    @property
    def ours(self) -> list[str]:
        """The ids that something must carry and a test must prove."""
        return [*self.kpis, *(name for name, rule in self.rules.items() if rule.is_ours)]

    def title(self, requirement: str) -> str:
        """What an id is, with what is to be said of it."""
        rule = self.rules.get(requirement)
        said = rule.title if rule else self.kpis[requirement]
        if rule and not rule.is_ours:
            return f"{said} (not the project's business)"
        return f"{said} (not built yet)" if requirement in self.pending else said


@cache
def requirements(path: Path = REPOSITORY / "tests" / "requirements.yaml") -> Requirements:
    """The list of ids."""
    document = yaml.safe_load(path.read_text(encoding="utf-8"))
    rules = {
        name: Rule(rule["title"], rule["class"], tuple(rule.get("in", ()))) for name, rule in document["rules"].items()
    }
    return Requirements(document["kpis"], rules, document["pending"] or [])


@cache
def catalogue() -> dict[str, list[str]]:
    """KPI id -> requirement ids, as they are written: what is no id at all is told by `unknown`."""
    path = REPOSITORY / "dbt_project" / "seeds" / "kpi_catalogue.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return {row["kpi_id"]: [*filter(None, row["requirement_ids"].split(";"))] for row in csv.DictReader(file)}


@cache
def computed_in() -> Places:
    """Requirement id -> where it is computed: inputs views of its KPIs, places in the schemes, files of the list."""
    places: dict[str, set[str]] = defaultdict(set)
    for requirement, rule in requirements().rules.items():
        places[requirement] |= {f"`{file}`" for file in rule.files}
    views: dict[str, set[str]] = defaultdict(set)
    for family, measures in _measures().items():
        for kpi, _ in measures:
            views[kpi].add(f"`{kpi}` in `int_kpi_inputs_{family}`")
    for kpi, wanted in catalogue().items():
        for requirement in wanted:
            places[requirement] |= views[kpi] or {f"`{kpi}` in `int_segment_kpi`"}
    for path in sorted(_SCHEMES.glob("*.yaml")):
        for trail, tag in _tags(yaml.safe_load(path.read_text(encoding="utf-8")), ()):
            for requirement in _REQUIREMENT.findall(tag):
                places[requirement].add(f"`{path.name}`: {trail}")
    return places


def _measures() -> dict[str, list[tuple[str, str]]]:
    """What the macro kpi_measures returns: a literal, the same in Jinja and in Python."""
    sql = (REPOSITORY / "dbt_project" / "macros" / "kpi" / "kpi_measures.sql").read_text(encoding="utf-8")
    literal = sql.partition("macro kpi_measures()")[2].partition("return(")[2].partition(") }}")[0]
    measures: dict[str, list[tuple[str, str]]] = ast.literal_eval(literal)
    return measures


def _tags(node: Any, trail: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Every `req` of a scheme with the place it stands at, two keys deep."""
    if isinstance(node, dict):
        if "req" in node:
            yield ".".join(trail[:2]) or "scheme", str(node["req"])
        for key, value in node.items():
            yield from _tags(value, (*trail, str(key)))
    elif isinstance(node, list):
        for value in node:
            yield from _tags(value, trail)


@cache
def proved_by() -> Places:
    """Requirement id -> tests."""
    tests: dict[str, set[str]] = defaultdict(set)
    for test, requirement in collected_marks(REPOSITORY / "tests"):
        tests[requirement].add(f"`{test}`")
    for path in sorted((REPOSITORY / "dbt_project" / "models").rglob("*.yml")):
        for unit_test in (yaml.safe_load(path.read_text(encoding="utf-8")) or {}).get("unit_tests", []):
            for requirement in named_by(unit_test, catalogue()):
                tests[requirement].add(f"dbt `{unit_test['name']}`")
    return tests


def named_by(unit_test: Mapping[str, Any], kpis: Mapping[str, Iterable[str]]) -> set[str]:
    """The requirements that a dbt unit test proves: what its meta says, and those of the KPIs it expects."""
    said = (unit_test.get("config") or {}).get("meta", {}).get("req", [])
    named = {said} if isinstance(said, str) else set(said)
    if unit_test["model"].startswith(("int_kpi_inputs_", "int_post_outliers")):
        text = yaml.safe_dump(unit_test.get("expect"))
        for kpi, wanted in kpis.items():
            if re.search(rf"\b{kpi}(__|\b)", text):
                named |= set(wanted)
    return named  # rules over all KPIs alike prove none in particular


def collected_marks(folder: Path) -> list[tuple[str, str]]:
    """(test, requirement) of every `req` mark on the tests that pytest collects in a folder, parameters left off.

    Collected by a process of its own, since a test that asks is itself part of a session.

    Raises:
        RuntimeError: pytest cannot collect the tests; the message carries what it printed.
    """
    ours = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    with tempfile.TemporaryDirectory() as scratch:
        answer = Path(scratch) / "marks.json"
        command = [sys.executable, __file__, _COLLECT, str(answer), str(folder)]
        ended = subprocess.run(command, cwd=REPOSITORY, env=ours, capture_output=True, text=True, check=False)
        if ended.returncode != 0:
            raise RuntimeError(f"the tests cannot be collected\n{ended.stdout}{ended.stderr}")
        return [(test, requirement) for test, requirement in json.loads(answer.read_text(encoding="utf-8"))]


def _collect_into(answer: Path, folder: Path) -> int:
    import pytest

    class Marks:
        def pytest_collection_finish(self, session: pytest.Session) -> None:
            marks = {
                (item.nodeid.partition("[")[0], str(requirement))
                for item in session.items
                for mark in item.iter_markers("req")
                for requirement in mark.args
            }
            answer.write_text(json.dumps(sorted(marks)), encoding="utf-8")

    options = ["--collect-only", "-qq", "-n", "0", f"--rootdir={REPOSITORY}", "-c", str(REPOSITORY / "pyproject.toml")]
    return int(pytest.main([*options, str(folder)], plugins=[Marks()]))


def missing(wanted: Iterable[str], places: Places, tests: Places) -> list[str]:
    """Ids that are carried by nothing, or that no test proves."""
    return [requirement for requirement in wanted if not (places.get(requirement) and tests.get(requirement))]


def unknown(known: Requirements, named: Iterable[str]) -> list[str]:
    """Ids that somebody names and that no scheme has."""
    return sorted({requirement for requirement in named if not known.knows(requirement)})


def render() -> str:
    """The page."""
    places, tests, known = computed_in(), proved_by(), requirements()
    lines = [
        "# Coverage of the requirements",
        "",
        "Rendered by `tests/render_coverage.py`; change `tests/requirements.yaml`, the catalogue, the scheme files or",
        "the tests, not this page. Every id of the five schemes has a row: KPIs (K), principles (P), rules (R),",
        f"incentives (I), process (W), data (D), guards (G). Not built yet: {len(known.pending)} of {len(known.ours)}.",
    ]
    listed = sorted({*known.kpis, *known.rules}, key=_order)
    for scheme in sorted({name.partition("-")[0] for name in listed}):
        lines += [
            "",
            f"## Scheme {scheme}",
            "",
            "| requirement | what | computed in | proved by |",
            "|---|---|---|---|",
        ]
        for requirement in (name for name in listed if name.startswith(f"{scheme}-")):
            proofs = _cell(tests.get(requirement, set()))
            carried = _cell(places.get(requirement, set()))
            lines.append(f"| {requirement} | {known.title(requirement)} | {carried} | {proofs} |")
    return "\n".join(lines) + "\n"


def _order(requirement: str) -> tuple[str, bool, str, int, str]:
    match = re.fullmatch(r"(00\d)-([A-Z]+)(\d+)([a-z]?)", requirement)
    if match is None:
        raise ValueError(f"{requirement!r} is no requirement id")
    return match[1], match[2] != "K", match[2], int(match[3]), match[4]


def _cell(entries: set[str]) -> str:
    return "<br>".join(sorted(entries)) or "–"


if __name__ == "__main__":
    if sys.argv[1:2] == [_COLLECT]:
        sys.exit(_collect_into(Path(sys.argv[2]), Path(sys.argv[3])))
    PAGE.write_text(render(), encoding="utf-8")
