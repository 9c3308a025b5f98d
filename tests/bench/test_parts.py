"""The parts that `--only` can name."""

from __future__ import annotations

import pytest

from bench.parts import PARTS, BenchFailed, read_parts


def test_without_a_choice_all_parts_are_measured() -> None:
    assert read_parts(None) == PARTS


def test_chosen_parts_come_in_the_order_of_the_report() -> None:
    assert read_parts("conversation, parse") == ("parse", "conversation")


@pytest.mark.parametrize("text", ["", "speed", "parse,speed"])
def test_an_unknown_part_is_refused_with_the_names_that_exist(text: str) -> None:
    with pytest.raises(BenchFailed, match="--only takes training, load"):
        read_parts(text)
