with source as (
    select * from {{ source('landing', 'sentiment_labels') }}
),

renamed as (
    select
        content_id,
        row_no,
        nullif(language, '') as language,
        nullif(label, '') as label,
        cast(nullif(score, '') as decimal(9, 4)) as score,
        nullif(tool, '') as tool
    from source
)

select * from renamed
