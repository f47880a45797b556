"""The whole judgement: simulates with seeds that nothing was tuned on and writes docs/burst-guard.md.

Belongs here: the seeds, the tables, the bars. Does not belong here: the streams, the rule, the comparison with the
truth.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from math import sqrt
from pathlib import Path
from statistics import mean, median

from .outcome import Outcome, outcomes
from .streams import FULL, KINDS, make_streams

REPORT = Path(__file__).resolve().parents[2] / "docs" / "burst-guard.md"
#: Odd seeds judge, even ones are for tuning: whoever changes a threshold looks at even ones only.
JUDGING = (101, 103, 105)
SIZES = ((50, 150), (150, 500), (500, 5001))
PURCHASES = ("batch", "aged", "hq", "drip")
NATURAL = ("quiet", "viral", "onboarding", "purge")
NAMES = {
    "quiet": "quiet",
    "viral": "viral post",
    "onboarding": "wave of sign-ups",
    "giveaway": "giveaway",
    "purge": "purge",
    "batch": "bought, batch accounts",
    "aged": "bought, aged accounts",
    "hq": "bought, like people",
    "drip": "slow drip",
}
POLICIES = {
    "raw": "all who stay",
    "by_verdict": "verdict of the card",
    "by_window": "and alarm windows",
    "paid": "and remainder held",
}
PAGE = """# Burst guard, simulated

Written by `python tests/burst`: change the procedure there, not this page. What the guard does with the overview export
stands in [data-quality.md](data-quality.md).

{n:,} accounts of 150 days, seeds {seeds}; thresholds were chosen on even seeds only. Flows are invented, profile points
are drawn from the stated distributions of `tests/burst/profiles.py`: this is a bar against changes for the worse, and
no accuracy in the field. Intervals are 95 % (Wilson).

## What is asked

{asked}
## Alarms by make-up

An alarm in the event or in the 13 days after it. It needs follower lists: who followed, not how many. A purchase of
accounts that look like people is beyond any profile; a giveaway draws spam, and some alarms of giveaways are right.

{detection}
Alarms on other days. Where something was bought, the days just before may be in a window, and a purchase of accounts
like people makes the usual look cleaner than it is:

{stray}
## Holds

Share of events of which something is held. By counts alone a wave of sign-ups looks like a purchase, so the hold ends
by itself and accuses nobody.

{holds}
## Purges

Of {purges} purges counts show {seen}; the others are too small beside the account's noise. Of the {lost:,.0f} followers
that left on those days beyond the usual, {spared:,.0f} ({spared_share:.1%}) are not deducted. Where followers were
bought and some left at once, {forgiven:.1%} of such losses are excused.

## The number that is paid

Error of the followers counted in the thirty days from the event (mean / median over the accounts; 0 is right, the truth
is genuine followers who are still there at day 30).

{errors}"""


def check_judging(seeds: Sequence[int]) -> None:
    """Refuse seeds that may have been tuned on.

    Raises:
        ValueError: a seed is even.
    """
    even = [seed for seed in seeds if seed % 2 == 0]
    if even:
        raise ValueError(f"seed {even[0]} is even, and even seeds are for tuning: judge by odd ones")


def wilson(k: int, n: int) -> tuple[float, float]:
    """95 % interval of a share of k in n (Wilson score)."""
    z = 1.96
    centre, spread = k + z * z / 2, z * sqrt(k * (n - k) / n + z * z / 4)
    return max(0.0, (centre - spread) / (n + z * z)), (centre + spread) / (n + z * z)


def share(rows: Sequence[Outcome], holds: Callable[[Outcome], bool]) -> str:
    """Share of the rows of which something holds, with its interval."""
    if not rows:
        return ""
    k = sum(map(holds, rows))
    low, high = wilson(k, len(rows))
    return f"{k}/{len(rows)} = {k / len(rows):.3f} [{low:.3f}, {high:.3f}]"


def of(rows: Sequence[Outcome], kind: str, low: int = 0, high: int = 10**9) -> list[Outcome]:
    """The rows of a kind, of purchases in a span of sizes."""
    return [row for row in rows if row.kind == kind and low <= row.size < high]


def bars(rows: Sequence[Outcome]) -> list[tuple[str, str, bool]]:
    """What is asked of the guard: (what, what was found, whether it is reached)."""

    def found(picked: Sequence[Outcome]) -> float:
        return sum(row.alarmed for row in picked) / len(picked)

    def alarms(what: str, picked: Sequence[Outcome], good: Callable[[float], bool]) -> tuple[str, str, bool]:
        return what, share(picked, lambda row: row.alarmed), good(found(picked))

    viral = of(rows, "viral")
    large = [row for kind in ("batch", "aged") for row in of(rows, kind, 150)]
    listed = [
        alarms("no alarm of at least 300 viral posts", viral, lambda rate: rate == 0 and len(viral) >= 300),
        alarms("purchases of 150 and more found, .99", large, lambda rate: rate >= 0.99),
        alarms("aged accounts, 50 to 149, found, .75", of(rows, "aged", 50, 150), lambda rate: rate >= 0.75),
        alarms("alarms of waves of sign-ups, at most .02", of(rows, "onboarding"), lambda rate: rate <= 0.02),
    ]
    for kind in NATURAL:
        error = mean(row.error("paid") for row in of(rows, kind))
        listed.append((f"mean error of the paid count within 3 %, {NAMES[kind]}", f"{error:+.1%}", abs(error) <= 0.03))
    aged = median(row.error("paid") for row in of(rows, "aged"))
    listed.append(("median error of the paid count within 15 %, aged accounts", f"{aged:+.1%}", abs(aged) <= 0.15))
    return listed


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """A Markdown table."""
    return [
        "| " + " | ".join(head) + " |",
        "|" + "---|" * len(head),
        *("| " + " | ".join(row) + " |" for row in rows),
        "",
    ]


def _events(rows: Sequence[Outcome]) -> list[tuple[str, list[Outcome]]]:
    """What happened, purchases by size, and the accounts that it happened to."""
    picked = [(NAMES[kind], of(rows, kind)) for kind in KINDS if kind not in PURCHASES]
    for kind in PURCHASES:
        for low, high in SIZES:
            picked.append((f"{NAMES[kind]}, {low} to {high - 1}", of(rows, kind, low, high)))
    return [(name, found) for name, found in picked if found]


def _detection(rows: Sequence[Outcome]) -> list[str]:
    lines = [(name, share(found, lambda row: row.alarmed)) for name, found in _events(rows)]
    return table(("what happened", "alarm"), lines)


def _stray(rows: Sequence[Outcome]) -> list[str]:
    lines = []
    for kind in KINDS:
        picked = of(rows, kind)
        n, days = sum(row.stray for row in picked), sum(row.days for row in picked)
        low, high = wilson(n, days)
        lines.append((NAMES[kind], str(n), str(days), f"{1000 * n / days:.3f} [{1000 * low:.3f}, {1000 * high:.3f}]"))
    return table(("account with", "alarm days", "of", "per 1,000"), lines)


def _holds(rows: Sequence[Outcome]) -> list[str]:
    lines = []
    for name, found in _events(rows):
        rules = ("held_by_counts", "held", "fled")
        lines.append([name, *(f"{sum(getattr(row, rule) for row in found) / len(found):.2f}" for rule in rules)])
    head = ("what happened", "unexplained, by counts alone", "unexplained, ages known", "left within 30 days")
    return table(head, lines)


def _errors(rows: Sequence[Outcome]) -> list[str]:
    lines = []
    for kind in KINDS:
        found = of(rows, kind)
        cells = []
        for policy in POLICIES:
            errors = [row.error(policy) for row in found]
            cells.append(f"{mean(errors):+.1%} / {median(errors):+.1%}")
        within = sum(abs(row.error("paid")) <= 0.03 for row in found) / len(found)
        lines.append([NAMES[kind], *cells, f"{within:.2f}"])
    return table(("what happened", *POLICIES.values(), "accounts within 3 %"), lines)


def report(rows: Sequence[Outcome], seeds: Sequence[int]) -> str:
    """Return docs/burst-guard.md."""
    purges = of(rows, "purge")
    lost, spared = sum(row.lost for row in purges), sum(row.spared for row in purges)
    bought = [row for kind in PURCHASES for row in of(rows, kind)]
    reached = [[what, found, "yes" if good else "**no**"] for what, found, good in bars(rows)]
    page = PAGE.format(
        n=len(rows),
        seeds=", ".join(map(str, seeds)),
        asked="\n".join(table(("bar", "found", "reached"), reached)),
        detection="\n".join(_detection(rows)),
        stray="\n".join(_stray(rows)),
        holds="\n".join(_holds(rows)),
        purges=len(purges),
        seen=sum(row.lost > 0 for row in purges),
        lost=lost,
        spared=spared,
        spared_share=spared / max(lost, 1),
        forgiven=sum(row.spared for row in bought) / max(sum(row.lost for row in bought), 1),
        errors="\n".join(_errors(rows)),
    )
    return page.rstrip("\n") + "\n"


def main(arguments: Sequence[str]) -> int:
    """Judge and write the report; 1 where a bar is not reached."""
    parser = argparse.ArgumentParser(prog="python tests/burst", description=__doc__)
    parser.add_argument("--seed", type=int, nargs="+", default=list(JUDGING), help="odd seeds")
    parser.add_argument("--scale", type=float, default=1.0, help="share of the full number of accounts")
    parser.add_argument("--out", type=Path, default=REPORT)
    options = parser.parse_args(arguments)
    check_judging(options.seed)
    counts = {kind: max(2, round(n * options.scale)) for kind, n in FULL.items()}
    rows = [row for seed in options.seed for row in outcomes(make_streams(seed, counts))]
    options.out.write_text(report(rows, options.seed), encoding="utf-8")
    for what, found, good in bars(rows):
        print(f"{'reached' if good else 'MISSED '}  {what}: {found}")
    return 0 if all(good for *_, good in bars(rows)) else 1
