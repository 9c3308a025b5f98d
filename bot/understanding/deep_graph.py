"""The network of the deep encoder as an ONNX model with 8-bit matrices, made from the weights. Called rarely.

Four to five times as fast as the 4-bit reading of the package itself, since ONNX Runtime has a kernel for each
processor; the vectors have a cosine of 0.995 and more with those (docs/understanding.md).
"""

from __future__ import annotations

from onnx import TensorProto

from bot.understanding.deep_weights import DeepWeights
from bot.understanding.network_builder import NetworkBuilder, WholeMatrix

#: Names of the graph's input (one message's embedded tokens) and output (their mean).
EMBEDDED, MEAN = "embedded", "mean"


def deep_graph(weights: DeepWeights) -> bytes:
    """The serialised ONNX model: (1, tokens, width) embedded in, (1, width) mean of the last layer out."""
    return _DeepBuilder(weights).built()


class _DeepBuilder(NetworkBuilder):
    def __init__(self, weights: DeepWeights) -> None:
        super().__init__()
        self._weights, self._shape = weights, weights.shape

    def built(self) -> bytes:
        width = self._shape.width
        state = self._normalised("emb.ln", EMBEDDED)
        for number in range(self._shape.layers):
            state = self._layer(f"l{number}", state)
        self.node("ReduceMean", [state], MEAN, domain="", axes=[1], keepdims=0)
        return self.model("deep encoder", {EMBEDDED: (TensorProto.FLOAT, [1, "tokens", width])}, (MEAN, [1, width]))

    def _layer(self, name: str, state: str) -> str:
        """Attention and the inner network, each added to its input and normalised."""
        width, inner = self._shape.width, self._shape.inner_width
        asked = [self._through(f"{name}.{part}", state, width) for part in ("q", "k", "v")]
        attended = self.node("MultiHeadAttention", asked, f"{name}.attended", num_heads=self._shape.heads)
        state = self._normalised(f"{name}.aln", self._through(f"{name}.ao", attended, width), state)
        widened = self.node("Gelu", [self._through(f"{name}.fi", state, inner)], f"{name}.widened")
        return self._normalised(f"{name}.oln", self._through(f"{name}.fo", widened, width), state)

    def _through(self, name: str, state: str, rows: int) -> str:
        matrix = WholeMatrix.by_column(self._weights.matrix(f"{name}.w", rows).T)
        return self.multiplied(name, state, matrix, self._weights.vector(f"{name}.b"))

    def _normalised(self, name: str, state: str, added: str | None = None) -> str:
        factors = [self.constant(f"{name}.{part}", self._weights.vector(f"{name}.{part}")) for part in ("w", "b")]
        epsilon = self._shape.epsilon
        if added is None:
            return self.node("LayerNormalization", [state, *factors], f"{name}.out", domain="", epsilon=epsilon)
        return self.node("SkipLayerNormalization", [state, added, *factors], f"{name}.out", epsilon=epsilon)
