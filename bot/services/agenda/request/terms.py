"""Turns the tokens of a request into terms: words of the table, numbers and signs, each of one kind."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.services.agenda.request.tokens import Token
from bot.services.agenda.request.words import FACETS, FOLLOW_UP, WHEN, word_table

NUM, ORD, WORD, PUNCT, NOTHING = "NUM", "ORD", "WORD", "PUNCT", "NOTHING"
PERIOD, HOURS, CLOCK, BAD, DURATION = "PERIOD", "HOURS", "CLOCK", "BAD", "DURATION"

_SIGNS = {"/": "SLASH", "-": "DASH", ".": "DOT", ":": "COLON", ",": "COMMA", "'": "QUOTE"}

#: Kinds of which the first that a word has is taken; the rest come in the order of the table.
_FIRST = ("not_a_date",)


@dataclass(frozen=True)
class Term:
    """A piece of the request: its kind, its value and its tokens, from `first` up to but not including `after`."""

    kind: str
    value: Any
    first: int
    after: int


@dataclass(frozen=True)
class Setting:
    """What the reading of one request in one language knows.

    `is_own` tells whether it is the person's language. "The week after" counts from `anchor`: today, or the day on
    which the period begins that was asked for before.
    """

    language: str
    today: date
    tokens: tuple[Token, ...]
    original: str
    anchor: date
    is_own: bool = True

    def words(self, term: Term) -> tuple[str, ...]:
        """The folded words of a term."""
        return tuple(token.text for token in self.tokens[term.first : term.after])

    def said(self, first: int, after: int) -> str:
        """The original text of some tokens."""
        return self.original[self.tokens[first].begins : self.tokens[after - 1].ends]

    def is_glued(self, term: Term) -> bool:
        """Whether no space stands before it."""
        return self.tokens[term.first].is_glued


def terms_of(setting: Setting) -> list[Term]:
    """The terms of a request, the longest way of writing first."""
    tokens = setting.tokens
    table = word_table(setting.language, WHEN)
    found = sorted(table.find(tokens), key=lambda match: (match[0] - match[1], match[0]))
    starts: dict[int, Term] = {}
    taken = [False] * len(tokens)
    marks = table.single_words["ordinal_mark"]
    for first, after, readings in found:
        kinds = [(kind, value) for kind, value in readings if kind not in ("ordinal_mark", "own_only")]
        if not setting.is_own and ("own_only", "own_only") in readings:
            continue
        if not kinds or any(taken[first:after]) or _breaks_number(tokens, first, after):
            continue
        kind, value = next((entry for entry in kinds if entry[0] in _FIRST), kinds[0])
        starts[first] = Term(kind.upper(), value, first, after)
        taken[first:after] = [True] * (after - first)
    terms, place = [], 0
    while place < len(tokens):
        term = starts.get(place) or _plain_term(tokens, place, marks)
        if term.after - term.first == 2 and place + 1 in starts and term.kind == ORD:
            starts.pop(place + 1)
        if term.kind == WORD and setting.is_own:
            term = _misspelt(term, setting.language)
        if term.kind != "QUOTE":  # "de l'année" and "de la semaine" are alike
            terms.append(term)
        place = term.after
    return terms


# Kinds of which a misspelt word is still recognised, and how many slips are forgiven from which length on.
_FORGIVEN_KINDS = ("weekday", "month", "relative", "relative_part", "part", "unit", "next", "school_holiday")
_FORGIVEN = ((9, 2), (6, 1), (5, 1))
_LONGEST_SHORT = 5


def _misspelt(term: Term, language: str) -> Term:
    """A word that is written almost as a long word of time in the person's language, as that word."""
    word = term.value
    if not word.isalpha() or len(word) < _FORGIVEN[-1][0]:
        return term
    if (word,) in word_table(language, FACETS).values or (word,) in word_table(language, FOLLOW_UP).values:
        return term
    slips = next(slips for length, slips in _FORGIVEN if len(word) >= length)
    alike = [other for other in _long_words(language) if other[0] == word[0] and abs(len(other) - len(word)) <= slips]
    found = process.extractOne(word, alike, scorer=OSA.distance, score_cutoff=slips)
    if found is None or (len(word) <= _LONGEST_SHORT and sorted(word) != sorted(found[0])):
        return term  # of a short word only letters that changed places: "jeuid", but not "soins" for "soirs"
    kind, value = word_table(language, WHEN).values[(found[0],)][0]
    return Term(kind.upper(), value, term.first, term.after)


@cache
def _long_words(language: str) -> tuple[str, ...]:
    single = word_table(language, WHEN).single_words
    words = {word for kind in _FORGIVEN_KINDS for word in single.get(kind, ())}
    return tuple(sorted(word for word in words if len(word) >= _FORGIVEN[-1][0]))


def _breaks_number(tokens: tuple[Token, ...], first: int, after: int) -> bool:
    """A word that clings to a figure before it is its mark or unit ("5de", "17u") only if it is a short one."""
    follows_figure = first > 0 and tokens[first].is_glued and tokens[first - 1].text[-1].isdecimal()
    return follows_figure and after - first == 1 and len(tokens[first].text) > 7


def _is_part_of_amount(tokens: tuple[Token, ...], place: int) -> bool:
    """Whether a number is one of "15 %", "45+", "5,63", "100 €": no date and no hour."""
    after = tokens[place + 1 : place + 3]
    before = tokens[max(0, place - 2) : place]
    if after and after[0].text in "%€+$°":
        return True
    if len(after) == 2 and after[0].text == "," and after[1].is_glued and after[1].text.isdecimal():
        return True
    is_fraction = len(before) == 2 and before[1].text == "," and tokens[place].is_glued
    return is_fraction and before[0].text.isdecimal() and before[1].is_glued


def _plain_term(tokens: tuple[Token, ...], place: int, marks: frozenset[str]) -> Term:
    token = tokens[place]
    if token.number is not None:
        if _is_part_of_amount(tokens, place):
            return Term(WORD, token.text, place, place + 1)
        following = tokens[place + 1] if place + 1 < len(tokens) else None
        if following and following.is_glued and following.text in marks and token.number <= 39:
            return Term(ORD, token.number, place, place + 2)
        return Term(NUM, token.number, place, place + 1)
    if token.text in _SIGNS:
        return Term(_SIGNS[token.text], token.text, place, place + 1)
    return Term(WORD if token.text[0].isalnum() else PUNCT, token.text, place, place + 1)
