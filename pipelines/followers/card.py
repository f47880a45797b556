"""The scoring card of followers as SQL: the macro, the points and the sentences of the pipeline, outside dbt.

Belongs here: the rendering of dbt_project/macros/follower_points.sql, which is plain Jinja for this, and the relations
that it reads. Does not belong here: a rule of the card; those are in the macro and in seeds/follower_points.csv.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipelines.texts import LANGUAGES
from pipelines.texts.followers import TEXTS

if TYPE_CHECKING:
    import duckdb

_PROJECT = Path(__file__).resolve().parents[2] / "dbt_project"
SEED = _PROJECT / "seeds" / "follower_points.csv"
_MACRO = _PROJECT / "macros" / "follower_points.sql"
_SENTENCES = "followers.reasons."

POINTS_TABLE, TEXTS_TABLE = "follower_points", "follower_reasons"


@dataclass(frozen=True)
class Line:
    """A line of the card: a row of the seed.

    Attributes:
        model_version: the card that it belongs to.
        valid_from: ISO day from which that card judges.
        code: what is compared (dbt_project/macros/follower_points.sql).
        threshold: what it is compared with; empty where the code needs none.
        points: what it gives; of `few_following` the highest total, of `spam` the total that is spam; empty for ages.
    """

    model_version: str
    valid_from: str
    code: str
    threshold: str
    points: str


def shipped_card() -> list[Line]:
    """Return every line of every version of the card."""
    with SEED.open(encoding="utf-8", newline="") as file:
        return [Line(**row) for row in csv.DictReader(file)]


def create_card(connection: duckdb.DuckDBPyConnection, lines: Iterable[Line]) -> None:
    """Write the card and its sentences into the tables that `scoring_sql` reads."""
    connection.execute(
        f"create or replace table {POINTS_TABLE} "
        "(model_version varchar, valid_from date, code varchar, threshold varchar, points integer)"
    )
    connection.executemany(
        f"insert into {POINTS_TABLE} values (?, ?, ?, nullif(?, ''), cast(nullif(?, '') as integer))",
        [(line.model_version, line.valid_from, line.code, line.threshold, line.points) for line in lines],
    )
    columns = ", ".join(f"text_{lang} varchar" for lang in LANGUAGES)
    connection.execute(f"create or replace table {TEXTS_TABLE} (code varchar, {columns})")
    connection.executemany(
        f"insert into {TEXTS_TABLE} values (?{', ?' * len(LANGUAGES)})",
        [(code, *(entry[lang] for lang in LANGUAGES)) for code, entry in sentences().items()],
    )


def sentences() -> dict[str, dict[str, str]]:
    """Return the sentences of the card by code and language."""
    return {key.removeprefix(_SENTENCES): entry for key, entry in TEXTS.items() if key.startswith(_SENTENCES)}


def batches_sql(profiles: str, key: str) -> str:
    """Return the query that counts the days on which the accounts of a list were made.

    Args:
        profiles: name of a relation with the columns that the macro `follower_batches` asks for.
        key: its column that tells one account from another.
    """
    return str(_macros().follower_batches(profiles, _card_sql("en"), key))


def scoring_sql(profiles: str, keys: Sequence[str], lang: str) -> str:
    """Return the query that scores every row of a relation.

    Args:
        profiles: name of a relation with the columns that the macro `follower_points` asks for.
        keys: its columns that are handed through.
        lang: language of the reasons, `zh` or `en`.
    """
    return str(_macros().follower_points(profiles, _card_sql(lang), list(keys)))


def _card_sql(lang: str) -> str:
    return str(_macros().follower_card(POINTS_TABLE, TEXTS_TABLE, f"text_{lang}"))


@cache
def _macros() -> Any:
    import jinja2

    environment = jinja2.Environment(undefined=jinja2.StrictUndefined)  # noqa: S701 - renders SQL, no page
    return environment.from_string(_MACRO.read_text(encoding="utf-8")).module
