"""The results page: every suite, every expectation and what it found, readable offline in any browser.

Belongs here: the page's making. Great Expectations' own Data Docs link style sheets and scripts from the network, so a
machine without one would show them bare; this page is one static file without scripts or links to elsewhere.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from expectations.results import SuiteResult

PAGE = Path("warehouse") / "quality" / "index.html"


def write(home: Path, results: list[SuiteResult]) -> Path:
    """Write `warehouse/quality/index.html` of a company folder; the same results give the same bytes.

    Args:
        home: the company folder.
        results: what to show; shown by suite name.

    Returns:
        The page's path.
    """
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("expectations", "templates"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    ordered = sorted(results, key=lambda result: result.suite)
    text = environment.get_template("results.html").render(results=ordered)
    page = home / PAGE
    page.parent.mkdir(parents=True, exist_ok=True)
    scratch = page.with_suffix(".tmp")
    scratch.write_text(text, encoding="utf-8")
    scratch.replace(page)
    return page
