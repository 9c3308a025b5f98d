"""Answers hold plain words, bold, lists and links: every door can show these, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.services.content.checks.material import Material
from bot.services.content.checks.problem import Problem

_HTML = re.compile(r"</?[A-Za-z][^>]*>|<!--|&(?:[A-Za-z]+|#\d+|#x[0-9A-Fa-f]+);")
_HTTPS_AUTOLINK = re.compile(r"<https://[^>\s]+>")
_HEADING = re.compile(r"^ {0,3}#{1,6}(?:\s|$)|^ {0,3}(?:={2,}|-{2,})\s*$", re.MULTILINE)
_IMAGE = re.compile(r"!\[")
_LINK_ADDRESS = re.compile(r"\]\(\s*<?([^)\s>]*)")
_DEFINED_ADDRESS = re.compile(r"^ {0,3}\[[^\]]+\]:\s*(\S+)", re.MULTILINE)
_BARE_ADDRESS = re.compile(r"\bhttp://\S+", re.IGNORECASE)


def check_answer_markdown(material: Material) -> list[Problem]:
    """HTML, headings, images, and link addresses that are not https."""
    problems: list[Problem] = []
    for entry in material.answers:
        for language, text, line in entry.variations:
            for fault in dict.fromkeys(_faults(material.filled(text, language))):
                problems.append(material.problem(entry.path, line, f"{entry.name} in {language!r}: {fault}"))
    return problems


def _faults(text: str) -> Iterator[str]:
    html = _HTML.search(_HTTPS_AUTOLINK.sub("", text))
    if html:
        yield f"HTML ({html.group()}) is not shown; use Markdown"
    if _HEADING.search(text):
        yield "a heading is not shown; use bold words"
    if _IMAGE.search(text):
        yield "an image is not shown"
    linked = [*_LINK_ADDRESS.findall(text), *_DEFINED_ADDRESS.findall(text)]
    bare = [address.rstrip(").,;") for address in _BARE_ADDRESS.findall(text)]
    for address in dict.fromkeys((*linked, *bare)):
        if not address.startswith("https://"):
            yield f"the link address {address!r} should begin with https://"
