with source as (
    select
        *,
        -- what a sharer's tool added to the address is no other article; other parameters may name the article
        regexp_replace(
            regexp_replace(
                regexp_replace(trim(url), '#.*$', ''),
                '(utm_[a-z_]+|fbclid|gclid|msclkid|spm)=[^&]*', '', 'gi'
            ),
            '^(https?:)?//((www|m)\.)?', '', 'i'
        ) as address
    from {{ source('landing', 'mentions') }}
),

tidied as (
    select
        *,
        regexp_replace(
            regexp_replace(regexp_replace(address, '&{2,}', '&', 'g'), '\?&', '?'), '[?&/]+$', ''
        ) as tidy_address
    from source
),

renamed as (
    select
        -- the host has no letter case, the path has
        nullif(
            lower(regexp_extract(tidy_address, '^[^/?]*')) || regexp_replace(tidy_address, '^[^/?]*', ''), ''
        ) as canonical_url,
        {{ clean('outlet') }} as outlet,
        {{ parse_timestamp('published_at', '_tz') }} as published_at,
        coalesce(try_cast(is_brand_hit as boolean), false) as is_brand_hit,
        {{ clean('account') }} as account_id,
        lower({{ clean('campaign') }}) as campaign,
        _subject_id,
        {{ envelope() }}
    from tidied
)

select * from renamed
