"""Reads from a request how, in which language and for whom an activity should be, and its theme."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.services.agenda.activity import ON_SITE, ONLINE
from bot.services.agenda.request.sightings import Sighting, Sightings
from bot.services.agenda.request.tokens import Token

LANGUAGES_THEME = "languages"
# So many words may stand between "not" and what it excludes ("pas du tout en ligne").
_REACH = 2


@dataclass
class Facets:
    """What was found; `used` are the tokens that said it, `spans` of what could not be read."""

    mode: str | None = None
    languages: tuple[str, ...] = ()
    theme: str | None = None
    is_weak_theme: bool = False
    audience: str | None = None
    moments: frozenset[int] = frozenset()
    used: set[int] = field(default_factory=set)
    not_read: list[tuple[int, int]] = field(default_factory=list)


def read_facets(tokens: tuple[Token, ...], seen: Sightings, moments: frozenset[int]) -> Facets:
    """The facets of the tokens of a request; those in `moments` tell about time already."""
    facets = Facets(moments=moments)
    _read_mode(seen, facets)
    _read_languages(tokens, seen, facets)
    _read_audience(seen, facets)
    _read_theme(seen, facets)
    return facets


def _is_excluded(seen: Sightings, found: Sighting) -> int | None:
    """The place of a "not" that belongs to what was found."""
    for gap in range(_REACH + 1):
        denial = seen.ends_at("exclude", found.first - gap)
        if (denial and denial.language == found.language) or (denial and gap == 0):
            return denial.first
    return None


def _read_mode(seen: Sightings, facets: Facets) -> None:
    modes = set()
    for found in seen.every("mode"):
        if any(seen.ends_at("mode_topic_before", found.first - gap) for gap in range(2)):
            continue  # "postuler en ligne" is what one learns, not how
        facets.used.update(found.places)
        value = found.value
        if _is_excluded(seen, found) is not None:
            value = ON_SITE if value == ONLINE else ONLINE
        modes.add(value)
    if len(modes) == 1:
        facets.mode = modes.pop()


def _read_languages(tokens: tuple[Token, ...], seen: Sightings, facets: Facets) -> None:
    languages: list[str] = []
    for found in seen.every("language"):
        if facets.moments.issuperset(found.places):
            continue  # "Flemish spring break"
        first = _first_of_language(seen, found)
        role = _role_of_language(seen, found, first)
        if role == "topic":
            facets.theme = LANGUAGES_THEME
            facets.used.update(found.places)
        elif role == "excluded":
            facets.not_read.append((_is_excluded(seen, found) or first, found.after))
            facets.used.update(range(first, found.after))
        elif role == "filter":
            languages.append(found.value)
            facets.used.update(range(first, found.after))
    for found in seen.every("language_code"):
        before = seen.ends_at("in_language", found.first)
        word = tokens[found.first]
        follows_in = before is not None and tokens[before.after - 1].text != word.text  # "en en" is no language
        if found.first not in facets.used and (word.is_upper or follows_in):
            languages.append(found.value)
            facets.used.update(range(before.first if before else found.first, found.after))
    for found in seen.every("both_languages"):
        languages += ["fr", "nl"]
        facets.used.update(found.places)
    for found in seen.every("other_language"):
        before = seen.ends_at("in_language", found.first)
        if before and not _is_studied(seen, before.first):
            facets.not_read.append((before.first, found.after))
            facets.used.update(range(before.first, found.after))
        elif _is_topic(seen, found, found.first):
            facets.theme = LANGUAGES_THEME
    facets.languages = tuple(dict.fromkeys(languages))


def _first_of_language(seen: Sightings, found: Sighting) -> int:
    before = seen.ends_at("in_language", found.first)
    return before.first if before else found.first


def _role_of_language(seen: Sightings, found: Sighting, first: int) -> str:
    """What a language's name is in the request: the filter, the topic, excluded, or nothing ("je parle français")."""
    language = found.language
    if any(seen.ends_at("prefer", first - gap) for gap in range(3)):
        return "filter"
    if first < found.first:  # "en néerlandais"
        if _is_studied(seen, first):
            return "topic"
        if any(seen.ends_at("speak", first - gap) for gap in range(2)):
            return "nothing"
        return "excluded" if _is_excluded(seen, found) is not None else "filter"
    if _is_topic(seen, found, first):
        return "topic"
    if seen.ends_at("possessive", first) or any(seen.ends_at("speak", first - gap, language) for gap in range(2)):
        return "nothing"
    return "excluded" if _is_excluded(seen, found) is not None else "filter"


def _is_studied(seen: Sightings, first: int) -> bool:
    return any(seen.ends_at("study", first - gap) for gap in range(4))


def _is_topic(seen: Sightings, found: Sighting, first: int) -> bool:
    article = seen.ends_at("article", first, found.language)
    start = article.first if article else first
    before = seen.ends_at("language_topic_before", start, found.language) or seen.ends_at("about", start)
    after = seen.starts_at("language_topic_after", found.after)
    return before is not None or after is not None


def _read_audience(seen: Sightings, facets: Facets) -> None:
    for found in seen.every("audience"):
        if _is_occupation(seen, found):
            continue
        facets.used.update(found.places)
        facets.audience = facets.audience or found.value


def _is_occupation(seen: Sightings, found: Sighting) -> bool:
    """ "Devenir enseignant", "leerkracht worden": what one wants to be, not who one is."""
    before = any(seen.ends_at("become", found.first - gap, found.language) for gap in range(2))
    return before or seen.starts_at("become", found.after, "nl") is not None


def _read_theme(seen: Sightings, facets: Facets) -> None:
    weak = seen.places("weak_theme")
    for found in seen.every("theme"):
        if not facets.used.isdisjoint(found.places) or facets.moments.issuperset(found.places):
            continue
        if found.value == "none":
            facets.used.update(found.places)
            continue
        is_weak = found.after - found.first == 1 and found.first in weak
        if facets.theme is None or (facets.is_weak_theme and not is_weak):
            facets.theme, facets.is_weak_theme = found.value, is_weak
        if not is_weak:
            facets.used.update(found.places)
