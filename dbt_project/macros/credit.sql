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

{#
    One row per record of a type with the credit window that decides it (NULL: nobody, so UNASSIGNED).

    Args:
        record_type: as in company.overrides.
        records: relation or CTE with record_id, month, happened_at (UTC) and credited_at (UTC, inside the month that
            counts the record).
        claims: list of (claim, subject type, column with the subject id), first come first tried. Claims are override,
            actor, roster and assignment of int_credit_windows.
#}
{% macro claimed_windows(record_type, records, claims) -%}
    select
        '{{ record_type }}' as record_type,
        records.record_id,
        records.month,
        coalesce(
            {%- for claim in claims %}
            claim_{{ loop.index }}.window_id{{ ',' if not loop.last }}
            {%- endfor %}
        ) as window_id
    from {{ records }} as records
    {%- for claim in claims %}
    left join windows as claim_{{ loop.index }}
        on records.{{ claim[2] }} = claim_{{ loop.index }}.subject_id
        and claim_{{ loop.index }}.claim = '{{ claim[0] }}'
        and claim_{{ loop.index }}.subject_type = '{{ claim[1] }}'
        and records.credited_at >= claim_{{ loop.index }}.valid_from
        and records.credited_at < claim_{{ loop.index }}.valid_to
        {%- if claim[0] == 'actor' %}
        and records.happened_at >= claim_{{ loop.index }}.held_from
        and records.happened_at < claim_{{ loop.index }}.held_to
        {%- endif %}
    {%- endfor %}
{%- endmacro %}
