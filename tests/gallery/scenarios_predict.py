"""Predict: no model, empty, at work, one image and ten thousand, reviewed, failed."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

from effnet_studio.engine.events import Progress
from effnet_studio.engine.events import Stage as Work
from effnet_studio.engine.predict.answers import Prediction
from effnet_studio.gui.models.predict_items import Item
from effnet_studio.gui.models.results import Order
from tests.gallery.names import PAIR, SPECIES, in_words
from tests.gallery.registry import Scenario

if TYPE_CHECKING:
    from effnet_studio.gui.pages.predict import PredictPage
    from tests.gallery.stage import Stage


def _predict_page(stage: Stage, *, trained: bool = True) -> PredictPage:
    material = stage.material
    stage.open_copy(material.trained if trained else material.imported, "predict")
    page: PredictPage = stage.window.page("predict")  # type: ignore[assignment]
    return page


def _predict_no_model(stage: Stage) -> None:
    _predict_page(stage, trained=False)


def _predict_empty(stage: Stage) -> None:
    _predict_page(stage)


def _predict_dragged(stage: Stage) -> None:
    _predict_page(stage).set_drop_active(True)


def _predict_working(stage: Stage) -> None:
    page = _predict_page(stage)
    report = Progress(Work.PREDICT, 640, 10_000, "images", 31.0, 304.0)
    title = in_words("ImageJudge", "Looking at the images")
    job = stage.perform(partial(stage.session.jobs.start, title=title, kind="predict"), [report])
    page._judge._job = job
    page._on_started(job)
    page._work.take_event(report)
    page._show_state()


def _answered(stage: Stage, paths: list[Path]) -> PredictPage:
    page = _predict_page(stage)
    page.drop_files(paths)
    stage.wait_for(lambda: page._judge.settled and page._panel.picture() is not None)
    stage.wait_for(lambda: not page._finder.opening)
    stage.settle()
    return page


def _samples(stage: Stage, each: int = 2) -> list[Path]:
    folders = sorted(folder for folder in stage.material.sample.iterdir() if folder.is_dir())
    return [file for folder in folders for file in sorted(folder.iterdir())[:each]]


def _predict_one(stage: Stage) -> None:
    _answered(stage, _samples(stage)[:1])


def _predict_many(stage: Stage) -> None:
    _answered(stage, _samples(stage))


def _invented_answers(stage: Stage, count: int, classes: tuple[str, ...]) -> PredictPage:
    """Answers of a model with other classes, about the sample's pictures again and again."""
    stage.given += classes
    page = _predict_page(stage)
    stage.wait_for(lambda: page._judge.settled)
    random = np.random.default_rng(7)
    files = _samples(stage, 12)
    for number in range(count):
        logits = random.normal(0, 1, len(classes))
        logits[number % len(classes)] += random.uniform(0, 12)
        shares = np.exp(logits - logits.max())
        path = files[number % len(files)]
        verdict = Prediction(path, (shares / shares.sum()).astype(np.float32), classes)
        name = f"IMG_{number:05d}.jpg"
        page._judge.items.append(Item(-1 - number, name, path, None, verdict))
    page._list.bar.set_classes(classes)
    page._reviewer.set_classes(classes)
    page._judge.new_drop = True
    page._judge.judged.emit(0)
    page._panel.set_item(page._judge.items[0])
    stage.wait_for(lambda: page._panel.picture() is not None)
    return page


def _predict_ten_thousand(stage: Stage) -> None:
    """A batch at work: answers have come, more are coming."""
    many = tuple(
        f"{n:04d} {SPECIES[n % 20]} subsp. {SPECIES[-n % 20].lower()}" for n in range(1000)
    )
    page = _invented_answers(stage, 3_360, many)
    report = Progress(Work.PREDICT, 3_360, 10_000, "images", 31.0, 214.0)
    title = in_words("ImageJudge", "Looking at the images")
    job = stage.perform(partial(stage.session.jobs.start, title=title, kind="predict"), [report])
    page._answers.foot.follow(job)
    page._answers.foot.take_event(report)
    page._answers.foot._foot._on_event(report)


def _predict_stopped(stage: Stage) -> None:
    page = _invented_answers(stage, 360, PAIR)
    page._list.bar._filter.setCurrentIndex(1)
    page._answers.foot.set_left(9_640)


def _predict_table(stage: Stage) -> PredictPage:
    page = _invented_answers(stage, 40, SPECIES)
    page._list._as_table.setChecked(True)
    page._list.bar.set_order(Order.UNSURE)
    return page


def _predict_wide_table(stage: Stage) -> None:
    many = tuple(
        f"{n:04d} {SPECIES[n % 20]} subsp. {SPECIES[-n % 20].lower()}" for n in range(1000)
    )
    page = _invented_answers(stage, 10_000, many)
    page._list._as_table.setChecked(True)
    page._list._details.setChecked(False)
    page._list.choose(3)


def _predict_review(stage: Stage) -> None:
    page = _answered(stage, _samples(stage, 10))
    page._list.review.setChecked(True)
    for _ in range(11):
        page._reviewer._on_confirmed()
    page._reviewer._on_corrected(page._judge.items[0].prediction.classes[0])
    stage.wait_for(lambda: page._panel.picture() is not None)


def _predict_reviewed(stage: Stage) -> None:
    page = _answered(stage, [*_shapes(stage), *_samples(stage, 1)])
    page._list.review.setChecked(True)
    for _ in page._judge.items:
        page._reviewer._on_confirmed()
    page._reviewer.bar.add_asked.emit()
    stage.wait_for(lambda: bool(page._reviewer._given) and not page._reviewer._awaited)
    stage.wait_for(lambda: page._panel.picture() is not None)


def _shapes(stage: Stage) -> list[Path]:
    """A portrait and a panorama."""
    files = []
    random = np.random.default_rng(2)
    for name, size in (("portrait", (900, 300)), ("panorama", (200, 1600))):
        rough = random.integers(60, 220, (size[0] // 50, size[1] // 50, 3), dtype=np.uint8)
        picture = Image.fromarray(rough).resize((size[1], size[0]), Image.Resampling.BICUBIC)
        file = stage.folder / f"{name}-of-the-meadow-behind-the-barn.jpg"
        picture.save(file)
        files.append(file)
    return files


def _show_as(page: PredictPage, method: str) -> None:
    methods = page._panel.controls._method
    methods.setCurrentIndex(methods.findData(method))


def _predict_checked(stage: Stage) -> None:
    page = _answered(stage, _samples(stage)[:4])
    page._explainer.check()
    stage.wait_for(lambda: page._explainer.health is not None)
    page._finder._gallery.limit = 1.1  # type: ignore[union-attr]
    page._finder.ask(page._panel.item, page._model)
    stage.settle()


def _predict_whole(stage: Stage) -> None:
    page = _answered(stage, _samples(stage)[2:6])
    _show_as(page, "none")


def _predict_shapes(stage: Stage) -> None:
    page = _answered(stage, _shapes(stage))
    _show_as(page, "none")
    page._list.choose(1)


def _predict_unreadable(stage: Stage) -> None:
    text = stage.folder / "notes-of-the-excursion-to-the-lake.jpg"
    text.write_text("This is no image.", encoding="utf-8")
    page = _answered(stage, [*_samples(stage)[:2], text])
    page._list.choose(2)


def _predict_failed(stage: Stage) -> None:
    page = _answered(stage, _samples(stage)[:2])
    (stage.folder / "model.onnx").write_bytes(b"no model")
    page.open_model(stage.folder / "model.onnx")
    stage.wait_for(page._error.isVisible)


def _predict_elsewhere(stage: Stage) -> None:
    page = _answered(stage, _samples(stage)[:2])
    file = stage.folder / "beetles-int8.tflite"
    file.write_bytes(b"TFL3")
    stage.given += [file.name]
    page.open_model(file)
    stage.wait_for(page._error.isVisible)


SCENARIOS = (
    Scenario("predict", "no-model", _predict_no_model),
    Scenario("predict", "empty", _predict_empty),
    Scenario("predict", "dragged", _predict_dragged),
    Scenario("predict", "working", _predict_working),
    Scenario("predict", "one", _predict_one),
    Scenario("predict", "many", _predict_many),
    Scenario("predict", "ten-thousand", _predict_ten_thousand),
    Scenario("predict", "stopped", _predict_stopped),
    Scenario("predict", "table", _predict_table),
    Scenario("predict", "wide-table", _predict_wide_table),
    Scenario("predict", "review", _predict_review),
    Scenario("predict", "reviewed", _predict_reviewed),
    Scenario("predict", "checked", _predict_checked),
    Scenario("predict", "whole", _predict_whole),
    Scenario("predict", "shapes", _predict_shapes),
    Scenario("predict", "unreadable", _predict_unreadable),
    Scenario("predict", "failed", _predict_failed),
    Scenario("predict", "elsewhere", _predict_elsewhere),
)
