"""Every other kind of event of Meta is read into what it means, and none spoils the others."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any

import pytest

from bot.services.messenger.happenings import (
    Edited,
    NotificationsSet,
    PageReturned,
    Reacted,
    Said,
    Seen,
    Sent,
    StaffWrote,
    ThreadMoved,
    Unsent,
)
from tests import messenger_payloads as meta
from tests.every_messenger_event import EVERY
from tests.gateway.messenger.reading import one, passed_over, read, said
from tests.messenger_payloads import APP, OTHER_APP, OTHER_PAGE, PAGE, PAGE_INBOX, STRANGE_PAGE


def test_echoes_are_ours_by_app_and_number_or_somebody_elses() -> None:
    ours = one(meta.echo(PAGE, "7", "Bonjour", APP, "12.3", mid="m_1"))
    assert ours == Sent(ours.thread, "m_1", 12, 3)
    assert ours.thread.psid == "7"
    for app in (OTHER_APP, PAGE_INBOX, None):
        other = one(meta.echo(PAGE, "7", "Ici Zoé", app, "12.3", mid="m_2"))
        assert other == StaffWrote(other.thread, "m_2", "Ici Zoé")
    picture = one(meta.echo(PAGE, "7", None, PAGE_INBOX, mid="m_3"))
    assert picture == StaffWrote(picture.thread, "m_3", None, "image")
    for metadata in (None, "", "12", "12.3.4", "-1.2", "seq"):
        assert passed_over(meta.echo(PAGE, "7", "Bonjour", APP, metadata)) == {("message", "not_needed"): 1}


def test_a_message_from_the_page_is_an_echo_even_where_it_does_not_say_so() -> None:
    event = meta.echo(PAGE, "7", "Ici Zoé", None)
    del event["message"]["is_echo"]

    assert isinstance(one(event), StaffWrote)


def test_standby_is_read_as_such() -> None:
    found = one(meta.text(PAGE, "7", "Bonjour"), channel="standby")
    button = one(meta.postback(PAGE, "7", "Aide", None), channel="standby")

    assert found.thread.is_standby
    assert isinstance(button, Said)
    assert (button.text, button.thread.is_standby) == ("Aide", True)


def test_edits_and_messages_taken_back() -> None:
    edited = one(meta.edit(PAGE, "7", "m_1", " nouveau "))
    assert edited == Edited(edited.thread, "m_1", "nouveau")
    blank = one(meta.edit(PAGE, "7", "m_1", " "))
    assert blank == Edited(blank.thread, "m_1", None, "received:empty")
    for event in (meta.unsend(PAGE, "7", "m_1"), meta.from_person(PAGE, "7", message_unsend={"mid": "m_1"})):
        found = one(event)
        assert found == Unsent(found.thread, "m_1")


def test_receipts_reactions_and_notifications() -> None:
    watermark = meta.now_ms()
    moment = datetime.fromtimestamp(watermark / 1000, timezone.utc)
    seen = one(meta.read(PAGE, "7", watermark))
    assert seen == Seen(seen.thread, moment, is_read=True)
    got = one(meta.delivery(PAGE, "7", ["m_1"], watermark))
    assert got == Seen(got.thread, moment, is_read=False)
    assert got.thread.at is None
    values = [one(meta.reaction(PAGE, "7", "m_1", name)) for name in ("like", "love", "angry", "sad")]
    assert [found.value for found in values if isinstance(found, Reacted)] == ["up", "up", "down", None]
    back = one(meta.reaction(PAGE, "7", "m_1", action="unreact"))
    assert back == Reacted(back.thread, "m_1", None)
    other = meta.reaction(PAGE, "7", "m_1")
    other["reaction"] |= {"reaction": "other", "emoji": "\N{THUMBS DOWN SIGN}\N{EMOJI MODIFIER FITZPATRICK TYPE-3}"}
    assert one(other) == Reacted(one(other).thread, "m_1", "down")
    feedback = one(meta.from_person(PAGE, "7", response_feedback={"feedback": "Bad response", "mid": "m_1"}))
    assert feedback == Reacted(feedback.thread, "m_1", "down")
    for status, is_allowed in ((None, True), ("STOP_NOTIFICATIONS", False), ("RESUME_NOTIFICATIONS", True)):
        chosen = one(meta.opt_in(PAGE, "7", status))
        assert chosen == NotificationsSet(chosen.thread, is_allowed)


@pytest.mark.parametrize(
    ("kind", "before", "after", "is_ours"),
    [
        ("pass_thread_control", PAGE_INBOX, APP, True),
        ("pass_thread_control", None, APP, True),
        ("pass_thread_control", PAGE_INBOX, None, True),
        ("pass_thread_control", APP, PAGE_INBOX, False),
        ("take_thread_control", APP, PAGE_INBOX, False),
        ("take_thread_control", APP, None, False),
        ("take_thread_control", PAGE_INBOX, APP, True),
    ],
)
def test_a_thread_moves(kind: str, before: str | None, after: str | None, is_ours: bool) -> None:
    found = one(meta.thread_control(PAGE, "7", kind, before, after))

    assert found == ThreadMoved(found.thread, is_ours)


def test_a_role_of_this_app_brings_the_page_back_and_others_do_not() -> None:
    found = read(meta.body(meta.app_roles(PAGE)))

    assert [returned.page_id for returned in found.returned] == [PAGE]
    assert isinstance(found.returned[0], PageReturned)
    assert passed_over(meta.app_roles(PAGE, role="secondary_receiver")) == {("app_roles", "not_needed"): 1}
    assert passed_over(meta.app_roles(PAGE, app=OTHER_APP)) == {("app_roles", "not_needed"): 1}


@pytest.mark.parametrize(
    ("event", "counted"),
    [
        ("text", ("event", "malformed")),
        (None, ("event", "malformed")),
        ({}, ("unknown", "not_needed")),
        (meta.unknown(PAGE, "7"), ("unknown", "not_needed")),
        (meta.from_person(PAGE, "7", account_linking={"status": "unlinked"}), ("account_linking", "not_needed")),
        (
            meta.thread_control(PAGE, "7", "request_thread_control", APP, OTHER_APP),
            ("request_thread_control", "not_needed"),
        ),
        (meta.policy(PAGE), ("policy_enforcement", "reported")),
        (meta.from_person(PAGE, "7", message="Bonjour"), ("message", "malformed")),
        (meta.from_person(PAGE, "7", read={"watermark": "soon"}), ("read", "not_needed")),
        (meta.from_person(PAGE, "7", message_edit={"text": "x"}), ("message_edit", "not_needed")),
        (meta.from_person(PAGE, PAGE, message={"mid": "m", "text": "x"}), ("message", "no_person")),
        (meta.from_person(STRANGE_PAGE, "7", message={"mid": "m", "text": "x"}), ("message", "no_person")),
        ({"sender": {"user_ref": "r"}, "recipient": {"id": PAGE}, "optin": {"ref": "x"}}, ("optin", "no_person")),
        (meta.text(PAGE, "7; DROP TABLE", "x"), ("message", "no_person")),
    ],
)
def test_what_means_nothing_to_us_is_counted(event: Any, counted: tuple[str, str]) -> None:
    assert passed_over(event) == {counted: 1}


def test_every_event_of_every_entry_is_read_and_what_is_broken_spoils_nothing() -> None:
    found = read(
        meta.batch(
            meta.entry([meta.text(PAGE, "7", "one"), {"message": 3}, meta.text(PAGE, "8", "two")]),
            meta.entry([meta.text(STRANGE_PAGE, "7", "not ours")], STRANGE_PAGE),
            {"id": PAGE, "messaging": "none", "changes": [{"field": "feed"}]},
            {"id": PAGE, "standby": [meta.text(PAGE, "9", "four")]},
            meta.entry([meta.text(OTHER_PAGE, "7", "three")], OTHER_PAGE),
        )
        | {"extra": 1}
    )
    found_too = read({"object": "page", "entry": [3, None, {"id": PAGE}]})

    assert [one.text for one in found.of_people if isinstance(one, Said)] == ["one", "two", "four", "three"]
    assert found.passed_over == {
        ("message", "malformed"): 1,
        ("entry", "unknown_page"): 1,
        ("entry", "malformed"): 1,
        ("changes", "not_needed"): 1,
    }
    assert found_too.passed_over == {("entry", "malformed"): 2}
    assert read({"object": "page"}).passed_over == {("entry", "malformed"): 1}


@pytest.mark.parametrize("moment", [None, True, "x", -1, 0, 10**18, 1.5, "٣", 4_000_000_000_000, {}])
def test_a_moment_that_makes_no_sense_is_none(moment: Any) -> None:
    event = {**meta.text(PAGE, "7", "x"), "timestamp": moment}

    assert one(event).thread.at is None


def test_a_long_or_strange_message_id_is_shortened_the_same_way_each_time() -> None:
    for mid in ("m_" + "a" * 300, "m é", "m\ud83d", "m\x00"):
        first, again = said(meta.text(PAGE, "7", "x", mid=mid)), one(meta.unsend(PAGE, "7", mid))
        assert isinstance(again, Unsent)
        assert first.client_id == again.client_id
        assert len(first.client_id) <= 128


def test_what_is_nested_deeper_than_python_can_write_spoils_nothing() -> None:
    deep: Any = "x"
    for _ in range(3000):
        deep = [deep]
    for event in (
        meta.postback(PAGE, "7", "", deep, mid=None),
        meta.quick_reply(PAGE, "7", "", deep),
        meta.from_person(PAGE, "7", message={"mid": deep, "text": deep, "sticker_id": deep, "attachments": [deep]}),
        meta.referral(PAGE, "7", {"ref": deep}),
        meta.from_person(PAGE, "7", reaction={"mid": "m", "reaction": deep, "emoji": deep, "action": deep}),
        meta.from_person(PAGE, "7", response_feedback={"mid": "m", "feedback": deep}),
        {
            **meta.echo(PAGE, "7", None, None),
            "message": {"mid": "m", "is_echo": True, "app_id": deep, "metadata": deep},
        },
        {**meta.policy(PAGE), "policy_enforcement": {"action": deep}},
        {**meta.text(PAGE, "7", "x"), "timestamp": deep},
    ):
        found = read(meta.body(event))
        assert len(found.of_people) + sum(found.passed_over.values()) == 1


@pytest.mark.parametrize("name", sorted(EVERY))
@pytest.mark.parametrize("channel", ["messaging", "standby"])
def test_every_recorded_kind_is_read_or_counted(name: str, channel: str) -> None:
    found = read(meta.body(EVERY[name](PAGE, "7"), channel=channel))

    assert len(found.of_people) + len(found.returned) + sum(found.passed_over.values()) == 1
    assert not any(why == "malformed" for _, why in found.passed_over)
