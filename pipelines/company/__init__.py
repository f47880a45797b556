"""The company folder: its files as typed models, their loading, checking and templates."""
