"""Spreadsheets (XLSX): real cells of days and hours, other sheets, and what is no spreadsheet."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime, time
from typing import Any

import pytest
from openpyxl import Workbook

from bot.services.agenda.sources.reading import Reading, SourceBroken
from bot.services.agenda.sources.spreadsheet import read_xlsx
from tests.services.agenda.builders import moment
from tests.services.agenda.sources.material import material, reasons


def read(rows: list[list[Any]], before: list[list[Any]] | None = None) -> Reading:
    book = Workbook()
    sheet = book.active
    if before is not None:
        for row in before:
            sheet.append(row)
        sheet = book.create_sheet("Agenda")
    for row in rows:
        sheet.append(row)
    packed = io.BytesIO()
    book.save(packed)
    return read_xlsx(material(packed.getvalue(), "xlsx", "agenda.xlsx"))


HEADINGS = ["Titre", "Date", "Début", "Fin", "Places"]


def test_cells_of_days_hours_and_numbers() -> None:
    reading = read(
        [
            HEADINGS,
            ["Métier", date(2026, 12, 3), time(14), time(16, 30), 12],
            ["Texte", "03/12/2026", "14h", "16h30", "12"],
            ["Moment", datetime(2026, 12, 3, 14), None, datetime(2026, 12, 3, 16, 30), 12.0],
        ]
    )

    assert reasons(reading) == []
    assert {(one.start, one.end, one.capacity) for one in reading.activities} == {
        (moment("2026-12-03 14:00"), moment("2026-12-03 16:30"), 12)
    }


def test_the_sheet_with_the_headings_is_read_and_rows_are_told_by_their_number() -> None:
    reading = read(
        [[], HEADINGS, [], ["CV", "31/02/2026", "14:00", "16:00"], ["CV", "03/12/2026", "14:00", "16:00"]],
        before=[["Notes de l'équipe"], ["à ne pas publier"]],
    )

    assert len(reading.activities) == 1
    assert reasons(reading) == [(4, "'31/02/2026' is no day that exists")]


@pytest.mark.parametrize("content", [b"", b"Titre;Date\n", b"PK\x03\x04 broken"])
def test_what_is_no_spreadsheet_is_refused(content: bytes) -> None:
    with pytest.raises(SourceBroken, match=r"agenda.xlsx: this is no spreadsheet"):
        read_xlsx(material(content, "xlsx", "agenda.xlsx"))


def test_a_packed_file_that_unpacks_without_end_is_refused() -> None:
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("sheet", "w", force_zip64=True) as part,
    ):
        for _ in range(310):
            part.write(b"\0" * 1_000_000)

    with pytest.raises(SourceBroken, match="too large when unpacked"):
        read_xlsx(material(packed.getvalue(), "xlsx", "agenda.xlsx"))


def test_a_sheet_without_headings_is_refused() -> None:
    with pytest.raises(SourceBroken, match="no headings"):
        read([["rien"], ["à voir"]])
