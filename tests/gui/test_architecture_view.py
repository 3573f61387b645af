"""A network from inside: the drawing says what the engine counts, and every part can be reached."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLabel,
    QPushButton,
    QTableView,
    QToolButton,
    QToolTip,
)

from effnet_studio.engine.models.anatomy import Anatomy, dissect
from effnet_studio.engine.models.catalog import CATALOG, get_spec
from effnet_studio.engine.models.stage_times import StageTime, StageTimes
from effnet_studio.engine.training.config import Preset, preset_values
from effnet_studio.gui.models.anatomy_words import alike_blocks, block_about, layer_table
from effnet_studio.gui.pages.models import INSIDE, SCALE
from effnet_studio.gui.widgets.architectures.architecture_view import ArchitectureView
from effnet_studio.gui.widgets.architectures.block_diagram import BlockDiagram
from effnet_studio.gui.widgets.architectures.stage_strip import Stage, StageStrip

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from effnet_studio.gui.main_window import MainWindow
    from effnet_studio.gui.pages.models import ModelsPage
    from effnet_studio.gui.session import Session
    from effnet_studio.gui.theme import ThemeManager

SMALL = "mobilenet_v3_small"


@pytest.fixture
def view(qtbot: QtBot, session: Session, theme: ThemeManager, english: None) -> ArchitectureView:
    view = ArchitectureView(session, theme)
    qtbot.addWidget(view)
    view.resize(1000, 800)
    return view


@pytest.fixture
def shown(view: ArchitectureView, qtbot: QtBot) -> ArchitectureView:
    view.show()
    qtbot.waitUntil(lambda: view.anatomy is not None, timeout=60_000)
    return view


@pytest.fixture(scope="module")
def resnet() -> Anatomy:
    return dissect(CATALOG["resnet50"], image_size=64)


def text(view: ArchitectureView, name: str) -> str:
    return cast("QLabel", view.findChild(QLabel, name)).text()


def column(strip: StageStrip, number: int) -> QPoint:
    width = (strip.width() - 60) / len(strip._stages)
    return QPoint(round(60 + (number + 0.5) * width), 80)


def test_that_nothing_is_looked_into_before_it_is_shown(view: ArchitectureView) -> None:
    assert view.anatomy is None
    assert text(view, "stages_waiting") == "Looking inside…"


def test_that_the_drawing_says_what_the_engine_counts(shown: ArchitectureView) -> None:
    stages = shown.strip._stages
    assert [stage.title for stage in stages][:2] == ["Stem", "Stage 1"]
    assert sum(stage.share for stage in stages) == pytest.approx(1)
    assert stages[2].lines == ("56 px", "24", "2", "3 × 3", "× 6", "÷ 2", "yes")
    assert stages[-1].lines == ("", "1,000", "", "", "", "", "")

    shown.measure.setCurrentIndex(1)
    spec = CATALOG["efficientnet_b0"]
    assert shown.strip._stages[-1].share == pytest.approx(1_281_000 / spec.parameters)


def test_that_stages_are_chosen_by_mouse_and_arrow_keys(
    shown: ArchitectureView, qtbot: QtBot
) -> None:
    qtbot.mouseClick(shown.strip, Qt.MouseButton.LeftButton, pos=column(shown.strip, 4))
    assert text(shown, "layers_title") == "Inside: Stage 4"
    qtbot.keyClick(shown.strip, Qt.Key.Key_Right)
    assert text(shown, "layers_title") == "Inside: Stage 5"
    qtbot.keyClick(shown.strip, Qt.Key.Key_End)
    qtbot.keyClick(shown.strip, Qt.Key.Key_Right)
    assert text(shown, "layers_title") == "Inside: Head"
    assert "1,000" in shown.strip.accessibleDescription()


def test_that_the_block_is_drawn_layer_by_layer(shown: ArchitectureView) -> None:
    shown.strip.choose(3)
    diagram = shown.inside.diagram
    kinds = ["convolution", "depthwise", "squeeze", "convolution"]
    assert [layer.kind for layer in diagram.layers] == kinds
    assert "the input is added" not in diagram.accessibleDescription()
    shown.inside.blocks.setCurrentIndex(1)
    assert diagram.accessibleDescription() == (
        "28 × 28 × 40 in → Expand 1 × 1 (240) → Depthwise 5 × 5 (240) → SE (240) → "
        "Project 1 × 1 (40) → the input is added"
    )
    assert "depthwise" in text(shown, "layers_caption")
    rows = shown.inside.card._model.rows
    assert len(rows) == len(shown.anatomy.stages[3].layers)  # type: ignore[union-attr]
    assert rows[0][0].startswith("features.3.0.")


def test_that_freezing_begins_with_the_preset_and_is_said(shown: ArchitectureView) -> None:
    usual = preset_values(Preset.BALANCED, "efficientnet_b0")["freeze"]
    assert shown.freeze.value() == shown.strip.frozen == usual
    shown.freeze.setValue(0)
    assert "5.29 M parameters, of which 5.29 M learn" in text(shown, "stages_caption")
    shown.freeze.setValue(shown.freeze.maximum())
    assert "of which 1.28 M learn" in text(shown, "stages_caption")
    states = [row[-1] for row in shown.stages._model.rows]
    assert states == ["frozen"] * 9 + ["learns"]


def test_that_frozen_stages_look_cooler(qtbot: QtBot, theme: ThemeManager, english: None) -> None:
    strip = StageStrip(theme)
    qtbot.addWidget(strip)
    strip.resize(460, strip.sizeHint().height())
    stages = tuple(Stage(f"Stage {n}", (), 0.5, "50 %", "") for n in range(2))
    strip.set_stages(stages, 1, "frozen")
    picture = strip.grab().toImage()
    learning = picture.pixelColor(column(strip, 1))
    assert learning == theme.theme.color("accent")
    assert picture.pixelColor(column(strip, 0)) != learning


def test_that_a_line_that_no_stage_has_takes_no_room(
    qtbot: QtBot, theme: ThemeManager, english: None
) -> None:
    strip = StageStrip(theme)
    qtbot.addWidget(strip)
    strip.set_stages((Stage("Stem", ("7", "", "x"), 0.5, "50 %", ""),), 0, "frozen")
    two = strip.sizeHint().height()
    strip.set_stages((Stage("Stem", ("7", "y", "x"), 0.5, "50 %", ""),), 0, "frozen")
    assert strip.sizeHint().height() > two


@pytest.mark.qt_log_ignore("does not support (raise|propagateSizeHints)", extend=True)
def test_that_a_stage_explains_itself_under_the_pointer(
    shown: ArchitectureView, qtbot: QtBot
) -> None:
    at = column(shown.strip, 7)
    QApplication.sendEvent(
        shown.strip, QHelpEvent(QEvent.Type.ToolTip, at, shown.strip.mapToGlobal(at))
    )
    assert QToolTip.text().startswith("Stage 7, ")
    assert "learns" in QToolTip.text()
    QToolTip.hideText()


def test_that_drawing_and_table_are_twins(shown: ArchitectureView, qtbot: QtBot) -> None:
    card = shown.stages
    qtbot.mouseClick(card.button, Qt.MouseButton.LeftButton)
    assert card.twin.isVisible()
    assert len(card._model.rows) == 10
    assert card._model.rows[2][1] == "56 × 56 × 24"
    qtbot.mouseClick(card.button, Qt.MouseButton.LeftButton)
    assert shown.strip.isVisible()


def test_that_time_is_measured_on_demand_and_told(view: ArchitectureView, qtbot: QtBot) -> None:
    view.choose(SMALL)
    view.show()
    qtbot.waitUntil(lambda: view.anatomy is not None, timeout=60_000)
    with qtbot.waitSignal(view.measured, timeout=60_000) as told:
        qtbot.mouseClick(view.clock, Qt.MouseButton.LeftButton)
        assert not view.clock.isEnabled()
    times: StageTimes = told.args[0]
    assert times.model == SMALL
    assert view.measure.currentData() == "time"
    assert sum(stage.share for stage in view.strip._stages) == pytest.approx(1)
    assert times.device in text(view, "stages_caption")
    qtbot.waitUntil(view.clock.isEnabled)


def test_that_a_time_not_measured_is_a_dash(shown: ArchitectureView) -> None:
    shown.measure.setCurrentIndex(2)
    assert {stage.value for stage in shown.strip._stages} == {"–"}
    assert "time not measured yet" in text(shown, "stages_caption")
    shown.grab()  # nothing to draw must draw


def test_that_residual_blocks_are_drawn_with_their_shortcut(
    qtbot: QtBot, theme: ThemeManager, resnet: Anatomy, english: None
) -> None:
    diagram = BlockDiagram(theme)
    qtbot.addWidget(diagram)
    first = resnet.stages[2].blocks[0]
    diagram.set_block(first)
    assert [layer.name.rpartition(".")[2] for layer in diagram.layers] == [
        "conv1",
        "conv2",
        "conv3",
    ]
    assert "resized by a 1 × 1 convolution" in diagram.accessibleDescription()
    diagram.grab()
    titles = [title for title, _ in alike_blocks(resnet.stages[2])]
    assert titles == ["Block 1 · Residual bottleneck", "Blocks 2–4 · Residual bottleneck"]


@pytest.mark.parametrize("name", ["resnet18", "mobilenet_v3_small", "densenet121"])
def test_that_every_family_can_be_drawn_and_listed(
    qtbot: QtBot, theme: ThemeManager, name: str
) -> None:
    diagram = BlockDiagram(theme)
    qtbot.addWidget(diagram)
    for stage in dissect(CATALOG[name], image_size=64).stages:
        for _, block in alike_blocks(stage):
            diagram.set_block(block)
            diagram.grab()
            assert diagram.layers
            assert bool(block_about(block)) == bool(block.kind)
        columns, rows = layer_table(stage)
        assert all(len(row) == len(columns) for row in rows)


def test_that_every_control_has_a_name(shown: ArchitectureView) -> None:
    kinds = (QAbstractSpinBox, QComboBox, QPushButton, QToolButton, QTableView, StageStrip)
    found = [each for kind in kinds for each in shown.findChildren(kind)]
    assert len(found) > 10
    for control in found:
        spoken = control.accessibleName() or getattr(control, "text", str)()
        assert spoken, control.objectName()


def test_that_the_scaled_network_can_be_looked_into(window: MainWindow, qtbot: QtBot) -> None:
    page = cast("ModelsPage", window.page("models"))
    page.tabs.setCurrentIndex(SCALE)
    page.scaling.slider.slider.setValue(-15)
    page.scaling.slider.slider.setValue(-20)
    combo = page.inside.model
    assert combo.count() == len(CATALOG) + 1
    combo.setCurrentIndex(combo.count() - 1)
    assert page.inside.spec == get_spec(page.scaling.model)
    page.scaling.slider.slider.setValue(5)
    assert page.inside.spec == get_spec(page.scaling.model)


def test_that_measured_times_let_the_scale_tab_predict(window: MainWindow) -> None:
    page = cast("ModelsPage", window.page("models"))
    page.tabs.setCurrentIndex(INSIDE)
    for name, seconds in (("efficientnet_b0", 0.03), ("efficientnet_b3", 0.09)):
        stages = (StageTime("Stem", seconds),)
        page.inside.measured.emit(StageTimes(name, 224, "CPU", 9, seconds, stages))
    figure = page.scaling.findChild(QLabel, "scale_card_time_figure")
    assert figure.text() == "30 ms"
