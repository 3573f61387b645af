"""Running commands in this process and reading what they print."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
import pytest
from PIL import Image

from effnet_studio.cli.main import run

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True)
class Finished:
    """A command that has ended."""

    code: int
    out: str
    err: str

    @property
    def document(self) -> Any:
        """Standard output as one JSON document."""
        return json.loads(self.out)


class Command(Protocol):
    """Run one command."""

    def __call__(self, *arguments: object) -> Finished: ...


@pytest.fixture
def command(capsys: pytest.CaptureFixture[str]) -> Command:
    """Run a command as typed, in this process."""

    def call(*arguments: object) -> Finished:
        capsys.readouterr()
        code = run([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        return Finished(code, captured.out, captured.err)

    return call


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    """Two classes with four pictures each, a broken one and a text file."""
    folder = tmp_path / "pictures"
    random = np.random.default_rng(5)
    for name in ("蜜蜂", "ants"):
        (folder / name).mkdir(parents=True)
        for number in range(4):
            pixels = random.integers(0, 256, (40, 50, 3)).astype(np.uint8)
            Image.fromarray(pixels).save(folder / name / f"{number}.jpg")
    (folder / "ants" / "broken.jpg").write_bytes(b"\xff\xd8 not an image")
    (folder / "ants" / "notes.txt").write_text("seen in May", encoding="utf-8")
    return folder
