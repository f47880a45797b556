"""Two hundred people who download at once: everybody gets the very bytes, and the server stays small."""

from __future__ import annotations

import hashlib
import json
import re
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.cookiejar import CookieJar
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, OpenerDirector, Request, build_opener

import psutil
import pytest
from portal_site import PASSWORD, PERIOD, Site, file_path

pytestmark = pytest.mark.system

AT_ONCE = 200
MOST_MEGABYTES = 200
KINDS = (("html", "zh"), ("html", "en"), ("xlsx", "zh"), ("xlsx", "en"))
PEOPLE = ("P002", "P003", "P004", "P005", "P006")


def opener_of(cookies: CookieJar) -> OpenerDirector:
    return build_opener(HTTPCookieProcessor(cookies))


def signed_in(url: str, name: str) -> tuple[CookieJar, str]:
    """The cookies of somebody who signed in, and the token of their forms."""
    cookies = CookieJar()
    opener = opener_of(cookies)
    page = opener.open(f"{url}/login").read().decode()
    sent = {"csrf": token_of(page), "name": name, "password": PASSWORD, "next": "/"}
    page = opener.open(Request(f"{url}/login", urlencode(sent).encode())).read().decode()
    return cookies, token_of(page)


def token_of(page: str) -> str:
    found = re.search(r'name="csrf" value="([0-9a-f]+)"', page)
    assert found, page[:400]
    return found[1]


@contextmanager
def watched(process: psutil.Process) -> Iterator[list[float]]:
    """The process's resident memory in MB, sampled all the time."""
    samples: list[float] = []
    ended = threading.Event()

    def sample() -> None:
        while not ended.wait(0.01):
            samples.append(process.memory_info().rss / 1e6)

    thread = threading.Thread(target=sample)
    thread.start()
    try:
        yield samples
    finally:
        ended.set()
        thread.join()


def test_two_hundred_downloads_at_once(site: Site) -> None:
    manifest = json.loads((site.home / "seals" / PERIOD / "r1" / "manifest.json").read_text(encoding="utf-8"))["files"]
    cookies, token = signed_in(site.url, "hr")
    paths = [file_path(person, kind, lang) for person in PEOPLE for kind, lang in KINDS]
    together = threading.Barrier(AT_ONCE)

    def one(number: int) -> tuple[str, int, str]:
        together.wait()
        if number % 20 == 0:  # every twentieth takes the whole period
            form = urlencode({"csrf": token, "purpose": "two hundred at once"}).encode()
            with opener_of(cookies).open(Request(f"{site.url}/hr/{PERIOD}/r1/bundle", form), timeout=300) as answer:
                return "zip", answer.status, hashlib.sha256(answer.read()).hexdigest()
        path = paths[(number + number // 20) % len(paths)]
        with opener_of(cookies).open(site.url + path, timeout=300) as answer:
            return path.rpartition("/")[2], answer.status, hashlib.sha256(answer.read()).hexdigest()

    began = time.monotonic()
    with watched(site.process) as samples, ThreadPoolExecutor(AT_ONCE) as pool:
        answers = list(pool.map(one, range(AT_ONCE)))
    took = time.monotonic() - began
    print(f"{AT_ONCE} downloads in {took:.1f} s, memory at most {max(samples):.0f} MB of {len(samples)} samples")
    assert [code for _, code, _ in answers] == [200] * AT_ONCE
    files = {(name, sha256) for name, _, sha256 in answers if name != "zip"}
    assert files == {(path.rpartition("/")[2], manifest[path.rpartition("/")[2]]["sha256"]) for path in paths}
    assert len({sha256 for name, _, sha256 in answers if name == "zip"}) == 1
    assert max(samples) < MOST_MEGABYTES
