"""Prepares the stock project: our content under Rasa's own default configuration, and nothing of our code.

What stock Rasa cannot run is mapped to the nearest thing that it can; docs/bench.md says so in one line:
rules of intents that only our engine sets are left out, a custom action becomes the response that it
says, and the centre's own data stand in the texts, since stock templates would print `{website}`.
"""

from __future__ import annotations

import hashlib
import importlib.util
import shutil
from importlib.metadata import version
from pathlib import Path
from typing import Any

import yaml

from bot.foundation.names import BROWSE_THEME, CLARIFY, FEEDBACK, UTTER_PREFIX
from bot.services.content.draft import CENTRE_FILE, read_words_file, response_variations

#: Set by our engine only. The fourth of them, the fallback, stock Rasa sets too (FallbackClassifier).
_OUR_INTENTS = frozenset({CLARIFY, BROWSE_THEME, FEEDBACK})
_ACTION_PREFIX = "action_"
_LANGUAGE = "fr"
_CONFIG_PLACE = "engine/recipes/config_files/default_config.yml"
_EPOCHS_LINE = "    epochs: 100\n"


def prepare_stock_project(project: Path, target: Path, epochs: int | None = None) -> None:
    """Write the stock project into the folder `target`, which is emptied first.

    `epochs` changes the configuration and is for trying out the bench only; None keeps Rasa's own.
    """
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(project / "data/nlu", target / "data/nlu")
    _write(target / "config.yml", stock_configuration(epochs))
    _write(target / "domain.yml", _domain(project))
    for path in sorted((project / "data/stories").glob("*.yml")):
        _write(target / "data/stories" / path.name, _rules(path))
    _write(target / "data/responses.yml", _responses(project / "data"))


def stock_configuration(epochs: int | None = None) -> str:
    """Rasa's default configuration as installed, but for the language and the assistant's id."""
    text = default_configuration()
    text = text.replace("\nlanguage: en\n", f"\nlanguage: {_LANGUAGE}\n")
    text = text.replace("\nassistant_id: placeholder_default\n", "\nassistant_id: stock\n")
    return text if epochs is None else text.replace(_EPOCHS_LINE, f"    epochs: {epochs}\n")


def default_configuration() -> str:
    """The text of the configuration that Rasa itself proposes. Found without importing Rasa (8 s)."""
    found = importlib.util.find_spec("rasa")
    assert found is not None, "Rasa is installed"
    assert found.submodule_search_locations
    return (Path(found.submodule_search_locations[0]) / _CONFIG_PLACE).read_text(encoding="utf-8")


def stock_fingerprint(target: Path) -> str:
    """Changes when training the prepared project again could give another model or take another time.

    The words of the answers do not count: the response selector learns their names only.
    """
    digest = hashlib.sha256(version("rasa").encode())
    for path in sorted(path for path in target.rglob("*.yml") if path.name != "responses.yml"):
        digest.update(str(path.relative_to(target)).encode() + path.read_bytes())
    names = yaml.load((target / "data/responses.yml").read_bytes(), _LOADER)["responses"]
    digest.update("\n".join(sorted(names)).encode())
    return digest.hexdigest()[:16]


def has_stories(target: Path) -> bool:
    """Whether the prepared project has stories; from rules alone the learning policies learn nothing."""
    return any("stories" in yaml.load(path.read_bytes(), _LOADER) for path in (target / "data/stories").glob("*.yml"))


_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def _domain(project: Path) -> str:
    domain = yaml.load((project / "domain.yml").read_bytes(), _LOADER)
    domain["intents"] = [intent for intent in domain["intents"] if _intent_name(intent) not in _OUR_INTENTS]
    domain.pop("actions", None)
    return _dumped(domain)


def _rules(path: Path) -> str:
    """A file of rules and stories without those that stock Rasa could never reach."""
    content = yaml.load(path.read_bytes(), _LOADER)
    for kind in ("rules", "stories"):
        kept = [entry for entry in content.get(kind) or () if not _is_ours(entry["steps"])]
        for step in (step for entry in kept for step in entry["steps"] if "action" in step):
            step["action"] = _said_by(step["action"])
        content.pop(kind, None)
        if kept:
            content[kind] = kept
    return _dumped(content)


def _is_ours(steps: list[dict[str, Any]]) -> bool:
    return any(step.get("intent") in _OUR_INTENTS for step in steps)


def _said_by(action: str) -> str:
    """The response that a custom action says: both have the same stem."""
    if not action.startswith(_ACTION_PREFIX):
        return action
    return UTTER_PREFIX + action.removeprefix(_ACTION_PREFIX)


def _responses(data: Path) -> str:
    """All answers in one file, with the same variations by language and the centre's data filled in."""
    centre = read_words_file(data / CENTRE_FILE, "placeholders")
    answers: dict[str, list[dict[str, Any]]] = {}
    for _, name, _, variations in response_variations(data / "responses"):
        for language, text, _ in variations:
            for key, words in centre.items():
                text = text.replace("{" + key + "}", words[language])
            variation: dict[str, Any] = {"text": text}
            if language != _LANGUAGE:
                variation["condition"] = [{"type": "slot", "name": "language", "value": language}]
            answers.setdefault(UTTER_PREFIX + name, []).append(variation)
    return _dumped({"version": "3.1", "responses": answers})


def _intent_name(intent: Any) -> str:
    return next(iter(intent)) if isinstance(intent, dict) else str(intent)


def _dumped(content: Any) -> str:
    return yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=100)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
