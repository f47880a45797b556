{# What the burst guard says of a follower of int_list_suspects: the sentence, and the same numbers as JSON. #}

{# The sentence: `reasons` has text_en of the code `burst_<rule>`. #}
{% macro suspect_reason(suspects, reasons) -%}
    {%- set ns = namespace(sql=reasons ~ '.text_en') -%}
    {%- for name, column in [
        ('created_on', 'created_on'), ('n', 'n'), ('expected', 'expected'), ('day', 'followed_on'),
        ('points', 'points'), ('threshold', 'window_points')
    ] -%}
        {%- set value = "coalesce(cast(" ~ suspects ~ "." ~ column ~ " as varchar), '')" -%}
        {%- set ns.sql = "replace(" ~ ns.sql ~ ", '{" ~ name ~ "}', " ~ value ~ ")" -%}
    {%- endfor -%}
    {{ ns.sql }}
{%- endmacro %}

{# The same numbers as JSON. A batch is told by its size, a window by the points and how far it is from the usual. #}
{% macro suspect_evidence(suspects) -%}
    case {{ suspects }}.rule
        when 'cluster'
            then '{"rule":"cluster","created_on":"' || cast({{ suspects }}.created_on as varchar)
                || '","n":' || cast({{ suspects }}.n as varchar)
                || ',"expected":' || cast({{ suspects }}.expected as varchar) || '}'
        else '{"rule":"window","day":"' || cast({{ suspects }}.followed_on as varchar)
            || '","points":' || cast({{ suspects }}.points as varchar)
            || ',"threshold":' || cast({{ suspects }}.window_points as varchar)
            || ',"z":' || coalesce(cast({{ suspects }}.z as varchar), 'null') || '}'
    end
{%- endmacro %}
