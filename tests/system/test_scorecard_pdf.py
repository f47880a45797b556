"""Other programs read the PDF cards: text, tags, fonts and pages, with hostile names as the names that they are."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from cards_sample import HOSTILE, Case

from pipelines.scorecards.editions import render_cards
from pipelines.scorecards.view import Edition

pytestmark = pytest.mark.system


def poppler(program: str, *arguments: str) -> str:
    found = shutil.which(program)
    assert found, f"{program} is missing: install the packages listed in .ci/apt-packages"
    return subprocess.run([found, *arguments], check=True, capture_output=True, timeout=60, text=True).stdout


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The PDF cards of the sample, in a folder."""
    folder = tmp_path_factory.mktemp("papers")
    bundle: dict[str, Any] = Case().bundle()
    for name, data in render_cards(bundle, Edition(1), "ab" * 32).items():
        if name.endswith(".pdf"):
            (folder / name).write_bytes(data)
    return folder


def paper(papers: Path, person: str, lang: str) -> Path:
    return papers / f"2026-10_{person}_scorecard_{lang}_r1.pdf"


def text_of(file: Path) -> str:
    return re.sub(r"\s+", " ", poppler("pdftotext", "-layout", str(file), "-"))


def test_every_card_is_tagged_on_a4_with_its_own_fonts_and_of_few_pages(papers: Path) -> None:
    files = sorted(papers.iterdir())
    assert len(files) == 12
    for file in files:
        told = poppler("pdfinfo", str(file))
        assert re.search(r"Tagged:\s+yes", told) and re.search(r"Page size:.*A4", told), told
        assert "CreationDate" not in told
        pages = re.search(r"Pages:\s+(\d+)", told)
        assert pages and int(pages[1]) <= (3 if "_E003_" in file.name else 2), "only who changed position has three"
        faces = poppler("pdffonts", str(file)).splitlines()[2:]
        assert faces and all("Noto" in face and re.search(r"\byes yes yes\b", face) for face in faces), faces


def test_every_page_says_whose_it_is_of_which_revision_and_how_many_there_are(papers: Path) -> None:
    for number in (1, 2):
        file = paper(papers, "E001", "en")
        page = poppler("pdftotext", "-layout", "-f", str(number), "-l", str(number), str(file), "-")
        assert f"Page {number} of 2" in page and "E001 · 2026-10 · r1" in page and "ab" * 32 in page
    assert "第 1 页，共 2 页" in text_of(paper(papers, "E001", "zh"))


def test_the_text_of_a_card_can_be_read_out(papers: Path) -> None:
    english, chinese = text_of(paper(papers, "E001", "en")), text_of(paper(papers, "E001", "zh"))
    for said in ("Zhang Xiaoyu", "How the score adds up", "The bonus, step by step", "Signatures", "within 10 working"):
        assert said in english, said
    for said in ("张晓雨", "得分由来", "奖金计算", "签字", "申诉"):
        assert said in chinese, said


@pytest.mark.parametrize("person", ["E003", "E006"])
def test_a_hostile_or_rare_name_stands_as_it_is(papers: Path, person: str) -> None:
    zh, en = HOSTILE[person]
    read = text_of(paper(papers, person, "zh"))
    assert re.sub(r"\s", "", zh) in re.sub(r"\s", "", read) and re.sub(r"\s", "", en) in re.sub(r"\s", "", read)


def test_three_hundred_characters_stay_on_the_page(papers: Path) -> None:
    read = text_of(paper(papers, "E004", "zh"))
    assert "超长姓名" * 75 in read.replace(" ", "") and read.count("Maximilian") >= 27 and "得分由来" in read


def test_a_name_from_right_to_left_turns_nothing_beside_it(papers: Path) -> None:
    read = text_of(paper(papers, "E005", "en"))
    assert "〈U+202E〉Muhammad <b>&amp;" in read and "محمد" in read
    assert "these characters, which stand as their code points: U+202E" in read
