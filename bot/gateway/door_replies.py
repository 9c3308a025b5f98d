"""Replies of the door itself where a person says nothing that could be understood: a greeting, and kind words about
what nobody can read. With OwnAnswers.
"""

from __future__ import annotations

from bot.foundation.choices import ERASE_NOW, HELP, HUMAN, language_choice
from bot.foundation.languages import LANGUAGES, OWN_NAMES
from bot.foundation.reply import Choice, Choices, Reply, Text
from bot.gateway.words import GatewayWords
from bot.services.replies.next_steps import offer_choice
from bot.services.starters.starters import MOST_STARTERS, starters_of

#: What has words of its own elsewhere.
_WORDED = {"gone": "gateway_choice_gone", "empty": "empty_message"}


def greeting(words: GatewayWords, language: str, theme: str | None = None) -> Reply:
    """What a person sees who begins by a button: greeting, first questions (of a theme), a person, languages."""
    content = words.content
    known = content.themes.get(theme or "")
    topics = [topic for topic in known.starters if topic in content.cards][:MOST_STARTERS] if known else []
    topics = topics or starters_of("", (), content.themes.values(), content.cards)
    choices = [offer_choice(topic, language, content) for topic in topics]
    choices.append(Choice(HUMAN, words.say("choice_human", language)))
    choices += [Choice(language_choice(other), OWN_NAMES[other]) for other in LANGUAGES if other != language]
    return Reply(language, (Text(words.say("gateway_greeting", language)), Choices(tuple(choices))))


def question_of_erasing(words: GatewayWords, language: str) -> Reply:
    """Asked before everything of a person is erased."""
    erase = Choice(ERASE_NOW, words.say("messenger_erase_yes", language))
    keep = Choice(HELP, words.say("messenger_erase_no", language))
    return Reply(language, (Text(words.say("messenger_erase", language)), Choices((erase, keep))))


def erased(words: GatewayWords, language: str) -> Reply:
    """Told once all is erased."""
    return Reply(language, (Text(words.say("messenger_erased", language)),))


def about_received(words: GatewayWords, language: str, what: str) -> Reply:
    """What came that cannot be read, what can be done instead, and a person."""
    if what in _WORDED:
        said = words.say(_WORDED[what], language)
    else:
        instead = words.say("messenger_received_instead", language)
        said = f"{words.say(f'messenger_received_{what}', language)} {instead}"
    offered = tuple(Choice(choice, words.say(f"choice_{choice}", language)) for choice in (HELP, HUMAN))
    return Reply(language, (Text(said), Choices(offered)))
