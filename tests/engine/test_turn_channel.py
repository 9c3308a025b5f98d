"""A new model takes the place of the old one without leaving it in memory."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from bot.engine.turn_channel import TurnChannel


class Model:
    """Knows itself, as Rasa's parts know each other."""

    def __init__(self) -> None:
        self.itself = self


@pytest.fixture
def channel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[TurnChannel]:
    monkeypatch.setenv("FAQBOT_DATA_FOLDER", str(tmp_path))
    # The log of this process belongs to the tests.
    monkeypatch.setattr("bot.engine.turn_channel.log_to_stderr", lambda: None)
    yield TurnChannel("secret")
    gc.unfreeze()


def test_the_old_model_goes_when_a_new_one_is_spared(channel: TurnChannel) -> None:
    agent = Model()
    channel._spare(agent)
    channel._brain = SimpleNamespace(agent=agent)  # type: ignore[assignment]
    old = weakref.ref(agent)

    agent = Model()
    gc.collect()
    assert old() is not None
    channel._spare(agent)

    assert old() is None
    assert channel._brain is None


def test_a_model_is_spared_once(channel: TurnChannel) -> None:
    agent = Model()
    channel._spare(agent)
    spared = gc.get_freeze_count()

    later = Model()
    channel._spare(agent)

    assert gc.get_freeze_count() <= spared
    assert any(one is later for one in gc.get_objects())
