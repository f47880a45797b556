"""`scorecards weights` as HR meets it: tables in two languages, CSV, YAML, warnings, exit codes."""

from __future__ import annotations

import csv
import io
import re
from decimal import Decimal
from pathlib import Path
from textwrap import indent

import pytest
import yaml
from click.testing import CliRunner, Result

from pipelines.cli import EXIT_INPUT, main
from pipelines.schemes import load_scheme, yaml_lines
from pipelines.schemes.loader import SHIPPED

pytestmark = pytest.mark.req("001-R7")

PAGE = Path(__file__).resolve().parents[3] / "docs" / "weights.md"
HEADER = "topic,method,round,expert,item,other_item,score,low_mark,full_mark,ca,cs\n"


def blocks(kind: str) -> list[str]:
    """The code blocks of one kind of docs/weights.md."""
    return re.findall(rf"^```{kind}\n(.*?)^```$", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)


@pytest.fixture
def golden(tmp_path: Path) -> Path:
    path = tmp_path / "pairs.csv"
    path.write_text(blocks("csv")[0], encoding="utf-8")
    return path


@pytest.fixture
def survey(tmp_path: Path) -> Path:
    path = tmp_path / "delphi.csv"
    path.write_text(blocks("csv")[1], encoding="utf-8")
    return path


def call(*words: object) -> Result:
    return CliRunner().invoke(main, ["weights", *map(str, words)], catch_exceptions=False)


def told(tmp_path: Path, *lines: str, options: tuple[str, ...] = ()) -> Result:
    path = tmp_path / "e.csv"
    path.write_text(HEADER + "\n".join(lines), encoding="utf-8")
    return call(path, *options)


def test_the_golden_example_of_the_docs(golden: Path) -> None:
    result = call(golden)
    assert result.exit_code == 0
    assert result.stdout == blocks("text")[0]
    assert result.stderr == ""


def test_a_survey_in_chinese(survey: Path) -> None:
    result = call(survey, "--lang", "zh")
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[:8] == [
        "品牌：德尔菲法，量表 1 至 5",
        "第 1 轮，3 位专家，3 个项目",
        "协调系数 W 0.433，χ² 2.60，自由度 2，p 0.273",
        "权威系数 Cr 0.817 =（Ca 0.900 + Cs 0.733）/ 2，3 位专家中 3 位已填写",
        "项目    均值  满分频率  变异系数    权重  权重 %",
        "认知度  4.67    66.7 %     0.124  0.4000   40.00",
        "美誉度  4.00    33.3 %     0.250  0.3429   34.29",
        "忠诚度  3.00       0 %     0.333  0.2571   25.71",
    ]
    assert "协调系数 W 1.000，χ² 6.00，自由度 2，p 0.050" in lines
    assert lines[-1] == "第 1 轮到第 2 轮：W +0.567，变异系数最大变化 0.333：未稳定"
    assert result.stderr == (
        "warning: delphi.csv: 品牌，delphi：第 1 轮到第 2 轮意见尚未稳定：W +0.567，变异系数最大变化 0.333"
        "（稳定：分别不超过 0.10 与 0.05）. 请再进行一轮，或说明停止的理由\n"
    )


def test_columns_stand_below_each_other_also_in_chinese(survey: Path) -> None:
    table = call(survey, "--lang", "zh").stdout.splitlines()[4:9]
    widths = {sum(2 if ord(mark) > 0x2E80 else 1 for mark in line) for line in table}
    assert len(widths) == 1


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_csv_is_the_same_in_every_language(survey: Path, lang: str) -> None:
    result = call(survey, "--format", "csv", "--lang", lang)
    rows = list(csv.DictReader(io.StringIO(result.stdout)))
    assert [(row["round"], row["is_last"], row["item"]) for row in rows[2:4]] == [
        ("1", "false", "忠诚度"),
        ("2", "true", "认知度"),
    ]
    assert rows[0] == {
        "topic": "品牌",
        "method": "delphi",
        "round": "1",
        "is_last": "false",
        "experts": "3",
        "item": "认知度",
        "score": "4.666666666667",
        "full_mark_frequency": "0.666666666667",
        "cv": "0.123717914826",
        "weight": "0.4",
        "percent": "40.00",
        "kendall_w": "0.433333333333",
        "chi_square": "2.6",
        "degrees_of_freedom": "2",
        "p_value": "0.272531793034",
        "authority": "0.816666666667",
    }
    assert all(sum(Decimal(row["percent"]) for row in rows if row["round"] == one) == 100 for one in "12")


def test_csv_of_comparisons(golden: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(call(golden, "--format", "csv").stdout)))
    assert [row["weight"] for row in rows] == ["0.375", "0.125", "0.166666666667", "0.333333333333"]
    assert {row["round"] + row["kendall_w"] + row["cv"] for row in rows} == {""}


def test_yaml_fits_into_a_component_of_a_scheme(golden: Path) -> None:
    result = call(golden, "--format", "yaml", "--total", "17.5", "--decimals", "1")
    assert result.stdout.startswith(
        "# role content: weight-factor method (0-4), 1 expert, 4 items; for a component of weight 17.5 in a scheme "
        "file\nkpis:\n"
    )
    kpis = yaml_lines.parse(result.stdout).data["kpis"]
    assert kpis == {
        "engagement_rate_original": Decimal("6.6"),
        "original_content_share": Decimal("2.2"),
        "posting_frequency": Decimal("2.9"),
        "site_clicks": Decimal("5.8"),
    }
    assert sum(kpis.values()) == Decimal("17.5")


def test_the_yaml_can_be_pasted_into_a_shipped_scheme(tmp_path: Path) -> None:
    one, two, three = "engagement_rate_original", "original_content_share", "posting_frequency"
    pairs = [f",0-4,,E1,{one},{two},3", f",0-4,,E1,{one},{three},4", f",0-4,,E1,{two},{three},3"]
    printed = told(tmp_path, *pairs, options=("--format", "yaml", "--total", "70")).stdout
    shipped = (SHIPPED / "scheme_000.yaml").read_text(encoding="utf-8")
    before = f"        kpis: {{{one}: 35, {two}: 20, {three}: 15}}\n"
    assert before in shipped
    pasted = tmp_path / "scheme_000.yaml"
    pasted.write_text(shipped.replace(before, indent(printed, "        ")), encoding="utf-8")
    component = load_scheme(pasted).roles["content"].components[1]
    assert component.kpis == {one: Decimal("40.84"), two: Decimal("23.33"), three: Decimal("5.83")}


def test_yaml_keeps_any_name_and_stays_one_stream(tmp_path: Path) -> None:
    names = ["no", "增长: 40%", 'say "hi" #1', "0-4", "a b", "null", "B"]
    quoted = ['"' + name.replace('"', '""') + '"' for name in names]
    lines = [f"t,0-1,,E,{quoted[i]},{quoted[j]},1" for i in range(7) for j in range(i + 1, 7)]
    result = told(tmp_path, *lines, *(line.replace("t,", "u,", 1) for line in lines), options=("--format", "yaml"))
    documents = list(yaml.safe_load_all(result.stdout))
    assert [list(document["kpis"]) for document in documents] == [names, names]


def test_a_circle_is_named_and_the_weights_are_printed(tmp_path: Path) -> None:
    result = told(tmp_path, "T,0-1,,E1,a,b,1", "T,0-1,,E1,b,c,1", "T,0-1,,E1,c,a,1")
    assert result.exit_code == 0
    assert "33.34" in result.stdout
    assert result.stderr == (
        "warning: e.csv, row 2, column expert: T, 0-1: the expert judges in a circle: a > b > c > a (value: 'E1'). Ask "
        "the expert to look at these pairs again; the weights are computed all the same.\n"
    )


def test_further_circles_are_counted(tmp_path: Path) -> None:
    pairs = ["a,b,3", "a,c,1", "b,c,3", "a,d,2", "b,d,2", "c,d,2"]
    result = told(tmp_path, *(f"T,0-4,,E1,{pair}" for pair in pairs))
    assert "in a circle: a > b > c > a; 3 more" in result.stderr


def test_scattered_scores_and_restless_rounds_are_warned_of(tmp_path: Path) -> None:
    first = ["T,delphi,1,E1,x,,5", "T,delphi,1,E2,x,,5", "T,delphi,1,E1,y,,4", "T,delphi,1,E2,y,,4"]
    last = ["T,delphi,2,E1,x,,5,,,0.9,0.9", "T,delphi,2,E2,x,,1", "T,delphi,2,E1,y,,4", "T,delphi,2,E2,y,,4"]
    result = told(tmp_path, *first, *last)
    assert result.exit_code == 0
    assert result.stderr.splitlines() == [
        "warning: e.csv, row 6, column item: T, delphi, round 2: the experts do not agree on this item: CV 0.943 is "
        "above 0.25 (value: 'x'). Send them the means and reasons, and ask for another round.",
        "warning: e.csv: T, delphi, round 2: 1 of 2 experts state no authority, so Cr is that of the others. Fill in "
        "ca and cs of every expert.",
        "warning: e.csv: T, delphi: the judgements have not settled from round 1 to 2: W −1.000, largest change of a "
        "CV 0.943 (settled: at most 0.10 and 0.05). Ask for another round, or say why you stop.",
    ]
    assert "from round 1 to 2: W −1.000, largest change of a CV 0.943: not settled" in result.stdout


def test_settled_rounds_are_told_without_a_warning(tmp_path: Path) -> None:
    rows = [
        f"T,delphi,{n},E{e},{item},,{score}" for n in (1, 2) for e in (1, 2) for item, score in (("x", 5), ("y", 4))
    ]
    result = told(tmp_path, *rows)
    assert result.stdout.splitlines()[-1] == "from round 1 to 2: W 0.000, largest change of a CV 0.000: settled"
    assert result.stderr == ""


def test_one_round_a_gap_one_item_and_no_order(tmp_path: Path) -> None:
    alone = told(tmp_path, "T,delphi,1,E1,x,,5", "T,delphi,1,E2,x,,4")
    assert "one round: whether the judgements are stable is not known" in alone.stdout
    assert "100.00" in alone.stdout
    assert "Kendall's W is undefined: there is one item. Do not speak of agreement." in alone.stderr
    equal = told(tmp_path, *(f"T,delphi,{n},E{e},{item},,3" for n in (1, 3) for e in (1, 2) for item in "xy"))
    assert "Kendall's W is undefined: nobody tells the items apart" in equal.stderr
    assert "T, delphi: round 3 follows round 1. Add the rounds between" in equal.stderr
    assert "from round 1 to 3: W –, largest change of a CV 0.000: not settled" in equal.stdout


def test_a_weight_of_0_is_no_weight_for_a_scheme(tmp_path: Path) -> None:
    result = told(tmp_path, "T,0-4,,E1,a,b,4")
    assert result.exit_code == 0
    assert "the weight of this item is 0 (value: 'b'). Leave the item out, or use 0-1 scoring" in result.stderr
    rows = ["T,delphi,1,E1,a,,999,0,999", "T,delphi,1,E2,a,,999", "T,delphi,1,E1,b,,1", "T,delphi,1,E2,b,,1"]
    rounded = told(tmp_path, *rows, options=("--decimals", "0"))
    assert "the weight of this item is rounded to 0 (value: 'b'). Print more decimals with --decimals" in rounded.stderr


def test_two_items_one_expert(tmp_path: Path) -> None:
    lines = told(tmp_path, ",0-4,,E1,a,b,3").stdout.splitlines()
    assert lines[0] == "weight-factor method (0-4), 1 expert, 2 items"
    assert [line.split() for line in lines[3:]] == [
        ["a", "3", "0.7500", "75.00"],
        ["b", "1", "0.2500", "25.00"],
        ["total", "100.00"],
    ]


def test_what_is_wrong_is_told_a_line_each_with_exit_2(tmp_path: Path) -> None:
    result = told(tmp_path, "T,0-4,,E1,a,b,4", "T,0-4,,E1,b,a,1", "T,0-4,,E1,a,c,7", options=("--lang", "zh"))
    assert result.exit_code == EXIT_INPUT
    assert result.stdout == ""
    assert [line.partition(": ")[0] for line in result.stderr.splitlines()] == ["error"] * 3
    assert "（4）合计 5，应为 4" in result.stderr
    assert call(tmp_path / "none.csv").exit_code == EXIT_INPUT


@pytest.mark.parametrize("total", ["0", "101", "x", "-5", "1e1", "NaN", "", "３０"])
def test_a_total_that_is_no_weight_is_refused(golden: Path, total: str) -> None:
    result = call(golden, "--total", total)
    assert result.exit_code == EXIT_INPUT
    assert "is not a number above 0 and at most 100" in result.stderr


def test_a_total_finer_than_the_weights_is_refused(golden: Path) -> None:
    result = call(golden, "--total", "17.55", "--decimals", "1")
    assert result.exit_code == EXIT_INPUT
    assert "17.55 has more than 1 decimals" in result.stderr
