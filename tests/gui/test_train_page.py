"""The Train page: lists of typed events are replayed into the real page in the real window."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import TYPE_CHECKING, cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QSpinBox, QWidget

from effnet_studio.engine.data.importer import import_folder
from effnet_studio.engine.errors import TrainingError
from effnet_studio.engine.events import (
    BatchProgress,
    EpochFinished,
    Event,
    OnEvent,
    Progress,
    RunStarted,
    Stage,
    Warned,
)
from effnet_studio.engine.messages import msg
from effnet_studio.engine.models.catalog import CATALOG, preprocess_for
from effnet_studio.engine.project import Project
from effnet_studio.engine.training.config import Preset, make_config
from effnet_studio.engine.training.runs import METRICS_FILE, append_metrics, write_about
from effnet_studio.gui.i18n import install_language
from effnet_studio.gui.models.train_state import Phase
from effnet_studio.gui.models.weights_on_disk import WeightsOnDisk, weights_on_disk
from effnet_studio.gui.widgets.train.live_plots import STEP, TRAIN, VALIDATION

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from effnet_studio.engine.cancel import CancelToken
    from effnet_studio.gui.jobs import Job
    from effnet_studio.gui.main_window import MainWindow
    from effnet_studio.gui.pages.train import TrainPage

EPOCHS, STEPS = 4, 5


def started(start_epoch: int = 0) -> RunStarted:
    return RunStarted("run-1", Path("run-1"), "resnet18", EPOCHS, STEPS, start_epoch, 12, 3)


def batch(step: int) -> BatchProgress:
    return BatchProgress((step - 1) // STEPS, step, EPOCHS * STEPS, 1.0, 0.5, 1e-3, 12.5, 65.0)


def epoch(number: int, accuracy: float = 0.5) -> EpochFinished:
    step = STEPS * (number + 1)
    return EpochFinished(
        number, EPOCHS, step, 0.9, 0.6, 1.0, accuracy, 1e-3, 12.0, 3.0, 9.0, best=True
    )


class Script:
    """A training that says these events and then works on until it is stopped, fails or ends."""

    def __init__(
        self, events: Sequence[Event], *, error: Exception | None = None, ends: bool = False
    ) -> None:
        self._events = events
        self._error = error
        self._ends = ends

    def __call__(self, *_: object, on_event: OnEvent, cancel: CancelToken) -> None:
        for event in self._events:
            on_event(event)
        if self._error is not None:
            raise self._error
        while not self._ends:
            cancel.check()
            time.sleep(0.005)


def write_run(
    project: Project, run_id: str, epochs: int, *, state: str | None, accuracy: float = 0.5
) -> None:
    """Put a run on disk as training leaves it."""
    folder = project.runs_dir / run_id
    folder.mkdir(parents=True)
    spec = CATALOG["resnet18"]
    write_about(
        folder,
        config=make_config("instant", model=spec.name, epochs=EPOCHS),
        classes=("ant", "bee"),
        preprocess=preprocess_for(spec),
        dataset_version="1",
        weights="none",
        created="2026-01-02T03:04:05+00:00",
    )
    for number in range(epochs):
        append_metrics(folder / METRICS_FILE, epoch(number, accuracy + number / 100))
    if state is not None:
        (folder / "result.json").write_text(json.dumps({"state": state}), encoding="utf-8")


@pytest.fixture
def project_folder(tmp_path: Path, make_photos: Callable[..., Path]) -> Path:
    folder = tmp_path / "insects.effnet"
    with Project.create(folder, name="insects") as project:
        import_folder(project, make_photos(ant=4, bee=4), val=0.25)
    return folder


@pytest.fixture
def open_page(window: MainWindow, qtbot: QtBot) -> Callable[[Path], TrainPage]:
    def open_page(folder: Path) -> TrainPage:
        with qtbot.waitExposed(window):
            window.show()
        with qtbot.waitSignal(window.session.runs_changed):
            window.session.open_project(folder)
        window.show_page("train")
        page = cast("TrainPage", window.page("train"))
        qtbot.waitUntil(lambda: not window.session.jobs.jobs)
        return page

    return open_page


@pytest.fixture
def page(open_page: Callable[[Path], TrainPage], project_folder: Path) -> TrainPage:
    return open_page(project_folder)


def replay(page: TrainPage, qtbot: QtBot, script: Script, until: Phase) -> Job:
    job = page.session._begin_training(script, None, title="Training")
    qtbot.waitUntil(lambda: page._state.phase is until)
    return job


def click(page: TrainPage, qtbot: QtBot, name: str) -> None:
    button = page.findChild(QPushButton, name)
    assert button is not None, name
    assert button.isVisible(), name
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def label(page: TrainPage, name: str) -> str:
    found = page.findChild(QLabel, name)
    assert found is not None, name
    return found.text()


def test_that_without_images_the_page_leads_to_the_data_page(
    open_page: Callable[[Path], TrainPage], tmp_path: Path, window: MainWindow, qtbot: QtBot
) -> None:
    Project.create(tmp_path / "empty.effnet").close()
    page = open_page(tmp_path / "empty.effnet")
    click(page, qtbot, "empty_action")
    assert window.current_key == "data"


def test_that_the_card_keeps_its_height_when_a_run_begins_or_is_over(
    open_page: Callable[[Path], TrainPage], project_folder: Path, qtbot: QtBot
) -> None:
    with Project.open(project_folder) as project:
        write_run(project, "run-0", EPOCHS, state="finished")
    page = open_page(project_folder)
    assert label(page, "status_chip") == "Done"
    heights = {"Done": page.board.status.heightForWidth(640)}
    for phase, events in ((Phase.PREPARING, []), (Phase.TRAINING, [started(), batch(1)])):
        job = replay(page, qtbot, Script(events), until=phase)
        heights[label(page, "status_chip")] = page.board.status.heightForWidth(640)
        with qtbot.waitSignal(job.finished):
            job.cancel()
    heights[label(page, "status_chip")] = page.board.status.heightForWidth(640)
    assert list(heights) == ["Done", "Preparing", "Training", "Ready"]
    assert len(set(heights.values())) == 1, heights


def test_that_a_dataset_makes_the_page_ready(page: TrainPage) -> None:
    assert label(page, "status_chip") == "Ready"
    assert [label(page, f"figure_{i}_value") for i in range(3)] == ["6", "2", "2"]
    assert page.setup.start.isEnabled()


def test_that_start_hands_over_what_the_form_says(
    page: TrainPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []
    monkeypatch.setattr(page.session, "start_training", asked.append)
    qtbot.mouseClick(page.setup.presets.card(Preset.INSTANT), Qt.MouseButton.LeftButton)
    page.setup.choose_model("resnet18")
    editor = page.setup.form.editor("epochs")
    assert isinstance(editor, QSpinBox)
    editor.setValue(7)
    click(page, qtbot, "train_start")
    assert asked == [make_config("instant", model="resnet18", epochs=7, weights="auto")]
    assert asked[0].model_fields_set == {"preset", "model", "epochs", "weights"}  # type: ignore[attr-defined]


def test_that_a_preset_fills_in_what_it_decides(page: TrainPage, qtbot: QtBot) -> None:
    qtbot.mouseClick(page.setup.presets.card(Preset.BEST), Qt.MouseButton.LeftButton)
    values = page.setup.form.value()
    assert (values["epochs"], values["freeze"], values["warmup_epochs"]) == (30, 7, 2.0)
    qtbot.mouseClick(page.setup.presets.card(Preset.INSTANT), Qt.MouseButton.LeftButton)
    values = page.setup.form.value()
    assert values["freeze"] == len(page.setup.spec.stages)


def test_that_arrow_keys_choose_a_preset(page: TrainPage, qtbot: QtBot) -> None:
    page.setup.presets.card(Preset.BALANCED).setFocus()
    with qtbot.waitSignal(page.setup.presets.preset_chosen):
        qtbot.keyClick(page.setup.presets.card(Preset.BALANCED), Qt.Key.Key_Down)
    assert page.setup.presets.preset is Preset.BEST
    assert page.setup.form.value()["thaw_every"] == 1


def test_that_a_table_that_cannot_be_saved_is_reported(
    page: TrainPage, tmp_path: Path, window: MainWindow
) -> None:
    page.plots.loss.twin.save_csv(tmp_path / "gone" / "loss.csv")
    assert window.errors.error is not None
    assert window.errors.isVisible()


def test_that_everything_stays_frozen_when_the_model_changes(page: TrainPage, qtbot: QtBot) -> None:
    qtbot.mouseClick(page.setup.presets.card(Preset.INSTANT), Qt.MouseButton.LeftButton)
    page.setup.choose_model("resnet18")
    assert page.setup.form.value()["freeze"] == len(CATALOG["resnet18"].stages)
    page.setup.choose_model("efficientnet_b0")
    assert page.setup.form.value()["freeze"] == len(CATALOG["efficientnet_b0"].stages)


def test_that_the_download_of_weights_is_shown_as_preparation(
    page: TrainPage, qtbot: QtBot
) -> None:
    progress = Progress(Stage.DOWNLOAD, 5_000_000, 20_000_000, "bytes")
    replay(page, qtbot, Script([progress]), Phase.PREPARING)
    qtbot.waitUntil(lambda: "5.0 of 20.0 MB" in label(page, "status_sentence"))
    assert label(page, "status_chip") == "Preparing"


def test_that_a_run_is_drawn_while_it_happens(page: TrainPage, qtbot: QtBot) -> None:
    events = [started(), *(batch(step) for step in range(1, 6)), epoch(0, 0.75), batch(6)]
    replay(page, qtbot, Script(events), Phase.TRAINING)
    qtbot.waitUntil(lambda: len(page.plots.loss.points(STEP)) == 6)
    assert label(page, "status_chip") == "Training"
    assert label(page, "figure_0_value") == "2 / 4"
    assert label(page, "figure_1_value") == "75.0 %"
    assert label(page, "figure_2_value") == "12.5"
    assert label(page, "figure_3_value") == "1 min"
    assert page.plots.accuracy.points(VALIDATION).y.tolist() == [0.75]
    assert page.plots.loss.points(TRAIN).x.tolist() == [1]
    assert page.run_list.model.index(0).data() == "ResNet-18 · Balanced"
    assert not page.setup._panel.isEnabled()


def test_that_a_page_made_during_a_run_catches_up(
    window: MainWindow, project_folder: Path, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(window.session.runs_changed):
        window.session.open_project(project_folder)
    job = window.session._begin_training(
        Script([started(), batch(1), batch(2)]), None, title="Training"
    )
    qtbot.waitUntil(lambda: len(window.session.training_events) == 3)
    page = cast("TrainPage", window.page("train"))
    assert len(page.plots.loss.points(STEP)) == 2
    assert label(page, "status_chip") == "Training"
    job.cancel()
    qtbot.waitUntil(lambda: not window.session.jobs.jobs)


def test_that_pause_and_go_on_reach_the_job(page: TrainPage, qtbot: QtBot) -> None:
    job = replay(page, qtbot, Script([started(), batch(1)]), Phase.TRAINING)
    click(page, qtbot, "train_pause")
    assert job.paused
    assert label(page, "status_chip") == "Paused"
    assert page.setup.pause.text() == "Resume"
    click(page, qtbot, "train_pause")
    assert not job.paused
    assert label(page, "status_chip") == "Training"


def test_that_stopping_before_the_first_epoch_says_that_nothing_was_kept(
    page: TrainPage, qtbot: QtBot
) -> None:
    replay(page, qtbot, Script([started(), batch(1)]), Phase.TRAINING)
    click(page, qtbot, "train_stop")
    assert label(page, "status_chip") == "Stopping…"
    qtbot.waitUntil(lambda: label(page, "status_chip") == "Ready")
    assert "nothing was kept" in label(page, "status_sentence")
    assert page.setup.start.isVisible()


def test_that_a_failure_keeps_the_settings_and_says_so(
    page: TrainPage, qtbot: QtBot, window: MainWindow
) -> None:
    page.setup.choose_model("resnet50")
    error = TrainingError(msg("The loss is no longer a number."), hint=msg("Lower the rate."))
    replay(page, qtbot, Script([started(), batch(1)], error=error), Phase.FAILED)
    qtbot.waitUntil(lambda: page.session.training_job is None)
    assert label(page, "status_chip") == "Failed"
    assert window.errors.error is error
    assert page.setup.spec.name == "resnet50"
    assert page.setup.start.isVisible()
    tour = window.findChild(QLabel, "tour_sentence")
    assert tour.text().startswith("The training failed.")
    replay(page, qtbot, Script([started(), batch(1)]), Phase.TRAINING)
    assert tour.text().startswith("The training is not over yet")
    click(page, qtbot, "train_stop")
    qtbot.waitUntil(lambda: page.session.training_job is None)
    assert tour.text().startswith("Press “Start training”.")


def test_that_a_run_that_is_stopped_does_not_say_how_long_it_would_take(
    page: TrainPage, qtbot: QtBot
) -> None:
    job = replay(page, qtbot, Script([started(), batch(1)]), Phase.TRAINING)
    assert label(page, "figure_3_caption") == "left"
    click(page, qtbot, "train_stop")
    assert label(page, "status_chip") == "Stopping…"
    assert page.findChild(QWidget, "figure_3_caption").parent().isHidden()
    qtbot.waitUntil(lambda: not job.running)


def test_that_only_one_button_is_the_one_to_press(
    open_page: Callable[[Path], TrainPage], project_folder: Path, qtbot: QtBot
) -> None:
    page = open_page(project_folder)
    assert page.setup.start.property("role") == "primary"
    with Project.open(project_folder, read_only=True) as project:
        write_run(project, "run-1", EPOCHS, state="finished")
    page.session.refresh_runs()
    qtbot.waitUntil(lambda: label(page, "status_chip") == "Done")
    assert page.board.status.button("evaluate").property("role") == "primary"
    assert not page.setup.start.property("role")


def test_that_a_warning_is_shown_with_its_remedy(page: TrainPage, qtbot: QtBot) -> None:
    warned = Warned(msg("No network."), hint=msg("Connect once."))
    replay(page, qtbot, Script([warned, started(), batch(1)]), Phase.TRAINING)
    assert page.board.warning.isVisible()
    assert page.board.warning.accessibleName() == "No network."


def test_that_the_newest_run_is_shown_on_opening(
    open_page: Callable[[Path], TrainPage], project_folder: Path, window: MainWindow, qtbot: QtBot
) -> None:
    with Project.open(project_folder) as project:
        write_run(project, "20260101-000000-resnet18", 4, state="finished", accuracy=0.4)
        write_run(project, "20260102-000000-resnet18", 4, state="finished", accuracy=0.8)
    page = open_page(project_folder)
    assert label(page, "status_chip") == "Done"
    assert label(page, "figure_0_value") == "83.0 %"
    assert len(page.plots.accuracy.points(VALIDATION)) == 4
    page.run_list.view.setCurrentIndex(page.run_list.model.index(1))
    assert label(page, "figure_0_value") == "43.0 %"
    click(page, qtbot, "status_again")
    assert page.setup.config().model == "resnet18"
    assert (page.setup.presets.preset, page.setup.form.value()["epochs"]) == (
        Preset.INSTANT,
        EPOCHS,
    )
    click(page, qtbot, "status_predict")
    assert page.session.run is not None
    assert page.session.run.run_id == "20260101-000000-resnet18"


def test_that_an_interrupted_run_can_go_on(
    open_page: Callable[[Path], TrainPage],
    project_folder: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with Project.open(project_folder) as project:
        write_run(project, "run-1", 2, state=None)
    page = open_page(project_folder)
    assert label(page, "status_chip") == "Interrupted"
    session = page.session
    script = Script([started(start_epoch=2), batch(11), epoch(2, 0.4)])
    monkeypatch.setattr(
        session,
        "resume_training",
        lambda run_id: session._begin_training(script, run_id, title="Training"),
    )
    click(page, qtbot, "status_resume")
    qtbot.waitUntil(lambda: page._state.phase is Phase.TRAINING)
    qtbot.waitUntil(lambda: len(page.plots.accuracy.points(VALIDATION)) == 3)
    assert page.plots.accuracy.points(VALIDATION).x.tolist() == [1, 2, 3]
    assert page.run_list.model.rowCount() == 2


def test_that_a_run_that_another_part_of_the_window_goes_on_with_keeps_its_best_figure(
    open_page: Callable[[Path], TrainPage], project_folder: Path, qtbot: QtBot
) -> None:
    with Project.open(project_folder) as project:
        write_run(project, "run-1", 2, state=None)
    page = open_page(project_folder)
    before = label(page, "figure_0_value")
    replay(page, qtbot, Script([started(start_epoch=2), batch(11)]), Phase.TRAINING)
    assert label(page, "figure_1_value") == before


def test_that_an_earlier_run_can_be_looked_at_while_another_is_trained(
    open_page: Callable[[Path], TrainPage], project_folder: Path, qtbot: QtBot
) -> None:
    with Project.open(project_folder) as project:
        write_run(project, "20260101-000000-resnet18", 4, state="finished")
    page = open_page(project_folder)
    replay(page, qtbot, Script([started(), batch(1), batch(2)]), Phase.TRAINING)
    qtbot.waitUntil(lambda: len(page.plots.loss.points(STEP)) == 2)
    page.run_list.view.setCurrentIndex(page.run_list.model.index(1))
    assert label(page, "status_chip") == "Done"
    assert len(page.plots.loss.points(STEP)) == 0
    page.run_list.view.setCurrentIndex(page.run_list.model.index(0))
    assert label(page, "status_chip") == "Training"
    assert len(page.plots.loss.points(STEP)) == 2


def test_that_the_note_says_which_weights_are_used(page: TrainPage) -> None:
    field = page.setup.weights
    field.set_present(WeightsOnDisk(imagenet=frozenset({"efficientnet_b0"})))
    assert "on this computer" in field.note.text()
    page.setup.choose_model("resnet18")
    assert "starts from nothing" in field.note.text()
    field.set_present(WeightsOnDisk(starter=frozenset({"resnet18"})))
    assert "starter backbone is used" in field.note.text()
    field.set_value("none")
    assert "Starts from nothing" in field.note.text()
    field.set_value("mine/best.safetensors")
    assert "best.safetensors" in field.note.text()
    assert field.value == str(Path("mine/best.safetensors"))


def test_that_weights_are_found_by_their_file_name(isolated_home: Path) -> None:
    folder = isolated_home / "cache" / "weights"
    folder.mkdir(parents=True)
    for name in ("efficientnet_b0_rwightman-7f5810bc.pth", "resnet50-11ad3fa6.pth.part"):
        (folder / name).touch()
    found = weights_on_disk(CATALOG.values())
    assert found.imagenet == {"efficientnet_b0"}


def test_that_the_page_speaks_chinese_at_once(
    page: TrainPage, qapp: QApplication, qtbot: QtBot
) -> None:
    install_language(qapp, "zh_CN")
    qtbot.waitUntil(lambda: page.setup.start.text() == "开始训练")
    assert label(page, "status_chip") == "就绪"
    install_language(qapp, "en")
    qtbot.waitUntil(lambda: page.setup.start.text() == "Start training")


def test_that_a_project_open_elsewhere_cannot_be_trained(
    open_page: Callable[[Path], TrainPage], project_folder: Path
) -> None:
    with Project.open(project_folder):
        page = open_page(project_folder)
        assert not page.setup.start.isEnabled()
        assert page.setup.start.toolTip()


def test_that_the_first_image_size_follows_the_model_until_it_is_chosen(
    page: TrainPage, qtbot: QtBot
) -> None:
    qtbot.mouseClick(page.setup.presets.card(Preset.BEST), Qt.MouseButton.LeftButton)
    sizes = []
    for model in ("efficientnet_b4", "efficientnet_b0"):
        page.setup.choose_model(model)
        sizes.append(page.setup.form.value()["start_size"])
    assert sizes == [224, 128]
    page.setup.form.set_values({"start_size": 96})
    page.setup.choose_model("efficientnet_b4")
    assert page.setup.form.value()["start_size"] == 96
    qtbot.mouseClick(page.setup.presets.card(Preset.BALANCED), Qt.MouseButton.LeftButton)
    assert page.setup.form.value()["start_size"] is None
