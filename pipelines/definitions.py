"""The one Dagster entry point: everything of `defs/`, the in-process executor and the company folder as resources.

Nothing else belongs here. One company is one code location: SCORECARDS_HOME chooses it.
"""

from __future__ import annotations

import dagster as dg


@dg.definitions
def defs() -> dg.Definitions:
    """Every definition of the project."""
    from pipelines import defs as package
    from pipelines.defs.alerts import alert_sensors
    from pipelines.defs.build import dbt_resource
    from pipelines.defs.home import HomeResource, home_from_environment
    from pipelines.defs.jobs import close_jobs, close_schedules, run_failure
    from pipelines.defs.stale_runs import stale_runs

    home = home_from_environment()
    return dg.Definitions(
        assets=dg.load_assets_from_package_module(package),
        asset_checks=dg.load_asset_checks_from_package_module(package),
        jobs=close_jobs,
        schedules=close_schedules,
        sensors=[run_failure, stale_runs, *alert_sensors],
        resources={"home": HomeResource(path=str(home or "")), "dbt": dbt_resource()},
        # one writer on one file: more processes would only wait for each other, at four times the processor time
        executor=dg.in_process_executor,
    )
