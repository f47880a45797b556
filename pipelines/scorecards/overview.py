"""What may be told of a period to whoever runs the pipeline: counts, and nothing that is one person's.

Belongs here: the counts of a bundle and the hiding of small ones. Pure. Does not belong here: how Dagster shows them
(`defs.shown`), the distribution that HR sees (`reports`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from pipelines.scorecards.certified import GRAVITY

#: The classes of printed scores: each from its lower end on.
CLASSES = (
    ("below 60", 0),
    ("60 to 69", 60),
    ("70 to 79", 70),
    ("80 to 89", 80),
    ("90 to 99", 90),
    ("100 and more", 100),
)


@dataclass(frozen=True)
class FamilyQuality:
    """What the certificate says of the figures of one source family.

    Attributes:
        family: the family of sources.
        statuses: how many figures have each status, the gravest status first.
        quality: the lowest quality of its figures, 0 to 1.
    """

    family: str
    statuses: Mapping[str, int]
    quality: Decimal


@dataclass(frozen=True)
class Overview:
    """A period in counts.

    Attributes:
        people: how many have a card.
        lines: how many score lines there are.
        statuses: how many of them have each status.
        held: how much pay is held in all; None where it is that of too few people.
        schemes: the schemes and their versions.
        scores: people by class of score; None where a count is not told.
        certificate: the certificate by family of sources.
    """

    people: int
    lines: int
    statuses: Mapping[str, int]
    held: Decimal | None
    schemes: tuple[str, ...]
    scores: tuple[tuple[str, int | None], ...]
    certificate: tuple[FamilyQuality, ...]


def overview(bundle: Mapping[str, Any], least: int) -> Overview:
    """Count a bundle.

    Args:
        bundle: the results of a period.
        least: how many people a count needs to be told, and an amount to be that of, `ListSettings.least_shown`.
    """
    segments = [segment for trace in bundle["traces"] for segment in trace["segments"]]
    lines = [line for segment in segments for line in segment["lines"]]
    held = [amount for trace in bundle["traces"] if (amount := Decimal(str(trace["bonus"]["held"] or 0)))]
    printed = [Decimal(trace["printed_score"]) for trace in bundle["traces"] if trace["printed_score"] is not None]
    return Overview(
        people=len(bundle["traces"]),
        lines=len(lines),
        statuses=dict(sorted(Counter(str(line["status"]) for line in lines).items())),
        held=sum(held, Decimal(0)) if len(held) >= least or not held else None,
        schemes=tuple(sorted({f"{one['scheme_id']} {one['scheme_version']}" for one in segments if one["scheme_id"]})),
        scores=score_classes(printed, least),
        certificate=_by_family((bundle.get("certificate") or {}).get("rows", ())),
    )


def score_classes(scores: Sequence[Decimal], least: int) -> tuple[tuple[str, int | None], ...]:
    """How many people have a score of each class; a count below `least` is hidden.

    Whoever knows how many people there are knows how many the hidden classes have together. So the next smallest
    classes are hidden too until that is no small count itself, it is of more than one class, and it is more than one
    person a class, for an empty class is told. Where there are too few people for a class to be hidden and another to
    be told, none is told. No hidden count can then be worked out from what is told; somebody who also knows this rule
    can at times tell which of few counts it is.
    """
    counts = [0] * len(CLASSES)
    for score in scores:
        counts[max((n for n, (_, low) in enumerate(CLASSES) if score >= low), default=0)] += 1
    hidden = _hidden(counts, least)
    told = (None if n in hidden else count for n, count in enumerate(counts))
    return tuple((name, count) for (name, _), count in zip(CLASSES, told, strict=True))


def _hidden(counts: Sequence[int], least: int) -> set[int]:
    """The classes that are not told, by their place."""
    hidden = {n for n, count in enumerate(counts) if 0 < count < least}
    if not hidden:
        return set()
    if sum(counts) < 2 * least:
        return set(range(len(counts)))
    others = sorted((n for n, count in enumerate(counts) if count >= least), key=lambda n: counts[n])
    while len(hidden) < 2 or sum(counts[n] for n in hidden) < max(least, len(hidden) + 1):
        hidden.add(others.pop(0))
    return hidden


def _by_family(rows: Sequence[Mapping[str, Any]]) -> tuple[FamilyQuality, ...]:
    found: dict[str, list[Mapping[str, Any]]] = {}
    for row in rows:
        found.setdefault(row["family"], []).append(row)
    return tuple(
        FamilyQuality(
            family,
            {status: sum(row["status"] == status for row in listed) for status in GRAVITY},
            min(Decimal(row["quality"]) for row in listed),
        )
        for family, listed in sorted(found.items())
    )
