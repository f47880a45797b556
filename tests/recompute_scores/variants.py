"""Schemes that use what no shipped one uses: made of shipped ones, with other forms of attainment, curves and pay.

Belongs here: what is changed, in the words of docs/scheme-file.md. Does not belong here: any result.
"""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from pathlib import Path
from typing import Any

import yaml

from .reading import scheme_of

WHY = {"zh": "因为", "en": "because"}
TITLE = {"zh": "名", "en": "name"}
#: variant -> the shipped scheme that it is made of
MADE_OF: Mapping[str, str] = {"200": "000", "202": "002", "203": "003"}
#: Each tier its own rate: 40 at 80, 60 at 100, 135 at 130.
MARGINAL = {"kind": "marginal", "tiers": [[0, 0.5], [80, 1], [100, 2.5]], "until": 130}
#: The rate of the highest tier on everything: 48 at 60, 100 at 100, 121 at 110, 132 at 120.
WHOLE = {"kind": "whole_amount", "tiers": [[60, 0.8], [100, 1], [110, 1.1]], "until": 120}
STEPS = {"kind": "step", "points": [[60, 50], [90, 80.5], [100, 100], [120, 130]]}
#: Steeper past the target than before it, then flatter, without a threshold.
ACCELERATED = {"kind": "linear", "points": [[0, 0], [100, 100], [110, 130], [140, 160]]}


def write(shipped: Path, folder: Path, name: str) -> Path:
    """Write a variant as the company's own scheme."""
    scheme: dict[str, Any] = deepcopy(dict(scheme_of(shipped / f"scheme_{MADE_OF[name]}.yaml")))
    scheme |= {"scheme_id": name, "version": "1.0.0"}
    for curve, block in {"marginal": MARGINAL, "whole": WHOLE, "steps": STEPS, "accelerated": ACCELERATED}.items():
        scheme["curves"][curve] = {**block, "why": WHY}
    {"200": of_pool, "202": by_band, "203": by_single}[name](scheme)
    path = folder / "schemes" / f"scheme_{name}.yaml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(yaml.safe_dump(scheme, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return path


def of_pool(scheme: dict[str, Any]) -> None:
    """Every form of attainment, each with another curve; a pool split by the score alone; results carried; pieces."""
    scheme["dimensions"]["conversion"]["enabled"] = False
    form(scheme, "net_follower_growth", "difference", "accelerated", scale=300)
    form(scheme, "engagement_rate_original", "ratio", "marginal")
    form(scheme, "original_content_share", "ratio", "whole")
    form(scheme, "first_reply_minutes_p50", "ratio", "accelerated", attainment_cap=150)
    form(scheme, "resolution_minutes_p50", "linear", "steps")
    form(scheme, "team_impressions", "ratio", "marginal")
    scheme["kpis"]["posting_frequency"]["period"] = "quarter"
    scheme["kpis"]["first_reply_within_sla"]["period"] = "year"
    scheme["kpis"]["net_follower_growth"]["period"] = "quarter"
    scheme["longer_kpis"] = {"in_shorter": "carry_last", "req": "001-R2", "why": WHY}
    scheme["pool"]["points"] = "score"
    scheme["pool"]["attainment_cap"] = 125
    scheme["pool"]["factor"] |= {"kind": "linear", "points": [[50, 40], [100, 100], [150, 140]]}
    cap = scheme["pool"]["personal_cap"]
    del cap["points"]
    cap |= {"kind": "whole_amount", "tiers": [[0, 1], [90, 1.2]], "until": 110}
    piece = {"title": TITLE, "req": "003-K24", "why": WHY}
    scheme["piece_rates"] = [
        {"id": "seen", "kpi": "impressions", "per": 1000, "amount": 0.35, "cap": 40, "roles": ["content"], **piece},
        {"id": "clicked", "kpi": "site_clicks", "amount": 0.015, **piece},
        {"id": "asked", "kpi": "leads_submitted", "per": 3, "amount": 1, "cap": 900.5, "period": "quarter", **piece},
    ]


def by_band(scheme: dict[str, Any]) -> None:
    """Pay by the band that the score reaches; results carried; effects on a KPI and a component; points granted."""
    form(scheme, "shares_per_post", "ratio", "whole")
    form(scheme, "member_net_growth", "difference", "steps", scale=20)
    form(scheme, "event_participation_rate", "ratio", "accelerated")
    form(scheme, "active_members", "ratio", "marginal")
    scheme["longer_kpis"]["in_shorter"] = "carry_last"
    scheme["bonus_points"] = {"max": 3, "req": "000-R5", "why": WHY}
    few = {"req": "003-D1", "why": WHY}
    scheme["kpis"]["member_retention_30"]["small_numbers"] = {"at_least": 40, "below": "not_applicable"} | few
    scheme["kpis"]["content_click_rate"]["small_numbers"] = {"shrinkage": {"k": 5000, "towards": "team"}} | few
    rule = scheme["individual"]
    del rule["payout"]
    bands = (("low", 55, 400), ("middle", 80, 1000.55), ("high", 100, 1200))
    rule["by"] = "band"
    rule["classes"] = [
        {"id": name, "title": TITLE, "at_least": line, "amount": amount, "why": WHY} for name, line, amount in bands
    ]
    about = {"when_withheld": "hold", "req": "002-I5", "title": TITLE, "why": WHY}
    scheme["gates"] += [
        {"id": "few", "kpi": "active_members", "at_least": 30, "effect": "multiply", "amount": 0.9, "scope": "total"}
        | about,
        {"id": "kept", "kpi": "member_retention_30", "at_least": 0.9, "effect": "cap", "amount": 70, "scope": "kpi"}
        | {"of": "member_net_growth"}
        | about,
    ]


def by_single(scheme: dict[str, Any]) -> None:
    """One community, one policy; whole-amount pay by the own score in place of the pool."""
    own = {"req": "003-R5", "title": TITLE, "why": WHY}
    answers = {"id": "kind", "weight": 40, "kpis": {"accepted_answers": 30, "article_reads": 10}, **own}
    covered = {"id": "stage", "weight": 15, "kpis": {"community_coverage": 10, "event_roi": 5}, **own}
    scheme["communities"]["single"] = {
        "c_content": {"req": "003-R5", "components": [answers], "why": WHY},
        "c_deals": {"req": "003-R5", "components": [covered], "why": WHY},
    }
    form(scheme, "first_reply_minutes_p50", "linear", "accelerated")
    form(scheme, "monthly_active_share", "ratio", "steps")
    form(scheme, "accepted_answers", "ratio", "marginal")
    form(scheme, "member_retention_30", "ratio", "whole")
    shares = scheme.pop("pool")["shares"]
    payout = {"kind": "whole_amount", "tiers": [[40, 0.5], [80, 0.9], [100, 1]], "until": 125, "why": WHY}
    scheme["individual"] = {
        "req": "003-I2",
        "title": TITLE,
        "by": "base",
        "shares": shares,
        "payout": payout,
        "why": WHY,
    }


def form(scheme: dict[str, Any], kpi: str, method: str, curve: str, **more: object) -> None:
    """Give a KPI another form of attainment and another curve; only the baseline form has a baseline."""
    block = scheme["kpis"][kpi]
    block |= {"method": method, "curve": curve, **more}
    if method != "baseline":
        block["default_target"].pop("baseline", None)
