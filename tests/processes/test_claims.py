"""Twenty counsellors, each a process, claim two hundred people who wait and write meanwhile: one wins each, and no
message is lost, doubled or out of order. On SQLite and on PostgreSQL."""

from __future__ import annotations

import multiprocessing
import random
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import pytest

from bot.foundation.clock import now
from bot.services.conversations.conversations import Conversations
from bot.services.conversations.records import Incoming
from bot.services.handoff.handoffs import Handoffs
from bot.services.handoff.person_turns import PersonTurns
from bot.services.handoff.presence import Presence
from bot.services.handoff.records import Claimed, Gone, Taken
from bot.store.database import Database, DatabaseError
from bot.store.migrate import migrate
from tests.databases import database_url
from tests.services.handoff.conftest import setting_for

T = TypeVar("T")

COUNSELLORS, PEOPLE, WRITERS, TURNS = 20, 200, 4, 2
#: Forked: each is a process of its own with a connection of its own, and none loads the libraries anew.
_PROCESSES = multiprocessing.get_context("fork")


@pytest.mark.timeout(900)
@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_every_claim_is_won_by_exactly_one_and_no_message_is_lost(kind: str, tmp_path: Path) -> None:
    with database_url(kind, tmp_path) as url:
        migrate(url)
        waiting = _people_who_wait(url)
        results: Any = _PROCESSES.Queue()
        start = _PROCESSES.Barrier(COUNSELLORS + WRITERS)
        claimers = [
            _PROCESSES.Process(target=_claim_all, args=(url, f"c{number}", list(waiting), start, results))
            for number in range(COUNSELLORS)
        ]
        writers = [
            _PROCESSES.Process(target=_write, args=(url, list(waiting.values())[number::WRITERS], start))
            for number in range(WRITERS)
        ]
        for process in (*claimers, *writers):
            process.start()
        told = [results.get(timeout=800) for _ in claimers]
        for process in (*claimers, *writers):
            process.join(timeout=800)

        assert [process.exitcode for process in (*claimers, *writers)] == [0] * (COUNSELLORS + WRITERS)
        _check_claims(url, waiting, told)
        _check_messages(url, list(waiting.values()))


def _people_who_wait(url: str) -> dict[str, str]:
    """Contact by hand-off; the counsellors are there, so that somebody may wait."""
    database = Database(url)
    setting = setting_for(now)
    conversations, turns = Conversations(database), PersonTurns(database, setting)
    presence = Presence(database, setting)
    for number in range(COUNSELLORS):
        presence.come(f"c{number}", f"Counsellor {number}", ["fr", "nl", "en"])
    for number in range(PEOPLE):
        accepted = conversations.accept(None, Incoming(f"first-{number}", choice="human", language="en"))
        message = conversations.waiting(accepted.message_id)
        assert message is not None
        turns.take(message, {})
    waiting = {one.handoff_id: one.contact_id for one in Handoffs(database, setting).list_waiting()}
    database.close()
    assert len(waiting) == PEOPLE
    return waiting


def _claim_all(url: str, staff: str, handoffs: list[str], start: Any, results: Any) -> None:
    database = Database(url)
    service = Handoffs(database, setting_for(now))
    random.Random(staff).shuffle(handoffs)
    won, taken = [], []
    start.wait()
    for handoff in handoffs:
        outcome = _stubborn(service.claim, handoff, staff)
        assert not isinstance(outcome, Gone)
        if isinstance(outcome, Claimed):
            won.append(handoff)
            for number in (1, 2):
                _stubborn(service.say, handoff, staff, f"{staff} says {number}")
        else:
            assert isinstance(outcome, Taken)
            taken.append((handoff, outcome.staff))
    results.put((staff, won, taken))
    database.close()


def _stubborn(call: Callable[..., T], *args: object) -> T:
    """Again when the database is busy, as a door and a desk do: then nothing was changed."""
    while True:
        try:
            return call(*args)
        except DatabaseError:
            continue


def _write(url: str, contacts: list[str], start: Any) -> None:
    database = Database(url)
    conversations = Conversations(database)
    start.wait()
    for turn in range(TURNS):
        for contact in contacts:
            # Sent twice, as a door does when it has not heard.
            for _ in range(2):
                _stubborn(conversations.accept, contact, Incoming(f"{contact}-{turn}", text=f"visitor says {turn}"))
    database.close()


def _check_claims(
    url: str, waiting: dict[str, str], told: list[tuple[str, list[str], list[tuple[str, str]]]]
) -> None:
    winner = {handoff: staff for staff, won, _ in told for handoff in won}
    assert Counter(handoff for _, won, _ in told for handoff in won) == Counter(list(waiting))
    for staff, won, taken in told:
        assert len(won) + len(taken) == PEOPLE
        assert all(winner[handoff] == holder != staff for handoff, holder in taken)
    database = Database(url)
    service = Handoffs(database, setting_for(now))
    assert {one.handoff_id: one.staff for one in service.list_held()} == winner
    assert service.list_waiting() == []
    assert all(len(service.history(handoff)) == 2 for handoff in waiting)
    database.close()


def _check_messages(url: str, contacts: list[str]) -> None:
    database = Database(url)
    conversations = Conversations(database)
    # What was written before the claim is the counsellor's; nothing waits for the bot any more.
    assert conversations.contacts_waiting() == []
    for contact in contacts:
        lines = conversations.transcript(contact)
        words = [line.text or "" for line in lines if line.role == "visitor"]
        assert words[1:] == [f"visitor says {turn}" for turn in range(TURNS)]
        spoken = [line.reply["parts"][0]["markdown"] for line in lines if line.role == "counsellor" and line.reply]
        assert [text.split(" ", 1)[1] for text in spoken] == ["says 1", "says 2"]
        events = conversations.events_after(contact, 0)
        assert [event.seq for event in events] == list(range(1, len(events) + 1))
        assert sum(event.kind == "message" for event in events) == len(lines)
    database.close()
