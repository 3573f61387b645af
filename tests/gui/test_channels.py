"""The Predict page's channels, the original beside the map, and what is saved of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QAction, QImage
from PySide6.QtWidgets import (
    QCheckBox,
    QLabel,
    QPushButton,
    QTabBar,
    QTableView,
    QToolButton,
)

from effnet_studio.engine.cancel import CancelToken
from effnet_studio.engine.events import ignore
from effnet_studio.engine.explain.gate_statistics import beyond_class, openers
from effnet_studio.engine.explain.kept_channels import open_channels
from effnet_studio.engine.explain.squeeze_excitation import se_explain
from effnet_studio.engine.predict.predictor import load_predictor
from effnet_studio.gui import file_dialogs, training_look
from effnet_studio.gui.pages.predict import PredictPage
from effnet_studio.gui.widgets.image_view import ImageView
from effnet_studio.gui.widgets.predict.channels_view import ChannelsView
from effnet_studio.gui.widgets.predict.gate_bars import GateBars
from effnet_studio.gui.widgets.predict.gate_strip import GateStrip
from effnet_studio.gui.widgets.predict.opened_bars import OpenedBars
from effnet_studio.gui.widgets.predict.opener_strip import OpenerStrip
from tests.random_run import write_run

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from effnet_studio.gui.session import Session
    from effnet_studio.gui.theme import ThemeManager


@pytest.fixture
def page(qtbot: QtBot, opened: Session, theme: ThemeManager, english: None) -> PredictPage:
    """The page with one image answered, and its map on view."""
    page = PredictPage(opened, theme)
    qtbot.addWidget(page)
    page.resize(1000, 700)
    page.drop_files([photo_of(page)])
    # The picture alone comes before it is known what the model allows.
    qtbot.waitUntil(lambda: page._panel.numbers() is not None, timeout=30_000)
    return page


def photo_of(page: PredictPage) -> Path:
    return page.session.dataset.samples[0].path


def show_channels(qtbot: QtBot, page: PredictPage) -> ChannelsView:
    page.findChild(QTabBar, "explanation_tabs").setCurrentIndex(1)
    view = page.findChild(ChannelsView, "channels_view")
    qtbot.waitUntil(lambda: bool(view._gates), timeout=30_000)
    return view


def wait_for_map(qtbot: QtBot, page: PredictPage, raw: np.ndarray) -> None:
    def there() -> bool:
        found = page._panel.numbers()
        return found is not None and found.shape == raw.shape and np.allclose(found, raw, atol=1e-4)

    qtbot.waitUntil(there, timeout=30_000)


def test_that_the_blocks_and_channels_are_the_engines(qtbot: QtBot, page: PredictPage) -> None:
    show_channels(qtbot, page)
    predictor = load_predictor(page.session.run.run_dir)
    truth = se_explain(predictor, photo_of(page))
    wait_for_map(qtbot, page, truth.raw)
    strip = page.findChild(GateStrip, "gate_strip")
    assert "channels" in strip.describe(0)
    qtbot.keyClick(strip, Qt.Key.Key_Up)
    block = truth.gates[-2]
    wait_for_map(qtbot, page, block.raw)
    bars = page.findChild(GateBars, "gate_bars")
    qtbot.keyClick(bars, Qt.Key.Key_Right)
    widest = int(np.argmax(block.values))
    assert bars.current == widest
    wait_for_map(
        qtbot,
        page,
        se_explain(predictor, photo_of(page), block=block.name, channel=widest).raw,
    )
    assert f"Channel {widest}" in page.findChild(QLabel, "gates_caption").text()
    page.findChild(QToolButton, "gates_show_table").click()
    table = page.findChild(QTableView, "gates_table").model()
    assert table.rowCount() == len(block.values)
    assert table.index(0, 0).data() == str(widest)
    qtbot.mouseClick(page.findChild(QToolButton, "channels_all"), Qt.MouseButton.LeftButton)
    wait_for_map(qtbot, page, block.raw)
    page.findChild(QTabBar, "explanation_tabs").setCurrentIndex(0)
    qtbot.waitUntil(lambda: page._explainer.checkable, timeout=30_000)


def test_that_unusual_channels_and_the_images_that_open_them_are_shown(
    qtbot: QtBot, page: PredictPage
) -> None:
    view = show_channels(qtbot, page)
    rows = page.findChild(OpenedBars, "opened_bars")
    qtbot.waitUntil(lambda: rows.isVisibleTo(page), timeout=30_000)
    run = page.session.run
    network = page._holder.get(run.run_dir)
    statistics = open_channels(page.session.project, network, on_event=ignore, cancel=CancelToken())
    label = page._judge.items[0].prediction.best.label
    expected = beyond_class(view._gates, statistics, label, count=5)
    assert [(each.block, each.channel) for each in rows._rows] == [
        (each.block, each.channel) for each in expected
    ]
    strip = page.findChild(OpenerStrip, "opener_strip")
    assert not strip.isVisibleTo(page)
    qtbot.keyClick(rows, Qt.Key.Key_Down)
    first = expected[0]
    qtbot.waitUntil(lambda: strip.isVisibleTo(page), timeout=30_000)
    named = openers(statistics, first.block, first.channel)
    cells = strip.grid.model()
    shown = [cells.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole) for row in range(2)]
    assert all(opener.label in text for opener, text in zip(named, shown, strict=False))
    assert not page._panel.neighbours.isVisibleTo(page)
    assert page._panel.choice.channel == first.channel


def test_that_many_training_images_are_looked_at_when_asked(
    qtbot: QtBot, page: PredictPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(training_look, "AT_ONCE", 3)
    show_channels(qtbot, page)
    button = page.findChild(QPushButton, "channels_open")
    assert button.isVisibleTo(page)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    rows = page.findChild(OpenedBars, "opened_bars")
    qtbot.waitUntil(lambda: rows.isVisibleTo(page), timeout=30_000)
    assert not button.isVisibleTo(page)


def test_that_models_without_blocks_say_so(qtbot: QtBot, page: PredictPage) -> None:
    session = page.session
    show_channels(qtbot, page)
    run = write_run(session.project, session.dataset.classes, "resnet18", size=32)
    with qtbot.waitSignal(session.run_selected):
        session.refresh_runs()
    session.select_run(run.name)
    note = page.findChild(QLabel, "explained_note")
    qtbot.waitUntil(lambda: "does not weigh its channels" in note.text(), timeout=30_000)
    assert not page.findChild(ChannelsView, "channels_view").isVisibleTo(page)
    qtbot.waitUntil(lambda: page._panel.picture() is not None, timeout=30_000)


def test_that_the_original_is_beside_the_map_and_zoomed_with_it(
    qtbot: QtBot, page: PredictPage
) -> None:
    switch = page.findChild(QCheckBox, "explain_beside")
    switch.setChecked(True)
    page._states.setCurrentWidget(page._answers)
    with qtbot.waitExposed(page):
        page.show()
    original = page.findChild(ImageView, "original_view")
    view = page._panel._pair.view
    assert original.isVisibleTo(page)
    view.zoom_by(3, QPointF(5, 5))
    assert original.scale == pytest.approx(view.scale, rel=0.02)
    switch.setChecked(False)
    assert not original.isVisibleTo(page)


@pytest.mark.parametrize("part", ["picture", "map", "numbers"])
def test_that_each_part_is_saved(
    qtbot: QtBot, page: PredictPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, part: str
) -> None:
    target = tmp_path / ("map.npy" if part == "numbers" else "map.png")
    monkeypatch.setattr(file_dialogs, "choose_save", lambda *_: (target, ""))
    panel = page._panel
    panel.findChild(QAction, f"save_{part}").trigger()
    qtbot.waitUntil(target.exists, timeout=30_000)
    if part == "numbers":
        np.testing.assert_array_equal(np.load(target), panel.numbers())
        return
    truth = panel.picture() if part == "picture" else panel.map_picture()
    image = QImage(str(target)).convertToFormat(QImage.Format.Format_RGB888)
    assert (image.height(), image.width()) == truth.shape[:2]
    assert image.pixelColor(3, 5).getRgb()[:3] == tuple(truth[5, 3].tolist())


def test_that_without_a_map_there_is_only_a_picture_to_save(
    qtbot: QtBot, page: PredictPage
) -> None:
    box = page._panel.controls._method
    box.setCurrentIndex(box.findData("none"))

    def alone() -> None:
        seen = page._panel.picture().shape, page._panel.choice, page._explainer._key
        assert seen[0][1] == 60, seen

    qtbot.waitUntil(alone, timeout=30_000)
    enabled = {
        part: page._panel.findChild(QAction, f"save_{part}").isEnabled()
        for part in ("picture", "map", "numbers")
    }
    assert enabled == {"picture": True, "map": False, "numbers": False}
    assert not page.findChild(QCheckBox, "explain_beside").isEnabled()
