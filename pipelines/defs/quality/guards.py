"""One Dagster check per guard over the findings of the run's months."""

from collections.abc import Iterator
from typing import Any

import dagster as dg

from pipelines.defs.home import HomeResource
from pipelines.defs.partitions import PERIOD_TAG, monthly_partitions
from pipelines.periods import Month, parse_period
from pipelines.warehouse.readings import findings
from pipelines.warehouse.scratch import built_fingerprints

FINDINGS_KEY = dg.AssetKey(["marts", "data_quality_findings"])

GUARDS = {
    "gap": "Days that an account's source should cover and does not.",
    "late": "Sources whose newest record is older than they are allowed to be silent.",
    "duplicate": "The same record delivered more than once.",
    "volume": "Months whose volume leaves the trailing range.",
    "contradiction": "Records whose delivered versions contradict each other.",
    "coverage": "Files with broken rows, and records that lack a field a KPI needs.",
    "unassigned": "Credit that could not be given to a person.",
    "burst": "Bursts of followers that nothing explains, and losses that look like a purge of the platform.",
    "identity": "Records that name somebody whom people/identity_map.csv does not know.",
    "labels": "Labels that people judged and found wrong too often.",
    "follower_audit": "Numbers of spam followers that the card's errors or an audit contradict.",
    "reconciliation": "Sources that contradict each other, such as followers and their follows and unfollows.",
    "scale": "Files whose unit, currency or scale has switched against the months before.",
    "reviews": "People who were not judged while their role was, and ratings that cannot be judged or shown.",
}

_SHOWN = 50


@dg.multi_asset_check(
    specs=[
        # no partitions: a run over a range gives one result for all its months, which Dagster's partitioned checks
        # would show as skipped; the findings name their months
        dg.AssetCheckSpec(f"{guard}_guard", asset=FINDINGS_KEY, description=text)
        for guard, text in GUARDS.items()
    ],
    name="guards",
)
def guards(context: dg.AssetCheckExecutionContext, home: HomeResource) -> Iterator[dg.AssetCheckResult]:
    """What each guard found in the months of the run; a finding that withholds pay makes the check warn."""
    months = _months(context) or sorted(built_fingerprints(home.layout))
    rows = [row for month in months for row in findings(home.finished_file, month)]
    for guard in GUARDS:
        yield _result(guard, months, [row for row in rows if row["guard"] == guard])


def _months(context: dg.AssetCheckExecutionContext) -> list[Month]:
    """The months of the run; none when a person executes the check alone; it then looks at all that are built."""
    run = context.run
    named = run.tags.get(PERIOD_TAG)
    if named:
        return [month for name in named.split(",") for month in parse_period(name).months]
    first = run.tags.get("dagster/asset_partition_range_start", run.tags.get("dagster/partition"))
    last = run.tags.get("dagster/asset_partition_range_end", run.tags.get("dagster/partition"))
    keys = monthly_partitions().get_partition_keys()
    return [parse_period(key[:7]).months[0] for key in keys if first and last and first <= key <= last]


def _result(guard: str, months: list[Month], rows: list[dict[str, Any]]) -> dg.AssetCheckResult:
    withheld = [row for row in rows if row["severity"] == "withhold"]
    lines = [
        f"| {row['month']:%Y-%m} | {row['family']} | {row['subject_id']} | {row['severity']} | {row['message']} |"
        for row in sorted(rows, key=lambda row: (row["severity"] != "withhold", str(row["month"]), row["message"]))
    ]
    table = "\n".join(["| month | source | subject | effect | finding |", "|---|---|---|---|---|", *lines[:_SHOWN]])
    return dg.AssetCheckResult(
        check_name=f"{guard}_guard",
        asset_key=FINDINGS_KEY,
        passed=not withheld,
        severity=dg.AssetCheckSeverity.WARN,
        description=f"{_span(months)}: {len(withheld)} withhold pay, {len(rows) - len(withheld)} are notes",
        metadata={
            "withholding": len(withheld),
            "notes": len(rows) - len(withheld),
            "findings": dg.MetadataValue.md(table),
        },
    )


def _span(months: list[Month]) -> str:
    if not months:
        return "nothing is built"
    return f"{months[0]}" if len(months) == 1 else f"{months[0]} to {months[-1]}"
