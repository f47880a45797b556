"""What is said of people's decisions, in Chinese and English: bonus points, awards, calibration, appeals, piece rates.

Belongs here: their files and columns, what can be wrong with a row, and what cards, handbook and run say of them. Does
not belong here: the other files (`files`), the other findings (`findings`), all else on a card (`cards`).
"""

from __future__ import annotations

from pipelines.texts.shapes import Entries, FileWords, files, findings, zh_en

_PERIOD = ("2026-10, 2026-Q3 or 2026", "2026-10、2026-Q3 或 2026")
_PERSON = ("person_id of people.csv", "people.csv 中的 person_id")
_REASON = ("why, in one sentence that the person may read", "原因，一句话，本人可见")
_APPROVED = (
    "person_id of an approver of company.yaml, somebody else",
    "company.yaml 中批准人的 person_id，不能是本人",
)

#: file -> (en, zh) of the file, then column -> (en, zh)
_FILES: dict[str, FileWords] = {
    "bonus_point_nominations": (
        (
            "points on top of the score for what no KPI counts, up to the scheme's maximum; optional",
            "指标之外的加分，以方案上限为限，可选",
        ),
        {
            "period": _PERIOD,
            "person_id": _PERSON,
            "points": ("points of the total score, 0.01 to 100", "加在总分上的分数，0.01 至 100"),
            "reason": _REASON,
            "nominated_by": ("person_id of who proposed it", "提名人的 person_id"),
            "approved_by": _APPROVED,
        },
    ),
    "award_approvals": (
        ("awards, paid beside the bonus and not capped; optional", "奖项，奖金之外发放，不受上限限制，可选"),
        {
            "period": _PERIOD,
            "person_id": _PERSON,
            "award": ("its name, once a period and person", "奖项名称，同一周期同一人不重复"),
            "amount": ("in the company's currency, above 0", "公司货币，大于 0"),
            "reason": _REASON,
            "approved_by": _APPROVED,
        },
    ),
    "calibration_decisions": (
        (
            "scores that a calibration meeting decided; one counts while the computed score is the one seen; optional",
            "校准会议决定的得分；仅当计算得分仍为会议所见时生效，可选",
        ),
        {
            "period": _PERIOD,
            "person_id": _PERSON,
            "seen": ("the score on the card that the meeting saw, such as 82.50", "会议所见绩效卡上的得分，例如 82.50"),
            "decided": ("the score that holds instead, such as 85", "校准后的得分，例如 85"),
            "reason": _REASON,
            "decided_by": _APPROVED,
            "meeting": ("which meeting, such as its date; may be empty", "会议名称或日期，可留空"),
        },
    ),
    "appeals": (
        (
            "objections to a card; but for incidents of gaming they change no number, overrides and adjustments do; "
            "optional",
            "对绩效卡的申诉；除疑似刷量事件外本身不改变数字，更正由改判和调整完成，可选",
        ),
        {
            "period": _PERIOD,
            "person_id": _PERSON,
            "kpi_id": ("the KPI meant; empty = the whole card", "所指指标；留空 = 整张绩效卡"),
            "what": ("what the person objects to, in one sentence", "申诉内容，一句话"),
            "filed_on": ("day on which it was filed", "提出日期"),
            "outcome": (
                "open, upheld, partly_upheld, rejected or withdrawn",
                "open（审理中）、upheld（支持）、partly_upheld（部分支持）、rejected（驳回）或 withdrawn（撤回）",
            ),
            "decided_by": (
                "person_id of an approver, somebody else; empty while it is open",
                "批准人的 person_id，不能是本人；审理中留空",
            ),
            "reason": ("why it was decided so; empty while it is open", "裁定理由；审理中留空"),
            "incident": (
                "the incident of gaming meant, as the card names it; while the appeal is open nothing is taken for it "
                "and the pay in question is held; upheld, nothing is taken",
                "所指的疑似刷量事件，按绩效卡上的编号填写；审理期间不扣分，相应奖金暂缓发放；申诉获支持则不扣",
            ),
        },
    ),
}

#: code -> (problem en, mend en, problem zh, mend zh)
_FINDINGS: dict[str, tuple[str, str, str, str]] = {
    "finer_than_printed": (
        "is finer than cards print scores",
        "write it with two decimals, such as 82.50",
        "比绩效卡上的得分更精细",
        "请保留两位小数，例如 82.50",
    ),
    "open_with_decision": (
        "an open appeal has a decision",
        "write the outcome, or leave `decided_by` empty",
        "审理中的申诉却有裁定人",
        "请填写结果，或将 decided_by 留空",
    ),
    "appeal_about_two": (
        "names a KPI and an incident",
        "write one row for each of them",
        "同时填写了指标和事件",
        "请分成两行填写",
    ),
    "no_incident_name": (
        "is no name of an incident",
        "copy it from the card, such as zombie_group-2026-10-1a2b3c4d",
        "不是事件编号",
        "请从绩效卡上复制，例如 zombie_group-2026-10-1a2b3c4d",
    ),
    "outcome_without_decision": (
        "an appeal that is {outcome} needs who decided and why",
        "fill in `decided_by` and `reason`, or write open",
        "结果为 {outcome} 的申诉须有裁定人和理由",
        "请填写 decided_by 与 reason，或写 open",
    ),
    "filed_too_early": (
        "lies before the period {period} begins",
        "correct the day or the period",
        "早于周期 {period} 的开始",
        "请更正日期或周期",
    ),
}

#: key below `cards.` -> (zh, en)
_CARDS: dict[str, tuple[str, str]] = {
    "decided.points": ("加分", "bonus points"),
    "decided.points_item": (
        "{points} 分：{reason}（提名人 {nominated_by}，批准人 {approved_by}）",
        "{points} points: {reason} (nominated by {nominated_by}, approved by {approved_by})",
    ),
    "decided.points_effect": ("{points} 分", "{points} points"),
    "decided.points_capped": (
        "{points} 分（共批准 {granted} 分，方案最多计 {max} 分）",
        "{points} points ({granted} granted, the scheme counts {max} at most)",
    ),
    "decided.calibration": ("校准", "calibration"),
    "decided.calibration_finding": (
        "会议所见 {seen}，决定 {decided}：{reason}（决定人 {by}）",
        "the meeting saw {seen} and decided {decided}: {reason} (decided by {by})",
    ),
    "decided.meeting": ("会议：{meeting}", "meeting: {meeting}"),
    "decided.calibration.applied": ("计算得分 {computed} → {decided}", "computed {computed} → {decided}"),
    "decided.calibration.score_changed": (
        "◆ 未采用：计算得分现为 {computed}，须重新决定",
        "◆ not applied: the computed score is {computed} by now; to be decided again",
    ),
    "decided.calibration.not_complete": (
        "◆ 暂未采用：数据暂缺，得分未定",
        "◆ not applied yet: data is withheld, the score is not final",
    ),
    "decided.calibration.not_scored": ("◆ 未采用：没有得分", "◆ not applied: there is no score"),
    "decided.tile": ("经校准；计算得分 {computed}", "calibrated; the computed score is {computed}"),
    "decided.change": (
        "得分由校准决定，单项指标的变化不会直接改变它。",
        "The score was decided by calibration: no single KPI would have changed it.",
    ),
    "decided.award": ("奖项：{award}", "award: {award}"),
    "decided.award_finding": ("{reason}（批准人 {by}）", "{reason} (approved by {by})"),
    "decided.sentence": ("申诉审理中：{what}。", "Under appeal: {what}."),
    "decided.whole_card": ("整张绩效卡", "the whole card"),
    "decided.under_appeal": ("◆ 申诉审理中（{filed_on} 提出）", "◆ under appeal (filed on {filed_on})"),
    "decided.outcome.open": ("◆ 审理中", "◆ under appeal"),
    "decided.outcome.upheld": ("✓ 支持", "✓ upheld"),
    "decided.outcome.partly_upheld": ("✓ 部分支持", "✓ upheld in part"),
    "decided.outcome.rejected": ("⊗ 驳回", "⊗ rejected"),
    "decided.outcome.withdrawn": ("○ 已撤回", "○ withdrawn"),
    "decided.outcome_by": ("{outcome}：{reason}（裁定人 {by}）", "{outcome}: {reason} (decided by {by})"),
    "decided.appeal_hint": (
        "申诉本身不改变数字；若得到支持，更正以改判或调整写入，并在新版本中列出差额。",
        "An appeal changes no number by itself; what is upheld is corrected by an override or adjustment, and a new "
        "revision lists the difference.",
    ),
    "decided.about": ("所指", "About"),
    "decided.what": ("申诉内容", "Objection"),
    "decided.filed_on": ("提出日期", "Filed on"),
    "decided.outcome": ("结果", "Outcome"),
    "section.appeals": ("申诉", "Appeals"),
    "bonus.awards": ("奖项", "Awards"),
    "bonus.piece_rates": ("计件报酬", "Pay by the piece"),
    "bonus.piece_formula": ("{kpi}：{formula}", "{kpi}: {formula}"),
    "book.granted": ("批准的分数", "Granted"),
    "book.points_max": ("方案上限", "Most that counts"),
    "book.points_counted": ("计入的分数", "Counted"),
    "book.piece_per": ("每若干单位", "for every"),
    "book.piece_rate": ("单价", "rate"),
    "book.piece_cap": ("上限", "most"),
    "book.before_calibration": ("校准前得分（未舍入）", "Score before calibration, not rounded"),
    "book.computed": ("计算得分", "Computed score"),
    "book.decided": ("校准后的得分", "Score decided by calibration"),
    "explain.appeal": (
        "{about}，{filed_on} 提出：{what} — {outcome}",
        "{about}, filed on {filed_on}: {what} - {outcome}",
    ),
    "explain.piece": ("计件 {title}（{id}）：{amount}", "piece rate {title} ({id}): {amount}"),
}

#: key below `handbook.` -> (zh, en)
_HANDBOOK: dict[str, tuple[str, str]] = {
    "points.title": ("加分", "Bonus points"),
    "points.rule": (
        "指标之外的贡献可由他人提名、批准人批准后加分（reviews/bonus_point_nominations.csv），"
        "每人每期最多计 {max} 分。加在加权得分之后、作用于总分的否决与门槛之前：被清零的总分仍为 0。",
        "What no KPI counts can earn points that an approver grants (reviews/bonus_point_nominations.csv), at most "
        "{max} a person and period. They are added to the weighted score before vetoes and gates act on the total: "
        "what is set to 0 stays 0.",
    ),
    "pieces.title": ("计件报酬", "Pay by the piece"),
    "pieces.rule": (
        "{kpi}：每 {per} 计 {amount}，按比例计算，在奖金之外发放。",
        "{kpi}: {amount} for every {per}, in proportion, paid beside the bonus.",
    ),
    "pieces.cap": (
        "每期最多 {cap}；只在职部分天数的按天折算。",
        "At most {cap} a period; who is there for part of it has that part.",
    ),
    "pieces.no_cap": ("没有上限。", "There is no limit."),
    "pieces.period.month": ("只由月度发放。", "Paid by months only."),
    "pieces.period.quarter": ("只由季度发放。", "Paid by quarters only."),
    "pieces.period.year": ("只由年度发放。", "Paid by years only."),
    "pieces.withheld": (
        "数据暂缺时，最多暂扣至上限；没有上限时，待数据到齐后发放。",
        "While its data is withheld up to the limit is held; without a limit it is paid when the data arrive.",
    ),
    "decisions.title": ("人的决定", "What people decide"),
    "decisions.awards": (
        "奖项（reviews/award_approvals.csv）在奖金之外发放，不受个人上限限制，须由他人批准。",
        "Awards (reviews/award_approvals.csv) are paid beside the bonus, beyond any personal cap, approved by somebody "
        "else.",
    ),
    "decisions.calibration": (
        "校准会议可决定得分（reviews/calibration_decisions.csv）：在否决与门槛之后、计算奖金之前生效，绩效卡同时列出两个得分"
        "和理由；若此后计算得分有变，则不采用，须重新决定。",
        "A calibration meeting can decide a score (reviews/calibration_decisions.csv): it holds after vetoes and gates "
        "and before pay, and the card shows both scores and the reason. Where the computed score has changed since, it "
        "is not applied and has to be decided again.",
    ),
    "decisions.appeals": (
        "每个人都可申诉（reviews/appeals.csv）；审理中的申诉列在绩效卡上。",
        "Everybody can object (reviews/appeals.csv); open appeals stand on the card.",
    ),
}

#: key below `schemes.` -> (zh, en)
_SCHEMES: dict[str, tuple[str, str]] = {
    "step.bonus_points": ("加分后的得分", "Score with bonus points"),
    "step.calibration": ("校准后的得分", "Score after calibration"),
    "step.award": ("奖项", "Award"),
    "step.piece_rate": ("计件报酬", "Pay by the piece"),
    "step.held_piece_rate": ("最多还可发放的计件报酬", "Pay by the piece held, at most still to be paid"),
    "note.calibration_score_changed": (
        "校准会议所见得分为 {seen}，计算得分现为 {computed}：其决定（{decided}）未采用，须重新决定",
        "the calibration meeting saw a score of {seen}, the computed one is {computed} by now: its decision "
        "({decided}) is not applied; decide again",
    ),
    "note.calibration_not_complete": (
        "数据暂缺，得分未定（已知部分 {computed}）：校准决定（{seen} → {decided}）暂未采用，其可能减少的奖金先予暂扣",
        "data is withheld and the score not final ({computed} of what is known): the calibration decision ({seen} → "
        "{decided}) is not applied yet, and what it would take is held",
    ),
    "note.calibration_not_scored": (
        "没有得分（{computed}）：校准决定（{seen} → {decided}）未采用",
        "there is no score ({computed}): the calibration decision ({seen} → {decided}) is not applied",
    ),
    "note.bonus_points_not_taken": (
        "方案 {scheme} 不设加分：已批准的加分在该部分不计",
        "the scheme {scheme} takes no bonus points: those that were granted do not count there",
    ),
    "note.bonus_points_not_scored": (
        "没有适用的指标，不计分：已批准的加分不计",
        "no KPI applies and nothing is scored: the bonus points that were granted do not count",
    ),
    "note.piece_rate_waits": (
        "计件报酬 {rate} 数据暂缺且没有上限：待数据到齐后发放，现无可暂扣的金额",
        "the data of the piece rate {rate} is withheld and nothing limits it: it is paid when the data arrive, and no "
        "amount can be held until then",
    ),
    "decision.not_applied": (
        "{place} 第 {row} 行未采用：{why}。",
        "{place}, row {row} is not applied: {why}.",
    ),
    "decision.score_changed": (
        "计算得分已不是会议所见的得分（列 seen）；请查看草稿并重新决定",
        "the computed score is not the one that the meeting saw (column seen); look at the draft and decide again",
    ),
    "decision.not_complete": (
        "此人数据暂缺，得分未定；数据到齐后请再次运行",
        "data of this person is withheld and the score not final; run again when the data has arrived",
    ),
    "decision.not_scored": (
        "此人本期没有得分；请更正 person_id 或 period，或删去该行",
        "this person has no score in the period; correct person_id or period, or remove the row",
    ),
    "decision.bonus_points_not_taken": (
        "此人的方案不设加分；请在方案中加入 bonus_points，或删去该行",
        "this person's scheme takes no bonus points; add bonus_points to the scheme, or remove the row",
    ),
    "decision.bonus_points_not_scored": (
        "此人本期没有得分；请更正 person_id 或 period，或删去该行",
        "this person has no score in the period; correct person_id or period, or remove the row",
    ),
    "decision.no_card": (
        "此人本期没有绩效卡；请更正 person_id 或 period",
        "this person has no card in the period; correct person_id or period",
    ),
    "piece.not_additive": (
        "计件的指标必须是可累加的数量（sum 或 distinct），{kpi} 是 {aggregation}",
        "a piece rate needs a KPI that adds up (sum or distinct), and {kpi} is {aggregation}",
    ),
    "piece.not_additive.mend": (
        "换用可累加的指标，例如 article_reads",
        "Use a KPI that adds up, such as article_reads",
    ),
}

TEXTS: Entries = {
    **files(_FILES),
    **findings(_FINDINGS),
    **zh_en("cards.", _CARDS),
    **zh_en("handbook.", _HANDBOOK),
    **zh_en("schemes.", _SCHEMES),
}
