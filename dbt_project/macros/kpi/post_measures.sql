{# What counts of a post: written once, used by the posts view, the outlier model and the team overlay. #}

{# Likes + reposts + replies + quotes + weighted bookmarks; NULL when an always-exported part is missing. #}
{# Exports without quotes count them as reposts; exports without bookmarks have none to weigh. #}
{% macro weighted_interactions(posts, settings) -%}
    (
        {{ posts }}.likes + {{ posts }}.reposts + {{ posts }}.replies + coalesce({{ posts }}.quotes, 0)
        + {{ settings }}.bookmark_weight * coalesce({{ posts }}.bookmarks, 0)
    )
{%- endmacro %}

{# Written by the account itself: posts and replies, not reposts of others. #}
{% macro is_own_text(posts) -%}
    coalesce({{ posts }}.text_kind, 'post') <> 'repost'
{%- endmacro %}

{# A post in the narrow sense: neither a reply nor a repost. #}
{% macro is_own_post(posts) -%}
    coalesce({{ posts }}.text_kind, 'post') not in ('repost', 'reply')
{%- endmacro %}

{# Whether a post is original; a repost never is, whatever the content log says. NULL when nobody flagged it. #}
{% macro original_flag(posts) -%}
    case when {{ posts }}.text_kind = 'repost' then false else {{ posts }}.is_original end
{%- endmacro %}

{% macro post_impressions(posts) -%}
    case when {{ is_own_text(posts) }} then {{ posts }}.impressions end
{%- endmacro %}
