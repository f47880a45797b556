"""What a period makes of credited records, and the registry of KPIs.

Belongs here: entries, the aggregation kinds of the catalogue, and `REGISTRY`, to which each family adds its KPIs. Does
not belong here: reading files, credit, or anything about one family.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path

from .people import Company
from .raw import File, exports

SHARES_OF_KEYS = {"hit_share", "repeat_share"}
MONTHS_OF_QUARTER = {1: (1, 2, 3), 2: (4, 5, 6), 3: (7, 8, 9), 4: (10, 11, 12)}


@dataclass(frozen=True)
class Entry:
    """What one record adds to one KPI of one person in a month; None where a side says nothing."""

    kpi_id: str
    month: str
    person: str
    numerator: Fraction | None = None
    denominator: Fraction | None = None
    value: Fraction | None = None  # of a distribution of numbers
    key: str | None = None  # of distinct keys and of categories
    is_hit: bool = False  # of a share of keys: whether this record makes its key count
    account: str = ""  # whose export the record is from

    @property
    def is_measured(self) -> bool:
        """Whether the record says anything for its KPI; one that does not still makes its owner answer."""
        return any(side is not None for side in (self.numerator, self.denominator, self.value, self.key))


@dataclass(frozen=True)
class Result:
    """A KPI of a person and period."""

    value: Fraction | float | None
    numerator: Fraction | None
    denominator: Fraction | None


@dataclass(frozen=True, eq=False)
class World:
    """A company as its folder shows it; what is worked out of one is kept as long as it lives."""

    company: Company
    files: tuple[File, ...]

    @classmethod
    def of(cls, home: Path) -> World:
        return cls(Company(home), tuple(exports(home)))


Recompute = Callable[[World], Iterable[Entry]]
#: KPI id -> the function of its family that yields its entries (a function may yield several KPIs').
REGISTRY: dict[str, Recompute] = {}


def recomputes(*kpi_ids: str) -> Callable[[Recompute], Recompute]:
    """Register a family's function for the KPIs whose entries it yields."""

    def register(function: Recompute) -> Recompute:
        for kpi_id in kpi_ids:
            if kpi_id in REGISTRY:
                raise ValueError(f"{kpi_id} is recomputed twice")
            REGISTRY[kpi_id] = function
        return function

    return register


def all_entries(world: World) -> list[Entry]:
    """Every entry of every registered family, each function called once."""
    entries: list[Entry] = []
    for function in dict.fromkeys(REGISTRY.values()):
        entries.extend(function(world))
    return entries


def months_of(period: str) -> list[str]:
    """The months of `2026-10`, `2026-Q3` or `2026`."""
    year, _, part = period.partition("-")
    if not part:
        return [f"{year}-{month:02d}" for month in range(1, 13)]
    if part.startswith("Q"):
        return [f"{year}-{month:02d}" for month in MONTHS_OF_QUARTER[int(part[1:])]]
    return [period]


def bounds(period: str) -> tuple[date, date]:
    """First day of a period and the first day after it."""
    months = months_of(period)
    first = date.fromisoformat(f"{months[0]}-01")
    last = date.fromisoformat(f"{months[-1]}-01")
    return first, (last + timedelta(days=31)).replace(day=1)


def _added(numbers: Iterable[Fraction | None]) -> Fraction | None:
    known = [number for number in numbers if number is not None]
    return sum(known, Fraction(0)) if known else None


def quantile(numbers: list[Fraction], share: Fraction) -> Fraction:
    """The quantile with linear interpolation between the two nearest of the sorted numbers."""
    ordered = sorted(numbers)
    place = share * (len(ordered) - 1)
    below = math.floor(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (place - below) * (ordered[above] - ordered[below])


def entropy(counts: Iterable[int]) -> float:
    """Shannon entropy of a distribution by counts, in nats."""
    present = [count for count in counts if count]
    total = sum(present)
    return -sum(count / total * math.log(count / total) for count in present) if total else 0.0


def _in(entries: Iterable[Entry], month: str) -> list[Entry]:
    return [entry for entry in entries if entry.month == month]


def result(row: Mapping[str, str], entries: list[Entry], company: Company, period: str) -> Result:
    """The value of one KPI of the catalogue over the entries of one person and period."""
    aggregation, statistic = row["aggregation"], row["statistic"]
    if aggregation in {"sum", "ratio_of_sums", "stock_end"}:
        return _of_sums(aggregation, statistic, entries, period)
    keys = Counter(entry.key for entry in entries if entry.key is not None)
    if aggregation == "distinct":
        return Result(Fraction(len(keys)), None, None)
    if aggregation == "distribution" and statistic in SHARES_OF_KEYS:
        return _share_of_keys(statistic, entries, keys)
    if aggregation == "distribution":
        return Result(_of_distribution(statistic, entries, keys, company), None, None)
    raise ValueError(f"{row['kpi_id']}: aggregation {aggregation} is not one that is recomputed")


def _of_sums(aggregation: str, statistic: str, entries: list[Entry], period: str) -> Result:
    """Sums, ratios of sums (over all months, or over the opening stock) and the stock at a period's end."""
    above = below = entries
    if aggregation == "stock_end":
        above = below = _in(entries, months_of(period)[-1])
    elif statistic == "opening":
        below = _in(entries, months_of(period)[0])
    numerator = _added(entry.numerator for entry in above)
    denominator = _added(entry.denominator for entry in below)
    has_ratio = aggregation == "ratio_of_sums" or (aggregation == "stock_end" and denominator is not None)
    if not has_ratio:
        return Result(numerator, numerator, None)
    share = numerator / denominator if numerator is not None and denominator else None
    return Result(share, numerator, denominator)


def _of_distribution(
    statistic: str, entries: list[Entry], keys: Counter[str], company: Company
) -> Fraction | float | None:
    """A percentile of exact numbers, or the evenness of categories."""
    numbers = [entry.value for entry in entries if entry.value is not None]
    if statistic in {"p50", "p90"}:
        return quantile(numbers, Fraction(int(statistic[1:]), 100)) if numbers else None
    if not keys:
        return None
    if statistic == "entropy":
        return entropy(keys.values()) / math.log(len(company.settings["content_formats"]))
    raise ValueError(f"statistic {statistic} is not one that is recomputed")


def _share_of_keys(statistic: str, entries: list[Entry], keys: Counter[str]) -> Result:
    """The keys that count and all of them: hit at least once, or seen more than once."""
    hits = {entry.key for entry in entries if entry.key is not None and entry.is_hit}
    counting = len(hits) if statistic == "hit_share" else sum(count > 1 for count in keys.values())
    if not keys:
        return Result(None, None, None)
    return Result(Fraction(counting, len(keys)), Fraction(counting), Fraction(len(keys)))
