"""A card with one large figure and what it means."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from effnet_studio.gui.names import named
from effnet_studio.gui.theme import SPACE_1, SPACE_2, SPACE_3, SPACE_4, set_role, set_tone
from effnet_studio.gui.widgets.elided_label import ElidedLabel
from effnet_studio.gui.widgets.label import Label

if TYPE_CHECKING:
    from collections.abc import Iterable


class FigureCard(QFrame):
    """Caption above, figure below, a caution beside it.

    Args:
        name: Object name; the figure's label is ``NAME_figure``.
        below: Whether the note stands below the figure, as in narrow cards.
        elided: Whether a long caption is shortened rather than that it widens the card.
        parent: Qt's owner.
    """

    def __init__(
        self,
        name: str,
        parent: QWidget | None = None,
        *,
        below: bool = False,
        elided: bool = False,
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        set_role(self, "card")
        self._head = named(Label(self), f"{name}_head")
        set_role(self._head, "caption")
        self._head.hide()
        self._caption = ElidedLabel(f"{name}_caption", self) if elided else Label(self)
        set_role(self._caption, "caption")
        self._figure = named(Label(self), f"{name}_figure")
        set_role(self._figure, "figure")
        self._note = named(Label(self), f"{name}_note")
        set_role(self._note, "caption")
        self._note.setWordWrap(below)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_4, SPACE_3, SPACE_4, SPACE_3)
        column.setSpacing(SPACE_1)
        lower = QVBoxLayout() if below else QHBoxLayout()
        lower.setSpacing(SPACE_1 if below else SPACE_2)
        lower.addWidget(self._figure)
        side = Qt.AlignmentFlag.AlignTop if below else Qt.AlignmentFlag.AlignBottom
        lower.addWidget(self._note, 1, side)
        column.addWidget(self._head)
        column.addWidget(self._caption)
        column.addLayout(lower)

    @property
    def caption_width(self) -> int:
        """Width that a caption needs in one line, with what is around it."""
        edges = self.contentsMargins().left() + self.contentsMargins().right() + 2 * SPACE_4
        return self._caption.fontMetrics().horizontalAdvance(self._caption.text()) + edges

    def set_caption_lines(self, lines: int) -> None:
        """Let the caption break, with room for so many lines, which makes figures stand level.

        Args:
            lines: 1: it does not break.
        """
        self._caption.setWordWrap(lines > 1)
        self._caption.setMinimumHeight(lines * self._caption.fontMetrics().lineSpacing())

    def set_texts(
        self,
        caption: str,
        figure: str,
        hint: str = "",
        *,
        note: str = "",
        note_tone: str = "warning",
        head: str = "",
    ) -> None:
        """Set all texts.

        Args:
            caption: What the figure is.
            figure: The figure, as people write it.
            hint: Tool-tip.
            note: A caution or comparison beside the figure.
            note_tone: Colour of the note by meaning, as in
                :func:`~effnet_studio.gui.theme.set_tone`.
            head: A line above the caption, which then says whose figure it is.
        """
        self._head.setText(head)
        self._head.setVisible(bool(head))
        if isinstance(self._caption, ElidedLabel):
            self._caption.set_whole(caption)
        else:
            self._caption.setText(caption)
        self._figure.setText(figure)
        self._note.setText(note)
        self._note.setVisible(bool(note))
        set_tone(self._note, note_tone)
        self.setToolTip(hint)
        whose = f"{head}: {caption}, " if head else f"{caption}: "
        self.setAccessibleName(f"{whose}{figure} {note}".rstrip())


def break_captions(cards: Iterable[FigureCard], room: int, spacing: int) -> None:
    """Break the captions of cards in a row, all or none, where they do not all fit into a line.

    Args:
        cards: All of the row.
        room: Its width, pixels.
        spacing: Between two cards, pixels.
    """
    row = list(cards)
    least = sum(max(each.caption_width, each.minimumSizeHint().width()) for each in row)
    for card in row:
        card.set_caption_lines(1 if least + spacing * (len(row) - 1) <= room else 2)
