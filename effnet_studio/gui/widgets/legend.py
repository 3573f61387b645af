"""Names of the series beside a stroke of their colour."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget
from typing_extensions import override

from effnet_studio.gui.theme import SPACE_2, set_role

if TYPE_CHECKING:
    from PySide6.QtGui import QPen as Pen


class Swatch(QWidget):
    """A short stroke drawn like the curve it stands for."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pen = QPen(QColor("gray"))
        self._symbol = ""

    def set_pen(self, pen: Pen, *, symbol: str) -> None:
        """Draw like this from now on."""
        self._pen, self._symbol = QPen(pen), symbol
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(18, 12)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(self._pen)
            middle = self.height() / 2
            painter.drawLine(0, round(middle), self.width(), round(middle))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._pen.color())
            center = self.rect().toRectF().center()
            if self._symbol == "o":
                painter.drawEllipse(center, 3.0, 3.0)
            elif self._symbol == "s":
                painter.drawRect(QRectF(center.x() - 3, center.y() - 3, 6, 6))


class Legend(QWidget):
    """A row of swatches and names."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(6)
        self._layout.addStretch(1)
        self._swatches: dict[str, Swatch] = {}
        self._names: dict[str, QLabel] = {}

    def add(self, key: str) -> None:
        """Append an entry; its name and pen follow."""
        swatch, name = Swatch(self), QLabel(self)
        swatch.setFixedSize(swatch.sizeHint())
        set_role(name, "caption")
        at = self._layout.count() - 1
        self._layout.insertWidget(at, swatch)
        self._layout.insertWidget(at + 1, name)
        name.setContentsMargins(0, 0, SPACE_2, 0)
        self._swatches[key], self._names[key] = swatch, name

    def set_name(self, key: str, name: str) -> None:
        """Name an entry."""
        self._names[key].setText(name)

    def set_pen(self, key: str, pen: Pen, *, symbol: str) -> None:
        """Draw an entry's swatch with its curve's pen."""
        self._swatches[key].set_pen(pen, symbol=symbol)

    def set_shown(self, key: str, *, shown: bool) -> None:
        """Show or hide an entry, as for a series that has no points."""
        self._swatches[key].setVisible(shown)
        self._names[key].setVisible(shown)
