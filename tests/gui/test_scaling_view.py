"""Compound scaling to play with: one slider moves everything, and every wish has an answer."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QCheckBox,
    QLabel,
    QPushButton,
    QSlider,
    QStyle,
    QStyleOptionSlider,
    QTableView,
)

from effnet_studio.engine.models.catalog import CATALOG, get_spec
from effnet_studio.engine.models.scaling import VARIANTS, Scaling, from_phi
from effnet_studio.gui.models.scaling_outlook import (
    KNOWN_WIDTHS,
    PHI_RANGE,
    Wishes,
    catalog_name,
    catalog_scaling,
    look_ahead,
    published_points,
    resolve,
)
from effnet_studio.gui.models.scaling_words import compared_text, time_text
from effnet_studio.gui.pages.models import COMPARE, SCALE
from effnet_studio.gui.widgets.architectures.scaling_view import ScalingView

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from effnet_studio.gui.main_window import MainWindow
    from effnet_studio.gui.pages.models import ModelsPage
    from effnet_studio.gui.pages.train import TrainPage
    from effnet_studio.gui.session import Session
    from effnet_studio.gui.theme import ThemeManager


@pytest.fixture
def view(qtbot: QtBot, session: Session, theme: ThemeManager, english: None) -> ScalingView:
    view = ScalingView(session, theme)
    qtbot.addWidget(view)
    view.resize(1000, 700)
    return view


def text(view: ScalingView, name: str) -> str:
    return cast("QLabel", view.findChild(QLabel, name)).text()


@given(phi=st.floats(*PHI_RANGE))
def test_that_known_widths_always_start_from_weights(phi: float) -> None:
    scaling = resolve(Wishes(round(phi, 1)))
    assert scaling.width in KNOWN_WIDTHS
    assert look_ahead(scaling).heritage.worthwhile


@pytest.mark.parametrize("variant", VARIANTS)
def test_that_published_models_are_trained_by_their_own_name(variant: int) -> None:
    scaling, spec = catalog_scaling(variant), CATALOG[f"efficientnet_b{variant}"]
    assert catalog_name(scaling) == spec.name
    assert look_ahead(scaling).counts.total.parameters == spec.parameters
    assert look_ahead(scaling).nearest is spec


def test_that_published_models_are_marked_in_their_order() -> None:
    phis = [point.phi for point in published_points()]
    assert phis == sorted(phis)
    assert phis[0] == 0


def test_that_marks_stand_beside_each_other_and_at_their_place(
    view: ScalingView, qtbot: QtBot
) -> None:
    view.show()
    qtbot.waitExposed(view)
    marks = [view.findChild(QPushButton, f"phi_b{variant}") for variant in VARIANTS]
    edges = [mark.geometry() for mark in marks]
    assert all(one.right() < other.left() for one, other in pairwise(edges))
    view.slider.set_phi(published_points()[4].phi)  # with free room on both sides
    slider, option = view.slider.slider, QStyleOptionSlider()
    slider.initStyleOption(option)
    handle = slider.style().subControlRect(
        QStyle.ComplexControl.CC_Slider, option, QStyle.SubControl.SC_SliderHandle, slider
    )
    assert abs(edges[4].center().x() - handle.center().x()) <= 1


def test_that_the_keyboard_moves_by_a_tenth_and_by_one(view: ScalingView, qtbot: QtBot) -> None:
    slider = view.slider.slider
    qtbot.keyClick(slider, Qt.Key.Key_Right)
    assert view.outlook.scaling == resolve(Wishes(0.1))
    qtbot.keyClick(slider, Qt.Key.Key_PageUp)
    assert view.slider.phi == pytest.approx(1.1)
    assert view.slider.box.value() == pytest.approx(1.1)
    qtbot.keyClick(slider, Qt.Key.Key_End)
    assert view.outlook.scaling == resolve(Wishes(7.0))


def test_that_everything_follows_the_slider(view: ScalingView) -> None:
    view.slider.slider.setValue(30)
    scaling = resolve(Wishes(3.0))
    total = look_ahead(scaling).counts.total

    assert text(view, "scale_title") == get_spec(scaling.name).title
    assert text(view, "scale_name") == scaling.name
    assert text(view, "scale_card_parameters_figure") == f"{total.parameters / 1e6:.1f} M"
    assert text(view, "scale_card_input_figure") == f"{scaling.resolution} px"
    assert "B4" in text(view, "scale_card_work_note")
    assert len(view.table.model.rows) == 11
    assert view.table.model.rows[-1][-1] == text(view, "scale_card_work_figure")
    assert "EfficientNet-B4" in text(view, "scale_heritage")
    assert view.hand.depth_box.value() == scaling.depth
    chosen = view.chart.twin.table.model().index(8, 0).data()
    assert chosen == "Your choice"


def test_that_switching_known_weights_off_follows_the_rule(view: ScalingView, qtbot: QtBot) -> None:
    view.slider.slider.setValue(30)
    qtbot.mouseClick(
        view.known, Qt.MouseButton.LeftButton, pos=QPoint(10, view.known.height() // 2)
    )
    assert not view.known.isChecked()
    assert view.outlook.scaling == from_phi(3.0)
    assert "starts from nothing" in text(view, "scale_heritage")


def test_that_a_mark_shows_the_published_model(view: ScalingView, qtbot: QtBot) -> None:
    mark = view.findChild(QPushButton, "phi_b3")
    qtbot.mouseClick(mark, Qt.MouseButton.LeftButton)
    assert view.model == "efficientnet_b3"
    assert mark.isChecked()
    assert text(view, "scale_card_parameters_note") == "as B3"
    qtbot.keyClick(view.slider.slider, Qt.Key.Key_Right)
    assert not mark.isChecked()
    assert view.model != "efficientnet_b3"


def test_that_hand_set_values_are_taken_as_they_are(view: ScalingView) -> None:
    view.fold.setChecked(True)
    assert not view.hand.isHidden()
    view.hand.width_box.setValue(1.3)
    view.hand.resolution_box.setValue(250)
    scaling = view.outlook.scaling
    assert (scaling.width, scaling.resolution) == (1.3, 250)
    assert view.model == scaling.name
    assert get_spec(view.model).scaling == scaling
    view.slider.slider.setValue(30)  # φ takes over again
    assert view.outlook.scaling == resolve(Wishes(3.0))


def test_that_the_constraint_is_shown_in_words(view: ScalingView) -> None:
    growth = view.hand.growth
    assert growth.property("tone") == "success"
    view.hand.bases[0].setValue(1.6)
    assert growth.property("tone") == "warning"
    assert "more than 2" in growth.text()
    view.hand.bases[0].setValue(1.0)
    assert "less than 2" in growth.text()


def test_that_an_impossible_wish_is_said_and_not_trained(view: ScalingView) -> None:
    before = view.outlook
    view.slider.slider.setValue(70)
    view.hand.bases[2].setValue(2.0)
    assert not view.train.isEnabled()
    assert "out of bounds" in text(view, "scale_error")
    view.hand.bases[2].setValue(1.15)
    assert view.train.isEnabled()
    assert view._error.isHidden()
    assert view.outlook != before


def test_that_time_is_predicted_only_from_measurements(view: ScalingView) -> None:
    assert text(view, "scale_card_time_figure") == "–"
    assert text(view, "scale_card_time_note") == "measure first"
    view.set_times({"efficientnet_b0": 0.03})
    assert text(view, "scale_card_time_figure") == "–"
    view.set_times({"efficientnet_b0": 0.03, "efficientnet_b3": 0.09})
    assert text(view, "scale_card_time_figure") == "30 ms"
    view.choose_variant(3)
    assert text(view, "scale_card_time_figure") == "90 ms"


def test_that_the_chart_shows_the_choice_among_the_published(view: ScalingView) -> None:
    view.slider.slider.setValue(25)
    view.chart.draw()
    canvas = view.chart._canvas
    assert canvas is not None
    points = canvas._scatter.points()
    assert len(points) == 2 * 9
    work = view.outlook.counts.total.macs / look_ahead(catalog_scaling(0)).counts.total.macs
    assert points[8].pos().x() == 2.5
    assert points[8].pos().y() == pytest.approx(math.log10(work))
    canvas.point_clicked.emit(9 + 5)
    assert view.model == "efficientnet_b5"
    canvas.point_clicked.emit(8)  # the choice itself
    assert view.model == "efficientnet_b5"


def test_that_every_control_has_a_name(view: ScalingView) -> None:
    kinds = (QAbstractSpinBox, QCheckBox, QPushButton, QSlider, QTableView)
    found = [each for kind in kinds for each in view.findChildren(kind)]
    assert len(found) > 20
    for control in found:
        spoken = control.accessibleName() or getattr(control, "text", str)()
        assert spoken, control.objectName()


def test_that_train_this_model_takes_it_to_the_train_page(window: MainWindow, qtbot: QtBot) -> None:
    page = cast("ModelsPage", window.page("models"))
    page.tabs.setCurrentIndex(SCALE)
    assert page.filter.isHidden()
    page.scaling.hand.scaling_changed.emit(Scaling(1.1, 1.7, 240, 0.23))
    qtbot.mouseClick(page.scaling.train, Qt.MouseButton.LeftButton)
    train = cast("TrainPage", window.page("train"))
    assert train.setup.spec.scaling == Scaling(1.1, 1.7, 240, 0.23)
    assert window.session.wanted_model == train.setup.spec.name
    page.tabs.setCurrentIndex(COMPARE)
    assert not page.filter.isHidden()


def test_that_a_network_wanted_before_is_shown(
    qtbot: QtBot, session: Session, theme: ThemeManager
) -> None:
    session.want_model("efficientnet_w1.2_d1.5_r320")
    view = ScalingView(session, theme)
    qtbot.addWidget(view)
    assert view.model == "efficientnet_w1.2_d1.5_r320"


@pytest.mark.parametrize(
    ("value", "expected"),
    [(1.12, "12 % more than B2"), (0.5, "50 % less than B2"), (1.001, "as B2")],
)
def test_that_comparisons_are_in_words(value: float, expected: str, english: None) -> None:
    assert compared_text(value, 1.0, "B2") == expected


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [(2.345, "2.3 s"), (0.0456, "46 ms"), (0.0123, "12.3 ms"), (0.00045, "0.45 ms")],
)
def test_that_short_times_are_readable(seconds: float, expected: str, english: None) -> None:
    assert time_text(seconds) == expected
