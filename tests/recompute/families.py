"""All families: importing this fills the registry.

Belongs here: one import a family module.
"""

from . import (
    activity,
    articles,
    commerce,
    content_items,
    events,
    groups,
    growth,
    mentions,
    reviews,
    service,
    tickets,
    traffic,
    wecom,
    x_content,
    x_posts,
)

FAMILIES = (
    activity,
    articles,
    commerce,
    content_items,
    events,
    groups,
    growth,
    mentions,
    reviews,
    service,
    tickets,
    traffic,
    wecom,
    x_content,
    x_posts,
)
