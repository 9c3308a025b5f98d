"""Finds the words of the tables in a request, in all three languages at once. Used for all that is not about time."""

from __future__ import annotations

from dataclasses import dataclass

from bot.foundation.languages import LANGUAGES
from bot.services.agenda.request.tokens import Token
from bot.services.agenda.request.words import word_table


@dataclass(frozen=True)
class Sighting:
    """A way of writing of one kind, and the tokens where it stands: from `first` up to but not including `after`."""

    kind: str
    value: str
    language: str
    first: int
    after: int

    @property
    def places(self) -> range:
        return range(self.first, self.after)


class Sightings:
    """All that one part of the tables has in common with a request; the person's language goes first."""

    def __init__(self, tokens: tuple[Token, ...], language: str, part: str) -> None:
        order = (language, *(other for other in LANGUAGES if other != language))
        self._by_kind: dict[str, list[Sighting]] = {}
        for code in order:
            for first, after, readings in word_table(code, part).find(tokens):
                for kind, value in readings:
                    self._by_kind.setdefault(kind, []).append(Sighting(kind, value, code, first, after))

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of which something was found."""
        return tuple(self._by_kind)

    def every(self, kind: str) -> list[Sighting]:
        """All of a kind, in the order of the request; of those that overlap the longest, then the person's."""
        kept: list[Sighting] = []
        taken: set[int] = set()
        for sighting in sorted(self._by_kind.get(kind, ()), key=lambda found: found.first - found.after):
            if taken.isdisjoint(sighting.places):
                taken.update(sighting.places)
                kept.append(sighting)
        return sorted(kept, key=lambda found: found.first)

    def ends_at(self, kind: str, place: int, language: str | None = None) -> Sighting | None:
        """The longest of a kind whose last token stands just before a place."""
        return self._longest(kind, lambda found: found.after == place, language)

    def starts_at(self, kind: str, place: int, language: str | None = None) -> Sighting | None:
        """The longest of a kind that starts at a place."""
        return self._longest(kind, lambda found: found.first == place, language)

    def places(self, kind: str) -> set[int]:
        """The tokens of all of a kind, also where they overlap."""
        return {place for found in self._by_kind.get(kind, ()) for place in found.places}

    def values(self, kind: str, language: str) -> list[Sighting]:
        """All of a kind in one language, overlapping or not."""
        return [found for found in self._by_kind.get(kind, ()) if found.language == language]

    def _longest(self, kind: str, fits: object, language: str | None) -> Sighting | None:
        assert callable(fits)
        fitting = [
            found
            for found in self._by_kind.get(kind, ())
            if fits(found) and (language is None or found.language == language)
        ]
        return max(fitting, key=lambda found: found.after - found.first, default=None)
