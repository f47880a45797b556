"""Scoring and scorecards: each period scored once per run, drafted, and checked.

Belongs here: calling the scoring and scorecards rooms per period of the run, and showing aggregates: never a name or a
single person's amount.
"""

from collections.abc import Iterator, Mapping
from hashlib import sha256

import dagster as dg

from pipelines.defs.home import HomeResource
from pipelines.defs.landing import COMPANY_KEY, OWNERS
from pipelines.defs.partitions import monthly_partitions, periods_of_run
from pipelines.defs.progress import leave, say
from pipelines.defs.quality.guards import FINDINGS_KEY
from pipelines.defs.shown import built_metadata, scored_metadata, show
from pipelines.landing import export_inputs, file_catalogue, protection, snapshot_company
from pipelines.periods import Period
from pipelines.scorecards.assemble import ScoredPeriod, draft, score
from pipelines.scorecards.beside import scored_schemes
from pipelines.scorecards.bundle import Inputs, read_bundle
from pipelines.scorecards.carrying import carried_months
from pipelines.scorecards.drafts import Built
from pipelines.scorecards.errors import IntegrityError
from pipelines.scorecards.sealing import check_draft, check_money
from pipelines.scorecards.tables import SCORES_COLUMNS
from pipelines.warehouse.scratch import files_of_months

SCORES_KEY = dg.AssetKey(["scores", "score_lines"])
SCORECARDS_KEY = dg.AssetKey(["scorecards", "cards"])
LISTS_KEY = dg.AssetKey(["scorecards", "lists"])
PERIODS_METADATA = "periods"


@dg.asset(
    key=SCORES_KEY,
    deps=[
        COMPANY_KEY,
        FINDINGS_KEY,
        dg.AssetKey(["intermediate", "int_segment_kpi"]),
        dg.AssetKey(["marts", "fct_person_kpi"]),
        dg.AssetKey(["marts", "kpi_catalogue"]),
        dg.AssetKey(["marts", "data_quality_certificate"]),
    ],
    partitions_def=monthly_partitions(),
    backfill_policy=dg.BackfillPolicy.single_run(),
    group_name="scores",
    kinds={"python"},
    metadata={"dagster/column_schema": dg.TableSchema([dg.TableColumn(name) for name in SCORES_COLUMNS])},
    owners=["team:people-operations", *OWNERS],
)
def score_lines(context: dg.AssetExecutionContext, home: HomeResource) -> dg.MaterializeResult:
    """Attainment, score, bonus and pools of everybody paid by a scheme, per period; money conserved to the cent."""
    told = {str(period): scored_metadata(_score(home, period).result) for period in periods_of_run(context)}
    return dg.MaterializeResult(metadata=show(context, SCORES_KEY, told))


def _score(home: HomeResource, period: Period) -> ScoredPeriod:
    """Score a period once per run; the cards are made from the same object that was checked."""
    if period not in home.scored:
        say("scores", f"scoring {period}")
        home.scored[period] = score(home.company, home.finished_file, period, home.shelf)
    return home.scored[period]


@dg.multi_asset(
    name="scorecards__cards",
    specs=[
        dg.AssetSpec(
            SCORECARDS_KEY,
            deps=[SCORES_KEY],
            group_name="scorecards",
            kinds={"python", "html", "pdf", "excel"},
            owners=["team:people-operations", *OWNERS],
            description="A draft per period: one card a person and language as page, PDF and workbook, scores file; a "
            "sealed period stays as it is.",
        ),
        dg.AssetSpec(
            LISTS_KEY,
            deps=[SCORES_KEY, COMPANY_KEY],
            group_name="scorecards",
            kinds={"python", "html", "csv"},
            owners=["team:people-operations", *OWNERS],
            description="Lists and reports beside the cards, in the same folder and under the same seal: candidates, "
            "support, honours, calibration, KPI effectiveness, targets, payouts.",
        ),
    ],
    partitions_def=monthly_partitions(),
    backfill_policy=dg.BackfillPolicy.single_run(),
)
def cards(context: dg.AssetExecutionContext, home: HomeResource) -> Iterator[dg.MaterializeResult]:
    """Write the draft of each period in one folder, cards and lists together, so that one seal covers both."""
    catalogue = file_catalogue(home.layout.home)
    human_files = snapshot_company(home.company)
    names = dict(zip(catalogue["content_id"].to_pylist(), catalogue["file_name"].to_pylist(), strict=True))
    names |= {place: place for place in home.company.review_places}
    built = home.built
    for period in periods_of_run(context):
        scored = _score(home, period)
        say("scorecards", f"writing the cards of {period}")
        # the window of the period, not of the run: a card is the same whatever else was built beside it
        months = sorted(
            {*period.months, *carried_months(home.company, period, scored_schemes(home.company, period, home.shelf))}
        )
        read = files_of_months(months, catalogue)
        contents = {row["content_id"]: row["n_broken"] for row in read}
        inputs = Inputs({**human_files, **export_inputs(home.layout.home, contents)}, {**human_files, **contents})
        masked = protection(home.layout.home, {row["spec_id"] for row in read}).to_dict()
        built[str(period)] = draft(home.company, home.finished_file, scored, inputs, names, masked)
        leave(context.run_id, str(period), built[str(period)].messages)
    portal, least = home.company.file.portal.url, home.company.file.lists.least_shown
    told = {period: built_metadata(one, portal, least) for period, one in built.items()}
    yield dg.MaterializeResult(
        asset_key=SCORECARDS_KEY,
        metadata={
            **show(context, SCORECARDS_KEY, told),
            PERIODS_METADATA: dg.MetadataValue.json({period: shown_of_run(one) for period, one in built.items()}),
        },
        data_version=_data_version(built),
    )
    yield dg.MaterializeResult(
        asset_key=LISTS_KEY,
        metadata={
            "lists": max((len(one.lists) for one in built.values()), default=0),
            "dagster/row_count": sum(count for one in built.values() for count in one.lists.values()),
            "rows": dg.MetadataValue.json({period: dict(one.lists) for period, one in built.items()}),
            "missing_periods": ", ".join(sorted({name for one in built.values() for name in one.missing_periods})),
        },
    )


def _data_version(built: Mapping[str, Built]) -> dg.DataVersion:
    """The hash of the manifest; of several periods that of their manifests."""
    hashes = [one.manifest_sha256 for one in built.values()]
    return dg.DataVersion(hashes[0] if len(hashes) == 1 else sha256(",".join(hashes).encode()).hexdigest())


def shown_of_run(built: Built) -> dict[str, str | int]:
    """What a run shows of one of its periods; what is told to the person who ran it goes through `defs.progress`."""
    return {
        "people": built.people,
        "withheld_lines": built.withheld_lines,
        "state": built.state,
        "folder": str(built.path),
        "lists": len(built.lists),
    }


@dg.asset_check(
    asset=SCORECARDS_KEY,
    blocking=True,
    description="Every file of the cards is as its manifest says; points, amounts and pools add up to the cent.",
)
def cards_add_up(context: dg.AssetCheckExecutionContext, home: HomeResource) -> dg.AssetCheckResult:
    """Read the written cards again and add up what they print; a difference blocks publication."""
    problems = []
    for period, built in home.built.items():
        try:
            check_draft(built.path)
            check_money(read_bundle(built.path))
        except IntegrityError as error:
            problems.append(f"{period}: {error}")
    return dg.AssetCheckResult(
        passed=not problems,
        severity=dg.AssetCheckSeverity.ERROR,
        description="; ".join(problems) or f"{len(home.built)} periods add up",
    )
