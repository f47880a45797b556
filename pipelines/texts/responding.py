"""What a card says around its period, in Chinese and English: the periods before, and what a reader may do with it.

Belongs here: keys of trends, acknowledging, objecting and signing. Does not belong here: the rest of a card (`cards`).
"""

from __future__ import annotations

from pipelines.texts.shapes import Entries, zh_en

_PLAIN: dict[str, tuple[str, str]] = {
    "trend.score": ("{period} {score}（{change}）", "{period}: {score} ({change})"),
    "trend.before": ("{period} {value}", "{period}: {value}"),
    "trend.alt": ("{kpi}的走势：{values}", "Trend of {kpi}: {values}"),
    "trend.join": ("，", ", "),
    "section.respond": ("确认与申诉", "Read it, and object if it is wrong"),
    "section.sign": ("签字", "Signatures"),
    "respond.draft": (
        "这是草稿：封存并向您出示之后，方可确认与申诉。",
        "This is a draft: it can be acknowledged and objected to once it is sealed and was shown to you.",
    ),
    "respond.portal": (
        "请在绩效卡门户 {url} 确认已阅，或提出申诉。确认仅表示已阅，不代表同意。",
        "Say on the portal, {url}, that you have read it, or object there. Having read it is not agreeing to it.",
    ),
    "respond.hr": (
        "请向人力资源部确认已阅，或提出申诉。确认仅表示已阅，不代表同意。",
        "Tell HR that you have read it, or object there. Having read it is not agreeing to it.",
    ),
    "respond.until": (
        "自本版向您出示之日起 {days} 个工作日内可以申诉。",
        "You may object within {days} working days after this revision was shown to you.",
    ),
    "respond.what": (
        "请写明涉及的指标、哪里不对、您认为正确的数值，以及可核对的依据（日期、记录编号、文件）。",
        "Name the KPI, what is wrong, what you hold right, and what it can be checked by: dates, record ids, files.",
    ),
    "respond.answer": (
        "申诉由打分人以外的人处理，{days} 天内答复；如结果有变，将发布新版本并列明差额。",
        "Somebody other than who rated you decides, and answers within {days} days. If the result changes, a new "
        "revision shows the difference.",
    ),
    "sign.person": ("本人", "Person"),
    "sign.manager": ("直属上级", "Manager"),
    "sign.hr": ("人力资源部", "HR"),
    "sign.date": ("日期", "Date"),
}

TEXTS: Entries = zh_en("cards.", _PLAIN)
