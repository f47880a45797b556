"""How the pages look and read: contrast, landmarks, labels, names that break things, both languages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from itertools import product

import pytest
from cards_sample import HOSTILE

from pipelines.portal.web import TEMPLATES

VOID = {"meta", "link", "input", "br"}
PAGES = [
    ("e002", "/mine"),
    ("e002", "/cards/2026-10/r1/E002"),
    ("e002", "/cards/2026-10/r1/E002/objection"),
    ("e001", "/team"),
    ("e001", "/team/2026-10"),
    ("hr", "/hr"),
    ("hr", "/hr/2026-10/r1"),
    ("hr", "/hr/objections"),
    ("hr", "/nothing"),
    ("", "/login"),
]


class Page(HTMLParser):
    """What a reader's tools see of a page."""

    def __init__(self, text: str):
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.crossed: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag, attrs) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag) -> None:
        if not self.open or self.open.pop() != tag:
            self.crossed.append(tag)

    def of(self, *tags: str) -> list[dict[str, str | None]]:
        return [attributes for tag, attributes in self.tags if tag in tags]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_page_is_whole_and_reads_well_with_any_tool(browse, lang: str) -> None:
    known = {name: browse(name) for name in ("", "e001", "e002", "hr")}
    for name, path in PAGES:
        known[name].get(f"/language/{lang}")
        text = known[name].get(path).text
        page = Page(text)
        assert page.open == [] and page.crossed == [], path
        assert [one["lang"] for one in page.of("html")] == ["zh-CN" if lang == "zh" else "en"]
        for landmark in ("main", "header", "footer", "h1", "title"):
            assert len(page.of(landmark)) == 1, (path, landmark)
        assert (
            page.of("script", "iframe", "object") == []
            and 'style="' not in text
            and " on" not in "".join(f" {key}" for _, attributes in page.tags for key in attributes)
        )
        levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch(r"h[1-6]", tag)]
        assert levels == sorted(levels, key=lambda level: level > 1) and max(levels) <= 2
        ids = [one["id"] for _, one in page.tags if "id" in one]
        assert len(ids) == len(set(ids))
        labelled = {one["for"] for one in page.of("label")}
        for field in page.of("input", "select", "textarea"):
            assert field.get("type") == "hidden" or field["id"] in labelled, (path, field)
        for attributes in (one for _, one in page.tags):
            for named in ("aria-labelledby", "aria-describedby"):
                assert named not in attributes or attributes[named] in ids, (path, attributes)
        assert all("scope" in one for one in page.of("th")), path
        posted = [one for one in page.of("form") if one["method"] == "post"]
        assert len(posted) == text.count('name="csrf"')
        assert not re.search(r"\{\{|\}\}|>portal\.", text), path
        told = re.sub(r"<[^>]*>|English|中文", "", text.partition("<main")[2])
        if lang == "en" and name in ("", "hr") and path in ("/login", "/nothing"):
            assert not re.search(r"[\u4e00-\u9fff]", told), path


def test_names_that_break_things_are_shown_as_they_are(browse) -> None:
    page = browse("hr").get("/hr/2026-10/r1").text
    assert "<script" not in page and "<b>&amp;" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert HOSTILE["E004"][0] in page and "㛃𠮷欧阳" in page and "محمد عبد الله 🎉" in page
    # a name that turns direction turns no more than its own place
    assert re.search(r"<bdi>[^<]*محمد[^<]*</bdi>", page)
    own = browse("e003").get("/mine").text
    assert '<h1 class="long">' in own and "<script" not in own


def css() -> str:
    return (TEMPLATES / "portal.css").read_text(encoding="utf-8")


def colours() -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", css()))


def contrast(one: str, other: str) -> float:
    def light(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    high, low = sorted((light(one), light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def on_light() -> Iterator[tuple[str, str]]:
    yield from product(("ink", "muted", "brand", "bar", "good", "bad", "held"), ("paper", "soft", "ground"))
    yield from (("held", "held-ground"), ("bad", "bad-ground"), ("paper", "bar"))
    yield from product(("paper", "pale"), ("night", "dusk"))


@pytest.mark.parametrize(("text", "ground"), list(on_light()))
def test_text_has_the_contrast_of_wcag_aa(text: str, ground: str) -> None:
    known = colours()
    assert contrast(known[text], known[ground]) >= 4.5


def test_edges_of_fields_and_the_focus_can_be_seen() -> None:
    known = colours()
    assert contrast(known["box"], known["paper"]) >= 3 and contrast(known["bar"], known["paper"]) >= 3
    assert min(contrast(known["paper"], known[one]) for one in ("night", "dusk")) >= 3


def test_every_colour_of_text_is_in_the_contrast_test() -> None:
    told = set(re.findall(r"(?<![-\w])color: var\(--([\w-]+)\)", css()))
    assert told <= {text for text, _ in on_light()}
    assert not re.findall(r"(?<![-\w])color: #", css())
