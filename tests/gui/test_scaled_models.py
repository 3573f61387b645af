"""Scaled networks are at home wherever a model is named, chosen or explained."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLabel

from effnet_studio import paths
from effnet_studio.engine.models.catalog import CATALOG, get_spec
from effnet_studio.engine.models.scaling import Scaling, from_phi
from effnet_studio.gui.models.catalog_table import TOP1_COLUMN, CatalogTableModel
from effnet_studio.gui.models.run_list import model_title, run_title
from effnet_studio.gui.models.weights_on_disk import WeightsOnDisk, weights_on_disk
from effnet_studio.gui.widgets.architectures.model_details import ModelDetails
from effnet_studio.gui.widgets.train.train_setup import TrainSetup
from effnet_studio.gui.widgets.train.weights_field import WeightsField

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from effnet_studio.gui.main_window import MainWindow
    from effnet_studio.gui.pages.models import ModelsPage
    from effnet_studio.gui.pages.train import TrainPage
    from effnet_studio.gui.theme import ThemeManager

WIDE = Scaling(1.2, 1.6, 320, 0.26)
"""Meets B3's width."""
ODD = from_phi(-2)
"""Meets no published width."""


def test_that_runs_of_scaled_networks_have_a_readable_title() -> None:
    assert model_title(WIDE.name) == WIDE.title
    assert run_title(WIDE.name, "balanced").startswith(WIDE.title)


@pytest.mark.parametrize("name", ["my_net", "efficientnet_w1.2", "efficientnet_w99_d1_r224"])
def test_that_a_name_nobody_knows_is_shown_as_it_is(name: str) -> None:
    assert model_title(name) == name


def test_that_a_scaled_network_chosen_elsewhere_joins_the_list(
    qtbot: QtBot, theme: ThemeManager
) -> None:
    setup = TrainSetup(theme)
    list(setup.build())
    qtbot.addWidget(setup)
    before = setup.model.count()
    setup.choose_model(WIDE.name)
    setup.choose_model("efficientnet:w1.2-d1.6-r320")

    assert setup.model.count() == before + 1
    assert setup.model.currentText() == WIDE.title
    assert setup.spec == get_spec(WIDE.name)
    assert setup.config().model == WIDE.name


def test_that_an_impossible_name_changes_no_choice(qtbot: QtBot, theme: ThemeManager) -> None:
    setup = TrainSetup(theme)
    list(setup.build())
    qtbot.addWidget(setup)
    setup.choose_model("efficientnet_w99_d1_r224")
    assert setup.spec.name == "efficientnet_b0"
    assert setup.model.count() == len(CATALOG)


def test_that_weights_of_the_donor_count_as_those_of_the_scaled_network() -> None:
    spec = get_spec(WIDE.name)
    folder = paths.weights_dir()
    folder.mkdir(parents=True)
    (folder / "efficientnet_b3_rwightman-b3899882.pth").touch()

    assert weights_on_disk([spec, CATALOG["efficientnet_b0"]]).imagenet == {spec.name}


def test_that_the_weights_note_speaks_of_the_donor(qtbot: QtBot, english: None) -> None:
    field = WeightsField(get_spec(WIDE.name))
    qtbot.addWidget(field)
    field.set_present(WeightsOnDisk(imagenet=frozenset({"efficientnet_b3"})))
    assert field.note.text() == "Starts from ImageNet weights, which are on this computer."
    field.set_spec(get_spec(ODD.name))
    assert "starts from nothing" in field.note.text()


def test_that_an_accuracy_nobody_measured_is_not_shown_as_a_number(
    qtbot: QtBot, theme: ThemeManager, english: None
) -> None:
    spec = get_spec(WIDE.name)
    details = ModelDetails(theme)
    qtbot.addWidget(details)
    details.set_spec(spec)
    shown = [each.text() for each in details.findChildren(QLabel)]
    assert "not measured" in shown
    assert not any("nan" in text.lower() for text in shown)
    assert details.findChild(QLabel, "details_source").isHidden()

    model = CatalogTableModel([spec])
    cell = model.index(0, TOP1_COLUMN)
    assert cell.data() == "not measured"
    assert cell.data(Qt.ItemDataRole.ToolTipRole) is None


def test_that_the_pages_can_be_opened_while_a_scaled_network_is_wanted(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.session.want_model(WIDE.name)
    models = cast("ModelsPage", window.page("models"))
    assert models.details.spec == get_spec(WIDE.name)
    train = cast("TrainPage", window.page("train"))
    assert train.setup.spec.name == WIDE.name
    combo = train.findChild(QComboBox, "train_model")
    assert combo.currentText() == WIDE.title
