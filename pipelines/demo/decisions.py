"""What the demo company's people decided about its last month: bonus points, an award, an appeal that was settled.

Belongs here: the decision files. There is no calibration: a decision names the score that a meeting saw, and the
generator knows no score. Does not belong here: adjustments and overrides (`company_files`), reviews (`reviews`).
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from pipelines.demo.files import csv_text, write_text
from pipelines.demo.roster import MANAGER, Roster

_HEADERS = {
    "bonus_point_nominations": "period person_id points reason nominated_by approved_by",
    "award_approvals": "period person_id award amount reason approved_by",
    "appeals": "period person_id kpi_id what filed_on outcome decided_by reason",
}


def write_decisions(home: Path, roster: Roster, months: list[str]) -> None:
    """Write the decision files of the last month.

    Args:
        home: the company folder.
        roster: who worked in it.
        months: local months of the company's exports.
    """
    month = months[-1]
    first = dt.date(int(month[:4]), int(month[5:]), 1)
    after = first + dt.timedelta(days=35)  # a few days into the next month
    writers, growers = (roster.working(role, first) for role in ("content", "growth"))
    tester, objector = writers[-1].person_id, writers[0].person_id
    rows: dict[str, list[tuple[str, ...]]] = {
        "bonus_point_nominations": [
            (month, tester, "3", "两天内测试新推荐算法并写成策略", objector, MANAGER),
        ],
        "award_approvals": [
            (month, person.person_id, "增长黑客", "500.00", "国庆活动带来的注册", MANAGER) for person in growers[:1]
        ],
        "appeals": [
            (
                month, objector, "posting_frequency", "国庆期间停发应从计划中扣除", f"{after:%Y-%m-%d}", "rejected",
                MANAGER, "计划在月初已按假期调整",
            )
        ],
    }  # fmt: skip
    for name, found in rows.items():
        write_text(home / "reviews" / f"{name}.csv", csv_text(_HEADERS[name].split(), found))
