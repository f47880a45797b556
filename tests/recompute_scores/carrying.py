"""KPIs that count in longer periods only, scored in a shorter one by their last whole quarter or year.

Belongs here: docs/scheme-file.md, "KPIs that count by quarter or year", `carry_last`. Does not belong here: scoring
the line.
"""

from __future__ import annotations

from .company import Folder, Seg, Span
from .list_given import shifted
from .measures import Scheme, counts_in


def carries(scheme: Scheme, kpi: str, span: Span) -> bool:
    """Whether a KPI that does not count in a period stands there with its last result."""
    return not counts_in(scheme, kpi, span) and scheme["longer_kpis"]["in_shorter"] == "carry_last"


def last_whole(scheme: Scheme, kpi: str, span: Span) -> Span:
    """The last quarter (year) that ended before the period began or ends with it."""
    year = span.first.year
    found = (
        Span(str(year)) if scheme["kpis"][kpi]["period"] == "year" else Span(f"{year}-Q{(span.first.month + 2) // 3}")
    )
    return found if found.after <= span.after else shifted(found, -1)


def then(folder: Folder, seg: Seg, span: Span) -> Seg | None:
    """The person's last segment of a whole period in the same role under the same scheme, if not a later one."""
    mine = (seg.person, seg.role, seg.scheme)
    found = [one for one in folder.segments(span) if (one.person, one.role, one.scheme) == mine]
    found = [one for one in found if one.start <= seg.start]
    return found[-1] if found else None
