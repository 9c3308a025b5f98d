"""Multinomial logistic regression: trained with scikit-learn, kept and read as plain arrays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class LinearHead:
    """`weights` of shape (labels, dimensions), `bias` of shape (labels,), both float32."""

    weights: np.ndarray
    bias: np.ndarray

    def probabilities(self, vectors: np.ndarray) -> np.ndarray:
        """Rows of probabilities for rows of vectors: shape (messages, labels)."""
        scores = vectors @ self.weights.T + self.bias
        scores -= scores.max(axis=1, keepdims=True)
        exponentials = np.exp(scores)
        return np.asarray(exponentials / exponentials.sum(axis=1, keepdims=True))


def train_head(
    vectors: np.ndarray,
    labels: np.ndarray,
    label_count: int,
    inverse_regularisation: float,
    sample_weights: np.ndarray | None = None,
) -> LinearHead:
    """Fit a head. `labels` are indices below `label_count`; every label needs an example. Deterministic."""
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(C=inverse_regularisation, max_iter=300, tol=1e-3)
    model.fit(vectors, labels, sample_weight=sample_weights)
    if len(model.classes_) != label_count:
        raise ValueError("every label needs at least one example")
    weights, bias = model.coef_, model.intercept_
    if label_count == 2:
        weights = np.concatenate([np.zeros_like(weights), weights])
        bias = np.concatenate([np.zeros_like(bias), bias])
    return LinearHead(weights.astype(np.float32), bias.astype(np.float32))


def label_indices(labels: Sequence[str]) -> tuple[list[str], np.ndarray]:
    """The sorted distinct labels, and each given label's index among them."""
    names = sorted(set(labels))
    position = {name: index for index, name in enumerate(names)}
    return names, np.array([position[label] for label in labels])
