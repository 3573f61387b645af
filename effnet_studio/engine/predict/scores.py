"""From the model's raw outputs to probabilities, in NumPy."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


def log_softmax(logits: NDArray[np.floating]) -> NDArray[np.float64]:
    """Logarithm of the softmax over the last axis, in double precision.

    The largest logit is taken off first, so that no exponential overflows.

    Args:
        logits: Raw outputs, shape (..., classes).

    Returns:
        float64 of the same shape; all entries are <= 0.
    """
    values = np.asarray(logits, dtype=np.float64)
    shifted = values - values.max(axis=-1, keepdims=True)
    return np.asarray(shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True)))


def softmax(logits: NDArray[np.floating]) -> NDArray[np.float32]:
    """Probabilities from raw outputs.

    Args:
        logits: Raw outputs, shape (..., classes).

    Returns:
        float32 of the same shape; sums to 1 over the last axis.
    """
    return np.exp(log_softmax(logits)).astype(np.float32)


def log_sum_exp(logits: NDArray[np.floating]) -> NDArray[np.float64]:
    """Logarithm of the sum of the exponentials over the last axis: the negative free energy.

    Args:
        logits: Raw outputs, shape (..., classes).

    Returns:
        float64, shape (...).
    """
    values = np.asarray(logits, dtype=np.float64)
    largest = values.max(axis=-1)
    rest = np.exp(values - largest[..., None]).sum(axis=-1)
    return np.asarray(largest + np.log(rest))
