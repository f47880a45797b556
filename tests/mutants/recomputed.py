"""Whether the recomputation would see a mutant: what the demo company publishes by wrong models and by right ones.

tests/recompute holds every number of the demo company against a second way to it, and finds no difference. A mutant
that changes one of those numbers is therefore seen by it; comparing with the right models' answer asks the same
question in seconds, as only the mutant's models and what reads them are run again.

Belongs here: running the models over the demo company, and the columns that the recomputation looks at.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb
from harness import project

#: What tests/recompute/published.py reads, as queries over one warehouse.
LOOKED_AT = {
    "person KPIs": "select period, person_id, kpi_id, value, numerator, denominator, status, reason_code "
    "from {file}.marts.fct_person_kpi",
    "components": "select month, person_id, kpi_id, sum(numerator), sum(denominator) "
    "from {file}.marts.fct_kpi_components group by all",
    "numbers of nobody": "select month, kpi_id, list_sort(flatten(list(numbers))) from {file}.marts.fct_kpi_values "
    "where person_id = 'UNASSIGNED' and numbers is not null group by all",
    "keys of nobody": "select month, kpi_id, count(distinct value_key) from {file}.marts.fct_kpi_values "
    "where person_id = 'UNASSIGNED' and numbers is null group by all",
}


class Recomputed:
    """The demo company as the right models have built it, on which wrong ones are tried."""

    def __init__(self, built: Path, folder: Path) -> None:
        """Take a finished warehouse file as the right answer.

        Args:
            built: `warehouse/warehouse.duckdb` of a company that has been run.
            folder: where the wrong models build.
        """
        self.built = built
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        unchanged = self.difference(["int_kpi_sums"])
        if unchanged:
            raise RuntimeError(f"the right models give another answer than the company's own run: {unchanged}")

    def difference(self, models: list[str]) -> str:
        """What differs once the models and all that reads them have been built anew; empty where nothing does."""
        file = self.folder / "scratch.duckdb"
        shutil.copyfile(self.built, file)
        selected = [f"{model}+" for model in models]
        succeeded, _ = project.run(["run", "--select", *selected], file, self.folder / "dbt")
        if not succeeded:
            return "the build, which fails on rows"
        with duckdb.connect(str(file)) as connection:
            connection.execute(f"attach '{self.built}' as right_one (read_only)")
            for what, query in LOOKED_AT.items():
                wrong, right = query.format(file="scratch"), query.format(file="right_one")
                found = connection.execute(
                    f"select exists((({wrong}) except all ({right})) union all (({right}) except all ({wrong})))"
                ).fetchone()
                if found == (True,):
                    return what
        return ""
