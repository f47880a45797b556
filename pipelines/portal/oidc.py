"""Sign-in by an OpenID Connect provider: authorisation code with PKCE, state and nonce, by Authlib.

Belongs here: the client, its secret, and which claim names the person. Does not belong here: what follows from the name
(`identity`). The provider's signing keys and addresses come from its own discovery document.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pipelines.company.findings import Finding, InputError
from pipelines.company.portal_settings import PortalSettings
from pipelines.portal.accounts import account_name
from pipelines.texts import text

SECRET_FILE = Path("secrets") / "oidc_client_secret"
CALLBACK = "/login/oidc/callback"
_DISCOVERY = "/.well-known/openid-configuration"


def client_of(home: Path, settings: PortalSettings, lang: str = "en") -> Any:
    """Return Authlib's client of the company's provider; None where the company has none.

    Raises:
        InputError: when there is no client secret, or others can read it.
    """
    if not settings.oidc_issuer:
        return None
    path = home / SECRET_FILE
    if not path.is_file() or not (secret := path.read_text(encoding="utf-8").strip()):
        raise _refused("portal.oidc.secret", lang)
    if path.stat().st_mode & 0o077:
        raise _refused("portal.oidc.open", lang)
    from authlib.integrations.starlette_client import OAuth

    return OAuth().register(
        "provider",
        server_metadata_url=settings.oidc_issuer + _DISCOVERY,
        client_id=settings.oidc_client_id,
        client_secret=secret,
        client_kwargs={"scope": "openid email profile", "code_challenge_method": "S256", "timeout": 10},
    )


def name_in(claims: Mapping[str, Any], settings: PortalSettings) -> str:
    """Return the name that the provider vouches for; empty where it does not.

    An e-mail counts only where the provider says that it has verified it: elsewhere everybody could claim anybody's.
    """
    if settings.oidc_claim == "email" and claims.get("email_verified") is not True:
        return ""
    if str(claims.get("iss", "")).rstrip("/") != settings.oidc_issuer:
        return ""
    told = claims.get(settings.oidc_claim)
    return account_name(told) if isinstance(told, str) else ""


def _refused(key: str, lang: str) -> InputError:
    return InputError([Finding(SECRET_FILE.as_posix(), problem=text(key, lang), mend=text(f"{key}.mend", lang))])
