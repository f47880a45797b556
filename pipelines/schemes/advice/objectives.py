"""Whether what is measured serves what the company wants (000-P1).

Belongs here: objectives that are not stated, and such that no KPI that pays serves. Does not belong here: a dimension
without an objective beside others that have one, which is an error (`schemes.checks`).
"""

from __future__ import annotations

from collections.abc import Iterator

from pipelines.schemes.advice.sheet import Sheet
from pipelines.schemes.parsed import Issue, mapping


def issues(sheet: Sheet) -> Iterator[Issue]:
    """Yield what is wanted and not measured, or measured for nothing that anybody stated."""
    objectives = mapping(sheet.scheme.get("objectives"))
    if not objectives:
        yield Issue(("dimensions",), "advice.objective.none")
        return
    dimensions = mapping(sheet.scheme.get("dimensions"))
    paying = {str(sheet.kpi_rule(one.kpi).get("dimension")) for one in sheet.paid}
    served = {mapping(raw).get("objective") for name, raw in dimensions.items() if name in paying}
    for name in objectives:
        if name not in served:
            yield Issue(("objectives", name), "advice.objective.idle", {"objective": name})
