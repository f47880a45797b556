"""Scorecards: one trace per person becomes HTML, XLSX and CSV; drafts, seals, verification, explanation.

Belongs here: showing and sealing results, also the weights of `scorecards weights`. Does not belong here:
scoring (`pipelines.scoring`), reading the warehouse (`pipelines.warehouse`), words (`pipelines.texts`).

The names below are the room's interface; they load their modules when first used, so that a command which only asks
for the sealed months does not import the template engine.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pipelines.scorecards.drafts import Built, build_draft, draft_summary, sealed_months
    from pipelines.scorecards.errors import IntegrityError, SealRefusedError
    from pipelines.scorecards.evidence import EvidenceProvider, EvidenceRow, QualityNote
    from pipelines.scorecards.explaining import explain
    from pipelines.scorecards.sealing import seal
    from pipelines.scorecards.verifying import Recompute, Verification, verify

_HOMES = {
    "Built": "drafts",
    "build_draft": "drafts",
    "draft_summary": "drafts",
    "sealed_months": "drafts",
    "IntegrityError": "errors",
    "SealRefusedError": "errors",
    "EvidenceProvider": "evidence",
    "EvidenceRow": "evidence",
    "QualityNote": "evidence",
    "explain": "explaining",
    "seal": "sealing",
    "Recompute": "verifying",
    "Verification": "verifying",
    "verify": "verifying",
}

__all__ = [
    "Built",
    "EvidenceProvider",
    "EvidenceRow",
    "IntegrityError",
    "QualityNote",
    "Recompute",
    "SealRefusedError",
    "Verification",
    "build_draft",
    "draft_summary",
    "explain",
    "seal",
    "sealed_months",
    "verify",
]


def __getattr__(name: str) -> Any:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.{home}"), name)
