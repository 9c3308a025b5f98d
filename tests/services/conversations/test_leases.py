"""One worker at a time works off a contact's messages, and learns what waits next."""

from __future__ import annotations

from bot.services.conversations.records import Incoming
from tests.databases import Door, reply


def test_a_lease_ends_when_its_worker_is_gone(door: Door) -> None:
    contact = door.says().contact_id

    assert door.service.claim(contact, "a", lease_seconds=60)
    assert door.service.claim(contact, "a", lease_seconds=60)
    assert not door.service.claim(contact, "b")
    door.service.release(contact, "b")
    assert not door.service.claim(contact, "b")
    door.clock.pass_minutes(1)
    assert door.service.claim(contact, "b")
    door.service.release(contact, "a")
    assert not door.service.claim(contact, "a")
    door.service.release(contact, "b")
    assert door.service.claim(contact, "a")


def test_a_message_that_nothing_waits_before_comes_claimed_for_the_worker_that_took_it_in(door: Door) -> None:
    first = door.service.accept(None, Incoming("client-1", text="hallo"), worker="a")
    second = door.service.accept(first.contact_id, Incoming("client-2", text="nog iets"), worker="a")

    assert first.waiting is not None
    assert first.waiting.text == "hallo"
    assert first.waiting == door.service.next_waiting(first.contact_id)
    assert second.waiting is None
    assert not door.service.claim(first.contact_id, "b")


def test_a_message_of_a_contact_that_another_worker_has_is_not_claimed(door: Door) -> None:
    contact = door.says().contact_id
    door.service.claim(contact, "b")
    door.answers(contact)

    accepted = door.service.accept(contact, Incoming("client-2", text="nog iets"), worker="a")

    assert accepted.waiting is None
    assert not door.service.claim(contact, "a")


def test_whoever_answers_learns_what_waits_next_and_gives_the_contact_back_at_the_end(door: Door) -> None:
    first = door.service.accept(None, Incoming("client-1", text="hallo"), worker="a").waiting
    assert first is not None
    door.service.accept(first.contact_id, Incoming("client-2", text="nog iets"), worker="a")

    second = door.service.answer(first, reply(), {"language": "nl"}, {}, worker="a").following

    assert second is not None
    assert (second.text, second.language) == ("nog iets", "nl")
    assert not door.service.claim(first.contact_id, "b")
    assert door.service.set_aside(second, reply(), worker="a").following is None
    assert door.service.claim(first.contact_id, "b")


def test_an_answer_without_a_worker_leaves_the_contact_with_whoever_has_it(door: Door) -> None:
    waiting = door.service.accept(None, Incoming("client-1", text="hallo"), worker="a").waiting
    assert waiting is not None

    assert door.service.answer(waiting, reply(), {"language": "nl"}, {}).events

    assert not door.service.claim(waiting.contact_id, "b")
