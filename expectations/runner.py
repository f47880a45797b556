"""Runs the suites on small pandas frames with Great Expectations and tells the breaches in plain words.

Belongs here: everything that touches Great Expectations, imported inside the function that needs it, because its import
costs five seconds. Row rules on big tables are dbt tests and not here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from expectations import (
    ads,
    comments,
    community,
    content,
    crm,
    engagement,
    generic,
    human,
    marketing,
    pages,
    results,
    shopify,
    tickets,
    x,
)
from expectations.memory import Memory, key
from expectations.results import Outcome, SuiteResult
from expectations.rules import Rule, Suite
from expectations.screening import sound

if TYPE_CHECKING:
    import pandas as pd

    from pipelines.company import Company

__all__ = [
    "Outcome",
    "SuiteResult",
    "check_company",
    "check_landing",
    "docs",
    "human_suites",
    "run_suite",
    "suites",
    "write_docs",
]

# Enough to find the fault in the file, few enough to read.
SHOWN_ROWS = 20
FILES = "files"

_ALL: dict[str, Suite] = {
    suite.name: suite
    for module in (x, shopify, crm, tickets, ads, community, generic, human, content, marketing, engagement, comments)
    for suite in module.SUITES
}


def suites() -> list[str]:
    """The names of all suites: source specs, `files` and human files."""
    return sorted(_ALL)


def all_suites() -> list[Suite]:
    """The suites themselves, in the order of their modules."""
    return list(_ALL.values())


def human_suites() -> list[str]:
    """The names of the suites on human files."""
    return [suite.name for suite in human.SUITES]


def landing_suites() -> list[str]:
    """The names of the suites on daily profiles: the source specs that have one."""
    return [name for name in suites() if name not in human_suites() and name not in (FILES, comments.LABELS)]


def run_suite(name: str, frame: pd.DataFrame) -> SuiteResult:
    """Validate one frame.

    Args:
        name: one of `suites()`.
        frame: one row per grain of the suite; its index names the rows in messages.

    Returns:
        The result; a frame without rows passes without being evaluated, because nothing was delivered.

    Raises:
        KeyError: there is no such suite.
    """
    suite = _ALL[name]
    missing = [column for column in suite.columns if column not in frame.columns]
    if missing:
        outcomes: Iterable[Outcome] = [_missing(column) for column in missing]
    elif frame.empty:
        outcomes = []
    else:
        outcomes = _validate(suite, frame)
    return SuiteResult(suite.name, suite.title, suite.grain, len(frame), tuple(outcomes))


def _judge(memory: Memory, asked: Sequence[tuple[str, pd.DataFrame]]) -> list[SuiteResult]:
    """What each suite says of its frame: from memory when it has said it before.

    Frames that nothing is known of are screened together; those in which something is found are judged one by one.
    """
    keys = [key(_ALL[name], frame) for name, frame in asked]
    found = [memory.find(known) for known in keys]
    new = [
        place
        for place, (name, frame) in enumerate(asked)
        if found[place] is None and len(frame) and set(_ALL[name].columns) <= set(frame.columns)
    ]
    is_sound = dict(zip(new, sound([(_ALL[asked[n][0]], asked[n][1]) for n in new], _breaches), strict=True))
    judged = []
    for place, (name, frame) in enumerate(asked):
        result = found[place]
        if result is None:
            result = _passed(_ALL[name], frame) if is_sound.get(place) else run_suite(name, frame)
            memory.keep(keys[place], result)
        judged.append(result)
    return judged


def _passed(suite: Suite, frame: pd.DataFrame) -> SuiteResult:
    """The result of a frame in which no row breaks a rule."""
    outcomes = (Outcome(rule.key, rule.column, rule.severity, True, 0, len(frame), (), "") for rule in suite.rules)
    return SuiteResult(suite.name, suite.title, suite.grain, len(frame), tuple(outcomes))


def check_company(company: Company) -> list[SuiteResult]:
    """Run every human suite on a loaded company and keep the results."""
    memory = Memory(company.home)
    found = _judge(memory, list(human.frames(company).items()))
    memory.forget_others(set(human_suites()))
    results.save(company.home, found)
    return found


def check_landing(home: Path) -> list[SuiteResult]:
    """Run the profile suite and the file suite of every source spec and keep the results.

    Returns:
        One result a source spec, named by it, holding the outcomes on its profile and on its files; and one for the
        labels of texts.
    """
    from pipelines.landing import file_catalogue

    catalogue = file_catalogue(home).to_pandas()
    catalogue.index = catalogue["content_id"].str.slice(0, 12)
    current = set(catalogue["content_id"])
    memory = Memory(home)
    names = landing_suites()
    judged = _judge(
        memory,
        [(name, _profile(home, name, current)) for name in names]
        + [(FILES, catalogue[catalogue["spec_id"] == name]) for name in names]
        + [(comments.LABELS, _labels(home, catalogue))],
    )
    found = [
        SuiteResult(name, profile.title, profile.grain, profile.n_rows, (*profile.outcomes, *files.outcomes))
        for name, profile, files in zip(names, judged[: len(names)], judged[len(names) : -1], strict=True)
    ]
    found.append(judged[-1])
    memory.forget_others({FILES, comments.LABELS, *names})
    results.save(home, found)
    return found


def docs(home: Path, found: list[SuiteResult]) -> Path:
    """Write the results page of these results; see `pages.write`."""
    return pages.write(home, found)


def write_docs(home: Path) -> Path:
    """Write the results page of everything that `check_company` and `check_landing` kept."""
    return docs(home, results.load(home))


def _profile(home: Path, spec_id: str, current: set[str]) -> pd.DataFrame:
    """The daily profile of a spec over the files that the catalogue holds, in a fixed order."""
    paths = (home / "landing" / "_profile" / spec_id).glob("*.parquet")
    return _read(spec_id, [path for path in paths if path.stem in current], ("subject_id", "day"))


def _labels(home: Path, catalogue: pd.DataFrame) -> pd.DataFrame:
    """The profile of the labels that count, in a fixed order; empty where no source has texts to judge."""
    from pipelines.landing.labels import profile_path
    from pipelines.landing.store import Layout

    layout = Layout(home)
    judged = zip(catalogue["content_id"], catalogue["labels"].fillna(""), strict=True)
    paths = (profile_path(layout, content_id, tools) for content_id, tools in judged if tools)
    return _read(comments.LABELS, [path for path in paths if path.exists()], ("language",))


def _read(name: str, paths: list[Path], order: tuple[str, ...]) -> pd.DataFrame:
    """The rows of profiles by content and then in this order; each row's name ends with the start of its content id."""
    import pandas as pd
    import pyarrow.parquet as pq

    if not paths:
        return pd.DataFrame(columns=list(_ALL[name].columns))
    frame = pd.concat([pq.read_table(path).to_pandas() for path in sorted(paths)], ignore_index=True)
    frame = frame.sort_values(["content_id", *order], ignore_index=True)
    # a message shall lead to the file: day, account and the start of the content id under landing/
    words = zip(*(frame[column] for column in reversed(order)), frame["content_id"].str.slice(0, 12), strict=True)
    frame.index = pd.Index([" ".join(filter(None, map(str, one))) for one in words], dtype=object)
    return frame


def _missing(column: str) -> Outcome:
    message = f"column {column}: is missing from the frame. Report it: the rooms disagree about this table's columns"
    return Outcome("ExpectColumnToExist()", column, "critical", False, 0, 0, (), message)


@cache
def _context() -> Any:
    """One ephemeral context a process: no file, no telemetry, no progress bars."""
    import os

    os.environ["GX_ANALYTICS_ENABLED"] = "false"
    import great_expectations as gx
    from great_expectations.data_context.types.base import ProgressBarsConfig

    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = ProgressBarsConfig(globally=False, metric_calculations=False)
    asset = context.data_sources.add_pandas("frames").add_dataframe_asset("frame")
    return asset.add_batch_definition_whole_dataframe("all")


def _validate(suite: Suite, frame: pd.DataFrame) -> Iterator[Outcome]:
    """Validate all rules of the suite on the frame, in one pass."""
    for rule, found in _reports(suite, frame):
        yield _outcome(rule, found, frame)


def _breaches(suite: Suite, frame: pd.DataFrame) -> list[list[int]]:
    """The places of the rows that break each rule."""
    return [_evaluated(rule, found).result.get("unexpected_index_list") or [] for rule, found in _reports(suite, frame)]


def _reports(suite: Suite, frame: pd.DataFrame) -> list[tuple[Rule, Any]]:
    """Each rule with what Great Expectations says of it."""
    import great_expectations as gx

    batch_definition = _context()
    batch = batch_definition.get_batch({"dataframe": _comparable(suite, frame)})
    gx_suite = gx.ExpectationSuite(name=suite.name)
    for rule in suite.rules:
        arguments = {name: _argument(suite, rule, name, value) for name, value in rule.arguments.items()}
        expectation = getattr(gx.expectations, rule.expectation)
        gx_suite.add_expectation(expectation(severity=rule.severity, meta={"key": rule.key}, **arguments))
    report = batch.validate(gx_suite, result_format={"result_format": "COMPLETE", "include_unexpected_rows": False})
    by_key = {one.expectation_config.meta["key"]: one for one in report.results}
    return [(rule, by_key[rule.key]) for rule in suite.rules]


def _comparable(suite: Suite, frame: pd.DataFrame) -> pd.DataFrame:
    """Days as timestamps without a zone, rows numbered from 0: what Great Expectations compares and counts by."""
    import pandas as pd

    ready = frame.reset_index(drop=True)
    for column in suite.dates:
        ready[column] = pd.to_datetime(ready[column]).astype("datetime64[us]")
    return ready


def _argument(suite: Suite, rule: Rule, name: str, value: object) -> object:
    if rule.column in suite.dates and name in {"min_value", "max_value"} and isinstance(value, str):
        return datetime.fromisoformat(value)
    return value


def _evaluated(rule: Rule, found: Any) -> Any:
    """The finding; an expectation that could not be evaluated is a bug and raises."""
    if found.exception_info and any(
        isinstance(info, dict) and info.get("raised_exception") for info in _infos(found.exception_info)
    ):
        raise RuntimeError(f"{rule.key} on column {rule.column} could not be evaluated: {found.exception_info}")
    return found


def _outcome(rule: Rule, found: Any, frame: pd.DataFrame) -> Outcome:
    """Great Expectations' result in our words."""
    found = _evaluated(rule, found)
    count, of = int(found.result.get("unexpected_count") or 0), int(found.result.get("element_count") or 0)
    if found.success:
        return Outcome(rule.key, rule.column, rule.severity, True, 0, of, (), "")
    failing = [str(frame.index[place]) for place in found.result.get("unexpected_index_list") or []]
    rows = tuple(failing[:SHOWN_ROWS])
    where = f" (row {', '.join(rows)}{', ...' if count > len(rows) else ''})" if rows else ""
    message = f"column {rule.column}: {count} of {of} rows {rule.problem}{where}. {rule.mend}"
    files = tuple(sorted({_file_of(row) for row in failing})) if "content_id" in frame.columns else ()
    return Outcome(rule.key, rule.column, rule.severity, False, count, of, rows, message, files)


def _file_of(row: str) -> str:
    """The start of the content id, which ends the name of every row of a frame about landed files."""
    return row.rpartition(" ")[2]


def _infos(exception_info: dict[str, Any]) -> list[Any]:
    """The exception records: one flat, or one for each metric."""
    return [exception_info, *exception_info.values()]
