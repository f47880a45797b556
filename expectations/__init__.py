"""Great Expectations suites: one module a landing profile family and one for the human files, and their runner.

Belongs here: what raw inputs must look like before anything is built from them. Rules on built tables stand in the YAML
beside each dbt model; comparisons across periods are guards in the marts. `runner` is the way in.
"""
