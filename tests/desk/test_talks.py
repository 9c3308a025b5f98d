"""Live talks at the desk: what is shown, who gets whom, nothing lost; on SQLite and on PostgreSQL."""

from __future__ import annotations

import threading
import time

import httpx
import pytest

from tests.desk.conftest import signed_in
from tests.desk.counsellor import PASSWORD, StaffMember, in_queue, said_to
from tests.gateway.running_gateway import RunningGateway, Visitor, wait_until

pytestmark = pytest.mark.parametrize("database", ["sqlite", "postgresql"], indirect=True, scope="session")


def test_from_waiting_to_the_bot_again(gateway: RunningGateway, zoe: StaffMember) -> None:
    visitor, handoff = in_queue(gateway, zoe, text="what does it cost", language="en")
    page = zoe.words_of(handoff)
    assert "what does it cost" in page
    assert "Asked for a person" in page

    assert zoe.act(handoff, "claim").status_code == 303
    assert any("Zoe" in words for words in said_to(visitor, "system"))
    assert zoe.act(handoff, "say", words="Good morning\n\nHow *can* I help?").status_code == 303
    turns = len(gateway.turns())
    visitor.post(text="my words to a person")
    wait_until(lambda: "my words to a person" in zoe.words_of(handoff), 10)
    assert "New message" in zoe.get("/desk/").text
    assert said_to(visitor, "counsellor") == ["<p>Good morning<br><br>How *can* I help?</p>"]
    assert len(gateway.turns()) == turns, "the bot is silent"

    assert zoe.act(handoff, "close", outcome="nonsense").status_code == 422
    closed = zoe.act(handoff, "close", outcome="answered")

    assert closed.headers["location"] == "/desk/?done=closed"
    assert "Answered" in zoe.get("/desk/").text
    count = len(visitor.answers())
    visitor.post(text="and you again?")
    visitor.wait_for_answers(count + 1)
    assert zoe.act(handoff, "say", words="too late").status_code == 409


def test_the_thread_is_in_the_order_in_which_it_happened(gateway: RunningGateway, zoe: StaffMember) -> None:
    visitor, handoff = in_queue(gateway, zoe, text="first question", language="en")
    zoe.act(handoff, "claim")
    for number in range(3):
        visitor.post(text=f"visitor {number}")
        zoe.act(handoff, "say", words=f"counsellor {number}")

    page = zoe.words_of(handoff)

    wanted = ["first question", *(f"{who} {number}" for number in range(3) for who in ("visitor", "counsellor"))]
    places = [page.index(words) for words in wanted]
    assert places == sorted(places)
    zoe.act(handoff, "close", outcome="other")


def test_who_comes_second_is_told_who_has_it(gateway: RunningGateway, zoe: StaffMember, jan: StaffMember) -> None:
    _, handoff = in_queue(gateway, zoe)
    zoe.act(handoff, "claim")

    second = jan.act(handoff, "claim")

    assert second.status_code == 409
    assert "Zoe has taken this conversation already" in second.text
    assert 'id="reply"' not in second.text
    assert jan.act(handoff, "say", words="hello").status_code == 409
    assert jan.act(handoff, "close", outcome="other").status_code == 409
    assert zoe.act(handoff, "claim").status_code == 303, "a second click is no theft"
    zoe.act(handoff, "close", outcome="other")


def test_of_many_who_claim_at_once_exactly_one_wins(gateway: RunningGateway, zoe: StaffMember) -> None:
    _, handoff = in_queue(gateway, zoe)
    staff = [signed_in(gateway, f"c{number}") for number in range(6)]
    tokens = [one.get("/desk/").text.split('name="form_token" value="')[1][:64] for one in staff]
    barrier, found = threading.Barrier(6), list[int]()

    def claim(member: StaffMember, token: str) -> None:
        barrier.wait()
        found.append(member.post(f"/desk/talks/{handoff}/claim", form_token=token).status_code)

    threads = [threading.Thread(target=claim, args=pair) for pair in zip(staff, tokens, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(found) == [303, 409, 409, 409, 409, 409]
    holders = [one for one in staff if 'id="reply"' in one.get(f"/desk/talks/{handoff}").text]
    assert len(holders) == 1
    holders[0].act(handoff, "close", outcome="other")


def test_given_back_the_person_waits_again(gateway: RunningGateway, zoe: StaffMember) -> None:
    visitor, handoff = in_queue(gateway, zoe)
    zoe.act(handoff, "claim")

    assert zoe.act(handoff, "give-back").headers["location"] == "/desk/?done=given_back"

    assert handoff in zoe.waiting()
    assert any("had to leave" in words for words in said_to(visitor, "system"))
    zoe.act(handoff, "claim")
    zoe.act(handoff, "close", outcome="other")


def test_words_survive_the_end_of_the_session(gateway: RunningGateway, zoe: StaffMember) -> None:
    visitor, handoff = in_queue(gateway, zoe)
    zoe.act(handoff, "claim")
    words = "A long reply </textarea><script>alert(1)</script>\n\nwith two lines"
    zoe.client.cookies.delete("faqbot_desk", path="/desk")

    sign_in = zoe.post(f"/desk/talks/{handoff}/say", form_token="x", words=words)
    assert sign_in.status_code == 401
    assert "<script>alert" not in sign_in.text
    token = sign_in.text.split('name="form_token" value="')[1][:64]
    fields = {"name": "zoe", "password": PASSWORD, "talk": handoff, "words": words}
    page = zoe.post("/desk/sign-in", form_token=token, **fields)

    assert page.status_code == 200
    assert "has not been sent yet" in page.text
    assert "with two lines" in page.text
    token = page.text.split('name="form_token" value="')[1][:64]
    assert zoe.post(f"/desk/talks/{handoff}/say", form_token=token, words=words).status_code == 303
    (said,) = said_to(visitor, "counsellor")
    assert "with two lines" in said
    assert "<script>" not in said
    zoe.act(handoff, "close", outcome="other")


def test_what_a_visitor_writes_is_never_read_as_html(gateway: RunningGateway, zoe: StaffMember) -> None:
    attack = "<script>alert(1)</script><img src=x onerror=alert(2)> {{ 7*7 }} {centre_name}"
    visitor, handoff = in_queue(gateway, zoe, text=attack, language="en")
    zoe.act(handoff, "claim")
    visitor.post(text=attack)
    wait_until(lambda: zoe.get(f"/desk/talks/{handoff}").text.count("onerror") >= 2, 10)

    for page in (f"/desk/talks/{handoff}", "/desk/", f"/desk/talks/{handoff}/thread"):
        text = zoe.get(page).text
        assert "<script>alert" not in text
        assert "<img" not in text
    assert "{{ 7*7 }} {centre_name}" in zoe.words_of(handoff)
    zoe.act(handoff, "close", outcome="other")


def test_an_erased_conversation_says_so(gateway: RunningGateway, zoe: StaffMember) -> None:
    visitor, handoff = in_queue(gateway, zoe)
    zoe.act(handoff, "claim")

    visitor.client.request("DELETE", "/chat", headers=visitor.headers)

    for response in (zoe.get(f"/desk/talks/{handoff}"), zoe.act(handoff, "say", words="hello?")):
        assert response.status_code == 404
        assert "The person has erased it" in response.text


def test_an_empty_or_endless_reply_is_not_sent(gateway: RunningGateway, zoe: StaffMember) -> None:
    visitor, handoff = in_queue(gateway, zoe)
    zoe.act(handoff, "claim")

    assert zoe.act(handoff, "say", words=" \n ").status_code == 422
    too_long = zoe.act(handoff, "say", words="é" * 4001)

    assert too_long.status_code == 422
    assert "é" * 4001 in too_long.text
    assert said_to(visitor, "counsellor") == []
    zoe.act(handoff, "close", outcome="other")


def test_open_pages_hear_of_what_happens(gateway: RunningGateway, zoe: StaffMember) -> None:
    visitor, handoff = in_queue(gateway, zoe)
    zoe.act(handoff, "claim")
    heard: list[float] = []

    def follow() -> None:
        cookies = dict(zoe.client.cookies)
        with httpx.stream("GET", f"{gateway.url}/desk/live?talk={handoff}", cookies=cookies, timeout=20) as stream:
            for line in stream.iter_lines():
                if line == "event: changed":
                    heard.append(time.monotonic())
                    if len(heard) == 3:
                        return

    listener = threading.Thread(target=follow, daemon=True)
    listener.start()
    wait_until(lambda: len(heard) == 1, 20)
    visitor.post(text="are you there?")
    wait_until(lambda: len(heard) == 2, 20)
    zoe.act(handoff, "say", words="yes")
    listener.join(20)

    assert len(heard) == 3
    zoe.act(handoff, "close", outcome="other")


def test_a_callback_is_seen_and_done(gateway: RunningGateway, jan: StaffMember) -> None:
    visitor = Visitor(gateway.url)
    steps: tuple[dict[str, str], ...] = (
        {"choice": "human", "language": "nl"},
        {"choice": "callback:start"},
        {"text": "Ada O'Brien"},
        {"choice": "callback:way/telephone"},
        {"text": "+33 6 12 34 56 78"},
        {"choice": "callback:when/any"},
        {"text": "Kan <b>iemand</b> mij helpen kiezen"},
        {"choice": "callback:language/nl"},
        {"choice": "callback:send"},
    )
    for count, step in enumerate(steps, start=1):
        assert visitor.post(**step).status_code == 202
        visitor.wait_for_answers(count)
    inbox = jan.get("/desk/").text
    reference = inbox.split('href="/desk/callbacks/')[1][:7]

    page = jan.get(f"/desk/callbacks/{reference}").text

    assert "Ada O&#39;Brien" in page
    assert "+33 6 12 34 56 78" in page
    assert "<b>iemand" not in page
    assert "47 h left" in page
    address = f"/desk/callbacks/{reference}"
    assert jan.form(address, address, act="done", outcome="not_reached").status_code == 422
    assert jan.form(address, address, act="missed", outcome="not_reached").status_code == 303
    assert jan.form(address, address, act="done", outcome="answered").status_code == 303
    assert jan.form("/desk/", address, act="done", outcome="answered").status_code == 409
    assert reference not in jan.get("/desk/").text
    assert reference in jan.get("/desk/callbacks").text
    assert jan.get("/desk/callbacks/AAA-AAA").status_code == 404
