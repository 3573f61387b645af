"""How good a model is, which images it gets wrong, and where it looks."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Final

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QAction, QStandardItemModel
from PySide6.QtWidgets import QMenu, QPushButton, QStackedWidget
from typing_extensions import override

from effnet_studio.engine.data.dataset import Split
from effnet_studio.engine.explain.names import Detail
from effnet_studio.gui import file_dialogs
from effnet_studio.gui.attention_keeper import AttentionKeeper
from effnet_studio.gui.dialogs.compare_runs import CompareDialog
from effnet_studio.gui.errors import Banner, ErrorPanel
from effnet_studio.gui.evaluation_keeper import Checked, EvaluationKeeper
from effnet_studio.gui.label_next import LabelNext
from effnet_studio.gui.layout_parts import laid_out_once
from effnet_studio.gui.learning_keeper import LearningKeeper
from effnet_studio.gui.models.predict_items import ModelHolder
from effnet_studio.gui.names import named
from effnet_studio.gui.pages.base import Page
from effnet_studio.gui.projects import SUFFIX
from effnet_studio.gui.reject_keeper import RejectKeeper
from effnet_studio.gui.report_saver import ReportSaver
from effnet_studio.gui.restyler import hold_parts
from effnet_studio.gui.retrainer import Retrainer
from effnet_studio.gui.slices_keeper import SlicesKeeper
from effnet_studio.gui.suspect_finder import SuspectFinder
from effnet_studio.gui.text import count_text
from effnet_studio.gui.theme import set_role
from effnet_studio.gui.widgets.elided_combo import ElidedCombo
from effnet_studio.gui.widgets.empty_state import EmptyState
from effnet_studio.gui.widgets.evaluate.attention_view import AttentionView
from effnet_studio.gui.widgets.evaluate.evaluation_view import EvaluationView
from effnet_studio.gui.widgets.evaluate.learning_curve_view import LearningCurveView
from effnet_studio.gui.widgets.help_mark import HelpMark, help_row
from effnet_studio.gui.widgets.run_combo import RunCombo
from effnet_studio.gui.widgets.saved_notice import SavedNotice
from effnet_studio.gui.widgets.tab_bar import TabBar
from effnet_studio.gui.widgets.work_card import WorkCard

if TYPE_CHECKING:
    from collections.abc import Iterator

    from effnet_studio.engine.errors import StudioError
    from effnet_studio.engine.training.runs import Run


_SHORT_RUN: Final = 26
"""Letters of a run's name that have room in a small window."""

_HELP: Final = (
    "concept-accuracy-intervals",
    "evaluate",
    "concept-precision-recall",
    "concept-calibration",
    "evaluate",
    "evaluate",
    "concept-grad-cam",
)
"""Page of the guide for each tab."""

_SPLITS: Final[tuple[Split, ...]] = ("val", "test", "train")


class EvaluatePage(Page):
    """No model yet, not checked yet, checking, or figures and images."""

    key: ClassVar[str] = "evaluate"
    command_buttons: ClassVar[tuple[str, ...]] = (
        "evaluate_start",
        "evaluate_report",
        "evaluate_more",
        "evaluation_copy",
        "work_stop",
    )

    @override
    def _build_ui(self) -> Iterator[None]:
        self._keeper = EvaluationKeeper(self.session, self)
        self._build_header()
        yield
        self._error = ErrorPanel(self.theme, self)
        self._no_run = EmptyState(self.theme, "evaluate", self)
        self._unchecked = EmptyState(self.theme, "evaluate", self)
        self._work = WorkCard(self.theme, self)
        yield
        self._view = EvaluationView(self.session.jobs, self.theme, self)
        yield from self._view.build()
        self._holder = ModelHolder()
        self._shown: Checked | None = None
        self._states = named(QStackedWidget(self), "evaluate_states")
        for state in (self._no_run, self._unchecked, self._work, self._view):
            self._states.addWidget(state)
        yield
        self._attention = AttentionView(self.session.jobs, self.theme, self)
        yield
        self._tabs = named(TabBar(self), "evaluate_tabs")
        self._tabs.setExpanding(False)
        self._views = named(QStackedWidget(self), "evaluate_views")
        self._learning = LearningCurveView(self.theme, self)
        yield
        self._others = (self._learning, self._attention)
        for view in (self._states, *self._others):
            self._views.addWidget(view)
        for _ in (*self._view.tabs, *self._others):
            self._tabs.addTab("")
        self._retrainer = Retrainer(self.session, self.theme, self)
        self._outside = Banner(self.theme, "accent", self)
        self._outside.setObjectName("outside_banner")
        self._outside.set_closable(False)
        self._back = named(QPushButton(self._outside), "outside_back")
        self._outside.add_button(self._back)
        self._saved = SavedNotice(self.theme, self)
        for banner in (self._error, self._saved, self._outside, self._retrainer.banner):
            self.body.addWidget(banner)
        self._mark = named(HelpMark(_HELP[0], self.theme, self), "evaluate_help")
        self._mark.follow(self._tabs, _HELP)
        self.body.addLayout(help_row(self._tabs, self._mark))
        self.body.addWidget(self._views, 1)
        for holder in (self._views, self._states):
            hold_parts(holder)

    def _build_header(self) -> None:
        self._runs = RunCombo(self.session, "evaluate_run", self)
        self._runs.setMinimumContentsLength(_SHORT_RUN)
        self._split = ElidedCombo("evaluate_split", self)
        for split in _SPLITS:
            self._split.addItem("", split)
        self._detail = ElidedCombo("evaluate_detail", self)
        for detail in Detail:
            self._detail.addItem("", detail)
        self._again = named(QPushButton(self), "evaluate_start")
        set_role(self._again, "primary")
        self._menu = named(QMenu(self), "evaluate_menu")
        self._on_folder = named(QAction(self), "evaluate_folder")
        self._on_file = named(QAction(self), "evaluate_file")
        self._menu.addActions([self._on_folder, self._on_file])
        self._report = named(QPushButton(self), "evaluate_report")
        self._more = named(QPushButton(self), "evaluate_more")
        self._more.setMenu(self._menu)
        for button, icon in ((self._report, "file"), (self._more, "menu")):
            set_role(button, "square")
            self.theme.set_icon(button, icon)
        for widget in (
            self._runs,
            self._split,
            self._detail,
            self._report,
            self._more,
            self._again,
        ):
            self.header.add_action(widget)

    @override
    def _connect(self) -> None:
        self.session.run_selected.connect(self._on_changed)
        self.session.dataset_changed.connect(self._on_changed)
        self._keeper.changed.connect(self._on_kept)
        self._keeper.failed.connect(self._on_failed)
        self._split.currentIndexChanged.connect(self._refresh)
        self._detail.currentIndexChanged.connect(self._on_detail)
        self._again.clicked.connect(self.start)
        self._on_folder.triggered.connect(self._on_folder_asked)
        self._on_file.triggered.connect(self._on_file_asked)
        self._back.clicked.connect(self._keeper.leave_outside)
        self._unchecked.action_clicked.connect(self.start)
        self._no_run.action_clicked.connect(self._on_train)
        self._view.picture_opened.connect(self._on_picture_opened)
        self._view.sheet.next_asked.connect(self._on_next_asked)
        self._view.sheet.relabel_asked.connect(self.session.editor.relabel)
        self._view.sheet.exclude_asked.connect(self.session.editor.exclude)
        self._rejection = RejectKeeper(self.session, self._view.confidence, self)
        self._rejection.failed.connect(self._on_failed)
        self._looks = AttentionKeeper(self.session, self._attention, self)
        self._learner = LearningKeeper(self.session, self._learning, self)
        self._learning.board.page_asked.connect(self.navigation_asked)
        self._slices = SlicesKeeper(self.session, self._view.slices, self)
        self._attention.board.picture_opened.connect(self._on_picture_opened)
        self._tabs.currentChanged.connect(self._on_tab)
        self._retrainer.compare_asked.connect(self._on_compare_asked)
        self._reports = ReportSaver(self.session, self)
        self._reports.saved.connect(self._saved.show_file)
        self._reports.working_changed.connect(self._report.setDisabled)
        self._report.clicked.connect(self._on_report)
        self._suspects = SuspectFinder(self.session, self)
        self._suspects.changed.connect(self._on_suspects_changed)
        self._suspects.failed.connect(self._on_failed)
        self._view.worst.suspects_asked.connect(self._suspects.start)
        self._labelling = LabelNext(self.session, self)
        self._labelling.chosen.connect(self._on_to_label)
        self._labelling.failed.connect(self._on_failed)
        self._labelling.working_changed.connect(self._on_choosing)
        self._view.worst.folder_asked.connect(self._labelling.ask)
        self._refresh()

    # -- the evaluation ------------------------------------------------------------------------

    @Slot()
    def start(self) -> None:
        """Check the chosen model on the chosen part of the images."""
        self._error.clear()
        self._keeper.start()

    @Slot()
    def _on_folder_asked(self) -> None:
        chosen = file_dialogs.choose_folder(
            self, self.tr("Folder of labelled images to check the model on")
        )
        if chosen is not None:
            self.drop_files([chosen])

    @Slot()
    def _on_file_asked(self) -> None:
        chosen = file_dialogs.choose_file(
            self, self.tr("Exported model to check"), "", "ONNX (*.onnx)"
        )
        if chosen is not None:
            self.drop_files([chosen])

    @override
    def drop_files(self, paths: list[Path]) -> bool:
        """Check the run on a folder, or an exported model on the project's images."""
        if len(paths) != 1 or self.session.run is None or self.session.dataset is None:
            return False
        (path,) = paths
        exported = path.suffix.lower() == ".onnx"
        if not exported and (not path.is_dir() or path.suffix == SUFFIX):
            return False
        self._error.clear()
        self._tabs.setCurrentIndex(0)
        if exported:
            self._keeper.check_file(path)
        else:
            self._keeper.check_folder(path)
        return True

    @Slot()
    def _on_report(self) -> None:
        run, result = self.session.run, self._keeper.result
        if run is not None and result is not None:
            self._reports.ask(
                run,
                self._split.currentData(),
                result.evaluation,
                outside=result.dataset if result.project is None else None,
                outside_name=result.outside,
            )

    @Slot(object)
    def _on_failed(self, error: StudioError) -> None:
        self._error.show_error(error)

    @Slot()
    def _on_kept(self) -> None:
        result, job = self._keeper.result, self._keeper.job
        if job is not None:
            self._work.follow(job)
        elif result is not None and result is not self._shown:
            self._rejection.look_at(result.run_dir)
            model = (self._holder, result.run_dir) if result.run_dir is not None else None
            self._view.set_evaluation(result.evaluation, result.dataset, result.project, model)
        self._shown = result
        self._show_state()

    @Slot(int)
    def _on_tab(self, tab: int) -> None:
        if tab < len(self._view.tabs):
            self._view.show_tab(tab)
        self._show_state()

    @Slot()
    def _on_detail(self) -> None:
        self._looks.refresh(self._split.currentData(), Detail(self._detail.currentData()))

    @Slot(object)
    def _on_changed(self, _what: object) -> None:
        self._error.clear()
        self._retranslate()
        self._refresh()

    @Slot()
    def _refresh(self) -> None:
        """Show what was found out earlier of the run and the part that are chosen."""
        self._on_detail()
        self._keeper.set_split(self._split.currentData())

    # -- showing -------------------------------------------------------------------------------

    def _show_state(self) -> None:
        with laid_out_once(self):
            self._show_parts()

    def _show_parts(self) -> None:
        result, working = self._keeper.result, self._keeper.job is not None
        ready = self.session.run is not None and self.session.dataset is not None
        if working:
            self._states.setCurrentWidget(self._work)
        elif not ready:
            self._states.setCurrentWidget(self._no_run)
        else:
            self._states.setCurrentWidget(self._unchecked if result is None else self._view)
        other = self._tabs.currentIndex() - len(self._view.tabs)
        figures = not ready or other < 0
        own = result is None or not result.outside
        self._detail.setVisible(not figures and self._others[other] is self._attention)
        self._views.setCurrentWidget(self._states if figures else self._others[other])
        self._again.setVisible(ready and figures and own and result is not None)
        self._report.setVisible(figures and result is not None and result.run_dir is not None)
        self._tabs.setVisible(ready)
        self._mark.setVisible(ready)
        of_run = figures or self._others[other] is not self._learning
        for widget in (self._runs, self._split, self._more):
            widget.setVisible(ready and of_run)
        for widget in (self._runs, self._split, self._again, self._more):
            widget.setEnabled(not working)
        self._say_outside()

    def _say_outside(self) -> None:
        result = self._keeper.result
        if result is None or not result.outside or self._keeper.job is not None:
            self._outside.set_texts("")
        elif result.project is None:
            text = self.tr("Checked on the folder {name}, which is not part of the project.")
            learned = self.tr(
                "The model has learned from %n of these images: it does better on them than on"
                " others.",
                "",
                result.learned,
            )
            hint = learned if result.learned else ""
            self._outside.set_texts(text.format(name=result.outside), hint)
        else:
            text = self.tr("Figures of the exported model {name}.")
            self._outside.set_texts(text.format(name=result.outside))

    @Slot()
    def _on_train(self) -> None:
        self.navigation_asked.emit("train" if self.session.dataset is not None else "data")

    @Slot()
    def _on_next_asked(self) -> None:
        self.navigation_asked.emit("predict")

    @Slot(object, object)
    def _on_compare_asked(self, before: Run, after: Run) -> None:
        dialog = CompareDialog(self.session, self.theme, before, after, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.show()

    @Slot()
    def _on_suspects_changed(self) -> None:
        finder = self._suspects
        self._view.worst.set_suspects(finder.found, searching=finder.job is not None)

    @Slot(bool)
    def _on_choosing(self, choosing: bool) -> None:  # noqa: FBT001 - a slot
        self._view.worst.set_choosing(choosing=choosing)

    @Slot(object)
    def _on_to_label(self, paths: list[Path]) -> None:
        self.files_sent.emit("predict", paths)

    @Slot(object)
    def _on_picture_opened(self, path: Path) -> None:
        self.files_sent.emit("predict", [path])

    @override
    def _retranslate(self) -> None:
        project = self.session.project
        about = self.tr("What the model gets right and wrong, and why.")
        if project is not None and project.read_only:
            about = self.tr("The project is open for reading only: results are not kept.")
        self.header.set_texts(self.tr("Evaluate"), about)
        others = (self.tr("Enough images?"), self.tr("Where it looks"))
        for place, name in enumerate((*(tab.tab_title() for tab in self._view.tabs), *others)):
            self._tabs.setTabText(place, name)
        self._tabs.setAccessibleName(self.tr("Views of the result"))
        self._set_splits()
        self._split.setAccessibleName(self.tr("Part of the images"))
        self._detail.setItemText(0, self.tr("Detail: coarse"))
        self._detail.setItemText(1, self.tr("Detail: fine"))
        self._detail.setAccessibleName(self.tr("How closely to look"))
        self._detail.setToolTip(
            self.tr(
                "Coarse: the last layer, which knows best what it sees. Fine: an earlier layer,"
                " with smaller places; takes several times as long."
            )
        )
        self._on_folder.setText(self.tr("Check on another folder…"))
        self._on_file.setText(self.tr("Check an exported model…"))
        self._report.setAccessibleName(self.tr("Save a report or a model card…"))
        self._report.setToolTip(self._report.accessibleName())
        self._more.setAccessibleName(self.tr("More to check"))
        self._more.setToolTip(self._more.accessibleName())
        self._back.setText(self.tr("Back to the project's own"))
        self._back.setAccessibleName(self._back.text())
        self._again.setText(self.tr("Check again"))
        self._again.setAccessibleName(self._again.text())
        no_data = self.session.dataset is None
        self._no_run.set_texts(
            self.tr("No trained model yet"),
            self.tr("Train one first; here you will see what it gets right and wrong."),
            action=self.tr("Go to Data") if no_data else self.tr("Go to Train"),
        )
        self._unchecked.set_texts(
            self.tr("Not checked yet"),
            self.tr(
                "The model answers for each of these images, and the answers are compared with"
                " your folders."
            ),
            action=self.tr("Check the model"),
        )
        self._show_state()

    def _set_splits(self) -> None:
        """Name the parts of the images; those without images cannot be chosen."""
        titles = (self.tr("Validation"), self.tr("Test"), self.tr("Training"))
        dataset = self.session.dataset
        model = self._split.model()
        for row, (split, title) in enumerate(zip(_SPLITS, titles, strict=True)):
            count = len(dataset.subset(split)) if dataset is not None else 0
            self._split.setItemText(row, f"{title} · {count_text(count)}" if count else title)
            if isinstance(model, QStandardItemModel):
                model.item(row).setEnabled(count > 0)
        if dataset is not None and not dataset.subset(self._split.currentData()):
            filled = next((row for row, split in enumerate(_SPLITS) if dataset.subset(split)), 0)
            self._split.setCurrentIndex(filled)
