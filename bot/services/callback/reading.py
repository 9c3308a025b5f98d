"""Reads what a person does while the form asks: an answer, a correction, an end, or something for the bot.

Pure. What is typed at the steps of name and address is judged here alone and never handed on, unless it is
plainly a question or a cry for help; then the bot gets it masked.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from bot.foundation.choices import read_choice
from bot.foundation.languages import LANGUAGES
from bot.services.callback import form as steps
from bot.services.callback.addresses import find_email, find_telephone
from bot.services.callback.form import EMAIL, TELEPHONE, Form
from bot.services.callback.names import name_in
from bot.services.callback.word_lists import WordLists, folded
from bot.services.privacy.mask import mask

LONGEST_MOMENT = 200
_SHORTEST_QUESTION = 3
_DIGITS_OF_A_NUMBER = 5


class Act(Enum):
    """What a person does with the form."""

    FILLED = auto()  # the form has changed
    UNFIT = auto()  # no answer to this step; `problem` names the text that says so
    ASIDE = auto()  # for the bot; afterwards the step is asked again
    ASKED_AGAIN = auto()  # wants to go on
    CORRECTING = auto()  # wants to choose what to correct
    CANCELLED = auto()
    REFUSED = auto()  # no consent
    SENT = auto()


@dataclass(frozen=True)
class Read:
    """`form` is the form after the act. `for_bot` is what the bot may read: of an aside all that it gets,
    of an answer in own words what it should look at for danger first."""

    act: Act
    form: Form
    problem: str | None = None
    for_bot: str | None = None


def read(form: Form, text: str | None, choice: str | None, lists: WordLists) -> Read:
    """What a message means to the form."""
    if choice is not None:
        return _read_choice(form, choice)
    typed = text or ""
    bare = folded(typed)
    if lists.holds("danger", bare):
        return Read(Act.ASIDE, form, for_bot=mask(typed))
    if form.step != steps.CONSENT and lists.is_one_of("cancel", bare):
        return Read(Act.CANCELLED, form)
    if lists.is_one_of("back", bare):
        return Read(Act.FILLED, form.back())
    return _READERS[form.step](form, typed, lists)


def _read_choice(form: Form, choice: str) -> Read:
    read_id = read_choice(choice)
    if read_id.kind != "callback":
        return Read(Act.ASIDE, form)
    verb, _, value = read_id.value.partition("/")
    if verb in _VERBS:
        return Read(_VERBS[verb], form)
    if verb == "send":
        return Read(Act.SENT, form) if form.is_complete else Read(Act.UNFIT, form, problem=form.step)
    if verb == "back":
        return Read(Act.FILLED, form.back())
    if verb == "change":
        return Read(Act.FILLED, form.without(value))
    if verb == "way":
        return Read(Act.FILLED, form.with_way(value))
    return Read(Act.FILLED, form.filled(**{verb: value}))


_VERBS = {
    "start": Act.ASKED_AGAIN,
    "resume": Act.ASKED_AGAIN,
    "correct": Act.CORRECTING,
    "cancel": Act.CANCELLED,
    "refuse": Act.REFUSED,
}


def _name(form: Form, text: str, lists: WordLists) -> Read:
    name = None if _is_question(text, lists) else name_in(text, lists)
    if name:
        return Read(Act.FILLED, form.filled(name=name))
    return _aside_or_unfit(form, text, lists)


def _way(form: Form, text: str, lists: WordLists) -> Read:
    way = lists.value_of("way", folded(text))
    if way:
        return Read(Act.FILLED, form.with_way(way))
    return _given_address(form, text) or _aside_or_unfit(form, text, lists)


def _address(form: Form, text: str, lists: WordLists) -> Read:
    return _given_address(form, text) or _aside_or_unfit(form, text, lists, form.answers[steps.WAY])


def _given_address(form: Form, text: str) -> Read | None:
    """An address decides the way too: who wanted e-mail and types a number wants to be called."""
    email, way = find_email(text), form.answers.get(steps.WAY)
    if email:
        kept = form if way not in (None, TELEPHONE) else form.with_way(EMAIL)
        return Read(Act.FILLED, kept.filled(address=email))
    number = find_telephone(text)
    if number and way != steps.VIDEO:
        return Read(Act.FILLED, form.with_way(TELEPHONE).filled(address=number))
    return None


def _when(form: Form, text: str, lists: WordLists) -> Read:
    if _is_question(text, lists):
        return _aside_or_unfit(form, text, lists)
    if len(text) > LONGEST_MOMENT:
        return Read(Act.UNFIT, form, problem=steps.WHEN)
    return Read(Act.FILLED, form.filled(when=text), for_bot=mask(text))


def _question(form: Form, text: str, lists: WordLists) -> Read:
    if len(folded(text)) < _SHORTEST_QUESTION:
        return Read(Act.UNFIT, form, problem=steps.QUESTION)
    return Read(Act.FILLED, form.filled(question=text), for_bot=mask(text))


def _language(form: Form, text: str, lists: WordLists) -> Read:
    language = lists.value_of("language", folded(text))
    if language in LANGUAGES:
        return Read(Act.FILLED, form.filled(language=str(language)))
    return _aside_or_unfit(form, text, lists)


def _consent(form: Form, text: str, lists: WordLists) -> Read:
    bare = folded(text)
    if lists.is_one_of("agree", bare):
        return Read(Act.SENT, form)
    if lists.is_one_of("refuse", bare) or lists.is_one_of("cancel", bare):
        return Read(Act.REFUSED, form)
    return _aside_or_unfit(form, text, lists)


_READERS = {
    steps.NAME: _name,
    steps.WAY: _way,
    steps.ADDRESS: _address,
    steps.WHEN: _when,
    steps.QUESTION: _question,
    steps.LANGUAGE: _language,
    steps.CONSENT: _consent,
}


def _aside_or_unfit(form: Form, text: str, lists: WordLists, problem: str | None = None) -> Read:
    if not _is_personal(text, lists) and (_is_question(text, lists) or _is_sentence(text, lists)):
        return Read(Act.ASIDE, form, for_bot=mask(text))
    return Read(Act.UNFIT, form, problem=problem or form.step)


def _is_question(text: str, lists: WordLists) -> bool:
    bare = folded(text)
    return "?" in text or (" " in bare and lists.begins_with("question", bare) is not None)


def _is_sentence(text: str, lists: WordLists) -> bool:
    bare = folded(text)
    return len(bare.split()) > 2 and lists.holds("sentence", bare)


def _is_personal(text: str, lists: WordLists) -> bool:
    """Whether an address stands in it, also one that is misspelt or spelled out."""
    digits = sum(character.isdigit() for character in text)
    bare = folded(text)
    if "@" in text or digits >= _DIGITS_OF_A_NUMBER or lists.holds("spelled", bare) or mask(text) != text:
        return True
    return lists.begins_with("introduction", bare) is not None and not _is_question(text, lists)
