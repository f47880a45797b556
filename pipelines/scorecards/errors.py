"""What can stand in the way of sealing or of trusting a seal, each with the mend in its message.

Belongs here: the exceptions of this room. Defects of input files are plain `InputError`s of the company room.
"""

from __future__ import annotations

from pipelines.company.findings import Finding, InputError


class SealRefusedError(InputError):
    """Sealing cannot be done as asked: no draft, no right to approve, already sealed. Exit code 2, like bad input."""

    def __init__(self, where: str, problem: str, mend: str, value: str = ""):
        super().__init__([Finding(where, value=value, problem=problem, mend=mend)])


class IntegrityError(Exception):
    """Files differ from their recorded hashes, or results do not conserve money. Exit code 3."""
