"""What the app is: its version, its licence, and those of the parts it stands on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QTabBar

from effnet_studio.gui.dialogs.about import AboutDialog
from tests.gallery.registry import Scenario

if TYPE_CHECKING:
    from tests.gallery.stage import Stage


def _own(stage: Stage) -> None:
    stage.open_copy(stage.material.trained, "train")
    stage.window.actions_by_key["about"].trigger()


def _others(stage: Stage) -> None:
    _own(stage)
    stage.window.findChild(AboutDialog).findChild(QTabBar, "about_tabs").setCurrentIndex(1)


SCENARIOS = (
    Scenario("about", "licence", _own),
    Scenario("about", "notices", _others),
)
