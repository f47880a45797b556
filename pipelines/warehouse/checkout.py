"""What one checkout keeps beside the dbt project for all its companies: its parse, its blank warehouse.

Belongs here: putting such a thing in place whole, one version at a time. Does not belong here: making any.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path


def keep_beside_project(kept: Path, make: Callable[[Path], None]) -> None:
    """Keep a file or folder for companies to come, in place of those of other versions in the same folder.

    It appears whole or not at all. An installation that cannot be written does without.

    Args:
        kept: where it shall lie, named by its version.
        make: makes it at the path that it is given.
    """
    try:
        kept.parent.mkdir(parents=True, exist_ok=True)
        # a name of its own kind: what somebody else is making just now is no other version
        with tempfile.TemporaryDirectory(dir=kept.parent, prefix=".") as work:
            whole = Path(work) / kept.name
            make(whole)
            whole.rename(kept)
    except OSError:
        return
    for old in kept.parent.glob("[!.]*"):
        if old == kept:
            continue
        if old.is_dir():
            shutil.rmtree(old, ignore_errors=True)
        else:
            old.unlink(missing_ok=True)
