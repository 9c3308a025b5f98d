"""Rasa's reading of our files, with only the names of answers. Named in `config.yml`.

The words come from the active release (bot.engine.nlg). In the trained domain they would be read three times over at
every start, which costs more than all the rest of it.
"""

from __future__ import annotations

from typing import Optional

from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.training_data.training_data import TrainingData


class NamesImporter(RasaFileImporter):
    """Every answer says its own name."""

    def get_nlu_data(self, language: Optional[str] = "en") -> TrainingData:
        """The phrases as they are; of the answers, which stand among training data, the names."""
        data = super().get_nlu_data(language)
        data.responses = {name: [{"text": name}] for name in data.responses}
        return data
