"""Turns the next steps of a card into buttons with titles in the person's language."""

from __future__ import annotations

from bot.foundation.choices import ACTIVITIES, HELP, HUMAN, RESTART, theme_choice, topic_choice
from bot.foundation.names import LIST_ACTIVITIES, REQUEST_HUMAN
from bot.foundation.reply import Choice
from bot.services.content.model import Content

#: One button per theme, in the order of data/topics/themes.yml.
THEMES = "themes"

_TITLE_OF = {
    HUMAN: "choice_human",
    ACTIVITIES: "choice_activities",
    HELP: "choice_help",
    RESTART: "choice_restart",
}
_ID_OF_INTENT = {REQUEST_HUMAN: HUMAN, LIST_ACTIVITIES: ACTIVITIES}


def next_step_choices(steps: tuple[str, ...], language: str, content: Content) -> tuple[Choice, ...]:
    """Buttons for a card's next steps; a step whose topic is not in the release is left out."""
    choices: list[Choice] = []
    for step in steps:
        if step == THEMES:
            choices.extend(_theme_choices(language, content))
        elif step in _TITLE_OF:
            choices.append(Choice(step, content.texts[_TITLE_OF[step]][language]))
        elif step.startswith("topic:") and step.removeprefix("topic:") in content.cards:
            choices.append(offer_choice(step.removeprefix("topic:"), language, content))
    return tuple(choices)


def offer_choice(intent: str, language: str, content: Content) -> Choice:
    """The button that takes a person to an intent: a topic by its title, a person, the activities."""
    if intent in _ID_OF_INTENT:
        choice = _ID_OF_INTENT[intent]
        return Choice(choice, content.texts[_TITLE_OF[choice]][language])
    return Choice(topic_choice(intent), content.cards[intent].title[language])


def _theme_choices(language: str, content: Content) -> list[Choice]:
    return [
        Choice(theme_choice(name), theme.title[language])
        for name, theme in content.themes.items()
        if any(topic in content.cards for topic in theme.starters)
    ]
