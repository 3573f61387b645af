"""Which pre-trained weights are here: a table, and downloading, checking and carrying them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QEvent, Qt, Slot
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from effnet_studio.engine.models.catalog import CATALOG
from effnet_studio.gui import file_dialogs, shelf
from effnet_studio.gui.jobs import Job, Title
from effnet_studio.gui.models.catalog_table import SPEC_ROLE, CatalogFilter
from effnet_studio.gui.models.weights_table import WIDTHS, WeightsTableModel
from effnet_studio.gui.names import named
from effnet_studio.gui.questions import Requests
from effnet_studio.gui.shelf import Checked, ShelfWork
from effnet_studio.gui.theme import SPACE_2, SPACE_3, set_role
from effnet_studio.gui.widgets.label import Label
from effnet_studio.gui.widgets.search_field import SearchField
from effnet_studio.gui.widgets.shelf_words import Outcome, choice_text, outcome_text
from effnet_studio.gui.widgets.work_foot import WorkFoot

if TYPE_CHECKING:
    from effnet_studio.engine.errors import StudioError
    from effnet_studio.engine.models.shelf import ShelfEntry
    from effnet_studio.gui.session import Session
    from effnet_studio.gui.settings import Settings
    from effnet_studio.gui.theme import ThemeManager

SUFFIX: Final = ".effnet-weights.zip"
"""End of a bundle's name, as the engine's; that module needs PyTorch."""
_LEAST_TABLE: Final = 120
"""A heading and three rows, pixels: where long texts need the room."""


class ShelfView(QWidget):
    """The jobs go on when it is closed; one that runs already is shown.

    Args:
        session: Runs the jobs and hears that weights came.
        settings: Where the last file dialog was.
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
        self.setObjectName("shelf_view")
        self._session = session
        self._settings = settings
        self._job: Job | None = None
        self._outcome: Outcome | None = None
        self._requests = Requests(session.jobs, heavy=True, parent=self)
        self.model = WeightsTableModel(CATALOG.values(), theme, self)
        self._build_ui(theme)
        self._connect()
        self._retranslate()
        for job in session.jobs.jobs:
            if job.running and job.kind in set(ShelfWork):
                self._watch(job)
        self._look()

    def _build_ui(self, theme: ThemeManager) -> None:
        self._filter = SearchField("weights_filter", theme, self)
        self._filter.setFixedWidth(220)
        self._summary = named(Label(self), "weights_summary")
        set_role(self._summary, "muted")
        self._proxy = CatalogFilter(self)
        self._proxy.setSourceModel(self.model)
        self.table = self._build_table()
        self._download, self._bundle, self._import, self._check = (
            named(QPushButton(self), f"weights_{name}")
            for name in ("download", "bundle", "import", "check")
        )
        set_role(self._download, "primary")
        head = QHBoxLayout()
        head.addWidget(self._filter)
        head.addStretch(1)
        head.addWidget(self._summary)
        buttons = QHBoxLayout()
        buttons.setSpacing(SPACE_2)
        buttons.addWidget(self._download)
        buttons.addWidget(self._check)
        buttons.addStretch(1)
        buttons.addWidget(self._import)
        buttons.addWidget(self._bundle)
        for button in (self._download, self._bundle, self._import, self._check):
            button.setAutoDefault(False)  # Enter in a field of the dialog must not press it
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_3)
        column.addLayout(head)
        column.addWidget(self.table, 1)
        column.addLayout(buttons)
        self._foot = WorkFoot("weights", self)
        column.addWidget(self._foot)

    def _build_table(self) -> QTableView:
        table = named(QTableView(self), "weights_table")
        table.setModel(self._proxy)
        table.setSortingEnabled(True)
        table.sortByColumn(-1, Qt.SortOrder.AscendingOrder)
        table.setShowGrid(False)
        table.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QTableView.SelectionMode.ExtendedSelection)
        table.setTabKeyNavigation(False)  # else Tab never leaves the table
        table.setWordWrap(False)
        table.setMinimumHeight(_LEAST_TABLE)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(34)
        header = table.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for column, width in enumerate(WIDTHS):
            table.setColumnWidth(column, width)
        return table

    def _connect(self) -> None:
        self._filter.textChanged.connect(self._proxy.set_text)
        self.table.selectionModel().selectionChanged.connect(self._enable)
        self._download.clicked.connect(self._on_download)
        self._check.clicked.connect(self._on_check)
        self._bundle.clicked.connect(self._on_bundle)
        self._import.clicked.connect(self._on_import)
        self._requests.answered.connect(self._on_found)
        self._requests.refused.connect(self._on_refused)
        self._session.weights_changed.connect(self._look)

    # -- what is here --------------------------------------------------------------------------

    @Slot()
    def _look(self) -> None:
        entries = self.model.entries.values()
        doubtful = tuple(entry.file.model for entry in entries if entry.state == "damaged")
        self._requests.ask_only("look", shelf.look, doubtful)

    @Slot(object, object)
    def _on_found(self, _key: object, entries: tuple[ShelfEntry, ...]) -> None:
        self.model.set_entries(entries)
        self._retranslate()

    @Slot(object, object)
    def _on_refused(self, _key: object, error: StudioError) -> None:
        self._session.error_raised.emit(error)
        self._outcome = error
        self._retranslate()

    @property
    def chosen(self) -> tuple[str, ...]:
        """Catalog names of the selected rows, in the table's order."""
        rows = sorted(index.row() for index in self.table.selectionModel().selectedRows())
        return tuple(self._proxy.index(row, 0).data(SPEC_ROLE).name for row in rows)

    def _wanting(self) -> tuple[str, ...]:
        """Of the selected ones those that are not here and whole."""
        entries = self.model.entries
        return tuple(n for n in self.chosen if n in entries and entries[n].state != "here")

    def _to_bundle(self) -> tuple[str, ...]:
        """The selected ones; all that are here if none is selected."""
        here = tuple(name for name, entry in self.model.entries.items() if entry.state == "here")
        if not self.chosen:
            return here
        return self.chosen if set(self.chosen) & set(here) else ()

    @Slot()
    def _enable(self) -> None:
        idle = self._job is None
        self._download.setEnabled(idle and bool(self._wanting()))
        self._check.setEnabled(idle and bool(self.model.entries))
        self._bundle.setEnabled(idle and bool(self._to_bundle()))
        self._import.setEnabled(idle)
        self._summary.setText(choice_text(self.model.entries, self.chosen))

    # -- work ----------------------------------------------------------------------------------

    def _start(self, work: ShelfWork, title: Title, function: Any, *arguments: object) -> None:
        session = self._session
        if self._job is not None:
            return  # a file dialog was open meanwhile
        job = session.jobs.start(function, *arguments, title=title, kind=work)
        job.failed.connect(session.error_raised)
        job.finished.connect(session.weights_changed)
        self._watch(job)

    def _watch(self, job: Job) -> None:
        self._job, self._outcome = job, None
        self._foot.watch(job)
        job.succeeded.connect(self._on_ended)
        job.failed.connect(self._on_ended)
        job.cancelled.connect(self._on_cancelled)
        job.finished.connect(self._on_finished)
        self._enable()

    @Slot(object)
    def _on_ended(self, outcome: Outcome) -> None:
        self._outcome = outcome
        if isinstance(outcome, Checked):
            self.model.set_entries(outcome.entries)

    @Slot()
    def _on_cancelled(self) -> None:
        if self._job is not None:
            self._outcome = ShelfWork(self._job.kind)

    @Slot()
    def _on_finished(self) -> None:
        self._job = None
        self._retranslate()

    @Slot()
    def _on_download(self) -> None:
        self._start(
            ShelfWork.DOWNLOAD,
            lambda: self.tr("Downloading weights"),
            shelf.download,
            self._wanting(),
        )

    @Slot()
    def _on_check(self) -> None:
        self._start(ShelfWork.CHECK, lambda: self.tr("Checking weights"), shelf.check)

    @Slot()
    def _on_bundle(self) -> None:
        start = Path(self._settings.last_folder, f"pre-trained{SUFFIX}")
        title = self.tr("Make a bundle of weights")
        dialog = file_dialogs.save_dialog(self, title, start, self._kinds())
        dialog.fileSelected.connect(self._on_bundle_named)
        dialog.show()

    @Slot(str)
    def _on_bundle_named(self, path: str) -> None:
        self._settings.last_folder = str(Path(path).parent)
        names = self._to_bundle()
        self._start(
            ShelfWork.BUNDLE,
            lambda: self.tr("Making a bundle of weights"),
            shelf.make_bundle,
            names,
            Path(path),
        )

    @Slot()
    def _on_import(self) -> None:
        title, start = self.tr("Take in a bundle of weights"), self._settings.last_folder
        dialog = file_dialogs.file_dialog(self, title, start, self._kinds())
        dialog.fileSelected.connect(self._on_bundle_chosen)
        dialog.show()

    @Slot(str)
    def _on_bundle_chosen(self, path: str) -> None:
        self._settings.last_folder = str(Path(path).parent)
        self._start(
            ShelfWork.IMPORT,
            lambda: self.tr("Taking in a bundle of weights"),
            shelf.take_in,
            Path(path),
        )

    def _kinds(self) -> str:
        return self.tr("Bundles of weights (*.zip)")

    # -- words ---------------------------------------------------------------------------------

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
            self.model.retranslate()

    def _retranslate(self) -> None:
        self._filter.setPlaceholderText(self.tr("Filter"))
        self._filter.setAccessibleName(self.tr("Filter weights by the model's name or family"))
        self.table.setAccessibleName(self.tr("Pre-trained weights of all models"))
        self._download.setText(self.tr("Download"))
        self._download.setToolTip(self.tr("The chosen ones, or the rest of them"))
        self._check.setText(self.tr("Check"))
        self._check.setToolTip(self.tr("Read all files that are here and compare their checksums"))
        self._bundle.setText(self.tr("Make a bundle…"))
        self._bundle.setToolTip(
            self.tr("Write the chosen weights, or all that are here, into one file to be carried")
        )
        self._import.setText(self.tr("Take in a bundle…"))
        self._import.setToolTip(self.tr("Add the weights of such a file to this computer"))
        text, tone = "", ""
        if self._outcome is not None:
            text, tone = outcome_text(self._outcome)
        elif not self.model.entries:
            text = self.tr("Looking which weights are here…")
        else:
            text = self.tr("Choose models in the table; several with Ctrl or Shift.")
        self._foot.set_status(text, tone)
        self._enable()
