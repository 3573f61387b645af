"""Evaluate: nothing there yet, ready, at work, done, failed; many classes."""

from __future__ import annotations

import dataclasses
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from effnet_studio.engine.errors import DatasetError
from effnet_studio.engine.evaluation.evaluate import Evaluation, summarize
from effnet_studio.engine.events import Progress
from effnet_studio.engine.events import Stage as Work
from effnet_studio.engine.messages import msg
from effnet_studio.engine.predict.answers import FailedImage
from effnet_studio.gui.evaluation_keeper import Checked
from tests.gallery.names import CHINESE, PAIR, SPECIES, in_words
from tests.gallery.registry import Scenario

if TYPE_CHECKING:
    from collections.abc import Iterator

    from effnet_studio.gui.pages.evaluate import EvaluatePage
    from tests.gallery.stage import Stage


def _evaluate_page(stage: Stage, *, trained: bool = True) -> EvaluatePage:
    material = stage.material
    stage.open_copy(material.trained if trained else material.imported, "evaluate")
    page: EvaluatePage = stage.window.page("evaluate")  # type: ignore[assignment]
    return page


def _no_run(stage: Stage) -> None:
    _evaluate_page(stage, trained=False)


def _unchecked(stage: Stage) -> None:
    _evaluate_page(stage)


def _working(stage: Stage) -> Iterator[None]:
    page = _evaluate_page(stage)
    job = stage.perform(
        partial(
            stage.session.jobs.start,
            title=in_words("EvaluationKeeper", "Checking the model"),
            kind="evaluate",
        ),
        [],
    )
    page._keeper.job = job
    page._on_kept()
    page._work.take_event(Progress(Work.EVALUATE, 64, 192, "images", 31.0, 4.2))
    yield
    page._keeper.job = None  # it does not know of this one's end


def _done(stage: Stage) -> EvaluatePage:
    page = _evaluate_page(stage)
    page.start()
    stage.wait_for(lambda: page._keeper.job is None)
    return page


def _cell(stage: Stage) -> None:
    page = _done(stage)
    matrix = page._view.tabs[0]._matrix
    off = matrix._counts - np.diag(np.diag(matrix._counts))
    matrix.select(*(int(each) for each in np.unravel_index(off.argmax(), off.shape)))


def _selected(stage: Stage) -> None:
    """Some errors selected, with maps."""
    page = _done(stage)
    grid = page._view.sheet.grid
    grid.select_rows(range(2))
    page._view.sheet._maps.setChecked(True)
    stage.wait_for(lambda: not grid.thumbnails._asked)


def _worst(stage: Stage) -> EvaluatePage:
    page = _done(stage)
    page._tabs.setCurrentIndex(page._view.tabs.index(page._view.worst))
    return page


def _worst_row(stage: Stage, row: int) -> EvaluatePage:
    page = _worst(stage)
    listed = page._view.worst.list
    listed.setCurrentIndex(listed.model().index(row, 0))
    return page


def _suspects(stage: Stage) -> None:
    page = _worst_row(stage, 1)
    page._suspects.start()
    stage.wait_for(lambda: page._suspects.job is None)


def _pair(stage: Stage) -> None:
    _worst_row(stage, 5)


def _to_label(stage: Stage) -> None:
    _worst_row(stage, 4)


def _table(stage: Stage) -> None:
    page = _done(stage)
    page._view.tabs[0]._tabs.setCurrentIndex(1)
    page._view.tabs[0]._class_table.selectRow(0)


def _perfect(stage: Stage) -> None:
    names = ("cat", "dog")
    _invented(stage, names, skill=40.0)


def _invented(stage: Stage, classes: tuple[str, ...], skill: float, images: int = 900) -> None:
    """An evaluation with other classes than the sample's, about the sample's pictures."""
    stage.given += classes
    page = _evaluate_page(stage)
    _show(page, _made_up(classes, skill, images, page.session.dataset.version))


def _show(page: EvaluatePage, evaluation: Evaluation) -> None:
    session = page.session
    page._keeper.result = Checked(evaluation, session.dataset, session.project, session.run.run_dir)
    page._on_kept()


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
    _invented(stage, PAIR, 4.0)


def _chinese(stage: Stage) -> None:
    _invented(stage, CHINESE, 4.5)
    stage.window.page("evaluate")._view.tabs[0]._matrix.select(2, 3)


def _forty(stage: Stage) -> None:
    _invented(stage, SPECIES + tuple(f"{name} (Larve)" for name in SPECIES), 5.0, 2_000)


def _forty_table(stage: Stage) -> None:
    _forty(stage)
    stage.window.page("evaluate")._view.tabs[0]._tabs.setCurrentIndex(1)


def _forty_pairs(stage: Stage) -> None:
    _forty(stage)
    view = stage.window.page("evaluate")._view.tabs[0]
    view._tabs.setCurrentIndex(2)
    view._pair_table.selectRow(1)


def _unreadable(stage: Stage) -> None:
    page = _done(stage)
    gone = FailedImage(Path("/media/camera/bee/IMG_0001.jpg"), msg("The file is gone."))
    _show(page, dataclasses.replace(page._keeper.result.evaluation, failed=(gone, gone)))


def _two_hundred(stage: Stage) -> None:
    _invented(stage, tuple(f"{n:03d}.{SPECIES[n % 20]}" for n in range(200)), 6.0, 4_000)


def _thousand(stage: Stage) -> None:
    _invented(stage, tuple(f"{n:04d}.{SPECIES[n % 20]}" for n in range(1000)), 7.0, 10_000)


def _thousand_pairs(stage: Stage) -> None:
    _thousand(stage)
    page = stage.window.page("evaluate")
    page._tabs.setCurrentIndex(1)
    listed = page._view.worst.list
    listed.setCurrentIndex(listed.model().index(5, 0))


def _evaluate_failed(stage: Stage) -> None:
    page = _evaluate_page(stage)
    page._on_failed(
        DatasetError(
            msg("None of the {count} images can be read any more.", count=192),
            hint=msg("Check that the drive is connected and the folder still exists."),
            path=Path("/media/camera/insects/2024/bee/IMG_0001.jpg"),
        )
    )


SCENARIOS = (
    Scenario("evaluate", "no-run", _no_run),
    Scenario("evaluate", "unchecked", _unchecked),
    Scenario("evaluate", "working", _working),
    Scenario("evaluate", "done", _done),
    Scenario("evaluate", "cell", _cell),
    Scenario("evaluate", "selected", _selected),
    Scenario("evaluate", "suspects", _suspects),
    Scenario("evaluate", "pair", _pair),
    Scenario("evaluate", "to-label", _to_label),
    Scenario("evaluate", "table", _table),
    Scenario("evaluate", "perfect", _perfect),
    Scenario("evaluate", "two", _two),
    Scenario("evaluate", "chinese", _chinese),
    Scenario("evaluate", "forty", _forty),
    Scenario("evaluate", "forty-table", _forty_table),
    Scenario("evaluate", "forty-pairs", _forty_pairs),
    Scenario("evaluate", "unreadable", _unreadable),
    Scenario("evaluate", "two-hundred", _two_hundred),
    Scenario("evaluate", "thousand", _thousand),
    Scenario("evaluate", "thousand-pairs", _thousand_pairs),
    Scenario("evaluate", "failed", _evaluate_failed),
)
