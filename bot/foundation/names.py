"""Names that stand both in YAML and in code. A test keeps them equal to `domain.yml`."""

from __future__ import annotations

# Slots and entities
LANGUAGE_SLOT = "language"
FAILED_TURNS_SLOT = "failed_turns"
ACTIVITIES_SHOWN_SLOT = "activities_shown"

# Plain intents
SWITCH_LANGUAGE = "switch_language"
RESTART = "restart"
AFFIRM = "affirm"
DENY = "deny"
REQUEST_HUMAN = "request_human"
LIST_ACTIVITIES = "list_activities"
REFINE_ACTIVITIES = "refine_activities"
CRISIS = "crisis"
OUT_OF_SCOPE = "out_of_scope"

# Intents that no phrase teaches: the engine sets them from a decision or a choice
CLARIFY = "nlu_clarify"
FALLBACK = "nlu_fallback"
BROWSE_THEME = "browse_theme"
FEEDBACK = "feedback"

# The retrieval intent of small talk; every other retrieval intent is a theme
SMALLTALK = "smalltalk"
HELP_TOPIC = "smalltalk/help"

#: Plain intents with training phrases, in the order of `domain.yml`.
PLAIN_INTENTS: tuple[str, ...] = (
    SWITCH_LANGUAGE,
    RESTART,
    AFFIRM,
    DENY,
    REQUEST_HUMAN,
    LIST_ACTIVITIES,
    REFINE_ACTIVITIES,
    CRISIS,
    OUT_OF_SCOPE,
)

#: Small talk, each with its own answer.
SMALLTALK_INTENTS: tuple[str, ...] = tuple(
    f"{SMALLTALK}/{key}" for key in ("greet", "thanks", "goodbye", "bot_challenge", "help")
)

#: Key of the text, and mark of an offer, when words may still be about the answer above.
STILL_ABOUT = "still_about"

#: Intents set by the engine alone.
ENGINE_INTENTS: tuple[str, ...] = (CLARIFY, FALLBACK, BROWSE_THEME, FEEDBACK)

UTTER_PREFIX = "utter_"

#: Begins a line of a training's output that tells its progress: `<mark> done total`.
PROGRESS_MARK = "faqbot-progress"

#: How a training or evaluation message is written; kept as metadata on each block of phrases.
REGISTERS: tuple[str, ...] = (
    "keyword",
    "plain",
    "phone",
    "newcomer",
    "story",
    "need",
    "regional",
    "mixed",
)


def is_topic(intent: str) -> bool:
    """Whether a full intent name is a topic of a theme (`centre/languages`), not small talk."""
    return "/" in intent and not intent.startswith(f"{SMALLTALK}/")


def theme_of(intent: str) -> str:
    """The retrieval intent of a full name: `centre` for `centre/languages`, `deny` for `deny`."""
    return intent.split("/", 1)[0]
