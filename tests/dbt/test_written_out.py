"""A build whose file cannot be written to the disk has failed: no log of it is kept that could tell later."""

from __future__ import annotations

import os
import resource
import subprocess
from pathlib import Path

from harness.project import PROJECT
from harness.warehouse import ScratchWarehouse

from pipelines.warehouse.dbt_process import executable


def run_dbt(scratch: ScratchWarehouse, largest_file: int | None) -> subprocess.CompletedProcess[str]:
    """Build the business days, in a process that may not let a file grow beyond `largest_file` bytes."""
    quiet = ["--no-write-json", "--no-partial-parse", "--log-level-file", "none", "--target-path", "target"]
    environment = {**os.environ, "SCORECARDS_DUCKDB_PATH": str(scratch.path)}
    environment.pop("SCORECARDS_DBT_FOLDER", None)

    def limit() -> None:
        if largest_file is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (largest_file, largest_file))

    return subprocess.run(
        [
            executable(),
            "run",
            "--select",
            "int_business_days",
            *quiet,
            "--project-dir",
            PROJECT,
            "--profiles-dir",
            PROJECT,
        ],
        env=environment,
        cwd=scratch.folder,
        preexec_fn=limit,
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_disk_without_room_fails_the_build(tmp_path: Path) -> None:
    with ScratchWarehouse(tmp_path) as scratch:
        scratch.months("2026-10")
        # more than dbt's own files need, so that only the warehouse meets the limit
        scratch.execute("create table control.ballast as select random() as a, random() as b from range(1000000)")
        scratch.close()
        assert scratch.path.stat().st_size > 12_000_000
        refused = run_dbt(scratch, largest_file=scratch.path.stat().st_size)
        assert refused.returncode != 0, refused.stdout
        assert "on-run-end" in refused.stdout
        assert run_dbt(scratch, largest_file=None).returncode == 0
        assert scratch.rows("select count(*) > 0 as is_there from intermediate.int_business_days") == [
            {"is_there": True}
        ]
