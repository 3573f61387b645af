"""The likeliest classes of one image as bars."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Slot
from PySide6.QtGui import QFont, QFontMetricsF, QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from effnet_studio.gui.accessible import PICTURE
from effnet_studio.gui.direction import draw_from_left
from effnet_studio.gui.text import list_text, percent_text
from effnet_studio.gui.widgets.row_paint import paint_share_bar

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPaintEvent

    from effnet_studio.engine.predict.answers import Answer
    from effnet_studio.gui.theme import ThemeManager

_ROW = 44
_BAR = 8


class TopKBars(QWidget):
    """One row for each answer: name, percentage, bar; the first stands out.

    Args:
        theme: Colours.
        parent: Qt's owner.
    """

    accessible_role: ClassVar = PICTURE

    def __init__(self, theme: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        draw_from_left(self)
        self.setObjectName("top_k_bars")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._theme = theme
        self._answers: tuple[Answer, ...] = ()
        theme.changed.connect(self._on_theme_changed)
        self._tell()

    def set_answers(self, answers: Sequence[Answer]) -> None:
        """Show other answers, likeliest first."""
        self._answers = tuple(answers)
        self._tell()
        self.updateGeometry()
        self.update()

    def _tell(self) -> None:
        said = [f"{each.label} {percent_text(each.probability)}" for each in self._answers]
        self.setAccessibleName(list_text(said) if said else self.tr("No answer yet"))

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._tell()

    @override
    def sizeHint(self) -> QSize:
        return QSize(220, _ROW * len(self._answers))

    @Slot()
    def _on_theme_changed(self) -> None:
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for row, answer in enumerate(self._answers):
                self._paint_row(painter, row, answer)

    def _paint_row(self, painter: QPainter, row: int, answer: Answer) -> None:
        theme = self._theme.theme
        font = QFont(self.font())
        font.setWeight(QFont.Weight.DemiBold if row == 0 else QFont.Weight.Normal)
        painter.setFont(font)
        metrics = QFontMetricsF(font)
        percentage = percent_text(answer.probability)
        figure = metrics.horizontalAdvance(percentage)
        top = row * _ROW
        line = QRectF(0, top, self.width(), _ROW - _BAR - 10)
        painter.setPen(theme.color("text" if row == 0 else "muted"))
        name = metrics.elidedText(
            answer.label, Qt.TextElideMode.ElideRight, self.width() - figure - 12
        )
        below = Qt.AlignmentFlag.AlignBottom
        painter.drawText(line, Qt.AlignmentFlag.AlignLeft | below, name)
        painter.drawText(line, Qt.AlignmentFlag.AlignRight | below, percentage)
        track = QRectF(0, line.bottom() + 4, self.width(), _BAR)
        tone = "accent" if row == 0 else "faint"
        paint_share_bar(painter, track, answer.probability, tone, theme)
