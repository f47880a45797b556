"""The demo company paid by another scheme: a copy of its files with other people/scheme_assignments.csv and roles.

Belongs here: writing the copy. The warehouse is not built again: scoring reads the readings that are there. Does not
belong here: any number of the recomputation.
"""

from __future__ import annotations

import csv
import shutil
from collections.abc import Mapping
from pathlib import Path

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
WITH_MANAGER = frozenset({"001", "002", "003"})


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
    "reviews/finance.csv": (
        "2025,profit,company,,,1250000.55,,P001",
        "2025,profit_target,company,,,1000000,,P001",
    ),
}
HEADERS: Mapping[str, str] = {
    "reviews/finance.csv": "period,kind,scope,scope_id,channel,amount,note,approved_by",
}
#: Decided by people after the scores: not recomputed here, and left out of the copy.
DECIDED = ("bonus_point_nominations", "award_approvals", "calibration_decisions", "appeals")
COLUMNS = "scheme_id,team_id,role,valid_from,valid_to"


def bind(home: Path, folder: Path, scheme: str) -> Path:
    """Copy the files of `home` that scoring reads to `folder`, with the roles of `scheme` and what the demo lacks."""
    for name in ("people", "reviews"):
        shutil.copytree(home / name, folder / name)
    for name in DECIDED:
        (folder / "reviews" / f"{name}.csv").unlink(missing_ok=True)
    shutil.copyfile(home / "company.yaml", folder / "company.yaml")
    (folder / "secrets").symlink_to(home / "secrets")
    words = ROLES[scheme]
    for name, lines in EXTRA.items():
        if name == OWN and scheme != "003":
            continue  # a KPI agreed on without a slot is a finding
        path = folder / name
        is_new = not path.exists()
        with path.open("a", encoding="utf-8") as file:
            if is_new and name in HEADERS:
                file.write(HEADERS[name] + "\n")
            file.writelines(line + "\n" for line in lines)
    _rewrite(folder / "people" / "positions.csv", "role", words)
    _rewrite(folder / "people" / "targets.csv", "scope_id", words)
    return folder


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


def _rewrite(path: Path, column: str, words: Mapping[str, str]) -> None:
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        columns, rows = list(reader.fieldnames or ()), list(reader)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns)
        writer.writeheader()
        writer.writerows({**row, column: words.get(row[column], row[column])} for row in rows)
