"""Lists and reports of a period: who is proposed, who needs support, where judges differ, which KPIs still tell.

Belongs here: pure functions from the traces of a period, its earlier periods and the company's rows to tables, one
module a family of reports. A list proposes and people decide: nothing here changes a score or an amount. Does not
belong here: reading seals or drafts and writing files (`pipelines.scorecards`), words (`pipelines.texts.reports`).
"""
