"""The file of experts' judgements: what is read, and every wrong row with its message."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.company.collector import Collector
from pipelines.company.csvfile import read_table
from pipelines.company.expert_records import ExpertRound
from pipelines.company.expert_rounds import DelphiStudy, ExpertFile, PairStudy, read_expert_rounds
from pipelines.company.findings import InputError
from pipelines.company.human_files import EXPERT_ROUNDS
from pipelines.company.templates import csv_template

pytestmark = pytest.mark.req("001-R7")

HEADER = "topic,method,round,expert,item,other_item,score,low_mark,full_mark,ca,cs"
#: Three items by one expert; with the header the rows are 2 to 4.
PAIRS = ("T,0-4,,E1,a,b,4", "T,0-4,,E1,a,c,3", "T,0-4,,E1,b,c,2")
#: Two items by two experts on the scale 0 to 5.
SCORES = ("T,delphi,1,E1,x,,5", "T,delphi,1,E1,y,,4", "T,delphi,1,E2,x,,4", "T,delphi,1,E2,y,,4")

Read = Callable[..., ExpertFile]
Wrong = Callable[..., list[str]]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    def call(*lines: str, header: str = HEADER, encoding: str = "utf-8", lang: str = "en") -> ExpertFile:
        path = tmp_path / "e.csv"
        path.write_bytes("\r\n".join([header, *lines]).encode(encoding))
        return read_expert_rounds(path, lang)

    return call


@pytest.fixture
def wrong(read: Read) -> Wrong:
    """Every finding of a file, as it is printed."""

    def call(*lines: str, **how: str) -> list[str]:
        with pytest.raises(InputError) as caught:
            read(*lines, **how)
        return [str(finding) for finding in caught.value.findings]

    return call


def test_one_row_a_pair_fills_in_its_counterpart(read: Read) -> None:
    (study,) = read(*PAIRS).studies
    assert isinstance(study, PairStudy)
    assert (study.topic, study.method, study.items, study.experts) == ("T", "0-4", ("a", "b", "c"), ("E1",))
    assert study.matrices == (((0, 4, 3), (0, 0, 2), (1, 2, 0)),)


def test_the_counterpart_may_be_stated_too(read: Read) -> None:
    assert read(*PAIRS, "T,0-4,,E1,b,a,0").studies == read(*PAIRS).studies


def test_a_survey_is_read_by_rounds_in_the_order_of_their_numbers(read: Read) -> None:
    second = [row.replace(",1,", ",2,", 1) for row in SCORES]
    (study,) = read(*second, *SCORES, "T,delphi,1,E1,z,,1,0,5,0.9,0.7", "T,delphi,1,E2,z,,1,,,1,1").studies
    assert isinstance(study, DelphiStudy)
    assert (study.low_mark, study.full_mark) == (0, 5)
    assert [(one.number, one.items) for one in study.rounds] == [(1, ("x", "y", "z")), (2, ("x", "y"))]
    assert study.rounds[0].scores == ((5, 4, 1), (4, 4, 1))
    assert study.rounds[0].authority == ((Fraction("0.9"), Fraction("0.7")), (1, 1))
    assert study.rounds[1].authority == (None, None)


def test_authority_may_be_stated_for_each_item(read: Read) -> None:
    (study,) = read(SCORES[0] + ",,,1,0.5", SCORES[1] + ",,,0.8,0.9", *SCORES[2:]).studies
    assert isinstance(study, DelphiStudy)
    assert study.rounds[0].authority == ((Fraction("0.9"), Fraction("0.7")), None)


def test_topics_and_methods_are_studies_of_their_own(read: Read) -> None:
    zero_one = [row.replace("0-4", "0-1").replace(",4", ",1").replace(",3", ",0").replace(",2", ",1") for row in PAIRS]
    studies = read(*SCORES, *PAIRS, *zero_one, *(row.replace("T,", "U,") for row in PAIRS)).studies
    told = [(one.topic, one.method if isinstance(one, PairStudy) else "delphi") for one in studies]
    assert told == [("T", "delphi"), ("T", "0-4"), ("T", "0-1"), ("U", "0-4")]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "gb18030"])
def test_the_ways_in_which_spreadsheets_save(read: Read, encoding: str) -> None:
    lines = [row.replace("a", "认知度").replace("E1", "张三") for row in PAIRS]
    (study,) = read(*lines, encoding=encoding).studies
    assert isinstance(study, PairStudy)
    assert (study.items[0], study.experts) == ("认知度", ("张三",))
    mended = [line.replace(",", ";") for line in (HEADER, *lines)]
    assert read(*mended[1:], header=mended[0], encoding=encoding).studies == (study,)


def test_full_width_signs_long_dashes_case_and_spaces_make_nothing_new(read: Read) -> None:
    (study,) = read(
        "T,０－４,,Ｅ１,a,b,４", "t,0–4,,e1, A ,c,3.0", "T,0-4,,E1\u200b,b,  C,2", "", ",,,,,,", "# a note"
    ).studies
    assert isinstance(study, PairStudy)
    assert (study.topic, study.items, study.experts) == ("T", ("a", "b", "c"), ("E1",))
    assert study.matrices == (((0, 4, 3), (0, 0, 2), (1, 2, 0)),)


def test_columns_that_a_method_does_not_need_may_be_left_out(read: Read) -> None:
    (study,) = read("0-4,E1,b,a,1", header="method,expert,other_item,item,score").studies
    assert isinstance(study, PairStudy)
    assert (study.topic, study.matrices) == ("", (((0, 1), (3, 0)),))


def test_rows_in_another_order_say_the_same(read: Read) -> None:
    (study,) = read(*reversed(SCORES)).studies
    assert isinstance(study, DelphiStudy)
    assert study.rounds[0].items == ("y", "x")
    assert study.rounds[0].scores == ((4, 4), (4, 5))


COMPARISONS = [
    (
        "T,0-4,,E1,b,a,1",
        "row 5, column score: b against a and the counterpart in row 2 (4) add up to 5, not to 4 (value: '1'). Correct "
        "one of the two rows, or remove one: one row a pair is enough.",
    ),
    (
        "T,0-4,,E1,a,b,3",
        "row 5, column score: expert E1 says 4 in row 2 (value: '3'). Keep one of the two rows; in a copied block the "
        "expert's name may not have been changed.",
    ),
    (
        "T,0-4,,E1,a,b,4",
        "row 5, column score: expert E1 gives this judgement in row 2 already (value: '4'). Remove one of the two "
        "rows; in a copied block the expert's name may not have been changed.",
    ),
    (
        "T,0-4,,E1,a,a,0",
        "row 5, column other_item: the item is compared with itself (value: 'a'). Remove the row, or name the other "
        "item.",
    ),
    (
        "T,0-4,,E1,c,,4",
        "row 5, column other_item: nothing says what the item is compared with by the method 0-4. Fill in other_item, "
        "or write the method delphi.",
    ),
    (
        "T,0-4,1,E1,b,a,0",
        "row 5, column round: belongs to Delphi rounds, not to the method 0-4 (value: '1'). Empty the cell.",
    ),
    (
        "T,0-4,,E1,b,a,0,,4",
        "row 5, column full_mark: belongs to Delphi rounds, not to the method 0-4 (value: '4'). Empty the cell.",
    ),
    (
        "T,5-4,,E1,b,a,0",
        "row 5, column method: is none of: 0-4, 0-1, delphi (value: '5-4'). Write one of them, such as 0-4.",
    ),
    ("T,0-4,,,b,a,0", "row 5, column expert: the cell is empty. Fill it in."),
    ("T,0-4,,E1,\u200b ,a,0", "row 5, column item: the cell is empty (value: '\\u200b '). Fill it in."),
    ("T,0-4,,E1,b,a,", "row 5, column score: the cell is empty. Fill it in."),
    (
        "T,0-4,,E1,b,a,much",
        "row 5, column score: is not a plain number (value: 'much'). Write it as 1234.5, without thousands separators, "
        "currency or percent signs.",
    ),
    (
        ",0-4,,E1,b,a,0",
        "row 5, column topic: the topic is empty (rows without one: 1), while other rows name one. Fill it in: rows "
        "without a topic count as a survey of their own.",
    ),
]


@pytest.mark.parametrize(("line", "message"), COMPARISONS, ids=[line for line, _ in COMPARISONS])
def test_a_wrong_comparison_is_told_alone(wrong: Wrong, line: str, message: str) -> None:
    assert wrong(*PAIRS, line) == [f"e.csv, {message}"]


@pytest.mark.parametrize(
    ("method", "score"), [("0-4", "5"), ("0-4", "-1"), ("0-4", "2.5"), ("0-1", "2"), ("0-1", "0.5")]
)
def test_a_score_that_the_method_does_not_know(wrong: Wrong, method: str, score: str) -> None:
    allowed = "0, 1, 2, 3, 4" if method == "0-4" else "0, 1"
    assert wrong(f"T,{method},,E1,a,b,{score}") == [
        f"e.csv, row 2, column score: the method {method} knows no such score, only {allowed} (value: '{score}'). "
        "Write one of them."
    ]


def test_zero_one_points_add_up_to_1(wrong: Wrong) -> None:
    (told,) = wrong("T,0-1,,E1,a,b,1", "T,0-1,,E1,b,a,1")
    assert "add up to 2, not to 1" in told


def test_a_missing_pair(wrong: Wrong) -> None:
    assert wrong(*PAIRS[:2]) == [
        "e.csv, row 2, column expert: the expert does not compare b with c (method 0-4) (value: 'E1'). Add the row."
    ]


def test_an_item_that_an_expert_compares_with_nothing(wrong: Wrong) -> None:
    second = [row.replace("E1", "E2") for row in PAIRS]
    assert wrong(*PAIRS, second[0]) == [
        "e.csv, row 5, column expert: the expert compares c with nothing (value: 'E2'). Add the rows, or correct the "
        "spelling of the item."
    ]


SURVEYS = [
    (
        "T,delphi,1,E1,x,,5",
        "row 6, column score: expert E1 gives this judgement in row 2 already (value: '5'). Remove one of the two "
        "rows; in a copied block the expert's name may not have been changed.",
    ),
    (
        "T,delphi,1,E1,x,,3",
        "row 6, column score: expert E1 says 5 in row 2 (value: '3'). Keep one of the two rows; in a copied block the "
        "expert's name may not have been changed.",
    ),
    ("T,delphi,,E1,z,,3", "row 6, column round: the round is empty. Write 1 for the first round."),
    (
        "T,delphi,one,E1,z,,3",
        "row 6, column round: is not a plain number (value: 'one'). Write it as 1234.5, without thousands separators, "
        "currency or percent signs.",
    ),
    ("T,delphi,1.5,E1,z,,3", "row 6, column round: is not a whole number (value: '1.5'). Write a whole number."),
    ("T,delphi,0,E1,z,,3", "row 6, column round: is outside 1 to 99 (value: '0'). Write a number from 1 to 99."),
    ("T,delphi,1,E2,,,3", "row 6, column item: the cell is empty. Fill it in."),
]


@pytest.mark.parametrize(("line", "message"), SURVEYS, ids=[line for line, _ in SURVEYS])
def test_a_wrong_row_of_a_survey_is_told_alone(wrong: Wrong, line: str, message: str) -> None:
    assert wrong(*SCORES, line) == [f"e.csv, {message}"]


CELLS = [
    (
        ("x,,6",),
        "row 2, column score: is outside the scale of 0 to 5 (value: '6'). Correct the score, or state the scale in "
        "low_mark and full_mark.",
    ),
    (
        ("x,,0,1",),
        "row 2, column score: is outside the scale of 1 to 5 (value: '0'). Correct the score, or state the scale in "
        "low_mark and full_mark.",
    ),
    (
        ("x,,5,5",),
        "row 2, column low_mark: the scale runs from 5 to 5 (value: '5'). Write a full mark above the lowest mark.",
    ),
    (
        ("x,,5,,0",),
        "row 2, column full_mark: the scale runs from 0 to 0 (value: '0'). Write a full mark above the lowest mark.",
    ),
    (
        ("x,,5,,10", "y,,4,,5"),
        "row 3, column full_mark: row 2 of the same topic says 10 (value: '5'). Use one scale for all rounds and "
        "experts of a topic; to state it once is enough.",
    ),
    (("x,,5,,,0.9",), "row 2, column cs: ca and cs are not filled in together. Fill in both, from 0 to 1, or neither."),
    (
        ("x,,5,,,,0.9",),
        "row 2, column ca: ca and cs are not filled in together. Fill in both, from 0 to 1, or neither.",
    ),
    (("x,,5,,,1.2,0.9",), "row 2, column ca: is outside 0 to 1 (value: '1.2'). Write a number from 0 to 1."),
    (
        ("x,y,5",),
        "row 2, column other_item: a Delphi score judges one item, and here is another (value: 'y'). Empty the cell, "
        "or write the method 0-4 or 0-1.",
    ),
]


@pytest.mark.parametrize(("ends", "message"), CELLS, ids=[" ".join(ends) for ends, _ in CELLS])
def test_a_wrong_cell_of_a_survey_is_told_alone(wrong: Wrong, ends: tuple[str, ...], message: str) -> None:
    changed = [f"T,delphi,1,E1,{end}" for end in ends]
    assert wrong(*changed, *SCORES[len(changed) :]) == [f"e.csv, {message}"]


def test_an_expert_who_left_an_item_out(wrong: Wrong) -> None:
    assert wrong(*SCORES[:3]) == [
        "e.csv, row 4, column expert: the expert leaves y out of round 1 (value: 'E2'). Add the row, or correct the "
        "spelling of the item."
    ]


def test_a_round_with_one_expert(wrong: Wrong) -> None:
    assert wrong(*SCORES[:2]) == [
        "e.csv, row 2, column expert: round 1 has one expert; agreement (Kendall's W) needs two or more (value: 'E1'). "
        "Add the other experts' rows."
    ]


def test_scores_of_nothing_but_0(wrong: Wrong) -> None:
    (told,) = wrong(*(row[:-1] + "0" for row in SCORES))
    assert "row 2, column score: all scores of round 1 are 0, so that nothing has weight" in told
    outside = wrong(*(row[:-1] + "0,1" for row in SCORES))
    assert len(outside) == 4  # zeros below the scale are told as that alone
    assert all("is outside the scale of 1 to 5" in line for line in outside)


def test_a_misspelt_item_is_told_where_it_stands_and_not_by_everybody(wrong: Wrong) -> None:
    lines = [f"T,delphi,1,E{number},{item},,4" for number in range(1, 5) for item in ("Growth", "Engagement")]
    lines[3] = lines[3].replace("Engagement", "Engagment")
    few, left_out = sorted(wrong(*lines), key=lambda told: "column item" not in told)
    assert few.startswith(
        "e.csv, row 5, column item: only 1 of 4 experts judge this item; the nearest is Engagement (value: 'Engagment')"
    )
    assert "row 4, column expert: the expert leaves Engagement out of round 1; the nearest is Engagment" in left_out


def test_everything_wrong_is_told_at_once_and_in_chinese(wrong: Wrong) -> None:
    lines = [
        PAIRS[0],
        "T,0-4,,E1,b,a,1",
        "T,0-4,,E1,a,c,9",
        "S,delphi,1,E1,x,,7",
        "S,delphi,1,E1,y,,x",
        "S,x,1,E2,x,,1",
    ]
    told = wrong(*lines, lang="zh")
    assert [line.partition(": ")[0] for line in told] == [
        "e.csv, row 2, column expert",  # b with c
        "e.csv, row 3, column score",
        "e.csv, row 4, column score",
        "e.csv, row 5, column score",
        "e.csv, row 6, column score",
        "e.csv, row 7, column method",
    ]
    assert told[1].endswith(
        "b 对 a 与第 2 行的反向得分（4）合计 5，应为 4 (value: '1'). 请更正其中一行，或删除一行：每对写一行即可"
    )


@pytest.mark.parametrize(
    ("broken", "lacking"),
    [
        ("T,0-4,,E1,b,,2", 0),  # may be b with c
        ("T,0-4,,,b,c,2", 0),
        ("T,4,,E1,b,c,2", 0),
        ("T,0-4,,E1,b,c,x", 0),
        ("T,0-4,,E1,b,c,9", 0),
        ("T,0-4,,E1,a,,2", 1),  # is not b with c, whatever its other item
        ("T,0-4,,,a,b,2", 1),
        ("T,delphi,1,,b,,2", 1),
    ],
)
def test_a_broken_row_is_not_told_as_missing_too(wrong: Wrong, broken: str, lacking: int) -> None:
    told = wrong(*PAIRS[:2], broken)
    assert sum("does not compare b with c" in line for line in told) == lacking
    assert len(told) == 1 + lacking


def test_a_second_expert_without_a_round_is_not_told_as_missing(wrong: Wrong) -> None:
    assert len(wrong(*SCORES[:2], *(row.replace(",1,", ",,", 1) for row in SCORES[2:]))) == 2
    assert len(wrong(*SCORES[:2], "T,delphi,,E1,z,,3")) == 2  # the same expert makes no second one


def test_lost_rows_make_nothing_missing(wrong: Wrong) -> None:
    (told,) = wrong(*PAIRS[:2], 'T,0-4,,"E1"x,b,c,2')
    assert "the row is no readable CSV" in told
    (told,) = wrong(*PAIRS[:2], "T,0-4,,E1,b,c,2,,,,,,,spare")
    assert "cells beyond the 11 columns" in told


@pytest.mark.parametrize(
    ("lines", "header", "message"),
    [
        ((), HEADER, "e.csv: the file has a header and no judgement. Add a row for each judgement"),
        ((), "", "e.csv: the file has no header row"),
        (PAIRS, HEADER.replace("score", "scroe"), "column scroe: the column is unknown; the nearest is score"),
        (("x\0y",), HEADER, "e.csv: the file is neither UTF-8 nor GB18030 text"),
    ],
)
def test_a_file_that_holds_no_judgements(wrong: Wrong, lines: tuple[str, ...], header: str, message: str) -> None:
    assert any(message in line for line in wrong(*lines, header=header))


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    for path, why in ((tmp_path / "no.csv", "No such file"), (tmp_path, "Is a directory")):
        with pytest.raises(InputError, match=f"the file cannot be read .{why}"):
            read_expert_rounds(path)


def test_the_template_is_a_file_without_judgements(tmp_path: Path) -> None:
    collector = Collector()
    content = csv_template(EXPERT_ROUNDS).encode("utf-8-sig")
    table = read_table(content, "t.csv", ExpertRound.columns(), ExpertRound.required_columns(), collector)
    assert (table.complete, table.rows, collector.findings) == (True, [], [])
    (tmp_path / "t.csv").write_bytes(content + "\r\n".join(PAIRS).encode())
    assert len(read_expert_rounds(tmp_path / "t.csv").studies) == 1


words = st.sampled_from(
    ["", "0-4", "0-1", "delphi", "1", "2", "a", "b", "E1", "x,", '"', "-1", "9e9", "增长", "\u200b"]
)


@given(st.lists(st.lists(words, max_size=11).map(",".join), max_size=6))
def test_no_file_makes_a_bug(tmp_path_factory: pytest.TempPathFactory, lines: list[str]) -> None:
    path = tmp_path_factory.getbasetemp() / "fuzz.csv"
    path.write_text("\n".join([HEADER, *lines]), encoding="utf-8")
    try:
        assert read_expert_rounds(path).studies
    except InputError as error:
        assert error.findings


def test_scores_are_decimals(read: Read) -> None:
    (study,) = read(*(row[:-1] + "3.3" for row in SCORES)).studies
    assert isinstance(study, DelphiStudy)
    assert study.rounds[0].scores[0][0] == Decimal("3.3")
