"""How words of people and of the bot become what the widget shows."""

from __future__ import annotations

from typing import Any

import pytest

from bot.foundation.reply import Reply, Text
from bot.foundation.settings import PROJECT_FOLDER
from bot.gateway.web_chat.rendering import Rendering
from bot.gateway.words import GatewayWords
from bot.services.releases.active import ActiveContent

RENDERING = Rendering(GatewayWords(ActiveContent(PROJECT_FOLDER / "nowhere", PROJECT_FOLDER / "data"), dict))
_LINK = '<a href="{0}" target="_blank" rel="noopener">{0}</a>'


def shown(markdown: str, role: str, topic: str | None = None) -> str:
    reply = Reply("en", (Text(markdown),), topic=topic).as_dict()
    payload: dict[str, Any] = {"id": "1", "role": role, "at": "now", "language": "en", "reply": reply, "topic": topic}
    html: str = RENDERING.message(payload)["parts"][0]["html"]
    return html.replace("&#32;", " ").replace("&#47;", "/").replace("&#10;", "\n")


@pytest.mark.parametrize(
    ("words", "html"),
    [
        ("see https://a.example/b?c=d.", f"see {_LINK.format('https://a.example/b?c=d')}."),
        ("(https://a.example/)", f"({_LINK.format('https://a.example/')})"),
        ("**not bold** [x](https://a.example)", f"**not bold** [x]({_LINK.format('https://a.example')})"),
        ("javascript:alert(1)", "javascript:alert(1)"),
    ],
)
def test_an_address_in_a_counsellors_words_can_be_followed_and_the_rest_is_text(words: str, html: str) -> None:
    assert shown(words, "counsellor") == f"<p>{html}</p>"


@pytest.mark.parametrize(
    "words", ['https://a.example/"onmouseover="alert(1)', "https://a.example/<script>alert(1)</script>"]
)
def test_an_address_opens_no_way_for_a_script(words: str) -> None:
    html = shown(words, "counsellor")

    assert "<script" not in html
    assert html.count('href="https://a.example/"') == 1
    assert ' onmouseover="' not in html
