"""Telling people outside of the pipeline that a run failed, is blocked, withholds or is overdue.

The room's way in is `tell`. Belongs here: what an alert holds, where it goes, and sending it through Apprise (WeCom,
Feishu, DingTalk, Slack, mail and others). Does not belong here: noticing what happened (`pipelines.defs.alerts`, the
command line) and the words (`texts.alerts`).
"""

from pipelines.alerts.message import Alert, is_told_by_command, told_by_command, told_by_nobody
from pipelines.alerts.telling import tell

__all__ = ["Alert", "is_told_by_command", "tell", "told_by_command", "told_by_nobody"]
