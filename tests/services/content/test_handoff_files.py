"""Faults in the opening hours and in the callback form's words are named by file and line."""

from __future__ import annotations

from pathlib import Path

from tests.services.content.sample import problems_of, write, write_sample


def test_a_fault_in_the_opening_hours_is_named(tmp_path: Path) -> None:
    project = write_sample(tmp_path)
    centre = (project / "data/centre.yml").read_text("utf-8")
    line = len(centre.splitlines()) + 3

    write(project, "data/centre.yml", centre + "hours:\n  week:\n    monday: [9-12]\n")

    assert problems_of(project) == [f"data/centre.yml:{line}: '9-12' should be two times like \"09:00-12:30\""]


def test_a_fault_in_the_words_of_the_callback_form_is_named(tmp_path: Path) -> None:
    project = write_sample(tmp_path)

    write(project, "data/callback/words.yml", "cancel: [Annulé]\n")

    words = "should be plain words without accents and signs"
    assert problems_of(project) == [f"data/callback/words.yml:1: 'Annulé' {words}"]
