"""Who stands behind a scheme: the departments that approved it (003-R11), the people who administer it (003-W14).

Belongs here: the two lists. Does not belong here: how a scheme is made; refusing to pay by one that lacks an approval.
"""

from __future__ import annotations

from datetime import timedelta
from decimal import ROUND_CEILING, Decimal

from pipelines.reports.facts import Facts
from pipelines.reports.table import Cell, Remark, Report, in_order


def governance_reports(facts: Facts) -> list[Report]:
    """Return the approvals of the schemes in force and the number of administrators."""
    return [_approvals(facts), _administrators(facts)]


def _approvals(facts: Facts) -> Report:
    """A row a scheme version and department with people under it in the period.

    `status`: `approved`; `approved_late` where the approval came after the period had begun; `not_approved`.
    """
    given = {(row.scheme_id, row.version, row.team_id): row for row in facts.company.scheme_approvals}
    people: dict[tuple[str, str, str], set[str]] = {}
    for result in facts.results:
        for part in result.parts:
            people.setdefault((part.scheme_id, part.scheme_version, part.team_id), set()).add(result.person_id)
    rows: list[dict[str, Cell]] = []
    for key, members in sorted(people.items()):
        row = given.get(key)
        late = row is not None and row.approved_on > facts.period.start
        rows.append(
            {
                "scheme_id": key[0],
                "scheme_version": key[1],
                "team_id": key[2],
                "people": len(members),
                "approver": row.approved_by if row else None,
                "approved_on": row.approved_on.isoformat() if row else None,
                "status": "not_approved" if row is None else "approved_late" if late else "approved",
            }
        )
    return Report(
        "scheme_approvals",
        "003-R11",
        ("scheme_id", "scheme_version", "team_id", "people", "approver", "approved_on", "status"),
        in_order(rows, "scheme_id", "scheme_version", "team_id"),
        {"open": sum(row["status"] == "not_approved" for row in rows)},
        () if given else (Remark("no_approvals"),),
    )


def _administrators(facts: Facts) -> Report:
    """One row: users active in the period, the administrators that they need by the setting, and those there are."""
    settings, last = facts.settings, facts.period.end - timedelta(days=1)
    there = {
        row.person_id
        for row in facts.company.positions
        if row.role in settings.administrator_roles and row.covers(last)
    }
    each = settings.users_per_administrator
    rows: list[dict[str, Cell]] = []
    if facts.active_users:
        needed = int((Decimal(facts.active_users) / each).to_integral_value(ROUND_CEILING))
        rows.append(
            {
                "active_users": facts.active_users,
                "administrators": len(there),
                "administrators_needed": needed,
                "status": "enough" if len(there) >= needed else "too_few_administrators",
            }
        )
    return Report(
        "administrators",
        "003-W14",
        ("active_users", "administrators", "administrators_needed", "status"),
        tuple(rows),
        {"each": each, "roles": ", ".join(settings.administrator_roles)},
        () if rows else (Remark("no_active_users"),),
    )
