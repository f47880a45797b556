"""The words about small numbers: minimum denominators, intervals, shrinking, cut-offs that are too close to call.

Belongs here: every text that only these need, of cards, reasons, schemes and the handbook. Does not belong here: any
rule.
"""

from __future__ import annotations

from pipelines.texts.shapes import Entries, with_mends, zh_en

#: reason -> (zh, en)
_REASONS: dict[str, tuple[str, str]] = {
    "few_records": (
        "样本过少：分母为 {n}，低于最低要求 {least}",
        "too few to go by: the denominator is {n}, below the minimum of {least}",
    ),
    "team_mean_open": (
        "已向团队均值收缩，而团队中尚有数据暂缺，均值可能变动",
        "drawn to the mean of the team, of which some data is withheld, so that the mean may still move",
    ),
}

#: key of a note -> (zh, en)
_NOTES: dict[str, tuple[str, str]] = {
    "too_close_gate": (
        "门槛 {gate} 难分：其界限落在该指标的 95% 区间内，偶然波动即可改变结果；照常执行，请复核",
        "the gate {gate} is too close to call: its bound lies within the 95 % interval of its KPI; it is applied as it "
        "is, have a second look",
    ),
    "too_close_pool": (
        "奖金池系数难分：团队达成率 {tiers}% 的档位落在偶然波动范围内；照常计算，请复核",
        "the pool's factor is too close to call: its tier at {tiers} % lies within what chance may have done to the "
        "team's attainment; it is paid as it is, have a second look",
    ),
    "too_close_pay": (
        "奖金档位难分：{steps} 分的界限落在得分的偶然波动范围内；照常发放，请复核",
        "pay is too close to call: the step at {steps} points lies within what chance may have done to the score; it "
        "is paid as it is, have a second look",
    ),
}

#: key below cards.size. -> (zh, en)
_CARDS: dict[str, tuple[str, str]] = {
    "interval": ("95% 区间 {low} 至 {high}（n = {n}）", "95 % interval {low} to {high} (n = {n})"),
    "few": ("n = {n}，低于最低要求 {least}", "n = {n}, below the minimum of {least}"),
    "shrunk": (
        "向团队均值收缩：({n} × {raw} + {k} × {mean}) / ({n} + {k}) = {value}；原值 {raw}",
        "drawn to the mean of the team: ({n} × {raw} + {k} × {mean}) / ({n} + {k}) = {value}; raw {raw}",
    ),
    "too_close": ("难分：界限 {cut} 落在区间内", "too close to call: the cut-off at {cut} lies within the interval"),
    "column": ("偶然波动", "Chance"),
    "score": (
        "偶然波动范围：得分 {low} 至 {high}（95%，仅含有区间的指标）",
        "by chance alone the score may lie from {low} to {high} (95 %, of the KPIs with an interval)",
    ),
}

#: key of a broken rule of a scheme -> (problem zh, problem en, mend zh, mend en)
_RULES: dict[str, tuple[str, str, str, str]] = {
    "no_ratio": (
        "{kpi} 不是比率，没有分母，样本量规则对其无效",
        "{kpi} is no ratio and has no denominator, so small numbers have no meaning for it",
        "删去 small_numbers",
        "Take small_numbers out",
    ),
    "no_minimum": (
        "{kpi} 在目录中没有最低分母，此处也未给出，该规则无任何作用",
        "{kpi} has no minimum in the catalogue and none here: the block does nothing",
        "填写 at_least 或 shrinkage，或删去 small_numbers",
        "State at_least or shrinkage, or take small_numbers out",
    ),
    "no_shrinking": (
        "{kpi} 无法向团队均值收缩：须为个人考核、按分子与分母汇总、不按渠道加权、不按社群取数且按月计分的指标",
        "{kpi} cannot be drawn to the mean of a team: that needs a ratio of sums, measured on the person, neither "
        "weighed by channel nor read by community, that counts in every month",
        "删去 shrinkage，或换成符合条件的指标",
        "Take shrinkage out, or shrink another KPI",
    ),
}

#: key below handbook.small. -> (zh, en)
_HANDBOOK: dict[str, tuple[str, str]] = {
    "least.provisional": (
        "分母低于 {least} 时，该指标标为暂定，照常计分。",
        "Below a denominator of {least} the KPI is marked as provisional and counts.",
    ),
    "least.not_applicable": (
        "分母低于 {least} 时，该指标不适用，其权重归入其他指标。",
        "Below a denominator of {least} the KPI is not applicable and its weight goes to the others.",
    ),
    "shrinkage": (
        "样本少的结果向团队均值收缩：(n × 本人 + {k} × 团队) / (n + {k})，n 为本人分母；原值与收缩后的值均列示。",
        "A result of few records is drawn to the mean of the team: (n × own + {k} × team) / (n + {k}), n being the own "
        "denominator. Card and trace state both values.",
    ),
    "interval": (
        "绩效卡列出该指标的 95% 区间；界限落在区间内时标为“难分”，不改变奖金。",
        "The card states its 95 % interval; a cut-off within it is called too close to call, which changes no pay.",
    ),
}

TEXTS: Entries = {
    **zh_en("reasons.", _REASONS),
    **zh_en("schemes.note.", _NOTES),
    **zh_en("cards.size.", _CARDS),
    **with_mends("schemes.small.", _RULES),
    **zh_en("handbook.small.", _HANDBOOK),
}
