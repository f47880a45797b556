"""Texts of the advice on schemes: what can be loaded but is unwise, and its mend.

Belongs here: keys `advice.*`, each finding with its `.mend`, and the words that findings put in. Does not belong here:
the rules (`pipelines.schemes.advice`), errors (`schemes`).
"""

from __future__ import annotations

from pipelines.texts.shapes import Entries, with_mends, zh_en

# key: (zh, en, mend zh, mend en)
_FINDINGS: dict[str, tuple[str, str, str, str]] = {
    "kpis.few": (
        "岗位 {role} 只有 {n} 项业绩指标（共 {all} 项指标），三至五项才能兼顾重点与全面（001-R3）",
        "the role {role} has {n} performance KPIs ({all} KPIs in all); three to five keep the focus without a blind "
        "side (001-R3)",
        "增加到三至五项业绩指标",
        "Bring the performance KPIs to three, four or five",
    ),
    "kpis.many": (
        "岗位 {role} 有 {n} 项业绩指标（共 {all} 项指标），超过五项会稀释重点（001-R3）",
        "the role {role} has {n} performance KPIs ({all} KPIs in all); more than five dilute the focus (001-R3)",
        "保留三至五项，其余改为 monitors",
        "Keep three to five and move the others to `monitors`",
    ),
    "kpi.light": (
        "{kpi} 的权重只有 {weight}%，低于 5% 的指标不会影响行为（001-G3）",
        "{kpi} weighs {weight} %; below 5 % a KPI changes nobody's work (001-G3)",
        "提高到 5% 以上，或改为 monitors",
        "Give it 5 % or more, or move it to `monitors`",
    ),
    "kpi.heavy": (
        "{kpi} 的权重为 {weight}%，超过其余指标之和",
        "{kpi} weighs {weight} %, more than all other KPIs together",
        "降到 50% 以下",
        "Bring it to 50 % or less",
    ),
    "curve.cliff": (
        "曲线有断崖，达成率在 {jumps} 处跳升（括号内为分数）：把结果挪过这条线有利可图，总分最多多得 {worth} 分",
        "the curve has cliffs at an attainment of {jumps} (in points): moving a result across such a line pays, up "
        "to {worth} points of the score",
        "用 linear 曲线，第一个点从 0 分起，且没有两个点的输入相同",
        "Use a linear curve that starts at 0 points and has no two points at one input",
    ),
    "curve.flat": (
        "曲线处处给出 {top} 分，无论结果如何都一样",
        "the curve gives {top} points everywhere: it pays the same whatever happens",
        "让更好的结果得到更多分数，或把指标改为 monitors",
        "Let a better result bring more points, or move its KPIs to `monitors`",
    ),
    "curve.low_cap": (
        "曲线最多只给 {top} 分，达标也得不到 100 分",
        "the curve ends at {top} points: even at target nobody gets 100",
        "让达标点给出 100 分",
        "Let the point of the target give 100 points",
    ),
    "factor.cliff": (
        "奖金池系数有断崖，团队达成率在 {jumps} 处跳升（括号内为奖金池的百分点）：把团队结果挪过这条线，全队都有好处",
        "the pool factor has cliffs at a team attainment of {jumps} (in per cent of the pool): moving a result "
        "across such a line pays the whole team",
        "改用 linear 过渡；若有意分档，请在 why 中说明理由",
        "Use linear steps between the tiers; where tiers are meant, let `why` say so",
    ),
    "factor.flat": (
        "奖金池系数始终为 {top}%，与团队结果无关（000-I1 要求分档）",
        "the pool factor is {top} % whatever the team reaches (000-I1 asks for tiers)",
        "让系数随团队达成率上升",
        "Let the factor rise with the team's attainment",
    ),
    "factor.low_cap": (
        "奖金池系数最高只有 {top}%，目标奖金永远发不满",
        "the pool factor ends at {top} %: the target bonuses are never paid whole",
        "让达标时的系数为 100",
        "Let the factor be 100 at target",
    ),
    "personal_cap.cliff": (
        "个人上限有断崖，分数在 {jumps} 处跳升（括号内为目标奖金的百分点）：把分数挪过这条线就有好处",
        "the personal cap has cliffs at a score of {jumps} (in per cent of the target bonus): moving a score across "
        "such a line pays",
        "改用没有跳升的 linear 曲线",
        "Use a linear curve without a jump",
    ),
    "personal_cap.flat": (
        "个人上限始终为 {top}%，与分数无关",
        "the personal cap is {top} % whatever the score",
        "让上限随分数上升",
        "Let the cap rise with the score",
    ),
    "personal_cap.low_cap": (
        "个人上限最高只有目标奖金的 {top}%，达标也拿不到全额",
        "the personal cap ends at {top} % of the target bonus: even at target nobody gets it whole",
        "让 100 分的上限至少为 100",
        "Let the cap at a score of 100 be 100 or more",
    ),
    "payout.cliff": (
        "奖金比例有断崖，分数在 {jumps} 处跳升（括号内为百分点）：把分数挪过这条线就有好处",
        "the payout has cliffs at a score of {jumps} (in per cent of the amount): moving a score across such a line "
        "pays",
        "改用没有跳升的 linear 曲线",
        "Use a linear curve without a jump",
    ),
    "payout.flat": (
        "奖金比例始终为 {top}%，与分数无关",
        "the payout is {top} % whatever the score",
        "让比例随分数上升",
        "Let the payout rise with the score",
    ),
    "payout.low_cap": (
        "奖金比例最高只有 {top}%，达标也拿不到全额",
        "the payout ends at {top} %: even at target nobody gets the whole amount",
        "让 100 分的比例至少为 100",
        "Let the payout at a score of 100 be 100 or more",
    ),
    "balance.only_result": (
        "岗位 {role} 只有结果指标，没有过程指标（000-P4）",
        "the role {role} has result KPIs only and no process KPI (000-P4)",
        "加入一项本人能直接左右的过程指标",
        "Add a process KPI that the person can act on directly",
    ),
    "balance.only_process": (
        "岗位 {role} 只有过程指标，没有结果指标（000-P4）",
        "the role {role} has process KPIs only and no result KPI (000-P4)",
        "加入一项结果指标",
        "Add a result KPI",
    ),
    "balance.no_team": (
        "岗位 {role} 没有团队指标（000-R2）",
        "the role {role} has no team KPI (000-R2)",
        "加入全员共同的团队指标",
        "Add a team KPI that all members share",
    ),
    "balance.no_individual": (
        "岗位 {role} 只有团队指标，没有个人指标（000-R2）",
        "the role {role} has team KPIs only and none of its own (000-R2)",
        "加入该岗位自己的指标",
        "Add a KPI of the role's own work",
    ),
    "balance.growth_only": (
        "岗位 {role} 只考核增长维度（003-G1）：会带来低质量拉新，转化反而下降",
        "growth is the only dimension of the role {role} (003-G1): it brings cheap followers while conversion falls",
        "加入互动、转化或留存指标",
        "Add KPIs of interaction, conversion or retention",
    ),
    "balance.commercial_only": (
        "岗位 {role} 的业绩指标只有商业转化（003-G6）：一味促销会打扰用户、损害品牌",
        "all performance KPIs of the role {role} are commercial (003-G6): promotion alone wears out users and brand",
        "加入活跃或忠诚方面的指标",
        "Add a KPI of activity or loyalty",
    ),
    "balance.growth_heaviest": (
        "岗位 {role} 的增长维度权重 {weight}% 最大，增长不应是首要目标（003-R7、003-G1）",
        "growth weighs most in the role {role}, {weight} %; growth should not be the first goal (003-R7, 003-G1)",
        "让另一维度的权重不低于增长",
        "Let another dimension weigh at least as much",
    ),
    "balance.horizon": (
        "计分指标缺少期限：{missing}（003-R1 要求短期与长期兼有）",
        "no KPI that pays has this horizon: {missing} (003-R1 asks for short and long term)",
        "加入该期限的指标，目录的 horizon 列标明了每项指标的期限",
        "Add a KPI of that horizon; the column `horizon` of the KPI catalogue tells it",
    ),
    "balance.axis": (
        "计分指标没有涉及：{missing}（003-R1）。按指标目录的维度划分：活跃 = interaction、content、events、"
        "community；忠诚 = community_health、service 及 value 中的客户视角；商业 = conversion、cost 及 value "
        "中的财务视角；增长不属于任何一项",
        "no KPI that pays lifts: {missing} (003-R1). The axes follow from the catalogue's dimension: activity = "
        "interaction, content, events, community; loyalty = community_health, service and the customer perspective "
        "of value; commercial = conversion, cost and the financial perspective of value; growth is none of them",
        "加入这些方面的指标",
        "Add a KPI of each that is missing",
    ),
    "balance.perspective": (
        "计分指标缺少平衡计分卡的视角：{missing}（003-R8）",
        "no KPI that pays has this perspective of the balanced scorecard: {missing} (003-R8)",
        "加入该视角的指标，目录的 bsc_perspective 列标明了每项指标的视角",
        "Add a KPI of it; the column `bsc_perspective` of the KPI catalogue tells it",
    ),
    "balance.no_learning": (
        "这些岗位没有能力提升要求：{roles}（003-R12）",
        "no ability improvement is asked of: {roles} (003-R12)",
        "为每个岗位加入一项 learning 维度的指标，例如 certification_share",
        "Give each role a KPI of the dimension `learning`, such as certification_share",
    ),
    "balance.same_weights": (
        "{n} 个岗位的指标与权重完全相同（003-G3、000-G3）",
        "all {n} roles have the same KPIs with the same weights (003-G3, 000-G3)",
        "按各岗位能左右的结果设定权重",
        "Weigh each role by what it can move",
    ),
    "objective.none": (
        "方案没有写明公司目标，指标为何而设无从核对（000-P1）",
        "the scheme states no objectives, so that nobody can tell what its KPIs are for (000-P1)",
        "在 objectives 中写明公司目标，并给每个维度写上 objective",
        "State the company's objectives under `objectives` and give each dimension its `objective`",
    ),
    "objective.idle": (
        "没有计分指标服务于目标 {objective}（000-P1）",
        "no KPI that pays serves the objective {objective} (000-P1)",
        "给出服务于它的指标，或删去该目标",
        "Give it a KPI, or take it out",
    ),
    "dimension.empty": (
        "维度 {dimension} 没有计分指标，也没有门槛",
        "no KPI that pays and no gate belongs to the dimension {dimension}",
        "加入该维度的指标，或以 enabled: false 关闭它",
        "Add a KPI of it, or switch it off with `enabled: false`",
    ),
    "dimension.missing": (
        "000-R6 的五个维度不全，缺少：{missing}",
        "of the five dimensions of 000-R6 these are missing: {missing}",
        "加入它们；不适用的转化维度用 enabled: false 关闭，而不是删去",
        "Add them; where conversion does not apply, switch it off with `enabled: false` instead of leaving it out",
    ),
    "overlap.records": (
        "{first} 与 {second} 由同样的记录决定，合计权重 {weight}%：同一件事计了两次",
        "{first} and {second} are moved by the same records and weigh {weight} % together: one thing pays twice",
        "只保留一项，另一项改为 monitors",
        "Keep one and move the other to `monitors`",
    ),
    "overlap.team": (
        "{first} 与 {second} 计的是同样的记录，一项按个人，一项按团队，合计权重 {weight}%：个人的结果在团队里再计一次",
        "{first} and {second} count the same records, one of the person and one of the team, and weigh {weight} % "
        "together: the own result counts once more in the team's",
        "确认两者相加的权重正是所愿，或换用另一项团队指标",
        "Make sure that the two together may weigh so much, or share another KPI in the team",
    ),
    "denominator.stray": (
        "{kpi} 以“{own}”为分母，而同一方案的 {first} 以“{by}”为分母，分子相同：分母未统一",
        "{kpi} divides by {own}, and {first} of the same scheme divides the same by {by}: the denominator is not "
        "settled",
        "全方案只用一种分母；换分母须提高 version",
        "Use one denominator in the whole scheme; another one is another `version`",
    ),
    "target.compounds": (
        "每月增长 {rate}% 一年复合为 {factor} 倍，难以持续（003-G2）",
        "{rate} % a month compounds to x{factor} a year, which does not last (003-G2)",
        "用本公司历史或同行能持续的增长率",
        "Use a rate that the own history or peers have sustained",
    ),
    "target.at_limit": (
        "目标就是最大值 {target}：一次失误即不达标，也没有超额空间",
        "the target is the most that can occur, {target}: one miss fails it and nothing lies above it",
        "目标略低于最大值，例如 0.95",
        "Set it somewhat below the limit, such as 0.95",
    ),
    "target.above_whole": (
        "目标为 {percent}%，超过整体",
        "the target is {percent} % of a whole",
        "占比写成小数（85% 写作 0.85）并写明 limit: 1；若比率可以超过 1，可不理会",
        "Write a share as a part of 1 (85 % is 0.85) and give `limit: 1`; where more than the whole can occur, leave "
        "it",
    ),
    "target.unreachable": (
        "从未有人达到此目标：历史最好值 {best}；近 {months} 个月的 {n} 个人月中，一半达到 {half}，一成达到 "
        "{tenth}（003-G2）",
        "nobody ever reached this target: the best value ever is {best}; of {n} person-months in the last {months} "
        "months half reached {half} and one in ten {tenth} (003-G2)",
        "目标设在一半与一成之间",
        "Set it between what half and what one in ten reached",
    ),
    "target.beaten_by_all": (
        "人人月月都超过此目标：近 {months} 个月的 {n} 个人月中最差的是 {worst}，一半达到 {half}，一成达到 {tenth}，"
        "等于没有目标",
        "everybody beat this target every month: the worst of {n} person-months in the last {months} months is "
        "{worst}, half reached {half} and one in ten {tenth}; it is no target",
        "目标设在一半与一成之间",
        "Set it between what half and what one in ten reached",
    ),
    "veto.none": (
        "没有内容质量否决或修正，而 000-R1 以内容质量为关键否决或修正指标",
        "no veto or correction by content quality, which 000-R1 makes a key KPI",
        "在 vetoes 中写明 below、effect 与 scope",
        "Add one under `vetoes` with `below`, `effect` and `scope`",
    ),
    "veto.overlap": (
        "{first} 与 {second} 的评审区间重叠：一次评审会受两次处理",
        "the bands of {first} and {second} overlap: one review has two effects",
        "让后一个的 at_least 等于前一个的 below",
        "Let `at_least` of the one be `below` of the other",
    ),
    "effect.nothing": (
        "{id} 生效后分数不变",
        "{id} leaves the score as it is when it applies",
        "改变 amount，或删去这条规则",
        "Change its amount, or remove the rule",
    ),
    "period.quarter": (
        "指标目录将 {kpi} 列为季度指标，而方案按月计分，并据此发放 {share}% 的奖金",
        "the KPI catalogue means {kpi} by the quarter, while the scheme scores it by month too and pays {share} % so",
        "确认月度结果足以付酬；否则降低 shares.month",
        "Make sure that a month's result is fit to pay by; else lower `shares.month`",
    ),
    "period.year": (
        "指标目录将 {kpi} 列为年度指标，而方案按更短的周期计分，并据此发放 {share}% 的奖金",
        "the KPI catalogue means {kpi} by the year, while the scheme scores shorter periods too and pays {share} % so",
        "确认短周期结果足以付酬；否则降低 shares.month 与 shares.quarter",
        "Make sure that shorter results are fit to pay by; else lower `shares.month` and `shares.quarter`",
    ),
    "why.empty": (
        "没有说明理由，或两种语言的文字相同",
        "no reason is given, or it is the same text in both languages",
        "用中文和英文写明为何如此",
        "Say in Chinese and in English why it is so",
    ),
}

_TERMS: dict[str, tuple[str, str]] = {
    "comma": ("、", ", "),
    "horizon.short": ("短期", "short term"),
    "horizon.long": ("长期", "long term"),
    "axis.activity": ("活跃", "activity"),
    "axis.loyalty": ("忠诚", "loyalty"),
    "axis.commercial": ("商业转化", "commercial conversion"),
    "perspective.financial": ("财务", "financial"),
    "perspective.customer": ("客户", "customer"),
    "perspective.internal_process": ("内部流程", "internal process"),
    "perspective.learning": ("学习与成长", "learning and growth"),
}

TEXTS: Entries = {**with_mends("advice.", _FINDINGS), **zh_en("advice.term.", _TERMS)}
