"""What is within the documented limits is taken, what is over them is refused in Meta's words."""

from __future__ import annotations

import pytest

from tests.graph_double.callback import Callback
from tests.graph_double.calling import buttons, element, generic, replies, send
from tests.graph_double.running_double import RunningDouble

TAKEN = {
    "text": {"text": "a" * 2000},
    "quick replies": replies(13, "é" * 20, "p" * 1000),
    "emoji": replies(1, "\U0001f44d" * 10),
    "button template": buttons(3, "t" * 640, "b" * 20),
    "carousel": generic(*[element(title="t" * 80, subtitle="s" * 80)] * 10),
}
REFUSED = {
    "text too long": ({"text": "a" * 2001}, 100, "less than or equal to 2000"),
    "text of emoji too long": ({"text": "\U0001f44d" * 1001}, 100, "less than or equal to 2000"),
    "empty text": ({"text": " "}, 100, "cannot be empty"),
    "nothing": ({"metadata": "1.0"}, 100, "cannot be empty"),
    "14 quick replies": (replies(14), 105, "too many elements"),
    "long title": (replies(1, "t" * 21), 100, "[title] must be less than or equal to 20"),
    "title of emoji too long": (replies(1, "\U0001f44d" * 11), 100, "less than or equal to 20"),
    "half an emoji": (replies(1, "Oui \ud83d"), 100, "UTF-8"),
    "long payload": (replies(1, payload="p" * 1001), 100, "less than or equal to 1000"),
    "4 buttons": (buttons(4), 105, "too many elements"),
    "long text over buttons": (buttons(1, "t" * 641), 100, "less than or equal to 640"),
    "11 elements": (generic(*[element()] * 11), 105, "too many elements"),
    "long element": (generic(element(title="t" * 81)), 100, "less than or equal to 80"),
    "title alone": (generic({"title": "Atelier"}), 100, "in addition to title"),
    "no address": (
        generic(element(buttons=[{"type": "web_url", "title": "Site", "url": "/a"}])),
        100,
        "valid URL",
    ),
}


@pytest.mark.parametrize("name", TAKEN)
def test_what_meta_documents_as_possible_is_taken(double: RunningDouble, callback: Callback, name: str) -> None:
    person = double.person()
    person.say("hallo")

    answer = send(double, person.psid, TAKEN[name])

    assert answer.status_code == 200, answer.text
    assert set(answer.json()) == {"recipient_id", "message_id"}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_over_a_limit_is_refused_in_metas_words(double: RunningDouble, callback: Callback, name: str) -> None:
    message, code, words = REFUSED[name]
    person = double.person()
    person.say("hallo")

    answer = send(double, person.psid, message)

    error = answer.json()["error"]
    assert answer.status_code == 400
    assert (error["code"], error["type"]) == (code, "OAuthException")
    assert words in error["message"]
    assert error["fbtrace_id"]
    assert person.lines("app") == []
