"""The pages of managers and of HR: a team, the periods, one revision, its release, the objections.

Belongs here: these pages. Does not belong here: one card's page (`own_pages`), what may be shown (`access`), the
figures of groups (`figures`).
"""

from __future__ import annotations

from typing import Any

from starlette.responses import Response

from pipelines.periods import PeriodError, parse_period
from pipelines.portal.access import Act, Stage
from pipelines.portal.figures import group_figures
from pipelines.portal.files import LONGEST_PURPOSE
from pipelines.portal.own_pages import Row, card_path, file_path, name_of, rows_of, told_appeal, visible
from pipelines.portal.sealed import AlteredError, Revision
from pipelines.portal.web import NotThereError, RefusedError, Visit, page, redirect

_NEXT = {Stage.HR: Stage.MANAGERS, Stage.MANAGERS: Stage.PEOPLE}


def team_periods(visit: Visit) -> Response:
    """List the periods in which the visitor led somebody whose card may be seen."""
    if not visit.known.lines:
        raise NotThereError
    periods = [(period, len(rows)) for period in visit.portal.shelf.periods() if (rows := _team(visit, str(period)))]
    return page(visit, "team_periods.html.j2", periods=periods)


def team(visit: Visit) -> Response:
    """List the visitor's reports of a period."""
    told = visit.request.path_params["period"]
    try:
        rows = _team(visit, str(parse_period(told)))
    except PeriodError as error:
        raise NotThereError from error
    if not rows:
        raise NotThereError
    return page(visit, "team.html.j2", period_name=told, rows=rows)


def _team(visit: Visit, period: str) -> list[Row]:
    people = sorted({line.person_id for line in visit.known.lines})
    found = [rows_of(visit, visible(visit, period, person)[:1], person) for person in people]
    return [row for rows in found for row in rows]


def periods(visit: Visit) -> Response:
    """List every sealed revision for HR, with how far it was shown and what came back."""
    visit.require_hr()
    rows: list[dict[str, Any]] = []
    for period in visit.portal.shelf.periods():
        try:
            revisions = visit.portal.shelf.revisions(period)
        except AlteredError:
            rows.append({"period": period, "is_damaged": True})
            continue
        for place, revision in enumerate(revisions):
            people = revision.people()
            seen = visit.portal.ledger.acknowledged(str(period), revision.number)
            rows.append(
                {
                    "period": period,
                    "is_damaged": False,
                    "revision": revision,
                    "newest": place == 0,
                    "sealed_on": visit.local_day(revision.sealed_at),
                    "stage": visit.t(f"stage.{visit.stage(revision).name.lower()}"),
                    "people": len(people),
                    "acknowledged": len(seen.keys() & set(people)),
                    "href": hr_path(revision),
                }
            )
    return page(visit, "hr.html.j2", rows=rows, broken=visit.facts.broken, sheet=visit.facts.appeals_in_sheet)


def hr_path(revision: Revision) -> str:
    """Return the path of HR's page of a revision."""
    return f"/hr/{revision.period}/{revision.label}"


def period(visit: Visit) -> Response:
    """Show one revision to HR: people, lists, figures of groups, release, archive."""
    visit.require_hr()
    revision = visit.revision()
    visit.require(Act.SEE_LISTS, revision)
    stage = visit.stage(revision)
    seen = visit.portal.ledger.acknowledged(str(revision.period), revision.number)
    steps = visit.portal.ledger.releases(str(revision.period), revision.number)
    people = [
        {
            "id": person,
            "name": name_of(visit, person),
            "href": card_path(revision, person),
            "acknowledged": visit.local_day(seen[person]) if person in seen else None,
        }
        for person in revision.people()
    ]
    traces = visit.portal.shelf.bundle(revision)["traces"]
    return page(
        visit,
        "hr_period.html.j2",
        revision=revision,
        here_path=hr_path(revision),
        sealed_on=visit.local_day(revision.sealed_at),
        approver=str(revision.seal.seal["approved_by"]),
        stage=visit.t(f"stage.{stage.name.lower()}"),
        next_stage=_NEXT.get(stage),
        steps=[(visit.t(f"stage.{one.stage.name.lower()}"), one.by, visit.local_day(one.at)) for one in steps],
        people=people,
        figures=group_figures(traces, visit.facts.file.lists.least_shown),
        least=visit.facts.file.lists.least_shown,
        files=[(name, file_path(revision, name)) for name in (*revision.files_of(""), "manifest.json")],
        longest_purpose=LONGEST_PURPOSE,
    )


def release(visit: Visit) -> Response:
    """Show a revision to the next stage; HR confirms which one, so that a second click does not go a step further."""
    visit.require_hr()
    revision = visit.revision()
    visit.require(Act.RELEASE, revision)
    following = _NEXT.get(visit.stage(revision))
    if following is None or visit.field("stage") != following.name.lower():
        raise RefusedError(409, "released_already")
    visit.portal.shelf.manifest(revision)  # nothing is shown that is not what was sealed
    sha256 = revision.seal.manifest_sha256
    visit.portal.ledger.release(str(revision.period), revision.number, following, sha256, visit.who)
    return redirect(hr_path(revision))


def objection_list(visit: Visit) -> Response:
    """List every appeal for HR, the open ones first, with the day by which they are to be decided."""
    visit.require_hr()
    appeals = sorted(visit.facts.appeals or (), key=lambda one: (one.outcome != "open", one.filed_on, one.person_id))
    attached = {
        (one.period, one.person_id, one.kpi_id, one.filed_on): f"/attachments/{one.attachment_sha256}"
        for one in visit.portal.ledger.objections()
        if one.attachment
    }
    return page(
        visit,
        "hr_objections.html.j2",
        rows=[
            {
                **told_appeal(visit, one),
                "attached": attached.get((str(one.period), one.person_id, one.kpi_id, one.filed_on.isoformat()), ""),
            }
            for one in appeals
        ],
        is_readable=visit.facts.appeals is not None,
        sheet=visit.facts.appeals_in_sheet,
    )
