"""Few examples of every label, the same ones for the same seed."""

from __future__ import annotations

from collections import Counter

from bench.few_shot import few_shot

LABELS = ["lost card", "top up", "lost card", "fees"] * 25


def test_every_label_gets_the_same_number_of_examples() -> None:
    chosen = few_shot(LABELS, 10, seed=1)

    assert Counter(LABELS[i] for i in chosen) == {"lost card": 10, "top up": 10, "fees": 10}
    assert chosen == sorted(set(chosen))


def test_the_same_seed_draws_the_same_and_another_seed_others() -> None:
    assert few_shot(LABELS, 10, seed=1) == few_shot(LABELS, 10, seed=1)
    assert few_shot(LABELS, 10, seed=1) != few_shot(LABELS, 10, seed=2)


def test_a_label_with_too_few_examples_gives_all_of_them() -> None:
    assert few_shot(["fees", "top up", "fees"], 2, seed=1) == [0, 1, 2]


def test_the_draw_of_a_label_does_not_depend_on_the_others() -> None:
    longer = [*LABELS, *["a new one"] * 30]

    kept = [i for i in few_shot(longer, 10, seed=3) if longer[i] != "a new one"]

    assert kept == few_shot(LABELS, 10, seed=3)
