"""Checks across periods: what the guards found, as Dagster checks.

Belongs here: showing the guards' findings. A finding withholds pay for the KPIs it touches; it never blocks the rest,
so these checks warn. The guards themselves are SQL (dbt_project/models/intermediate/quality).
"""
