"""Publication: the finished build becomes what analysts and HR open, by one link swap.

Belongs here: the last step of a run, behind every check.
"""

from datetime import UTC, datetime
from hashlib import sha256

import dagster as dg

from pipelines.defs.build import kpi_models
from pipelines.defs.home import HomeResource
from pipelines.defs.landing import OWNERS
from pipelines.defs.partitions import monthly_partitions
from pipelines.defs.progress import say
from pipelines.defs.scores import SCORECARDS_KEY
from pipelines.scorecards.pay import pay_tables
from pipelines.warehouse.blank import keep_blank
from pipelines.warehouse.dbt_manifest import descriptions, ensure_manifest
from pipelines.warehouse.publish import MARTS_SCHEMA, publish
from pipelines.warehouse.scratch import keep_scratch

PUBLICATION_KEY = dg.AssetKey(["publication", "published"])
# every table of the marts is published, also those that no score is made from
MARTS = sorted(key for key in kpi_models.keys if key.path[0] == "marts")


@dg.asset(
    key=PUBLICATION_KEY,
    deps=[SCORECARDS_KEY, *MARTS],
    partitions_def=monthly_partitions(),
    backfill_policy=dg.BackfillPolicy.single_run(),
    group_name="publication",
    kinds={"duckdb", "parquet"},
    owners=OWNERS,
)
def published(context: dg.AssetExecutionContext, home: HomeResource) -> dg.MaterializeResult:
    """The marts for analysts and the restricted pay tables for HR, swapped in whole."""
    say("publish", "writing the published warehouse")
    build_id = f"{datetime.now(UTC):%Y%m%dT%H%M%S}-{context.run.run_id[:8]}"
    if home.layout.scratch_file.exists():
        # kept first: killed between the two, a month would else be published that the next run knows nothing of
        keep_scratch(home.layout)
        keep_blank(home.layout.warehouse_file)
    about = descriptions(ensure_manifest(home.layout), MARTS_SCHEMA)
    result = publish(home.layout, build_id, home.layout.warehouse_file, pay_tables(home.company), about)
    say("publish", "published")
    portal = home.company.file.portal.url
    return dg.MaterializeResult(
        metadata={
            "dagster/row_count": sum(result.row_counts.values()),
            "build": dg.MetadataValue.path(str(result.folder)),
            "digests_sha256": sha256((home.layout.published / "digests.json").read_bytes()).hexdigest(),
            "warehouse": dg.MetadataValue.path(str(home.layout.published / "kpi.duckdb")),
            **({"portal": dg.MetadataValue.url(portal)} if portal else {}),
            "tables": dg.MetadataValue.md(
                "\n".join(["| table | rows |", "|---|---|", *(f"| {t} | {n} |" for t, n in result.row_counts.items())])
            ),
        }
    )
