"""Scores and bonuses once more, from the documents, the scheme files and the company folder alone.

Belongs here: a second way to every score line, pool, bonus, team share and list, in plain fractions, written without a
look at `pipelines.scoring`, but for what an open calibration holds, where the documents are short; the lists were
written with `pipelines.reports` known, from the documents where these say more: numbers (`numbers`), who was what and
when (`company`), targets (`targets`), from a value to points (`curves`), what a role is measured by (`measures`), from
points to a score (`scores`, `calibrating`), from scores to money (`pay`, `shares`, `beside`), a whole period
(`period`), a second scheme beside it (`second`), the lists beside the cards (`lists`) and what they take from the
warehouse besides readings (`seeing`), and the comparison with what the project says (`comparing`, `comparing_lists`).
KPI readings are given; `tests/recompute` has their recomputation. Does not belong here: any import of the pipeline
but in the tests, which ask it for its own result.
"""
