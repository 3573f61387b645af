"""What a confusion matrix comes down to for the figures of merit: three counts for each class.

A bootstrap needs the figures of a thousand resamples; kept as these counts, 1,000 resamples of
1,000 classes take 24 MB where the matrices would take 8 GB.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from typing import Self

    from numpy.typing import NDArray


@dataclass(frozen=True, eq=False)
class Tally:
    """Counts of right answers, images and answers by class, of one set of images or of many.

    The last axis of each array runs over the classes; the others are free, and every figure has
    their shape. Where a figure is 0/0 it is 0.

    Attributes:
        right: Images of the class that were recognised, int64, shape (..., classes).
        support: Images of the class, int64, shape (..., classes).
        given: Images that were called the class, int64, shape (..., classes).
    """

    right: NDArray[np.int64]
    support: NDArray[np.int64]
    given: NDArray[np.int64]

    @classmethod
    def of_confusion(cls, confusion: NDArray[np.integer]) -> Self:
        """Take the counts from a confusion matrix.

        Args:
            confusion: Counts, shape (classes, classes); rows are true classes.

        Returns:
            Its counts, each of shape (classes,).
        """
        counts = np.asarray(confusion, dtype=np.int64)
        return cls(np.diag(counts), counts.sum(axis=1), counts.sum(axis=0))

    @classmethod
    def of_answers(
        cls, true: NDArray[np.integer], predicted: NDArray[np.integer], classes: int
    ) -> Self:
        """Count answers, those of each row by themselves.

        Args:
            true: True classes, shape (sets, images).
            predicted: Predicted classes, of the same shape.
            classes: Number of classes.

        Returns:
            The counts, each of shape (sets, classes).
        """
        sets = len(true)
        # A number for each pair of set and class lets one bincount serve all sets.
        first = np.arange(sets, dtype=np.int64)[:, None] * classes

        def count(bins: NDArray[np.int64]) -> NDArray[np.int64]:
            counts = np.bincount(bins.reshape(-1), minlength=sets * classes)
            return counts.reshape(sets, classes)

        rows = true + first
        return cls(count(rows[true == predicted]), count(rows), count(predicted + first))

    def __add__(self, other: Self) -> Self:
        return type(self)(
            self.right + other.right, self.support + other.support, self.given + other.given
        )

    def pooled(self) -> Self:
        """The counts of all sets together, each of shape (classes,)."""
        sets = tuple(range(self.right.ndim - 1))
        return type(self)(
            self.right.sum(axis=sets), self.support.sum(axis=sets), self.given.sum(axis=sets)
        )

    @property
    def images(self) -> NDArray[np.int64]:
        """All images, shape (...)."""
        return np.asarray(self.support.sum(axis=-1))

    def precision(self) -> NDArray[np.float64]:
        """Share of right answers among those that name the class, shape (..., classes)."""
        return ratio(self.right, self.given)

    def recall(self) -> NDArray[np.float64]:
        """Share of the class's images that were recognised, shape (..., classes)."""
        return ratio(self.right, self.support)

    def f1(self) -> NDArray[np.float64]:
        """Harmonic mean of precision and recall, shape (..., classes)."""
        # Not 2pr / (p + r): from the counts it is exact also where both are 0.
        return ratio(2 * self.right, self.support + self.given)

    def accuracy(self) -> NDArray[np.float64]:
        """Share of right answers."""
        return ratio(self.right.sum(axis=-1), self.images)

    def balanced_accuracy(self) -> NDArray[np.float64]:
        """Mean recall over the classes that have images (Brodersen et al. 2010)."""
        # Classes without images have a recall of 0, so only the divisor must leave them out.
        return ratio(self.recall().sum(axis=-1), (self.support > 0).sum(axis=-1))

    def macro_f1(self) -> NDArray[np.float64]:
        """Plain mean of F1 over the classes that have images or were answered."""
        return ratio(self.f1().sum(axis=-1), (self.support + self.given > 0).sum(axis=-1))

    def weighted_f1(self) -> NDArray[np.float64]:
        """Mean of F1 over the images, each with that of its class."""
        return ratio((self.f1() * self.support).sum(axis=-1), self.images)

    def kappa(self) -> NDArray[np.float64]:
        """Cohen's kappa: how far the answers surpass guesses with the same shares of classes.

        (p_o - p_e) / (1 - p_e), with p_o the accuracy and p_e what independent answers would
        reach (Cohen 1960, "A coefficient of agreement for nominal scales", eq. 1). At most 1;
        0/0 where one class is both all images and all answers.
        """
        return ratio(self._surplus(), self.images**2 - self._by_chance())

    def mcc(self) -> NDArray[np.float64]:
        """Matthews correlation of true and predicted classes, in [-1, 1].

        Gorodkin 2004, "Comparing two K-category assignments by a K-category correlation
        coefficient", eq. 8, which for two classes is Matthews' (1975). 0/0 where all images or
        all answers are of one class.
        """
        square = self.images**2
        # As floating point, for the product exceeds int64 from 55,000 images on.
        of_true = np.asarray(square - (self.support**2).sum(axis=-1), dtype=np.float64)
        of_given = np.asarray(square - (self.given**2).sum(axis=-1), dtype=np.float64)
        return np.clip(ratio(self._surplus(), np.sqrt(of_true * of_given)), -1.0, 1.0)

    def _by_chance(self) -> NDArray[np.int64]:
        return np.asarray((self.support * self.given).sum(axis=-1))

    def _surplus(self) -> NDArray[np.int64]:
        return np.asarray(self.images * self.right.sum(axis=-1) - self._by_chance())


def ratio(
    above: NDArray[np.integer] | NDArray[np.floating],
    below: NDArray[np.integer] | NDArray[np.floating],
) -> NDArray[np.float64]:
    """Divide, and call 0/0 zero, as scikit-learn does where its ``zero_division`` is 0.

    Args:
        above: Dividends.
        below: Divisors, >= 0, of the same shape.

    Returns:
        The quotients, float64; 0 where the divisor is 0.
    """
    above, below = np.asarray(above), np.asarray(below)
    shares = np.zeros(above.shape, dtype=np.float64)
    np.divide(above, below, out=shares, where=below > 0)
    return shares
