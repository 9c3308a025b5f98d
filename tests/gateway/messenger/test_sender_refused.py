"""What Meta refuses or cannot take waits, is said otherwise or is kept with the reason; nobody else waits for it."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta, timezone

from bot.foundation.messenger_settings import MessengerSettings
from bot.store.messenger_rows import OK
from tests.databases import empty_url
from tests.gateway.messenger.conftest import OTHER, PAGE
from tests.gateway.messenger.post_office import Office, office
from tests.graph_double.running_double import Messenger, RunningDouble

__all__ = ["empty_url", "office"]


async def test_a_bot_answer_after_a_day_is_not_sent_and_not_forgotten(
    office: Office, graph: RunningDouble, person: Messenger
) -> None:
    contact = office.knows(person, hours_ago=25)
    (event,) = office.say(contact, "Trop tard.")

    await office.send(contact)

    assert graph.calls() == []
    assert office.unsent(contact) == {event.seq: "window_closed"}
    assert office.row(contact).state == "window_closed"


async def test_a_counsellor_may_write_for_seven_days_as_a_human_agent(
    office: Office, graph: RunningDouble, person: Messenger
) -> None:
    person.set(silent_hours=30)
    contact = office.knows(person, hours_ago=30)
    (late,) = office.say(contact, "Un robot.")
    office.say(contact, "Une personne.", role="counsellor")

    await office.send(contact)

    assert person.words() == ["Une personne."]
    (call,) = graph.calls()
    assert (call["parameters"]["messaging_type"], call["parameters"]["tag"]) == ("MESSAGE_TAG", "HUMAN_AGENT")
    assert office.unsent(contact) == {late.seq: "window_closed"}
    office.change(contact, last_from_person_at=datetime.now(timezone.utc) - timedelta(days=8))
    (too_late,) = office.say(contact, "Trop tard.", role="counsellor")
    await office.send(contact)
    assert office.unsent(contact)[too_late.seq] == "window_closed"


async def test_who_is_unavailable_misses_a_message_and_gets_the_next(
    office: Office, graph: RunningDouble, person: Messenger
) -> None:
    contact = office.knows(person)
    (first,) = office.say(contact, "Un.")
    graph.misbehave("unavailable", times=1)

    await office.send(contact)
    assert (office.row(contact).state, office.unsent(contact)) == ("unavailable", {first.seq: "unavailable"})

    office.say(contact, "Deux.")
    await office.send(contact)
    assert person.words() == ["Deux."]
    assert office.row(contact).state == OK


async def test_a_template_that_is_refused_is_said_in_text(office: Office, person: Messenger) -> None:
    contact = office.knows(person)
    # An address that no template takes.
    office.say(contact, "Voir [le site](https:///).")

    await office.send(contact)

    assert person.words() == ["Voir le site.\n\nle site: https:///"]


async def test_a_refused_token_pauses_its_page_alone_and_loses_nothing(
    office: Office, graph: RunningDouble, person: Messenger
) -> None:
    young, second = graph.person(OTHER.id), graph.person()
    for one in (young, second):
        one.say("Dag")
    contacts = [office.knows(person), office.knows(second)]
    elsewhere = office.knows(young, OTHER.id)
    graph.control("PATCH", f"pages/{PAGE.id}", token_state="expired")

    for number in range(5):
        for contact in (*contacts, elsewhere):
            office.say(contact, f"Message {number}.")
        await office.send(*contacts, elsewhere)

    refused = [call for call in graph.calls() if call["status"] == 401]
    assert len(refused) <= 2
    assert young.words() == [f"Message {number}." for number in range(5)]
    (standing, _) = office.pages.standings([PAGE.id, OTHER.id])
    assert (standing.state, standing.waiting) == ("token_refused", 2)

    graph.control("PATCH", f"pages/{PAGE.id}", token_state="valid")
    await office.is_time_for(contacts[0])

    assert person.words() == second.words() == [f"Message {number}." for number in range(5)]
    assert office.pages.standings([PAGE.id])[0].state == OK


async def test_an_outage_is_waited_out_person_by_person_then_for_the_page(
    office: Office, graph: RunningDouble, person: Messenger
) -> None:
    people = [person, *(graph.person() for _ in range(7))]
    for one in people[1:]:
        one.say("Bonjour")
    contacts = [office.knows(one) for one in people]
    graph.misbehave("html", times=None)
    for contact in contacts:
        office.say(contact, "Bonjour.")
        await office.send(contact)
    calls = len(graph.calls())
    assert calls <= 5 * 4
    assert office.pages.standings([PAGE.id])[0].state == "unreachable"

    graph.control("DELETE", "faults")
    await office.is_time_for(contacts[0])

    assert [one.words() for one in people] == [["Bonjour."]] * 8


async def test_two_gateways_never_both_send(
    office: Office, empty_url: str, settings: MessengerSettings, graph: RunningDouble
) -> None:
    other = Office(empty_url, settings, "two")
    people = [graph.person() for _ in range(6)]
    for one in people:
        one.say("Bonjour")
    contacts = [office.knows(one) for one in people]
    for contact in contacts:
        office.say(contact, "Un.", "Deux.", "Trois.")

    await asyncio.gather(office.send(*contacts), other.send(*contacts))
    await office.send(*contacts)

    assert [one.words() for one in people] == [["Un.", "Deux.", "Trois."]] * 6
    await other.close()


async def test_who_is_erased_while_something_is_sent_gets_no_more(office: Office, person: Messenger) -> None:
    contact = office.knows(person)
    office.say(contact, "Une phrase. " * 400, "Encore.")

    async def erase(seconds: float) -> None:
        await asyncio.to_thread(office.conversations.erase, contact)

    office.posting._sleep = erase

    await office.send(contact)

    assert "Encore." not in person.words()
    assert office.sender._busy == {}


async def test_a_long_pause_of_one_person_keeps_nobody_waiting(
    office: Office, graph: RunningDouble, person: Messenger
) -> None:
    slow = graph.person()
    slow.say("Bonjour")
    contact, other = office.knows(slow), office.knows(person)
    office.say(contact, "Une phrase de plus. " * 250)
    office.say(other, "Tout de suite.")
    is_read = asyncio.Event()
    office.posting._sleep = lambda seconds: is_read.wait()  # type: ignore[assignment,return-value]

    office.sender.wake(contact)
    office.sender.wake(other)
    while not person.words():
        await asyncio.sleep(0.05)

    assert len(slow.words()) <= 1
    is_read.set()
    await office.rest()
    assert len(slow.words()) == 3


async def test_what_waited_while_staff_answered_elsewhere_is_no_second_answer(
    office: Office, person: Messenger
) -> None:
    contact = office.knows(person)
    (late,) = office.say(contact, "Du robot.")
    office.change(contact, silent_until=datetime.now(timezone.utc) + timedelta(minutes=20))
    office.say(contact, "De quelqu'un au bureau.", role="counsellor")

    await office.send(contact)

    assert person.words() == ["De quelqu'un au bureau."]
    assert office.unsent(contact) == {late.seq: "elsewhere"}


async def test_a_message_of_an_unknown_form_holds_nothing_up(office: Office, person: Messenger) -> None:
    contact = office.knows(person)
    strange = office.conversations.say(contact, {"language": "fr", "parts": [{"kind": "film"}]}, "bot")
    office.say(contact, "Bonjour.")

    await office.send(contact)

    assert person.words() == ["Bonjour."]
    assert office.unsent(contact) == {strange.seq: "unreadable"}
