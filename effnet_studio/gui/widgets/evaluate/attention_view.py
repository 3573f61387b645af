"""Where a model looks in all images: not looked yet, at work, or the board."""

from __future__ import annotations

from typing import TYPE_CHECKING

from typing_extensions import override

from effnet_studio.gui.widgets.evaluate.attention_board import AttentionBoard
from effnet_studio.gui.widgets.evaluate.made_view import MadeView

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from effnet_studio.gui.jobs import JobRunner
    from effnet_studio.gui.models.attention_cells import Looked
    from effnet_studio.gui.theme import ThemeManager


class AttentionView(MadeView):
    """The states, one at a time.

    Args:
        jobs: Gives the background threads.
        theme: Colours.
        parent: Qt's owner.
    """

    def __init__(self, jobs: JobRunner, theme: ThemeManager, parent: QWidget | None = None) -> None:
        self._images = 0
        self.board = AttentionBoard(jobs, theme)
        super().__init__("attention", "target", self.board, theme, parent)
        self._retranslate()

    def set_unmade(self, images: int) -> None:
        """Nothing is known yet of so many images."""
        self._images = images
        self.show_unmade()

    def set_looked(self, looked: Looked) -> None:
        """Show where the model looked."""
        self.board.set_looked(looked)
        self.show_found()

    @override
    def _words(self) -> tuple[str, str, str]:
        return (
            self.tr("Not looked yet"),
            self.tr(
                "For each image the app finds out which places spoke for the model's answer, and"
                " what the images of a class have in common: the thing itself, or something beside"
                " it that gives the class away."
            ),
            self.tr("Look at all %n image(s)", "", self._images),
        )
