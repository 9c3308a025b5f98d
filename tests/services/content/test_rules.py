"""Every theme has its intent in domain.yml and its rule in data/stories/answers.yml."""

from __future__ import annotations

from pathlib import Path

from tests.services.content.sample import change, problems_of, write_sample

RULES = "data/stories/answers.yml"


def test_theme_without_rule_is_named(tmp_path: Path) -> None:
    project = write_sample(tmp_path)
    change(project, RULES, "intent: garden", "intent: deny")

    assert problems_of(project) == [
        "data/topics/themes.yml:3: the theme garden has no rule in data/stories/answers.yml"
    ]


def test_theme_that_is_no_intent_is_named(tmp_path: Path) -> None:
    project = write_sample(tmp_path)
    change(project, "domain.yml", "- garden\n", "")

    assert problems_of(project) == [
        "data/topics/themes.yml:3: the theme garden is not among the intents of domain.yml"
    ]


def test_intent_without_theme_is_named(tmp_path: Path) -> None:
    project = write_sample(tmp_path)
    change(project, "domain.yml", "- garden\n", "- garden\n- kitchen: {use_entities: []}\n")

    assert problems_of(project) == ["domain.yml:3: the intent 'kitchen' has no theme"]


def test_rule_that_says_an_unknown_answer_is_named(tmp_path: Path) -> None:
    project = write_sample(tmp_path)
    path = project / RULES
    more = "- rule: no\n  steps:\n  - intent: deny\n  - action: utter_deny\n"
    path.write_text(path.read_text() + more)

    assert problems_of(project) == [f"{RULES}:11: the rule says utter_deny, which is no answer in data/responses"]
