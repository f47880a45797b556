"""Names that a spreadsheet, a page or a font could choke on: harmless and legible in every file that is sealed.

Of a company that was run and sealed by command; the pages of the portal are looked at in test_portal_looks.
"""

from __future__ import annotations

import csv
import io
import re
import subprocess
import unicodedata
import xml.etree.ElementTree as ET
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from portal_site import NAMES, PERIOD, REASON, Site, card_path, file_path, sign_in
from workbook_office import recomputed_sheets

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.system

PEOPLE = ("P002", "P003", "P004", "P005", "P006")
LANGUAGES = {"zh": 0, "en": 1}
#: What begins a formula for some spreadsheet.
FORMULA = tuple("=+-@＝＋－＠\t\r\x00")
#: The glyph of a character that no font has: what is drawn like it cannot be read.
TOFU = """([text, family]) => {
  const drawn = (one) => {
    const canvas = document.createElement('canvas');
    canvas.width = canvas.height = 64;
    const pen = canvas.getContext('2d');
    pen.font = `40px ${family}`;
    pen.fillText(one, 4, 48);
    return canvas.toDataURL();
  };
  const missing = drawn(String.fromCodePoint(0x10fff0)), blank = drawn(' ');
  return [...new Set(text)].filter((one) => one.trim() && [missing, blank].includes(drawn(one)));
}"""


@pytest.fixture(scope="module")
def sealed(hostile_home: Path) -> Path:
    return hostile_home / "scorecards" / PERIOD / "r2"


def visible(text: str) -> str:
    """A text without marks that only turn its direction, and with each run of blanks as one."""
    return " ".join("".join(one for one in text if unicodedata.category(one) != "Cf").split())


def name_of(sealed: Path, person: str, lang: str, kind: str) -> Path:
    return sealed / f"{PERIOD}_{person}_scorecard_{lang}_r2.{kind}"


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("person", PEOPLE)
def test_a_page_shows_the_name_and_runs_nothing(chromium: Browser, sealed: Path, person: str, lang: str) -> None:
    page = chromium.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("dialog", lambda dialog: asked.append(dialog.message))
    path = name_of(sealed, person, lang, "html")
    page.goto(path.as_uri())
    told = visible(page.inner_text("body"))
    assert visible(NAMES[person][LANGUAGES[lang]]) in told
    assert asked == [path.as_uri()] and page.title() not in ("ran", "1", "2")
    for tag in ("script", "img", "iframe", "object", "b"):
        assert page.query_selector(tag) is None, tag
    assert page.evaluate("[...document.querySelectorAll('a')].every(a => a.getAttribute('href').startsWith('#'))")
    assert unreadable(page, NAMES[person][0] + NAMES[person][1]) == []
    page.close()


def unreadable(page: Page, text: str) -> list[str]:
    """The characters that are drawn as a box, in the fonts of the page."""
    family = page.evaluate("getComputedStyle(document.body).fontFamily")
    found: list[str] = page.evaluate(TOFU, [visible(text), family])
    return found


def test_a_character_that_no_font_has_is_found(chromium: Browser) -> None:
    page = chromium.new_page()
    page.set_content("<body style='font-family: sans-serif'>x")
    assert unreadable(page, "a\U0010ffeb㛃𠮷🎉") == ["\U0010ffeb"]
    page.close()


@pytest.mark.parametrize("person", PEOPLE)
def test_a_workbook_holds_the_name_as_text(sealed: Path, person: str, tmp_path: Path) -> None:
    book = name_of(sealed, person, "en", "xlsx").read_bytes()
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        names = archive.namelist()
        strings = archive.read("xl/sharedStrings.xml")
        assert not [one for one in names if "externalLink" in one or "vba" in one.lower()]
        for part in names:
            if part.startswith("xl/worksheets/") and part.endswith(".xml"):
                sheet = archive.read(part).decode("utf-8")
                formulas = re.findall(r"<f>(.*?)</f>", sheet)
                assert not [one for one in formulas if re.search(r"HYPERLINK|cmd|evil", one)]
                assert "<hyperlink" not in sheet
    shared = ["".join(one.itertext()) for one in ET.fromstring(strings)]
    assert any(visible(NAMES[person][1]) in visible(one) for one in shared)
    # and LibreOffice shows it as it is
    cells = [cell for sheet in recomputed_sheets(book, tmp_path).values() for row in sheet for cell in row]
    assert any(visible(NAMES[person][1]) in visible(cell) for cell in cells)
    assert not [cell for cell in cells if cell.startswith(("#", "Err:"))]


def test_no_cell_of_a_csv_file_is_a_formula_and_every_name_is_there(sealed: Path) -> None:
    files = sorted(sealed.glob("*.csv"))
    assert len(files) > 20
    for path in files:
        for row in csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"))):
            for cell in row:
                assert not cell.startswith(FORMULA) or re.fullmatch(r"-?\d[\d.]*", cell), (path.name, cell)
    scores = (sealed / f"{PERIOD}_scores_r2.csv").read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(scores)))
    for person in PEOPLE:
        found = {(row["name"], row["name_en"]) for row in rows if row["person_id"] == person}
        assert found == {tuple(("'" if name.startswith(FORMULA) else "") + name for name in NAMES[person])}


def test_a_reason_is_as_harmless_as_a_name(chromium: Browser, sealed: Path) -> None:
    page = chromium.new_page()
    page.goto(name_of(sealed, "P002", "zh", "html").as_uri())
    assert visible(REASON) in visible(page.inner_text("body"))
    page.close()


@pytest.mark.parametrize("person", PEOPLE)
def test_a_pdf_shows_the_name_and_runs_nothing(sealed: Path, person: str) -> None:
    """Holds for every PDF that a revision has, whichever languages it comes in."""
    found = sorted(sealed.glob(f"{PERIOD}_{person}_*.pdf"))
    assert bool(found) == any(one.suffix == ".pdf" for one in sealed.iterdir())
    for path in found:
        raw = path.read_bytes()
        assert not re.search(rb"/(JavaScript|JS|Launch|URI|OpenAction)\b", raw)
        told = subprocess.run(["pdftotext", "-q", str(path), "-"], check=True, capture_output=True, text=True).stdout
        lang = "en" if "_en_" in path.name else "zh"
        squeezed = "".join(visible(NAMES[person][LANGUAGES[lang]]).split())
        read = "".join(visible(told).split())
        if any(unicodedata.bidirectional(letter) in ("R", "AL") for letter in squeezed):
            # pdftotext gives back such letters as they lie on the page: joined ones twice, in an order of its own
            assert set(squeezed) <= set(read) and "\u202e" not in told
        else:
            assert squeezed in read


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_portal_shows_every_name_and_runs_nothing(chromium: Browser, site: Site, lang: str) -> None:
    context = chromium.new_context()
    page = sign_in(context, site.url, "hr", lang)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    told: dict[str, str] = {}
    for path in (f"/hr/{PERIOD}/r2", *(card_path(person, "r2") for person in PEOPLE)):
        page.goto(site.url + path)
        told[path] = visible(page.inner_text("main"))
        assert page.title() not in ("ran", "1", "2") and page.query_selector("main script, main img, main b") is None
    for person in PEOPLE:
        name = visible(NAMES[person][LANGUAGES[lang]])
        assert name in told[f"/hr/{PERIOD}/r2"] and name in told[card_path(person, "r2")]
    page.goto(site.url + file_path("P003", lang=lang, revision="r2"))
    assert page.title() not in ("ran", "1", "2")
    assert all(one.startswith(site.url) for one in asked)
    context.close()
