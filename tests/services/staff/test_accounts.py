"""Accounts of staff: one-time links, the first administrator, disabling; nothing that opens a door is stored."""

from __future__ import annotations

import threading

import pytest
import sqlalchemy as sa

from bot.services.staff.passwords import WeakPassword
from bot.services.staff.records import LinkSpent, Member, SignedIn, StaffRefused
from bot.store.staff_tables import metadata
from tests.services.staff.conftest import ADDRESS, PASSWORD, StaffDoor

TABLES = ("staff", "staff_session", "staff_link", "sign_in")


def everything_stored(staff: StaffDoor) -> str:
    with staff.database.reading() as connection:
        return str([connection.execute(sa.select(metadata.tables[name])).all() for name in TABLES])


def test_the_first_link_makes_an_administrator_and_no_second_one(staff: StaffDoor) -> None:
    older, token = staff.accounts.first_link(), staff.accounts.first_link()
    assert older
    assert token

    assert staff.accounts.invitation(older) is None, "a newer link ends the older"
    made = staff.accounts.accept(token, PASSWORD, ADDRESS, "Ada", "Ada L.")

    assert (made.name, made.shown_name, made.role) == ("ada", "Ada L.", "administrator")
    assert staff.accounts.first_link() is None
    with pytest.raises(LinkSpent):
        staff.accounts.accept(token, PASSWORD, ADDRESS, "eve", "Eve")
    assert [one.name for one in staff.accounts.list()] == ["ada"]


def test_many_who_use_one_link_at_once_make_one_account(staff: StaffDoor) -> None:
    token = staff.accounts.first_link() or ""
    made: list[Member] = []
    refused: list[Exception] = []

    def accept(number: int) -> None:
        try:
            made.append(staff.accounts.accept(token, PASSWORD, ADDRESS, f"ada{number}", "Ada"))
        except LinkSpent as error:
            refused.append(error)

    threads = [threading.Thread(target=accept, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert (len(made), len(refused)) == (1, 5)
    assert len(staff.accounts.list()) == 1


def test_a_link_is_good_once_and_for_a_day(staff: StaffDoor) -> None:
    token = staff.accounts.add("zoe", "counsellor", ["fr"])
    staff.clock.pass_minutes(24 * 60)

    assert staff.accounts.invitation(token) is None
    with pytest.raises(LinkSpent):
        staff.accounts.accept(token, PASSWORD, ADDRESS)
    again = staff.accounts.new_link("ZOE ")
    assert staff.accounts.accept(again, PASSWORD, ADDRESS).has_password
    assert staff.accounts.invitation(again) is None


def test_a_new_password_ends_the_sessions_of_the_old_one(staff: StaffDoor) -> None:
    staff.with_password("zoe")
    opened = staff.sessions.sign_in("zoe", PASSWORD, ADDRESS)
    assert isinstance(opened, SignedIn)

    staff.accounts.accept(staff.accounts.new_link("zoe"), "another long one", ADDRESS)

    assert staff.sessions.read(opened.token) is None
    assert not isinstance(staff.sessions.sign_in("zoe", PASSWORD, ADDRESS), SignedIn)
    assert isinstance(staff.sessions.sign_in("zoe", "another long one", ADDRESS), SignedIn)


def test_who_is_disabled_is_out_at_once(staff: StaffDoor) -> None:
    staff.with_password("zoe")
    opened = staff.sessions.sign_in("zoe", PASSWORD, ADDRESS)
    assert isinstance(opened, SignedIn)
    link = staff.accounts.new_link("zoe")

    staff.accounts.disable("zoe")

    assert staff.sessions.read(opened.token) is None
    assert staff.accounts.invitation(link) is None
    assert not isinstance(staff.sessions.sign_in("zoe", PASSWORD, ADDRESS), SignedIn)


@pytest.mark.parametrize(
    ("password", "reason"),
    [
        ("short", "too_short"),
        ("x" * 201, "too_long"),
        ("aaaabbbbaaaabbbb", "too_plain"),
        ("zoe12345678901"[:13], "same_as_name"),
    ],
)
def test_weak_passwords_are_refused_and_the_link_stands(staff: StaffDoor, password: str, reason: str) -> None:
    token = staff.accounts.add("zoe", "counsellor", ["fr"])

    with pytest.raises(WeakPassword) as caught:
        staff.accounts.accept(token, password, ADDRESS)

    assert caught.value.reason == reason
    assert staff.accounts.invitation(token) is not None


@pytest.mark.parametrize(
    ("name", "role", "languages", "reason"),
    [
        ("z", "counsellor", ["fr"], "name"),
        ("<script>", "counsellor", ["fr"], "name"),
        ("zoe", "boss", ["fr"], "role"),
        ("zoe", "counsellor", ["de"], "languages"),
        ("Ada", "counsellor", ["fr"], "taken"),
    ],
)
def test_accounts_that_cannot_be(staff: StaffDoor, name: str, role: str, languages: list[str], reason: str) -> None:
    staff.with_password("ada")

    with pytest.raises(StaffRefused) as caught:
        staff.accounts.add(name, role, languages)

    assert caught.value.reason == reason
    assert [one.name for one in staff.accounts.list()] == ["ada"]


def test_no_password_and_no_token_is_stored(staff: StaffDoor) -> None:
    token = staff.accounts.add("zoe", "counsellor", ["fr"])
    spare = staff.accounts.first_link()
    staff.accounts.accept(token, PASSWORD, ADDRESS)
    opened = staff.sessions.sign_in("zoe", PASSWORD, ADDRESS)
    staff.sessions.sign_in("my secret word", "x", ADDRESS)
    assert isinstance(opened, SignedIn)

    stored = everything_stored(staff)

    for secret in (token, PASSWORD, opened.token, "my secret word"):
        assert secret not in stored
    assert spare is None
    assert "argon2id" in stored
