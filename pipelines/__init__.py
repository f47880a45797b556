"""KPI Scorecards: from exports to evidence-backed scorecards and bonuses.

Each room of the house is a package of its own; docs/architecture.md draws the picture.
"""
