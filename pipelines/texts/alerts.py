"""What an alert says: one title for each kind, and the lines below it.

Belongs here: the words, and those of what is wrong with an address. Does not belong here: when somebody is told
(`pipelines.defs.alerts`). No alert has a place for a person's name, id or amount, nor for the text of an error, which
may quote a cell.
"""

from __future__ import annotations

from pipelines.texts.shapes import Entries, en_zh, findings, zh_en

_ALERTS: dict[str, tuple[str, str]] = {
    "title.failed": ("绩效流水线：{period} 运行失败", "KPI Scorecards: the run of {period} failed"),
    "title.blocked": (
        "绩效流水线：{period} 因完整性检查被阻断，未发布",
        "KPI Scorecards: {period} is blocked by integrity; nothing was published",
    ),
    "title.withheld": (
        "绩效流水线：{period} 有结果暂缓",
        "KPI Scorecards: results of {period} are withheld",
    ),
    "title.overdue": (
        "绩效流水线：{period} 已过结账日，尚无绩效卡",
        "KPI Scorecards: {period} is past its closing day and has no cards",
    ),
    "job": ("作业：{job}", "Job: {job}"),
    "period": ("周期：{period}", "Period: {period}"),
    "step": ("步骤：{step}", "Step: {step}"),
    "due": ("结账日：{day}", "Closing day: {day}"),
    "lines": ("暂缓的得分行：{n}", "Score lines withheld: {n}"),
    "run": ("运行：{run}", "Run: {run}"),
    "link": ("链接：{link}", "Link: {link}"),
    "no_step": ("首个步骤之前，或进程被终止", "before its first step, or killed"),
}

_PROBLEMS: dict[str, tuple[str, str]] = {
    "unset": (
        "环境变量 {name} 未设置或为空",
        "the environment variable {name} is not set or empty",
    ),
    "open": (
        "{name} 可被其他用户读取：执行 chmod 600",
        "{name} can be read by others: chmod 600 it",
    ),
    "unreadable": (
        "{name} 中不是 Apprise 地址，例如 wecombot://KEY",
        "{name} holds no address that Apprise knows, such as wecombot://KEY",
    ),
    "unread": (
        "{place} 无法读取，其中指定的接收方未被通知；运行 scorecards status 查看原因",
        "{place} cannot be read, so nobody whom it names was told; `scorecards status` says what is wrong with it",
    ),
    "not_delivered": (
        "{name}：未能送达",
        "{name}: it could not be delivered",
    ),
}

#: code: (problem en, mend en, problem zh, mend zh)
_FINDINGS: dict[str, tuple[str, str, str, str]] = {
    "unknown_alert": (
        "nobody can be told of this",
        "use one of: {allowed}",
        "没有这种提醒",
        "可用：{allowed}",
    ),
    "not_a_variable": (
        "this is no name of an environment variable",
        "name the variable that holds the address, such as SCORECARDS_ALERT_WECOM; the address itself is a secret",
        "不是环境变量名",
        "填写存放地址的环境变量名，例如 SCORECARDS_ALERT_WECOM；地址本身是机密",
    ),
}

TEXTS: Entries = {
    **zh_en("alerts.", _ALERTS),
    **zh_en("alerts.problem.", _PROBLEMS),
    **findings(_FINDINGS),
    **en_zh(
        "company_file.",
        {
            "alerts": (
                "Who is told when a run fails, is blocked, withholds or is overdue (docs/operations.md#alerts).",
                "运行失败、被阻断、结果暂缓或逾期时通知谁（docs/operations.md#alerts）。",
            )
        },
    ),
}
