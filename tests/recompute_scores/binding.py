"""The demo company paid by another scheme: a copy of its files with other people/scheme_assignments.csv and roles.

Belongs here: writing the copy. The warehouse is not built again: scoring reads the readings that are there. Does not
belong here: any number of the recomputation.
"""

from __future__ import annotations

import csv
import shutil
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path

from .variants import MADE_OF

#: Where the demo's only scheme begins, so that its warehouse has a segment from that day on.
CHANGE = "2026-10-01"
#: Roles of the demo in the words of each scheme; without a word the scheme does not pay the role.
ROLES: Mapping[str, Mapping[str, str]] = {
    "000": {},
    "001": {"data_analyst": "community_startup"},
    "002": {"data_analyst": "manager"},
    "003": {"data_analyst": "growth"},
    "004": {
        "content": "content_operations",
        "growth": "user_growth",
        "data_analyst": "data_analysis",
        "customer_service": "event_planning",
    },
}
#: Schemes that have a role for the demo's manager.
WITH_MANAGER = frozenset({"001", "002", "003", "202", "203"})


OWN = "people/individual_kpis.csv"
#: What the demo lacks, in the words of the files that it is appended to.
EXTRA: Mapping[str, tuple[str, ...]] = {
    "people/leave.csv": (
        "person_id,valid_from,valid_to,note",
        "P005,2026-10-05,2026-10-12,",
        "P006,2026-09-28,2026-10-03,",
        "P009,2026-08-10,2026-08-20,",
        "P003,2025-03-01,2025-04-01,",
    ),
    "people/targets.csv": (
        # anchors of one's own
        "2024-10,month,person,P003,posting_frequency,0,0.6,1.1,1.4,P001,P003",
        "2024-10,month,person,P010,content_click_rate,0,0.002,0.012,0.02,P001,P010",
        # an end, after which the wider scope holds again
        "2026-08,month,person,P003,posting_frequency,,,,,P001,P003",
        # rows of a quarter and of a year, wider and as wide as the months have
        "2026-Q3,quarter,company,,leads_submitted,0,,50,,P001,P001",
        "2026-Q3,quarter,person,P013,net_follower_growth,0,,1300,,P001,P013",
        "2025,year,team,brand,team_impressions,0,,2500000,,P001,P001",
        # some months only
        "2026-08,month,person,P021,member_net_growth,0,,20,,P001,P021",
        "2026-09,month,role,content,active_members,0,,45,,P001,P001",
        # of a team, whose people have targets of their own
        "2024-10,month,team,brand,net_follower_growth,0,,600,,P001,P001",
        "2024-10,month,team,brand,posting_frequency,0,,1,,P001,P001",
        "2026-10,month,team,global,net_follower_growth,0,,90000,,P001,",
        "2026-10,month,person,P018,posting_frequency,0,,1,,P001,",
        # of a community as a whole
        "2025-01,month,community,c_content,monthly_active_share,0,,0.5,,P001,P001",
        "2026-07,month,community,c_content,accepted_answers,0,,12,,P001,P001",
    ),
    OWN: (
        "person_id,kpi_id,valid_from,valid_to,agreed_by,note",
        "P005,user_sentiment_index,2024-10-01,,P001,",
        "P002,co_creation_events,2024-10-01,2026-09-15,P001,",
        "P009,co_creation_events,2024-10-01,,P001,",
    ),
    "reviews/content_quality_reviews.csv": (
        "2026-10,P010,12,P002,语病",
        "2026-10,P017,45,P002,选题",
        "2026-Q3,P015,39,P002,语病",
        "2025,P018,41,P002,选题",
    ),
    "reviews/adjustments.csv": (
        "2026-Q3,P004,-120.50,重复计算,P001",
        "2026-Q3,P004,20.25,值守,P001",
        "2025,P013,1000.00,年度奖励,P001",
    ),
    "reviews/bonus_point_nominations.csv": (
        # more than the scheme takes, in two rows; with a correction of the score; in longer periods
        "2026-10,P009,2.5,测试,P002,P001",
        "2026-10,P009,4,策略,P002,P001",
        "2026-10,P010,1.25,测试,P002,P001",
        "2026-09,P009,4,策略,P002,P001",
        "2026-Q3,P015,3,测试,P002,P001",
        "2025,P013,0.01,测试,P002,P001",
    ),
    "reviews/award_approvals.csv": (
        "2026-10,P006,创意之星,0.05,海报,P001",
        "2026-Q3,P013,先锋奖,800.55,试点,P001",
        "2025,P021,先锋奖,12000,试点,P001",
    ),
    "people/scheme_approvals.csv": (
        "001,1.0.0,brand,P002,2026-10-01",
        "001,1.0.0,dev,P002,2026-10-02",
        "002,1.0.0,brand,P002,2025-06-30",
        "003,9.0.0,brand,P002,2025-01-01",
    ),
    "reviews/activity_log.csv": (
        "2026-07-03,P002,coaching,带教,,",
        "2026-07-03,P002,user_interview,回访,,wiki/2026-07/1",
        "2025-12-31,P003,training,培训,,",
        "2025-12-29,P003,training,培训,,",
    ),
    "reviews/appeals.csv": (
        # before anything was sealed, on the day of the second revision, against the whole card, still open
        "2026-10,P003,,口径有误,2026-11-01,open,,",
        "2026-10,P005,,口径有误,2026-11-09,upheld,P001,复核后更正",
        "2026-10,P010,posting_frequency,漏计,2026-11-08,partly_upheld,P001,补计一篇",
        "2026-Q3,P004,first_reply_minutes_p50,漏计,2026-11-20,open,,",
        "2026-Q3,P013,,漏计,2026-11-02,withdrawn,,",
        "2025,P021,active_members,漏计,2026-11-05,rejected,P001,无误",
    ),
    "reviews/platform_events.csv": (
        "x,2026-10-12,2026-11-05,algorithm,,推荐算法调整,https://example.com/a,P002,2026-10-13",
        "x,2026-09-28,,purge,net_follower_growth; follower_growth_rate_x,清理僵尸号,https://example.com/b,P002,2026-10-02",
        ",2025-03-01,2025-04-01,market,,展会淡季,https://example.com/c,P001,2025-03-05",
        ",2026-08-01,2026-10-01,outage,member_net_growth;active_members,登录故障,https://example.com/d,P001,2026-08-02",
    ),
    "reviews/label_audit.csv": (
        "2026-10,sentiment,x|2026100018,neutral,P001,2026-11-03,",
        "2026-10,originality,2109625502331326232,original,P001,2026-11-03,",
        # of another month than the record
        "2026-09,sentiment,x|2026100020,positive,P001,2026-11-03,",
    ),
    "reviews/member_incentives.csv": (
        "ALL,social,邀请有礼,company,,2026-05-15,2026-07-10,,",
        "HALL,status,荣誉榜,community,c_content,2025-03-01,2025-05-01,300.00,P001",
        "POSTS,rewards,转发抽奖,account,x_brand,2026-07-01,2026-08-01,,",
        "TIPS,content,精华帖,group,wrg01,2026-09-01,,,",
    ),
    "reviews/finance.csv": (
        "2025,profit,company,,,1250000.55,,P001",
        "2025,profit_target,company,,,1000000,,P001",
    ),
}
#: Settings of the lists, other ones for each scheme: docs/scorecards.md has the meaning and what holds without them.
LISTS: Mapping[str, str] = {
    "000": "",
    "001": "{administrator_roles: [manager], users_per_administrator: 5000, appeal_days: 30, "
    "group_by: team, min_group: 3, top_ties: exclude, share_rounding: half_up, promotion_year_share: 40, "
    "promotion_quarter_share: 60, behaviour_floor: 80, attrition_months: 3, eligible_score: 60}",
    "002": "{administrator_roles: [manager, content], users_per_administrator: 7, effect_members: 5, "
    "group_by: role, min_group: 2, share_rounding: floor, promotion_year_share: 45, promotion_quarters: 2, "
    "promotion_quarter_share: 50, support_months: 1, eligible_score: 75, shrinkage: 3, channel_gap: 5, drift_z: 1.5}",
    "003": "{pilot_samples: 4, pilot_watched: 5, expected_actions: [coaching, data_review], "
    "min_group: 3, promotion_quarter_share: 70, behaviour_components: [common, growth], eligible_score: 50, "
    "autonomy_periods: 3, case_attainment: 105, saturated_share: 40, drift_months: 3, target_jump: 10}",
    "004": "{effect_members: 100000, "
    "min_group: 4, promotion_year_share: 50, min_days_share: 95, withheld_share: 60, flat_spread: 20, "
    "team_components: [team, process], eligible_score: 40, core_months: 44, honours: ["
    "{id: reader, zh: 阅, en: Reader, measure: kpi, of: read_rate, places: 2}, "
    "{id: riser, zh: 升, en: Riser, measure: uplift, of: follower_growth_rate}, "
    "{id: maker, zh: 创, en: Maker, measure: dimension, of: content, places: 5}]}",
}
HEADERS: Mapping[str, str] = {
    "reviews/calibration_decisions.csv": "period,person_id,seen,decided,reason,decided_by,meeting",
    "reviews/label_audit.csv": "month,label,record_id,found,reviewer_id,judged_on,note",
    "reviews/platform_events.csv": "platform,happened_from,happened_to,kind,kpis,what,source,logged_by,logged_on",
    "reviews/finance.csv": "period,kind,scope,scope_id,channel,amount,note,approved_by",
}
COLUMNS = "scheme_id,team_id,role,valid_from,valid_to"
#: Paying scheme -> (mode, other scheme, team) of those whom another one scores too.
BESIDE: Mapping[str, tuple[tuple[str, str, str], ...]] = {
    "000": (("guarantee", "003", ""),),
    "002": (("guarantee", "001", ""),),
    "003": (("shadow", "000", "dev"), ("shadow", "002", "global")),
}
BUFFERS = "mode,scheme_id,version,team_id,role,valid_from,valid_to"


CALIBRATED = "reviews/calibration_decisions.csv"
#: Decides about everybody but themselves.
APPROVER = "P001"
ZERO = Fraction(0)


def bind(home: Path, folder: Path, scheme: str) -> Path:
    """Copy the files of `home` that scoring reads to `folder`, with the roles of `scheme` and what the demo lacks."""
    for name in ("people", "reviews"):
        shutil.copytree(home / name, folder / name)
    shutil.copyfile(home / "company.yaml", folder / "company.yaml")
    (folder / "secrets").symlink_to(home / "secrets")
    settle(folder, scheme)
    return folder


def settle(folder: Path, scheme: str) -> None:
    """Change the files of a copied company to the roles and list settings of `scheme`, and add what the demo lacks."""
    if LISTS.get(scheme):
        with (folder / "company.yaml").open("a", encoding="utf-8") as told:
            told.write(f"\nlists: {LISTS[scheme]}\n")
    words = ROLES[MADE_OF.get(scheme, scheme)]
    for name, lines in EXTRA.items():
        if name == OWN and MADE_OF.get(scheme, scheme) != "003":
            continue  # a KPI agreed on without a slot is a finding
        path = folder / name
        is_new = not path.exists()
        with path.open("a", encoding="utf-8") as file:
            if is_new and name in HEADERS:
                file.write(HEADERS[name] + "\n")
            file.writelines(line + "\n" for line in lines)
    beside = [f"{mode},{other},,{team},,2022-04-01,2027-01-01" for mode, other, team in BESIDE.get(scheme, ())]
    (folder / "people" / "scheme_buffers.csv").write_text("\n".join([BUFFERS, *beside]) + "\n", encoding="utf-8")
    _rewrite(folder / "people" / "positions.csv", "role", words)
    _rewrite(folder / "people" / "targets.csv", "scope_id", words)


def pay(folder: Path, scheme: str, period: str) -> None:
    """Let the scheme pay in the period, with the segments that the warehouse has.

    The demo's scheme begins on CHANGE and splits everybody there, but for the manager whom nothing pays. So October is
    paid from that day on and the periods before it until that day, and the manager all the time.
    """
    before, after = f",,,2022-03-01,{CHANGE}", f",,,{CHANGE},"
    now, other = (after, before) if period == "2026-10" else (before, after)
    manager = scheme if scheme in WITH_MANAGER else "none"
    lines = [COLUMNS, scheme + now, "none" + other, f"{manager},,manager,2022-03-01,"]
    (folder / "people" / "scheme_assignments.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")


def pay_always(folder: Path, scheme: str) -> None:
    """Let the scheme pay all the time, as a company that runs its own commands would have it."""
    lines = [COLUMNS, f"{scheme},,,2022-03-01,"]
    if scheme not in WITH_MANAGER:
        lines.append("none,,manager,2022-03-01,")
    (folder / "people" / "scheme_assignments.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")


def calibrate(folder: Path, period: str, scores: Mapping[str, tuple[Fraction | None, bool]]) -> None:
    """Decide about some of the scores that a period has come to: person -> printed score, whether data is withheld.

    Of the settled ones the first goes down, the second up, the third was another when the meeting saw it; of the open
    ones the first two go down and up.
    """
    others = sorted((who, *told) for who, told in scores.items() if who != APPROVER)
    settled = [(who, score) for who, score, is_open in others if score and not is_open]
    still_open = [(who, score) for who, score, is_open in others if score and is_open]
    decided = [
        *zip(
            settled[:3], (Fraction("-7.31"), Fraction("4.5"), Fraction(2)), (ZERO, ZERO, Fraction("0.01")), strict=False
        ),
        *zip(still_open[:2], (Fraction("-6.4"), Fraction("5.05")), (ZERO, ZERO), strict=False),
    ]
    lines = [HEADERS[CALIBRATED]]
    for (who, score), change, off in decided:
        seen, held_to = score + off, max(ZERO, score + change)
        lines.append(f"{period},{who},{float(seen):.2f},{float(held_to):.2f},横向比较,{APPROVER},")
    (folder / CALIBRATED).write_text("\n".join(lines) + "\n", encoding="utf-8")


def _rewrite(path: Path, column: str, words: Mapping[str, str]) -> None:
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        columns, rows = list(reader.fieldnames or ()), list(reader)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns)
        writer.writeheader()
        writer.writerows({**row, column: words.get(row[column], row[column])} for row in rows)
