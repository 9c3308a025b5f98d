"""Why somebody wants a person, read from what went before."""

from __future__ import annotations

import pytest

from tests.services.handoff.conftest import HandoffDoor


@pytest.mark.parametrize(
    ("turns", "reason"),
    [
        ([{"decision": "answer", "intent": "centre/languages"}], "asked"),
        ([{"decision": "fallback", "intent": "x"}, {"decision": "fallback", "intent": "y"}], "failures"),
        ([{"decision": "answer", "intent": "out_of_scope"}, {"decision": "answer", "intent": "deny"}], "failures"),
        ([{"decision": "fallback", "intent": "x"}], "asked"),
        ([{"decision": "answer", "intent": "crisis"}], "crisis"),
        ([{"decision": "own", "intent": "feedback:down"}], "thumb_down"),
    ],
)
def test_the_reason_is_read_from_what_went_before(
    staffed: HandoffDoor, turns: list[dict[str, str]], reason: str
) -> None:
    contact = staffed.new_contact()
    for turn in turns:
        staffed.clock.pass_minutes(0.1)
        staffed.says(contact, "?")
        staffed.answers(contact, "en", **turn)

    staffed.told(contact, choice="human")

    assert staffed.handoffs.list_waiting()[0].reason == reason


def test_a_topic_that_offers_a_person_is_the_reason_and_its_theme_is_kept(staffed: HandoffDoor) -> None:
    contact = staffed.new_contact()
    staffed.says(contact, "?")
    staffed.answers(contact, "en", topic="centre/one_to_one_counselling")

    staffed.told(contact, choice="human")

    waiting = staffed.handoffs.list_waiting()[0]
    assert (waiting.reason, waiting.theme) == ("topic", "centre")
