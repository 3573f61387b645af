"""The soft shadow of what lies over a window's content."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from effnet_studio.gui.accessible import DECORATION
from effnet_studio.gui.theme import SPACE_2, SPACE_6

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

_BLUR: Final = SPACE_6
_DOWN: Final = SPACE_2
"""How far it reaches, and how much lower it lies, pixels."""
_STEP: Final = 2
_DARKEST: Final = 48
"""Opacity below the middle, of 255."""


class Shadow(QWidget):
    """Lies behind a widget of the same parent and goes where it goes.

    ``QGraphicsDropShadowEffect`` renders the widget apart, before which Qt lays out all that is
    hidden in the window: pages that were never shown, 0.3 s.

    Args:
        caster: What has the shadow; with corners as round as a card's.
    """

    accessible_role: ClassVar = DECORATION

    def __init__(self, caster: QWidget) -> None:
        super().__init__(caster.parentWidget())
        self.setObjectName(f"{caster.objectName()}_shadow")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._caster = caster
        caster.installEventFilter(self)
        self.setVisible(not caster.isHidden())

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind in {QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.ShowToParent}:
            around = self._caster.geometry().adjusted(-_BLUR, -_BLUR, _BLUR, _BLUR)
            self.setGeometry(around.translated(0, _DOWN))
        if kind in {QEvent.Type.ShowToParent, QEvent.Type.HideToParent}:
            self.setVisible(not self._caster.isHidden())
        if kind in {QEvent.Type.ShowToParent, QEvent.Type.ZOrderChange}:
            self.stackUnder(self._caster)
        return False

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        layers = _BLUR // _STEP
        # Each layer is darker than the one around it: together they fall off as a square.
        share = 2 * _DARKEST / (layers * (layers + 1))
        for layer in range(1, layers + 1):
            edge = _STEP * (layer - 1)
            painter.setBrush(QColor(0, 0, 0, round(share * layer)))
            place = QRectF(self.rect()).adjusted(edge, edge, -edge, -edge)
            painter.drawRoundedRect(place, _BLUR - edge + _DOWN, _BLUR - edge + _DOWN)
        painter.end()
