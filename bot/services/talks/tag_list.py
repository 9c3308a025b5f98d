"""Reads `data/desk/tags.yml`: the few words by which counsellors sort talks. Used by the desk and `faqbot check`."""

from __future__ import annotations

import re
from pathlib import Path

from bot.foundation.yaml_files import Mapping, YamlFileError, read_entries
from bot.services.content.model import Words
from bot.services.content.word_entries import read_words

TAGS_FILE = Path("desk") / "tags.yml"
#: More fit on no telephone, and nobody remembers them.
MOST_TAGS, LONGEST_TITLE = 12, 40

_KEY = re.compile(r"[a-z][a-z0-9_]{1,31}")


def read_tags(path: Path) -> dict[str, Words]:
    """Every tag with its title, in the order of the file; none when there is no file. Raises YamlFileError."""
    entries = read_entries(path, "tags", "tag") or Mapping()
    found: dict[str, Words] = {}
    for key in entries:
        line = entries.line_of(key)
        if not isinstance(key, str) or not _KEY.fullmatch(key):
            raise YamlFileError(path, line, f"the tag {key!r} should have 2 to 32 of a to z, 0 to 9 and _")
        found[key] = read_words(path, entries, key)
        if any(len(title) > LONGEST_TITLE for title in found[key].values()):
            raise YamlFileError(path, line, f"the title of {key!r} has more than {LONGEST_TITLE} characters")
        if len(found) > MOST_TAGS:
            raise YamlFileError(path, line, f"there are more than {MOST_TAGS} tags")
    return found
