"""Composes what is said for one dialogue answer (`fallback`, `centre/languages` ...).

Called by the engine's NLG for every `utter_...` that Rasa's policies choose.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.foundation.choices import NONE_OF_THESE, language_choice
from bot.foundation.languages import LANGUAGES, OWN_NAMES
from bot.foundation.names import FALLBACK, LIST_ACTIVITIES, REQUEST_HUMAN, STILL_ABOUT, is_topic
from bot.foundation.reply import Choice
from bot.services.content.model import Content
from bot.services.replies.next_steps import next_step_choices, offer_choice
from bot.services.replies.view import DialogueView

#: So many titles are offered when the bot is unsure.
MAX_OFFERED = 3
#: The next failure in a row brings the counsellor first.
FAILURES_BEFORE_PERSON = 1

_LADDER = frozenset({"fallback", "out_of_scope", "deny"})


@dataclass(frozen=True)
class Composed:
    """Words in Markdown and the buttons under them; `topic` and `as_of` where a topic was answered."""

    markdown: str
    choices: tuple[Choice, ...] = ()
    topic: str | None = None
    as_of: str | None = None


def compose(name: str, view: DialogueView, content: Content) -> Composed | None:
    """What to say for the answer `name`; None when the content has no such answer."""
    if name == "clarify" and not _offered(view, content):
        name = "fallback"
    name = _on_the_ladder(name, view)
    if name not in content.answers:
        return None
    if is_topic(name):
        composed = _topic_answer(name, view, content)
    elif name == "clarify":
        composed = _clarify(view, content)
    elif name == "switch_language":
        composed = _switch_language(view, content)
    elif name == "browse_theme":
        composed = _browse_theme(view, content)
    else:
        composed = _dialogue_answer(name, view, content)
    return _with_notes(composed, view, content)


def fill(markdown: str, language: str, content: Content, **names: str) -> str:
    """Put the centre's own data (and `names`) in place of {placeholders}; unknown ones stay as they are."""
    for key, words in content.centre.items():
        markdown = markdown.replace("{" + key + "}", words[language])
    for key, value in names.items():
        markdown = markdown.replace("{" + key + "}", value)
    return markdown


def text(key: str, language: str, content: Content, **names: str) -> str:
    """One text of `data/texts`, filled."""
    return fill(content.texts[key][language], language, content, **names)


def _on_the_ladder(name: str, view: DialogueView) -> str:
    if name == "feedback" and view.vote == "down":
        return "feedback_down"
    if name in _LADDER and view.failed_turns >= FAILURES_BEFORE_PERSON:
        return f"{FALLBACK.removeprefix('nlu_')}_again"
    return name


def _topic_answer(topic: str, view: DialogueView, content: Content) -> Composed:
    card = content.cards.get(topic)
    words = fill(content.answers[topic][view.language], view.language, content)
    steps = card.next_steps if card else ()
    if view.also and view.also in content.cards and view.also != topic:
        words += "\n\n" + text("also_asked", view.language, content)
        steps = (f"topic:{view.also}", *(step for step in steps if step != f"topic:{view.also}"))
    return Composed(
        markdown=words,
        choices=next_step_choices(steps, view.language, content)[:MAX_OFFERED],
        topic=topic,
        as_of=card.as_of if card else None,
    )


def _clarify(view: DialogueView, content: Content) -> Composed:
    choices = [offer_choice(name, view.language, content) for name in _offered(view, content)]
    none = Choice(NONE_OF_THESE, text("choice_none_of_these", view.language, content))
    if STILL_ABOUT in view.notes:
        words = text(STILL_ABOUT, view.language, content)
    else:
        words = fill(content.answers["clarify"][view.language], view.language, content)
    return Composed(markdown=words, choices=(*choices, none))


def _offered(view: DialogueView, content: Content) -> list[str]:
    """What can be offered as a title: topics, a person, the activities; no small talk."""
    can_be = {*content.cards, REQUEST_HUMAN, LIST_ACTIVITIES}
    return [name for name in view.offered if name in can_be][:MAX_OFFERED]


def _switch_language(view: DialogueView, content: Content) -> Composed:
    if not view.language_known:
        return Composed(
            markdown=text("only_three_languages", view.language, content),
            choices=tuple(Choice(language_choice(code), OWN_NAMES[code]) for code in LANGUAGES),
        )
    words = fill(content.answers["switch_language"][view.language], view.language, content)
    if view.last_topic and view.last_topic in content.answers:
        again = _topic_answer(view.last_topic, view, content)
        said = text("said_again", view.language, content)
        return Composed(
            markdown=f"{words} {said}\n\n{again.markdown}",
            choices=again.choices,
            topic=again.topic,
            as_of=again.as_of,
        )
    return Composed(words, next_step_choices(("themes",), view.language, content))


def _browse_theme(view: DialogueView, content: Content) -> Composed:
    theme = content.themes.get(view.theme or "")
    if theme is None:
        return _dialogue_answer("smalltalk/help", view, content)
    steps = tuple(f"topic:{topic}" for topic in theme.starters)
    return Composed(
        markdown=text("theme_opened", view.language, content, theme=theme.title[view.language]),
        choices=next_step_choices((*steps, "human"), view.language, content),
    )


def _dialogue_answer(name: str, view: DialogueView, content: Content) -> Composed:
    card = content.dialogue.get(name)
    return Composed(
        markdown=fill(content.answers[name][view.language], view.language, content),
        choices=next_step_choices(card.next_steps if card else (), view.language, content),
    )


def _with_notes(composed: Composed, view: DialogueView, content: Content) -> Composed:
    notes = [text(key, view.language, content) for key in view.notes if key != STILL_ABOUT]
    if not notes:
        return composed
    words = "\n\n".join((*notes, composed.markdown))
    return Composed(words, composed.choices, composed.topic, composed.as_of)
