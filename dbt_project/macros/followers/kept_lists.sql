{#
    What is kept of follower lists from run to run: millions of rows are read, told apart and scored once, and again only
    when a list that they follow from has changed.

    A model that keeps lists has beside it a ledger (`<model>__lists`): for each list, by account and day, the state that
    its rows were made of, one number. A run compares the ledger with the states that the model should be made of now
    (`wanted`: account_id, day, state). What differs is the list that came, went or changed (`<model>__changed`); the
    model deletes and makes again what follows from these and leaves everything else. So the rows are those of a build
    from nothing, whatever came in which order.

    Ledger and rows are written by the same node into a file that is kept whole or thrown away whole, and each model has
    a ledger of its own, so that none believes of another what it has not done itself.

    As hooks of a model, around its rows:
        pre_hook: find_changed_lists(wanted), then what deletes
        post_hook: remember_lists()
#}

{# A table beside the model that is being built. #}
{% macro beside_this(suffix) -%}
    {{ api.Relation.create(database=this.database, schema=this.schema, identifier=this.identifier ~ '__' ~ suffix) }}
{%- endmacro %}

{# The ledger of another model that keeps lists. #}
{% macro ledger_of(relation) -%}
    {{ api.Relation.create(
        database=relation.database, schema=relation.schema, identifier=relation.identifier ~ '__lists'
    ) }}
{%- endmacro %}

{# Makes the table of lists whose rows are not made of the wanted state: NULL of a list that is no more. #}
{% macro find_changed_lists(wanted) -%}
    {%- set ledger = beside_this('lists') -%}
    create {{ 'table if not exists' if is_incremental() else 'or replace table' }} {{ ledger }} (
        account_id varchar, day date, state ubigint
    );
    create or replace table {{ beside_this('changed') }} as
    select
        coalesce(wanted.account_id, kept.account_id) as account_id,
        coalesce(wanted.day, kept.day) as day,
        wanted.state
    from ({{ wanted }}) as wanted
    full join {{ ledger }} as kept on wanted.account_id = kept.account_id and wanted.day = kept.day
    where wanted.state is distinct from kept.state
{%- endmacro %}

{# Deletes the rows of changed lists from the model; `day` is the column that tells the list of a row. #}
{% macro delete_changed_lists(day='day') -%}
    {%- if is_incremental() -%}
    delete from {{ this }} as kept
    using {{ beside_this('changed') }} as changed
    where kept.account_id = changed.account_id and kept.{{ day }} = changed.day
    {%- else -%}
    select 1
    {%- endif -%}
{%- endmacro %}

{# The lists to make rows of: those that changed and are still there; `every` (a query) where nothing is kept. #}
{% macro lists_to_make(every) -%}
    {%- if is_incremental() -%}
    (select account_id, day from {{ beside_this('changed') }} where state is not null)
    {%- else -%}
    ({{ every }})
    {%- endif -%}
{%- endmacro %}

{# Writes into the ledger what the rows are made of now. #}
{% macro remember_lists() -%}
    {%- set ledger, changed = beside_this('lists'), beside_this('changed') -%}
    delete from {{ ledger }} as kept using {{ changed }} as changed
    where kept.account_id = changed.account_id and kept.day = changed.day;
    insert into {{ ledger }} by name select account_id, day, state from {{ changed }} where state is not null;
    drop table {{ changed }}
{%- endmacro %}

{#
    A condition that lets the reader pass over every file but a few: their names as literals, as no file is left out for
    the sake of a join. `wanted` is a query of names, asked when the model is compiled: without a name no file is read.
    Where nothing is kept all are.
#}
{% macro only_files(column, wanted) -%}
    {%- if execute and is_incremental() -%}
        {%- set names = run_query(wanted).columns[0].values() -%}
    {{ column }} in ('{{ names | sort | join("', '") }}')
    {%- else -%}
    true
    {%- endif -%}
{%- endmacro %}

{# States of the lists that the presence of followers is made of: the files that state them, in order. #}
{% macro presence_states() -%}
    select account_id, day, files as state from {{ ref('int_follower_list_files') }}
{%- endmacro %}

{# Who was seen first in a list follows from this list and all before. #}
{% macro first_states() -%}
    select account_id, day, history as state from {{ ref('int_follower_lists') }}
{%- endmacro %}

{# Stays follow from whole lists, and whether somebody is new from all lists before. #}
{% macro spell_states() -%}
    select
        lists.account_id,
        lists.day,
        {{ fingerprint(['lists.whole_history', 'firsts.state']) }} as state
    from {{ ref('int_follower_lists') }} as lists
    left join {{ ledger_of(ref('int_follower_firsts')) }} as firsts
        on lists.account_id = firsts.account_id and lists.day = firsts.day
    where lists.is_whole
{%- endmacro %}

{#
    Which profiles of a list are scored follows from the lists before, and from the whole list after it, in which who has
    left is missing; their points from the card.
#}
{% macro look_states() -%}
    select
        lists.account_id,
        lists.day,
        {{ fingerprint(['lists.whole_history', 'firsts.state', 'spells.state', 'following.state', 'card.state']) }} as state
    from {{ ref('int_follower_lists') }} as lists
    left join {{ ledger_of(ref('int_follower_firsts')) }} as firsts
        on lists.account_id = firsts.account_id and lists.day = firsts.day
    left join {{ ledger_of(ref('int_follower_spells')) }} as spells
        on lists.account_id = spells.account_id and lists.day = spells.day
    left join {{ ledger_of(ref('int_follower_spells')) }} as following
        on lists.account_id = following.account_id and lists.next_whole_day = following.day
    cross join (
        select {{ fingerprint(['list(card order by card.valid_from)']) }} as state
        from ({{ follower_card(ref('follower_points'), ref('follower_reasons'), 'text_en') }}) as card
    ) as card
{%- endmacro %}

{# Pre-hook: files that this run does not read leave. #}
{% macro delete_files_not_read() -%}
    {%- if is_incremental() -%}
    delete from {{ this }} where _content_id not in (select content_id from {{ source('control', 'attached_files') }})
    {%- else -%}
    select 1
    {%- endif -%}
{%- endmacro %}

{# Files of follower lists that this run reads and no run has read before. #}
{% macro files_not_kept() -%}
    select attached.content_id
    from {{ source('control', 'attached_files') }} as attached
    inner join {{ source('landing', 'files') }} as files
        on attached.content_id = files.content_id and files.spec_id = 'follower_snapshots'
    where attached.content_id not in (select kept._content_id from {{ this }} as kept)
{%- endmacro %}

{# Files that state a list which is not kept as it is stated now. #}
{% macro files_of_changed_lists() -%}
    select distinct stated._content_id
    from {{ ref('int_follower_files') }} as stated
    inner join {{ ref('int_follower_list_files') }} as lists
        on stated.account_id = lists.account_id and stated.day = lists.day
    left join {{ beside_this('lists') }} as kept
        on lists.account_id = kept.account_id and lists.day = kept.day and lists.files = kept.state
    where kept.state is null
{%- endmacro %}

{#
    Pre-hook of stays: those of accounts with a changed list, as they were until the last whole list before it, are put
    aside, and all of them leave. What lies after is told anew by the lists.
#}
{% macro put_spells_aside() -%}
    {%- if is_incremental() -%}
    create or replace table {{ beside_this('aside') }} as
    with changed as (
        select account_id, min(day) as day from {{ beside_this('changed') }} group by account_id
    ),

    sound as (
        select
            changed.account_id,
            max(lists.day) as last_day
        from changed
        inner join {{ ref('int_follower_lists') }} as lists
            on changed.account_id = lists.account_id and lists.is_whole and lists.day < changed.day
        group by changed.account_id
    )

    select
        spells.account_id,
        spells.follower_key,
        spells.first_day,
        least(spells.last_day, sound.last_day) as last_day
    from {{ this }} as spells
    inner join sound on spells.account_id = sound.account_id and spells.first_day <= sound.last_day;
    delete from {{ this }} where account_id in (select account_id from {{ beside_this('changed') }})
    {%- else -%}
    select 1
    {%- endif -%}
{%- endmacro %}
{% macro drop_spells_aside() -%}
    drop table if exists {{ beside_this('aside') }}
{%- endmacro %}
