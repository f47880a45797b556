"""Every source there is, in one tuple. A new source module is added here and nowhere else."""

from __future__ import annotations

from pipelines.sources import (
    ads,
    ads_platforms,
    apps,
    chatwoot,
    comments,
    content,
    crm,
    events,
    followers,
    ga4,
    groups,
    hubspot,
    incidents,
    leads,
    listening,
    members,
    official_accounts,
    orders,
    publishing,
    registers,
    shopify,
    surveys,
    tickets,
    touchpoints,
    web,
    wecom,
    x,
    zendesk,
)
from pipelines.sources.spec import SourceSpec

ALL_SPECS: tuple[SourceSpec, ...] = (
    *x.SPECS,
    *followers.SPECS,
    *shopify.SPECS,
    *hubspot.SPECS,
    *crm.SPECS,
    *tickets.SPECS,
    *zendesk.SPECS,
    *ads.SPECS,
    *groups.SPECS,
    *leads.SPECS,
    *web.SPECS,
    *content.SPECS,
    *incidents.SPECS,
    *wecom.SPECS,
    *members.SPECS,
    *official_accounts.SPECS,
    *publishing.SPECS,
    *listening.SPECS,
    *orders.SPECS,
    *ads_platforms.SPECS,
    *apps.SPECS,
    *ga4.SPECS,
    *touchpoints.SPECS,
    *registers.SPECS,
    *events.SPECS,
    *surveys.SPECS,
    *chatwoot.SPECS,
    *comments.SPECS,
)

_BY_ID = {spec.id: spec for spec in ALL_SPECS}


def spec_of(spec_id: str) -> SourceSpec:
    """Return the spec of that id; KeyError when there is none."""
    return _BY_ID[spec_id]
