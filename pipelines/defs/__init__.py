"""Dagster only: assets, checks, jobs, schedules, sensors and resources, each a few lines that call the other rooms."""

import warnings

import dagster as dg

# Single-run backfills are what keeps a range one build. Dagster still calls their parameter beta, at every asset.
warnings.filterwarnings("ignore", category=dg.BetaWarning, message=r".*`backfill_policy`.*")
