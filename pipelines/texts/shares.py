"""What schemes, scoring, cards and the plain text of a scheme say of a team: its shares, and what is measured on it.

Belongs here: keys `schemes.share.*`, `schemes.team.*`, `schemes.step.share_*`, and what cards (`cards.share.*`) and the
handbook (`handbook.share.*`) say of the same; the columns of reviews/finance.csv. Does not belong here: pools and the
rest of pay (`schemes`, `handbook`).
"""

from __future__ import annotations

from pipelines.texts.shapes import Entries, with_mends, zh_en

# key: (zh, en, mend in zh, mend in en)
_FINDINGS: dict[str, tuple[str, str, str, str]] = {
    "schemes.share.paid_twice": (
        "{of} 已按 {other} 分享：同一份收益会发两次",
        "{of} is shared by {other} already: the same gain would be paid twice",
        "各项 {of} 的分享使用同一种周期",
        "Use one kind of period for all shares of {of}",
    ),
    "schemes.share.more_than_gain": (
        "{of} 的分享比例合计 {total}%，超过收益本身",
        "the shares of {of} come to {total} %, more than the gain itself",
        "让比例合计不超过 100",
        "Let the rates sum to 100 at most",
    ),
    "schemes.team.not_merging": (
        "{kpi} 无法由成员的读数合成团队读数",
        "the readings of people do not make a team's reading of {kpi}",
        "使用可累加（sum）或比率（ratio_of_sums）且按人分摊的指标",
        "Use a KPI that adds up (sum) or is a ratio (ratio_of_sums), with credit split among persons",
    ),
    "schemes.team.no_ratio": (
        "{kpi} 不能按团队计量：目标按个人天数折算，团队的合计不折算",
        "{kpi} cannot be measured on the team: targets are prorated by a person's days, a team's sum is not",
        "只对按人分摊的比率（ratio_of_sums）使用 measured_on: team",
        "Use `measured_on: team` for ratios (ratio_of_sums) with credit split among persons",
    ),
    "schemes.team.by_community": (
        "{kpi} 在按社群考核的岗位中按各社群读数，不能同时按团队计量",
        "{kpi} is read for each community by a role of this scheme, and cannot be the team's besides",
        "删去 measured_on，或让岗位不按社群考核（by_community）",
        "Remove measured_on, or let no role be measured by its communities (by_community)",
    ),
    "schemes.team.carried": (
        "{kpi} 沿用个人的上一读数，不能同时按团队计量",
        "{kpi} carries a person's last reading, which is not the team's",
        "改为按月计分，或把 longer_kpis.in_shorter 改为 leave_out",
        "Let it count by month, or use leave_out in longer_kpis",
    ),
    "schemes.channels.no_cost": (
        "只有按渠道计算成本的指标（{known}）可以按渠道加权",
        "only costs that stand by channel can be weighed by it: {known}",
        "删去 channels",
        "Remove channels",
    ),
    "schemes.channels.unknown": (
        "{channel} 不是本公司的付费渠道",
        "{channel} is no paid channel of the company",
        "使用 company.yaml 的 paid_channels 之一（{known}），或加入 paid_channels",
        "Use one of paid_channels in company.yaml ({known}), or add it there",
    ),
    "schemes.target.no_return": (
        "{kpi} 不是收入与费用之比，不能写成 1:n",
        "{kpi} is no return over cost, so it cannot be stated as 1:n",
        "删去 stated_as",
        "Remove stated_as",
    ),
    "schemes.target.not_as_stated": (
        "{ratio} 按 {convention} 理解时目标为 {meant}",
        "{ratio} read as {convention} is a target of {meant}",
        "把 target 改为 {meant}，或改变 convention",
        "Write {meant}, or change the convention",
    ),
}

#: column of reviews/finance.csv -> (zh, en)
_FINANCE: dict[str, tuple[str, str]] = {
    "period": (
        "2026-10、2026-Q3 或 2026；基准在周期内各月有效，周期短者优先",
        "2026-10, 2026-Q3 or 2026; a base holds in all months of its period, the shortest period goes first",
    ),
    "kind": (
        "profit（利润）、profit_target（利润目标）或 cpl_base（获客成本基准）",
        "profit, profit_target or cpl_base (base cost per lead)",
    ),
    "scope": ("company 或 team；团队的基准优先于公司的", "company or team; a team's base goes before the company's"),
    "scope_id": ("哪个团队；公司则留空", "which team; empty for the company"),
    "channel": (
        "cpl_base 填 company.yaml 中 paid_channels 之一；其余留空",
        "of a cpl_base one of paid_channels in company.yaml; else empty",
    ),
    "amount": ("公司货币；亏损写成负数", "in the company's currency; a loss is a negative profit"),
    "note": ("可留空", "may be empty"),
    "approved_by": ("company.yaml 中批准人的 person_id", "person_id of an approver of company.yaml"),
}

_PLAIN: dict[str, tuple[str, str]] = {
    "file.finance": (
        "团队分享所依据的财务数据：利润、利润目标、获客成本基准；缺少时该分享暂缓；可选",
        "figures of the finance department that shares of a team are paid by: profit, its target, base cost per lead; "
        "without them such a share is withheld; optional",
    ),
    "schemes.step.share_gain": ("团队收益", "What the team gained"),
    "schemes.step.share_gate": ("分享条件", "Condition of the share"),
    "schemes.step.share_amount": ("团队分享金额", "Amount of the share"),
    "schemes.step.share_part": ("本人的份额", "Own part of the share"),
    "schemes.step.share_earned": ("其中现在发放", "Of it paid now"),
    "schemes.step.share_held": ("其中最多还可发放", "Of it held, at most still to be paid"),
    "schemes.step.share_withheld": ("收益尚不可知，分享暂缓", "The gain is not known yet: the share is withheld"),
    "schemes.step.share_gate_not_met": ("条件未达成，不分享", "A condition is not met: nothing is shared"),
    "schemes.step.share_no_gain": ("没有收益，不分享", "No gain: nothing is shared"),
    "schemes.step.share_not_applicable": ("本期无人涉及，不分享", "Nobody had to do with it: nothing is shared"),
    "schemes.note.share_withheld": (
        "团队分享 {share} 的数据暂缺：最多可得多少尚不可知，故不列入暂扣金额。数据到齐后重新运行本期，差额随修订版发放",
        "data of the team share {share} is withheld: the most that may become due is not known, so it is in no held "
        "amount. When the data has arrived, run the period again: the difference is paid by the new revision",
    ),
    "schemes.note.share_provisional": (
        "团队分享 {share} 的收益为暂定：数据修订后按修订版结算",
        "the gain of the team share {share} is provisional: once restated, a new revision settles the difference",
    ),
    "schemes.note.share_waits": (
        "团队分享 {share} 中有同事的数据暂缺，其份额按最高可能预留：数据到齐后，本人的份额只会增加，不会减少",
        "data of a colleague in the team share {share} is withheld and that part set aside at its highest: your own "
        "part may still grow when the data arrives, and does not shrink",
    ),
    "reasons.no_profit": (
        "reviews/finance.csv 没有 {period} 的利润",
        "reviews/finance.csv has no profit of {period}",
    ),
    "reasons.no_profit_target": (
        "reviews/finance.csv 没有 {period} 的利润目标",
        "reviews/finance.csv has no profit target of {period}",
    ),
    "cards.section.shares": ("团队分享", "Team shares"),
    "cards.share.title": ("分享", "Share"),
    "cards.share.gain": ("团队收益", "Gain of the team"),
    "cards.share.rate": ("比例", "Rate"),
    "cards.share.amount": ("团队金额", "Amount of the team"),
    "cards.share.own": ("本人现在发放", "Paid to you now"),
    "cards.share.held": ("另暂缓（最多）", "Held besides (at most)"),
    "cards.share.state": ("说明", "State"),
    "cards.share.status.paid": ("已按得分 × 天数分配", "divided by points × days"),
    "cards.share.status.withheld": (
        "暂缓：收益或条件尚不可知；数据到齐后重新运行本期，差额随修订版发放",
        "withheld: the gain or a condition is not known; run the period again when the data has arrived, and a new "
        "revision pays the difference",
    ),
    "cards.share.status.gate_not_met": ("条件未达成，不分享", "a condition is not met: nothing is shared"),
    "cards.share.status.no_gain": (
        "各渠道合计后没有收益，不分享",
        "no gain after all is netted: nothing is shared",
    ),
    "cards.share.status.not_applicable": (
        "本期无人涉及，不分享",
        "nobody had to do with it in this period: nothing is shared",
    ),
    "cards.share.provisional": ("收益为暂定，修订后再结算", "the gain is provisional and settled once restated"),
    "cards.share.gate": ("{title}：{kpi} {value}（{bound}）{status}", "{title}: {kpi} {value} ({bound}), {status}"),
    "cards.share.at_least": ("须不低于 {limit}", "at least {limit} required"),
    "cards.share.at_most": ("不得超过 {limit}", "at most {limit} allowed"),
    "cards.share.gate.met": ("达成", "met"),
    "cards.share.gate.not_met": ("未达成", "not met"),
    "cards.share.gate.not_checked": ("数据暂缺", "its data is withheld"),
    "cards.share.gate.not_applicable": ("不适用", "not applicable"),
    "cards.share.sources": ("出处：{sources}", "from {sources}"),
    "cards.share.people": ("{count} 人的合计", "summed over {count} people"),
    "cards.share.explain": (
        "{title}：团队收益 {gain} × {rate} = {amount}；本人 {own}，另暂缓最多 {held}。{said}",
        "{title}: gain of the team {gain} × {rate} = {amount}; own part {own}, held besides at most {held}. {said}",
    ),
    "cards.kpi.of_team": ("按团队合计计算：分子与分母为全队之和。", "Measured on the team: sums of all its people."),
    "cards.evidence.of_team": (
        "数值为全队合计；下列仅为本人的记录。",
        "The number is the whole team's; the records below are this person's own.",
    ),
    "cards.book.share_gain": ("{share}：团队收益", "{share}: gain of the team"),
    "cards.book.share_rate": ("{share}：比例 %", "{share}: rate, %"),
    "cards.book.share_amount": ("{share}：团队金额", "{share}: amount of the team"),
    "cards.book.share_points": ("{share}：计入的分数", "{share}: points that count"),
    "cards.book.share_weight": ("{share}：份额系数", "{share}: weight"),
    "cards.book.share_mass": ("{share}：本人权数", "{share}: own mass"),
    "cards.book.share_others": ("{share}：其他成员的权数", "{share}: mass of the other members"),
    "cards.book.share_cent": ("{share}：按最大余数法分配的尾差", "{share}: cent from the largest-remainder split"),
    "cards.book.share_part": ("{share}：本人份额", "{share}: own part"),
    "cards.book.share_paid": ("{share}：现在发放", "{share}: paid now"),
    "cards.book.share_state": ("{share}：{said}", "{share}: {said}"),
    "handbook.share.title": ("团队分享", "Team shares"),
    "handbook.share.intro": (
        "在奖金之外，团队为公司带来的收益按比例分给团队，由同一团队、适用本方案的人按下列方式分配。",
        "Besides the bonus, a part of what the team gained for the company goes to the people of the team who are paid "
        "by this scheme.",
    ),
    "handbook.share.of.lead_cost_savings": (
        "收益 = 各渠道（获客成本基准 − 实际）× 线索数之和，正负相抵后仍为正的部分；基准由财务写在 reviews/finance.csv。"
        "没有线索的渠道，其花费全额抵减。",
        "The gain is Σ over channels of (base cost per lead − actual) × leads, what is left above 0 after all channels "
        "are netted; the bases are in reviews/finance.csv. Spend on a channel without a lead counts against it whole.",
    ),
    "handbook.share.of.excess_profit": (
        "收益 = 利润 − 利润目标，低于 0 时为 0；两者由财务写在 reviews/finance.csv。"
        "公司的利润由适用本方案的全体分享一次，团队的利润由该团队分享。",
        "The gain is profit less its target, and nothing below 0; both are in reviews/finance.csv. A company's profit "
        "is shared once by all who are paid by this scheme, a team's by that team.",
    ),
    "handbook.share.rate.month": ("每月发放当月收益的 {rate}。", "Each month pays {rate} of its own gain."),
    "handbook.share.rate.quarter": ("每季度发放当季收益的 {rate}。", "Each quarter pays {rate} of its own gain."),
    "handbook.share.rate.year": ("每年发放当年收益的 {rate}。", "Each year pays {rate} of its own gain."),
    "handbook.share.points.score": (
        "按得分 × 天数分配，合计分毫不差。",
        "It is divided by points × days, to the cent.",
    ),
    "handbook.share.points.target_weighted": (
        "按得分 × 目标奖金 × 天数分配，合计分毫不差。",
        "It is divided by points × target bonus × days, to the cent.",
    ),
    "handbook.share.gate_low": (
        "条件“{title}”：全队的{kpi}不低于 {limit}，否则不分享。{why}",
        "Condition “{title}”: {kpi} of the whole team is at least {limit}, else nothing is shared. {why}",
    ),
    "handbook.share.gate_high": (
        "条件“{title}”：全队的{kpi}不超过 {limit}，否则不分享。{why}",
        "Condition “{title}”: {kpi} of the whole team is at most {limit}, else nothing is shared. {why}",
    ),
    "handbook.share.example": (
        "算例：收益 {gain} × {rate} = {amount}；三人得分 {points}、天数相同，各得 {parts}。",
        "Example: a gain of {gain} × {rate} = {amount}; three people with {points} points and equal days get {parts}.",
    ),
    "handbook.share.withheld": (
        "收益或条件的数据暂缺时，最多可得多少尚不可知：分享暂缓，注明原因，数据到齐后重新运行该周期再发放，不会分给别人。",
        "Where data of the gain or of a condition is withheld, nobody knows the most that may become due: the share is "
        "withheld with its reason and paid when the period is run again with the data. Nobody else gets it meanwhile.",
    ),
    "handbook.kpis.channels": (
        "按渠道加权：达成率 = Σ（渠道权重 × 渠道达成率）÷ Σ 渠道权重；每个渠道在 0% 与曲线终点之间计。"
        "有花费而无成果的渠道计 0%，没有花费也没有成果的不计。未列出的渠道权重 {others}。{why}",
        "Weighed by channel: attainment = Σ weight × attainment of the channel ÷ Σ weights, each channel between 0 % "
        "and the end of the curve. A channel with money spent and no result counts 0 %; one without either is not "
        "there. Channels that are not listed weigh {others}. {why}",
    ),
    "handbook.kpis.channel": (
        "渠道 {channel}：权重 {weight}，目标 {target}",
        "Channel {channel}: weight {weight}, target {target}",
    ),
    "handbook.kpis.measured_on_team": (
        "按团队计量：取同一团队、适用本方案者的分子之和与分母之和；一人数据暂缺，全队暂缓。",
        "Measured on the team: sums of numerators and denominators over the people of the team who are paid by this "
        "scheme; one person's withheld data withholds it for all.",
    ),
    "handbook.kpis.stated.profit_per_cost": (
        "方案写作 {ratio}，按（收入 − 费用）/ 费用理解，即目标 {target}。",
        "The scheme states {ratio}, read as (return − cost) / cost: a target of {target}.",
    ),
    "handbook.kpis.stated.return_per_cost": (
        "方案写作 {ratio}，按收入 / 费用理解，即目标 {target}。",
        "The scheme states {ratio}, read as return / cost: a target of {target}.",
    ),
}

TEXTS: Entries = {**with_mends("", _FINDINGS), **zh_en("", _PLAIN), **zh_en("file.finance.", _FINANCE)}
