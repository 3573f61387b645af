"""The Models page: which architectures there are, which suits, and what they are made of."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QModelIndex, Qt, Slot
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QSplitter,
    QStackedWidget,
    QTableView,
    QWidget,
)
from typing_extensions import override

from effnet_studio.engine.models.catalog import CATALOG, get_spec
from effnet_studio.gui.models.catalog_table import SPEC_ROLE, CatalogFilter, CatalogTableModel
from effnet_studio.gui.models.weights_on_disk import WeightsOnDisk, weights_on_disk
from effnet_studio.gui.names import named
from effnet_studio.gui.pages.base import Page
from effnet_studio.gui.questions import Requests
from effnet_studio.gui.restyler import hold_parts
from effnet_studio.gui.theme import SPACE_4, set_role
from effnet_studio.gui.widgets.architectures.architecture_view import ArchitectureView
from effnet_studio.gui.widgets.architectures.benchmark_view import BenchmarkView
from effnet_studio.gui.widgets.architectures.guide_view import GuideView
from effnet_studio.gui.widgets.architectures.model_details import ModelDetails
from effnet_studio.gui.widgets.architectures.scaling_view import ScalingView
from effnet_studio.gui.widgets.architectures.scatter import ModelScatter
from effnet_studio.gui.widgets.empty_state import EmptyState
from effnet_studio.gui.widgets.help_mark import HelpMark, help_row
from effnet_studio.gui.widgets.search_field import SearchField
from effnet_studio.gui.widgets.tab_bar import TabBar

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtGui import QResizeEvent

    from effnet_studio.engine.benchmark.results import Results
    from effnet_studio.engine.models.spec import ModelSpec
    from effnet_studio.engine.models.stage_times import StageTimes

WIDTHS = (140, 104, 88, 76, 68, 76, 100)
"""Of the columns, pixels; the first takes what is left."""
COMPARE, GUIDE, MEASURE, SCALE, INSIDE = range(5)
"""The tabs."""
HIDDEN_BELOW = {1: 1060, 4: 980, 6: 880}
"""Columns that are left out when the page is narrower; the panel at the right has them too."""

_HELP = ("models", "models", "models", "concept-efficientnet", "concept-efficientnet")
"""Page of the guide for each tab."""


class ModelsPage(Page):
    """Tabs: the catalog beside the chosen one; a guide; measuring; scaling; a look inside."""

    key: ClassVar[str] = "models"
    command_buttons: ClassVar[tuple[str, ...]] = (
        "benchmark_start",
        "benchmark_stop",
        "details_use",
        "scale_train",
        "scale_by_hand",
    )

    def _build_ui(self) -> Iterator[None]:
        self._requests = Requests(self.session.jobs, parent=self)
        self.filter = SearchField("models_filter", self.theme, self)
        self.filter.setFixedWidth(220)
        self.header.add_action(self.filter)
        self.tabs = named(TabBar(self), "models_tabs")
        self.tabs.setExpanding(False)
        self._views = QStackedWidget(self)
        yield
        self.scaling = ScalingView(self.session, self.theme, self)
        yield
        self.inside = ArchitectureView(self.session, self.theme, self)
        yield
        self._seconds: dict[str, float] = {}
        self.guide = GuideView(self.session, self.theme, self)
        yield
        self.benchmark = BenchmarkView(self.session, self.theme, self)
        yield
        compare = self._build_compare()
        yield
        views = (compare, self.guide, self.benchmark, self.scaling, self.inside)
        for view in views:  # in the order of the tabs
            self._views.addWidget(view)
            self.tabs.addTab("")
        mark = named(HelpMark(_HELP[0], self.theme, self), "models_help")
        mark.follow(self.tabs, _HELP)
        self.body.addLayout(help_row(self.tabs, mark))
        self.body.addWidget(self._views, 1)
        hold_parts(self._views)

    def _build_compare(self) -> QWidget:
        specs = tuple(CATALOG.values())
        self._model = CatalogTableModel(specs, self)
        self._proxy = CatalogFilter(self)
        self._proxy.setSourceModel(self._model)
        self.table = self._build_table()
        self._nothing = EmptyState(self.theme, "search", self)
        set_role(self._nothing.action, "plain")  # the model beside it has the main one
        self._nothing.action_clicked.connect(self.filter.clear)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.table)
        self._stack.addWidget(self._nothing)
        self.scatter = ModelScatter(specs, self.theme, self)
        self.details = ModelDetails(self.theme, self)
        split = named(QSplitter(Qt.Orientation.Vertical, self), "models_splitter")
        split.addWidget(self._stack)
        split.addWidget(self.scatter)
        split.setSizes([300, 320])
        self.scatter.setMinimumHeight(240)
        split.setHandleWidth(SPACE_4)
        split.setChildrenCollapsible(False)
        view = named(QWidget(self), "compare_view")
        row = QHBoxLayout(view)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE_4)
        row.addWidget(split, 1)
        row.addWidget(self.details)
        return view

    def _build_table(self) -> QTableView:
        table = named(QTableView(self), "models_table")
        table.setModel(self._proxy)
        table.setSortingEnabled(True)
        table.sortByColumn(-1, Qt.SortOrder.AscendingOrder)
        table.setShowGrid(False)
        table.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        table.setTabKeyNavigation(False)  # else Tab never leaves the table
        table.setWordWrap(False)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(34)
        header = table.horizontalHeader()
        header.setHighlightSections(False)
        header.setMinimumSectionSize(48)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for column, width in enumerate(WIDTHS[1:], start=1):
            table.setColumnWidth(column, width)
        return table

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for column, least in HIDDEN_BELOW.items():
            self.table.setColumnHidden(column, self.width() < least)

    def _connect(self) -> None:
        self.tabs.currentChanged.connect(self._on_tab_changed)
        self.filter.textChanged.connect(self._on_filter_changed)
        self.table.selectionModel().currentRowChanged.connect(self._on_row_changed)
        self.table.activated.connect(self._on_activated)
        self.scatter.model_chosen.connect(self.choose)
        self.details.use_clicked.connect(self._on_use)
        self.scaling.train_asked.connect(self._on_use)
        self.scaling.changed.connect(self.inside.set_scaled)
        self.inside.measured.connect(self._on_measured)
        self.guide.model_chosen.connect(self._on_use)
        self.guide.measure_asked.connect(self._on_measure_asked)
        self.benchmark.model_chosen.connect(self._on_benchmark_chosen)
        self.benchmark.results_changed.connect(self.guide.set_results)
        self.benchmark.results_changed.connect(self._on_results)
        self.inside.set_scaled(self.scaling.model)
        self._requests.answered.connect(self._on_weights_found)
        self.session.weights_changed.connect(self._look_for_weights)
        self._look_for_weights()
        self.choose(self.session.wanted_model or next(iter(CATALOG)))

    @Slot(str)
    def choose(self, name: str) -> None:
        """Show an architecture in table, plot and panel."""
        for row in range(self._proxy.rowCount()):
            index = self._proxy.index(row, 0)
            spec: ModelSpec = index.data(SPEC_ROLE)
            if spec.name == name:
                self.table.setCurrentIndex(index)
                return
        self._show(get_spec(name))

    def _show(self, spec: ModelSpec) -> None:
        self.details.set_spec(spec)
        self.scatter.choose(spec.name)

    @Slot(QModelIndex)
    def _on_row_changed(self, current: QModelIndex) -> None:
        if current.isValid():
            self._show(current.data(SPEC_ROLE))

    @Slot(QModelIndex)
    def _on_activated(self, index: QModelIndex) -> None:
        spec: ModelSpec = index.data(SPEC_ROLE)
        self._on_use(spec.name)

    @Slot(int)
    def _on_tab_changed(self, tab: int) -> None:
        self._views.setCurrentIndex(tab)
        self.filter.setVisible(tab == COMPARE)

    @Slot(str)
    def _on_filter_changed(self, text: str) -> None:
        self._proxy.set_text(text)
        rows = range(self._proxy.rowCount())
        shown = [self._proxy.index(row, 0).data(SPEC_ROLE).name for row in rows]
        self.scatter.set_shown(shown if text.strip() else None)
        self._stack.setCurrentIndex(0 if self._proxy.rowCount() else 1)

    @Slot(str)
    def _on_use(self, name: str) -> None:
        self.session.want_model(name)
        self.navigation_asked.emit("train")

    @Slot(object)
    def _on_measured(self, times: StageTimes) -> None:
        self._seconds[times.model] = times.seconds
        self.scaling.set_times(self._seconds)

    @Slot()
    def _on_measure_asked(self) -> None:
        self.tabs.setCurrentIndex(MEASURE)

    @Slot(str)
    def _on_benchmark_chosen(self, name: str) -> None:
        self.tabs.setCurrentIndex(COMPARE)
        self.choose(name)

    @Slot(object)
    def _on_results(self, results: Results) -> None:
        """What the app predicts with tells how long a network of another size takes."""
        for each in results.measurements:
            if each.runtime == "torch" and each.device == "cpu":
                self._seconds[each.model] = each.latency.median
        self.scaling.set_times(self._seconds)

    @Slot()
    def _look_for_weights(self) -> None:
        self._requests.ask("weights", weights_on_disk, tuple(CATALOG.values()))

    @Slot(object, object)
    def _on_weights_found(self, _key: object, present: WeightsOnDisk) -> None:
        self._model.set_present(present.imagenet)

    @override
    def _retranslate(self) -> None:
        self.header.set_texts(
            self.tr("Models"),
            self.tr("All begin with what they learned from photographs; they differ in cost."),
        )
        self.tabs.setTabText(COMPARE, self.tr("Compare"))
        self.tabs.setTabText(GUIDE, self.tr("Which one?"))
        self.tabs.setTabText(MEASURE, self.tr("Measure"))
        self.tabs.setTabText(SCALE, self.tr("Scale"))
        self.tabs.setTabText(INSIDE, self.tr("Inside"))
        self.tabs.setAccessibleName(self.tr("Views of the models"))
        self.filter.setPlaceholderText(self.tr("Filter"))
        self.filter.setAccessibleName(self.tr("Filter models by name or family"))
        self.table.setAccessibleName(self.tr("All models"))
        self._nothing.set_texts(
            self.tr("No model is called that"),
            self.tr("Names and families are searched, such as ResNet or B3."),
            action=self.tr("Show all models"),
        )
        self._model.retranslate()
