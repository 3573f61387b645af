"""How the desktop knows the application."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QGuiApplication

from effnet_studio import __version__
from effnet_studio.gui.identity import MENU_ENTRY, app_icon, introduce_application
from effnet_studio.paths import APP_NAME


@pytest.fixture
def _before(qapp):
    name, version = qapp.applicationName(), qapp.applicationVersion()
    entry = QGuiApplication.desktopFileName()
    yield
    qapp.setApplicationName(name)
    qapp.setApplicationVersion(version)
    QGuiApplication.setDesktopFileName(entry)


def test_that_the_icon_is_drawn_in_the_sizes_of_title_bars_and_task_bars(qapp) -> None:
    icon = app_icon()
    assert {size.width() for size in icon.availableSizes()} >= {16, 32, 48, 128}
    picture = icon.pixmap(QSize(48, 48)).toImage()
    assert picture.pixelColor(0, 0).alpha() == 0, "its corners are round"
    assert picture.pixelColor(10, 24).blue() > 150, "its ground is blue"


@pytest.mark.usefixtures("_before")
def test_that_the_application_says_its_name_and_version(qapp) -> None:
    introduce_application()
    assert qapp.applicationName() == APP_NAME
    assert qapp.applicationVersion() == __version__


@pytest.mark.usefixtures("_before")
def test_that_windows_are_matched_with_a_menu_entry_only_where_there_is_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setenv("XDG_DATA_DIRS", str(tmp_path / "none"))
    QGuiApplication.setDesktopFileName("")
    introduce_application()
    assert QGuiApplication.desktopFileName() != MENU_ENTRY
    (tmp_path / "applications").mkdir()
    (tmp_path / "applications" / f"{MENU_ENTRY}.desktop").write_text("[Desktop Entry]\n")
    introduce_application()
    assert QGuiApplication.desktopFileName() == MENU_ENTRY
