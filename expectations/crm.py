"""What to expect of deals and leads.

Belongs here: rules on the daily landing profiles of CRM exports. Which stage means won stands in company.yaml.
"""

from __future__ import annotations

from expectations.rules import Suite, no_negatives, no_repeats, profile_suite

ONCE = "Export the list view without a joined table; a join repeats each deal"

SUITES: tuple[Suite, ...] = (
    profile_suite("hubspot_deals", "HubSpot deals", no_repeats("deals", ONCE), no_negatives("amounts", "warning")),
    profile_suite(
        "crm_opportunities", "CRM opportunities", no_repeats("opportunities", ONCE), no_negatives("amounts", "warning")
    ),
    profile_suite("leads", "Leads", no_repeats("leads", ONCE)),
)
