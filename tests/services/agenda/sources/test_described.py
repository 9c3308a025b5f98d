"""The file that names the sources: what it may say, and what is wrong in it by line."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.foundation.settings import Settings, read_settings
from bot.foundation.yaml_files import YamlFileError
from bot.services.agenda.activity import AUDIENCES, MODES, STATUSES, THEMES
from bot.services.agenda.horizon import horizon
from bot.services.agenda.sources.described import SAMPLE_FILE, imported_folder, read_sources, sources_of
from bot.services.agenda.sources.known_words import known_words
from bot.services.agenda.sources.readers import read_material
from bot.services.agenda.sources.reading import Defaults, Material
from tests.services.agenda.sources.material import NOW

WHOLE = """
hosts: [www.example.org, Calendar.Example.org]
own_network: [intranet.example.org]
sources:
  centre:
    kind: ical
    address: https://calendar.example.org/feed.ics
    language: nl
    languages: [nl]
    theme: employment
    mode: online
    place: Astro
    audience: [jobseekers]
    organisers: [VDAB Brussel]
  team:
    kind: csv
    file: team.csv
"""


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "sources.yml"
    path.write_text(text, encoding="utf-8")
    return path


def settings(tmp_path: Path, **environment: str) -> Settings:
    return read_settings({"FAQBOT_DATA_FOLDER": str(tmp_path / "var"), **environment})


def test_everything_that_the_file_can_say(tmp_path: Path) -> None:
    centre, team = read_sources(written(tmp_path, WHOLE))

    assert (centre.kind, centre.address) == ("ical", "https://calendar.example.org/feed.ics")
    assert centre.hosts == ("www.example.org", "calendar.example.org", "intranet.example.org")
    assert centre.own_network == ("intranet.example.org",)
    assert centre.defaults == Defaults(
        "nl", ("nl",), "employment", "online", "Astro", ("jobseekers",), ("VDAB Brussel",)
    )
    assert (team.kind, team.file, team.is_sample) == ("csv", tmp_path / "team.csv", False)


@pytest.mark.parametrize(
    ("before", "after", "line", "problem"),
    [
        ("kind: ical", "kind: outlook", 6, "ical, csv, xlsx, jsonld"),
        ("https://calendar.example.org", "https://other.example.org", 7, "not among the `hosts`"),
        ("https://calendar.example.org", "ftp://calendar.example.org", 7, "no address with http"),
        ("https://calendar.example.org/feed.ics", "https://a:b@www.example.org/", 7, "no address with http"),
        ("theme: employment", "theme: cooking", 10, "`theme` may be"),
        ("languages: [nl]", "languages: nl", 9, "list of words"),
        ("languages: [nl]", "languages: [de]", 9, "`languages` may hold fr, nl, en"),
        ("file: team.csv", "colour: blue", 17, "'colour' is unknown"),
        ("file: team.csv", "place: Astro", 15, "either a file or an address"),
        ("  team:", "  Our Team:", 15, "source's name"),
        ("hosts: [", "guests: [", 2, "'guests' is unknown"),
    ],
)
def test_what_is_wrong_is_told_by_line(tmp_path: Path, before: str, after: str, line: int, problem: str) -> None:
    with pytest.raises(YamlFileError, match=rf"sources.yml:{line}: .*{problem}"):
        read_sources(written(tmp_path, WHOLE.replace(before, after)))


def test_the_sample_holds_until_a_source_is_named_or_a_file_is_imported(tmp_path: Path) -> None:
    assert [one.is_sample for one in sources_of(settings(tmp_path))] == [True, True]

    named = settings(tmp_path, FAQBOT_AGENDA_SOURCES=str(written(tmp_path, WHOLE)))
    assert [one.name for one in sources_of(named)] == ["centre", "team"]

    folder = imported_folder(settings(tmp_path))
    folder.mkdir(parents=True)
    (folder / "Décembre.csv").write_text("Titre;Date\n", encoding="utf-8")
    assert [(one.name, one.is_sample) for one in sources_of(settings(tmp_path))] == [("imported-decembre-csv", False)]
    assert len(sources_of(named)) == 3


def test_the_sample_shows_every_language_and_way_in_the_coming_week_and_is_without_fault() -> None:
    readings = [
        read_material(Material(source, source.file.read_bytes(), *horizon(NOW)))
        for source in read_sources(SAMPLE_FILE)
        if source.file
    ]
    activities = [one for reading in readings for one in reading.activities]
    coming = [one for one in activities if 0 <= (one.start - NOW).days < 7]

    assert all(reading.rejected == reading.remarks == () for reading in readings)
    assert all(one.is_sample for one in activities)
    assert {language for one in coming for language in one.languages} >= {"fr", "nl"}
    assert {one.mode for one in coming} == set(MODES)
    assert {one.theme for one in activities} == set(THEMES)
    assert {audience for one in activities for audience in one.audience} == set(AUDIENCES)
    assert all(set(one.titles) == set(one.languages) == set(one.descriptions) for one in activities)
    cv = [one for one in coming if "nl" in one.languages and "cv" in one.title("nl").lower()]
    assert [one.mode for one in cv] == ["online"]


def test_the_known_words_lead_to_words_that_activities_have() -> None:
    values = known_words().values

    assert set(values["theme"].values()) == set(THEMES)
    assert set(values["audience"].values()) == set(AUDIENCES)
    assert set(values["mode"].values()) == set(MODES)
    assert set(values["status"].values()) <= set(STATUSES)
