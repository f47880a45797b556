"""Scores and bonuses once more, from the documents, the scheme files and the company folder alone.

Belongs here: a second way to every score line, pool, bonus and team share, in plain fractions, written without a
look at `pipelines.scoring`: numbers (`numbers`), who was what and when (`company`), targets (`targets`), from a
value to points (`curves`), what a role is measured by (`measures`), from points to a score (`scores`), from scores
to money (`pay`, `shares`), a whole period (`period`), and the comparison with what the project says (`comparing`).
KPI readings are given; `tests/recompute` has their recomputation. Does not belong here: any import of the pipeline
but in the tests, which ask it for its own result.
"""
