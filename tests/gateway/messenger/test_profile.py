"""What a page shows before somebody writes: within Meta's limits, in each language, about the page's theme."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.foundation.choices import read_choice
from bot.foundation.languages import LANGUAGES
from bot.gateway.messenger.lengths import length
from bot.gateway.messenger.profile import GREETING_LIMIT, LOCALES, wanted_profile
from tests.gateway.messenger.conftest import PAGE
from tests.gateway.messenger.shown import WORDS
from tests.graph_double.profile import _set as set_at_double
from tests.graph_double.world import Page


@pytest.mark.parametrize("language", [None, *LANGUAGES])
@pytest.mark.parametrize("theme", [None, "employment", "gone"])
def test_metas_double_takes_it(language: str | None, theme: str | None) -> None:
    page = replace(PAGE, language=language, theme=theme)
    profile = wanted_profile(page, WORDS, ["https://bot.example.org/", "http://inside", "https://bot.example.org"])

    set_at_double(Page("1", "n", "t"), profile)

    assert profile["whitelisted_domains"] == ["https://bot.example.org"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_greeting_fits_as_it_was_written(language: str) -> None:
    for key in ("messenger_greeting", "messenger_greeting_default"):
        assert length(WORDS.say(key, language)) <= GREETING_LIMIT


def test_who_has_an_unknown_language_is_greeted_in_all_three() -> None:
    greetings = {one["locale"]: one["text"] for one in wanted_profile(PAGE, WORDS, [])["greeting"]}

    assert set(greetings) == {"default", *LOCALES}
    assert all(word in greetings["default"] for word in ("Bonjour", "Dag", "Hello"))


def test_every_button_is_one_that_the_bot_knows() -> None:
    profile = wanted_profile(PAGE, WORDS, [])

    for part in (*profile["ice_breakers"], *profile["persistent_menu"]):
        for action in part["call_to_actions"]:
            read_choice(action["payload"])
            assert not str(action.get("title", action.get("question"))).endswith("…")


def test_a_page_about_a_theme_asks_about_it_first() -> None:
    profile = wanted_profile(replace(PAGE, theme="training"), WORDS, [])

    questions = profile["ice_breakers"][0]["call_to_actions"]
    assert all(question["payload"].startswith("topic:training/") for question in questions[:2])
    assert [question["payload"] for question in questions[2:]] == ["activities:list", "human"]
