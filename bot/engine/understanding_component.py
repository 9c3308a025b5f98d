"""The one NLU component: fills intent, retrieval answer and language of a message. Named in `config.yml`.

Training and reading are those of `bot.understanding`; here they are wired into Rasa's graph.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Dict, List, Optional

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.engine.parse_data import fields_of_choice, fields_of_understanding
from bot.foundation.choices import InvalidChoice, read_choice
from bot.foundation.languages import language_or_none
from bot.foundation.names import PROGRESS_MARK
from bot.foundation.settings import PROJECT_FOLDER, read_settings
from bot.services.content.phrases import read_phrases
from bot.understanding.training import Example, train_understander
from bot.understanding.understander import Understander, settings_from

#: Key of a message's metadata under which the turn channel says the conversation's language so far.
PRIOR_KEY = "language_prior"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class FaqUnderstanding(GraphComponent, IntentClassifier):
    """Language, topic and decision in one step, from sentence encoders and a linear classifier."""

    def __init__(
        self,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        understander: Optional[Understander] = None,
    ) -> None:
        self._config = config
        self._model_storage = model_storage
        self._resource = resource
        self._understander = understander

    @staticmethod
    def get_default_config() -> Dict[str, Any]:
        """`phrases` is the folder that tells the language of each phrase; `settings` as UnderstanderSettings."""
        return {"phrases": "data/nlu", "settings": {}}

    @classmethod
    def create(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> FaqUnderstanding:
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> FaqUnderstanding:
        with model_storage.read_from(resource) as folder:
            understander = Understander.load(Path(folder))
        understander.warm_up()
        return cls(config, model_storage, resource, understander)

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from the phrases of the training data; a phrase's language is that of its folder."""
        folder = PROJECT_FOLDER / self._config["phrases"]
        languages = {phrase.text: phrase.language for phrase in read_phrases(folder)}
        examples = [
            Example(
                text=message.get(TEXT),
                intent=message.get_full_intent(),
                language=languages.get(message.get(TEXT)),
            )
            for message in training_data.intent_examples
            if message.get(TEXT)
        ]
        cache = read_settings().data_folder / "cache" / "encoded.npz"
        self._understander = train_understander(
            examples,
            settings=settings_from(self._config["settings"]),
            progress=_say_progress,
            cache=cache,
        )
        with self._model_storage.write_to(self._resource) as target:
            self._understander.save(Path(target))
        return self._resource

    def process(self, messages: List[Message]) -> List[Message]:
        """Fill each message. A button's id that a stock channel sends as text is taken as that choice."""
        assert self._understander is not None, "process() comes after train() or load()"
        for message in messages:
            metadata = message.get("metadata") or {}
            prior = language_or_none(metadata.get(PRIOR_KEY))
            text = message.get(TEXT) or ""
            try:
                fields = fields_of_choice(read_choice(text), prior) if ":" in text else None
            except InvalidChoice:
                fields = None
            if fields is None or PRIOR_KEY in metadata:
                fields = fields_of_understanding(self._understander.understand(text, prior))
            for key, value in fields.items():
                message.set(key, value, add_to_output=True)
        return messages


def _say_progress(done: int, total: int) -> None:
    """One line that `faqbot train` turns into a progress bar."""
    print(f"{PROGRESS_MARK} {done} {total}", flush=True)
