{{ config(
    materialized='incremental',
    incremental_strategy='append',
    on_schema_change='append_new_columns',
    meta={'rows_without_exports': false},
    pre_hook="{{ delete_run_months() }}"
) }}

select
    month,
    account_id,
    follower_key as follower_id,
    followed_by,
    mature_on,
    judged_on,
    is_kept,
    observed_on as observed_at,
    points,
    verdict,
    verdict_at_follow,
    is_inactive,
    is_kept and coalesce(verdict, '') <> 'spam' as is_qualified,
    reasons,
    evidence,
    burst_rule,
    burst_evidence,
    model_version
from {{ ref('int_new_followers') }}
