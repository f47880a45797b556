"""The company folder: its files as typed models, their loading, checking and templates.

Belongs here: everything that people keep by hand, and what can be said about it without an export. Does not belong
here: exports (`sources`, `landing`), schemes and scoring.
"""

from pipelines.company.findings import Finding, InputError
from pipelines.company.loader import load_company
from pipelines.company.model import Company

__all__ = ["Company", "Finding", "InputError", "load_company"]
