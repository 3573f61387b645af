"""One picture: smooth while it is fitted, blocks once somebody goes close."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from effnet_studio.gui.widgets.image_view import ImageView

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from effnet_studio.gui.theme import ThemeManager


@pytest.fixture
def view(qtbot: QtBot, theme: ThemeManager) -> ImageView:
    widget = ImageView()
    qtbot.addWidget(widget)
    widget.resize(320, 320)
    return widget


def halves(side: int) -> np.ndarray:
    """Black at the left, white at the right."""
    pixels = np.zeros((side, side, 3), np.uint8)
    pixels[:, side // 2 :] = 255
    return pixels


def shades(view: ImageView) -> int:
    """How many greys there are across the middle."""
    image = view.grab().toImage()
    row = [image.pixelColor(x, image.height() // 2).lightness() for x in range(20, 300)]
    return len(set(row))


def test_that_a_small_picture_is_enlarged_without_blocks(view: ImageView) -> None:
    view.set_image(halves(32))
    assert view.scale == 10
    assert view.smooth
    assert shades(view) > 4


def test_that_who_goes_close_sees_the_pixels(view: ImageView) -> None:
    view.set_image(halves(64))
    for _ in range(3):
        view.zoom_in()
    assert view.smooth, "not twice as large as it was"
    for _ in range(2):
        view.zoom_in()
    assert not view.smooth
    assert shades(view) == 2


def test_that_going_closer_than_allowed_still_ends_in_pixels(view: ImageView) -> None:
    view.set_image(halves(32))
    for _ in range(4):
        view.zoom_in()
    assert view.scale == 16
    assert not view.smooth
    view.fit()
    assert view.smooth


def test_that_a_large_picture_stays_smooth_where_it_is_made_smaller(view: ImageView) -> None:
    view.set_image(halves(1280))
    for _ in range(6):
        view.zoom_in()
    assert view.scale < 1
    assert view.smooth
