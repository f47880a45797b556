"""What can be loaded but is unwise: advice on a scheme, one module a question.

Belongs here: rules whose finding is a warning. Does not belong here: what a scheme may not say (`schemes.checks`), and
where the past values come from (the caller reads them and hands them in).

A new block of the scheme file gets its rules in the module of its question, or a new module in `RULES`. Every rule has
a text `advice.<rule>` with a `.mend` twin, and a test that feeds it the defect.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from pipelines.schemes.advice import balance, curves, objectives, overlap, settled, targets, weights
from pipelines.schemes.advice.sheet import PastValues, Sheet
from pipelines.schemes.catalogue import KpiInfo
from pipelines.schemes.parsed import Issue, mapping

#: Each asks one question of a scheme.
RULES: tuple[Callable[[Sheet], Iterator[Issue]], ...] = (
    weights.issues,
    curves.issues,
    objectives.issues,
    balance.issues,
    overlap.issues,
    targets.issues,
    settled.issues,
)


def scheme_advice(
    data: Any, catalogue: Mapping[str, KpiInfo], past: Mapping[str, PastValues] | None = None
) -> list[Issue]:
    """Return all advice on a parsed scheme file.

    Args:
        data: the parsed file; blocks of the wrong type are stepped over, as the errors tell them.
        catalogue: the KPIs, by id.
        past: what the company has published of each KPI; without it nothing is said of its history.
    """
    sheet = Sheet(data, catalogue, past or {})
    return list(_once_a_role(sheet, [issue for rule in RULES for issue in rule(sheet)]))


def _once_a_role(sheet: Sheet, issues: list[Issue]) -> Iterator[Issue]:
    """Tell what is true of every kind of community of a role once: the first kind that it is true of stands for all."""
    told: list[tuple[str, Any]] = []
    for index, issue in enumerate(issues):
        base = str(issue.params.get("role", "")).partition(" / ")[0]
        if mapping(mapping(sheet.scheme.get("roles")).get(base)).get("by_community") is True:
            if (issue.key, base) in told:
                continue
            told.append((issue.key, base))
        if issue not in issues[:index]:
            yield issue


__all__ = ["RULES", "PastValues", "Sheet", "scheme_advice"]
