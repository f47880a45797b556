"""Writes what is rendered from the catalogues: seeds/reason_catalogue.csv, docs/kpis.md.

Belongs here: rendering of the KPI catalogue and of the reason texts, so that neither is written twice. Run it after a
change of seeds/kpi_catalogue.csv or pipelines/texts/reasons.py; tests/dbt/test_kpi_catalogue.py fails when a rendering
is stale. Does not belong here: anything that a run of the pipeline needs.

Usage: python dbt_project/render.py
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from pathlib import Path

from pipelines.texts.followers import TEXTS as FOLLOWER_TEXTS
from pipelines.texts.reasons import TEXTS

PROJECT = Path(__file__).resolve().parent
CATALOGUE = PROJECT / "seeds" / "kpi_catalogue.csv"
REASONS = PROJECT / "seeds" / "reason_catalogue.csv"
FOLLOWER_REASONS = PROJECT / "seeds" / "follower_reasons.csv"
KPI_PAGE = PROJECT.parent / "docs" / "kpis.md"

_AGGREGATIONS = {
    "ratio_of_sums": "ratio of sums: numerator and denominator are kept to the end, never averaged",
    "sum": "sum",
    "stock_end": "stock at the end of the period",
    "distinct": "distinct keys: counted anew for each period",
    "distribution": "distribution: taken anew over the exact records of each period",
}
_DIMENSIONS = {
    "growth": "Growth",
    "interaction": "Interaction",
    "content": "Content",
    "conversion": "Conversion",
    "community_health": "Community health",
    "service": "Service",
    "community": "Community",
    "events": "Events",
    "value": "Commerce and value",
    "cost": "Cost and return",
    "behaviour": "Behaviour and reviews",
    "learning": "Learning and objectives",
}


def catalogue_rows() -> list[dict[str, str]]:
    """Return the rows of the KPI catalogue in file order."""
    with CATALOGUE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def render_reasons() -> str:
    """Return seeds/reason_catalogue.csv: reason_code, text_en, text_zh."""
    return _render_texts("reason_code", "reasons.", TEXTS)


def render_follower_reasons() -> str:
    """Return seeds/follower_reasons.csv: code, text_en, text_zh."""
    texts = {key.replace("followers.burst.", "followers.reasons.burst_"): text for key, text in FOLLOWER_TEXTS.items()}
    return _render_texts("code", "followers.reasons.", texts)


def _render_texts(column: str, prefix: str, texts: Mapping[str, Mapping[str, str]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([column, "text_en", "text_zh"])
    for key in sorted(texts):
        writer.writerow([key.removeprefix(prefix), texts[key]["en"], texts[key]["zh"]])
    return out.getvalue()


def _kpi_section(row: dict[str, str]) -> list[str]:
    kind = _AGGREGATIONS[row["aggregation"]]
    if row["statistic"]:
        kind += f" ({row['statistic']})"
    maturity = f"- **Maturity**: measured at an age of {row['maturity_days']} days; provisional until then"
    return [
        f"### `{row['kpi_id']}`",
        "",
        f"{row['name_en']} · {row['name_zh']}",
        "",
        f"- **Formula**: {row['formula_en']}",
        f"- **公式**：{row['formula_zh']}",
        f"- **Unit, direction**: {row['unit']}, {row['direction']}",
        f"- **Aggregation**: {kind}",
        f"- **Components**: {row['components_en']} · {row['components_zh']}",
        *([maturity] if row["maturity_days"] != "0" else []),
        *_small_numbers(row),
        f"- **Sources**: {row['source_en']} · {row['source_zh']} "
        f"({row['families'].replace(';', ', ')}); credit: {row['credit_kind']}",
        f"- **Kind**: {row['nature']}, {row['horizon']} horizon, by {row['period']}; "
        f"{row['bsc_perspective'].replace('_', ' ')} perspective",
        f"- **Mind**: {row['caveat_en']}",
        f"- **注意**：{row['caveat_zh']}",
        f"- **Requirements**: {row['requirement_ids'].replace(';', ', ')}",
        "",
    ]


def _small_numbers(row: dict[str, str]) -> list[str]:
    """What few units make of a KPI, where the catalogue says so."""
    told = []
    if row["interval"]:
        told.append(f"95 % interval ({row['interval']})")
    if row["min_denominator"]:
        told.append(f"provisional below a denominator of {row['min_denominator']}")
    return [f"- **[Small numbers](scoring.md#small-numbers)**: {'; '.join(told)}"] if told else []


def render_kpi_page() -> str:
    """Return docs/kpis.md."""
    lines = [
        "# KPIs",
        "",
        "Rendered by `dbt_project/render.py` from `dbt_project/seeds/kpi_catalogue.csv`: change the catalogue, not",
        "this page. Each KPI has one definition in SQL, the inputs view of its family",
        "(`dbt_project/models/intermediate/kpi/int_kpi_inputs_*.sql`): components, exact rows and `explain` read it.",
        "",
    ]
    sections: dict[str, list[str]] = {dimension: [] for dimension in _DIMENSIONS}
    for row in catalogue_rows():
        sections[row["dimension"]] += _kpi_section(row)
    for dimension, section in sections.items():
        if section:
            lines += [f"## {_DIMENSIONS[dimension]}", "", *section]
    return "\n".join(lines).rstrip("\n") + "\n"


def main() -> None:
    """Write every rendering."""
    REASONS.write_text(render_reasons(), encoding="utf-8")
    FOLLOWER_REASONS.write_text(render_follower_reasons(), encoding="utf-8")
    KPI_PAGE.write_text(render_kpi_page(), encoding="utf-8")


if __name__ == "__main__":
    main()
