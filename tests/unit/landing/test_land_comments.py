"""Public comments: their export, what is said of each text, and where those labels are kept."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from landing_builders import Home, to_csv

from pipelines.landing import file_catalogue, labels, sentiment
from pipelines.landing.sentiment import Verdict, toolset

HEADER = ["Comment ID", "Comment time", "Comment source", "Commenter", "Comment text", "Campaign", "Likes"]
PRAISE, BLAME, FACT = "I love it, great work!", "速度很慢，太失望了。", "Version 4 comes out on Monday."
OTHER = "とても便利です。"


def comment(number: int, text: str) -> list[str]:
    return [str(number), "2026-10-05 09:00:00", "X", f"user{number}", text, "launch", "2"]


def put(home: Home, *texts: str, name: str = "comments_2026-10-01_2026-10-31.csv") -> None:
    rows = [comment(number, text) for number, text in enumerate(texts, start=1)]
    home.put(f"listening/{name}", to_csv([HEADER, *rows]))


def labelled(home: Home) -> list[dict[str, Any]]:
    """The labels by the tools of now."""
    files = sorted((home.path / "landing" / "sentiment_labels").glob(f"*.{toolset()}.parquet"))
    return [row for file in files for row in pq.read_table(file).to_pylist()]


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The texts that the tools were asked about."""
    texts: list[str] = []

    def judge(text: str) -> Verdict:
        texts.append(text)
        return sentiment.judge(text)

    monkeypatch.setattr(labels, "judge", judge)
    return texts


def another_version(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if one of the tools had been released anew."""
    monkeypatch.setattr(sentiment, "RULES", sentiment.RULES + 1)
    sentiment.tool_id.cache_clear()


@pytest.fixture(autouse=True)
def _same_tools() -> Any:
    yield
    sentiment.tool_id.cache_clear()


@pytest.mark.req("000-K20")
def test_a_text_is_labelled_and_never_landed(home: Home) -> None:
    put(home, PRAISE, BLAME, FACT, OTHER)
    record = home.only()
    assert record.spec_id == "comments"
    table = home.table(record)
    assert table.column("comment_id").to_pylist() == ["1", "2", "3", "4"]
    assert "user1" not in str(table.to_pydict())
    rows = labelled(home)
    assert [(row["language"], row["label"]) for row in rows] == [
        ("en", "positive"),
        ("zh", "negative"),
        ("en", "neutral"),
        ("", ""),
    ]
    assert [row["row_no"] for row in rows] == [2, 3, 4, 5]
    assert {row["content_id"] for row in rows} == {record.content_id}
    assert [row["tool"].split("-")[0] for row in rows] == ["vadersentiment", "bixin", "vadersentiment", ""]
    assert rows[3]["score"] == ""
    landed = b"".join(home.published().values())
    for text in (PRAISE, BLAME, FACT, OTHER):
        assert text.encode() not in landed


def test_a_chinese_export_lands_alike(home: Home) -> None:
    header = ["评论编号", "评论时间", "评论平台", "评论用户", "评论内容", "活动", "点赞数"]
    home.put("listening/2026-11-09/评论_2026-10.csv", to_csv([header, comment(1, PRAISE)]))
    assert home.only().spec_id == "comments"
    assert [row["label"] for row in labelled(home)] == ["positive"]


def test_the_same_text_is_judged_once_whatever_file_it_stands_in(home: Home, asked: list[str]) -> None:
    put(home, PRAISE, PRAISE, BLAME)
    home.ingest()
    put(home, PRAISE, FACT, name="comments_2026-10-01_2026-11-15.csv")
    home.ingest()
    assert asked == [PRAISE, BLAME, FACT]
    assert [row["label"] for row in labelled(home)].count("positive") == 3
    home.ingest()
    assert len(asked) == 3, "what has labels is not read again"


def test_equal_exports_give_equal_bytes(make_home: Callable[[str], Home]) -> None:
    one, other = make_home("one"), make_home("other")
    for home in (one, other):
        put(home, PRAISE, BLAME, OTHER)
        home.ingest()
    assert one.published() == other.published()
    assert any("sentiment_labels" in name for name in one.published())


def test_a_new_tool_labels_anew_and_does_not_mix(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    put(home, PRAISE)
    home.ingest()
    before = file_catalogue(home.path).column("labels").to_pylist()
    another_version(monkeypatch)
    assert labelled(home) == []
    home.ingest()
    assert [row["tool"] for row in labelled(home)] == ["vadersentiment-3.3.2-r2"]
    assert file_catalogue(home.path).column("labels").to_pylist() == [toolset()] != before
    assert len(list((home.path / "landing" / "sentiment_labels").glob("*.parquet"))) == 2


def test_a_text_whose_file_is_gone_is_judged_from_the_archive(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    put(home, PRAISE)
    record = home.only()
    (home.path / "exports" / "listening" / "comments_2026-10-01_2026-10-31.csv").unlink()
    another_version(monkeypatch)
    assert home.only().content_id == record.content_id
    assert [row["label"] for row in labelled(home)] == ["positive"]


def test_labels_that_were_lost_are_made_again(home: Home) -> None:
    put(home, PRAISE)
    home.ingest()
    (labels_file,) = (home.path / "landing" / "sentiment_labels").iterdir()
    (profile,) = (home.path / "landing" / "_profile" / "sentiment_labels").iterdir()
    for lost in (labels_file, profile):
        kept = lost.read_bytes()
        lost.unlink()
        home.ingest()
        assert lost.read_bytes() == kept


def test_an_empty_text_has_no_label(home: Home) -> None:
    put(home, PRAISE, "")
    home.ingest()
    assert [row["label"] for row in labelled(home)] == ["positive", ""]


def test_the_profile_counts_labels_by_language(home: Home) -> None:
    put(home, PRAISE, PRAISE, FACT, OTHER)
    home.ingest()
    (path,) = (home.path / "landing" / "_profile" / "sentiment_labels").iterdir()
    english, none = sorted(pq.read_table(path).to_pylist(), key=lambda row: row["language"])
    assert (english["n_rows"], english["n_texts"], english["n_positive"], english["n_neutral"]) == (3, 2, 2, 1)
    assert (english["n_odd"], english["lowest"]) == (0, 0)
    assert (none["language"], none["n_unlabelled"], none["lowest"]) == ("none", 1, None)


def test_a_company_without_texts_asks_no_tool(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: object) -> str:
        raise AssertionError("a tool was looked for")

    monkeypatch.setattr(labels, "toolset", never)
    home.put("incidents/2026-11-01/x.csv", to_csv([["nothing"], ["1"]]))
    home.ingest()
    assert file_catalogue(home.path).num_rows == 0
    assert not (home.path / "landing" / "sentiment_labels").exists()


def test_the_libraries_are_imported_for_a_text_of_their_language_alone() -> None:
    code = (
        "import sys; from pipelines.landing import sentiment; import pipelines.landing;"
        "loaded = lambda: sorted({'vaderSentiment', 'bixin', 'jieba_fast'} & set(sys.modules));"
        "first = loaded(); sentiment.judge('很好'); then = loaded(); sentiment.judge('I love it');"
        "print(first, then, loaded())"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[] [] ['vaderSentiment']"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("I love it", "en"),
        ("Give 'em hell", "en"),
        ("服务很好", "zh"),
        ("服務很好，APP 也快", "zh"),
        ("&#26381;&#21153;很好", "zh"),
        ("ＡＰＰ 不错", "zh"),
        ("这个 app very very good", ""),
        ("とても良い", ""),
        ("정말 좋아요", ""),
        ("Очень хорошо", ""),
        ("très bien, merci", ""),
        ("me gusta mucho", ""),
        ("Das ist nicht gut", ""),
        ("naïve but it is good", "en"),
        ("@someone https://x.com/a #launch", ""),
        ("😍 11:30", ""),
        ("", ""),
    ],
)
def test_languages(text: str, language: str) -> None:
    assert sentiment.judge(text).language == language


@pytest.mark.parametrize(
    ("text", "score"),
    [
        ("甲", 1.0),
        ("乙", -1.0),
        ("不甲", -1.0),
        ("不很甲", -2.0),
        ("很甲", 2.0),
        # the fifth character after a negation is out of its reach, and so is another clause
        ("不一二三四甲", -1.0),
        ("不一二三四五甲", 1.0),
        ("不，甲", 1.0),
        # a negation is used up by the first word after it
        ("不甲甲", 0.0),
        ("不不甲", 1.0),
        # the longest word counts, and a word in both lists says nothing
        ("甲乙", -1.0),
        ("丙", 0.0),
        ("", 0.0),
    ],
)
def test_the_arithmetic_of_chinese_words(text: str, score: float) -> None:
    lexicon = sentiment.Lexicon({"甲", "丙"}, {"乙", "甲乙", "丙"}, {"不"}, {"很": 2.0})
    assert lexicon.score(text) == pytest.approx(score / (score * score + 15) ** 0.5)


def test_scores_do_not_hang_on_the_order_of_sets(tmp_path: Path) -> None:
    code = "from pipelines.landing.sentiment import judge; print(judge('房间不太干净，但是服务非常热情，下次还来'))"
    said = {
        subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            text=True,
            check=True,
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(sys.path), "PYTHONUTF8": "1"},
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(said) == 1
