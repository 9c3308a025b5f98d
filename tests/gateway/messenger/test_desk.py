"""A counsellor talks with somebody on Messenger: what goes out, and what the desk says when something cannot."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta, timezone

import pytest

from bot.store import messenger_rows, messenger_sending_rows
from bot.store.database import Database
from tests.desk.conftest import signed_in
from tests.desk.counsellor import StaffMember, url_of
from tests.gateway.messenger.running_messenger import RunningMessenger, running_messenger
from tests.gateway.running_gateway import wait_until
from tests.graph_double.running_double import Messenger
from tests.messenger_payloads import PAGE

_SECONDS = 90


@pytest.fixture(scope="module")
def messenger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningMessenger]:
    with running_messenger(tmp_path_factory.mktemp("desk")) as running:
        yield running


@pytest.fixture(scope="module")
def zoe(messenger: RunningMessenger) -> StaffMember:
    """A counsellor who is there."""
    member = signed_in(messenger.gateway, "zoe")
    member.come()
    return member


def held(messenger: RunningMessenger, zoe: StaffMember) -> tuple[Messenger, str, str]:
    """Somebody with whom the counsellor talks: person, hand-off, contact."""
    person = messenger.double.person(locale="en_US")
    person.do("postback", title="Talk to a person", payload="human")
    person.wait_for_answers(1, _SECONDS)
    wait_until(lambda: bool(zoe.waiting()), _SECONDS)
    (handoff,) = zoe.waiting()
    assert zoe.act(handoff, "claim").status_code == 303
    # What a test does next must not find the word that Zoe is here still unsent.
    person.wait_for(lambda words: any("Zoe" in one for one in words), _SECONDS)
    contact = messenger.rows("SELECT contact_id FROM messenger_person WHERE psid = ?", person.psid)[0][0]
    return person, handoff, contact


def wrote_days_ago(messenger: RunningMessenger, contact: str, days: float) -> None:
    database = Database(url_of(messenger.gateway))
    with database.writing() as connection:
        at = datetime.now(timezone.utc) - timedelta(days=days)
        messenger_rows.change(connection, contact, last_from_person_at=at)
    database.close()


def test_a_counsellors_words_reach_the_person(messenger: RunningMessenger, zoe: StaffMember) -> None:
    person, handoff, _ = held(messenger, zoe)
    assert "On Messenger. You can write to this person until" in zoe.words_of(handoff)

    assert zoe.act(handoff, "say", words="Good *morning*").status_code == 303

    person.wait_for(lambda words: "Good *morning*" in words, _SECONDS)
    assert any("Zoe" in words for words in person.words())
    zoe.act(handoff, "close", outcome="answered")
    person.wait_for(lambda words: any("useful" in one for one in words), _SECONDS)
    assert "score:5" in person.offered().values()


def test_after_seven_days_the_desk_says_so_and_keeps_the_words(messenger: RunningMessenger, zoe: StaffMember) -> None:
    person, handoff, contact = held(messenger, zoe)
    wrote_days_ago(messenger, contact, 8)
    before = len(person.words())

    refused = zoe.act(handoff, "say", words="Are you still there?")

    assert refused.status_code == 422
    assert "Are you still there?" in refused.text
    assert "seven days have passed" in refused.text
    page = zoe.words_of(handoff)
    assert "nobody can write any more" in page
    assert "They left no e-mail address" in page
    assert len(person.words()) == before
    zoe.act(handoff, "close", outcome="no_reply")


def test_what_was_not_sent_stands_in_the_conversation(messenger: RunningMessenger, zoe: StaffMember) -> None:
    person, handoff, contact = held(messenger, zoe)
    person.set(is_blocked=True)

    zoe.act(handoff, "say", words="Nobody reads this")

    wait_until(lambda: "Not sent: the person receives no messages" in zoe.words_of(handoff), _SECONDS)
    database = Database(url_of(messenger.gateway))
    with database.reading() as connection:
        assert set(messenger_sending_rows.unsent_of(connection, contact).values()) == {"unavailable"}
    database.close()
    person.set(is_blocked=False)
    zoe.act(handoff, "close", outcome="no_reply")


def test_a_page_that_facebook_refuses_is_said_at_the_desk(messenger: RunningMessenger, zoe: StaffMember) -> None:
    person, handoff, _ = held(messenger, zoe)
    messenger.double.control("PATCH", f"pages/{PAGE}", token_state="expired")

    zoe.act(handoff, "say", words="Kept for later")

    wait_until(lambda: "Facebook no longer accepts" in zoe.words_of(handoff), _SECONDS)
    wait_until(lambda: "Not sent yet: 1" in zoe.words_of(handoff), _SECONDS)
    messenger.double.control("PATCH", f"pages/{PAGE}", token_state="valid")
    person.wait_for(lambda words: "Kept for later" in words, _SECONDS)
    wait_until(lambda: "Facebook no longer accepts" not in zoe.words_of(handoff), _SECONDS)
