"""What to expect of shop orders.

Belongs here: rules on the daily landing profile of orders. Whose order it is, is the credit resolver's business.
"""

from __future__ import annotations

from expectations.rules import Suite, mostly_not_zero, no_negatives, profile_suite

SUITES: tuple[Suite, ...] = (
    profile_suite(
        "shopify_orders",
        "Shopify orders",
        # an order has one row a line item, so repeated keys are its shape and no fault
        no_negatives("amounts", "warning"),
        mostly_not_zero("totals", 0.5),
    ),
)
