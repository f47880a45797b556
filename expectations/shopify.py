"""What to expect of shop orders, and of who referred a customer.

Belongs here: rules on the daily landing profile of orders. Whose order it is, is the credit resolver's business.
"""

from __future__ import annotations

from expectations.rules import Suite, mostly_not_zero, no_negatives, no_repeats, profile_suite

SUITES: tuple[Suite, ...] = (
    profile_suite(
        "shopify_orders",
        "Shopify orders",
        # an order has one row a line item, so repeated keys are its shape and no fault
        no_negatives("amounts", "warning"),
        mostly_not_zero("totals", 0.5),
    ),
    profile_suite(
        "orders_generic",
        "Orders of other shops",
        # some exports have one row an item: repeated keys are their shape and no fault
        no_negatives("amounts", "warning"),
        mostly_not_zero("paid amounts", 0.5),
    ),
    profile_suite(
        "referrals",
        "Referrals of customers",
        no_repeats("a referred customer", "Keep the first referral of a customer; the first one counts", "warning"),
    ),
)
