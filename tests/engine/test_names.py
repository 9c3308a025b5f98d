"""Names that stand both in YAML and in code are the same."""

from __future__ import annotations

import yaml

from bot.foundation import names
from bot.foundation.settings import PROJECT_FOLDER
from bot.services.content.draft import read_draft
from bot.services.content.phrases import read_phrases


def domain() -> dict[str, object]:
    content: dict[str, object] = yaml.safe_load((PROJECT_FOLDER / "domain.yml").read_text(encoding="utf-8"))
    return content


def test_the_intents_of_the_domain_are_those_of_the_code_and_of_the_phrases() -> None:
    themes = {names.theme_of(phrase.intent) for phrase in read_phrases(PROJECT_FOLDER / "data/nlu")}

    intents = domain()["intents"]

    assert isinstance(intents, list)
    assert set(intents) == themes | set(names.ENGINE_INTENTS)
    assert set(names.PLAIN_INTENTS) <= set(intents)


def test_the_slots_of_the_code_stand_in_the_domain() -> None:
    slots = domain()["slots"]

    assert isinstance(slots, dict)
    assert {names.LANGUAGE_SLOT, names.FAILED_TURNS_SLOT, names.ACTIVITIES_SHOWN_SLOT} <= set(slots)


def test_every_rule_speaks_with_words_that_exist() -> None:
    content = read_draft(PROJECT_FOLDER / "data")
    wanted = {"clarify", "fallback", "fallback_again", "out_of_scope", "deny", "crisis", "request_human"}

    assert wanted | set(names.SMALLTALK_INTENTS) <= set(content.answers)
