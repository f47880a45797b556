{#
    How a record finds the persons who are credited for it.

    The steps of the resolver: 1 approved override, 2 actor id in the system, 3 user of the publishing tool, 4 signature,
    5 promo or UTM code, 6 split table, 7 duty roster, 8 assignment, 9 UNASSIGNED. A record type names its claims in the
    order in which they are tried; the first that leads to somebody employed at the event decides. Where a code or a
    split was agreed it goes before the actor: the code says who brought a customer, the owner field who was handed the
    paperwork.
#}

{# Codes as they are compared: promo codes upper case, UTM codes and campaigns lower case, other ids as they are. #}
{% macro code_key(subject_type, subject_id) -%}
    case
        when {{ subject_type }} = 'promo_code' then upper(trim({{ subject_id }}))
        when {{ subject_type }} in ('utm_code', 'campaign') then lower(trim({{ subject_id }}))
        else {{ subject_id }}
    end
{%- endmacro %}

{# The credit windows, each once, for `claim_joins`. #}
{% macro credit_windows() -%}
    select distinct
        window_id,
        claim,
        subject_type,
        subject_id,
        valid_from,
        valid_to,
        held_from,
        held_to
    from {{ ref('int_credit_windows') }}
{%- endmacro %}

{#
    Joins a record to the window of each of its claims; `claimed_window` then takes the first. Needs a CTE `windows`.

    Args:
        act: prefix of the aliases, where a record is credited for several acts.
        happened_at, credited_at: columns, UTC; the latter lies inside the month that counts the record.
        claims: list of (claim, subject type, column with the subject id), first come first tried. Claims are override,
            actor, roster and assignment of int_credit_windows.
#}
{% macro claim_joins(act, happened_at, credited_at, claims) -%}
    {%- for claim in claims %}
    {%- set alias = act ~ '_claim_' ~ loop.index %}
    left join windows as {{ alias }}
        on {{ claim[2] }} = {{ alias }}.subject_id
        and {{ alias }}.claim = '{{ claim[0] }}'
        and {{ alias }}.subject_type = '{{ claim[1] }}'
        and {{ credited_at }} >= {{ alias }}.valid_from
        and {{ credited_at }} < {{ alias }}.valid_to
        {%- if claim[0] == 'actor' %}
        and {{ happened_at }} >= {{ alias }}.held_from
        and {{ happened_at }} < {{ alias }}.held_to
        {%- endif %}
    {%- endfor %}
{%- endmacro %}

{# The window that decides a record, NULL where nobody is credited: the first of its claims that leads to somebody. #}
{% macro claimed_window(act, claims) -%}
    coalesce(
        {%- for claim in claims %}
        {{ act }}_claim_{{ loop.index }}.window_id{{ ',' if not loop.last }}
        {%- endfor %}
    )
{%- endmacro %}

{#
    The claims of one act on a ticket (a CTE `named`) by whoever's key the column holds, as in `claim_joins`; without those
    of systems that the run has no ticket of. Only Zendesk and Chatwoot name inboxes; the account is the inbox of a ticket
    that names none.
#}
{% macro ticket_claims(record_type, actor_key, has_zendesk, has_chatwoot) -%}
    {%- set absent = [] -%}
    {%- if not has_zendesk -%}{%- do absent.append('zendesk') -%}{%- endif -%}
    {%- if not has_chatwoot -%}{%- do absent.append('chatwoot') -%}{%- endif -%}
    {%- set claims = [
        ('override', record_type, 'named.record_id'),
        ('override', record_type, 'named.ticket_id'),
        ('actor', 'tickets', "case when named.source_system = 'tickets' then named." ~ actor_key ~ ' end'),
        ('actor', 'zendesk', "case when named.source_system = 'zendesk' then named." ~ actor_key ~ ' end'),
        ('actor', 'chatwoot', "case when named.source_system = 'chatwoot' then named." ~ actor_key ~ ' end'),
        ('roster', 'inbox', 'coalesce(named.inbox_id, named.account_id)'),
        ('roster', 'account', 'named.account_id'),
        ('assignment', 'inbox', 'coalesce(named.inbox_id, named.account_id)'),
        ('assignment', 'account', 'named.account_id'),
    ] -%}
    {{ return(claims | rejectattr(1, 'in', absent) | list) }}
{%- endmacro %}

{#
    One row per record of a type with the credit window that decides it.

    Args:
        record_type: as in company.overrides.
        records: relation or CTE with record_id, month, happened_at (UTC) and credited_at (UTC, inside the month that
            counts the record).
        claims: as in `claim_joins`.
        with_method: adds the column `method`, the kind of the claim that decides: its subject type, before it the claim
            unless that is an assignment; `none` where nobody is credited.
#}
{% macro claimed_windows(record_type, records, claims, with_method=false) -%}
    select
        '{{ record_type }}' as record_type,
        records.record_id,
        records.month,
        {{ claimed_window('record', claims) }} as window_id
        {%- if with_method %},
        case
            {%- for claim in claims %}
            when record_claim_{{ loop.index }}.window_id is not null
                then '{{ claim[1] if claim[0] == 'assignment' else claim[0] ~ '_' ~ claim[1] }}'
            {%- endfor %}
            else 'none'
        end as method
        {%- endif %}
    from {{ records }} as records
    {{ claim_joins('record', 'records.happened_at', 'records.credited_at', claims) }}
{%- endmacro %}

{# Who is credited by a joined row of int_credit_windows (NULLs: nobody), and how much. #}
{% macro credited_person(members) -%}
    coalesce({{ members }}.person_id, 'UNASSIGNED') as person_id,
    coalesce({{ members }}.segment_id, '') as segment_id,
    coalesce({{ members }}.weight, cast(1 as decimal(9, 6))) as weight,
    coalesce({{ members }}.rule_step, 9) as rule_step
{%- endmacro %}

{# The rows of a credit table: each claimed record once a person of its window, shares that add up to it. #}
{% macro split_credit(claimed) -%}
select
    claimed.record_type,
    claimed.record_id,
    claimed.month,
    {{ credited_person('members') }},
    'split' as credit_kind
from {{ claimed }} as claimed
left join {{ ref('int_credit_windows') }} as members on claimed.window_id = members.window_id
{%- endmacro %}
