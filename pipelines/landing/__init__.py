"""From the bytes of exports and human files to immutable Parquet.

The room's way in: `ingest`, `file_catalogue`, `status`, `export_inputs`, `snapshot_company` and `restore`.
"""

from pipelines.landing.catalogue import LandingStatus, export_inputs, file_catalogue, status
from pipelines.landing.ingest import IngestReport, ingest

__all__ = ["IngestReport", "LandingStatus", "export_inputs", "file_catalogue", "ingest", "status"]
