"""What the colours of a heat map mean: a strip from little to much."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import numpy as np
from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Slot
from PySide6.QtGui import QFontMetricsF, QImage, QPainter, QPainterPath
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from effnet_studio.engine.explain.overlay import color_table
from effnet_studio.gui.accessible import PICTURE
from effnet_studio.gui.direction import draw_from_left

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

from effnet_studio.gui.theme import ThemeManager

_STRIP = 8


class ColorScale(QWidget):
    """The colours of a map, with a word at each end.

    Args:
        theme: Colour of the words.
        parent: Qt's owner.
    """

    accessible_role: ClassVar = PICTURE

    def __init__(self, theme: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        draw_from_left(self)
        self.setObjectName("color_scale")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._theme = theme
        self._strip = QImage()
        theme.changed.connect(self._on_theme_changed)
        self._retranslate()

    def set_colormap(self, name: str) -> None:
        """Show another map.

        Args:
            name: One of the engine's colour maps.
        """
        colors = np.ascontiguousarray(color_table(name)[None])
        width = colors.shape[1]
        strip = QImage(colors.data, width, 1, 3 * width, QImage.Format.Format_RGB888)
        self._strip = strip.copy()  # the pixels belong to this function
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(160, round(QFontMetricsF(self.font()).height()) + _STRIP + 4)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            area = QRectF(0, 0, self.width(), _STRIP)
            shape = QPainterPath()
            shape.addRoundedRect(area, _STRIP / 2, _STRIP / 2)
            painter.save()
            painter.setClipPath(shape)
            painter.drawImage(area, self._strip)
            painter.restore()
            font = painter.font()
            font.setPixelSize(12)
            painter.setFont(font)
            painter.setPen(self._theme.theme.color("muted"))
            words = QRectF(0, _STRIP + 4, self.width(), self.height() - _STRIP - 4)
            painter.drawText(words, Qt.AlignmentFlag.AlignLeft, self.tr("little"))
            painter.drawText(words, Qt.AlignmentFlag.AlignRight, self.tr("much"))

    @Slot()
    def _on_theme_changed(self) -> None:
        self.update()

    def _retranslate(self) -> None:
        meaning = self.tr("Heat map: from what mattered little to what mattered much")
        self.setAccessibleName(meaning)
        self.setToolTip(meaning)
        self.update()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
