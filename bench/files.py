"""`make bench`, the files: cards a second against the bare libraries that write them.

The cards of the demo company's sealed month, each as HTML, PDF and XLSX in two languages, are made by the pipeline
(`render_cards`: words, numbers, drawings, layout) and by Jinja2, Typst and XlsxWriter alone, which get everything that
they print prepared: the values of the template, the JSON of the PDF, the calls that fill the workbook. Both use the
processors alike: Typst in threads, the rest beside it. The bytes of both are compared first.

Usage: python bench/files.py [--home DIR] [--rounds N]
"""

from __future__ import annotations

import argparse
import io
import json
import os
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

if __package__ in (None, ""):
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
import xlsxwriter

from pipelines.scorecards import html, pdf, seals, workbook
from pipelines.scorecards.bundle import results_of
from pipelines.scorecards.editions import render_cards
from pipelines.scorecards.fonts import families
from pipelines.scorecards.paper import paper_data
from pipelines.scorecards.store import sha256_bytes
from pipelines.scorecards.view import card_view

PERIOD = "2026-10"
LIMIT = 0.6


class Recorded:
    """An object of XlsxWriter that notes what is called on it, so that the same calls can be made without us."""

    def __init__(self, real: Any, calls: list[tuple[int, str, tuple[Any, ...], dict[str, Any]]], made: list[Any]):
        self._real, self._calls, self._made = real, calls, made
        self._place = len(made)
        made.append(self)

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._real, name)
        if not callable(found):
            return found

        def called(*args: Any, **kwargs: Any) -> Any:
            plain = [one._real if isinstance(one, Recorded) else one for one in args]
            named = {key: one._real if isinstance(one, Recorded) else one for key, one in kwargs.items()}
            self._calls.append((self._place, name, args, kwargs))
            answer = found(*plain, **named)
            return Recorded(answer, self._calls, self._made) if name in {"add_format", "add_worksheet"} else answer

        return called


class Prepared:
    """One card with everything that the libraries need, made beforehand."""

    def __init__(self, bundle: dict[str, Any], trace: dict[str, Any], edition: Any, lang: str, results: str):
        person = trace["person_id"]
        running = {"period": PERIOD, "person_id": person, "revision": edition.label, "results": results}
        view = card_view(bundle, trace, edition, lang)
        self.page = {**view, "css": html.stylesheet("card.css")}
        data = paper_data(view, running)
        self.paper = {"card": json.dumps(data, ensure_ascii=False, sort_keys=True), "fonts": json.dumps(families())}
        self.calls: list[Any] = []
        self._record(bundle, trace, edition, lang)

    def _record(self, *asked: Any) -> None:
        real, made = xlsxwriter.Workbook, []

        def opened(stream: Any, options: dict[str, Any]) -> Any:
            self.options = options
            return Recorded(real(stream, options), self.calls, made)

        xlsxwriter.Workbook = opened
        try:
            workbook.render_workbook(*asked)
        finally:
            xlsxwriter.Workbook = real

    def html(self) -> bytes:
        """Jinja2 alone."""
        return html.template("card.html.j2").render(self.page).encode()

    def xlsx(self) -> bytes:
        """XlsxWriter alone."""
        stream = io.BytesIO()
        made = [xlsxwriter.Workbook(stream, self.options)]
        for place, name, args, kwargs in self.calls:
            plain = [made[one._place] if isinstance(one, Recorded) else one for one in args]
            named = {key: made[one._place] if isinstance(one, Recorded) else one for key, one in kwargs.items()}
            answer = getattr(made[place], name)(*plain, **named)
            if name in {"add_format", "add_worksheet"}:
                made.append(answer)
        return stream.getvalue()

    def pdf(self) -> bytes:
        """Typst alone."""
        return pdf._compiler().compile(format="pdf", sys_inputs=self.paper, pdf_standards="ua-1")


def bare(cards: list[Prepared]) -> list[bytes]:
    """All files by the libraries alone: PDFs in threads, the rest beside them."""
    with ThreadPoolExecutor(os.cpu_count() or 1) as threads:
        papers = [threads.submit(one.pdf) for one in cards]
        others = [made for one in cards for made in (one.html(), one.xlsx())]
        return others + [one.result() for one in papers]


def best(work: Callable[[], Any], times: list[tuple[float, float]]) -> Any:
    """Do the work and note its wall time and its processor time."""
    began, busy = time.perf_counter(), time.process_time()
    made = work()
    times.append((time.perf_counter() - began, time.process_time() - busy))
    return made


def main() -> None:
    """Compare bytes, then measure in turns; exit 1 when the limit is broken."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--home", type=Path, default=Path("demo-company"))
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    sealed = seals.newest_seal(options.home, PERIOD)
    if sealed is None:
        sys.exit(f"{options.home}: {PERIOD} is not sealed; `make demo` does it")
    bundle, edition = sealed.bundle, sealed.edition
    results = sha256_bytes(results_of(bundle))
    languages = bundle["company"]["languages"]
    cards = [Prepared(bundle, trace, edition, lang, results) for trace in bundle["traces"] for lang in languages]
    ours: list[tuple[float, float]] = []
    alone: list[tuple[float, float]] = []
    if sorted(bare(cards)) != sorted(render_cards(bundle, edition, results).values()):
        sys.exit("the libraries alone made other bytes than the pipeline: the bench compares two different things")
    count = 3 * len(cards)
    for _ in range(options.rounds):
        best(lambda: bare(cards), alone)
        best(lambda: render_cards(bundle, edition, results), ours)
    wall, wall_alone = min(ours)[0], min(alone)[0]
    print(f"{count} files of {len(bundle['traces'])} people, the best of {options.rounds} rounds")
    for name, times, least in (("pipeline", ours, wall), ("libraries alone", alone, wall_alone)):
        busy = min(used for _, used in times)
        print(f"{name:20}{count / least:8.1f} files/s{least:8.2f} s{busy:8.2f} processor seconds")
    ratio = wall_alone / wall
    print(f"{f'files/s >= {LIMIT:g} x the libraries alone':46}{ratio:10.2f}  {'kept' if ratio >= LIMIT else 'BROKEN'}")
    sys.exit(int(ratio < LIMIT))


if __name__ == "__main__":
    main()
