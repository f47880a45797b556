"""Among whom people are ranked: groups of people whose scores can be compared, and who is left out of them.

Belongs here: scheme, team or role as a group, the least number of days, the least size. Does not belong here: ranking
(standing).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipelines.company.list_settings import ListSettings
from pipelines.reports.results import Result
from pipelines.reports.standing import Entry
from pipelines.reports.table import Remark


@dataclass(frozen=True)
class Group:
    """People under one scheme who are ranked together. `name` is empty where the group is the whole company."""

    scheme_id: str
    name: str
    members: tuple[Result, ...]

    @property
    def entries(self) -> list[Entry]:
        """The members as they are ranked."""
        return [Entry(one.person_id, *one.bounds) for one in self.members if one.bounds is not None]

    @property
    def key(self) -> tuple[str, str]:
        """What tells groups apart."""
        return (self.scheme_id, self.name)


@dataclass(frozen=True)
class Grouped:
    """The groups of a period that are large enough, and what is to be said of the people in none."""

    groups: tuple[Group, ...]
    remarks: tuple[Remark, ...]


def grouped(results: Sequence[Result], settings: ListSettings) -> Grouped:
    """Divide people into groups. Whoever had too few days, or no KPI at all, is not ranked; nor is a small group."""
    ranked, short, nothing = [], 0, 0
    for result in results:
        if result.bounds is None:
            nothing += 1
        elif result.days * 100 < settings.min_days_share * result.period_days:
            short += 1
        else:
            ranked.append(result)
    members: dict[tuple[str, str], list[Result]] = {}
    for result in ranked:
        name = {"company": "", "team": result.team_id, "role": result.role}[settings.group_by]
        members.setdefault((result.scheme_id, name), []).append(result)
    groups = [Group(scheme, name, tuple(found)) for (scheme, name), found in sorted(members.items())]
    small = [group for group in groups if len(group.members) < settings.min_group]
    remarks = []
    if short:
        remarks.append(Remark("few_days", {"count": str(short), "share": str(settings.min_days_share)}))
    if nothing:
        remarks.append(Remark("no_score", {"count": str(nothing)}))
    for group in small:
        params = {"scheme": group.scheme_id, "group": group.name or "-", "people": str(len(group.members))}
        remarks.append(Remark("small_group", {**params, "least": str(settings.min_group)}))
    return Grouped(tuple(group for group in groups if group not in small), tuple(remarks))
