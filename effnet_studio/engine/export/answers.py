"""What a model answers, and when two answers are the same: the one place that says so.

An answer is the name of a class or "none of these". The searches for small copies and the
certificate both ask here, so that no copy is chosen by answers that its file does not give.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from effnet_studio.engine.predict.reject_option import RejectOption

NONE_OF_THESE: Final = ""
"""Stands in the place of a class's name."""


def answer_name(likeliest: str, *, rejected: bool) -> str:
    """What is told of one image.

    Args:
        likeliest: Name of the likeliest class.
        rejected: Whether the certainty is below the limit.
    """
    return NONE_OF_THESE if rejected else likeliest


class Answers(NamedTuple):
    """What a model says of some images.

    Attributes:
        classes: The likeliest class of each, by its number, shape (n,).
        rejected: Whether it says "none of these" instead, bool, shape (n,).
    """

    classes: NDArray[np.intp]
    rejected: NDArray[np.bool_]

    @classmethod
    def of(cls, scores: NDArray[np.float32], reject: RejectOption | None) -> Answers:
        """Tell them from raw scores.

        Args:
            scores: With the temperature applied, float32, shape (n, classes).
            reject: When the verdict is "none of these"; None: never.
        """
        none = np.zeros(len(scores), dtype=np.bool_)
        return cls(scores.argmax(axis=1), none if reject is None else reject.rejects(scores))

    @classmethod
    def joined(cls, parts: list[Answers]) -> Answers:
        """Those of all parts, in their order; there is at least one."""
        return cls(
            np.concatenate([part.classes for part in parts]),
            np.concatenate([part.rejected for part in parts]),
        )

    def same(self, other: Answers) -> NDArray[np.bool_]:
        """Whether the answers are the same, image by image.

        Both name the same class, or both say "none of these".

        Args:
            other: Answers for the same images.
        """
        both = self.rejected & other.rejected
        neither = ~self.rejected & ~other.rejected
        same: NDArray[np.bool_] = both | (neither & (self.classes == other.classes))
        return same
