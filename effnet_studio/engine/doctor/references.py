"""How fast other computers are, measured with the app's own measurement.

To add a computer, run ``python -m tests.benchmarks.bench_doctor --json`` on it and write down the
figures that it prints as a row here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from effnet_studio.engine.messages import Message, msg


@dataclass(frozen=True)
class Reference:
    """A computer that was measured.

    Attributes:
        key: For programs.
        title: What computer it is.
        predict: Pictures a second that are answered.
        train_frozen: Pictures a second that are trained on, with the early stages frozen as the
            preset Balanced has it.
        train: The same of the whole network.
        measured: Month, and with which PyTorch.
    """

    key: str
    title: Message
    predict: float
    train_frozen: float
    train: float
    measured: str

    @property
    def rates(self) -> tuple[float, float, float]:
        """Answered, trained as Balanced, trained whole."""
        return self.predict, self.train_frozen, self.train


REFERENCES: Final = (
    Reference(
        "cloud-2-cores",
        msg("A small computer in the cloud: 2 cores of an AMD EPYC, no graphics card"),
        predict=74.0,
        train_frozen=70.0,
        train=32.0,
        measured="2026-11, PyTorch 2.13.0",
    ),
    Reference(
        "h200",
        msg("A graphics card of a data centre: NVIDIA H200"),
        predict=9510.0,
        train_frozen=5510.0,
        train=2000.0,
        measured="2026-11, PyTorch 2.11.0",
    ),
)
"""The first one is compared with."""
