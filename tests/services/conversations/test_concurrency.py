"""Many at once, with real threads: one message, one worker, one answer, no gap in the numbers."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TypeVar

from bot.services.conversations.records import Incoming
from tests.databases import Door, reply

T = TypeVar("T")


def at_once(count: int, work: Callable[[int], T]) -> list[T]:
    """What `count` threads return that begin together; an error of one is raised."""
    results: list[T] = []
    errors: list[BaseException] = []
    start = threading.Barrier(count)

    def run(number: int) -> None:
        start.wait()
        try:
            results.append(work(number))
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=run, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if errors:
        raise errors[0]
    return results


def test_eight_first_messages_with_one_client_id_are_one(door: Door) -> None:
    accepted = at_once(8, lambda _: door.service.accept(None, Incoming("client-1", text="hallo")))

    assert len({(each.contact_id, each.message_id, each.event_seq) for each in accepted}) == 1
    assert [each.is_repeated for each in accepted].count(False) == 1
    assert len(door.service.transcript(accepted[0].contact_id)) == 1


def test_eight_later_messages_with_one_client_id_are_one(door: Door) -> None:
    contact = door.says().contact_id

    accepted = at_once(8, lambda _: door.service.accept(contact, Incoming("client-x", text="hallo")))

    assert len({each.message_id for each in accepted}) == 1
    assert len(door.service.transcript(contact)) == 2


def test_of_eight_workers_one_gets_the_contact(door: Door) -> None:
    contact = door.says().contact_id

    won = at_once(8, lambda number: door.service.claim(contact, f"worker-{number}"))

    assert won.count(True) == 1


def test_of_eight_answers_to_one_message_one_is_kept(door: Door) -> None:
    contact = door.says().contact_id
    waiting = door.service.next_waiting(contact)
    assert waiting is not None

    told = at_once(8, lambda _: door.service.answer(waiting, reply(), {"language": "nl"}, {}))

    assert len([one for one in told if one.events]) == 1
    assert [line.role for line in door.service.transcript(contact)] == ["visitor", "bot"]


def test_the_numbers_of_events_have_no_gap_and_what_is_seen_is_never_overtaken(door: Door) -> None:
    contact = door.says().contact_id
    seen: list[int] = []
    is_over = threading.Event()

    def follow() -> None:
        while not is_over.is_set():
            seen.extend(event.seq for event in door.service.events_after(contact, seen[-1] if seen else 0))

    reader = threading.Thread(target=follow)
    reader.start()
    at_once(
        8,
        lambda number: [
            door.service.accept(contact, Incoming(f"client-{number}-{turn}", text="?")) for turn in range(10)
        ],
    )
    is_over.set()
    reader.join()

    numbers = [event.seq for event in door.service.events_after(contact, 0)]
    assert numbers == list(range(1, 82))
    assert seen == list(range(1, len(seen) + 1))


def test_a_contact_erased_while_others_write_is_gone_for_good(door: Door) -> None:
    contact = door.says().contact_id
    waiting = door.service.next_waiting(contact)
    assert waiting is not None

    def work(number: int) -> object:
        if number == 0:
            return door.service.erase(contact)
        return door.service.answer(waiting, reply(), {"language": "nl"}, {})

    at_once(4, work)

    assert door.service.last_event(contact) is None
    assert door.service.transcript(contact) == []
    assert door.service.events_after(contact, 0) == []
