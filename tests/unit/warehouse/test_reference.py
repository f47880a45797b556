"""What the tools write of the moment and the machine leaves the pages, and what they are about stays."""

from __future__ import annotations

import base64
import json
from pathlib import Path

import pytest

from pipelines.company.findings import InputError
from pipelines.warehouse.layout import DBT_PROJECT_DIR, Layout
from pipelines.warehouse.reference import (
    ReferencePageError,
    lineage_page,
    models_page,
    without_the_moment,
    write_reference,
)

ARTIFACT = {
    "metadata": {"generated_at": "2026-11-23T00:00:00Z", "invocation_id": "abc", "dbt_version": "1.11"},
    "nodes": {
        "model.x": {
            "created_at": 1.5,
            "columns": {"created_at": {"description": "when the post was made"}},
            "root_path": str(DBT_PROJECT_DIR),
            "depends_on": ["a", {"created_at": 7}],
        }
    },
}


def test_times_ids_and_folders_leave_and_columns_of_such_names_stay(tmp_path: Path) -> None:
    given = json.dumps({**ARTIFACT, "compiled": f"{tmp_path}/target/compiled/x.sql"})
    told = json.loads(without_the_moment(given, tmp_path))
    assert told["metadata"] == {"generated_at": "", "invocation_id": "", "dbt_version": "1.11"}
    node = told["nodes"]["model.x"]
    assert node["created_at"] == 0
    assert node["columns"] == ARTIFACT["nodes"]["model.x"]["columns"]  # type: ignore[index]  # a plain literal
    assert node["root_path"] == "dbt_project"
    assert told["compiled"] == "./target/compiled/x.sql"


def test_dbts_page_holds_both_artifacts_and_cannot_end_early(tmp_path: Path) -> None:
    page = '<html><head></head><script>n=["MANIFEST.JSON INLINE DATA","CATALOG.JSON INLINE DATA"]</script></html>'
    (tmp_path / "index.html").write_text(page)
    (tmp_path / "manifest.json").write_text('{"description": "</script>"}')
    (tmp_path / "catalog.json").write_text('{"columns": 1}')
    made = models_page(tmp_path)
    assert made.count("</script>") == 1
    assert '{"columns": 1}' in made
    assert "default-src 'none'" in made
    (tmp_path / "index.html").write_text("<head></head>")
    with pytest.raises(ReferencePageError, match="has no place"):
        models_page(tmp_path)


def lineage(data: str) -> str:
    return f'<head></head><script>window.colibriData = JSON.parse(atob("{data}"));</script>'


def test_the_lineage_page_is_cleared_inside_its_data(tmp_path: Path) -> None:
    data = base64.b64encode(json.dumps(ARTIFACT).encode()).decode()
    made = lineage_page(lineage(data), tmp_path)
    assert data not in made
    assert "default-src 'none'" in made
    inside = base64.b64decode(made.split('atob("')[1].split('"')[0]).decode()
    assert json.loads(inside)["metadata"]["generated_at"] == ""
    with pytest.raises(ReferencePageError, match="holds its data otherwise"):
        lineage_page("<head></head>", tmp_path)
    with pytest.raises(ReferencePageError, match="has no head"):
        lineage_page(lineage(data).replace("<head>", ""), tmp_path)


def test_without_a_build_it_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"nothing has been built yet.*Run a period first"):
        write_reference(Layout(tmp_path))
