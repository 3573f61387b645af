"""The Predict page with two models, and with a model of other classes than the data."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import onnx
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtWidgets import (
    QComboBox,
    QLabel,
    QMenu,
    QPushButton,
    QStackedWidget,
    QWidget,
)

from effnet_studio.engine.predict.compare_models import compare_models
from effnet_studio.engine.predict.onnx_metadata import LABELS_KEY, write_metadata
from effnet_studio.engine.predict.predictor import load_predictor
from effnet_studio.engine.predict.torch_predictor import TorchPredictor
from effnet_studio.engine.project import Project
from effnet_studio.gui import file_dialogs
from effnet_studio.gui.errors import ErrorPanel
from effnet_studio.gui.i18n import install_language
from effnet_studio.gui.pages.predict import PredictPage
from effnet_studio.gui.widgets.image_view import ImageView
from effnet_studio.gui.widgets.predict.class_banner import ClassBanner
from effnet_studio.gui.widgets.predict.compare_button import CompareButton
from effnet_studio.gui.widgets.thumbnail_grid import ThumbnailGrid
from tests.random_run import write_run

if TYPE_CHECKING:
    from effnet_studio.gui.session import Session
    from effnet_studio.gui.theme import ThemeManager

CLASSES = ("blue", "green", "red")


@pytest.fixture(scope="module")
def exported_too(_trained: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The trained project with a second run, and the first one exported beside it."""
    from effnet_studio.engine.export.graph.network import export_graph

    folder = tmp_path_factory.mktemp("two")
    copy = shutil.copytree(_trained, folder / "p.effnet")
    with Project.open(copy) as project:
        app = TorchPredictor.from_run(project.find_run(None), device="cpu")
        write_run(project, CLASSES, size=32, seed=4)
    notes = write_metadata(
        classes=app.classes, preprocess=app.preprocess, model=app.spec.name, app_version="1"
    )
    export_graph(app.model, folder / "model.onnx", size=32, metadata=notes)
    return folder


@pytest.fixture
def trained(exported_too: Path, tmp_path: Path) -> Path:
    """Takes the place of the project with one run."""
    return shutil.copytree(exported_too / "p.effnet", tmp_path / "p.effnet")


@pytest.fixture
def page(qtbot, opened: Session, theme: ThemeManager, english) -> PredictPage:
    """The page with nine answered images."""
    page = PredictPage(opened, theme)
    qtbot.addWidget(page)
    page.resize(1100, 700)
    page.show()
    page.drop_files([sample.path for sample in opened.dataset.samples[::2]])
    qtbot.waitUntil(lambda: page._judge.settled, timeout=30_000)
    return page


def other_run(page: PredictPage) -> Path:
    return next(run.run_dir for run in page.session.runs if run.run_id != page.session.run.run_id)


def compare(qtbot, page: PredictPage, model: Path) -> None:
    page._comparer.compare_with(model)
    qtbot.waitUntil(lambda: page._comparer.settled, timeout=30_000)


def shown(page: PredictPage, name: str) -> bool:
    return page.findChild(QWidget, name).isVisible()


def text(page: PredictPage, name: str) -> str:
    return page.findChild(QLabel, name).text()


def views(page: PredictPage) -> list[ImageView]:
    return [page.findChild(ImageView, f"compared_view_{side}") for side in (0, 1)]


def wait_for_views(qtbot, page: PredictPage) -> None:
    qtbot.waitUntil(lambda: all(view.has_image() for view in views(page)), timeout=30_000)


def listed(page: PredictPage) -> list[int]:
    grid = page.findChild(ThumbnailGrid, "comparison_grid")
    model = grid.thumbnails
    return [model.cell(model.index(row)).key for row in range(model.rowCount())]


def test_that_the_menu_offers_the_other_runs_and_files(qtbot, page: PredictPage) -> None:
    menu = page.findChild(QMenu, "compare_menu")
    runs = [action.data() for action in menu.actions() if action.objectName() == "compare_run"]
    assert runs == [other_run(page)]
    assert any(action.objectName() == "compare_file" for action in menu.actions())
    menu.actions()[0].trigger()
    qtbot.waitUntil(lambda: page._comparer.settled, timeout=30_000)
    assert shown(page, "comparison_panel")
    assert not shown(page, "explanation_panel")


def test_that_two_runs_are_shown_as_the_engine_compares_them(qtbot, page: PredictPage) -> None:
    compare(qtbot, page, other_run(page))
    paths = [item.path for item in page._judge.items]
    truth = compare_models(
        load_predictor(page.session.run.run_dir), load_predictor(other_run(page)), paths
    )
    agree = text(page, "comparison_agree")
    assert agree.startswith(f"They agree on {truth.agreeing} of 9")
    assert "held back from training" in text(page, "comparison_score")
    assert " ms (A) and " in text(page, "comparison_speed")
    page.findChild(QComboBox, "comparison_filter").setCurrentIndex(1)
    by_number = {item.number: item.path for item in page._judge.items}
    assert [by_number[number] for number in listed(page)] == [
        each.path for each in truth.most_different()
    ]
    wait_for_views(qtbot, page)  # two runs have gradients: their maps come unasked
    assert shown(page, "compared_note")
    assert not shown(page, "compared_maps")


def test_that_an_image_chosen_among_those_that_differ_is_looked_at(
    qtbot, page: PredictPage
) -> None:
    compare(qtbot, page, other_run(page))
    page.findChild(QComboBox, "comparison_filter").setCurrentIndex(1)
    grid = page.findChild(ThumbnailGrid, "comparison_grid")
    grid.setCurrentIndex(grid.thumbnails.index(3))
    number = listed(page)[3]
    item = next(each for each in page._judge.items if each.number == number)
    assert page.findChild(QLabel, "compared_name").toolTip() == item.name
    image = page._comparer._found.images[number]
    said = page.findChild(QLabel, "compared_answer_1").toolTip()
    assert said.startswith(image.second.best.label)
    bars = page.findChild(QWidget, "comparison_bars").accessibleName()
    assert bars.count(";") == 2  # three classes
    assert " A " in bars
    assert " B " in bars


def test_that_both_pictures_are_zoomed_and_moved_together(qtbot, page: PredictPage) -> None:
    compare(qtbot, page, other_run(page))
    wait_for_views(qtbot, page)
    first, second = views(page)
    first.zoom_by(3.0, QPointF(10, 10))
    assert second.scale == pytest.approx(first.scale)
    assert second._center == first._center
    second.setFocus()
    qtbot.keyClick(second, Qt.Key.Key_Right)
    assert first._center == second._center
    qtbot.keyClick(second, Qt.Key.Key_0)
    assert first._zoom is None


def test_that_an_exported_file_is_compared_and_mapped_when_asked(
    qtbot, page: PredictPage, exported_too: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(file_dialogs, "choose_file", lambda *_: exported_too / "model.onnx")
    first = next(run for run in page.session.runs if run.run_dir == other_run(page))
    page.session.select_run(first.run_id)  # the run that the file was exported from
    qtbot.waitUntil(lambda: page._judge.settled, timeout=30_000)
    page._compare.file_asked.emit()
    qtbot.waitUntil(lambda: page._comparer.settled, timeout=30_000)
    assert text(page, "comparison_agree").startswith("They agree on 9 of 9")
    assert shown(page, "comparison_nothing")
    wait_for_views(qtbot, page)
    maps = page.findChild(QPushButton, "compared_maps")
    plain = views(page)[1]._pixmap.toImage()
    qtbot.mouseClick(maps, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page._answers.comparison.pictures._mapped, timeout=30_000)
    assert views(page)[1]._pixmap.toImage() != plain
    assert not maps.isVisible()


def test_that_more_images_are_added_to_the_comparison(
    qtbot, page: PredictPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    compare(qtbot, page, other_run(page))
    before = dict(page._comparer._found.images)
    page.drop_files([page.session.dataset.samples[1].path])
    qtbot.waitUntil(lambda: page._judge.settled and page._comparer.settled, timeout=30_000)
    after = page._comparer._found.images
    assert len(after) == 10
    assert all(after[number] is image for number, image in before.items())
    assert text(page, "comparison_agree").split(" of ")[1].startswith("10")


def test_that_stopping_gives_the_explanation_back(qtbot, page: PredictPage) -> None:
    compare(qtbot, page, other_run(page))
    button = page.findChild(QPushButton, "predict_compare")
    assert button.text() == "End comparison"
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert shown(page, "explanation_panel")
    assert not shown(page, "comparison_panel")
    qtbot.waitUntil(lambda: page._panel.picture() is not None, timeout=30_000)
    assert button.text() == "Compare with…"


@pytest.mark.parametrize("kind", ["text", "cut", "pickle", "folder", "unfinished"])
def test_that_a_second_model_that_is_none_is_refused_in_words(
    qtbot, page: PredictPage, tmp_path: Path, exported_too: Path, kind: str
) -> None:
    wrong = tmp_path / {"pickle": "weights.pt", "folder": "folder"}.get(kind, "wrong.onnx")
    if kind == "folder":
        wrong.mkdir()
    elif kind == "unfinished":
        wrong = other_run(page)
        (wrong / "best.safetensors").unlink()
    else:
        whole = (exported_too / "model.onnx").read_bytes()
        content = {"text": b"Hello", "cut": whole[: len(whole) // 2], "pickle": b"\x80\x04N."}
        wrong.write_bytes(content[kind])
    with qtbot.waitSignal(page._comparer.refused, timeout=30_000):
        page._comparer.compare_with(wrong)
    panel = page.findChild(ErrorPanel, "error_panel")
    assert panel.isVisible()
    assert "fault of the app" not in panel.accessibleName()
    assert shown(page, "explanation_panel")
    assert page._judge.items  # the answers stay


def test_that_models_without_a_shared_class_say_so_and_another_can_be_chosen(
    qtbot, page: PredictPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_others = write_run(page.session.project, ("roses", "tulips"), size=32)
    compare(qtbot, page, with_others)
    states = page.findChild(QStackedWidget, "comparison_states")
    assert states.currentWidget().objectName() == "comparison_failed"
    said = states.currentWidget().findChild(QLabel, "empty_title").text()
    assert "none of the same classes" in said
    hint = states.currentWidget().findChild(QLabel, "empty_text").text()
    assert f"{with_others.name} knows roses, tulips." in hint
    offered = []  # a real menu grabs the keyboard, which nothing here can
    button = page.findChild(CompareButton, "predict_compare")
    monkeypatch.setattr(button, "offer", lambda: offered.append(button.text()))
    page._answers.comparison._failed.action.click()
    assert shown(page, "explanation_panel")
    assert offered == ["Compare with…"]


def test_that_the_comparison_speaks_the_windows_language(qtbot, page: PredictPage, qapp) -> None:
    compare(qtbot, page, other_run(page))
    before = text(page, "comparison_agree")
    install_language(qapp, "zh_CN")
    qapp.processEvents()
    assert "一致" in text(page, "comparison_agree")
    assert page.findChild(QWidget, "comparison_panel").isVisible()
    install_language(qapp, "en")
    qapp.processEvents()
    assert text(page, "comparison_agree") == before


def test_that_a_model_of_other_classes_than_the_data_says_so(
    qtbot, page: PredictPage, tmp_path: Path, exported_too: Path
) -> None:
    banner = page.findChild(ClassBanner, "class_banner")
    assert not banner.isVisible()
    model = onnx.load(exported_too / "model.onnx")
    for entry in model.metadata_props:
        if entry.key == LABELS_KEY:
            entry.value = '["roses", "tulips", "red"]'
    onnx.save(model, tmp_path / "flowers.onnx")
    page.open_model(tmp_path / "flowers.onnx")
    qtbot.waitUntil(banner.isVisible, timeout=30_000)
    said = banner.accessibleName()
    assert "roses, tulips" in said
    assert "blue, green" in said
    page._on_back()
    qtbot.waitUntil(lambda: page._judge.settled, timeout=30_000)
    assert not banner.isVisible()
    np.testing.assert_array_equal(page._judge.items[0].prediction.classes, CLASSES)


def test_that_figures_of_a_pair_do_not_stay_with_another_model(qtbot, page: PredictPage) -> None:
    compare(qtbot, page, other_run(page))
    assert text(page, "comparison_agree")
    page._comparer.set_model(page._model.parent / "another")
    assert not text(page, "comparison_agree")
