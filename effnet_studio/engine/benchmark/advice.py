"""What is asked of the user before a model is recommended, and what is recommended."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from effnet_studio.engine.benchmark.plan import Runtime
from effnet_studio.engine.errors import ConfigError
from effnet_studio.engine.messages import Message, msg

if TYPE_CHECKING:
    from effnet_studio.engine.models.spec import ModelSpec


class Where(StrEnum):
    """Where the trained model is to answer."""

    THIS = "this"
    """On the computer that measured."""
    WEB = "web"
    """In a web page, downloaded by everybody who opens it."""
    SMALL = "small"
    """On a phone or a small board such as a Raspberry Pi."""
    SERVER = "server"
    """On a server, which is assumed to be like this computer."""


@dataclass(frozen=True)
class Place:
    """What a place can do.

    Attributes:
        runtimes: That run there.
        slowdown: Assumed time there over time here; rough, and said to be assumed.
        most_bytes: Largest file that is sensible there; None: any.
    """

    runtimes: tuple[Runtime, ...]
    slowdown: float = 1.0
    most_bytes: float | None = None


_EXPORTED = (Runtime.ONNX, Runtime.INT8)
PLACES = {
    Where.THIS: Place((Runtime.TORCH, *_EXPORTED)),
    Where.WEB: Place(_EXPORTED, slowdown=4.0, most_bytes=30e6),
    Where.SMALL: Place(_EXPORTED, slowdown=10.0, most_bytes=100e6),
    Where.SERVER: Place(_EXPORTED),
}
"""What is assumed of each place."""


@dataclass(frozen=True)
class Answers:
    """What the user said.

    Attributes:
        where: Where the model is to answer.
        images: Pictures to learn from, at least 1.
        limit: Seconds that an answer may take; None: it does not matter.
        exact: Whether the last bit of accuracy counts; else good enough is enough.

    Raises:
        ConfigError: If a number is out of its bounds.
    """

    where: Where = Where.THIS
    images: int = 1000
    limit: float | None = None
    exact: bool = False

    def __post_init__(self) -> None:
        if self.images < 1:
            raise ConfigError(msg("There must be at least one image to learn from."))
        if self.limit is not None and not self.limit > 0:
            raise ConfigError(msg("The time for an answer must be above 0."))


@dataclass(frozen=True)
class Choice:
    """A model to take.

    Attributes:
        model: Catalog name.
        title: Of the architecture.
        runtime: The quickest that fits the answers; None if no time is known.
        seconds: For one picture where it is to answer; None if not known. Estimates are on the
            careful side.
        estimated: Whether the time was worked out rather than measured.
        top1: ImageNet top-1 of its starting weights, percent.
        file_bytes: Size of the exported file, about.
        train_seconds: A training with the preset Balanced on this computer, without reading the
            pictures; None if not measured.
        reasons: Why it is a good choice, and what to know about the figures.
        tradeoff: What differs from the first choice; None for the first.
    """

    model: str
    title: str
    runtime: Runtime | None
    seconds: float | None
    estimated: bool
    top1: float
    file_bytes: int
    train_seconds: float | None
    reasons: tuple[Message, ...]
    tradeoff: Message | None


@dataclass(frozen=True)
class Advice:
    """What is recommended.

    Attributes:
        choices: The best first; empty if nothing fits.
        unfit: Names of models that are too slow or too large.
        unknown: Names of models of which no time is known, when there is a limit.
        remark: What to do if nothing, or not everything, could be judged; None if all could.
    """

    choices: tuple[Choice, ...]
    unfit: tuple[str, ...]
    unknown: tuple[str, ...]
    remark: Message | None


@dataclass(frozen=True)
class Candidate:
    """A model with the runtime that would be taken.

    Attributes:
        spec: Its row of the catalog.
        runtime: As in :class:`Choice`.
        seconds: As in :class:`Choice`.
        estimated: As in :class:`Choice`.
        old: Whether the time comes from older libraries than those installed.
        file_bytes: As in :class:`Choice`.
    """

    spec: ModelSpec
    runtime: Runtime | None
    seconds: float | None
    estimated: bool
    old: bool
    file_bytes: int
