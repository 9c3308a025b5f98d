"""Staff answers from the page's inbox: the bot is silent, keeps what was said, and comes back without the backlog."""

from __future__ import annotations

from bot.services.conversations.records import Event
from bot.services.messenger.happenings import Happenings, PageReturned, ThreadMoved
from bot.services.messenger.outgoing import is_to_be_sent
from bot.store import outbox_rows
from bot.store.message_rows import COUNSELLOR, PRIVATE, WAITING
from bot.store.messenger_rows import ELSEWHERE, OURS
from tests.services.messenger.conftest import YOUTH, House


def test_words_from_the_inbox_silence_the_bot_and_stand_in_the_thread_as_a_counsellors(house: House) -> None:
    contact = house.one(house.said("Bonjour")).contact_id

    taken = house.one(
        house.staff("Ici Zoé"), house.said("Merci Zoé", thread=house.thread(minutes=1)), worker="gateway"
    )

    assert not taken.wants_bot
    assert taken.waiting is None
    assert house.door.service.next_waiting(contact) is None
    first, staff, last = house.messages(contact)
    assert (first.state, last.state) == (PRIVATE, PRIVATE)
    assert staff.role == COUNSELLOR
    assert staff.reply is not None
    assert staff.reply["parts"] == [{"kind": "text", "markdown": "Ici Zoé"}]


def test_what_staff_wrote_there_is_not_sent_again_and_what_they_write_at_the_desk_is(house: House) -> None:
    contact = house.one(house.said()).contact_id
    house.take(house.staff())
    house.door.service.say(contact, {"language": "fr", "parts": []}, COUNSELLOR)
    house.door.service.set_language(contact, "nl")

    with house.database.reading() as connection:
        rows = outbox_rows.after(connection, contact, 0, 10)

    events = [Event(row.seq, row.kind, row.payload, row.created_at) for row in rows]
    assert [is_to_be_sent(event) for event in events] == [False, False, True, False]


def test_the_bot_is_back_after_the_set_time_and_answers_no_backlog(house: House) -> None:
    contact = house.one(house.said("one", thread=house.thread(page=YOUTH))).contact_id
    house.take(house.staff(thread=house.thread(page=YOUTH)))
    house.take(house.said("two", thread=house.thread(page=YOUTH, minutes=4.9)))

    back = house.one(house.said("three", thread=house.thread(page=YOUTH, minutes=5)), worker="gateway")

    assert back.waiting is not None
    assert back.waiting.text == "three"
    assert house.states(contact) == [("one", PRIVATE), (None, "done"), ("two", PRIVATE), ("three", WAITING)]


def test_each_word_of_staff_makes_the_silence_longer_and_an_old_one_does_not_make_it_shorter(house: House) -> None:
    contact = house.one(house.staff(), house.staff(thread=house.thread(minutes=20))).contact_id
    house.take(house.staff(thread=house.thread(minutes=3)))

    assert house.person(contact).silent_until == house.moment(50)


def test_the_same_echo_again_says_nothing_twice(house: House) -> None:
    staff = house.staff()
    contact = house.one(staff).contact_id

    assert house.take(staff).outcomes == {("echo_staff", "repeated"): 1}
    assert len(house.messages(contact)) == 1


def test_a_picture_from_staff_is_noted_by_name(house: House) -> None:
    contact = house.one(house.staff(None, what="image")).contact_id

    (row,) = house.messages(contact)
    assert row.reply is not None
    assert row.reply["parts"][0]["markdown"] == "messenger_title_image/fr"


def test_a_thread_that_another_app_has_is_silent_until_it_comes_back(house: House) -> None:
    contact = house.one(house.said("one")).contact_id
    house.take(ThreadMoved(house.thread(), is_ours=False))
    assert house.person(contact).thread == ELSEWHERE
    house.take(house.said("two", thread=house.thread(minutes=1)))

    house.take(ThreadMoved(house.thread(minutes=2), is_ours=True))
    late = house.one(house.said("late", thread=house.thread(minutes=1.5)))
    back = house.one(house.said("three", thread=house.thread(minutes=2.1)))

    assert house.person(contact).thread == OURS
    assert not late.wants_bot
    assert back.wants_bot
    assert house.states(contact) == [("one", PRIVATE), ("two", PRIVATE), ("late", PRIVATE), ("three", WAITING)]


def test_words_in_standby_are_never_the_bots_and_a_message_to_us_says_that_the_thread_is_ours(house: House) -> None:
    contact = house.one(house.said("looked on", thread=house.thread(is_standby=True))).contact_id
    assert house.person(contact).thread == ELSEWHERE

    back = house.one(house.said("to us", thread=house.thread(minutes=1)))

    assert back.wants_bot
    assert house.person(contact).thread == OURS
    assert house.states(contact) == [("looked on", PRIVATE), ("to us", WAITING)]


def test_a_move_that_is_told_late_changes_nothing(house: House) -> None:
    contact = house.one(house.said("one")).contact_id
    house.take(ThreadMoved(house.thread(minutes=5), is_ours=True))

    taken = house.take(
        ThreadMoved(house.thread(minutes=2), is_ours=False), house.staff(thread=house.thread(minutes=3))
    )

    assert taken.outcomes == {("thread_control", "outdated"): 1, ("echo_staff", "stored"): 1}
    assert house.person(contact).thread == OURS
    assert house.person(contact).silent_until is None


def test_when_this_app_answers_the_page_again_all_its_threads_are_back(house: House) -> None:
    contact = house.one(house.said("one")).contact_id
    house.take(ThreadMoved(house.thread(), is_ours=False))

    taken = house.take_all(Happenings(returned=(PageReturned("111", house.moment(1)),)))

    assert taken.outcomes == {("app_roles", "returned"): 1}
    assert house.person(contact).thread == OURS
    assert house.one(house.said("two", thread=house.thread(minutes=2))).wants_bot


def test_staff_may_write_first_to_somebody_whom_the_bot_does_not_know(house: House) -> None:
    contact = house.one(house.staff()).contact_id

    assert not house.one(house.said(thread=house.thread(minutes=1))).wants_bot
    assert [row.role for row in house.messages(contact)] == [COUNSELLOR, "visitor"]
