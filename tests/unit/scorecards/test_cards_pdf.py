"""The PDF card: it says what the HTML card says, in characters that the fonts have, in the same bytes each time."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cards_sample import HOSTILE, Case
from hypothesis import given
from hypothesis import strategies as st

from pipelines.scorecards import Built, fonts
from pipelines.scorecards.fonts import FontsMissingError, coverage, families, read_coverage
from pipelines.scorecards.html import render_html
from pipelines.scorecards.legible import legible, unprintable
from pipelines.scorecards.lost_letters import lost_letters
from pipelines.scorecards.paper import paper_data
from pipelines.scorecards.pdf import TEMPLATE, Press, render_pdf
from pipelines.scorecards.view import Edition, card_view
from pipelines.texts import catalogue

RUNNING = {"period": "2026-10", "person_id": "E001", "revision": "r1", "results": "ab" * 32}
BREAK = "\u200b"
#: What the template reads and does not print: kinds, marks, states, classes of bars.
CODES = {
    *("score", "kpis", "bonus", "gate", "met", "above", "below", "withheld", "not_applicable", "note", "withhold"),
    *("passed", "applied", "pending", "adjustment", "earned", "payable", "held", "adjustments"),
    *("bar", "box", "extra", "loss", "total", "goal", "r1", "r2", "r3", "r4"),
}


def data_of(bundle: dict[str, Any], person: str, lang: str, edition: Edition | None = None) -> dict[str, Any]:
    trace = next(trace for trace in bundle["traces"] if trace["person_id"] == person)
    view = card_view(bundle, trace, edition or Edition(1), lang)
    return paper_data(view, {**RUNNING, "person_id": person})


def words_of(value: Any) -> list[str]:
    """Every text of plain data, but for the labels, which are the template's."""
    if isinstance(value, str):
        return [value.replace(BREAK, "")]
    if isinstance(value, dict):
        return [one for key, item in value.items() if key != "labels" for one in words_of(item)]
    return [one for item in value for one in words_of(item)] if isinstance(value, list) else []


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("person", ["E001", "E002", "E003", "E006"])
def test_paper_says_nothing_that_the_html_card_does_not(bundle: dict[str, Any], person: str, lang: str) -> None:
    trace = next(trace for trace in bundle["traces"] if trace["person_id"] == person)
    page = render_html(bundle, trace, Edition(1), lang).decode()
    shown = html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page)))
    data = data_of(bundle, person, lang)
    alone = {"lang", "kind", "mark", "state", "page", "lost", "running", "status", "severity"}
    data["segments"] = [one if one["several"] else {"rows": one["rows"]} for one in data["segments"]]
    unsaid = alone | ({"no_changes"} if data["changes"] else set())
    said = words_of({key: value for key, value in data.items() if key not in unsaid})
    strange = [one for one in said if one and one not in CODES and re.sub(r"\s+", " ", one) not in shown]
    assert strange == []
    assert data["tiles"][2]["value"] in shown and len(data["evidence"]) > 2


def test_every_word_of_the_program_has_its_glyphs() -> None:
    lost = {key: unprintable(said) for key, entry in catalogue().items() for said in entry.values()}
    assert {key: codes for key, codes in lost.items() if codes} == {}


def test_the_template_asks_for_no_label_that_is_not_there(bundle: dict[str, Any]) -> None:
    source = TEMPLATE.read_text(encoding="utf-8")
    asked = set(re.findall(r't\.at\("([\w.]+)"\)', source))
    labels = data_of(bundle, "E001", "en")["labels"]
    assert asked <= labels.keys() and len(asked) > 20
    assert "sys.inputs" in source and "eval(" not in source


def test_the_same_card_has_the_same_bytes_in_any_thread_and_says_no_time(bundle: dict[str, Any]) -> None:
    data = data_of(bundle, "E001", "zh")
    with Press() as press:
        for name in ("a", "b", "c"):
            press.print(name, data)
        made = press.printed()
    assert set(made.values()) == {render_pdf(data)} and list(made) == ["a", "b", "c"]
    pdf = made["a"]
    assert pdf.startswith(b"%PDF-1.7") and b"/Marked true" in pdf and b"pdfuaid" in pdf
    assert b"CreationDate" not in pdf and b"ModDate" not in pdf and b"CreateDate" not in pdf


def test_a_fault_of_one_card_is_not_lost_among_the_others(bundle: dict[str, Any]) -> None:
    good = data_of(bundle, "E001", "en")
    with Press() as press:
        press.print("good", good)
        press.print("bad", {**good, "name": "no such glyph: \ue000"})
        with pytest.raises(RuntimeError, match="could not be displayed"):
            press.printed()


@pytest.mark.parametrize("person", sorted(HOSTILE))
def test_hostile_names_reach_the_template_as_data(bundle: dict[str, Any], person: str) -> None:
    zh, en = HOSTILE[person]
    data = data_of(bundle, person, "zh")
    whole = zh.replace("\u202e", "〈U+202E〉")
    assert data["name"].replace(BREAK, "") == whole
    assert data["other_name"].replace(BREAK, "") == en.replace("\u202e", "〈U+202E〉")
    assert render_pdf(data).startswith(b"%PDF")


@pytest.mark.parametrize(
    "name", ['#read("card.typ")', "$x^2$ *bold* _it_ `raw` @ref <label> // gone", "\\u{1F600} #let"]
)
def test_markup_stays_a_name(bundle: dict[str, Any], name: str) -> None:
    data = {**data_of(bundle, "E001", "en"), "name": legible(name), "title": legible(name)}
    assert json.loads(json.dumps(data))["name"].replace(BREAK, "") == name
    assert render_pdf(data).startswith(b"%PDF")


def test_letters_of_rare_names_have_glyphs_and_the_rest_stand_as_code_points() -> None:
    assert unprintable("㛃𠮷䶮𬭎 Žižek Łukasz Жанна محمد שלום ไทย 한글 かな 🎉 ▲▼◆○●◇✓⊗") == []
    assert legible("张\ue000三") == "张〈U+E000〉三"
    assert legible("a\tb\u2028c") == "a b c"
    assert legible("\x00\ud800\ufeff") == "〈U+0000〉〈U+D800〉〈U+FEFF〉"
    assert unprintable("\ue000x\ue000\u202e") == ["\ue000", "\u202e"]
    assert legible("e\u0301") == "e\u0301"
    assert legible("🎉\u08e1") == "🎉〈U+08E1〉", "a mark and its letter must come from one font"


def test_a_long_word_may_break_and_loses_nothing() -> None:
    word = "A" * 300
    assert BREAK in legible(word) and legible(word).replace(BREAK, "") == word
    assert legible("超" * 300) == "超" * 300


@given(st.text(max_size=40))
def test_whatever_is_written_is_legible_afterwards(text: str) -> None:
    shown = legible(text)
    assert unprintable(shown) == [] and legible(shown.replace(BREAK, "")) == shown


def test_random_texts_can_be_printed(bundle: dict[str, Any]) -> None:
    """Whatever `legible` lets through, Typst can print: PDF/UA allows no text without a glyph."""
    from random import Random

    random = Random(20261001)
    starts = [coverage(family).starts for family in families()]
    texts = ["".join(chr(random.choice(random.choice(starts))) for _ in range(6)) for _ in range(300)]
    data = {**data_of(bundle, "E001", "en"), "sentences": [legible(one) for one in texts]}
    assert render_pdf(data).startswith(b"%PDF")


@pytest.mark.req("003-W7")
def test_the_card_says_how_long_one_may_object_and_that_a_draft_is_none(bundle: dict[str, Any]) -> None:
    sealed = data_of(bundle, "E001", "en")
    said = " ".join(sealed["respond"])
    assert "within 10 working days" in said and "answers within 15 days" in said
    assert not sealed["is_draft"] and data_of(bundle, "E001", "en", Edition())["is_draft"]


def test_a_lost_character_is_told_with_its_cell_and_without_the_name() -> None:
    case = Case()
    found = [str(one) for one in lost_letters(case.company)]
    assert found == [
        "people/people.csv, row 6, column name_en: PDF cards show these characters as code points (value: 'U+202E'). "
        "Web page and workbook have the character; for the PDF write the name in characters that common fonts have, or "
        "leave it with the code point."
    ]
    lost = data_of(case.bundle(), "E005", "zh")["lost"]
    assert lost == "本文件的字体没有下列字符，以码位代替显示：U+202E"
    assert data_of(case.bundle(), "E001", "zh")["lost"] == ""


def test_fonts_of_the_machine_are_not_used() -> None:
    assert families()[:2] == ("Noto Sans CJK SC", "Noto Sans")
    assert {Path(str(face.path)).parent.name for face in fonts.loaded().fonts()} == set(fonts.PACKAGES)


def test_missing_fonts_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "PACKAGES", ("no_such_fonts",))
    with pytest.raises(FontsMissingError, match=r"the package no_such_fonts is not installed; run `make setup` again"):
        fonts.loaded.__wrapped__()
    monkeypatch.setattr(fonts, "PACKAGES", ("manimgx_fonts",))
    with pytest.raises(FontsMissingError, match=r"no font Noto Sans CJK SC in manimgx_fonts"):
        fonts.loaded.__wrapped__()


def test_character_maps_of_both_forms_are_read() -> None:
    hebrew, chinese = coverage("Noto Sans Hebrew"), coverage("Noto Sans CJK SC")
    assert "ש" in hebrew and "中" not in hebrew
    assert "㛃" in chinese and "𠮷" in chinese and "\ue000" not in chinese
    with pytest.raises(FontsMissingError, match="without a character map"):
        read_coverage(b"\x00\x01\x00\x00" + bytes(12))


@pytest.mark.usefixtures("quick_paper")
def test_a_draft_has_everybodys_pdf_as_their_own_file_and_tells_of_lost_characters(
    build: Callable[[Case], Built],
) -> None:
    built = build(Case())
    manifest = json.loads((built.path / "manifest.json").read_bytes())
    for person in ("E001", "E006"):
        for lang in ("zh", "en"):
            entry = manifest["files"][f"2026-10_{person}_scorecard_{lang}_draft.pdf"]
            assert (entry["person_id"], entry["lang"]) == (person, lang)
    paper = json.loads((built.path / "2026-10_E001_scorecard_en_draft.pdf").read_bytes().removeprefix(b"%PDF-"))
    assert paper["running"]["results"] == manifest["results_sha256"]
    (told,) = built.messages
    assert "people/people.csv, row 6, column name_en" in told and "Muhammad" not in told
