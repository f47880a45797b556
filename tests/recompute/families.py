"""All families: importing this fills the registry.

Belongs here: the name of each family's module.
"""

from importlib import import_module

FAMILIES = tuple(
    import_module(f".{name}", __package__)
    for name in (
        "activity",
        "ads",
        "analysis",
        "articles",
        "commerce",
        "communities",
        "content_items",
        "customers",
        "events",
        "follower_lists",
        "groups",
        "growth",
        "leads",
        "mentions",
        "referrals",
        "reviews",
        "savings",
        "sentiment",
        "service",
        "tickets",
        "traffic",
        "wecom",
        "x_content",
        "x_posts",
    )
)
