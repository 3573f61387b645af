"""The images on which two runs disagree."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from effnet_studio.gui.models.comparisons import disagreement_cell, kept
from effnet_studio.gui.names import named
from effnet_studio.gui.text import count_text
from effnet_studio.gui.theme import SPACE_2, SPACE_3, set_role
from effnet_studio.gui.widgets.elided_combo import ElidedCombo
from effnet_studio.gui.widgets.label import Label
from effnet_studio.gui.widgets.thumbnail_grid import ThumbnailGrid

if TYPE_CHECKING:
    from effnet_studio.engine.evaluation.comparing.comparison import Comparison
    from effnet_studio.gui.jobs import JobRunner
    from effnet_studio.gui.theme import ThemeManager


class DisagreementsView(QFrame):
    """A card with a choice of the kind of disagreement, and its images.

    Args:
        jobs: Loads thumbnails in the background.
        theme: Colours.
        parent: Qt's owner.
    """

    def __init__(self, jobs: JobRunner, theme: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("compare_disagreements")
        set_role(self, "card")
        self._found: Comparison | None = None
        self._waiting = False
        self._filter = ElidedCombo("compare_filter", self)
        self._filter.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self._about = Label(self)
        self._about.setWordWrap(True)
        set_role(self._about, "muted")
        self.grid = ThumbnailGrid(jobs, theme, parent=self)
        self._nothing = named(Label(self), "compare_nothing")
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        set_role(self._nothing, "muted")
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self._nothing)
        self._stack.addWidget(self.grid)
        head = QHBoxLayout()
        head.setSpacing(SPACE_2)
        head.addWidget(self._about, 1)
        head.addWidget(self._filter)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_3, SPACE_3, SPACE_3, SPACE_3)
        column.setSpacing(SPACE_2)
        column.addLayout(head)
        column.addWidget(self._stack, 1)
        self._retranslate()
        self._filter.currentIndexChanged.connect(self._show_pictures)

    def set_comparison(self, found: Comparison | None, *, waiting: bool = False) -> None:
        """Show the images of another comparison.

        Args:
            found: The comparison; None while there is none.
            waiting: Whether one is on its way.
        """
        self._found, self._waiting = found, waiting
        self._retranslate()

    @Slot()
    def _show_pictures(self) -> None:
        found = self._found
        chosen = [] if found is None else kept(found, str(self._filter.currentData() or ""))
        self.grid.set_cells([disagreement_cell(each) for each in chosen])
        self._stack.setCurrentWidget(self.grid if chosen else self._nothing)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        self._filter.setAccessibleName(self.tr("Which disagreements"))
        self.grid.setAccessibleName(self.tr("Images on which they disagree"))
        self._about.setText(
            self.tr(
                "What the first run says, then what the second says. Green: only the second is "
                "right; blue: only the first."
            )
        )
        found = self._found
        self._nothing.setText(
            self.tr("The images appear here once both runs have judged them.")
            if self._waiting
            else self.tr("Nothing was compared.")
            if found is None
            else self.tr("There are no images of this kind.")
            if found.disagreements
            else self.tr("Both runs give the same answer for every image.")
        )
        self._fill_filter()

    def _fill_filter(self) -> None:
        found = self._found
        rows = (
            ("", self.tr("All ({n})")),
            ("first", self.tr("Only the first is right ({n})")),
            ("second", self.tr("Only the second is right ({n})")),
            ("neither", self.tr("Both are wrong ({n})")),
        )
        chosen = max(0, self._filter.currentIndex())
        self._filter.blockSignals(True)
        self._filter.clear()
        for verdict, text in rows:
            count = 0 if found is None else len(kept(found, verdict))
            self._filter.addItem(text.format(n=count_text(count)), verdict)
        self._filter.setCurrentIndex(chosen)
        self._filter.blockSignals(False)
        self._filter.setEnabled(bool(found is not None and found.disagreements))
        self._show_pictures()
