"""How far each squeeze-and-excitation block opens its channels, one strip for each block."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QHelpEvent, QImage, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget
from typing_extensions import override

from effnet_studio.gui.text import percent_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPaintEvent

    from effnet_studio.engine.explain.squeeze_excitation import SEGate
    from effnet_studio.gui.theme import ThemeManager

_ROWS = (6, 14)
"""Lowest and highest row, pixels."""
_ROOM = 136
"""Pixels within which the rows stay where they can: those of deep networks are lower."""
_MARK = 7
"""Width of the mark before the chosen row with the gap behind it, pixels."""


class GateStrip(QWidget):
    """Rows are blocks from input to output, columns their channels sorted from shut to open.

    Sorting makes strips of 32 and of 1,152 channels comparable: a strip that is bright for a third
    of its width lets a third of its channels through. A click chooses the block for the overlay.

    Args:
        theme: Colours.
        parent: Qt's owner.
    """

    block_chosen = Signal(str)
    """Title of the block."""

    def __init__(self, theme: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("gate_strip")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._theme = theme
        self._gates: tuple[SEGate, ...] = ()
        self._rows: list[QImage] = []
        self._current = -1
        theme.changed.connect(self._on_theme_changed)

    def set_gates(self, gates: Sequence[SEGate], block: str) -> None:
        """Show other gates.

        Args:
            gates: In forward order.
            block: Dotted name of the one that the overlay shows.
        """
        from effnet_studio.engine.explain.overlay import colorize

        self._gates = tuple(gates)
        self._rows = []
        for gate in self._gates:
            pixels = np.ascontiguousarray(colorize(np.sort(gate.values)[None], "viridis"))
            width = pixels.shape[1]
            image = QImage(pixels.data, width, 1, 3 * width, QImage.Format.Format_RGB888)
            self._rows.append(image.copy())  # the pixels belong to this function
        self.setAccessibleName(self.tr("Channel gates"))
        self.updateGeometry()
        self.set_current(block)

    def set_current(self, block: str) -> None:
        """Mark the block on view.

        Args:
            block: Its dotted name.
        """
        names = [gate.name for gate in self._gates]
        self._current = names.index(block) if block in names else -1
        self.update()

    def describe(self, row: int) -> str:
        """One sentence on a block."""
        gate = self._gates[row]
        return self.tr(
            "{block}: {open} of {count} channels more than half open, {mean} on average"
        ).format(
            block=gate.title,
            open=int((gate.values > 0.5).sum()),
            count=len(gate.values),
            mean=percent_text(float(gate.values.mean()), 0),
        )

    @override
    def sizeHint(self) -> QSize:
        return QSize(200, self._pitch * len(self._gates))

    @property
    def _pitch(self) -> int:
        """From one row to the next, pixels."""
        least, most = _ROWS
        return min(max(_ROOM // max(1, len(self._gates)), least), most)

    @Slot()
    def _on_theme_changed(self) -> None:
        self.update()

    def _row_at(self, point: QPoint) -> int:
        row = point.y() // self._pitch
        return row if 0 <= row < len(self._gates) else -1

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            row = self._row_at(event.pos())
            if row >= 0:
                QToolTip.showText(event.globalPos(), self.describe(row), self)
            return True
        return super().event(event)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._choose(self._row_at(event.position().toPoint()))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self._choose(min(max(self._current + step, 0), len(self._gates) - 1))

    def _choose(self, row: int) -> None:
        if row >= 0 and row != self._current:
            self._current = row
            self.setAccessibleDescription(self.describe(row))
            self.update()
            self.block_chosen.emit(self._gates[row].title)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        for row, image in enumerate(self._rows):
            area = QRectF(_MARK, row * self._pitch + 1, self.width() - _MARK, self._pitch - 2)
            painter.drawImage(area, image)
            if row == self._current:
                painter.fillRect(
                    QRectF(0, area.top(), _MARK - 3, area.height()),
                    self._theme.theme.color("accent" if self.hasFocus() else "text"),
                )
