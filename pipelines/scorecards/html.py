"""The HTML card: one file, no script, nothing fetched, printable, readable on a phone.

Belongs here: the template environment, compiled once a process. Does not belong here: words and numbers (view),
drawings (charts).
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipelines.scorecards.view import Edition, card_view

if TYPE_CHECKING:
    from jinja2 import Template
    from markupsafe import Markup

TEMPLATES = Path(__file__).parent / "templates"


def render_html(bundle: Mapping[str, Any], trace: Mapping[str, Any], edition: Edition, lang: str) -> bytes:
    """Return the card of one person in one language as UTF-8."""
    page = template("card.html.j2").render(**card_view(bundle, trace, edition, lang), css=stylesheet("card.css"))
    return page.encode("utf-8", "replace")  # a lone surrogate in a name must not stop a payroll


@cache
def template(name: str) -> Template:
    """Return a template of this room, compiled once a process."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    return environment.get_template(name)


@cache
def stylesheet(name: str) -> Markup:
    """Return a style sheet of this room, without its indents."""
    from markupsafe import Markup

    lines = (TEMPLATES / name).read_text(encoding="utf-8").splitlines()
    return Markup("\n".join(line.strip() for line in lines if line.strip()))  # noqa: S704 - our own file
