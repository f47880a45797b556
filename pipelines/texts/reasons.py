"""Why a KPI has no value, or a value with a reservation, and what the guards of the data found.

Belongs here: one text in Chinese and English for every reason_code of the warehouse, with the placeholders that the
code's reason_params fill. dbt_project/seeds/reason_catalogue.csv is a rendering of this module (dbt_project/render.py
writes it, a test holds it), so that the warehouse and the cards say the same. Does not belong here: when a code
applies; that is in dbt_project/models/intermediate.
"""

from __future__ import annotations

#: reason code -> (en, zh). Placeholders are filled from reason_params.
_REASONS: dict[str, tuple[str, str]] = {
    # not applicable: the weight is redistributed
    "no_responsibility": (
        "Nothing this KPI measures was assigned to this person in the period.",
        "期内该人员不负责本指标所衡量的任何对象。",
    ),
    "no_activity": (
        "No record of the period counts for this KPI, so there is nothing to measure.",
        "期内没有计入本指标的记录，无可衡量。",
    ),
    "zero_denominator": (
        "The denominator is zero or absent (for instance nothing was planned), so there is no ratio.",
        "分母为零或不存在（例如没有计划），因此没有比率。",
    ),
    "not_measurable": (
        "There are records, but none can be judged yet (for instance the history is too short).",
        "已有记录，但尚无一条可以判定（例如历史数据太短）。",
    ),
    # ok, with a remark
    "no_records": (
        "The source covers the period and holds no record for this person: zero.",
        "数据源覆盖本期且没有该人员的记录：为零。",
    ),
    # withheld: the pay is held
    "no_data": ("The source {family} has no data for {month}.", "数据源 {family} 没有 {month} 的数据。"),
    "no_stock": (
        "The last month of the period has no closing value.",
        "期内最后一个月没有期末值。",
    ),
    "gap_days": (
        "{family} {subject}: {days} of {expected} days are missing, from {first_day} to {last_day}.",
        "{family} {subject}：{expected} 天中缺少 {days} 天，自 {first_day} 至 {last_day}。",
    ),
    "late_source": (
        "{family} {subject}: the source ends on {last_day}, {days} days before the end of the period.",
        "{family} {subject}：数据止于 {last_day}，比期末早 {days} 天。",
    ),
    "volume_drop": (
        "{family} {subject}: {n} records against a median of {baseline} in the months before.",
        "{family} {subject}：{n} 条记录，而此前月份的中位数为 {baseline} 条，骤降。",
    ),
    "contradiction": (
        "{subject}: {n} records have different values in files of the same date, or zeros over earlier values.",
        "{subject}：{n} 条记录在同一日期的不同文件中数值矛盾，或原有数值被零覆盖。",
    ),
    "truncated_file": (
        "{family} {subject}: a file ends in the middle of a row, so rows are missing.",
        "{family} {subject}：有文件在行中间截断，缺少数据行。",
    ),
    "broken_rows": (
        "{family} {subject}: {n} rows could not be read ({share} % of the worst file).",
        "{family} {subject}：{n} 行无法读取（最差文件的 {share} %）。",
    ),
    "followers_missing": (
        "{subject}: {n} of {total} posts ({share} %) have no follower count on their day.",
        "{subject}：{total} 条帖子中有 {n} 条（{share} %）缺少当日粉丝数。",
    ),
    "original_flags_missing": (
        "{subject}: {n} of {total} posts ({share} %) have no originality flag.",
        "{subject}：{total} 条帖子中有 {n} 条（{share} %）没有原创标记。",
    ),
    "foreign_currency": (
        "{n} orders are in another currency ({currency}) and cannot be added up.",
        "{n} 笔订单为其他币种（{currency}），无法加总。",
    ),
    "review_missing": (
        "{family}: nothing of this person for {period}, while others of the same role have a review.",
        "{family}：同角色的其他人已有 {period} 的评定，该人员没有。",
    ),
    "review_incomplete": (
        "{family}: {n} items of {period} cannot be judged: a current value or one of the two ratings is missing.",
        "{family}：{period} 有 {n} 项无法评定，缺少当前值或两方评分之一。",
    ),
    "ratings_suppressed": (
        "{family}: every group of raters for {period} has fewer raters than the least number, so nothing is shown.",
        "{family}：{period} 的所有评分组人数均低于下限，不予显示。",
    ),
    "amount_missing": ("{n} won deals have no amount.", "{n} 个赢单没有金额。"),
    # provisional: the value may still move
    "immature_records": (
        "{subject}: {n} of {total} posts ({share} %) were measured before the agreed age.",
        "{subject}：{total} 条帖子中有 {n} 条（{share} %）在约定帖龄之前计量。",
    ),
    # notes
    "duplicate_rows_in_file": (
        "{family} {subject}: {n} rows repeat another row of the same file and were counted once.",
        "{family} {subject}：{n} 行与同一文件中的其他行重复，只计一次。",
    ),
    "duplicate_rows_across_files": (
        "{family} {subject}: {n} records were delivered by more than one file and were counted once.",
        "{family} {subject}：{n} 条记录由多个文件重复提供，只计一次。",
    ),
    "volume_rise": (
        "{family} {subject}: {n} records against a median of {baseline} in the months before, a sharp rise.",
        "{family} {subject}：{n} 条记录，而此前月份的中位数为 {baseline} 条，激增。",
    ),
    "rating_groups_suppressed": (
        "{family}: {n} groups of raters for {period} have fewer raters than the least number and do not count.",
        "{family}：{period} 有 {n} 个评分组人数低于下限，未计入。",
    ),
    "unassigned_share": (
        "{share} % of {kpi} is credited to nobody.",
        "{kpi} 有 {share} % 未归属到任何人。",
    ),
}

TEXTS: dict[str, dict[str, str]] = {
    f"reasons.{code}": {"en": english, "zh": chinese} for code, (english, chinese) in _REASONS.items()
}
