"""What Dagster shows of a period: on the right partition, as a picture that is one, without amounts of a few people."""

import base64
import xml.etree.ElementTree as ET
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import dagster as dg
import pytest

from pipelines.defs.progress import fetch, leave
from pipelines.defs.scores import shown_of_run
from pipelines.defs.shown import difference, picture, show, table
from pipelines.scorecards.drafts import Built
from pipelines.scorecards.overview import CLASSES

KEY = dg.AssetKey(["scorecards", "cards"])
MONTHS = dg.MonthlyPartitionsDefinition(start_date="2026-07-01", end_date="2026-12-01")
SEALED = Built(Path("2026-10/r1"), "sealed", 1, "f" * 64, 22, 0, Decimal(0))


def test_each_month_is_shown_on_its_own_partition() -> None:
    @dg.asset(key=KEY, partitions_def=MONTHS, backfill_policy=dg.BackfillPolicy.single_run())
    def cards(context: dg.AssetExecutionContext) -> dg.MaterializeResult:
        months = {name: {"people": dg.MetadataValue.int(n)} for name, n in (("2026-08", 20), ("2026-09", 22))}
        return dg.MaterializeResult(metadata={**show(context, KEY, months), "both": 1})

    tags = {"dagster/asset_partition_range_start": "2026-08-01", "dagster/asset_partition_range_end": "2026-09-01"}
    result = dg.materialize([cards], tags=tags)
    made = {one.partition: one.metadata for one in result.asset_materializations_for_node("scorecards__cards")}
    assert {key: (data["people"].value, data["both"].value) for key, data in made.items()} == {
        "2026-08-01": (20, 1),
        "2026-09-01": (22, 1),
    }


def test_a_quarter_has_no_partition_and_is_shown_on_the_months_of_its_run() -> None:
    context = dg.build_asset_context(partition_key="2026-09-01")
    people = {"people": dg.MetadataValue.int(22)}
    assert show(context, KEY, {"2026-Q3": people}) == people
    two = show(context, KEY, {"2026-Q2": people, "2026-Q3": people})
    assert set(two) == {"2026-Q2 people", "2026-Q3 people"}


@pytest.mark.parametrize(
    ("built", "told"),
    [
        (SEALED, "equal to r1"),
        (replace(SEALED, state="draft", revision=None), "nothing is sealed yet"),
        (
            replace(SEALED, state="draft", changed_people=4, payable_change=Decimal("120.50")),
            "fewer than 5 people differ from r1",
        ),
        (
            replace(SEALED, state="draft", changed_people=5, payable_change=Decimal("-120.50")),
            "5 people differ from r1, -120.50 to pay",
        ),
    ],
)
def test_a_difference_of_few_people_tells_no_amount(built: Built, told: str) -> None:
    assert difference(built, 5) == told


def test_a_difference_keeps_to_the_group_of_company_yaml() -> None:
    seven = replace(SEALED, state="draft", changed_people=7, payable_change=Decimal("120.50"))
    assert difference(seven, 8) == "fewer than 8 people differ from r1"


def test_what_the_command_says_of_one_person_does_not_go_through_dagster() -> None:
    """ "differ for 1 people" and the letters of a name: Dagster's event log is read by more than may know them."""
    built = replace(SEALED, messages=("The results differ from the sealed revision r1 for 1 people",))
    assert set(shown_of_run(built)) == {"people", "withheld_lines", "state", "folder", "lists"}
    leave("one run", "2026-10", built.messages)
    leave("another run", "2026-10", ())
    assert fetch("one run") == {"2026-10": list(built.messages)}
    assert fetch("one run") == {}


def test_the_picture_is_svg_and_the_bar_of_a_hidden_class_tells_nothing() -> None:
    def bars(counts: list[int | None]) -> list[str]:
        drawn = ET.fromstring(base64.b64decode(picture([(f"<{n}>", count) for n, count in enumerate(counts)])))
        return [one.attrib["d"].split("h")[1].split("v")[0] for one in drawn if one.tag.endswith("path")]

    assert bars([10, 5, 0]) == ["260", "130", "0"]
    assert bars([None, None, 10]) == ["40", "40", "260"]
    assert bars([None, None]) == ["40", "40"]


def test_dagster_shows_the_picture_without_a_click() -> None:
    """Its pages show Markdown of less than a thousand characters at once."""
    for counts in ([1000] * len(CLASSES), [None] * len(CLASSES)):
        drawn = picture([(name, count) for (name, _), count in zip(CLASSES, counts, strict=True)])
        assert len(f"![people by score](data:image/svg+xml;base64,{drawn})") < 1000


def test_a_table_is_markdown() -> None:
    assert table(("a", "b"), [(1, 2)]) == "| a | b |\n| --- | --- |\n| 1 | 2 |"
