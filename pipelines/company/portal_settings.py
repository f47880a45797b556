"""The block `portal` of company.yaml: how the portal is reached, who vouches for people, who sees a seal when.

Belongs here: the keys, their defaults and what one value alone can violate. Does not belong here: secrets, which stand
in files of `secrets/` (docs/portal.md), and what a setting does (`pipelines.portal`).
"""

from __future__ import annotations

from ipaddress import ip_address
from typing import Annotated, Self
from urllib.parse import urlsplit

from pydantic import BeforeValidator, model_validator

from pipelines.company.fields import OptionalText, choice, counted, wrong
from pipelines.company.section import Section, Texts

STAGED = "staged"
AT_ONCE = "at_once"
OIDC_CLAIMS = ("email", "preferred_username", "sub")


def _web_address(value: object) -> str:
    """Read an http or https address without path, query or credentials; empty where there is none."""
    told = str(value or "").strip().rstrip("/")
    if not told:
        return ""
    parts = urlsplit(told)
    plain = parts.scheme in ("http", "https") and parts.hostname and not (parts.username or parts.query)
    if not plain or parts.fragment:
        raise wrong("not_a_web_address")
    return told


WebAddress = Annotated[str, BeforeValidator(_web_address)]


class PortalSettings(Section):
    """How the portal is reached and what it asks for.

    Attributes:
        url: the address that people open, such as https://kpi.example.com; empty for the loopback address alone. Under
            https the cookies are sent over https only.
        trusted_proxies: addresses of proxies whose word on who is there is taken; anybody else's is thrown away.
        proxy_header: the header in which such a proxy names the person.
        oidc_issuer: the issuer of an OpenID Connect provider; empty for none.
        oidc_client_id: the id under which the provider knows the portal.
        oidc_claim: which claim names the person: an account, or the e-mail of people/people.csv.
        release: `staged`, HR shows a sealed revision to managers, then to people; `at_once`, sealing shows it to all.
        objection_working_days: within how many working days after a revision was shown a person may object.
        attachment_megabytes: the largest file that an objection may carry.
    """

    url: WebAddress = ""
    trusted_proxies: Texts = ()
    proxy_header: OptionalText = "X-Forwarded-User"
    oidc_issuer: WebAddress = ""
    oidc_client_id: OptionalText = ""
    oidc_claim: Annotated[str, choice(*OIDC_CLAIMS)] = "email"
    release: Annotated[str, choice(STAGED, AT_ONCE)] = STAGED
    objection_working_days: Annotated[int, counted(1, 250)] = 10
    attachment_megabytes: Annotated[int, counted(1, 50)] = 5

    @model_validator(mode="after")
    def _proxies_are_addresses(self) -> Self:
        for one in self.trusted_proxies:
            try:
                ip_address(one)
            except ValueError as error:
                raise wrong("not_an_address", column="trusted_proxies", value=one) from error
        if self.trusted_proxies and not self.proxy_header:
            raise wrong("proxy_without_header", column="proxy_header", value="")
        return self

    @model_validator(mode="after")
    def _provider_is_whole(self) -> Self:
        if bool(self.oidc_issuer) != bool(self.oidc_client_id):
            missing = "oidc_client_id" if self.oidc_issuer else "oidc_issuer"
            raise wrong("oidc_half", column=missing, value="")
        if self.oidc_issuer and not self.url:
            raise wrong("oidc_without_url", column="url", value="")
        return self
