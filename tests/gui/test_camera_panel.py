"""Pictures taken with a camera become images of a class; the frames here are drawn."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QComboBox, QLabel, QPushButton

from effnet_studio.engine.data.shots import keep_shot, shots_folder
from effnet_studio.engine.errors import DatasetError, ImageError
from effnet_studio.engine.images import probe_image
from effnet_studio.gui.camera import has_camera
from effnet_studio.gui.pages.data import DataPage

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


class DrawnSource(QObject):
    """Gives frames of one colour each, when asked to."""

    frame_arrived = Signal(QImage)
    failed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.running = False

    def start(self) -> None:
        self.running = True

    def stop(self) -> None:
        self.running = False

    def show(self, hue: int) -> None:
        frame = QImage(320, 240, QImage.Format.Format_RGB32)
        frame.fill(QColor.fromHsv(hue, 200, 200))
        self.frame_arrived.emit(frame)


@pytest.fixture
def page(  # noqa: PLR0917 - fixtures
    qtbot: QtBot, session, theme, english, tmp_path: Path, make_photos
) -> DataPage:
    page = DataPage(session, theme)
    qtbot.addWidget(page)
    page.resize(1100, 760)
    page.show()
    with qtbot.waitSignal(session.project_changed):
        session.create_project(tmp_path / "p.effnet")
    with qtbot.waitSignal(session.import_finished):
        page.take_folder(make_photos(bee=4, ant=4))
    return page


def test_that_pictures_taken_become_images_of_their_class(qtbot: QtBot, page: DataPage) -> None:
    source = DrawnSource()
    page.open_camera(source)
    assert source.running
    take = page.findChild(QPushButton, "camera_take")
    assert not take.isEnabled(), "there is no picture yet"
    box = page.findChild(QComboBox, "camera_class")
    for number, name in enumerate(("bee", "wasp", "wasp")):
        source.show(90 * number)
        box.setCurrentText(name)
        qtbot.mouseClick(take, Qt.MouseButton.LeftButton)
    assert "3 pictures" in page.findChild(QLabel, "camera_note").text()
    with qtbot.waitSignal(page.session.import_finished):
        qtbot.mouseClick(page.findChild(QPushButton, "camera_done"), Qt.MouseButton.LeftButton)
    assert not source.running
    assert page.session.dataset.counts() == {"ant": 4, "bee": 5, "wasp": 2}
    files = sorted(shots_folder(page.session.project).rglob("*.jpg"))
    assert [file.parent.name for file in files] == ["bee", "wasp", "wasp"]
    assert probe_image(files[0]).width == 320


def test_that_a_camera_that_fails_says_so(page: DataPage) -> None:
    source = DrawnSource()
    page.open_camera(source)
    source.failed.emit("unplugged")
    assert "unplugged" in page.findChild(QLabel, "camera_note").text()
    page.camera.close_camera()
    assert not source.running


def test_that_without_a_camera_there_is_no_button(page: DataPage) -> None:
    assert page.findChild(QPushButton, "data_camera").isHidden() is not has_camera()


def test_that_what_is_no_picture_or_has_no_class_is_not_kept(page: DataPage) -> None:
    project = page.session.project
    with pytest.raises(DatasetError, match="needs a name"):
        keep_shot(project, " . ", b"")
    with pytest.raises(ImageError):
        keep_shot(project, "bee", b"no picture")
    assert not shots_folder(project).exists()
