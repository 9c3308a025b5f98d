"""The gateway is killed in the middle of live talks: after its restart all stands as it was, and what was being sent
is there once and in its place. On SQLite and on PostgreSQL."""

from __future__ import annotations

import re
import signal
import threading
import time
from collections.abc import Callable
from html import unescape
from typing import Any

import httpx
import pytest

from tests.desk.conftest import signed_in
from tests.desk.counsellor import StaffMember, in_queue, said_to
from tests.gateway.running_gateway import RunningGateway, Visitor, new_id, wait_until

pytestmark = pytest.mark.parametrize("database", ["sqlite", "postgresql"], indirect=True, scope="session")

_SENT = 12
_SAID = re.compile(r'data-event="(\d+)"|>((?:visitor|counsellor) \d+)<')


def test_killed_in_the_middle_nothing_is_lost_or_said_twice(own_gateway: RunningGateway) -> None:
    zoe = signed_in(own_gateway, "zoe")
    zoe.come()
    visitor, handoff = in_queue(own_gateway, zoe)
    waiting, its_handoff = in_queue(own_gateway, zoe)
    form = Visitor(own_gateway.url)
    zoe.act(handoff, "claim")
    closed, done = in_queue(own_gateway, zoe)
    zoe.act(done, "claim")
    zoe.act(done, "close", outcome="answered")
    form.post(choice="callback:start", language="en")
    form.wait_for_answers(1)
    form.post(text="Ada", language="en")
    form.wait_for_answers(2)
    before = [one.history() for one in (waiting, closed, form)]
    stream = _Stream(visitor)
    senders = [
        threading.Thread(target=_write, args=(visitor,)),
        threading.Thread(target=_reply, args=(zoe, handoff)),
    ]

    for sender in senders:
        sender.start()
    wait_until(lambda: len(stream.said) >= _SENT, 60)
    own_gateway.stop_gateway(signal.SIGKILL)
    time.sleep(0.3)
    own_gateway.start_gateway()
    for sender in senders:
        sender.join(120)

    wait_until(lambda: len(stream.said) >= 2 * _SENT, 60)
    stream.is_over = True
    page = zoe.get(f"/desk/talks/{handoff}").text
    shown = _SAID.findall(page)
    for who in ("visitor", "counsellor"):
        assert [words for words in stream.said if words.startswith(who)] == [f"{who} {n}" for n in range(_SENT)]
    assert [words for _, words in shown if words] == stream.said
    assert stream.numbers == list(range(1, len(stream.numbers) + 1))
    assert [one.history() for one in (waiting, closed, form)] == before
    assert zoe.waiting() == [its_handoff]
    assert 'value="leave"' in zoe.get("/desk/").text, "she is still there"
    assert own_gateway.turns() == [], "the bot is silent"
    _goes_on(zoe, waiting, its_handoff, form, closed)


def _goes_on(zoe: StaffMember, waiting: Visitor, handoff: str, form: Visitor, closed: Visitor) -> None:
    """Every state can be left by its own way."""
    assert zoe.act(handoff, "claim").status_code == 303
    assert any("Zoe" in words for words in said_to(waiting, "system"))
    form.post(choice="callback:way/email", language="en")
    assert "e-mail address" in form.wait_for_answers(3)[-1]
    closed.post(choice="score:5")
    assert "Thank you" in closed.wait_for_answers(2)[-1]


def _write(visitor: Visitor) -> None:
    """As the widget does: again with the same id until it is taken in."""
    with httpx.Client(base_url=visitor.client.base_url, headers=visitor.headers, timeout=5) as client:
        for number in range(_SENT):
            body = {"client_id": new_id(), "text": f"visitor {number}"}
            _until(lambda: client.post("/chat/messages", json=body).status_code == 202)  # noqa: B023
            time.sleep(0.05)


def _reply(staff: StaffMember, handoff: str) -> None:
    """As the page does: the words stay in the box until they are said, under the same name."""
    page = staff.get(f"/desk/talks/{handoff}").text
    token = page.split('name="form_token" value="')[1][:64]
    for number in range(_SENT):
        fields = {"form_token": token, "words": f"counsellor {number}", "once": new_id()}
        _until(lambda: staff.post(f"/desk/talks/{handoff}/say", **fields).status_code == 303)  # noqa: B023
        time.sleep(0.05)


def _until(is_done: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 120
    while True:
        try:
            if is_done():
                return
        except httpx.HTTPError:
            pass  # nobody heard; or somebody did, and died before saying so
        assert time.monotonic() < deadline
        time.sleep(0.1)


class _Stream:
    """What an open page of the visitor hears, which comes back with the number of the last event."""

    def __init__(self, visitor: Visitor) -> None:
        self.numbers: list[int] = []
        self.said: list[str] = []
        self.is_over = False
        threading.Thread(target=self._follow, args=(visitor,), daemon=True).start()

    def _follow(self, visitor: Visitor) -> None:
        while not self.is_over:
            try:
                for number, kind, data in visitor.events(self.numbers[-1] if self.numbers else 0):
                    if number is not None:
                        self.numbers.append(number)
                    if kind == "message" and data["role"] in ("visitor", "counsellor"):
                        self._hear(data)
            except httpx.HTTPError:
                time.sleep(0.1)

    def _hear(self, data: dict[str, Any]) -> None:
        words = data.get("text") or "".join(part.get("html", "") for part in data.get("parts", ()))
        words = unescape(re.sub("<[^>]*>", "", words))
        if re.match(r"(visitor|counsellor) \d", words):
            self.said.append(words)
