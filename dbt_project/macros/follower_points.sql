{#
    The scoring card of a follower: points out of the fields of a profile, in plain Jinja and plain SQL, so that
    `scorecards followers score`, the fitting of the card and any DuckDB query render the very same rules.

    Thresholds, points and their dates stand in seeds/follower_points.csv; here stands only what is compared with them.
    Thresholds have one decimal at most and are compared as tenths, so that every comparison is one of whole numbers.
#}

{#
    One row per version of the card: its dates, and for each code its threshold in tenths (__tenths), its points
    (__points), its sentence (__text) and its line of evidence (__line), both with the threshold and the points in place:
    they are the same for millions of accounts.
    `points` is the seed or its like, `texts` a relation of code and the column `text_column`.
#}
{% macro follower_card(points, texts, text_column) -%}
    select
        model_version,
        valid_from,
        lead(valid_from, 1, date '9999-12-31') over (order by valid_from) as valid_to
        {%- for code in [
            'following_ratio_2', 'following_ratio_1', 'following_2', 'following_1', 'following_pace',
            'posts_ratio_4', 'posts_ratio_3', 'posts_ratio_2', 'posts_ratio_1',
            'followers_square', 'followers_few', 'posts_pace', 'no_url', 'never_listed',
            'few_following', 'batch', 'newborn', 'spam', 'pending', 'inactive'
        ] %},
        coalesce(max(case when code = '{{ code }}' then points end), 0) as {{ code }}__points,
        max(case when code = '{{ code }}' then cast(cast(threshold as decimal(9, 1)) * 10 as bigint) end) as {{ code }}__tenths,
        max(case when code = '{{ code }}' then text end) as {{ code }}__text,
        max(case when code = '{{ code }}' then line end) as {{ code }}__line
        {%- endfor %}
    from (
        select
            points.model_version,
            cast(points.valid_from as date) as valid_from,
            points.code,
            points.threshold,
            cast(points.points as integer) as points,
            replace(
                -- how much a cap takes off differs from account to account, so its points stay open
                case
                    when points.code = 'few_following' then texts.{{ text_column }}
                    else replace(texts.{{ text_column }}, '{points}', coalesce(cast(points.points as varchar), ''))
                end,
                '{threshold}',
                coalesce(cast(points.threshold as varchar), '')
            ) as text,
            '{"code":"' || points.code || '","threshold":' || coalesce(cast(points.threshold as varchar), 'null') || ',"points":'
            || case
                when points.code = 'few_following' then ''
                -- who has it tells the numbers of its day
                when points.code = 'batch' then cast(points.points as varchar)
                else coalesce(cast(points.points as varchar), 'null') || '}'
            end as line
        from {{ points }} as points
        left join {{ texts }} as texts on points.code = texts.code
    ) as lines
    group by model_version, valid_from
{%- endmacro %}

{#
    For every row of `profiles` its columns `keys`, and model_version, points, verdict, is_inactive, reasons (a sentence
    for each line of the card that gave points) and evidence (all that was looked at, and code, points and threshold of
    each such line, as JSON; the points of the lines add up to the points).

    `profiles` has followers_count, following_count and post_count (whole numbers, not NULL), listed_count, has_url,
    age_days and idle_days (NULL where not known: what asks for them then gives no points), and observed_on, which
    chooses the version of the card. Of several steps of one measure the strictest that holds counts. Followers,
    following and age below one are compared as one, so that nobody is infinitely far from anything.

    It also has created_on, made_n and made_expected: of a list of accounts what follower_batches says of the day on which
    this one was made; NULL where nobody looked, as in the pipeline, whose burst guard looks at batches of follows.
#}
{% macro follower_points(profiles, card, keys) -%}
    {%- set measures = [
        ('following_ratio', ['_2', '_1'], 'following_n * 10 >= {} * followers_n', ['followers', 'following']),
        ('following', ['_2', '_1'], 'following_n * 10 >= {}', ['following']),
        ('following_pace', [''], 'following_n * 10 >= {} * age_n', ['following', 'days']),
        ('posts_ratio', ['_4', '_3', '_2', '_1'], 'post_count * 10 < {} * following_n', ['posts', 'following']),
        ('followers_square', [''], 'following_n * 10 >= {} * followers_n * followers_n', ['followers', 'following']),
        ('followers_few', [''], 'followers_n * 10 < {}', ['followers']),
        ('posts_pace', [''], 'post_count * 10 < {} * age_n', ['posts', 'days']),
        ('no_url', [''], 'has_url is not null and not has_url', []),
        ('never_listed', [''], 'listed_count = 0', [])
    ] -%}
    {%- set facts = [
        ('followers', 'followers_count'), ('following', 'following_count'), ('posts', 'post_count'),
        ('listed', 'listed_count'), ('has_url', 'has_url'), ('days', 'age_days')
    ] -%}
with counted as (
    select
        profiles.*,
        -- no account has more; beyond it a product of three could leave the whole numbers
        least(greatest(profiles.followers_count, 1), 100000000) as followers_n,
        least(greatest(profiles.following_count, 1), 100000000) as following_n,
        -- greatest() passes over NULL, and an unknown age is not one day
        case when profiles.age_days is not null then greatest(profiles.age_days, 1) end as age_n
    from {{ profiles }} as profiles
),

-- which step of each measure holds: the strictest, counted from the mildest; 0 for none
stepped as (
    select
        counted.*,
        card.*
        {%- for name, steps, test, told in measures %},
        case
            {%- for step in steps %}
            when {{ test.replace('{}', name ~ step ~ '__tenths') }} then {{ loop.revindex }}
            {%- endfor %}
            else 0
        end as {{ name }}__step
        {%- endfor %}
    from counted
    cross join ({{ card }}) as card
    where counted.observed_on >= card.valid_from and counted.observed_on < card.valid_to
),

added as (
    select
        *
        {%- for name, steps, test, told in measures %}
        {{- ',' if loop.first else ' +' }}
        case {{ name }}__step
            {%- for step in steps %}
            when {{ loop.revindex }} then {{ name }}{{ step }}__points
            {%- endfor %}
            else 0
        end
        {%- endfor %} as full_points
    from stepped
),

capped as (
    select
        *,
        full_points - case
            when following_count * 10 < few_following__tenths and full_points > few_following__points
                then full_points - few_following__points
            else 0
        end as capped_points,
        coalesce(
            made_n * 10 >= batch__tenths * made_expected and age_days * 10 >= newborn__tenths,
            false
        ) as is_of_batch
    from added
),

-- a batch is told by the list and not by the profile, so the cap on what a thin profile tells leaves it
totalled as (
    select
        *,
        capped_points + case when is_of_batch then batch__points else 0 end as points
    from capped
),

judged as (
    select
        *,
        case
            when age_days * 10 < pending__tenths then 'pending'
            when points >= spam__points then 'spam'
            else 'clean'
        end as verdict
    from totalled
)

select
    {%- for key in keys %}
    {{ key }},
    {%- endfor %}
    model_version,
    points,
    verdict,
    case
        when idle_days is not null then idle_days * 10 >= inactive__tenths
        when post_count = 0 then age_days * 10 >= inactive__tenths
    end as is_inactive,
    concat_ws(
        ' '
        {%- for name, steps, test, told in measures %},
        case {{ name }}__step
            {%- for step in steps %}
            when {{ loop.revindex }} then {{ follower_sentence(name ~ step, told) }}
            {%- endfor %}
        end
        {%- endfor %},
        case when capped_points < full_points then
            replace(
                {{ follower_sentence('few_following', ['following']) }}, '{points}', cast(capped_points - full_points as varchar)
            )
        end,
        case when is_of_batch then {{ follower_sentence('batch', ['created_on', 'made', 'expected']) }} end,
        case when verdict = 'pending' then {{ follower_sentence('pending', ['days']) }} end
    ) as reasons,
    '{"model":"' || model_version || '"'
    {%- for name, column in facts %}
    || ',"{{ name }}":' || coalesce(cast({{ column }} as varchar), 'null')
    {%- endfor %}
    || ',"lines":[' || concat_ws(
        ','
        {%- for name, steps, test, told in measures %},
        case {{ name }}__step
            {%- for step in steps %}
            when {{ loop.revindex }} then {{ name }}{{ step }}__line
            {%- endfor %}
        end
        {%- endfor %},
        case
            when capped_points < full_points
                then few_following__line || cast(capped_points - full_points as varchar) || '}'
        end,
        case
            when is_of_batch
                then batch__line || ',"created_on":"' || cast(created_on as varchar) || '","made":' || cast(made_n as varchar)
                    || ',"expected":' || cast(made_expected as varchar) || '}'
        end
    ) || ']}' as evidence
from judged
{%- endmacro %}

{#
    One row per day on which accounts of a list were made: created_on, made_n (how many of them) and made_expected, one
    more than the day's neighbours usually have: the median of the thirty days before and after, as far as the list goes.

    Thresholds are multiples of made_expected, so a list so large that many are made on any day needs more for a batch,
    and where next to none are made on a day a few are no batch. The median does not move for a batch of several days;
    a mean would take its first day for what is usual. Accounts younger than newborn say nothing: a platform suggests
    accounts to whoever signs up. `profiles` has observed_on, age_days, created_on, and `key`, which counts an account once.
#}
{% macro follower_batches(profiles, card, key) -%}
with days as (
    select
        profiles.created_on,
        count(distinct profiles.{{ key }}) as made_n
    from {{ profiles }} as profiles
    inner join ({{ card }}) as card on profiles.observed_on >= card.valid_from and profiles.observed_on < card.valid_to
    where profiles.age_days * 10 >= card.newborn__tenths and profiles.created_on is not null
    group by profiles.created_on
),

around as (
    select
        days.created_on,
        days.made_n,
        list_sort(list(coalesce(beside.made_n, 0))) as counts
    from days
    cross join range(-30, 31) as steps(step)
    left join days as beside on days.created_on + cast(steps.step as integer) = beside.created_on
    -- days after the newest account do not exist
    where days.created_on + cast(steps.step as integer) <= (select max(created_on) from days)
    group by days.created_on, days.made_n
)

select
    created_on,
    made_n,
    -- a batch stands among its neighbours as the highest of them and moves their middle by half a place at most
    1 + counts[cast(ceil(len(counts) / 2.0) as integer)] as made_expected
from around
{%- endmacro %}

{# The sentence of a line of the card, with the values of the account that it tells in place. #}
{% macro follower_sentence(code, told) -%}
    {%- set ns = namespace(sql=code ~ '__text') -%}
    {%- set columns = {
        'followers': 'followers_count', 'following': 'following_count', 'posts': 'post_count', 'days': 'age_days',
        'created_on': 'created_on', 'made': 'made_n', 'expected': 'made_expected'
    } -%}
    {%- for name in told -%}
        {%- set ns.sql = "replace(" ~ ns.sql ~ ", '{" ~ name ~ "}', cast(" ~ columns[name] ~ " as varchar))" -%}
    {%- endfor -%}
    {{ ns.sql }}
{%- endmacro %}
