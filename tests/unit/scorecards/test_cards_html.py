"""The HTML card: harmless, whole in its language, legible, and saying what the trace says."""

from __future__ import annotations

import re
from decimal import Decimal
from html.parser import HTMLParser
from typing import Any

import pytest
from cards_sample import HOSTILE, PERIOD, Case

from pipelines.scorecards.evidence import QualityNote
from pipelines.scorecards.html import TEMPLATES, render_html
from pipelines.scorecards.view import Edition
from pipelines.texts import catalogue, has_text

CJK = re.compile(r"[\u4e00-\u9fff]")


class Page(HTMLParser):
    """What a browser would see: tags, attributes, and the text."""

    def __init__(self, html: str):
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self._inside: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag == "style":
            self._inside.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag == "style":
            self._inside.pop()

    def handle_data(self, data: str) -> None:
        if not self._inside:
            self.words.append(data)

    @property
    def text(self) -> str:
        return re.sub(r"\s+", " ", " ".join(self.words))


def card(bundle: dict[str, Any], person: str, lang: str, edition: Edition | None = None) -> tuple[str, Page]:
    trace = next(trace for trace in bundle["traces"] if trace["person_id"] == person)
    html = render_html(bundle, trace, edition or Edition(), lang).decode()
    return html, Page(html)


@pytest.mark.parametrize("person", ["E001", *HOSTILE])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_card_has_no_script_and_fetches_nothing(bundle: dict[str, Any], person: str, lang: str) -> None:
    html, page = card(bundle, person, lang)
    names = {tag for tag, _ in page.tags}
    assert not names & {"script", "img", "link", "iframe", "object", "embed", "form", "base", "b"}
    for _, attributes in page.tags:
        assert not [name for name in attributes if name.startswith("on") or name in {"src", "style"}]
        assert not (attributes.get("href") or "#").lstrip("#").count(":")
    assert "default-src 'none'; style-src 'unsafe-inline'" in html
    assert "url(" not in html and "@import" not in html


@pytest.mark.req("003-G9")
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_card_compares_nobody_with_anybody(bundle: dict[str, Any], lang: str) -> None:
    """A card is no board: it has no place in a ranking, and no other person by name, id or score."""
    for trace in bundle["traces"]:
        _, page = card(bundle, trace["person_id"], lang)
        others = {other for other in bundle["people"] if other != trace["person_id"]}
        assert len(others) >= 3
        assert not [other for other in others if re.search(rf"\b{re.escape(other)}\b", page.text)]
        named = {word for other in others for word in _names(bundle, other)} - set(_names(bundle, trace["person_id"]))
        assert not [name for name in named if name in page.text]


def _names(bundle: dict[str, Any], person: str) -> list[str]:
    found = bundle["people"][person]
    return [re.sub(r"\s+", " ", found[name]).strip() for name in ("name", "name_en") if found.get(name)]


@pytest.mark.parametrize("person", list(HOSTILE))
def test_a_hostile_name_stands_on_the_card_as_it_is_written(bundle: dict[str, Any], person: str) -> None:
    _, page = card(bundle, person, "zh")
    native, english = HOSTILE[person]
    assert re.sub(r"\s+", " ", native) in page.text
    assert re.sub(r"\s+", " ", english) in page.text


def test_the_english_card_is_english_throughout(case: Case) -> None:
    plain = Case()
    plain.company = type(plain.company)(**{**vars(plain.company), "name": "Galaxy", "accounts": []})
    for person in plain.company.people:
        person.name = person.name_en = "Name"
    plain.scored.people[3].segments[0].decisions.clear()  # a reviewer's reason is quoted, never translated
    bundle = plain.bundle()
    for person in ("E001", "E002", "E003", "E005", "E006"):
        trace = next(trace for trace in bundle["traces"] if trace["person_id"] == person)
        for item in trace["bonus"]["adjustments"]:
            item["reason"] = "quoted"
        _, page = card(bundle, person, "en")
        assert not CJK.findall(page.text), page.text


def test_the_chinese_card_has_chinese_headings_units_and_reasons(bundle: dict[str, Any]) -> None:
    _, page = card(bundle, "E002", "zh")
    for words in ("得分由来", "指标明细", "分钟", "数据源 工单 没有 2026-10 的数据", "客户服务", "2026 年 10 月"):
        assert words in page.text
    for words in ("missed", "withheld", "Threshold", "customer_service"):
        assert words not in page.text


def test_every_code_that_the_sample_meets_has_words(bundle: dict[str, Any]) -> None:
    for trace in bundle["traces"]:
        for step in trace["bonus"]["steps"]:
            assert has_text(step["label_key"])
        for segment in trace["segments"]:
            for item in (*segment["lines"], *segment["monitors"], *segment["gates"]):
                code = item["reason_code"]
                assert not code or has_text(f"reasons.{code}") or has_text(f"schemes.reason.{code}"), code
            for note in (*trace["notes"], *segment["notes"]):
                assert has_text(note["label_key"])


def test_an_unknown_reason_falls_back_to_the_english_message(bundle: dict[str, Any]) -> None:
    _, page = card(bundle, "E001", "zh")
    assert "The export came 3 days late." in page.text


def test_a_finding_of_the_period_shows_on_the_cards_that_it_touches() -> None:
    case = Case()

    def note(said: str, family: str, subject: str = "") -> QualityNote:
        return QualityNote("note", "brand_new_code", {}, said, family=family, subject_id=subject, month=PERIOD)

    case.quality = {
        "": [note("Tickets!", "tickets"), note("Mine!", "x_posts", "x_main"), note("Theirs!", "x_posts", "x_other")]
    }
    bundle = case.bundle()
    _, content = card(bundle, "E001", "en")
    assert "Mine!" in content.text and "Tickets!" not in content.text and "Theirs!" not in content.text
    _, service = card(bundle, "E002", "en")
    assert "Tickets!" in service.text


def test_a_note_about_a_person_shows_where_the_card_has_its_kpi() -> None:
    """What the labels of comments rest on is told whoever is scored by them, and nobody else."""
    case = Case()
    params = {"n": 20, "tool": "t-1", "total": 4193, "accuracy": "82.4", "macro_f1": "70.3"}

    def note(family: str) -> QualityNote:
        return QualityNote("note", "sentiment_tool_en", params, "", family=family, month=PERIOD)

    case.quality = {"E001": [note("x_posts")], "E002": [note("comments")]}
    bundle = case.bundle()
    said = "20 English comments were labelled by t-1. On 4193 texts judged by people its accuracy is 82.4 %"
    assert said in card(bundle, "E001", "en")[1].text
    assert "准确率为 82.4 %，宏平均 F1 为 70.3 %" in card(bundle, "E001", "zh")[1].text
    assert said not in card(bundle, "E002", "en")[1].text


def test_the_points_on_the_card_sum_to_the_score_on_the_card(bundle: dict[str, Any]) -> None:
    for trace in bundle["traces"]:
        if trace["printed_score"] is None:
            continue
        html, _ = card(bundle, trace["person_id"], "en")
        found = re.findall(r'fall-points">(?:\s*)([+−\d.,–]+)', html)
        total = Decimal(found.pop())
        parts = [Decimal(item.replace("−", "-")) for item in found if item != "–"]
        assert sum(parts) == total == Decimal(trace["printed_score"])


def test_held_pay_says_why_and_what_releases_it(bundle: dict[str, Any]) -> None:
    _, page = card(bundle, "E002", "en")
    assert "Pay that is held" in page.text
    assert "The source tickets has no data for 2026-10." in page.text
    assert "Put the month's export into exports/" in page.text
    _, page = card(bundle, "E001", "en")
    assert "team data of the same pool is missing" in page.text or "Pay that is held" not in page.text


def test_a_veto_stands_in_the_waterfall_and_among_the_gates(bundle: dict[str, Any]) -> None:
    _, page = card(bundle, "E004", "en")
    assert "⊗ applied: the score × 0.8" in page.text
    assert "mean content-quality review 55 (1 in all)" in page.text
    assert "A veto or gate applied" in page.text


def test_a_hand_over_shows_both_parts_and_the_roll_up(bundle: dict[str, Any]) -> None:
    _, page = card(bundle, "E003", "en")
    assert "2026-10-01 to 2026-10-14" in page.text and "2026-10-15 to 2026-10-31" in page.text
    assert "× 14 +" in page.text and "/ 31 =" in page.text


def test_evidence_leads_to_file_and_row(bundle: dict[str, Any]) -> None:
    _, page = card(bundle, "E001", "en")
    assert "account_analytics_2026-10.csv" in page.text
    assert "1840000000000000000" in page.text
    assert "2,150 ÷ 500,000 = 0.430 %" in page.text
    assert "26 more in the workbook." in page.text


def test_what_would_have_changed_it_names_the_costliest_kpi_first(bundle: dict[str, Any]) -> None:
    _, page = card(bundle, "E001", "en")
    said = page.text.split("in the change of pay.")[1]
    assert said.strip().startswith("Engagement rate of original content at 0.500 % (actual 0.430 %): +12.25 points, +")
    assert "Team: net follower growth, one more (656): +0.02 points" in said
    gains = [float(points) for points in re.findall(r"\+([\d.]+) points", said)]
    assert gains == sorted(gains, reverse=True) and len(gains) > 1


def test_who_was_not_asked_is_told_why(bundle: dict[str, Any]) -> None:
    _, page = card(bundle | {"what_if": {}}, "E001", "en")
    assert "the team is too large for it" in page.text
    _, page = card(bundle, "E006", "en")
    assert "There is no score in this period." in page.text


def test_states_of_editions(bundle: dict[str, Any]) -> None:
    _, page = card(bundle, "E001", "en")
    assert "Draft · not approved yet" in page.text and "nothing is paid before" in page.text
    _, page = card(bundle, "E001", "en", Edition(2, (1, "ab" * 32)))
    assert "Sealed · revision 2" in page.text and "ab" * 32 in page.text and "nothing is paid" not in page.text


def test_marks_are_never_colour_alone(bundle: dict[str, Any]) -> None:
    html, _ = card(bundle, "E002", "zh")
    for sign, words in (("▲", "高于目标"), ("▼", "低于目标"), ("◆", "暂缓")):
        assert re.search(rf"{sign}</span> {words}", html)
    for drawing in re.findall(r"<svg[^>]*>", html):
        assert 'role="img"' in drawing and re.search(r'aria-label="[^"]+"', drawing)


def test_equal_input_gives_equal_bytes_in_any_order(case: Case, bundle: dict[str, Any]) -> None:
    turned = Case()
    turned.scored.people.reverse()
    turned.inputs = dict(reversed(turned.inputs.items()))
    for rows in turned.evidence.values():
        rows.reverse()
    assert turned.bundle() == bundle
    for trace in bundle["traces"]:
        assert render_html(bundle, trace, Edition(), "zh") == render_html(turned.bundle(), trace, Edition(), "zh")


def _luminance(colour: str) -> float:
    parts = [int(colour[index : index + 2], 16) / 255 for index in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_the_palette_meets_wcag_aa() -> None:
    css = (TEMPLATES / "card.css").read_text()
    named = dict(re.findall(r"--([a-z0-9-]+): (#[0-9a-f]{6})", css))
    grounds = {"paper": "#ffffff", "soft": named["soft"], "held": named["held-ground"]}
    for colour in ("ink", "muted", "brand", "good", "bad", "held"):
        for ground, value in grounds.items():
            assert _contrast(named[colour], value) >= 4.5, (colour, ground)
    for colour in ("#d5e3f1", "#c3d5e6", "#ffffff"):  # on both ends of the header's gradient
        assert _contrast(colour, "#122c48") >= 4.5 and _contrast(colour, "#1d4a75") >= 4.5
    assert _contrast("#6b4000", "#fff6e3") >= 4.5 and _contrast("#12512f", "#e4f4ea") >= 4.5
    for ground in ("r1", "r2", "r3", "r4"):  # graphics: 3 to 1
        assert _contrast(named["bar"], named[ground]) >= 3, ground
        assert _contrast("#0b0f14", named[ground]) >= 3


def test_every_colour_of_text_in_the_stylesheet_is_in_the_contrast_test() -> None:
    css = (TEMPLATES / "card.css").read_text()
    used = set(re.findall(r"[^-]color: ([^;}]+)", css)) - {"var(--ink)"}
    known = {f"var(--{name})" for name in ("muted", "brand", "good", "bad", "held")}
    known |= {"#fff", "#d5e3f1", "#c3d5e6", "#6b4000", "#12512f", "#5d4a2c"}
    assert used <= known
    assert _contrast("#5d4a2c", "#fff6e3") >= 4.5


def test_no_card_text_is_unused() -> None:
    from pathlib import Path

    import pipelines.scorecards as room

    folder = Path(room.__file__).parent
    source = "".join(path.read_text() for path in sorted(folder.rglob("*")) if path.suffix in {".py", ".j2"})
    families = (
        "role",
        "component",
        "type",
        "family",
        "month",
        "release",
        "direction",
        "community_type",
        "community_stage",
    )
    templated = ("gates.status", "gates.effect", "gates.kind", "kpi.mark", "kpi.better", "bonus.", "book.source")
    templated += ("share.status", "share.gate", "book.share_")
    templated += ("decided.calibration.", "decided.outcome.", "change.unit.", "change.next", "change.band")
    templated += ("beside.mode.", "beside.title.", "beside.about.", "beside.said.", "beside.row.")
    templated += ("shock.kind", "shock.why", "shock.state", "shock.column", "shock.breach")
    templated += ("shock.quiet", "shock.too_few", "shock.target_not_positive")  # states, by their code
    for key in catalogue():
        if not key.startswith("cards."):
            continue
        name = key.removeprefix("cards.")
        if name.split(".")[0] in families or name.startswith(templated):
            continue
        last = name.split(".")[-1]
        assert f'"{name}"' in source or f"'{name}'" in source or f'"{last}"' in source or f'"{key}"' in source, key


def test_the_period_stands_on_the_card(bundle: dict[str, Any]) -> None:
    _, page = card(bundle, "E001", "en")
    assert "October 2026" in page.text and PERIOD in page.text
