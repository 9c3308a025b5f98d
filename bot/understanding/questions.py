"""Finds a second question in one message: "où êtes-vous et comment devenir infirmier ?".

Only what is clearly a question of its own counts; a story before the question does not.
"""

from __future__ import annotations

import re

from bot.understanding.message_text import words

_MIN_WORDS = 2
_ASKS = (
    r"comment|combien|quand|où|ou est|qui|que|quoi|quel(?:le)?s?|est-ce|pourquoi|puis-je|peut-on|dois-je|faut-il"
    r"|hoe|hoeveel|wanneer|waar|wie|wat|welke?|waarom|kan ik|mag ik|moet ik|is er|zijn er"
    r"|how|when|where|who|what|which|why|can i|could i|do i|may i|must i|is there|are there"
)
#: How a question goes on after "and": without a question word, or with two words for a thing of the centre.
_GOES_ON = (
    r"(?:c'est|c’est|c est)\s+(?:gratuit|payant|combien|où|ou|quand)|il faut|(?:je|on) peux?t?"
    r"|(?:je|ik|i) (?:veux|voudrais|wil|zou|want|would) (?:aussi|ook|also)|(?:votre|vos|jullie|your)\b"
    r"|is (?:het|dat|da|it|this)|kost|zijn jullie|are you|do you|does it|vous êtes|vous etes"
)
#: A wish that stands for a question when another question is joined to it.
_WISHES = (
    r"je (?:veux|voudrais|cherche)|j['’]aimerais|j['’]ai besoin|ik (?:wil|zoek|zou)|kwil|i (?:want|need|look)"
    r"|i['’]m looking|i am looking|i would like|i['’]d like|vous (?:êtes|etes) o[uù]"
)
_ADDS = (
    r"et aussi|et sinon|ensuite|en ook|en verder|and also|and then"
    r"|deuxième question|tweede vraag|another question"
)
_END = re.compile(r"(?<=\?)\s+|\s*;\s*")
_JOINED = re.compile(
    rf"(?:,|\s)\s*(?:et|en|and|plus|puis|dan|then)\s+(?=(?:{_ASKS}|{_GOES_ON})\b)"
    rf"|(?:,|\.|\s)\s*(?:{_ADDS})\s+(?=\S)|[,.]\s*(?:also|aussi|ook)\s+(?=\S)"
    rf"|,\s*(?=(?:{_ASKS})\b)",
    re.IGNORECASE,
)
_OPENS = re.compile(rf"(?:{_GOES_ON})\b", re.IGNORECASE)
_QUESTION_WORD = re.compile(rf"\b(?:{_ASKS}|{_WISHES})\b", re.IGNORECASE)


def split_questions(text: str) -> list[str]:
    """The questions of a cleaned message when there are two or more, else an empty list."""
    parts = [part for piece in _END.split(text) for part in _JOINED.split(piece) if part]
    asking = [part.strip(" ,.;") for part in parts if _is_question(part)]
    return asking if len(asking) > 1 else []


def _is_question(part: str) -> bool:
    asks = part.rstrip().endswith("?") or _OPENS.match(part) or _QUESTION_WORD.search(part)
    return bool(asks) and len(words(part)) >= _MIN_WORDS
