"""A small sound company folder that each test breaks in one place."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from pipelines.company import Finding, InputError, load_company
from pipelines.company.templates import init_company

KPIS = frozenset({"impressions", "engagement_rate_followers", "net_follower_growth"})

SOUND = {
    "people/people.csv": """\
person_id,name,name_en,email,hired_on,left_on
li,李娜,Li Na,li@example.com,2024-01-01,
wang,王伟,,,2024-01-01,2026-10-16
chen,陈静,Chen Jing,,2025-06-01,
""",
    "people/positions.csv": """\
person_id,role,level,team_id,bonus_base,valid_from,valid_to
li,operator,L1,growth,3000,2024-01-01,2026-10-11
li,editor,L2,content,3600,2026-10-11,
wang,operator,,growth,2800.50,2024-01-01,
""",
    "people/identity_map.csv": """\
system,external_id,person_id,valid_from,valid_to
tickets,Value 1,li,2024-01-01,2025-01-01
tickets,Value 1,wang,2025-01-01,
x_signature,LN,li,2024-01-01,
""",
    "people/accounts.csv": """\
account_id,platform,name,handle,team_id,timezone,currency,active_from,active_to
acme_x,x,Acme,acme,growth,,,2024-01-01,
acme_shop,shopify,Acme Shop,,growth,Europe/Berlin,EUR,2024-01-01,2026-12-31
""",
    "people/assignments.csv": """\
subject_type,subject_id,person_id,share,valid_from,valid_to
account,acme_x,li,60,2024-01-01,2026-10-11
account,acme_x,wang,40,2024-01-01,2026-10-11
account,acme_x,wang,100,2026-10-11,
promo_code,SAVE10,li,33.3333,2024-01-01,
""",
    "people/scheme_assignments.csv": """\
scheme_id,team_id,role,valid_from,valid_to
000,,,2024-01-01,
""",
    "people/duty_roster.csv": """\
subject_type,subject_id,person_id,starts_at,ends_at
account,acme_x,li,2026-10-03 09:00,2026-10-03 18:00
""",
    "people/targets.csv": """\
period,period_type,scope,scope_id,kpi_id,baseline,threshold,target,stretch,set_by,agreed_by
2026-01,month,company,,impressions,,800,1000,1500,chen,li
2026-01,month,role,operator,engagement_rate_followers,,,0.02,,,
""",
    "people/publishing_plan.csv": """\
month,account_id,person_id,planned_posts
2026-10,acme_x,,31
2026-10,,li,12.5
""",
    "reviews/content_quality_reviews.csv": """\
period,person_id,score,reviewer_id,reason
2026-10,li,87.5,chen,well told
""",
    "reviews/record_overrides.csv": """\
record_type,record_id,person_id,share,reason,approved_by
post,2054173519462039552,li,100,posted from the phone,chen
""",
    "reviews/adjustments.csv": """\
period,person_id,amount,reason,approved_by
2026-10,li,-120.50,double payment in September,chen
""",
    "reviews/costs.csv": """\
month,scope,scope_id,kind,amount,note,approved_by
2026-10,team,growth,goods,120.50,,chen
2026-10,community,vip,member_incentive,0,,chen
""",
    "reviews/finance.csv": """\
period,kind,scope,scope_id,channel,amount,note,approved_by
2026,profit,company,,,1200000,,chen
2026,profit_target,company,,,1000000.50,,chen
2025,profit,team,growth,,-5,a loss,chen
2026,cpl_base,company,,x_ads,6,,chen
2026,cpl_base,company,,Meta_Ads,7.25,,chen
2026-Q4,cpl_base,company,,x_ads,5.50,,chen
2026-10,cpl_base,team,growth,x_ads,5,,chen
""",
}

COMPANY_YAML = """\
name: Acme
timezone: Asia/Shanghai
currency: CNY
locale: zh
approvers: [chen]
settings:
  business_start: 09:00
  business_end: 18:00
  viral_z: 3.5
"""

Write = Callable[..., Path]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A sound company of three people."""
    folder = tmp_path / "acme"
    init_company(folder)
    for name, content in SOUND.items():
        (folder / name).write_text(content, encoding="utf-8")
    (folder / "company.yaml").write_text(COMPANY_YAML, encoding="utf-8")
    return folder


@pytest.fixture
def findings_of(home: Path) -> Callable[..., list[Finding]]:
    """Replace or append text of files and return what the loader finds."""

    def load(file: str, *, append: str = "", replace: tuple[str, str] | None = None, lang: str = "en") -> list[Finding]:
        path = home / file
        text = path.read_text(encoding="utf-8")
        if replace is not None:
            assert replace[0] in text, f"{file} does not hold {replace[0]!r}"
            text = text.replace(*replace)
        path.write_text(text + append, encoding="utf-8")
        try:
            load_company(home, kpi_ids=KPIS, lang=lang)
        except InputError as error:
            return error.findings
        return []

    return load
