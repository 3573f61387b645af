"""The likeliest classes of two models for one image, class by class."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Final

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Slot
from PySide6.QtGui import QFont, QFontMetricsF, QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from effnet_studio.gui.accessible import PICTURE
from effnet_studio.gui.direction import draw_from_left
from effnet_studio.gui.text import list_text, percent_text
from effnet_studio.gui.widgets.row_paint import paint_share_bar

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from effnet_studio.engine.predict.answers import Prediction
    from effnet_studio.engine.predict.compare_models import ComparedImage
    from effnet_studio.gui.theme import ThemeManager

SIDES: Final = ("A", "B")
"""What the two models are called where there is no room for their names."""
TONES: Final = ("train", "validation")
"""Their colours, roles of the theme that differ for colour-blind people too."""

_TITLE: Final = 20
_LINE: Final = 17
_GAP: Final = 10
_ROW: Final = _TITLE + 2 * _LINE + _GAP
_BAR: Final = 7
_LETTER: Final = 18
_FIGURE: Final = 62
_MOST: Final = 3


@dataclass(frozen=True)
class BarRow:
    """One class.

    Attributes:
        label: Its name.
        shares: What each model gives it, in [0, 1]; None where the model does not know it.
    """

    label: str
    shares: tuple[float | None, float | None]


def bar_rows(image: ComparedImage, most: int = _MOST) -> list[BarRow]:
    """The classes that either model finds likeliest, the likeliest first.

    Args:
        image: What both say.
        most: How many at most.
    """
    sides = (image.first, image.second)
    labels = dict.fromkeys(answer.label for side in sides for answer in side.top(most))
    rows = [
        BarRow(name, (_share(image.first, name), _share(image.second, name))) for name in labels
    ]
    rows.sort(key=lambda row: -max(share or 0.0 for share in row.shares))
    return rows[:most]


def _share(prediction: Prediction, label: str) -> float | None:
    if label not in prediction.classes:
        return None
    return float(prediction.probabilities[prediction.classes.index(label)])


class ComparisonBars(QWidget):
    """For each class its name, and below it one bar a model.

    Args:
        theme: Colours.
        parent: Qt's owner.
    """

    accessible_role: ClassVar = PICTURE

    def __init__(self, theme: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        draw_from_left(self)
        self.setObjectName("comparison_bars")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._theme = theme
        self._rows: list[BarRow] = []
        theme.changed.connect(self._on_theme_changed)

    def set_image(self, image: ComparedImage | None) -> None:
        """Show what both say of another image."""
        self._rows = bar_rows(image) if image is not None else []
        self._retranslate()
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(220, max(0, _ROW * len(self._rows) - _GAP))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(120, self.sizeHint().height())

    @Slot()
    def _on_theme_changed(self) -> None:
        self.update()

    def _retranslate(self) -> None:
        spoken = []
        for row in self._rows:
            figures = [f"{side} {self._figure(row.shares[n])}" for n, side in enumerate(SIDES)]
            spoken.append(f"{row.label}: {list_text(figures)}")
        self.setAccessibleName("; ".join(spoken))

    def _figure(self, share: float | None) -> str:
        return percent_text(share) if share is not None else self.tr("unknown")

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for number, row in enumerate(self._rows):
            self._paint_row(painter, number * _ROW, row)
        painter.end()

    def _paint_row(self, painter: QPainter, top: int, row: BarRow) -> None:
        theme = self._theme.theme
        best = [max(each.shares[side] or 0.0 for each in self._rows) for side in (0, 1)]
        font = QFont(self.font())
        chosen = any((row.shares[side] or 0.0) == best[side] for side in (0, 1))
        font.setWeight(QFont.Weight.DemiBold if chosen else QFont.Weight.Normal)
        painter.setFont(font)
        painter.setPen(theme.color("text" if chosen else "muted"))
        name = QFontMetricsF(font).elidedText(row.label, Qt.TextElideMode.ElideRight, self.width())
        painter.drawText(QRectF(0, top, self.width(), _TITLE), Qt.AlignmentFlag.AlignVCenter, name)
        font.setPixelSize(12)
        for side, share in enumerate(row.shares):
            font.setWeight(
                QFont.Weight.DemiBold if (share or 0.0) == best[side] else QFont.Weight.Normal
            )
            painter.setFont(font)
            self._paint_bar(painter, top + _TITLE + side * _LINE, side, share)

    def _paint_bar(self, painter: QPainter, top: int, side: int, share: float | None) -> None:
        theme = self._theme.theme
        line = QRectF(0, top, self.width(), _LINE)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setPen(theme.color("muted"))
        painter.drawText(line, Qt.AlignmentFlag.AlignLeft | middle, SIDES[side])
        painter.drawText(line, Qt.AlignmentFlag.AlignRight | middle, self._figure(share))
        track = QRectF(_LETTER, top + (_LINE - _BAR) / 2, self.width() - _LETTER - _FIGURE, _BAR)
        paint_share_bar(painter, track, share, TONES[side], theme)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
            self.update()
