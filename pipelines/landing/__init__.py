"""From the bytes of exports and human files to immutable Parquet.

The room's way in: `ingest`, `refuse` and `snapshot_company` write; `file_catalogue`, `export_inputs` and `status` tell
what is there, `protection` how it is masked; `restore` lays out a folder from the archive.
"""

from pipelines.landing.catalogue import LandingStatus, export_inputs, file_catalogue, status
from pipelines.landing.company_files import snapshot_company
from pipelines.landing.ingestion import IngestReport, ingest, refuse
from pipelines.landing.protection import protection
from pipelines.landing.rebuild import restore

__all__ = [
    "IngestReport",
    "LandingStatus",
    "export_inputs",
    "file_catalogue",
    "ingest",
    "protection",
    "refuse",
    "restore",
    "snapshot_company",
    "status",
]
