"""The reader of the recomputation on the dresses that exports come in.

Belongs here: one file a dress. What pipelines/landing makes of them is tested there.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from .raw import UnreadableError, exports
from .x_posts import CONTENT, identified

SHEET = {"day": ("Date", "日期"), "amount": ("Amount",), "note": ("Note",)}


def read(home: Path, name: str, content: bytes) -> list[tuple[date, Fraction | None, str]]:
    folder = home / "exports" / "web" / "2026-10-09"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(content)
    (file,) = [file for file in exports(home) if file.path.name == name]
    return [(row.day("day"), row.number("amount"), row.text("note")) for row in file.rows(SHEET, ("day", "amount"))]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("plain.csv", 'Date,Amount,Note\n2026-10-01,"1,234.5",好\n'.encode()),
        ("mark.csv", "\ufeffDate,Amount,Note\n20261001,1234.5,好\n".encode()),
        ("wide.csv", "sep=,\nDate,Amount,Note\n2026-10-01,1234.5,好\n".encode("utf-16")),
        ("chinese.csv", "日期,Amount,Note\n2026/10/01,1234.5,好\n".encode("gb18030")),
        (
            "title.csv",
            '网站统计（2026-10）\n# all\nDate,Amount,Note\n"Thu, Oct 1, 2026",1234.5,好\nTotal,1234.5,\n'.encode(),
        ),
    ],
)
def test_every_dress_reads_alike(tmp_path: Path, name: str, content: bytes) -> None:
    assert read(tmp_path, name, content) == [(date(2026, 10, 1), Fraction("1234.5"), "好")]


def test_semicolons_come_with_decimal_commas(tmp_path: Path) -> None:
    wide = b"Date;Amount;Note;a;b;c;d\n2026-10-01;1.234,5;x;;;;\n"
    assert read(tmp_path, "comma.csv", wide) == [(date(2026, 10, 1), Fraction("1234.5"), "x")]


def test_tabs_come_with_american_days(tmp_path: Path) -> None:
    wide = '"Report"\nDate\tAmount\tNote\ta\tb\tc\td\n10/31/2026\t1,234.5\tx\t\t\t\t\n'.encode("utf-16")
    assert read(tmp_path, "tabs.csv", wide) == [(date(2026, 10, 31), Fraction("1234.5"), "x")]


def test_a_row_that_begins_with_a_number_sign_is_no_comment(tmp_path: Path) -> None:
    home = tmp_path
    rows = read(home, "orders.csv", b"Note,Date,Amount\n#1275,2026-10-01,5\n# a comment\n")
    assert rows == [(date(2026, 10, 1), Fraction(5), "#1275")]


def test_a_word_is_no_number(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match="a lot"):
        read(tmp_path, "words.csv", b"Date,Amount\n2026-10-01,a lot\n")


def test_a_rounded_id_comes_back_from_its_link(tmp_path: Path) -> None:
    folder = tmp_path / "exports" / "x" / "x_dev" / "2025-12-09"
    folder.mkdir(parents=True)
    link = "https://x.com/CloudLadderDev/status/1995181257020170275"
    (folder / "posts.csv").write_text(f"Post id,Post text,Post Link\n1.99518125702017e+18,hello,{link}\n")
    (file,) = exports(tmp_path)
    ((row),) = file.rows(CONTENT, ("post_id", "text"))
    assert identified(row)[0] == "1995181257020170275"
