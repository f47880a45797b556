"""All reports of a period, and what each of them needs of earlier periods.

Belongs here: which reports there are. Does not belong here: any of them.
"""

from __future__ import annotations

from pipelines.company.list_settings import ListSettings
from pipelines.periods import Month, Period, Quarter
from pipelines.reports.actions import action_report
from pipelines.reports.appeals import appeal_report
from pipelines.reports.attrition import attrition_report
from pipelines.reports.calibration import calibration_reports
from pipelines.reports.channels import channel_report
from pipelines.reports.drift import drift_report
from pipelines.reports.drivers import driver_report
from pipelines.reports.effectiveness import effectiveness_report
from pipelines.reports.eligibility import eligibility_report
from pipelines.reports.facts import Facts, before, earlier_steps
from pipelines.reports.follower_counts import follower_count_report
from pipelines.reports.governance import governance_reports
from pipelines.reports.honours import honour_reports
from pipelines.reports.incentives import incentive_report
from pipelines.reports.interviews import interview_report
from pipelines.reports.label_audit import label_audit_report
from pipelines.reports.pace import pace_reports
from pipelines.reports.payouts import payout_reports
from pipelines.reports.pilot import pilot_reports
from pipelines.reports.promotion import promotion_reports
from pipelines.reports.shocks import shock_reports
from pipelines.reports.since_seals import since_seals_report
from pipelines.reports.support import support_report
from pipelines.reports.table import Report
from pipelines.reports.targets import target_reports


def reports_of(facts: Facts) -> list[Report]:
    """Return the reports of a period in the order in which a reader meets them; what it has no rule for is left out."""
    found: list[Report | None] = [
        *payout_reports(facts),
        since_seals_report(facts),
        *promotion_reports(facts),
        support_report(facts),
        *honour_reports(facts),
        eligibility_report(facts),
        *calibration_reports(facts),
        effectiveness_report(facts),
        driver_report(facts),
        drift_report(facts),
        *shock_reports(facts),
        channel_report(facts),
        *target_reports(facts),
        *pilot_reports(facts),
        appeal_report(facts),
        *pace_reports(facts),
        action_report(facts),
        interview_report(facts),
        incentive_report(facts),
        attrition_report(facts),
        *governance_reports(facts),
        label_audit_report(facts),
        follower_count_report(facts),
    ]
    return [report for report in found if report is not None]


def needed_periods(period: Period, settings: ListSettings) -> list[Period]:
    """Return the earlier periods that the reports of a period look at, the earliest first."""
    wanted = {period.previous(), *earlier_steps(period)}
    if isinstance(period, Month):
        wanted |= set(before(period, settings.support_months - 1))
    else:
        wanted |= set(before(period, settings.autonomy_periods - 1))
    if isinstance(period, Quarter):
        wanted |= set(before(period, settings.promotion_quarters - 1))
    return sorted(wanted, key=lambda one: one.start)
