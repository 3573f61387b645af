"""Whether there are enough images: not tried yet, at work, or the board."""

from __future__ import annotations

from typing import TYPE_CHECKING

from typing_extensions import override

from effnet_studio.gui.widgets.evaluate.learning_board import LearningBoard
from effnet_studio.gui.widgets.evaluate.made_view import MadeView

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from effnet_studio.gui.models.learned import Learned
    from effnet_studio.gui.theme import ThemeManager


class LearningCurveView(MadeView):
    """The states, one at a time.

    Args:
        theme: Colours.
        parent: Qt's owner.
    """

    def __init__(self, theme: ThemeManager, parent: QWidget | None = None) -> None:
        self.board = LearningBoard(theme)
        super().__init__("learning", "chart", self.board, theme, parent)
        self._retranslate()

    def set_learned(self, learned: Learned) -> None:
        """Show what was found out."""
        self.board.set_learned(learned)
        self.show_found()

    @override
    def _words(self) -> tuple[str, str, str]:
        return (
            self.tr("Would more images help?"),
            self.tr(
                "The app trains on a quarter, half, three quarters and all of your images, as the"
                " preset Instant does. From how the model gets better it tells of which class more"
                " images would help most."
            ),
            self.tr("Find out"),
        )
