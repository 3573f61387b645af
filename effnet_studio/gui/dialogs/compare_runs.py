"""Two runs side by side: accuracies, settings, curves, and the images on which they disagree."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, Qt, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QProgressBar,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from effnet_studio.engine.events import Event, Progress
from effnet_studio.gui import contents
from effnet_studio.gui.errors import describe_error
from effnet_studio.gui.i18n import translate_message
from effnet_studio.gui.models.comparisons import (
    disagreement_cell,
    ground_text,
    images_text,
    kept,
    range_text,
    setting_rows,
)
from effnet_studio.gui.models.rows_table import Column, RowsTableModel
from effnet_studio.gui.models.run_list import titles_of
from effnet_studio.gui.names import named
from effnet_studio.gui.text import count_text, percent_text
from effnet_studio.gui.theme import SPACE_1, SPACE_2, SPACE_3, SPACE_4, SPACE_5, set_role
from effnet_studio.gui.widgets.curve_style import CurveStyle
from effnet_studio.gui.widgets.figure_card import FigureCard
from effnet_studio.gui.widgets.plot import PlotCard
from effnet_studio.gui.widgets.table_twin import TableTwin
from effnet_studio.gui.widgets.thumbnail_grid import ThumbnailGrid

if TYPE_CHECKING:
    from collections.abc import Iterable

    from effnet_studio.engine.errors import StudioError
    from effnet_studio.engine.evaluation.comparison import Comparison
    from effnet_studio.engine.training.runs import Run
    from effnet_studio.gui.jobs import Job
    from effnet_studio.gui.session import Session
    from effnet_studio.gui.theme import ThemeManager

_SIZE: Final = (1040, 780)
_PADDING: Final = 32
"""Of a cell, both sides, pixels."""
_STYLES: Final = (CurveStyle(color=0, symbol="o"), CurveStyle(color=1, symbol="s"))
_SIDES: Final = ("first", "second")


class CompareDialog(QDialog):
    """Stands beside the window, which stays usable; closing it stops its job.

    Args:
        session: The open project.
        theme: Colours and icons.
        first: A run.
        second: Another.
        parent: Qt's owner.
    """

    def __init__(
        self,
        session: Session,
        theme: ThemeManager,
        first: Run,
        second: Run,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("compare_runs")
        self._session = session
        self._runs = (first, second)
        self._found: Comparison | None = None
        self._error: StudioError | None = None
        self._job: Job | None = None
        self._build_ui(theme)
        self._connect()
        self._begin()
        self._retranslate()
        self.resize(*_SIZE)

    def _build_ui(self, theme: ThemeManager) -> None:
        self._figures = [FigureCard(f"compare_{side}", self, below=True) for side in _SIDES]
        self._verdict = named(QLabel(self), "compare_verdict")
        set_role(self._verdict, "strong")
        self._ground, self._images = (
            named(QLabel(self), f"compare_{name}") for name in ("ground", "images")
        )
        for label in (self._verdict, self._ground, self._images):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        set_role(self._ground, "muted")
        set_role(self._images, "muted")
        self._bar = named(QProgressBar(self), "compare_bar")
        self._bar.setTextVisible(False)
        self._bar.setRange(0, 0)
        self._settings = RowsTableModel(self)
        self._twin = TableTwin(self._settings, name="compare_settings", parent=self)
        self._plots = {
            name: PlotCard(theme, name=f"compare_{name}", percent=name == "accuracy", parent=self)
            for name in ("accuracy", "loss")
        }
        for plot in self._plots.values():
            # The columns decide on the width, not what is in them.
            plot.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)
            for side, style in zip(_SIDES, _STYLES, strict=True):
                plot.add_series(side, style)
        self._grid_title = QLabel(self)
        set_role(self._grid_title, "strong")
        self._filter = named(QComboBox(self), "compare_filter")
        self._grid = ThumbnailGrid(self._session.jobs, theme, parent=self)
        self._nothing = named(QLabel(self), "compare_nothing")
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        set_role(self._nothing, "muted")
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self._nothing)
        self._stack.addWidget(self._grid)
        self._lay_out()
        self._draw_curves()

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(SPACE_3)
        for card in self._figures:
            top.addWidget(card, 1)
        said = QVBoxLayout()
        said.setSpacing(SPACE_1)
        for widget in (self._verdict, self._ground, self._images, self._bar):
            said.addWidget(widget)
        said.addStretch(1)
        top.addLayout(said, 2)
        middle = QHBoxLayout()
        middle.setSpacing(SPACE_3)
        middle.addWidget(_card(self._twin), 1)
        for plot in self._plots.values():
            middle.addWidget(plot, 1)
        head = QHBoxLayout()
        head.setSpacing(SPACE_2)
        head.addWidget(self._grid_title)
        head.addStretch(1)
        head.addWidget(self._filter)
        pictures = QWidget(self)
        inside = QVBoxLayout(pictures)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(SPACE_2)
        inside.addLayout(head)
        inside.addWidget(self._stack, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_5, SPACE_5, SPACE_5, SPACE_5)
        column.setSpacing(SPACE_4)
        column.addLayout(top)
        column.addLayout(middle, 4)
        column.addWidget(_card(pictures), 5)

    def _draw_curves(self) -> None:
        longest = max((run.config.epochs for run in self._runs), default=1)
        for side, run in zip(_SIDES, self._runs, strict=True):
            for name, plot in self._plots.items():
                plot.extend(side, ((e.epoch + 1, getattr(e, f"val_{name}")) for e in run.epochs))
        for plot in self._plots.values():
            plot.set_x_limits(0, longest)

    def _connect(self) -> None:
        self._filter.currentIndexChanged.connect(self._show_pictures)
        for twin in (self._twin, *(plot.twin for plot in self._plots.values())):
            twin.save_failed.connect(self._session.error_raised)
        self._session.project_changed.connect(self.close)
        self.finished.connect(self._stop)  # Escape sends no close event

    # -- the job -------------------------------------------------------------------------------

    def _begin(self) -> None:
        project = self._session.project
        if project is None:
            return
        ids = (run.run_id for run in self._runs)
        title = self.tr("Comparing runs")
        job = self._session.jobs.start(
            contents.compare_runs, project, *ids, title=title, kind="compare"
        )
        job.event_received.connect(self._on_event)
        job.succeeded.connect(self._on_compared)
        job.failed.connect(self._on_failed)
        job.finished.connect(self._on_finished)
        self._job = job

    @Slot(object)
    def _on_event(self, event: Event) -> None:
        if isinstance(event, Progress):
            self._bar.setRange(0, event.total or 0)
            self._bar.setValue(event.done if event.total else 0)

    @Slot(object)
    def _on_compared(self, found: Comparison) -> None:
        self._found = found

    @Slot(object)
    def _on_failed(self, error: StudioError) -> None:
        self._error = error

    @Slot()
    def _on_finished(self) -> None:
        self._job = None
        self._bar.hide()
        self._retranslate()

    @Slot()
    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()

    # -- what is shown -------------------------------------------------------------------------

    @Slot()
    def _show_pictures(self) -> None:
        found = self._found
        chosen = [] if found is None else kept(found, str(self._filter.currentData() or ""))
        self._grid.set_cells([disagreement_cell(each) for each in chosen])
        self._stack.setCurrentWidget(self._grid if chosen else self._nothing)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        self.setWindowTitle(self.tr("Compare runs"))
        sides = (self.tr("First run"), self.tr("Second run"))
        columns = [Column(text, number=False) for text in (self.tr("Setting"), *sides)]
        rows = setting_rows(*self._runs, self._session.runs)
        self._settings.set_table(columns, rows)
        self._widen(row[0] for row in rows)
        self._twin.table.setAccessibleName(self.tr("Settings that differ"))
        self._plots["accuracy"].set_title(self.tr("Validation accuracy"))
        self._plots["loss"].set_title(self.tr("Validation loss"))
        for plot in self._plots.values():
            plot.set_axis_name(self.tr("Epoch"))
            plot.set_empty_text(self.tr("Neither run has finished an epoch."))
            for side, name in zip(_SIDES, sides, strict=True):
                plot.set_series_name(side, name)
        self._bar.setAccessibleName(self.tr("Comparing runs"))
        self._filter.setAccessibleName(self.tr("Which disagreements"))
        self._grid_title.setText(self.tr("Images on which they disagree"))
        self._grid.setAccessibleName(self._grid_title.text())
        self._say_shares(sides)
        self._fill_filter()
        self._say_found()

    def _widen(self, names: Iterable[str]) -> None:
        """Give the column of names the width they need; the values share the rest."""
        header, metrics = self._twin.table.horizontalHeader(), self._twin.table.fontMetrics()
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Fixed)
        header.resizeSection(0, max(map(metrics.horizontalAdvance, names)) + _PADDING)

    def _say_shares(self, names: tuple[str, str]) -> None:
        found, titles = self._found, titles_of(*self._runs)
        for card, name, title, side in zip(self._figures, names, titles, _SIDES, strict=True):
            share = getattr(found, f"{side}_share") if found is not None else None
            card.set_texts(
                f"{name}: {title}",
                "–" if share is None else percent_text(share.value),
                self.tr("The true accuracy probably lies in this range (95 %, Wilson)"),
                note="…" if share is None else range_text(share),
                note_tone="",
            )

    def _say_found(self) -> None:
        found = self._found
        self._nothing.setText(
            ""
            if found is None
            else self.tr("There are no images of this kind.")
            if found.disagreements
            else self.tr("Both runs give the same answer for every image.")
        )
        if found is not None:
            self._verdict.setText(translate_message(found.message()))
            self._ground.setText(ground_text(found))
            self._images.setText(images_text(found.images))
        elif self._error is not None:
            message, hint, _ = describe_error(self._error)
            self._verdict.setText(message)
            self._ground.setText(hint)
        elif self._job is None:
            self._verdict.setText(self.tr("Stopped; open the comparison again to go on."))
        else:
            self._verdict.setText(self.tr("Both runs judge the same images…"))

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


def _card(widget: QWidget) -> QFrame:
    card = QFrame(widget.parentWidget())
    set_role(card, "card")
    inside = QVBoxLayout(card)
    inside.setContentsMargins(SPACE_3, SPACE_3, SPACE_3, SPACE_3)
    inside.addWidget(widget)
    return card
