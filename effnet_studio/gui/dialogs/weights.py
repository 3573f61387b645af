"""Pre-trained weights: which are here, how they come, and the network they come through."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QSize
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from effnet_studio.gui.focus import ReadingOrder
from effnet_studio.gui.names import named
from effnet_studio.gui.preferences import PREFERENCES
from effnet_studio.gui.theme import SPACE_1, SPACE_2, SPACE_3, SPACE_4, SPACE_5, set_role
from effnet_studio.gui.widgets.label import Label
from effnet_studio.gui.widgets.preferences.row import AddressRow
from effnet_studio.gui.widgets.preferences.section import SectionCard
from effnet_studio.gui.widgets.shelf_view import ShelfView

if TYPE_CHECKING:
    from effnet_studio.gui.session import Session
    from effnet_studio.gui.settings import Settings
    from effnet_studio.gui.theme import ThemeManager

_SIZE: Final = QSize(840, 780)
"""Width and height at first, pixels."""


class WeightsDialog(ReadingOrder, QDialog):
    """Stands beside the window, which stays usable; a download goes on when it is closed.

    Args:
        session: Runs the jobs.
        settings: Keeps proxy and mirror.
        theme: Tints the icons.
        parent: Qt's owner.
    """

    def __init__(
        self,
        session: Session,
        settings: Settings,
        theme: ThemeManager,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        theme.add_window(self)
        self.setObjectName("weights")
        self._title = named(Label(self), "weights_title")
        set_role(self._title, "title")
        self._about = named(Label(self), "weights_about")
        set_role(self._about, "muted")
        self._about.setWordWrap(True)
        self.shelf = ShelfView(session, settings, theme, self)
        rows = [
            AddressRow(row, settings, theme, self)
            for row in PREFERENCES
            if row.section == "network"
        ]
        for row in rows:
            row.set_room(SPACE_2)
            row.reset_asked.connect(settings.reset)
        self.network = SectionCard("network", rows, self)
        self._close = named(QPushButton(self), "weights_close")
        self._close.setAutoDefault(False)
        self._close.clicked.connect(self.close)
        self._build_ui()
        self._retranslate()
        self.resize(_SIZE.boundedTo(self.screen().availableSize()))
        self.shelf.table.setFocus()

    def _build_ui(self) -> None:
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self._close)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_5, SPACE_5, SPACE_5, SPACE_4)
        column.setSpacing(SPACE_3)
        column.addWidget(self._title)
        column.addWidget(self._about)
        column.addSpacing(SPACE_2)
        column.addWidget(self.shelf, 1)
        column.addSpacing(SPACE_1)
        column.addWidget(self.network)
        column.addLayout(buttons)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        self.setWindowTitle(self.tr("Pre-trained weights"))
        self._title.setText(self.tr("Pre-trained weights"))
        self._about.setText(
            self.tr(
                "What the models learned from ImageNet, the starting point of a training. They "
                "are downloaded when they are first needed, or here ahead of time."
            )
        )
        self._close.setText(self.tr("Close"))
