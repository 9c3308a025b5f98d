"""The widget's modules keep what visitors with old browsers and slow lines need."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
import yaml

from bot.foundation.settings import PROJECT_FOLDER
from bot.gateway.widget_files import read_script

FOLDER = PROJECT_FOLDER / "widget"
MODULES = sorted(FOLDER.glob("*.js"))
TEXTS = PROJECT_FOLDER / "data" / "texts" / "widget.yml"

#: What Safari 13.0, Chrome 80 or Firefox 78 cannot read, each with a pattern that finds it.
TOO_NEW = {
    "optional chaining": r"\?\.(?=[A-Za-z_(\[])",
    "nullish coalescing": r"\?\?",
    "private or static class parts": r"^\s+(?:#\w+|static (?!get )\w+ *=|static \{)",
    "class fields": r"^  [a-z]\w* = ",
    "replaceChildren": r"\.replaceChildren\(",
    "replaceAll": r"\.replaceAll\(",
    "randomUUID": r"randomUUID",
    "structuredClone": r"structuredClone",
    ":is or :where": r":(?:is|where)\(",
    "inset": r"[;{ ]inset(?:-\w+)?:",
    "flex gap": r"[;{ ](?:column-|row-)?gap:",
    "aspect-ratio": r"aspect-ratio:",
    "clamp": r"clamp\(",
    "top-level await": r"^await ",
}


def _source(path: Path) -> str:
    return path.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", TOO_NEW)
def test_no_module_uses_what_the_oldest_browsers_lack(name: str) -> None:
    pattern = re.compile(TOO_NEW[name], re.MULTILINE)

    found = [path.name for path in MODULES if pattern.search(_source(path))]

    assert MODULES
    assert found == []


def test_each_word_that_is_shown_is_written_and_each_written_word_is_shown() -> None:
    written = {key.removeprefix("widget_") for key in yaml.safe_load(_source(TEXTS))["texts"]}
    everything = "".join(_source(path) for path in MODULES)
    literals = set(re.findall(r'"([a-z0-9_]+)"', everything))
    asked = set(re.findall(r'\.say\("([a-z0-9_]+)"', everything))
    asked |= set(re.findall(r'(?:addLine|setBanner)\("([a-z0-9_]+)"', everything))

    assert asked - written - {"greeting"} == set()
    assert written - literals == set()


def test_no_module_writes_markup_or_reads_words_as_html() -> None:
    dangerous = re.compile(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function")

    assert [path.name for path in MODULES if dangerous.search(_source(path))] == []


def test_the_joined_script_has_each_top_level_name_once() -> None:
    declared = re.compile(r"^(?:export )?(?:async )?(?:function|class|const|let) (\w+)", re.MULTILINE)
    names = Counter(name for path in MODULES for name in declared.findall(_source(path)))

    assert [name for name, count in names.items() if count > 1] == []


def test_comments_stand_on_lines_of_their_own_so_that_joining_loses_no_code() -> None:
    behind = re.compile(r"^[ \t]*/\*.*\*/[ \t]*\S", re.MULTILINE)

    assert [path.name for path in MODULES if behind.search(_source(path))] == []


def test_the_script_leaves_room_in_thirty_kilobytes() -> None:
    script = read_script()

    assert len(script.compressed) < 24_000
    assert b'define("faq-bot"' in script.plain
