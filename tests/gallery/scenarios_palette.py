"""The command palette over a page, and the list of all keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit

from effnet_studio.gui.dialogs.shortcuts import ShortcutsDialog
from tests.gallery.registry import Scenario

if TYPE_CHECKING:
    from tests.gallery.stage import Stage


def _opened(stage: Stage, *, typed: str = "") -> None:
    stage.open_copy(stage.material.trained, "train")
    stage.window.page("evaluate")
    stage.window.settings.remember_command("theme_dark")
    stage.window.actions_by_key["find_command"].trigger()
    stage.window.findChild(QLineEdit, "palette_field").setText(typed)


def _open(stage: Stage) -> None:
    _opened(stage)


def _typed(stage: Stage) -> None:
    _opened(stage, typed="tra")


def _nothing(stage: Stage) -> None:
    _opened(stage, typed="make coffee")


def _without_project(stage: Stage) -> None:
    stage.settle()
    stage.window.actions_by_key["find_command"].trigger()
    stage.window.findChild(QLineEdit, "palette_field").setText("ex")


def _shortcuts(stage: Stage) -> None:
    stage.open_copy(stage.material.trained, "train")
    stage.window.actions_by_key["shortcuts"].trigger()


def _searched(stage: Stage) -> None:
    _shortcuts(stage)
    stage.window.findChild(ShortcutsDialog).findChild(QLineEdit, "shortcuts_search").setText("zoom")


def _not_found(stage: Stage) -> None:
    _shortcuts(stage)
    stage.window.findChild(ShortcutsDialog).findChild(QLineEdit, "shortcuts_search").setText("xyz")


SCENARIOS = (
    Scenario("palette", "open", _open),
    Scenario("palette", "typed", _typed),
    Scenario("palette", "nothing", _nothing),
    Scenario("palette", "no-project", _without_project),
    Scenario("shortcuts", "all", _shortcuts),
    Scenario("shortcuts", "searched", _searched),
    Scenario("shortcuts", "nothing", _not_found),
)
