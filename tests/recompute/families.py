"""All families: importing this fills the registry.

Belongs here: one import a family module.
"""

from . import commerce, events, reviews, service, tickets, traffic, x_posts

FAMILIES = (commerce, events, reviews, service, tickets, traffic, x_posts)
