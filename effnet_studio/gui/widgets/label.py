"""A label whose height in a given width is worked out once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QLabel
from typing_extensions import override

if TYPE_CHECKING:
    from PySide6.QtCore import QEvent, Qt
    from PySide6.QtGui import QImage, QPixmap


class Label(QLabel):
    """Remembers how high its text is in each width, as long as nothing about it changes.

    Layouts in layouts ask the same again and again: a page that is shown asks its labels 3,000
    times for 300 heights, and Qt shapes the text anew for each, in up to two thirds of the time
    that showing a page takes (``tests/benchmarks/bench_labels.py``).

    Args:
        arguments: As for ``QLabel``.
    """

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self._heights: dict[int, int] = {}

    @override
    def heightForWidth(self, width: int) -> int:
        width = max(width, self.minimumWidth())  # as Qt does, which tells of no change of it
        height = self._heights.get(width)
        if height is None:
            height = self._heights[width] = super().heightForWidth(width)
        return height

    # What changes the height beside the events below: no event tells of it.

    @override
    def setText(self, text: str) -> None:
        self._heights.clear()
        super().setText(text)

    @override
    def setPixmap(self, pixmap: QPixmap | QImage) -> None:
        self._heights.clear()
        super().setPixmap(pixmap)

    @override
    def clear(self) -> None:
        self._heights.clear()
        super().clear()

    @override
    def setTextFormat(self, text_format: Qt.TextFormat) -> None:
        self._heights.clear()
        super().setTextFormat(text_format)

    @override
    def setTextInteractionFlags(self, flags: Qt.TextInteractionFlag) -> None:
        self._heights.clear()
        super().setTextInteractionFlags(flags)

    @override
    def setWordWrap(self, on: bool) -> None:
        self._heights.clear()
        super().setWordWrap(on)

    @override
    def setIndent(self, indent: int) -> None:
        self._heights.clear()
        super().setIndent(indent)

    @override
    def setMargin(self, margin: int) -> None:
        self._heights.clear()
        super().setMargin(margin)

    @override
    def changeEvent(self, event: QEvent) -> None:
        self._heights.clear()  # another font, style or margins
        super().changeEvent(event)
