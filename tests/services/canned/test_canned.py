"""Ready-made replies: what is filled in, what is left out, and which faults are named."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.foundation.languages import LANGUAGES
from bot.foundation.settings import PROJECT_FOLDER
from bot.foundation.yaml_files import YamlFileError
from bot.services.canned.canned import CANNED_FILE, FILLED_AT_THE_DESK, read_canned, ready
from bot.services.content.draft import read_words_file
from tests.services.content.sample import problems_of, write, write_sample

CENTRE = {"centre_name": {"fr": "le jardin", "nl": "de tuin", "en": "the garden"}}
_FILE = "data/desk/canned.yml"
_TITLE = "title: {fr: a, nl: b, en: c}"


def canned(folder: Path, text: str) -> Path:
    path = folder / "canned.yml"
    path.write_text(text, encoding="utf-8")
    return path


def reply(text: str, key: str = "hello") -> str:
    return f'canned:\n  {key}:\n    {_TITLE}\n    text: {{fr: "{text}", nl: "{text}", en: "{text}"}}\n'


def filled(folder: Path, text: str, **names: str) -> list[str]:
    return [one.text for one in ready(read_canned(canned(folder, reply(text))), "en", CENTRE, names)]


def test_names_of_the_centre_and_of_the_desk_are_filled_in(tmp_path: Path) -> None:
    text = "Hello {visitor}, {counsellor} of {centre_name}"

    assert filled(tmp_path, text, visitor="Ada", counsellor="Zoé") == ["Hello Ada, Zoé of the garden"]


def test_somebody_whose_name_is_not_known_is_not_called_by_it(tmp_path: Path) -> None:
    assert filled(tmp_path, "Hello {visitor}, I am {counsellor}", counsellor="Zoé") == ["Hello, I am Zoé"]


def test_without_a_reference_the_reply_is_not_offered(tmp_path: Path) -> None:
    assert filled(tmp_path, "Your request {reference}") == []
    assert filled(tmp_path, "Your request {reference}", reference="7K3-Q9M") == ["Your request 7K3-Q9M"]


def test_a_name_that_looks_like_a_placeholder_stays_as_it_is(tmp_path: Path) -> None:
    assert filled(tmp_path, "Hello {visitor}!", visitor="{reference}") == ["Hello {reference}!"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reply_of_the_project_can_be_offered(language: str) -> None:
    data = PROJECT_FOLDER / "data"
    centre = read_words_file(data / "centre.yml", "placeholders")
    entries = read_canned(data / CANNED_FILE)

    found = ready(entries, language, centre, dict.fromkeys(FILLED_AT_THE_DESK, "x"))

    assert len(found) == len(entries) >= 12
    assert all("{" not in one.text and "}" not in one.text for one in found)


@pytest.mark.parametrize(
    ("text", "line", "problem"),
    [
        (reply("{telefon}"), 4, "{telefon} stands neither in data/centre.yml nor at the desk"),
        (reply("{freephone"), 4, "a brace without its partner"),
        (reply("({visitor})"), 4, "{visitor} needs a space before it"),
        (f"canned:\n  hi:\n    {_TITLE}\n    text: {{fr: a, en: c}}\n", 4, "'text' has no words in 'nl'"),
        ("canned:\n  hi:\n    title: {fr: a, nl: b, en: '{x}'}\n    text: c\n", 3, "{x} may not stand in a title"),
        (reply("words", key="Hello"), 2, "the key 'Hello' should have 2 to 16"),
        ("canned:\n  hi: hello\n", 2, "the ready-made reply 'hi' should hold title and text"),
        (reply("a") + "    sent: true\n", 5, "a ready-made reply has no 'sent'"),
        (reply("a" * 1001), 4, "the text of 'hello' is longer than 1000 characters"),
        ("replies:\n  hi: a\n", 1, "'replies' is not known here; write canned"),
    ],
)
def test_a_fault_is_named_by_file_and_line(tmp_path: Path, text: str, line: int, problem: str) -> None:
    project = write_sample(tmp_path)
    write(project, _FILE, text)

    found = problems_of(project)

    assert found
    assert all(one.startswith(f"{_FILE}:{line}: ") and problem in one for one in found), found


def test_a_fault_in_the_tags_is_named_by_file_and_line(tmp_path: Path) -> None:
    project = write_sample(tmp_path)
    write(project, "data/desk/tags.yml", "tags:\n  praise: {fr: a, nl: b, en: c}\n  follow_up: {fr: a, en: c}\n")

    assert problems_of(project) == ["data/desk/tags.yml:3: 'follow_up' has no words in 'nl'"]


def test_a_file_that_breaks_is_an_error_and_no_empty_list(tmp_path: Path) -> None:
    with pytest.raises(YamlFileError, match=r"canned.yml:2"):
        read_canned(canned(tmp_path, "canned: [a"))
