"""The widget's modules say every word, read none as HTML, and stay small."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import yaml

from bot.foundation.settings import PROJECT_FOLDER
from bot.gateway.widget_files import read_script

FOLDER = PROJECT_FOLDER / "widget"
MODULES = sorted(FOLDER.glob("*.js"))
TEXTS = PROJECT_FOLDER / "data" / "texts" / "widget.yml"


def _source(path: Path) -> str:
    return path.read_text(encoding="utf-8")


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
