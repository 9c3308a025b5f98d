"""The sentences under the table: how stock Rasa was trained and fed, and what may disturb the figures."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from bench.desk_figures import CONVERSATIONS, COUNSELLORS
from bench.machine import is_disturbing
from bench.parts import ACCURACY, AGENDA, CONVERSATION, DESK, LOAD, MESSENGER, PARSE, PUBLIC
from bench.stock_project import has_stories
from bench.training import TrainingRecord


def remarks_on(
    parts: tuple[str, ...],
    stock_training: TrainingRecord | None,
    stock_project: Path,
    machine: dict[str, Any],
    others_percent: float,
) -> tuple[str, ...]:
    """What a reader of the figures must know. `others_percent`: see `bench.machine.OtherWork`."""
    sentences: list[str] = []
    if stock_training:
        sentences.extend(_on_stock(stock_training, stock_project, machine))
    if LOAD in parts:
        sentences.append("Load time is that of `Agent.load` after Rasa is imported; what our encoders import counts.")
    if ACCURACY in parts or PARSE in parts:
        sentences.append(
            "Accuracy and parse time: `agent.parse_message` on the messages of tests/evaluation, "
            "both engines in turns. The best topic counts, also where the engine would ask back."
        )
    if CONVERSATION in parts:
        sentences.append(
            "Conversations: questions about topics on an SQLite file, stock through `agent.handle_message` "
            "and its SQL tracker store, ours through the brain. Nothing calls an action server."
        )
    if DESK in parts:
        sentences.append(
            f"Desk: {COUNSELLORS} counsellors have {CONVERSATIONS} conversations and their inboxes open, on SQLite; "
            "pages fetch what their streams say has changed, and a message counts once its words are in what "
            "was fetched. Stock Rasa has nothing like it."
        )
    if MESSENGER in parts:
        sentences.append(
            "Messenger: messages of 400 people at 200 a second; a double takes Meta's place, with echoes and "
            "receipts; four web visitors talk meanwhile. Stock Rasa's connector answers inside of the webhook and "
            "is not measured."
        )
    if AGENDA in parts:
        sentences.append(
            "Agenda: action_list_activities on SQLite files, the same requests in three languages to both in turns; "
            "stock Rasa has nothing like it."
        )
    if PUBLIC in parts:
        sentences.append("Public sets: our classifier alone, set as in the bot; stock Rasa is not trained on them.")
    if is_disturbing(others_percent):
        sentences.append(
            f"Other work took {others_percent:.0f} % of the processors meanwhile: do not rely on the figures."
        )
    return tuple(sentences)


def _on_stock(record: TrainingRecord, project: Path, machine: dict[str, Any]) -> list[str]:
    minutes = f"{record.seconds / 60:.0f} minutes" if record.seconds >= 120 else f"{record.seconds:.0f} seconds"
    epochs = "with its own epochs" if record.epochs is None else f"with {record.epochs} epochs ONLY, as a trial"
    sentences = [
        "Stock Rasa: its default pipeline and policies as installed, word for word, on the same phrases, "
        f"rules and answers, trained {epochs} by `rasa train` on {record.finished_at} in {minutes}.",
        "Left out or mapped for it: rules of intents that only our engine sets; custom actions became the "
        "responses that they say; the centre's data stand in the texts.",
    ]
    if not has_stories(project):
        sentences.append("The data hold rules and no stories, so its policies TED and UnexpecTED learn nothing.")
    if record.machine != machine:
        sentences.append("Stock Rasa was trained on another machine or with other packages than these.")
    return sentences
