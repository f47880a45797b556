"""What stops at the gate is named with its place, value and mend, in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from expectations.results import SuiteResult
from expectations.runner import check_landing
from pipelines.company import InputError, load_company
from pipelines.landing import ingest

from .company import Subject, write_company
from .gate import MISFILED, REFUSED, Misfiled, Refused
from .page import PAGE, render


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> list[SuiteResult]:
    """What the expectations say of a company whose exports hold all that is refused, and one that is sound."""
    home = tmp_path_factory.mktemp("gate") / "company"
    subjects = [Subject(number, case.key, case.kind) for number, case in enumerate(REFUSED, start=1)]
    for subject, case in zip(subjects, REFUSED, strict=True):
        case.damage(subject)
    write_company(
        home, [*subjects, *(Subject(90 + n, f"sound_{n}", kind) for n, kind in enumerate(("x", "desk", "crm")))]
    )
    report = ingest(load_company(home))
    assert report.quarantined == 0
    return check_landing(home)


@pytest.mark.parametrize("case", [pytest.param(case, id=case.key) for case in REFUSED])
def test_a_value_that_cannot_be_refuses_its_file(judged: list[SuiteResult], case: Refused) -> None:
    found = [
        (result, failure)
        for result in judged
        for failure in result.failures
        if failure.severity == "critical" and any(f"a_{case.key} " in row for row in failure.rows)
    ]
    ((result, failure),) = found
    assert failure.message.startswith(f"column {case.column}: ")
    assert case.says in failure.message
    assert failure.message.rpartition(". ")[2], "a mend ends it"
    (file,) = {row.rpartition(" ")[2] for row in failure.rows if f"a_{case.key} " in row}
    assert file in result.refused_files


def test_nothing_else_is_refused(judged: list[SuiteResult]) -> None:
    rows = [row for result in judged for one in result.failures if one.severity == "critical" for row in one.rows]
    # rows about whole files bear the content alone
    assert {row.split(" ")[1] for row in rows if " " in row} == {f"a_{case.key}" for case in REFUSED}


def test_the_sound_company_loads(tmp_path: Path) -> None:
    write_company(tmp_path / "company", [Subject(1, "first", "x"), Subject(2, "second", "x")])
    assert len(load_company(tmp_path / "company").people) == 3


@pytest.mark.parametrize("case", [pytest.param(case, id=case.key) for case in MISFILED])
def test_a_row_that_cannot_be_is_named(tmp_path: Path, case: Misfiled) -> None:
    first, second = Subject(1, "first", "x"), Subject(2, "second", "x")
    case.change(first, second)
    write_company(tmp_path / "company", [first, second])
    for lang, says in (("en", case.en), ("zh", case.zh)):
        with pytest.raises(InputError) as told:
            load_company(tmp_path / "company", lang=lang)
        place = (case.file, case.row, case.column, case.value)
        named = [one for one in told.value.findings if (one.file, one.row, one.column, one.value) == place]
        assert named, told.value.findings
        assert says in named[0].problem
        assert named[0].mend


def test_the_page_of_the_docs_says_what_is_planted() -> None:
    assert PAGE.read_text(encoding="utf-8") == render(), "run `python tests/planted`"
