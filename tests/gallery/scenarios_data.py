"""The Data page: empty, reading, loaded, one class, files left out, a question, a failure."""

from __future__ import annotations

import shutil
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QComboBox

from effnet_studio.engine.data.balance import Imbalance
from effnet_studio.engine.data.checks.findings import FindingKind
from effnet_studio.engine.events import Progress, Warned
from effnet_studio.engine.events import Stage as Work
from effnet_studio.engine.messages import msg
from effnet_studio.gui.dialogs.prepared import PreparedDialog
from effnet_studio.gui.models.browsing import Order
from effnet_studio.gui.pages.data_images import BALANCE, FINDINGS, HISTORY, LEFT_OUT, MAP
from tests.gallery.names import in_words
from tests.gallery.registry import Scenario

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from effnet_studio.gui.jobs import Job
    from effnet_studio.gui.pages.data import DataPage
    from tests.gallery.stage import Stage


def _new_project(stage: Stage) -> DataPage:
    stage.session.create_project(stage.folder / "Garden.effnet", "Garden")
    stage.wait_for(lambda: stage.session.project is not None)
    stage.window.show_page("data")
    return stage.window.page("data")  # type: ignore[return-value]


def _empty(stage: Stage) -> None:
    _new_project(stage)


def _dropping(stage: Stage) -> None:
    _new_project(stage).set_drop_active(True)


def _working(stage: Stage) -> None:
    _new_project(stage)
    session = stage.session

    stage.given.append("Garden")

    def start(function: Callable[..., object], **_: object) -> Job:
        title = in_words("Session", "Reading {name}", name="Garden")
        job = session.jobs.start(function, title=title, kind="import", heavy=False)
        session.import_job = job
        session.import_started.emit(job)
        return job

    broken = Warned(msg("This is not an image."), path=stage.material.sample / "notes.jpg")
    stage.perform(start, [broken, Progress(Work.SCAN, 1_840, 4_620, "files", 900.0, 3.1)])


def _loaded(stage: Stage) -> None:
    stage.open_copy(stage.material.imported, "data")
    stage.settle(1.0)


def _class(stage: Stage) -> None:
    _loaded(stage)
    page = stage.window.page("data")
    classes = page.images.panel.list
    classes.setCurrentIndex(classes.model().index(2, 0))
    stage.settle(1.0)


def _troubled_folder(stage: Stage) -> Path:
    """Some of the sample, with files as people really have them among their pictures."""
    folder = stage.folder / "Garden"
    for kind in sorted(path for path in stage.material.sample.iterdir() if path.is_dir()):
        (folder / kind.name).mkdir(parents=True)
        for picture in sorted(kind.glob("*.jpg"))[:12]:
            shutil.copy2(picture, folder / kind.name)
    kinds = sorted(folder.iterdir())
    whole = next(kinds[0].glob("*.jpg")).read_bytes()
    (kinds[0] / "cut short.jpg").write_bytes(whole[: len(whole) // 3])
    (kinds[1] / "letter.png").write_bytes(b"Dear all, please find attached")
    (kinds[2] / "empty.jpg").write_bytes(b"")
    (kinds[2] / "notes.txt").write_text("seen near the pond", encoding="utf-8")
    return folder


def _left_out(stage: Stage) -> None:
    page = _new_project(stage)
    stage.session.import_folder(_troubled_folder(stage))
    stage.wait_for(lambda: stage.session.dataset is not None)
    page.images.tabs.setCurrentIndex(LEFT_OUT)


def _findings(stage: Stage) -> None:
    page = _new_project(stage)
    folder = _troubled_folder(stage)
    kinds = sorted(path for path in folder.iterdir() if path.is_dir())
    for number, picture in enumerate(sorted(kinds[0].glob("*.jpg"))[:9]):
        if "cut" not in picture.name:
            shutil.copy2(picture, kinds[number % 2] / f"copy of {picture.name}")
    stage.session.import_folder(folder)
    stage.wait_for(lambda: stage.session.dataset is not None)
    page.images.tabs.setCurrentIndex(FINDINGS)
    page.images.findings.show_kind(FindingKind.CONFLICT)
    stage.settle(1.0)


def _fine(stage: Stage) -> None:
    _loaded(stage)
    page = stage.window.page("data")
    page.images.tabs.setCurrentIndex(FINDINGS)
    stage.session.images = replace(stage.session.images, findings=(), problems=())
    page.images.refresh()


def _selected(stage: Stage) -> None:
    _loaded(stage)
    page = stage.window.page("data")
    page.images.browser.grid.setFocus()
    page.images.browser._select(stage.session.images.index.ids[2:7].tolist())
    stage.settle(0.5)


def _nothing_like_that(stage: Stage) -> None:
    _loaded(stage)
    stage.window.page("data").images.browser.bar._search.setText("zebra")
    stage.settle(0.5)


def _one(stage: Stage) -> None:
    _loaded(stage)
    page = stage.window.page("data")
    page._on_opened(stage.session.images.index.ids.tolist(), 7)
    stage.settle(1.0)


def _balance(stage: Stage) -> None:
    _loaded(stage)
    index = stage.session.images.index
    page = stage.window.page("data")
    butterflies = [row for row, path in enumerate(index.paths) if "butterfly" in path]
    stage.session.editor.exclude(index.ids[butterflies[8:]].tolist(), excluded=True)
    stage.wait_for(lambda: bool(stage.session.images.edits))
    stage.session.want_remedy(Imbalance.SAMPLING)
    page.images.tabs.setCurrentIndex(BALANCE)
    stage.settle(0.5)


def _history(stage: Stage) -> None:
    _loaded(stage)
    page = stage.window.page("data")
    editor, index = stage.session.editor, stage.session.images.index
    editor.relabel(index.ids[:3].tolist(), "fish")
    editor.exclude(index.ids[20:24].tolist(), excluded=True)
    editor.set_split(index.ids[40:41].tolist(), "test")
    editor.undo()
    stage.wait_for(
        lambda: [edit.undone for edit in stage.session.images.edits] == [False] * 2 + [True]
    )
    page.images.tabs.setCurrentIndex(HISTORY)


def _map_empty(stage: Stage) -> None:
    _loaded(stage)
    stage.window.page("data").images.tabs.setCurrentIndex(MAP)


def _map(stage: Stage) -> None:
    stage.open_copy(stage.material.trained, "data")
    images = stage.window.page("data").images
    images.tabs.setCurrentIndex(MAP)
    images.map.compute_asked.emit()
    stage.wait_for(lambda: images._map_maker._embedding is not None)
    stage.settle(1.0)


def _judged(stage: Stage) -> None:
    stage.open_copy(stage.material.trained, "data")
    images = stage.window.page("data").images
    images.browser.bar.predict_asked.emit()
    stage.wait_for(lambda: stage.session.images.predictions is not None)
    order = images.browser.bar.findChild(QComboBox, "browser_order")
    order.setCurrentIndex(order.findData(Order.UNCERTAIN))
    stage.settle(1.0)


def _prepared(stage: Stage) -> None:
    _loaded(stage)
    stage.window.show_prepared()
    dialog = stage.window.findChild(PreparedDialog)
    stage.wait_for(lambda: dialog._facts is not None)
    stage.settle(0.3)


def _replace(stage: Stage) -> None:
    _loaded(stage)
    folder = stage.folder / "Autumn walk"
    folder.mkdir()
    stage.window.page("data").drop_files([folder])


def _failed(stage: Stage) -> None:
    _new_project(stage)
    folder = stage.folder / "Holiday"
    folder.mkdir()
    stage.session.import_folder(folder)
    stage.wait_for(lambda: stage.window.errors.error is not None)


SCENARIOS = (
    Scenario("data", "empty", _empty),
    Scenario("data", "dropping", _dropping),
    Scenario("data", "working", _working),
    Scenario("data", "loaded", _loaded),
    Scenario("data", "class", _class),
    Scenario("data", "selected", _selected),
    Scenario("data", "no-match", _nothing_like_that),
    Scenario("data", "one", _one),
    Scenario("data", "judged", _judged),
    Scenario("data", "map", _map),
    Scenario("data", "map-empty", _map_empty),
    Scenario("data", "prepared", _prepared),
    Scenario("data", "findings", _findings),
    Scenario("data", "fine", _fine),
    Scenario("data", "balance", _balance),
    Scenario("data", "left-out", _left_out),
    Scenario("data", "history", _history),
    Scenario("data", "replace", _replace),
    Scenario("data", "failed", _failed),
)
