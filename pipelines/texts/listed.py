"""What is said of the files that lists read, in Chinese and English: actions, wishes, incentives of members, approvals.

Belongs here: these files and columns, what can be wrong with a row, the lists made from them alone, the note on a card.
Does not belong here: the other files (`files`), findings (`findings`) and lists (`reports`).
"""

from __future__ import annotations

_PERSON = ("person_id of people.csv", "people.csv 中的 person_id")
_FROM = ("the first day on which the row holds", "生效的第一天")
_TO = ("the first day on which it no longer holds; empty = open", "不再生效的第一天；留空 = 一直有效")

#: file -> (en, zh) of the file, then column -> (en, zh)
_FILES: dict[str, tuple[tuple[str, str], dict[str, tuple[str, str]]]] = {
    "activity_log": (
        (
            "key actions of the week, as people log them; no score is made from it, only a list; optional",
            "每周关键动作记录；不计分，仅供“关键动作”名单使用；可选",
        ),
        {
            "done_on": ("the day, such as 2026-10-15", "发生日期，例如 2026-10-15"),
            "person_id": _PERSON,
            "kind": (
                "event_planning, user_interview, coaching, content_planning, member_care, data_review, training "
                "or other",
                "event_planning（活动策划）、user_interview（用户访谈）、coaching（辅导）、content_planning（内容规划）、"
                "member_care（成员关怀）、data_review（数据复盘）、training（培训）或 other（其他）",
            ),
            "what": (
                "what was done, in one sentence; name no customer",
                "做了什么，一句话；请勿写客户姓名",
            ),
            "with_whom": (
                "with whom or where, as a role or place; may be empty",
                "与谁或在何处，写角色或场所；可留空",
            ),
            "proof": (
                "where it can be seen, such as a link or document; may be empty",
                "佐证所在，例如链接或文档；可留空",
            ),
        },
    ),
    "preferences": (
        (
            "what reward each person wishes for, said freely; shown to HR beside candidates, nowhere else; optional",
            "本人自愿填写的奖励偏好；仅在人力资源名单的候选人旁显示，别处不出现；可选",
        ),
        {
            "person_id": _PERSON,
            "wish": (
                "public_praise, private_thanks, training, conference, bigger_project, rotation, autonomy, "
                "flexible_hours, days_off, team_event, gift or other",
                "public_praise（公开表扬）、private_thanks（私下致谢）、training（培训）、conference（参会）、"
                "bigger_project（更大项目）、rotation（轮岗）、autonomy（自主权）、flexible_hours（弹性时间）、"
                "days_off（休假）、team_event（团队活动）、gift（礼品）或 other（其他）",
            ),
            "note": ("in one's own words; needed for other", "本人原话；other 时必填"),
            "valid_from": _FROM,
            "valid_to": _TO,
        },
    ),
    "member_incentives": (
        (
            "incentives given to members of groups or to users; marks the months of activity that they touch; optional",
            "对社群成员或用户的激励；所触及月份的活跃指标会加注；可选",
        ),
        {
            "incentive_id": ("short id that never changes", "永不更改的简短编号"),
            "mechanism": (
                "rewards, status, interaction, content (rewards for content) or social",
                "rewards（奖励）、status（身份荣誉）、interaction（互动）、content（内容奖励）或 social（社交）",
            ),
            "what": ("what was given, in one sentence", "激励内容，一句话"),
            "scope": (
                "company (everywhere), community, group or account",
                "company（全部）、community、group 或 account",
            ),
            "scope_id": ("which one; empty for company", "具体对象；company 时留空"),
            "valid_from": ("its first day", "第一天"),
            "valid_to": ("the first day after it; empty = still running", "结束后的第一天；留空 = 仍在进行"),
            "cost": (
                "cost of the whole window in the company's currency, divided by days; that of a community or group "
                "counts in community ROI and stands in no row of costs.csv; empty = not known",
                "整个期间的成本，按天分摊；社群与群的计入社群 ROI，勿再写入 costs.csv；空 = 未知",
            ),
            "approved_by": (
                "person_id of an approver of company.yaml; needed where a cost is stated",
                "company.yaml 中批准人的 person_id；填写成本时必填",
            ),
        },
    ),
    "scheme_approvals": (
        (
            "which department approved which version of a scheme; optional",
            "各部门对方案版本的批准；可选",
        ),
        {
            "scheme_id": ("the scheme, such as 000", "方案，例如 000"),
            "version": ("its version, such as 1.0.0", "方案版本，例如 1.0.0"),
            "team_id": ("the department: a team_id of positions.csv", "部门：positions.csv 中的 team_id"),
            "approved_by": ("person_id of who spoke for the department", "代表部门批准的人员 person_id"),
            "approved_on": ("the day of the approval", "批准日期"),
        },
    ),
}

#: code -> (problem en, mend en, problem zh, mend zh)
_FINDINGS: dict[str, tuple[str, str, str, str]] = {
    "wish_not_said": (
        "another wish is not said in words",
        "write it in note, or choose one of the kinds",
        "选择 other 但未说明",
        "请在 note 中写明，或选择其他类别",
    ),
    "incentive_scope_has_id": (
        "an incentive given everywhere has a scope_id",
        "empty scope_id or change scope",
        "面向全部的激励填写了 scope_id",
        "请清空 scope_id 或更改 scope",
    ),
    "cost_without_end": (
        "a cost cannot be divided over days without an end",
        "write the first day after the incentive, or empty cost while it runs",
        "没有结束日，成本无法按天分摊",
        "请填写结束后的第一天；仍在进行时请清空 cost",
    ),
    "cost_without_approval": (
        "a cost counts in a KPI, but nobody has approved it",
        "fill in an approver of company.yaml",
        "成本会计入指标，但无人批准",
        "请填写 company.yaml 中的批准人",
    ),
    "incentive_cost_twice": (
        "row {other} of {costs} states member incentives of {month} for the same object too, and would count twice",
        "keep it in one of the two files",
        "{costs} 第 {other} 行已为同一对象填写 {month} 的会员激励成本，会重复计算",
        "请只保留在其中一个文件",
    ),
    "acted_outside_employment": (
        "{person} was not employed on that day",
        "correct the day or people/people.csv",
        "{person} 当天不在职",
        "请更正日期或 people/people.csv",
    ),
}

TEXTS: dict[str, dict[str, str]] = {
    **{f"file.{name}": {"en": about[0], "zh": about[1]} for name, (about, _) in _FILES.items()},
    **{
        f"file.{name}.{column}": {"en": english, "zh": chinese}
        for name, (_, columns) in _FILES.items()
        for column, (english, chinese) in columns.items()
    },
    **{
        f"finding.{code}.{part}": {"en": english, "zh": chinese}
        for code, (problem_en, mend_en, problem_zh, mend_zh) in _FINDINGS.items()
        for part, english, chinese in (("problem", problem_en, problem_zh), ("mend", mend_en, mend_zh))
    },
}
