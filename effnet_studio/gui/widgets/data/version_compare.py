"""How the dataset differs from what an earlier training saw."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QHeaderView,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from effnet_studio.gui.models.differences import CHANGES, Change, DifferencesModel
from effnet_studio.gui.names import named
from effnet_studio.gui.text import count_text
from effnet_studio.gui.theme import SPACE_1, SPACE_2, SPACE_3, set_role
from effnet_studio.gui.widgets.elided_combo import ElidedCombo
from effnet_studio.gui.widgets.empty_state import EmptyState
from effnet_studio.gui.widgets.flow_layout import FlowLayout
from effnet_studio.gui.widgets.label import Label
from effnet_studio.gui.widgets.plots.table_twin import TableTwin

if TYPE_CHECKING:
    from collections.abc import Sequence

    from effnet_studio.engine.data.versions import VersionDiff
    from effnet_studio.gui.theme import ThemeManager

_SHARES: Final = (0.22, 0.4, 0.17)
"""Of the width, for all columns but the last."""


class VersionCompare(QWidget):
    """A choice of trainings; below, what was added, removed and changed since, as a table.

    Args:
        theme: Tints the icons.
        parent: Qt's owner.
    """

    compare_asked = Signal(str)
    """Version of the dataset to compare with what there is now."""
    train_asked = Signal()
    """There is no training to compare with yet."""

    def __init__(self, theme: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("version_compare")
        self._theme = theme
        self._version = ""
        self._diff: VersionDiff | None = None
        self._stale = False
        self._model = DifferencesModel(self)
        self._build_ui()
        self._connect()
        self._retranslate()

    def _build_ui(self) -> None:
        self._title = Label(self)
        set_role(self._title, "strong")
        self._versions = ElidedCombo("history_versions", self)
        # As wide as there is room, not as the longest title.
        policy = QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        self._versions.setSizeAdjustPolicy(policy)
        self._versions.setMinimumContentsLength(16)
        self._filters = QButtonGroup(self)
        chips = FlowLayout(SPACE_1)
        for number in range(len(CHANGES) + 1):
            name = CHANGES[number - 1].value if number else "all"
            chip = named(QPushButton(self), f"history_only_{name}")
            set_role(chip, "ghost")
            chip.setCheckable(True)
            chip.setChecked(not number)
            self._filters.addButton(chip, number)
            chips.addWidget(chip)
        self.twin = TableTwin(self._model, name="differences", parent=self)
        table = self.twin.table
        table.setWordWrap(False)
        table.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        table.verticalHeader().setDefaultSectionSize(30)
        header = table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setStretchLastSection(True)
        differences = QWidget(self)
        inner = QVBoxLayout(differences)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(SPACE_2)
        inner.addLayout(chips)
        inner.addWidget(self.twin, 1)
        self._empty = EmptyState(self._theme, "layers", self, text_width=220)
        set_role(self._empty.action, "")  # the page's header has the same as its main one
        self._empty.action_clicked.connect(self.train_asked)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(differences)
        column_layout = QVBoxLayout(self)
        column_layout.setContentsMargins(0, 0, 0, 0)
        column_layout.setSpacing(SPACE_3)
        column_layout.addWidget(self._title)
        column_layout.addWidget(self._versions)
        column_layout.addWidget(self._stack, 1)

    def _connect(self) -> None:
        self._versions.activated.connect(self._on_version)
        self._filters.idClicked.connect(self._on_filter)

    # -- what is shown -------------------------------------------------------------------------

    def set_versions(self, rows: Sequence[tuple[str, str]]) -> None:
        """Offer other versions; what is compared with stays if it is among them.

        Args:
            rows: Version and what to call it, the newest first.
        """
        title = self._versions.currentText()
        self._versions.clear()
        for version, name in rows:
            self._versions.addItem(name, version)
        kept = [version for version, name in rows if version == self._version]
        # Two trainings may have seen the same images.
        row = self._versions.findText(title) if kept else -1
        self._versions.setCurrentIndex(row if row >= 0 or not kept else self._row_of(self._version))
        self._versions.setEnabled(bool(rows))
        if not kept:
            self._version, self._diff = "", None
        self._show()

    def set_changed(self) -> None:
        """The images are others now: compare anew, when that is looked at."""
        if self._version:
            self._stale = True
            if self.isVisible():
                self._ask()

    def show_diff(self, diff: VersionDiff) -> None:
        """Show how what there is now differs from the version asked for."""
        self._diff = diff
        self._filters.button(0).setChecked(True)
        self._model.set_only(None)
        self._show()

    def _row_of(self, version: str) -> int:
        return self._versions.findData(version)

    def _show(self) -> None:
        self._model.set_diff(self._diff)
        self._stack.setCurrentIndex(1 if self._diff else 0)
        self._retranslate_state()

    def _ask(self) -> None:
        self._stale = False
        self.compare_asked.emit(self._version)

    @Slot(int)
    def _on_version(self, row: int) -> None:
        self._version = str(self._versions.itemData(row))
        self._diff = None
        self._show()
        self._ask()

    @Slot(int)
    def _on_filter(self, number: int) -> None:
        self._model.set_only(CHANGES[number - 1] if number else None)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for column, share in enumerate(_SHARES):
            self.twin.table.setColumnWidth(column, round(share * self.width()))

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._ask()

    # -- words ---------------------------------------------------------------------------------

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._model.retranslate()
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self._title.setText(self.tr("Compared with a training"))
        self._versions.setPlaceholderText(self.tr("Choose a training…"))
        self._versions.setAccessibleName(self.tr("Training to compare with"))
        self.twin.table.setAccessibleName(self.tr("Differences"))
        self._retranslate_state()

    def _retranslate_state(self) -> None:
        titles = {
            Change.ADDED: self.tr("Added {n}"),
            Change.REMOVED: self.tr("Removed {n}"),
            Change.RELABELLED: self.tr("Other class {n}"),
            Change.MOVED: self.tr("Other part {n}"),
        }
        self._filters.button(0).setText(self.tr("All"))
        for number, change in enumerate(CHANGES, start=1):
            count = self._model.count(change)
            chip = self._filters.button(number)
            chip.setText(titles[change].format(n=count_text(count)))
            chip.setEnabled(bool(count))
        for chip in self._filters.buttons():
            chip.setAccessibleName(chip.text())
        missing = not self._versions.count()
        action = self.tr("Go to Train") if missing else ""
        self._empty.set_texts(*self._empty_texts(), action=action)

    def _empty_texts(self) -> tuple[str, str]:
        if not self._versions.count():
            return (
                self.tr("No training yet"),
                self.tr("Each training remembers the exact images it saw."),
            )
        if not self._version:
            return (
                self.tr("What has changed since?"),
                self.tr("Choose a training to see how the images differ from those it saw."),
            )
        if self._diff is None:
            return self.tr("Comparing…"), ""
        return (
            self.tr("Nothing has changed since"),
            self.tr("The training saw exactly these images, in these classes and parts."),
        )
