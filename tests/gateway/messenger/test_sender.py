"""What was told goes out once and in order, also after a crash and a lost answer of Meta."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

from bot.services.conversations.records import Event
from bot.store import messenger_call_rows
from bot.store.messenger_rows import ALL_PARTS
from tests.databases import empty_url
from tests.gateway.messenger.post_office import Office, office
from tests.graph_double.running_double import Messenger, RunningDouble

__all__ = ["empty_url", "office"]


async def test_what_is_told_goes_out_in_order_and_once(office: Office, person: Messenger) -> None:
    contact = office.knows(person)
    events = office.say(contact, "Un.", "Deux.", "Trois.")

    await office.send(contact)
    await office.send(contact)

    assert person.words() == ["Un.", "Deux.", "Trois."]
    row = office.row(contact)
    assert (row.delivered_seq, row.delivered_part, row.worker) == (events[-1].seq, ALL_PARTS, None)


async def test_the_pieces_of_a_long_message_name_event_and_part(
    office: Office, graph: RunningDouble, person: Messenger
) -> None:
    contact = office.knows(person)
    (event,) = office.say(contact, "Une phrase de plus. " * 250)

    await office.send(contact)

    metadata = [call["parameters"]["message"]["metadata"] for call in graph.calls()]
    assert metadata == [f"{event.seq}.1", f"{event.seq}.2", f"{event.seq}.3"]


async def test_only_what_the_person_has_not_got_is_sent(office: Office, person: Messenger) -> None:
    contact = office.knows(person)
    office.conversations.set_language(contact, "nl")
    office.say(contact, "Bonjour.")

    await office.send(contact)

    assert person.words() == ["Bonjour."]


async def test_another_door_is_left_alone(office: Office, graph: RunningDouble) -> None:
    office.sender.hear("a-contact-of-the-website", None)
    await office.rest()

    assert graph.calls() == []
    assert office.sender.is_elsewhere("a-contact-of-the-website")


async def test_after_a_crash_a_doubtful_piece_waits_for_its_echo_and_is_not_sent_twice(
    office: Office, person: Messenger
) -> None:
    contact = office.knows(person)
    (event,) = office.say(contact, "Bonjour.")
    office.deliveries.begin(contact, "one", 15)
    office.deliveries.sent(contact, event.seq, 1, None, None)
    office.change(contact, delivered_seq=0, sending_seq=event.seq, sending_part=1, worker=None)
    looks = 0

    async def echo_comes(seconds: float) -> None:
        nonlocal looks
        looks += 1
        office.deliveries.sent(contact, event.seq, 1, "mid", 2)  # as the webhook notes it

    office.posting.echoes._sleep = echo_comes
    office.change(contact, sending_at=datetime.now(timezone.utc))

    await office.send(contact)

    assert looks == 1
    assert person.words() == []


async def test_after_a_crash_a_doubtful_piece_without_an_echo_is_sent(office: Office, person: Messenger) -> None:
    contact = office.knows(person)
    (event,) = office.say(contact, "Bonjour.")
    office.change(contact, sending_seq=event.seq, sending_part=1, sending_at=datetime.now(timezone.utc))

    await office.send(contact)

    assert person.words() == ["Bonjour."]


async def test_after_a_start_an_echo_is_awaited_until_meta_has_tried_again(office: Office, person: Messenger) -> None:
    contact, event = _handed_to_meta(office, person, seconds_ago=5)
    looks = _echo_at_look(office, contact, event, look=30)

    await office.send(contact)

    assert len(looks) == 30
    assert person.words() == []


async def test_an_echo_among_the_calls_that_are_not_worked_off_is_awaited(office: Office, person: Messenger) -> None:
    with office.database.writing() as connection:
        messenger_call_rows.add(connection, [b"{}"], datetime.now(timezone.utc))
    contact, event = _handed_to_meta(office, person, seconds_ago=-1)
    looks = _echo_at_look(office, contact, event, look=30)

    await office.send(contact)

    assert len(looks) == 30
    assert person.words() == []


async def test_a_lost_answer_of_meta_is_sent_again_only_without_an_echo(
    office: Office, graph: RunningDouble, person: Messenger
) -> None:
    contact = office.knows(person)
    (event,) = office.say(contact, "Bonjour.")
    graph.misbehave("lost", times=1)
    sleep = office.posting.echoes._sleep

    async def echo_comes(seconds: float) -> None:
        office.deliveries.sent(contact, event.seq, 1, "mid", 2)
        await sleep(seconds)

    office.posting.echoes._sleep = echo_comes

    await office.send(contact)

    assert person.words() == ["Bonjour."]
    assert office.row(contact).delivered_part == ALL_PARTS


def _handed_to_meta(office: Office, person: Messenger, seconds_ago: float) -> tuple[str, Event]:
    """Somebody for whom a piece was under way, so long before this gateway started, when it was killed."""
    contact = office.knows(person)
    (event,) = office.say(contact, "Bonjour.")
    at = datetime.now(timezone.utc) - timedelta(seconds=seconds_ago)
    office.change(contact, sending_seq=event.seq, sending_part=1, sending_at=at)
    return contact, event


def _echo_at_look(office: Office, contact: str, event: Event, look: int) -> list[float]:
    looks: list[float] = []

    async def wait(seconds: float) -> None:
        looks.append(seconds)
        if len(looks) == look:
            office.deliveries.sent(contact, event.seq, 1, "mid", 2)  # as the webhook notes it

    office.posting.echoes._sleep = wait
    return looks
