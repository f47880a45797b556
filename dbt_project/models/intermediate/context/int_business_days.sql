with days as (
    select
        calendar.day,
        {{ second_of_day('date ' ~ "'2000-01-01'" ~ ' + settings.business_start') }} as opens_second,
        case
            when calendar.is_working
                then
                    {{ second_of_day('date ' ~ "'2000-01-01'" ~ ' + settings.business_end') }}
                    - {{ second_of_day('date ' ~ "'2000-01-01'" ~ ' + settings.business_start') }}
            else 0
        end as working_seconds
    from {{ source('company', 'calendar') }} as calendar
    cross join {{ source('company', 'settings') }} as settings
)

select
    day,
    opens_second,
    working_seconds,
    cast(
        coalesce(sum(working_seconds) over (order by day rows between unbounded preceding and 1 preceding), 0) as bigint
    ) as seconds_before
from days
