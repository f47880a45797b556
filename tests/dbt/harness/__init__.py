"""Helpers of the dbt tests: a scratch warehouse without the other rooms."""
