"""`make bench`, the other half: what scoring costs for 10,000 people with 40 KPIs over 12 months.

One scheme of four components with ten KPIs each, 200 teams with a pool each, seeded readings around the targets of
which one in fifty is withheld and one in fifty not applicable. Each month is scored, conserved and written as its
traces, as a run does it. Making the readings up is outside the measure.

Usage: python bench/score.py [--people N] [--months N]
"""

from __future__ import annotations

import argparse
import resource
import sys
import time
from datetime import date
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

if __package__ in (None, ""):
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from pipelines.periods import Month
from pipelines.schemes.model import Scheme
from pipelines.scoring import KpiReading, SegmentInput, score_period

LINES_LIMIT, MEMORY_LIMIT_MIB = 50_000, 2048
KPIS = tuple(f"kpi_{number:02d}" for number in range(40))
TEAMS, SEED = 200, 20261001
WHY = {"zh": "基准", "en": "bench"}


def main() -> None:
    """Score every month, print lines a second and peak memory; exit 1 when a limit is broken."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--people", type=int, default=10_000)
    parser.add_argument("--months", type=int, default=12)
    options = parser.parse_args()
    scheme, random = bench_scheme(), Random(SEED)
    scored = traced = 0.0
    lines = 0
    for number in range(1, options.months + 1):
        month = Month(2026, number)
        segments = [segment(random, month, person) for person in range(options.people)]
        began = time.process_time()
        result = score_period(month, "CNY", {scheme.scheme_id: scheme}, segments)
        scored += time.process_time() - began
        began = time.process_time()
        for person in result.people:  # one at a time, as the bundle takes them
            person.to_dict()
        traced += time.process_time() - began
        lines += options.people * len(KPIS)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024  # Linux counts in KiB
    rate = lines / scored
    print(f"scored {lines:,} lines of {options.people:,} people in {options.months} months")
    print(
        f"scoring {rate:,.0f} lines/s, traces {lines / traced:,.0f} lines/s, peak {peak:,.0f} MiB (processor seconds)"
    )
    verdicts = [
        (f"scoring >= {LINES_LIMIT:,} lines/s", rate >= LINES_LIMIT),
        (f"memory <= {MEMORY_LIMIT_MIB:,} MiB", peak <= MEMORY_LIMIT_MIB),
    ]
    for name, is_kept in verdicts:
        print(f"{name:46}{'kept' if is_kept else 'BROKEN'}")
    sys.exit(int(not all(is_kept for _, is_kept in verdicts)))


def bench_scheme() -> Scheme:
    """The scheme: every form of attainment but the difference, sums and ratios, a veto-free pool by target."""
    rules = {
        kpi: {
            "req": "000-K06", "dimension": "all", "method": "baseline" if place % 4 else "ratio", "curve": "standard",
            "default_target": {"target": 100, "why": WHY}, "why": WHY, "direction": "higher", "unit": "count",
            "aggregation": "sum" if place % 2 else "ratio_of_sums",
        }
        for place, kpi in enumerate(KPIS)
    }  # fmt: skip
    components = [
        {
            "id": f"part_{place}", "title": WHY, "req": "000-R2", "weight": 25, "why": WHY,
            "kpis": dict.fromkeys(KPIS[place * 10 : place * 10 + 10], Decimal("2.5")),
        }
        for place in range(4)
    ]  # fmt: skip
    data: dict[str, Any] = {
        "scheme_id": "bench", "version": "1.0.0", "effective_from": date(2026, 1, 1), "title": WHY,
        "dimensions": {"all": {"title": WHY, "req": "000-R6", "why": WHY}},
        "curves": {"standard": {"kind": "linear", "points": [(50, 0), (100, 100), (130, 120)], "why": WHY}},
        "kpis": rules,
        "roles": {"operator": {"title": WHY, "req": "000-R3", "components": components, "why": WHY}},
        "pool": {
            "req": "000-I1", "title": WHY, "shares": {"month": 100, "quarter": 0, "year": 0, "why": WHY},
            "kpis": {KPIS[0]: 100}, "attainment_cap": 150, "points": "target_weighted", "why": WHY,
            "factor": {"kind": "step", "points": [(0, 60), (80, 80), (100, 100), (120, 120)], "why": WHY},
            "personal_cap": {"kind": "linear", "points": [(0, 0), (100, 150), (120, 180)], "why": WHY},
        },
    }  # fmt: skip
    return Scheme.model_validate(data)


def segment(random: Random, month: Month, person: int) -> SegmentInput:
    """One person's month; every tenth joined inside it."""
    days = random.randint(1, month.days) if person % 10 == 0 else month.days
    return SegmentInput(
        person_id=f"p{person:06d}",
        segment_id=month.start.isoformat(),
        valid_from=month.start,
        valid_to=date(9999, 12, 31),
        eligible_days=days,
        period_days=month.days,
        role="operator",
        level="",
        team_id=f"t{person % TEAMS:03d}",
        scheme_id="bench",
        bonus_base=Decimal(random.randint(2000, 9000)),
        readings={kpi: reading(random, kpi) for kpi in KPIS},
    )


def reading(random: Random, kpi: str) -> KpiReading:
    """Around the target with three decimals; now and then withheld or not applicable."""
    lot = random.random()
    if lot < 0.04:
        return KpiReading(kpi, None, status="withheld" if lot < 0.02 else "not_applicable", reason_code="gap")
    return KpiReading(kpi, Decimal(random.randint(40_000, 150_000)).scaleb(-3), n_records=9)


if __name__ == "__main__":
    main()
