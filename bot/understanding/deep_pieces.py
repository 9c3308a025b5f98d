"""The vocabulary of the deep encoder as a SentencePiece model, made from the weights. Called rarely."""

from __future__ import annotations

from sentencepiece import sentencepiece_model_pb2

from bot.understanding.deep_weights import DeepWeights


def deep_pieces(weights: DeepWeights) -> bytes:
    """The serialised SentencePiece model; texts come to it in normal form (see `DeepWeights.normal_forms`)."""
    model = sentencepiece_model_pb2.ModelProto()
    kinds = sentencepiece_model_pb2.ModelProto.SentencePiece
    special = {weights.begin: kinds.CONTROL, weights.end: kinds.CONTROL, weights.padding: kinds.CONTROL}
    special[weights.unknown] = kinds.UNKNOWN
    for number, (piece, score) in enumerate(weights.pieces()):
        kind = special.get(number, kinds.NORMAL)
        model.pieces.add(piece=piece.decode("utf-8"), score=score, type=kind)
    trainer, normalizer = model.trainer_spec, model.normalizer_spec
    trainer.model_type = trainer.UNIGRAM
    trainer.unk_id, trainer.bos_id, trainer.eos_id, trainer.pad_id = (
        weights.unknown,
        weights.begin,
        weights.end,
        weights.padding,
    )
    normalizer.name = "identity"
    normalizer.add_dummy_prefix = normalizer.escape_whitespaces = True
    normalizer.remove_extra_whitespaces = True
    return bytes(model.SerializeToString())
