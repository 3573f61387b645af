"""Functions that helpers are given in tests; imported by name in another process."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import torch
from torch import nn
from typing_extensions import override

from effnet_studio.engine.errors import ExportError
from effnet_studio.engine.messages import msg


def doubling() -> Callable[[int], int]:
    """Doubles numbers; dies of negative ones."""

    def answer(number: int) -> int:
        if not isinstance(number, int):
            raise TypeError("only numbers can be doubled.\nAnd this is a second line.")
        if number < 0:
            os._exit(7)
        return 2 * number

    return answer


def complaining() -> Callable[[str], int]:
    """Says in the app's own words what is wrong."""

    def answer(name: str) -> int:
        raise ExportError(msg("{name} cannot be used.", name=name), hint=msg("Choose another."))

    return answer


class NotToBeWritten(nn.Module):
    """A network that no graph can hold."""

    @override
    def forward(self, images: torch.Tensor) -> torch.Tensor:
        """Decide on the values."""
        return images if float(images.sum()) > 0 else 2 * images


def failing_to_start() -> Callable[[int], int]:
    """Cannot get ready."""
    raise FileNotFoundError("there is no such file")


def refusing(_model: str, _size: int, _folder: Path) -> Callable[[object], object]:
    """Gets ready to prepare a model, and cannot."""

    def answer(_runtimes: object) -> object:
        raise OSError("no room for files")

    return answer
