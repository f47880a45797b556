"""What schemes and scoring say to a person: mistakes of a scheme file, notes and bonus steps of a trace.

Belongs here: texts with keys `schemes.*`, and the reasons that scoring itself gives. Does not belong here: the texts of
a scheme file, which stand in the file in both languages.
"""

from __future__ import annotations

# key: (zh, en); a finding also has a `.mend`.
_FINDINGS: dict[str, tuple[str, str, str, str]] = {
    "no_catalogue": (
        "找不到指标目录",
        "the KPI catalogue is missing",
        "从项目中恢复 dbt_project/seeds/kpi_catalogue.csv",
        "Restore dbt_project/seeds/kpi_catalogue.csv from the project",
    ),
    "not_found": (
        "没有这个方案",
        "there is no such scheme",
        "使用已有的编号（{known}）或方案文件的路径",
        "Use one of the ids {known}, or the path of a scheme file",
    ),
    "not_utf8": ("文件不是 UTF-8 编码", "the file is not UTF-8", "另存为 UTF-8", "Save it as UTF-8"),
    "not_yaml": (
        "不是有效的 YAML",
        "this is not valid YAML",
        "修正此行附近的缩进、引号或冒号",
        "Correct the indent, quotes or colons near this line",
    ),
    "duplicate_key": ("同一个键出现两次", "the key stands twice", "删去其中一个", "Remove one of them"),
    "from_catalogue": ("此项由指标目录给出", "this is given by the KPI catalogue", "删去这一行", "Remove the line"),
    "effective_from": (
        "生效日不是季度的第一天",
        "the scheme does not start with a quarter",
        "改为 1、4、7 或 10 月的 1 日",
        "Use the first of January, April, July or October",
    ),
    "unknown_kpi": (
        "指标目录中没有 {kpi}",
        "the KPI catalogue has no {kpi}",
        "使用 kpi_catalogue.csv 中的编号",
        "Use an id of kpi_catalogue.csv",
    ),
    "unknown_dimension": (
        "没有定义这个维度",
        "no such dimension is defined",
        "使用 dimensions 中的名称",
        "Use a name of `dimensions`",
    ),
    "unknown_curve": ("没有定义这条曲线", "no such curve is defined", "使用 curves 中的名称", "Use a name of `curves`"),
    "unknown_role": ("没有定义这个岗位", "no such role is defined", "使用 roles 中的名称", "Use a name of `roles`"),
    "twice": ("{name} 出现两次", "{name} stands twice", "只保留一个", "Keep one of them"),
    "curve.not_ascending": (
        "曲线的输入没有递增",
        "the inputs of the curve do not ascend",
        "按第一个数递增排列；线性曲线最多两个点相同",
        "Sort by the first number; a linear curve may have two points at one input, a step curve none",
    ),
    "curve.falls": (
        "更高的输入给出更低的结果",
        "a higher input gives a lower output",
        "让第二个数不下降",
        "Let the second number never fall",
    ),
    "curve.no_target_point": (
        "曲线没有输入为 100 的点",
        "the curve has no point at input 100",
        "加入达标点，例如 [100, 100]",
        "Add the point of the target, such as [100, 100]",
    ),
    "curve.unused": (
        "没有指标使用这条曲线",
        "no KPI uses the curve",
        "删去它，或在指标中引用",
        "Remove it, or name it in a KPI",
    ),
    "kpi.only_gate": (
        "{kpi} 是零事故指标，不能计分",
        "{kpi} counts incidents and cannot be scored",
        "只在 gates 中使用",
        "Use it in `gates` only",
    ),
    "kpi.unused": ("没有岗位使用 {kpi}", "no role uses {kpi}", "删去，或写入某岗位", "Remove it, or give it to a role"),
    "kpi.no_rule": (
        "{kpi} 没有计分规则",
        "{kpi} has no rule",
        "在 kpis 中写明其方法与曲线",
        "Give it a method and a curve under `kpis`",
    ),
    "kpi.linear_is_for_lower": (
        "linear 只用于越低越好的指标",
        "the linear form is for KPIs where lower is better",
        "使用 baseline 或 ratio",
        "Use baseline or ratio",
    ),
    "kpi.ratio_needs_cap": (
        "越低越好的比值在 0 附近没有上限",
        "the ratio of a lower-is-better KPI has no bound near 0",
        "写明 attainment_cap，或使用 baseline",
        "Give attainment_cap, or use baseline",
    ),
    "kpi.scale": (
        "scale 与 difference 方法必须同时出现",
        "scale and the difference form belong together",
        "两者同时写明，或都不写",
        "State both or neither",
    ),
    "effect.amount": (
        "cap、multiply、deduct 需要 amount，zero 不需要",
        "cap, multiply and deduct need an amount, zero has none",
        "补充或删去 amount",
        "Add or remove amount",
    ),
    "effect.gate_raises": (
        "门槛不能提高分数",
        "a gate cannot raise a score",
        "multiply 的 amount 不大于 1",
        "Use an amount of at most 1",
    ),
    "effect.empty_band": (
        "评分区间为空",
        "the band of review scores is empty",
        "让 at_least 小于 below",
        "Let at_least be less than below",
    ),
    "effect.of": (
        "scope 为 kpi 或 component 时须写 of，为 total 时不写",
        "a scope of kpi or component needs `of`, total has none",
        "补充或删去 of",
        "Add or remove `of`",
    ),
    "effect.nowhere": (
        "所涉岗位没有这个部分或指标",
        "no role that it binds has this component or KPI",
        "使用这些岗位的部分或指标编号",
        "Name a component or KPI of these roles",
    ),
    "weights.components": (
        "各部分权重之和为 {total}，应为 100",
        "the components weigh {total} in all, not 100",
        "调整权重",
        "Correct the weights",
    ),
    "weights.kpis": (
        "指标权重之和为 {total}，所在部分为 {weight}",
        "the KPIs weigh {total}, their component {weight}",
        "让两者相等",
        "Make them equal",
    ),
    "weights.shares": (
        "月、季、年的份额之和为 {total}，应为 100",
        "month, quarter and year pay {total} in all, not 100",
        "调整份额",
        "Correct the shares",
    ),
    "weights.pool": (
        "奖金池指标权重之和为 {total}，应为 100",
        "the KPIs of the pool weigh {total}, not 100",
        "调整权重",
        "Correct the weights",
    ),
    "pool.not_common": (
        "岗位 {role} 没有奖金池指标 {kpi}",
        "the role {role} lacks the pool's KPI {kpi}",
        "奖金池只用全员共同的指标",
        "Use KPIs that all roles share",
    ),
    "target.not_positive": (
        "目标不大于 0，达成率无意义",
        "a target of 0 or less gives no attainment in this form",
        "写明基线，或使用 difference 方法",
        "Give a baseline, or use the difference form",
    ),
    "target.baseline_not_worse_higher": (
        "基线不低于目标",
        "the baseline is not below the target",
        "让基线低于目标",
        "Use a baseline below the target",
    ),
    "target.baseline_not_worse_lower": (
        "基线不高于目标，而此指标越低越好",
        "the baseline is not above the target, though lower is better",
        "让基线高于目标",
        "Use a baseline above the target",
    ),
    "target.threshold_not_worse_higher": (
        "门槛不低于目标",
        "the threshold is not below the target",
        "让门槛低于目标",
        "Use a threshold below the target",
    ),
    "target.threshold_not_worse_lower": (
        "门槛不高于目标，而此指标越低越好",
        "the threshold is not above the target, though lower is better",
        "让门槛高于目标",
        "Use a threshold above the target",
    ),
    "target.stretch_not_better_higher": (
        "挑战值不高于目标",
        "the stretch value is not above the target",
        "让挑战值高于目标",
        "Use a stretch value above the target",
    ),
    "target.stretch_not_better_lower": (
        "挑战值不低于目标，而此指标越低越好",
        "the stretch value is not below the target, though lower is better",
        "让挑战值低于目标",
        "Use a stretch value below the target",
    ),
    "target.stretch_not_positive": (
        "挑战值不大于 0，比值无意义",
        "a stretch value of 0 or less gives no ratio",
        "使用大于 0 的挑战值，或 baseline 方法",
        "Use one above 0, or the baseline form",
    ),
    "target.target_beyond_limit": (
        "目标超过此指标可能达到的值，永远无法达到",
        "the target lies beyond what this KPI can ever reach",
        "占比写成小数：85% 写作 0.85",
        "Write a share as a part of 1: 85 % is 0.85",
    ),
    "target.stretch_beyond_limit": (
        "挑战值超过此指标可能达到的值，永远无法达到",
        "the stretch value lies beyond what this KPI can ever reach",
        "占比写成小数且不超过 1：98% 写作 0.98",
        "Write a share as a part of 1: 98 % is 0.98",
    ),
    "target.curve_order": (
        "门槛或挑战值越过了曲线的中间点",
        "the threshold or stretch value passes a middle point of the curve",
        "换用更接近曲线的值",
        "Use values that keep the order of the curve's points",
    ),
    "no_scheme": (
        "没有编号为 {scheme} 的方案",
        "there is no scheme {scheme}",
        "修正 people/scheme_assignments.csv 或加入方案文件",
        "Correct people/scheme_assignments.csv or add the scheme file",
    ),
    "adjustment.cents": ("金额精细到分以下", "the amount is finer than a cent", "保留两位小数", "Use two decimals"),
    "shape.missing": ("缺少必填项", "a required key is missing", "补上它", "Add it"),
    "shape.extra_forbidden": (
        "方案不认识这个键",
        "a scheme has no such key",
        "检查拼写，或删去",
        "Check its spelling, or remove it",
    ),
    "shape.literal_error": (
        "不在允许的值之中",
        "this is none of the allowed values",
        "使用 {expected}",
        "Use {expected}",
    ),
    "shape.decimal_type": ("不是数字", "this is not a number", "写一个普通数字", "Write a plain number"),
    "shape.decimal_parsing": ("不是数字", "this is not a number", "写一个普通数字", "Write a plain number"),
    "shape.string_pattern_mismatch": (
        "写法不符合要求",
        "this is not written as required",
        "按此形式书写：{pattern}",
        "Follow the pattern {pattern}",
    ),
    "shape.other": (
        "内容不符合要求（{detail}）",
        "this does not fit ({detail})",
        "参见 docs/scheme-file.md",
        "See docs/scheme-file.md",
    ),
}

_PLAIN: dict[str, tuple[str, str]] = {
    "lint.line": ("{file} 第 {line} 行", "{file}, line {line},"),
    "lint.value": ("（值：{value}）", " (value: {value})"),
    "lint.error": ("错误：{where}{key}：{problem}{value}。{mend}。", "error: {where}{key}: {problem}{value}. {mend}."),
    "lint.warning": (
        "建议：{where}{key}：{problem}{value}。{mend}。",
        "warning: {where}{key}: {problem}{value}. {mend}.",
    ),
    "lint.summary": ("{errors} 个错误，{warnings} 条建议", "{errors} errors, {warnings} warnings"),
    "step.eligibility": ("发放资格", "Eligibility"),
    "step.veto": ("内容质量评审", "Content-quality review"),
    "step.gate": ("门槛条件", "Gates"),
    "step.kpi_scores": ("已知指标得分之和", "Points of the known KPIs"),
    "step.weights": ("得分（按已知权重）", "Score over the known weight"),
    "step.multiplier": ("修正系数后的得分", "Score after the multiplier"),
    "step.proration": ("按天折算的目标奖金", "Target bonus, prorated by days"),
    "step.pool_target": ("团队目标奖金之和", "Target bonuses of the team"),
    "step.pool_factor": ("团队达成档位系数", "Factor of the team's tier"),
    "step.pool": ("团队奖金池", "Pool of the team"),
    "step.pool_share": ("奖金池中的份额", "Share of the pool"),
    "step.personal_cap": ("个人上限", "Personal cap"),
    "step.earned": ("现在发放的奖金", "Bonus paid now"),
    "step.held": ("最多还可发放的暂扣奖金", "Bonus held, at most still to be paid"),
    "step.adjustment": ("调整", "Adjustment"),
    "step.payable": ("应付金额", "Amount to pay"),
    "note.not_eligible": ("本期没有计入的天数", "no eligible day in the period"),
    "note.no_scheme": ("没有适用的方案：不计分，不发奖金", "no scheme is assigned: not scored, no bonus"),
    "note.no_role": (
        "方案没有岗位 {role}：不计分，不发奖金，请人工核对",
        "the scheme has no role {role}: not scored, no bonus; a person must look at it",
    ),
    "note.nothing_applicable": (
        "没有适用的指标：不计分，目标奖金不进入奖金池",
        "no KPI applies: not scored, and the target bonus stays out of the pool",
    ),
    "note.all_withheld": (
        "所有适用指标均暂缺数据，全部奖金暂扣",
        "the data of every applicable KPI is withheld: the whole bonus is held",
    ),
    "note.provisional": ("部分读数为暂定", "some readings are provisional"),
    "note.gate_not_checked": (
        "门槛 {gate} 因数据暂缺未核查",
        "the gate {gate} could not be checked, its data is withheld",
    ),
    "note.no_review": ("本期没有内容质量评审", "no content-quality review in the period"),
    "note.no_bonus_base": ("没有目标奖金：计分但不参与奖金分配", "no target bonus: scored, but not in the pool"),
    "note.no_share": ("此类周期不发放奖金，仅计分", "this kind of period pays no bonus; it is scored only"),
    "note.negative_payable": (
        "调整后的金额为负，须由人工决定",
        "the adjustments exceed the bonus; a person must decide",
    ),
    "note.no_segment": ("本期没有任职区间，仅有调整", "not employed in the period; adjustments only"),
    "note.pool_waits": (
        "同一奖金池有同事的数据暂缺，其份额按最高可能预留：数据到齐后，本人的份额只会增加，不会减少",
        "data of a colleague in the same pool is withheld and that part set aside at its highest: your own part may "
        "still grow when the data arrives, and does not shrink",
    ),
    "note.pool_factor_default": ("奖金池指标均不适用，系数取 100%", "no KPI of the pool applies: its factor is 100 %"),
    "undistributed": ("未分配（超出个人上限）", "Undistributed (beyond personal caps)"),
}

# Reasons that scoring itself gives a line; cards look all reasons up under `reasons.`.
_REASONS: dict[str, tuple[str, str]] = {
    "no_target": ("没有约定目标，奖金暂扣至目标确定", "no target was agreed; its pay is held until there is one"),
    "no_reading": ("数据仓库没有给出此指标的读数", "the warehouse gave no reading of this KPI"),
    "dimension_off": ("该维度在方案中已关闭", "the scheme has switched this dimension off"),
}

TEXTS: dict[str, dict[str, str]] = {
    **{f"schemes.{key}": {"zh": zh, "en": en} for key, (zh, en, _, _) in _FINDINGS.items()},
    **{f"schemes.{key}.mend": {"zh": zh, "en": en} for key, (_, _, zh, en) in _FINDINGS.items()},
    **{f"schemes.{key}": {"zh": zh, "en": en} for key, (zh, en) in _PLAIN.items()},
    **{f"reasons.{key}": {"zh": zh, "en": en} for key, (zh, en) in _REASONS.items()},
}
