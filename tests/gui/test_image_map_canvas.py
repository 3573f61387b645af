"""The surface of the map: discs, the view, and what mouse and keys do."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QPoint, QPointF, QSize, QSizeF, Qt
from PySide6.QtGui import QColor, QPolygonF, QWheelEvent
from PySide6.QtWidgets import QApplication

from effnet_studio.gui.colors import DARK, LIGHT
from effnet_studio.gui.widgets.data.image_map_canvas import MapCanvas
from effnet_studio.gui.widgets.data.image_map_paint import category_colors, draw_discs, mixed_with
from effnet_studio.gui.widgets.data.image_map_view import MapView, inside_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray
    from pytestqt.qtbot import QtBot

    from effnet_studio.gui.colors import Theme
    from effnet_studio.gui.theme import ThemeManager

WHITE = 0xFFFFFFFF
RED, BLUE = 0xFFC00000, 0xFF0000C0
CORNERS = [(-1.0, -0.8), (1.0, -0.8), (-1.0, 0.8), (1.0, 0.8), (0.0, 0.0)]
LEFT = Qt.MouseButton.LeftButton
NOTHING = Qt.KeyboardModifier.NoModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
CONTROL = Qt.KeyboardModifier.ControlModifier


# -- discs ---------------------------------------------------------------------------------------


def sheet(height: int = 40, width: int = 60) -> NDArray[np.uint32]:
    return np.full((height, width), WHITE, dtype=np.uint32)


def draw(
    picture: NDArray[np.uint32],
    centers: list[tuple[float, float]],
    colors: list[int],
    radius: float,
) -> NDArray[np.uint32]:
    places = np.array(centers, dtype=np.float32).reshape(-1, 2)
    draw_discs(picture, places, np.array(colors, dtype=np.uint32), radius)
    return picture


@pytest.mark.parametrize("radius", [0.5, 1.6, 2.5, 4.5, 9.0])
def test_that_a_disc_is_as_large_as_it_should_be(radius: float) -> None:
    picture = draw(sheet(), [(30.5, 20.5)], [0xFF000000], radius)
    ink = (255 - (picture & 0xFF)).sum() / 255
    assert ink == pytest.approx(math.pi * radius**2, rel=0.12)
    rows, columns = np.nonzero(picture != WHITE)
    assert columns.mean() == pytest.approx(30)
    assert rows.mean() == pytest.approx(20)


@given(
    st.lists(st.tuples(st.floats(-30, 90), st.floats(-30, 70)), max_size=20),
    st.floats(0.5, 8.0),
)
@settings(deadline=None, max_examples=60)
def test_that_pixels_show_the_topmost_disc_over_them(
    centers: list[tuple[float, float]], radius: float
) -> None:
    colors = [0xFF000000 + 1000 * number for number in range(len(centers))]
    picture = draw(sheet(), centers, colors, radius)
    down, across = np.mgrid[:40, :60]
    expected, clear = sheet(), np.ones(picture.shape, dtype=bool)
    for (x, y), color in zip(np.float32(centers).tolist(), colors, strict=True):
        distance = np.hypot(across - math.floor(x), down - math.floor(y))
        expected[distance < radius - 1] = color
        clear &= (distance < radius - 1) | (distance > radius + 1)  # edges are mixed
        clear |= distance < radius - 1
    assert (picture[clear] == expected[clear]).all()


def test_that_edges_are_mixed_with_what_is_below() -> None:
    picture = draw(sheet(), [(20.5, 20.5), (24.5, 20.5)], [RED, BLUE], 3.2)
    between = QColor(int(picture[20, 21]))
    assert between.red() > 0
    assert between.blue() > 0
    assert between.green() < 10  # no white shines through
    assert QColor(int(picture[20, 24])) == QColor(BLUE)


def test_that_points_that_are_put_back_come_near_the_background() -> None:
    colors = np.array([RED, BLUE], dtype=np.uint32)
    faded = mixed_with(colors, QColor("white"), 0.75)
    assert [QColor(int(each)).green() for each in faded] == [191, 191]
    assert mixed_with(colors, QColor("white"), 0.0).tolist() == [RED, BLUE]


@pytest.mark.parametrize("theme", [LIGHT, DARK])
@pytest.mark.parametrize("count", [2, 8, 9, 40])
def test_that_colors_differ_and_can_be_seen(theme: Theme, count: int) -> None:
    colors = category_colors(theme.series, count, dark=theme.dark)
    assert len({color.rgb() for color in colors}) == count
    surface = luminance(QColor(theme.surface))
    for color in colors:
        lighter, darker = sorted((luminance(color), surface), reverse=True)
        assert (lighter + 0.05) / (darker + 0.05) > 1.9
    for one, other in pairwise(colors):  # neighbours in the key
        assert math.dist(one.getRgb()[:3], other.getRgb()[:3]) > 50


def luminance(color: QColor) -> float:
    """Relative luminance (WCAG 2)."""
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in color.getRgbF()[:3]
    ]
    return float(np.dot(linear, (0.2126, 0.7152, 0.0722)))


# -- the view ------------------------------------------------------------------------------------


def view_of(width: int = 400, height: int = 300) -> MapView:
    view = MapView()
    view.size = QSize(width, height)
    view.extent = QSizeF(1.0, 0.8)
    return view


@given(
    st.floats(0.2, 30),
    st.tuples(st.floats(0, 400), st.floats(0, 300)),
    st.tuples(st.floats(-500, 500), st.floats(-500, 500)),
)
def test_that_plane_and_widget_are_there_and_back(
    factor: float, anchor: tuple[float, float], moved: tuple[float, float]
) -> None:
    view = view_of()
    view.zoom_by(factor, QPointF(*anchor))
    view.move_by(QPointF(*moved))
    place = view.to_plane(QPointF(120, 80))
    xy = np.array([[place.x(), place.y()]], dtype=np.float32)
    np.testing.assert_allclose(view.to_widget(xy), [[120, 80]], atol=0.05)
    assert abs(view.center.x()) <= 1.0
    assert abs(view.center.y()) <= 0.8
    assert view.zoom >= 1


def test_that_all_of_the_map_fits_whatever_the_shape_of_the_window() -> None:
    for width, height in ((400, 300), (900, 200), (200, 900)):
        places = view_of(width, height).to_widget(np.array(CORNERS, dtype=np.float32))
        assert (places >= 0).all()
        assert (places < (width, height)).all()
        assert places[4].tolist() == [width / 2, height / 2]
        assert places[0, 1] > places[2, 1]  # the second coordinate goes up


def test_that_zoom_keeps_what_is_under_the_pointer() -> None:
    view = view_of()
    at = QPointF(250, 120)
    before = view.to_plane(at)
    view.zoom_by(3, at)
    after = view.to_plane(at)
    assert after.x() == pytest.approx(before.x())
    assert after.y() == pytest.approx(before.y())
    for _ in range(60):
        view.zoom_by(1.5)
    assert view.zoom == 400
    for _ in range(60):
        view.zoom_by(0.5, at)
    assert view.zoom == 1
    assert view.center == QPointF(0, 0)


def test_that_discs_grow_as_one_comes_closer_and_shrink_in_a_crowd() -> None:
    view = view_of(1200, 800)
    assert view.radius(20) == 5.0
    many = view.radius(20_000)
    assert many < 2
    assert view.radius(100_000) == 1.6
    view.zoom_by(9)
    assert view.radius(20_000) > 2 * many


def test_that_what_a_line_surrounds_is_inside_of_it() -> None:
    places = np.array([(50, 50), (10, 10), (150, 50), (-5, 50), (50, 500)], dtype=np.float32)
    square = QPolygonF([QPointF(-20, 20), QPointF(90, 20), QPointF(90, 90), QPointF(-20, 90)])
    found = inside_line(square, places, QSize(203, 101))
    assert found.tolist() == [True, False, False, False, False]
    # A loop within a loop is inside too: people draw such lines.
    twice = QPolygonF([*square.toList(), *square.toList()])
    assert inside_line(twice, places, QSize(203, 101)).tolist() == found.tolist()
    assert not inside_line(QPolygonF([QPointF(50, 50)]), places, QSize(203, 101)).any()


# -- mouse and keys ------------------------------------------------------------------------------


@pytest.fixture
def canvas(qtbot: QtBot, theme: ThemeManager) -> Iterator[MapCanvas]:
    canvas = MapCanvas(theme)
    qtbot.addWidget(canvas)
    canvas.resize(400, 300)
    canvas.set_points(np.array(CORNERS, dtype=np.float32), np.array([RED] * 5, dtype=np.uint32))
    canvas.show()
    yield canvas
    canvas.close()


def drag(
    qtbot: QtBot,
    canvas: MapCanvas,
    places: list[QPoint],
    modifiers: Qt.KeyboardModifier = NOTHING,
) -> None:
    qtbot.mousePress(canvas, LEFT, modifiers, places[0])
    for place in places[1:]:
        qtbot.mouseMove(canvas, place)
    qtbot.mouseRelease(canvas, LEFT, modifiers, places[-1])


def around(canvas: MapCanvas, *points: int) -> list[QPoint]:
    """Corners of a line around points."""
    places = [canvas.place_of(point).toPoint() for point in points]
    left, right = min(place.x() for place in places), max(place.x() for place in places)
    top, bottom = min(place.y() for place in places), max(place.y() for place in places)
    reach = 12
    return [
        QPoint(left - reach, top - reach),
        QPoint(right + reach, top - reach),
        QPoint(right + reach, bottom + reach),
        QPoint(left - reach, bottom + reach),
    ]


def test_that_dragging_with_shift_picks_what_the_line_surrounds(
    qtbot: QtBot, canvas: MapCanvas
) -> None:
    with qtbot.waitSignal(canvas.picked) as heard:
        drag(qtbot, canvas, around(canvas, 0, 2), SHIFT)
    assert heard.args[0].tolist() == [True, False, True, False, False]
    assert heard.args[1] is False
    assert canvas.view.center == QPointF(0, 0)


def test_that_in_lasso_mode_no_key_is_needed_and_control_adds(
    qtbot: QtBot, canvas: MapCanvas
) -> None:
    canvas.set_lasso_mode(True)
    assert canvas.cursor().shape() == Qt.CursorShape.CrossCursor
    with qtbot.waitSignal(canvas.picked) as heard:
        drag(qtbot, canvas, around(canvas, 4), CONTROL)
    assert heard.args[0].tolist() == [False] * 4 + [True]
    assert heard.args[1] is True


def test_that_points_put_back_are_not_picked(qtbot: QtBot, canvas: MapCanvas) -> None:
    canvas.set_shown(np.array([True, True, False, True, True]))
    with qtbot.waitSignal(canvas.picked) as heard:
        drag(qtbot, canvas, around(canvas, 0, 2), SHIFT)
    assert heard.args[0].tolist() == [True, False, False, False, False]
    assert canvas.point_at(canvas.place_of(2)) == -1
    assert canvas.point_at(canvas.place_of(0)) == 0


def test_that_dragging_moves_the_map_when_it_is_enlarged(qtbot: QtBot, canvas: MapCanvas) -> None:
    canvas.zoom_in()
    canvas.zoom_in()
    before = canvas.place_of(4)
    with qtbot.assertNotEmitted(canvas.picked):
        drag(qtbot, canvas, [QPoint(100, 100), QPoint(120, 110), QPoint(150, 120)])
    apart = canvas.place_of(4) - before
    assert (round(apart.x()), round(apart.y())) == (50, 20)


def test_that_a_click_picks_the_point_or_nothing(qtbot: QtBot, canvas: MapCanvas) -> None:
    near = canvas.place_of(3).toPoint() + QPoint(3, 2)
    with qtbot.waitSignal(canvas.picked) as heard:
        qtbot.mouseClick(canvas, LEFT, NOTHING, near)
    assert heard.args[0].tolist() == [False, False, False, True, False]
    with qtbot.waitSignal(canvas.picked) as heard:
        qtbot.mouseClick(canvas, LEFT, NOTHING, QPoint(200, 20))
    assert not heard.args[0].any()
    with qtbot.waitSignal(canvas.opened) as opened:
        qtbot.mouseDClick(canvas, LEFT, NOTHING, near)
    assert opened.args == [3]


def test_that_the_wheel_zooms_about_the_pointer(qtbot: QtBot, canvas: MapCanvas) -> None:
    at = canvas.place_of(1)
    event = QWheelEvent(
        at,
        canvas.mapToGlobal(at),
        QPoint(),
        QPoint(0, 240),
        Qt.MouseButton.NoButton,
        NOTHING,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(canvas, event)
    assert canvas.view.zoom == pytest.approx(1.25**2)
    assert (canvas.place_of(1) - at).manhattanLength() < 0.1
    qtbot.mouseDClick(canvas, LEFT, NOTHING, QPoint(200, 10))
    assert canvas.view.zoom == 1


def test_that_the_point_under_the_pointer_is_told(qtbot: QtBot, canvas: MapCanvas) -> None:
    with qtbot.waitSignal(canvas.hovered) as heard:
        qtbot.mouseMove(canvas, canvas.place_of(4).toPoint())
    assert heard.args[0] == 4
    with qtbot.waitSignal(canvas.hovered) as heard:
        QApplication.sendEvent(canvas, QEvent(QEvent.Type.Leave))
    assert heard.args[0] == -1


def test_that_keys_zoom_move_take_and_let_go(qtbot: QtBot, canvas: MapCanvas) -> None:
    for _ in range(3):
        qtbot.keyClick(canvas, Qt.Key.Key_Plus)
    qtbot.keyClick(canvas, Qt.Key.Key_Minus)
    assert canvas.view.zoom == pytest.approx(1.25**2)
    qtbot.keyClick(canvas, Qt.Key.Key_Right)
    qtbot.keyClick(canvas, Qt.Key.Key_Down)
    assert canvas.view.center.x() > 0 > canvas.view.center.y()
    qtbot.keyClick(canvas, Qt.Key.Key_0)
    assert canvas.view.center == QPointF(0, 0)
    with qtbot.waitSignal(canvas.picked) as heard:
        qtbot.keyClick(canvas, Qt.Key.Key_A, CONTROL)
    assert heard.args[0].all()
    canvas.set_selected(heard.args[0])
    canvas.set_lasso_mode(True)
    with qtbot.waitSignal(canvas.picked) as heard:
        qtbot.keyClick(canvas, Qt.Key.Key_Escape)
    assert not heard.args[0].any()
    canvas.set_selected(heard.args[0])
    with qtbot.waitSignal(canvas.lasso_changed):
        qtbot.keyClick(canvas, Qt.Key.Key_Escape)
    with qtbot.waitSignal(canvas.opened) as opened:
        qtbot.keyClick(canvas, Qt.Key.Key_Return)
    assert opened.args == [-1]


def test_that_escape_gives_up_the_line_that_is_being_drawn(qtbot: QtBot, canvas: MapCanvas) -> None:
    line = around(canvas, 0, 2)
    with qtbot.assertNotEmitted(canvas.picked):
        qtbot.mousePress(canvas, LEFT, SHIFT, line[0])
        qtbot.mouseMove(canvas, line[2])
        qtbot.keyClick(canvas, Qt.Key.Key_Escape)
        qtbot.mouseRelease(canvas, LEFT, SHIFT, line[2])


def test_that_selected_points_are_ringed_and_others_fade(
    canvas: MapCanvas, theme: ThemeManager
) -> None:
    place = canvas.place_of(0).toPoint()
    assert canvas.grab().toImage().pixelColor(place) == QColor(RED)
    canvas.set_selected(np.arange(5) == 4)
    picture = canvas.grab().toImage()
    faded = picture.pixelColor(place)
    assert faded.green() > 150
    middle = canvas.place_of(4).toPoint()
    assert picture.pixelColor(middle) == QColor(RED)
    reach = round(canvas.view.radius(5) + 0.5)
    ring = [picture.pixelColor(middle + QPoint(reach, 0)) for reach in (reach, reach + 1)]
    assert min(color.lightness() for color in ring) < 100
    theme.set_mode("dark")
    assert canvas.grab().toImage().pixelColor(5, 150) == QColor(DARK.surface)


def test_that_a_hundred_thousand_points_and_none_are_drawn(canvas: MapCanvas) -> None:
    random = np.random.default_rng(0)
    xy = random.uniform(-1, 1, (100_000, 2)).astype(np.float32)
    colors = random.integers(0, 1 << 24, 100_000).astype(np.uint32) | np.uint32(0xFF000000)
    canvas.set_points(xy, colors)
    canvas.set_selected(np.arange(100_000) < 50_000)
    assert len({canvas.grab().toImage().pixel(x, 150) for x in range(50, 350)}) > 50
    canvas.set_points(np.empty((0, 2), dtype=np.float32), np.empty(0, dtype=np.uint32))
    assert canvas.grab().toImage().pixelColor(200, 150) == QColor(LIGHT.surface)
    assert canvas.point_at(QPointF(200, 150)) == -1


def test_that_points_in_one_place_are_drawn_in_the_middle(canvas: MapCanvas) -> None:
    canvas.set_points(np.zeros((3, 2), dtype=np.float32), np.array([BLUE] * 3, dtype=np.uint32))
    canvas.zoom_in()
    assert canvas.grab().toImage().pixelColor(200, 150) == QColor(BLUE)
