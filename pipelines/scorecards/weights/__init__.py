"""Weights from experts' judgements as a table, as CSV, and as YAML for a scheme file, with what is doubtful about them.

Belongs here: how the results of `scoring.weights` and `scoring.delphi` are shown. Does not belong here: computing them.
"""

from pipelines.scorecards.weights.report import Report, weight_report

__all__ = ["Report", "weight_report"]
