"""What is dropped while no project is open: a project begins, or it is said why not."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtWidgets import QLabel

from effnet_studio.gui.main_window import MainWindow


def said(window: MainWindow) -> str:
    return window.errors.findChild(QLabel, "banner_message").text()


@pytest.fixture
def lone(tmp_path: Path) -> Path:
    """One image, a table, a model and a text, each a file."""
    folder = tmp_path / "lone"
    folder.mkdir()
    Image.new("RGB", (8, 8)).save(folder / "cat.jpg")
    for name in ("labels.csv", "model.onnx", "notes.txt"):
        (folder / name).write_text("x", encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("cat.jpg", "a single image"),
        ("labels.csv", "is a table"),
        ("model.onnx", "is a trained model"),
        ("notes.txt", "cannot begin with"),
        ("nowhere.jpg", "is not there"),
    ],
)
def test_that_a_file_that_is_no_folder_gets_an_answer(
    window: MainWindow, lone: Path, name: str, words: str
) -> None:
    window.files.take([lone / name])
    assert words in said(window)
    assert window.session.project is None


def test_that_images_without_kinds_get_an_answer(window: MainWindow, lone: Path) -> None:
    shutil.copy(lone / "cat.jpg", lone / "dog.jpg")
    window.files.take([lone / "cat.jpg", lone / "dog.jpg"])
    assert "without their kinds" in said(window)


@pytest.fixture(params=["empty", "one kind", "flat"])
def useless(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Path, str]:
    """A folder that will not do, and what is said of it."""
    kind, words = {
        "empty": ("", "There are no images"),
        "one kind": ("bee", "only one class"),
        "flat": (".", "in sub-folders"),
    }[request.param]
    folder = tmp_path / "photos"
    (folder / kind).mkdir(parents=True)
    if kind:
        for number in range(3):
            Image.new("RGB", (8, 8)).save(folder / kind / f"{number}.jpg")
    return folder, words


def test_that_a_folder_that_will_not_do_leaves_no_project_behind(
    qtbot, window: MainWindow, useless: tuple[Path, str], isolated_home: Path
) -> None:
    folder, words = useless
    with qtbot.waitSignal(window.session.error_raised):
        window.files.take([folder])
    assert words in said(window)
    assert window.session.project is None
    assert list(isolated_home.rglob("*.effnet")) == []
    assert window.settings.recent_projects() == []


def test_that_an_archive_becomes_a_project(
    qtbot, window: MainWindow, tmp_path: Path, make_photos
) -> None:
    shutil.make_archive(str(tmp_path / "insects"), "zip", make_photos(bee=4, ant=4))
    with qtbot.waitSignal(window.session.import_finished, timeout=20_000):
        window.files.take([tmp_path / "insects.zip"])
    assert window.session.project.name == "insects"
    assert len(window.session.dataset.samples) == 8
