"""The handbook of a scheme: every number and name in both languages, examples by the engine, nothing unescaped."""

# ruff: noqa: E501 - the tables of changes to YAML text read worse when wrapped

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from pipelines.company.findings import InputError
from pipelines.schemes import Scheme, load_scheme, read_catalogue
from pipelines.schemes.loader import SHIPPED
from pipelines.schemes.model import CurveRule
from pipelines.scorecards.handbook import handbook, render_handbook
from pipelines.scorecards.handbook.document import Table
from pipelines.scorecards.handbook.example import example_of
from pipelines.scorecards.handbook.files import escaped
from pipelines.scorecards.handbook.words import Speaker, exact

SHIPPED_000 = (SHIPPED / "scheme_000.yaml").read_text(encoding="utf-8")
LANGUAGES = ("zh", "en")
# one of every thing that the model knows and the shipped scheme does not use
RICH = (
    ("kind: linear\n    points:\n      - [50, 0]\n      - [100, 100]", "kind: linear\n    points:\n      - [51, 3]\n      - [97, 88]\n      - [97, 91]\n      - [100, 100]"),
    ("      target: 600\n", "      threshold: 333\n      target: 601\n      stretch: 777\n"),
    ("    method: baseline\n    curve: standard\n    default_target:\n      target: 60\n", "    method: ratio\n    attainment_cap: 143\n    curve: standard\n    default_target:\n      target: 61\n"),
    ("    method: baseline\n    curve: standard\n    default_target:\n      target: 1440\n", "    method: linear\n    curve: standard\n    default_target:\n      target: 1441\n"),
    ("    method: baseline\n    curve: standard\n    default_target:\n      baseline: 0\n      target: 30\n", "    method: difference\n    scale: 17.5\n    curve: standard\n    default_target:\n      target: 31\n"),
    ("    effect: zero\n    scope: component\n    of: role\n    roles: [content, growth]", "    effect: cap\n    amount: 55.5\n    scope: kpi\n    of: team_impressions\n    roles: [content, growth]"),
    ("    when_withheld: pass\n    effect: zero\n    scope: component\n    of: role\n", "    when_withheld: hold\n    effect: deduct\n    amount: 6.25\n    scope: total\n"),
    ("  points: target_weighted", "  points: score"),
)  # fmt: skip


def scheme_of(folder: Path, *changes: tuple[str, str]) -> Scheme:
    text = SHIPPED_000
    for old, new in changes:
        assert old in text, f"the shipped scheme no longer has {old!r}"
        text = text.replace(old, new, 1)
    path = folder / "scheme_x.yaml"
    path.write_text(text, encoding="utf-8")
    return load_scheme(path)


def told(scheme: Scheme, lang: str, file_format: str = "md", currency: str = "") -> str:
    return render_handbook(scheme, read_catalogue(), [lang], file_format, currency)


def numbers(value: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Decimal]]:
    if isinstance(value, Decimal):
        yield path, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from numbers(inner, (*path, key))
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from numbers(inner, path)


def has_number(text: str, written: str) -> bool:
    return re.search(rf"(?<![\d.,]){re.escape(written)}(?![\d]|[.,]\d)", text) is not None


@pytest.mark.req("000-P2")
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("changes", [(), RICH], ids=["shipped", "rich"])
@pytest.mark.req("003-W15")
def test_every_number_of_the_scheme_is_said(tmp_path: Path, lang: str, changes: tuple[tuple[str, str], ...]) -> None:
    scheme = scheme_of(tmp_path, *changes)
    text = told(scheme, lang)
    found = list(numbers(scheme.model_dump()))
    assert len(found) > 80
    for path, number in found:
        is_share = path[0] == "kpis" and scheme.kpis[path[1]].unit == "ratio" and path[-1] != "attainment_cap"
        written = exact(number * 100) if is_share else exact(number)
        assert has_number(text, written), (path, written)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("engagement_rate_original: 35, original_content_share: 20", "engagement_rate_original: 35.5, original_content_share: 19.5", "35.5 %"),
        ("target: 0.7\n", "target: 0.715\n", "71.5 %"),
        ("target: 1440", "target: 1337", "1,337"),
        ("- [130, 120]", "- [135.5, 117]", "135.5 %"),
        ("amount: 0.8", "amount: 0.85", "0.85"),
        ("at_most: 0", "at_most: 3", "3"),
        ("month: 70\n    quarter: 20", "month: 63\n    quarter: 27", "63 %"),
        ("- [80, 80]", "- [81, 79]", "79 %"),
        ("attainment_cap: 150", "attainment_cap: 149", "149 %"),
        ("- [120, 180]", "- [121, 177]", "177 %"),
        ("below: 40", "below: 39", "39"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_number_changed_in_the_file_changes_the_text(
    tmp_path: Path, lang: str, old: str, new: str, said: str
) -> None:
    before, after = told(load_scheme("000"), lang), told(scheme_of(tmp_path, (old, new)), lang)
    fresh = "\n".join(set(after.split("\n")) - set(before.split("\n")))
    assert has_number(fresh, said)


@pytest.mark.req("000-P2")
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.req("003-W8")
def test_every_kpi_role_and_reason_is_named(lang: str) -> None:
    scheme, catalogue = load_scheme("000"), read_catalogue()
    text = told(scheme, lang)
    monitors = {kpi for role in scheme.roles.values() for kpi in role.monitors}
    for kpi in {*scheme.kpis, *monitors, *(gate.kpi for gate in scheme.gates)}:
        assert escaped(catalogue[kpi].name[lang]) in text, kpi
    for kpi in scheme.kpis:
        assert escaped(catalogue[kpi].formula[lang]) in text
        assert escaped(catalogue[kpi].caveat[lang]) in text
    for word in (scheme.version, "2000-01-01", *(role.req for role in scheme.roles.values())):
        assert word in text
    whys = re.findall(rf"'{lang}': (['\"])(.+?)\1[,}}]", str(labels(scheme.model_dump())))
    assert len(whys) > 40
    for _, why in whys:
        assert escaped(why.replace("\\'", "'")) in text, why


def labels(value: Any) -> list[Any]:
    if isinstance(value, dict):
        if set(value) == {"zh", "en"}:
            return [value]
        return [label for inner in value.values() for label in labels(inner)]
    return [label for inner in value for label in labels(inner)] if isinstance(value, list | tuple) else []


def test_the_example_is_what_the_engine_computes() -> None:
    scheme = load_scheme("000")
    worked = example_of(scheme)
    assert worked.person is not None
    assert worked.pool is not None
    # three KPIs of weight 70 at 90 %: 80 points each; the team's 30 at 100
    assert worked.person.printed_score == 86
    assert worked.pool.amount == 2800
    # 700 each; points 86 + 100 + 100 + 100
    assert worked.person.payable == Decimal("623.83")
    text = told(scheme, "en")
    assert "| Share of the pool | 2,800.00 × (86 × 1,000 × 31) / 11,966,000 | 623.83 |" in text
    assert "Example: 540. Attainment (540 − 0) / (600 − 0) = 90 %; points 0 + (90 − 50)" in text
    reply = worked.lines["first_reply_minutes_p50"]
    assert (reply.reading and reply.reading.value, reply.attainment, reply.score) == (66, 90, 80)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_kpi_without_default_target_is_told_as_held(tmp_path: Path, lang: str) -> None:
    begin = SHIPPED_000.index("    default_target:\n      baseline: 0\n      target: 200\n")
    block = SHIPPED_000[begin : SHIPPED_000.index("    why: {zh: 增长岗位的结果指标", begin)]
    text = told(scheme_of(tmp_path, (block, "")), lang)
    assert {"zh": "方案没有默认目标", "en": "The scheme has no default target"}[lang] in text


def test_a_dimension_that_is_off_is_told_everywhere(tmp_path: Path) -> None:
    text = told(scheme_of(tmp_path, ("enabled: true", "enabled: false")), "en")
    assert "| Conversion | Leads and sales | off |" in text
    assert "| Conversion revenue (switched off) |" in text
    assert text.count("at present the KPI is not applicable") == 3


def test_levels_stand_in_the_unit_of_the_kpi_where_the_curve_is_bent(tmp_path: Path) -> None:
    document = handbook(scheme_of(tmp_path, *RICH), read_catalogue(), "en")
    tables = [block for block in document.blocks if isinstance(block, Table) and block.head[0] == "Value"]
    first, reply = tables[0].rows, next(t.rows for t in tables if any(row[0] == "61 min" for row in t.rows))
    assert [row[0] for row in first] == ["333", "582.97", "582.97", "601", "777"]
    assert [row[2] for row in first] == ["3", "88", "91", "100", "120"]
    assert reply[0] == ["119.607843 min", "51 %", "3"]


def test_curves_in_words() -> None:
    speaker = Speaker(load_scheme("000"), {}, "en", "")
    why = {"zh": "一", "en": "one"}

    def say(kind: str, *points: tuple[int, int], from_zero: bool = False) -> list[str]:
        curve = CurveRule.model_validate({"kind": kind, "points": points, "why": why})
        return speaker.curve(curve, " %", " points", from_zero=from_zero)

    assert say("linear", (80, 50), (100, 100), (100, 110)) == [
        "Below 80 %: 0 points.",
        "From 80 % (50 points) it rises evenly, to 100 points at 100 %.",
        "From 100 % on: 110 points, and no more.",
    ]
    assert say("step", (0, 60), (80, 90), from_zero=True) == [
        "From 0 % to below 80 %: 60 points.",
        "From 80 % on: 90 points, and no more.",
    ]
    assert say("linear", (0, 40), (50, 40))[1] == "From 0 % to 50 %: 40 points throughout."


def test_html_escapes_and_needs_nothing_from_outside(tmp_path: Path) -> None:
    title = (
        "title: {zh: Twitter运营团队绩效激励方案, en: Incentive scheme of an X (Twitter) operations team}",
        'title: {zh: "<b>甲</b>", en: "<script>alert(1)</script> & *co*"}',
    )
    scheme = scheme_of(tmp_path, title)
    page = render_handbook(scheme, read_catalogue(), LANGUAGES, "html")
    assert "<script" not in page
    assert "<b>" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; *co*" in page
    assert page.count("<article") == 2
    assert '<a href="#en" lang="en">English</a>' in page
    assert not re.search(r'(src|href)="(?!#)', page)
    assert "http" not in page.replace("http-equiv", "")
    assert "# \\<script\\>alert(1)\\</script\\> & \\*co\\*" in told(scheme, "en")


def test_both_languages_say_the_same_numbers() -> None:
    scheme = load_scheme("000")
    shapes = [[type(block).__name__ for block in handbook(scheme, read_catalogue(), lang).blocks] for lang in LANGUAGES]
    assert shapes[0] == shapes[1]


@pytest.mark.req("000-P2")
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("scheme_id", ["001", "002", "003", "004"])
def test_every_number_of_the_other_shipped_schemes_is_said(scheme_id: str, lang: str) -> None:
    scheme = load_scheme(scheme_id)
    text = told(scheme, lang)
    for path, number in numbers(scheme.model_dump()):
        unit = scheme.kpis[path[1]].unit if path[0] == "kpis" else ""
        if path[0] == "gates":
            gate = next(gate for gate in scheme.gates if number in (gate.at_most, gate.at_least, gate.amount))
            unit = read_catalogue()[gate.kpi].unit if number != gate.amount else ""
        if path[:2] == ("team_shares", "gates"):
            rules = [gate for share in scheme.team_shares for gate in share.gates]
            unit = read_catalogue()[next(one.kpi for one in rules if number in (one.at_most, one.at_least))].unit
        is_share = unit == "ratio" and path[-1] != "attainment_cap"
        written = exact(number * 100) if is_share else exact(number)
        assert has_number(text, written), (path, written)


@pytest.mark.req("004-I1")
@pytest.mark.req("004-I3")
def test_team_shares_team_kpis_and_stated_ratios_are_told_in_both_languages() -> None:
    scheme = load_scheme("004")
    text = told(scheme, "en", currency="CNY")
    assert "## Team shares (004-I1, 004-I3)" in text
    assert "Each quarter pays 20 % of its own gain." in text
    assert "Each year pays 10 % of its own gain." in text
    assert "Cost per lead of the whole team is at most CNY 5, else nothing is shared" in text
    # 2,000 by 100, 80 and 110 of 290 points
    assert "CNY 10,000 × 20 % = CNY 2,000" in text
    assert "CNY 689.66; CNY 551.72; CNY 758.62" in text
    assert "Measured on the team" in text
    assert "The scheme states 1:5, read as (return − cost) / cost: a target of 5." in text
    chinese = told(scheme, "zh")
    assert "每季度发放当季收益的 20 %。" in chinese
    assert "方案写作 1:5，按（收入 − 费用）/ 费用理解，即目标 5。" in chinese
    assert "全队的单条线索成本不超过 5，否则不分享" in chinese
    assert "Team shares" not in told(load_scheme("002"), "en")


def test_levels_longer_periods_gates_from_below_and_classes_are_told() -> None:
    text = told(load_scheme("001"), "en")
    assert "#### Content operations, level M1; M2 (001-R4)" in text
    assert "| Community-led sales | Performance | 25 % | 60,000 a quarter |" in text
    assert "It counts in quarters and years only." in text
    assert "## KPIs that count by quarter or year" in text
    assert "in a shorter period they are not applicable and their weight goes to the other KPIs" in text
    assert "is below 40 %." in text
    assert "| Class 1 | L3; L4; M1; M2 | 1,200 |" in text
    # the worked example: 80 points of class 1, of which a month pays 50 %
    assert "| Bonus due, not rounded yet | 600 × 80 % | 480 |" in text
    assert "| Amount to pay | 480.00 | 480.00 |" in text
    assert "pool" not in text.lower()


def test_what_a_carried_rating_and_bands_mean_is_told(tmp_path: Path) -> None:
    text = (SHIPPED / "scheme_001.yaml").read_text(encoding="utf-8")
    block = text[text.index("individual:") :]
    assert "  by: category\n" in block
    assert "  in_shorter: leave_out\n" in text
    path = tmp_path / "scheme_x.yaml"
    path.write_text(text.replace("in_shorter: leave_out", "in_shorter: carry_last"), encoding="utf-8")
    assert "the result and target of the last whole quarter (year) are used" in told(load_scheme(path), "en")
    assert "沿用最近一个已结束的季度（年度）的结果及其目标" in told(load_scheme(path), "zh")


def test_amounts_carry_the_currency_of_the_company() -> None:
    text = told(load_scheme("000"), "en", currency="CNY")
    assert "| Conversion revenue | Role | 20 % | CNY 20,000 a month |" in text
    assert "a target bonus of CNY 1,000 a month" in text


def test_a_target_that_bends_its_curve_out_of_order_is_an_input_error(tmp_path: Path) -> None:
    middle = ("- [50, 0]", "- [50, 0]\n      - [80, 60]")
    scheme = scheme_of(tmp_path, middle, ("      target: 600\n", "      threshold: 550\n      target: 600\n"))
    with pytest.raises(InputError, match="passes a middle point of the curve"):
        example_of(scheme)


@pytest.mark.parametrize(
    ("words", "written"),
    [
        ("a | b", "a \\| b"),
        ("# one", "\\# one"),
        ("1. two", "\\1. two"),
        ("net_follower_growth _x_", "net_follower_growth \\_x\\_"),
        ("two\nlines", "two lines"),
    ],
)
def test_markdown_takes_words_as_words(words: str, written: str) -> None:
    assert escaped(words) == written
