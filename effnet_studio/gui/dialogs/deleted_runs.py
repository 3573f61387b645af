"""The runs in the project's trash: what they were, put back, or deleted for good."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QModelIndex, Slot
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from effnet_studio.gui.contents import read_trash
from effnet_studio.gui.errors import Banner
from effnet_studio.gui.focus import ReadingOrder
from effnet_studio.gui.models.rows_table import Column, RowsTableModel
from effnet_studio.gui.models.run_list import title_of
from effnet_studio.gui.names import named
from effnet_studio.gui.questions import Requests
from effnet_studio.gui.text import bytes_text, count_text, moment_text, percent_text
from effnet_studio.gui.theme import SPACE_2, SPACE_3, SPACE_5, set_role
from effnet_studio.gui.widgets.empty_state import EmptyState
from effnet_studio.gui.widgets.label import Label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from effnet_studio.engine.errors import StudioError
    from effnet_studio.engine.training.run_trash import TrashedRun
    from effnet_studio.gui.session import Session
    from effnet_studio.gui.theme import ThemeManager

_SIZE: Final = (680, 440)
_UNKNOWN: Final = "–"


class DeletedRunsDialog(ReadingOrder, QDialog):
    """Stands beside the window, which stays usable.

    Args:
        session: The open project.
        theme: Tints the icons.
        parent: Qt's owner.
    """

    def __init__(
        self, session: Session, theme: ThemeManager, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        theme.add_window(self)
        self.setObjectName("deleted_runs")
        self._session = session
        self._found: tuple[TrashedRun, ...] | None = None
        self._asked: tuple[str, ...] = ()
        self._requests = Requests(session.jobs, parent=self)
        self._build_ui(theme)
        self._connect()
        self._retranslate()
        self.resize(*_SIZE)
        self._look()

    def _build_ui(self, theme: ThemeManager) -> None:
        self._title, self._about = (
            named(Label(self), f"deleted_runs_{name}") for name in ("title", "about")
        )
        set_role(self._title, "title")
        set_role(self._about, "muted")
        self._about.setWordWrap(True)
        self._model = RowsTableModel(self)
        self._table = named(QTableView(self), "deleted_runs_table")
        self._table.setModel(self._model)
        set_role(self._table, "plain")
        self._table.setShowGrid(False)
        self._table.setAlternatingRowColors(True)
        self._table.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self._table.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self._table.setTabKeyNavigation(False)  # else Tab never leaves the table
        self._table.verticalHeader().hide()
        heads = self._table.horizontalHeader()
        heads.setHighlightSections(False)
        heads.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self._empty = EmptyState(theme, "trash", self)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self._table)
        self._stack.addWidget(self._empty)
        self._build_question(theme)
        self._lay_out(theme)

    def _build_question(self, theme: ThemeManager) -> None:
        self._question = Banner(theme, "danger", self)
        self._question.setObjectName("deleted_runs_question")
        self._question.set_closable(False)
        self._keep, self._sure = (
            named(QPushButton(self._question), f"deleted_runs_{name}") for name in ("keep", "sure")
        )
        set_role(self._sure, "danger")
        for button in (self._keep, self._sure):
            button.setAutoDefault(False)
            self._question.add_button(button)

    def _lay_out(self, theme: ThemeManager) -> None:
        self._clear, self._erase, self._restore, self._close = (
            named(QPushButton(self), f"deleted_runs_{name}")
            for name in ("clear", "erase", "restore", "close")
        )
        set_role(self._restore, "primary")
        theme.set_icon(self._restore, "undo", tone="on_accent", size=16)
        theme.set_icon(self._clear, "trash", size=16)
        buttons = QHBoxLayout()
        buttons.setSpacing(SPACE_2)
        buttons.addWidget(self._clear)
        buttons.addStretch(1)
        for button in (self._close, self._erase, self._restore):
            buttons.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_5, SPACE_5, SPACE_5, SPACE_5)
        column.setSpacing(SPACE_3)
        column.addWidget(self._title)
        column.addWidget(self._about)
        column.addWidget(self._stack, 1)
        column.addWidget(self._question)
        column.addLayout(buttons)

    def _connect(self) -> None:
        session = self._session
        self._table.selectionModel().currentChanged.connect(self._on_current_changed)
        self._clear.clicked.connect(self._on_clear)
        self._erase.clicked.connect(self._on_erase)
        self._restore.clicked.connect(self._on_restore)
        self._close.clicked.connect(self.close)
        self._keep.clicked.connect(self._forget_question)
        self._sure.clicked.connect(self._on_sure)
        self._requests.answered.connect(self._on_read)
        self._requests.refused.connect(self._on_refused)
        session.keeper.changed.connect(self._look)
        session.keeper.failed.connect(self._look)
        session.project_changed.connect(self.close)

    # -- what is there -------------------------------------------------------------------------

    @Slot()
    def _look(self) -> None:
        if self._session.project is not None:
            self._requests.ask_only("trash", read_trash, self._session.project)

    @Slot(object, object)
    def _on_read(self, _key: object, found: Sequence[TrashedRun]) -> None:
        row = max(0, self._table.currentIndex().row())
        self._found = tuple(found)
        self._forget_question()
        self._show_rows()
        if found:
            self._table.selectRow(min(row, len(found) - 1))
        self._enable()

    @Slot(object, object)
    def _on_refused(self, _key: object, error: StudioError) -> None:
        self._session.error_raised.emit(error)

    @property
    def _chosen(self) -> TrashedRun | None:
        row = self._table.currentIndex().row()
        return self._found[row] if self._found and 0 <= row < len(self._found) else None

    # -- what is done --------------------------------------------------------------------------

    @Slot(QModelIndex, QModelIndex)
    def _on_current_changed(self, _current: QModelIndex, _previous: QModelIndex) -> None:
        self._forget_question()
        self._enable()

    @Slot()
    def _on_restore(self) -> None:
        if self._chosen is not None:
            self._session.keeper.restore(self._chosen.run_id)

    @Slot()
    def _on_erase(self) -> None:
        if self._chosen is not None:
            self._ask((self._chosen.run_id,))

    @Slot()
    def _on_clear(self) -> None:
        self._ask(tuple(each.run_id for each in self._found or ()))

    def _ask(self, run_ids: tuple[str, ...]) -> None:
        self._asked = run_ids
        self._say_question()
        self._enable()
        self._keep.setFocus()

    @Slot()
    def _forget_question(self) -> None:
        self._asked = ()
        self._say_question()
        self._enable()

    @Slot()
    def _on_sure(self) -> None:
        asked = self._asked
        self._forget_question()
        for run_id in asked:
            self._session.keeper.delete_for_good(run_id)

    # -- what is shown -------------------------------------------------------------------------

    def _enable(self) -> None:
        project = self._session.project
        locked = project is not None and project.read_only
        reason = self.tr("The project is open elsewhere; here it can only be looked at.")
        free = project is not None and not locked and not self._asked
        chosen = self._chosen is not None
        for button, possible in (
            (self._clear, bool(self._found)),
            (self._erase, chosen),
            (self._restore, chosen),
        ):
            button.setEnabled(free and possible)
            button.setToolTip(reason if locked else "")
            button.setVisible(bool(self._found))

    def _show_rows(self) -> None:
        columns = [
            Column(self.tr("Run"), number=False),
            Column(self.tr("Deleted"), number=False),
            Column(self.tr("Accuracy")),
            Column(self.tr("Size")),
        ]
        found = self._found or ()
        self._model.set_table(columns, [_row(each) for each in found])
        self._table.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        nothing = self._found is not None and not found
        self._stack.setCurrentWidget(self._empty if nothing else self._table)
        self._about.setVisible(not nothing)
        about = self.tr(
            "They can be put back until they are deleted for good. %n run(s), {size} in all.",
            "",
            len(found),
        )
        size = bytes_text(sum(each.bytes for each in found))
        self._about.setText(about.format(size=size) if found else "")

    def _say_question(self) -> None:
        count = len(self._asked)
        if count == 1:
            title = next(
                _title(each) for each in self._found or () if each.run_id == self._asked[0]
            )
            text = self.tr("Delete {run} for good?").format(run=title)
        else:
            text = self.tr("Delete all {count} runs for good?").format(count=count_text(count))
        self._question.set_texts(
            text if count else "", self.tr("Nothing can bring this back afterwards.")
        )

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        self.setWindowTitle(self.tr("Deleted runs"))
        self._title.setText(self.tr("Deleted runs"))
        self._table.setAccessibleName(self.tr("Deleted runs"))
        self._empty.set_texts(
            self.tr("There are no deleted runs"),
            self.tr("A run that you delete waits here, so that you can change your mind."),
        )
        self._clear.setText(self.tr("Empty the trash"))
        self._clear.setAccessibleName(self.tr("Delete all of them for good"))
        self._erase.setText(self.tr("Delete for good"))
        self._restore.setText(self.tr("Put back"))
        self._close.setText(self.tr("Close"))
        self._keep.setText(self.tr("Keep"))
        self._sure.setText(self.tr("Delete for good"))
        self._show_rows()
        self._say_question()
        self._enable()


def _title(each: TrashedRun) -> str:
    return each.run_id if each.run is None else title_of(each.run)


def _row(each: TrashedRun) -> tuple[str, ...]:
    best = None if each.run is None else each.run.best_accuracy
    return (
        _title(each),
        moment_text(each.deleted) if each.deleted else _UNKNOWN,
        _UNKNOWN if best is None else percent_text(best),
        bytes_text(each.bytes),
    )
