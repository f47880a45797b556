"""What a card says on paper alone, in Chinese and English: pages, where the records are, lost characters.

Belongs here: keys `cards.paper.*`. Does not belong here: everything that the PDF shares with the HTML card (`cards`).
"""

from __future__ import annotations

from pipelines.texts.shapes import Entries, zh_en

_PLAIN: dict[str, tuple[str, str]] = {
    "page": ("第 {page} 页，共 {pages} 页", "Page {page} of {pages}"),
    "evidence": (
        "每条记录连同文件与行号、每项指标的规则与限制，见同名 HTML 记分卡，以及工作簿的“依据”页和“规则”页。",
        "Every record with its file and row, and the rule and limits of each KPI, stand in the HTML card of the same "
        "name and in its workbook, sheets Evidence and Rules.",
    ),
    "evidence.kpi": ("指标", "KPI"),
    "evidence.made": ("数值的由来", "How the value is made up"),
    "results": (
        "全部结果的 SHA-256（manifest.json：results_sha256）",
        "SHA-256 of all results (manifest.json: results_sha256)",
    ),
    "lost": (
        "本文件的字体没有下列字符，以码位代替显示：{codes}",
        "The fonts of this file lack these characters, which stand as their code points: {codes}",
    ),
}

TEXTS: Entries = zh_en("cards.paper.", _PLAIN)
