"""The list of training runs: two lines each, the accuracy at the right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QPoint,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QListView,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from effnet_studio.gui.models.run_list import RUN_ROLE, RunListModel
from effnet_studio.gui.names import named
from effnet_studio.gui.theme import (
    SPACE_1,
    SPACE_2,
    SPACE_3,
    set_role,
)
from effnet_studio.gui.widgets.label import Label
from effnet_studio.gui.widgets.row_edit import edit_current
from effnet_studio.gui.widgets.search_field import SearchField
from effnet_studio.gui.widgets.train.run_delegate import RunDelegate
from effnet_studio.gui.widgets.train.run_menu import RunChoice, RunMenu

if TYPE_CHECKING:
    from collections.abc import Sequence

    from effnet_studio.engine.training.runs import Run
    from effnet_studio.gui.models.train_state import TrainState
    from effnet_studio.gui.theme import ThemeManager

SIZE = (320, 236)
"""Preferred width and height, pixels: as a plot's."""
SEARCH_FROM = 4
"""Runs from which on there is a field to search them."""


class RunList(QFrame):
    """A card with the runs of the project, the one being trained on top.

    Args:
        theme: Colours.
        parent: Qt's owner.
    """

    run_chosen = Signal(object)
    """The Run the user chose; None for the one being trained."""
    renamed = Signal(str, str)
    """Id of a run, and the name that was written for it."""
    choice_made = Signal(object, object, object)
    """What is to be done (a :class:`~.run_menu.RunChoice`), the run, and another run; or None."""

    def __init__(self, theme: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("run_list_card")
        set_role(self, "card")
        self.model = RunListModel(self)
        self._chosen: str | None = None
        self._editable = self._free = False
        self._title = Label(self)
        set_role(self._title, "strong")
        self.search = SearchField("run_search", theme, self)
        self.search.hide()
        self._more = named(QToolButton(self), "run_more")
        set_role(self._more, "ghost")
        theme.set_icon(self._more, "menu")
        self._empty = Label(self)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setWordWrap(True)
        set_role(self._empty, "muted")
        self.view = QListView(self)
        self.view.setObjectName("run_list")
        set_role(self.view, "plain")
        self.view.setModel(self.model)
        self.view.setItemDelegate(RunDelegate(theme, self.view))
        self.view.setMouseTracking(True)
        self.view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.view.setEditTriggers(QListView.EditTrigger.EditKeyPressed)
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self.view)
        self._build_ui()
        self._connect()
        self._retranslate()

    def _build_ui(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(SPACE_3, 0, SPACE_2, 0)
        head.setSpacing(SPACE_3)
        head.addWidget(self._title)
        head.addWidget(self.search, 1)
        head.addStretch(0)
        head.addWidget(self._more)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE_1, SPACE_3, SPACE_1, SPACE_2)
        layout.setSpacing(SPACE_2)
        layout.addLayout(head)
        layout.addWidget(self._stack, 1)

    def _connect(self) -> None:
        self.view.selectionModel().currentChanged.connect(self._on_current_changed)
        self.view.customContextMenuRequested.connect(self._on_menu)
        self._more.clicked.connect(self._on_more)
        self.search.textChanged.connect(self._on_searched)
        self.model.renamed.connect(self.renamed)
        delete = QShortcut(QKeySequence(QKeySequence.StandardKey.Delete), self.view)
        delete.setContext(Qt.ShortcutContext.WidgetShortcut)
        delete.activated.connect(self._on_delete)

    def set_runs(self, runs: Sequence[Run]) -> None:
        """Replace the runs on disk; nothing is chosen afterwards."""
        self.model.set_runs(runs)
        self._update_stack()

    def set_live(self, state: TrainState | None) -> None:
        """Show, update or take away the run being trained."""
        self.model.set_live(state)
        self._update_stack()

    def set_possible(self, *, editable: bool, free: bool) -> None:
        """Say what the menu may offer.

        Args:
            editable: Whether something may be changed in the project.
            free: Whether a training can be started now.
        """
        self._editable, self._free = editable, free
        self.model.set_editable(editable)

    def choose(self, run_id: str | None) -> None:
        """Mark a run; None for the one being trained. Tells nobody."""
        self._chosen = run_id
        row = 0 if run_id is None else self.model.row_of(run_id)
        selection = self.view.selectionModel()
        selection.blockSignals(True)
        self.view.setCurrentIndex(self.model.index(row) if row >= 0 else QModelIndex())
        selection.blockSignals(False)
        self.view.viewport().update()

    def menu_of(self, run: Run | None) -> RunMenu:
        """Make the menu of a run, or of none; :attr:`choice_made` answers its entries."""
        menu = RunMenu(run, self.model.runs, editable=self._editable, free=self._free, parent=self)
        menu.triggered.connect(self._on_menu_triggered)
        menu.aboutToHide.connect(menu.deleteLater)
        return menu

    def _update_stack(self) -> None:
        self._stack.setCurrentWidget(self.view if self.model.rowCount() else self._empty)
        # A search under way stays, also when what it finds is deleted.
        several = len(self.model.runs) >= SEARCH_FROM or bool(self.search.text())
        self.search.setVisible(several)
        self._say_empty()

    def _on_current_changed(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if current.isValid():
            self.run_chosen.emit(current.data(RUN_ROLE))

    @property
    def _current(self) -> Run | None:
        run = self.view.currentIndex().data(RUN_ROLE)
        return run if self.view.currentIndex().isValid() else None

    @Slot(str)
    def _on_searched(self, text: str) -> None:
        self.model.set_words(text)
        self._update_stack()
        self.choose(self._chosen)

    @Slot(QPoint)
    def _on_menu(self, place: QPoint) -> None:
        index = self.view.indexAt(place)
        run = index.data(RUN_ROLE) if index.isValid() else None
        if run is not None:
            self.menu_of(run).popup(self.view.viewport().mapToGlobal(place))

    @Slot()
    def _on_more(self) -> None:
        place = self._more.mapToGlobal(self._more.rect().bottomLeft())
        self.menu_of(self._current).popup(place)

    @Slot(QAction)
    def _on_menu_triggered(self, action: QAction) -> None:
        choice, run, other = action.data()
        if choice is RunChoice.RENAME:
            self.view.setCurrentIndex(self.model.index(self.model.row_of(run.run_id)))
            edit_current(self.view)
        else:
            self.choice_made.emit(choice, run, other)

    @Slot()
    def _on_delete(self) -> None:
        run = self._current
        if run is not None and self._editable:
            self.choice_made.emit(RunChoice.DELETE, run, None)

    @override
    def sizeHint(self) -> QSize:
        return QSize(*SIZE)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        self._title.setText(self.tr("Runs"))
        self.view.setAccessibleName(self.tr("Training runs of this project"))
        self.search.setPlaceholderText(self.tr("Search"))
        self.search.setAccessibleName(self.tr("Search the runs"))
        self.search.setToolTip(self.tr("Words of name, note, model, preset or classes"))
        self._more.setToolTip(self.tr("What can be done with runs"))
        self._more.setAccessibleName(self._more.toolTip())
        self._say_empty()
        self.model.retranslate()

    def _say_empty(self) -> None:
        self._empty.setText(
            self.tr("No run has all of these words.")
            if self.model.runs
            else self.tr("Every training run of this project is kept here.")
        )
