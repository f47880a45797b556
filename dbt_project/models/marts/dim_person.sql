{{ config(materialized='table') }}

select person_id, hired_on, left_on
from {{ source('company', 'people') }}
