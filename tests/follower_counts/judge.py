"""How often the two intervals hold the truth, card known, card out of date, people changed; written as a page.

Belongs here: scenarios, coverage, the report. Does not belong here: drawing and the SQL (`crowds`).

Two truths: the correction is about the rate at which such followers come, the audit about this very crowd.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from .crowds import AUDITED, N_PEOPLE, N_SPAM, PROJECT, Card, Crowd, estimated, simulated

PAGE = PROJECT.parent / "docs" / "follower-counts.md"
TEMPLATE = Path(__file__).with_name("page.md")
RATES = (0.02, 0.05, 0.1, 0.2, 0.4)
SIZES = (500, 2000)
REPEATS, SEED = 4000, 20261122
#: Points of a hundred from which an audit that differs is told.
BAR = 0.03
F10 = Card(0.88, 0.9988)
#: scenario -> what the card does to the crowd, what was measured of it
SCENARIOS: dict[str, tuple[Card, Card]] = {
    "as measured": (F10, F10),
    "a laxer card, as measured": (Card(0.8, 0.95), Card(0.8, 0.95)),
    "new fakes, not measured anew": (Card(0.6, 0.9988), F10),
    "new fakes, measured anew": (Card(0.6, 0.9988), Card(0.6, 0.9988)),
    "half the people only read, not measured anew": (Card(0.88, 0.95), F10),
    "half the people only read, measured anew": (Card(0.88, 0.95), Card(0.88, 0.95)),
}


@dataclass(frozen=True)
class Coverage:
    """Of one kind of crowd: how often each interval holds its truth, mean errors, how often the audit differs."""

    scenario: str
    size: int
    rate: float
    corrected: float
    audited: float
    error_removed: float
    error_corrected: float
    error_audited: float
    told: float


def judged(scenario: str, size: int, rate: float, repeats: int, seed: int) -> Coverage:
    """Simulate one kind of crowd and judge both intervals."""
    card, measured = SCENARIOS[scenario]
    found = estimated(simulated(Crowd(size, rate, card, measured), repeats, seed))
    removed = found["k"] / found["n"]
    apart = np.maximum(np.abs(found["audited"] - removed), np.abs(found["audited"] - found["corrected"]))
    return Coverage(
        scenario,
        size,
        rate,
        _inside(found, "corrected", "rate"),
        _inside(found, "audited", "share"),
        *(_error(one, found["share"]) for one in (removed, found["corrected"], found["audited"])),
        float(np.mean(apart > BAR)),
    )


def _inside(found: dict[str, np.ndarray], name: str, truth: str) -> float:
    hair = 1e-9
    low, high, real = found[f"{name}_low"], found[f"{name}_high"], found[truth]
    return float(np.mean((low <= real + hair) & (real - hair <= high)))


def _error(estimate: np.ndarray, truth: np.ndarray) -> float:
    return float(np.sqrt(np.mean((estimate - truth) ** 2)))


def everything(repeats: int = REPEATS) -> list[Coverage]:
    """Judge every scenario, size and rate, each with a seed of its own."""
    kinds = [(scenario, size, rate) for scenario in SCENARIOS for size in SIZES for rate in RATES]
    return [judged(*kind, repeats, SEED + at) for at, kind in enumerate(kinds)]


def pooled(found: list[Coverage], scenario: str, name: str) -> float:
    """The mean of one number over sizes and rates of a scenario."""
    return float(np.mean([getattr(one, name) for one in found if one.scenario == scenario]))


def page(found: list[Coverage]) -> str:
    """The page: page.md with the numbers of the scenarios and the table of what was found."""
    text = TEMPLATE.read_text(encoding="utf-8")
    numbers = {
        "audited": AUDITED,
        "n_people": N_PEOPLE,
        "n_spam": N_SPAM,
        "rates": ", ".join(_percent(rate) for rate in RATES),
        "repeats": f"{REPEATS:,}",
        "sizes": " and ".join(f"{size:,}" for size in SIZES),
    }
    for name, value in numbers.items():
        text = text.replace(f"{{{name}}}", str(value))
    return text.replace("{found}", "\n".join(_tables(found)))


def _tables(found: list[Coverage]) -> Iterator[str]:
    names = ("removed: error", "corrected: error", "audited: error", "audit told")
    yield "| crowd | correction holds the rate | audit holds the share | " + " | ".join(names) + " |"
    yield "|---|---|---|---|---|---|---|"
    for scenario in SCENARIOS:
        held = [_percent(pooled(found, scenario, name)) for name in ("corrected", "audited")]
        out = [_points(pooled(found, scenario, name)) for name in ("error_removed", "error_corrected", "error_audited")]
        yield "| " + " | ".join([scenario, *held, *out, _percent(pooled(found, scenario, "told"))]) + " |"
    yield ""
    yield "By share of spam, card as measured, crowds of 2,000:"
    yield ""
    yield "| spam | correction | audit |"
    yield "|---|---|---|"
    for one in found:
        if (one.scenario, one.size) == ("as measured", 2000):
            yield f"| {_percent(one.rate)} | {_percent(one.corrected)} | {_percent(one.audited)} |"
    least, most = (_percent(pick(one.audited for one in found)) for pick in (min, max))
    yield ""
    yield f"The audit's interval holds the truth in {least} to {most} of the crowds of any one kind."


def _percent(share: float) -> str:
    return f"{share:.1%}".replace("%", " %")


def _points(share: float) -> str:
    return f"{100 * share:.1f}"


def main() -> int:
    """Judge and write the page."""
    PAGE.write_text(page(everything()), encoding="utf-8")
    print(PAGE.read_text(encoding="utf-8"))
    return 0
