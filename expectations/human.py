"""What to expect of the files that people keep: people, positions, identities, assignments, targets, reviews.

Belongs here: rules on whole frames of the loaded company. The loader has judged every cell by then and refuses the
folder with file and row; these suites show in Dagster that the set as a whole is sound, and catch what a loader's
change would let through.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from expectations import decisions, listed, platforms, reviews
from expectations.reviews import PERIOD, PERSON
from expectations.rules import (
    Rule,
    Severity,
    Suite,
    at_least,
    between,
    in_set,
    matches,
    not_null,
    unique,
    unique_together,
)
from pipelines.company.buffers import MODES
from pipelines.company.finance import FINANCE_KINDS, FINANCE_SCOPES
from pipelines.company.records import (
    COMMUNITY_STAGES,
    COMMUNITY_TYPES,
    COST_KINDS,
    COST_SCOPES,
    EXCLUSION_REASONS,
    PERIOD_TYPES,
    SCOPES,
    SUBJECT_TYPES,
    Record,
)

if TYPE_CHECKING:
    import pandas as pd

    from pipelines.company import Company

NO_EMPTY_WINDOW = "valid_to is the first day on which it no longer holds; leave it empty while it holds"


def window(start: str = "valid_from", end: str = "valid_to") -> Rule:
    """Half-open windows hold at least one moment."""
    return at_least(end, start, "end on or before the day they begin", NO_EMPTY_WINDOW, or_equal=False)


def never(flag: str, problem: str, mend: str, severity: Severity = "critical") -> Rule:
    """No row carries the derived flag."""
    return between(flag, 0, 0, problem, mend, severity)


def human_suite(name: str, title: str, grain: str, columns: str, *rules: Rule, dates: str = "") -> Suite:
    """A suite on one human file; columns and dates are given as words."""
    return Suite(name, title, grain, tuple(columns.split()), rules, tuple(dates.split()))


WINDOW = "valid_from valid_to"

SUITES: tuple[Suite, ...] = (
    human_suite(
        "people",
        "People",
        "one person",
        "person_id hired_on left_on",
        not_null("person_id", "Give every person an id that never changes"),
        unique("person_id", "Keep one row a person; a return after leaving is a new id"),
        not_null("hired_on", "Write the first working day"),
        at_least("left_on", "hired_on", "leave before they are hired", "Swap hired_on and left_on"),
        dates="hired_on left_on",
    ),
    human_suite(
        "positions",
        "Positions",
        "one person, role and window",
        f"person_id role level team_id bonus_base {WINDOW}",
        not_null("person_id", PERSON),
        not_null("role", "Write the role that the scheme names"),
        not_null("team_id", "Write the team that shares the bonus pool"),
        unique_together(("person_id", "valid_from"), "A person has one position a day: end the old one first"),
        between(
            "bonus_base", 0, None, "are negative", "Write the target bonus a month at 100 %, zero if there is none"
        ),
        window(),
        dates=WINDOW,
    ),
    human_suite(
        "identities",
        "Identities",
        "one external identity and window",
        f"system external_id person_id {WINDOW}",
        not_null("system", "Name the system: tickets, zendesk, crm, hubspot, cms, pos, x_signature or x_tool"),
        not_null("external_id", "Write the name or id that the export shows"),
        not_null("person_id", PERSON),
        unique_together(
            ("system", "external_id", "valid_from"), "One identity belongs to one person a day: end the old row first"
        ),
        window(),
        dates=WINDOW,
    ),
    human_suite(
        "accounts",
        "Accounts",
        "one account",
        "account_id platform timezone active_from active_to",
        not_null("account_id", "Give every account an id, as its export folder is called"),
        unique("account_id", "Keep one row an account"),
        not_null("platform", "Write the platform as its folder under exports/ is called"),
        window("active_from", "active_to"),
        dates="active_from active_to",
    ),
    human_suite(
        "assignments",
        "Assignments",
        "one subject, person and window",
        f"subject_type subject_id person_id share {WINDOW}",
        in_set("subject_type", SUBJECT_TYPES, "are no subject type", f"Write one of {', '.join(SUBJECT_TYPES)}"),
        not_null("subject_id", "Write the account, code, group or campaign"),
        not_null("person_id", PERSON),
        between("share", 0, 100, "lie outside 0 to 100", "Write the share in per cent, e.g. 60", strict_min=True),
        unique_together(
            ("subject_type", "subject_id", "person_id", "valid_from"), "Add the shares up into one row a person and day"
        ),
        window(),
        dates=WINDOW,
    ),
    human_suite(
        "scheme_assignments",
        "Scheme assignments",
        "one scheme, team, role and window",
        f"scheme_id team_id role {WINDOW}",
        not_null("scheme_id", "Name the scheme, e.g. scheme_000"),
        unique_together(
            ("team_id", "role", "valid_from"), "One scheme a team and role on a day: end the old row first"
        ),
        window(),
        dates=WINDOW,
    ),
    human_suite(
        "scheme_buffers",
        "Schemes beside the paying one",
        "one scheme beside the paying one, team, role and window",
        f"mode scheme_id version team_id role {WINDOW}",
        in_set("mode", MODES, "are no mode", f"Write one of {', '.join(MODES)}"),
        not_null("scheme_id", "Name the scheme, e.g. scheme_000"),
        not_null("valid_to", "Write the first day of the month from which it no longer stands beside"),
        unique_together(
            ("team_id", "role", "valid_from"), "One scheme beside a team and role on a day: end the old row first"
        ),
        window(),
        dates=WINDOW,
    ),
    human_suite(
        "duty_roster",
        "Duty roster",
        "one subject, person and shift",
        "subject_type subject_id person_id starts_at ends_at",
        in_set("subject_type", SUBJECT_TYPES, "are no subject type", f"Write one of {', '.join(SUBJECT_TYPES)}"),
        not_null("person_id", PERSON),
        not_null("starts_at", "Write when the shift begins, in the company's time zone"),
        not_null("ends_at", "Write when the shift ends, in the company's time zone"),
        window("starts_at", "ends_at"),
        dates="starts_at ends_at",
    ),
    human_suite(
        "targets",
        "Targets",
        "one period, scope and KPI",
        "period period_type scope scope_id kpi_id is_unagreed",
        matches("period", PERIOD, "are no period", "Write 2026-10, 2026-Q3 or 2026"),
        in_set("period_type", PERIOD_TYPES, "are no period type", "Write month, quarter or year"),
        in_set("scope", SCOPES, "are no scope", "Write company, team, role or person"),
        not_null("kpi_id", "Name the KPI as in docs/kpis.md"),
        unique_together(
            ("period", "period_type", "scope", "scope_id", "kpi_id"), "Keep one target a period, scope and KPI"
        ),
        # a target of one's own making is a finding for HR to look at, and no reason to stop everybody's pay
        never(
            "is_unagreed", "are agreed by nobody but who set them", "Have another person agree the target", "warning"
        ),
    ),
    human_suite(
        "publishing_plan",
        "Publishing plan",
        "one month and account or person",
        "month account_id person_id planned_posts",
        not_null("month", "Write the month, e.g. 2026-10"),
        between("planned_posts", 0, None, "are negative", "Write how many posts are planned"),
        unique_together(("month", "account_id", "person_id"), "Keep one plan a month and account or person"),
    ),
    human_suite(
        "communities",
        "Communities",
        "one community and window",
        f"community_id type stage target_population {WINDOW}",
        not_null("community_id", "Give every community an id that never changes"),
        in_set("type", COMMUNITY_TYPES, "are no type", f"Write one of {', '.join(COMMUNITY_TYPES)}"),
        in_set("stage", COMMUNITY_STAGES, "are no stage", f"Write one of {', '.join(COMMUNITY_STAGES)}"),
        between(
            "target_population", 1, None, "reach nobody", "Write how many people are to be reached, or leave empty"
        ),
        unique_together(("community_id", "valid_from"), "One row a community on a day: end the old row first"),
        window(),
        dates=WINDOW,
    ),
    human_suite(
        "community_groups",
        "Groups of communities",
        "one group and window",
        f"group_id community_id {WINDOW}",
        not_null("group_id", "Write the group's id as exports show it"),
        not_null("community_id", "Write the community's id from people/communities.csv"),
        unique_together(("group_id", "valid_from"), "A group belongs to one community a day: end the old row first"),
        window(),
        dates=WINDOW,
    ),
    human_suite(
        "content_quality_reviews",
        "Content quality reviews",
        "one period, person and reviewer",
        "period person_id score reviewer_id is_self_reviewed",
        matches("period", PERIOD, "are no period", "Write 2026-10, 2026-Q3 or 2026"),
        not_null("person_id", PERSON),
        not_null("reviewer_id", "Write who reviewed"),
        between("score", 0, 100, "lie outside 0 to 100", "Score on the scale 0 to 100"),
        unique_together(("period", "person_id", "reviewer_id"), "Keep one score a reviewer, person and period"),
        never("is_self_reviewed", "are reviews of oneself", "Have another person review"),
    ),
    human_suite(
        "record_overrides",
        "Record overrides",
        "one record and person",
        "record_type record_id person_id share approved_by is_self_approved",
        not_null("record_id", "Write the record's id as the export shows it"),
        not_null("approved_by", "An override moves pay: name who approved it"),
        between("share", 0, 100, "lie outside 0 to 100", "Write the share in per cent, e.g. 60", strict_min=True),
        unique_together(("record_type", "record_id", "person_id"), "Keep one row a record and person"),
        never("is_self_approved", "are approved by who gains", "Have another person approve"),
    ),
    human_suite(
        "adjustments",
        "Adjustments",
        "one bonus line",
        "period person_id amount approved_by is_self_approved",
        matches("period", PERIOD, "are no period", "Write 2026-10, 2026-Q3 or 2026"),
        not_null("person_id", PERSON),
        not_null("amount", "Write the amount in the company's currency"),
        not_null("approved_by", "An adjustment is pay: name who approved it"),
        never("is_self_approved", "are approved by who gains", "Have another person approve"),
    ),
    human_suite(
        "individual_kpis",
        "Individual KPIs",
        "one person and first day",
        "person_id kpi_id agreed_by valid_from valid_to",
        not_null("person_id", PERSON),
        not_null("kpi_id", "Write one of the choices of the scheme's slot"),
        not_null("valid_from", "Write the first day"),
        not_null("agreed_by", "A KPI that pays is agreed on: name with whom"),
        unique_together(("person_id", "valid_from"), "Keep one KPI a person and day"),
    ),
    human_suite(
        "leave",
        "Days on leave",
        "one person and span of days",
        "person_id valid_from valid_to",
        not_null("person_id", PERSON),
        not_null("valid_from", "Write the first day on leave"),
        unique_together(("person_id", "valid_from"), "Keep one row of each leave"),
    ),
    human_suite(
        "offline_events",
        "Offline events",
        "one account and span of days",
        "account_id valid_from valid_to",
        not_null("valid_from", "Write the first day of the event"),
        not_null("valid_to", "Write the day after the last day of the event"),
        unique_together(("account_id", "valid_from"), "Keep one row an account and first day"),
    ),
    human_suite(
        "excluded_handles",
        "Excluded handles",
        "one handle on X",
        "handle reason",
        not_null("handle", "Write the handle as X shows it"),
        in_set("reason", EXCLUSION_REASONS, "are no reason", "Write staff, spam or own"),
        unique("handle", "Keep one row a handle"),
    ),
    human_suite(
        "costs",
        "Community costs",
        "one month, scope and kind",
        "month scope scope_id kind amount approved_by",
        not_null("month", "Write the month, e.g. 2026-10"),
        in_set("scope", COST_SCOPES, "are no scope of costs", f"Write one of {', '.join(COST_SCOPES)}"),
        not_null("scope_id", "Name the team, community or group"),
        in_set("kind", COST_KINDS, "are no kind of cost", f"Write one of {', '.join(COST_KINDS)}"),
        between("amount", 0, None, "are negative", "Write what was spent"),
        not_null("approved_by", "A cost moves pay: name who approved it"),
        unique_together(("month", "scope", "scope_id", "kind"), "Keep one sum a month, scope and kind"),
    ),
    human_suite(
        "finance",
        "Figures of finance",
        "one period, kind, team and channel",
        "period kind scope scope_id channel amount approved_by",
        matches("period", PERIOD, "are no period", "Write 2026-10, 2026-Q3 or 2026"),
        in_set("kind", FINANCE_KINDS, "are no kind of figure", f"Write one of {', '.join(FINANCE_KINDS)}"),
        in_set("scope", FINANCE_SCOPES, "are no scope of figures", f"Write one of {', '.join(FINANCE_SCOPES)}"),
        not_null("amount", "Write the amount, e.g. 1200.50"),
        not_null("approved_by", "A share is paid by the figure: name who approved it"),
        unique_together(("period", "kind", "scope_id", "channel"), "Keep one figure a period, kind, team and channel"),
    ),
    *reviews.SUITES,
    *decisions.SUITES,
    *listed.SUITES,
    *platforms.SUITES,
)


def frames(company: Company) -> dict[str, pd.DataFrame]:
    """One frame a human suite, from the loaded company: one row a record, with the columns that the suite reads.

    The index is the row as a spreadsheet shows it (the record's place in its list when it was made in memory). Names
    and e-mail addresses are not taken along; numbers become floats, which is good enough to compare with a bound.
    """
    import pandas as pd

    found = {}
    for suite in SUITES:
        records: Sequence[Record] = getattr(company, suite.name)
        rows = [{column: _cell(record, column) for column in suite.columns} for record in records]
        index = [record.source_row or place for place, record in enumerate(records)]
        found[suite.name] = pd.DataFrame(rows, columns=list(suite.columns), index=index, dtype=object)
    return found


def _cell(record: Record, column: str) -> object:
    """One value as Great Expectations compares it; an empty text is an empty cell."""
    if column in DERIVED:
        return DERIVED[column](record)
    value = getattr(record, column)
    if isinstance(value, Decimal | int) and not isinstance(value, bool):
        return float(value)
    if value is None or isinstance(value, date):
        return value
    return str(value) or None


# Columns that stand in no file: what two cells of one row say together, as 0 or 1, and the first day of a period.
DERIVED: dict[str, Callable[[Any], object]] = {
    "is_unagreed": lambda target: int(target.agreed_by in ("", target.set_by)),
    "is_self_reviewed": lambda review: int(review.reviewer_id == review.person_id),
    "is_self_approved": lambda record: int(record.approved_by == record.person_id),
    "is_self_decided": lambda record: int(record.decider == record.person_id),
    "period_start": lambda record: record.period.start,
}
