"""All families: importing this fills the registry.

Belongs here: one import a family module.
"""

from . import commerce, customers, leads, referrals, tickets, traffic, x_posts

FAMILIES = (commerce, customers, leads, referrals, tickets, traffic, x_posts)
