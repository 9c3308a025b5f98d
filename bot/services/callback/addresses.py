"""Finds and checks what a person can be reached at: an e-mail address or a telephone number, also from abroad."""

from __future__ import annotations

import re

import phonenumbers
from email_validator import EmailNotValidError, validate_email
from phonenumbers import NumberParseException, PhoneNumber, PhoneNumberFormat, PhoneNumberType

#: A number without a country code is one of this country.
_HOME = "BE"
_EMAIL = re.compile(r"[^\s<>,;:()\"]+@[^\s<>,;:()\"]+")
#: Numbers that would cost the centre, or that nobody answers.
_REFUSED_KINDS = frozenset({PhoneNumberType.PREMIUM_RATE, PhoneNumberType.SHARED_COST, PhoneNumberType.PAGER})


def find_email(text: str) -> str | None:
    """The first e-mail address in a text that can exist, in its usual form; no network is asked."""
    for candidate in _EMAIL.findall(text):
        try:
            return str(validate_email(candidate.strip(".'<>"), check_deliverability=False).normalized)
        except EmailNotValidError:
            continue
    return None


def find_telephone(text: str) -> str | None:
    """The first number in a text that can be called, as `+3225550123`."""
    for number in _numbers(text):
        if phonenumbers.is_valid_number(number) and phonenumbers.number_type(number) not in _REFUSED_KINDS:
            return str(phonenumbers.format_number(number, PhoneNumberFormat.E164))
    return None


def shown_telephone(number: str) -> str:
    """A kept number as people read it: `+32 2 555 01 23`."""
    try:
        return str(phonenumbers.format_number(phonenumbers.parse(number, None), PhoneNumberFormat.INTERNATIONAL))
    except NumberParseException:
        return number


def _numbers(text: str) -> list[PhoneNumber]:
    found: list[PhoneNumber] = []
    # 00 before a country code is how it is dialled here.
    for written in (text, re.sub(r"^\s*00", "+", text)):
        try:
            found.append(phonenumbers.parse(written, _HOME))
        except NumberParseException:
            continue
    found.extend(match.number for match in phonenumbers.PhoneNumberMatcher(text, _HOME))
    return found
