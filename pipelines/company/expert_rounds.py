"""Reading what experts say about weights: one CSV file -> comparisons and Delphi rounds that are complete and sound.

Belongs here: the file, its rows, and the studies that sound rows make. Does not belong here: the rules
(`company.expert_rules`), the arithmetic (`scoring.weights`, `scoring.delphi`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from pipelines.company.collector import Collector
from pipelines.company.csvfile import read_table
from pipelines.company.expert_records import DELPHI, PAIR_POINTS, ExpertRound
from pipelines.company.expert_rules import Fragment, Judgement, check_judgements, folded, scale_of

#: Cells that say how something is judged; a row with a wrong one still tells who judges what.
_VALUES = frozenset({"score", "low_mark", "full_mark", "ca", "cs"})


@dataclass(frozen=True)
class PairStudy:
    """Comparisons of items with each other, by one method.

    Attributes:
        topic: what is weighed; empty where the file names none.
        method: `0-4` or `0-1`.
        items: the items in the order of the file.
        experts: the experts in the order of the file.
        matrices: one an expert; a_ij is what item i gets against item j.
        rows: the first row of each expert.
    """

    topic: str
    method: str
    items: tuple[str, ...]
    experts: tuple[str, ...]
    matrices: tuple[tuple[tuple[int, ...], ...], ...]
    rows: tuple[int, ...]


@dataclass(frozen=True)
class DelphiRound:
    """The scores of one round.

    Attributes:
        number: the round.
        items: the items in the order of the file.
        experts: the experts in the order of the file.
        scores: a row an expert, a column an item.
        authority: mean (Ca, Cs) of each expert; None where an expert stated none.
        rows: the first row of each item.
    """

    number: int
    items: tuple[str, ...]
    experts: tuple[str, ...]
    scores: tuple[tuple[Decimal, ...], ...]
    authority: tuple[tuple[Fraction, Fraction] | None, ...]
    rows: tuple[int, ...]


@dataclass(frozen=True)
class DelphiStudy:
    """The rounds of a Delphi survey on one scale.

    Attributes:
        topic: what is weighed; empty where the file names none.
        low_mark: the lowest mark of the scale.
        full_mark: the highest mark.
        rounds: in the order of their numbers.
    """

    topic: str
    low_mark: Decimal
    full_mark: Decimal
    rounds: tuple[DelphiRound, ...]


Study = PairStudy | DelphiStudy


@dataclass(frozen=True)
class ExpertFile:
    """A sound file.

    Attributes:
        name: how findings call it.
        studies: in the order of the file: by topic, then by method.
    """

    name: str
    studies: tuple[Study, ...]


def read_expert_rounds(path: Path, lang: str = "en") -> ExpertFile:
    """Read a file of experts' judgements.

    Args:
        path: a CSV file with the columns of `ExpertRound`.
        lang: the language of findings, `zh` or `en`.

    Raises:
        InputError: with everything that is wrong with the file, at once.
    """
    collector = Collector(lang)
    judgements = _judgements(path, collector)
    collector.raise_if_any()
    return ExpertFile(path.name, tuple(_studies(judgements)))


def _judgements(path: Path, collector: Collector) -> list[Judgement]:
    try:
        content = path.read_bytes()
    except OSError as error:
        collector.add("file_unreadable", path.name or str(path), detail=error.strerror or type(error).__name__)
        return []
    table = read_table(content, path.name, ExpertRound.columns(), ExpertRound.required_columns(), collector)
    if not table.complete:
        return []
    if not table.rows:
        collector.add("no_judgements", path.name)
    # where cells have slipped or rows are lost, nothing can be said to be missing
    fragments = [Fragment()] if collector.findings else []
    judgements: list[Judgement] = []
    for row, cells in table.rows:
        read = _row({**cells, "source_row": row, "source_file": path.name}, collector)
        if isinstance(read, Judgement):
            judgements.append(read)
        else:
            fragments.append(read)
    check_judgements(judgements, fragments, path.name, collector)
    return judgements


def _row(cells: dict[str, Any], collector: Collector) -> Judgement | Fragment:
    """Read a row; one whose values alone are wrong still says who judges what, so that nothing else is said to lack."""
    try:
        return Judgement(ExpertRound.model_validate(cells))
    except ValidationError as error:
        collector.add_row(error, cells["source_file"], cells["source_row"])
        broken = frozenset(str(item["loc"][0]) for item in error.errors(include_url=False))
    # stand-ins that every reader takes, for what could not be read
    readable = {name: cell for name, cell in cells.items() if name not in broken}
    record = ExpertRound.model_validate({"method": DELPHI, "expert": "-", "item": "-", "score": "0"} | readable)
    if broken <= _VALUES:
        return Judgement(record, broken)
    items = [record.item] if record.method == DELPHI and "method" not in broken else [record.item, record.other_item]
    return Fragment(
        folded(record.topic),
        None if "method" in broken else record.method,
        record.round,
        None if "expert" in broken else folded(record.expert),
        tuple(
            None if name in broken or not item else folded(item)
            for name, item in zip(("item", "other_item"), items, strict=False)
        ),
    )


def _studies(judgements: Sequence[Judgement]) -> Iterable[Study]:
    records = [judgement.record for judgement in judgements]
    for topic, about in _grouped(records, "topic").items():
        for method in dict.fromkeys(record.method for record in about):
            of_method = [record for record in about if record.method == method]
            yield _delphi(topic, of_method) if method == DELPHI else _pairs(topic, method, of_method)


def _grouped(records: Iterable[ExpertRound], column: str) -> dict[str, list[ExpertRound]]:
    """Records by a name, under its first spelling."""
    spelled: dict[str, str] = {}
    groups: dict[str, list[ExpertRound]] = {}
    for record in records:
        name = getattr(record, column)
        groups.setdefault(spelled.setdefault(folded(name), name), []).append(record)
    return groups


def _pairs(topic: str, method: str, records: Sequence[ExpertRound]) -> PairStudy:
    points = PAIR_POINTS[method]
    spelled: dict[str, str] = {}
    for record in records:
        spelled.setdefault(folded(record.item), record.item)
        spelled.setdefault(folded(record.other_item), record.other_item)
    place = {name: index for index, name in enumerate(spelled)}
    by_expert = _grouped(records, "expert")
    matrices = []
    for rows in by_expert.values():
        matrix = [[0] * len(place) for _ in place]
        for record in rows:
            one, other = place[folded(record.item)], place[folded(record.other_item)]
            matrix[one][other], matrix[other][one] = int(record.score), points - int(record.score)
        matrices.append(tuple(tuple(row) for row in matrix))
    return PairStudy(
        topic,
        method,
        tuple(spelled.values()),
        tuple(by_expert),
        tuple(matrices),
        tuple(rows[0].source_row for rows in by_expert.values()),
    )


def _delphi(topic: str, records: Sequence[ExpertRound]) -> DelphiStudy:
    numbers = sorted({record.round for record in records if record.round is not None})
    low, full = scale_of(records)
    rounds = tuple(_round(number, [record for record in records if record.round == number]) for number in numbers)
    return DelphiStudy(topic, low, full, rounds)


def _round(number: int, records: Sequence[ExpertRound]) -> DelphiRound:
    by_item = _grouped(records, "item")
    by_expert = _grouped(records, "expert")
    place = {folded(item): index for index, item in enumerate(by_item)}
    scores = []
    for rows in by_expert.values():
        given = {place[folded(record.item)]: record.score for record in rows}
        scores.append(tuple(given[index] for index in range(len(place))))
    return DelphiRound(
        number,
        tuple(by_item),
        tuple(by_expert),
        tuple(scores),
        tuple(_stated_authority(rows) for rows in by_expert.values()),
        tuple(rows[0].source_row for rows in by_item.values()),
    )


def _stated_authority(records: Sequence[ExpertRound]) -> tuple[Fraction, Fraction] | None:
    """The mean of what an expert's rows state: once for the round, or for each item."""
    stated = [(record.ca, record.cs) for record in records if record.ca is not None and record.cs is not None]
    if not stated:
        return None
    ca, cs = (sum((Fraction(one) for one in column), Fraction(0)) for column in zip(*stated, strict=True))
    return ca / len(stated), cs / len(stated)
