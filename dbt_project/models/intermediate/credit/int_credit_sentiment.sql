-- What users say is credited as what others publish: to the campaign it is about, else to the account's people.
with windows as (
    {{ credit_windows() }}
),

comments as (
    select *, commented_at as happened_at, commented_at as credited_at from {{ ref('int_comments') }}
),

claimed as (
    {{ claimed_windows('comment', 'comments', [
        ('override', 'comment', 'record_id'),
        ('assignment', 'campaign', 'campaign'),
        ('roster', 'account', 'account_id'),
        ('assignment', 'account', 'account_id'),
    ]) }}
)

{{ split_credit('claimed') }}
