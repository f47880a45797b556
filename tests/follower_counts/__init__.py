"""Whether the intervals of the count-level control of followers hold what they promise.

Belongs here: simulated crowds, the very macros of the dbt project over them, the judgement. Does not belong here: the
macros (dbt_project/macros/followers/count_control.sql), the models that use them.
"""
