"""The reference of the warehouse, two pages that need no network: models and columns, and where each column comes from.

Belongs here: dbt's static documentation and dbt-colibri's column lineage, made of this company's warehouse, cleared of
what differs between machines and runs, and put in place whole. Does not belong here: the descriptions (dbt_project/),
the pages of analysts (docs/warehouse.md, docs/questions.md).
"""

from __future__ import annotations

import base64
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipelines.company.findings import Finding, InputError
from pipelines.warehouse.connection import BUILD_NAME, copy_relations, open_writer
from pipelines.warehouse.dbt_manifest import ensure_manifest
from pipelines.warehouse.dbt_process import executable
from pipelines.warehouse.layout import DBT_PROJECT_DIR, Layout
from pipelines.warehouse.lock import home_lock

MODELS_PAGE, LINEAGE_PAGE = "models.html", "lineage.html"

#: What dbt writes of the moment, the machine and the run; nothing of it belongs to the documentation.
_OF_THE_MOMENT = {"generated_at", "invocation_id", "invocation_started_at", "run_started_at", "created_at", "user_id"}

_MANIFEST_SLOT, _CATALOG_SLOT = '"MANIFEST.JSON INLINE DATA"', '"CATALOG.JSON INLINE DATA"'


#: Neither page may load or send anything: dbt-colibri's carries code that would tell its makers of its use.
_POLICY = (
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src 'unsafe-inline' "
    "'unsafe-eval'; style-src 'unsafe-inline'; img-src data:; font-src data:\">"
)
_LINEAGE_DATA = re.compile(r'(window\.colibriData = JSON\.parse\(atob\(")([A-Za-z0-9+/=]+)("\)\))')


class ReferencePageError(Exception):
    """A tool could not make its page; the message is the tool's own."""


#: How dbt-colibri says that it could not follow a column.
_NOT_FOLLOWED = re.compile(r"processing model model\.\w+\.(\w+), column (\w+)")


@dataclass(frozen=True)
class Reference:
    """Where the two pages lie, and the columns (model.column) of which the second cannot say where they come from."""

    models: Path
    lineage: Path
    not_followed: tuple[str, ...]


def write_reference(layout: Layout, waiting: Callable[[], None] | None = None) -> Reference:
    """Write `<home>/reference/` anew from the last whole build.

    The home lock is held where the company folder is written: for dbt's manifest, and as the pages are put in place.
    The tools between read copies, so a run may start meanwhile.

    Args:
        layout: the company folder.
        waiting: called when a run has to end first.

    Raises:
        InputError: nothing has been built yet.
        ReferencePageError: dbt or dbt-colibri fails.
    """
    if not layout.warehouse_file.is_file():
        raise InputError(
            [
                Finding(
                    file=str(layout.warehouse_file),
                    problem="nothing has been built yet, so there are no columns to tell of",
                    mend="Run a period first: `scorecards run PERIOD`.",
                )
            ]
        )
    with home_lock(layout, waiting):
        _finish_interrupted(layout.reference)
        ensure_manifest(layout)
    with tempfile.TemporaryDirectory(dir=layout.warehouse, prefix=".reference-") as name:
        work = Path(name)
        target, made = work / "target", work / "made"
        target.mkdir()
        made.mkdir()
        _copy_columns(layout.warehouse_file, work / f"{BUILD_NAME}.duckdb")
        memory = layout.dbt_target / "partial_parse.msgpack"
        if memory.is_file():  # spares dbt a parse of the whole project
            shutil.copyfile(memory, target / memory.name)
        _run([executable(), "docs", "generate", "--quiet", "--target-path", str(target), "--log-path", str(work)], work)
        for artifact in ("manifest.json", "catalog.json"):
            path = target / artifact
            path.write_text(without_the_moment(path.read_text(encoding="utf-8"), work), encoding="utf-8")
        (made / MODELS_PAGE).write_text(models_page(target), encoding="utf-8")
        colibri = str(Path(sys.executable).with_name("colibri"))
        files = ["--manifest", str(target / "manifest.json"), "--catalog", str(target / "catalog.json")]
        said = _run([colibri, "generate", "--disable-telemetry", "--output-dir", str(work / "lineage"), *files], work)
        told = (work / "lineage" / "index.html").read_text(encoding="utf-8")
        (made / LINEAGE_PAGE).write_text(lineage_page(told, work), encoding="utf-8")
        with home_lock(layout, waiting):
            _put_in_place(made, layout.reference)
    missing = sorted({f"{model}.{column}" for model, column in _NOT_FOLLOWED.findall(said)})
    return Reference(layout.reference / MODELS_PAGE, layout.reference / LINEAGE_PAGE, tuple(missing))


def _put_in_place(made: Path, target: Path) -> None:
    """Give the new folder its name; the old one goes only after that, so that one of both is always whole."""
    aside = _aside(target)
    if target.exists():
        target.rename(aside)
    try:
        made.rename(target)
    except OSError:
        _finish_interrupted(target)
        raise
    shutil.rmtree(aside, ignore_errors=True)


def _finish_interrupted(target: Path) -> None:
    """Bring back the old folder where a kill left no new one, or remove what is left of it."""
    aside = _aside(target)
    if aside.exists() and not target.exists():
        aside.rename(target)
    shutil.rmtree(aside, ignore_errors=True)


def _aside(target: Path) -> Path:
    return target.with_name(f".{target.name}-old")


def _copy_columns(source: Path, target: Path) -> None:
    """Copy the relations of a build without rows, but for the one row of settings that dbt asks for as it compiles."""
    copy_relations(source, target)
    with open_writer(target) as connection:
        escaped = str(source).replace("'", "''")
        connection.execute(f"attach '{escaped}' as built (read_only)")
        connection.execute("insert into company.settings from built.company.settings")


def _run(command: list[str], work: Path) -> str:
    """Run a tool in the work folder, telling nobody of it, and return what it said."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("SCORECARDS_")}
    done = subprocess.run(
        command,
        env={
            **inherited,
            "SCORECARDS_DBT_FOLDER": str(work),
            "DBT_PROJECT_DIR": str(DBT_PROJECT_DIR),
            "DBT_PROFILES_DIR": str(DBT_PROJECT_DIR),
            "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
            "DBT_LOG_LEVEL_FILE": "info",
            "DO_NOT_TRACK": "1",
            # the tools walk through sets of names
            "PYTHONHASHSEED": "0",
        },
        cwd=work,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise ReferencePageError((done.stdout + done.stderr)[-4000:])
    return done.stdout + done.stderr


def without_the_moment(text: str, work: Path) -> str:
    """Return a JSON artifact without times, ids of the run and folders of this machine."""
    told = json.dumps(_cleared(json.loads(text)), separators=(",", ":"))
    for folder, plain in ((work, "."), (DBT_PROJECT_DIR, DBT_PROJECT_DIR.name)):
        told = told.replace(json.dumps(str(folder))[1:-1], plain)
    return told


def _cleared(value: Any) -> Any:
    """A value without what is of the moment; a column of such a name has a description below it, and stays."""
    if isinstance(value, dict):
        return {
            key: type(one)() if key in _OF_THE_MOMENT and isinstance(one, str | int | float) else _cleared(one)
            for key, one in value.items()
        }
    return [_cleared(one) for one in value] if isinstance(value, list) else value


def models_page(target: Path) -> str:
    """Return dbt's own documentation page with both artifacts inside it, as `dbt docs generate --static` makes it."""
    page = _closed((target / "index.html").read_text(encoding="utf-8"))
    for slot, artifact in ((_MANIFEST_SLOT, "manifest.json"), (_CATALOG_SLOT, "catalog.json")):
        if slot not in page:
            raise ReferencePageError(f"dbt's page has no place {slot} for {artifact}")
        # a description that holds an end of script would end it
        page = page.replace(slot, (target / artifact).read_text(encoding="utf-8").replace("</", "<\\/"))
    return page


def lineage_page(page: str, work: Path) -> str:
    """Return dbt-colibri's page with its data cleared like the artifacts that it was made of."""
    found = _LINEAGE_DATA.search(page)
    if found is None:
        raise ReferencePageError("dbt-colibri's page holds its data otherwise than it did")
    data = without_the_moment(base64.b64decode(found[2]).decode("utf-8"), work)
    told = base64.b64encode(data.encode("utf-8")).decode("ascii")
    return _closed(page[: found.start(2)] + told + page[found.end(2) :])


def _closed(page: str) -> str:
    """The page with a policy that lets it load and send nothing."""
    before, head, after = page.partition("<head>")
    if not head:
        raise ReferencePageError("the page has no head")
    return before + head + _POLICY + after
