"""Performance schemes as text: their model, their loading and checking, and the shipped YAML files.

Belongs here: what a scheme file may say, and finding every mistake in one at once. Does not belong here: applying a
scheme to readings (`pipelines.scoring`), which people a scheme binds (`pipelines.company`).
"""

from pipelines.schemes.catalogue import KpiInfo, read_catalogue
from pipelines.schemes.loader import load_scheme
from pipelines.schemes.model import Scheme
from pipelines.schemes.shelf import Shelf

__all__ = ["KpiInfo", "Scheme", "Shelf", "load_scheme", "read_catalogue"]
