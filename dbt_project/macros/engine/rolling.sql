{# Aggregates over a frame of rows, whose names differ by engine: the caller writes `over ...` behind them. #}

{# Median. #}
{% macro rolling_median(measure) -%}
    {{ return(adapter.dispatch('rolling_median')(measure)) }}
{%- endmacro %}
{% macro duckdb__rolling_median(measure) -%}
    median({{ measure }})
{%- endmacro %}

{# Median of the distances from the median. #}
{% macro rolling_mad(measure) -%}
    {{ return(adapter.dispatch('rolling_mad')(measure)) }}
{%- endmacro %}
{% macro duckdb__rolling_mad(measure) -%}
    mad({{ measure }})
{%- endmacro %}
