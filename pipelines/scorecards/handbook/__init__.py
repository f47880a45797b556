"""The handbook of a scheme: the file that computes, told in plain words to the people whom it governs.

Belongs here: what a scheme and the engine do, said in Chinese and English with every number. Does not belong here: the
results of a person (the cards), the rules themselves (`pipelines.schemes`, `pipelines.scoring`).

Nothing is said that the file does not state or the engine does not do: numbers come from the scheme's model, worked
examples from the functions that score and pay, names and formulas of KPIs from the catalogue.
"""

from pipelines.scorecards.handbook.contents import handbook
from pipelines.scorecards.handbook.files import render_changes, render_handbook

__all__ = ["handbook", "render_changes", "render_handbook"]
