"""Erasing leaves nothing of a person, in our tables and in the engine's memory."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor

import sqlalchemy as sa

from bot.foundation.ids import uuid7
from bot.store import (
    callback_act_rows,
    callback_rows,
    erased_rows,
    handoff_rows,
    messenger_piece_rows,
    messenger_rows,
    messenger_sending_rows,
    note_rows,
    proposal_rows,
    sight_rows,
    tag_rows,
)
from bot.store.callback_act_rows import ActRow
from bot.store.callback_rows import CallbackRow, DraftRow
from bot.store.desk_tables import metadata
from bot.store.erasure import KEPT, unregistered_tables
from bot.store.handoff_rows import HandoffRow
from bot.store.messenger_piece_rows import PieceRow
from bot.store.messenger_rows import MessengerPersonRow
from bot.store.note_rows import NoteRow
from bot.store.proposal_rows import ProposalRow
from bot.store.tracker_rows import TrackerRow
from tests.databases import Door


def counts_of_people(door: Door) -> dict[str, int]:
    with door.database.reading() as connection:
        return {
            name: connection.execute(sa.select(sa.func.count()).select_from(table)).scalar()
            for name, table in metadata.tables.items()
            if name not in KEPT
        }


def leave_details(door: Door, contact: str, conversation: str) -> None:
    """A callback that is promised, a form for another one that is half filled in, and what counsellors noted."""
    now, handoff = door.clock(), uuid7()
    row = HandoffRow(handoff, contact, conversation, "callback_open", "asked", "nl", None, now)
    words = ("Ada", "telephone", "+3225550123", "any", "Hoe word ik leerkracht?", "nl")
    with door.database.writing() as connection:
        handoff_rows.add(connection, row, "visitor")
        callback_rows.add(connection, CallbackRow(handoff, contact, handoff[-12:], *words, now, now))
        callback_act_rows.add(
            connection, ActRow(uuid7(), handoff, contact, "letter", now, "zoe", {"body": "Dag Ada"})
        )
        callback_rows.keep_draft(connection, DraftRow(contact, "way", {"name": "Ada"}, "asked", None, now))
        note_rows.add(connection, NoteRow(uuid7(), handoff, contact, "zoe", "Ada is shy", now))
        tag_rows.put(connection, handoff, contact, "training", "zoe", now)
        phrase = ("phrase", None, "nl", "juf worden", None, "zoe", now)
        proposal_rows.add(connection, ProposalRow(uuid7(), handoff[-12:], contact, *phrase))
        sight_rows.here(connection, [contact], now)
        messenger_rows.add(connection, MessengerPersonRow("111", handoff, contact, now))
        messenger_piece_rows.add(connection, PieceRow(contact, 1, 1, f"m_{handoff}"))
        messenger_sending_rows.add_unsent(connection, contact, 2, "window")


def test_every_table_is_registered() -> None:
    assert unregistered_tables() == set()


def test_a_table_that_nobody_registered_is_found() -> None:
    forgotten = sa.Table("forgotten", metadata, sa.Column("id", sa.Integer))
    try:
        assert unregistered_tables() == {"forgotten"}
    finally:
        metadata.remove(forgotten)


def test_an_erased_contact_leaves_no_row_and_the_others_stay(door: Door) -> None:
    kept = door.says().contact_id
    first = door.service.next_waiting(kept)
    assert first is not None
    door.answers(kept)
    leave_details(door, kept, first.conversation_id)
    before = counts_of_people(door)
    contact = door.says().contact_id
    conversation = door.service.next_waiting(contact)
    assert conversation is not None
    door.answers(contact)
    door.service.rate(contact, None, "up")
    leave_details(door, contact, conversation.conversation_id)
    door.clock.pass_minutes(90)
    door.says(contact)
    door.trackers.write(TrackerRow(conversation.conversation_id, {"events": []}))
    door.trackers.write(TrackerRow("another", {}))

    assert door.service.erase(contact)
    assert not door.service.erase(contact)
    assert counts_of_people(door) == before
    assert door.trackers.conversations() == ["another"]
    assert all(before.values())


def test_a_row_that_comes_between_is_erased_too(door: Door) -> None:
    contact = door.says().contact_id
    with ThreadPoolExecutor(1) as pool:
        with door.database.writing() as connection:
            # Points to the contact, and whoever adds it does not hold the contact.
            messenger_sending_rows.add_unsent(connection, contact, 1, "window")
            erased = pool.submit(door.service.erase, contact)
            time.sleep(0.5)
        assert erased.result(10)

    assert set(counts_of_people(door).values()) == {0}


def test_an_answer_that_was_under_way_leaves_nothing_in_the_engine(door: Door) -> None:
    contact = door.says().contact_id
    waiting = door.service.next_waiting(contact)
    assert waiting is not None
    door.service.erase(contact)
    door.trackers.write(TrackerRow(waiting.conversation_id, {}))

    assert door.service.answer(waiting, {"language": "nl", "parts": []}, {}, {}).events == []
    assert door.trackers.conversations() == []


def test_a_row_that_the_engine_writes_after_the_erasing_is_swept_up_and_the_mark_goes_after_a_day(door: Door) -> None:
    contact = door.says().contact_id
    waiting = door.service.next_waiting(contact)
    assert waiting is not None
    door.service.erase(contact)
    door.trackers.write(TrackerRow(waiting.conversation_id, {}))
    door.trackers.write(TrackerRow("another", {}))

    assert door.service.sweep() == 1
    assert door.trackers.conversations() == ["another"]
    door.clock.pass_minutes(23 * 60)
    door.trackers.write(TrackerRow(waiting.conversation_id, {}))
    assert door.service.sweep() == 1
    door.clock.pass_minutes(90)
    assert door.service.sweep() == 0
    with door.database.reading() as connection:
        assert erased_rows.ids(connection) == []


def test_a_mark_holds_nothing_but_a_random_id_and_a_moment() -> None:
    assert set(metadata.tables["erased_conversation"].columns.keys()) == {"id", "erased_at"}
