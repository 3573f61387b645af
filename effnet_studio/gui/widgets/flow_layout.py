"""A row that goes on in the next line where it does not fit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QSizePolicy, QStyle, QWidget
from typing_extensions import override

_GROWING: Final = {QSizePolicy.Policy.Expanding, QSizePolicy.Policy.MinimumExpanding}


class FlowLayout(QLayout):
    """Lays widgets out as words are: in as many lines as are needed, from where reading begins.

    A widget with an expanding size policy takes the room that its line has left. Widgets stand in
    the middle of their line, or at its top where they are so aligned.

    Qt asks for the height at several widths whenever anything in the window changes: the widgets
    are measured once, until one of them says that it has changed.

    Args:
        spacing: Between widgets and between lines, pixels.
        parent: The widget whose layout it becomes, if any.
    """

    def __init__(self, spacing: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._parts: list[_Part] | None = None
        self._heights: dict[int, int] = {}
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(spacing)

    @override
    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)
        self._forget()

    @override
    def count(self) -> int:
        return len(self._items)

    @override
    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    @override
    def takeAt(self, index: int) -> QLayoutItem | None:
        self._forget()
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    @override
    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    @override
    def invalidate(self) -> None:
        self._forget()
        super().invalidate()

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, width: int) -> int:
        if width not in self._heights:
            lines = self._lines(width)
            gaps = self.spacing() * max(0, len(lines) - 1)
            self._heights[width] = gaps + sum(height for *_, height in lines)
        return self._heights[width]

    @override
    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        top = rect.top()
        for line, widths, height in self._lines(rect.width()):
            self._place(line, widths, QRect(rect.left(), top, rect.width(), height))
            top += height + self.spacing()

    @override
    def sizeHint(self) -> QSize:
        parts = self._measured()
        gaps = self.spacing() * max(0, len(parts) - 1)
        height = max((part.hint.height() for part in parts), default=0)
        return QSize(sum(part.hint.width() for part in parts) + gaps, height)

    @override
    def minimumSize(self) -> QSize:
        parts = self._measured()
        return QSize(
            max((part.least.width() for part in parts), default=0),
            max((part.least.height() for part in parts), default=0),
        )

    def _forget(self) -> None:
        self._parts = None
        self._heights.clear()

    def _measured(self) -> list[_Part]:
        """What is to be seen."""
        if self._parts is None:
            self._parts = [_measure(item) for item in self._items if not item.isEmpty()]
        return self._parts

    def _lines(self, room: int) -> list[tuple[list[_Part], list[int], int]]:
        """What stands in each line, how wide, and how high the line is."""
        lines: list[list[_Part]] = []
        left_over = -1
        for part in self._measured():
            width = part.width(room)
            if not lines or width > left_over:
                lines.append([])
                left_over = room
            lines[-1].append(part)
            left_over -= width + self.spacing()
        found = []
        for line in lines:
            widths = self._widths(line, room)
            height = max(part.height(width) for part, width in zip(line, widths, strict=True))
            found.append((line, widths, height))
        return found

    def _widths(self, line: list[_Part], room: int) -> list[int]:
        """Of the widgets of a line; what may grow shares the room that is left."""
        widths = [part.width(room) for part in line]
        left_over = max(0, room - sum(widths) - self.spacing() * (len(line) - 1))
        growing = [place for place, part in enumerate(line) if part.grows]
        for place in growing:
            more = left_over // len(growing)
            widths[place] = min(line[place].most, widths[place] + more)
        return widths

    def _place(self, line: list[_Part], widths: list[int], row: QRect) -> None:
        owner = self.parentWidget()
        direction = owner.layoutDirection() if owner else Qt.LayoutDirection.LeftToRight
        left = row.left()
        for part, width in zip(line, widths, strict=True):
            height = part.height(width)
            above = 0 if part.upper else (row.height() - height) // 2
            place_of = QRect(left, row.top() + above, width, height)
            part.item.setGeometry(QStyle.visualRect(direction, row, place_of))
            left += width + self.spacing()


@dataclass(frozen=True)
class _Part:
    """What a widget of the row asks for; sizes in pixels.

    Attributes:
        item: The widget's place in the layout.
        hint: As large as it likes.
        least: As small as it may be.
        most: As wide as it may be.
        begin: Width from which it grows, where it may and has said so; 0: as wide as it likes.
        grows: Whether it takes the room that its line has left.
        upper: Whether it stands at the top of its line.
        bends: Whether its height depends on its width.
    """

    item: QLayoutItem
    hint: QSize
    least: QSize
    most: int
    begin: int
    grows: bool
    upper: bool
    bends: bool

    def width(self, room: int) -> int:
        """As wide as it likes, where the row is that wide."""
        if self.begin:
            return min(self.begin, room)
        return max(min(self.hint.width(), room), min(self.least.width(), room))

    def height(self, width: int) -> int:
        """How high it is when it is that wide."""
        return self.item.heightForWidth(width) if self.bends else self.hint.height()


def _measure(item: QLayoutItem) -> _Part:
    widget = item.widget()
    grows = widget is not None and widget.sizePolicy().horizontalPolicy() in _GROWING
    return _Part(
        item,
        hint=item.sizeHint(),
        least=item.minimumSize(),
        most=item.maximumSize().width(),
        begin=widget.minimumWidth() if grows and widget is not None else 0,
        grows=grows,
        upper=bool(item.alignment() & Qt.AlignmentFlag.AlignTop),
        bends=item.hasHeightForWidth(),
    )
