"""The two how-to pages, done: every change of a page in a copy of the project, and what it adds seen from outside."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest
from harness import project
from harness.warehouse import ScratchWarehouse

TESTS = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(TESTS))

import how_to  # noqa: E402 - found through the path above
from test_kpi_marts import SELECTION, company, land_month  # noqa: E402 - found through the path above

REPOSITORY = TESTS.parent
MONTH = "2026-07"


def followed(page: str, root: Path, *folders: str) -> Path:
    """A copy of some folders of the project in which a page was followed."""
    for folder in folders:
        shutil.copytree(
            REPOSITORY / folder, root / folder, ignore=shutil.ignore_patterns("target", "logs", "__pycache__")
        )
    for change in how_to.changes((REPOSITORY / "docs" / page).read_text(encoding="utf-8")):
        how_to.make(change, root)
    return root


def test_a_kpi_is_one_row_its_columns_and_a_test(tmp_path: Path) -> None:
    root = followed("how-to-add-a-kpi.md", tmp_path / "copy", "dbt_project")
    with ScratchWarehouse(tmp_path / "run") as scratch:
        company(scratch)
        land_month(scratch, MONTH)
        scratch.execute("update landing.x_posts_monthly set url_clicks = '3'")
        scratch.months(MONTH)
        scratch.execute(
            "insert into control.month_files select month, content_id from control.run_months, landing.files"
        )
        scratch.close()
        succeeded, printed = project.run_copy(root / "dbt_project", SELECTION, scratch.path, scratch.folder)
        assert succeeded, printed
        own = scratch.rows(
            "select value, numerator, denominator, status from marts.fct_person_kpi where person_id = 'p_first' "
            f"and kpi_id = 'url_clicks_per_post' and period = '{MONTH}'"
        )
        # 62 posts of July, 60 % of each: 111.6 clicks over 37.2 posts
        assert own == [
            {"value": Decimal(3), "numerator": Decimal("111.6"), "denominator": Decimal("37.2"), "status": "ok"}
        ]
        wide = scratch.rows("select url_clicks_per_post from marts.person_kpis_monthly where person_id = 'p_first'")
        assert wide == [{"url_clicks_per_post": Decimal(3)}]
        scratch.close()
        unit_test = ("test", "--select", "url_clicks_per_post_are_of_own_posts")
        succeeded, printed = project.run_copy(root / "dbt_project", unit_test, scratch.path, scratch.folder)
        assert succeeded and "1 of 1 PASS" in printed, printed


def test_a_source_is_one_spec_one_suite_and_one_model(tmp_path: Path) -> None:
    folders = ("pipelines", "expectations", "dbt_project", "tests/unit/landing")
    root = followed("how-to-add-a-source.md", tmp_path / "copy", *folders)

    def outside(*arguments: str) -> str:
        # the copy and nothing of ours: modules of this process are the ones without the source
        ended = subprocess.run(
            [sys.executable, *arguments],
            cwd=root,
            env={**os.environ, "PYTHONPATH": str(root)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert ended.returncode == 0, ended.stdout + ended.stderr
        return ended.stdout

    outside("-m", "pytest", "-q", "-n", "0", "-p", "no:cacheprovider", "tests/unit/landing/test_land_phone.py")
    calls = "Call ID,Call started,Answered by,Talk seconds\n7,2026-10-05 09:00:00,An,90\n8,2026-10-06 09:00:00,An,-1\n"
    told = outside(
        "-c",
        "import sys\n"
        "sys.path.insert(0, 'tests/unit/landing')\n"
        "from pathlib import Path\n"
        "from landing_builders import keyed_home\n"
        "from expectations.runner import check_landing\n"
        "home = keyed_home(Path('home'))\n"
        f"home.put('phone/calls_2026-10-01_2026-10-31.csv', {calls!r})\n"
        "record = home.only()\n"
        "print('landed', record.spec_id, record.content_id)\n"
        "[suite] = [one for one in check_landing(home.path) if one.suite == 'phone_calls']\n"
        "print('breaches', sum(not outcome.passed for outcome in suite.outcomes))\n",
    )
    landed = re.search(r"landed phone_calls (\w+)", told)
    assert landed and "breaches 1" in told, told

    with ScratchWarehouse(tmp_path / "run") as scratch:
        scratch.months("2026-10")
        parquet = root / "home" / "landing" / "phone_calls" / f"{landed[1]}.parquet"
        scratch.execute(
            "create table landing.phone_calls as select *, 'Asia/Shanghai' as _tz, 1 as _file_rank, "
            "cast(null as timestamp) as _exported_at, cast(null as date) as _period_from, "
            f"cast(null as date) as _period_to from (select columns(c -> c not in ('_tz', '_file_rank', "
            f"'_exported_at', '_period_from', '_period_to')) from '{parquet}')"
        )
        scratch.close()
        build = ("build", "--select", "stg_phone_calls")
        succeeded, printed = project.run_copy(root / "dbt_project", build, scratch.path, scratch.folder)
        assert succeeded, printed
        rows = scratch.rows("select call_id, started_at::varchar as at, talk_seconds from staging.stg_phone_calls")
        # nine o'clock in Shanghai is one o'clock UTC
        assert rows == [
            {"call_id": "7", "at": "2026-10-05 01:00:00", "talk_seconds": 90},
            {"call_id": "8", "at": "2026-10-06 01:00:00", "talk_seconds": -1},
        ]


@pytest.mark.parametrize(
    ("page", "message"),
    [
        ("```sql\nselect 1\n```\n", "1 blocks, but 0 that say where they belong"),
        ("`a.sql`, new:\n\n```sql\nselect 2\n```\n", "a.sql is there already"),
        ("`a.sql`, below `select 3`:\n\n```sql\nfrom t\n```\n", "a.sql has the line 'select 3' 0 times, not once"),
        ("`a.sql`, below `select 1`:\n\n```sql\nfrom t\n```\n", "a.sql has the line 'select 1' 2 times, not once"),
    ],
)
def test_a_page_that_cannot_be_followed_is_seen(tmp_path: Path, page: str, message: str) -> None:
    (tmp_path / "a.sql").write_text("select 1\nselect 1\n", encoding="utf-8")
    with pytest.raises(ValueError, match=message):
        for change in how_to.changes(page):
            how_to.make(change, tmp_path)
