"""The KPIs of a company once more, from the documents and the raw files alone.

Belongs here: a second way to every published number, in plain Python, written without a look at the models: reading
the files (`raw`), who was who and when (`people`), who gets the credit (`credit`), one module a KPI family, what a
period makes of the records (`kpi`), what is withheld (`guards`, `status`), and the comparison with what was published
(`published`, `comparing`). Does not belong here: any import of the pipeline, of its SQL or of the demo's truth; what
two computations share, they cannot check.

A new KPI: a function with `@recomputes("its_id")` in the module of its family that yields one `Entry` a record and
credited person. A new family: a module, and its import in `families`.
"""
