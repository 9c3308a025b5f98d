"""Replaces personal numbers and addresses in what people wrote. Used by everything that shows text for review.

Masked are e-mail addresses, telephone numbers, Belgian national numbers and bank accounts. Dates, years,
hours and amounts stay, because a question about a date cannot be judged without it. When in doubt a
long number is masked.

Every form begins where no other character of its own kind stands before, and what may repeat without end is
followed by something else: so the time grows with the length of the text and no faster.
"""

from __future__ import annotations

import re

EMAIL, PHONE, NATIONAL_NUMBER, ACCOUNT, NUMBER = "[e-mail]", "[phone]", "[national number]", "[account]", "[number]"

# What people put between the digits of a number.
_GAP = r"[ ./()\u00a0\u202f-]{0,2}"
_AMOUNT_FOLLOWS = r"(?!\s?(?:€|eur))"

#: Tried in this order at every place; `None` keeps what was found, so that nothing later takes it.
_FORMS: tuple[tuple[str, str, str | None], ...] = (
    ("email", r"(?<![\w.+%-])[\w.+%-]+\s?@\s?[\w-]+(?:\.[\w-]+)+", EMAIL),
    ("iban", r"(?<![^\W_])[a-z]{2}\d{2}(?:[ .-]?[a-z0-9]){11,30}", ACCOUNT),
    ("belgian_iban", rf"(?<![^\W_])be{_GAP}\d{{2}}(?:{_GAP}\d){{12}}(?!\d)", ACCOUNT),
    ("old_account", r"(?<!\d)\d{3}-\d{7}-\d{2}(?!\d)", ACCOUNT),
    ("abroad", rf"(?<!\d)(?:\+|00)\s?[1-9](?:{_GAP}\d){{7,14}}(?!\d){_AMOUNT_FOLLOWS}", PHONE),
    ("national", r"(?<!\d)\d{2}[ ./-]?\d{2}[ ./-]?\d{2}[ ./-]{0,3}\d{3}[ ./-]{0,3}\d{2}(?!\d)", NATIONAL_NUMBER),
    (
        "date",
        r"(?<!\d)(?:"
        r"(?:0?[1-9]|[12]\d|3[01])(?P<mark>[./-])(?:0?[1-9]|1[0-2])(?P=mark)(?:(?:19|20)\d\d|\d\d)"
        r"|(?:19|20)\d\d[./-](?:0?[1-9]|1[0-2])[./-](?:0?[1-9]|[12]\d|3[01])"
        r"|(?:0?[1-9]|[12]\d|3[01])\s(?:0?[1-9]|1[0-2])\s(?:19|20)\d\d"
        r")(?!\d)(?![./]\d)(?!-\d{3})",
        None,
    ),
    ("phone", rf"(?<!\d)\(?0(?:{_GAP}\d){{8,9}}(?!\d)", PHONE),
    ("mobile", r"(?<!\d)(?:32[ ./-]?)?4\d\d[ ./-]\d\d[ .-]?\d\d[ .-]?\d\d(?!\d)", PHONE),
    ("number", r"(?<!\d)\d{9,}(?!\d)", NUMBER),
)
_ANY = re.compile("|".join(f"(?P<{name}>{form})" for name, form, _ in _FORMS), re.IGNORECASE)
_MARKS = {name: mark for name, _, mark in _FORMS}
_SHORTEST_IBAN, _DIGITS_OF_IBAN = 15, 10


def mask(text: str) -> str:
    """The text with marks such as `[phone]` in the place of personal data."""
    parts, at = [], 0
    while found := _ANY.search(text, at):
        start, end, mark = _judge(text, found)
        parts.append(text[at:start])
        parts.append(text[start:end] if mark is None else mark)
        at = end
    return "".join(parts) + text[at:]


def _judge(text: str, found: re.Match[str]) -> tuple[int, int, str | None]:
    """Start and end of what is replaced, and by what."""
    kind, start, end = next(name for name in _MARKS if found[name] is not None), found.start(), found.end()
    if kind == "iban":
        end_of_iban = _end_of_iban(found.group(), start)
        if end_of_iban is not None:
            return start, end_of_iban, ACCOUNT
    if kind in ("iban", "national") and (kind == "iban" or not _is_birth_date(found.group())):
        # Not what it looked like: let the other forms try from here.
        other = _WITHOUT[kind].match(text, start)
        return _judge(text, other) if other else (start, start + 1, None)
    return start, end, _MARKS[kind]


def _end_of_iban(candidate: str, start: int) -> int | None:
    """Where the longest part with a right check number ends: the pattern may run on into the next word."""
    # The long s and the sign of the Kelvin pass for letters where capitals do not count.
    alone = [(character.casefold(), place + 1) for place, character in enumerate(candidate) if character.isalnum()]
    kept = [(int(character, 36), place) for character, place in alone]
    # The check number is read last: country and check number follow what is kept of the account so far.
    head = "".join(str(value) for value, _ in kept[:4])
    shift, check = pow(10, len(head), 97), int(head)
    digits = sum(value < 10 for value, _ in kept[:4])
    rest, end = 0, None
    for length, (value, place) in enumerate(kept[4:], start=5):
        rest = (rest * (10 if value < 10 else 100) + value) % 97
        digits += value < 10
        if length >= _SHORTEST_IBAN and digits >= _DIGITS_OF_IBAN and (rest * shift + check) % 97 == 1:
            end = start + place
    return end


def _is_birth_date(candidate: str) -> bool:
    # Months count from 20 or 40 for people without a residence here; 00 stands for an unknown date.
    digits = [character for character in candidate if character.isdigit()]
    month, day = int("".join(digits[2:4])), int("".join(digits[4:6]))
    return month < 60 and month % 20 <= 12 and day <= 31


_WITHOUT = {
    left_out: re.compile(
        "|".join(f"(?P<{name}>{form})" if name != left_out else f"(?P<{name}>(?!))" for name, form, _ in _FORMS),
        re.IGNORECASE,
    )
    for left_out in ("iban", "national")
}
