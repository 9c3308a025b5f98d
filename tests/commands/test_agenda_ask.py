"""`faqbot agenda ask`, as a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from bot.foundation.settings import PROJECT_FOLDER
from bot.store import agenda_rows
from bot.store.database import Database
from bot.store.migrate import migrate
from tests.services.agenda.builders import activity, moment, store

NOW = "2026-11-23T10:00"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder whose agenda holds three activities."""
    folder = tmp_path_factory.mktemp("ask")
    url = f"sqlite:///{folder / 'faqbot.sqlite'}"
    migrate(url)
    database = Database(url)
    titles = {"fr": "Atelier CV", "nl": "Cv-workshop", "en": "CV workshop"}
    store(
        database,
        activity("online", "2026-12-02 10:00", mode="online", languages=("nl",), titles=titles, places_left=3),
        activity("site", "2026-12-02 10:00", mode="on_site", languages=("nl",), titles=titles),
        activity("late", "2026-12-09 10:00", mode="online", languages=("nl",), titles=titles),
    )
    with database.writing() as connection:
        agenda_rows.set_synced(connection, moment("2026-11-23 09:00"))
    database.close()
    return folder


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "FAQBOT_DATA_FOLDER": str(folder), "DATABASE_URL": ""}
    command = [sys.executable, "-m", "bot.commands", "agenda", "ask", *arguments]
    return subprocess.run(command, cwd=PROJECT_FOLDER, env=environment, capture_output=True, text=True, timeout=120)


def ask(folder: Path, *arguments: str) -> dict[str, Any]:
    found = run(folder, *arguments)
    assert found.returncode == 0, found.stderr
    answer: dict[str, Any] = json.loads(found.stdout)
    return answer


def test_filters_and_activities_are_printed_as_json(folder: Path) -> None:
    asked = "Is er volgende week een cv-workshop in het Nederlands, online?"

    answer = ask(folder, "--language", "nl", "--now", NOW, asked)

    assert {key: answer[key] for key in ("from", "to", "mode", "languages", "theme", "audience", "text")} == {
        "from": "2026-11-30T00:00:00+01:00",
        "to": "2026-12-06T23:59:59+01:00",
        "mode": "online",
        "languages": ["nl"],
        "theme": None,
        "audience": None,
        "text": "cv",
    }
    assert answer["total"] == 1
    (found,) = answer["activities"]
    assert (found["id"], found["title"], found["places_left"]) == ("online", "Cv-workshop", 3)
    assert (found["start"], found["status"]) == ("2026-12-02T10:00:00+01:00", "planned")


def test_follow_ups_go_on_from_the_request(folder: Path) -> None:
    answer = ask(folder, "--language", "en", "--now", NOW, "workshops in December", "only online", "the second one")

    assert answer["mode"] == "online"
    assert [one["id"] for one in answer["activities"]] == ["late"]


def test_what_comes_closest_is_named_apart(folder: Path) -> None:
    answer = ask(folder, "--now", NOW, "un atelier CV en anglais")

    assert (answer["total"], answer["activities"]) == (0, [])
    assert answer["alternatives"][0]["id"] == "online"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [(("--now", "tomorrow", "x"), "2026-11-23T10:00"), (("--language", "de", "x"), "fr, nl, en"), ((), "TEXT")],
)
def test_bad_arguments_are_explained(folder: Path, arguments: tuple[str, ...], said: str) -> None:
    found = run(folder, *arguments)

    assert found.returncode == 2
    assert said in found.stderr
    assert "Traceback" not in found.stderr
