"""Turns the tokens of a request into terms: words of the table, numbers and signs, each of one kind."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.services.agenda.request.tokens import Token
from bot.services.agenda.request.words import WHEN, word_table

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

    "The week after" counts from `anchor`: today, or the day on which the period begins that was asked for before.
    """

    language: str
    today: date
    tokens: tuple[Token, ...]
    original: str
    anchor: date

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
        kinds = [(kind, value) for kind, value in readings if kind != "ordinal_mark"]
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
        terms.append(term)
        place = term.after
    return terms


def _breaks_number(tokens: tuple[Token, ...], first: int, after: int) -> bool:
    """A word that clings to a figure before it is its mark or unit ("5de", "17u") only if it is a short one."""
    follows_figure = first > 0 and tokens[first].is_glued and tokens[first - 1].text[-1].isdecimal()
    return follows_figure and after - first == 1 and len(tokens[first].text) > 7


def _plain_term(tokens: tuple[Token, ...], place: int, marks: frozenset[str]) -> Term:
    token = tokens[place]
    if token.number is not None:
        following = tokens[place + 1] if place + 1 < len(tokens) else None
        if following and following.is_glued and following.text in marks and token.number <= 39:
            return Term(ORD, token.number, place, place + 2)
        return Term(NUM, token.number, place, place + 1)
    if token.text in _SIGNS:
        return Term(_SIGNS[token.text], token.text, place, place + 1)
    return Term(WORD if token.text[0].isalnum() else PUNCT, token.text, place, place + 1)
