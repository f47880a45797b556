"""What `scorecards weights` prints of a file of experts' judgements, with what is doubtful about them.

Belongs here: putting the parts together. Does not belong here: the arithmetic (`scoring.weights`, `scoring.delphi`),
what is wrong with the file (`company.expert_rules`).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from pipelines.company.expert_rounds import ExpertFile
from pipelines.company.findings import Finding
from pipelines.scorecards.weights.doubts import doubts
from pipelines.scorecards.weights.files import csv_lines, yaml_lines
from pipelines.scorecards.weights.judged import (
    Style,
    weigh,
)
from pipelines.scorecards.weights.table import table
from pipelines.scoring.numbers import HUNDRED


@dataclass(frozen=True)
class Report:
    """What is printed of a file.

    Attributes:
        printed: for standard output, without a last line break.
        warnings: what is doubtful though nothing is wrong, for standard error.
    """

    printed: str
    warnings: tuple[Finding, ...]


def weight_report(file: ExpertFile, form: str, lang: str, decimals: int = 2, total: Decimal = HUNDRED) -> Report:
    """Work out and word the weights of every study of a file.

    Args:
        file: sound judgements.
        form: `table`, `csv` or `yaml`.
        lang: the language of tables, comments and warnings, `zh` or `en`.
        decimals: digits after the point of weights in per cent.
        total: what the printed weights of a study sum to exactly.

    Raises:
        ValueError: when the total has more decimals than the weights.
    """
    style = Style(lang, decimals, total)
    weighed = [weigh(study) for study in file.studies]
    lines = {"table": table, "csv": csv_lines, "yaml": yaml_lines}[form](weighed, style)
    warnings = tuple(finding for one in weighed for finding in doubts(one, file.name, style))
    return Report("\n".join(lines), warnings)
