"""Evaluate, Predict and Export: nothing there yet, ready, at work, done, failed; many classes."""

from __future__ import annotations

import dataclasses
import json
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

from effnet_studio.engine.errors import DatasetError, StorageError
from effnet_studio.engine.evaluation.evaluate import Evaluation, summarize
from effnet_studio.engine.events import Progress
from effnet_studio.engine.events import Stage as Work
from effnet_studio.engine.export.records import RECORD_SUFFIX, ExportFormat, ExportResult
from effnet_studio.engine.messages import msg
from effnet_studio.engine.predict.answers import FailedImage, Prediction
from effnet_studio.engine.project import Project
from effnet_studio.gui.models.predict_items import Item
from effnet_studio.gui.models.results import Order
from tests.gallery.material import copy_of
from tests.gallery.registry import Scenario

if TYPE_CHECKING:
    from effnet_studio.gui.pages.evaluate import EvaluatePage
    from effnet_studio.gui.pages.export import ExportPage
    from effnet_studio.gui.pages.predict import PredictPage
    from tests.gallery.stage import Stage

SPECIES = (
    "Ackerhummel", "Baumweißling", "C-Falter", "Distelfalter", "Erdhummel", "Feuerwanze",
    "Goldlaufkäfer", "Hornisse", "Igelspinner", "Junikäfer", "Kohlweißling", "Landkärtchen",
    "Marienkäfer", "Nachtpfauenauge", "Ohrwurm", "Plattbauchlibelle", "Quelljungfer",
    "Rosenkäfer", "Schwalbenschwanz", "Taubenschwänzchen",
)  # fmt: skip
CHINESE = (
    "七星瓢虫", "菜粉蝶", "中华蜜蜂(Apis cerana cerana)", "红蜻", "中国扁蜻指名亚种", "螽斯",
)  # fmt: skip


# -- Evaluate ------------------------------------------------------------------------------------


def _evaluate_page(stage: Stage, *, trained: bool = True) -> EvaluatePage:
    material = stage.material
    stage.open_copy(material.trained if trained else material.imported, "evaluate")
    page: EvaluatePage = stage.window.page("evaluate")  # type: ignore[assignment]
    return page


def _no_run(stage: Stage) -> None:
    _evaluate_page(stage, trained=False)


def _unchecked(stage: Stage) -> None:
    _evaluate_page(stage)


def _working(stage: Stage) -> None:
    page = _evaluate_page(stage)
    job = stage.perform(
        partial(stage.session.jobs.start, title=page.tr("Checking the model"), kind="evaluate"),
        [],
    )
    page._job = job
    page._work.follow(job)
    page._work.take_event(Progress(Work.EVALUATE, 64, 192, "images", 31.0, 4.2))
    page._show_state()


def _done(stage: Stage) -> EvaluatePage:
    page = _evaluate_page(stage)
    page.start()
    stage.wait_for(lambda: page._job is None)
    return page


def _cell(stage: Stage) -> None:
    page = _done(stage)
    matrix = page._view._matrix
    off = matrix._counts - np.diag(np.diag(matrix._counts))
    matrix.select(*(int(each) for each in np.unravel_index(off.argmax(), off.shape)))


def _table(stage: Stage) -> None:
    page = _done(stage)
    page._view._tabs.setCurrentIndex(1)
    page._view._class_table.selectRow(0)


def _perfect(stage: Stage) -> None:
    names = ("cat", "dog")
    _invented(stage, names, skill=40.0)


def _invented(stage: Stage, classes: tuple[str, ...], skill: float, images: int = 900) -> None:
    """An evaluation with other classes than the sample's, about the sample's pictures."""
    page = _evaluate_page(stage)
    page._take(_made_up(classes, skill, images, page.session.dataset.version))
    page._show_state()


def _made_up(classes: tuple[str, ...], skill: float, images: int, version: str) -> Evaluation:
    random = np.random.default_rng(4)
    true = np.sort(random.integers(0, len(classes), images))
    logits = random.normal(0, 1.6, (images, len(classes)))
    logits[np.arange(images), true] += skill
    # Neighbours are mixed up more often, as similar species are.
    logits[np.arange(images), (true + 1) % len(classes)] += skill * 0.45
    return summarize(
        logits.astype(np.float32),
        true.astype(np.int64),
        classes=classes,
        sample_ids=tuple(range(1, images + 1)),
        split="val",
        dataset_version=version,
    )


def _two(stage: Stage) -> None:
    _invented(stage, ("healthy", "infested by the spruce bark beetle"), 4.0)


def _chinese(stage: Stage) -> None:
    _invented(stage, CHINESE, 4.5)
    stage.window.page("evaluate")._view._matrix.select(2, 3)


def _forty(stage: Stage) -> None:
    _invented(stage, SPECIES + tuple(f"{name} (Larve)" for name in SPECIES), 5.0, 2_000)


def _forty_table(stage: Stage) -> None:
    _forty(stage)
    stage.window.page("evaluate")._view._tabs.setCurrentIndex(1)


def _forty_pairs(stage: Stage) -> None:
    _forty(stage)
    view = stage.window.page("evaluate")._view
    view._tabs.setCurrentIndex(2)
    view._pair_table.selectRow(1)


def _unreadable(stage: Stage) -> None:
    page = _done(stage)
    gone = FailedImage(Path("/media/camera/bee/IMG_0001.jpg"), msg("The file is gone."))
    page._take(dataclasses.replace(page._evaluation, failed=(gone, gone)))


def _two_hundred(stage: Stage) -> None:
    _invented(stage, tuple(f"{n:03d}.{SPECIES[n % 20]}" for n in range(200)), 6.0, 4_000)


def _evaluate_failed(stage: Stage) -> None:
    page = _evaluate_page(stage)
    page._on_failed(
        DatasetError(
            msg("None of the {count} images can be read any more.", count=192),
            hint=msg("Check that the drive is connected and the folder still exists."),
            path=Path("/media/camera/insects/2024/bee/IMG_0001.jpg"),
        )
    )


# -- Predict -------------------------------------------------------------------------------------


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
    job = stage.perform(
        partial(stage.session.jobs.start, title=page.tr("Looking at the images"), kind="predict"),
        [],
    )
    page._judge._job = job
    page._on_started(job)
    page._work.take_event(Progress(Work.PREDICT, 640, 10_000, "images", 31.0, 304.0))
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
    job = stage.perform(
        partial(stage.session.jobs.start, title=page.tr("Looking at the images"), kind="predict"),
        [],
    )
    page._answers.foot.follow(job)
    report = Progress(Work.PREDICT, 3_360, 10_000, "images", 31.0, 214.0)
    page._answers.foot.take_event(report)
    page._answers.foot._foot._on_event(report)


def _predict_stopped(stage: Stage) -> None:
    page = _invented_answers(stage, 360, ("healthy", "infested by the spruce bark beetle"))
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


# -- Export --------------------------------------------------------------------------------------


def _export_page(stage: Stage, *, trained: bool = True) -> ExportPage:
    material = stage.material
    stage.open_copy(material.trained if trained else material.imported, "export")
    page: ExportPage = stage.window.page("export")  # type: ignore[assignment]
    return page


def _export_no_run(stage: Stage) -> None:
    _export_page(stage, trained=False)


def _export_ready(stage: Stage) -> None:
    _export_page(stage)


def _export_working(stage: Stage) -> None:
    page = _export_page(stage)
    job = stage.perform(
        partial(stage.session.jobs.start, title=page.tr("Exporting and checking"), kind="export"),
        [],
    )
    page._job = job
    page._work.follow(job)
    page._work.take_event(Progress(Work.VERIFY, 64, 192, "images", 31.0, 4.2))
    page._show_state()


def _record(stage: Stage, name: str, result: ExportResult) -> None:
    folder = stage.session.project.exports_dir / name
    folder.mkdir(parents=True)
    file = folder / result.file
    file.write_bytes(b"")
    record = file.with_name(file.stem + RECORD_SUFFIX)
    record.write_text(json.dumps(result.to_json()), encoding="utf-8")


def _result(file: str, format_: ExportFormat, **facts: object) -> ExportResult:
    common: dict[str, object] = {
        "file": Path(file),
        "format": format_,
        "run": "20260721-101500-efficientnet_b0",
        "model": "efficientnet_b0",
        "bytes": 16_213_004,
        "images": 192,
        "skipped": 0,
        "agreement": 1.0,
        "max_probability_difference": 7.3e-7,
        "accuracy": 0.9427,
        "app_accuracy": 0.9427,
        "latency_ms": 12.9,
        "app_latency_ms": 31.4,
        "ok": True,
        "differing": (),
        "recipe": "",
        "attempts": (),
        "seconds": 21.0,
        "created": "2026-07-21T10:15:00+00:00",
    }
    return ExportResult(**{**common, **facts})  # type: ignore[arg-type]


def _export_done(stage: Stage) -> ExportPage:
    page = _export_page(stage)
    _record(stage, "1", _result("efficientnet_b0.onnx", ExportFormat.ONNX))
    good = {"bytes": 5_301_220, "latency_ms": 7.4, "max_probability_difference": 0.031}
    other = (Path("IMG_0001.jpg"),)
    bad = {"agreement": 0.911, "accuracy": 0.875, "ok": False, "bytes": 4_801_220}
    bad = {**bad, "differing": other, "model": "mobilenet_v3_small"}
    _record(
        stage,
        "2",
        _result(
            "efficientnet_b0-int8.onnx",
            ExportFormat.ONNX_INT8,
            created="2026-07-21T10:19:00+00:00",
            **good,
            agreement=0.9948,
        ),
    )
    _record(
        stage,
        "3",
        _result(
            "mobilenet_v3_small-int8.onnx",
            ExportFormat.ONNX_INT8,
            created="2026-07-21T10:25:00+00:00",
            **{**good, **bad},
        ),
    )
    page._list()
    return page


def _export_read_only(stage: Stage) -> None:
    copy = stage._stack.enter_context(copy_of(stage.material.trained, stage.folder))
    stage._stack.enter_context(Project.open(copy))  # the lock is taken
    stage.session.open_project(copy)
    stage.wait_for(lambda: stage.session.project is not None)
    stage.window.show_page("export")


def _export_failed(stage: Stage) -> None:
    page = _export_done(stage)
    page._on_failed(
        StorageError(
            msg("There is no room left on the drive."),
            hint=msg("Free some space and try again."),
            path=Path("/media/stick/models/efficientnet_b0.onnx"),
        )
    )


SCENARIOS = (
    Scenario("evaluate", "no-run", _no_run),
    Scenario("evaluate", "unchecked", _unchecked),
    Scenario("evaluate", "working", _working),
    Scenario("evaluate", "done", _done),
    Scenario("evaluate", "cell", _cell),
    Scenario("evaluate", "table", _table),
    Scenario("evaluate", "perfect", _perfect),
    Scenario("evaluate", "two", _two),
    Scenario("evaluate", "chinese", _chinese),
    Scenario("evaluate", "forty", _forty),
    Scenario("evaluate", "forty-table", _forty_table),
    Scenario("evaluate", "forty-pairs", _forty_pairs),
    Scenario("evaluate", "unreadable", _unreadable),
    Scenario("evaluate", "two-hundred", _two_hundred),
    Scenario("evaluate", "failed", _evaluate_failed),
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
    Scenario("export", "no-run", _export_no_run),
    Scenario("export", "ready", _export_ready),
    Scenario("export", "working", _export_working),
    Scenario("export", "done", _export_done),
    Scenario("export", "read-only", _export_read_only),
    Scenario("export", "failed", _export_failed),
)
