"""All families: importing this fills the registry.

Belongs here: one import a family module.
"""

from . import articles, commerce, content_items, growth, mentions, tickets, traffic, x_content, x_posts

FAMILIES = (articles, commerce, content_items, growth, mentions, tickets, traffic, x_content, x_posts)
