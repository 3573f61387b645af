"""The Models page: sortable, filterable, and one click away from training."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

import pytest
from PySide6.QtCore import Qt

from effnet_studio.engine.models.catalog import CATALOG
from effnet_studio.engine.project import Project
from effnet_studio.gui.models.catalog_table import (
    SPEC_ROLE,
    TOP1_COLUMN,
    WEIGHTS_COLUMN,
    CatalogTableModel,
)
from effnet_studio.gui.widgets.architectures.model_details import family_text
from effnet_studio.gui.widgets.architectures.scatter import PARAMETERS

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from effnet_studio.gui.main_window import MainWindow
    from effnet_studio.gui.pages.models import ModelsPage
    from effnet_studio.gui.pages.train import TrainPage


@pytest.fixture
def page(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> ModelsPage:
    Project.create(tmp_path / "empty.effnet").close()
    with qtbot.waitSignal(window.session.runs_changed):
        window.session.open_project(tmp_path / "empty.effnet")
    window.show_page("models")
    return cast("ModelsPage", window.page("models"))


def names(page: ModelsPage) -> list[str]:
    model = page.table.model()
    return [model.index(row, 0).data(SPEC_ROLE).name for row in range(model.rowCount())]


def test_that_every_model_of_the_catalog_is_shown_in_its_order(page: ModelsPage) -> None:
    assert names(page) == list(CATALOG)


def test_that_columns_sort_by_value_not_by_text(page: ModelsPage) -> None:
    page.table.sortByColumn(2, Qt.SortOrder.AscendingOrder)
    sizes = [CATALOG[name].parameters for name in names(page)]
    assert sizes == sorted(sizes)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("resnet 50", ["resnet50", "resnetv2_50", "se_resnet50"]),
        ("MobileNetV3", ["mobilenet_v3_small", "mobilenet_v3_large"]),
        ("efficientnet-b7", ["efficientnet_b7"]),
        ("transformer", []),
    ],
)
def test_that_the_filter_knows_names_as_people_write_them(
    page: ModelsPage, text: str, expected: list[str]
) -> None:
    page.filter.setText(text)
    assert names(page) == expected


def test_that_a_filter_nothing_passes_says_so(page: ModelsPage) -> None:
    page.filter.setText("transformer")
    assert page._stack.currentWidget() is page._nothing
    page.filter.clear()
    assert page._stack.currentWidget() is page.table


def test_that_choosing_a_row_shows_it_in_panel_and_plot(page: ModelsPage) -> None:
    page.choose("densenet121")
    assert page.details.spec is CATALOG["densenet121"]
    assert page.scatter._chosen == "densenet121"


def test_that_a_clicked_point_is_chosen_in_the_table(page: ModelsPage) -> None:
    page.scatter.model_chosen.emit("resnet18")
    assert page.table.currentIndex().data(SPEC_ROLE).name == "resnet18"


def test_that_use_this_model_takes_it_to_the_train_page(
    page: ModelsPage, window: MainWindow, qtbot: QtBot
) -> None:
    page.choose("mobilenet_v3_large")
    qtbot.mouseClick(page.details.use, Qt.MouseButton.LeftButton)
    assert window.current_key == "train"
    train = cast("TrainPage", window.page("train"))
    assert train.setup.spec.name == "mobilenet_v3_large"


def test_that_the_source_of_an_accuracy_is_a_tool_tip() -> None:
    model = CatalogTableModel(CATALOG.values())
    tip = model.index(0, TOP1_COLUMN).data(Qt.ItemDataRole.ToolTipRole)
    assert CATALOG["efficientnet_b0"].top1_source in tip


def test_that_weights_on_this_computer_are_marked() -> None:
    model = CatalogTableModel(CATALOG.values())
    assert model.index(0, WEIGHTS_COLUMN).data() == ""
    model.set_present({"efficientnet_b0"})
    assert model.index(0, WEIGHTS_COLUMN).data() == "On this computer"
    assert model.index(1, WEIGHTS_COLUMN).data() == "Download"


def test_that_every_family_is_explained() -> None:
    assert all(family_text(spec.family) for spec in CATALOG.values())


def test_that_the_plot_shows_every_model_on_either_axis(page: ModelsPage, qtbot: QtBot) -> None:
    page.scatter.draw()
    canvas = page.scatter._canvas
    assert canvas is not None
    assert len(canvas._scatter.points()) == len(CATALOG)
    before = canvas._scatter.points()[0].pos().x()
    qtbot.mouseClick(page.scatter._buttons[PARAMETERS], Qt.MouseButton.LeftButton)
    page.scatter.draw()
    assert canvas._scatter.points()[0].pos().x() != before


def test_that_a_filter_lets_the_other_points_step_back_and_the_chosen_one_stays(
    qtbot: QtBot, page: ModelsPage
) -> None:
    scatter = page.scatter
    page.choose("densenet121")
    page.filter.setText("resnet")
    scatter.draw()
    drawn = [scatter._specs[place] for place in scatter._order]
    assert drawn[-1].name == scatter._chosen
    stepped = [spec for spec in drawn if scatter._steps_back(spec)]
    assert stepped == drawn[: len(stepped)]
    assert all("resnet" not in spec.name for spec in stepped)
    points = scatter._canvas._scatter.points()
    assert points[0].brush().color().name() == scatter._theme.theme.border
    page.filter.clear()
    scatter.draw()
    assert not any(scatter._steps_back(spec) for spec in drawn)


def test_that_points_have_names_as_the_room_allows_from_the_first_time_the_chart_is_seen(
    window: MainWindow, page: ModelsPage, qtbot: QtBot
) -> None:
    def named() -> set[str]:
        canvas = page.scatter._canvas
        return set() if canvas is None else {label[2] for label in canvas._labels}

    window.resize(1600, 1000)
    window.show()
    qtbot.waitUntil(lambda: len(named()) > 15)
    wide = named()
    window.resize(1024, 700)
    qtbot.waitUntil(lambda: len(named()) < len(wide))
    window.hide()
