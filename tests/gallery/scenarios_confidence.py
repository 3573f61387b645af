"""Evaluate, Confidence: as sure as it should be or not, few images, chosen, and on test images."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import numpy as np

from effnet_studio.engine.evaluation.evaluate import Evaluation, summarize
from effnet_studio.engine.predict.reject_option import RejectOption, Score, write_reject_option
from effnet_studio.engine.training.runs import BEST_FILE, weights_digest
from effnet_studio.gui.evaluation_keeper import Checked
from tests.gallery.names import SPECIES
from tests.gallery.registry import Scenario

if TYPE_CHECKING:
    from effnet_studio.gui.pages.evaluate import EvaluatePage
    from effnet_studio.gui.pages.predict import PredictPage
    from effnet_studio.gui.widgets.evaluate.confidence_view import ConfidenceView
    from tests.gallery.stage import Stage


def _made_up(images: int, classes: tuple[str, ...], sharpness: float = 1.0) -> Evaluation:
    """Answers that are as sure as they should be, times a sharpness."""
    random = np.random.default_rng(4)
    honest = random.normal(0, 1.6, (images, len(classes)))
    honest[np.arange(images), random.integers(0, len(classes), images)] += random.uniform(
        1, 7, images
    )
    shares = np.exp(honest - honest.max(axis=1, keepdims=True)).cumsum(axis=1)
    true = (random.random((images, 1)) * shares[:, -1:] > shares).sum(axis=1)
    return summarize(
        (sharpness * honest).astype(np.float32),
        true.astype(np.int64),
        classes=classes,
        sample_ids=tuple(range(1, images + 1)),
        split="val",
    )


def _confidence(stage: Stage, evaluation: Evaluation | None = None) -> ConfidenceView:
    stage.open_copy(stage.material.trained, "evaluate")
    page: EvaluatePage = stage.window.page("evaluate")  # type: ignore[assignment]
    session = stage.session
    if evaluation is None:
        page.start()
        stage.wait_for(lambda: page._keeper.job is None)
    else:
        run_dir = session.run.run_dir
        page._keeper.result = Checked(evaluation, session.dataset, session.project, run_dir)
        page._on_kept()
    view = page._view.confidence
    page._tabs.setCurrentIndex(page._view.tabs.index(view))
    stage.wait_for(lambda: view._facts is not None)
    stage.wait_for(lambda: view._temperature is not None)
    return view


def _too_sure(stage: Stage) -> ConfidenceView:
    view = _confidence(stage, _made_up(900, SPECIES[:5], 1.8))
    view.set_run(1.37, None)
    stage.wait_for(lambda: view._before is not None)
    return view


def _bar(stage: Stage) -> None:
    _too_sure(stage)._charts._diagram.choose(7)


def _chosen(stage: Stage) -> None:
    view = _confidence(stage, _made_up(900, SPECIES[:5]))
    curve = view._facts.curves["confidence"]
    kept = RejectOption(
        Score.CONFIDENCE, float(curve.thresholds[700]), 0.78, 0.981, 900, "1", "abc"
    )
    view.set_run(1.37, kept)
    view.choice.curve.move_to(560)
    view._on_images_asked()
    _scroll(view)


def _test(stage: Stage) -> None:
    view = _confidence(stage, dataclasses.replace(_made_up(300, SPECIES[:5]), split="test"))
    curve = view._facts.curves["confidence"]
    kept = RejectOption(
        Score.CONFIDENCE, float(curve.thresholds[230]), 0.78, 0.981, 900, "1", "abc"
    )
    view.set_run(1.0, kept)
    _scroll(view)


def _cautious(stage: Stage) -> None:
    view = _confidence(stage, _made_up(60, SPECIES[:3]))
    view.choice.curve.move_to(4)
    stage.settle()  # what is cautioned takes room
    _scroll(view)


def _scroll(view: ConfidenceView) -> None:
    view.choice.ensurePolished()
    scroll = view.choice.parentWidget().parentWidget().parentWidget()
    scroll.verticalScrollBar().setValue(scroll.verticalScrollBar().maximum())  # type: ignore[attr-defined]


def _few(stage: Stage) -> None:
    _confidence(stage, _made_up(12, SPECIES[:2]))


def _perfect(stage: Stage) -> None:
    _confidence(stage, _made_up(400, SPECIES[:3], 40.0))


def _none_of_these(stage: Stage) -> None:
    """Some images are none of the classes: less certain than the threshold."""
    stage.open_copy(stage.material.trained, "predict")
    page: PredictPage = stage.window.page("predict")  # type: ignore[assignment]
    run_dir = stage.session.run.run_dir
    weights = weights_digest(run_dir / BEST_FILE)
    write_reject_option(run_dir, RejectOption(Score.CONFIDENCE, 0.6, 0.8, 0.9, 72, "1", weights))
    stage.session.note_rejection(run_dir)  # the page has read the model already
    page.drop_files([sample.path for sample in stage.session.dataset.samples[::16]])
    stage.wait_for(lambda: page._judge.settled and page._panel.picture() is not None)
    stage.wait_for(lambda: not page._finder.opening)
    rejected = [item for item in page._judge.items if item.prediction.rejected]
    page._list.choose_item(rejected[0])
    stage.wait_for(lambda: page._panel.picture() is not None)


def _none_in_table(stage: Stage) -> None:
    _none_of_these(stage)
    page: PredictPage = stage.window.page("predict")  # type: ignore[assignment]
    page._list._as_table.setChecked(True)


SCENARIOS = (
    Scenario("evaluate", "confidence", _confidence),
    Scenario("evaluate", "confidence-too-sure", _too_sure),
    Scenario("evaluate", "confidence-bar", _bar),
    Scenario("evaluate", "confidence-chosen", _chosen),
    Scenario("evaluate", "confidence-cautious", _cautious),
    Scenario("evaluate", "confidence-test", _test),
    Scenario("evaluate", "confidence-few", _few),
    Scenario("evaluate", "confidence-perfect", _perfect),
    Scenario("predict", "none-of-these", _none_of_these),
    Scenario("predict", "none-in-table", _none_in_table),
)
