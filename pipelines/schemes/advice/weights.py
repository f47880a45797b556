"""How many KPIs a role has and what each weighs.

Belongs here: counting and weighing KPIs. Does not belong here: which kinds of KPI a role mixes (`balance`).
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from pipelines.schemes.advice.sheet import Paid, Sheet, plain
from pipelines.schemes.parsed import Issue

#: 001-R3: three to five keep the focus. Behaviour is not counted: with it the weights of 001 cannot be met at all.
FEWEST, MOST = 3, 5
#: Below it nobody changes the own work for a KPI.
LIGHT = Decimal(5)
#: Above it the other KPIs together count less than this one.
HEAVY = Decimal(50)


def issues(sheet: Sheet) -> Iterator[Issue]:
    """Yield what is unwise about the number and the weights of a role's KPIs."""
    for role, paid in sheet.roles.items():
        performance = [one for one in paid if one.info.nature != "behaviour"]
        if not FEWEST <= len(performance) <= MOST:
            yield Issue(
                paid[0].components,
                "advice.kpis.many" if len(performance) > MOST else "advice.kpis.few",
                {"role": role, "n": len(performance), "all": len(paid)},
            )
        yield from _weight_issues(paid)


def _weight_issues(paid: list[Paid]) -> Iterator[Issue]:
    for one in paid:
        if one.weight < LIGHT:
            yield Issue(one.path, "advice.kpi.light", {"kpi": one.kpi, "weight": plain(one.weight)})
        elif one.weight > HEAVY:
            yield Issue(one.path, "advice.kpi.heavy", {"kpi": one.kpi, "weight": plain(one.weight)})
