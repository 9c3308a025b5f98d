"""Writes a phrase as a hurried thumb would, so that the letters' reading learns slips. Called in training only."""

from __future__ import annotations

import random

#: Share of the words that get each kind of slip, and of the spaces that are missed.
_LETTER_LOST = 0.08
_LETTER_DOUBLED = 0.06
_LETTERS_SWAPPED = 0.06
_SOUND_SPELLED = 0.06
_SHORTHAND = 0.04
_SPACE_MISSED = 0.05
_SHORTEST = 4


def with_slips(text: str) -> str:
    """The text with a few slips. Deterministic: the same text gets the same slips."""
    chance = random.Random(text)
    written = []
    for word in text.split(" "):
        written.append(_slip(word, chance))
        written.append("" if chance.random() < _SPACE_MISSED else " ")
    return "".join(written).strip()


def _slip(word: str, chance: random.Random) -> str:
    drawn = chance.random()
    bound = _LETTER_LOST
    if len(word) >= _SHORTEST:
        place = chance.randrange(1, len(word) - 1)
        if drawn < bound:
            return word[:place] + word[place + 1 :]
        if drawn < (bound := bound + _LETTER_DOUBLED):
            return word[:place] + word[place] + word[place:]
        if drawn < (bound := bound + _LETTERS_SWAPPED):
            return word[:place] + word[place + 1] + word[place] + word[place + 2 :]
    bound = _LETTER_LOST + _LETTER_DOUBLED + _LETTERS_SWAPPED
    if drawn < (bound := bound + _SOUND_SPELLED):
        return word.replace("qu", "k")
    if drawn < bound + _SHORTHAND:
        return word.replace("ij", "y").replace("c", "k")
    return word
