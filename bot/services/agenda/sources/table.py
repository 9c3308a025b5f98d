"""Reads the rows of a table, whatever file they come from: headings in three languages, one activity a row.

Called by the readers of CSV and of spreadsheets.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.services.agenda.activity import Activity
from bot.services.agenda.sources.cells import CellRefused
from bot.services.agenda.sources.known_words import KnownWords, known_words
from bot.services.agenda.sources.reading import Material, Reading, Rejected, Remark
from bot.services.agenda.sources.row_dates import dates_of, first_date
from bot.services.agenda.sources.row_entry import entry_of

#: Cells of one row, and the line on which it begins.
Line = tuple[int, Sequence[Any]]

_NEEDED = ("title", "date")


@dataclass(frozen=True)
class Headings:
    """For each place of a row our name of its column and its language; None for an unknown one."""

    columns: tuple[tuple[str, str | None] | None, ...]

    def has_all(self, names: Iterable[str]) -> bool:
        """Whether each column is there, in any language."""
        return set(names) <= {column[0] for column in self.columns if column}

    def uid_in(self, row: Sequence[Any]) -> str | None:
        """The activity's own id, also in a row that cannot be taken."""
        pairs = zip(self.columns, row, strict=False)
        cell = next((cell for column, cell in pairs if column == ("uid", None) and not _is_empty(cell)), None)
        return None if cell is None else str(cell).strip()

    def cells(self, row: Sequence[Any]) -> dict[tuple[str, str | None], Any]:
        """The filled cells of a row by column. Raises CellRefused for cells beyond the headings."""
        if any(not _is_empty(cell) for cell in row[len(self.columns) :]):
            raise CellRefused("the row has more cells than there are headings; a text with separators needs quotes")
        found: dict[tuple[str, str | None], Any] = {}
        for column, cell in zip(self.columns, row, strict=False):
            if column and not _is_empty(cell):
                found.setdefault(column, cell)
        return found


def read_headings(row: Sequence[Any], known: KnownWords) -> Headings:
    """What the headings of a table mean."""
    return Headings(tuple(known.column(str(cell)) if not _is_empty(cell) else None for cell in row))


def read_table(lines: Iterable[Line], material: Material) -> Reading:
    """The activities of a table. Raises SourceBroken when the first filled row holds no headings that we know."""
    known = known_words()
    filled = ((line, row) for line, row in lines if not all(map(_is_empty, row)))
    line, first = next(filled, (1, ()))
    headings = read_headings(first, known)
    if not headings.has_all(_NEEDED):
        raise material.broken(line, "no headings for a title and a date; the first row should name the columns")
    remarks = [
        material.remark(line, f"the column {str(cell).strip()!r} is unknown and left out")
        for cell, column in zip(first, headings.columns, strict=True)
        if column is None and not _is_empty(cell)
    ]
    reading = _Rows(material, known, remarks)
    for line, row in filled:
        try:
            reading.uid = headings.uid_in(row)
            reading.add(line, headings.cells(row))
        except CellRefused as error:
            reading.rejected.append(material.rejected(line, str(error), reading.uid))
    return Reading(tuple(reading.activities), tuple(reading.rejected), tuple(remarks))


class _Rows:
    def __init__(self, material: Material, known: KnownWords, remarks: list[Remark]) -> None:
        self.material, self.known, self.remarks = material, known, remarks
        self.activities: list[Activity] = []
        self.rejected: list[Rejected] = []
        self.uid: str | None = None
        self._line_of: dict[str, int] = {}

    def add(self, line: int, cells: Mapping[tuple[str, str | None], Any]) -> None:
        """Take one row. Raises CellRefused; `uid` then names the activity where that is known."""
        source = self.material.source
        given = self.uid
        entry = entry_of(cells, line, source, self.known, lambda text: self._remark(line, text))
        dates = dates_of(cells, self.known, self.material)
        # Without an id of its own, an activity is its title on its first day.
        self.uid = given or f"{next(iter(entry.titles.values()))} {first_date(cells):%Y%m%d}"
        for key, start, end, is_all_day in dates:
            activity = entry.named(self.uid).at(source, start, end, key, is_all_day)
            if activity.id in self._line_of:
                if self.activities_have(activity):
                    raise CellRefused(f"the same activity and start as on line {self._line_of[activity.id]}")
                activity = entry.named(self.uid).at(source, start, end, f"{key}T{start:%H%M}", is_all_day)
            self._line_of.setdefault(activity.id, line)
            self.activities.append(activity)

    def activities_have(self, activity: Activity) -> bool:
        return any(one.uid == activity.uid and one.start == activity.start for one in self.activities)

    def _remark(self, line: int, text: str) -> None:
        self.remarks.append(self.material.remark(line, text))


def _is_empty(cell: Any) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())
