"""Makes the pictures of docs/images: portal and card at desk and phone width, and as they are printed.

`python tests/system/pictures.py COMPANY` takes a company folder with a sealed 2026-10 in which P002 leads P003 (the
demo company, for example), serves a copy of it and looks at it in Chromium. Belongs here: which pictures, and writing
small PNG files. No test: whoever changes a page makes them anew and looks at them.
"""

from __future__ import annotations

import base64
import struct
import sys
import tempfile
import zlib
from pathlib import Path

import numpy as np

HERE = Path(__file__).resolve()
sys.path[:0] = [str(HERE.parent), str(HERE.parents[1] / "pipeline"), str(HERE.parents[1] / "unit" / "scorecards")]

from playwright.sync_api import Browser, Page, sync_playwright  # noqa: E402
from portal_site import PERIOD, add_account, card_path, copy_served, file_path, launch, release_all, served, sign_in  # noqa: E402  # noqa: E402

TARGET = HERE.parents[2] / "docs" / "images"
ACCOUNTS = {"hr": ("", "hr"), "manager": ("P002", "person"), "person": ("P003", "person")}
WORDS = "10 月 3 日的两条回复被计为一条，记录编号 T-1042。"
CARD, A4 = card_path("P003"), (794, 1123)
#: picture: (account, path, language, width, height at most)
PAGES = {
    "portal-login-zh-390": ("", "/login", "zh", 390, 620),
    "portal-hr-zh-980": ("hr", f"/hr/{PERIOD}/r1", "zh", 980, 1500),
    "portal-hr-en-390": ("hr", f"/hr/{PERIOD}/r1", "en", 390, 1500),
    "portal-team-en-980": ("manager", f"/team/{PERIOD}", "en", 980, 700),
    "portal-card-zh-390": ("person", CARD, "zh", 390, 1200),
    "portal-card-en-980": ("person", CARD, "en", 980, 1000),
    "portal-objection-zh-390": ("person", f"{CARD}/objection", "zh", 390, 1100),
}
CARDS = {
    "scorecard-zh-390": ("zh", 390, 2600, "screen"),
    "scorecard-en-390": ("en", 390, 2600, "screen"),
    "scorecard-zh-print": ("zh", *A4, "print"),
    "scorecard-en-print": ("en", *A4, "print"),
}
_PIXELS = """async (told) => {
  const picture = new Image();
  picture.src = 'data:image/png;base64,' + told;
  await picture.decode();
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [picture.width, picture.height];
  const pen = canvas.getContext('2d');
  pen.drawImage(picture, 0, 0);
  const data = pen.getImageData(0, 0, canvas.width, canvas.height).data;
  let told_back = '';
  for (let at = 0; at < data.length; at += 32768) told_back += String.fromCharCode(...data.subarray(at, at + 32768));
  return [canvas.width, canvas.height, btoa(told_back)];
}"""


def shot(page: Page, height: int) -> bytes:
    """The page from its top, down to its end or to a height."""
    width = page.viewport_size["width"] if page.viewport_size else 0
    end = min(height, int(page.evaluate("document.documentElement.scrollHeight")))
    return page.screenshot(clip={"x": 0, "y": 0, "width": width, "height": end}, full_page=True)


def small_png(browser: Browser, png: bytes) -> bytes:
    """The picture with a palette of 256 colours: a third of the bytes."""
    page = browser.new_page()
    width, height, told = page.evaluate(_PIXELS, base64.b64encode(png).decode())
    page.close()
    pixels = np.frombuffer(base64.b64decode(told), np.uint8).reshape(-1, 4)[:, :3].astype(np.int32)
    packed = pixels @ np.array([65536, 256, 1])
    colours, place, count = np.unique(packed, return_inverse=True, return_counts=True)
    kept = colours[np.sort(np.argsort(-count, kind="stable")[:256])]
    parts = [np.stack([one >> 16 & 255, one >> 8 & 255, one & 255], 1).astype(np.int64) for one in (colours, kept)]
    nearest = np.array([int(((parts[1] - colour) ** 2).sum(1).argmin()) for colour in parts[0]], np.uint8)
    rows = nearest[place].reshape(height, width)
    raw = b"".join(b"\0" + row.tobytes() for row in rows)
    head = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"PLTE", parts[1].astype(np.uint8).tobytes()), (b"IDAT", zlib.compress(raw, 9)))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*one) for one in (*chunks, (b"IEND", b"")))


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def portal_pages(browser: Browser, url: str) -> dict[str, bytes]:
    """Every picture of the portal: one card is shown, read and objected to."""
    release_all(sign_in(browser.new_context(), url, "hr", "zh"), url)
    page = sign_in(browser.new_context(), url, "person", "zh")
    page.goto(url + CARD)
    page.click("main form button")
    page.goto(f"{url}{CARD}/objection")
    page.fill("#words", WORDS)
    page.click("main form button")
    found = {}
    for name, (account, path, lang, width, height) in PAGES.items():
        context = browser.new_context(viewport={"width": width, "height": min(height, 900)})
        page = sign_in(context, url, account, lang) if account else context.new_page()
        page.goto(f"{url}/language/{lang}?back={path}")
        found[name] = shot(page, height)
        context.close()
    return found


def cards(browser: Browser, url: str) -> dict[str, bytes]:
    """Every picture of a card, by the bytes that the portal sends."""
    context = browser.new_context()
    page = sign_in(context, url, "hr")
    found = {}
    for name, (lang, width, height, media) in CARDS.items():
        told = page.request.get(url + file_path("P003", lang=lang)).text()
        bare = browser.new_page(viewport={"width": width, "height": min(height, 1123)})
        bare.emulate_media(media=media)  # type: ignore[arg-type]  # "screen" or "print"
        bare.set_content(told)
        found[name] = shot(bare, height)
        bare.close()
    context.close()
    return found


def main(company: Path) -> None:
    """Write all pictures."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        home = copy_served(company, Path(folder))
        for name, (person, role) in ACCOUNTS.items():
            add_account(home, name, person, role)
        browser = launch(playwright)
        with served(home) as (url, _):
            made = portal_pages(browser, url) | cards(browser, url)
        for name, png in made.items():
            (TARGET / f"{name}.png").write_bytes(small_png(browser, png))
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve())
