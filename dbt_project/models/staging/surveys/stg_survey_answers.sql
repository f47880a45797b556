with source as (
    select * from {{ source('landing', 'survey_answers') }}
),

renamed as (
    select
        {{ clean('response_id') }} as response_id,
        case lower({{ clean('survey_kind') }})
            when 'csat' then 'csat'
            when '满意度' then 'csat'
            when '滿意度' then 'csat'
            when 'nps' then 'nps'
            when '净推荐值' then 'nps'
            when '淨推薦值' then 'nps'
        end as survey_kind,
        {{ parse_timestamp('sent_at', '_tz') }} as sent_at,
        {{ parse_timestamp('answered_at', '_tz') }} as answered_at,
        {{ clean('agent') }} as agent_key,
        lower({{ clean('subject_type') }}) as subject_type,
        {{ clean('subject_id') }} as subject_id,
        {{ parse_decimal('score') }} as score,
        try_cast(regexp_extract({{ clean('scale') }}, '^(\d+)\s*[-–—~～至到]\s*(\d+)', 1) as integer) as scale_min,
        try_cast(regexp_extract({{ clean('scale') }}, '^(\d+)\s*[-–—~～至到]\s*(\d+)', 2) as integer) as scale_max,
        {{ envelope() }}
    from source
)

select * from renamed
