"""People of Messenger: one row each, how far they were told, and one sender at a time. On both databases."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta

from bot.store import contact_rows, messenger_deletion_rows, messenger_page_rows, messenger_piece_rows, messenger_rows
from bot.store.messenger_deletion_rows import DeletionRow
from bot.store.messenger_held import find_held
from bot.store.messenger_piece_rows import PieceRow
from bot.store.messenger_rows import ALL_PARTS, ELSEWHERE, OURS, MessengerPersonRow
from tests.databases import Door


def known(door: Door, psid: str = "7", page: str = "111") -> str:
    """A person whose contact has one event, which is not sent yet."""
    contact = door.says(channel="messenger").contact_id
    with door.database.writing() as connection:
        assert messenger_rows.add(connection, MessengerPersonRow(page, psid, contact, door.clock()))
    return contact


def behind(door: Door, limit: int = 10) -> list[str]:
    with door.database.reading() as connection:
        return [row.contact_id for row in messenger_rows.with_undelivered(connection, door.clock(), limit)]


def test_a_person_is_found_by_page_and_id_and_by_contact(door: Door) -> None:
    contact = known(door)
    other = known(door, page="222")

    with door.database.reading() as connection:
        found = messenger_rows.find(connection, "111", "7")
        assert found == messenger_rows.of_contact(connection, contact)
        assert found == MessengerPersonRow("111", "7", contact, door.clock())
        assert messenger_rows.find(connection, "111", "8") is None
        assert {row.contact_id for row in messenger_rows.of_psid(connection, "7")} == {contact, other}


def test_the_same_id_at_the_same_page_is_one_person(door: Door) -> None:
    known(door)
    another = door.says().contact_id

    with door.database.writing() as connection:
        assert not messenger_rows.add(connection, MessengerPersonRow("111", "7", another, door.clock()))
    with door.database.reading() as connection:
        assert messenger_rows.of_contact(connection, another) is None


def test_what_was_sent_only_ever_grows(door: Door) -> None:
    contact = known(door)
    with door.database.writing() as connection:
        messenger_rows.mark_sending(connection, contact, 2, 1, door.clock())
        messenger_rows.change(connection, contact, attempts=3, next_try_at=door.clock())
        assert messenger_rows.mark_delivered(connection, contact, 2, 1)
        assert messenger_rows.mark_delivered(connection, contact, 2, 3)
        assert not messenger_rows.mark_delivered(connection, contact, 2, 2)
        assert not messenger_rows.mark_delivered(connection, contact, 1, ALL_PARTS)

    with door.database.reading() as connection:
        found = messenger_rows.of_contact(connection, contact)

    assert found is not None
    assert (found.delivered_seq, found.delivered_part) == (2, 3)
    assert (found.sending_seq, found.sending_at, found.attempts, found.next_try_at) == (None, None, 0, None)


def test_who_has_something_to_be_sent_is_found_until_all_of_it_is(door: Door) -> None:
    contact = known(door)
    assert behind(door) == [contact]

    with door.database.writing() as connection:
        messenger_rows.mark_delivered(connection, contact, 1, 2)
    assert behind(door) == [contact]
    with door.database.writing() as connection:
        messenger_rows.mark_delivered(connection, contact, 1, ALL_PARTS)
    assert behind(door) == []
    door.answers(contact)
    assert behind(door) == [contact]


def test_who_pauses_or_is_served_by_another_is_left_alone(door: Door) -> None:
    pausing, served, third = known(door), known(door, "8"), known(door, "9")
    soon = door.clock() + timedelta(minutes=1)
    with door.database.writing() as connection:
        messenger_rows.change(connection, pausing, next_try_at=soon)
        assert messenger_rows.claim(connection, served, "one", door.clock(), soon)
        assert not messenger_rows.claim(connection, served, "two", door.clock(), soon)
        assert messenger_rows.claim(connection, served, "one", door.clock(), soon)

    assert behind(door) == [third]
    door.clock.pass_minutes(2)
    assert set(behind(door)) == {pausing, served, third}
    assert len(behind(door, limit=2)) == 2
    with door.database.writing() as connection:
        assert messenger_rows.claim(connection, served, "two", door.clock(), door.clock() + timedelta(minutes=1))
        messenger_rows.release(connection, served, "one")
        messenger_rows.prolong(connection, [served, third], "two", door.clock() + timedelta(minutes=9))
    assert set(behind(door)) == {pausing, third}
    with door.database.writing() as connection:
        messenger_rows.release(connection, served, "two")
    assert set(behind(door)) == {pausing, served, third}


def test_all_threads_of_a_page_come_back_at_once(door: Door) -> None:
    away, ours, elsewhere = known(door), known(door, "8"), known(door, "9", page="222")
    until = door.clock() + timedelta(minutes=30)
    with door.database.writing() as connection:
        for contact in (away, elsewhere):
            messenger_rows.change(connection, contact, thread=ELSEWHERE, silent_until=until)
        assert messenger_rows.return_threads(connection, "111", door.clock()) == 1

    with door.database.reading() as connection:
        rows = {contact: messenger_rows.of_contact(connection, contact) for contact in (away, ours, elsewhere)}
    assert {contact: row.thread for contact, row in rows.items() if row} == {
        away: OURS,
        ours: OURS,
        elsewhere: ELSEWHERE,
    }
    assert [row.silent_until for row in rows.values() if row] == [None, None, until]


def test_a_state_is_kept_with_its_moment(door: Door) -> None:
    contact = known(door)
    begun = door.clock()
    with door.database.writing() as connection:
        messenger_rows.mark_state(connection, contact, "window", begun)
        messenger_page_rows.mark_state(connection, "111", "token", begun)
    door.clock.pass_minutes(5)
    with door.database.writing() as connection:
        messenger_page_rows.mark_state(connection, "111", "token", door.clock())
        messenger_page_rows.mark_state(connection, "222", "ok", door.clock())

    with door.database.reading() as connection:
        person = messenger_rows.of_contact(connection, contact)
        pages = messenger_page_rows.all_pages(connection)
    assert person is not None
    assert (person.state, person.state_at) == ("window", begun)
    assert [(page.page_id, page.state, page.state_at) for page in pages] == [
        ("111", "token", begun),
        ("222", "ok", door.clock()),
    ]


def test_a_piece_is_found_by_metas_id_and_keeps_its_first(door: Door) -> None:
    contact = known(door)
    with door.database.writing() as connection:
        messenger_piece_rows.add(connection, PieceRow(contact, 2, 1, "m_1"))
        messenger_piece_rows.add(connection, PieceRow(contact, 2, 1, "m_2"))

    with door.database.reading() as connection:
        assert messenger_piece_rows.of_mid(connection, contact, "m_1") == PieceRow(contact, 2, 1, "m_1")
        assert messenger_piece_rows.of_mid(connection, contact, "m_2") is None


def test_a_request_to_erase_is_kept_until_some_time_after_it_is_done(door: Door) -> None:
    with door.database.writing() as connection:
        for code in ("open", "done"):
            messenger_deletion_rows.add(connection, DeletionRow(code, "42", door.clock()))
        messenger_deletion_rows.mark_done(connection, "done", door.clock())
        assert messenger_deletion_rows.forget(connection, door.clock()) == 0
        done = messenger_deletion_rows.find(connection, "done")
        assert done is not None
        assert done.user_id is None
        assert [row.code for row in messenger_deletion_rows.still_open(connection)] == ["open"]
    door.clock.pass_minutes(1)

    with door.database.writing() as connection:
        assert messenger_deletion_rows.forget(connection, door.clock()) == 1
        assert messenger_deletion_rows.find(connection, "done") is None
        assert messenger_deletion_rows.find(connection, "open") is not None


def test_an_erased_contact_takes_the_person_with_it(door: Door) -> None:
    contact = known(door)
    with door.database.writing() as connection:
        messenger_piece_rows.add(connection, PieceRow(contact, 1, 1, "m_1"))

    assert door.service.erase(contact)
    with door.database.reading() as connection:
        assert messenger_rows.find(connection, "111", "7") is None
        assert messenger_piece_rows.of_mid(connection, contact, "m_1") is None
        assert contact_rows.find(connection, contact) is None


def test_whoever_sends_and_whoever_takes_in_never_wait_for_each_other(door: Door) -> None:
    contact = known(door)
    failures: list[BaseException] = []

    def send(rounds: int) -> None:
        for number in range(rounds):
            with door.database.writing() as connection:
                messenger_rows.mark_delivered(connection, contact, 2, number + 1)
                messenger_piece_rows.add(connection, PieceRow(contact, 2, number + 1, f"m_{number}"))

    def take_in(rounds: int) -> None:
        for _ in range(rounds):
            with door.database.writing() as connection:
                held = find_held(connection, "111", "7")
                assert held is not None
                messenger_rows.change(connection, contact, locale="fr_BE")

    def watched(work: Callable[[int], None]) -> None:
        try:
            work(60)
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=watched, args=(work,)) for work in (send, take_in, take_in)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert failures == []
