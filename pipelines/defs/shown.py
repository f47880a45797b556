"""What Dagster shows of a period: counts, a picture and tables, links; nothing that is one person's.

Belongs here: metadata of the assets of scores and cards, in Dagster's own types. Does not belong here: the counting and
the hiding of small counts (`scorecards.overview`).
"""

from __future__ import annotations

import base64
from collections.abc import Iterable, Mapping, Sequence
from html import escape

import dagster as dg

from pipelines.defs.partitions import partition_key
from pipelines.periods import Month, parse_period
from pipelines.scorecards.bundle import read_bundle
from pipelines.scorecards.drafts import Built
from pipelines.scorecards.overview import Overview, overview
from pipelines.scoring import PeriodResult

# of the picture, in pixels: the longest bar, the bar of a hidden class, where bars begin, the height of a row
_BAR, _PALE, _LEFT, _ROW = 260, 40, 120, 24


def built_metadata(built: Built, portal: str, least: int) -> dict[str, dg.MetadataValue]:
    """What the cards of one period show.

    Args:
        built: what the run left behind for the period.
        portal: the address of the company's portal; empty where there is none.
        least: how many people a count needs to be told.
    """
    seen = overview(read_bundle(built.path), least)
    held = f"not told: it is that of fewer than {least} people" if seen.held is None else str(seen.held)
    shown: dict[str, dg.MetadataValue] = {
        "people": dg.MetadataValue.int(seen.people),
        "score_lines": dg.MetadataValue.int(seen.lines),
        "withheld_lines": dg.MetadataValue.int(built.withheld_lines),
        "held": dg.MetadataValue.text(held),
        "state": dg.MetadataValue.text(built.state),
        "schemes": dg.MetadataValue.text(", ".join(seen.schemes)),
        "statuses": dg.MetadataValue.md(table(("status", "score lines"), seen.statuses.items())),
        "scores": dg.MetadataValue.md(f"![people by score](data:image/svg+xml;base64,{picture(seen.scores)})"),
        "score_classes": dg.MetadataValue.md(table(("score", "people"), _classes(seen, least))),
        "certificate": dg.MetadataValue.md(_certificate(seen)),
        "manifest_sha256": dg.MetadataValue.text(built.manifest_sha256),
        "bundle": dg.MetadataValue.path(str(built.path)),
        "difference": dg.MetadataValue.text(difference(built, least)),
    }
    if portal:
        revision = f"/{parse_period(built.path.parent.name)}/{built.path.name}" if built.state == "sealed" else ""
        shown["portal"] = dg.MetadataValue.url(f"{portal}/hr{revision}")
    return shown


def scored_metadata(result: PeriodResult) -> dict[str, dg.MetadataValue]:
    """What the score lines of one period show."""
    segments = [segment for person in result.people for segment in person.segments]
    lines = [line for segment in segments for line in segment.lines]
    schemes = sorted({f"{one.scheme.scheme_id} {one.scheme.version}" for one in segments if one.scheme})
    return {
        "dagster/row_count": dg.MetadataValue.int(len(lines)),
        "people": dg.MetadataValue.int(len(result.people)),
        "withheld_lines": dg.MetadataValue.int(sum(line.status == "withheld" for line in lines)),
        "pools": dg.MetadataValue.int(len(result.pools)),
        "ledger_entries": dg.MetadataValue.int(len(result.ledger)),
        "schemes": dg.MetadataValue.text(", ".join(schemes)),
    }


def show(
    context: dg.AssetExecutionContext,
    key: dg.AssetKey,
    by_period: Mapping[str, Mapping[str, dg.MetadataValue]],
) -> dict[str, dg.MetadataValue]:
    """Put the metadata of each month on its partition, and return that of quarters and years, which have none.

    Args:
        context: the running asset.
        key: which of its assets is meant.
        by_period: metadata by period.
    """
    others: dict[str, dg.MetadataValue] = {}
    for name, metadata in by_period.items():
        period = parse_period(name)
        if isinstance(period, Month):
            context.add_asset_metadata(metadata, asset_key=key, partition_key=partition_key(period))
        else:
            prefix = f"{name} " if len(by_period) > 1 else ""
            others |= {f"{prefix}{entry}": value for entry, value in metadata.items()}
    return others


def difference(built: Built, least: int) -> str:
    """What a draft changes against the sealed revision; the sum only where it is that of enough people."""
    if built.revision is None:
        return "nothing is sealed yet"
    if built.state == "sealed":
        return f"equal to r{built.revision}"
    people = f"{built.changed_people}" if built.changed_people >= least else f"fewer than {least}"
    told = f"{people} people differ from r{built.revision}"
    return f"{told}, {built.payable_change:+f} to pay" if built.changed_people >= least else told


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table in Markdown."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(str(cell) for cell in line)} |" for line in lines)


def _classes(seen: Overview, least: int) -> list[tuple[str, object]]:
    hidden = f"fewer than {least}, or hidden with such a class"
    return [(name, hidden if count is None else count) for name, count in seen.scores]


def _certificate(seen: Overview) -> str:
    statuses = list(seen.certificate[0].statuses) if seen.certificate else []
    rows = [(one.family, *(one.statuses[name] for name in statuses), one.quality) for one in seen.certificate]
    return table(("source", *statuses, "lowest quality"), rows)


def picture(scores: Sequence[tuple[str, int | None]]) -> str:
    """The classes of scores as bars: an SVG, as base64.

    The bar of a hidden class is pale, of a length of its own, with a question mark; the table beside it says why.
    Kept small, since Dagster shows Markdown of a thousand characters and more only behind a link.
    """
    most = max((count for _, count in scores if count), default=1)
    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" width="440" height="{_ROW * len(scores)}" fill="#678">']
    for n, (name, count) in enumerate(scores):
        y = n * _ROW
        width, pale, told = (_PALE, ' opacity=".3"', "?") if count is None else (_BAR * count // most, "", count)
        parts.append(f'<text y="{y + 15}">{escape(name)}</text>')
        parts.append(f'<path{pale} d="M{_LEFT} {y}h{width}v18H{_LEFT}"/>')
        parts.append(f'<text x="{_LEFT + 5 + width}" y="{y + 15}">{told}</text>')
    return base64.b64encode("".join([*parts, "</svg>"]).encode()).decode()
