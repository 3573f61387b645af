"""When a model says "none of these": how certain it is, and the limit that was chosen for a run.

A classifier with a reject option (Chow 1970, "On optimum recognition error and reject tradeoff",
IEEE Trans. Inf. Theory 16) leaves the least certain images to people. The limit lies beside the
run's weights in ``rejection.json``; exported files carry it in their notes.
"""

from __future__ import annotations

import json
import math
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final, Self

import numpy as np

from effnet_studio.engine import atomic
from effnet_studio.engine.predict.scores import log_softmax, log_sum_exp
from effnet_studio.engine.training.runs import BEST_FILE, weights_digest

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from numpy.typing import NDArray

REJECTION_FILE: Final = "rejection.json"
_FORMAT: Final = 1


class Score(StrEnum):
    """How certain a model is of an image; more means more certain."""

    CONFIDENCE = "confidence"
    """Probability of the likeliest class (Hendrycks & Gimpel 2017, "A Baseline for Detecting
    Misclassified and Out-of-Distribution Examples in Neural Networks", ICLR)."""
    ENERGY = "energy"
    """Negative free energy, the logarithm of the summed exponentials of the logits (Liu et al.
    2020, "Energy-based Out-of-distribution Detection", NeurIPS, section 3)."""


def certainty(logits: NDArray[np.floating], score: Score) -> NDArray[np.float64]:
    """How certain a model is.

    Args:
        logits: Raw outputs, temperature applied, shape (..., classes).
        score: By what it is told.

    Returns:
        float64, shape (...); probabilities for :attr:`Score.CONFIDENCE`.
    """
    if score is Score.ENERGY:
        return log_sum_exp(logits)
    return np.asarray(np.exp(log_softmax(logits).max(axis=-1)))


@dataclass(frozen=True)
class RejectOption:
    """Below what a model says "none of these", and what that did on the validation images.

    Attributes:
        score: By what its certainty is told.
        threshold: Images with less get "none of these".
        coverage: Share of the validation images that are answered, in [0, 1].
        accuracy: Share of these answers that are right, in [0, 1].
        images: Validation images by which the limit was chosen.
        dataset_version: Version of the dataset they belong to.
        weights: SHA-256 of the weights it was chosen for.
    """

    score: Score
    threshold: float
    coverage: float
    accuracy: float
    images: int
    dataset_version: str
    weights: str

    def rejects(self, logits: NDArray[np.floating]) -> NDArray[np.bool_]:
        """Whether the verdict is "none of these".

        Args:
            logits: Raw outputs, temperature applied, shape (..., classes).

        Returns:
            bool, shape (...).
        """
        return np.asarray(certainty(logits, self.score) < self.threshold)

    def to_json(self) -> dict[str, Any]:
        """Plain values; :meth:`from_json` reads them."""
        return {**asdict(self), "score": self.score.value}

    @classmethod
    def from_json(cls, plain: Mapping[str, Any]) -> Self:
        """Make it from plain values.

        Args:
            plain: As :meth:`to_json` gave them.

        Raises:
            ValueError: If they make no sense.
        """
        try:
            option = cls(
                score=Score(plain["score"]),
                threshold=float(plain["threshold"]),
                coverage=float(plain["coverage"]),
                accuracy=float(plain["accuracy"]),
                images=int(plain["images"]),
                dataset_version=str(plain["dataset_version"]),
                weights=str(plain["weights"]),
            )
        except (KeyError, TypeError, OverflowError) as error:
            raise ValueError(f"no limit: {error}") from error
        if not math.isfinite(option.threshold):
            raise ValueError("the limit is no number")
        return option


def read_reject_option(run_dir: Path, *, weights: str | None = None) -> RejectOption | None:
    """Read the limit that was chosen for a run.

    Args:
        run_dir: The run's folder.
        weights: SHA-256 of the run's present weights; None: they are read, which takes a second
            for a gigabyte.

    Returns:
        The limit; None if there is none, or none that is of the run's present weights: a run that
        is continued gets better ones, of which nobody has chosen anything.
    """
    try:
        plain = json.loads((run_dir / REJECTION_FILE).read_text(encoding="utf-8"))
        option = RejectOption.from_json(plain) if plain["format"] == _FORMAT else None
        present = weights or weights_digest(run_dir / BEST_FILE)
        fits = option is not None and option.weights == present
    except (OSError, ValueError, TypeError, KeyError):
        return None
    return option if fits else None


def write_reject_option(run_dir: Path, option: RejectOption | None) -> None:
    """Keep a limit with its run, in the place of the one before.

    Args:
        run_dir: The run's folder.
        option: The limit; None: every image is answered from now on.

    Raises:
        StorageError: If it cannot be written; the previous limit stays.
    """
    file = run_dir / REJECTION_FILE
    if option is not None:
        atomic.write_json(file, {"format": _FORMAT, **option.to_json()})
        return
    with atomic.storage_errors(file):
        file.unlink(missing_ok=True)
