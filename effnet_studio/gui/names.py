"""Names by which tests, styles and assistive technology find widgets."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import QObject

Named = TypeVar("Named", bound=QObject)


def named(item: Named, name: str) -> Named:
    """Give a widget or action its object name.

    Args:
        item: Any QObject.
        name: In snake case, unique in its page.

    Returns:
        The same object, so that it can be named where it is made.
    """
    item.setObjectName(name)
    return item
