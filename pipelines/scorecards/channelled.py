"""The readings of KPIs by channel, where a scheme weighs them so (004-R5).

Belongs here: giving readings their channels, and refusing a scheme that weighs a channel which the company does not
pay. Does not belong here: the other readings (`measured`), what a weight does (`scoring.channels`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from pipelines.company.findings import Finding, InputError
from pipelines.company.keys import Pseudonymiser
from pipelines.company.model import Company
from pipelines.periods import Period
from pipelines.schemes.model import Scheme
from pipelines.scorecards.carrying import Readings
from pipelines.scoring.inputs import ChannelReading
from pipelines.texts import text
from pipelines.warehouse import readings as warehouse


def weighed_kpis(schemes: Iterable[Scheme]) -> set[str]:
    """Return the KPIs that any of the schemes weighs by channel."""
    return {kpi for scheme in schemes for kpi, rule in scheme.kpis.items() if rule.channels is not None}


def with_channels(
    found: Readings, company: Company, warehouse_file: Path, period: Period, schemes: Mapping[str, Scheme]
) -> Readings:
    """Return the readings of a period with the channels of the KPIs that a scheme weighs by them."""
    kpis = weighed_kpis(schemes.values())
    if not kpis or not found:
        return found
    keys = Pseudonymiser.from_home(company.home)
    people = {keys.person(person.person_id): person.person_id for person in company.people}
    channels: dict[tuple[str, str, str], list[ChannelReading]] = defaultdict(list)
    for row in warehouse.channel_readings(warehouse_file, period, kpis):
        if row.person_id in people:
            key = (people[row.person_id], row.segment_id, row.kpi_id)
            channels[key].append(ChannelReading(row.channel, row.spend, row.results))
    return {
        (person, segment): {
            kpi: replace(reading, channels=tuple(channels.get((person, segment, kpi), ())))
            for kpi, reading in own.items()
        }
        for (person, segment), own in found.items()
    }


def check_channels(paid_channels: Iterable[str], schemes: Iterable[Scheme]) -> None:
    """Refuse weights of channels that the company does not pay.

    Raises:
        InputError: naming scheme, key and the channels of company.yaml.
    """
    known = {channel.casefold() for channel in paid_channels}
    findings = []
    for scheme in schemes:
        for kpi, rule in scheme.kpis.items():
            for channel in rule.channels.weights if rule.channels else ():
                if channel.casefold() not in known:
                    params = {"channel": channel, "known": ", ".join(sorted(known))}
                    column = f"kpis.{kpi}.channels.weights"
                    key = "schemes.channels.unknown"
                    findings.append(
                        Finding(
                            f"scheme_{scheme.scheme_id}.yaml", 0, column, channel, text(key, "en", **params),
                            text(f"{key}.mend", "en", **params),
                        )
                    )  # fmt: skip
    if findings:
        raise InputError(findings)
