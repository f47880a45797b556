"""`scorecards docs`: two pages that a browser shows without a network, of a company that has been run."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from running import make_lean, run_scorecards
from test_scorecard_browser import chromium

pytestmark = pytest.mark.system

Once = Callable[[str, Callable[[Path], object]], Path]  # the fixture of tests/conftest.py


@pytest.fixture(scope="module")
def reference(once: Once) -> tuple[Path, str]:
    """The folder of the pages, and what the command said."""
    home = once("lean", make_lean) / "company"
    said = run_scorecards(home, "docs").stdout
    return home / "reference", said


def shown(folder: Path, page: Path, place: str = "") -> tuple[str, str]:
    """The text that a browser shows, and the hosts that it asked for."""
    log = folder / "net.json"
    options = ("--virtual-time-budget=10000", f"--log-net-log={log}", "--dump-dom")
    told = chromium(folder, *options, f"file://{page}{place}")
    bare = re.sub(r"<(script|style)\b.*?</\1>", "", told, flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", bare).split()), log.read_text(encoding="utf-8", errors="replace")


def test_the_models_page_tells_every_column_and_asks_nobody(reference: tuple[Path, str], tmp_path: Path) -> None:
    text, asked = shown(tmp_path, reference[0] / "models.html", "#!/model/model.scorecards.fct_person_kpi")
    assert "value_low" in text
    assert "Lower end of the 95 % interval that chance alone leaves" in text
    assert not re.search(r"https?://[\w.]*(getdbt|sinter|cdn|jsdelivr|unpkg)", asked)


def test_the_lineage_page_opens_and_asks_nobody(reference: tuple[Path, str], tmp_path: Path) -> None:
    text, asked = shown(tmp_path, reference[0] / "lineage.html")
    assert "Lineage" in text
    assert "models" in text
    assert not re.search(r"https?://[\w.]*(posthog|colibri|cdn|jsdelivr|unpkg)", asked)


def test_a_published_column_leads_back_to_its_source(reference: tuple[Path, str]) -> None:
    folder, said = reference
    page = (folder / "lineage.html").read_text(encoding="utf-8")
    (data,) = re.findall(r'atob\("([^"]+)"\)', page)
    told = base64.b64decode(data).decode("utf-8")
    edge = r'"source":"model\.scorecards\.{}","target":"model\.scorecards\.{}","sourceColumn":"{}","targetColumn":"{}"'
    for step in (
        ("fct_kpi_components", "fct_person_kpi", "squares", "value_low"),
        ("int_kpi_sums", "fct_kpi_components", "numerator", "numerator"),
    ):
        assert re.search(edge.format(*step), told), step
    not_followed = re.findall(r"(\w+)\.\w+(?:,|$)", said.partition("cannot be followed:")[2].strip())
    assert not [model for model in not_followed if model.startswith(("fct_", "dim_", "data_", "person_"))]


def test_nothing_of_this_machine_stands_in_them(reference: tuple[Path, str]) -> None:
    folder, _ = reference
    lineage = (folder / "lineage.html").read_text(encoding="utf-8")
    (data,) = re.findall(r'atob\("([^"]+)"\)', lineage)
    models = (folder / "models.html").read_text(encoding="utf-8")
    for told in (models, lineage, base64.b64decode(data).decode("utf-8")):
        assert str(folder.parent) not in told
        assert str(Path(__file__).resolve().parents[2]) not in told
