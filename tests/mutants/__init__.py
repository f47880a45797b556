"""Mutation run over the KPI models: how many small wrong changes of the SQL the tests would see.

`make mutants` runs it, docs/testing.md explains it, docs/mutants.md is its report. It stands beside the tests because
it judges them and drives them through their own harness (tests/dbt/harness); bench/ measures the pipeline.

    tokens.py     dbt SQL as tokens, Jinja kept whole
    points.py     the mutation points of a text: what could be changed, and into what
    project.py    which models and macros there are, and which tests can see each
    choice.py     all of them or a sample, without those that have a result
    trial.py      one mutant against those tests, one worker a process
    report.py     docs/mutants.md from the results and the accepted reasons (reasons.yaml)
    plugin.py     how the tests of tests/dbt get a mutant
    run.py        the command; __main__.py only finds it
"""
