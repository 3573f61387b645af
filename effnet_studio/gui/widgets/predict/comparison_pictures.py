"""One image as two models see it: maps side by side, zoomed together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from effnet_studio.engine.explain.overlay import blend
from effnet_studio.gui.errors import ErrorPanel
from effnet_studio.gui.names import named
from effnet_studio.gui.text import answer_text, percent_text
from effnet_studio.gui.theme import SPACE_1, SPACE_2, SPACE_3, SPACE_4, set_role
from effnet_studio.gui.widgets.elided_label import ElidedLabel
from effnet_studio.gui.widgets.image_view import ImageView
from effnet_studio.gui.widgets.label import Label
from effnet_studio.gui.widgets.predict.comparison_bars import SIDES
from effnet_studio.gui.widgets.predict.linked_views import LinkedViews

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QResizeEvent

    from effnet_studio.engine.errors import StudioError
    from effnet_studio.engine.predict.compare_models import ComparedImage
    from effnet_studio.gui.models.explanations import Shown
    from effnet_studio.gui.theme import ThemeManager

_ROOMY = 400
"""Pixels in which answer and name of a model stand beside each other."""
_LINE = 32
"""Pixels above a picture for a line of text."""


class _Column:
    """What belongs to one of the two models."""

    def __init__(self, side: int, parent: QWidget) -> None:
        self.name = named(Label(parent), f"compared_model_{side}")
        self.name.setTextFormat(Qt.TextFormat.PlainText)
        self.name.setWordWrap(True)  # its end, the time, tells two of the same kind apart
        set_role(self.name, "muted")
        self.view = named(ImageView(parent), f"compared_view_{side}")
        self.answer = ElidedLabel(f"compared_answer_{side}", parent)
        set_role(self.answer, "strong")

        self._head = QVBoxLayout()
        self._head.setSpacing(SPACE_1)
        for widget in (self.answer, self.name):
            self._head.addWidget(widget, 1)

    def layout(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(SPACE_2)
        column.addLayout(self._head)
        column.addWidget(self.view, 1)
        return column

    def set_wide(self, wide: bool) -> None:  # noqa: FBT001 - a setter
        """Let answer and name share a line where there is room."""
        direction = QBoxLayout.Direction
        self._head.setDirection(direction.LeftToRight if wide else direction.TopToBottom)
        side = Qt.AlignmentFlag.AlignRight if wide else Qt.AlignmentFlag.AlignLeft
        self.name.setAlignment(side | Qt.AlignmentFlag.AlignVCenter)


class ComparisonPictures(QFrame):
    """A card: the image's name, and for each model its name, its answer and its map.

    Args:
        theme: Colours and icons.
        parent: Qt's owner.
    """

    maps_asked = Signal()
    """The user wants maps that take some seconds."""

    def __init__(self, theme: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("comparison_pictures")
        set_role(self, "card")
        self._models: Callable[[], tuple[str, str]] = lambda: ("", "")
        self._item_name = ""
        self._image: ComparedImage | None = None
        self._mapped = self._working = False
        self._title = ElidedLabel("compared_name", self)
        set_role(self._title, "strong")
        self._maps = named(QPushButton(self), "compared_maps")
        theme.set_icon(self._maps, "target", size=16)
        self._error = named(ErrorPanel(theme, self), "comparison_error")
        self._columns = (_Column(0, self), _Column(1, self))
        LinkedViews([column.view for column in self._columns], self)
        self._note = named(Label(self), "compared_note")
        set_role(self._note, "caption")
        self._note.setWordWrap(True)
        self._build_ui()
        self._maps.clicked.connect(self.maps_asked)
        self._retranslate()

    def _build_ui(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self._maps)
        self._pair = QHBoxLayout()
        self._pair.setSpacing(SPACE_4)
        for column in self._columns:
            self._pair.addLayout(column.layout(), 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE_3, SPACE_3, SPACE_3, SPACE_3)
        layout.setSpacing(SPACE_2)
        layout.addLayout(head)
        layout.addWidget(self._error)
        layout.addLayout(self._pair, 1)
        layout.addWidget(self._note)

    def set_models(self, names: Callable[[], tuple[str, str]]) -> None:
        """Name the models.

        Args:
            names: Gives both names in the window's language, whichever that is when they are shown.
        """
        self._models = names
        self._retranslate()

    def set_image(self, name: str, image: ComparedImage | None) -> None:
        """Show another image's answers; its pictures follow by :meth:`set_shown`."""
        self._item_name, self._image = name, image
        self._error.clear()
        for column in self._columns:
            column.view.set_image(None)
        self.set_maps(offered=False, working=False, mapped=False)

    def set_maps(self, *, offered: bool, working: bool, mapped: bool) -> None:
        """Say where the maps stand.

        Args:
            offered: They take some seconds, so the user is to ask for them.
            working: They are being made.
            mapped: They are on view.
        """
        self._working, self._mapped = working, mapped
        self._maps.setVisible(offered or working)
        self._maps.setEnabled(not working)
        self._retranslate()

    def set_shown(self, shown: tuple[Shown, Shown]) -> None:
        """Show what each model saw, with its map if there is one."""
        self._error.clear()
        for column, each in zip(self._columns, shown, strict=True):
            picture = each.picture
            if each.heatmap is not None:
                picture = blend(picture, each.heatmap, opacity=0.55)
            column.view.set_image(picture, keep_view=True)

    def show_error(self, error: StudioError) -> None:
        """Say why there are no pictures."""
        self._error.show_error(error)

    def _retranslate(self) -> None:
        self._title.set_whole(self._item_name)
        image = self._image
        answers = (image.first, image.second) if image is not None else (None, None)
        for side, (column, model, answer) in enumerate(
            zip(self._columns, self._models(), answers, strict=True)
        ):
            column.name.setText(f"{SIDES[side]} · {model}" if model else "")
            said = ""
            if answer is not None:
                best = answer.best
                label = answer_text(best.label, rejected=answer.rejected)
                said = f"{label} · {percent_text(best.probability)}"
            column.answer.set_whole(said)
            column.view.setAccessibleName(self.tr("What model {side} saw").format(side=SIDES[side]))
        self._maps.setText(
            self.tr("Looking…") if self._working else self.tr("Show where they looked")
        )
        self._maps.setAccessibleName(self._maps.text())
        self._maps.setToolTip(
            self.tr("Covers one place of the image after the other; takes some seconds")
        )
        self._note.setText(
            self.tr("Bright: what the answer of this model depends on.") if self._mapped else ""
        )
        self._note.setVisible(self._mapped)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the pictures where they are larger: beside each other, or one above the other."""
        super().resizeEvent(event)
        beside = min(self.width() / 2, self.height() - 2 * _LINE)
        above = min(self.width(), self.height() / 2 - _LINE)
        direction = QBoxLayout.Direction
        self._pair.setDirection(direction.LeftToRight if beside >= above else direction.TopToBottom)
        for column in self._columns:
            column.set_wide(beside < above and self.width() >= _ROOMY)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
