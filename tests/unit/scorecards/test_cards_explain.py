"""explain: from the score down to file and row."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from cards_sample import PERIOD, Case
from test_cards_seal import corrected

from pipelines.company.findings import InputError
from pipelines.company.keys import Pseudonymiser
from pipelines.scorecards import Built, EvidenceRow, explain, seal

Build = Callable[[Case], Built]


def test_the_whole_derivation_of_a_kpi(build: Build, case: Case, tmp_path: Path) -> None:
    build(case)
    said = explain(tmp_path, case.company, "E001", PERIOD, "engagement_rate_original", "en")
    assert "Zhang Xiaoyu (E001) · October 2026 · Draft" in said
    assert "target from people/targets.csv, row 7" in said
    assert "actual 0.430 % = 2,150 ÷ 500,000" in said
    assert "(0.0043 − 0.001) / (0.005 − 0.001) = 82.5 %" in said
    assert "curve (50, 0) → (100, 100) → (130, 120)" in said
    assert "0 + (82.5 − 50) / (100 − 50) × (100 − 0) = 65 points" in said
    assert "records, 34 of 34:" in said
    assert "account_analytics_2026-10.csv row 2 · post 1840000000000000000" in said
    assert said.count("account_analytics_2026-10.csv row") == 34


def test_the_whole_card_in_chinese(build: Build, case: Case, tmp_path: Path) -> None:
    build(case)
    said = explain(tmp_path, case.company, "E002", PERIOD)
    assert "欧阳明（E002）" in said and "数据源 工单 没有 2026-10 的数据" in said
    assert "奖金计算" in said and "应发奖金" in said


@pytest.mark.req("003-I1")
def test_it_says_what_would_have_changed_the_result(build: Build, case: Case, tmp_path: Path) -> None:
    build(case)
    english = explain(tmp_path, case.company, "E001", PERIOD, None, "en")
    told = "  Engagement rate of original content at 0.500 % (actual 0.430 %): +12.25 points, +CNY 422.03 to pay"
    assert english.split("What would have changed it")[1].splitlines()[1] == told
    chinese = explain(tmp_path, case.company, "E001", PERIOD, None, "zh")
    assert "团队净增粉丝数多一个（656）：+0.02 分，应发 +" in chinese


def test_a_provider_gives_every_record_by_the_pseudonymous_key(build: Build, case: Case, tmp_path: Path) -> None:
    build(case)
    asked = []

    def provider(key: str, period: str, kpi: str) -> list[EvidenceRow]:
        asked.append((key, period, kpi))
        return [EvidenceRow("post", "42", numerator=Decimal("1.5"), row_no=9, file_name="b.csv")]

    said = explain(tmp_path, case.company, "E001", PERIOD, "posting_frequency", "en", evidence=provider)
    key = Pseudonymiser.from_home(tmp_path).person("E001")
    assert asked == [(key, PERIOD, "posting_frequency")]
    assert "b.csv row 9 · post 42 · – · credit 100 % · Numerator 1.5" in said


def test_the_sealed_revision_goes_before_the_draft(build: Build, case: Case, tmp_path: Path) -> None:
    build(case)
    seal(tmp_path, case.company, PERIOD, "E009", at=datetime(2026, 11, 4, tzinfo=UTC))
    build(corrected())
    said = explain(tmp_path, case.company, "E001", PERIOD, "posting_frequency", "en")
    assert "Sealed · revision 1" in said and "34 ÷ 35" in said
    assert "a draft differs from revision 1; see draft/diff_vs_r1.csv" in said


@pytest.mark.parametrize(
    ("person", "period", "kpi", "said"),
    [
        ("E099", PERIOD, None, "nobody with this person id has a card in this period"),
        ("E001", "2026-09", None, "there are no scorecards of this period"),
        ("E001", PERIOD, "likes", "the card of E001 has no such KPI"),
    ],
)
def test_what_is_not_there_is_told_with_the_mend(
    build: Build, case: Case, tmp_path: Path, person: str, period: str, kpi: str | None, said: str
) -> None:
    build(case)
    with pytest.raises(InputError, match=said) as error:
        explain(tmp_path, case.company, person, period, kpi)
    assert error.value.findings[0].mend


def test_every_person_can_be_explained_in_both_languages(build: Build, case: Case, tmp_path: Path) -> None:
    build(case)
    for person in case.scored.people:
        for lang in ("zh", "en"):
            assert str(person.payable) in explain(tmp_path, case.company, person.person_id, PERIOD, None, lang).replace(
                ",", ""
            )
