"""Landed contents: Parquet that is the same byte for byte whenever the values are, and the id that follows from them.

Belongs here: the content id, the schema of a landing table, and deterministic writing.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from pipelines.landing.store import Layout, whole_file
from pipelines.landing.table import ROW_NO
from pipelines.sources.spec import SourceSpec

CHUNK_ROWS = 1 << 16
_ID_DIGITS = 32


@dataclass(frozen=True)
class Envelope:
    """What is known of all rows of a content; the subject is empty and dates are None where nothing states them.

    `exported_at` is the start of the export day as stated by the folder or file name, without time zone.
    """

    spec_id: str
    subject_id: str
    exported_at: dt.datetime | None
    period_from: dt.date | None
    period_to: dt.date | None
    timezone: str


def landing_schema(spec: SourceSpec) -> pa.Schema:
    """Return the schema of a landing table: canonical columns as text, then the envelope."""
    return pa.schema(
        [
            *((name, pa.string()) for name in spec.landed_columns()),
            ("_content_id", pa.string()),
            (ROW_NO, pa.int32()),
            ("_spec_id", pa.string()),
            ("_subject_id", pa.string()),
            ("_exported_at", pa.timestamp("us")),
            ("_period_from", pa.date32()),
            ("_period_to", pa.date32()),
            ("_tz", pa.string()),
        ]
    )


class Draft:
    """Landed rows on their way: kept in a scratch file in chunks of one size, and hashed.

    The chunks are of one size whatever the size of the batches given, so that the id and the Parquet pages depend on
    the values alone.
    """

    def __init__(self, spec: SourceSpec, envelope: Envelope, scratch: Path):
        self._spec = spec
        self._envelope = envelope
        self._path = scratch / "landed.arrow"
        self._schema = pa.schema([(ROW_NO, pa.int32()), *((name, pa.string()) for name in spec.landed_columns())])
        self._writer = pa.ipc.new_file(str(self._path), self._schema)
        self._pending: list[pa.RecordBatch] = []
        self._pending_rows = 0
        self._digest = hashlib.sha256(_header_bytes(envelope))
        self.rows = 0

    def add(self, row_numbers: pa.Array, arrays: list[pa.Array]) -> None:
        """Add a batch of rows."""
        batch = pa.RecordBatch.from_arrays([row_numbers, *arrays], schema=self._schema)
        self._pending.append(batch)
        self._pending_rows += batch.num_rows
        self.rows += batch.num_rows
        if self._pending_rows >= CHUNK_ROWS:
            self._flush(last=False)

    def finish(self) -> str:
        """Write what is left and return the content id."""
        self._flush(last=True)
        self._writer.close()
        return self._digest.hexdigest()[:_ID_DIGITS]

    def publish(self, path: Path, content_id: str) -> None:
        """Write the landing Parquet, unless it is there: a content's name is the hash of what it holds."""
        if path.exists():
            return
        schema = landing_schema(self._spec)
        with whole_file(path) as draft, deterministic_writer(draft, schema) as writer:
            for batch in self.batches():
                writer.write_batch(_with_envelope(batch, self._envelope, content_id, schema))

    def batches(self) -> Iterator[pa.RecordBatch]:
        """Give the chunks back, in order."""
        with pa.memory_map(str(self._path)) as source:
            reader = pa.ipc.open_file(source)
            for index in range(reader.num_record_batches):
                yield reader.get_batch(index)

    def _flush(self, *, last: bool) -> None:
        table = pa.Table.from_batches(self._pending, self._schema).combine_chunks()
        start = 0
        while table.num_rows - start >= CHUNK_ROWS or (last and start < table.num_rows):
            for batch in table.slice(start, CHUNK_ROWS).combine_chunks().to_batches():
                self._writer.write_batch(batch)
                _hash_batch(self._digest, batch)
            start += CHUNK_ROWS
        rest = table.slice(start)
        self._pending = rest.to_batches()
        self._pending_rows = rest.num_rows


def write_empty(layout: Layout, spec: SourceSpec) -> None:
    """Write the spec's table with no rows, so that a source without files has its columns all the same."""
    path = layout.landing / spec.id / "_empty.parquet"
    schema = landing_schema(spec)
    if path.exists() and pq.read_schema(path).equals(schema):
        return
    with whole_file(path) as draft, deterministic_writer(draft, schema) as writer:
        writer.write_table(schema.empty_table())


def deterministic_writer(path: Path, schema: pa.Schema) -> pq.ParquetWriter:
    """Return a writer whose bytes follow from the values written and the library's version alone."""
    return pq.ParquetWriter(path, schema, compression="zstd", compression_level=3, version="2.6", store_schema=False)


def _with_envelope(batch: pa.RecordBatch, envelope: Envelope, content_id: str, schema: pa.Schema) -> pa.RecordBatch:
    count = batch.num_rows

    def constant(value: object, kind: pa.DataType) -> pa.Array:
        return pa.repeat(pa.scalar(value, kind), count)

    return pa.RecordBatch.from_arrays(
        [
            *batch.columns[1:],
            constant(content_id, pa.string()),
            batch.column(0),
            constant(envelope.spec_id, pa.string()),
            constant(envelope.subject_id, pa.string()),
            constant(envelope.exported_at, pa.timestamp("us")),
            constant(envelope.period_from, pa.date32()),
            constant(envelope.period_to, pa.date32()),
            constant(envelope.timezone, pa.string()),
        ],
        schema=schema,
    )


def _header_bytes(envelope: Envelope) -> bytes:
    parts = [
        envelope.spec_id,
        envelope.subject_id,
        envelope.exported_at.isoformat() if envelope.exported_at else None,
        envelope.period_from.isoformat() if envelope.period_from else None,
        envelope.period_to.isoformat() if envelope.period_to else None,
        envelope.timezone,
    ]
    return json.dumps(parts, ensure_ascii=False).encode()


def _hash_batch(digest: hashlib._Hash, batch: pa.RecordBatch) -> None:
    """Hash values, not buffers: offsets may start anywhere and slots of NULLs may hold anything."""
    digest.update(batch.column(0).to_numpy(zero_copy_only=False).tobytes())
    for column in batch.columns[1:]:
        filled = pc.fill_null(column, "")
        digest.update(pc.cast(pc.is_null(column), pa.int8()).to_numpy(zero_copy_only=False).tobytes())
        digest.update(pc.binary_length(filled).to_numpy(zero_copy_only=False).tobytes())
        _, offsets, data = filled.buffers()
        ends = np.frombuffer(offsets, dtype=np.int32)[filled.offset : filled.offset + len(filled) + 1]
        if data is not None:
            digest.update(memoryview(data)[int(ends[0]) : int(ends[-1])])
