"""The network of the deep encoder as an ONNX model with 8-bit matrices, made from the weights. Called rarely.

Four to five times as fast as the 4-bit reading of the package itself, since ONNX Runtime has a kernel for each
processor; the vectors have a cosine of 0.995 and more with those (docs/understanding.md).
"""

from __future__ import annotations

from typing import Any

import numpy as np
from onnx import NodeProto, TensorProto, helper, numpy_helper

from bot.understanding.deep_weights import DeepWeights

#: Names of the graph's input (one message's embedded tokens) and output (their mean).
EMBEDDED, MEAN = "embedded", "mean"

_VENDOR = "com.microsoft"
_LARGEST = 127


def deep_graph(weights: DeepWeights) -> bytes:
    """The serialised ONNX model: (1, tokens, width) embedded in, (1, width) mean of the last layer out."""
    return _Builder(weights).model()


class _Builder:
    def __init__(self, weights: DeepWeights) -> None:
        self._weights, self._shape = weights, weights.shape
        self._nodes: list[NodeProto] = []
        self._constants: list[TensorProto] = []

    def model(self) -> bytes:
        width = self._shape.width
        state = self._normalised("emb.ln", EMBEDDED)
        for number in range(self._shape.layers):
            state = self._layer(f"l{number}", state)
        self._node("ReduceMean", [state], MEAN, domain="", axes=[1], keepdims=0)
        graph = helper.make_graph(
            self._nodes,
            "deep encoder",
            [helper.make_tensor_value_info(EMBEDDED, TensorProto.FLOAT, [1, "tokens", width])],
            [helper.make_tensor_value_info(MEAN, TensorProto.FLOAT, [1, width])],
            self._constants,
        )
        versions = [helper.make_opsetid("", 17), helper.make_opsetid(_VENDOR, 1)]
        model = helper.make_model(graph, opset_imports=versions, ir_version=8)
        return bytes(model.SerializeToString())

    def _layer(self, name: str, state: str) -> str:
        """Attention and the inner network, each added to its input and normalised."""
        width, inner = self._shape.width, self._shape.inner_width
        asked = [self._multiplied(f"{name}.{part}", state, width) for part in ("q", "k", "v")]
        attended = self._node("MultiHeadAttention", asked, f"{name}.attended", num_heads=self._shape.heads)
        state = self._normalised(f"{name}.aln", self._multiplied(f"{name}.ao", attended, width), state)
        widened = self._node("Gelu", [self._multiplied(f"{name}.fi", state, inner)], f"{name}.widened")
        return self._normalised(f"{name}.oln", self._multiplied(f"{name}.fo", widened, width), state)

    def _multiplied(self, name: str, state: str, rows: int) -> str:
        """State times matrix plus bias; the matrix in whole numbers with one scale a row."""
        matrix = self._weights.matrix(f"{name}.w", rows)
        scales = np.maximum(np.abs(matrix).max(axis=1), 1e-12) / _LARGEST
        whole = np.rint(matrix / scales[:, None]).astype(np.int8).T
        inputs = [
            state,
            self._constant(f"{name}.whole", whole),
            self._constant(f"{name}.scales", scales.astype(np.float32)),
            self._constant(f"{name}.zeros", np.zeros(rows, np.int8)),
            self._constant(f"{name}.bias", self._weights.vector(f"{name}.b")),
        ]
        return self._node("DynamicQuantizeMatMul", inputs, f"{name}.out")

    def _normalised(self, name: str, state: str, added: str | None = None) -> str:
        factors = [self._constant(f"{name}.{part}", self._weights.vector(f"{name}.{part}")) for part in ("w", "b")]
        epsilon = self._shape.epsilon
        if added is None:
            return self._node("LayerNormalization", [state, *factors], f"{name}.out", domain="", epsilon=epsilon)
        return self._node("SkipLayerNormalization", [state, added, *factors], f"{name}.out", epsilon=epsilon)

    def _constant(self, name: str, values: np.ndarray) -> str:
        self._constants.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def _node(self, kind: str, inputs: list[str], output: str, domain: str = _VENDOR, **attributes: Any) -> str:
        self._nodes.append(helper.make_node(kind, inputs, [output], domain=domain, **attributes))
        return output
