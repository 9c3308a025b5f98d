"""Chooses the reader of a source by its kind. Called by the sync and by the checks of a file."""

from __future__ import annotations

from collections.abc import Callable

from bot.services.agenda.sources.csv_table import read_csv
from bot.services.agenda.sources.ical import read_ical
from bot.services.agenda.sources.jsonld import read_jsonld
from bot.services.agenda.sources.reading import MOST_ACTIVITIES, Material, Reading, Rejected
from bot.services.agenda.sources.spreadsheet import read_xlsx

_READERS: dict[str, Callable[[Material], Reading]] = {
    "ical": read_ical,
    "csv": read_csv,
    "xlsx": read_xlsx,
    "jsonld": read_jsonld,
}


def read_material(material: Material) -> Reading:
    """What the source holds. Raises SourceBroken."""
    reading = _READERS[material.source.kind](material)
    if len(reading.activities) > MOST_ACTIVITIES:
        raise material.broken(None, f"more than {MOST_ACTIVITIES} dates; the agenda takes no more from one source")
    by_line = sorted(reading.rejected, key=lambda one: one.line or 0)
    return Reading(_each_once(reading, material, by_line), tuple(by_line), reading.remarks)


def _each_once(reading: Reading, material: Material, rejected: list[Rejected]) -> tuple:
    found = {one.id: one for one in reading.activities}
    lost = len(reading.activities) - len(found)
    if lost:
        rejected.append(material.rejected(None, f"{lost} dates that stand twice in the source are taken once"))
    return tuple(found.values())
