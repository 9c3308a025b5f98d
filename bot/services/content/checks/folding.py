"""Makes texts equal that a person takes for the same: case, accents and punctuation do not count."""

from __future__ import annotations

import unicodedata

_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ĳ": "ij"})


def folded(text: str) -> str:
    """`Ça coûte combien ?` and `ca coute combien` become the same. A text of marks alone stays itself."""
    decomposed = unicodedata.normalize("NFKD", text.casefold().translate(_LIGATURES))
    bare = "".join(char for char in decomposed if not unicodedata.combining(char))
    words = "".join(char if char.isalnum() else " " for char in bare).split()
    return " ".join(words) or " ".join(text.split())
