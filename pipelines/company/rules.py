"""Rules over several rows or files of a company folder.

Belongs here: references, duplicate keys, overlapping windows, sums of shares, employment, approval. Does not belong
here: what one cell or row alone can violate (`company.fields`, `company.records`), the order of threshold, target and
stretch (`schemes`).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from pipelines.company.buffers import SchemeBuffer, check_buffers
from pipelines.company.collector import Collector
from pipelines.company.decision_rules import check_decisions
from pipelines.company.fields import nearest
from pipelines.company.finance import check_finance
from pipelines.company.human_files import HUMAN_FILES, human_file
from pipelines.company.keys import normalise_external_id
from pipelines.company.list_rules import check_list_files
from pipelines.company.model import HumanTables
from pipelines.company.platform_rules import check_platforms
from pipelines.company.records import Assignment, DatedRecord, Position, Record, SchemeAssignment, each_pair, record_key
from pipelines.company.review_rules import check_reviews
from pipelines.company.segments import build_segments
from pipelines.company.settings import CompanyFile
from pipelines.company.shares import Overload, overloads
from pipelines.company.yamlfile import YamlDocument
from pipelines.periods import OPEN_END

_PERSON_COLUMNS = (
    *("person_id", "reviewer_id", "approved_by", "nominated_by", "decided_by", "set_by", "agreed_by"),
    *("logged_by", "registered_by"),
)


@dataclass
class Known:
    """What references may point at.

    Ids of rows that are broken otherwise count as known: a bad date must not make every mention of its person a
    finding of its own.

    Attributes:
        kpi_ids: the KPIs of the catalogue; None when there is none to compare with.
        community_rows: how many rows people/communities.csv has of each community.
        unreadable: the files whose rows could not be judged at all.
    """

    kpi_ids: frozenset[str] | None = None
    person_ids: set[str] = field(default_factory=set)
    account_ids: set[str] = field(default_factory=set)
    community_rows: Counter[str] = field(default_factory=Counter)
    roles: set[str] = field(default_factory=set)
    teams: set[str] = field(default_factory=set)
    positioned: set[str] = field(default_factory=set)
    unreadable: set[str] = field(default_factory=set)

    def note(self, name: str, cells: Mapping[str, str]) -> None:
        """Take the ids that a row of a file makes known."""
        if name == "people":
            self.person_ids.add(cells.get("person_id", "").strip())
        elif name == "accounts":
            self.account_ids.add(cells.get("account_id", "").strip())
        elif name == "communities":
            self.community_rows[cells.get("community_id", "").strip()] += 1
        elif name == "positions":
            self.roles.add(cells.get("role", "").strip())
            self.teams.add(cells.get("team_id", "").strip())
            self.positioned.add(cells.get("person_id", "").strip())


def check_tables(tables: HumanTables, known: Known, company_file: CompanyFile | None, collector: Collector) -> None:
    """Check the rows of all files against each other.

    Args:
        tables: the rows that could be read.
        known: what references may point at.
        company_file: company.yaml, or None when it is broken; rules that need it are left out then.
        collector: takes the findings.
    """
    for entry in HUMAN_FILES:
        rows: Sequence[Record] = getattr(tables, entry.name)
        check_keys(entry.path, rows, collector)
        _check_people(entry.path, rows, known, collector)
    _check_accounts(tables, known, collector)
    _check_teams_and_roles(tables, known, collector)
    _check_kpis(tables, known, collector)
    _check_windows(tables, collector)
    _check_shares(tables.assignments, collector)
    _check_override_shares(tables, collector)
    _check_employment(tables, collector)
    _check_assigned_positions(tables, known, collector)
    _check_schemes(tables, known, collector)
    if tables.scheme_buffers and not {"people", "positions", "scheme_assignments"} & known.unreadable:
        segments = build_segments(tables.people, tables.positions, tables.scheme_assignments)
        check_buffers(tables.scheme_buffers, segments, known.teams, known.roles, collector)
    _check_communities(tables, known, collector)
    check_reviews(tables, known.person_ids, known.unreadable, collector)
    check_finance(tables.finance, company_file.settings.paid_channels if company_file else None, collector)
    check_decisions(tables, known.kpi_ids, company_file.approvers if company_file else None, collector)
    check_list_files(tables, company_file.approvers if company_file else None, collector)
    teams = None if "positions" in known.unreadable else known.teams
    approvers = company_file.approvers if company_file else None
    check_platforms(tables, known.kpi_ids, teams, approvers, known.unreadable, collector)
    if company_file is not None:
        _check_roster_times(tables, company_file.timezone, collector)
        _check_approvals(tables, company_file.approvers, collector)


def check_company_file(
    company_file: CompanyFile, known: Known, document: YamlDocument, label: str, collector: Collector
) -> None:
    """Check that the people and accounts that company.yaml names exist."""
    for index, person in enumerate(company_file.approvers):
        if "people" not in known.unreadable and person not in known.person_ids:
            line = document.line(("approvers", index))
            near = nearest(person, known.person_ids)
            collector.add("unknown_person", label, line, "approvers", person, nearest=near)
    for system, account in company_file.deal_orders.model_dump().items():
        if account and "accounts" not in known.unreadable and account not in known.account_ids:
            line = document.line(("deal_orders", system))
            near = nearest(account, known.account_ids)
            collector.add("unknown_account", label, line, f"deal_orders.{system}", account, nearest=near)
    for index, source in enumerate(company_file.expected_sources or ()):
        account = source.account_id
        if account and "accounts" not in known.unreadable and account not in known.account_ids:
            line = document.line(("expected_sources", index, "account_id"))
            near = nearest(account, known.account_ids)
            collector.add("unknown_account", label, line, f"expected_sources.{index}.account_id", account, nearest=near)


def check_keys(path: str, rows: Iterable[Record], collector: Collector) -> None:
    """Find the rows of a file that name the same thing as an earlier one."""
    seen: dict[tuple[str, ...], int] = {}
    for row in rows:
        if not row.key:
            return
        # people's cards are files named by person_id: ids that differ in letter case alone would share one
        form = tuple(value.casefold() for value in record_key(row))
        if form in seen:
            collector.add(
                "key_twice",
                path,
                row.source_row,
                row.key[-1] if len(row.key) == 1 else "",
                ", ".join(value for value in record_key(row) if value),
                key=" + ".join(row.key),
                other=seen[form],
            )
        seen.setdefault(form, row.source_row)


def _check_people(path: str, rows: Iterable[Record], known: Known, collector: Collector) -> None:
    if path == human_file("people").path or "people" in known.unreadable:
        return
    for row in rows:
        for column in _PERSON_COLUMNS:
            person = getattr(row, column, "")
            if person and person not in known.person_ids:
                near = nearest(person, known.person_ids)
                collector.add("unknown_person", path, row.source_row, column, person, nearest=near)


def _check_accounts(tables: HumanTables, known: Known, collector: Collector) -> None:
    if "accounts" in known.unreadable:
        return
    named: list[tuple[str, int, str, str]] = []
    for name in ("assignments", "duty_roster"):
        for row in getattr(tables, name):
            if row.subject_type == "account":
                named.append((human_file(name).path, row.source_row, "subject_id", row.subject_id))
    plan = human_file("publishing_plan").path
    named.extend((plan, row.source_row, "account_id", row.account_id) for row in tables.publishing_plan)
    events = human_file("offline_events").path
    named.extend((events, row.source_row, "account_id", row.account_id) for row in tables.offline_events)
    scores = human_file("influence_scores").path
    named.extend((scores, row.source_row, "account_id", row.account_id) for row in tables.influence_scores)
    incentives = human_file("member_incentives").path
    named.extend(
        (incentives, row.source_row, "scope_id", row.scope_id)
        for row in tables.member_incentives
        if row.scope == "account"
    )
    for path, row_number, column, account in named:
        if account and account not in known.account_ids:
            near = nearest(account, known.account_ids)
            collector.add("unknown_account", path, row_number, column, account, nearest=near)


def _check_teams_and_roles(tables: HumanTables, known: Known, collector: Collector) -> None:
    if "positions" in known.unreadable:
        return
    named: list[tuple[str, str, int, str, str]] = []
    path = human_file("scheme_assignments").path
    for row in tables.scheme_assignments:
        named.append(("team", path, row.source_row, "team_id", row.team_id))
        named.append(("role", path, row.source_row, "role", row.role))
    path = human_file("brand_survey").path
    named.extend(("team", path, row.source_row, "team_id", row.team_id) for row in tables.brand_survey)
    path = human_file("targets").path
    named.extend(
        (row.scope, path, row.source_row, "scope_id", row.scope_id)
        for row in tables.targets
        if row.scope in ("team", "role")
    )
    path = human_file("costs").path
    named.extend(
        ("team", path, cost.source_row, "scope_id", cost.scope_id) for cost in tables.costs if cost.scope == "team"
    )
    path = human_file("finance").path
    named.extend(("team", path, figure.source_row, "scope_id", figure.scope_id) for figure in tables.finance)
    path = human_file("scheme_approvals").path
    named.extend(("team", path, row.source_row, "team_id", row.team_id) for row in tables.scheme_approvals)
    for kind, file, row_number, column, value in named:
        candidates = known.teams if kind == "team" else known.roles
        if value and value not in candidates:
            near = nearest(value, candidates)
            collector.add(f"unknown_{kind}", file, row_number, column, value, nearest=near)
    if "people" not in known.unreadable:
        for target in tables.targets:
            if target.scope == "person" and target.scope_id not in known.person_ids:
                near = nearest(target.scope_id, known.person_ids)
                path = human_file("targets").path
                collector.add("unknown_person", path, target.source_row, "scope_id", target.scope_id, nearest=near)


def _check_kpis(tables: HumanTables, known: Known, collector: Collector) -> None:
    if known.kpi_ids is None:
        return
    for name in ("targets", "individual_kpis"):
        for row in getattr(tables, name):
            if row.kpi_id not in known.kpi_ids:
                near = nearest(row.kpi_id, known.kpi_ids)
                collector.add("unknown_kpi", human_file(name).path, row.source_row, "kpi_id", row.kpi_id, nearest=near)


def _check_windows(tables: HumanTables, collector: Collector) -> None:
    groups: dict[tuple[str, str], list[DatedRecord]] = defaultdict(list)
    for position in tables.positions:
        groups["positions", position.person_id].append(position)
    for identity in tables.identities:
        who = f"{identity.system} {normalise_external_id(identity.external_id)}"
        groups["identities", who].append(identity)
    bound: tuple[SchemeAssignment | SchemeBuffer, ...] = (*tables.scheme_assignments, *tables.scheme_buffers)
    for scheme in bound:
        name = "scheme_buffers" if isinstance(scheme, SchemeBuffer) else "scheme_assignments"
        groups[name, f"team {scheme.team_id or '*'}, role {scheme.role or '*'}"].append(scheme)
    for share in tables.assignments:
        who = f"{' '.join(share.subject)}, {share.person_id}"
        groups["assignments", who].append(share)
    for absence in tables.leave:
        groups["leave", absence.person_id].append(absence)
    for chosen in tables.individual_kpis:
        groups["individual_kpis", chosen.person_id].append(chosen)
    for wish in tables.preferences:
        groups["preferences", f"{wish.person_id}, {wish.wish}"].append(wish)
    for community in tables.communities:
        groups["communities", community.community_id].append(community)
    for member in tables.community_groups:
        groups["community_groups", f"group {member.group_id}"].append(member)
    for (name, who), rows in groups.items():
        for earlier, later in each_pair(rows):
            end = min(earlier.window[1], later.window[1])
            collector.add(
                "windows_overlap",
                human_file(name).path,
                later.source_row,
                "valid_from",
                later.window[0],
                who=who,
                other=earlier.source_row,
                start=later.window[0],
                end=_last_day(end),
            )


def _check_shares(assignments: Iterable[Assignment], collector: Collector) -> None:
    by_subject: dict[tuple[str, str], list[Assignment]] = defaultdict(list)
    for row in assignments:
        by_subject[row.subject].append(row)
    for subject, rows in sorted(by_subject.items()):
        for overload in overloads(rows):
            _add_overload(subject, overload, collector)


def _add_overload(subject: tuple[str, str], overload: Overload, collector: Collector) -> None:
    collector.add(
        "shares_above_100",
        human_file("assignments").path,
        overload.rows[-1],
        "share",
        _plain(overload.total),
        subject=" ".join(subject),
        total=_plain(overload.total),
        start=overload.start,
        end=_last_day(overload.end),
        rows=", ".join(str(row) for row in overload.rows),
    )


def _check_override_shares(tables: HumanTables, collector: Collector) -> None:
    by_record: dict[tuple[str, str], list[tuple[int, Decimal]]] = defaultdict(list)
    for row in tables.record_overrides:
        by_record[row.record_type, row.record_id].append((row.source_row, row.share))
    for subject, shares in sorted(by_record.items()):
        total = sum((share for _, share in shares), Decimal(0))
        if total > 100:
            collector.add(
                "override_above_100",
                human_file("record_overrides").path,
                shares[-1][0],
                "share",
                _plain(total),
                subject=" ".join(subject),
                total=_plain(total),
                rows=", ".join(str(row) for row, _ in shares),
            )


def _check_employment(tables: HumanTables, collector: Collector) -> None:
    people = {person.person_id: person for person in tables.people}
    for name in ("positions", "assignments"):
        path = human_file(name).path
        for row in getattr(tables, name):
            person = people.get(row.person_id)
            if person is None:
                continue
            if row.valid_from < person.hired_on:
                collector.add(
                    "before_hiring", path, row.source_row, "valid_from", row.valid_from, hired_on=person.hired_on
                )
            if person.left_on is not None and row.valid_from >= person.left_on:
                collector.add(
                    "after_leaving", path, row.source_row, "valid_from", row.valid_from, left_on=person.left_on
                )


def _check_assigned_positions(tables: HumanTables, known: Known, collector: Collector) -> None:
    if "positions" in known.unreadable:
        return
    held: dict[str, list[Position]] = defaultdict(list)
    for position in tables.positions:
        held[position.person_id].append(position)
    for row in tables.assignments:
        # of a person all of whose positions are broken, those rows are findings already
        judged = row.person_id in known.person_ids and (row.person_id in held or row.person_id not in known.positioned)
        if judged and not any(_overlap(row, position) for position in held.get(row.person_id, ())):
            path = human_file("assignments").path
            collector.add("assigned_without_position", path, row.source_row, "person_id", row.person_id)


def _overlap(one: DatedRecord, other: DatedRecord) -> bool:
    return one.window[0] < other.window[1] and other.window[0] < one.window[1]


def _check_schemes(tables: HumanTables, known: Known, collector: Collector) -> None:
    if "scheme_assignments" in known.unreadable:
        return
    path = human_file("positions").path
    for position in tables.positions:
        paid = any(
            row.matches(position.team_id, position.role) and _overlap(row, position)
            for row in tables.scheme_assignments
        )
        if not paid:
            collector.add(
                "position_without_scheme",
                path,
                position.source_row,
                "role",
                position.role,
                role=position.role,
                team_id=position.team_id,
            )


def _check_communities(tables: HumanTables, known: Known, collector: Collector) -> None:
    if "communities" in known.unreadable:
        return
    named = [
        (human_file("community_groups").path, row.source_row, "community_id", row.community_id)
        for row in tables.community_groups
    ]
    for name in ("assignments", "duty_roster"):
        for row in getattr(tables, name):
            if row.subject_type == "community":
                named.append((human_file(name).path, row.source_row, "subject_id", row.subject_id))
    named += [
        (target.source_file or human_file("targets").path, target.source_row, "scope_id", target.scope_id)
        for target in tables.targets
        if target.scope == "community"
    ]
    named += [
        (human_file("member_incentives").path, row.source_row, "scope_id", row.scope_id)
        for row in tables.member_incentives
        if row.scope == "community"
    ]
    for path, row_number, column, community in named:
        if community not in known.community_rows:
            near = nearest(community, known.community_rows)
            collector.add("unknown_community", path, row_number, column, community, nearest=near)
    lives: dict[str, list[tuple[date, date]]] = defaultdict(list)
    for stretch in tables.communities:
        lives[stretch.community_id].append(stretch.window)
    path = human_file("community_groups").path
    for row in tables.community_groups:
        # of a community with a broken row, that row is a finding already
        whole = len(lives[row.community_id]) == known.community_rows[row.community_id] > 0
        if whole and not _covered(row.window, lives[row.community_id]):
            collector.add(
                "group_outside_community",
                path,
                row.source_row,
                "valid_from",
                row.valid_from,
                community=row.community_id,
            )


def _covered(window: tuple[date, date], windows: list[tuple[date, date]]) -> bool:
    """Tell whether every day of a window lies in one of the others."""
    reached = window[0]
    for start, end in sorted(windows):
        if start <= reached < end:
            reached = end
    return reached >= window[1]


def _check_roster_times(tables: HumanTables, zone_name: str, collector: Collector) -> None:
    zone = ZoneInfo(zone_name)
    path = human_file("duty_roster").path
    for shift in tables.duty_roster:
        for column in ("starts_at", "ends_at"):
            local = getattr(shift, column)
            there_and_back = local.replace(tzinfo=zone).astimezone(UTC).astimezone(zone).replace(tzinfo=None)
            if there_and_back != local:
                collector.add("no_such_local_time", path, shift.source_row, column, local, timezone=zone_name)


def _check_approvals(tables: HumanTables, approvers: tuple[str, ...], collector: Collector) -> None:
    for name in ("record_overrides", "adjustments", "costs", "finance"):
        for row in getattr(tables, name):
            if row.approved_by not in approvers:
                listed = ", ".join(approvers)
                collector.add(
                    "not_an_approver",
                    human_file(name).path,
                    row.source_row,
                    "approved_by",
                    row.approved_by,
                    approvers=listed,
                )


def _last_day(end: date) -> str:
    """Return how a message shows the end of a half-open window: as its last day."""
    return "..." if end == OPEN_END else str(end - timedelta(days=1))


def _plain(number: Decimal) -> str:
    return format(number.normalize(), "f")
