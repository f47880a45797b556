{{ config(materialized='table') }}

select person_id, segment_id, valid_from, valid_to, role, level, team_id, scheme_id
from {{ source('company', 'segments') }}
