"""Writing the hours: whole or not at all, never over somebody else's change, always recorded."""

from __future__ import annotations

import os
import stat
import tempfile
import threading
import time as clock_time
from collections.abc import Iterator
from datetime import time
from pathlib import Path

import pytest

from bot.foundation.settings import PROJECT_FOLDER
from bot.foundation.yaml_files import YamlFileError
from bot.services.content.live_file import LiveFile
from bot.services.opening_hours.editor import ChangedMeanwhile, HoursEditor, NotWritable
from bot.services.opening_hours.hours import Hours
from bot.services.opening_hours.hours_file import read_hours
from bot.services.opening_hours.hours_text import UnknownForm, normal
from bot.services.opening_hours.schedule import Opening, Schedule
from bot.services.staff.administration import Administration
from bot.store.database import Database
from bot.store.migrate import migrate

MORNING = Opening(time(9), time(12, 30))
WEEK = Schedule({0: (MORNING,)}, {3: time(19)})


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "data" / "centre.yml"
    made.parent.mkdir()
    made.write_bytes((PROJECT_FOLDER / "data" / "centre.yml").read_bytes())
    return made


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    url = f"sqlite:///{tmp_path / 'faqbot.sqlite'}"
    migrate(url)
    opened = Database(url)
    yield opened
    opened.close()


@pytest.fixture
def editor(database: Database, path: Path) -> HoursEditor:
    return HoursEditor(database, path)


def recorded(database: Database) -> list[tuple[str, str, object]]:
    return [(one.what, one.by, one.detail.get("after")) for one in Administration(database).changes()]


def test_hours_are_written_recorded_and_read_again_at_once(
    editor: HoursEditor, database: Database, path: Path
) -> None:
    path.chmod(0o640)
    live: LiveFile[Hours | None] = LiveFile(path, read_hours, None)
    assert live.content() is None

    assert editor.write(WEEK, editor.read().stamp, "ada")

    clock_time.sleep(2.1)
    found = live.content()
    assert found
    assert normal(found.schedule) == WEEK
    assert normal(editor.read().schedule) == WEEK
    assert recorded(database) == [
        ("hours", "ada", {"week": {"monday": ["09:00-12:30"]}, "late": {"thursday": "19:00"}, "exceptions": {}})
    ]
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert [one.name for one in path.parent.iterdir()] == ["centre.yml"]


def test_the_same_hours_are_no_change(editor: HoursEditor, database: Database, path: Path) -> None:
    before, current = path.read_bytes(), editor.read()

    assert not editor.write(current.schedule, current.stamp, "ada")

    assert path.read_bytes() == before
    assert recorded(database) == []


def test_a_file_that_changed_meanwhile_is_left_as_it_is(editor: HoursEditor, database: Database, path: Path) -> None:
    stamp = editor.read().stamp
    path.write_bytes(path.read_bytes() + b"# somebody was here\n")
    before = path.read_bytes()

    with pytest.raises(ChangedMeanwhile):
        editor.write(WEEK, stamp, "ada")

    assert path.read_bytes() == before
    assert recorded(database) == []
    assert editor.write(WEEK, editor.read().stamp, "ada")
    assert path.read_bytes().endswith(b"# somebody was here\n")


def test_of_many_who_write_at_once_one_wins(database: Database, path: Path) -> None:
    editors = [HoursEditor(database, path) for _ in range(8)]
    stamp, barrier, lost = editors[0].read().stamp, threading.Barrier(8), list[int]()

    def write(number: int) -> None:
        barrier.wait()
        try:
            editors[number].write(Schedule({number % 7: (MORNING,)}, {6: time(20 + number % 3)}), stamp, f"a{number}")
        except ChangedMeanwhile:
            lost.append(number)

    threads = [threading.Thread(target=write, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(lost) == 7
    ((_, winner, _),) = recorded(database)
    assert normal(editors[0].read().schedule).week == {int(winner[1]) % 7: (MORNING,)}


def test_a_machine_that_does_not_let_it_be_written_is_an_error_without_a_change(
    editor: HoursEditor, database: Database, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = path.read_bytes()

    def read_only(*args: object, **fields: object) -> tuple[int, str]:
        raise OSError(30, "Read-only file system")

    # The administrator of this machine may write everywhere, so the machine's refusal is played.
    monkeypatch.setattr(tempfile, "mkstemp", read_only)
    with pytest.raises(NotWritable, match="Read-only file system"):
        editor.write(WEEK, editor.read().stamp, "ada")

    assert path.read_bytes() == before
    assert recorded(database) == []


def test_a_disk_that_is_full_leaves_the_old_file_and_nothing_beside_it(
    editor: HoursEditor, database: Database, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = path.read_bytes()

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(NotWritable, match="No space"):
        editor.write(WEEK, editor.read().stamp, "ada")

    assert path.read_bytes() == before
    assert [one.name for one in path.parent.iterdir()] == ["centre.yml"]
    assert recorded(database) == []


def test_a_link_to_the_file_stays_a_link(editor: HoursEditor, database: Database, path: Path) -> None:
    link = path.parent.parent / "centre.yml"
    link.symlink_to(path)
    linked = HoursEditor(database, link)

    linked.write(WEEK, linked.read().stamp, "ada")

    assert link.is_symlink()
    assert normal(editor.read().schedule) == WEEK


def test_a_file_with_a_fault_or_without_a_reader_is_named(editor: HoursEditor, path: Path) -> None:
    stamp = editor.read().stamp
    for text in ("hours:\n  week:\n    monday: 9\n", "hours: [\n", "hours:\n  week: {}\n  week: {}\n"):
        path.write_text(text, "utf-8")
        with pytest.raises(YamlFileError):
            editor.read()
    path.unlink()
    with pytest.raises(YamlFileError):
        editor.write(WEEK, stamp, "ada")


def test_a_form_that_cannot_be_changed_is_left_as_it_is(editor: HoursEditor, database: Database, path: Path) -> None:
    text = '{placeholders: {}, hours: {week: {monday: ["09:00-12:00"]}}}\n'
    path.write_text(text, "utf-8")
    if_changed = None

    try:
        if_changed = editor.write(WEEK, editor.read().stamp, "ada")
    except UnknownForm:
        assert path.read_text("utf-8") == text
        assert recorded(database) == []

    assert if_changed in (None, True)
