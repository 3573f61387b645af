"""What a model says about an image."""

from __future__ import annotations

import html
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from effnet_studio.engine.messages import Message


@dataclass(frozen=True)
class Answer:
    """One class and how likely the model finds it.

    Attributes:
        label: Name of the class.
        probability: In [0, 1].
    """

    label: str
    probability: float


@dataclass(frozen=True, eq=False)
class Prediction:
    """The model's answer for one image.

    Attributes:
        path: The image's file; None for images without one (pasted, or an array).
        probabilities: Of each class, float32, shape (classes,); they sum to 1.
        classes: Names of the classes, in the same order.
        rejected: Whether the model is less certain than the limit that was chosen for it, so that
            the verdict is "none of these"; the probabilities are what they are all the same.
    """

    path: Path | None
    probabilities: NDArray[np.float32]
    classes: tuple[str, ...]
    rejected: bool = False

    @property
    def class_index(self) -> int:
        """The likeliest class; of equals the first."""
        return int(self.probabilities.argmax())

    @property
    def best(self) -> Answer:
        """The likeliest class and its probability."""
        index = self.class_index
        return Answer(self.classes[index], float(self.probabilities[index]))

    def top(self, k: int = 5) -> list[Answer]:
        """The ``k`` likeliest classes, best first; all of them if there are fewer."""
        order = np.argsort(-self.probabilities, kind="stable")[: max(k, 0)]
        return [Answer(self.classes[i], float(self.probabilities[i])) for i in order]

    def _repr_html_(self) -> str:
        """How a notebook shows it: the likeliest classes with a bar each."""
        rows = "".join(
            f"<tr><td style='text-align:left'>{html.escape(each.label)}</td>"
            f"<td><progress max='1' value='{each.probability:.4f}'></progress></td>"
            f"<td>{100 * each.probability:.1f} %</td></tr>"
            for each in self.top()
        )
        caption = "<caption>none of these</caption>" if self.rejected else ""
        return f"<table>{caption}{rows}</table>"


@dataclass(frozen=True)
class FailedImage:
    """A file that could not be judged.

    Attributes:
        path: The file or folder.
        message: Why, in one sentence.
        hint: What to do about it, if there is something.
    """

    path: Path
    message: Message
    hint: Message | None = None
