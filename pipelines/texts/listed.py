"""What is said of the files that lists read, in Chinese and English: actions, wishes, incentives of members, approvals.

Belongs here: these files and columns, what can be wrong with a row, the lists made from them alone, the note on a card.
Does not belong here: the other files (`files`), findings (`findings`) and lists (`reports`).
"""

from __future__ import annotations

from pipelines.texts.shapes import Entries, FileWords, files, findings, lists, zh_en

_PERSON = ("person_id of people.csv", "people.csv 中的 person_id")
_FROM = ("the first day on which the row holds", "生效的第一天")
_TO = ("the first day on which it no longer holds; empty = open", "不再生效的第一天；留空 = 一直有效")

#: file -> (en, zh) of the file, then column -> (en, zh)
_FILES: dict[str, FileWords] = {
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

#: list -> (zh title, en title, zh about, en about); placeholders are the numbers of the list's rule
_REPORTS: dict[str, tuple[str, str, str, str]] = {
    "pace": (
        "本期进度",
        "Pace of the period",
        "已过天数占比与目标完成比例对照，最落后者在前；{behind} 行落后。只有累计类指标按天推算期末值，其余为现值。",
        "The share of the days that have passed beside the share of the target that is reached, weakest first; "
        "{behind} lines are behind. Only what adds up is projected to the end, all else is its present value.",
    ),
    "weekly_progress": (
        "周进度",
        "Progress by week",
        "累计类指标按 ISO 周（公司时区）汇总卡片所列记录；没有记录的周为 0。",
        "What adds up, by ISO week in the company's time zone, from the records that the cards carry; a week without a "
        "record is 0.",
    ),
    "key_actions": (
        "关键动作",
        "Key actions",
        "看过程而不只看结果：本期 {weeks} 周，各类动作的次数、涉及周数与佐证；{silent} 人没有任何记录。",
        "Actions and not results only: of the period's {weeks} weeks, how often each kind was logged, in how many "
        "weeks and with how many proofs. {silent} people logged nothing.",
    ),
    "member_incentive_effect": (
        "会员激励前后对比",
        "Before and after incentives of members",
        "激励所触及月份与前后同样多的月份对比；只说明同期变化，不证明因果。n 为分母合计；月均少于 {least} 为人数不足。",
        "The months that an incentive touches beside as many before and after: what went with it, which proves no "
        "cause. n is the sum of the denominators; fewer than {least} a month on average are too few.",
    ),
    "scheme_approvals": (
        "方案的部门批准",
        "Approvals of schemes by departments",
        "本期有人员适用的方案版本与部门；{open} 项尚未批准。未批准不影响计酬，请补齐。",
        "Every scheme version and department with people under it; {open} of them lack an approval. Pay goes on "
        "without it: have it given.",
    ),
    "administrators": (
        "绩效管理员配置",
        "Administrators",
        "每 {each} 名活跃用户配 1 名管理员；管理员为岗位 {roles} 的在岗人员，活跃用户为本期群内活跃成员（去重）。",
        "One administrator for every {each} active users. Administrators hold a role of: {roles}; active users are "
        "members of groups who were active in the period, each once.",
    ),
}

_COLUMNS: dict[str, tuple[str, str]] = {
    "active_users": ("活跃用户", "Active users"),
    "activity": ("动作", "Action"),
    "administrators": ("管理员", "Administrators"),
    "administrators_needed": ("应配管理员", "Needed"),
    "approved_on": ("批准日期", "Approved on"),
    "approver": ("批准人", "Approved by"),
    "change_after": ("之后变化", "After, change"),
    "change_during": ("期间变化", "During, change"),
    "cost": ("成本", "Cost"),
    "days_passed": ("已过天数占比", "Days passed"),
    "ends_on": ("结束（次日）", "Until before"),
    "incentive_id": ("激励", "Incentive"),
    "incentives": ("同期激励", "Incentives of the month"),
    "last_on": ("最近一次", "Last on"),
    "mechanism": ("机制", "Mechanism"),
    "n_after": ("之后 n", "n after"),
    "n_before": ("之前 n", "n before"),
    "n_during": ("期间 n", "n during"),
    "projected": ("期末推算", "Projected"),
    "proofs": ("有佐证", "With proof"),
    "scheme_version": ("版本", "Version"),
    "starts_on": ("开始", "From"),
    "target_reached": ("目标完成比例", "Target reached"),
    "value_after": ("之后", "After"),
    "value_before": ("之前", "Before"),
    "value_during": ("期间", "During"),
    "week": ("周", "Week"),
    "weeks": ("涉及周数", "Weeks"),
    "wish_notes": ("本人说明", "In their words"),
    "wishes": ("奖励偏好", "Wishes"),
}

_CODES: dict[str, tuple[str, str]] = {
    "done": ("已开展", "done"),
    "not_done": ("未开展", "not done"),
    "nothing_logged": ("无任何记录", "nothing logged"),
    "records_so_far": ("按已到记录，未核准", "records so far, not confirmed"),
    "running": ("进行中", "still running"),
    "compared": ("可对比", "compared"),
    "approved": ("已批准", "approved"),
    "approved_late": ("期初后才批准", "approved after it began"),
    "not_approved": ("未批准", "not approved"),
    "enough": ("足额", "enough"),
    "too_few_administrators": ("不足", "too few"),
    # kinds of actions
    "event_planning": ("活动策划", "event planning"),
    "user_interview": ("用户访谈", "user interview"),
    "coaching": ("辅导", "coaching"),
    "content_planning": ("内容规划", "content planning"),
    "member_care": ("成员关怀", "care of members"),
    "data_review": ("数据复盘", "review of data"),
    "training": ("培训", "training"),
    "other": ("其他", "other"),
    # wishes
    "public_praise": ("公开表扬", "public praise"),
    "private_thanks": ("私下致谢", "thanks in private"),
    "conference": ("参会", "conference"),
    "bigger_project": ("更大项目", "bigger project"),
    "rotation": ("轮岗", "rotation"),
    "flexible_hours": ("弹性时间", "flexible hours"),
    "days_off": ("休假", "days off"),
    "team_event": ("团队活动", "team event"),
    "gift": ("礼品", "gift"),
    # mechanisms
    "rewards": ("奖励", "rewards"),
    "status": ("身份荣誉", "status"),
    "interaction": ("互动", "interaction"),
    "content": ("内容奖励", "rewards for content"),
    "social": ("社交", "social"),
}

_NOTES: dict[str, tuple[str, str]] = {
    "no_activity_log": (
        "本期没有关键动作记录（reviews/activity_log），因此不列任何人。",
        "Nobody logged an action in this period (reviews/activity_log), so nobody is listed.",
    ),
    "no_incentives": (
        "没有会员激励记录（reviews/member_incentives）。",
        "No incentive of members is on file (reviews/member_incentives).",
    ),
    "no_approvals": (
        "没有方案批准记录（people/scheme_approvals）。",
        "No approval of a scheme is on file (people/scheme_approvals).",
    ),
    "no_active_users": (
        "数据仓库没有本期的群内活跃成员，无法判断。",
        "The warehouse knows of no active member of a group in this period, so nothing can be told.",
    ),
    "no_days_told": (
        "没有导出文件说明数据到哪一天，按整个期间计算。",
        "No export says until which day it speaks, so the whole period counts as passed.",
    ),
    "weeks_left_out": (
        "{count} 行指标的记录多于卡片所留，不按周列出。",
        "{count} lines have more records than a card keeps and are not told by week.",
    ),
}

TEXTS: Entries = {
    **lists(_REPORTS),
    **zh_en("reports.column.", _COLUMNS),
    **zh_en("reports.code.", _CODES),
    **zh_en("reports.note.", _NOTES),
    "reasons.member_incentive": {
        "zh": "会员激励 {incentive}（{what}）触及本月，活跃可能受其影响；得分不因此改变。",
        "en": "Incentive {incentive} ({what}) touched this month and may have moved activity; it changes no score.",
    },
    **files(_FILES),
    **findings(_FINDINGS),
}
