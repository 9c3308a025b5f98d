"""Whom Meta asks us to erase is gone at every page; a code remembers that it was done, and nothing of the person."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from bot.services.messenger.deletion import KEPT_FOR, Deletions
from bot.store import messenger_rows
from bot.store.messenger_tables import messenger_deletion
from tests.services.messenger.conftest import YOUTH, House


def deletions(house: House) -> Deletions:
    return Deletions(house.database, house.door.trackers, house.clock)


def test_a_person_is_erased_at_all_pages_and_others_stay(house: House) -> None:
    taken = house.take(
        house.said(), house.said(thread=house.thread(page=YOUTH)), house.said(thread=house.thread("8"))
    )
    service = deletions(house)
    code = service.begin("42")

    gone = service.erase(code, ["7", "7", "nobody"])

    assert sorted(gone) == sorted(contact.contact_id for contact in taken.contacts if contact.psid == "7")
    with house.database.reading() as connection:
        assert messenger_rows.of_psid(connection, "7") == []
        assert len(messenger_rows.of_psid(connection, "8")) == 1
    assert house.one(house.said()).contact_id not in gone


def test_a_person_who_asks_for_it_is_erased_and_told_so_as_somebody_new(house: House) -> None:
    wish, yes = house.said("Efface mes données !"), house.said(None, choice="erase:yes")
    contact = house.one(wish).contact_id
    assert house.messages(contact)[0].choice == "erase"

    taken = house.one(yes)
    assert (taken.wants_erasing, taken.wants_bot, taken.told) == (True, False, [])
    reply = {"language": "fr", "parts": [{"kind": "text", "markdown": "C'est fait"}]}
    new = deletions(house).erase_at_own_word(contact, taken.page_id, taken.psid, reply)

    assert house.messages(contact) == []
    (told,) = house.messages(new)
    assert (told.role, told.reply, house.contact(new).language) == ("system", reply, "fr")
    assert house.person(new).last_from_person_at == house.clock()
    assert "Efface" not in str(house.payloads(new))


@pytest.mark.parametrize("words", ["Efface mes données de ma tête, comment ?", "effacer", "", "x" * 100])
def test_other_words_ask_for_no_erasing(house: House, words: str) -> None:
    contact = house.one(house.said(words)).contact_id

    assert house.messages(contact)[0].choice is None


def test_a_request_names_the_person_only_until_it_is_done(house: House) -> None:
    service = deletions(house)
    code = service.begin("4242")
    assert [(row.code, row.user_id) for row in service.still_open()] == [(code, "4242")]

    service.erase(code, [])

    assert service.still_open() == []
    found = service.find(code)
    assert found is not None
    assert found.done_at == house.clock()
    with house.database.reading() as connection:
        assert "4242" not in str(connection.execute(sa.select(messenger_deletion)).all())


def test_a_strange_code_is_unknown_and_a_done_one_is_forgotten_after_a_year(house: House) -> None:
    service = deletions(house)
    code, still_open = service.begin("1"), service.begin("2")
    service.erase(code, [])
    for strange in ("", "x", "../..", code.upper(), "0" * 32):
        assert service.find(strange) is None

    house.clock.time += KEPT_FOR
    house.clock.pass_minutes(1)
    service.begin("3")

    assert service.find(code) is None
    assert service.find(still_open) is not None
