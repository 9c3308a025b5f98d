"""Every process of the bot is killed during a live talk at the desk: the talk stands and goes on, and afterwards
the bot is back and answers."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from types import SimpleNamespace

import httpx

from bot.store.database import database_url
from tests.desk.counsellor import StaffMember, account
from tests.gateway.running_gateway import Visitor, new_id, wait_until
from tests.processes.running_bot import RunningBot
from tests.processes.test_gateway import QUESTIONS, is_alive


def test_a_live_talk_goes_on_whichever_process_is_killed(bot: RunningBot) -> None:
    account(database_url(bot.settings), "zoe")
    zoe = StaffMember(SimpleNamespace(url=bot.settings.door.local_url))  # type: ignore[arg-type]
    assert zoe.sign_in("zoe").status_code == 303
    zoe.come()
    visitor = Visitor(bot.settings.door.local_url)
    visitor.post(choice="human", language="en")
    wait_until(lambda: bool(zoe.waiting()), 20)
    (handoff,) = zoe.waiting()
    assert zoe.act(handoff, "claim").status_code == 303

    for number, killed in enumerate(("rasa run", "rasa_sdk", "gateway_process")):
        assert bot.process_ids(killed)
        bot.kill(killed)
        _exchange(zoe, visitor, handoff, number)

    words = [f"{who} {number}" for number in range(3) for who in ("question", "answer")]
    assert re.findall(r"(?:question|answer) \d", zoe.words_of(handoff)) == words
    assert [event["seq"] for event in visitor.history()] == list(range(1, len(visitor.history()) + 1))
    assert 'value="leave"' in zoe.get("/desk/").text, "she is still there"
    assert zoe.act(handoff, "close", outcome="answered").status_code == 303
    bot.wait_until_ready()
    before = len(visitor.answers())
    visitor.post(text=QUESTIONS["en"], language="en")
    assert len(visitor.wait_for_answers(before + 1, 120)) == before + 1, "and nothing of what was said meanwhile"
    zoe.form("/desk/", "/desk/presence", act="leave")
    wait_until(lambda: is_alive(bot), 10)


def _exchange(zoe: StaffMember, visitor: Visitor, handoff: str, number: int) -> None:
    """Each tries until it is heard, as widget and page do."""
    client_id, once = new_id(), new_id()
    _until(lambda: visitor.post(text=f"question {number}", client_id=client_id).status_code == 202)
    _until(lambda: f"question {number}" in zoe.words_of(handoff))
    token = zoe.get(f"/desk/talks/{handoff}").text.split('name="form_token" value="')[1][:64]
    fields = {"form_token": token, "words": f"answer {number}", "once": once}
    _until(lambda: zoe.post(f"/desk/talks/{handoff}/say", **fields).status_code == 303)


def _until(is_done: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 150
    while True:
        try:
            if is_done():
                return
        except httpx.HTTPError:
            pass  # it is away for a moment
        assert time.monotonic() < deadline
        time.sleep(0.1)
