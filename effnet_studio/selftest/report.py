"""What a self-test found, for people and for programs."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any


class Outcome(StrEnum):
    """How a step ended."""

    PASSED = "passed"
    FAILED = "failed"
    SKIPPED = "skipped"
    """A step before it failed whose result it needs."""


@dataclass(frozen=True)
class StepResult:
    """One step of the job.

    Attributes:
        key: Name in code.
        title: Shown to people.
        outcome: How it ended.
        seconds: Its duration.
        detail: What was found where it went well, such as how many images there are.
        problems: Everything that was wrong, one sentence each.
    """

    key: str
    title: str
    outcome: Outcome
    seconds: float
    detail: str = ""
    problems: tuple[str, ...] = ()


@dataclass(frozen=True)
class Report:
    """All steps.

    Attributes:
        steps: In their order.
        versions: Of the app, of Python, of Qt and of the system.
        seconds: Duration of all of it, without the start of the program.
        seconds_to_window: From the start of the program until its window was painted; None where
            the system does not say when the program began, or no window came.
        stopped: Whether the user ended it early.
    """

    steps: tuple[StepResult, ...]
    versions: str
    seconds: float
    seconds_to_window: float | None
    stopped: bool = False

    @property
    def ok(self) -> bool:
        """Whether every step was right."""
        passed = all(step.outcome is Outcome.PASSED for step in self.steps)
        return bool(self.steps) and passed and not self.stopped

    def document(self) -> dict[str, Any]:
        """The same for programs."""
        return {
            "ok": self.ok,
            "stopped": self.stopped,
            "versions": self.versions,
            "seconds": round(self.seconds, 3),
            "seconds_to_window": (
                None if self.seconds_to_window is None else round(self.seconds_to_window, 3)
            ),
            "steps": [
                {**asdict(step), "seconds": round(step.seconds, 3), "problems": list(step.problems)}
                for step in self.steps
            ],
        }
