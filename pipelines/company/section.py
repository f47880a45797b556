"""What every block of company.yaml has in common.

Belongs here: the base of the blocks and the reading of lists. Does not belong here: any key (`company.settings`,
`company.list_settings`).
"""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict

from pipelines.company.fields import Text, wrong


class Section(BaseModel):
    """A mapping of company.yaml; a key that it does not know is a defect."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


def listed(value: object) -> tuple[object, ...]:
    """Read a list; anything else is a defect."""
    if isinstance(value, list | tuple):
        return tuple(value)
    raise wrong("not_a_list")


def distinct(value: object) -> tuple[object, ...]:
    """Read a list whose items differ, compared without letter case and outer space."""
    items = listed(value)
    seen: set[str] = set()
    for item in items:
        form = " ".join(str(item).split()).casefold()
        if form in seen:
            raise wrong("listed_twice", item=item)
        seen.add(form)
    return items


Texts = Annotated[tuple[Text, ...], BeforeValidator(distinct)]
