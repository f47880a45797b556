"""What the tools write of the moment and the machine leaves the pages, and what they are about stays."""

from __future__ import annotations

import base64
import json
from pathlib import Path

import pytest
from filelock import FileLock, Timeout

from pipelines.company.findings import InputError
from pipelines.warehouse import reference
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


class Killed(BaseException):
    """What no handler of the code under test catches, like a kill."""


def folders(tmp_path: Path) -> tuple[Path, Path]:
    """The reference of before and a new one, each with a page that says which it is."""
    target, made = tmp_path / "reference", tmp_path / "made"
    for folder, says in ((target, "old"), (made, "new")):
        folder.mkdir()
        (folder / reference.MODELS_PAGE).write_text(says, encoding="utf-8")
    return target, made


def says(folder: Path) -> str:
    return (folder / reference.MODELS_PAGE).read_text(encoding="utf-8")


def test_the_new_pages_take_the_place_of_the_old_whole(tmp_path: Path) -> None:
    target, made = folders(tmp_path)
    (target / "page of before.html").touch()
    reference._put_in_place(made, target)
    assert says(target) == "new"
    assert [path.name for path in tmp_path.rglob("*")] == ["reference", reference.MODELS_PAGE]


@pytest.mark.parametrize("renames", [0, 1, 2])
def test_killed_in_between_one_of_both_is_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, renames: int) -> None:
    target, made = folders(tmp_path)
    done: list[str] = []
    rename, rmtree = Path.rename, reference.shutil.rmtree

    def renamed(self: Path, to: Path) -> Path:
        if len(done) == renames:
            raise Killed
        done.append(to.name)
        return rename(self, to)

    def removed(*_args: object, **_options: object) -> None:
        raise Killed

    with monkeypatch.context() as patched, pytest.raises(Killed):
        patched.setattr(Path, "rename", renamed)
        patched.setattr(reference.shutil, "rmtree", removed)
        reference._put_in_place(made, target)
    assert reference.shutil.rmtree is rmtree
    # the next call begins by this
    reference._finish_interrupted(target)
    assert says(target) == ("new" if renames == 2 else "old")
    assert {path.name for path in tmp_path.iterdir()} <= {"reference", "made"}


def test_new_pages_that_cannot_be_put_in_place_leave_the_old(tmp_path: Path) -> None:
    target, made = folders(tmp_path)
    with pytest.raises(FileNotFoundError):
        reference._put_in_place(made / "gone", target)
    assert says(target) == "old"


def test_while_another_writes_it_waits_and_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    layout = Layout(tmp_path)
    layout.warehouse.mkdir()
    layout.warehouse_file.touch()

    def held(_layout: Layout) -> Path:
        with pytest.raises(Timeout):
            FileLock(layout.lock_file).acquire(timeout=0)
        raise Killed

    monkeypatch.setattr(reference, "ensure_manifest", held)
    with pytest.raises(Killed):
        write_reference(layout)
    other = FileLock(layout.lock_file)
    other.acquire()
    told: list[str] = []

    def waiting() -> None:
        told.append("waiting")
        other.release()

    with pytest.raises(Killed):
        write_reference(layout, waiting)
    assert told == ["waiting"]
