"""Functions that helpers are given in tests; imported by name in another process."""

from __future__ import annotations

import os
from collections.abc import Callable


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
