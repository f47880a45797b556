"""Public comments of the demo company: published values, what is told beside them, and when they are provisional.

Belongs here: what tests/pipeline/test_demo_truth.py, which compares the sums, does not see.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipelines.company.keys import Pseudonymiser
from pipelines.demo.comments import COUNTS, QUIET_MONTH

KPIS = ("positive_sentiment_share", "user_sentiment_index")
HOLDER = "P006"  # of the campaign that the comments are about
#: the comments that people or tools labelled: of each meaning, and the ironic one
LABELLED = sum(COUNTS.values()) + 1

Query = Callable[..., list[tuple[Any, ...]]]


def query_of(home: Path) -> Query:
    def query(sql: str, *parameters: object) -> list[tuple[Any, ...]]:
        with duckdb.connect(str(home / "published" / "kpi.duckdb"), read_only=True) as connection:
            return connection.execute(sql, list(parameters)).fetchall()

    return query


@pytest.fixture(scope="module")
def small(small_home: Path) -> Query:
    return query_of(small_home)


@pytest.fixture(scope="module")
def holder(small_home: Path) -> str:
    return Pseudonymiser.from_home(small_home).person(HOLDER)


@pytest.mark.req("000-K20")
@pytest.mark.req("003-K21")
def test_the_holder_of_the_campaign_has_the_true_share_and_index(small: Query, holder: str) -> None:
    found = {
        kpi: (status, value, n)
        for kpi, status, value, n in small(
            "select kpi_id, status, value, n_records from fct_person_kpi "
            "where period = '2026-10' and person_id = ? and kpi_id in (?, ?)",
            holder,
            *KPIS,
        )
    }
    net = COUNTS["positive"] - COUNTS["negative"] - 1
    true = {KPIS[0]: Decimal(COUNTS["positive"]) / LABELLED, KPIS[1]: Decimal(net) / LABELLED}
    for kpi, value in true.items():
        assert found[kpi][0] == "ok"
        assert found[kpi][2] == LABELLED
        assert abs(found[kpi][1] - value) < Decimal("1e-9")


@pytest.mark.req("000-K20")
def test_labels_their_number_and_the_tools_accuracy_are_told_beside_the_share(small: Query, holder: str) -> None:
    told = {
        code: (severity, json.loads(params), message)
        for code, severity, params, message in small(
            "select reason_code, severity, reason_params, message from data_quality_findings "
            "where family = 'comments' and subject_id = ?",
            holder,
        )
    }
    assert set(told) == {"sentiment_share_stated", "sentiment_tool_en", "sentiment_tool_zh"}
    assert {severity for severity, _, _ in told.values()} == {"note"}
    stated = told["sentiment_share_stated"][1]
    assert (stated["n"], stated["people"], stated["unlabelled"]) == (LABELLED, 1, 1)
    assert float(stated["low"]) < float(stated["share"]) < float(stated["high"])
    assert "accuracy is 82.4 %, its macro-F1 70.3 %" in told["sentiment_tool_en"][2]
    assert "bixin-0.0.6-r1" in told["sentiment_tool_zh"][2]


def test_the_cards_have_what_was_told(small_home: Path) -> None:
    traces = json.loads((small_home / "scorecards" / "2026-10" / "draft" / "traces.json").read_text(encoding="utf-8"))
    codes = {note["reason_code"] for note in traces["quality"][HOLDER]}
    assert codes == {"sentiment_share_stated", "sentiment_tool_en", "sentiment_tool_zh"}


def test_no_text_of_a_comment_leaves_the_archive(small_home: Path) -> None:
    from pipelines.demo.comments import IRONY, TEXTS

    texts = [text.encode() for texts in TEXTS.values() for text in texts] + [IRONY.encode()]
    for folder in ("landing", "warehouse", "builds", "scorecards"):
        for path in (small_home / folder).rglob("*"):
            if path.is_file() and not path.is_symlink():
                data = path.read_bytes()
                assert not any(text in data for text in texts), path


@pytest.mark.req("000-K20")
def test_a_month_with_few_comments_is_provisional(demo_home: Path) -> None:
    query = query_of(demo_home)
    person = Pseudonymiser.from_home(demo_home).person(HOLDER)
    states = dict(
        query(
            "select period, status || ' ' || reason_code from fct_person_kpi "
            "where period_type = 'month' and kpi_id = ? and person_id = ?",
            KPIS[0],
            person,
        )
    )
    assert states.pop(QUIET_MONTH) == "provisional sentiment_few_labels"
    assert set(states.values()) == {"ok "}
