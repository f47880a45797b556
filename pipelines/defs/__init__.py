"""Dagster only: assets, checks, jobs, schedules, sensors and resources, each a few lines that call the other rooms."""
