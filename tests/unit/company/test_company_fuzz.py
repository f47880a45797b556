"""Whatever stands in a file, the loader answers with findings and never with a crash."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from pipelines.company.collector import Collector
from pipelines.company.csvfile import read_table
from pipelines.company.human_files import HUMAN_FILES
from pipelines.company.yamlfile import read_yaml

cells = st.one_of(
    st.text(max_size=12),
    st.from_regex(r"[0-9]{1,4}[-/.年][0-9]{1,2}([-/.月][0-9]{1,2})?日?( [0-9]{1,2}:[0-9]{2})?", fullmatch=True),
    st.from_regex(r"[-+]?[0-9]{0,20}[.,]?[0-9]{0,12}%?", fullmatch=True),
    st.sampled_from(["account", "post", "month", "person", "li", "", "x", "0000", "0000-05", "9999-12"]),
)


@pytest.mark.parametrize("entry", HUMAN_FILES, ids=lambda entry: entry.name)
def test_any_cells(entry):
    columns = entry.model.columns()

    @given(st.fixed_dictionaries(dict.fromkeys(columns, cells)))
    def check(row):
        collector = Collector()
        try:
            record = entry.model.model_validate(row)
        except ValidationError as error:
            collector.add_row(error, entry.path, 2)
            assert collector.findings
            assert all(found.problem and found.mend and found.file == entry.path for found in collector.findings)
        else:
            assert set(record.columns()) == set(columns)

    check()


@given(st.one_of(st.binary(max_size=80), st.text(alphabet='ab,;"#\n\r\t 1', max_size=60).map(str.encode)))
def test_any_bytes(content):
    collector = Collector()
    table = read_table(content, "a.csv", ("a", "b"), ("a",), collector)
    assert table.complete or collector.findings
    assert all(set(cells) <= {"a", "b"} for _, cells in table.rows)
    assert [row for row, _ in table.rows] == sorted({row for row, _ in table.rows})


@given(st.text(alphabet="ab: -[]{}#&*!|>'\"\n\t0.", max_size=40))
def test_any_yaml(tmp_path_factory, text):
    path = tmp_path_factory.getbasetemp() / "any.yaml"
    path.write_text(text, encoding="utf-8")
    collector = Collector()
    document = read_yaml(path, "any.yaml", collector)
    assert document is not None or collector.findings
