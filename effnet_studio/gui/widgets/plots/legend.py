"""Names of the series beside a stroke of their colour."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget
from typing_extensions import override

from effnet_studio.gui.accessible import DECORATION
from effnet_studio.gui.theme import SPACE_2, set_role
from effnet_studio.gui.widgets.flow_layout import FlowLayout
from effnet_studio.gui.widgets.label import Label

if TYPE_CHECKING:
    from PySide6.QtGui import QPen as Pen


class Swatch(QWidget):
    """A short stroke drawn like the curve it stands for."""

    accessible_role: ClassVar = DECORATION

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
            # A line of one pixel fills its row, else it would be two pale ones.
            middle = self.height() // 2 + (0.5 if self._pen.widthF() == 1 else 0)
            painter.drawLine(QPointF(0, middle), QPointF(self.width(), middle))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._pen.color())
            center = self.rect().toRectF().center()
            half = max(3.0, self._pen.widthF())
            if self._symbol == "o":
                painter.drawEllipse(center, half, half)
            elif self._symbol == "s":
                painter.drawRect(QRectF(center.x() - half, center.y() - half, 2 * half, 2 * half))


class Legend(QWidget):
    """Swatches and names, in as many lines as they need."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        FlowLayout(SPACE_2, self)
        self._entries: dict[str, QWidget] = {}
        self._swatches: dict[str, Swatch] = {}
        self._names: dict[str, QLabel] = {}

    def add(self, key: str) -> None:
        """Append an entry; its name and pen follow."""
        entry = QWidget(self)
        swatch, name = Swatch(entry), Label(entry)
        swatch.setFixedSize(swatch.sizeHint())
        set_role(name, "caption")
        row = QHBoxLayout(entry)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(swatch)
        row.addWidget(name)
        layout = self.layout()
        if layout is not None:
            layout.addWidget(entry)
        self._entries[key], self._swatches[key], self._names[key] = entry, swatch, name

    def set_name(self, key: str, name: str) -> None:
        """Name an entry."""
        self._names[key].setText(name)

    def set_pen(self, key: str, pen: Pen, *, symbol: str) -> None:
        """Draw an entry's swatch with its curve's pen."""
        self._swatches[key].set_pen(pen, symbol=symbol)

    def set_shown(self, key: str, *, shown: bool) -> None:
        """Show or hide an entry, as for a series that has no points."""
        self._entries[key].setVisible(shown)
