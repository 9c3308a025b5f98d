"""A visitor at the open door asks for a person and leaves details, in three languages, with and without Rasa."""

from __future__ import annotations

import json
import signal
from typing import Any

import httpx
import pytest

from tests.gateway.running_gateway import RunningGateway, Visitor, new_id, wait_until

OFFERS = {
    "fr": ("Personne de l'équipe n'est dans le chat en ce moment", "dans les 48 heures"),
    "nl": ("Er is nu niemand van het team in de chat", "binnen 48 uur"),
    "en": ("Nobody from the team is in the chat right now", "within 48 hours"),
}
STEPS: tuple[tuple[str, str], ...] = (
    ("choice", "callback:start"),
    ("text", "Zorgvrije Naam"),
    ("choice", "callback:way/telephone"),
    ("text", "+33 6 12 34 56 78"),
    ("choice", "callback:when/any"),
    ("text", "Kan iemand mij helpen kiezen"),
    ("choice", "callback:language/nl"),
    ("choice", "callback:send"),
)


def last_buttons(visitor: Visitor) -> list[str]:
    """The buttons under the last answer."""
    messages = [event["data"] for event in visitor.history() if event["kind"] == "message"]
    return [
        item["id"] for part in messages[-1].get("parts", []) if part["kind"] == "choices" for item in part["items"]
    ]


def answer_to(visitor: Visitor, **body: Any) -> str:
    """Post, and wait for one answer more."""
    count = len(visitor.answers()) if visitor.token else 0
    response = visitor.post(**body)
    assert response.status_code == 202, response.text
    return visitor.wait_for_answers(count + 1)[-1]


def fill_in(visitor: Visitor, steps: tuple[tuple[str, str], ...] = STEPS) -> str:
    """Take the steps; the last answer."""
    said = ""
    for kind, value in steps:
        said = answer_to(visitor, **{kind: value})
    return said


@pytest.mark.parametrize("language", ["fr", "nl", "en"])
def test_without_staff_the_offer_is_a_callback_and_nobody_waits(visitor: Visitor, language: str) -> None:
    said = answer_to(visitor, choice="human", language=language)

    for words in (*OFFERS[language], "0800 555 66"):
        assert words.replace("'", "&#39;") in said.replace("'", "&#39;")
    assert last_buttons(visitor) == ["callback:start", "help"]


def test_details_are_left_confirmed_and_never_seen_by_the_brain(gateway: RunningGateway, visitor: Visitor) -> None:
    before = len(gateway.turns())
    answer_to(visitor, choice="human", language="nl")

    said = fill_in(visitor)

    assert "Bedankt, het is genoteerd" in said
    seen = json.dumps(gateway.turns()[before:])
    # Only the question was looked at, for danger.
    assert [turn.get("text") for turn in gateway.turns()[before:]] == ["Kan iemand mij helpen kiezen"]
    assert "Zorgvrije" not in seen
    log = (gateway.folder / "gateway.log").read_text("utf-8")
    for words in ("Zorgvrije", "12 34 56", "helpen kiezen"):
        assert words not in log


def test_a_question_in_the_middle_is_answered_and_the_step_asked_again(visitor: Visitor) -> None:
    answer_to(visitor, choice="human", language="en")
    fill_in(visitor, STEPS[:3])

    said = answer_to(visitor, text="what does it cost?")

    assert "<strong>what does it cost?</strong>" in said
    assert "What is your phone number?" in said
    assert last_buttons(visitor) == ["callback:back", "callback:cancel"]


def test_a_reload_in_the_middle_shows_the_step_and_goes_on(gateway: RunningGateway, visitor: Visitor) -> None:
    answer_to(visitor, choice="human", language="fr")
    fill_in(visitor, STEPS[:2])
    reloaded = Visitor(gateway.url)
    reloaded.token = visitor.token

    assert last_buttons(reloaded)[:3] == ["callback:way/email", "callback:way/telephone", "callback:way/video"]
    assert "numéro de téléphone" in answer_to(reloaded, choice="callback:way/telephone")


def test_the_same_answer_sent_twice_fills_one_step(visitor: Visitor) -> None:
    answer_to(visitor, choice="human", language="en")
    answer_to(visitor, choice="callback:start")
    client_id = new_id()
    for _ in range(3):
        visitor.post(text="Ada", client_id=client_id)
    answer_to(visitor, choice="callback:way/email")

    assert "What is your e-mail address?" in visitor.answers()[-1]


def test_erasing_in_the_middle_ends_it(gateway: RunningGateway, visitor: Visitor) -> None:
    answer_to(visitor, choice="human", language="en")
    fill_in(visitor, STEPS[:4])

    erased = visitor.client.request("DELETE", "/chat", headers=visitor.headers)

    assert erased.status_code == 204
    assert visitor.post(text="+33 6 12 34 56 78").status_code == 401


def test_the_whole_form_works_while_rasa_is_away_also_behind_a_message_that_waits(
    own_gateway: RunningGateway,
) -> None:
    own_gateway.stop_brain()
    visitor = Visitor(own_gateway.url)
    visitor.post(text="a question that waits", language="nl")
    answer_to(visitor, choice="human", language="nl")

    said = fill_in(visitor)

    assert "Bedankt, het is genoteerd" in said
    own_gateway.start_brain()
    wait_until(lambda: any("a question that waits" in answer for answer in visitor.answers()), 20)


def test_a_question_to_a_bot_that_is_away_does_not_stop_the_form(own_gateway: RunningGateway) -> None:
    visitor = Visitor(own_gateway.url)
    answer_to(visitor, choice="human", language="en")
    fill_in(visitor, STEPS[:2])
    own_gateway.stop_brain()

    said = answer_to(visitor, text="is it free of charge?")

    assert "I cannot answer that right now" in said
    assert "How can we reach you?" in said


def test_a_killed_gateway_goes_on_where_the_form_was(own_gateway: RunningGateway) -> None:
    visitor = Visitor(own_gateway.url)
    answer_to(visitor, choice="human", language="en")
    fill_in(visitor, STEPS[:3])
    own_gateway.stop_gateway(signal.SIGKILL)
    own_gateway.start_gateway()

    said = fill_in(visitor, STEPS[3:])

    assert "Thank you, it is noted" in said


def test_a_thumb_down_brings_a_person_near(visitor: Visitor) -> None:
    visitor.post(text="question", language="en")
    visitor.wait_for_answers(1)
    answer = next(e["data"]["id"] for e in visitor.history() if e["data"].get("role") == "bot")

    for comment in (None, "not my question"):
        body = {"value": "down", **({"comment": comment} if comment else {})}
        address = f"/chat/messages/{answer}/rating"
        assert visitor.client.put(address, json=body, headers=visitor.headers).status_code == 204

    said = [e["data"] for e in visitor.history() if e["data"].get("role") == "system"]
    assert len(said) == 1
    assert "talk to a person" in said[0]["parts"][0]["html"]
    assert last_buttons(visitor) == ["human", "help"]


def test_readiness_tells_that_all_notices_went_out(gateway: RunningGateway) -> None:
    assert httpx.get(f"{gateway.ops_url}/ready").json()["staff_untold"] == {}
