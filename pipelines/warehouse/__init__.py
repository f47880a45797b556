"""The warehouse: DuckDB build, readings and publication.

Belongs here: the only code that opens a DuckDB connection on the company's warehouse, the scratch file that dbt
builds in, the home lock, the dbt process, and the publication that analysts and HR read.
Does not belong here: what a KPI means (dbt_project/) or what it pays (scoring/).
"""
