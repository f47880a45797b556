"""The one Dagster entry point: loads `defs/`, with the in-process executor and the company folder as resources.

Nothing else belongs here. One company is one code location: SCORECARDS_HOME chooses it.
"""

from __future__ import annotations

from pathlib import Path

import dagster as dg


@dg.definitions
def defs() -> dg.Definitions:
    """Every definition of the project."""
    from pipelines.defs.build import dbt_resource
    from pipelines.defs.home import HomeResource, home_from_environment

    home = home_from_environment()
    return dg.Definitions.merge(
        dg.load_from_defs_folder(path_within_project=Path(__file__).parent),
        dg.Definitions(
            resources={"home": HomeResource(path=str(home or "")), "dbt": dbt_resource()},
            # one writer on one file: more processes would only wait for each other, at four times the processor time
            executor=dg.in_process_executor,
        ),
    )
