"""A row that goes on in the next line where it does not fit."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QSizePolicy, QStyle, QWidget
from typing_extensions import override

_GROWING: Final = {QSizePolicy.Policy.Expanding, QSizePolicy.Policy.MinimumExpanding}


class FlowLayout(QLayout):
    """Lays widgets out as words are: in as many lines as are needed, from where reading begins.

    A widget with an expanding size policy takes the room that its line has left. Widgets stand in
    the middle of their line, or at its top where they are so aligned.

    Args:
        spacing: Between widgets and between lines, pixels.
        parent: The widget whose layout it becomes, if any.
    """

    def __init__(self, spacing: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(spacing)

    @override
    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    @override
    def count(self) -> int:
        return len(self._items)

    @override
    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    @override
    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    @override
    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, width: int) -> int:
        return self._arrange(QRect(0, 0, width, 0), move=False)

    @override
    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._arrange(rect, move=True)

    @override
    def sizeHint(self) -> QSize:
        sizes = [item.sizeHint() for item in self._items if not item.isEmpty()]
        gaps = self.spacing() * max(0, len(sizes) - 1)
        height = max((size.height() for size in sizes), default=0)
        return QSize(sum(size.width() for size in sizes) + gaps, height)

    @override
    def minimumSize(self) -> QSize:
        sizes = [item.minimumSize() for item in self._items if not item.isEmpty()]
        return QSize(
            max((size.width() for size in sizes), default=0),
            max((size.height() for size in sizes), default=0),
        )

    def _arrange(self, rect: QRect, *, move: bool) -> int:
        """Give every widget its place; returns the height of all lines."""
        lines: list[list[QLayoutItem]] = [[]]
        used = 0
        for item in self._items:
            if item.isEmpty():
                continue
            width = self._width(item, rect.width())
            if lines[-1] and used + width > rect.width():
                lines.append([])
                used = 0
            lines[-1].append(item)
            used += width + self.spacing()
        top = rect.top()
        for line in filter(None, lines):
            widths = self._widths(line, rect.width())
            height = max(map(self._height, line, widths))
            if move:
                self._place(line, widths, QRect(rect.left(), top, rect.width(), height))
            top += height + self.spacing()
        return max(0, top - rect.top() - self.spacing())

    @staticmethod
    def _width(item: QLayoutItem, room: int) -> int:
        """As wide as it likes, where the row is that wide."""
        widget = item.widget()
        least = widget.minimumWidth() if widget is not None else 0
        if least and _grows(item):
            return min(least, room)
        return max(min(item.sizeHint().width(), room), min(item.minimumSize().width(), room))

    @staticmethod
    def _height(item: QLayoutItem, width: int) -> int:
        return item.heightForWidth(width) if item.hasHeightForWidth() else item.sizeHint().height()

    def _widths(self, line: list[QLayoutItem], room: int) -> list[int]:
        """Of the widgets of a line; what may grow shares the room that is left."""
        widths = [self._width(item, room) for item in line]
        left_over = room - sum(widths) - self.spacing() * (len(line) - 1)
        growing = [place for place, item in enumerate(line) if _grows(item)]
        for place in growing:
            most = line[place].maximumSize().width()
            widths[place] = min(most, widths[place] + max(0, left_over) // len(growing))
        return widths

    def _place(self, line: list[QLayoutItem], widths: list[int], row: QRect) -> None:
        owner = self.parentWidget()
        direction = owner.layoutDirection() if owner else Qt.LayoutDirection.LeftToRight
        left = row.left()
        for item, width in zip(line, widths, strict=True):
            height = self._height(item, width)
            upper = bool(item.alignment() & Qt.AlignmentFlag.AlignTop)
            above = 0 if upper else (row.height() - height) // 2
            place_of = QRect(left, row.top() + above, width, height)
            item.setGeometry(QStyle.visualRect(direction, row, place_of))
            left += width + self.spacing()


def _grows(item: QLayoutItem) -> bool:
    """Whether a widget asks for the room that its line has left."""
    widget = item.widget()
    return widget is not None and widget.sizePolicy().horizontalPolicy() in _GROWING
