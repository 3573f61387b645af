"""Drop images and see what the model thinks, how sure it is, and where it looked."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QPushButton,
    QStackedWidget,
    QWidget,
)
from typing_extensions import override

from effnet_studio.engine.messages import msg
from effnet_studio.gui import file_dialogs
from effnet_studio.gui.channel_finder import ChannelFinder
from effnet_studio.gui.comparer import Comparer
from effnet_studio.gui.errors import ErrorPanel
from effnet_studio.gui.explainer import Explainer
from effnet_studio.gui.explanation_saver import ExplanationSaver
from effnet_studio.gui.image_judge import ImageJudge
from effnet_studio.gui.models.explanations import ModelFacts, load_facts
from effnet_studio.gui.models.predict_items import Item, ModelHolder, Pasted
from effnet_studio.gui.names import named
from effnet_studio.gui.neighbour_finder import NeighbourFinder
from effnet_studio.gui.pages.base import Page
from effnet_studio.gui.pages.predict_live import LiveSources
from effnet_studio.gui.pasteboard import read_mime
from effnet_studio.gui.questions import Requests
from effnet_studio.gui.restyler import hold_parts
from effnet_studio.gui.results_saver import ResultsSaver
from effnet_studio.gui.reviewer import Reviewer
from effnet_studio.gui.theme import set_role
from effnet_studio.gui.undo.history import Reversible
from effnet_studio.gui.widgets.drop_area import DropArea
from effnet_studio.gui.widgets.empty_state import EmptyState
from effnet_studio.gui.widgets.label import Label
from effnet_studio.gui.widgets.predict.answers_view import AnswersView
from effnet_studio.gui.widgets.predict.class_banner import ClassBanner
from effnet_studio.gui.widgets.predict.compare_button import CompareButton
from effnet_studio.gui.widgets.run_combo import RunCombo
from effnet_studio.gui.widgets.work_card import WorkCard

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator, Sequence

    from PySide6.QtGui import QResizeEvent

    from effnet_studio.engine.errors import StudioError
    from effnet_studio.gui.image_judge import ShelfContents
    from effnet_studio.gui.jobs import Job

_NARROW = 900
"""Pages narrower than this (pixels) are laid out tightly."""


class PredictPage(Page):
    """No model yet, nothing dropped yet, judging, or the images with their answers."""

    key: ClassVar[str] = "predict"
    command_buttons: ClassVar[tuple[str, ...]] = (
        "predict_choose",
        "predict_paste",
        "predict_camera",
        "predict_watch",
        "predict_add",
        "predict_clear",
        "predict_save",
        "predict_review",
        "results_as_table",
        "predict_open_model",
        "predict_use_run",
        "work_stop",
    )

    # -- construction --------------------------------------------------------------------------

    @override
    def _build_ui(self) -> Iterator[None]:
        self._folder = Path.home()
        self._holder = ModelHolder()
        self._file: Path | None = None
        self._model: Path | None = None
        self._refused = False
        self._runs = RunCombo(self.session, "predict_run", self)
        self._file_name = named(Label(self), "predict_file")
        set_role(self._file_name, "chip")
        self._other = named(QPushButton(self), "predict_open_model")
        self._back = named(QPushButton(self), "predict_use_run")
        self._live = LiveSources(self.session, self.theme, self._holder, self)
        self._compare = CompareButton(self.theme, self)
        for widget in (self._file_name, self._runs, self._compare, self._other, self._back):
            self.header.add_action(widget)
        yield
        self._error = ErrorPanel(self.theme, self)
        self._classes = ClassBanner(self.session, self.theme, self)
        self._no_model = EmptyState(self.theme, "predict", self)
        self._empty = DropArea(self.theme, "predict", self)
        yield
        self._answers = AnswersView(self.session.jobs, self.theme, self)
        yield from self._answers.build()
        self._panel, self._list = self._answers.panel, self._answers.items
        self._live.add_buttons(self._empty, self._list)
        self._paste = self._empty.add_button("predict_paste", "paste")
        self._choose = self._empty.add_button("predict_choose", "folder", primary=True)
        self._work = WorkCard(self.theme, self)
        self._states = named(QStackedWidget(self), "predict_states")
        states = (self._no_model, self._empty, self._work, self._answers, self._live.panel)
        for state in states:
            self._states.addWidget(state)
        self.body.addWidget(self._live.chip)
        self.body.addWidget(self._error)
        self.body.addWidget(self._classes)
        self.body.addWidget(self._states, 1)
        hold_parts(self._states)

    @override
    def _connect(self) -> None:
        self._facts = Requests(self.session.jobs, heavy=True, parent=self)
        self._facts.answered.connect(self._on_facts)
        self._facts.refused.connect(self._on_facts_refused)
        self._judge = ImageJudge(self.session.jobs, self._holder, self)
        self._judge.started.connect(self._on_started)
        self._judge.judged.connect(self._on_judged)
        self._judge.cleared.connect(self._on_settled)
        self._judge.failed.connect(self._on_failed)
        self._judge.finished.connect(self._on_settled)
        self._answers.follow(self._judge)
        self._reviewer = Reviewer(self.session, self._judge, self._answers, self.theme)
        self._reviewer.bar.train_asked.connect(self._on_train)
        self._saver = ResultsSaver(self.session.jobs, self._judge, self._list.save, self.theme)
        self._saver.failed.connect(self._on_failed)
        self._live.brought.connect(self._on_brought)
        self._live.failed.connect(self._on_failed)
        self._live.changed.connect(self._retranslate)
        self.session.run_selected.connect(self._on_run_selected)
        self.session.rejection_changed.connect(self._on_rejection_changed)
        self.session.project_changed.connect(self._on_project_changed)
        self._back.clicked.connect(self._on_back)
        self._other.clicked.connect(self._on_open_model)
        self._no_model.action_clicked.connect(self._on_train)
        self._no_model.second_clicked.connect(self._on_open_model)
        self._choose.clicked.connect(self._on_choose)
        self._paste.clicked.connect(self.paste)
        self._list.item_chosen.connect(self._on_chosen)
        self._list.add_asked.connect(self._on_choose)
        self._list.clear_asked.connect(self._on_clear_asked)
        shortcut = QShortcut(QKeySequence(QKeySequence.StandardKey.Paste), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self.paste)
        self._connect_explanations()
        self._use_model()

    def _connect_explanations(self) -> None:
        """What is asked about the one image on view."""
        self._panel.explanation_wanted.connect(self._ask_picture)
        self._explainer = Explainer(self.session.jobs, self._holder, self)
        self._explainer.shown.connect(self._panel.set_shown)
        self._explainer.refused.connect(self._panel.show_error)
        self._explainer.check_failed.connect(self._on_failed)
        self._explainer.health_changed.connect(self._on_health)
        self._panel.health.check_asked.connect(self._explainer.check)
        self._finder = NeighbourFinder(self.session, self._holder, self)
        self._finder.found.connect(self._panel.set_likeness)
        self._finder.state_changed.connect(self._on_finder)
        self._finder.failed.connect(self._on_failed)
        self._panel.neighbours.open_asked.connect(self._finder.open)
        comparison = self._answers.comparison
        self._comparer = Comparer(self.session, self._holder, self._compare, comparison, self)
        self._comparer.active_changed.connect(self._on_comparing)
        self._comparer.row_chosen.connect(self._on_row_chosen)
        self._comparer.refused.connect(self._on_failed)
        self._channels = ChannelFinder(self.session, self._holder, self)
        self._channels.follow(self._panel)
        self._channels.failed.connect(self._on_failed)
        self._map_saver = ExplanationSaver(self.session.jobs, self._panel, self)
        self._map_saver.failed.connect(self._on_failed)

    # -- the model -----------------------------------------------------------------------------

    def _use_model(self) -> None:
        """Answer by the exported file, if one was opened, else by the session's run."""
        run = self.session.run
        wanted = self._file or (run.run_dir if run is not None else None)
        if wanted != self._model:
            self._model, self._refused = wanted, False
            self._judge.set_model(wanted)
            self._live.set_model(wanted)
            self._error.clear()
            self._panel.set_facts(None)
            self._classes.set_classes(())
            self._comparer.set_model(wanted)
            self._facts.forget()
            if wanted is not None:
                self._facts.ask_only(wanted, load_facts, self._holder, wanted)
        self._retranslate()

    @Slot(object)
    def _on_run_selected(self, _run: object) -> None:
        self._use_model()

    @Slot(object)
    def _on_rejection_changed(self, run_dir: Path) -> None:
        """Ask again: the answers are the same, but the verdicts may be others."""
        if self._model == run_dir:
            self._holder.forget()
            self._judge.distrust()
            self._model = None
            self._use_model()

    @Slot(object)
    def _on_project_changed(self, _project: object) -> None:
        self._file = None
        self.clear()
        self._use_model()

    @Slot()
    def _on_back(self) -> None:
        self._file = None
        self._use_model()

    @Slot()
    def _on_open_model(self) -> None:
        chosen = file_dialogs.choose_file(
            self,
            self.tr("Open an exported model"),
            Path.home(),
            f"ONNX (*.onnx);;{self.tr('All files')} (*)",
        )
        if chosen is not None:
            self.open_model(chosen)

    def open_model(self, file: Path) -> None:
        """Answer by an exported file.

        Args:
            file: An ``.onnx`` file; of others it is said where they run.
        """
        self._file = file
        self._use_model()

    @Slot(object, object)
    def _on_facts(self, _model: object, facts: ModelFacts) -> None:
        self._panel.set_facts(facts)
        self._list.bar.set_classes(facts.classes)
        self._reviewer.set_classes(facts.classes)
        self._classes.set_classes(facts.classes)
        if self._judge.answered_by == self._model:
            self._ask_picture()
        else:
            self._show_nothing()
        self._judge.begin()
        self._show_state()

    @Slot(object, object)
    def _on_facts_refused(self, _model: object, error: StudioError) -> None:
        """Keep the answers there are; a file that is no model is let go again."""
        if self._file is not None:
            self._file = None
            self._use_model()
        else:
            self._refused = True
        self._error.show_error(error)

    # -- the images ----------------------------------------------------------------------------

    @override
    def drop_files(self, paths: list[Path]) -> bool:
        from effnet_studio.engine.predict.locate import opens_elsewhere

        models = [p for p in paths if p.suffix.lower() == ".onnx" or opens_elsewhere(p)]
        if models:
            self.open_model(models[0])
        images = [path for path in paths if path not in models]
        if images and self._model is not None:
            self._ask(images)
        return bool(models) or self._model is not None

    @override
    def take_pasted(self, pasted: Sequence[Pasted]) -> bool:
        if self._model is not None:
            self._ask([], pasted)
        return self._model is not None

    @override
    def set_drop_active(self, active: bool) -> None:
        self._empty.set_active(active)

    @Slot()
    def paste(self) -> None:
        """Take images or files from the clipboard."""
        brought = read_mime(QGuiApplication.clipboard().mimeData(), self.tr("Pasted image"))
        if self._model is None:
            return
        if brought.error is not None:
            self._error.show_error(brought.error)
        else:
            self._ask(brought.paths, brought.pasted)

    @Slot()
    def clear(self) -> None:
        """Forget all images."""
        self._error.clear()
        self._judge.clear()
        self._show_nothing()

    @Slot()
    def _on_clear_asked(self) -> None:
        """Forget all images; undo brings them back."""
        cleared, reviews = self._judge.contents, dict(self._reviewer.reviews)
        self.clear()
        if cleared.items:
            put_back = partial(self._put_back, cleared, reviews)
            done = Reversible(msg("Images cleared"), put_back, self.clear, ("shelf",))
            self.session.undo.take(done)

    def _put_back(self, cleared: ShelfContents, reviews: dict[Hashable, str]) -> None:
        """Show images that were cleared, with what had been said of them."""
        self._reviewer.reviews.update(reviews)
        self._judge.put_back(cleared)

    @Slot()
    def _on_choose(self) -> None:
        chosen = file_dialogs.choose_files(
            self, self.tr("Choose images"), self._folder, self.tr("Images (*)")
        )
        if chosen:
            self._folder = chosen[0].parent
            self._ask(chosen)

    def _ask(self, paths: Sequence[Path], pasted: Sequence[Pasted] = ()) -> None:
        self._error.clear()
        self._judge.ask(paths, pasted)
        if self._refused and self._model is not None:  # perhaps the drive is there again
            self._refused = False
            self._facts.ask_only(self._model, load_facts, self._holder, self._model)

    @Slot(object, object)
    def _on_brought(self, paths: Sequence[Path], pasted: Sequence[Pasted]) -> None:
        self._judge.ask(paths, pasted, quiet=True)

    @Slot(object)
    def _on_started(self, job: Job) -> None:
        self._work.follow(job)
        self._show_state()

    @Slot(int)
    def _on_judged(self, _first: int) -> None:
        if self._states.currentWidget() is not self._answers:
            self._show_state()

    @Slot(object)
    def _on_failed(self, error: StudioError) -> None:
        self._error.show_error(error)

    # -- showing -------------------------------------------------------------------------------

    def _show_nothing(self) -> None:
        """Let go of the image on view."""
        self._panel.set_item(None)
        self._comparer.show(None)
        self._explainer.forget()
        self._finder.ask(None, None)
        self._channels.ask(None, None)

    @Slot(object)
    def _on_chosen(self, item: Item) -> None:
        self._panel.set_item(item)
        self._comparer.show(item)
        self._finder.ask(item, self._model)
        self._channels.ask(item, self._model)
        self._ask_picture()

    @Slot()
    def _ask_picture(self) -> None:
        """Ask for what the controls want to see of the chosen image."""
        item, model = self._panel.item, self._model
        if self._comparer.active:
            return
        if item is None or model is None or item.prediction is None or item.source is None:
            return
        self._explainer.ask(item, model, self._panel.choice)

    @Slot(bool)
    def _on_comparing(self, comparing: bool) -> None:  # noqa: FBT001 - a signal's value
        """Give the explanation's place to the comparison, and back."""
        self._error.clear()
        self._answers.set_comparing(comparing)
        self._comparer.set_items(self._judge.items)
        self._ask_picture()

    @Slot(int)
    def _on_row_chosen(self, row: int) -> None:
        self._list.choose_item(self._judge.items[row])

    @Slot()
    def _on_settled(self) -> None:
        """All images have their answers, or there are none any more."""
        self._comparer.set_items(self._judge.items)
        self._show_state()

    @Slot()
    def _on_health(self) -> None:
        explainer = self._explainer
        self._panel.set_health(
            explainer.health, working=explainer.checking, possible=explainer.checkable
        )

    @Slot()
    def _on_finder(self) -> None:
        finder = self._finder
        self._panel.neighbours.set_state(opening=finder.opening, offered=finder.offered)

    @Slot()
    def _show_state(self) -> None:
        if self._model is None:
            state: QWidget = self._no_model
        elif self._live.panel.is_on:
            state = self._live.panel
        elif self._judge.items:
            state = self._answers
        else:
            state = self._work if self._judge.busy else self._empty
        self._states.setCurrentWidget(state)
        foreign = self._file is not None
        self._runs.setVisible(self.session.run is not None and not foreign)
        self._other.setVisible(self._model is not None and not foreign)
        self._file_name.setVisible(foreign)
        self._back.setVisible(foreign)

    @Slot()
    def _on_train(self) -> None:
        self.navigation_asked.emit("train" if self.session.dataset is not None else "data")

    @override
    def _retranslate(self) -> None:
        self.header.set_texts(
            self.tr("Predict"),
            self.tr("What is it, how sure is the model, and where did it look?"),
        )
        no_data = self.session.dataset is None
        self._no_model.set_texts(
            self.tr("No trained model yet"),
            self.tr("Train one first, or open a model that was exported."),
            action=self.tr("Go to Data") if no_data else self.tr("Go to Train"),
            second=self.tr("Open an exported model…"),
        )
        self._empty.set_texts(
            self._live.waiting_title or self.tr("Drop images or folders here"),
            # One below the other: together they would leave a last word to a line of its own.
            self.tr("Or paste an image, from a web page or a screenshot for instance.")
            + (f"\n{self._live.hint}" if self._live.hint else ""),
        )
        self._live.retranslate()
        texts = {
            self._choose: self.tr("Choose images…"),
            self._paste: self.tr("Paste"),
            self._other: self.tr("Exported model…"),
            self._back: self.tr("Back to trained models"),
        }
        for button, text in texts.items():
            button.setText(text)
            button.setAccessibleName(text)
        self._file_name.setText(self._file.name if self._file is not None else "")
        self._show_state()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._answers.set_narrow(self.width() < _NARROW)
