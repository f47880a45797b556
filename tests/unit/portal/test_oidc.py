"""Sign-in by a provider: a real issuer on the loopback address, honest or lying in one thing at a time."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from joserfc import jwt
from joserfc.jwk import RSAKey
from portal_home import BASE, COMPANY, Browser

from pipelines.company.findings import InputError
from pipelines.portal.serving import make_portal

OWN = "/cards/2026-10/r1/E002"


class Issuer:
    """An OpenID provider that signs in whoever its `claims` name."""

    def __init__(self) -> None:
        self.key = RSAKey.generate_key(2048, {"kid": "one", "use": "sig"})
        self.signer = self.key
        self.claims: dict[str, Any] = {}
        self.nonce: str | None = None
        self.asked: dict[str, str] = {}
        issuer = self

        class Handler(BaseHTTPRequestHandler):
            def log_message(self, *_: object) -> None:
                return

            def _send(self, data: object) -> None:
                body = json.dumps(data).encode()
                self.send_response(200)
                self.send_header("content-type", "application/json")
                self.send_header("content-length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def do_GET(self) -> None:
                self._send(issuer.keys() if self.path == "/keys" else issuer.metadata())

            def do_POST(self) -> None:
                form = parse_qs(self.rfile.read(int(self.headers["content-length"])).decode())
                self._send(issuer.token({name: values[0] for name, values in form.items()}))

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def metadata(self) -> dict[str, Any]:
        return {
            "issuer": self.url,
            "authorization_endpoint": f"{self.url}/authorize",
            "token_endpoint": f"{self.url}/token",
            "jwks_uri": f"{self.url}/keys",
            "id_token_signing_alg_values_supported": ["RS256"],
        }

    def keys(self) -> dict[str, Any]:
        return {"keys": [self.key.as_dict(private=False)]}

    def token(self, form: dict[str, str]) -> dict[str, Any]:
        self.asked = form
        now = int(time.time())
        claims = {
            "iss": self.url,
            "aud": "portal",
            "sub": "s-1",
            "iat": now,
            "exp": now + 60,
            "nonce": self.nonce,
            "email": "e002@galaxy.example",
            "email_verified": True,
        } | self.claims
        signed = jwt.encode({"alg": "RS256", "kid": "one"}, claims, self.signer)
        return {"access_token": "a", "token_type": "Bearer", "id_token": signed}


@pytest.fixture(scope="module")
def issuer() -> Iterator[Issuer]:
    found = Issuer()
    yield found
    found.server.shutdown()


@pytest.fixture
def visitor(home: Path, clock, issuer: Issuer) -> Browser:
    issuer.claims, issuer.signer = {}, issuer.key
    block = f"portal: {{url: '{BASE}', oidc_issuer: '{issuer.url}', oidc_client_id: portal}}\n"
    (home / "company.yaml").write_text(COMPANY + block, encoding="utf-8")
    secret = home / "secrets" / "oidc_client_secret"
    secret.write_text("a client secret\n", encoding="utf-8")
    secret.chmod(0o600)
    return Browser(make_portal(home, clock))


def sign_in(visitor: Browser, issuer: Issuer, **forged: str):
    """Go to the provider and come back with what it would send."""
    sent = visitor.get("/login/oidc")
    assert sent.status_code == 302
    query = {name: values[0] for name, values in parse_qs(urlsplit(sent.headers["location"]).query).items()}
    issuer.nonce = query["nonce"]
    back = {"code": "c", "state": query["state"]} | forged
    return visitor.get("/login/oidc/callback?" + "&".join(f"{name}={value}" for name, value in back.items()))


def test_the_provider_names_a_person_by_a_verified_email(visitor: Browser, issuer: Issuer) -> None:
    assert "/login/oidc" in visitor.get("/login").text
    assert sign_in(visitor, issuer).status_code == 303
    assert visitor.get(OWN).status_code == 200
    assert visitor.get("/hr").status_code == 404
    assert issuer.asked["code_verifier"] and issuer.asked["redirect_uri"] == f"{BASE}/login/oidc/callback"


def test_the_provider_names_an_account_where_one_has_that_name(visitor: Browser, issuer: Issuer) -> None:
    issuer.claims = {"email": "HR"}
    assert sign_in(visitor, issuer).status_code == 303
    assert visitor.get("/hr").status_code == 200


@pytest.mark.parametrize(
    "claims",
    [
        {"email_verified": False},
        {"email_verified": "true"},
        {"email": None},
        {"iss": "https://evil.example"},
        {"aud": "another application"},
        {"nonce": "of another sign-in"},
        {"exp": 1_700_000_000},
    ],
)
def test_a_token_that_is_wrong_in_one_thing_signs_nobody_in(visitor: Browser, issuer: Issuer, claims) -> None:
    issuer.claims = claims
    assert sign_in(visitor, issuer).status_code == 401
    assert visitor.get(OWN).status_code == 303


def test_a_token_by_another_key_or_state_signs_nobody_in(visitor: Browser, issuer: Issuer) -> None:
    assert sign_in(visitor, issuer, state="forged").status_code == 401
    issuer.signer = RSAKey.generate_key(2048, {"kid": "one"})
    assert sign_in(visitor, issuer).status_code == 401
    assert visitor.get("/login/oidc/callback?error=access_denied").status_code == 401
    assert visitor.get("/login/oidc/callback").status_code == 401
    assert visitor.get(OWN).status_code == 303


def test_who_has_no_card_and_no_account_is_told_so(visitor: Browser, issuer: Issuer) -> None:
    issuer.claims = {"email": "stranger@elsewhere.example"}
    assert sign_in(visitor, issuer).status_code == 303
    assert visitor.get("/mine").status_code == 403


def test_a_provider_that_cannot_be_reached_is_said(home: Path, clock, visitor: Browser) -> None:
    block = f"portal: {{url: '{BASE}', oidc_issuer: 'http://127.0.0.1:9', oidc_client_id: portal}}\n"
    (home / "company.yaml").write_text(COMPANY + block, encoding="utf-8")
    answer = Browser(make_portal(home, clock)).get("/login/oidc")
    assert answer.status_code == 502 and "稍后再试" in answer.text


@pytest.mark.parametrize(("make", "said"), [("missing", "missing"), ("empty", "missing"), ("open", "others can read")])
def test_without_a_secret_of_its_own_the_portal_does_not_start(
    home: Path, clock, visitor: Browser, make: str, said: str
) -> None:
    secret = home / "secrets" / "oidc_client_secret"
    if make == "missing":
        secret.unlink()
    elif make == "empty":
        secret.write_text("\n", encoding="utf-8")
    else:
        secret.chmod(0o644)
    with pytest.raises(InputError, match=said):
        make_portal(home, clock)
