"""The table behind a picture: the same numbers to read, copy and save."""

from __future__ import annotations

import csv
import io
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QAbstractItemModel, QEvent, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from effnet_studio.engine import atomic
from effnet_studio.engine.errors import StorageError
from effnet_studio.gui import file_dialogs
from effnet_studio.gui.models.series import SeriesTableModel
from effnet_studio.gui.theme import set_role
from effnet_studio.gui.turns import Portions, in_turn
from effnet_studio.gui.widgets.measured_table import MeasuredTable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from PySide6.QtCore import QModelIndex
    from PySide6.QtGui import QResizeEvent, QShowEvent

_ROWS_MEASURED: Final = 60
"""Rows that a column is fitted to, from the first in view: a training may have thousands."""
_WIDEST_NAME: Final = 260
"""Of a first column that has no room to stretch, pixels; longer names are shortened."""


def rows_of(model: QAbstractItemModel, rows: Sequence[int] | None = None) -> list[list[str]]:
    """Read a table as text.

    Args:
        model: Any table model.
        rows: Rows to read; None: all.

    Returns:
        The header and the rows, as they are shown.
    """
    return list(_lines_of(model, rows))


def _lines_of(model: QAbstractItemModel, rows: Sequence[int] | None) -> Iterable[list[str]]:
    """Header and rows as text; those of a plot, which may be very many, each in its turn."""
    columns = range(model.columnCount())
    header = [str(model.headerData(column, Qt.Orientation.Horizontal) or "") for column in columns]
    chosen = range(model.rowCount()) if rows is None else rows
    if isinstance(model, SeriesTableModel):
        return chain([header], model.texts(chosen))
    body = [[str(model.index(row, column).data() or "") for column in columns] for row in chosen]
    return [header, *body]


def to_text(rows: Sequence[Sequence[str]], *, delimiter: str) -> str:
    """Write rows as separated values.

    Args:
        rows: Cells, header first.
        delimiter: ``","`` for CSV files, tab for spreadsheets' clipboards.

    Returns:
        The text, one row a line, cells quoted where needed.
    """
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=delimiter, lineterminator="\n").writerows(rows)
    return buffer.getvalue()


class TableTwin(QWidget):
    """A table with a copy and a save button.

    Args:
        model: What to show.
        name: Prefix of the object names, such as ``"loss"``.
        parent: Qt parent.
        fitted: Whether the columns share the width, and scroll where one would be cut; else
            whoever owns the twin sets their widths.
        leading: Whether the first column, of names, takes what the others leave.
    """

    copied = Signal(str)
    """The text that was put on the clipboard."""
    saved = Signal(str)
    """Path of the CSV file that was written."""
    save_failed = Signal(object)
    """The StorageError that says why it was not."""

    def __init__(
        self,
        model: QAbstractItemModel,
        *,
        name: str,
        parent: QWidget | None = None,
        fitted: bool = False,
        leading: bool = False,
    ) -> None:
        super().__init__(parent)
        self.setObjectName(f"{name}_table_twin")
        self._model = model
        self._fitted, self._leading = fitted, leading
        self._file_name = f"{name}.csv"
        self._build_ui(name)
        self._connect()
        self._retranslate()

    def _build_ui(self, name: str) -> None:
        self.table = MeasuredTable(self)
        self.table.setObjectName(f"{name}_table")
        self.table.setModel(self._model)
        set_role(self.table, "plain")
        self.table.setShowGrid(False)
        self.table.setAlternatingRowColors(True)
        self.table.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.table.setTabKeyNavigation(False)  # else Tab never leaves the table
        self.table.verticalHeader().hide()
        self.table.setHorizontalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.table.horizontalHeader().setHighlightSections(False)
        self.table.horizontalHeader().setResizeContentsPrecision(_ROWS_MEASURED)
        self.copy_button = QPushButton(self)
        self.copy_button.setObjectName(f"{name}_copy")
        self.save_button = QPushButton(self)
        self.save_button.setObjectName(f"{name}_save_csv")
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.copy_button)
        buttons.addWidget(self.save_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.table, 1)
        layout.addLayout(buttons)

    def _connect(self) -> None:
        self.copy_button.clicked.connect(self.copy)
        self.save_button.clicked.connect(self._on_save_clicked)
        shortcut = QShortcut(QKeySequence(QKeySequence.StandardKey.Copy), self.table)
        # Not of the whole window: two tables on one page would make the keys ambiguous.
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self.copy)

    def fit_columns(self) -> None:
        """Share the width among the columns alike, unless one would then be cut."""
        heads = self.table.horizontalHeader()
        columns = [each for each in range(heads.count()) if not heads.isSectionHidden(each)]
        widest = max(map(self._wanted, columns), default=0)
        fits = widest * len(columns) <= self.table.viewport().width()
        mode = QHeaderView.ResizeMode
        heads.setSectionResizeMode(mode.Stretch if fits else mode.ResizeToContents)

    def fit_names(self) -> None:
        """Give the first column what the others leave, unless its names would then be cut."""
        heads = self.table.horizontalHeader()
        if not heads.count():
            return
        name = self._wanted(0)
        room = self.table.viewport().width() - sum(map(self._wanted, range(1, heads.count())))
        if min(name, _WIDEST_NAME) <= room:
            heads.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        else:
            heads.setSectionResizeMode(0, QHeaderView.ResizeMode.Fixed)
            heads.resizeSection(0, min(name, _WIDEST_NAME))

    def _wanted(self, column: int) -> int:
        """Width in which neither the heading nor what is below it is cut, pixels."""
        heads = self.table.horizontalHeader()
        return max(heads.sectionSizeHint(column), self.table.sizeHintForColumn(column))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit_soon()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.fit_soon()

    def fit_soon(self) -> None:
        """Fit the columns where they share the width, if they are in view by then.

        One table in each turn of the event loop: a page with five took 0.1 s at once.
        """
        if self._fitted or self._leading:
            in_turn(self, self._fit)

    def _fit(self) -> None:
        if self._fitted:
            self.fit_columns()
        if self._leading:
            self.fit_names()

    def copy(self) -> None:
        """Put the selected rows, or all when none is, on the clipboard; ``copied`` tells when."""
        self._read(self._selected_rows(), self._put_on_clipboard)

    def _put_on_clipboard(self, rows: list[list[str]]) -> None:
        text = to_text(rows, delimiter="\t")
        QGuiApplication.clipboard().setText(text)
        self.copied.emit(text)

    def save_csv(self, path: Path) -> None:
        """Write the whole table; the answer comes as ``saved`` or ``save_failed``.

        Args:
            path: File to create or replace. A byte-order mark lets spreadsheets see that it is
                UTF-8.
        """
        self._read(None, partial(self._write, path))

    def _write(self, path: Path, rows: list[list[str]]) -> None:
        text = "\ufeff" + to_text(rows, delimiter=",")
        try:
            atomic.write_text(path, text)
        except StorageError as error:
            self.save_failed.emit(error)
        else:
            self.saved.emit(str(path))

    def _read(self, chosen: Sequence[int] | None, then: Callable[[list[list[str]]], None]) -> None:
        """Read rows, a part in each turn of the event loop: a night of training has 100,000."""
        rows: list[list[str]] = []
        reading = Portions(rows.append, self)
        reading.ended.connect(partial(then, rows))
        reading.ended.connect(reading.deleteLater)
        reading.start(_lines_of(self._model, chosen))

    def _selected_rows(self) -> list[int] | None:
        selection = self.table.selectionModel()
        indexes: list[QModelIndex] = selection.selectedRows() if selection is not None else []
        return sorted(index.row() for index in indexes) or None

    def _on_save_clicked(self) -> None:
        title, kinds = self.tr("Save table"), self.tr("CSV (*.csv)")
        dialog = file_dialogs.save_dialog(self, title, self._file_name, kinds)
        dialog.fileSelected.connect(self._on_file_selected)
        dialog.show()

    def _on_file_selected(self, path: str) -> None:
        self.save_csv(Path(path))

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self.copy_button.setText(self.tr("Copy"))
        self.copy_button.setToolTip(self.tr("Copy the selected rows, or all of them"))
        self.save_button.setText(self.tr("Save as CSV…"))
