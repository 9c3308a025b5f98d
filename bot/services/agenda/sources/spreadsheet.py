"""Reads a spreadsheet (XLSX): the first sheet whose first filled row holds headings that we know."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from bot.services.agenda.sources.known_words import known_words
from bot.services.agenda.sources.reading import Material, Reading
from bot.services.agenda.sources.table import Line, read_headings, read_table

#: What is packed into the file; one of 20,000 rows unpacks to a tenth of this.
_MOST_UNPACKED_BYTES = 300_000_000
_MOST_COLUMNS = 100


def read_xlsx(material: Material) -> Reading:
    """The activities of a spreadsheet. Raises SourceBroken."""
    try:
        with zipfile.ZipFile(io.BytesIO(material.content)) as packed:
            unpacked = sum(part.file_size for part in packed.infolist())
        if unpacked > _MOST_UNPACKED_BYTES:
            raise material.broken(None, "the spreadsheet is far too large when unpacked")
        book = load_workbook(io.BytesIO(material.content), read_only=True, data_only=True)
        sheets = [list(_lines(sheet)) for sheet in book.worksheets]
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, TypeError, OSError, SyntaxError) as error:
        raise material.broken(None, f"this is no spreadsheet that can be read (XLSX): {error}") from None
    with_headings = [sheet for sheet in sheets if _has_headings(sheet)]
    return read_table((with_headings or sheets or [[]])[0], material)


def _lines(sheet: Any) -> Iterator[Line]:
    for number, row in enumerate(sheet.iter_rows(values_only=True, max_col=_MOST_COLUMNS), 1):
        if any(cell is not None for cell in row):
            while row and row[-1] is None:
                row = row[:-1]
            yield number, row


def _has_headings(lines: list[Line]) -> bool:
    return bool(lines) and read_headings(lines[0][1], known_words()).has_all(("title", "date"))
