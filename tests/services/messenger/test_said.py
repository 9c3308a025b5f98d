"""What people say by Messenger goes into the queue of the web chat: once, in order, one contact each."""

from __future__ import annotations

import threading
from dataclasses import replace

from bot.services.messenger.happenings import CameBy, Happenings, Said
from bot.store.contact_rows import FORM, HELD
from bot.store.message_rows import PRIVATE, WAITING
from tests.services.messenger.conftest import PAGE, YOUTH, House


def test_a_first_message_makes_a_contact_of_the_channel_and_waits(house: House) -> None:
    taken = house.one(house.said("Bonjour"))

    contact = house.contact(taken.contact_id)
    assert (contact.channel, contact.first_client_id, contact.language) == ("messenger", None, None)
    (message,) = house.messages(contact.id)
    assert (message.text, message.state, message.client_id, message.page) == (
        "Bonjour",
        WAITING,
        "m_1",
        "Cité des métiers",
    )
    assert [event.payload["text"] for event in taken.told] == ["Bonjour"]
    assert taken.wants_bot
    assert house.person(contact.id).last_from_person_at == house.clock()


def test_the_same_person_at_two_pages_is_two_contacts(house: House) -> None:
    taken = house.take(house.said(), house.said(thread=house.thread(page=YOUTH)))

    assert len({contact.contact_id for contact in taken.contacts}) == 2


def test_the_same_message_again_changes_nothing(house: House) -> None:
    said = house.said()
    first = house.one(said)

    again = house.take(said, said)

    assert again.outcomes == {("message", "repeated"): 2}
    assert again.contacts[0].told == []
    assert not again.contacts[0].wants_bot
    assert len(house.messages(first.contact_id)) == 1


def test_a_batch_is_stored_in_order_for_each_person_by_metas_clock(house: House) -> None:
    taken = house.take(
        house.said("two", thread=house.thread(minutes=2)),
        house.said("other", thread=house.thread("8")),
        house.said("one", thread=house.thread(minutes=1)),
        house.said("three", thread=house.thread(minutes=3)),
    )

    words = {contact.psid: [text for text, _ in house.states(contact.contact_id)] for contact in taken.contacts}
    assert words == {"7": ["one", "two", "three"], "8": ["other"]}
    assert house.person(taken.contacts[0].contact_id).last_from_person_at == house.moment(3)


def test_an_older_message_that_comes_late_is_answered_and_moves_no_clock_back(house: House) -> None:
    contact = house.one(house.said("new", thread=house.thread(minutes=5))).contact_id

    late = house.one(house.said("old", thread=house.thread(minutes=1)))

    assert late.wants_bot
    assert house.person(contact).last_from_person_at == house.moment(5)


def test_a_worker_has_the_contact_at_once_and_the_oldest_message_first(house: House) -> None:
    taken = house.one(house.said("one"), house.said("two"), worker="gateway")

    assert taken.waiting is not None
    assert taken.waiting.text == "one"
    assert house.contact(taken.contact_id).worker == "gateway"
    later = house.one(house.said("three"), worker="another")
    assert later.wants_bot
    assert later.waiting is None


def test_eight_calls_at_once_make_one_person_and_lose_nothing(house: House) -> None:
    people = [f"psid{number}" for number in range(4)]
    batches = [
        tuple(
            Said(house.thread(psid), f"m_{call}_{psid}", f"{call}")
            for psid in (people if call % 2 else reversed(people))
        )
        for call in range(8)
    ]
    failures: list[BaseException] = []

    def call(batch: tuple[Said, ...]) -> None:
        try:
            house.take_all(Happenings(batch), "gateway")
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=call, args=(batch,)) for batch in batches]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert failures == []
    taken = house.take(*(house.said("end", thread=house.thread(psid)) for psid in people))
    assert len(taken.contacts) == 4
    for contact in taken.contacts:
        assert sorted(text or "" for text, _ in house.states(contact.contact_id)) == sorted(
            [*map(str, range(8)), "end"]
        )


def test_a_message_to_a_page_that_is_not_ours_is_not_stored(house: House) -> None:
    taken = house.take(house.said(thread=house.thread(page="999")))

    assert taken.contacts == []
    assert taken.outcomes == {("message", "unknown_person"): 1}


def test_a_counsellor_at_our_desk_reads_what_comes_and_the_bot_is_silent(house: House) -> None:
    contact = house.one(house.said()).contact_id
    house.door.answers(contact)
    house.set_handoff(contact, HELD)

    taken = house.one(house.said("pour Zoé"), worker="gateway")

    assert taken.waiting is None
    assert house.states(contact)[-1] == ("pour Zoé", PRIVATE)


def test_a_form_that_asks_gets_what_is_typed(house: House) -> None:
    contact = house.one(house.said()).contact_id
    house.door.answers(contact)
    house.set_handoff(contact, FORM)

    taken = house.one(house.said("Ada"), worker="gateway")

    assert taken.waiting is not None
    assert taken.waiting.handoff == FORM


def test_what_cannot_be_read_has_a_title_in_the_persons_language(house: House) -> None:
    contact = house.one(
        house.said(None, choice="received:image"), house.said(None, choice="start:guidance")
    ).contact_id
    house.door.service.set_language(contact, "nl")
    house.take(
        house.said(None, choice="topic:centre/languages"), house.said(None, choice="help", choice_title="Hulp")
    )

    assert [text for text, _ in house.states(contact)] == [
        "messenger_title_image/fr",
        "messenger_title_start/fr",
        "messenger_title_by_link/nl",
        "Hulp",
    ]


def test_language_is_first_what_a_person_writes_then_what_they_chose_then_the_profiles_then_the_pages(
    house: House,
) -> None:
    taken = house.one(house.said("?", thread=house.thread(page=YOUTH)))
    contact = taken.contact_id
    assert taken.hint_wanted
    assert _language(house, contact) is None

    house.profiles.note_locale(contact, "en_GB", "en")
    assert _language(house, contact) == "en"

    house.take(CameBy(house.thread(page=YOUTH), "nl"))
    assert _language(house, contact) == "nl"

    house.door.answers(contact, language="fr")
    house.take(house.said("!", thread=house.thread(page=YOUTH)))
    assert _language(house, contact) == "fr"


def test_a_page_lends_its_language_until_more_is_known(house: House) -> None:
    contact = house.one(house.said("?")).contact_id

    assert _language(house, contact) == "fr"
    assert house.contact(contact).language is None


def test_a_language_that_a_link_names_holds_for_its_own_message_and_is_told_once(house: House) -> None:
    said = house.said(None, choice="topic:centre/languages", language="nl")
    taken = house.one(said)
    house.door.service.set_language(taken.contact_id, "en")

    house.take(said, replace(said, client_id="m_other", language="en"))

    assert [event.kind for event in taken.told] == ["language", "message"]
    assert [event.seq for event in taken.told] == [1, 2]
    assert house.contact(taken.contact_id).language == "en"


def test_a_strange_locale_is_not_kept(house: House) -> None:
    contact = house.one(house.said()).contact_id

    house.profiles.note_locale(contact, "<script>", "nl")

    assert house.profiles.locale_of(contact) is None
    house.profiles.note_locale(contact, "ar_AR", None)
    assert house.profiles.locale_of(contact) == "ar_AR"
    house.profiles.note_locale("gone", "fr_BE", "fr")


def test_a_link_makes_a_person_known_only_where_it_says_something(house: House) -> None:
    assert house.take(CameBy(house.thread(page=PAGE), None)).contacts == []

    taken = house.one(CameBy(house.thread(page=PAGE), "nl"))

    assert not taken.wants_bot
    assert house.messages(taken.contact_id) == []
    assert house.contact(taken.contact_id).language == "nl"


def _language(house: House, contact: str) -> str | None:
    waiting = house.door.service.next_waiting(contact)
    assert waiting is not None
    return waiting.language
