-- en: Who changed role, level, team or scheme, and when?
-- zh: 谁在何时变更了岗位、级别、团队或方案？
-- note: A person has one segment for each span in which all four stay the same; targets and curves apply by segment.
select
    person_id, valid_from as moved_on,
    lag(role) over spans as role_before, role,
    lag(level) over spans as level_before, level,
    lag(team_id) over spans as team_before, team_id,
    lag(scheme_id) over spans as scheme_before, scheme_id
from dim_person_segment
window spans as (partition by person_id order by valid_from)
qualify lag(valid_from) over spans is not null
order by moved_on desc, person_id;
