"""Choice ids: what a door may post back."""

from __future__ import annotations

import pytest

from bot.foundation.choices import ChoiceId, InvalidChoice, read_choice


@pytest.mark.parametrize(
    ("raw", "kind", "value"),
    [
        ("topic:guidance/become_nurse", "topic", "guidance/become_nurse"),
        ("theme:covid", "theme", "covid"),
        ("language:nl", "language", "nl"),
        ("activities:more", "activities", "more"),
        ("activity:cv-2026-11-30", "activity", "cv-2026-11-30"),
        ("feedback:up", "feedback", "up"),
        ("human", "human", ""),
        ("handoff:cancel", "handoff", "cancel"),
        ("handoff:wait/nl", "handoff", "wait/nl"),
        ("callback:start", "callback", "start"),
        ("callback:change/address", "callback", "change/address"),
        ("callback:when/thursday", "callback", "when/thursday"),
        ("score:5", "score", "5"),
        ("none", "none", ""),
        ("start", "start", ""),
        ("start:guidance", "start", "guidance"),
        ("received:image", "received", "image"),
        ("erase", "erase", ""),
        ("erase:yes", "erase", "yes"),
    ],
)
def test_a_known_choice_is_taken_apart_and_written_back(raw: str, kind: str, value: str) -> None:
    choice = read_choice(raw)

    assert choice == ChoiceId(kind, value)
    assert str(choice) == raw


@pytest.mark.parametrize(
    "raw",
    [
        "",
        "topic:",
        "start:",
        "received:money",
        "erase:all",
        "topic:x",
        "topic:A/b",
        "topic:a/b/c",
        "language:de",
        "human:",
        "/restart",
        "feedback:maybe",
        "handoff:wait/de",
        "callback:way",
        "callback:way/fax",
        "callback:change/consent",
        "score:0",
        "score:55",
        "activity:",
        "activity:a/b",
        "activity:" + "a" * 65,
        "activity:a\n",
    ]
    + ["topic:a/../b", "x" * 500, None, 7, ["human"], "human\n", "topic:a/b\n"],
)
def test_anything_else_is_refused(raw: object) -> None:
    with pytest.raises(InvalidChoice):
        read_choice(raw)
