"""Holds the house together: who may import whom, what each module says of itself, what no tracked file may contain.

The checker functions take the root of a tree, so that each rule is also fed a tree that breaks it: a guard that cannot
fail guards nothing.
"""

from __future__ import annotations

import ast
import os
import re
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]

# Room -> the rooms that it may import. `findings` is the one shape of an input error and open to all; every room may
# import itself. The table is the drawing in docs/architecture.md: change both together.
LOW = {"findings", "periods", "texts"}
MAY_IMPORT: dict[str, set[str]] = {
    "texts": set(),
    "findings": set(),
    "periods": {"findings", "texts"},
    "company": LOW,
    "sources": LOW,
    "warehouse": LOW | {"company"},
    "landing": LOW | {"company", "sources", "warehouse"},
    "followers": LOW | {"company", "sources", "landing", "warehouse"},
    "schemes": LOW | {"company"},
    "scoring": LOW | {"company", "schemes"},
    "reports": LOW | {"company", "schemes", "scoring"},
    "scorecards": LOW | {"company", "schemes", "scoring", "reports", "warehouse"},
    "alerts": LOW | {"company"},
    "portal": LOW | {"company", "schemes", "scoring", "scorecards", "warehouse"},
    "demo": LOW | {"company", "sources"},
    "expectations": LOW | {"company", "sources", "landing"},
    "defs": LOW
    | {
        "company",
        "sources",
        "warehouse",
        "landing",
        "schemes",
        "scoring",
        "scorecards",
        "portal",
        "alerts",
        "expectations",
    },
    "definitions": {"defs"},
    "runner": LOW | {"alerts", "company", "warehouse", "landing", "scorecards", "definitions", "defs"},
    "cli_home": {"company", "findings"},
    "cli_portal": LOW | {"company", "scorecards", "portal", "cli_home"},
    "cli": LOW
    | {"company", "sources", "warehouse", "landing", "followers", "schemes", "scoring", "scorecards", "portal"}
    | {"alerts", "demo", "runner", "cli_home", "cli_portal"},
}
DAGSTER_ROOMS = {"runner", "definitions", "defs"}
# Rooms whose results must be a function of their arguments alone: no clock, no random numbers (invariant 8).
PURE_ROOMS = {"texts", "findings", "periods", "company", "sources", "schemes", "scoring", "reports", "expectations"}
# Scoring decides and does nothing else: what could read or write is not even imported.
IO_MODULES = {"os", "io", "pathlib", "subprocess", "socket", "sqlite3", "duckdb", "pandas", "pyarrow", "logging"}
CLOCK_CALLS = {"now", "today", "utcnow", "time", "time_ns", "perf_counter", "monotonic"}
RANDOM_MODULES = {"random", "secrets", "uuid"}
# Makes keys, which must be random; it decides no result.
RANDOM_ALLOWED = {"pipelines/company/keys.py"}
MAX_LINES = 600


@dataclass(frozen=True)
class Import:
    """One imported dotted name and where: `top` when it runs as the module is loaded."""

    name: str
    line: int
    top: bool


def modules(root: Path) -> list[Path]:
    """Every module of the two packages, sorted."""
    return sorted(path for package in ("pipelines", "expectations") for path in (root / package).rglob("*.py"))


def dotted(root: Path, path: Path) -> str:
    """The import name of a module file."""
    parts = list(path.relative_to(root).with_suffix("").parts)
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def room_of(name: str) -> str | None:
    """The room of a dotted name; None for what is not ours and for the package roots themselves."""
    if name.startswith("pipelines.company.findings"):
        return "findings"
    parts = name.split(".")
    if parts[0] == "expectations":
        return "expectations"
    return parts[1] if parts[0] == "pipelines" and len(parts) > 1 else None


def imports(root: Path, path: Path) -> Iterator[Import]:
    """Every import of a module, also those inside functions; those under TYPE_CHECKING count as not at the top."""
    tree = ast.parse(path.read_text(encoding="utf-8"), filename=str(path))
    package = dotted(root, path) if path.name == "__init__.py" else dotted(root, path).rpartition(".")[0]

    def walk(node: ast.AST, top: bool) -> Iterator[Import]:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.Import):
                yield from (Import(alias.name, child.lineno, top) for alias in child.names)
            elif isinstance(child, ast.ImportFrom):
                base = child.module or ""
                if child.level:
                    parents = package.split(".")[: len(package.split(".")) - child.level + 1]
                    base = ".".join([*parents, base] if base else parents)
                yield from (Import(f"{base}.{alias.name}", child.lineno, top) for alias in child.names)
            else:
                lazy = isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda) or (
                    isinstance(child, ast.If) and "TYPE_CHECKING" in ast.unparse(child.test)
                )
                yield from walk(child, top and not lazy)

    yield from walk(tree, True)


def wrong_ways(root: Path) -> list[str]:
    """Imports against the table; an unknown room must be added to it first."""
    found = []
    for path in modules(root):
        room = room_of(dotted(root, path))
        if room is None:
            continue
        if room not in MAY_IMPORT:
            found.append(
                f"{path.relative_to(root)}: room {room!r} is not in the table of tests/unit/test_architecture.py"
            )
            continue
        for one in imports(root, path):
            other = room_of(one.name)
            if other and other != room and other not in MAY_IMPORT[room]:
                found.append(f"{path.relative_to(root)}:{one.line}: {room} must not import {other} ({one.name})")
    return found


def stray_dagster(root: Path) -> list[str]:
    """Dagster outside runner, definitions and defs: rooms must run and be tested without it."""
    return [
        f"{path.relative_to(root)}:{one.line}: only runner, definitions and defs import Dagster ({one.name})"
        for path in modules(root)
        if room_of(dotted(root, path)) not in DAGSTER_ROOMS
        for one in imports(root, path)
        if re.match(r"dagster($|[._])", one.name)
    ]


def eager_great_expectations(root: Path) -> list[str]:
    """Great Expectations at module top costs every command and every schedule tick five seconds."""
    return [
        f"{path.relative_to(root)}:{one.line}: import great_expectations inside the function that needs it"
        for path in modules(root)
        for one in imports(root, path)
        if one.top and one.name.split(".")[0] == "great_expectations"
    ]


def impure(root: Path) -> list[str]:
    """Clocks and random numbers in rooms that make results, and anything that could do I/O in scoring."""
    found = []
    for path in modules(root):
        room, where = room_of(dotted(root, path)), str(path.relative_to(root))
        if room not in PURE_ROOMS:
            continue
        for one in imports(root, path):
            module = one.name.split(".")[0]
            if module in RANDOM_MODULES and where not in RANDOM_ALLOWED:
                found.append(f"{where}:{one.line}: {room} makes results and must not import {module}")
            if room == "scoring" and module in IO_MODULES:
                found.append(f"{where}:{one.line}: scoring is pure and must not import {module}")
        found += [
            f"{where}:{node.lineno}: {room} makes results and must not read the clock ({ast.unparse(node.func)})"
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr in CLOCK_CALLS
            and ast.unparse(node.func.value).split(".")[-1] in {"datetime", "date", "time", "dt"}
        ]
    return found


def floats_in_scoring(root: Path) -> list[str]:
    """Float literals and float() in the room that makes money (invariant 5)."""
    found = []
    for path in modules(root):
        if room_of(dotted(root, path)) != "scoring":
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            literal = isinstance(node, ast.Constant) and isinstance(node.value, float)
            call = isinstance(node, ast.Call) and ast.unparse(node.func) == "float"
            if literal or call:
                found.append(f"{path.relative_to(root)}:{node.lineno}: scoring counts in Decimal, not float")
    return found


def bad_manners(root: Path) -> list[str]:
    """Modules without a docstring or too long, swallowed exceptions, and silenced tools without a reason."""
    found = []
    for path in modules(root):
        where, text = path.relative_to(root), path.read_text(encoding="utf-8")
        tree = ast.parse(text)
        if not ast.get_docstring(tree):
            found.append(f"{where}: opens without a docstring that says what belongs in it")
        if (count := len(text.splitlines())) > MAX_LINES:
            found.append(f"{where}: {count} lines, more than {MAX_LINES}; split it")
        for node in ast.walk(tree):
            if isinstance(node, ast.ExceptHandler) and (
                node.type is None or ast.unparse(node.type) in {"Exception", "BaseException"}
            ):
                reraised = any(isinstance(inner, ast.Raise) and inner.exc is None for inner in ast.walk(node))
                if not reraised:
                    found.append(f"{where}:{node.lineno}: catches everything; name the errors that are expected")
        for number, line in enumerate(text.splitlines(), 1):
            # `# type: ignore[code]  # why` and a noqa with its code and the reason
            if re.search(r"#\s*(type:\s*ignore(\[[\w, -]*\])?|noqa(:\s*[A-Z0-9, ]+)?)\s*$", line):
                found.append(f"{where}:{number}: silences a tool without saying why")
    return found


def bound_twice(root: Path) -> list[str]:
    """Constants of a module that a later line silently replaces, as two merged lists do."""
    found = []
    for path in modules(root):
        seen: dict[str, int] = {}
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            targets = node.targets if isinstance(node, ast.Assign) else []
            for name in (target.id for target in targets if isinstance(target, ast.Name)):
                if name in seen:
                    found.append(f"{path.relative_to(root)}:{node.lineno}: {name} stands in line {seen[name]} already")
                seen[name] = node.lineno
    return found


def tracked_files(root: Path) -> list[Path]:
    """What git tracks; in a tree without git (a release archive, a test's own tree) every file."""
    if (root / ".git").exists():
        listed = subprocess.run(["git", "ls-files", "-z"], cwd=root, check=True, capture_output=True).stdout
        return [root / name for name in listed.decode().split("\0") if name and (root / name).is_file()]
    return sorted(path for path in root.rglob("*") if path.is_file())


def company_outputs(root: Path) -> list[str]:
    """What a command writes into a company folder, tracked: run in a checkout by mistake, it leaves a key behind."""
    folders = {"secrets", "landing", "archive", "quarantine", "restricted", "seals", "warehouse", "dagster"}
    found = {path.relative_to(root) for path in tracked_files(root)}
    return sorted(str(path) for path in found if len(path.parts) > 1 and path.parts[0] in folders)


def forbidden_strings(root: Path) -> list[str]:
    """Paths of a machine, and hosts of package registries: a clone must work anywhere."""
    patterns = [
        # a home, work or scratch folder of some machine; `/tmp` alone is a fine default
        ("a path of some machine", re.compile(r"(?<![\w.$}/-])/(?:home|Users|root|work|tmp/\w+)/[\w.-]+")),
        ("a package index", re.compile(r"--(?:extra-)?index-url|pypi\.org|pythonhosted\.org|/simple/?[\"'\s]")),
    ]
    for variable in ("PIP_INDEX_URL", "UV_INDEX_URL", "UV_DEFAULT_INDEX"):
        if host := urlsplit(os.environ.get(variable, "")).hostname:
            patterns.append((f"the host of {variable}", re.compile(re.escape(host))))
    found = []
    for path in tracked_files(root):
        if path.name == Path(__file__).name:  # spells the patterns out
            continue
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        for number, line in enumerate(text.splitlines(), 1):
            found += [
                f"{path.relative_to(root)}:{number}: {what}" for what, pattern in patterns if pattern.search(line)
            ]
    return found


Checker = Callable[[Path], list[str]]
CHECKERS: list[Checker] = [
    wrong_ways,
    stray_dagster,
    eager_great_expectations,
    impure,
    floats_in_scoring,
    bad_manners,
    bound_twice,
    forbidden_strings,
    company_outputs,
]


@pytest.mark.parametrize("checker", CHECKERS, ids=lambda checker: checker.__name__)
def test_the_house_keeps_its_rules(checker: Checker) -> None:
    found = checker(REPOSITORY)
    assert not found, "\n" + "\n".join(found)


def test_demo_is_imported_by_cli_and_tests_alone() -> None:
    assert [room for room, allowed in MAY_IMPORT.items() if "demo" in allowed] == ["cli"]


def test_the_table_has_no_cycle() -> None:
    done: set[str] = set()
    while ready := {room for room, allowed in MAY_IMPORT.items() if room not in done and allowed <= done}:
        done |= ready
    assert done == set(MAY_IMPORT), f"these import each other in a circle: {sorted(set(MAY_IMPORT) - done)}"


def module(docstring: str = '"""Docs."""', body: str = "") -> str:
    return f"{docstring}\n{body}\n"


@pytest.mark.parametrize(
    ("checker", "path", "text", "message"),
    [
        (
            wrong_ways,
            "pipelines/scoring/curves.py",
            module(body="from pipelines import scorecards"),
            "pipelines/scoring/curves.py:2: scoring must not import scorecards (pipelines.scorecards)",
        ),
        (
            wrong_ways,
            "pipelines/scoring/deep/lazy.py",
            module(body="def f():\n    from ...scorecards.files import write"),
            "pipelines/scoring/deep/lazy.py:3: scoring must not import scorecards (pipelines.scorecards.files.write)",
        ),
        (
            wrong_ways,
            "pipelines/landing/a.py",
            module(body="import pipelines.demo.build"),
            "landing must not import demo",
        ),
        (wrong_ways, "pipelines/runner.py", module(body="from pipelines import demo"), "runner must not import demo"),
        (wrong_ways, "pipelines/company/a.py", module(body="from pipelines.cli import main"), "must not import cli"),
        (wrong_ways, "pipelines/attic/a.py", module(), "room 'attic' is not in the table"),
        (
            stray_dagster,
            "pipelines/landing/a.py",
            module(body="import dagster as dg"),
            "only runner, definitions and defs",
        ),
        (
            stray_dagster,
            "pipelines/cli.py",
            module(body="def f():\n    from dagster_dbt import DbtProject"),
            "pipelines/cli.py:3: only runner, definitions and defs import Dagster",
        ),
        (
            eager_great_expectations,
            "expectations/x.py",
            module(body="try:\n    import great_expectations.expectations as gxe\nexcept ImportError:\n    raise"),
            "expectations/x.py:3: import great_expectations inside the function",
        ),
        (impure, "pipelines/scoring/a.py", module(body="import pandas"), "scoring is pure and must not import pandas"),
        (impure, "pipelines/schemes/a.py", module(body="import random"), "must not import random"),
        (
            impure,
            "pipelines/company/a.py",
            module(body="import datetime\nx = datetime.date.today()"),
            "must not read the clock (datetime.date.today)",
        ),
        (floats_in_scoring, "pipelines/scoring/a.py", module(body="RATE = 0.5"), "scoring counts in Decimal"),
        (floats_in_scoring, "pipelines/scoring/a.py", module(body="x = float('1')"), "scoring counts in Decimal"),
        (bad_manners, "pipelines/scoring/a.py", "x = 1\n", "opens without a docstring"),
        (bad_manners, "pipelines/scoring/a.py", module(body="pass\n" * MAX_LINES), "602 lines, more than 600"),
        (
            bad_manners,
            "pipelines/scoring/a.py",
            module(body="try:\n    x = 1\nexcept Exception:\n    pass"),
            "pipelines/scoring/a.py:4: catches everything",
        ),
        (bad_manners, "pipelines/scoring/a.py", module(body="x = 1  # type: ignore"), "without saying why"),
        (bad_manners, "pipelines/scoring/a.py", module(body="x = 1  # noqa: E501"), "without saying why"),
        (
            bound_twice,
            "pipelines/scoring/a.py",
            module(body="A = 1\nB = 2\nA = 3"),
            "a.py:4: A stands in line 2 already",
        ),
        (forbidden_strings, "docs/a.md", "see /ho" + "me/jo/data", "docs/a.md:1: a path of some machine"),
        (company_outputs, "secrets/pseudonym.key", "ab", "secrets/pseudonym.key"),
        (forbidden_strings, "a.lock", "--index" + "-url https://example.net/", "a.lock:1: a package index"),
    ],
    ids=lambda value: value.__name__ if callable(value) else None,
)
def test_each_rule_sees_a_tree_that_breaks_it(
    tmp_path: Path, checker: Checker, path: str, text: str, message: str
) -> None:
    (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / path).write_text(text, encoding="utf-8")
    found = checker(tmp_path)
    assert len(found) == 1, found
    assert message in found[0]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("pipelines/defs/assets.py", module(body="import dagster\nfrom pipelines.landing import ingest")),
        ("expectations/runner.py", module(body="def f():\n    import great_expectations")),
        ("pipelines/scoring/a.py", module(body="x = 1  # type: ignore[misc]  # the stub lacks it")),
        ("pipelines/scoring/b.py", module(body="from pipelines.company.findings import Finding\nfrom . import a")),
        ("pipelines/warehouse/a.py", module(body="try:\n    x = 1\nexcept BaseException:\n    x = 2\n    raise")),
    ],
)
def test_a_tree_that_keeps_the_rules_passes(tmp_path: Path, path: str, text: str) -> None:
    (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / path).write_text(text, encoding="utf-8")
    assert [line for checker in CHECKERS for line in checker(tmp_path)] == []
