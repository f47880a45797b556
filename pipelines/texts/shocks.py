"""The words about events of platforms and peer control: files, findings, cards, schemes, handbook, lists.

Belongs here: every text that only these need. Does not belong here: any rule.
"""

from __future__ import annotations

from pipelines.texts.shapes import Entries, FileWords, files, findings, with_mends, zh_en

#: file -> ((about en, about zh), column -> (en, zh))
_FILES: dict[str, FileWords] = {
    "platform_events": (
        (
            "what moved the numbers of everybody on a platform: algorithm, definition, purge, outage, rules, market; "
            "noted on every card whose KPI it touches; optional",
            "影响平台上所有人数据的事件：算法、口径、清理、故障、监管、市场；凡受影响的 KPI 都会在绩效卡上注明，可选",
        ),
        {
            "platform": (
                "as in people/accounts.csv; empty = every platform",
                "与 people/accounts.csv 一致；留空 = 所有平台",
            ),
            "happened_from": ("first day", "首日"),
            "happened_to": (
                "first day on which it no longer distorts, for instance since targets were set anew; empty while it "
                "goes on",
                "不再造成失真的首日，例如目标已重新设定；仍在持续请留空",
            ),
            "kind": (
                "algorithm, definition, purge, outage, regulation or market",
                "algorithm（算法）、definition（口径）、purge（清理）、outage（故障）、regulation（监管）"
                "或 market（市场）",
            ),
            "kpis": (
                "KPI ids, separated by ; . Empty = every KPI of the platform",
                "KPI 编号，以 ; 分隔；留空 = 该平台的所有 KPI",
            ),
            "what": ("what happened, in a sentence", "一句话说明发生了什么"),
            "source": ("link or document that says so", "出处：链接或文件"),
            "logged_by": ("person_id of who logged it", "登记人的 person_id"),
            "logged_on": ("day on which it was logged", "登记日期"),
        },
    ),
    "peers": (
        (
            "accounts of others on the same platform, registered before a period begins, that show what the platform "
            "did to everybody; optional",
            "同平台上由他人运营、在周期开始前登记的对照账号，用于判断平台对所有人的影响，可选",
        ),
        {
            "platform": ("as in people/accounts.csv", "与 people/accounts.csv 一致"),
            "peer_id": (
                "handle or id of the account; who runs it is never compared with it",
                "账号名或编号；运营该账号的人不会与其对照",
            ),
            "team_id": ("the team that is compared with it; empty = everybody", "以其为对照的团队；留空 = 所有人"),
            "registered_on": (
                "day of registration; a peer counts only in periods, and for events, that begin later",
                "登记日期；仅对此后开始的周期和事件有效",
            ),
            "registered_by": ("approver who registered it", "登记的审批人"),
            "ended_on": (
                "first day on which it is no peer any more; inside a period it still counts for that period",
                "不再作为对照的首日；在周期中途停用的，该周期内仍然有效",
            ),
            "note": ("may be empty", "可留空"),
        },
    ),
    "peer_readings": (
        (
            "what each peer reached in a KPI, month by month; peer control needs the months of the period and of the "
            "base; optional",
            "各对照账号逐月的 KPI 数值；对照调整需要本周期与基期各月的数值，可选",
        ),
        {
            "month": ("month, e.g. 2026-10", "月份，例如 2026-10"),
            "platform": ("as in people/peers.csv", "与 people/peers.csv 一致"),
            "peer_id": ("as in people/peers.csv", "与 people/peers.csv 一致"),
            "kpi_id": ("KPI, counted as the own one is", "KPI，统计口径与自有账号相同"),
            "value": ("value of the month, in the KPI's unit", "当月数值，单位与该 KPI 相同"),
            "source": ("where it was read: link or tool", "数据出处：链接或工具"),
        },
    ),
}

#: code -> (problem en, mend en, problem zh, mend zh)
_FINDINGS: dict[str, tuple[str, str, str, str]] = {
    "unknown_platform": (
        "no account in people/accounts.csv is on this platform{hint}",
        "correct it, or add the account to people/accounts.csv",
        "people/accounts.csv 中没有该平台的账号{hint}",
        "请更正，或在 people/accounts.csv 中添加该平台的账号",
    ),
    "unknown_peer": (
        "no peer of this name is registered on {platform}{hint}",
        "correct it, or register the peer in people/peers.csv; it then counts in periods that begin later",
        "{platform} 上未登记此对照账号{hint}",
        "请更正，或在 people/peers.csv 中登记；登记后仅对此后开始的周期有效",
    ),
}

#: key of a broken rule of a scheme -> (problem zh, problem en, mend zh, mend en)
_RULES: dict[str, tuple[str, str, str, str]] = {
    "platform": (
        "{kpi} 不属于唯一的平台，无法选取同平台的对照账号",
        "{kpi} belongs to no single platform, so no account is its peer",
        "从 peer_control 中删去，或换成单一平台的指标",
        "Take it out of peer_control, or name a KPI of one platform",
    ),
    "difference": (
        "{kpi} 使用 difference 方法，其目标可为零或负数，无法按比例调整",
        "{kpi} is attained by difference, whose target may be 0 or less and cannot be multiplied",
        "从 peer_control 中删去，或改用 baseline 或 ratio",
        "Take it out of peer_control, or use baseline or ratio",
    ),
    "carried": (
        "{kpi} 的结果沿用自更长的周期，对照调整只作用于本周期",
        "{kpi} is carried from a longer period, and peers speak of the period that is scored alone",
        "从 peer_control 中删去，或将 longer_kpis 改为 leave_out",
        "Take it out of peer_control, or let longer_kpis leave it out",
    ),
}

#: key -> (zh, en)
_CARDS: dict[str, tuple[str, str]] = {
    "event": (
        "平台事件：{platform} · {kind}，{window}：{what}",
        "platform event: {platform}, {kind}, {window}: {what}",
    ),
    "all_platforms": ("所有平台", "all platforms"),
    "since": ("自 {start} 起", "since {start}"),
    "until": ("{start} 至 {last}", "{start} to {last}"),
    "kind.algorithm": ("算法调整", "algorithm change"),
    "kind.definition": ("指标口径变更", "metric redefined"),
    "kind.purge": ("清理账号", "purge of accounts"),
    "kind.outage": ("服务故障", "outage"),
    "kind.regulation": ("监管变化", "regulation"),
    "kind.market": ("市场变化", "market"),
    "noted": (
        "方案未对此指标设对照调整，目标不变；评价前请先核对平台影响",
        "the scheme compares this KPI with no peers and the target stays; look at the platform before judging",
    ),
    "applied": (
        "对照调整：{peers} 个对照账号变化的中位数为 {change}，目标由 {raw} 调整为 {target}（× {factor}）",
        "peer control: {peers} peers changed by {change} in the median, so the target moves from {raw} to {target} "
        "(× {factor})",
    ),
    "scores": (
        "；调整前达成 {raw_attainment}、{raw_points} 分，调整后达成 {attainment}、{points} 分",
        "; without it {raw_attainment} attained and {raw_points} points, with it {attainment} and {points}",
    ),
    "quiet": (
        "有效对照账号 {peers} 个（至少 {least} 个）：未记录平台事件，变化也未超出波动范围，目标不变",
        "{peers} peers count (at least {least}): no event is logged and they moved no more than usual; the target "
        "stays",
    ),
    "too_few": (
        "有效对照账号只有 {peers} 个，少于 {least} 个：目标不自动调整，由人决定",
        "fewer than {least} peers count ({peers}): the target does not move by itself, people decide",
    ),
    "target_not_positive": (
        "目标不大于 0，无法按比例调整（有效对照账号 {peers} 个，至少 {least} 个）：由人决定",
        "the target is not above 0 and cannot be multiplied ({peers} peers count, at least {least}): people decide",
    ),
    "source": ("事件出处：{source}，{link}", "event: {source}, {link}"),
    "months": ("对照月份 {months}，基期 {base}", "peers in {months} against {base}"),
    "peer": ("{peer}：{base} → {now}，ln = {change}", "{peer}: {base} → {now}, ln = {change}"),
    "left_out": ("{peer} 不计入：{why}", "{peer} does not count: {why}"),
    "why.own_account": ("由本人或本团队运营", "the person or the team runs it"),
    "why.registered_late": ("登记过晚", "registered too late"),
    "why.no_reading": ("缺少月份数值", "the value of a month is missing"),
    "why.not_positive": ("数值不大于 0，无法取对数", "a value is not above 0 and has no logarithm"),
    "effect": (
        "变化 = ln(本期 / 基期) 的中位数 = {effect}；MAD {mad}，界限为其 {mad_factor} 倍：{breach}",
        "effect = median of ln(now / base) = {effect}; MAD {mad}, the line is {mad_factor} times that: {breach}",
    ),
    "breach.true": ("已超出", "beyond it"),
    "breach.false": ("未超出", "within it"),
    "factor": (
        "系数 = exp({effect} × {beta})，限于 ±{cap} % 及指标极限之内 = {factor}",
        "factor = exp({effect} × {beta}), within ±{cap} % and the KPI's limit = {factor}",
    ),
    "sheet": ("平台事件与对照账号", "Platform events and peers"),
    "state.applied": ("目标已调整", "The target moves"),
    "state.quiet": ("目标不变", "The target stays"),
    "state.too_few": ("对照账号不足，由人决定", "Too few peers: people decide"),
    "state.target_not_positive": ("目标不大于 0，由人决定", "The target is not above 0: people decide"),
    "column.peer": ("对照账号", "Peer"),
    "column.base": ("基期月均", "Mean month of the base"),
    "column.now": ("本期月均", "Mean month now"),
    "column.change": ("ln(本期 / 基期)", "ln(now / base)"),
    "column.beta": ("β", "β"),
    "column.cap": ("调整上限（%）", "Cap (%)"),
    "column.effect": ("变化的中位数", "Median of the changes"),
    "column.factor": ("系数", "Factor"),
    "column.raw_baseline": ("调整前基线", "Baseline without it"),
    "column.baseline": ("调整后基线", "Baseline with it"),
    "column.raw_target": ("调整前目标", "Target without it"),
    "column.target": ("调整后目标", "Target with it"),
    "column.raw_attainment": ("调整前达成（%）", "Attained without it (%)"),
    "column.raw_kpi_score": ("调整前得分", "Points without it"),
}

#: key -> (zh, en)
_HANDBOOK: dict[str, tuple[str, str]] = {
    "title": ("平台变化与对照账号", "Platform changes and peers"),
    "intro": (
        "以下指标与同平台的对照账号比较，平台对所有人造成的变化不算个人的功过：{kpis}。",
        "What a platform did to everybody is nobody's merit and nobody's fault. These KPIs are compared with peer "
        "accounts of the same platform: {kpis}.",
    ),
    "effect": (
        "每个对照账号取 ln(本期月均 / 基期月均)，再取中位数。基期为周期开始前的 {months} 个月；"
        "平台事件更早开始的，取事件当月之前的月份。",
        "Each peer's change is ln(mean month now / mean month of the base), and the median of them counts. The base is "
        "the {months} months before the period, or before the month of the event where that began earlier.",
    ),
    "when": (
        "仅在记录了平台事件，或变化超过对照账号绝对离差中位数（MAD）的 {k} 倍时调整。",
        "A target moves only where an event of the platform is logged, or where the change exceeds {k} times the "
        "median absolute deviation of the peers.",
    ),
    "factor": (
        "系数 = exp(变化 × {beta})，上调与下调均不超过 {cap}。",
        "The factor is exp(change × {beta}), at most {cap} up and at most {cap} down.",
    ),
    "levels": (
        "基线、门槛、目标、挑战值同乘该系数；绩效卡同时列出调整前后的目标、达成与得分，奖金按调整后计算。",
        "Baseline, threshold, target and stretch are multiplied alike. The card shows target, attainment and points "
        "with and without it; pay goes by those with it.",
    ),
    "who": (
        "对照账号须由审批人在周期（或更早开始的事件当月）之前登记；本人或本团队运营的账号不计入，中途停用的在该周期内仍计入。",
        "A peer is registered by an approver before the period, and before the month of an event that began earlier. "
        "Accounts of the person or the team never count; one that ends inside a period still counts in it.",
    ),
    "few": (
        "有效对照账号少于 {least} 个时不自动调整，列入清单由人决定。",
        "With fewer than {least} peers nothing moves by itself; the case stands on a list for people to decide.",
    ),
}

#: key below reports. -> (zh, en)
_REPORTS: dict[str, tuple[str, str]] = {
    "platform_events.title": ("平台事件", "Platform events"),
    "platform_events.about": (
        "本期内仍有影响的平台事件（reviews/platform_events），及其涉及的指标与人数。",
        "Events of platforms that reach into the period (reviews/platform_events), with the KPIs and people that they "
        "touch.",
    ),
    "platform_shock.title": ("平台影响与目标调整", "Platform shocks and moved targets"),
    "platform_shock.about": (
        "受平台事件影响或设有对照调整的 {lines} 行指标，其中 {open} 行须由人决定。"
        "评价个人之前，先看平台对所有人的影响。",
        "{lines} KPI lines that an event touches or that are compared with peers; {open} of them wait for people. "
        "Look at what the platform did to everybody before judging anybody.",
    ),
    "column.event_kind": ("事件类型", "Kind"),
    "column.events": ("平台事件", "Events"),
    "column.happened_from": ("开始", "From"),
    "column.happened_to": ("结束（不含）", "Until (excluded)"),
    "column.link": ("出处", "Source"),
    "column.logged_by": ("登记人", "Logged by"),
    "column.logged_on": ("登记日期", "Logged on"),
    "column.peer_change": ("对照变化", "Change of peers"),
    "column.peer_factor": ("系数", "Target factor"),
    "column.peer_mad": ("对照离差（MAD）", "MAD of peers"),
    "column.peers": ("有效对照账号", "Peers"),
    "column.peers_late": ("登记过晚，不计入", "Left out: registered too late"),
    "column.peers_own": ("自有账号，不计入", "Left out: own accounts"),
    "column.peers_unread": ("缺数值或不大于 0，不计入", "Left out: no value, or none above 0"),
    "column.platform": ("平台", "Platform"),
    "column.raw_attainment": ("调整前达成", "Attained without it"),
    "column.raw_score": ("调整前得分", "Points without it"),
    "column.raw_target": ("调整前目标", "Target without it"),
    "column.touched": ("涉及指标", "KPIs"),
    "code.algorithm": ("算法调整", "algorithm change"),
    "code.definition": ("指标口径变更", "metric redefined"),
    "code.purge": ("清理账号", "purge of accounts"),
    "code.outage": ("服务故障", "outage"),
    "code.regulation": ("监管变化", "regulation"),
    "code.market": ("市场变化", "market"),
    "code.too_few_peers": ("对照账号不足，由人决定", "too few peers: people decide"),
    "code.target_not_positive": ("目标不大于 0，由人决定", "target not above 0: people decide"),
    "code.check_first": ("未达标且有平台事件：先核对平台", "below target, an event logged: check the platform first"),
    "code.applied": ("目标已调整", "target moved"),
    "code.noted": ("有平台事件，已达标", "an event, target met"),
    "code.quiet": ("目标不变", "target stays"),
    "note.no_events": ("本期没有登记的平台事件。", "No event of a platform is logged for this period."),
    "note.distorted_followers": (
        "涨粉指标（{kpis}）受平台规则影响：可在新版方案中改用有效互动率（004-R6）。",
        "Follower growth ({kpis}) is distorted by a platform: a new version of the scheme can put the effective "
        "interaction rate in its place (004-R6).",
    ),
}

TEXTS: Entries = {
    **with_mends("schemes.peers.", _RULES),
    **zh_en("cards.shock.", _CARDS),
    **zh_en("handbook.peers.", _HANDBOOK),
    **zh_en("reports.", _REPORTS),
    **files(_FILES),
    **findings(_FINDINGS),
}
