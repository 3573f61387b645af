"""Predict: two models on the same images, and a model of other classes than the project's."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from effnet_studio.engine.errors import ModelError
from effnet_studio.engine.events import Progress
from effnet_studio.engine.events import Stage as Work
from effnet_studio.engine.export.export import export_model
from effnet_studio.engine.messages import msg
from tests.gallery.names import in_words
from tests.gallery.registry import Scenario
from tests.random_run import write_run

if TYPE_CHECKING:
    from effnet_studio.gui.pages.predict import PredictPage
    from tests.gallery.stage import Stage


def _answered(stage: Stage, each: int = 5) -> PredictPage:
    stage.open_copy(stage.material.trained, "predict")
    page: PredictPage = stage.window.page("predict")  # type: ignore[assignment]
    samples = stage.session.dataset.subset("val")
    page.drop_files([sample.path for sample in samples[:: max(1, len(samples) // (4 * each))]])
    stage.wait_for(lambda: page._judge.settled)
    return page


def _other_run(stage: Stage) -> Path:
    runs = [run for run in stage.session.runs if run.best_accuracy is not None]
    return next(run.run_dir for run in runs if run.run_id != stage.session.run.run_id)


def _compared(stage: Stage, page: PredictPage, model: Path) -> None:
    page._comparer.compare_with(model)
    stage.wait_for(lambda: page._comparer.settled and page._comparer._found is not None)
    stage.settle()


def _two_runs(stage: Stage) -> None:
    page = _answered(stage)
    _compared(stage, page, _other_run(stage))
    worst = page._comparer._found.comparison.most_different()[0]
    rows = [row for row, item in enumerate(page._judge.items) if item.path == worst.path]
    page._list.choose(rows[0])
    views = page._answers.comparison.pictures._columns
    stage.wait_for(lambda: all(column.view.has_image() for column in views))


def _zoomed(stage: Stage) -> None:
    _two_runs(stage)
    page = stage.window.page("predict")
    page._answers.comparison.pictures._columns[0].view.zoom_by(2.5)


def _int8(stage: Stage) -> None:
    page = _answered(stage)
    result = export_model(stage.session.project, format="onnx-int8")
    _compared(stage, page, result.file)
    page._answers.comparison._filter.setCurrentIndex(1)
    page._comparer._on_maps_asked()
    stage.wait_for(lambda: page._answers.comparison.pictures._mapped)


def _working(stage: Stage) -> None:
    page = _answered(stage)
    comparer = page._comparer
    comparer._model = None  # the real work does not begin
    comparer.compare_with(_other_run(stage))
    report = Progress(Work.PREDICT, 8, 24, "images", 31.0, 4.2)
    title = in_words("Comparer", "Comparing two models")
    job = stage.perform(partial(stage.session.jobs.start, title=title, kind="predict"), [report])
    page._answers.comparison.follow(job)
    page._answers.comparison._work.take_event(report)


def _failed(stage: Stage) -> None:
    page = _answered(stage)
    stage.given += ["roses", "tulips"]
    other = write_run(stage.session.project, ("roses", "tulips"), size=32)
    page._comparer.compare_with(other)
    failed = page._answers.comparison._failed
    stage.wait_for(lambda: page._answers.comparison._states.currentWidget() is failed)


def _refused(stage: Stage) -> None:
    page = _answered(stage)
    page._comparer._on_refused(
        None,
        ModelError(
            msg("{name} is not an ONNX model, or it is damaged.", name="flowers.onnx"),
            hint=msg("Export the model again, or choose another file."),
            path=Path("/media/stick/models/flowers.onnx"),
        ),
    )


def _classes_differ(stage: Stage) -> None:
    stage.open_copy(stage.material.trained, "predict")
    page: PredictPage = stage.window.page("predict")  # type: ignore[assignment]
    known = stage.session.dataset.classes
    stage.given += ["roses", "tulips"]
    other = write_run(stage.session.project, (*known[1:], "roses", "tulips"), size=32)
    stage.session.refresh_runs()
    stage.wait_for(lambda: any(each.run_id == other.name for each in stage.session.runs))
    stage.session.select_run(other.name)
    samples = stage.session.dataset.subset("val")
    page.drop_files([sample.path for sample in samples[:6]])
    stage.wait_for(lambda: page._judge.settled and page._panel.picture() is not None)


SCENARIOS = (
    Scenario("predict", "compare", _two_runs),
    Scenario("predict", "compare-zoomed", _zoomed),
    Scenario("predict", "compare-int8", _int8),
    Scenario("predict", "compare-working", _working),
    Scenario("predict", "compare-failed", _failed),
    Scenario("predict", "compare-refused", _refused),
    Scenario("predict", "compare-classes-differ", _classes_differ),
)
