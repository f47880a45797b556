with source as (
    select * from {{ source('landing', 'accupass_participants') }}
),

renamed as (
    select
        {{ clean('event_id') }} as event_id,
        {{ clean('attendee_id') }} as attendee_id,
        {{ parse_timestamp('ordered_at', '_tz') }} as ordered_at,
        {{ clean('email') }} as customer_key,
        case
            when {{ clean('status') }} in ('有效', '已出票', '已付款', '報名成功', '报名成功') then 'signed_up'
            when {{ clean('status') }} in ('已使用', '已報到', '已报到') then 'checked_in'
            when {{ clean('status') }} in ('已退票', '已退款') then 'refunded'
            when {{ clean('status') }} in ('已取消', '已失效') then 'cancelled'
            when {{ clean('status') }} in ('已換票', '已换票') then 'reissued'
        end as status,
        coalesce({{ clean('checked_in') }} in ('已報到', '已报到', '已簽到', '已签到', '是'), false) as has_check_in,
        -- 主動出票: the organiser gave the ticket away; nobody signed up
        coalesce({{ clean('issue_type') }} in ('主動出票', '主动出票'), false) as is_issued,
        {{ clean('reissued_from') }} as reissued_from,
        {{ envelope() }}
    from source
)

select * from renamed
