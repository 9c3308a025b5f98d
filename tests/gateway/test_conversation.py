"""A visitor writes, is answered once, comes back, rates, starts again and is erased."""

from __future__ import annotations

import httpx
import pytest

from tests.gateway.running_gateway import RunningGateway, Visitor, new_id, wait_until

pytestmark = pytest.mark.parametrize("database", ["sqlite", "postgresql"], indirect=True)


def test_a_message_is_acknowledged_and_answered_in_the_stream(visitor: Visitor) -> None:
    accepted = visitor.post(text="bonjour", language="nl").json()

    seen = []
    for number, kind, data in visitor.events():
        seen.append((number, kind, data))
        if data.get("role") == "bot":
            break

    assert accepted["event"] == 1
    assert (seen[0][0], seen[0][1], seen[0][2]["text"]) == (1, "message", "bonjour")
    number, _, answer = seen[-1]
    assert number == 2
    assert answer["parts"] == [{"kind": "text", "html": "<p><strong>bonjour</strong></p>"}]
    assert answer["in_reply_to"] == accepted["message_id"]
    assert answer["as_of"] == "Situatie in november 2020"
    assert answer["can_rate"] is True


def test_the_same_client_id_is_answered_once(visitor: Visitor) -> None:
    client_id = new_id()
    first = visitor.post(text="one", client_id=client_id).json()
    again = [visitor.post(text="one", client_id=client_id).json() for _ in range(5)]
    visitor.post(text="two")

    answers = visitor.wait_for_answers(2)

    assert [reply["message_id"] for reply in again] == [first["message_id"]] * 5
    assert all(reply["repeated"] for reply in again)
    assert answers == ["<p><strong>one</strong></p>", "<p><strong>two</strong></p>"]


def test_a_first_message_sent_twice_opens_the_same_conversation(gateway: RunningGateway) -> None:
    client_id = new_id()
    one, two = Visitor(gateway.url), Visitor(gateway.url)
    one.post(text="hello", client_id=client_id)
    two.post(text="hello", client_id=client_id)

    assert one.wait_for_answers(1) == two.answers()


def test_messages_are_answered_in_order(visitor: Visitor) -> None:
    for number in range(8):
        visitor.post(text=f"message {number}")

    answers = visitor.wait_for_answers(8)

    assert answers == [f"<p><strong>message {number}</strong></p>" for number in range(8)]


def test_a_stream_goes_on_after_the_last_event_seen(visitor: Visitor) -> None:
    visitor.post(text="first")
    visitor.wait_for_answers(1)
    last = visitor.history()[-1]["seq"]
    visitor.post(text="second")

    number, kind, data = next(visitor.events(after=last))

    assert (number, kind, data["text"]) == (last + 1, "message", "second")


def test_two_tabs_see_the_same(gateway: RunningGateway, visitor: Visitor) -> None:
    visitor.post(text="hello")
    visitor.wait_for_answers(1)
    other = Visitor(gateway.url)
    other.token = visitor.token
    other.post(text="from the other tab")

    assert visitor.wait_for_answers(2) == other.answers()


def test_a_page_opened_while_an_answer_is_made_hears_of_typing_and_delay(visitor: Visitor) -> None:
    visitor.post(text="SLOW", language="en")
    kinds = []
    for _, kind, data in visitor.events():
        kinds.append(kind)
        if kind == "delayed":
            assert data["language"] == "en"
            break
    again = [event[1] for event, _ in zip(visitor.events(after=1), range(2), strict=False)]

    assert kinds[-2:] == ["typing", "delayed"]
    assert again == ["typing", "delayed"]


@pytest.mark.parametrize("language", ["fr", "nl", "en"])
def test_a_person_can_be_had_without_rasa(gateway: RunningGateway, visitor: Visitor, language: str) -> None:
    before = len(gateway.turns())
    visitor.post(choice="human", choice_title="?", language=language)

    (answer,) = visitor.wait_for_answers(1)

    assert "0800 555 66" in answer
    assert 'href="mailto:info@cdm-bp.brussels"' in answer
    assert len(gateway.turns()) == before


def test_a_vote_by_button_rates_the_last_answer(visitor: Visitor) -> None:
    visitor.post(text="question", language="en")
    visitor.wait_for_answers(1)
    visitor.post(choice="feedback:down", choice_title="No")

    visitor.wait_for_answers(2)

    ratings = [event["data"]["value"] for event in visitor.history() if event["kind"] == "rating"]
    assert ratings == ["down"]


def test_an_answer_is_rated_with_a_comment(visitor: Visitor) -> None:
    visitor.post(text="question")
    visitor.wait_for_answers(1)
    answer = next(e["data"]["id"] for e in visitor.history() if e["data"].get("role") == "bot")
    address = f"/chat/messages/{answer}/rating"

    rated = visitor.client.put(address, json={"value": "up", "comment": "merci"}, headers=visitor.headers)
    unknown = visitor.client.put("/chat/messages/none/rating", json={"value": "up"}, headers=visitor.headers)

    assert rated.status_code == 204
    assert (unknown.status_code, unknown.json()["code"]) == (404, "nothing_to_rate")


def test_a_new_start_begins_another_conversation(gateway: RunningGateway, visitor: Visitor) -> None:
    visitor.post(text="before")
    visitor.wait_for_answers(1)
    assert visitor.client.post("/chat/restart", json={"client_id": new_id()}, headers=visitor.headers).is_success
    visitor.post(text="after")
    visitor.wait_for_answers(2)

    conversations = {t["text"]: t["conversation"] for t in gateway.turns() if t.get("text") in {"before", "after"}}
    assert conversations["before"] != conversations["after"]
    assert "restarted" in [event["kind"] for event in visitor.history()]


def test_erasing_ends_the_streams_and_the_token(visitor: Visitor) -> None:
    visitor.post(text="secret")
    visitor.wait_for_answers(1)
    kinds = []
    for _, kind, data in visitor.events():
        kinds.append(kind)
        if data.get("role") == "bot":
            other = httpx.delete(
                f"{visitor.client.base_url}/chat".replace("//chat", "/chat"), headers=visitor.headers
            )

    after = visitor.client.get("/chat/history", headers=visitor.headers)

    assert other.status_code == 204
    assert kinds[-1] == "erased"
    assert (after.status_code, after.json()["code"]) == (401, "session_over")


def test_the_conversation_can_be_downloaded(visitor: Visitor) -> None:
    visitor.post(text="hello there", language="en")
    visitor.wait_for_answers(1)

    file = visitor.client.get("/chat/transcript?language=en", headers=visitor.headers)

    assert "attachment" in file.headers["content-disposition"]
    assert "hello there" in file.text
    assert "Astra" in file.text


def test_nothing_is_stored_and_no_cookie_set_before_the_first_message(gateway: RunningGateway) -> None:
    for path in ("/", "/chat/start?language=fr", "/widget/faq-bot.js", "/demo.css"):
        response = httpx.get(gateway.url + path)
        assert response.status_code == 200
        assert "set-cookie" not in response.headers


def test_figures_count_messages_decisions_and_streams(gateway: RunningGateway, visitor: Visitor) -> None:
    visitor.post(text="counted", language="en")
    visitor.wait_for_answers(1)
    stream = visitor.events()
    next(stream)

    figures = gateway.figures()
    stream.close()  # type: ignore[attr-defined]

    assert 'faqbot_turns_total{decision="answer",language="en"}' in figures
    assert 'faqbot_step_seconds_count{step="brain"}' in figures
    assert "faqbot_open_streams 0" not in figures
    wait_until(lambda: "faqbot_open_streams 0" in gateway.figures(), 10)


def test_ready_tells_each_part_and_health_nothing(gateway: RunningGateway) -> None:
    ready = httpx.get(f"{gateway.ops_url}/ready")

    assert ready.status_code == 503
    assert ready.json() == {
        "ready": False,
        "database": True,
        "brain": True,
        "actions": False,
        "agenda": {"is_sample": False, "age_seconds": {}, "problems": {}},
        "staff_untold": {},
    }
    assert httpx.get(f"{gateway.url}/health").json() == {"alive": True}
    assert httpx.get(f"{gateway.url}/metrics").status_code == 404
