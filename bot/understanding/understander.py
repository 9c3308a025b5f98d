"""Understands one message: language, ranking of intents, decision. Loaded in well under a second, without Rasa."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np

from bot.foundation.names import CRISIS, OUT_OF_SCOPE, SWITCH_LANGUAGE, is_topic
from bot.understanding.crisis_gate import CrisisGate
from bot.understanding.decision import DecisionSettings, decide, is_crisis
from bot.understanding.encoders import SentenceEncoders
from bot.understanding.language import LanguageIdentifier, LanguageSettings
from bot.understanding.language_request import wanted_language
from bot.understanding.lexical import LexicalHead
from bot.understanding.linear import LinearHead
from bot.understanding.message_text import MAX_CHARACTERS, clean, is_command, is_readable
from bot.understanding.questions import split_questions
from bot.understanding.result import ANSWER, FALLBACK, RANKING_LENGTH, Ranked, Understanding

_ARRAYS = "understanding.npz"
_RECORD = "understanding.json"
#: Raised when the stored form changes, so that an old file is refused rather than misread.
FORMAT = 2

_SMALLEST = 1e-6
#: From this probability of a crisis on, a message that is not answered gets the number 112 beside what is offered.
_MAYBE_DANGER = 0.1


class UnreadableUnderstanding(ValueError):
    """The stored understanding is missing, damaged or of another format; train again."""


@dataclass(frozen=True)
class UnderstanderSettings:
    """How the readings are put together; the measurements stand in docs/understanding.md.

    `sure`: probability from which the fast reading stands without asking the deep encoder, unless a crisis is
    at least `wary` likely: then the deep encoder and the crisis gate are always asked. `lexical` and
    `lexical_fast`: share of the letters' evidence beside both encoders and beside the fast one alone.
    From `alarmed` on the ranking's own probability of a crisis stands, whatever the gate thinks. `temperature`
    divides the log-odds, so that probabilities are true frequencies. `also`: probability for a second question.
    """

    sure: float = 0.6
    wary: float = 0.05
    alarmed: float = 0.7
    lexical: float = 0.5
    lexical_fast: float = 0.5
    temperature: float = 1.0
    also: float = 0.6
    decision: DecisionSettings = field(default_factory=DecisionSettings)
    language: LanguageSettings = field(default_factory=LanguageSettings)


class Understander:
    """Heads over the same intents (fast encoder, both encoders, letters) and a gate before the crisis intent."""

    def __init__(
        self,
        intents: list[str],
        fast_head: LinearHead,
        full_head: LinearHead,
        lexical_head: LexicalHead,
        language_weights: np.ndarray,
        crisis_gate: CrisisGate | None = None,
        settings: UnderstanderSettings | None = None,
        encoders: SentenceEncoders | None = None,
    ) -> None:
        self.intents = intents
        self.settings = settings or UnderstanderSettings()
        self.encoders = encoders or SentenceEncoders()
        self._fast_head, self._full_head, self._lexical_head = fast_head, full_head, lexical_head
        self._crisis = intents.index(CRISIS) if CRISIS in intents else None
        self._crisis_gate = crisis_gate
        self._language_weights = language_weights
        self.languages = LanguageIdentifier(language_weights, self.settings.language)

    def understand(self, raw: str, prior: str | None = None) -> Understanding:
        """Understand one message of any content and length. `prior` is the conversation's language so far."""
        text = clean(raw)
        if is_command(text):
            return _without_words(text, prior)
        language = self.languages.identify(text, prior)
        if not is_readable(text):
            return _without_words(text, language)
        ranking = self.rank(text)
        notes: tuple[str, ...] = ("too_long",) if len(raw) > MAX_CHARACTERS else ()
        if is_crisis(ranking, self.settings.decision):
            crisis = next(ranked for ranked in ranking if ranked.intent == CRISIS)
            others = tuple(ranked for ranked in ranking if ranked.intent != CRISIS)
            return Understanding(
                text, language, CRISIS, crisis.confidence, (crisis, *others)[:RANKING_LENGTH], ANSWER
            )
        best, decision = ranking[0], decide(ranking, self.settings.decision)
        if decision != ANSWER and is_crisis(ranking, replace(self.settings.decision, crisis=_MAYBE_DANGER)):
            notes = (*notes, "maybe_danger")
        wanted = wanted_language(text, language) if best.intent == SWITCH_LANGUAGE else None
        also = self._second_question(text, best.intent) if is_topic(best.intent) else None
        return Understanding(
            text=text,
            language=language,
            intent=best.intent,
            confidence=best.confidence,
            ranking=ranking[:RANKING_LENGTH],
            decision=decision,
            also=also,
            wanted_language=wanted,
            notes=notes,
        )

    def rank(self, text: str) -> tuple[Ranked, ...]:
        """All intents by probability, best first, for a cleaned message."""
        return self._ranked(self.probabilities(text))

    def probabilities(self, text: str, may_ask_deep: bool = True) -> np.ndarray:
        """Probabilities over `intents`. The deep encoder is asked only when the fast reading is unsure."""
        lexical = self._lexical_head.log_probabilities(text)
        fast = self.encoders.fast([text])
        found = self._blend(self._fast_head, fast, lexical, self.settings.lexical_fast)
        if not may_ask_deep or (found.max() >= self.settings.sure and not self._may_be_crisis(found)):
            return found
        both = np.concatenate([fast, self.encoders.deep([text])], axis=1)
        read = self._blend(self._full_head, both, lexical, self.settings.lexical)
        return self._weighed(read, both) if self._may_be_crisis(found) or self._may_be_crisis(read) else read

    def _may_be_crisis(self, probabilities: np.ndarray) -> bool:
        return self._crisis is not None and bool(probabilities[self._crisis] >= self.settings.wary)

    def _weighed(self, probabilities: np.ndarray, both: np.ndarray) -> np.ndarray:
        """The same with the crisis as likely as the gate finds it; what it takes or gives is shared by the others."""
        if self._crisis is None or self._crisis_gate is None:
            return probabilities
        ranked = float(probabilities[self._crisis])
        crisis = self._crisis_gate.probability(ranked, both)
        if ranked >= self.settings.alarmed:
            crisis = max(crisis, ranked)
        weighed = probabilities * ((1 - crisis) / max(1 - ranked, _SMALLEST))
        weighed[self._crisis] = crisis
        return weighed

    def _blend(self, head: LinearHead, vectors: np.ndarray, lexical: np.ndarray, share: float) -> np.ndarray:
        """Weighted mean of two readings' log-probabilities, made probabilities again; `share` is the letters'."""
        dense = np.log(head.probabilities(vectors)[0] + _SMALLEST)
        scores = ((1 - share) * dense + share * lexical) / self.settings.temperature
        exponentials = np.exp(scores - scores.max())
        return np.asarray(exponentials / exponentials.sum())

    def _second_question(self, text: str, first: str) -> str | None:
        for part in split_questions(text):
            best = self._ranked(self.probabilities(part, may_ask_deep=False))[0]
            if best.intent != first and is_topic(best.intent) and best.confidence >= self.settings.also:
                return best.intent
        return None

    def _ranked(self, probabilities: np.ndarray) -> tuple[Ranked, ...]:
        order = np.argsort(-probabilities, kind="stable")
        return tuple(Ranked(self.intents[i], float(probabilities[i])) for i in order)

    def warm_up(self) -> None:
        """Load encoders and language models, so that the first messages do not wait (see `SentenceEncoders.load`)."""
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
            lexical_weights=self._lexical_head.weights,
            lexical_bias=self._lexical_head.bias,
            lexical_rarity=self._lexical_head.rarity.astype(np.float16),
            language_weights=self._language_weights.astype(np.float16),
            **_gate_arrays(self._crisis_gate),
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
                    lexical_head=LexicalHead(
                        arrays["lexical_weights"],
                        arrays["lexical_bias"],
                        arrays["lexical_rarity"].astype(np.float32),
                    ),
                    language_weights=arrays["language_weights"].astype(np.float32),
                    crisis_gate=_read_gate(arrays),
                    settings=settings_from(record["settings"]),
                    encoders=encoders,
                )
        except (OSError, KeyError, ValueError, TypeError) as error:
            if isinstance(error, UnreadableUnderstanding):
                raise
            raise UnreadableUnderstanding(f"{folder}: cannot be read; train again") from error


def settings_from(data: dict[str, Any]) -> UnderstanderSettings:
    """Settings from plain values (a stored record, `config.yml`); what is left out keeps its default.

    Raises TypeError for a name that is no setting.
    """
    nested = {
        "decision": DecisionSettings(**data.get("decision", {})),
        "language": LanguageSettings(**data.get("language", {})),
    }
    return UnderstanderSettings(**{**data, **nested})


def _gate_arrays(gate: CrisisGate | None) -> dict[str, np.ndarray]:
    if gate is None:
        return {}
    return {"cries": gate.cries.astype(np.float16), "harmless": gate.harmless.astype(np.float16)}


def _read_gate(arrays: Any) -> CrisisGate | None:
    if "cries" not in arrays:
        return None
    return CrisisGate(arrays["cries"].astype(np.float32), arrays["harmless"].astype(np.float32))


def _without_words(text: str, language: str | None) -> Understanding:
    notes = () if text else ("empty_message",)
    ranking = (Ranked(OUT_OF_SCOPE, 1.0),)
    return Understanding(text, language, OUT_OF_SCOPE, 1.0, ranking, FALLBACK, notes=notes)
