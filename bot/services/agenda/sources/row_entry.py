"""What one row of a table tells of an activity, besides its dates."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from bot.foundation.languages import LANGUAGES
from bot.services.agenda.activity import PLANNED
from bot.services.agenda.sources.cells import CellRefused, read_count
from bot.services.agenda.sources.entry import Entry
from bot.services.agenda.sources.known_words import KnownWords
from bot.services.agenda.sources.plain import description_text, split_list, title_text, web_address
from bot.services.agenda.sources.reading import Source

#: The filled cells of a row by column and language.
Cells = Mapping[tuple[str, "str | None"], Any]


def entry_of(cells: Cells, line: int, source: Source, known: KnownWords, remark: Callable[[str], None]) -> Entry:
    """The entry, complete with the source's defaults. What is not understood is left out and told to `remark`.

    Raises CellRefused for a row without a title.
    """

    def words(kind: str, column: str) -> tuple[str, ...]:
        given = split_list(cells.get((column, None), ""))
        for word in given:
            if not known.value(kind, word):
                remark(f"{word!r} in the column {column} is unknown and left out")
        return known.found(kind, given)

    def address(column: str) -> str | None:
        given = cells.get((column, None))
        if given is not None and not web_address(given):
            remark(f"{str(given).strip()!r} in the column {column} is no web address and left out")
        return web_address(given)

    def count(column: str) -> int | None:
        try:
            return read_count(cells[column, None]) if (column, None) in cells else None
        except CellRefused as error:
            remark(f"{error} in the column {column}; left out")
            return None

    titles = _by_language(cells, "title", title_text, source)
    if not titles:
        raise CellRefused("the row has no title")
    languages = words("language", "language")
    marked = tuple(language for language in LANGUAGES if ("title", language) in cells)
    return Entry(
        uid="",
        line=line,
        titles=titles,
        descriptions=_by_language(cells, "description", description_text, source),
        theme=next(iter(words("theme", "theme")), None),
        languages=languages or marked,
        mode=next(iter(words("mode", "mode")), None),
        platform=title_text(cells.get(("platform", None))) or None,
        link=address("link"),
        place=title_text(cells.get(("place", None))) or None,
        audience=words("audience", "audience"),
        organisers=tuple(split_list(title_text(cells.get(("organisers", None))))),
        capacity=count("capacity"),
        places_left=count("places_left"),
        registration_url=address("registration"),
        status=next(iter(words("status", "status")), PLANNED),
    ).completed(source)


def _by_language(cells: Cells, column: str, clean: Callable[[object], str], source: Source) -> dict[str, str]:
    texts = {language: clean(cells.get((column, language))) for language in LANGUAGES}
    plain = clean(cells.get((column, None)))
    if plain and not texts[source.defaults.language]:
        texts = {source.defaults.language: plain, **{key: text for key, text in texts.items() if text}}
    return {language: text for language, text in texts.items() if text}
