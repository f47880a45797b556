"""A real browser shows the card: nothing sticks out of the page at desk or phone width, nothing is fetched or run."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from cards_sample import Case

from pipelines.scorecards.html import render_html
from pipelines.scorecards.view import Edition

pytestmark = pytest.mark.system

FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
]


def chromium(folder: Path, *arguments: str) -> str:
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    assert program, "Chromium is missing: install the packages listed in .ci/apt-packages"
    command = [program, *FLAGS, f"--user-data-dir={folder / 'profile'}", *arguments]
    return subprocess.run(command, check=True, capture_output=True, timeout=120, text=True).stdout


# A wrapper page measures the card inside a frame of the wanted width; the card itself carries no script.
WRAPPER = """<!doctype html><meta charset="utf-8"><iframe id="f" style="border:0;width:{width}px;height:3000px"
 src="{name}"></iframe><pre id="out"></pre><script>
window.onload = () => {{
  const page = document.getElementById('f').contentDocument;
  const wide = [...page.querySelectorAll('body *')].filter(
    e => e.getBoundingClientRect().right > {width} + 1
      && !e.closest('.scroll') && !e.closest('.unseen') && !e.closest('thead'));
  document.getElementById('out').textContent = JSON.stringify({{
    scroll: page.documentElement.scrollWidth, wide: wide.map(e => e.tagName + '.' + e.className).slice(0, 5),
    blocks: getComputedStyle(page.querySelector('.kpis tbody tr')).display,
    title: page.title, ran: typeof page.defaultView.injected}});
}};</script>"""


@pytest.mark.parametrize("width", [980, 390])
@pytest.mark.parametrize(
    ("person", "lang"), [("E001", "zh"), ("E003", "en"), ("E004", "zh"), ("E005", "en"), ("E006", "zh")]
)
def test_the_card_fits_the_page(person: str, lang: str, width: int, tmp_path: Path) -> None:
    bundle = Case().bundle()
    trace = next(trace for trace in bundle["traces"] if trace["person_id"] == person)
    (tmp_path / "card.html").write_bytes(render_html(bundle, trace, Edition(), lang))
    (tmp_path / "frame.html").write_text(WRAPPER.format(width=width, name="card.html"), encoding="utf-8")
    shown = chromium(
        tmp_path,
        "--allow-file-access-from-files",
        "--virtual-time-budget=2000",
        "--dump-dom",
        f"file://{tmp_path / 'frame.html'}",
    )
    found = re.search(r'<pre id="out">(.*?)</pre>', shown, re.DOTALL)
    assert found, shown[-400:]
    measured = found[1].replace("&amp;", "&")
    assert '"wide":[]' in measured, measured
    scroll = re.search(r'"scroll":(\d+)', measured)
    assert scroll and int(scroll[1]) <= width, measured
    assert '"ran":"undefined"' in measured
    assert ('"blocks":"block"' if width < 720 else '"blocks":"table-row"') in measured


def test_the_card_prints(tmp_path: Path) -> None:
    bundle = Case().bundle()
    (tmp_path / "card.html").write_bytes(render_html(bundle, bundle["traces"][0], Edition(), "zh"))
    target = tmp_path / "card.pdf"
    chromium(tmp_path, f"--print-to-pdf={target}", "--no-pdf-header-footer", f"file://{tmp_path / 'card.html'}")
    pages = len(re.findall(rb"/Type\s*/Page\b", target.read_bytes()))
    assert 1 <= pages <= 3
