"""What a page should show before and beside the conversation, in every language that Meta knows. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from bot.foundation.choices import ACTIVITIES, HELP, HUMAN, RESTART, language_choice, topic_choice
from bot.foundation.languages import DEFAULT_LANGUAGE, LANGUAGES, OWN_NAMES
from bot.foundation.messenger_settings import MessengerPage
from bot.gateway.messenger.lengths import head
from bot.gateway.messenger.titles import short
from bot.gateway.words import GatewayWords

GREETING_LIMIT, QUESTION_LIMIT, MENU_TITLE_LIMIT, MOST_QUESTIONS = 160, 80, 30, 4
#: Of Meta's supported locales those of our languages; Dutch and French of Belgium are not among them.
LOCALES = {"fr_FR": "fr", "nl_NL": "nl", "en_US": "en", "en_GB": "en"}
GET_STARTED = "get_started"
#: Everything that the webhook does something with.
SUBSCRIBED_FIELDS = (
    *("messages", "messaging_postbacks", "messaging_referrals", "messaging_optins", "message_echoes"),
    *("message_deliveries", "message_reads", "message_reactions", "message_edits", "messaging_handovers", "standby"),
)
_QUESTIONS_OF_TOPICS = 2


def wanted_profile(page: MessengerPage, words: GatewayWords, domains: Iterable[str]) -> dict[str, Any]:
    """The properties of the page's Messenger profile, as Meta takes them."""
    main = page.language or DEFAULT_LANGUAGE
    by_locale = {"default": main, **LOCALES}
    allowed = list(dict.fromkeys(domain.rstrip("/") for domain in domains if domain.startswith("https://")))
    profile: dict[str, Any] = {
        "get_started": {"payload": GET_STARTED},
        "greeting": [
            {"locale": locale, "text": _greeting(locale, spoken, words)} for locale, spoken in by_locale.items()
        ],
        "ice_breakers": [
            {"locale": locale, "call_to_actions": _questions(page, spoken, words)}
            for locale, spoken in by_locale.items()
        ],
        "persistent_menu": [
            {"locale": locale, "composer_input_disabled": False, "call_to_actions": _menu(spoken, words)}
            for locale, spoken in by_locale.items()
        ],
    }
    return {**profile, "whitelisted_domains": allowed} if allowed else profile


def domain_of(url: str) -> str:
    """The part of an address that Meta's list of domains holds."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def _greeting(locale: str, language: str, words: GatewayWords) -> str:
    key = "messenger_greeting_default" if locale == "default" else "messenger_greeting"
    return head(words.say(key, language), GREETING_LIMIT)


def _questions(page: MessengerPage, language: str, words: GatewayWords) -> list[dict[str, str]]:
    """The first questions of the page's theme, or of the first themes; then activities and a person."""
    content = words.content
    themes = [content.themes[page.theme]] if page.theme in content.themes else list(content.themes.values())
    starters = [topic for theme in themes for topic in (theme.starters if len(themes) == 1 else theme.starters[:1])]
    topics = [topic for topic in starters if topic in content.cards][:_QUESTIONS_OF_TOPICS]
    asked = [(content.cards[topic].title[language], topic_choice(topic)) for topic in topics]
    asked += [(words.say("choice_activities", language), ACTIVITIES), (words.say("choice_human", language), HUMAN)]
    return [
        {"question": short(title, QUESTION_LIMIT), "payload": payload} for title, payload in asked[:MOST_QUESTIONS]
    ]


def _menu(language: str, words: GatewayWords) -> list[dict[str, str]]:
    """What is offered at any moment."""
    items = [
        (words.say("choice_help", language), HELP),
        (words.say("choice_activities", language), ACTIVITIES),
        (words.say("choice_human", language), HUMAN),
        *((OWN_NAMES[code], language_choice(code)) for code in LANGUAGES if code != language),
        (words.say("choice_restart", language), RESTART),
    ]
    return [
        {"type": "postback", "title": short(title, MENU_TITLE_LIMIT), "payload": payload} for title, payload in items
    ]
