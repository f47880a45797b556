"""What is said of schemes beside the one that pays, in Chinese and English: buffers, simulations, changes of a scheme.

Belongs here: the file people/scheme_buffers.csv and what can be wrong in it, what cards and lists say of a shadow or a
guarantee, the pages of `scorecards simulate` and the changes that `scorecards render --against` tells. Does not belong
here: the words of a single scheme (`schemes`, `handbook`), of the other lists (`reports`).
"""

from __future__ import annotations

from pipelines.texts.shapes import Entries, FileWords, files, findings, lists, zh_en

#: (en, zh) of the file, then column -> (en, zh)
_FILE: FileWords = (
    (
        "a scheme beside the one that pays, for whole months: shadow = scored without effect on pay (a pilot), "
        "guarantee = at least what it would bring is paid (the former scheme); optional",
        "与发薪方案并行的方案，按整月生效：shadow = 只计分、不影响发薪（试点），guarantee = 保底，发薪不低于该方案"
        "应得金额（原方案）；可选",
    ),
    {
        "mode": ("shadow or guarantee", "shadow（影子）或 guarantee（保底）"),
        "scheme_id": ("id of the scheme beside, such as 001", "并行方案的编号，例如 001"),
        "version": (
            "one version of it, in force or not, such as 1.0.0; empty = the one in force at the period's end",
            "该方案的指定版本（无论是否生效），例如 1.0.0；留空 = 周期末生效的版本",
        ),
        "team_id": ("team; empty = all teams", "团队；留空 = 全部团队"),
        "role": ("role; empty = all roles", "角色；留空 = 全部角色"),
        "valid_from": ("the first day on which the row holds, the first of a month", "生效的第一天，须为某月 1 日"),
        "valid_to": (
            "the first day on which it no longer holds, the first of a month; the row must end",
            "不再生效的第一天，须为某月 1 日；必须填写",
        ),
    },
)

#: code -> (problem en, mend en, problem zh, mend zh)
_FINDINGS: dict[str, tuple[str, str, str, str]] = {
    "buffer_of_none": (
        "none is no scheme that anybody can be scored by",
        "name the scheme that stands beside the paying one, or remove the row",
        "none 不是可以计分的方案",
        "请填写并行方案的编号，或删去该行",
    ),
    "bad_scheme_version": (
        "is not the version of a scheme",
        "write it as the scheme file does, such as 1.0.0, or leave it empty",
        "不是方案的版本号",
        "请按方案文件填写，例如 1.0.0，或留空",
    ),
    "buffer_inside_month": (
        "lies inside a month, whose readings cannot be told apart by day",
        "begin and end the row on the first of a month",
        "不是某月 1 日，而一个月的数据无法按日拆开",
        "请让该行在某月 1 日开始并在某月 1 日结束",
    ),
    "buffer_without_paying": (
        "nobody of this team and role is paid by a scheme on these days, so nothing stands beside it as {mode}",
        "correct team_id, role and dates, or bind the paying scheme in people/scheme_assignments.csv first",
        "该团队与角色在这些日期没有发薪方案，{mode} 无从并行",
        "请更正 team_id、role 与日期，或先在 people/scheme_assignments.csv 中指定发薪方案",
    ),
    "buffer_of_same_scheme": (
        "is the scheme that pays role {role} of team {team_id} on these days already",
        "name another scheme, or in column version the former or coming version of this one",
        "该方案本身就是团队 {team_id} 角色 {role} 在这些日期的发薪方案",
        "请填写另一方案，或在 version 列注明该方案的旧版本或新版本",
    ),
}

#: key below `cards.` -> (zh, en)
_CARDS: dict[str, tuple[str, str]] = {
    "section.beside": ("并行方案", "Beside your scheme"),
    "beside.mode.shadow": ("影子方案", "shadow"),
    "beside.mode.guarantee": ("保底方案", "guarantee"),
    "beside.title.shadow": ("影子方案：{title}（{version}）", "Shadow: {title} ({version})"),
    "beside.title.guarantee": ("保底方案：{title}（{version}）", "Guarantee: {title} ({version})"),
    "beside.about.shadow": (
        "该方案正在试点：用同样的数据计分，供比较之用，对奖金没有影响。",
        "This scheme is in its pilot: it is scored on the same data, for comparison, and has no effect on pay.",
    ),
    "beside.about.guarantee": (
        "过渡期内，应发金额不低于该方案应得金额；差额在奖金池之外支付，不占用同事的份额。奖项与调整不参与比较。",
        "While the buffer lasts, no less is paid than this scheme would bring; the difference is paid outside the pool "
        "and takes nothing from a colleague. Awards and adjustments stand outside the comparison.",
    ),
    "beside.said.no_effect": ("不影响奖金。", "Without effect on pay."),
    "beside.said.due": (
        "按保底方案应得 {brings}，高于发薪方案的 {present}：补发差额 {top_up}。",
        "The guarantee brings {brings}, more than the {present} of the paying scheme: the difference of {top_up} is "
        "paid besides.",
    ),
    "beside.said.not_due": (
        "发薪方案的 {present} 不低于保底方案的 {brings}：无需补发。",
        "The paying scheme's {present} is no less than the guarantee's {brings}: nothing is added.",
    ),
    "beside.said.waits": (
        "数据暂缺，两个金额尚未确定：待数据到齐后再计算差额，现不补发。",
        "Data is withheld and the two amounts are not final: the difference is worked out when the data have arrived, "
        "and nothing is added until then.",
    ),
    "beside.said.not_scored": (
        "该方案没有适用的指标：不计分，也不补发。",
        "This scheme has no KPI that applies: it gives no score, and nothing is added.",
    ),
    "beside.row.score": ("得分", "Score"),
    "beside.row.amount": ("现应发金额（不含奖项与调整）", "Paid now, without awards and adjustments"),
    "beside.paying": ("发薪方案", "Paying scheme"),
    "beside.other": ("并行方案", "This scheme"),
    "beside.kpi": ("指标", "KPI"),
    "beside.weight": ("权重", "Weight"),
    "beside.levels": ("目标", "Target"),
    "beside.actual": ("实际", "Actual"),
    "beside.kpi_score": ("指标得分", "KPI score"),
    "beside.state": ("状态", "State"),
    "beside.explain": (
        "{label}：发薪方案 {present}，并行方案 {other}",
        "{label}: paying scheme {present}, this scheme {other}",
    ),
    "beside.line": (
        "实际 {actual}，目标 {target}，指标得分 {score}",
        "actual {actual}, target {target}, score {score}",
    ),
    "beside.guarantee": ("保底差额（{title} {version}）", "Guarantee ({title} {version})"),
    "beside.book.brings": ("保底方案应得金额", "Amount by the guarantee"),
    "beside.book.present": ("发薪方案应得金额", "Amount by the paying scheme"),
    "bonus.guarantees": ("保底差额", "Guarantee"),
}

#: key below `schemes.` -> (zh, en)
_SCHEMES: dict[str, tuple[str, str]] = {
    "step.guarantee": ("保底差额", "Guarantee"),
    "no_version": (
        "方案 {scheme} 没有版本 {version}；现有：{known}",
        "the scheme {scheme} has no version {version}; there are {known}",
    ),
    "no_version.mend": (
        "请更正版本号，或将该版本的文件放入 schemes/（例如 scheme_{scheme}@{version}.yaml）",
        "correct the version, or put its file into schemes/, such as scheme_{scheme}@{version}.yaml",
    ),
    "buffer_is_paying": (
        "方案 {scheme} 版本 {version} 本身就是发薪方案",
        "the scheme {scheme}, version {version}, is the one that pays already",
    ),
    "buffer_is_paying.mend": (
        "请在 version 列填写另一版本，或结束该行",
        "name another version in column version, or end the row",
    ),
    "note.beside_partly": (
        "方案 {scheme}（{mode}）只覆盖本期的一部分日期：本期不作比较，也不计保底差额",
        "the scheme {scheme} ({mode}) holds on a part of the days only: nothing is compared in this period, and no "
        "guarantee is due",
    ),
    "note.guarantee_waits": (
        "数据暂缺，两个方案的金额尚未确定：保底差额待数据到齐后计算，现不发放",
        "data is withheld and the amounts of the two schemes are not final: the guarantee is worked out when the data "
        "have arrived, and nothing is paid for it until then",
    ),
}

#: report -> (zh title, en title, zh about, en about)
_REPORTS: dict[str, tuple[str, str, str, str]] = {
    "simulation_summary": (
        "合计与分布",
        "Sums and distribution",
        "每个周期一行，末行为全部周期合计。金额为同一批任职段按各方案现应得的奖金、团队分享与计件报酬，不含奖项与调整；"
        "数据暂缺、金额未定者计为“未定”，既不算增也不算减。",
        "A row a period, then all of them together. Amounts are what the same segments bring now by each scheme: "
        "bonus, team shares and pay by the piece, without awards and adjustments. Where data is withheld the outcome "
        "is open and counts neither as gaining nor as losing.",
    ),
    "pilot_people": (
        "并行方案对比：逐人",
        "Two schemes side by side: people",
        "同时按两个方案计分的人员：得分、名次与现应得金额（不含奖项与调整）。名次只在两边都有得分的人之间排列，"
        "名次变动为正即名次上升。影子方案对奖金没有影响。",
        "Everybody whom two schemes score: scores, ranks and amounts due now, without awards and adjustments. Ranks "
        "are among those who have both scores; a positive change is a better place. A shadow has no effect on pay.",
    ),
    "pilot_samples": (
        "试点样本数",
        "Samples of the pilot",
        "每个维度（团队、岗位、社群类型、社群阶段）有多少人被并行方案计分；至少 {least} 人才够。",
        "How many people of each dimension (team, role, type and stage of community) the other scheme scores; at least "
        "{least} are enough.",
    ),
    "pilot_kpis": (
        "试点关注指标",
        "Watched KPIs of the pilot",
        "并行方案中最重的 {watched} 个指标（或设置 pilot_kpis 所列指标）：行数、已知、暂定、暂缓与不适用，"
        "覆盖率 = 已知 ÷ 适用。",
        "The {watched} heaviest KPIs of the other scheme, or those of the setting pilot_kpis: lines, known, "
        "provisional, withheld, not applicable. Coverage is known of applicable lines.",
    ),
    "appeal_outcomes": (
        "申诉结果对比",
        "What came of appeals",
        "每项申诉一行：申诉时最新封存版本中的分数与应发金额、现在的分数与应发金额及差额；差额是整张绩效卡的。"
        "审理中的申诉须在提出后 {days} 天内裁定。",
        "A row an appeal: points and pay of the revision that it objects to, those of now, and the difference, which "
        "is that of the whole card. An open appeal is to be decided within {days} days of its filing.",
    ),
    "simulation_people": (
        "逐人结果",
        "Everybody's outcome",
        "每人每个周期一行：按发薪方案与按试算方案的得分和金额、差异，以及试算方案中数据暂缺、没有目标或不适用的指标。",
        "A row a person and period: score and amount by the paying and by the simulated scheme, the difference, and "
        "the KPIs of the simulated scheme whose data is withheld, that have no target, or that do not apply.",
    ),
}

#: column -> (zh, en)
_COLUMNS: dict[str, tuple[str, str]] = {
    "other_scheme": ("并行方案", "Other scheme"),
    "mode": ("方式", "Mode"),
    "rank": ("发薪方案名次", "Rank"),
    "other_rank": ("并行方案名次", "Rank by the other scheme"),
    "rank_change": ("名次变动", "Change of rank"),
    "mean_weight": ("平均权重", "Mean weight"),
    "lines": ("行数", "Lines"),
    "known_lines": ("已知", "Known"),
    "provisional_lines": ("其中暂定", "Of them provisional"),
    "not_applicable_lines": ("不适用", "Not applicable"),
    "coverage": ("覆盖率", "Coverage"),
    "filed_on": ("提出日期", "Filed on"),
    "what": ("内容", "What"),
    "decided_by": ("裁定人", "Decided by"),
    "reason_given": ("裁定理由", "Reason given"),
    "edition": ("申诉所针对的版本", "Revision objected to"),
    "appeal_outcome": ("结果", "Outcome"),
    "deadline": ("裁定期限", "To be decided by"),
    "appealed_points": ("申诉时的分数", "Points objected to"),
    "present_points": ("现分数", "Points now"),
    "appealed_payable": ("申诉时的应发金额", "Pay objected to"),
    "present_payable": ("现应发金额", "Pay now"),
    "scored_period": ("周期", "Period"),
    "other_score": ("另一方案得分", "Score by the other scheme"),
    "paying_amount": ("发薪方案金额", "Amount by the paying scheme"),
    "other_amount": ("另一方案金额", "Amount by the other scheme"),
    "outcome": ("结果", "Outcome"),
    "kpis_withheld": ("数据暂缺的指标", "KPIs withheld"),
    "kpis_without_target": ("没有目标的指标", "KPIs without a target"),
    "kpis_not_applicable": ("不适用的指标", "KPIs that do not apply"),
    "change_percent": ("变动", "Change"),
    "gains": ("增加人数", "Gain"),
    "loses": ("减少人数", "Lose"),
    "same": ("不变人数", "The same"),
    "open": ("未定人数", "Open"),
    "not_scored": ("不计分人数", "Not scored"),
    "paying_q1": ("发薪方案 下四分位", "Paying: lower quartile"),
    "paying_median": ("发薪方案 中位数", "Paying: median"),
    "paying_q3": ("发薪方案 上四分位", "Paying: upper quartile"),
    "other_q1": ("另一方案 下四分位", "Other: lower quartile"),
    "other_median": ("另一方案 中位数", "Other: median"),
    "other_q3": ("另一方案 上四分位", "Other: upper quartile"),
    "median_score": ("得分中位数", "Median score"),
    "other_median_score": ("另一方案得分中位数", "Median score by the other scheme"),
}

#: code in a list -> (zh, en)
_CODES: dict[str, tuple[str, str]] = {
    "shadow": ("影子方案", "shadow"),
    "guarantee": ("保底方案", "guarantee"),
    "no_effect": ("不影响奖金", "without effect"),
    "due": ("补发差额", "difference paid"),
    "not_due": ("无需补发", "nothing due"),
    "waits": ("待数据到齐", "waits for data"),
    "enough_samples": ("足够", "enough"),
    "few_samples": ("不足", "too few"),
    "no_sample": ("没有样本", "none"),
    "community_type": ("社群类型", "type of community"),
    "community_stage": ("社群阶段", "stage of community"),
    "appeal_open": ("审理中", "open"),
    "appeal_upheld": ("支持", "upheld"),
    "appeal_partly_upheld": ("部分支持", "upheld in part"),
    "appeal_rejected": ("驳回", "rejected"),
    "appeal_withdrawn": ("已撤回", "withdrawn"),
    "gains": ("增加", "gains"),
    "loses": ("减少", "loses"),
    "same": ("不变", "the same"),
    "open": ("未定", "open"),
    "not_scored": ("不计分", "not scored"),
}

#: key below `simulation.` -> (zh, en)
_SIMULATION: dict[str, tuple[str, str]] = {
    "title": ("方案试算", "Simulation of a scheme"),
    "intro": (
        "用已建库周期的同一批数据，按发薪方案与试算方案各计一遍，差异只来自方案本身。试算不发放任何金额，也不改动草稿与"
        "封存版本；人们若早知新方案，行为也会不同。",
        "The same readings of built periods are scored by the scheme that paid and by the simulated one, so that a "
        "difference is the scheme's alone. Nothing is paid by it, and drafts and seals stay as they are; had people "
        "known the new scheme, they would have worked differently too.",
    ),
    "fact.scheme": ("试算方案", "Simulated"),
    "fact.paying": ("发薪方案", "Paying"),
    "fact.periods": ("周期", "Periods"),
    "fact.stale": ("须知", "Mind"),
    "line": (
        "{scored_period}：{people} 人，发薪方案 {currency} {paying_amount}，试算方案 {currency} {other_amount}，"
        "差异 {difference}；增加 {gains}，减少 {loses}，不变 {same}，未定 {open}，不计分 {not_scored}",
        "{scored_period}: {people} people, paid {currency} {paying_amount}, simulated {currency} {other_amount}, "
        "difference {difference}; {gains} gain, {loses} lose, {same} the same, {open} open, {not_scored} not scored",
    ),
    "stale": (
        "{period} 已封存版本中有 {people} 人的得分或奖金与今天数据算出的不同：两侧均按今天的数据计算",
        "{period}: today's data give {people} people another score or bonus than the sealed revision; both sides are "
        "by today's data",
    ),
    "not_built": (
        "周期 {value} 尚未建库，没有可试算的数据",
        "the period {value} is not built, so there is nothing to score",
    ),
    "not_built.mend": ("请先运行 scorecards run {value}", "run `scorecards run {value}` first"),
    "nobody": ("这些周期没有方案发薪的人员", "no scheme pays anybody of these in the periods"),
    "nobody.mend": (
        "请检查 --team 与周期，或先在 people/scheme_assignments.csv 中指定发薪方案",
        "check --team and the periods, or bind a scheme in people/scheme_assignments.csv first",
    ),
}

TEXTS: Entries = {
    **files({"scheme_buffers": _FILE}),
    **findings(_FINDINGS),
    **zh_en("cards.", _CARDS),
    **zh_en("schemes.", _SCHEMES),
    **zh_en("simulation.", _SIMULATION),
    **lists(_REPORTS),
    **zh_en("reports.column.", _COLUMNS),
    **zh_en("reports.code.", _CODES),
}
