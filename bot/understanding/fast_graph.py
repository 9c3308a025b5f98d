"""The network of the fast encoder as an ONNX model with 8-bit matrices, made from the weights. Called rarely.

Windows of two, three and five pieces beside the pieces themselves, their mean, and four small layers. The package
ships weights that lie on 8-bit grids already, so that only what goes through the network is rounded.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from onnx import TensorProto

from bot.understanding.network_builder import Input, NetworkBuilder, WholeMatrix

#: Names of the graph's inputs: a message's pieces as the package keeps them, in whole numbers from 0 to 255, with the
#: scale and the least value of each, and the root of their number; and of the output.
PIECES, SCALE, LEAST, ROOT, MEANING = "pieces", "scale", "least", "root", "meaning"
WIDTH = 512

_INNER = 256
#: So many pieces a window, and how many of them stand before the one that it belongs to.
_WINDOWS = ((2, 0), (3, 1), (5, 2))
_TO_END = np.iinfo(np.int64).max


def fast_graph(weights: Mapping[str, np.ndarray]) -> bytes:
    """The serialised ONNX model: (n, WIDTH), (n, 1), (n, 1) and (1) in, (1, WIDTH) out, not yet of length 1."""
    return _FastBuilder(weights).built()


class _FastBuilder(NetworkBuilder):
    def __init__(self, weights: Mapping[str, np.ndarray]) -> None:
        super().__init__()
        self._weights = weights
        self._epsilon = float(weights["eps"])

    def built(self) -> bytes:
        whole_numbers = self._standard("Cast", [PIECES], "pieces.float", to=TensorProto.FLOAT)
        embedded = self._scaled("embedded", whole_numbers, LEAST)
        projected = self._projected()
        seen = [embedded]
        for number, (order, before) in enumerate(_WINDOWS):
            columns = self._cut(projected, f"part{order}", axis=1, start=number * _INNER, end=(number + 1) * _INNER)
            first = self._through_window(f"w1_{order}", f"b1_{order}", columns, order, before)
            seen.append(self._through_window(f"w2_{order}", f"b2_{order}", first, order, before))
        together = self._standard("Concat", seen, "together", axis=1)
        normal = self._normalised("all", together, self._weights["ln_g"], self._weights["ln_b"])
        mean = self._standard("ReduceMean", [normal], "mean", axes=[0], keepdims=1)
        whole = self._standard("Mul", [self._layer("cnn_W", mean, self._weights["cnn_b"]), ROOT], "whole")
        inputs: dict[str, Input] = {
            PIECES: (TensorProto.UINT8, ["n", WIDTH]),
            SCALE: (TensorProto.FLOAT, ["n", 1]),
            LEAST: (TensorProto.FLOAT, ["n", 1]),
            ROOT: (TensorProto.FLOAT, [1]),
        }
        return self.model("fast encoder", inputs, (self._last_layers(whole), [1, WIDTH]))

    def _projected(self) -> str:
        """All windows' first matrices side by side, normalised together; whole times whole numbers, so exact."""
        names = [str(order) for order, _ in _WINDOWS]
        matrix, bias, factor, added = (
            np.concatenate([self._weights[prefix + name] for name in names], axis=-1)
            for prefix in ("proj", "proj_b", "ln_g", "ln_b")
        )
        parts = [WholeMatrix.by_grid(self._weights[f"proj{name}"]) for name in names]
        whole = np.concatenate([part.whole for part in parts], axis=1)
        scales = np.concatenate([part.scales for part in parts])
        product = self._standard("MatMulInteger", [PIECES, self.constant("proj.whole", whole)], "proj.product")
        unscaled = self._standard("Cast", [product], "proj.float", to=TensorProto.FLOAT)
        columns = self._standard("Mul", [unscaled, self.constant("proj.scales", scales)], "proj.columns")
        least = self._standard("Mul", [LEAST, self.constant("proj.sums", matrix.sum(axis=0))], "proj.least")
        biased = self._standard(
            "Add", [self._scaled("proj.out", columns, least), self.constant("proj.bias", bias)], "p"
        )
        return self._normalised("proj", biased, factor, added)

    def _scaled(self, name: str, whole: str, least: str) -> str:
        return self._standard("Add", [self._standard("Mul", [whole, SCALE], f"{name}.scaled"), least], name)

    def _through_window(self, matrix: str, bias: str, state: str, order: int, before: int) -> str:
        """Every piece with its neighbours through a matrix, added to the piece itself."""
        rows = self.constant(f"{matrix}.pads", np.array([before, 0, order - 1 - before, 0], np.int64))
        padded = self._standard("Pad", [state, rows], f"{matrix}.padded")
        shifted = [
            self._cut(padded, f"{matrix}.{step}", axis=0, start=step, end=step - order + 1 or _TO_END)
            for step in range(order)
        ]
        window = self._standard("Concat", shifted, f"{matrix}.window", axis=1)
        out = self.multiplied(matrix, window, WholeMatrix.by_grid(self._weights[matrix]), self._weights[bias])
        return self._standard("Add", [self._standard("Relu", [out], f"{matrix}.relu"), state], f"{matrix}.added")

    def _last_layers(self, whole: str) -> str:
        first = self._standard("Relu", [self._layer("d0", whole)], "y0")
        sum1 = self._standard("Add", [self._layer("p1", whole), self._layer("d1", first)], "sum1")
        second = self._standard("Relu", [sum1], "y1")
        third = self._standard("Relu", [self._layer("d2", second)], "y2")
        sum3 = self._standard("Add", [self._layer("p3", second), self._layer("d3", third)], "sum3")
        return self._standard("Tanh", [sum3], MEANING)

    def _layer(self, name: str, state: str, bias: np.ndarray | None = None) -> str:
        return self.multiplied(name, state, WholeMatrix.by_grid(self._weights[name]), bias)

    def _normalised(self, name: str, state: str, factor: np.ndarray, added: np.ndarray) -> str:
        inputs = [state, self.constant(f"{name}.factor", factor), self.constant(f"{name}.added", added)]
        return self._standard("LayerNormalization", inputs, f"{name}.normal", axis=-1, epsilon=self._epsilon)

    def _cut(self, state: str, name: str, axis: int, start: int, end: int) -> str:
        bounds = [
            self.constant(f"{name}.{part}", np.array([value], np.int64))
            for part, value in (("start", start), ("end", end), ("axis", axis))
        ]
        return self._standard("Slice", [state, *bounds], f"{name}.cut")

    def _standard(self, kind: str, inputs: list[str], output: str, **attributes: object) -> str:
        return self.node(kind, inputs, output, domain="", **attributes)
