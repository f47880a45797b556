"""docs/mutants.md: how many mutants of each model the tests have seen, and every survivor with its reason.

Belongs here: the figures and the page. A mutant counts as seen when a test killed it, or when a reason says that it is
no different program (equivalent); invalid ones count neither way. A survivor with another reason stays a survivor.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from mutants.points import points
from mutants.project import Target
from mutants.trial import INVALID, KILLED, SURVIVED, Result

#: What the tests must see of all valid mutants.
WANTED = 0.95
REASONS = Path(__file__).with_name("reasons.yaml")


@dataclass(frozen=True)
class Reason:
    """Why a survivor is accepted.

    Attributes:
        equivalent: no rows can tell the mutant from the code.
        why: the explanation.
    """

    equivalent: bool
    why: str


Reasons = Mapping[tuple[str, str], Reason]


def reasons(path: Path = REASONS) -> dict[tuple[str, str], Reason]:
    """(target, key) -> reason."""
    document = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
    return {
        (target, key): Reason(kind == "equivalent", why)
        for target, kinds in document.items()
        for kind, whys in kinds.items()
        for key, why in whys.items()
    }


def stale(known: Reasons, targets: Sequence[Target]) -> list[str]:
    """Reasons for mutants that there are no more."""
    there = {(target.name, point.key) for target in targets for point in points(target.code)}
    return [f"{target}: {key}" for target, key in known if (target, key) not in there]


@dataclass(frozen=True)
class Figures:
    """Counts of mutants.

    Attributes:
        there: points of the code.
        killed: seen by a test.
        equivalent: survived, and no different program.
        survived: survived otherwise.
        invalid: refused by the database.
    """

    there: int
    killed: int
    equivalent: int
    survived: int
    invalid: int

    @property
    def valid(self) -> int:
        """Those tried that the database takes."""
        return self.killed + self.equivalent + self.survived

    @property
    def rate(self) -> float:
        """Share of valid mutants that are seen or no different program; 1 of none."""
        return (self.killed + self.equivalent) / self.valid if self.valid else 1.0

    @property
    def row(self) -> str:
        """The cells of the table after the name."""
        tried = self.valid + self.invalid
        share = f"{self.rate:.1%}" if self.valid else "–"
        counts = (self.there, tried, self.killed, self.equivalent, self.survived, self.invalid)
        return " | ".join([*map(str, counts), share])


def figures(results: Sequence[Result], known: Reasons, there: int) -> Figures:
    """The counts of some results."""
    left = [result for result in results if result.verdict == SURVIVED]
    equivalent = sum(1 for result in left if _reason(result, known) and _reason(result, known).equivalent)
    return Figures(
        there=there,
        killed=sum(result.verdict == KILLED for result in results),
        equivalent=equivalent,
        survived=len(left) - equivalent,
        invalid=sum(result.verdict == INVALID for result in results),
    )


def _reason(result: Result, known: Reasons) -> Reason:
    return known.get((result.target, result.key), Reason(False, ""))


def total(parts: Sequence[Figures]) -> Figures:
    """All counts added up."""
    return Figures(*(sum(getattr(part, name) for part in parts) for name in Figures.__dataclass_fields__))


def by_target(results: Sequence[Result], known: Reasons, targets: Sequence[Target]) -> dict[str, Figures]:
    """The counts of every target, in their order; results of other code are left out by the caller."""
    return {
        target.name: figures(
            [result for result in results if result.target == target.name], known, len(points(target.code))
        )
        for target in targets
    }


def render(results: Sequence[Result], known: Reasons, targets: Sequence[Target]) -> str:
    """The page."""
    counted = by_target(results, known, targets)
    whole = total(list(counted.values()))
    lines = [
        "# Mutation run over the KPI models",
        "",
        "Written by `make mutants` ([testing](testing.md)); change models, tests or `tests/mutants/reasons.yaml`, not",
        "this page. Each mutant is one small wrong change of a model or macro. It is killed when a dbt unit test of",
        "it fails, or else the recomputation of the demo company would see another number, or else a Python test of",
        "`tests/dbt` that builds it fails.",
        "",
        f"**{whole.rate:.1%}** of {whole.valid} valid mutants are killed or equivalent; {WANTED:.0%} is wanted.",
        f"Tried are {whole.valid + whole.invalid} of {whole.there} possible ones.",
        "",
        "| model | possible | tried | killed | equivalent | survived | invalid | seen |",
        "|---|---|---|---|---|---|---|---|",
        *(f"| `{name}` | {count.row} |" for name, count in counted.items() if count.there),
        f"| **all** | {whole.row} |",
    ]
    for equivalent, title in ((True, "Equivalent"), (False, "Survivors")):
        chosen = [
            result
            for result in results
            if result.verdict == SURVIVED and _reason(result, known).equivalent is equivalent
        ]
        lines += ["", f"## {title}", ""]
        lines += ["| model | line | change | reason |", "|---|---|---|---|"] if chosen else ["None."]
        for result in chosen:
            why = _reason(result, known).why or result.by or "no test tells it apart"
            lines.append(f"| `{result.target}` | {result.line} | `{_cell(result.key)}` | {why} |")
    return "\n".join(lines) + "\n"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("`", "'")
