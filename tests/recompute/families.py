"""All families: importing this fills the registry.

Belongs here: one import a family module.
"""

from . import activity, commerce, events, groups, reviews, service, tickets, traffic, wecom, x_posts

FAMILIES = (activity, commerce, events, groups, reviews, service, tickets, traffic, wecom, x_posts)
