"""What schemes, scoring, cards and the handbook say of true-ups: months settled by a quarter's or a year's result.

Belongs here: keys `schemes.true_up.*`, `advice.true_up.*`, steps and notes of true-ups, `cards.true_up.*` and
`handbook.true_up.*`. Does not belong here: the rest of pay (`schemes`, `handbook`).
"""

from __future__ import annotations

from pipelines.texts.shapes import Entries, with_mends, zh_en

# key: (zh, en, mend in zh, mend in en)
_FINDINGS: dict[str, tuple[str, str, str, str]] = {
    "schemes.true_up.pool": (
        "奖金池不能按结果多退少补：每人从池中所得还取决于他人的得分",
        "a pool has nothing to true up: what somebody gets of it depends on the others' scores too",
        "删去 true_up，或改为按个人得分付酬（individual）",
        "Remove true_up, or pay by the own score (individual)",
    ),
    "schemes.true_up.no_month": (
        "月度不发放奖金（shares.month 为 0），没有可以结算的金额",
        "months pay nothing (shares.month is 0), so there is nothing to settle",
        "删去 true_up，或提高 shares.month",
        "Remove true_up, or raise shares.month",
    ),
    "advice.true_up.before": (
        "{kpi} 按年度计分，季度结算时尚未计入",
        "{kpi} counts by year: the true-up of a quarter settles without it",
        "如需计入，将 of 改为 year",
        "Let the year settle (of: year), if it is to count",
    ),
    "advice.true_up.floor": (
        "差额为负时按 0 计：月度多发的部分不再收回，超出周期结果应得的金额",
        "a difference below 0 is dropped: months that paid too much keep it, beyond what the period's result brings",
        "确认这是约定；否则用 offset（从后续发放中扣回）或 carry（结转到以后的结算）",
        "Make sure that this was promised; else use offset (taken from the next payout) or carry (kept for later ones)",
    ),
}

_PLAIN: dict[str, tuple[str, str]] = {
    "schemes.step.true_up_due": ("按本期结果，各月应发", "What the months come to by this period's result"),
    "schemes.step.true_up_paid": ("各月已发（封存版本）", "Paid by the months (sealed revisions)"),
    "schemes.step.true_up_balance": ("此前结转的余额", "Balance carried from before"),
    "schemes.step.true_up": ("结算差额", "True-up"),
    "schemes.step.held_true_up": ("最多还可结算的差额", "True-up held, at most still to be paid"),
    "schemes.note.true_up_waits": (
        "结算暂缓：{of} 尚未封存，已发金额不明。封存后重新运行本期即可结算",
        "the true-up waits: {of} is not sealed, so what was paid is not known. Seal it and run this period again",
    ),
    "schemes.note.true_up_not_scored": (
        "本期没有可计分的结果，不作结算：各月已发的金额不变",
        "this period has no result of its own, so nothing is settled: what the months paid stands",
    ),
    "cards.bonus.true_ups": ("结算差额（多退少补）", "True-up of the months"),
    "cards.true_up.waits": ("{months} 尚未封存，已发金额不明", "{months} is not sealed: what was paid is not known"),
    "cards.true_up.open": (
        "部分数据暂缺，周期结果未定",
        "data is withheld and the result of the period not final",
    ),
    "cards.true_up.release_waits": ("封存 {months} 后重新运行本期", "Seal {months} and run this period again"),
    "cards.true_up.release_open": ("数据到齐后重新运行本期", "Run this period again when the data has arrived"),
    "cards.book.true_up_due": ("按本期结果，各月应发", "the months by this period's result"),
    "cards.book.true_up_paid": ("{month} 已发（{revision}）", "paid in {month} ({revision})"),
    "cards.book.true_up_balance": ("{period} 结转的余额", "balance carried from {period}"),
    "handbook.true_up.title": ("多退少补的结算", "True-up"),
    "handbook.true_up.quarter": (
        "各月先按当月得分发放；季度结束后，按季度得分重新计算这几个月应发的金额（各月的天数照旧），与各月已发之和的差额在季度结算。",
        "Months pay by their own scores first. The quarter then works out what its months would have paid by the "
        "quarter's score, with the days of each month as they were, and settles the difference from what they paid.",
    ),
    "handbook.true_up.year": (
        "各月先按当月得分发放；年度结束后，按年度得分重新计算这一年各月应发的金额（各月的天数照旧），与各月已发之和的差额在年度结算。",
        "Months pay by their own scores first. The year then works out what its months would have paid by the year's "
        "score, with the days of each month as they were, and settles the difference from what they paid.",
    ),
    "handbook.true_up.negative.offset": (
        "差额为负时列为扣减，从后续发放中扣回；最多扣回各月已发的金额。",
        "A difference below 0 is a negative line, taken from what is paid next; never more than the months paid.",
    ),
    "handbook.true_up.negative.floor": (
        "差额为负时按 0 计：月度多发的部分不再收回。",
        "A difference below 0 is dropped: what the months paid too much is kept.",
    ),
    "handbook.true_up.negative.carry": (
        "差额为负时不扣减，作为余额结转，抵减以后结算的正差额。",
        "A difference below 0 takes nothing; it is carried as a balance that reduces later true-ups.",
    ),
    "handbook.true_up.sealed": (
        "已发金额取自各月最新的封存版本；有月份尚未封存时，结算暂缓并注明原因。",
        "What was paid is read from the newest sealed revision of each month; while one is not sealed, the true-up "
        "waits and says so.",
    ),
    "handbook.true_up.withheld": (
        "数据暂缺时，只结算无论结果如何都确定的部分，可能再发的部分暂扣：缺数据既不多发，也不扣回。",
        "While data is withheld, only what is certain whatever it turns out to be is settled, and what may still be "
        "paid is held: missing data neither pays nor takes back.",
    ),
}

TEXTS: Entries = {**with_mends("", _FINDINGS), **zh_en("", _PLAIN)}
