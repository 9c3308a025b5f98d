"""Readable dialogues, played through the real dialogue engine. One file, one person; see the README beside."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bot.foundation.choices import read_choice
from bot.foundation.languages import LANGUAGES
from bot.foundation.yaml_files import read_mapping
from bot.services.evaluation.judged import ACCEPTED

FOLDER = Path(__file__).parent
FILES = sorted(path for language in LANGUAGES for path in (FOLDER / language).glob("*.yml"))

Take = Callable[[dict[str, Any]], dict[str, Any]]


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_the_conversation_goes_as_written(path: Path, take: Take) -> None:
    dialogue = read_mapping(path)
    conversation, offered, failures = uuid.uuid4().hex, set[str](), list[str]()

    for turn in dialogue["turns"]:
        line = f"{path.name}:{turn.line}"
        body: dict[str, Any] = {"conversation": conversation, "language": dialogue.get("door")}
        if "takes" in turn:
            read_choice(turn["takes"])
            if turn["takes"] not in offered:
                failures.append(f"{line}: {turn['takes']} was not offered")
            body["choice"] = turn["takes"]
        else:
            body["text"] = turn["person"]
        result = take(body)
        offered = choices_of(result["reply"])
        failures.extend(f"{line}: {fault}" for fault in faults(turn, result, offered, path.parent.name))

    assert not failures, "\n".join(failures)


def test_every_person_stands_in_every_language() -> None:
    names = {language: {path.stem for path in (FOLDER / language).glob("*.yml")} for language in LANGUAGES}

    assert names["fr"]
    assert names["fr"] == names["nl"] == names["en"]


def faults(turn: dict[str, Any], result: dict[str, Any], offered: set[str], language: str) -> list[str]:
    """What is not as written."""
    reply, report = result["reply"], result["report"]
    said = said_by(result)
    found = []
    if not right(turn["bot"], said):
        found.append(f"the bot said {said}, not {turn['bot']} ({report['intent']} {report['confidence']})")
    if reply["language"] != turn.get("language", language):
        found.append(f"the bot spoke {reply['language']}")
    for choice in turn.get("offers", ()):
        if choice not in offered:
            found.append(f"{choice} was not offered, but {sorted(offered)}")
    for words in turn.get("words", ()):
        if words not in " ".join(part.get("markdown", "") for part in reply["parts"]):
            found.append(f"the answer does not hold {words!r}")
    return found


def said_by(result: dict[str, Any]) -> str:
    """The name of what was said: a topic, small talk, a plain intent, `clarify` or `fallback`."""
    report = result["report"]
    if report["decision"] != "answer":
        return "fallback" if report["decision"] == "fallback" else "clarify"
    return str(report["intent"])


def right(wanted: str, said: str) -> bool:
    return wanted == said or frozenset({wanted, said}) in ACCEPTED


def choices_of(reply: dict[str, Any]) -> set[str]:
    return {item["id"] for part in reply["parts"] if part["kind"] == "choices" for item in part["items"]}


@pytest.fixture(scope="session")
def take(local: Any) -> Take:
    """Takes one turn, with a turn id of its own."""
    from bot.engine.turn import read_turn

    loop = asyncio.new_event_loop()

    def take_turn(body: dict[str, Any]) -> dict[str, Any]:
        turn = read_turn({"turn": uuid.uuid4().hex, **body})
        result: dict[str, Any] = loop.run_until_complete(local.take(turn)).as_dict()
        return result

    return take_turn
