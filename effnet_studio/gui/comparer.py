"""Compares the Predict page's model with a second one, on the page's images."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal, Slot

from effnet_studio.gui import file_dialogs
from effnet_studio.gui.models.explanations import load_facts
from effnet_studio.gui.models.model_pairs import ModelPair, compare_items, show_covering, show_maps
from effnet_studio.gui.models.predict_items import ModelHolder
from effnet_studio.gui.models.run_list import title_of, titles_of
from effnet_studio.gui.questions import Requests

if TYPE_CHECKING:
    from collections.abc import Sequence

    from effnet_studio.engine.errors import StudioError
    from effnet_studio.gui.jobs import Job
    from effnet_studio.gui.models.explanations import Shown
    from effnet_studio.gui.models.model_pairs import Compared
    from effnet_studio.gui.models.predict_items import Item
    from effnet_studio.gui.session import Session
    from effnet_studio.gui.widgets.predict.compare_button import CompareButton
    from effnet_studio.gui.widgets.predict.comparison_panel import ComparisonPanel

_MapKey = tuple[int, Path, Path, bool]

_USES_MODEL: Final = frozenset({"predict", "explain", "neighbours"})
"""Kinds of jobs that ask the page's model."""


class Comparer(QObject):
    """Begins and ends a comparison, and keeps it up to date with the page's images and model.

    Args:
        session: The open project.
        holder: Has the page's own model.
        button: Where a second model is chosen.
        panel: Where the comparison is shown.
        parent: Qt's owner.
    """

    active_changed = Signal(bool)
    """Two models are compared, or one answers alone again."""
    row_chosen = Signal(int)
    """The row among the page's images that is to be looked at."""
    refused = Signal(object)
    """Why the second model was let go again."""

    def __init__(
        self,
        session: Session,
        holder: ModelHolder,
        button: CompareButton,
        panel: ComparisonPanel,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._session, self._holder, self._second_holder = session, holder, ModelHolder()
        self._button, self._panel = button, panel
        self._model: Path | None = None
        self._second: Path | None = None
        self._usable = False
        self._items: tuple[Item, ...] = ()
        self._item: Item | None = None
        self._found: Compared | None = None
        self._job: Job | None = None
        self._awaited: Job | None = None
        self._stale = False
        self._asked: set[int] = set()
        self._facts = Requests(session.jobs, heavy=True, parent=self)
        self._facts.answered.connect(self._on_facts)
        self._facts.refused.connect(self._on_refused)
        self._maps = Requests(session.jobs, heavy=True, parent=self)
        self._maps.answered.connect(self._on_mapped)
        self._maps.refused.connect(self._on_map_refused)
        self._map_key: _MapKey | None = None
        button.model_chosen.connect(self.compare_with)
        button.file_asked.connect(self._on_file_asked)
        button.stop_asked.connect(self.stop)
        panel.other_asked.connect(self._on_other_asked)
        panel.item_chosen.connect(self._on_item_chosen)
        panel.pictures.maps_asked.connect(self._on_maps_asked)
        session.jobs.job_finished.connect(self._on_job_finished)
        session.runs_changed.connect(self._on_runs_changed)
        session.project_changed.connect(self.stop)
        button.set_choices(session.runs, None)
        panel.hide()

    @property
    def active(self) -> bool:
        """Whether two models are compared."""
        return self._second is not None

    @property
    def settled(self) -> bool:
        """Whether nothing is being asked."""
        asked = self._usable and self._asked == self._numbers()
        return self._job is None and (asked or not self.active)

    @Slot(object)
    def compare_with(self, model: Path) -> None:
        """Compare with another model.

        Args:
            model: A run's folder or an exported file.
        """
        began = not self.active
        self._second, self._usable = model, False
        self._forget()
        self._facts.ask_only(model, load_facts, self._second_holder, model)
        self._button.set_comparing(True)
        self._panel.set_compared(None)
        self._panel.show()
        if began:
            self.active_changed.emit(True)

    @Slot()
    def stop(self) -> None:
        """Let the page's own model answer alone again."""
        if not self.active:
            return
        self._second, self._usable = None, False
        self._forget()
        self._facts.forget()
        self._second_holder = ModelHolder()  # the model's memory is free again
        self._button.set_comparing(False)
        self._panel.hide()
        self.active_changed.emit(False)

    def set_model(self, model: Path | None) -> None:
        """The page's own model is another one; its images will follow."""
        self._model = model
        self._button.set_choices(self._session.runs, model)
        self._items = ()
        self._forget()
        if self.active:
            self._panel.set_compared(None)  # not the figures of another pair
        if model is None or model == self._second:
            self.stop()

    def set_items(self, items: Sequence[Item]) -> None:
        """Compare on other images; those that were compared before are not asked again."""
        self._items = tuple(items)
        self._start()

    def show(self, item: Item | None) -> None:
        """Show one image closely; None: none. One that is on view already keeps its maps."""
        if item is self._item:
            return
        self._item = item
        if self.active:
            self._show_item()

    # -- asking --------------------------------------------------------------------------------

    def _forget(self) -> None:
        """Drop what was found about other models, and what is still being asked."""
        self._found, self._asked = None, set()
        self._maps.forget()
        if self._job is not None:
            self._stale = True
            self._job.cancel()

    def _numbers(self) -> set[int]:
        return {item.number for item in self._items if item.prediction is not None}

    def _pair(self) -> ModelPair | None:
        if self._model is None or self._second is None or not self._usable:
            return None
        return ModelPair(self._holder, self._model, self._second_holder, self._second)

    def _start(self) -> None:
        pair = self._pair()
        if pair is None or self._job is not None:
            return
        numbers = self._numbers()
        if not numbers or numbers == self._asked:
            return
        # What else uses the page's model would make it look slow.
        busy = next((job for job in self._session.jobs.jobs if job.kind in _USES_MODEL), None)
        if busy is not None:
            if busy is not self._awaited:
                self._awaited = busy
                self._panel.follow(busy)
            return
        self._stale, self._asked = False, numbers
        self._job = self._session.jobs.start(
            compare_items,
            pair,
            self._items,
            self._session.project,
            self._session.dataset,
            self._found,
            title=lambda: self.tr("Comparing two models"),
            kind="predict",
        )
        self._job.succeeded.connect(self._on_compared)
        self._job.failed.connect(self._on_failed)
        self._job.cancelled.connect(self._on_cancelled)
        self._job.finished.connect(self._on_finished)
        self._panel.follow(self._job)

    @Slot(object, object)
    def _on_facts(self, model: Path, _facts: object) -> None:
        if model == self._second:
            self._usable = True
            self._start()

    @Slot(object, object)
    def _on_refused(self, _model: object, error: StudioError) -> None:
        self.stop()
        self.refused.emit(error)

    @Slot(object)
    def _on_compared(self, found: Compared) -> None:
        if not self._stale and self._model is not None and self._second is not None:
            self._found = found
            self._panel.pictures.set_models(self._names)
            self._panel.set_compared(found, self._items)
            self._show_item()

    @Slot(object)
    def _on_failed(self, error: StudioError) -> None:
        if not self._stale:
            self._panel.show_error(self._named(error))

    def _named(self, error: StudioError) -> StudioError:
        """An error about both models, with their names as the page has them."""
        hint = error.hint
        if "ours" not in dict(hint.details):
            return error
        names = dict(zip(("first", "second"), self._names(), strict=True))
        details = tuple((key, names.get(key, value)) for key, value in hint.details)
        return type(error)(error.message, hint=replace(hint, details=details), path=error.path)

    @Slot()
    def _on_other_asked(self) -> None:
        self.stop()
        self._button.offer()

    @Slot()
    def _on_cancelled(self) -> None:
        """The user has stopped it: without figures there is nothing to show."""
        if not self._stale and self._found is None:
            self.stop()

    @Slot(object)
    def _on_job_finished(self, _job: object) -> None:
        """Begin with what waited for this job, or with what has changed during it."""
        self._awaited = None
        self._start()

    @Slot()
    def _on_finished(self) -> None:
        self._job = None

    def _names(self) -> tuple[str, str]:
        """What people call the models: where titles are the same, the time tells them apart."""
        runs = {run.run_dir: run for run in self._session.runs}
        models = [model for model in (self._model, self._second) if model is not None]
        if len(models) < 2:
            return "", ""
        first, second = (runs.get(model) for model in models)
        if first is not None and second is not None:
            return titles_of(first, second)
        named = [
            title_of(run) if run is not None else model.name
            for run, model in zip((first, second), models, strict=True)
        ]
        return named[0], named[1]

    # -- showing -------------------------------------------------------------------------------

    def _show_item(self) -> None:
        item = self._item
        self._panel.set_image(item)
        self._maps.forget()
        self._map_key = None
        if self._found is not None and item is not None and item.number in self._found.images:
            self._ask_maps(item, covering=False)

    def _ask_maps(self, item: Item, *, covering: bool) -> None:
        pair = self._pair()
        if pair is None or item.source is None:
            return
        self._map_key = (item.number, pair.first, pair.second, covering)
        show = show_covering if covering else show_maps
        self._maps.ask_only(self._map_key, show, pair, item.source)
        slow = not pair.explainable
        self._panel.pictures.set_maps(offered=slow, working=covering, mapped=False)

    @Slot()
    def _on_maps_asked(self) -> None:
        if self._item is not None:
            self._ask_maps(self._item, covering=True)

    @Slot(object, object)
    def _on_mapped(self, key: _MapKey, shown: tuple[Shown, Shown]) -> None:
        if key != self._map_key:
            return
        mapped = shown[0].heatmap is not None
        self._panel.pictures.set_maps(offered=not mapped, working=False, mapped=mapped)
        self._panel.pictures.set_shown(shown)

    @Slot(object, object)
    def _on_map_refused(self, key: _MapKey, error: StudioError) -> None:
        if key == self._map_key:
            self._panel.pictures.set_maps(offered=False, working=False, mapped=False)
            self._panel.pictures.show_error(error)

    @Slot(int)
    def _on_item_chosen(self, number: int) -> None:
        for row, item in enumerate(self._items):
            if item.number == number:
                self.row_chosen.emit(row)

    @Slot(object)
    def _on_runs_changed(self, _runs: object) -> None:
        self._button.set_choices(self._session.runs, self._model)

    @Slot()
    def _on_file_asked(self) -> None:
        project = self._session.project
        folder = project.exports_dir if project is not None else Path.home()
        chosen = file_dialogs.choose_file(
            self._button, self.tr("Compare with an exported model"), folder, "ONNX (*.onnx)"
        )
        if chosen is not None:
            self.compare_with(chosen)
