"""Texts of the lists and reports of a period: titles, what each one is, its columns, its words, what to know.

Belongs here: keys `reports.*`. Does not belong here: reasons of withheld data (`reasons.*`), names of KPIs (the
catalogue). A list proposes and offers; its words never judge a person.
"""

from __future__ import annotations

from pipelines.texts.shapes import Entries, lists, zh_en

#: report -> (zh title, en title, zh about, en about); placeholders are the numbers of the report's rule
_REPORTS: dict[str, tuple[str, str, str, str]] = {
    "payout_register": (
        "发放登记表",
        "Payout register",
        "每人一行，末行为合计。差额 = 应发 + 调整 + 奖励、计件与结算 − 实付，必须为 0。",
        "A row a person, then the total. The difference is earned + adjustments + awards, piece rates and true-ups − "
        "payable, and must be 0.",
    ),
    "pool_reconciliation": (
        "奖金池对账",
        "Reconciliation of pools",
        "奖金池（团队分享）总额 = 成员绩效卡上的应发 + 暂扣 + 未分配；差额必须为 0。",
        "The amount of a pool or team share is what its members' cards earn and hold, and what is undistributed; "
        "the difference must be 0.",
    ),
    "withheld_lines": (
        "暂缓指标清单",
        "Withheld lines",
        "{people} 人共 {lines} 行指标因数据原因暂缓，涉及 {reasons} 种原因。奖金暂扣，不是零分；"
        "暂扣金额为该段全部暂缓指标合计。",
        "{lines} KPI lines of {people} people are withheld for {reasons} kinds of reasons. Their pay is held and they "
        "are no zero; the amount held is that of all withheld lines of the part together.",
    ),
    "since_month_seals": (
        "各月封存后的变化",
        "Sealed months since",
        "季度与年度按自身结算时的数据计算，不是各月结果的加总。此处列出已封存月份用当前数据重算后不同的指标与应付金额；"
        "封存的月份不变，如需更正请另出修订版。",
        "A quarter and a year are computed from the data of their own day and not from the results of their months. "
        "Listed is what of the sealed months comes out otherwise now, KPIs and pay; the seals stay as they are, and a "
        "correction is a new revision of the month.",
    ),
    "promotion_candidates": (
        "晋升候选（年度前 {share}%）",
        "Promotion candidates (top {share} % of the year)",
        "按年度得分排序，分组：同一方案内按{by}；名额取整：{rounding}；并列：{ties}。数据未决、可能改变名次者标为难分。是否晋升由人决定。",
        "By the year's score, ranked under one scheme by {by}; places: {rounding}; ties: {ties}. Whoever withheld data "
        "could still move over the line is too close to call. People decide on promotion.",
    ),
    "promotion_quarters": (
        "晋升或专项培养候选（连续 {quarters} 季前 {share}%）",
        "Candidates for promotion or special training (top {share} % in {quarters} quarters running)",
        "每一季都在前列者；分组：同一方案内按{by}；名额取整：{rounding}；并列：{ties}。是否晋升由人决定。",
        "Whoever stood in the top share in every quarter, ranked under one scheme by {by}; places: {rounding}; ties: "
        "{ties}. People decide on promotion.",
    ),
    "support_candidates": (
        "支持名单（连续 {months} 个月末位）",
        "Support list (last in {months} months running)",
        "用于提供培训、辅导与改进计划，不是处分依据：总有人排在末位，末位不等于不胜任（最高人民法院指导案例 18 号）。"
        "分组：同一方案内按{by}，至少 {least} 人；并列不产生末位；数据暂缓者不列末位。",
        "For training, mentoring and a development plan; it is no verdict and no ground for a sanction: somebody is "
        "always last, and last is no proof of incompetence (guiding case 18, Supreme People's Court). Ranked under one "
        "scheme by {by}, from {least} people on; ties make nobody last; a score with withheld data is never last.",
    ),
    "honours_shortlist": (
        "荣誉候选名单",
        "Shortlists of honours",
        "每项荣誉按所列依据排序；并列者同列。数据暂缓者无法排序，单独列出。由人评定。",
        "Each honour ranks by what stands beside it; people who tie share a place. Whoever has withheld data cannot be "
        "placed and is listed without one. People decide.",
    ),
    "team_ranking": (
        "团队排名",
        "Ranking of teams",
        "按成员得分均值；少于 {least} 人的团队不列。数据未决时给出上下限，区间重叠为难分。",
        "By the mean score of their people; teams of fewer than {least} are left out. Open scores give bounds, and "
        "teams whose bounds overlap are too close to call.",
    ),
    "behaviour_gaps": (
        "行为指标薄弱名单",
        "Weak behaviour",
        "部分 {components} 中得分低于 {floor} 的行为指标：建议安排跨部门项目实践。",
        "KPIs of {components} with a score below {floor}: for practice in a project of another department.",
    ),
    "award_cases": (
        "案例库候选",
        "Cases for the library",
        "达成率不低于 {attainment}% 的个人指标：值得总结的做法。",
        "Own KPIs with an attainment of {attainment} % or more: what is worth writing down.",
    ),
    "project_award_candidates": (
        "专项奖候选",
        "Candidates for special project awards",
        "本期评审团评分的形式、活动与项目，按均分排序。由人评定并审批。",
        "Formats, events and campaigns that a jury judged in the period, by their mean mark. People decide and "
        "approve.",
    ),
    "eligibility": (
        "非现金激励资格",
        "Eligible for rewards that are no money",
        "发展机会：得分不低于 {score}；自主权：连续 {periods} 期；"
        "长期激励：年度得分不低于 {score} 且在职满 {months} 个月。",
        "Development: a score of {score} or more; autonomy: the same in {periods} periods running; long-term "
        "incentives: the same in the year, with {months} whole months of employment.",
    ),
    "score_distribution": (
        "校准：得分分布与宽严度",
        "Calibration: distribution and leniency",
        "宽严度 = 收缩均值 − 全体均值，收缩 k = {k}；少于 {least} 人不列分布。系数仅供校准会讨论，不自动修改得分。",
        "Leniency is the shrunk mean less the mean of all, shrunk with k = {k}; groups of fewer than {least} show no "
        "distribution. The factor is for the calibration meeting: no score is changed by it.",
    ),
    "rater_leniency": (
        "校准：评分人宽严度",
        "Calibration: leniency of raters",
        "各评分人与同表全体评分的差，收缩 k = {k}，均换算为 0–100 分。360 评分只按评分人组别列示。",
        "Each rater beside all marks of the same form, shrunk with k = {k}, as points of 100. Raters of 360 forms are "
        "shown by group alone.",
    ),
    "self_manager_gap": (
        "自评与上级评分差距",
        "Gap between self and manager",
        "双方都评过的项目；差距为正表示自评更高。",
        "Items that both rated; a positive gap means that somebody rates themselves higher.",
    ),
    "kpi_effectiveness": (
        "指标有效性",
        "Effectiveness of KPIs",
        "暂缓比例 ≥ {withheld}%：数据不适合计酬；达上限或下限比例 ≥ {saturated}%：饱和；得分标准差 < {flat}：无区分度；"
        "少于 {least} 人不判断。结果维度：{outcome}。是否调整由人决定。",
        "Withheld from {withheld} % on: data not fit to pay by; at cap or floor from {saturated} % on: saturated; "
        "standard deviation below {flat}: flat; fewer than {least} people: not judged. Outcome dimensions: {outcome}. "
        "People decide what to change.",
    ),
    "weak_kpi_drivers": (
        "薄弱指标原因线索",
        "Drivers of weak KPIs",
        "各团队失分的指标及其变化来自哪一侧；线索不是结论。",
        "KPIs on which a team loses points, and which side of them moved. A driver says where to look first.",
    ),
    "kpi_drift": (
        "指标水平异动",
        "KPIs off their usual level",
        "本月全体中位数与前 {months} 个月中位数相比，稳健 z ≥ {z} 为冲击：请先查平台规则、市场与口径变化，再看个人。",
        "The month's median over people beside those of the {months} months before it, as the warehouse has them now; "
        "a robust z of {z} or more is a shock: look at platform, market and definitions before looking at people.",
    ),
    "channel_efficiency": (
        "渠道效率",
        "Efficiency of channels",
        "各付费渠道的花费与产出；全部渠道的单条线索成本为 {of_all}，高或低 {gap}% 以上的标出。",
        "What each paid channel costs and brings. A lead costs {of_all} over all channels; those dearer or cheaper by "
        "more than {gap} % are told.",
    ),
    "target_coverage": (
        "目标覆盖与合理性",
        "Coverage and plausibility of targets",
        "共 {lines} 行：缺目标 {missing}，不合理 {implausible}（比上期结果难 {jump}% 以上），缺签字 {unsigned}。",
        "{lines} lines: {missing} without a target, {implausible} implausible (more than {jump} % beyond the last "
        "result), {unsigned} without both sign-offs.",
    ),
    "target_roll_up": (
        "目标加总核对",
        "Roll-up of targets",
        "个人目标之和与团队目标对比；仅限可加总的指标。",
        "The sum of people's own targets beside their team's; only KPIs that add up.",
    ),
    "progress": (
        "进度（{whole}）",
        "Progress of {whole}",
        "可加总的指标按期累计，其余按现值；之后还有 {left} 期。还需 = 每期还须完成的数值。",
        "KPIs that add up are summed so far, others stand as they are; {left} steps are still to come. Needed: what "
        "each of them must bring.",
    ),
    "interview_sheet": (
        "绩效面谈表",
        "Interview sheet",
        "每人一行：得分及变化、得失最多的指标、暂缓与金额。",
        "A row a person: score and change, what brought and cost most, what is withheld, the pay.",
    ),
    "attrition": (
        "方案变更前后流失率",
        "Leavers before and after a change of scheme",
        "变更前后各 {months} 个月（未满则取已过的月数）离职人数占变更日在职人数的比例。",
        "Leavers of {months} months before and after a change (of the months that are over), by the people employed on "
        "its day.",
    ),
    "label_audit_sample": (
        "标签复核抽样名单",
        "Records drawn for the label audit",
        "每月每类标签随机抽取至多 {records} 条记录（粉丝：判为垃圾与未判为垃圾的各至多 {followers} 名），"
        "请对照原文件判断正确的标签，填入 reviews/label_audit.csv。"
        "名单不显示系统所持标签，以免影响判断。待复核：{open} 条。",
        "At most {records} records of each label and month, drawn by a hash (of followers at most {followers} of those "
        "called spam and as many of the others). Look each up in its file and write what "
        "its label should be into reviews/label_audit.csv. The label that is held is not shown, so that it leads "
        "nobody. Still open: {open}.",
    ),
    "follower_counts": (
        "新增粉丝中的垃圾粉丝数",
        "How many new followers are spam",
        "三种口径并列：系统判定、按评分卡已知误差校正（Rogan-Gladen）、人工两阶段抽样复核，均附 95% 区间。"
        "相差超过 {points} 个百分点时请求复核（待复核 {asked} 个月，复核不符 {differs} 个月）。"
        "账号 * 为全部账号。个别判定与奖金不变。",
        "Three ways of counting side by side: by verdict, corrected for the card's known errors (Rogan and Gladen), by "
        "a two-phase audit, each with its 95 % interval. Where they differ by more than {points} points an audit is "
        "asked for ({asked} months), or has found another number ({differs}). The "
        "account * is all of them. No verdict and no pay changes.",
    ),
}

_COLUMNS: dict[str, tuple[str, str]] = {
    "by_chance": ("偶然波动", "Chance"),
    "audited_followers": ("复核人数", "Followers audited"),
    "audited_share": ("复核占比", "Share by audit"),
    "audited_low": ("复核下限", "Audit, low"),
    "audited_high": ("复核上限", "Audit, high"),
    "corrected_share": ("校正占比", "Share corrected"),
    "corrected_low": ("校正下限", "Corrected, low"),
    "corrected_high": ("校正上限", "Corrected, high"),
    "flagged_followers": ("判为垃圾", "Called spam"),
    "flagged_share": ("判定占比", "Share called spam"),
    "judged_followers": ("已判定粉丝", "Followers judged"),
    "model_version": ("评分卡版本", "Version of the card"),
    "adjustments": ("调整", "Adjustments"),
    "aggregation": ("累计方式", "Counted"),
    "account_id": ("账号", "Account"),
    "agreed_by": ("本人确认", "Agreed by"),
    "amount": ("总额", "Amount"),
    "at_cap_share": ("达上限", "At the cap"),
    "at_floor_share": ("零分", "At zero"),
    "attainment": ("达成率", "Attainment"),
    "attrition_after": ("变更后流失率", "Rate after"),
    "attrition_before": ("变更前流失率", "Rate before"),
    "attrition_change": ("流失变化", "Change"),
    "category": ("类别", "Kind"),
    "changed_on": ("变更日", "Changed on"),
    "community_id": ("社群", "Community"),
    "channel": ("渠道", "Channel"),
    "cost_per_customer": ("单客成本", "Cost per customer"),
    "cost_per_lead": ("单条线索成本", "Cost per lead"),
    "correlation_outcome": ("与结果相关", "With the outcome"),
    "correlation_rest": ("与其余得分相关", "With the rest"),
    "currency": ("货币", "Currency"),
    "customers": ("客户数", "Customers"),
    "denominator_change": ("分母变化", "Denominator"),
    "difference": ("差额", "Difference"),
    "dimension": ("维度", "Dimension"),
    "driver": ("线索", "Look first at"),
    "earned": ("应发", "Earned"),
    "employed_months": ("在职月数", "Months employed"),
    "entry_id": ("参评项目", "Entry"),
    "extras": ("奖励、计件与结算", "Awards, piece rates and true-ups"),
    "factor": ("系数", "Factor"),
    "file": ("文件", "File"),
    "finding": ("判断", "Finding"),
    "form": ("评分表", "Form"),
    "gap": ("差距", "Gap"),
    "group": ("分组", "Group"),
    "group_level": ("分组方式", "Grouped by"),
    "headcount": ("在职人数", "People employed"),
    "held": ("暂扣", "Held"),
    "held_weight": ("暂缓权重", "Held weight"),
    "honour": ("荣誉", "Honour"),
    "jurors": ("评委数", "Jurors"),
    "kpi_id": ("指标", "KPI"),
    "kpi_score": ("指标得分", "KPI score"),
    "label": ("标签类别", "Label"),
    "largest_gap_share": ("最大一人占比", "Largest one's part"),
    "leavers_after": ("变更后离职", "Leavers after"),
    "leavers_before": ("变更前离职", "Leavers before"),
    "leads": ("合格线索", "Qualified leads"),
    "leads_share": ("线索占比", "Share of leads"),
    "leniency": ("宽严度", "Leniency"),
    "manager_rating": ("上级评分", "Manager"),
    "mean": ("均值", "Mean"),
    "mean_attainment": ("平均达成率", "Mean attainment"),
    "mean_of_all": ("全体均值", "Mean of all"),
    "median": ("中位数", "Median"),
    "members": ("名额/成员", "Places or members"),
    "month": ("月份", "Month"),
    "months_observed": ("比较月数", "Months compared"),
    "needed_to_go": ("还需（每期）", "Needed a step"),
    "normalising_factor": ("归一系数", "Normalising factor"),
    "not_applicable_share": ("不适用比例", "Not applicable"),
    "numerator_change": ("分子变化", "Numerator"),
    "of": ("对象", "Of"),
    "of_it_team_shares": ("其中团队分享", "Of it team shares"),
    "pace": ("进度", "Pace"),
    "payable": ("实付", "Payable"),
    "people": ("人数", "People"),
    "people_below": ("低于目标人数", "People below"),
    "periods_counted": ("计入期间", "Periods counted"),
    "person_id": ("人员", "Person"),
    "place": ("名次", "Place"),
    "points_lost": ("失分", "Points lost"),
    "pool_id": ("奖金池", "Pool"),
    "previous_score": ("上期得分", "Score before"),
    "previous_value": ("上期结果", "Last result"),
    "purpose": ("用途", "For"),
    "ranked_by": ("排序依据", "Ranked by"),
    "rater": ("评分人", "Rater"),
    "rater_group": ("评分人组别", "Group of raters"),
    "ratings": ("评分数", "Marks"),
    "reason_code": ("原因", "Reason"),
    "reason_params": ("原因参数", "Values of the reason"),
    "record_id": ("记录", "Record"),
    "records": ("记录数", "Records"),
    "result": ("依据数值", "Result"),
    "return_on_spend": ("花费回报", "Return on spend"),
    "returned": ("净收入", "Net return"),
    "robust_z": ("稳健 z", "Robust z"),
    "role": ("岗位", "Role"),
    "row_no": ("行号", "Row"),
    "scheme_id": ("方案", "Scheme"),
    "score": ("得分", "Score"),
    "score_change": ("变化", "Change"),
    "score_high": ("最高可能", "At most"),
    "score_low": ("最低可能", "At least"),
    "scores_before": ("此前得分", "Scores before"),
    "sealed_payable": ("封存时应付", "Payable, sealed"),
    "sealed_status": ("封存时状态", "Status, sealed"),
    "sealed_value": ("封存时数值", "Value, sealed"),
    "segment_id": ("分段", "Segment"),
    "self_rating": ("自评", "Self"),
    "set_by": ("设定人", "Set by"),
    "share_at_target": ("达标比例", "At target"),
    "shortfalls": ("失分最多", "Cost most"),
    "shrunk_mean": ("收缩均值", "Shrunk mean"),
    "spend": ("花费", "Spend"),
    "spend_share": ("花费占比", "Share of spend"),
    "spread": ("标准差", "Spread"),
    "status": ("状态", "State"),
    "strengths": ("加分最多", "Brought most"),
    "stretch": ("挑战值", "Stretch"),
    "sum_of_members": ("个人目标之和", "Sum of people's"),
    "target": ("目标", "Target"),
    "target_bonus": ("目标奖金", "Target bonus"),
    "target_change": ("目标变化", "Target"),
    "target_source": ("目标出处", "Stands in"),
    "target_to_date": ("累计目标", "Target so far"),
    "team_attainment": ("团队达成率", "Team attainment"),
    "team_id": ("团队", "Team"),
    "team_target": ("团队目标", "Team's target"),
    "teams": ("团队数", "Teams"),
    "undistributed": ("未分配", "Undistributed"),
    "usual_value": ("通常水平", "Usual"),
    "value": ("实际值", "Value"),
    "value_change": ("数值变化", "Value"),
    "value_to_date": ("累计值", "Value so far"),
    "withheld": ("暂缓", "Withheld"),
    "withheld_share": ("暂缓比例", "Withheld"),
}

_CODES: dict[str, tuple[str, str]] = {
    "judged": ("已复核", "judged"),
    "follower": ("粉丝", "follower"),
    "by_chance": ("难分：或出于偶然", "too close to call: chance alone may have done it"),
    "counted": ("计数", "counted"),
    "plausible": ("合理", "plausible"),
    "asked": ("请求复核", "audit asked for"),
    "agrees": ("复核相符", "audit agrees"),
    "differs": ("复核不符", "audit differs"),
    "to_judge": ("待复核", "to be judged"),
    "originality": ("原创性", "originality"),
    "sentiment": ("评论情感", "sentiment"),
    # states of a place
    "in": ("入选", "on the list"),
    "tied": ("并列入选", "on the list, tied"),
    "too_close": ("难分（数据未决）", "too close to call"),
    "last": ("连续末位", "last each time"),
    "withheld": ("数据暂缓", "data withheld"),
    "weak": ("薄弱", "weak"),
    "ok": ("正常", "ok"),
    "provisional": ("暂定", "provisional"),
    # how people are ranked
    "company": ("全公司", "company"),
    "team": ("团队", "team"),
    "role": ("岗位", "role"),
    "ceil": ("向上取整", "rounded up"),
    "floor": ("向下取整", "rounded down"),
    "half_up": ("四舍五入", "rounded half up"),
    "include": ("并列者同列", "people who tie at the line are all listed"),
    "exclude": ("并列超额者均不列", "people who tie over the line are not listed"),
    # kinds of rows
    "person": ("个人", "person"),
    "total": ("合计", "total"),
    "pool": ("奖金池", "pool"),
    "team_share": ("团队分享", "team share"),
    "paid": ("已分配", "paid"),
    "gate_not_met": ("条件未达成", "condition not met"),
    "no_gain": ("没有收益", "no gain"),
    "not_applicable": ("不适用", "not applicable"),
    "extras": ("奖励、计件与结算", "awards, piece rates and true-ups"),
    "own_pay": ("按个人得分", "own score"),
    # rewards
    "development": ("发展机会", "development"),
    "autonomy": ("自主权", "autonomy"),
    "long_term": ("长期激励", "long-term incentives"),
    # forms
    "ratings_manager": ("上级评分", "manager's ratings"),
    "ratings_bars": ("行为锚定评分", "anchored behaviour"),
    "ratings_360": ("360 评分", "360 ratings"),
    "content_quality_reviews": ("内容质量评审", "content quality"),
    "dm_quality_reviews": ("私信质量评审", "direct messages"),
    "innovation_reviews": ("创新评审", "innovation"),
    "brief_match_reviews": ("需求匹配评审", "match with the brief"),
    "manager": ("上级", "manager"),
    "peer": ("同事", "peers"),
    "subordinate": ("下属", "reports"),
    "partner": ("协作部门", "partners"),
    # what an honour ranks by
    "score": ("得分", "score"),
    "dimension": ("维度", "dimension"),
    "kpi": ("指标", "KPI"),
    "uplift": ("环比提升", "uplift"),
    # KPIs
    "too_few": ("人数不足", "too few people"),
    "sound": ("有效", "sound"),
    "saturated": ("饱和", "saturated"),
    "flat": ("无区分度", "flat"),
    "against_the_rest": ("与其余背离", "against the rest"),
    # drivers
    "one_person": ("主要是一人", "one person"),
    "target": ("目标提高", "the target"),
    "numerator": ("分子", "the numerator"),
    "denominator": ("分母", "the denominator"),
    "value": ("数值下降", "the value"),
    "steady": ("与上期同样薄弱", "as weak as before"),
    "no_history": ("无上期可比", "nothing to compare with"),
    # levels and channels
    "shock": ("冲击", "shock"),
    "changed": ("有变化", "changed"),
    "usual": ("正常范围", "usual"),
    "too_short": ("历史不足", "too few months"),
    "no_lead": ("有花费无线索", "money without a lead"),
    "dearer": ("偏贵", "dearer"),
    "cheaper": ("偏便宜", "cheaper"),
    # targets
    "missing": ("缺目标", "missing"),
    "implausible": ("不合理", "implausible"),
    "default": ("方案默认", "scheme's default"),
    "unsigned": ("缺签字", "not signed by both"),
    "eased": ("低于上期结果", "easier than the last result"),
    "agreed": ("双方确认", "agreed"),
    "adds_up": ("足额", "adds up"),
    "falls_short": ("不足", "falls short"),
    "adds_up_over_time": ("累计", "added up"),
    "as_it_stands": ("现值", "as it stands"),
    "behind": ("落后", "behind"),
    "on_pace": ("达标", "on pace"),
    "incomplete": ("缺此前期间", "earlier step missing"),
    "no_target": ("无目标", "no target"),
}

_NOTES: dict[str, tuple[str, str]] = {
    "period_sealed": ("{period} 取自已封存版本 {revision}。", "{period} is taken from its sealed revision {revision}."),
    "period_draft": ("{period} 尚未封存，取自草稿。", "{period} is not sealed; it is taken from its draft."),
    "period_missing": (
        "{period} 既无封存版本也无草稿，需要它的内容无法给出；请先运行该期间再运行本期。",
        "{period} has neither a sealed revision nor a draft, so what needs it is not told. Run it, then this period.",
    ),
    "month_compared": (
        "{period} 与封存版本 {revision} 比较。",
        "{period} is compared with its sealed revision {revision}.",
    ),
    "month_not_sealed": (
        "{period} 尚未封存，没有可比的结果。",
        "{period} is not sealed: there is nothing to compare it with.",
    ),
    "small_group": (
        "方案 {scheme} 分组 {group} 只有 {people} 人可排序，少于 {least} 人，不列名单。",
        "Scheme {scheme}, group {group}: only {people} people can be ranked, fewer than {least}, so it has no list.",
    ),
    "small_team": (
        "团队 {team} 只有 {people} 人，少于 {least} 人，不参加排名。",
        "Team {team} has {people} people, fewer than {least}, and is not ranked.",
    ),
    "few_days": (
        "{count} 人在本期的在岗天数不足 {share}%，不参加排序。",
        "{count} people were eligible for less than {share} % of the days and are not ranked.",
    ),
    "no_score": (
        "{count} 人没有任何适用指标，不参加排序。",
        "{count} people have no applicable KPI and are not ranked.",
    ),
    "open_scores": (
        "方案 {scheme} 分组 {group}：{count} 人的得分因数据暂缓未定，不会列为末位。",
        "Scheme {scheme}, group {group}: the scores of {count} people are open because of withheld data; none of them "
        "is last.",
    ),
    "tied_last": (
        "方案 {scheme} 分组 {group}：{count} 人并列最低，因此没有末位。",
        "Scheme {scheme}, group {group}: {count} people share the lowest score, so nobody is last.",
    ),
    "honour_nobody": ("{honour}：本期无人有可比的数值。", "{honour}: nobody has a value to rank by in this period."),
    "honour_no_history": (
        "{honour}：没有上一期可比。",
        "{honour}: there is no period before to compare with.",
    ),
    "no_behaviour": ("本期没有计分的行为指标。", "No behaviour is scored in this period."),
    "no_jury": (
        "本期没有评审团评分（reviews/innovation_reviews）。",
        "No jury marks of this period (reviews/innovation_reviews).",
    ),
    "no_preferences": (
        "没有个人偏好记录（people/preferences），因此不列奖励偏好。",
        "Nobody's wishes are on file (people/preferences), so none are shown.",
    ),
    "no_ratings": ("本期没有评分。", "No marks were given in this period."),
    "no_self_ratings": ("本期没有双方都评过的项目。", "No item was rated by both in this period."),
    "one_sided": (
        "{count} 人的部分项目只有一方评分，不计入。",
        "{count} people have items that only one side rated; these do not count.",
    ),
    "no_sign_off_days": (
        "目标文件不记录确认日期，因此无法判断是否迟签。",
        "The targets file has no days of sign-off, so late ones cannot be told.",
    ),
    "no_team_targets": (
        "目标文件没有可加总指标的团队目标。",
        "The targets file has no target of a team for a KPI that adds up.",
    ),
    "no_medians": ("数据仓库没有本月的指标数值。", "The warehouse has no values of this month."),
    "no_labels": (
        "本期没有可供复核的标签。",
        "The period has no labels that could be judged.",
    ),
    "no_channels": ("本期没有付费渠道的花费或线索。", "No spend and no lead of a paid channel in this period."),
    "no_change_of_scheme": ("本期及此前比较期内没有方案变更。", "No change of scheme reaches into this period."),
}

_PAGE: dict[str, tuple[str, str]] = {
    "page.title": ("名单与报告", "Lists and reports"),
    "page.intro": (
        "以下名单供人参考和决定，不改变任何得分与金额。每张名单另有同名 CSV 文件，数据完整。",
        "These lists propose and people decide; none of them changes a score or an amount. Each has a CSV file with "
        "all of its rows.",
    ),
    "page.contents": ("目录", "Contents"),
    "page.skip": ("跳到正文", "Skip to content"),
    "page.rows": ("{count} 行", "{count} rows"),
    "page.empty": ("没有条目。", "Nothing to list."),
    "page.more": (
        "此处只显示前 {shown} 行，共 {count} 行，全部见 {file}。",
        "The first {shown} of {count} rows; all are in {file}.",
    ),
    "page.file": ("文件：{file}", "File: {file}"),
    "page.req": ("要求编号：{req}", "Requirements: {req}"),
    "page.period": ("期间", "Period"),
    "page.state": ("状态", "State"),
}

TEXTS: Entries = {
    **lists(_REPORTS),
    **zh_en("reports.column.", _COLUMNS),
    **zh_en("reports.code.", _CODES),
    **zh_en("reports.note.", _NOTES),
    **zh_en("reports.", _PAGE),
}
