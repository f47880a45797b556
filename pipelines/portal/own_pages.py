"""The pages of a person: the own cards, one card, objecting to it.

Belongs here: these pages; a manager and HR open one card by the same page. Does not belong here: the card itself, which
was sealed and is sent as it is (`files`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from starlette.responses import Response

from pipelines.company.decision_records import Appeal
from pipelines.company.findings import InputError
from pipelines.periods import parse_period
from pipelines.portal import objections
from pipelines.portal.access import Act, Stage
from pipelines.portal.ledger import TwiceError
from pipelines.portal.objections import BusyError, Form
from pipelines.portal.sealed import AlteredError, Revision
from pipelines.portal.web import NotThereError, RefusedError, Visit, page, redirect
from pipelines.schemes import read_catalogue
from pipelines.texts import text


@dataclass(frozen=True)
class Row:
    """One revision in a table of cards.

    Attributes:
        newest: whether it is the one in force among those that are shown.
        acknowledged: the day on which the person acknowledged it; None while not.
        open_objections: how many of the person's objections to the period wait for a decision.
    """

    revision: Revision
    person_id: str
    name: str
    newest: bool
    acknowledged: date | None
    open_objections: int

    @property
    def href(self) -> str:
        """The page of the card."""
        return card_path(self.revision, self.person_id)


def card_path(revision: Revision, person_id: str) -> str:
    """Return the path of the page of a card."""
    return f"/cards/{revision.period}/{revision.label}/{person_id}"


def file_path(revision: Revision, name: str) -> str:
    """Return the path of a sealed file."""
    return f"/files/{revision.period}/{revision.label}/{name}"


def mine(visit: Visit) -> Response:
    """List the cards of whoever is signed in, the newest first."""
    person = visit.known.person_id
    if not person:
        raise NotThereError
    rows = []
    for period in visit.portal.shelf.periods():
        rows += rows_of(visit, visible(visit, str(period), person), person)
    return page(visit, "mine.html.j2", rows=rows, name=name_of(visit, person))


def visible(visit: Visit, period: str, person_id: str) -> list[Revision]:
    """The revisions with a card of a person that the visitor may see, the newest first; none of a damaged period."""
    try:
        revisions = visit.portal.shelf.revisions(parse_period(period))
    except AlteredError:
        return []  # HR's page says so; whoever opens a file of it is told as well
    return [
        one for one in revisions if one.files_of(person_id) and person_id and visit.may(Act.SEE_CARD, one, person_id)
    ]


def rows_of(visit: Visit, revisions: list[Revision], person_id: str) -> list[Row]:
    """Return a row for each revision of one period and person."""
    rows = []
    for place, revision in enumerate(revisions):
        at = visit.portal.ledger.acknowledged(str(revision.period), revision.number).get(person_id)
        waiting = [one for one in appeals_of(visit, revision, person_id) if one.outcome == "open"]
        rows.append(
            Row(
                revision,
                person_id,
                name_of(visit, person_id),
                newest=place == 0,
                acknowledged=visit.local_day(at) if at else None,
                open_objections=len(waiting) if place == 0 else 0,
            )
        )
    return rows


def card(visit: Visit) -> Response:
    """Show one card's page: the card, its other files, and what the person may do with it."""
    revision, person = _asked(visit, Act.SEE_CARD)
    at = visit.portal.ledger.acknowledged(str(revision.period), revision.number).get(person)
    shown = visible(visit, str(revision.period), person)
    files = [(name, file_path(revision, name), file_label(visit, revision, name)) for name in revision.files_of(person)]
    files.sort(key=lambda one: _lang(revision, one[0]) != visit.lang)  # the visitor's language comes first
    first = next((one for one in files if one[0].endswith(".html")), None)
    last = _last_day(visit, revision) if visit.may(Act.OBJECT, revision, person) else None
    return page(
        visit,
        "card.html.j2",
        revision=revision,
        person=person,
        name=name_of(visit, person),
        is_newest=bool(shown) and shown[0].label == revision.label,
        first=first or (files[0] if files else None),
        files=files,
        here_path=card_path(revision, person),
        may_acknowledge=at is None and visit.may(Act.ACKNOWLEDGE, revision, person),
        acknowledged=visit.local_day(at) if at else None,
        may_object=last is not None and visit.today() <= last and _is_newest(visit, revision, person),
        last_day=last,
        objections=[told_appeal(visit, one) for one in appeals_of(visit, revision, person)],
        attached=_attached(visit, revision, person),
    )


def acknowledge(visit: Visit) -> Response:
    """Note that the person has seen the own card."""
    revision, person = _asked(visit, Act.ACKNOWLEDGE)
    visit.portal.ledger.acknowledge(str(revision.period), revision.number, person, visit.who)
    return redirect(card_path(revision, person))


def objection_form(visit: Visit) -> Response:
    """Ask what is wrong with a card."""
    revision, person = _asked(visit, Act.OBJECT)
    _refuse_late(visit, revision, person)
    return _form_page(visit, revision, person, Form(), [])


def object_to(visit: Visit) -> Response:
    """Take an objection: it becomes a row of reviews/appeals.csv, or the form comes back with what is wrong."""
    revision, person = _asked(visit, Act.OBJECT)
    _refuse_late(visit, revision, person)
    upload = visit.upload("attachment")
    form = Form(
        kpi_id=visit.field("kpi_id").strip(),
        category=visit.field("category").strip(),
        words=objections.tidy(visit.field("words")),
        expected=objections.tidy(visit.field("expected")),
        attachment=upload.file.read() if upload is not None else b"",
    )
    kpis = frozenset(kpi for kpi, _ in _kpis(visit, revision, person))
    found = objections.problems(form, kpis, visit.settings.attachment_megabytes)
    today = visit.today()
    same = [
        one
        for one in appeals_of(visit, revision, person)
        if one.filed_on == today and one.kpi_id.casefold() == form.kpi_id.casefold()
    ]
    if same:
        found.append(("portal.objection.problem.twice", {}))
    if found:
        return _form_page(visit, revision, person, form, found, 422)
    lang = visit.facts.file.locale
    try:
        objections.file_objection(
            *(visit.portal.home, visit.portal.ledger, visit.who, str(revision.period), revision.number),
            *(person, form, today, lang),
        )
    except BusyError:
        return _form_page(visit, revision, person, form, [("portal.objection.problem.busy", {})], 503)
    except TwiceError:
        return _form_page(visit, revision, person, form, [("portal.objection.problem.twice", {})], 422)
    except InputError:
        visit.portal.ledger.write(visit.who, "object", visit.target(), "refused", why="reviews/appeals.csv")
        return _form_page(visit, revision, person, form, [("portal.objection.problem.file", {})], 409)
    return redirect(card_path(revision, person))


def name_of(visit: Visit, person_id: str) -> str:
    """Return a person's name as people.csv has it now; the id where it has none."""
    person = visit.facts.people.get(person_id)
    return person.display_name(visit.lang) if person else person_id


def appeals_of(visit: Visit, revision: Revision, person_id: str) -> list[Appeal]:
    """Return a person's appeals against a period, the latest first."""
    found = [
        one
        for one in visit.facts.appeals or ()
        if one.person_id == person_id and str(one.period) == str(revision.period)
    ]
    return sorted(found, key=lambda one: (one.filed_on, one.kpi_id), reverse=True)


def told_appeal(visit: Visit, appeal: Appeal) -> dict[str, Any]:
    """Return an appeal as the pages tell it."""
    due = visit.facts.file.lists.answer_due(appeal.filed_on)
    return {
        "person_id": appeal.person_id,
        "name": name_of(visit, appeal.person_id),
        "period": appeal.period,
        "kpi_id": appeal.kpi_id,
        "about": kpi_name(visit, appeal.kpi_id) if appeal.kpi_id else visit.t("whole_card"),
        "what": appeal.what,
        "filed_on": appeal.filed_on,
        "outcome": visit.t(f"outcome.{appeal.outcome}"),
        "is_open": appeal.outcome == "open",
        "due": due if appeal.outcome == "open" else None,
        "is_late": appeal.outcome == "open" and visit.today() > due,
        "reason": appeal.reason,
    }


def kpi_name(visit: Visit, kpi_id: str) -> str:
    """Return what the catalogue calls a KPI; its id where the catalogue does not know it."""
    known = read_catalogue().get(kpi_id)
    return known.named(visit.lang) if known else kpi_id


def file_label(visit: Visit, revision: Revision, name: str) -> str:
    """Say what a file of a card is."""
    lang = _lang(revision, name)
    suffix = name.rpartition(".")[2]
    return visit.t("file", kind=visit.t(f"kind.{suffix}"), language=visit.t(f"in.{lang}"))


def _asked(visit: Visit, act: Act) -> tuple[Revision, str]:
    """The revision and person of the path, where there is such a card and the visitor may."""
    revision, person = visit.revision(), str(visit.request.path_params["person"])
    if not revision.files_of(person):
        raise NotThereError
    visit.require(act, revision, person)
    return revision, person


def _attached(visit: Visit, revision: Revision, person_id: str) -> dict[tuple[str, str], str]:
    """The attachments of a person's objections to a period, by KPI and day."""
    return {
        (one.kpi_id, one.filed_on): f"/attachments/{one.attachment_sha256}"
        for one in visit.portal.ledger.objections()
        if one.attachment and one.person_id == person_id and one.period == str(revision.period)
    }


def _is_newest(visit: Visit, revision: Revision, person_id: str) -> bool:
    shown = [one for one in visible(visit, str(revision.period), person_id) if visit.stage(one) is Stage.PEOPLE]
    return bool(shown) and shown[0].label == revision.label


def _last_day(visit: Visit, revision: Revision) -> date | None:
    """The last day on which the person may object to a revision; None while it is not shown to people."""
    sha256 = revision.seal.manifest_sha256
    for one in visit.portal.ledger.releases(str(revision.period), revision.number):
        if one.stage is Stage.PEOPLE and one.manifest_sha256 == sha256:
            days = visit.settings.objection_working_days
            return objections.last_day(visit.local_day(one.at), days, visit.facts.calendar)
    return None


def _refuse_late(visit: Visit, revision: Revision, person_id: str) -> None:
    """Refuse an objection to what is no longer in force, after its time, or that no row could be made of.

    Raises:
        RefusedError: with the sentence that says which.
    """
    if not _is_newest(visit, revision, person_id):
        raise RefusedError(409, "superseded")
    last = _last_day(visit, revision)
    if last is None or visit.today() > last:
        raise RefusedError(409, "too_late")
    if visit.facts.appeals is None or visit.facts.appeals_in_sheet:
        raise RefusedError(409, "appeals_closed")


def _kpis(visit: Visit, revision: Revision, person_id: str) -> list[tuple[str, str]]:
    """The KPIs of a person's card, scored, shown or gating, with their names, in the order of the card."""
    bundle = visit.portal.shelf.bundle(revision)
    names: dict[str, str] = {}
    for trace in bundle["traces"]:
        if trace["person_id"] != person_id:
            continue
        for segment in trace["segments"]:
            for line in (*segment["lines"], *segment["monitors"], *segment["gates"]):
                row: Mapping[str, str] = bundle["catalogue"].get(line["kpi_id"], {})
                names[line["kpi_id"]] = row.get(f"name_{visit.lang}") or line["kpi_id"]
    return list(names.items())


def _form_page(
    visit: Visit,
    revision: Revision,
    person: str,
    form: Form,
    found: list[tuple[str, dict[str, object]]],
    status: int = 200,
) -> Response:
    last = _last_day(visit, revision)
    return page(
        visit,
        "objection.html.j2",
        status,
        revision=revision,
        person=person,
        form=form,
        kpis=_kpis(visit, revision, person),
        categories=[(one, visit.t(f"category.{one}")) for one in objections.CATEGORIES],
        problems=[text(key, visit.lang, **params) for key, params in found],
        back=card_path(revision, person),
        last_day=last,
        answer_due=visit.facts.file.lists.answer_due(visit.today()),
        megabytes=visit.settings.attachment_megabytes,
        longest=objections.LONGEST_WORDS,
        least=objections.LEAST_WORDS,
        longest_expected=objections.LONGEST_EXPECTED,
    )


def _lang(revision: Revision, name: str) -> str:
    return str(revision.files[name].get("lang", ""))
