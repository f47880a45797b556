"""The reference part of docs/company-folder.md, rendered from the registry of human files.

Belongs here: Markdown of the files and their columns. Does not belong here: the prose around it (the page itself), the
words (`texts.files`). `python -m pipelines.company.reference docs/company-folder.md` renews the page.
"""

from __future__ import annotations

import sys
from pathlib import Path

from pipelines.company.human_files import EXPLAINED_FILES, HumanFile

BEGIN = "<!-- begin of the reference: made by `python -m pipelines.company.reference`, do not edit -->"
END = "<!-- end of the reference -->"


def reference() -> str:
    """Return the Markdown of every human file and its columns, in English and Chinese."""
    return "\n".join(_section(entry) for entry in EXPLAINED_FILES)


def renewed(page: str) -> str:
    """Return a page with its reference part renewed.

    Raises:
        ValueError: when the page lacks the two marks.
    """
    before, begin, rest = page.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError("the page has no marks for the reference")
    return f"{before}{BEGIN}\n\n{reference()}\n{END}{after}"


def _section(entry: HumanFile) -> str:
    needed = "required" if entry.required else "optional"
    required = entry.model.required_columns()
    lines = [
        f"### {entry.path}",
        "",
        f"{_sentence(entry.about('en'))} ({needed})  ",
        f"{entry.about('zh')}。",
        "",
        "| column | must be there | meaning | 含义 |",
        "|---|---|---|---|",
    ]
    for column in entry.model.columns():
        mark = "yes" if column in required else ""
        lines.append(
            f"| `{column}` | {mark} | {entry.column_about(column, 'en')} | {entry.column_about(column, 'zh')} |"
        )
    return "\n".join(lines) + "\n"


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def main(paths: list[str]) -> None:
    """Renew the pages named on the command line."""
    for name in paths:
        path = Path(name)
        path.write_text(renewed(path.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
