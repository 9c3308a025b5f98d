"""Proposals to the content team: masked, ended once, gone with the person."""

from __future__ import annotations

import pytest

from bot.services.proposals.proposals import (
    EVERY,
    Proposal,
    ProposalEnded,
    ProposalRefused,
    Proposals,
    UnknownProposal,
)
from tests.services.handoff.conftest import HandoffDoor
from tests.services.handoff.queueing import in_queue

TOPIC = "guidance/become_nurse"


def proposals(desk: HandoffDoor) -> Proposals:
    return Proposals(desk.database, lambda topic: topic == TOPIC, desk.clock)


def asked(desk: HandoffDoor, text: str = "call me on 0470 12 34 56 about nursing") -> tuple[str, str, str]:
    """A contact in the queue, their hand-off, and a message of theirs."""
    contact, handoff = in_queue(desk)
    return contact, handoff, desk.says(contact, text).message_id


def test_numbers_are_masked_before_anything_is_kept(staffed: HandoffDoor) -> None:
    _, handoff, message = asked(staffed)
    service = proposals(staffed)

    words, language = service.draft(handoff, message) or ("", "")
    reference = service.add(handoff, message, "zoe", "phrase", TOPIC, "0470 12 34 56 nursing", "mail ada@example.org")

    assert (words, language) == ("call me on [phone] about nursing", "en")
    found = service.show(reference.lower())
    assert found == Proposal(
        *(reference, "phrase", TOPIC, "en", "[phone] nursing", "mail [e-mail]", "Zoé", staffed.clock()),
        *("open", None, None, None),
    )


def test_of_two_who_end_it_the_second_is_told(staffed: HandoffDoor) -> None:
    _, handoff, message = asked(staffed)
    service = proposals(staffed)
    reference = service.add(handoff, message, "zoe", "answer", "", "an answer about housing")

    ended = service.close(reference, "jan", "taken", "in the next release")
    with pytest.raises(ProposalEnded):
        service.close(reference, "zoe", "refused")

    assert (ended.state, ended.ended_by, ended.outcome) == ("taken", "Jan", "in the next release")
    assert service.list() == []
    assert [(one.reference, one.topic) for one in service.list(EVERY)] == [(reference, None)]


@pytest.mark.parametrize(
    ("kind", "topic", "text", "reason"),
    [
        ("phrase", TOPIC, " ", "empty"),
        ("phrase", TOPIC, "a" * 501, "too_long"),
        ("answer", TOPIC, "a" * 4001, "too_long"),
        ("phrase", "guidance/unknown", "words", "no_topic"),
        ("joke", TOPIC, "words", "no_kind"),
    ],
)
def test_what_cannot_be_kept_says_why(staffed: HandoffDoor, kind: str, topic: str, text: str, reason: str) -> None:
    _, handoff, message = asked(staffed)
    service = proposals(staffed)

    with pytest.raises(ProposalRefused) as refused:
        service.add(handoff, message, "zoe", kind, topic, text)

    assert refused.value.reason == reason
    assert service.list() == []


def test_only_messages_of_that_person_can_be_proposed(staffed: HandoffDoor) -> None:
    _, handoff, _ = asked(staffed)
    _, _, foreign = asked(staffed)
    service = proposals(staffed)

    assert service.draft(handoff, foreign) is None
    assert service.draft("gone", foreign) is None
    with pytest.raises(ProposalRefused, match="no message"):
        service.add(handoff, foreign, "zoe", "phrase", TOPIC, "words")


def test_it_goes_with_the_person(staffed: HandoffDoor) -> None:
    contact, handoff, message = asked(staffed)
    service = proposals(staffed)
    reference = service.add(handoff, message, "zoe", "phrase", TOPIC, "words")

    staffed.service.erase(contact)

    with pytest.raises(UnknownProposal):
        service.show(reference)
    with pytest.raises(UnknownProposal):
        service.close(reference, "jan", "taken")
