"""Helpers of the system tests: a workbook without cached results, recomputed by LibreOffice.

Belongs here: what touches the Debian packages. Does not belong here: assertions.
"""

from __future__ import annotations

import csv
import io
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

_CACHED = re.compile(rb"(<c [^>]*?)( t=\"str\")?(>)(<f>.*?</f>)<v>.*?</v>", re.DOTALL)


def without_results(workbook: bytes) -> bytes:
    """Take the cached result out of every formula cell, so that whoever shows a number has computed it."""
    source, target = zipfile.ZipFile(io.BytesIO(workbook)), io.BytesIO()
    removed = 0
    with zipfile.ZipFile(target, "w") as out:
        for item in source.infolist():
            data = source.read(item)
            if item.filename.startswith("xl/worksheets/"):
                data, count = _CACHED.subn(rb"\1\3\4", data)
                removed += count
            out.writestr(item, data)
    if not removed:
        raise AssertionError("the workbook has no formula with a cached result")
    return target.getvalue()


def recomputed_sheets(workbook: bytes, folder: Path) -> dict[str, list[list[str]]]:
    """Open the workbook in LibreOffice, recompute it, and return every sheet as rows of texts."""
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        raise AssertionError("LibreOffice is missing: install the packages listed in .ci/apt-packages")
    folder.mkdir(parents=True, exist_ok=True)
    source = folder / "card.xlsx"
    source.write_bytes(workbook)
    # token 11 false: full precision instead of the format's; token 12 -1: every sheet into a file of its own
    options = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1"
    command = [office, "--headless", f"-env:UserInstallation=file://{folder / 'profile'}", "--convert-to", options]
    subprocess.run([*command, "--outdir", str(folder), str(source)], check=True, capture_output=True, timeout=180)
    sheets = {}
    for path in sorted(folder.glob("card-*.csv")):
        with path.open(encoding="utf-8", newline="") as stream:
            sheets[path.stem.removeprefix("card-")] = list(csv.reader(stream))
    return sheets
