"""Functions that helpers are given in tests; imported by name in another process."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path


def doubling() -> Callable[[int], int]:
    """Doubles numbers; dies of negative ones."""

    def answer(number: int) -> int:
        if not isinstance(number, int):
            raise TypeError("only numbers can be doubled.\nAnd this is a second line.")
        if number < 0:
            os._exit(7)
        return 2 * number

    return answer


def failing_to_start() -> Callable[[int], int]:
    """Cannot get ready."""
    raise FileNotFoundError("there is no such file")


def refusing(_model: str, _size: int, _folder: Path) -> Callable[[object], object]:
    """Gets ready to prepare a model, and cannot."""

    def answer(_runtimes: object) -> object:
        raise OSError("no room for files")

    return answer
