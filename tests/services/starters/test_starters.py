"""Starters: which come first on which page, and a broken file named by file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.foundation.settings import PROJECT_FOLDER
from bot.foundation.yaml_files import YamlFileError
from bot.services.content.draft import read_draft
from bot.services.content.model import Theme
from bot.services.starters.starters import STARTERS_FILE, faults_of_starters, read_starters, starters_of

GOOD = """\
starters:
  work:
    pages: ["/fr/emploi*", "*werk*"]
    topics: [employment/find_vacancies, employment/student_job]
  visit:
    pages: ["/métiers/?"]
    topics: [centre/opening_hours]
"""
KNOWN = {"employment/find_vacancies", "employment/student_job", "centre/opening_hours", "guidance/interest_tests"}
THEMES = [
    Theme({}, ("guidance/interest_tests", "guidance/career_change")),
    Theme({}),
    Theme({}, ("centre/opening_hours",)),
]


def write(folder: Path, text: str) -> Path:
    path = folder / STARTERS_FILE
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("page", "topics"),
    [
        ("/fr/emploi", ["employment/find_vacancies", "employment/student_job"]),
        ("/FR/Emploi/offres.html", ["employment/find_vacancies", "employment/student_job"]),
        ("/nl/werk-zoeken", ["employment/find_vacancies", "employment/student_job"]),
        ("/m%C3%A9tiers/?", ["centre/opening_hours"]),
        ("/métiers/x", ["guidance/interest_tests", "centre/opening_hours"]),
        ("/nl/emploi", ["guidance/interest_tests", "centre/opening_hours"]),
        ("/", ["guidance/interest_tests", "centre/opening_hours"]),
        ("", ["guidance/interest_tests", "centre/opening_hours"]),
        ("%ff%00", ["guidance/interest_tests", "centre/opening_hours"]),
    ],
)
def test_the_page_decides_what_comes_first(tmp_path: Path, page: str, topics: list[str]) -> None:
    entries = read_starters(write(tmp_path, GOOD))

    assert starters_of(page, entries, THEMES, KNOWN) == topics


def test_a_topic_that_the_release_does_not_have_is_left_out(tmp_path: Path) -> None:
    entries = read_starters(write(tmp_path, GOOD))

    some = starters_of("/fr/emploi", entries, THEMES, {"employment/student_job"})
    none = starters_of("/fr/emploi", entries, THEMES, set())

    assert some == ["employment/student_job"]
    assert none == ["guidance/interest_tests", "centre/opening_hours"]


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("starters:", "starter:", 1, "starter"),
        ('["/fr/emploi*", "*werk*"]', "/fr/emploi", 3, "pages should be a list"),
        ('["/fr/emploi*", "*werk*"]', "[]", 3, "pages should be a list"),
        ('"/fr/emploi*"', "https://x.be/emploi", 3, "should be a path"),
        ("employment/student_job", "employment/find_vacancies", 4, "twice"),
        ("employment/student_job]", "a/a, b/b, c/c, d/d]", 4, "4 topics at most"),
        ("    topics: [centre/opening_hours]", "    themes: [centre]", 7, "themes"),
        ("    topics: [centre/opening_hours]", "", 6, "topics should be a list"),
        ("  visit:", "  7:", 5, "7"),
        ("[centre/opening_hours]", "[", 8, ""),
    ],
)
def test_a_broken_file_is_named_by_file_and_line(tmp_path: Path, old: str, new: str, line: int, words: str) -> None:
    path = write(tmp_path, GOOD.replace(old, new))

    with pytest.raises(YamlFileError) as fault:
        read_starters(path)

    assert fault.value.line == line
    assert words in fault.value.problem
    assert str(path) in str(fault.value)


def test_topics_that_do_not_exist_and_pages_that_are_taken_are_named(tmp_path: Path) -> None:
    entries = read_starters(write(tmp_path, GOOD.replace("/métiers/?", "*Werk*")))

    assert faults_of_starters(entries, KNOWN - {"employment/student_job"}) == [
        (2, "the starters 'work' name 'employment/student_job', which does not exist"),
        (5, "the starters 'visit' never show on '*Werk*': 'work' takes these pages"),
    ]


def test_the_centres_own_starters_have_no_fault() -> None:
    entries = read_starters(PROJECT_FOLDER / "data" / STARTERS_FILE)

    assert len(entries) >= 4
    assert faults_of_starters(entries, read_draft(PROJECT_FOLDER / "data").cards) == []


def test_without_a_file_the_themes_begin(tmp_path: Path) -> None:
    assert read_starters(tmp_path / "none.yml") == ()
