{{ config(
    materialized='incremental',
    incremental_strategy='append',
    on_schema_change='append_new_columns',
    meta={'rows_without_exports': false},
    pre_hook="{{ delete_run_months() }}"
) }}

select
    moves.month,
    moves.account_id,
    moves.follower_key as follower_id,
    moves.day,
    moves.kind,
    moves.n,
    moves.observed_on as observed_at,
    looks.points,
    looks.verdict,
    looks.reasons,
    looks.evidence,
    looks.model_version,
    suspects.rule as burst_rule,
    case when suspects.rule is not null then {{ suspect_reason('suspects', 'reasons') }} end as burst_reason,
    case when suspects.rule is not null then {{ suspect_evidence('suspects') }} end as burst_evidence,
    stated._content_id as content_id,
    stated._row_no as row_no
from {{ ref('int_follower_moves') }} as moves
inner join {{ ref('int_follower_presence') }} as stated
    on
        moves.account_id = stated.account_id
        and moves.follower_key = stated.follower_key
        and moves.observed_on = stated.day
left join {{ ref('int_follower_looks') }} as looks
    on
        moves.account_id = looks.account_id
        and moves.follower_key = looks.follower_key
        and moves.observed_on = looks.observed_on
left join {{ ref('int_list_suspects') }} as suspects
    on moves.account_id = suspects.account_id and moves.follower_key = suspects.follower_key
left join {{ ref('follower_reasons') }} as reasons on reasons.code = 'burst_' || suspects.rule
