"""Notices: which hold on which day, what they bear on, and a broken file named by file and line."""

from __future__ import annotations

from datetime import datetime, timezone
from pathlib import Path

import pytest

from bot.foundation.settings import PROJECT_FOLDER
from bot.foundation.yaml_files import YamlFileError
from bot.services.content.draft import read_draft
from bot.services.notices.current import CurrentNotices
from bot.services.notices.notices import read_notices, unknown_references

GOOD = """\
notices:
  closed:
    from: "2020-11-02"
    until: "2020-11-30"
    topics: [centre/opening_hours]
    themes: [covid]
    text: {fr: Fermé., nl: Gesloten., en: Closed.}
"""


def write(folder: Path, text: str) -> Path:
    path = folder / "notices.yml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("moment", "count"),
    [
        (datetime(2020, 11, 1, 22, 59, tzinfo=timezone.utc), 0),
        (datetime(2020, 11, 1, 23, 0, tzinfo=timezone.utc), 1),
        (datetime(2020, 11, 30, 22, 59, tzinfo=timezone.utc), 1),
        (datetime(2020, 11, 30, 23, 0, tzinfo=timezone.utc), 0),
    ],
)
def test_a_notice_holds_from_its_first_day_to_its_last_in_brussels(
    tmp_path: Path, moment: datetime, count: int
) -> None:
    notices = CurrentNotices(write(tmp_path, GOOD), now=lambda: moment)

    assert len(notices.all()) == count


def test_a_notice_bears_on_its_topics_and_themes_only(tmp_path: Path) -> None:
    (notice,) = read_notices(write(tmp_path, GOOD))

    found = [notice.bears_on(topic) for topic in ("centre/opening_hours", "covid/other", "centre/languages", None)]

    assert found == [True, True, False, False]


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ('"2020-11-02"', '"2 november"', 3, "from should be a day"),
        ('"2020-11-02"', '"2020-02-31"', 3, "from should be a day"),
        ('"2020-11-30"', '"2020-11-01"', 4, "before from"),
        ("[centre/opening_hours]", "centre/opening_hours", 5, "topics should be a list"),
        ("nl: Gesloten., ", "", 7, "nl"),
        ("themes:", "thema:", 6, "thema"),
        ("  closed:", "  Closed!:", 2, "Closed!"),
        ("notices:", "notes:", 1, "notes"),
    ],
)
def test_a_broken_notice_is_named_by_file_and_line(tmp_path: Path, old: str, new: str, line: int, words: str) -> None:
    path = write(tmp_path, GOOD.replace(old, new))

    with pytest.raises(YamlFileError) as fault:
        read_notices(path)

    assert fault.value.line == line
    assert words in fault.value.problem
    assert str(path) in str(fault.value)


def test_a_file_that_breaks_while_we_run_leaves_the_good_notices(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.services.content.live_file._LOOK_EVERY_SECONDS", 0)
    path = write(tmp_path, GOOD)
    notices = CurrentNotices(path, now=lambda: datetime(2020, 11, 11, tzinfo=timezone.utc))
    assert len(notices.all()) == 1

    write(tmp_path, "notices: [")
    while_broken = len(notices.all())
    write(tmp_path, "notices:\n")

    assert while_broken == 1
    assert notices.all() == ()


def test_the_centres_own_notices_name_topics_that_exist() -> None:
    notices = read_notices(PROJECT_FOLDER / "data/notices.yml")

    assert len(notices) >= 2
    assert unknown_references(notices, read_draft(PROJECT_FOLDER / "data").cards) == []


def test_a_topic_that_does_not_exist_is_named(tmp_path: Path) -> None:
    notices = read_notices(write(tmp_path, GOOD))

    assert unknown_references(notices, ["covid/other"]) == [
        (2, "the notice 'closed' names 'centre/opening_hours', which does not exist")
    ]


def test_without_a_file_there_are_no_notices(tmp_path: Path) -> None:
    assert read_notices(tmp_path / "none.yml") == ()
