"""Landing assets: the company's human files and its exports, by file, without partitions.

Belongs here: calling the landing room and showing what it did, with the Great Expectations results as blocking checks.
"""

from collections.abc import Iterator

import dagster as dg

from expectations import runner as expectations
from expectations.comments import LABELS as LABELS_SUITE
from pipelines.defs.home import HomeResource
from pipelines.defs.progress import say
from pipelines.landing import ingest, refuse, snapshot_company
from pipelines.landing.content import landing_schema
from pipelines.landing.labels import JUDGED_SPECS, LABELS_ID
from pipelines.landing.labels import SCHEMA as LABELS_SCHEMA
from pipelines.sources.registry import ALL_SPECS

OWNERS = ["team:data-engineering"]
COMPANY_KEY = dg.AssetKey(["landing", "company"])


def landing_key(spec_id: str) -> dg.AssetKey:
    """The asset of one export specification; dbt's source of the same name is this asset."""
    return dg.AssetKey(["landing", spec_id])


@dg.multi_asset(
    name="company",
    specs=[
        dg.AssetSpec(
            COMPANY_KEY,
            group_name="landing",
            kinds={"python", "parquet"},
            owners=["team:people-operations", *OWNERS],
            description="The human files (people, assignments, targets, reviews, settings), checked and archived.",
        )
    ],
    check_specs=[
        dg.AssetCheckSpec(suite, asset=COMPANY_KEY, blocking=True, description=f"Expectations on people's {suite}.")
        for suite in expectations.human_suites()
    ],
)
def company_files(context: dg.AssetExecutionContext, home: HomeResource) -> Iterator[dg.MaterializeResult]:
    """Snapshot the human files: typed Parquet without names, and the original bytes in the archive."""
    say("company", "reading people, assignments, targets and settings")
    inputs = snapshot_company(home.company)
    results = expectations.check_company(home.company)
    yield dg.MaterializeResult(
        asset_key=COMPANY_KEY,
        metadata={"files": len(inputs), "dagster/row_count": len(home.company.people)},
        check_results=[_check_result(COMPANY_KEY, result) for result in results],
    )


@dg.multi_asset(
    name="exports",
    specs=[
        dg.AssetSpec(
            landing_key(spec.id),
            deps=[COMPANY_KEY],
            group_name="landing",
            kinds={"python", "parquet"},
            owners=OWNERS,
            description=f"{spec.id}: {spec.grain}. All columns as text, with file and row of origin.",
            metadata={
                "dagster/column_schema": dg.TableSchema(
                    columns=[dg.TableColumn(column.name, str(column.type)) for column in landing_schema(spec)]
                )
            },
        )
        for spec in ALL_SPECS
    ]
    + [
        dg.AssetSpec(
            landing_key(LABELS_ID),
            deps=[landing_key(spec_id) for spec_id in sorted(JUDGED_SPECS)],
            group_name="landing",
            kinds={"python", "parquet"},
            owners=OWNERS,
            description="What comments express: one row a text, by the tools of now; never the text itself.",
            metadata={
                "dagster/column_schema": dg.TableSchema(
                    columns=[dg.TableColumn(column.name, str(column.type)) for column in LABELS_SCHEMA]
                )
            },
        )
    ],
    check_specs=[
        dg.AssetCheckSpec(
            "profile_expectations",
            asset=landing_key(spec.id),
            blocking=True,
            description="Great Expectations on the daily profile and the file catalogue of this export.",
        )
        for spec in ALL_SPECS
    ]
    + [
        dg.AssetCheckSpec(
            "profile_expectations",
            asset=landing_key(LABELS_ID),
            blocking=True,
            description="Great Expectations on the labels of each file and language.",
        )
    ],
)
def exports(context: dg.AssetExecutionContext, home: HomeResource) -> Iterator[dg.MaterializeResult]:
    """Land every new file of `exports/`: archive, match a specification, pseudonymise, write Parquet, profile."""
    say("landing", "reading exports")
    report = ingest(home.company)
    results = {result.suite: result for result in expectations.check_landing(home.layout.home)}
    expectations.write_docs(home.layout.home)
    refuse(home.layout.home, {file for result in results.values() for file in result.refused_files})
    for spec in ALL_SPECS:
        counts = report.counts(spec.id)
        key = landing_key(spec.id)
        yield dg.MaterializeResult(
            asset_key=key,
            metadata={
                "dagster/row_count": counts.rows,
                "files": counts.files,
                "quarantined_files": counts.quarantined,
                "broken_rows": counts.broken_rows,
                "quality_page": dg.MetadataValue.path(str(home.layout.quality / "index.html")),
            },
            check_results=[_check_result(key, results[spec.id], "profile_expectations")],
        )
    labels = results[LABELS_SUITE]
    yield dg.MaterializeResult(
        asset_key=landing_key(LABELS_ID),
        metadata={"dagster/row_count": sum(report.counts(spec_id).rows for spec_id in JUDGED_SPECS)},
        check_results=[_check_result(landing_key(LABELS_ID), labels, "profile_expectations")],
    )
    say("landing", f"{report.landed} files landed, {report.unchanged} unchanged, {report.quarantined} in quarantine")


def _check_result(key: dg.AssetKey, result: expectations.SuiteResult, name: str | None = None) -> dg.AssetCheckResult:
    """A suite's result as a Dagster check: critical failures block, warnings are shown."""
    critical = any(failure.severity == "critical" for failure in result.failures)
    lines = [failure.message for failure in result.failures]
    if result.refused_files:
        # not its name: that may hold a handle
        lines.append("`scorecards status` names the file, which must be replaced or removed")
    return dg.AssetCheckResult(
        asset_key=key,
        check_name=name or result.suite,
        passed=not result.failures,
        severity=dg.AssetCheckSeverity.ERROR if critical else dg.AssetCheckSeverity.WARN,
        description="; ".join(lines)[:2000] or None,
        metadata={"expectations": result.evaluated, "failures": len(result.failures)},
    )
