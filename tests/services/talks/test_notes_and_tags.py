"""Notes and tags: kept for the team, never said to the person, gone when the person is erased."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.services.talks.notes import LONGEST_NOTE, NoteRefused, Notes
from bot.services.talks.records import UnknownTalk
from bot.services.talks.tags import Tags
from bot.services.talks.talks import Talks
from tests.services.handoff.conftest import HandoffDoor
from tests.services.handoff.queueing import in_queue


def test_a_note_is_seen_by_every_colleague_and_by_nobody_else(staffed: HandoffDoor) -> None:
    contact, handoff = in_queue(staffed)
    before = len(staffed.service.transcript(contact))
    notes, talks = Notes(staffed.database, staffed.clock), Talks(staffed.database)
    stamp = talks.stamp(handoff)

    assert notes.add(handoff, "zoe", "  asks for the third time\n\nbe patient ") == contact

    talk = talks.open(handoff)
    assert talk is not None
    assert [(one.author, one.text) for one in talk.notes] == [("Zoé", "asks for the third time\n\nbe patient")]
    assert len(staffed.service.transcript(contact)) == before
    assert talks.stamp(handoff) != stamp, "open pages hear of it"


def test_a_note_of_an_earlier_talk_is_still_there(staffed: HandoffDoor) -> None:
    contact, first = in_queue(staffed)
    Notes(staffed.database, staffed.clock).add(first, "zoe", "prefers mornings")
    staffed.handoffs.cancel(contact, "visitor")
    staffed.told(contact, choice="human")
    second = staffed.handoffs.list_waiting()[-1].handoff_id

    talk = Talks(staffed.database).open(second)

    assert talk is not None
    assert second != first
    assert [one.text for one in talk.notes] == ["prefers mornings"]


@pytest.mark.parametrize(("text", "reason"), [(" \n", "empty"), ("é" * (LONGEST_NOTE + 1), "too_long")])
def test_a_note_that_cannot_be_kept_says_why(staffed: HandoffDoor, text: str, reason: str) -> None:
    _, handoff = in_queue(staffed)

    with pytest.raises(NoteRefused) as refused:
        Notes(staffed.database).add(handoff, "zoe", text)

    assert refused.value.reason == reason


def test_tags_are_given_once_taken_away_and_counted(staffed: HandoffDoor) -> None:
    _, first = in_queue(staffed)
    _, second = in_queue(staffed)
    tags = Tags(staffed.database, staffed.clock)
    for handoff in (first, first, second):
        tags.put(handoff, "jan", "praise")
    tags.put(first, "jan", "complaint")
    tags.drop(first, "zoe", "complaint")
    tags.drop(first, "zoe", "never_given")

    talk = Talks(staffed.database).open(first)
    since = staffed.clock() - timedelta(days=1)
    staffed.clock.pass_minutes(60 * 48)

    assert talk is not None
    assert talk.tags == ("praise",)
    assert tags.counts(since) == {"praise": 2}
    assert tags.counts(staffed.clock() - timedelta(days=1)) == {}


def test_of_an_erased_person_nothing_is_left_and_nothing_can_be_added(staffed: HandoffDoor) -> None:
    contact, handoff = in_queue(staffed)
    notes, tags = Notes(staffed.database, staffed.clock), Tags(staffed.database, staffed.clock)
    notes.add(handoff, "zoe", "a secret")
    tags.put(handoff, "zoe", "praise")

    assert staffed.service.erase(contact)

    assert Talks(staffed.database).open(handoff) is None
    assert tags.counts(staffed.clock() - timedelta(days=1)) == {}
    with pytest.raises(UnknownTalk):
        notes.add(handoff, "zoe", "too late")
    with pytest.raises(UnknownTalk):
        tags.put(handoff, "zoe", "praise")
