"""Rules over what experts say about weights: points of a pair, contradictions, gaps, scales, rounds.

Belongs here: what is wrong with one judgement or with several together; every finding of a file is told at once. Does
not belong here: what one cell alone can violate (`company.expert_records`), judgements that are sound but doubtful,
such as circles (`scoring.weights`).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

from pipelines.company.collector import Collector
from pipelines.company.expert_records import DELPHI, PAIR_POINTS, ExpertRound
from pipelines.company.fields import nearest

#: The scale of a Delphi survey that states none: five marks, as most questionnaires have.
LOW_MARK = Decimal(0)
FULL_MARK = Decimal(5)


def folded(name: str) -> str:
    """Return the form in which names are compared: letter case makes no other expert or item."""
    return name.casefold()


@dataclass(frozen=True)
class Judgement:
    """A row that says who judges what.

    Attributes:
        record: the row; a broken cell has a stand-in.
        broken: the cells with values that could not be read; they have findings already.
    """

    record: ExpertRound
    broken: frozenset[str] = frozenset()

    @property
    def row(self) -> int:
        """The row as a spreadsheet shows it."""
        return self.record.source_row

    @property
    def expert(self) -> str:
        """The expert, in the form for comparing."""
        return folded(self.record.expert)

    @property
    def items(self) -> tuple[str, ...]:
        """The items that it names, in the form for comparing."""
        return tuple(folded(name) for name in (self.record.item, self.record.other_item) if name)


@dataclass(frozen=True)
class Fragment:
    """What can be read of a row that does not say who judges what; None for what cannot.

    Nothing that the row may have been meant to say is told as missing: a broken row makes no further findings.
    """

    topic: str | None = None
    method: str | None = None
    round: int | None = None
    expert: str | None = None
    items: tuple[str | None, ...] = (None, None)

    def may_be(self, topic: str, method: str, round_: int | None, expert: str | None, *items: str) -> bool:
        """Tell whether the row may have been this judgement; expert None asks for any."""
        told = ((self.topic, topic), (self.method, method), (self.round, round_), (self.expert, expert))
        if any(mine is not None and asked is not None and mine != asked for mine, asked in told):
            return False
        known = [item for item in self.items if item is not None]
        if len(items) == 1:  # any judgement of the item; an unreadable cell may name it
            return len(known) < len(self.items) or items[0] in known
        return not items or set(known) <= set(items)


@dataclass
class _Study:
    """The judgements of one topic by one method, and where findings about them go."""

    file: str
    topic: str
    method: str
    judgements: list[Judgement]
    fragments: Sequence[Fragment]
    collector: Collector

    def add(self, code: str, judgement: Judgement, column: str, **params: object) -> None:
        """Add a finding at a cell of a judgement."""
        value = getattr(judgement.record, column)
        self.collector.add(code, self.file, judgement.row, column, "" if value is None else value, **params)

    def may_stand(self, round_: int | None, expert: str | None, *items: str) -> bool:
        """Tell whether an unreadable row may hold what seems to be missing."""
        return any(one.may_be(folded(self.topic), self.method, round_, expert, *items) for one in self.fragments)


def check_judgements(
    judgements: Sequence[Judgement], fragments: Sequence[Fragment], file: str, collector: Collector
) -> None:
    """Check the rows of a file against each other.

    Args:
        judgements: the rows that say who judges what.
        fragments: what is known of the other rows.
        file: how findings name the file.
        collector: takes the findings.
    """
    _check_topics(judgements, file, collector)
    studies: dict[tuple[str, str], _Study] = {}
    for judgement in judgements:
        record = judgement.record
        key = (folded(record.topic), record.method)
        if key not in studies:
            studies[key] = _Study(file, record.topic, record.method, [], fragments, collector)
        studies[key].judgements.append(judgement)
    for study in studies.values():
        if study.method == DELPHI:
            _check_delphi(study)
        else:
            _check_pairs(study)


def _check_topics(judgements: Sequence[Judgement], file: str, collector: Collector) -> None:
    """A forgotten topic beside named ones would be a survey of its own."""
    without = [judgement for judgement in judgements if not judgement.record.topic]
    if without and len(without) < len(judgements):
        collector.add("topic_missing", file, without[0].row, "topic", count=len(without))


def _check_pairs(study: _Study) -> None:
    points = PAIR_POINTS[study.method]
    by_expert: dict[str, dict[tuple[str, str], Judgement]] = defaultdict(dict)
    fragments = list(study.fragments)
    for judgement in study.judgements:
        for column in ("round", "low_mark", "full_mark", "ca", "cs"):
            if getattr(judgement.record, column) is not None:
                study.add("delphi_only", judgement, column, method=study.method)
        if not judgement.record.other_item:
            study.add("other_item_missing", judgement, "other_item", method=study.method)
            fragments.append(
                Fragment(folded(study.topic), study.method, None, judgement.expert, (judgement.items[0], None))
            )
        elif judgement.items[0] == judgement.items[1]:
            study.add("item_with_itself", judgement, "other_item")
        else:
            _note_pair(study, by_expert[judgement.expert], judgement, points)
    study.fragments = fragments
    named = {
        expert: {name: judgement for judgement in reversed(pairs.values()) for name in judgement.items}
        for expert, pairs in by_expert.items()
    }
    common = _common_items(study, None, named)
    for expert, pairs in by_expert.items():
        own = [item for item in common if item in named[expert]]
        for one, other in combinations(own, 2):
            if (one, other) in pairs or (other, one) in pairs or study.may_stand(None, expert, one, other):
                continue
            study.add(
                "pair_missing",
                next(iter(pairs.values())),
                "expert",
                one=common[one],
                other=common[other],
                method=study.method,
            )


def _note_pair(study: _Study, pairs: dict[tuple[str, str], Judgement], judgement: Judgement, points: int) -> None:
    """Hold a comparison against the same one and its counterpart by the same expert."""
    record = judgement.record
    one, other = judgement.items
    is_allowed = "score" in judgement.broken or (record.score == int(record.score) and 0 <= record.score <= points)
    if not is_allowed:
        allowed = ", ".join(str(number) for number in range(points + 1))
        study.add("not_a_judgement", judgement, "score", method=study.method, allowed=allowed)
    first = pairs.setdefault((one, other), judgement)
    if first is not judgement:
        _told_twice(study, judgement, first)
        return
    mirror = pairs.get((other, one))
    if mirror is None or not is_allowed or "score" in judgement.broken | mirror.broken:
        return
    total = record.score + mirror.record.score
    if total != points and 0 <= mirror.record.score <= points:
        study.add(
            "pair_sum",
            judgement,
            "score",
            one=record.item,
            other=record.other_item,
            other_row=mirror.row,
            mirror=mirror.record.score,
            total=total,
            points=points,
        )


def _told_twice(study: _Study, judgement: Judgement, first: Judgement) -> None:
    """Also the same score twice is wrong: mostly a copied block in which the expert's name was not changed."""
    same = judgement.record.score == first.record.score or "score" in judgement.broken | first.broken
    told = {"expert": judgement.record.expert, "other_row": first.row, "other": first.record.score}
    if same:
        study.add("judged_twice", judgement, "score", **told)
    else:
        study.add("judged_differently", judgement, "score", **told)


def _check_delphi(study: _Study) -> None:
    _check_scale(study)
    rounds: dict[int, list[Judgement]] = defaultdict(list)
    fragments = list(study.fragments)
    for judgement in study.judgements:
        record = judgement.record
        if record.other_item:
            study.add("other_item_of_delphi", judgement, "other_item")
        if (record.ca is None) != (record.cs is None) and not judgement.broken & {"ca", "cs"}:
            study.add("authority_half", judgement, "ca" if record.ca is None else "cs")
        if record.round is None:
            study.add("round_missing", judgement, "round")
            fragments.append(Fragment(folded(study.topic), DELPHI, None, judgement.expert, (judgement.items[0],)))
        else:
            rounds[record.round].append(judgement)
    study.fragments = fragments
    for number, judgements in sorted(rounds.items()):
        _check_round(study, number, judgements)


def scale_of(records: Iterable[ExpertRound]) -> tuple[Decimal, Decimal]:
    """Return the lowest and the full mark of a survey: what any of its rows states, else 0 and 5."""
    rows = list(records)
    low = next((record.low_mark for record in rows if record.low_mark is not None), LOW_MARK)
    full = next((record.full_mark for record in rows if record.full_mark is not None), FULL_MARK)
    return low, full


def _check_scale(study: _Study) -> None:
    low, full = scale_of(judgement.record for judgement in study.judgements)
    for column, stated in (("low_mark", low), ("full_mark", full)):
        rows = [one for one in study.judgements if getattr(one.record, column) is not None]
        for judgement in rows:
            if getattr(judgement.record, column) != stated:
                study.add("scale_differs", judgement, column, stated=stated, other_row=rows[0].row)
    broken = frozenset[str]().union(*(judgement.broken for judgement in study.judgements))
    if broken & {"low_mark", "full_mark"}:
        return  # the scale is not known
    if low >= full:
        column = "low_mark" if any(one.record.low_mark is not None for one in study.judgements) else "full_mark"
        place = next(one for one in study.judgements if getattr(one.record, column) is not None)
        study.add("scale_reversed", place, column, low=low, full=full)
        return
    for judgement in study.judgements:
        if "score" not in judgement.broken and not low <= judgement.record.score <= full:
            study.add("score_outside_scale", judgement, "score", low=low, full=full)


def _check_round(study: _Study, number: int, judgements: Sequence[Judgement]) -> None:
    by_expert: dict[str, dict[str, Judgement]] = defaultdict(dict)
    for judgement in judgements:
        first = by_expert[judgement.expert].setdefault(judgement.items[0], judgement)
        if first is not judgement:
            _told_twice(study, judgement, first)
    _common_items(study, number, by_expert)
    others = [one for one in study.fragments if one.expert not in by_expert]
    if len(by_expert) < 2 and not any(one.may_be(folded(study.topic), DELPHI, number, None) for one in others):
        study.add("too_few_experts", judgements[0], "expert", round=number)
    # where the scale begins above 0, the zeros have findings already
    low, _ = scale_of(judgement.record for judgement in study.judgements)
    if low == 0 and not any(judgement.record.score or "score" in judgement.broken for judgement in judgements):
        study.add("no_weight", judgements[0], "score", round=number)


def _common_items(study: _Study, number: int | None, named: Mapping[str, Mapping[str, Judgement]]) -> dict[str, str]:
    """Tell which items lack an expert's judgement.

    An item that fewer than half of the experts name is told where it stands, as it is mostly misspelt; told as left
    out by all the others, one slip would be a page of findings.

    Args:
        study: whose judgements.
        number: the round; None for comparisons.
        named: expert -> item -> the first judgement that names it.

    Returns:
        The items that at least half of the experts name, with their spelling, in the order of the file.
    """
    counts = Counter(item for items in named.values() for item in items)
    spelled: dict[str, str] = {}
    for judgement in study.judgements:
        for item, name in zip(judgement.items, (judgement.record.item, judgement.record.other_item), strict=False):
            spelled.setdefault(item, name)
    common = {item: name for item, name in spelled.items() if item in counts and counts[item] * 2 >= len(named)}
    for expert, items in named.items():
        own = [spelled[item] for item in items if counts[item] < len(named)]
        for item, judgement in items.items():
            if item not in common and not study.may_stand(number, None, item):
                column = "item" if judgement.items[0] == item else "other_item"
                near = nearest(item, [name for other, name in common.items() if other not in items])
                study.add("item_of_few", judgement, column, count=counts[item], experts=len(named), nearest=near)
        for item, name in common.items():
            if item not in items and not study.may_stand(number, expert, item):
                place = min(items.values(), key=lambda one: one.row)
                told = {"item": name, "nearest": nearest(name, own)}
                if number is None:
                    study.add("item_left_out", place, "expert", **told)
                else:
                    study.add("item_left_out_of_round", place, "expert", round=number, **told)
    return common
