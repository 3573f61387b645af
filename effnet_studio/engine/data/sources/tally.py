"""How often something was met, and the first few cases: what a sentence can hold of a million."""

from __future__ import annotations

from dataclasses import dataclass, field

from effnet_studio.engine.data.problems import shown

_EXAMPLES = 3
_LONGEST = 200


@dataclass
class Tally:
    """A count with examples.

    Attributes:
        count: How many there were.
        examples: The first few, as they can be shown.
    """

    count: int = 0
    examples: list[str] = field(default_factory=list)

    def add(self, name: str) -> None:
        """Count one more."""
        self.count += 1
        if len(self.examples) < _EXAMPLES:
            self.examples.append(shown(name[:_LONGEST]))

    @property
    def names(self) -> str:
        """The examples, and dots where there were more."""
        text = ", ".join(self.examples)
        return f"{text}, …" if self.count > len(self.examples) else text
