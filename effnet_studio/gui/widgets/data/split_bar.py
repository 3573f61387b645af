"""How the pictures are divided: one bar, and a legend with numbers and shares."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Slot
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget
from typing_extensions import override

from effnet_studio.gui.accessible import DECORATION
from effnet_studio.gui.direction import draw_from_left
from effnet_studio.gui.names import named
from effnet_studio.gui.text import count_text, percent_text
from effnet_studio.gui.theme import SPACE_1, SPACE_2, SPACE_3, set_role
from effnet_studio.gui.widgets.data.class_list import paint_split
from effnet_studio.gui.widgets.help_mark import HelpMark, help_row
from effnet_studio.gui.widgets.label import Label

if TYPE_CHECKING:
    from effnet_studio.gui.theme import ThemeManager


class _Bar(QWidget):
    """The bar alone."""

    accessible_role: ClassVar = DECORATION

    def __init__(self, theme: ThemeManager, parent: QWidget) -> None:
        super().__init__(parent)
        draw_from_left(self)
        self._theme = theme
        self.parts = (0, 0, 0)
        self.setFixedHeight(10)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_split(painter, QRectF(self.rect()), self.parts, sum(self.parts), self._theme.theme)
        painter.end()

    @override
    def sizeHint(self) -> QSize:
        return QSize(200, 10)


class SplitBar(QWidget):
    """Training, validation and test pictures.

    Args:
        theme: Gives the colours.
        parent: Qt's owner.
    """

    def __init__(self, theme: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("split_bar")
        self._theme = theme
        self._bar = _Bar(theme, self)
        self._dots: list[QLabel] = []
        self._names: list[QLabel] = []
        self._counts: list[QLabel] = []
        grid = QGridLayout()
        grid.setHorizontalSpacing(SPACE_2)
        grid.setVerticalSpacing(SPACE_1)
        grid.setColumnStretch(1, 1)
        for row, part in enumerate(("train", "val", "test")):
            dot, name = Label(self), Label(self)
            count = named(Label(self), f"split_{part}")
            set_role(name, "muted")
            count.setAlignment(Qt.AlignmentFlag.AlignRight)
            grid.addWidget(dot, row, 0)
            if part == "val":
                mark = HelpMark("concept-validation", theme, self)
                grid.addLayout(help_row(name, mark), row, 1)
            else:
                grid.addWidget(name, row, 1)
            grid.addWidget(count, row, 2)
            self._dots.append(dot)
            self._names.append(name)
            self._counts.append(count)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE_3)
        layout.addWidget(self._bar)
        layout.addLayout(grid)
        theme.changed.connect(self._paint_dots)
        self._paint_dots()
        self._retranslate()

    def set_parts(self, train: int, val: int, test: int) -> None:
        """Show these numbers of images; a test part is listed only where there is one."""
        parts = (train, val, test)
        self._bar.parts = parts
        whole = sum(parts)
        for count, label in zip(parts, self._counts, strict=True):
            share = percent_text(count / whole, 0) if whole else ""
            label.setText(f"{count_text(count)} · {share}")
        for label in (self._dots[2], self._names[2], self._counts[2]):
            label.setVisible(parts[2] > 0)
        self._bar.update()

    @Slot()
    def _paint_dots(self) -> None:
        theme = self._theme.theme
        for dot, color in zip(self._dots, (theme.train, theme.validation, theme.test), strict=True):
            ratio = self.devicePixelRatioF()
            picture = QPixmap(QSize(10, 10) * ratio)
            picture.setDevicePixelRatio(ratio)
            picture.fill(Qt.GlobalColor.transparent)
            painter = QPainter(picture)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(color))
            painter.drawEllipse(QRectF(1, 1, 8, 8))
            painter.end()
            dot.setPixmap(picture)

    def _retranslate(self) -> None:
        texts = (self.tr("Training"), self.tr("Validation"), self.tr("Test"))
        for name, text in zip(self._names, texts, strict=True):
            name.setText(text)
        self._names[0].setToolTip(self.tr("Images the model learns from."))
        self._names[1].setToolTip(
            self.tr("Images the model never learns from; they show how good it is.")
        )
        self._names[2].setToolTip(self.tr("Images kept apart for a last, independent check."))

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
