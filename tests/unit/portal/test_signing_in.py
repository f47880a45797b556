"""Signing in: sessions that end, forms that nobody else can send, doors that close after failures, forged headers."""

from __future__ import annotations

from pathlib import Path

import pytest
from portal_home import COMPANY, PASSWORDS, Browser

from pipelines.portal.accounts import remove_account, set_account
from pipelines.portal.serving import make_portal

OWN = "/cards/2026-10/r1/E002"
PROXY = COMPANY + "portal: {trusted_proxies: [10.0.0.7], proxy_header: X-Forwarded-User}\n"


def test_a_session_ends_after_an_hour_whatever_was_clicked(browse, clock) -> None:
    person = browse("e002")
    clock.pass_by(minutes=59)
    assert person.get(OWN).status_code == 200
    clock.pass_by(minutes=2)
    answer = person.get(OWN)
    assert answer.status_code == 303 and answer.headers["location"] == "/login?next=/cards/2026-10/r1/E002"
    assert person.post(f"{OWN}/acknowledge").status_code == 303


def test_the_cookie_is_closed_to_scripts_and_other_sites(browse, home: Path, clock) -> None:
    person = browse()
    cookie = person.login("e002").headers["set-cookie"]
    assert "HttpOnly" in cookie and "SameSite=lax" in cookie and "Secure" not in cookie and "Max-Age=3600" in cookie
    (home / "company.yaml").write_text(COMPANY + "portal: {url: https://kpi.example.com}\n", encoding="utf-8")
    safe = Browser(make_portal(home, clock))
    answer = safe.get("/login", headers={"host": "kpi.example.com"})
    assert "__Host-visitor" in answer.headers["set-cookie"] and "Secure" in answer.headers["set-cookie"]
    assert answer.headers["strict-transport-security"] == "max-age=31536000"


def test_after_signing_in_the_link_goes_on_within_the_portal_alone(browse) -> None:
    for wanted, given in (("/team", "/team"), ("https://evil.example", "/"), ("//evil.example", "/"), ("/\\evil", "/")):
        person = browse()
        person.get("/login")
        answer = person.post("/login", {"name": "e002", "password": PASSWORDS["e002"], "next": wanted})
        assert answer.headers["location"] == given
    assert browse().get("/language/en?back=//evil.example").headers["location"] == "/"


def test_five_failures_close_an_account_for_a_quarter_of_an_hour(browse, clock, portal) -> None:
    visitor = browse()
    visitor.get("/login")
    for _ in range(5):
        assert visitor.post("/login", {"name": "E002", "password": "wrong"}).status_code == 401
    answer = visitor.post("/login", {"name": "e002", "password": PASSWORDS["e002"]})
    assert answer.status_code == 429 and "15" in answer.text
    clock.pass_by(minutes=16)
    assert visitor.login("e002").status_code == 303
    refused = [entry for entry in portal.ledger.entries() if entry.act == "login" and entry.outcome == "refused"]
    assert [entry.detail["why"] for entry in refused] == ["password"] * 5 + ["too many failures"]


def test_an_unknown_name_is_refused_like_a_wrong_password_and_is_not_kept(browse, portal) -> None:
    visitor = browse()
    visitor.get("/login")
    one = visitor.post("/login", {"name": "my secret password", "password": "x"})
    other = visitor.post("/login", {"name": "e002", "password": "x"})
    assert one.status_code == other.status_code == 401
    assert "secret" not in "".join(str(entry) for entry in portal.ledger.entries())


@pytest.mark.parametrize("token", ["", "0" * 64, "ü"])
def test_a_form_without_its_token_does_nothing(browse, portal, token: str) -> None:
    person = browse("e002")
    person.csrf = token
    assert person.post(f"{OWN}/acknowledge").status_code == 403
    assert portal.ledger.acknowledged("2026-10", 1) == {}
    assert person.post("/logout").status_code == 403
    stranger = browse()
    stranger.get("/login")
    stranger.csrf = token
    assert stranger.post("/login", {"name": "e002", "password": PASSWORDS["e002"]}).status_code == 403


def test_the_token_of_another_session_is_none(browse) -> None:
    one, other = browse("e001"), browse("e002")
    other.csrf = one.csrf
    assert other.post(f"{OWN}/acknowledge").status_code == 403


def test_signing_out_ends_the_session_for_a_copied_cookie_too(browse, portal) -> None:
    person, thief = browse("e002"), browse()
    thief.client.cookies.update(person.client.cookies)
    assert thief.get(OWN).status_code == 200
    assert person.post("/logout").status_code == 303
    assert thief.get(OWN).status_code == 303
    thief.client.cookies.set("scorecards", "made up")
    assert thief.get(OWN).status_code == 303


def test_an_account_that_is_removed_or_made_anew_is_out_at_the_next_click(browse, home: Path) -> None:
    person, hr = browse("e002"), browse("hr")
    remove_account(home, "e002")
    assert person.get(OWN).status_code == 403
    set_account(home, "hr", "E005", ("person",), "another long password")
    assert hr.get("/hr").status_code == 403


def test_a_forged_proxy_header_is_thrown_away(home: Path, clock) -> None:
    (home / "company.yaml").write_text(PROXY, encoding="utf-8")
    portal = make_portal(home, clock)
    forged = {"X-Forwarded-User": "hr"}
    assert Browser(portal).get("/hr", headers=forged).status_code == 303
    assert Browser(portal, peer="10.0.0.8").get("/hr", headers=forged).status_code == 303
    signed_in = Browser(portal)
    signed_in.login("e002")
    assert signed_in.get("/hr", headers=forged).status_code == 404


def test_a_trusted_proxy_vouches_for_accounts_and_for_people_by_email(home: Path, clock) -> None:
    (home / "company.yaml").write_text(PROXY, encoding="utf-8")
    portal = make_portal(home, clock)
    behind = Browser(portal, peer="10.0.0.7")
    assert behind.get("/hr", headers={"X-Forwarded-User": "hr"}).status_code == 200
    by_email = Browser(portal, peer="10.0.0.7")
    header = {"X-Forwarded-User": "E002@Galaxy.example"}
    assert by_email.get(OWN, headers=header).status_code == 200
    assert by_email.post(f"{OWN}/acknowledge", headers=header).status_code == 303
    assert by_email.get("/hr", headers=header).status_code == 404
    # somebody else at the same browser, nobody at all, two at once, a name that nobody has
    assert by_email.get("/cards/2026-10/r1/E001", headers={"X-Forwarded-User": "e001"}).status_code == 200
    assert by_email.get(OWN).status_code == 303
    two = [("X-Forwarded-User", "e002"), ("X-Forwarded-User", "hr")]
    assert by_email.get("/hr", headers=two).status_code == 303
    answer = by_email.get("/mine", headers={"X-Forwarded-User": "someone@elsewhere.example"})
    assert answer.status_code == 403


def test_without_trusted_proxies_the_header_means_nothing(browse) -> None:
    assert browse(peer="127.0.0.1").get("/hr", headers={"X-Forwarded-User": "hr"}).status_code == 303


def test_another_host_name_reaches_nothing(browse) -> None:
    answer = browse().get("/login", headers={"host": "evil.example"})
    assert answer.status_code == 400 and "x-content-type-options" in answer.headers


def test_the_language_is_kept(browse) -> None:
    visitor = browse()
    assert "登录" in visitor.get("/login").text
    answer = visitor.get("/language/en?back=/login")
    assert (answer.status_code, answer.headers["location"]) == (303, "/login")
    page = visitor.get("/login").text
    assert "Sign in" in page and '<html lang="en">' in page
    assert visitor.get("/language/fr").status_code == 303 and "Sign in" in visitor.get("/login").text


def test_what_is_too_large_is_refused(browse, portal) -> None:
    person = browse("e002")
    person.get(f"{OWN}/objection")
    answer = person.post(f"{OWN}/objection", {}, files={"attachment": ("x.pdf", b"%PDF-" + b"0" * 6_000_000)})
    assert answer.status_code == 413 and portal.ledger.objections() == []
