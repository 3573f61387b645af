"""The Settings page: as it comes, searched, with nothing found, changed, and reset."""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit, QPushButton, QScrollArea

from effnet_studio.paths import CACHE_VARIABLE
from tests.gallery.registry import Scenario

if TYPE_CHECKING:
    from collections.abc import Iterator

    from effnet_studio.gui.pages.base import Page
    from tests.gallery.stage import Stage


@contextmanager
def _own_cache(stage: Stage) -> Iterator[Page]:
    """The page of a user who chose a folder for downloads and has some weights there."""
    outside = os.environ.pop(CACHE_VARIABLE)
    folder = stage.folder / "EffNet Studio"
    (folder / "weights").mkdir(parents=True)
    (folder / "weights" / "efficientnet_b0_rwightman-7f5810bc.pth").write_bytes(bytes(21_444_401))
    stage.settings.set_value("cache_folder", str(folder))
    stage.settings.set_value("language", "system")
    stage.window.show_page("settings")
    stage.settle()
    try:
        yield stage.window.page("settings")
    finally:
        stage.settings.reset("cache_folder")
        os.environ[CACHE_VARIABLE] = outside


def _top(stage: Stage) -> Iterator[None]:
    with _own_cache(stage):
        yield


def _bottom(stage: Stage) -> Iterator[None]:
    with _own_cache(stage) as page:
        stage.settings.set_value("proxy", "http://proxy.example:8080")
        edit = page.findChild(QLineEdit, "preference_mirror")
        edit.setText("files.example")
        edit.editingFinished.emit()
        page.findChild(QPushButton, "cache_empty").click()
        stage.settle()
        bar = page.findChild(QScrollArea, "settings_scroll").verticalScrollBar()
        bar.setValue(bar.maximum())
        yield


def _searched(stage: Stage) -> Iterator[None]:
    with _own_cache(stage) as page:
        page.findChild(QLineEdit, "settings_search").setText("weights")
        yield


def _nothing_found(stage: Stage) -> Iterator[None]:
    with _own_cache(stage) as page:
        page.findChild(QLineEdit, "settings_search").setText("telescope")
        yield


def _reset(stage: Stage) -> Iterator[None]:
    with _own_cache(stage) as page:
        stage.settings.set_value("motion", "off")
        stage.settings.set_value("notify", value=False)
        page.findChild(QPushButton, "settings_reset_all").click()
        yield


SCENARIOS = (
    Scenario("settings", "top", _top),
    Scenario("settings", "bottom", _bottom),
    Scenario("settings", "searched", _searched),
    Scenario("settings", "nothing-found", _nothing_found),
    Scenario("settings", "reset", _reset),
)
