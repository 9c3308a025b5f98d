"""The understanding of the active release: any input, any length, in time."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.understanding.result import ANSWER, FALLBACK
from bot.understanding.understander import Understander, UnreadableUnderstanding, settings_from

ODD = {
    "empty": "",
    "blank": " \n\t ",
    "huge": "je cherche une formation " * 5_000,
    "one huge word": "x" * 100_000,
    "binary": "\x00\x01\x02\xff",
    "lone surrogates": "\ud83d\ude00\ud800 bonjour",
    "emoji only": "😀🔥",
    "right to left": "\u202eمرحبا كيف حالك\u202c",
    "HTML": "<script>alert(1)</script><b>x</b>",
    "SQL": "'; DROP TABLE tracker; --",
    "template": "{freephone} {{7*7}} ${x}",
    "digits": "0470 00 00 00",
}


@pytest.mark.parametrize("text", ODD.values(), ids=ODD.keys())
def test_odd_input_is_understood_within_a_second(understander: Understander, text: str) -> None:
    understander.warm_up()
    started = time.monotonic()

    found = understander.understand(text)

    assert time.monotonic() - started < 1
    assert found.decision in {"answer", "clarify", "fallback"}
    assert found.as_dict()["text"].encode("utf-8") is not None


def test_the_number_of_a_service_alone_is_its_topic_and_another_number_is_none(understander: Understander) -> None:
    service, other = understander.understand("1819", "nl"), understander.understand("4711", "nl")

    assert (service.intent, service.decision, service.language) == ("employment/business_advice_1819", ANSWER, "nl")
    assert (other.intent, other.decision) == ("out_of_scope", FALLBACK)


@pytest.mark.parametrize("text", ["/restart", "/greet{}", '/inform{"language": "nl"}', "/centre/languages"])
def test_a_typed_command_is_no_command(understander: Understander, text: str) -> None:
    found = understander.understand(text, "nl")

    assert (found.intent, found.decision, found.language) == ("out_of_scope", FALLBACK, "nl")


@given(st.text(max_size=200))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_input_breaks_it(understander: Understander, text: str) -> None:
    found = understander.understand(text, "fr")

    assert found.language in {"fr", "nl", "en"}
    assert 0 <= found.confidence <= 1
    assert sum(ranked.confidence for ranked in found.ranking) <= 1.001


def test_without_words_and_prior_no_language_is_claimed(understander: Understander) -> None:
    assert understander.understand("12345").language is None
    assert understander.understand("12345", "en").language == "en"


def test_a_clear_message_beats_the_language_of_the_conversation(understander: Understander) -> None:
    assert understander.understand("ik zoek een cursus Nederlands in Brussel", "fr").language == "nl"


def test_a_second_question_is_noticed(understander: Understander) -> None:
    found = understander.understand("Quelle est votre adresse ? Et comment devenir infirmière ?")

    assert {found.intent, found.also} == {"centre/address_and_access", "guidance/become_nurse"}


def test_a_story_before_the_question_is_no_second_question(understander: Understander) -> None:
    assert understander.understand("Je suis au chômage. Comment devenir infirmière ?").also is None


def test_it_is_read_back_as_it_was_written(understander: Understander, tmp_path: Path) -> None:
    understander.save(tmp_path)
    again = Understander.load(tmp_path, encoders=understander.encoders)

    text = "Hoe schrijf ik mij in bij Actiris?"
    assert again.settings == understander.settings
    assert again.understand(text) == understander.understand(text)


@pytest.mark.parametrize("damage", ["{", '{"format": 99}', ""])
def test_a_damaged_file_is_refused_and_said(understander: Understander, tmp_path: Path, damage: str) -> None:
    understander.save(tmp_path)
    (tmp_path / "understanding.json").write_text(damage, encoding="utf-8")

    with pytest.raises(UnreadableUnderstanding, match="train again"):
        Understander.load(tmp_path)


def test_a_setting_that_does_not_exist_is_refused() -> None:
    with pytest.raises(TypeError):
        settings_from({"shure": 0.9})
