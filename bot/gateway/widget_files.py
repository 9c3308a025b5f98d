"""The widget as one script: joins its modules, takes comments out, compresses once. Nothing is built on disk."""

from __future__ import annotations

import gzip
import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

from bot.foundation.settings import PROJECT_FOLDER

WIDGET_FOLDER = PROJECT_FOLDER / "widget"
ENTRY = "faq-bot.js"
_IMPORT = re.compile(r"^import\s*\{([^}]*)\}\s*from\s*\"\./([a-z-]+\.js)\";\n?", re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:function|const|let|class) )", re.MULTILINE)
#: Comments stand on lines of their own in the widget, so that no string is ever mistaken for one.
_BLOCK_COMMENT = re.compile(r"^[ \t]*/\*\*?.*?\*/[ \t]*\n", re.MULTILINE | re.DOTALL)
_LINE_COMMENT = re.compile(r"^[ \t]*//[^\n]*\n", re.MULTILINE)
_INDENT = re.compile(r"^[ \t]+", re.MULTILINE)


class WidgetBroken(ValueError):
    """The widget's modules cannot be joined; the text names the file."""


@dataclass(frozen=True)
class Script:
    """The joined script, plain and compressed, and its tag."""

    plain: bytes
    compressed: bytes
    tag: str


def read_script(folder: Path = WIDGET_FOLDER) -> Script:
    """Join the modules from the entry, each after those that it imports. Raises WidgetBroken."""
    order: list[str] = []
    _collect(folder, ENTRY, order, ())
    pieces = [_stripped((folder / name).read_text(encoding="utf-8")) for name in order]
    plain = ('(function () {\n"use strict";\n' + "".join(pieces) + "})();\n").encode()
    return Script(plain, gzip.compress(plain, 9, mtime=0), hashlib.blake2b(plain, digest_size=12).hexdigest())


def _collect(folder: Path, name: str, order: list[str], path: tuple[str, ...]) -> None:
    if name in order:
        return
    if name in path:
        raise WidgetBroken(f"{name}: the modules import each other in a circle ({' > '.join((*path, name))})")
    try:
        source = (folder / name).read_text(encoding="utf-8")
    except OSError:
        raise WidgetBroken(f"{name}: imported by {path[-1] if path else 'nobody'}, but not there") from None
    for names, imported in _IMPORT.findall(source):
        if " as " in names:
            raise WidgetBroken(f"{name}: an import under another name cannot be joined")
        _collect(folder, imported, order, (*path, name))
    if re.search(r"^(import|export default|export \{)", _IMPORT.sub("", source), re.MULTILINE):
        raise WidgetBroken(f"{name}: only plain named imports and exported declarations can be joined")
    order.append(name)


def _stripped(source: str) -> str:
    source = _EXPORT.sub("", _IMPORT.sub("", source))
    source = _LINE_COMMENT.sub("", _BLOCK_COMMENT.sub("", source))
    # Lines inside template strings lose their indentation too, which style sheets do not mind.
    return re.sub(r"\n{2,}", "\n", _INDENT.sub("", source))
