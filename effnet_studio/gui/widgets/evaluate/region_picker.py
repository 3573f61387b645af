"""A picture on which a box is drawn with the mouse, and its four numbers for the keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPixmap
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget
from typing_extensions import override

from effnet_studio.engine.explain.regions import Box
from effnet_studio.gui.accessible import PICTURE
from effnet_studio.gui.direction import draw_from_left
from effnet_studio.gui.names import named
from effnet_studio.gui.theme import SPACE_1, SPACE_2, SPACE_3, ThemeManager, set_role
from effnet_studio.gui.widgets.calm_spin import CalmSpin
from effnet_studio.gui.widgets.image_view import to_qimage
from effnet_studio.gui.widgets.label import Label

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPaintEvent

MIDDLE: Final = Box(0.25, 0.25, 0.5, 0.5)
"""The box one begins with: where the thing itself mostly is."""

_LEAST: Final = 0.02
"""Side of the smallest box, in shares of the picture."""

_STEP: Final = 0.02
_MOVES: Final = {
    Qt.Key.Key_Left: (-_STEP, 0.0),
    Qt.Key.Key_Right: (_STEP, 0.0),
    Qt.Key.Key_Up: (0.0, -_STEP),
    Qt.Key.Key_Down: (0.0, _STEP),
}
"""How far a key moves the box to the right and down, in shares of the picture."""


class RegionPicture(QWidget):
    """The picture and the box on it.

    Args:
        parent: Qt's owner.
    """

    accessible_role: ClassVar = PICTURE

    box_drawn = Signal(object)
    """A :class:`~effnet_studio.engine.explain.regions.Box`, in shares of the picture."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        draw_from_left(self)
        self.setObjectName("region_picture")
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._pixmap = QPixmap()
        self._box = MIDDLE
        self._start: QPointF | None = None

    @property
    def box(self) -> Box:
        """The box, in shares of the picture."""
        return self._box

    def set_picture(self, pixels: NDArray[np.uint8] | None) -> None:
        """Show another picture.

        Args:
            pixels: RGB, uint8, square; None: nothing.
        """
        self._pixmap = QPixmap() if pixels is None else QPixmap.fromImage(to_qimage(pixels))
        self.update()

    def set_box(self, box: Box) -> None:
        """Show another box."""
        self._box = box
        self.update()

    def _square(self) -> QRectF:
        side = min(self.width(), self.height())
        return QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side)

    def box_on_screen(self) -> QRectF:
        """Where the box is drawn, in the widget's pixels."""
        square, box = self._square(), self._box
        return QRectF(
            square.left() + box.x * square.width(),
            square.top() + box.y * square.height(),
            box.width * square.width(),
            box.height * square.height(),
        )

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHints(
                QPainter.RenderHint.SmoothPixmapTransform | QPainter.RenderHint.Antialiasing
            )
            square = self._square()
            if self._pixmap.isNull():
                return
            painter.drawPixmap(square, self._pixmap, QRectF(self._pixmap.rect()))
            box = self.box_on_screen()
            outside = QPainterPath()
            outside.addRect(square)
            inside = QPainterPath()
            inside.addRect(box)
            painter.fillPath(outside - inside, QColor(0, 0, 0, 90))
            # White upon black: to be seen on any picture, in either theme; within the box, which
            # may lie at the picture's edge.
            wider = 2 if self.hasFocus() else 0
            inset = min((4 + wider) / 2, box.width() / 2, box.height() / 2)
            frame = box.adjusted(inset, inset, -inset, -inset)
            for color, width in (
                (QColor(0, 0, 0, 200), 4 + wider),
                (QColor(255, 255, 255), 2 + wider),
            ):
                pen = QPen(color, width)
                pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
                painter.setPen(pen)
                painter.drawRect(frame)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._start = self._share_at(event.position())

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._start is None:
            return
        end = self._share_at(event.position())
        left, right = sorted((self._start.x(), end.x()))
        top, bottom = sorted((self._start.y(), end.y()))
        if right - left >= _LEAST and bottom - top >= _LEAST:
            self.set_box(Box(left, top, right - left, bottom - top))

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._start is not None:
            self._start = None
            self.box_drawn.emit(self._box)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrow keys move the box; with Shift they make it wider, narrower, taller or flatter."""
        step = _MOVES.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        box, (right, down) = self._box, step
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            width = min(max(box.width + right, _LEAST), 1 - box.x)
            height = min(max(box.height + down, _LEAST), 1 - box.y)
            self.set_box(Box(box.x, box.y, width, height))
        else:
            x = min(max(box.x + right, 0.0), 1 - box.width)
            y = min(max(box.y + down, 0.0), 1 - box.height)
            self.set_box(Box(x, y, box.width, box.height))
        self.box_drawn.emit(self._box)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def _share_at(self, point: QPointF) -> QPointF:
        square = self._square()
        x = (point.x() - square.left()) / max(1.0, square.width())
        y = (point.y() - square.top()) / max(1.0, square.height())
        return QPointF(min(max(x, 0.0), 1.0), min(max(y, 0.0), 1.0))

    @override
    def sizeHint(self) -> QSize:
        return QSize(220, 220)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(120, 120)


class RegionPicker(QWidget):
    """Picture, box, and the box's left, top, width and height in per cent.

    Args:
        theme: Colours.
        parent: Qt's owner.
    """

    box_changed = Signal(object)
    """A :class:`~effnet_studio.engine.explain.regions.Box`, in shares of the picture."""

    def __init__(self, theme: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("region_picker")
        self._theme = theme
        self.picture = RegionPicture(self)
        names = ("region_left", "region_top", "region_width", "region_height")
        self._spins = [CalmSpin(name, self) for name in names]
        self._labels = [named(Label(self), f"{name}_label") for name in names]
        for spin, least in zip(self._spins, (0, 0, 2, 2), strict=True):
            spin.setRange(least, 100)
            spin.setSuffix(" %")
        self._build_ui()
        self._show_numbers()
        self.picture.box_drawn.connect(self._on_drawn)
        for spin in self._spins:
            spin.valueChanged.connect(self._on_typed)
        self._retranslate()

    def _build_ui(self) -> None:
        fields = QGridLayout()
        fields.setHorizontalSpacing(SPACE_2)
        fields.setVerticalSpacing(SPACE_1)
        for column, (label, spin) in enumerate(zip(self._labels, self._spins, strict=True)):
            set_role(label, "caption")
            label.setBuddy(spin)
            fields.addWidget(label, 0, column)
            fields.addWidget(spin, 1, column)
        column_ = QVBoxLayout(self)
        column_.setContentsMargins(0, 0, 0, 0)
        column_.setSpacing(SPACE_3)
        column_.addWidget(self.picture, 1)
        column_.addLayout(fields)

    @property
    def box(self) -> Box:
        """The box, in shares of the picture."""
        return self.picture.box

    def set_box(self, box: Box) -> None:
        """Show another box; nothing is emitted."""
        self.picture.set_box(box)
        self._show_numbers()

    @Slot(object)
    def _on_drawn(self, box: Box) -> None:
        self._show_numbers()
        self.box_changed.emit(box)

    @Slot()
    def _on_typed(self) -> None:
        left, top, width, height = (spin.value() / 100 for spin in self._spins)
        left, top = min(left, 1 - _LEAST), min(top, 1 - _LEAST)
        box = Box(left, top, min(width, 1 - left), min(height, 1 - top))
        self.picture.set_box(box)
        self.box_changed.emit(box)

    def _show_numbers(self) -> None:
        box = self.picture.box
        for spin, share in zip(self._spins, (box.x, box.y, box.width, box.height), strict=True):
            spin.blockSignals(True)
            spin.setValue(round(100 * share))
            spin.blockSignals(False)

    def _retranslate(self) -> None:
        texts = (self.tr("Left"), self.tr("Top"), self.tr("Width"), self.tr("Height"))
        for label, spin, text in zip(self._labels, self._spins, texts, strict=True):
            label.setText(text)
            spin.setAccessibleName(self.tr("{side} of the box, per cent").format(side=text))
        self.picture.setAccessibleName(self.tr("Mean image of the class, with the box"))
        self.picture.setToolTip(
            self.tr("Draw a box with the mouse, or move it with the arrow keys")
        )

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
