with source as (
    select * from {{ source('landing', 'qa_register') }}
),

renamed as (
    select
        {{ clean('answer_id') }} as answer_id,
        {{ clean('question_id') }} as question_id,
        {{ clean('community_id') }} as community_id,
        {{ clean('answered_by') }} as answerer_key,
        {{ parse_timestamp('answered_at', '_tz') }} as answered_at,
        {{ parse_timestamp('accepted_at', '_tz') }} as accepted_at,
        try_cast(accepted as boolean) as is_accepted,
        {{ envelope() }}
    from source
)

select * from renamed
