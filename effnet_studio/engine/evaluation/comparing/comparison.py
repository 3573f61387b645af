"""What comes of comparing two runs: settings, shares of right answers, and who is right where."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from effnet_studio.engine.messages import Message, msg
from effnet_studio.engine.training.config import TrainConfig
from effnet_studio.engine.training.runs import START_FILE

if TYPE_CHECKING:
    from pathlib import Path

    from effnet_studio.engine.data.dataset import Split
    from effnet_studio.engine.data.versions import VersionDiff
    from effnet_studio.engine.evaluation.comparing.gains import Gain
    from effnet_studio.engine.evaluation.measures.significance import Share
    from effnet_studio.engine.training.runs import Run

CHANCE = 0.05
"""Probability below which a difference is not called chance."""


@dataclass(frozen=True)
class SettingDiff:
    """A setting that two runs do not share.

    Attributes:
        field: Its name.
        title: What people call it.
        first: Value in the first run, as text; empty: what the model decides.
        second: The same in the second.
    """

    field: str
    title: str
    first: str
    second: str


@dataclass(frozen=True)
class Answer:
    """What a run says of an image.

    Attributes:
        label: Name of the likeliest class.
        confidence: Its probability, in [0, 1].
        right: Whether that is the image's class.
        loss: Cross-entropy, nats: minus the logarithm of the probability of the image's class.
    """

    label: str
    confidence: float
    right: bool
    loss: float


@dataclass(frozen=True)
class Disagreement:
    """An image of which two runs say different things.

    Attributes:
        sample: Number of the image in the project.
        path: Its file.
        true: Name of its class.
        first: What the first run says.
        second: What the second says.
    """

    sample: int
    path: Path
    true: str
    first: Answer
    second: Answer

    @property
    def verdict(self) -> Literal["first", "second", "neither"]:
        """Who is right."""
        return "first" if self.first.right else "second" if self.second.right else "neither"


@dataclass(frozen=True)
class Comparison:
    """Two runs side by side.

    Attributes:
        first: A run.
        second: Another.
        settings: Settings that differ.
        images: How the images of the second differ from those of the first; None: not remembered.
        changed: What of that concerns the images that both have judged; they count with today's
            labels for both.
        split: Part of today's images that both have judged.
        judged: How many both have judged: those left out are none of theirs.
        first_share: Right answers of the first on these.
        second_share: Right answers of the second.
        disagreements: Images on which the answers differ, the most confident ones first.
        gains: Figures of both on these, and what the second gained.
        p_value: By :func:`~.significance.mcnemar`.
        seen: Images left out because one of the two has learned from them.
        unknown: Images left out because one of the two does not know their class.
        unreadable: Images left out because they cannot be read.
    """

    first: Run
    second: Run
    settings: tuple[SettingDiff, ...]
    images: VersionDiff | None
    changed: VersionDiff | None
    split: Split
    judged: int
    first_share: Share
    second_share: Share
    disagreements: tuple[Disagreement, ...]
    gains: tuple[Gain, ...]
    p_value: float
    seen: int
    unknown: int
    unreadable: int

    @property
    def only_first(self) -> int:
        """Images that only the first has right."""
        return sum(each.verdict == "first" for each in self.disagreements)

    @property
    def only_second(self) -> int:
        """Images that only the second has right."""
        return sum(each.verdict == "second" for each in self.disagreements)

    @property
    def outcome(self) -> Literal["same", "even", "chance", "first", "second"]:
        """What comes of it: which run is better, or why none is.

        ``same``: right on the same images; ``even``: on equally many; ``chance``: one on more, as
        may happen by chance.
        """
        if self.only_first == self.only_second:
            return "even" if self.only_first else "same"
        if self.p_value >= CHANCE:
            return "chance"
        return "second" if self.only_second > self.only_first else "first"

    def message(self) -> Message:
        """What the figures say, in plain words."""
        first, second = self.only_first, self.only_second
        p = f"{self.p_value:.2g}"
        match self.outcome:
            case "same":
                return msg("Both runs are right on the same images.")
            case "even":
                return msg(
                    "Images that only one of the runs gets right: {ahead} each. There is no "
                    "difference in accuracy.",
                    ahead=first,
                )
            case "second":
                return msg(
                    "The second run is better; this is unlikely to be chance. Images that only it "
                    "gets right: {ahead}; that only the first does: {behind} (p = {p}).",
                    ahead=second,
                    behind=first,
                    p=p,
                )
            case "first":
                return msg(
                    "The first run is better; this is unlikely to be chance. Images that only it "
                    "gets right: {ahead}; that only the second does: {behind} (p = {p}).",
                    ahead=first,
                    behind=second,
                    p=p,
                )
            case "chance":
                return msg(
                    "The difference in accuracy may be chance; do not rely on it. Images that "
                    "only the first run gets right: {first}; that only the second does: {second} "
                    "(p = {p}).",
                    first=first,
                    second=second,
                    p=p,
                )


def settings_diff(first: Run, second: Run) -> tuple[SettingDiff, ...]:
    """The settings that two runs do not share.

    Args:
        first: A run.
        second: Another.

    Returns:
        The differences, in the order of the settings.
    """
    found = []
    for name, field in TrainConfig.model_fields.items():
        values = [_setting(run, name) for run in (first, second)]
        if values[0] != values[1]:
            found.append(SettingDiff(name, field.title or name, *values))
    return tuple(found)


def _setting(run: Run, name: str) -> str:
    value = run.config.model_dump(mode="json")[name]
    if name == "weights":
        if run.origin is not None and run.origin.start and str(value).endswith(START_FILE):
            return run.origin.start
        return run.weights if value == "auto" else str(value)
    return "" if value is None else str(value)
