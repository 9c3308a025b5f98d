"""The stock project: Rasa's own configuration word for word, our content, nothing of our engine."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from bench.stock_project import default_configuration, has_stories, prepare_stock_project, stock_fingerprint
from bot.foundation.settings import PROJECT_FOLDER

DOMAIN = """
version: "3.1"
intents: [centre, request_human, nlu_clarify, nlu_fallback, browse_theme, feedback]
actions: [action_request_human]
"""
RULES = """
version: "3.1"
rules:
- rule: ask for a person
  steps: [{intent: request_human}, {action: action_request_human}]
- rule: offer titles
  steps: [{intent: nlu_clarify}, {action: utter_clarify}]
- rule: not understood
  steps: [{intent: nlu_fallback}, {action: utter_fallback}]
"""
RESPONSES = """
version: "3.1"
responses:
  utter_centre/website:
  - text: "Voici {website}, {unknown}."
  - condition: [{type: slot, name: language, value: nl}]
    text: "Hier is {website}."
"""
NLU = """
version: "3.1"
nlu:
- intent: centre/website
  examples: |
    - site web
"""
CENTRE = """
placeholders:
  website: {fr: le site, nl: de site, en: the site}
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    files = {
        "domain.yml": DOMAIN,
        "data/stories/all.yml": RULES,
        "data/responses/centre.yml": RESPONSES,
        "data/nlu/fr/centre.yml": NLU,
        "data/centre.yml": CENTRE,
    }
    for name, text in files.items():
        path = tmp_path / "project" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path / "project"


@pytest.fixture
def stock(project: Path, tmp_path: Path) -> Path:
    target = tmp_path / "stock"
    prepare_stock_project(project, target)
    return target


def test_pipeline_and_policies_are_rasas_own_word_for_word(stock: Path) -> None:
    ours = (stock / "config.yml").read_text(encoding="utf-8").splitlines()
    default = default_configuration().splitlines()

    changed = [line for line, other in zip(ours, default, strict=True) if line != other]

    assert changed == ["assistant_id: stock", "language: fr"]
    assert [entry["name"] for entry in yaml.safe_load("\n".join(ours))["pipeline"]][-3:] == [
        "EntitySynonymMapper",
        "ResponseSelector",
        "FallbackClassifier",
    ]


def test_phrases_are_copied_as_they_are(project: Path, stock: Path) -> None:
    phrases = "data/nlu/fr/centre.yml"

    assert (stock / phrases).read_bytes() == (project / phrases).read_bytes()


def test_what_only_our_engine_knows_is_left_out_or_mapped(stock: Path) -> None:
    domain = yaml.safe_load((stock / "domain.yml").read_text(encoding="utf-8"))
    rules = yaml.safe_load((stock / "data/stories/all.yml").read_text(encoding="utf-8"))["rules"]

    assert domain["intents"] == ["centre", "request_human", "nlu_fallback"]
    assert "actions" not in domain
    assert [rule["steps"][1]["action"] for rule in rules] == ["utter_request_human", "utter_fallback"]
    assert not has_stories(stock)


def test_answers_keep_their_languages_and_hold_the_centres_own_data(stock: Path) -> None:
    responses = yaml.safe_load((stock / "data/responses.yml").read_text(encoding="utf-8"))["responses"]

    assert responses["utter_centre/website"] == [
        {"text": "Voici le site, {unknown}."},
        {
            "text": "Hier is de site.",
            "condition": [{"type": "slot", "name": "language", "value": "nl"}],
        },
    ]


def test_only_what_is_learnt_from_makes_stock_rasa_train_again(project: Path, tmp_path: Path) -> None:
    def fingerprint() -> str:
        prepare_stock_project(project, tmp_path / "stock")
        return stock_fingerprint(tmp_path / "stock")

    before = fingerprint()
    answers = project / "data/responses/centre.yml"
    answers.write_text(RESPONSES.replace("Voici", "Regardez"), encoding="utf-8")
    after_other_words = fingerprint()
    (project / "data/nlu/fr/centre.yml").write_text(NLU + "    - adresse internet\n", encoding="utf-8")

    assert after_other_words == before
    assert fingerprint() != before


def test_a_trial_changes_nothing_but_the_epochs(project: Path, tmp_path: Path) -> None:
    prepare_stock_project(project, tmp_path / "trial", epochs=2)

    text = (tmp_path / "trial/config.yml").read_text(encoding="utf-8")

    assert text.count("epochs: 2\n") == default_configuration().count("epochs: 100\n") == 4


def test_the_centres_own_content_can_be_prepared(tmp_path: Path) -> None:
    prepare_stock_project(PROJECT_FOLDER, tmp_path / "stock")

    domain = yaml.safe_load((tmp_path / "stock/domain.yml").read_text(encoding="utf-8"))

    assert "centre" in domain["intents"]
    assert list((tmp_path / "stock/data/nlu/nl").glob("*.yml"))
    assert "action_" not in "".join(
        path.read_text(encoding="utf-8") for path in (tmp_path / "stock/data/stories").glob("*.yml")
    )
