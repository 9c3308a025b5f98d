"""What is loaded for good is spared; what was replaced since goes at the next call."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator

import pytest

from bot.foundation.garbage import spare_what_is_loaded


class Model:
    """Something large that knows itself, so that only the collector can free it."""

    def __init__(self) -> None:
        self.itself = self


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    yield
    gc.unfreeze()


def test_what_is_loaded_is_no_longer_looked_at_and_what_is_made_later_is() -> None:
    loaded = Model()
    spare_what_is_loaded()

    later = Model()

    assert not any(one is loaded for one in gc.get_objects())
    assert any(one is later for one in gc.get_objects())


def test_what_was_replaced_is_freed_at_the_next_call() -> None:
    model = Model()
    spare_what_is_loaded()
    old = weakref.ref(model)

    model = Model()
    gc.collect()
    assert old() is not None
    spare_what_is_loaded()

    assert old() is None
    assert model.itself is model
