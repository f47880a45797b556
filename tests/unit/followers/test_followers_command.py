"""`scorecards followers score` as an analyst meets it: lists of every shape, errors, exit codes."""

from __future__ import annotations

import csv
import io
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pipelines.cli import EXIT_INPUT, main

pytestmark = [pytest.mark.req("000-K01"), pytest.mark.req("000-G4")]

API = (
    "id,created_at,public_metrics.followers_count,public_metrics.following_count,public_metrics.tweet_count,"
    "public_metrics.listed_count,url\n"
    "1700000000000000012,2024-01-01T10:00:00.000Z,3,2500,4,0,\n"
    "1900000000000000013,2026-10-20T10:00:00.000Z,300,90,4000,9,https://example.org\n"
)


def call(*words: object) -> Result:
    return CliRunner().invoke(main, ["followers", "score", *map(str, words)], catch_exceptions=False)


def written(tmp_path: Path, text: str, encoding: str = "utf-8") -> Path:
    path = tmp_path / "accounts.csv"
    path.write_text(text, encoding=encoding)
    return path


def rows(result: Result) -> list[dict[str, str]]:
    assert result.exit_code == 0, result.stderr
    return list(csv.DictReader(io.StringIO(result.stdout)))


def test_fields_of_the_api(tmp_path: Path) -> None:
    found = rows(call(written(tmp_path, API), "--on", "2026-11-01"))
    assert [row["id"] for row in found] == ["1700000000000000012", "1900000000000000013"]
    assert [(row["points"], row["verdict"]) for row in found] == [("31", "spam"), ("0", "pending")]
    assert list(found[0]) == ["id", "points", "verdict", "reasons", "inactive"]
    assert "follows 2500 accounts and has 3 followers" in found[0]["reasons"]


def test_the_same_metrics_nested(tmp_path: Path) -> None:
    nested = (
        "id,created_at,public_metrics,url\n"
        '1700000000000000012,2024-01-01,"{""followers_count"": 3, ""following_count"": 2500, ""tweet_count"": 4, '
        '""listed_count"": 0}",\n'
        "1900000000000000013,2026-10-20,\"{'followers_count': 300, 'following_count': 90, 'tweet_count': 4000, "
        "'listed_count': 9}\",https://example.org\n"
    )
    flat = call(written(tmp_path, API), "--on", "2026-11-01").stdout
    assert call(written(tmp_path, nested), "--on", "2026-11-01").stdout == flat


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "gb18030"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_any_usual_file(tmp_path: Path, encoding: str, delimiter: str) -> None:
    text = "名称,followers,following,posts\n张伟,3,2500,4\n".replace(",", delimiter)
    result = call(written(tmp_path, text, encoding))
    assert [(row["row"], row["points"]) for row in rows(result)] == [("2", "28")]
    assert "no account's age is known" in result.stderr


def test_rows_come_out_in_the_order_of_the_list(tmp_path: Path) -> None:
    n = 30_000
    # of some the day on which they were made is known, and of some of those it is one of a batch
    made = ("2026-10-01", "2024-02-03", "", f"{2010 + n % 9}-05-06")
    body = "".join(f"{n - i},{i % 50},{i % 3000},{i % 700},100,{made[i % 4]}\n" for i in range(n))
    found = rows(call(written(tmp_path, f"id,followers,following,posts,age_days,created_at\n{body}")))
    assert [row["id"] for row in found] == [str(n - i) for i in range(n)]
    assert len({row["points"] for row in found}) > 10


def test_age_given_or_told_by_two_days(tmp_path: Path) -> None:
    text = (
        "followers,following,posts,age_days,created_at,observed_at\n"
        "300,90,4000,12.9,,\n300,90,4000,,2026-10-01,2026-10-30\n300,90,4000,,2026-10-01,2026-10-31\n"
    )
    result = call(written(tmp_path, text))
    assert [row["verdict"] for row in rows(result)] == ["pending", "pending", "clean"]
    assert result.stderr == ""


def test_the_last_post_tells_who_is_inactive(tmp_path: Path) -> None:
    # 1700000000000000001 is of 2023-08-11
    text = (
        "followers,following,posts,most_recent_tweet_id,observed_at\n"
        "300,90,40,1700000000000000001,2023-08-30\n300,90,40,1700000000000000001,2024-01-30\n"
        "300,90,40,20,2023-01-01\n300,90,40,,2023-01-01\n"
    )
    assert [row["inactive"] for row in rows(call(written(tmp_path, text)))] == ["false", "true", "true", ""]


def test_chinese_reasons(tmp_path: Path) -> None:
    found = rows(call(written(tmp_path, API), "--on", "2026-11-01", "--lang", "zh"))
    assert "粉丝 3 个，不到 20 个。" in found[0]["reasons"]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("x,5,5,10,,", "row 3, column followers: the value is not a number (value: 'x')"),
        ("-4,5,5,10,,", "row 3, column followers: the value is not a whole number of 0 or more (value: '-4')"),
        ("4,5.5,5,10,,", "row 3, column following: the value is not a whole number of 0 or more (value: '5.5')"),
        (",5,5,10,,", "row 3, column followers: the value is missing"),
        ("4,5,5,-1,,", "row 3, column age_days: the value is less than 0 (value: '-1')"),
        ("4,5,5,,2026-02-01,2026-01-01", "row 3, column created_at: the value lies after the day"),
        ("4,5,5,,2026-13-01,", "row 3, column created_at: the value is not a date"),
        ("4,5", "row 3: the row has 2 fields where the header has 6"),
    ],
)
def test_what_cannot_be_scored_is_named_and_nothing_is_written(tmp_path: Path, line: str, told: str) -> None:
    path = written(tmp_path, f"followers,following,posts,age_days,created_at,observed_at\n1,2,3,4,,\n{line}\n")
    result = call(path)
    assert result.exit_code == EXIT_INPUT
    assert f"error: {path}, {told}" in result.stderr
    assert result.stdout == ""
    assert result.stderr.count("error:") == 1


def test_of_many_broken_rows_the_first_are_named_and_the_rest_counted(tmp_path: Path) -> None:
    result = call(written(tmp_path, "followers,following,posts\n" + "a,1,1\n" * 50))
    assert result.exit_code == EXIT_INPUT
    assert result.stderr.count("the value is not a number") == 20
    assert "30 more rows cannot be read" in result.stderr


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "the file is empty"),
        ("followers,following,posts\n", "the file has a header but no rows"),
        ("followers,posts\n1,2\n", "which misses following_count; headers not known: none. Name the columns as"),
    ],
)
def test_a_file_that_is_no_list(tmp_path: Path, text: str, told: str) -> None:
    result = call(written(tmp_path, text))
    assert result.exit_code == EXIT_INPUT
    assert told in result.stderr
    assert "company.yaml" not in result.stderr


def test_no_file_and_a_workbook(tmp_path: Path) -> None:
    missing = call(tmp_path / "none.csv")
    assert (missing.exit_code, "there is no such file" in missing.stderr) == (EXIT_INPUT, True)
    book = tmp_path / "accounts.xlsx"
    with zipfile.ZipFile(book, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
    result = call(book)
    assert (result.exit_code, "this is a workbook and not a CSV file" in result.stderr) == (EXIT_INPUT, True)


def test_nothing_but_rows_comes_to_standard_output(tmp_path: Path) -> None:
    """DuckDB draws a progress bar there when a program has no file of its own, as `python -c` has none."""
    asked = (
        "import sys; from pathlib import Path; from pipelines.warehouse.connection import open_writer\n"
        "with open_writer(Path(sys.argv[1])) as connection:\n"
        "    print(connection.execute(\"select current_setting('enable_progress_bar')\").fetchone()[0])"
    )
    command = [sys.executable, "-c", asked, str(tmp_path / "any.duckdb")]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout == "False\n"
