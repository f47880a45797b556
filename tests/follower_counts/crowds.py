"""Simulated crowds of new followers, what a card makes of them, and the macros over both.

Belongs here: drawing crowds with a known share of spam, measuring a card, auditing, rendering the macros. Does not
belong here: the judgement (`judge`).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import duckdb
import jinja2
import numpy as np
import pyarrow as pa

PROJECT = Path(__file__).resolve().parents[2] / "dbt_project"
MACROS = PROJECT / "macros" / "followers" / "count_control.sql"
#: Accounts on which a card's errors are measured, and followers that are audited of each verdict.
N_SPAM, N_PEOPLE, AUDITED = 300, 900, 100


@dataclass(frozen=True)
class Card:
    """What a card does: sensitivity, specificity."""

    se: float
    sp: float


@dataclass(frozen=True)
class Crowd:
    """One kind of crowd: its size, its rate of spam, what the card does to it and what was measured of the card."""

    size: int
    spam: float
    card: Card
    measured: Card


def simulated(crowd: Crowd, repeats: int, seed: int) -> pa.Table:
    """Draw crowds, verdicts, a measurement of the card and an audit; one row a crowd, with its own share of spam."""
    rng = np.random.default_rng(seed)
    spam = rng.binomial(crowd.size, crowd.spam, repeats)
    caught = rng.binomial(spam, crowd.card.se)
    wronged = rng.binomial(crowd.size - spam, 1 - crowd.card.sp)
    flagged = caught + wronged
    seen_flagged = np.minimum(AUDITED, flagged)
    seen_clean = np.minimum(AUDITED, crowd.size - flagged)
    return pa.table(
        {
            "n": np.full(repeats, crowd.size),
            "k": flagged,
            "se": rng.binomial(N_SPAM, crowd.measured.se, repeats) / N_SPAM,
            "sp": rng.binomial(N_PEOPLE, crowd.measured.sp, repeats) / N_PEOPLE,
            "n_se": np.full(repeats, N_SPAM),
            "n_sp": np.full(repeats, N_PEOPLE),
            "seen_flagged": seen_flagged,
            "spam_flagged": rng.hypergeometric(caught, wronged, seen_flagged),
            "seen_clean": seen_clean,
            "spam_clean": rng.hypergeometric(spam - caught, crowd.size - spam - wronged, seen_clean),
            "rate": np.full(repeats, crowd.spam),
            "share": spam / crowd.size,
        }
    )


def estimated(crowds: pa.Table) -> dict[str, np.ndarray]:
    """The columns of the crowds with both estimates and their intervals, by the project's own SQL."""
    environment = jinja2.Environment(autoescape=False, undefined=jinja2.StrictUndefined)
    macros = environment.from_string(MACROS.read_text(encoding="utf-8")).module
    of_card = ("n", "k", "se", "sp")
    of_audit = ("n", "k", "seen_flagged", "spam_flagged", "seen_clean", "spam_clean")
    told = {
        "corrected": macros.rogan_gladen_share(*of_card),
        "corrected_low": macros.rogan_gladen_bound(*of_card, "n_se", "n_sp", "-"),
        "corrected_high": macros.rogan_gladen_bound(*of_card, "n_se", "n_sp", "+"),
        "audited": macros.two_phase_share(*of_audit),
        "audited_low": macros.two_phase_bound(*of_audit, "-"),
        "audited_high": macros.two_phase_bound(*of_audit, "+"),
    }
    with duckdb.connect() as connection:
        connection.register("crowds", crowds)
        columns = ", ".join(f"{sql} as {name}" for name, sql in told.items())
        found: dict[str, np.ndarray] = connection.execute(f"select *, {columns} from crowds").fetchnumpy()
    return found
