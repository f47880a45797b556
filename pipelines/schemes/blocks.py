"""What every block of a scheme file is made of: the strict base, texts in both languages, identifiers, requirement ids.

Belongs here: what blocks have in common. Does not belong here: any block of its own (`model`, `small`).
"""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Identifier = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]
#: One or more requirement ids, comma-separated: `000-K06, 000-K25`.
Requirement = Annotated[
    str, StringConstraints(pattern=r"^\d{3}-[A-Z]\d{1,2}[a-z]?(, \d{3}-[A-Z]\d{1,2}[a-z]?)*$", strip_whitespace=True)
]


class Block(BaseModel):
    """Base of every block: frozen, and a key that the model does not know is an error, not a silent no-op."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Label(Block):
    """A text that a person reads, in both languages."""

    zh: Annotated[str, Field(min_length=1)]
    en: Annotated[str, Field(min_length=1)]
