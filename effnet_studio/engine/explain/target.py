"""What an explanation explains: a class, or why it and not another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from effnet_studio.engine.errors import ConfigError, ModelError
from effnet_studio.engine.messages import msg

if TYPE_CHECKING:
    from torch import Tensor

    from effnet_studio.engine.predict.predictor import Predictor


def check_class(predictor: Predictor, class_index: int | None) -> None:
    """Check that a model has a class.

    Args:
        predictor: The model.
        class_index: The class; None is always fine.

    Raises:
        ModelError: If it has none of that number.
    """
    if class_index is not None and not 0 <= class_index < len(predictor.classes):
        raise ModelError(
            msg("This model has no class number {number}.", number=class_index),
            hint=msg("Its classes are numbered 0 to {last}.", last=len(predictor.classes) - 1),
        )


@dataclass(frozen=True)
class Target:
    """What is explained: a class, or why it and not another.

    Attributes:
        class_index: The class; None: the likeliest.
        against: The other class, whose score is taken off; None: the class alone.
    """

    class_index: int | None = None
    against: int | None = None

    def resolved(self, logits: Tensor) -> Target:
        """Put the likeliest class where none was chosen.

        Args:
            logits: Shape (classes,).

        Raises:
            ConfigError: If both classes are the same.
        """
        chosen = int(logits.argmax()) if self.class_index is None else self.class_index
        if chosen == self.against:
            raise ConfigError(
                msg("A class cannot be compared with itself."),
                hint=msg("Choose two different classes."),
            )
        return Target(chosen, self.against)

    def score(self, logits: Tensor) -> Tensor:
        """The number that is explained: the logit y_a, or the difference y_a − y_b.

        Args:
            logits: Shape (n, classes).

        Returns:
            Shape (n,).
        """
        chosen = self.resolved(logits[0]) if self.class_index is None else self
        scores = logits[:, chosen.class_index]
        return scores if chosen.against is None else scores - logits[:, chosen.against]
