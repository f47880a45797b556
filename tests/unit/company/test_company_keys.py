"""Pseudonyms: keyed, stable, apart from one another, and the key never shown."""

from __future__ import annotations

import re
import stat

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.company import InputError
from pipelines.company.keys import KEY_FILE, Pseudonymiser, make_key_file, normalise_external_id

KEYS = Pseudonymiser(bytes(range(32)))


def test_golden_values():
    # from `openssl dgst -sha256 -mac HMAC`; a change breaks the link between everything landed and the people
    assert KEYS.person("li") == "p_793e25856f9c02d1c35f"
    assert KEYS.actor("tickets", "Value 1") == "a_8d0d24e4020241c53839"
    assert KEYS.customer("a@example.com") == "c_284c05d5e534842406e7"


def test_kinds_are_apart():
    values = {KEYS.person("x"), KEYS.actor("crm", "x"), KEYS.actor("tickets", "x"), KEYS.customer("x")}
    assert len({value[2:] for value in values}) == 4
    assert KEYS.actor("ab", "c") != KEYS.actor("a", "bc")


def test_another_key_gives_other_pseudonyms():
    assert Pseudonymiser(b"x" * 32).person("li") != KEYS.person("li")
    assert "hidden" in repr(KEYS)
    assert bytes(range(32)).hex() not in repr(KEYS)
    with pytest.raises(ValueError, match="32 bytes, not 3"):
        Pseudonymiser(b"abc")


@pytest.mark.parametrize("spelling", ["value 1", " VALUE  1 ", "Ｖａｌｕｅ　１", "Value\t1"])
def test_spellings_of_one_user_are_one(spelling):
    assert KEYS.actor("Tickets", spelling) == KEYS.actor("tickets", "Value 1")
    assert KEYS.customer(spelling) == KEYS.customer("Value 1")


def test_person_ids_are_taken_as_they_are():
    assert KEYS.person("Li") != KEYS.person("li")


@given(st.text())
def test_normalising_twice_is_normalising_once(value):
    once = normalise_external_id(value)
    assert normalise_external_id(once) == once


@given(st.text())
def test_the_form_of_pseudonyms(value):
    assert re.fullmatch(r"p_[0-9a-f]{20}", KEYS.person(value))
    assert re.fullmatch(r"a_[0-9a-f]{20}", KEYS.actor("crm", value))
    assert re.fullmatch(r"c_[0-9a-f]{20}", KEYS.customer(value))


def test_the_key_is_made_once_and_private(tmp_path):
    first = Pseudonymiser.from_home(tmp_path)
    path = tmp_path / KEY_FILE
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert re.fullmatch(r"[0-9a-f]{64}\n", path.read_text(encoding="ascii"))
    make_key_file(path)  # another process that comes second
    assert Pseudonymiser.from_home(tmp_path).person("li") == first.person("li")
    assert [file.name for file in path.parent.iterdir()] == ["pseudonym.key"]


def test_a_key_that_others_may_read_is_closed(tmp_path):
    Pseudonymiser.from_home(tmp_path)
    (tmp_path / KEY_FILE).chmod(0o644)
    Pseudonymiser.from_home(tmp_path)
    assert stat.S_IMODE((tmp_path / KEY_FILE).stat().st_mode) == 0o600


def test_a_broken_key_is_never_replaced(tmp_path):
    (tmp_path / "secrets").mkdir()
    (tmp_path / KEY_FILE).write_text("abc", encoding="ascii")
    with pytest.raises(InputError, match=r"secrets/pseudonym\.key: the pseudonym key is not 64 hexadecimal digits"):
        Pseudonymiser.from_home(tmp_path)
    assert (tmp_path / KEY_FILE).read_text(encoding="ascii") == "abc"
