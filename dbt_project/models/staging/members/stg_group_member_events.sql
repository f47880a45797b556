with source as (
    select * from {{ source('landing', 'group_member_events') }}
),

worded as (
    select
        *,
        lower(trim(event)) as word,
        lower({{ clean('quit_scene') }}) as scene
    from source
),

renamed as (
    select
        {{ clean('group_id') }} as group_id,
        {{ clean('member_id') }} as member_key,
        {{ parse_timestamp('occurred_at', '_tz') }} as occurred_at,
        -- NULL is a word that nobody knows; `other` is known to move nobody
        case
            when word in ('add_member', 'join', 'joined', '入群', '加群', '进群', '成员入群', '新成员入群') then 'join'
            when
                word in ('remove', 'removed', 'kicked', '移出', '被移出', '踢出', '被踢出', '移出群聊', '被移出群聊')
                or (
                    word in ('del_member', '退群', '成员退群')
                    and scene in ('1', 'removed', '移出', '被移出', '被移除', '移出群聊', '被移出群聊')
                )
                or (word = 'del_member' and scene is null and {{ clean('operator') }} is not null)
                then 'removed'
            when word in ('del_member', 'leave', 'left', 'quit', '退群', '成员退群', '主动退群') then 'leave'
            when word in ('dismiss', 'dissolve', 'dissolved', '解散', '解散群', '群解散', '群聊解散') then 'dissolved'
            when
                word in (
                    'create', 'change_owner', 'change_name', 'change_notice', '建群', '变更群主', '群主变更', '修改群名', '修改群公告'
                )
                then 'other'
        end as kind,
        {{ is_staff_word('member_type') }} as is_staff,
        {{ envelope() }}
    from worded
)

select * from renamed
