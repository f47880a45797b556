"""All families: importing this fills the registry.

Belongs here: one import a family module.
"""

from . import (
    activity,
    ads,
    analysis,
    articles,
    commerce,
    communities,
    content_items,
    customers,
    events,
    groups,
    growth,
    leads,
    mentions,
    referrals,
    reviews,
    sentiment,
    service,
    tickets,
    traffic,
    wecom,
    x_content,
    x_posts,
)

FAMILIES = (
    activity,
    ads,
    analysis,
    articles,
    commerce,
    communities,
    content_items,
    customers,
    events,
    groups,
    growth,
    leads,
    mentions,
    referrals,
    reviews,
    sentiment,
    service,
    tickets,
    traffic,
    wecom,
    x_content,
    x_posts,
)
