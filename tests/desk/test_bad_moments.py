"""What comes at the wrong moment at the desk: a close while somebody types, a page that is too old, a mail server
that is down, consent that is refused. Nothing is lost, and nothing is answered twice."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.desk.conftest import signed_in
from tests.desk.counsellor import StaffMember, in_queue, said_to
from tests.gateway.running_gateway import RunningGateway, Visitor, wait_until
from tests.processes.running_bot import free_port

FORM: tuple[dict[str, str], ...] = (
    {"choice": "callback:start"},
    {"text": "Ada"},
    {"choice": "callback:way/telephone"},
    {"text": "+33 6 12 34 56 78"},
    {"choice": "callback:when/any"},
    {"text": "How do I begin?"},
    {"choice": "callback:language/en"},
)
#: What the inbox says while e-mails to staff fail.
NOT_TOLD = {
    "fr": "ne partent pas en ce moment (1 en attente)",
    "nl": "vertrekken nu niet (1 wachten)",
    "en": "do not go out at the moment (1 waiting)",
}
#: With the same gateway as the test on both databases.
on_sqlite = pytest.mark.parametrize("database", ["sqlite"], indirect=True, scope="session")


@pytest.mark.parametrize("database", ["sqlite", "postgresql"], indirect=True, scope="session")
def test_what_is_sent_while_the_counsellor_closes_is_theirs_or_the_bots_and_never_nobodys(
    gateway: RunningGateway, zoe: StaffMember
) -> None:
    for round_ in range(4):
        visitor, handoff = in_queue(gateway, zoe)
        zoe.act(handoff, "claim")
        start = threading.Barrier(2)

        def close(handoff: str = handoff, start: threading.Barrier = start) -> None:
            start.wait()
            zoe.act(handoff, "close", outcome="other")

        closing = threading.Thread(target=close)
        closing.start()
        start.wait()
        for number in range(6):
            assert visitor.post(text=f"words {round_} {number}").status_code == 202
        closing.join()

        messages = [event["data"] for event in visitor.history() if event["kind"] == "message"]
        end = next(
            place for place, one in enumerate(messages) if one["role"] == "system" and "has ended" in _html(one)
        )
        for_bot = [one["id"] for one in messages[end:] if one["role"] == "visitor"]
        # The first to the bot may be a score; none of these is.
        visitor.wait_for_answers(len(for_bot) + _answers_before(messages, end))
        answered = [event["data"]["in_reply_to"] for event in visitor.history() if event["data"].get("role") == "bot"]
        assert answered[_answers_before(messages, end) :] == for_bot
        page = zoe.words_of(handoff)
        assert all(f"words {round_} {number}" in page for number in range(6))


@on_sqlite
def test_a_reply_from_a_page_that_is_too_old_is_kept(gateway: RunningGateway, zoe: StaffMember) -> None:
    visitor, handoff = in_queue(gateway, zoe)
    zoe.act(handoff, "claim")
    old = zoe.get(f"/desk/talks/{handoff}").text.split('name="form_token" value="')[1][:64]
    zoe.client.cookies.clear()
    zoe.sign_in("zoe")

    page = zoe.post(f"/desk/talks/{handoff}/say", form_token=old, words="Words <b>of mine</b>")

    assert page.status_code == 403
    assert "has not been sent yet" in page.text
    assert "Words &lt;b&gt;of mine&lt;/b&gt;</textarea>" in page.text
    assert said_to(visitor, "counsellor") == []
    zoe.act(handoff, "close", outcome="other")


@on_sqlite
def test_without_consent_nothing_reaches_the_desk(gateway: RunningGateway, jan: StaffMember) -> None:
    before = jan.get("/desk/callbacks").text
    visitor = Visitor(gateway.url)
    for count, step in enumerate((*FORM, {"choice": "callback:refuse"}), start=1):
        assert visitor.post(**step, language="en").status_code == 202
        said = visitor.wait_for_answers(count)[-1]

    assert "sent nothing and the form is deleted" in said
    assert jan.get("/desk/callbacks").text.count("<li>") == before.count("<li>")
    visitor.post(choice="callback:send", language="en")
    assert "No form is open" in visitor.wait_for_answers(len(FORM) + 2)[-1]


@pytest.fixture
def without_mail(tmp_path: Path) -> Iterator[RunningGateway]:
    """A gateway whose mail server does not answer."""
    running = RunningGateway(
        tmp_path,
        FAQBOT_SMTP=f"smtp://127.0.0.1:{free_port()}",
        FAQBOT_MAIL_FROM="bot@example.org",
        FAQBOT_MAIL_TO="team@example.org",
    )
    try:
        running.start()
        yield running
    finally:
        running.stop()


def test_while_the_mail_server_is_down_the_callback_is_at_the_desk_and_the_fault_is_seen(
    without_mail: RunningGateway,
) -> None:
    jan = signed_in(without_mail, "jan")
    visitor = Visitor(without_mail.url)
    for count, step in enumerate((*FORM, {"choice": "callback:send"}), start=1):
        assert visitor.post(**step, language="en").status_code == 202
        said = visitor.wait_for_answers(count)[-1]

    assert "Your reference" in said
    assert "Ada" in jan.get("/desk/callbacks").text

    def untold() -> dict[str, int]:
        told: dict[str, int] = httpx.get(f"{without_mail.ops_url}/ready").json()["staff_untold"]
        return told

    wait_until(lambda: untold() == {"email": 1}, 30)
    for language, words in NOT_TOLD.items():
        assert words in jan.client.get("/desk/lists", headers={"Accept-Language": language}).text
    log = (without_mail.folder / "gateway.log").read_text("utf-8")
    assert "+33" not in log
    assert "Ada" not in log


def _html(message: dict[str, object]) -> str:
    parts = message.get("parts")
    assert isinstance(parts, list)
    return "".join(part.get("html", "") for part in parts)


def _answers_before(messages: list[dict[str, object]], place: int) -> int:
    return sum(one["role"] == "bot" for one in messages[:place])
