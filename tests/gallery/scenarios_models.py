"""The Models page: the whole catalog, filtered, scaled, and seen from inside."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit

from effnet_studio import paths
from effnet_studio.engine.events import Noted, Progress
from effnet_studio.engine.events import Stage as Work
from effnet_studio.engine.messages import Message
from effnet_studio.gui.dialogs.weights import WeightsDialog
from effnet_studio.gui.pages.models import GUIDE, INSIDE, MEASURE, SCALE
from effnet_studio.gui.shelf import Checked, ShelfWork
from tests.gallery.names import in_words
from tests.gallery.registry import Scenario

if TYPE_CHECKING:
    from collections.abc import Callable

    from effnet_studio.gui.jobs import Job
    from effnet_studio.gui.pages.models import ModelsPage
    from tests.gallery.stage import Stage


def _page(stage: Stage) -> ModelsPage:
    stage.open_copy(stage.material.imported, "models")
    page: ModelsPage = stage.window.page("models")  # type: ignore[assignment]
    return page


def _loaded(stage: Stage) -> None:
    _page(stage)


def _chosen(stage: Stage) -> None:
    page = _page(stage)
    page.filter.setText("res")
    page.choose("resnet50")


def _empty(stage: Stage) -> None:
    _page(stage).filter.setText("transformer")


def _scale(stage: Stage) -> None:
    page = _page(stage)
    page.tabs.setCurrentIndex(SCALE)
    page.scaling.slider.slider.setValue(24)


def _scale_by_hand(stage: Stage) -> None:
    page = _page(stage)
    page.tabs.setCurrentIndex(SCALE)
    page.scaling.fold.setChecked(True)
    page.scaling.known.setChecked(False)
    page.scaling.hand.bases[0].setValue(1.5)
    page.scaling.slider.slider.setValue(13)
    page.scaling.set_times({"efficientnet_b0": 0.021, "resnet50": 0.074, "resnet18": 0.033})


def _inside(stage: Stage) -> None:
    page = _page(stage)
    page.tabs.setCurrentIndex(INSIDE)
    stage.wait_for(lambda: page.inside.anatomy is not None)
    page.inside.strip.choose(3)
    page.inside.inside.blocks.setCurrentIndex(1)


def _inside_tables(stage: Stage) -> None:
    page = _page(stage)
    page.tabs.setCurrentIndex(INSIDE)
    page.inside.choose("densenet121")
    stage.wait_for(lambda: page.inside.anatomy is not None)
    page.inside.strip.choose(1)
    page.inside.stages.button.setChecked(True)
    page.inside.inside.card.button.setChecked(True)


def _inside_timed(stage: Stage) -> None:
    page = _page(stage)
    page.tabs.setCurrentIndex(INSIDE)
    page.inside.choose("resnet50")
    stage.wait_for(lambda: page.inside.anatomy is not None)
    page.inside.measure_times()
    stage.wait_for(page.inside.clock.isEnabled)
    page.inside.strip.choose(2)


def _guide(stage: Stage) -> None:
    _loaded(stage)
    page: ModelsPage = stage.window.page("models")  # type: ignore[assignment]
    page.tabs.setCurrentIndex(GUIDE)
    stage.wait_for(lambda: page.guide.advice is not None)
    stage.settle(0.5)


def _measure(stage: Stage) -> None:
    _loaded(stage)
    page: ModelsPage = stage.window.page("models")  # type: ignore[assignment]
    page.tabs.setCurrentIndex(MEASURE)
    stage.settle(0.5)


def _weights_dialog(stage: Stage) -> WeightsDialog:
    """Open it over files that are as large as the real ones and empty."""
    from effnet_studio.engine.models.catalog import get_spec
    from effnet_studio.engine.models.published import published_file

    folder = paths.weights_dir()
    folder.mkdir(parents=True, exist_ok=True)
    for name, share, suffix in (
        ("efficientnet_b0", 1.0, ""),
        ("efficientnet_b2", 1.0, ""),
        ("efficientnet_b3", 0.4, ".part"),
        ("efficientnet_v2_s", 1.0, ""),
        ("efficientnet_lite1", 1.0, ""),
    ):
        spec = get_spec(name)
        with (folder / f"{published_file(spec).name}{suffix}").open("wb") as file:
            file.truncate(round(4 * share * spec.parameters))
    stage.window.show_weights()
    dialog: WeightsDialog = stage.window.findChild(WeightsDialog)
    stage.wait_for(lambda: bool(dialog.shelf.model.entries))
    return dialog


def _choose(dialog: WeightsDialog, rows: tuple[int, ...]) -> None:
    model, selection = dialog.shelf.table.model(), dialog.shelf.table.selectionModel()
    for row in rows:
        selection.select(
            model.index(row, 0), selection.SelectionFlag.Select | selection.SelectionFlag.Rows
        )


def _weights(stage: Stage) -> None:
    dialog = _weights_dialog(stage)
    entries = [
        replace(entry, state="damaged") if entry.file.model == "efficientnet_b2" else entry
        for entry in dialog.shelf.model.entries.values()
    ]
    dialog.shelf.model.set_entries(entries)
    dialog.shelf._on_ended(Checked(tuple(entries)))
    dialog.shelf._retranslate()
    _choose(dialog, (1, 3))


def _weights_working(stage: Stage) -> None:
    dialog = _weights_dialog(stage)
    proxy = dialog.network.findChild(QLineEdit, "preference_proxy")
    proxy.setText("socks5://proxy.example:1080")
    proxy.editingFinished.emit()
    _choose(dialog, (1, 3, 4))

    def start(function: Callable[..., object]) -> Job:
        title = in_words("ShelfView", "Downloading weights")
        dialog.shelf._start(ShelfWork.DOWNLOAD, title, function)
        job = dialog.shelf._job
        assert job is not None
        return job

    coming = Progress(Work.DOWNLOAD, 19_600_000, 49_000_000, "bytes", 3.1e6, 9.0)
    stage.perform(start, [Noted(Message("EfficientNet-B3 (2/3)")), coming])


SCENARIOS = (
    Scenario("models", "loaded", _loaded),
    Scenario("models", "filtered", _chosen),
    Scenario("models", "empty", _empty),
    Scenario("models", "weights", _weights),
    Scenario("models", "weights-working", _weights_working),
    Scenario("models", "guide", _guide),
    Scenario("models", "measure", _measure),
    Scenario("models", "scale", _scale),
    Scenario("models", "scale-by-hand", _scale_by_hand),
    Scenario("models", "inside", _inside),
    Scenario("models", "inside-tables", _inside_tables),
    Scenario("models", "inside-timed", _inside_timed),
)
