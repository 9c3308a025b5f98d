"""The tools of a conversation at the desk: ready-made replies, notes, tags; on SQLite and on PostgreSQL."""

from __future__ import annotations

import re
from html import unescape

import pytest

from tests.desk.counsellor import StaffMember, in_queue, said_to
from tests.gateway.running_gateway import RunningGateway

pytestmark = pytest.mark.parametrize("database", ["sqlite", "postgresql"], indirect=True, scope="session")


def box_of(page: str) -> str:
    """What stands in the box of the reply."""
    found = re.search(r'<textarea id="words"[^>]*>\n?(.*?)</textarea>', page, re.DOTALL)
    assert found, "no box"
    return unescape(found[1]).strip()


def test_a_ready_made_reply_goes_into_the_box_and_is_not_sent(gateway: RunningGateway, zoe: StaffMember) -> None:
    visitor, handoff = in_queue(gateway, zoe)
    zoe.act(handoff, "claim")

    by_button = zoe.act(handoff, "insert", words="Good morning.", canned="hello")
    by_key = zoe.act(handoff, "say", words=" /moment ")
    unknown = zoe.act(handoff, "say", words="/momemt")

    assert by_button.status_code == 200
    assert box_of(by_button.text).startswith("Good morning. Hello, I am Zoe from the Cité des métiers")
    assert box_of(by_key.text) == "One moment, please. I am looking for the answer for you."
    assert "Read it again and send it" in by_key.text
    assert unknown.status_code == 422
    assert box_of(unknown.text) == "/momemt"
    assert said_to(visitor, "counsellor") == []
    zoe.act(handoff, "close", outcome="other")


def test_ready_made_replies_speak_the_language_of_the_person(gateway: RunningGateway, zoe: StaffMember) -> None:
    _, handoff = in_queue(gateway, zoe, text="bonjour", language="fr")
    zoe.act(handoff, "claim")

    page = unescape(zoe.get(f"/desk/talks/{handoff}").text)

    assert "Bonjour, je suis Zoe, de la Cité des métiers." in page
    assert f"{gateway.url}/activities?language=fr" in page
    assert 'data-key="request"' not in page, "without a callback there is no reference"
    zoe.act(handoff, "close", outcome="other")


def test_a_note_is_for_the_team_alone(gateway: RunningGateway, zoe: StaffMember, jan: StaffMember) -> None:
    visitor, handoff = in_queue(gateway, zoe)
    zoe.act(handoff, "claim")
    note = "shy, <b>third</b> time here"

    kept = zoe.act(handoff, "notes", note=note, words="half a reply")
    without_words = zoe.act(handoff, "notes", note="another", words="")

    assert box_of(kept.text) == "half a reply"
    assert without_words.status_code == 303
    page = jan.get(f"/desk/talks/{handoff}").text
    assert "&lt;b&gt;third" in page
    assert "third" in jan.words_of(handoff), "a colleague who only reads sees it"
    assert jan.act(handoff, "notes", note="from Jan").status_code == 303
    assert "from Jan" in zoe.words_of(handoff)
    assert "third" not in str(visitor.history())
    transcript = visitor.client.get("/chat/transcript", headers=visitor.headers)
    assert transcript.status_code == 200
    assert "third" not in transcript.text
    zoe.act(handoff, "close", outcome="other")


def test_a_note_that_cannot_be_kept_stays_in_its_box(gateway: RunningGateway, zoe: StaffMember) -> None:
    _, handoff = in_queue(gateway, zoe)
    zoe.act(handoff, "claim")

    empty = zoe.act(handoff, "notes", note=" ", words="my words")
    too_long = zoe.act(handoff, "notes", note="é" * 2001, words="my words")

    assert (empty.status_code, too_long.status_code) == (422, 422)
    assert "é" * 2001 in too_long.text
    assert box_of(too_long.text) == "my words"
    zoe.act(handoff, "close", outcome="other")


def test_tags_are_given_and_taken_away(gateway: RunningGateway, zoe: StaffMember) -> None:
    _, handoff = in_queue(gateway, zoe)
    zoe.act(handoff, "claim")

    assert zoe.act(handoff, "tags", tag="give:praise").status_code == 303
    given = zoe.get(f"/desk/talks/{handoff}").text
    zoe.act(handoff, "tags", tag="take:praise")
    taken = zoe.get(f"/desk/talks/{handoff}").text

    assert 'value="take:praise" aria-pressed="true"' in given
    assert 'value="give:praise" aria-pressed="false"' in taken
    assert zoe.act(handoff, "tags", tag="give:invented").status_code == 422
    assert zoe.act(handoff, "tags", tag="praise").status_code == 422
    zoe.act(handoff, "close", outcome="other")


def test_tools_of_an_erased_conversation_say_so(gateway: RunningGateway, zoe: StaffMember) -> None:
    visitor, handoff = in_queue(gateway, zoe)
    zoe.act(handoff, "claim")
    visitor.client.request("DELETE", "/chat", headers=visitor.headers)

    for verb, fields in (("notes", {"note": "x"}), ("tags", {"tag": "give:praise"}), ("insert", {"canned": "hello"})):
        gone = zoe.act(handoff, verb, **fields)
        assert gone.status_code == 404
        assert "The person has erased it" in gone.text
