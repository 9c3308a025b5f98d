"""Reads a CSV file as spreadsheets save it: semicolon, comma or tab; UTF-8 or Windows-1252."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from bot.services.agenda.sources.known_words import known_words
from bot.services.agenda.sources.plain import decoded
from bot.services.agenda.sources.reading import Material, Reading
from bot.services.agenda.sources.table import Line, read_headings, read_table

_SEPARATORS = (";", ",", "\t")


def read_csv(material: Material) -> Reading:
    """The activities of a CSV file. Raises SourceBroken."""
    text = decoded(material.content)
    if "\0" in text:
        raise material.broken(text[: text.index("\0")].count("\n") + 1, "this is no text file")
    begin, first = _first_line(text)
    known = known_words()

    def known_headings(separator: str) -> int:
        row = next(csv.reader([first], delimiter=separator), [])
        return sum(column is not None for column in read_headings(row, known).columns)

    separator = max(_SEPARATORS, key=known_headings)
    return read_table(_lines(text, begin, separator, material), material)


def _first_line(text: str) -> tuple[int, str]:
    """How many lines go before the headings, and the headings; `sep=;` is a note of the spreadsheet to itself."""
    for number, line in enumerate(text.splitlines()):
        if line.strip() and not line.lower().startswith("sep="):
            return number, line
    return 0, ""


def _lines(text: str, begin: int, separator: str, material: Material) -> Iterator[Line]:
    # Strict: a quote that is never closed would swallow the rest of the file without a word.
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    line = 1
    while True:
        try:
            row = next(reader, None)
        except csv.Error as error:
            raise material.broken(line, f"the row that begins here is not well-formed CSV ({error})") from None
        if row is None:
            return
        if line > begin:
            yield line, row
        line = reader.line_num + 1
