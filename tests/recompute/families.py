"""All families: importing this fills the registry.

Belongs here: one import a family module.
"""

from . import ads, analysis, commerce, communities, customers, leads, referrals, tickets, traffic, x_posts

FAMILIES = (ads, analysis, commerce, communities, customers, leads, referrals, tickets, traffic, x_posts)
