{{ config(materialized='ephemeral') }}

-- What a share of positive comments rests on, a person and month: how many labels, by which tools, how good those are
-- on texts that people judged. Told beside every share; below a floor of company.yaml the share is provisional.
with labelled as (
    select
        credit.month,
        credit.person_id,
        comments.label,
        comments.labelled_by,
        comments.language,
        comments.tool,
        comments.is_judged,
        sum(credit.weight) as weight
    from {{ ref('int_credit_sentiment') }} as credit
    inner join {{ ref('int_comments') }} as comments on credit.record_id = comments.record_id
    where comments.is_counted and credit.person_id <> 'UNASSIGNED'
    -- a person's two segments are one comment
    group by
        credit.month,
        credit.person_id,
        credit.record_id,
        comments.label,
        comments.labelled_by,
        comments.language,
        comments.tool,
        comments.is_judged
),

people as (
    select
        month,
        person_id,
        count(*) as n_total,
        count(label) as n_labelled,
        count(*) - count(label) as n_unlabelled,
        count(case when not is_judged then 1 end) as n_unjudged,
        count(case when labelled_by = 'people' then 1 end) as n_by_people,
        sum(case when label = 'positive' then weight end) as positive_weight,
        sum(case when label is not null then weight end) as labelled_weight
    from labelled
    group by month, person_id
),

-- Wilson's interval of the share at 95 %, its number of records unweighted
shares as (
    select
        *,
        (centre - reach) / (1 + z * z / n_labelled) as low,
        (centre + reach) / (1 + z * z / n_labelled) as high
    from (
        select
            *,
            share + z * z / (2 * n_labelled) as centre,
            z * sqrt(share * (1 - share) / n_labelled + z * z / (4.0 * n_labelled * n_labelled)) as reach
        from (
            select
                *,
                1.959963984540054 as z,
                cast(coalesce(positive_weight, 0) as double) / labelled_weight as share
            from people
            where n_labelled > 0
        ) as measured
    ) as centred
),

-- one row a person, month and language of what tools said; two versions of a tool never meet in one build
tools as (
    select
        labelled.month,
        labelled.person_id,
        labelled.language,
        labelled.tool,
        count(*) as n,
        max(judged.accuracy) as accuracy,
        max(judged.macro_f1) as macro_f1,
        max(judged.n) as n_judged
    from labelled
    left join {{ ref('sentiment_tools') }} as judged on labelled.tool = judged.tool
    where labelled.labelled_by = 'tool'
    group by labelled.month, labelled.person_id, labelled.language, labelled.tool
),

-- the tool that speaks worst for a share: of which nobody measured anything, else the least accurate
worst_tools as (
    select
        *,
        row_number() over (
            partition by month, person_id
            order by case when accuracy is null then 0 else 1 end, accuracy, tool
        ) as place
    from tools
),

stated as (
    select
        month,
        person_id,
        'note' as severity,
        'sentiment_share_stated' as reason_code,
        {{ reason_json([
            ('high', percent_text('high', '1'), true),
            ('low', percent_text('low', '1'), true),
            ('n', 'n_labelled', false),
            ('people', 'n_by_people', false),
            ('share', percent_text('share', '1'), true),
            ('unlabelled', 'n_unlabelled', false),
        ]) }} as reason_params,
        n_labelled as n,
        cast(0 as bigint) as n_lost
    from shares
    union all
    select
        month,
        person_id,
        'note',
        case language when 'zh' then 'sentiment_tool_zh' else 'sentiment_tool_en' end as reason_code,
        {{ reason_json([
            ('accuracy', percent_text('accuracy', '1'), true),
            ('macro_f1', percent_text('macro_f1', '1'), true),
            ('n', 'n', false),
            ('tool', 'tool', true),
            ('total', 'n_judged', false),
        ]) }},
        n,
        0
    from tools
    where accuracy is not null
    union all
    select
        month,
        person_id,
        'provisional',
        case when accuracy is null then 'sentiment_tool_unjudged' else 'sentiment_accuracy_low' end as reason_code,
        case
            when accuracy is null then {{ reason_json([('n', 'n', false), ('tool', 'tool', true)]) }}
            else
                {{ reason_json([
                    ('accuracy', percent_text('accuracy', '1'), true),
                    ('floor', percent_text(setting('sentiment_min_accuracy'), '1'), true),
                    ('n', 'n', false),
                    ('tool', 'tool', true),
                ]) }}
        end,
        n,
        0
    from worst_tools
    where place = 1 and (accuracy is null or accuracy < {{ setting('sentiment_min_accuracy') }})
    union all
    select
        month,
        person_id,
        'provisional',
        'sentiment_unlabelled' as reason_code,
        {{ reason_json([
            ('floor', percent_text(setting('sentiment_min_labelled_share'), '1'), true),
            ('n', 'n_unlabelled', false),
            ('share', percent_text('n_labelled', 'n_total'), true),
            ('total', 'n_total', false),
        ]) }},
        n_unlabelled as n,
        n_unlabelled as n_lost
    from people
    where n_labelled > 0 and n_labelled < {{ setting('sentiment_min_labelled_share') }} * n_total
    union all
    select
        month,
        person_id,
        'provisional',
        'sentiment_few_labels' as reason_code,
        {{ reason_json([('floor', setting('sentiment_min_labels'), false), ('n', 'n_labelled', false)]) }},
        n_labelled,
        0
    from people
    where n_labelled > 0 and n_labelled < {{ setting('sentiment_min_labels') }}
    union all
    -- a text in no known language was looked at, this one was not: what it says may be anything
    select
        month,
        person_id,
        'withhold',
        'sentiment_texts_gone' as reason_code,
        {{ reason_json([('n', 'n_unjudged', false), ('total', 'n_total', false)]) }},
        n_unjudged as n,
        n_unjudged as n_lost
    from people
    where n_unjudged > 0
),

contradictions as (
    select
        month,
        person_id,
        max(n_records) as n_total,
        max(n_conflicts) as n
    from {{ ref('fct_kpi_components') }}
    where
        kpi_id = 'positive_sentiment_share'
        and n_conflicts > 0
        and {{ in_run_months('month') }}
    group by month, person_id
),

-- rows of the review file that name no comment of their month
strays as (
    select
        by_people.month,
        count(*) as n
    from {{ source('company', 'sentiment_labels') }} as by_people
    left join {{ ref('int_comments') }} as comments
        on by_people.record_id = comments.record_id and by_people.month = comments.month
    where comments.record_id is null and {{ in_run_months('by_people.month') }}
    group by by_people.month
)

select
    month,
    'comments' as family,
    'person' as subject_type,
    person_id as subject_id,
    'coverage' as guard,
    severity,
    '' as kpi_scope,
    reason_code,
    reason_params,
    cast(n as bigint) as n,
    cast(n_lost as bigint) as n_lost
from stated

union all

select
    month,
    'comments' as family,
    'person' as subject_type,
    person_id as subject_id,
    'contradiction' as guard,
    'withhold' as severity,
    '' as kpi_scope,
    'contradiction' as reason_code,
    {{ reason_json([
        ('family', "'comments'", true),
        ('month', month_text('month'), true),
        ('n', 'n', false),
        ('share', percent_text('n', 'n_total'), true),
        ('subject', 'person_id', true),
        ('total', 'n_total', false),
    ]) }} as reason_params,
    cast(n as bigint) as n,
    cast(n as bigint) as n_lost
from contradictions

union all

select
    month,
    'comments' as family,
    'family' as subject_type,
    'comments' as subject_id,
    'coverage' as guard,
    'note' as severity,
    '' as kpi_scope,
    'sentiment_label_stray' as reason_code,
    {{ reason_json([('month', month_text('month'), true), ('n', 'n', false)]) }} as reason_params,
    cast(n as bigint) as n,
    cast(0 as bigint) as n_lost
from strays
