"""A small grammar: rules that rewrite terms into larger terms, step by step, the same for all languages.

A rule is a pattern over kinds of terms, written as a regular expression in which a word in capitals is a kind and
a group's name may stand in several alternatives, and a function that makes the new term or declines. Each kind
stands for one letter, so that the places in the text of kinds are those in the list of terms.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from bot.services.agenda.request.terms import BAD, Setting, Term

_LETTERS: dict[str, str] = {}


def letter(kind: str) -> str:
    """The letter that stands for a kind."""
    known = _LETTERS.get(kind)
    return known or _LETTERS.setdefault(kind, chr(0xE000 + len(_LETTERS)))


@dataclass(frozen=True)
class Found:
    """The terms that a rule's pattern found, whole and by the names of its groups."""

    terms: tuple[Term, ...]
    groups: dict[str, tuple[Term, ...]]
    before: Term | None
    following: Term | None
    setting: Setting

    def term(self, name: str) -> Term | None:
        """The first term of a group, None when the group is absent."""
        return self.groups[name][0] if self.groups.get(name) else None

    def value(self, name: str) -> Any:
        """The value of the first term of a group."""
        found = self.term(name)
        return found.value if found else None

    def piece(self, name: str) -> Term:
        """The first term of a group that always takes part."""
        return self.groups[name][0]

    def figure(self, name: str) -> int:
        """The value of such a group as a number."""
        return int(self.piece(name).value)

    def number(self, name: str) -> int | None:
        """The value of a group as a number."""
        return None if self.term(name) is None else int(self.value(name))

    def has(self, name: str) -> bool:
        """Whether a group took part."""
        return bool(self.groups.get(name))

    def make(self, kind: str, value: Any) -> Term:
        """The new term in the place of those found."""
        return Term(kind, value, self.terms[0].first, self.terms[-1].after)

    def bad(self) -> Term:
        """A term for what looks like a filter and cannot be read."""
        first, after = self.terms[0].first, self.terms[-1].after
        return Term(BAD, self.setting.said(first, after), first, after)


@dataclass(frozen=True)
class Rule:
    """A pattern over kinds and what becomes of it. `only` names the languages that have it."""

    pattern: str
    make: Callable[[Found], Term | None]
    only: tuple[str, ...] = field(default=("fr", "nl", "en"))

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        counted: dict[str, int] = {}

        def numbered(group: re.Match[str]) -> str:
            name = group[1]
            counted[name] = counted.get(name, 0) + 1
            return f"(?P<{name}__{counted[name]}>"

        spelled = re.sub(r"\b[A-Z][A-Z_]+\b", lambda kind: letter(kind.group()), self.pattern)
        return re.compile(re.sub(r"\(\?P<(\w+)>", numbered, re.sub(r"\s+", "", spelled)))


def rewrite(terms: list[Term], rules: Iterable[Rule], setting: Setting) -> list[Term]:
    """The terms after all rules, each applied from left to right until it finds nothing more."""
    kinds = "".join([letter(term.kind) for term in terms])
    for rule in rules:
        if setting.language in rule.only:
            kinds = _apply(rule, kinds, terms, setting)
    return terms


def _apply(rule: Rule, kinds: str, terms: list[Term], setting: Setting) -> str:
    """Rewrites the terms in place; the text of kinds that goes with them is given back."""
    place = 0
    while match := rule.compiled.search(kinds, place):
        first, after = match.span()
        if first == after:
            place = after + 1
            continue
        groups = {
            name.partition("__")[0]: tuple(terms[match.start(name) : match.end(name)])
            for name, taken in match.groupdict().items()
            if taken
        }
        before = terms[first - 1] if first else None
        following = terms[after] if after < len(terms) else None
        made = rule.make(Found(tuple(terms[first:after]), groups, before, following, setting))
        place = first + 1
        if made is not None:
            terms[first:after] = [made]
            kinds = kinds[:first] + letter(made.kind) + kinds[after:]
    return kinds
