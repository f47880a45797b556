"""Everything that is wrong or unwise in a scheme file, in one go and in the order of the file.

Belongs here: putting errors and advice together. Does not belong here: the rules (`checks`, `advice`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipelines.company.findings import Finding, InputError
from pipelines.schemes.advice import PastValues, scheme_advice
from pipelines.schemes.catalogue import KpiInfo, read_catalogue
from pipelines.schemes.loader import examine, find_scheme, issue_finding, shown_as
from pipelines.texts import text

ERROR, WARNING = "error", "warning"


@dataclass(frozen=True)
class Marked:
    """A finding with its weight: an `error` keeps the scheme from loading, a `warning` does not."""

    severity: str
    finding: Finding

    def told(self, lang: str) -> str:
        """Write it as one line in a language."""
        one = self.finding
        where = text("schemes.lint.line", lang, file=one.file, line=one.row) if one.row else one.file
        key = f" {one.column}" if one.column else ""
        value = text("schemes.lint.value", lang, value=one.value) if one.value else ""
        return text(
            f"schemes.lint.{self.severity}", lang, where=where, key=key, problem=one.problem, value=value, mend=one.mend
        )


def lint_scheme(
    id_or_path: str | Path,
    home: Path | None = None,
    *,
    catalogue: Mapping[str, KpiInfo] | None = None,
    past: Mapping[str, PastValues] | None = None,
    lang: str = "en",
) -> list[Marked]:
    """Return every error and all advice, in the order of the file.

    Args:
        id_or_path: a scheme id such as `000`, or the path of a YAML file.
        home: the company folder, whose schemes go before the shipped ones.
        catalogue: the KPIs that a scheme may use; the project's KPI catalogue when None.
        past: what the company has published of each KPI, against which default targets are held; None for none.
        lang: the language of the findings, `zh` or `en`.

    Raises:
        InputError: when there is no such scheme.
    """
    known = catalogue or read_catalogue()
    path = find_scheme(id_or_path, home, lang)
    shown = shown_as(path, home)
    try:
        examined = examine(path, shown, known, lang)
    except InputError as error:
        return [Marked(ERROR, finding) for finding in error.findings]
    document = examined.document
    marked = [Marked(ERROR, finding) for finding in examined.findings]
    marked += [
        Marked(WARNING, issue_finding(document, shown, issue, lang))
        for issue in scheme_advice(document.data, known, past)
    ]
    return sorted(marked, key=lambda one: (one.finding.row, one.severity))  # within a line as the rules stand


def summary(marked: Sequence[Marked], lang: str) -> str:
    """Return the last line: how many errors and warnings there are."""
    errors = sum(one.severity == ERROR for one in marked)
    return text("schemes.lint.summary", lang, errors=errors, warnings=len(marked) - errors)
