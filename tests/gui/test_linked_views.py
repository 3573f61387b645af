"""Pictures zoomed and moved together."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtWidgets import QWidget

from effnet_studio.gui.widgets.image_view import ImageView
from effnet_studio.gui.widgets.predict.linked_views import LinkedViews

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot


@pytest.fixture
def pair(qtbot: QtBot) -> Iterator[tuple[ImageView, ImageView]]:
    """Two views of one size: a large picture, and the same at half its size."""
    home = QWidget()
    qtbot.addWidget(home)
    views = (ImageView(home), ImageView(home))
    for view, side in zip(views, (400, 200), strict=True):
        view.resize(200, 200)
        view.set_image(np.zeros((side, side, 3), np.uint8))
    LinkedViews(views, home)
    home.show()
    yield views
    home.close()


def test_that_zoom_and_place_follow_in_shares_of_each_picture(
    qtbot: QtBot, pair: tuple[ImageView, ImageView]
) -> None:
    large, small = pair
    large.zoom_by(4.0, QPointF(30, 50))
    assert small.scale == pytest.approx(2 * large.scale)
    qtbot.keyClick(small, Qt.Key.Key_Right)
    places = []
    for view in pair:
        view.place_changed.connect(places.append)
    large.zoom_by(1.0)
    small.zoom_by(1.0)
    assert places[0].x == pytest.approx(places[1].x, abs=0.01)
    assert places[0].y == pytest.approx(places[1].y, abs=0.01)


def test_that_fitting_one_fits_both(pair: tuple[ImageView, ImageView]) -> None:
    large, small = pair
    fitted = small.scale
    large.zoom_by(4.0)
    assert small.scale > fitted
    small.fit()
    assert small.scale == pytest.approx(fitted)
    assert large.scale == pytest.approx(0.5)
