"""`faqbot parse`: one message a line in, one JSON object a line out. No server, no Rasa."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

import typer

from bot.foundation.languages import LANGUAGES
from bot.foundation.settings import read_settings
from bot.services.releases.folder import UNDERSTANDING, active_release
from bot.understanding.message_text import is_readable
from bot.understanding.understander import Understander


def parse(
    file: str = typer.Argument("-", help="A text file, one message a line; - reads standard input."),
    language: str = typer.Option(None, "--language", help="The language of the conversation so far: fr, nl or en."),
) -> None:
    """Understand messages: language, intent, ranking and decision, exactly one JSON object per line."""
    if language is not None and language not in LANGUAGES:
        raise typer.BadParameter(f"one of {', '.join(LANGUAGES)}", param_hint="--language")
    understander = Understander.load(active_release(read_settings().releases_folder) / UNDERSTANDING)
    with _progress(_count(file)) as advance:
        for raw in _lines(file):
            print(json.dumps(parse_line(understander, raw, language), ensure_ascii=False))
            advance()


def parse_line(understander: Understander, raw: bytes, language: str | None) -> dict[str, Any]:
    """The object for one line.

    A line that is blank, without words or not UTF-8 has `error` set, and is understood as far as it can be.
    """
    error = None
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        text, error = raw.decode("utf-8", "replace"), "not_utf8"
    found = understander.understand(text, language)
    if not found.text:
        error = error or "blank"
    elif not is_readable(found.text) and error is None:
        error = "no_words"
    return {**found.as_dict(), "error": error}


def _lines(file: str) -> Iterator[bytes]:
    if file == "-":
        yield from _split(sys.stdin.buffer)
    else:
        with _open(file) as stream:
            yield from _split(stream)


def _split(stream: BinaryIO) -> Iterator[bytes]:
    for line in stream:
        yield line.rstrip(b"\n").removesuffix(b"\r")


def _open(file: str) -> BinaryIO:
    try:
        return Path(file).open("rb")
    except OSError as error:
        raise typer.BadParameter(f"{file}: {error.strerror}", param_hint="FILE") from None


def _count(file: str) -> int | None:
    if file == "-":
        return None
    with _open(file) as stream:
        return sum(1 for _ in stream)


class _progress:
    """A progress bar on standard error, when that is a terminal and standard output is not."""

    def __init__(self, total: int | None) -> None:
        from rich.console import Console
        from rich.progress import Progress

        console = Console(stderr=True)
        shown = console.is_terminal and not sys.stdout.isatty() and total is not None
        self._bar = Progress(console=console, disable=not shown, transient=True)
        self._task = self._bar.add_task("parse", total=total)

    def __enter__(self) -> Any:
        self._bar.start()
        return lambda: self._bar.advance(self._task)

    def __exit__(self, *error: object) -> None:
        self._bar.stop()
