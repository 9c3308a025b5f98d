"""Understands one message: language, ranking of intents, decision. Loaded from a release or a Rasa model in well under a second."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from bot.foundation.names import CRISIS, OUT_OF_SCOPE, SWITCH_LANGUAGE
from bot.understanding.decision import DecisionSettings, decide, is_crisis
from bot.understanding.encoders import SentenceEncoders
from bot.understanding.language import LanguageIdentifier, LanguageSettings
from bot.understanding.language_request import wanted_language
from bot.understanding.linear import LinearHead
from bot.understanding.message_text import MAX_CHARACTERS, clean, has_words
from bot.understanding.result import ANSWER, FALLBACK, RANKING_LENGTH, Ranked, Understanding

_ARRAYS = "understanding.npz"
_RECORD = "understanding.json"
#: Raised when the stored form changes, so that an old file is refused rather than misread.
FORMAT = 1


class UnreadableUnderstanding(ValueError):
    """The stored understanding is missing, damaged or of another format; train again."""


@dataclass(frozen=True)
class UnderstanderSettings:
    """`sure` is the probability from which the fast head's answer stands without asking the deep encoder."""

    sure: float = 0.9
    decision: DecisionSettings = field(default_factory=DecisionSettings)
    language: LanguageSettings = field(default_factory=LanguageSettings)


class Understander:
    """Two heads over the same intents: one on the fast encoder alone, one on both encoders side by side."""

    def __init__(
        self,
        intents: list[str],
        fast_head: LinearHead,
        full_head: LinearHead,
        language_weights: np.ndarray,
        settings: UnderstanderSettings | None = None,
        encoders: SentenceEncoders | None = None,
    ) -> None:
        self.intents = intents
        self.settings = settings or UnderstanderSettings()
        self.encoders = encoders or SentenceEncoders()
        self._fast_head, self._full_head = fast_head, full_head
        self._language_weights = language_weights
        self.languages = LanguageIdentifier(language_weights, self.settings.language)

    def understand(self, raw: str, prior: str | None = None) -> Understanding:
        """Understand one message of any content and length. `prior` is the conversation's language so far."""
        text = clean(raw)
        language = self.languages.identify(text, prior)
        if not has_words(text):
            return _without_words(text, language)
        ranking = self.rank(text)
        notes = ("too_long",) if len(raw) > MAX_CHARACTERS else ()
        if is_crisis(ranking, self.settings.decision):
            crisis = next(ranked for ranked in ranking if ranked.intent == CRISIS)
            others = tuple(ranked for ranked in ranking if ranked.intent != CRISIS)
            return Understanding(
                text, language, CRISIS, crisis.confidence, (crisis, *others)[:RANKING_LENGTH], ANSWER
            )
        best = ranking[0]
        wanted = wanted_language(text, language) if best.intent == SWITCH_LANGUAGE else None
        return Understanding(
            text=text,
            language=language,
            intent=best.intent,
            confidence=best.confidence,
            ranking=ranking[:RANKING_LENGTH],
            decision=decide(ranking, self.settings.decision),
            wanted_language=wanted,
            notes=notes,
        )

    def rank(self, text: str) -> tuple[Ranked, ...]:
        """All intents by probability, best first. The deep encoder is asked only when the fast one is unsure."""
        fast = self.encoders.fast([text])
        probabilities = self._fast_head.probabilities(fast)[0]
        if probabilities.max() < self.settings.sure:
            both = np.concatenate([fast, self.encoders.deep([text])], axis=1)
            probabilities = self._full_head.probabilities(both)[0]
        return self._ranked(probabilities)

    def _ranked(self, probabilities: np.ndarray) -> tuple[Ranked, ...]:
        order = np.argsort(-probabilities, kind="stable")
        return tuple(Ranked(self.intents[i], float(probabilities[i])) for i in order)

    def warm_up(self) -> None:
        """Load encoders and language models now, so that the first message does not wait."""
        self.understand("bonjour, hallo, hello")
        self.encoders.load()

    def save(self, folder: Path) -> None:
        """Write arrays (npz) and record (JSON) into a folder."""
        folder.mkdir(parents=True, exist_ok=True)
        np.savez_compressed(
            folder / _ARRAYS,
            fast_weights=self._fast_head.weights,
            fast_bias=self._fast_head.bias,
            full_weights=self._full_head.weights,
            full_bias=self._full_head.bias,
            language_weights=self._language_weights.astype(np.float16),
        )
        record = {"format": FORMAT, "intents": self.intents, "settings": asdict(self.settings)}
        (folder / _RECORD).write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")

    @classmethod
    def load(cls, folder: Path, encoders: SentenceEncoders | None = None) -> Understander:
        """Read what `save` wrote. Raises UnreadableUnderstanding."""
        try:
            record = json.loads((folder / _RECORD).read_text(encoding="utf-8"))
            if record["format"] != FORMAT:
                raise UnreadableUnderstanding(f"{folder}: made by another version; train again")
            with np.load(folder / _ARRAYS, allow_pickle=False) as arrays:
                return cls(
                    intents=list(record["intents"]),
                    fast_head=LinearHead(arrays["fast_weights"], arrays["fast_bias"]),
                    full_head=LinearHead(arrays["full_weights"], arrays["full_bias"]),
                    language_weights=arrays["language_weights"].astype(np.float32),
                    settings=_settings(record["settings"]),
                    encoders=encoders,
                )
        except (OSError, KeyError, ValueError, TypeError) as error:
            if isinstance(error, UnreadableUnderstanding):
                raise
            raise UnreadableUnderstanding(f"{folder}: cannot be read; train again") from error


def _settings(data: dict[str, Any]) -> UnderstanderSettings:
    return UnderstanderSettings(
        sure=data["sure"],
        decision=DecisionSettings(**data["decision"]),
        language=LanguageSettings(**data["language"]),
    )


def _without_words(text: str, language: str | None) -> Understanding:
    notes = () if text else ("empty_message",)
    ranking = (Ranked(OUT_OF_SCOPE, 1.0),)
    return Understanding(text, language, OUT_OF_SCOPE, 1.0, ranking, FALLBACK, notes=notes)
