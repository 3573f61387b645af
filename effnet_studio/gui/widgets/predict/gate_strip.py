"""How far each squeeze-and-excitation block opens its channels, one strip for each block."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from effnet_studio.gui.models.model_stages import block_text
from effnet_studio.gui.text import percent_text
from effnet_studio.gui.widgets.predict.picked_rows import PickedRows

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


class GateStrip(PickedRows):
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
        super().__init__(theme, parent)
        self.setObjectName("gate_strip")
        self._gates: tuple[SEGate, ...] = ()
        self._rows: list[QImage] = []

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

    @override
    def describe(self, row: int) -> str:
        gate = self._gates[row]
        return self.tr(
            "{block}: {open} of {count} channels more than half open, {mean} on average"
        ).format(
            block=block_text(gate.title),
            open=int((gate.values > 0.5).sum()),
            count=len(gate.values),
            mean=percent_text(float(gate.values.mean()), 0),
        )

    @property
    @override
    def count(self) -> int:
        return len(self._gates)

    @property
    @override
    def pitch(self) -> int:
        least, most = _ROWS
        return min(max(_ROOM // max(1, len(self._gates)), least), most)

    @override
    def choose(self, row: int) -> None:
        self.block_chosen.emit(self._gates[row].title)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            for row, image in enumerate(self._rows):
                area = QRectF(_MARK, row * self.pitch + 1, self.width() - _MARK, self.pitch - 2)
                painter.drawImage(area, image)
                if row == self._current:
                    painter.fillRect(
                        QRectF(0, area.top(), _MARK - 3, area.height()),
                        self._theme.theme.color("accent" if self.hasFocus() else "text"),
                    )
