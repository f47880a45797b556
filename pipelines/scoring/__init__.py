"""Scores and bonuses: pure functions over Decimals, no input or output.

Belongs here: attainment, curves, effects, scores, what people decided, pools, amounts beside the bonus, the ledger and
the trace that tells how each came about; the weights that experts' judgements come to. Does not belong here: reading
(`pipelines.schemes`, `pipelines.company`, `pipelines.warehouse`) and showing (`pipelines.scorecards`).
"""

from pipelines.scoring.beside import Beside, OtherScore
from pipelines.scoring.decisions import AppealInput, AwardInput, CalibrationInput, DecisionInput, PointsInput
from pipelines.scoring.gaming import IncidentInput
from pipelines.scoring.inputs import (
    AdjustmentInput,
    CarriedReading,
    CommunityInput,
    FinanceInput,
    KpiReading,
    PaidInput,
    PaidMonth,
    ReviewInput,
    SegmentInput,
    TargetInput,
)
from pipelines.scoring.ledger import ConservationError, LedgerEntry
from pipelines.scoring.period import PeriodResult, score_period
from pipelines.scoring.shock_inputs import EventInput, PeerInput, ShockInput
from pipelines.scoring.trace import PersonTrace, PoolTrace

__all__ = [
    "AdjustmentInput",
    "AppealInput",
    "AwardInput",
    "Beside",
    "CalibrationInput",
    "CarriedReading",
    "CommunityInput",
    "ConservationError",
    "DecisionInput",
    "EventInput",
    "FinanceInput",
    "IncidentInput",
    "KpiReading",
    "LedgerEntry",
    "OtherScore",
    "PaidInput",
    "PaidMonth",
    "PeerInput",
    "PeriodResult",
    "PersonTrace",
    "PointsInput",
    "PoolTrace",
    "ReviewInput",
    "SegmentInput",
    "ShockInput",
    "TargetInput",
    "score_period",
]
