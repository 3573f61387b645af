"""The images of a project once they are there: classes at the left, tabs at the right."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from effnet_studio.engine.data.dataset import SPLITS
from effnet_studio.gui.dataset_judge import DatasetJudge
from effnet_studio.gui.map_maker import MapMaker
from effnet_studio.gui.models.run_list import title_of
from effnet_studio.gui.names import named
from effnet_studio.gui.questions import Requests
from effnet_studio.gui.restyler import hold_parts
from effnet_studio.gui.text import count_text, moment_text
from effnet_studio.gui.theme import SPACE_3, SPACE_4
from effnet_studio.gui.widgets.data.balance_chart import BalanceChart
from effnet_studio.gui.widgets.data.class_panel import ClassPanel
from effnet_studio.gui.widgets.data.findings_view import FindingsView
from effnet_studio.gui.widgets.data.history_view import HistoryView
from effnet_studio.gui.widgets.data.image_browser import ImageBrowser
from effnet_studio.gui.widgets.data.image_map import ImageMap
from effnet_studio.gui.widgets.data.problem_list import ProblemList
from effnet_studio.gui.widgets.help_mark import HelpMark, help_row
from effnet_studio.gui.widgets.holder_card import EDGE, HolderCard
from effnet_studio.gui.widgets.tab_bar import TabBar

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from PySide6.QtGui import QResizeEvent

    from effnet_studio.engine.data.dataset import Dataset
    from effnet_studio.engine.data.versions import VersionDiff
    from effnet_studio.engine.project import Project
    from effnet_studio.engine.training.runs import Run
    from effnet_studio.gui.models.thumbnails import Thumbnail
    from effnet_studio.gui.session import Session
    from effnet_studio.gui.theme import ThemeManager

IMAGES, MAP, FINDINGS, BALANCE, LEFT_OUT, HISTORY = range(6)
"""The tabs."""

_HELP = ("data", "data", "data", "concept-class-balance", "data", "data")
"""Page of the guide for each tab."""
_PANEL: Final = 280
_NARROW_PANEL: Final = 240
"""Width of the list of classes in a window that is no wider than it must be, pixels."""
_WIDE: Final = 900


class DataImages(QWidget):
    """Shows what the session knows of the images, and hands changes to its editor.

    It is made by :meth:`build`.

    Args:
        session: The open project.
        theme: Colours and icons.
        parent: Qt's owner.
    """

    opened = Signal(object, int)
    """Numbers of pictures, and the place of the one to show large."""

    def __init__(
        self, session: Session, theme: ThemeManager, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("data_loaded")
        self._session = session
        self._theme = theme
        self._requests = Requests(session.jobs, parent=self)
        self._made = False

    def build(self) -> Iterator[None]:
        """Lay it out, wire it and set its texts, in steps."""
        yield from self._build_ui()
        yield
        self._connect()
        self._retranslate()
        self._made = True

    def _build_ui(self) -> Iterator[None]:
        self.panel = ClassPanel(self._theme, self)
        card = HolderCard(self)
        self.tabs = named(TabBar(card), "data_tabs")
        self.tabs.setExpanding(False)
        yield
        self.browser = ImageBrowser(self._session, self._theme, card)
        yield
        self._judge = DatasetJudge(self._session, self)
        self.map = ImageMap(self._session, self._theme, card)
        self._map_maker = MapMaker(self._session, self.map, self)
        yield
        self.findings = FindingsView(self._session, self._theme, card)
        yield
        self.balance = BalanceChart(self._theme, card)
        self._problems = ProblemList(self._theme, card)
        self.history = HistoryView(self._theme, card)
        self._views = QStackedWidget(card)
        views = (self.browser, self.map, self.findings, self.balance)
        for view in (*views, self._problems, self.history):
            self._views.addWidget(view)
            self.tabs.addTab("")
        column = QVBoxLayout(card)
        column.setContentsMargins(SPACE_4 + EDGE, SPACE_3 + EDGE, SPACE_3 + EDGE, SPACE_3 + EDGE)
        column.setSpacing(SPACE_3)
        mark = named(HelpMark(_HELP[0], self._theme, card), "data_help")
        mark.follow(self.tabs, _HELP)
        column.addLayout(help_row(self.tabs, mark))
        column.addWidget(self._views, 1)
        hold_parts(self._views)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE_4)
        row.addWidget(self.panel)
        row.addWidget(card, 1)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # In a narrow window all tabs stay in sight.
        self.panel.setFixedWidth(_PANEL if self.width() >= _WIDE else _NARROW_PANEL)

    def _connect(self) -> None:
        session, editor = self._session, self._session.editor
        self.tabs.currentChanged.connect(self._views.setCurrentIndex)
        self.panel.list.class_chosen.connect(self.browser.set_class)
        self.panel.list.class_renamed.connect(editor.rename_class)
        self.panel.list.images_dropped.connect(editor.relabel)
        self.panel.class_added.connect(editor.add_class)
        self.panel.last_check.share_chosen.connect(editor.keep_for_test)
        self.browser.relabel_asked.connect(editor.relabel)
        self.browser.split_asked.connect(editor.set_split)
        self.browser.exclude_asked.connect(editor.exclude)
        self.browser.opened.connect(self.opened)
        self.browser.bar.predict_asked.connect(self._judge.ask)
        self._judge.changed.connect(self.browser.bar.set_model)
        self.map.show_asked.connect(self._on_map_show_asked)
        self.findings.remedy_asked.connect(editor.mend)
        self.findings.exclude_asked.connect(editor.exclude)
        self.findings.relabel_asked.connect(editor.relabel)
        self.findings.split_asked.connect(editor.set_split)
        self.findings.show_asked.connect(self._on_show_asked)
        self.findings.grid.picture_opened.connect(self._on_finding_opened)
        self.balance.remedy_changed.connect(session.want_remedy)
        self.balance.twin.save_failed.connect(session.error_raised)
        session.remedy_wanted.connect(self.balance.set_remedy)
        # Those of the log go through the log itself: the window's undo may stand at something else.
        self.history.undo_asked.connect(editor.undo)
        self.history.redo_asked.connect(editor.redo)
        self.history.compare_asked.connect(self._on_compare)
        self.history.save_failed.connect(session.error_raised)
        self._requests.answered.connect(self._on_compared)
        self._requests.refused.connect(self._on_refused)

    # -- what is shown -------------------------------------------------------------------------

    def refresh(self) -> None:
        """Show what the session knows now; what was chosen and selected stays."""
        images, project = self._session.images, self._session.project
        editable = project is not None and not project.read_only
        self.panel.set_index(images.index, editable=editable)
        self.browser.set_index(images.index, project, images.predictions)
        self._judge.refresh()
        self._map_maker.refresh()
        self.findings.set_findings(images.findings, images.index, images.problems)
        self._show_balance(images.dataset)
        self._problems.set_problems(images.problems, self._session.folder)
        self.history.set_history(images.edits, editable=editable)
        self.tabs.setTabVisible(LEFT_OUT, bool(images.problems))
        self._retranslate()

    def _show_balance(self, dataset: Dataset | None) -> None:
        if dataset is None:
            self.balance.set_counts((), (), (), ())
            return
        train, val, test = (list(dataset.counts(split).values()) for split in SPLITS)
        self.balance.set_counts(dataset.classes, train, val, test)
        if self._session.wanted_remedy is not None:
            self.balance.set_remedy(self._session.wanted_remedy)

    def set_runs(self, runs: Sequence[Run]) -> None:
        """Offer these trainings to compare the images with."""
        rows = []
        for run in runs:
            title = title_of(run)
            rows.append((run.dataset_version, f"{title} · {moment_text(run.created)}"))
        self.history.set_versions(rows)

    # -- answers -------------------------------------------------------------------------------

    @Slot(object)
    def _on_finding_opened(self, cell: Thumbnail) -> None:
        ids = [each for group in self.findings.groups for each in group]
        if cell.value in ids:
            self.opened.emit(ids, ids.index(cell.value))

    @Slot(object, str)
    def _on_show_asked(self, ids: Sequence[int], title: str) -> None:
        self.tabs.setCurrentIndex(IMAGES)
        self.browser.show_ids(ids, title)

    @Slot(object)
    def _on_map_show_asked(self, ids: Sequence[int]) -> None:
        self._on_show_asked(ids, self.tr("From the map"))

    @Slot(str)
    def _on_compare(self, version: str) -> None:
        project, dataset = self._session.project, self._session.dataset
        if project is not None and dataset is not None:
            self._requests.ask_only(version, _compare, project, version, dataset)

    @Slot(object, object)
    def _on_compared(self, _version: object, diff: VersionDiff) -> None:
        self.history.show_diff(diff)

    @Slot(object, object)
    def _on_refused(self, _version: object, error: object) -> None:
        self._session.error_raised.emit(error)

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange and self._made:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        images = self._session.images
        findings, left_out = count_text(len(images.findings)), count_text(len(images.problems))
        self.tabs.setTabText(IMAGES, self.tr("Images"))
        self.tabs.setTabText(MAP, self.tr("Map"))
        self.tabs.setTabText(FINDINGS, self.tr("Findings · {n}").format(n=findings))
        self.tabs.setTabText(BALANCE, self.tr("Balance"))
        self.tabs.setTabText(LEFT_OUT, self.tr("Not used · {n}").format(n=left_out))
        self.tabs.setTabText(HISTORY, self.tr("History"))


def _compare(project: Project, version: str, dataset: Dataset) -> VersionDiff:
    """Tell how the dataset differs from a version, in a background thread."""
    from effnet_studio.engine.data.versions import compare, content_of, load_version

    return compare(load_version(project, version), content_of(dataset))
