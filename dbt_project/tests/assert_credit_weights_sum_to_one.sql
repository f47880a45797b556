-- Credit is conserved: the weights of every record sum to exactly 1. Returns the records that gain or lose credit.
{{ config(meta={'dagster': {'ref': {'name': 'int_credit'}}}) }}
select
    record_type,
    record_id,
    month,
    sum(weight) as total_weight
from {{ all_credit() }} as credit
group by record_type, record_id, month
having sum(weight) <> 1
