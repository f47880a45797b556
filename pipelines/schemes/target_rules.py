"""When a target makes a KPI's attainment undefined or upside down.

Belongs here: the one rule for scheme defaults and for rows of people/targets.csv alike. Does not belong here: the
attainment itself (`pipelines.scoring.attainment`).
"""

from __future__ import annotations

from decimal import Decimal

#: (field of the target, key of the text that says what is wrong)
Problem = tuple[str, str]


def target_problems(
    method: str,
    direction: str,
    baseline: Decimal | None,
    threshold: Decimal | None,
    target: Decimal,
    stretch: Decimal | None,
    limit: Decimal | None = None,
) -> list[Problem]:
    """Return everything that is wrong with one target; empty when an attainment can be computed from it.

    Args:
        method: baseline, ratio, linear or difference.
        direction: higher or lower is better.
        baseline: in the KPI's unit, like the other three; None where not given.
        threshold: below it (above it, where lower is better) the KPI earns nothing.
        target: 100 % attainment.
        stretch: the value at the first point above 100 %.
        limit: the best value that can occur; None where there is none.
    """
    problems: list[Problem] = []
    better = 1 if direction == "higher" else -1
    needs_positive = method in ("ratio", "linear") or (method == "baseline" and baseline is None)
    if needs_positive and target <= 0:
        problems.append(("target", "schemes.target.not_positive"))
    if method == "baseline" and baseline is not None and (target - baseline) * better <= 0:
        problems.append(("baseline", f"schemes.target.baseline_not_worse_{direction}"))
    if threshold is not None and (target - threshold) * better <= 0:
        problems.append(("threshold", f"schemes.target.threshold_not_worse_{direction}"))
    if stretch is not None and (stretch - target) * better <= 0:
        problems.append(("stretch", f"schemes.target.stretch_not_better_{direction}"))
    if method == "ratio" and direction == "lower" and stretch is not None and stretch <= 0:
        problems.append(("stretch", "schemes.target.stretch_not_positive"))
    for name, value in (("target", target), ("stretch", stretch)):
        if limit is not None and value is not None and (value - limit) * better > 0:
            problems.append((name, f"schemes.target.{name}_beyond_limit"))
    return problems
