"""Receipts, reactions and echoes of our own: noted, never answered, and never moved back."""

from __future__ import annotations

from bot.services.messenger.happenings import NotificationsSet, Reacted, Seen, Sent
from bot.store import messenger_rows
from bot.store.contact_rows import HELD
from bot.store.messenger_rows import ALL_PARTS
from tests.services.messenger.conftest import PAGE, House


def answered(house: House) -> str:
    """A contact whose answer is under way in one piece."""
    contact = house.one(house.said()).contact_id
    house.door.answers(contact)
    with house.database.writing() as connection:
        messenger_rows.mark_sending(connection, contact, 2, 1, house.clock())
    return contact


def test_our_own_echo_marks_the_piece_as_sent_and_again_changes_nothing(house: House) -> None:
    contact = answered(house)

    for _ in range(2):
        house.take(Sent(house.thread(), "m_piece", 2, 1))
    house.take(Sent(house.thread(), "m_old", 1, 1))

    person = house.person(contact)
    assert (person.delivered_seq, person.delivered_part) == (2, 1)


def test_an_echo_of_what_is_not_under_way_to_this_contact_is_passed_over(house: House) -> None:
    contact = answered(house)

    taken = house.take(Sent(house.thread(), "m_a", 9, 1), Sent(house.thread(), "m_b", 2, 2))

    assert taken.outcomes == {("echo_own", "unknown"): 2}
    assert house.person(contact).delivered_part == ALL_PARTS
    assert house.person(contact).delivered_seq == 0


def test_receipts_only_move_forward(house: House) -> None:
    contact = answered(house)

    for minutes in (5, 3):
        for is_read in (True, False):
            house.take(Seen(house.thread(), house.moment(minutes), is_read))

    assert house.person(contact).read_until == house.moment(5)
    assert house.person(contact).got_until == house.moment(5)


def test_what_a_person_has_read_is_told_while_a_counsellor_has_the_conversation(house: House) -> None:
    contact = answered(house)
    house.take(Sent(house.thread(), "m_piece", 2, 1))
    assert house.one(Seen(house.thread(), house.moment(1), True)).seen_by_person is None
    house.set_handoff(contact, HELD)

    assert house.one(Seen(house.thread(), house.moment(2), False)).seen_by_person is None
    assert house.one(Seen(house.thread(), house.moment(2), True)).seen_by_person == 2


def test_signs_of_a_stranger_make_nobody_known(house: House) -> None:
    thread = house.thread("stranger")

    taken = house.take(Seen(thread, house.clock(), True), Reacted(thread, "m", "up"), Sent(thread, "m", 1, 1))

    assert taken.contacts == []
    with house.database.reading() as connection:
        assert messenger_rows.find(connection, PAGE, "stranger") is None


def test_a_thumb_on_an_answer_is_a_vote_and_a_thumb_down_offers_a_person_once(house: House) -> None:
    contact = answered(house)
    house.take(Sent(house.thread(), "m_piece", 2, 1))
    answer = house.messages(contact)[1]

    down = house.one(Reacted(house.thread(), "m_piece", "down"))
    again = house.one(Reacted(house.thread(), "m_piece", "down"))

    assert (down.voted_down, again.voted_down) == ([answer.id], [])
    assert house.messages(contact)[1].rating == "down"
    house.take(Reacted(house.thread(), "m_piece", "up"))
    assert house.messages(contact)[1].rating == "up"


def test_a_reaction_to_something_else_is_only_noted(house: House) -> None:
    contact = answered(house)
    house.take(Sent(house.thread(), "m_piece", 2, 1))

    taken = house.take(Reacted(house.thread(), "m_1", "up"), Reacted(house.thread(), "m_piece", None))

    assert taken.outcomes == {("reaction", "noted"): 2}
    assert house.messages(contact)[1].rating is None


def test_whoever_wants_no_messages_unasked_is_remembered(house: House) -> None:
    contact = answered(house)

    house.take(NotificationsSet(house.thread(), is_allowed=False))
    assert house.person(contact).opted_out_at == house.clock()
    house.take(NotificationsSet(house.thread(), is_allowed=True))
    assert house.person(contact).opted_out_at is None
