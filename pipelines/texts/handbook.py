"""Texts of the handbook of a scheme: what the file and the engine do, for the people whom the scheme governs.

Belongs here: keys `handbook.*`. Does not belong here: what a scheme file says in its own words, names and formulas of
KPIs (the KPI catalogue), the steps of a bonus (`schemes.step.*`).
"""

from __future__ import annotations

from pipelines.texts.shapes import Entries, zh_en

_PLAIN: dict[str, tuple[str, str]] = {
    "eyebrow": ("绩效方案说明", "Performance scheme in plain words"),
    "skip": ("跳到正文", "Skip to content"),
    "comma": ("、", "; "),
    "colon": ("：", ": "),
    "all_roles": ("所有岗位", "all roles"),
    "unit_points": (" 分", " points"),
    "language.zh": ("中文", "中文"),
    "language.en": ("English", "English"),
    "footer": (
        "本说明由计分所用的方案文件（{scheme} 版本 {version}）生成，数字均为文件中的原值；算例由计分程序算出。",
        "Made from the very scheme file that computes ({scheme}, version {version}); its numbers are those of the "
        "file, and the worked examples come from the program that scores and pays.",
    ),
    "fact.id": ("方案编号", "Scheme"),
    "fact.version": ("版本", "Version"),
    "fact.from": ("生效日", "In force from"),
    "fact.roles": ("岗位数", "Roles"),
    "fact.kpis": ("计分指标数", "KPIs that pay"),
    # columns
    "column.kpi": ("指标", "KPI"),
    "column.component": ("部分", "Part"),
    "column.weight": ("权重", "Weight"),
    "column.target": ("默认目标", "Default target"),
    "column.class": ("类别", "Class"),
    "column.level": ("级别", "Levels"),
    "column.score": ("得分", "Score"),
    "column.amount": ("每月金额", "Amount a month"),
    "column.dimension": ("维度", "Dimension"),
    "column.objective": ("公司目标", "Objective"),
    "column.state": ("状态", "State"),
    "column.kpis": ("指标", "KPIs"),
    "column.why": ("理由", "Why"),
    "column.req": ("要求编号", "Requirements"),
    "column.value": ("指标值", "Value"),
    "column.attainment": ("达成率", "Attainment"),
    "column.points": ("得分", "Points"),
    "column.effective": ("实际权重", "Effective weight"),
    "column.printed": ("计入总分", "Into the score"),
    "column.step": ("步骤", "Step"),
    "column.formula": ("算式", "Formula"),
    "column.result": ("结果", "Result"),
    # units
    "unit.count": ("单位：个", "a count"),
    "unit.ratio": ("单位：百分比", "in per cent"),
    "unit.minutes": ("单位：分钟", "in minutes"),
    "unit.days": ("单位：天", "in days"),
    "unit.currency": ("单位：公司货币", "in the company's currency"),
    "unit.points": ("单位：分", "in points"),
    "unit.index": ("单位：指数", "an index"),
    # overview
    "intro": (
        "本文写明这份方案如何计分、如何发放奖金：每个岗位考核什么、权重多少、一个数值怎样变成分数、奖金怎样算出，"
        "以及数据缺失时怎么办。括号中的编号是方案要求的出处。",
        "This is how the scheme scores and pays: what each role is measured by and with which weight, how a value "
        "becomes points, how the bonus comes about, and what happens when data is missing. Ids such as 000-K06 name "
        "the requirement that an item serves.",
    ),
    "how.title": ("从数据到奖金", "From a number to the bonus"),
    "how.value": (
        "每项指标由记录算出一个值，卡片上可以查到每个值背后的记录。",
        "Every KPI is a value computed from records; the card names the records behind it.",
    ),
    "how.attainment": (
        "值与目标相比得到达成率，100 % 即正好达标。",
        "Held against its target it is an attainment: 100 % is exactly at target.",
    ),
    "how.points": (
        "达成率按曲线换成分数。",
        "A curve turns the attainment into points.",
    ),
    "how.score": (
        "各指标分数按权重加总为得分，再按否决与门槛处理。",
        "Points times weights make the score; vetoes and gates act on it.",
    ),
    "how.bonus": (
        "团队奖金池按得分、天数等分给每个人，并有个人上限。",
        "The pool of the team is split by scores and days, within a personal cap.",
    ),
    "how.own_bonus": (
        "奖金由本人得分决定，不受他人影响。",
        "The bonus follows from the own score, whatever others reach.",
    ),
    # roles
    "roles.title": ("各岗位考核什么", "What each role is measured by"),
    "roles.intro": (
        "每个岗位的权重合计 100 %。目标栏是没有个别约定时的默认目标。",
        "The weights of a role sum to 100 %. The last column is the target where none was agreed.",
    ),
    "roles.component": ("{title}（{weight}，{req}）：{why}", "{title} ({weight}, {req}): {why}"),
    "roles.monitors": (
        "卡片上还会显示、但不计分不发奖金：{kpis}。",
        "Shown on the card, without points or pay: {kpis}.",
    ),
    "roles.level": ("{role}，级别 {level}", "{role}, level {level}"),
    "roles.slot": (
        "个人自选一项：{choices}；没有约定时为 {default}",
        "one KPI of the person's own: {choices}; where none was agreed {default}",
    ),
    "roles.slot_why": ("个人自选（{req}）：{why}", "The person's own ({req}): {why}"),
    # communities
    "communities.title": ("一社一策：按社群考核", "One community, one policy"),
    "communities.intro": (
        "{roles}：所带社群的类型、阶段以及社群自身的规定，会替换上面岗位中的同名部分；没有带社群的人按岗位本身考核。",
        "{roles}: the type and the stage of the communities that somebody runs, and a policy of a single community, "
        "replace parts of the role above. Whoever runs no community is measured by the role as it stands.",
    ),
    "communities.several": (
        "带多个社群的人，每个社群按其天数占比计入；某天只负责一部分的，按份额计。同一社群的几个群只算一个社群。",
        "Whoever runs several is measured by each for its part of the days; a day on which somebody has a share of a "
        "community counts by that share. Several groups of one community are one community.",
    ),
    "communities.own": (
        "成员、活跃、覆盖等按社群记录的指标，用该社群自己的数据计分。",
        "KPIs that are recorded by community, such as members, activity and coverage, are scored by its own data.",
    ),
    "communities.person": (
        "订单、文章、工单、评审等不按社群记录的指标，用本人全部数据计分，权重为各社群所给权重之和。",
        "KPIs that are not, such as orders, articles, tickets and reviews, are scored once by all the data of the "
        "person, and weigh what the communities together give them.",
    ),
    "communities.target": (
        "个人的累计型目标按社群天数占比分到各社群；为某个社群单独设定的目标优先，按本人负责的天数与份额计。",
        "A person's target of a KPI that adds up is divided over the communities as the days are; a target set for a "
        "community goes before it and holds for the days and the share that the person has of it.",
    ),
    "communities.type": ("类型：{name}", "Type: {name}"),
    "communities.stage": ("阶段：{name}", "Stage: {name}"),
    "communities.single": ("社群 {name}", "Community {name}"),
    "roles.target.month": ("每月 {value}", "{value} a month"),
    "roles.target.quarter": ("每季 {value}", "{value} a quarter"),
    "roles.target.year": ("每年 {value}", "{value} a year"),
    "roles.off": ("（已关闭）", " (switched off)"),
    # objectives
    "objectives.title": ("公司目标", "What the company wants"),
    "objectives.intro": (
        "每项指标属于一个维度，每个维度服务于一个公司目标。",
        "Every KPI belongs to a dimension, and every dimension serves one of these objectives.",
    ),
    # dimensions
    "dimensions.title": ("维度", "Dimensions"),
    "dimensions.on": ("启用", "on"),
    "dimensions.off": ("关闭", "off"),
    "dimensions.note": (
        "关闭的维度，其指标不适用：权重归入同一部分的其他指标；该部分没有其他指标时，归入其他部分。",
        "The KPIs of a dimension that is off are not applicable: their weight goes to the other KPIs of the same "
        "part, and where none is left there, to the other parts.",
    ),
    # kpis
    "kpis.title": ("一个数值怎样变成分数", "How a value becomes points"),
    "kpis.intro": (
        "每项指标的表格列出曲线的各个点：达到哪个值得多少分，两点之间怎样计算见“曲线”一节。表中为默认目标、"
        "整个周期（月；按季度或年度计分的为季度或年度）在岗的情形。算式中 70 % 写作 0.7。",
        "The table of each KPI has the points of its curve: which value brings what. What holds between them stands "
        "under 'Curves'. The values are for the default target and a whole month, or the quarter or year by which the "
        "KPI counts. Formulas write 70 % as 0.7.",
    ),
    "kpis.targets": (
        "目标先看 people/targets.csv：个人的优先，其次岗位、团队、公司；都没有时用方案的默认目标。"
        "卡片写明用的是哪一个。",
        "Targets are those of people/targets.csv: a person's own before the role's, the team's and the company's; "
        "where none holds, the default of the scheme. The card says which one it is.",
    ),
    "kpis.formula": ("计算：{formula}。", "Computed as: {formula}."),
    "kpis.caveat": ("注意：{caveat}", "Mind: {caveat}"),
    "kpis.direction.higher": ("越高越好（{unit}）。", "Higher is better ({unit})."),
    "kpis.direction.lower": ("越低越好（{unit}）。", "Lower is better ({unit})."),
    "kpis.off": (
        "所属维度已关闭，此指标目前不适用。",
        "Its dimension is switched off: at present the KPI is not applicable.",
    ),
    "kpis.attainment_cap": ("达成率最高按 {cap} 计。", "The attainment counts up to {cap}."),
    "kpis.scale": (
        "与目标相差 {scale} 即相差 100 % 达成率。",
        "A distance of {scale} from the target is 100 % of attainment.",
    ),
    "kpis.limit": (
        "可能达到的最好值是 {limit}：曲线在 100 % 以上的部分到此为止。",
        "The best value that can occur is {limit}: what the curve gives above 100 % ends there.",
    ),
    "kpis.no_default": (
        "方案没有默认目标：没有约定目标时，此指标暂缓计分，相应奖金暂扣。",
        "The scheme has no default target: where none was agreed, the KPI is withheld and its pay is held.",
    ),
    "kpis.counts_in.quarter": ("按季度计分，季度与年度才计入。", "It counts in quarters and years only."),
    "kpis.counts_in.year": ("按年度计分，只在年度计入。", "It counts in years only."),
    "kpis.default.month": ("默认目标：每月 {target}。{why}", "Default target: {target} a month. {why}"),
    "kpis.default.quarter": ("默认目标：每季 {target}。{why}", "Default target: {target} a quarter. {why}"),
    "kpis.default.year": ("默认目标：每年 {target}。{why}", "Default target: {target} a year. {why}"),
    "kpis.baseline": ("基线：{baseline}。", "Baseline: {baseline}."),
    "kpis.own_baseline.higher": ("未约定基线时，基线为 0。", "A baseline that was not agreed is 0."),
    "kpis.own_baseline.lower": (
        "未约定基线时，基线为目标的两倍。",
        "A baseline that was not agreed is twice the target.",
    ),
    "kpis.threshold": (
        "门槛值：{threshold}，曲线的第一个点移到此处。",
        "Threshold: {threshold}; the first point of the curve is moved there.",
    ),
    "kpis.stretch": (
        "挑战值：{stretch}，曲线 100 % 以上的第一个点移到此处。",
        "Stretch: {stretch}; the first point of the curve above 100 % is moved there.",
    ),
    "kpis.additive": (
        "目标按天累计：只在岗部分天数时按比例折算，季度与年度没有另行约定时，目标为各月之和。",
        "The target accrues by the day: it is prorated to the days in the role, and a quarter's or year's is the sum "
        "of its months', unless another was agreed.",
    ),
    "kpis.not_additive": (
        "目标不按天数折算；季度与年度没有另行约定时，用最后一个月的目标。",
        "The target is not prorated by days; for a quarter or year the last month's holds, unless another was agreed.",
    ),
    "kpis.example": (
        "算例：{value}。达成率 {attainment}；得分 {points}。",
        "Example: {value}. Attainment {attainment}; points {points}.",
    ),
    "method.baseline.higher": (
        "达成率 =（实际 − 基线）/（目标 − 基线）。",
        "Attainment = (actual − baseline) / (target − baseline).",
    ),
    "method.baseline.lower": (
        "达成率 =（实际 − 基线）/（目标 − 基线）。",
        "Attainment = (actual − baseline) / (target − baseline).",
    ),
    "method.ratio.higher": ("达成率 = 实际 / 目标。", "Attainment = actual / target."),
    "method.ratio.lower": ("达成率 = 目标 / 实际。", "Attainment = target / actual."),
    "method.linear.higher": ("达成率 = 2 − 实际 / 目标。", "Attainment = 2 − actual / target."),
    "method.linear.lower": ("达成率 = 2 − 实际 / 目标。", "Attainment = 2 − actual / target."),
    "method.difference.higher": (
        "达成率 = 1 +（实际 − 目标）/ 尺度。",
        "Attainment = 1 + (actual − target) / scale.",
    ),
    "method.difference.lower": (
        "达成率 = 1 −（实际 − 目标）/ 尺度。",
        "Attainment = 1 − (actual − target) / scale.",
    ),
    # KPIs that count in longer periods
    "longer.title": ("按季度或年度计分的指标", "KPIs that count by quarter or year"),
    "longer.leave_out": (
        "{kpis}：在较短的周期内不适用，权重归入其他指标，使其合计仍为 100 %；到了自己的周期再计入。",
        "{kpis}: in a shorter period they are not applicable and their weight goes to the other KPIs, which then sum "
        "to 100 %; in their own period they count.",
    ),
    "longer.carry_last": (
        "{kpis}：在较短的周期内沿用最近一个已结束的季度（年度）的结果及其目标，卡片写明是哪一个；还没有时不适用。",
        "{kpis}: in a shorter period the result and target of the last whole quarter (year) are used, and the card "
        "says of which; before there is one they are not applicable.",
    ),
    # curves
    "curves.title": ("曲线", "Curves"),
    "curves.name": ("曲线 {name}", "The curve '{name}'"),
    "curves.used": ("用于：{kpis}。", "Used by: {kpis}."),
    "curve.below": ("低于 {at}：{zero}。", "Below {at}: {zero}."),
    "curve.rises": (
        "从 {at}（{gives}）起均匀上升，到 {until} 为 {reaches}。",
        "From {at} ({gives}) it rises evenly, to {reaches} at {until}.",
    ),
    "curve.level": ("从 {at} 到 {until}：一直是 {gives}。", "From {at} to {until}: {gives} throughout."),
    "curve.step": ("从 {at} 起、未到 {until}：{gives}。", "From {at} to below {until}: {gives}."),
    "curve.cap": ("从 {at} 起：{gives}，不再增加。", "From {at} on: {gives}, and no more."),
    # effects
    "effects.title": ("否决与门槛", "Vetoes and gates"),
    "effects.order": (
        "顺序：先否决，后门槛，最后是相乘的修正。得分不会低于 0。",
        "In this order: vetoes, gates, and last whatever multiplies. A score never falls below 0.",
    ),
    "effects.roles": ("适用岗位：{roles}。", "It binds: {roles}."),
    "effect.zero": ("{what}归零。", "It sets {what} to 0."),
    "effect.cap": ("{what}最高 {amount}。", "It limits {what} to {amount}."),
    "effect.multiply": ("{what}乘以 {amount}。", "It multiplies {what} by {amount}."),
    "effect.deduct": ("{what}减去 {amount} 分，最低为 0。", "It takes {amount} points off {what}, down to 0 at most."),
    "scope.kpi": ("指标“{kpi}”的得分", "the points of the KPI '{kpi}'"),
    "scope.component": ("“{component}”部分的得分", "the score of the part '{component}'"),
    "scope.total": ("总分", "the total score"),
    "veto.when": (
        "本人本期内容质量评审（0 至 100 分）的平均分不低于 {at_least} 且低于 {below} 时生效。",
        "It applies when the mean of the person's content-quality reviews of the period (0 to 100) is at least "
        "{at_least} and below {below}.",
    ),
    "veto.none": (
        "本期没有评审时不生效，卡片会写明；季度或年度没有自己的评审时，采用各月的评审。",
        "Without a review in the period it does not apply, and the card says so; a quarter or year without one of "
        "its own takes those of its months.",
    ),
    "gate.when": ("“{kpi}”超过 {at_most} 时生效。", "It applies when '{kpi}' exceeds {at_most}."),
    "gate.when_below": ("“{kpi}”低于 {at_least} 时生效。", "It applies when '{kpi}' is below {at_least}."),
    "gate.withheld.pass": (
        "此项数据缺失时放行，卡片写明未能核查。",
        "When its data is withheld the gate is passed, and the card says that it could not be checked.",
    ),
    "gate.withheld.hold": (
        "此项数据缺失时，门槛会扣去的那部分奖金暂扣。",
        "When its data is withheld, the pay that the gate would take is held.",
    ),
    # bonus
    "bonus.title": ("奖金怎样算出", "How the bonus comes about"),
    "bonus.shares": (
        "目标奖金按月发放 {month}，按季发放 {quarter}，按年发放 {year}，各按该周期自己的结果，不重复支付。",
        "Of the target bonus a month pays {month}, a quarter {quarter} and a year {year}, each by the results of "
        "that period, so that nothing is paid twice.",
    ),
    "bonus.proration": (
        "目标奖金按本期在岗天数折算；一律用精确数计算，只在最后取整到分。",
        "The target bonus is prorated by the eligible days of the period; nothing is rounded before the cent at the "
        "end.",
    ),
    "bonus.amount": ("每月金额", "The amount of a month"),
    "bonus.by.base": (
        "以本人岗位的月目标奖金（people/positions.csv）为基数。",
        "It is the monthly target bonus of the person's position (people/positions.csv).",
    ),
    "bonus.by.category": (
        "由本人级别所属的类别决定：",
        "It follows from the class that lists the person's level:",
    ),
    "bonus.by.band": (
        "由得分达到的最高一档决定；一档都未达到时为零：",
        "It is that of the highest band which the score reaches; below all of them nothing is paid:",
    ),
    "bonus.from": ("{score} 分起", "from {score}"),
    "bonus.payout": ("得分换成金额的比例", "What the score brings of it"),
    "bonus.factor": ("团队奖金池", "The pool of the team"),
    "bonus.team": (
        "奖金池 = 成员折算后的目标奖金之和 × 系数。系数取决于团队达成率，即以下指标达成率按权重的平均，每项按 0 至 "
        "{cap} 计：{kpis}。都不适用时系数为 100 %。",
        "Pool = the sum of the members' prorated target bonuses × a factor. The factor depends on the team's "
        "attainment, the weighted mean over these KPIs, each counted from 0 to {cap}: {kpis}. Where none of them "
        "applies it is 100 %.",
    ),
    "bonus.split": ("分配", "The split"),
    "bonus.points.target_weighted": (
        "每人所得与 得分 × 月目标奖金 × 在岗天数 成正比，各份之和与奖金池分毫不差。",
        "Everybody's part is proportional to score × monthly target bonus × eligible days; the parts sum to the pool "
        "to the cent.",
    ),
    "bonus.points.score": (
        "每人所得与 得分 × 在岗天数 成正比，各份之和与奖金池分毫不差。",
        "Everybody's part is proportional to score × eligible days; the parts sum to the pool to the cent.",
    ),
    "bonus.cap": ("个人上限", "The personal cap"),
    "bonus.cap_intro": (
        "由得分决定，以本人折算后目标奖金的百分比计。超出部分不归他人，列为未分配。",
        "It follows from the score, in per cent of the own prorated target bonus. What lies beyond goes to nobody "
        "else and is stated as undistributed.",
    ),
    "bonus.end": ("调整与取整", "Adjustments and rounding"),
    "bonus.adjustments": (
        "调整（reviews/adjustments.csv，有理由和批准人）最后加减。得分取两位小数，金额取整到分。",
        "Adjustments (reviews/adjustments.csv, each with reason and approver) are added last. Scores are rounded to "
        "two decimals, amounts to the cent.",
    ),
    "bonus.no_month": (
        "没有算例：按此方案，整月的结果不发放奖金。",
        "No worked example: under this scheme a month pays no bonus.",
    ),
    "bonus.example": ("算例", "A worked example"),
    "bonus.example_intro": (
        "设团队有 {n} 人，每岗位一人，整月（{days} 天）在岗，月目标奖金均为 {bonus}，评审均为 {review} 分。"
        "各项指标正好达标，只有“{role}”岗位的这些指标比目标差一成：{kpis}。该岗位的结果：",
        "Imagine a team of {n}, one in each role, all of them there for the whole month ({days} days), each with a "
        "target bonus of {bonus} a month and a review of {review}. Every KPI is exactly at its target, but for these "
        "of the role '{role}', which are a tenth worse: {kpis}. What that person gets:",
    ),
    "bonus.example_intro_own": (
        "设一人整月（{days} 天）在“{role}”岗位，级别 {level}，岗位月目标奖金 {bonus}，评审 {review} 分。"
        "各项指标正好达标，只有这些比目标差一成：{kpis}。结果：",
        "Imagine one person in the role '{role}' for the whole month ({days} days), of level {level}, with a target "
        "bonus of {bonus} a month in the position and a review of {review}. Every KPI is exactly at its target, but "
        "for these, which are a tenth worse: {kpis}. What that person gets:",
    ),
    # data
    "data.title": ("数据缺失时怎么办", "When data is missing"),
    "data.withheld": (
        "暂缓：数据有缺口、迟到或互相矛盾的指标暂缓计分，卡片写明原因。它既不是零分，也不把权重让给别的指标；"
        "卡片上的得分按已知权重计算。",
        "Withheld: a KPI whose data has a gap, is late or contradicts itself is not scored, and the card says why. "
        "It is no zero, and its weight goes to no other KPI; the printed score is over the known weight.",
    ),
    "data.held": (
        "暂扣：现在发放的是无论缺失数据如何都应得的部分，暂扣的是最多还可能应得的部分。奖金池是一个总额，"
        "同池的同事也可能要等一部分。",
        "Held: what is paid now is due whatever the missing data turn out to be; what is held is the most that may "
        "still become due. A pool is one sum, so colleagues in it may have to wait for a part too.",
    ),
    "data.held_own": (
        "暂扣：现在发放的是无论缺失数据如何都应得的部分，暂扣的是最多还可能应得的部分。",
        "Held: what is paid now is due whatever the missing data turn out to be; what is held is the most that may "
        "still become due.",
    ),
    "data.not_applicable": (
        "不适用：例如本期没有任何可计的记录。不算零分，其权重归入同一部分的其他指标，没有时归入其他部分。",
        "Not applicable: for instance where there was nothing to count in the period. It is no zero; its weight goes "
        "to the other KPIs of the same part, and where none is left there, to the other parts.",
    ),
    "data.provisional": ("暂定：照常计分，并加以标记。", "Provisional: it counts, and is marked."),
    "data.no_target": (
        "没有目标，或数据仓库没有读数：同样暂缓，奖金暂扣。",
        "No target at all, or no reading from the warehouse: withheld likewise, and its pay is held.",
    ),
    "data.nothing": (
        "没有任何适用指标的人不计分，其目标奖金不进入奖金池。",
        "Whoever has no applicable KPI is not scored, and that target bonus stays out of the pool.",
    ),
    "data.nothing_own": (
        "没有任何适用指标的人不计分，本期不发放奖金。",
        "Whoever has no applicable KPI is not scored, and the period pays no bonus.",
    ),
    "data.segments": (
        "期间换岗、换级别的，各段分别计分，再按在岗天数平均。",
        "Whoever changes role or level within the period is scored by each stretch, and the scores are averaged by "
        "days.",
    ),
    "data.sealed": (
        "批准封存后的结果不再变动；更正以新版本发布，并列出金额差异。",
        "A sealed result never changes; a correction is a new revision that states the difference in money.",
    ),
}

TEXTS: Entries = zh_en("handbook.", _PLAIN)
