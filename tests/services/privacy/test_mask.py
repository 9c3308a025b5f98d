"""The mask hides numbers and addresses of people, and keeps dates, years and amounts."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.services.privacy.mask import mask

words = st.sampled_from(["", "bel me op ", "mon numéro: ", "(", "call,", "é"])
gaps = st.sampled_from(["", " ", ".", "/", "-"])


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("Mail jan.peeters+x@mail.be!", "Mail [e-mail]!"),
        ("0475/12.34.56 of (02) 123 45 67", "[phone] of [phone]"),
        ("+32 (0)475 12 34 56, 0032475123456", "[phone], [phone]"),
        ("mon gsm 475 12 34 56", "mon gsm [phone]"),
        ("85.07.30-033.28", "[national number]"),
        ("01.05.12-123.45", "[national number]"),
        ("BE68 5390 0754 7034 merci", "[account] merci"),
        ("FR14 2004 1010 0505 0001 3M02 606 merci", "[account] merci"),
        ("BE00 5390 0754 7034 (typed wrong)", "[account] (typed wrong)"),
        ("\u017fe68 5390 0754 7034 e\u212a68 5390", "\u017fe68 5390 0754 7034 e\u212a68 5390"),
        ("op 01/02/2020 of bel 0475123456", "op 01/02/2020 of bel [phone]"),
    ],
)
def test_personal_data_is_masked(text: str, masked: str) -> None:
    assert mask(text) == masked


@pytest.mark.parametrize(
    "text",
    [
        "du 01/09/2020-30/06/2021, le 01.02.2020 à 15:30, 2020-11-01, 1-2-20, 01 09 2020",
        "2019-2020, 2018 2019 2020",
        "1.234,56 € ou 1 200 000 euro, 12 500, 18%, 100 000 000 euro",
        "112, 107, 1813, 9h00-17h00, 20 ans, va18 euros par mois en 2019 ou 2020",
    ],
)
def test_dates_years_and_amounts_stay(text: str) -> None:
    assert mask(text) == text


@given(words, st.text(string.digits, min_size=8, max_size=8), gaps, words)
def test_no_mobile_number_stays(before: str, digits: str, gap: str, after: str) -> None:
    number = f"04{digits[:2]}{gap}{gap.join((digits[2:4], digits[4:6], digits[6:8]))}"

    assert digits[2:] not in "".join(c for c in mask(f"{before}{number} {after}") if c.isdigit())


@given(st.integers(1, 31), st.integers(1, 12), st.integers(1900, 2099), st.sampled_from("./-"), words)
def test_every_date_stays(day: int, month: int, year: int, mark: str, before: str) -> None:
    text = f"{before}{day:02}{mark}{month:02}{mark}{year} en {year}{mark}{month:02}{mark}{day:02}"

    assert mask(text) == text


@given(st.integers(0, 10**10 - 1), gaps, words)
def test_no_belgian_account_stays(number: int, gap: str, before: str) -> None:
    bban = f"{number:010}{number % 97 or 97:02}"
    check = 98 - int(f"{bban}111400") % 97
    iban = f"BE{check:02}{bban}"
    written = gap.join(iban[at : at + 4] for at in range(0, 16, 4))

    assert mask(f"{before} {written}") == f"{before} [account]"


@given(st.text("0123456789 ./-+@abBE()é\u017f\u212a\u0663", max_size=80))
def test_masking_twice_changes_nothing_more_and_never_fails(text: str) -> None:
    once = mask(text)

    assert mask(once) == once


@given(st.text(max_size=200))
def test_text_without_digits_and_at_signs_stays(text: str) -> None:
    harmless = "".join(c for c in text if not c.isdigit() and c != "@")

    assert mask(harmless) == harmless


#: What begins like something to be masked and is not, over and over.
NEARLY = ("a", "a.", "a@", "a@b-", "12.", "0 ", "BE68-", "gb82 west 1234 ", "85.07.30-033.2x ", "+1 (", "é% ", "\n")


@pytest.mark.parametrize("nearly", NEARLY)
def test_a_million_characters_are_masked_like_a_few(nearly: str) -> None:
    filler = f" {nearly * (500_000 // len(nearly))} "
    alone = mask(filler)

    masked = mask(f"{filler}jan@mail.be{filler}0475 12 34 56")

    assert masked == f"{alone}[e-mail]{alone}[phone]"
