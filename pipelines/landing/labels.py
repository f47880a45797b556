"""The labels of landed texts: a landing table of its own, `sentiment_labels`, one file a content and set of tools.

Belongs here: making, keeping and finding labels. Does not belong here: judging (`sentiment`), reading exports
(`file_reader`).

The text itself is in no column; its keyed hash tells which texts are the same, and the same text is judged once. The
versions of the tools are part of a file's name: a new tool labels everything anew, beside what the old one said, and a
build reads the labels of one set of tools only. Where no landed source has texts to judge, no tool is looked for.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from pipelines.landing.content import deterministic_writer
from pipelines.landing.sentiment import LABELS, Verdict, judge, toolset
from pipelines.landing.store import Layout, whole_file
from pipelines.sources.registry import ALL_SPECS
from pipelines.sources.spec import SourceSpec
from pipelines.warehouse.layout import LABELS_TABLE

LABELS_ID = LABELS_TABLE
SCHEMA = pa.schema(
    [
        ("content_id", pa.string()),
        ("row_no", pa.int32()),
        ("text_hash", pa.string()),
        ("language", pa.string()),
        ("label", pa.string()),
        ("score", pa.string()),
        ("tool", pa.string()),
    ]
)
PROFILE_SCHEMA = pa.schema(
    [
        ("content_id", pa.string()),
        ("language", pa.string()),
        ("tool", pa.string()),
        ("n_rows", pa.int64()),
        ("n_texts", pa.int64()),
        *((f"n_{label}", pa.int64()) for label in LABELS),
        ("n_unlabelled", pa.int64()),
        ("n_odd", pa.int64()),
        ("lowest", pa.float64()),
        ("highest", pa.float64()),
    ]
)
#: What the profile calls a text in no known language.
NO_LANGUAGE = "none"

JUDGED_SPECS = frozenset(spec.id for spec in ALL_SPECS if spec.judged_column)


def labels_of(spec_id: str) -> str:
    """The set of tools whose labels count for the contents of a source; empty for a source without texts to judge."""
    return toolset() if spec_id in JUDGED_SPECS else ""


def labels_path(layout: Layout, content_id: str, tools: str) -> Path:
    """Where the labels of a content by a set of tools are kept."""
    return layout.landing / LABELS_ID / f"{content_id}.{tools}.parquet"


def profile_path(layout: Layout, content_id: str, tools: str) -> Path:
    """Where the profile of those labels is kept."""
    return layout.profile / LABELS_ID / f"{content_id}.{tools}.parquet"


class Labeller:
    """Labels the texts of one company; remembers what has been said of each text by the same tools."""

    def __init__(self, layout: Layout):
        self._layout = layout
        self._known: dict[str, Verdict] | None = None

    def are_there(self, spec_id: str, content_id: str) -> bool:
        """Whether a content has the labels that it needs, by the tools of now."""
        tools = labels_of(spec_id)
        return not tools or all(path(self._layout, content_id, tools).exists() for path in (labels_path, profile_path))

    def draft(self, spec: SourceSpec) -> LabelDraft:
        """Begin the labels of one content."""
        return LabelDraft(spec, self)

    def verdict(self, text_hash: str, text: str) -> Verdict:
        """What the tools say of a text, asked once a text."""
        if self._known is None:
            self._known = dict(_kept(self._layout))
        if text_hash not in self._known:
            self._known[text_hash] = judge(text)
        return self._known[text_hash]

    def publish(self, content_id: str, rows: list[tuple[int, str, Verdict]]) -> None:
        """Write labels and their profile; the same rows and tools give the same bytes."""
        tools = toolset()
        table = pa.Table.from_pylist(
            [
                {
                    "content_id": content_id,
                    "row_no": row_no,
                    "text_hash": text_hash,
                    "language": verdict.language,
                    "label": verdict.label,
                    "score": verdict.score,
                    "tool": verdict.tool,
                }
                for row_no, text_hash, verdict in rows
            ],
            schema=SCHEMA,
        )
        profile = pa.Table.from_pylist(list(_profile(content_id, rows)), schema=PROFILE_SCHEMA)
        for path, made in (
            (profile_path(self._layout, content_id, tools), profile),
            (labels_path(self._layout, content_id, tools), table),
        ):
            with whole_file(path) as draft, deterministic_writer(draft, made.schema) as writer:
                writer.write_table(made)


class LabelDraft:
    """The labels of one content on their way; nothing happens for a source without texts to judge."""

    def __init__(self, spec: SourceSpec, labeller: Labeller):
        self._column = spec.judged_column
        self._place = spec.landed_columns().index(f"{self._column}_hash") if self._column else -1
        self._labeller = labeller
        self._rows: list[tuple[int, str, Verdict]] = []

    def add(self, batch: pa.RecordBatch, row_numbers: pa.Array, landed: list[pa.Array]) -> None:
        """Label a batch of rows.

        Args:
            batch: the rows with their texts.
            row_numbers: their rows in the file.
            landed: what is landed of them, in the order of `spec.landed_columns()`.
        """
        if not self._column:
            return
        texts, hashes = batch.column(self._column).to_pylist(), landed[self._place].to_pylist()
        for row_no, text, text_hash in zip(row_numbers.to_pylist(), texts, hashes, strict=True):
            # an empty text expresses nothing that a tool could tell
            verdict = Verdict() if text is None else self._labeller.verdict(text_hash, text)
            self._rows.append((row_no, text_hash or "", verdict))

    def publish(self, content_id: str) -> None:
        """Write what has been labelled."""
        if self._column:
            self._labeller.publish(content_id, self._rows)


def _kept(layout: Layout) -> Iterator[tuple[str, Verdict]]:
    for path in sorted((layout.landing / LABELS_ID).glob(f"*.{toolset()}.parquet")):
        for row in pq.read_table(path).to_pylist():
            yield row["text_hash"], Verdict(row["language"], row["label"], row["score"], row["tool"])


def _profile(content_id: str, rows: list[tuple[int, str, Verdict]]) -> Iterator[dict[str, object]]:
    """One row a language: counts of labels, and of rows whose label and language do not belong together."""
    for language in sorted({verdict.language for _, _, verdict in rows}):
        ours = [(text_hash, verdict) for _, text_hash, verdict in rows if verdict.language == language]
        counts = Counter(verdict.label for _, verdict in ours)
        scores = [float(verdict.score) for _, verdict in ours if verdict.score]
        odd = sum(bool(verdict.language) != (verdict.label in LABELS) for _, verdict in ours)
        yield {
            "content_id": content_id,
            "language": language or NO_LANGUAGE,
            "tool": min(verdict.tool for _, verdict in ours),
            "n_rows": len(ours),
            "n_texts": len({text_hash for text_hash, _ in ours}),
            **{f"n_{label}": counts[label] for label in LABELS},
            "n_unlabelled": counts[""],
            "n_odd": odd,
            "lowest": min(scores, default=None),
            "highest": max(scores, default=None),
        }
