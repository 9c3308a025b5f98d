"""Every theme is known to the dialogue: its intent in domain.yml, its rule in data/stories/answers.yml."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from bot.foundation.names import ENGINE_INTENTS, PLAIN_INTENTS, SMALLTALK, UTTER_PREFIX, theme_of
from bot.foundation.yaml_files import Mapping, YamlFileError, read_mapping
from bot.services.content.checks.material import Material
from bot.services.content.checks.problem import Problem

DOMAIN_FILE = Path("domain.yml")
RULES_FILE = Path("data/stories/answers.yml")


def check_rules(material: Material) -> list[Problem]:
    """Themes without intent or rule, intents that nothing stands for, rules that say an unknown answer."""
    return [*_intents(material), *_theme_rules(material), *_said_answers(material)]


def _intents(material: Material) -> list[Problem]:
    path = material.project / DOMAIN_FILE
    try:
        domain = read_mapping(path)
    except YamlFileError as fault:
        return [material.problem(fault.path, fault.line, fault.problem)]
    intents = intents_of(domain)
    text = "the theme {} is not among the intents of domain.yml"
    problems = [
        material.problem(entry.path, entry.line, text.format(entry.name))
        for entry in material.themes
        if entry.name not in intents
    ]
    known = {*PLAIN_INTENTS, *ENGINE_INTENTS, SMALLTALK, *material.theme_names}
    if material.is_read("data/topics"):
        problems += [
            material.problem(path, domain.line_of("intents"), f"the intent {intent!r} has no theme")
            for intent in intents
            if intent not in known
        ]
    return problems


def intents_of(domain: Mapping) -> list[str]:
    """The names of a domain's intents; one with settings is a mapping of one key."""
    listed = domain.get("intents")
    found: list[str] = []
    for item in listed if isinstance(listed, list) else []:
        found.extend(str(name) for name in item) if isinstance(item, dict) else found.append(str(item))
    return found


def _theme_rules(material: Material) -> list[Problem]:
    path = material.project / RULES_FILE
    try:
        exchanges = [_exchange(rule) for rule in rules_of(read_mapping(path))]
    except YamlFileError as fault:
        return [material.problem(fault.path, fault.line, fault.problem)]
    problems: list[Problem] = []
    for entry in material.themes:
        if (entry.name, f"{UTTER_PREFIX}{entry.name}") not in exchanges:
            text = f"the theme {entry.name} has no rule in {RULES_FILE.as_posix()}"
            problems.append(material.problem(entry.path, entry.line, text))
    return problems


def rules_of(stories: Mapping) -> list[Mapping]:
    """The rules of one file of stories."""
    listed = stories.get("rules")
    return [rule for rule in listed if isinstance(rule, Mapping)] if isinstance(listed, list) else []


def _exchange(rule: Mapping) -> tuple[Any, Any] | None:
    """Intent and action of a rule with these two steps and no other."""
    steps = _steps(rule)
    if len(steps) != 2:
        return None
    return steps[0].get("intent"), steps[1].get("action")


def _steps(rule: Mapping) -> list[Mapping]:
    steps = rule.get("steps")
    return [step for step in steps if isinstance(step, Mapping)] if isinstance(steps, list) else []


def _said_answers(material: Material) -> list[Problem]:
    said = {name for entry in material.answers for name in (entry.name, theme_of(entry.name))}
    problems: list[Problem] = []
    for path in sorted((material.project / RULES_FILE.parent).glob("*.yml")):
        try:
            steps = [step for rule in rules_of(read_mapping(path)) for step in _steps(rule)]
        except YamlFileError as fault:
            problems.append(material.problem(fault.path, fault.line, fault.problem))
            continue
        for step in steps:
            action = str(step.get("action"))
            is_missing = action.startswith(UTTER_PREFIX) and action.removeprefix(UTTER_PREFIX) not in said
            if is_missing and material.is_read("data/responses"):
                text = f"the rule says {action}, which is no answer in data/responses"
                problems.append(material.problem(path, step.line_of("action"), text))
    return problems
