"""How the verbs of `faqbot agenda` tell what was read and what changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from bot.services.agenda.activity import Activity
from bot.services.agenda.horizon import BRUSSELS
from bot.services.agenda.outcome import SourceOutcome, SyncOutcome
from bot.services.agenda.sources.reading import Reading, Remark
from bot.services.agenda.sync import Progress as Tell
from bot.store.activity_rows import ActivityRow

_SHOWN_CHANGES = 20


@contextmanager
def progress_bars(console: Console) -> Iterator[Tell]:
    """A bar for each source, which says what is being done."""
    columns = (TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as bars:
        tasks = {}

        def tell(name: str, step: str, done: int, total: int) -> None:
            if name not in tasks:
                tasks[name] = bars.add_task(name)
            bars.update(tasks[name], description=f"{name}: {step}", completed=done, total=total)

        yield tell


def show_sync(outcome: SyncOutcome, console: Console) -> None:
    """A line for each source, then what was changed or cancelled, every rejected entry and every problem."""
    for one in outcome.sources:
        _show_source(one, console)
    for name in outcome.gone:
        console.print(f"{name}: no longer a source; removed with its activities.", highlight=False, markup=False)


def show_reading(where: str, reading: Reading, console: Console) -> None:
    """How many activities a file holds, and what was not taken."""
    dates = len(reading.activities)
    series = len({activity.uid for activity in reading.activities})
    told = f"{where}: {series} activities on {dates} dates, {len(reading.rejected)} entries rejected."
    console.print(told, highlight=False, markup=False, soft_wrap=True)
    show_remarks("rejected", reading.rejected, console)
    show_remarks("note", reading.remarks, console)


def show_remarks(kind: str, remarks: Iterable[Remark], console: Console) -> None:
    """One line each: file, line, reason."""
    for remark in remarks:
        console.print(f"  {kind}: {remark}", highlight=False, markup=False, soft_wrap=True)


def show_activities(activities: Sequence[Activity], total: int, console: Console) -> None:
    """One line each, and how many there are in all."""
    for one in activities:
        when = f"{one.start:%a %d/%m/%Y}" + ("" if one.is_all_day else f" {one.start:%H:%M}-{one.end:%H:%M}")
        status = "sample" if one.is_sample else one.status
        titles = " | ".join(one.titles.values())
        told = [when, titles, "/".join(one.languages), one.mode, one.place or one.platform, one.source, status]
        console.print("  ".join(part for part in told if part), highlight=False, markup=False, soft_wrap=True)
    console.print(f"{len(activities)} of {total}.", highlight=False)


def _show_source(one: SourceOutcome, console: Console) -> None:
    console.print(f"{one.name}: {_numbers(one)}", highlight=False, markup=False, soft_wrap=True)
    for kind, rows in (("cancelled", one.changes.cancelled), ("changed", _changed(one))):
        for row in rows[:_SHOWN_CHANGES]:
            console.print(f"  {kind}: {_label(row)}", highlight=False, markup=False, soft_wrap=True)
        if len(rows) > _SHOWN_CHANGES:
            console.print(f"  {kind}: and {len(rows) - _SHOWN_CHANGES} more", highlight=False)
    show_remarks("rejected", one.reading.rejected, console)
    show_remarks("note", one.reading.remarks, console)
    if one.changes.kept:
        told = f"  kept: {one.changes.kept} dates that are absent, since a rejected entry may be theirs"
        console.print(told, highlight=False)
    if one.problem:
        told = f"  NOT READ: {one.name}: {one.problem}. What it gave before stays."
        console.print(told, highlight=False, markup=False, soft_wrap=True)


def _numbers(one: SourceOutcome) -> str:
    changes = one.changes
    numbers = {
        "added": len(changes.added),
        "changed": len(changes.changed) - len(changes.cancelled),
        "cancelled": len(changes.cancelled),
        "removed": len(changes.removed),
        "unchanged": changes.unchanged,
        "rejected": len(one.reading.rejected),
    }
    read = f"{one.good_at.astimezone(BRUSSELS):%d/%m/%Y %H:%M}" if one.good_at else "never"
    return ", ".join(f"{number} {name}" for name, number in numbers.items()) + f"; last read whole {read}"


def _changed(one: SourceOutcome) -> Sequence[ActivityRow]:
    cancelled = {row.id for row in one.changes.cancelled}
    return [row for row in one.changes.changed if row.id not in cancelled]


def _label(row: ActivityRow) -> str:
    start = row.starts_at.astimezone(BRUSSELS)
    return f"{start:%d/%m/%Y %H:%M} {next(iter(row.titles.values()))}"
