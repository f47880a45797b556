"""What the human files about the quality of data and their columns mean, in Chinese and English.

Belongs here: keys `file.<name>` and `file.<name>.<column>` of the files by which people check data. Does not belong
here: every other human file (`texts.files`).
"""

from __future__ import annotations

from pipelines.texts.shapes import Entries, FileWords, files

#: file -> (en, zh) of the file, then column -> (en, zh)
_FILES: dict[str, FileWords] = {
    "label_audit": (
        (
            "what people say that the labels of drawn records should be: how often labels are right; optional",
            "对抽样记录的标签进行人工复核，用于测定标签准确率，可选",
        ),
        {
            "month": (
                "month of the record, e.g. 2026-10; the list label_audit_sample of that month names the records",
                "记录所在月份，如 2026-10；抽样名单见当月的 label_audit_sample 清单",
            ),
            "label": (
                "sentiment (of a comment), originality (of a post) or follower (a new follower of an account)",
                "sentiment（评论情感）、originality（帖子原创性）或 follower（账号的新增粉丝）",
            ),
            "record_id": ("record as the list names it", "记录编号，与清单一致"),
            "found": (
                "what the label should be: positive, neutral or negative; original or not_original; spam or clean",
                "正确的标签：positive（正面）、neutral（中性）、negative（负面）；"
                "或 original（原创）、not_original（非原创）；或 spam（垃圾粉丝）、clean（正常粉丝）",
            ),
            "reviewer_id": (
                "person_id of who judged it; nobody judges what they are paid for",
                "复核人的 person_id；不得复核与本人奖金有关的记录",
            ),
            "judged_on": ("day on which it was judged", "复核日期"),
            "note": ("why, if that is not plain", "说明，可选"),
        },
    ),
}

TEXTS: Entries = files(_FILES)
