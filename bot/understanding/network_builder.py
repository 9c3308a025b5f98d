"""Builds networks as ONNX models with 8-bit matrices, which ONNX Runtime multiplies by a kernel for each processor.

Used when the kept model of an encoder is missing; the running bot only loads what was built.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from onnx import NodeProto, TensorProto, helper, numpy_helper

#: Operators of ONNX Runtime that are not in the standard.
VENDOR = "com.microsoft"

_LARGEST = 127

#: Sizes of a tensor; a name stands for any size.
Shape = Sequence[int | str]
#: What goes into a network: the kind of its numbers (onnx.TensorProto) and its shape.
Input = tuple[int, Shape]


@dataclass(frozen=True)
class WholeMatrix:
    """A matrix of shape (in, out) in whole numbers from -127 to 127 (int8), and each column's scale (float32)."""

    whole: np.ndarray
    scales: np.ndarray

    @classmethod
    def by_column(cls, matrix: np.ndarray) -> WholeMatrix:
        """Each column with the scale that fits it best."""
        return cls._rounded(matrix, np.abs(matrix).max(axis=0))

    @classmethod
    def by_grid(cls, matrix: np.ndarray) -> WholeMatrix:
        """One scale for all; exact for a matrix that was in 8 bits before."""
        return cls._rounded(matrix, np.full(matrix.shape[1], np.abs(matrix).max()))

    @classmethod
    def _rounded(cls, matrix: np.ndarray, largest: np.ndarray) -> WholeMatrix:
        scales = (np.maximum(largest, 1e-12) / _LARGEST).astype(np.float32)
        return cls(np.rint(matrix / scales).astype(np.int8), scales)


class NetworkBuilder:
    """Collects operators. Every method adds one and gives the name of its output."""

    def __init__(self) -> None:
        self._nodes: list[NodeProto] = []
        self._constants: list[TensorProto] = []

    def node(self, kind: str, inputs: Sequence[str], output: str, domain: str = VENDOR, **attributes: Any) -> str:
        """Any operator with one output."""
        self._nodes.append(helper.make_node(kind, list(inputs), [output], domain=domain, **attributes))
        return output

    def constant(self, name: str, values: np.ndarray) -> str:
        """A tensor that never changes."""
        self._constants.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def multiplied(self, name: str, state: str, matrix: WholeMatrix, bias: np.ndarray | None = None) -> str:
        """State times matrix plus bias. What goes in is rounded to 8 bits as well, with one scale a call."""
        inputs = [
            state,
            self.constant(f"{name}.whole", matrix.whole),
            self.constant(f"{name}.scales", matrix.scales),
            self.constant(f"{name}.zeros", np.zeros_like(matrix.whole[0])),
        ]
        if bias is not None:
            inputs.append(self.constant(f"{name}.bias", bias))
        return self.node("DynamicQuantizeMatMul", inputs, f"{name}.out")

    def model(self, name: str, inputs: Mapping[str, Input], output: tuple[str, Shape]) -> bytes:
        """The serialised model; what comes out is float32."""
        graph = helper.make_graph(
            self._nodes,
            name,
            [helper.make_tensor_value_info(key, kind, shape) for key, (kind, shape) in inputs.items()],
            [helper.make_tensor_value_info(output[0], TensorProto.FLOAT, output[1])],
            self._constants,
        )
        versions = [helper.make_opsetid("", 17), helper.make_opsetid(VENDOR, 1)]
        return bytes(helper.make_model(graph, opset_imports=versions, ir_version=8).SerializeToString())
