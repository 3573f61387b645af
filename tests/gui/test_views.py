"""The picture view and the grid of thumbnails."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QSizePolicy, QWidget

from effnet_studio.engine.errors import ImageError
from effnet_studio.gui.i18n import install_language
from effnet_studio.gui.models.thumbnails import Thumbnail, ThumbnailModel, file_cell
from effnet_studio.gui.theme import SPACE_3
from effnet_studio.gui.widgets.elided_label import ElidedLabel
from effnet_studio.gui.widgets.flow_layout import FlowLayout
from effnet_studio.gui.widgets.image_view import ImageView, to_qimage
from effnet_studio.gui.widgets.thumbnail_grid import ThumbnailGrid


@pytest.fixture
def view(qtbot) -> ImageView:
    view = ImageView()
    qtbot.addWidget(view)
    view.resize(200, 100)
    pixels = np.zeros((200, 400, 3), np.uint8)
    pixels[:, 200:] = (255, 0, 0)
    view.set_image(pixels)
    return view


def cells(count: int, loaded: list[int]) -> list[Thumbnail]:
    def load(number: int):
        def read() -> np.ndarray:
            loaded.append(number)
            return np.full((20, 30, 3), number % 256, np.uint8)

        return read

    return [Thumbnail(n, Path(f"{n}.jpg"), load(n)) for n in range(count)]


@pytest.mark.parametrize("shape", [(5, 7), (5, 7, 3), (5, 7, 4)])
def test_that_pixels_keep_their_place_and_colour(shape: tuple[int, ...]) -> None:
    pixels = np.zeros(shape, np.uint8)
    pixels[3, 6] = 255
    image = to_qimage(pixels[:, ::1])
    assert (image.width(), image.height()) == (7, 5)
    assert image.pixelColor(6, 3).red() == 255
    assert image.pixelColor(0, 0).red() == 0


def test_that_a_picture_is_fitted_and_shown(view: ImageView) -> None:
    assert view.scale == 0.5
    shot = view.grab().toImage()
    assert QColor(shot.pixel(150, 50)).red() > 200
    assert QColor(shot.pixel(50, 50)).red() < 50


def test_that_zooming_keeps_the_point_under_the_pointer(view: ImageView) -> None:
    before = view._to_picture(QPointF(150, 50))
    view.zoom_by(4, QPointF(150, 50))
    after = view._to_picture(QPointF(150, 50))
    assert view.scale == 2.0
    assert (after - before).manhattanLength() < 1e-6


def test_that_keys_zoom_and_fit(view: ImageView) -> None:
    QTest.keyClick(view, Qt.Key.Key_Plus)
    assert view.scale > 0.5
    QTest.keyClick(view, Qt.Key.Key_0)
    assert view.scale == 0.5


def test_that_one_cannot_zoom_out_beyond_the_fit(view: ImageView) -> None:
    view.zoom_out()
    assert view.scale == 0.5


def test_that_an_overlay_of_the_same_size_keeps_zoom_and_place(view: ImageView) -> None:
    view.zoom_by(3, QPointF(10, 10))
    scale = view.scale
    view.set_image(np.zeros((200, 400, 3), np.uint8), keep_view=True)
    assert view.scale == scale
    view.set_image(np.zeros((100, 100, 3), np.uint8), keep_view=True)
    assert view.scale == 1.0


def test_that_an_empty_view_takes_every_input(view: ImageView) -> None:
    view.set_image(None)
    view.zoom_in()
    QTest.mouseDClick(view, Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
    view.grab()
    assert not view.has_image()


def test_that_only_pictures_on_screen_are_loaded(qtbot, runner, theme) -> None:
    grid, loaded = ThumbnailGrid(runner, theme), []
    qtbot.addWidget(grid)
    grid.resize(400, 400)
    grid.set_cells(cells(20_000, loaded))
    grid.show()
    qtbot.waitUntil(lambda: len(loaded) >= 9)
    runner.shutdown()
    assert len(loaded) < 100
    assert max(loaded) < 100
    grid.close()


def test_that_a_chosen_picture_is_told_with_its_cell(qtbot, runner, theme) -> None:
    grid = ThumbnailGrid(runner, theme)
    qtbot.addWidget(grid)
    shown = cells(3, [])
    grid.set_cells(shown)
    with qtbot.waitSignal(grid.picture_chosen) as chosen:
        grid.setCurrentIndex(grid.model().index(2, 0))
    assert chosen.args == [shown[2]]


def test_that_pictures_of_a_single_row_follow_each_other_from_the_left(
    qtbot, runner, theme
) -> None:
    grid = ThumbnailGrid(runner, theme, side=64, packed=True)
    qtbot.addWidget(grid)
    for width in (280, 400):
        grid.resize(width, 200)
        grid.set_cells(cells(4, []))
        grid.show()
        places = [grid.visualRect(grid.model().index(row, 0)).left() for row in range(3)]
        assert np.diff(places).tolist() == [64 + SPACE_3, 64 + SPACE_3]


def test_that_a_picture_that_cannot_be_read_says_why(qtbot, runner, tmp_path: Path) -> None:
    broken = tmp_path / "broken.jpg"
    broken.write_bytes(b"no image")
    model = ThumbnailModel(runner)
    model.set_cells([file_cell(broken)])
    with qtbot.waitSignal(model.dataChanged):
        assert model.index(0).data(Qt.ItemDataRole.DecorationRole) is None
    assert model.index(0).data(ThumbnailModel.FailedRole)
    assert len(model.index(0).data(Qt.ItemDataRole.ToolTipRole).splitlines()) > 1


def test_that_why_a_picture_cannot_be_read_is_said_in_the_windows_language(
    qtbot, runner, qapp: QApplication, english: None, tmp_path: Path
) -> None:
    broken = tmp_path / "broken.jpg"
    broken.write_bytes(b"no image")
    model = ThumbnailModel(runner)
    model.set_cells([file_cell(broken)])
    with qtbot.waitSignal(model.dataChanged):
        assert model.index(0).data(Qt.ItemDataRole.DecorationRole) is None
    install_language(qapp, "zh_CN")
    reason = model.index(0).data(Qt.ItemDataRole.ToolTipRole).splitlines()[1]
    assert re.search(r"[\u4e00-\u9fff]", reason)
    assert not re.search(r"content|image", reason)


def test_that_a_line_that_is_shortened_claims_no_width(qtbot) -> None:
    label = ElidedLabel("name")
    qtbot.addWidget(label)
    label.set_whole("portrait-of-the-meadow-behind-the-barn.jpg")
    assert label.minimumSizeHint().width() == 0
    assert label.minimumSizeHint().height() > 0


def test_that_a_row_is_as_high_as_its_widgets_in_the_width_they_get(qtbot) -> None:
    row = QWidget()
    qtbot.addWidget(row)
    layout = FlowLayout(8, row)
    text, button = QLabel("a sentence with some words " * 3), QPushButton("Do")
    text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
    text.setWordWrap(True)
    text.setMinimumWidth(60)
    for widget in (text, button):
        layout.addWidget(widget)
    layout.setAlignment(button, Qt.AlignmentFlag.AlignTop)
    row.resize(400, 200)
    row.show()
    qtbot.waitExposed(row)
    assert text.width() > 60
    assert text.height() == text.heightForWidth(text.width())
    assert layout.heightForWidth(400) == max(text.height(), button.height())
    assert button.y() == 0


def test_that_answers_for_cells_shown_before_are_dropped(qtbot, runner) -> None:
    model = ThumbnailModel(runner)

    def fail() -> np.ndarray:
        raise ImageError("gone")

    model.set_cells([Thumbnail("old", Path("a"), fail)])
    model.index(0).data(Qt.ItemDataRole.DecorationRole)
    model.set_cells(cells(1, []))
    with qtbot.waitSignal(model.dataChanged):
        model.index(0).data(Qt.ItemDataRole.DecorationRole)
    assert not model.index(0).data(ThumbnailModel.FailedRole)


@pytest.mark.parametrize("count", [3, 4, 50])
@pytest.mark.parametrize("width", [240, 264, 300, 420])
def test_that_columns_use_the_width_with_and_without_a_scroll_bar(
    qtbot, runner, theme, count: int, width: int
) -> None:
    grid = ThumbnailGrid(runner, theme, side=96)
    qtbot.addWidget(grid)
    grid.resize(width, 500)
    with qtbot.waitExposed(grid):
        grid.show()
    grid.set_cells(cells(count, []))
    qtbot.waitUntil(lambda: grid.visualRect(grid.model().index(count - 1, 0)).isValid())
    top = [
        row
        for row in range(count)
        if grid.visualRect(grid.model().index(row, 0)).top()
        == grid.visualRect(grid.model().index(0, 0)).top()
    ]
    fitting = (width - 20) // (96 + 12)
    assert len(top) >= min(count, fitting)
