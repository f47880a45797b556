"""Points that a scheme must settle and can leave open in a file that loads (requirements, section 6).

Belongs here: vetoes that overlap or are missing, effects that do nothing, periods that clash, reasons without words.
Does not belong here: what the model already forces to be stated - the effect and scope of a veto, what a withheld gate
means, the split of a bonus over periods, the start of a quarter - and what the engine settles for all schemes: a zero
denominator is `not_applicable` and its weight moves on.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import combinations
from typing import Any

from pipelines.schemes.advice.sheet import Sheet, plain
from pipelines.schemes.model import MONTHS_OF
from pipelines.schemes.parsed import HUNDRED, Issue, items, mapping
from pipelines.schemes.yaml_lines import Path

_PERIODS = tuple(MONTHS_OF)


def issues(sheet: Sheet) -> Iterator[Issue]:
    """Yield what is left open."""
    yield from _vetoes(sheet)
    yield from _effects(sheet.scheme)
    yield from _periods(sheet)
    yield from _true_up(sheet)
    yield from _reasons(sheet.scheme, ())


def _vetoes(sheet: Sheet) -> Iterator[Issue]:
    rules = [(index, mapping(raw)) for index, raw in enumerate(items(sheet.scheme.get("vetoes")))]
    if not rules and sheet.serves("000-"):
        yield Issue(("vetoes",), "advice.veto.none")
    for (_, first), (index, second) in combinations(rules, 2):
        if _share_roles(first, second) and _bands_meet(first, second):
            names = {"first": first.get("id", ""), "second": second.get("id", "")}
            yield Issue(("vetoes", index, "below"), "advice.veto.overlap", names)


def _share_roles(first: Mapping[str, Any], second: Mapping[str, Any]) -> bool:
    ours, theirs = set(map(str, items(first.get("roles")))), set(map(str, items(second.get("roles"))))
    return not ours or not theirs or bool(ours & theirs)


def _bands_meet(first: Mapping[str, Any], second: Mapping[str, Any]) -> bool:
    edges = [
        edge
        for rule in (first, second)
        for edge in (rule.get("at_least", Decimal(0)), rule.get("below"))
        if isinstance(edge, Decimal)
    ]
    if len(edges) < 4:  # one is no number, which the model reports
        return False
    low, high, other_low, other_high = edges
    return max(low, other_low) < min(high, other_high)


def _effects(scheme: Mapping[str, Any]) -> Iterator[Issue]:
    for block in ("vetoes", "gates"):
        for index, raw in enumerate(items(scheme.get(block))):
            rule = mapping(raw)
            idle = {"multiply": Decimal(1), "deduct": Decimal(0)}.get(str(rule.get("effect")))
            if idle is not None and rule.get("amount") == idle:
                yield Issue((block, index, "amount"), "advice.effect.nothing", {"id": rule.get("id", "")})


def _periods(sheet: Sheet) -> Iterator[Issue]:
    """Yield KPIs whose requirement means a longer period than the shortest one that pays."""
    shares = mapping(sheet.pay.get("shares"))
    for kpi, info in sheet.paid_infos.items():
        counted = sheet.kpi_rule(kpi).get("period", "month")
        known = info.period in _PERIODS and counted in _PERIODS
        shorter = _PERIODS[_PERIODS.index(counted) : _PERIODS.index(info.period)] if known else ()
        paid = [share for name in shorter if isinstance(share := shares.get(name), Decimal) and share > 0]
        if paid:
            share = min(sum(paid, Decimal(0)), HUNDRED)
            key = f"advice.period.{info.period}"
            yield Issue(("kpis", kpi), key, {"kpi": kpi, "share": plain(share)})


def _true_up(sheet: Sheet) -> Iterator[Issue]:
    """Yield what a true-up leaves unsettled: KPIs that count later than it, and pay that is never taken back."""
    rule = mapping(sheet.scheme.get("true_up"))
    if rule.get("of") == "quarter":
        for kpi in sheet.paid_infos:
            if sheet.kpi_rule(kpi).get("period") == "year":
                yield Issue(("true_up", "of"), "advice.true_up.before", {"kpi": kpi})
    if rule.get("negative") == "floor":
        yield Issue(("true_up", "negative"), "advice.true_up.floor")


def _reasons(value: Any, path: Path) -> Iterator[Issue]:
    if isinstance(value, dict):
        for key, inner in value.items():
            if key == "why" and _says_nothing(inner):
                yield Issue((*path, key), "advice.why.empty")
            else:
                yield from _reasons(inner, (*path, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _reasons(inner, (*path, index))


def _says_nothing(why: Any) -> bool:
    """Whether a reason is blank or the same in both languages; one that is absent is an error of the model."""
    said = [str(mapping(why).get(lang, "")).strip() for lang in ("zh", "en")]
    return isinstance(why, dict) and (not all(said) or said[0] == said[1])
