"""How good a model is, which images it gets wrong, and where it looks."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QComboBox, QPushButton, QStackedWidget, QTabBar
from typing_extensions import override

from effnet_studio.engine.data.dataset import Split
from effnet_studio.engine.explain.names import Detail
from effnet_studio.gui.attention_keeper import AttentionKeeper
from effnet_studio.gui.dialogs.compare_runs import CompareDialog
from effnet_studio.gui.errors import ErrorPanel
from effnet_studio.gui.jobs import Requests
from effnet_studio.gui.models.predict_items import ModelHolder
from effnet_studio.gui.names import named
from effnet_studio.gui.pages.base import Page
from effnet_studio.gui.retrainer import Retrainer
from effnet_studio.gui.text import count_text
from effnet_studio.gui.theme import set_role
from effnet_studio.gui.widgets.attention_view import AttentionView
from effnet_studio.gui.widgets.empty_state import EmptyState
from effnet_studio.gui.widgets.evaluation_view import EvaluationView
from effnet_studio.gui.widgets.run_combo import RunCombo
from effnet_studio.gui.widgets.work_card import WorkCard

if TYPE_CHECKING:
    from pathlib import Path

    from effnet_studio.engine.cancel import CancelToken
    from effnet_studio.engine.data.dataset import Dataset
    from effnet_studio.engine.errors import StudioError
    from effnet_studio.engine.evaluation.evaluate import Evaluation
    from effnet_studio.engine.events import OnEvent
    from effnet_studio.engine.training.runs import Run
    from effnet_studio.gui.jobs import Job


_SPLITS: Final[tuple[Split, ...]] = ("val", "test", "train")


class EvaluatePage(Page):
    """No model yet, not checked yet, checking, or figures and images."""

    key: ClassVar[str] = "evaluate"

    @override
    def _build_ui(self) -> None:
        self._job: Job | None = None
        self._evaluation: Evaluation | None = None
        self._subject: tuple[str, Split] | None = None
        self._runs = RunCombo(self.session, "evaluate_run", self)
        self._split = named(QComboBox(self), "evaluate_split")
        self._split.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        for split in _SPLITS:
            self._split.addItem("", split)
        self._detail = named(QComboBox(self), "evaluate_detail")
        for detail in Detail:
            self._detail.addItem("", detail)
        self._again = named(QPushButton(self), "evaluate_start")
        set_role(self._again, "primary")
        for widget in (self._runs, self._split, self._detail, self._again):
            self.header.add_action(widget)
        self._error = ErrorPanel(self.theme, self)
        self._no_run = EmptyState(self.theme, "evaluate", self)
        self._unchecked = EmptyState(self.theme, "evaluate", self)
        self._work = WorkCard(self.theme, self)
        self._view = EvaluationView(self.session.jobs, self.theme, self)
        self._holder = ModelHolder()
        self._states = named(QStackedWidget(self), "evaluate_states")
        for state in (self._no_run, self._unchecked, self._work, self._view):
            self._states.addWidget(state)
        self._attention = AttentionView(self.session.jobs, self.theme, self)
        self._tabs = named(QTabBar(self), "evaluate_tabs")
        self._tabs.setExpanding(False)
        self._views = named(QStackedWidget(self), "evaluate_views")
        self._others = (self._attention,)
        for view in (self._states, *self._others):
            self._views.addWidget(view)
        for _ in (*self._view.tabs, *self._others):
            self._tabs.addTab("")
        self._retrainer = Retrainer(self.session, self.theme, self)
        self.body.addWidget(self._error)
        self.body.addWidget(self._retrainer.banner)
        self.body.addWidget(self._tabs)
        self.body.addWidget(self._views, 1)

    @override
    def _connect(self) -> None:
        self._saved = Requests(self.session.jobs, parent=self)
        self._saved.answered.connect(self._on_saved_read)
        self._saved.refused.connect(self._on_saved_refused)
        self.session.run_selected.connect(self._on_changed)
        self.session.dataset_changed.connect(self._on_changed)
        self._split.currentIndexChanged.connect(self._read_saved)
        self._detail.currentIndexChanged.connect(self._on_detail)
        self._again.clicked.connect(self.start)
        self._unchecked.action_clicked.connect(self.start)
        self._no_run.action_clicked.connect(self._on_train)
        self._view.picture_opened.connect(self._on_picture_opened)
        self._view.sheet.relabel_asked.connect(self.session.editor.relabel)
        self._view.sheet.exclude_asked.connect(self.session.editor.exclude)
        self._keeper = AttentionKeeper(self.session, self._attention, self)
        self._attention.board.picture_opened.connect(self._on_picture_opened)
        self._tabs.currentChanged.connect(self._on_tab)
        self._retrainer.compare_asked.connect(self._on_compare_asked)
        self._read_saved()

    # -- the evaluation ------------------------------------------------------------------------

    @Slot()
    def start(self) -> None:
        """Check the chosen model on the chosen part of the images."""
        run, dataset = self.session.run, self.session.dataset
        if run is None or dataset is None or self._job is not None:
            return
        self._error.clear()
        self._saved.forget()
        self._job = self.session.jobs.start(
            _evaluate,
            run.run_dir,
            dataset,
            self._split.currentData(),
            save=self.session.project is not None and not self.session.project.read_only,
            title=self.tr("Checking the model"),
            kind="evaluate",
        )
        self._work.follow(self._job)
        self._job.succeeded.connect(self._on_succeeded)
        self._job.failed.connect(self._on_failed)
        self._job.finished.connect(self._on_finished)
        self._show_state()

    @Slot(object)
    def _on_succeeded(self, evaluation: Evaluation) -> None:
        self._take(evaluation)

    @Slot(object)
    def _on_failed(self, error: StudioError) -> None:
        self._error.show_error(error)

    @Slot()
    def _on_finished(self) -> None:
        self._job = None
        self._show_state()

    @Slot(int)
    def _on_tab(self, tab: int) -> None:
        if tab < len(self._view.tabs):
            self._view.show_tab(tab)
        self._show_state()

    @Slot()
    def _on_detail(self) -> None:
        self._keeper.refresh(self._split.currentData(), Detail(self._detail.currentData()))

    @Slot(object)
    def _on_changed(self, _what: object) -> None:
        self._error.clear()
        self._retranslate()
        self._read_saved()

    @Slot()
    def _read_saved(self) -> None:
        """Show what was found out earlier, if it still fits the images."""
        run, dataset, split = self.session.run, self.session.dataset, self._split.currentData()
        subject = (run.run_id, split) if run is not None and dataset is not None else None
        if subject != self._subject:
            # After a change of the labels the old figures stay until the new ones are there.
            self._subject, self._evaluation = subject, None
        self._keeper.refresh(self._split.currentData(), Detail(self._detail.currentData()))
        if run is not None and dataset is not None:
            self._saved.ask_only(subject, _load_saved, run.run_dir, dataset, split)
        else:
            self._saved.forget()
        self._show_state()

    @Slot(object, object)
    def _on_saved_read(self, _key: object, evaluation: Evaluation | None) -> None:
        if self._job is None:
            self._evaluation = None
            if evaluation is not None:
                self._take(evaluation)
            self._show_state()

    @Slot(object, object)
    def _on_saved_refused(self, _key: object, error: StudioError) -> None:
        self._error.show_error(error)

    def _take(self, evaluation: Evaluation) -> None:
        project, dataset = self.session.project, self.session.dataset
        if project is None or dataset is None:
            return
        self._evaluation = evaluation
        run = self.session.run
        model = (self._holder, run.run_dir) if run is not None else None
        self._view.set_evaluation(evaluation, dataset, project, model)

    # -- showing -------------------------------------------------------------------------------

    def _show_state(self) -> None:
        if self._job is not None:
            self._states.setCurrentWidget(self._work)
        elif self.session.run is None or self.session.dataset is None:
            self._states.setCurrentWidget(self._no_run)
        else:
            done = self._evaluation is not None
            self._states.setCurrentWidget(self._view if done else self._unchecked)
        ready = self.session.run is not None and self.session.dataset is not None
        self._runs.setVisible(ready)
        self._split.setVisible(ready)
        other = self._tabs.currentIndex() - len(self._view.tabs)
        figures = not ready or other < 0
        self._tabs.setVisible(ready)
        self._detail.setVisible(not figures and self._others[other] is self._attention)
        self._views.setCurrentWidget(self._states if figures else self._others[other])
        self._again.setVisible(ready and figures and self._evaluation is not None)
        for widget in (self._runs, self._split, self._again):
            widget.setEnabled(self._job is None)

    @Slot()
    def _on_train(self) -> None:
        self.navigation_asked.emit("train" if self.session.dataset is not None else "data")

    @Slot(object, object)
    def _on_compare_asked(self, before: Run, after: Run) -> None:
        dialog = CompareDialog(self.session, self.theme, before, after, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.show()

    @Slot(object)
    def _on_picture_opened(self, path: Path) -> None:
        self.files_sent.emit("predict", [path])

    @override
    def _retranslate(self) -> None:
        project = self.session.project
        about = self.tr("What the model gets right, what it gets wrong, and why.")
        if project is not None and project.read_only:
            about = self.tr("The project is open for reading only: results are not kept.")
        self.header.set_texts(self.tr("Evaluate"), about)
        others = (self.tr("Where it looks"),)
        for place, name in enumerate((*(tab.tab_title() for tab in self._view.tabs), *others)):
            self._tabs.setTabText(place, name)
        self._tabs.setAccessibleName(self.tr("Views of the result"))
        self._set_splits()
        self._split.setAccessibleName(self.tr("Part of the images"))
        self._detail.setItemText(0, self.tr("Coarse"))
        self._detail.setItemText(1, self.tr("Fine"))
        self._detail.setAccessibleName(self.tr("How closely to look"))
        self._detail.setToolTip(
            self.tr(
                "Coarse: the last layer, which knows best what it sees. Fine: an earlier layer,"
                " with smaller places; takes several times as long."
            )
        )
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


# -- what runs in the jobs' threads; the engine is imported there --------------------------------


def _evaluate(
    run_dir: Path,
    dataset: Dataset,
    split: Split,
    *,
    save: bool,
    on_event: OnEvent,
    cancel: CancelToken,
) -> Evaluation:
    from effnet_studio.engine.evaluation.run_evaluation import evaluate_run

    return evaluate_run(
        run_dir, dataset, split, keep=save, afresh=True, on_event=on_event, cancel=cancel
    )


def _load_saved(run_dir: Path, dataset: Dataset, split: Split) -> Evaluation | None:
    from effnet_studio.engine.evaluation.run_evaluation import read_evaluation

    return read_evaluation(run_dir, dataset, split)
