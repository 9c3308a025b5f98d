"""Reads the draft: everything under `data/` that the bot says, as one `Content`.

A fault of form (broken YAML, wrong type, missing language) raises YamlFileError with file and line.
What is well-formed but not good enough is the matter of the checks.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Iterator

from bot.foundation.languages import DEFAULT_LANGUAGE, LANGUAGES
from bot.foundation.names import LANGUAGE_SLOT, UTTER_PREFIX
from bot.foundation.yaml_files import Mapping, YamlFileError, read_mapping
from bot.services.content.model import Card, Content, Theme, Words

CENTRE_FILE = "centre.yml"


def read_draft(data: Path) -> Content:
    """The whole draft under the folder `data`."""
    cards, dialogue, themes = _read_cards(data / "topics")
    return Content(
        answers=_read_answers(data / "responses"),
        cards=cards,
        dialogue=dialogue,
        themes=themes,
        texts=_read_texts(data / "texts"),
        centre=read_words_file(data / CENTRE_FILE, "placeholders"),
    )


def _read_answers(folder: Path) -> dict[str, Words]:
    answers: dict[str, Words] = {}
    for path, key, line, variations in response_variations(folder):
        if key in answers:
            raise YamlFileError(path, line, f"the answer {key!r} stands in another file too")
        answers[key] = {language: text for language, text, _ in variations}
        for language in LANGUAGES:
            if language not in answers[key]:
                raise YamlFileError(path, line, f"the answer {key!r} has no text in {language!r}")
    return answers


def response_variations(
    folder: Path,
) -> Iterator[tuple[Path, str, int, list[tuple[str, str, int]]]]:
    """Each answer under a folder: path, name without prefix, line, and its (language, text, line)."""
    for path in sorted(folder.glob("*.yml")):
        content = read_mapping(path)
        responses = content.get("responses")
        if not isinstance(responses, Mapping):
            raise YamlFileError(path, 1, "should hold answers under the key responses")
        for key, variations in responses.items():
            line = responses.line_of(key)
            if not isinstance(key, str) or not key.startswith(UTTER_PREFIX):
                raise YamlFileError(path, line, f"the name {key!r} should begin with {UTTER_PREFIX}")
            if not isinstance(variations, list):
                raise YamlFileError(path, line, f"the answer {key!r} should be a list of texts")
            read = [_variation(path, line, variation) for variation in variations]
            seen = [language for language, _, _ in read]
            if len(seen) != len(set(seen)):
                raise YamlFileError(path, line, f"the answer {key!r} has a language twice")
            yield path, key[len(UTTER_PREFIX) :], line, read


def _variation(path: Path, line: int, variation: Any) -> tuple[str, str, int]:
    if not isinstance(variation, Mapping):
        raise YamlFileError(path, line, "an answer should be `- text: ...`")
    for key in variation:
        if key not in {"text", "condition"}:
            raise YamlFileError(
                path, variation.line_of(key), f"an answer has only text and condition, not {key!r}"
            )
    text = variation.get("text")
    if not isinstance(text, str) or not text.strip():
        raise YamlFileError(path, variation.line, "an answer needs a text")
    language = DEFAULT_LANGUAGE
    if "condition" in variation:
        language = _language_of(path, variation)
    return language, text.strip(), variation.line_of("text")


def _language_of(path: Path, variation: Mapping) -> str:
    line = variation.line_of("condition")
    condition = variation["condition"]
    wanted = (
        "the condition should be [{type: slot, name: language, value: nl}] "
        "with one of the other languages; the default language has none"
    )
    if not isinstance(condition, list) or len(condition) != 1 or not isinstance(condition[0], dict):
        raise YamlFileError(path, line, wanted)
    only = condition[0]
    value = only.get("value")
    if (only.get("type"), only.get("name")) != ("slot", LANGUAGE_SLOT):
        raise YamlFileError(path, line, wanted)
    if value not in LANGUAGES or value == DEFAULT_LANGUAGE:
        raise YamlFileError(path, line, f"this condition can never match: {wanted}")
    return str(value)


def _read_cards(folder: Path) -> tuple[dict[str, Card], dict[str, Card], dict[str, Theme]]:
    cards: dict[str, Card] = {}
    dialogue: dict[str, Card] = {}
    themes: dict[str, Theme] = {}
    for path in sorted(folder.glob("*.yml")):
        content = read_mapping(path)
        for kind, target in (("topics", cards), ("dialogue", dialogue)):
            for name, raw in _section(path, content, kind):
                line = content[kind].line_of(name)
                if name in target:
                    raise YamlFileError(path, line, f"{name!r} has a card in another file too")
                target[name] = _card(path, raw, with_title=kind == "topics")
        for name, raw in _section(path, content, "themes"):
            themes[name] = Theme(
                title=read_words(path, raw, "title"),
                starters=tuple(_list(path, raw, "starters")),
            )
    return cards, dialogue, themes


def _section(path: Path, content: Mapping, key: str) -> list[tuple[str, Mapping]]:
    section = content.get(key)
    if section is None:
        return []
    if not isinstance(section, Mapping):
        raise YamlFileError(path, content.line_of(key), f"{key} should hold names and cards")
    for name, card in section.items():
        if not isinstance(card, Mapping):
            raise YamlFileError(path, section.line_of(name), f"the card {name!r} is empty")
    return list(section.items())


_CARD_KEYS = frozenset(Card.__dataclass_fields__)


def _card(path: Path, raw: Mapping, with_title: bool) -> Card:
    for key in raw:
        if key not in _CARD_KEYS:
            raise YamlFileError(path, raw.line_of(key), f"a card has no key {key!r}")
    return Card(
        title=read_words(path, raw, "title") if with_title else {},
        next_steps=tuple(_list(path, raw, "next_steps")),
        sources=tuple(_list(path, raw, "sources")),
        as_of=_text_or_none(raw, "as_of"),
        review_by=_text_or_none(raw, "review_by"),
        owner=_text_or_none(raw, "owner"),
        volatile=bool(raw.get("volatile")),
        offer_person=bool(raw.get("offer_person")),
        caution=_text_or_none(raw, "caution"),
    )


def _read_texts(folder: Path) -> dict[str, Words]:
    texts: dict[str, Words] = {}
    for path in sorted(folder.glob("*.yml")):
        for key, words in read_words_file(path, "texts").items():
            if key in texts:
                raise YamlFileError(path, None, f"the text {key!r} stands in another file too")
            texts[key] = words
    return texts


def read_words_file(path: Path, section: str) -> dict[str, Words]:
    """Words in every language by key, from one section of a file; one plain value serves all languages."""
    content = read_mapping(path)
    entries = content.get(section)
    if not isinstance(entries, Mapping):
        raise YamlFileError(path, content.line_of(section), f"{section} should hold keys and words")
    return {key: read_words(path, entries, key) for key in entries}


def read_words(path: Path, holder: Mapping, key: str) -> Words:
    """The words under one key of a mapping, complete in every language. Raises YamlFileError."""
    line = holder.line_of(key)
    value = holder.get(key)
    if isinstance(value, (str, int)) and not isinstance(value, bool):
        return {language: str(value) for language in LANGUAGES}
    if not isinstance(value, dict):
        raise YamlFileError(path, line, f"{key!r} should have words in {', '.join(LANGUAGES)}")
    for language in LANGUAGES:
        if not isinstance(value.get(language), str) or not value[language].strip():
            raise YamlFileError(path, line, f"{key!r} has no words in {language!r}")
    if set(value) != set(LANGUAGES):
        raise YamlFileError(path, line, f"{key!r} has a language that the bot does not speak")
    return {language: value[language].strip() for language in LANGUAGES}


def _list(path: Path, raw: Mapping, key: str) -> list[str]:
    value = raw.get(key)
    if value is None:
        return []
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise YamlFileError(path, raw.line_of(key), f"{key!r} should be a list of words")
    return list(value)


def _text_or_none(raw: Mapping, key: str) -> str | None:
    value = raw.get(key)
    return None if value is None else str(value)
