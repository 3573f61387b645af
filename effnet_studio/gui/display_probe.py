"""Asks Qt about screen and fonts, for the doctor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QFontDatabase, QGuiApplication

from effnet_studio.engine.facts.display import DisplayProbe
from effnet_studio.gui.i18n import current_language

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


def probe_display(widget: QWidget) -> DisplayProbe:
    """Look at the screen that a widget is on, and at the fonts.

    Args:
        widget: Any.
    """
    screen = widget.screen()
    size, room = screen.size(), screen.availableSize()
    families = QFontDatabase.families(QFontDatabase.WritingSystem.SimplifiedChinese)
    return DisplayProbe(
        platform=QGuiApplication.platformName(),
        size=(size.width(), size.height()),
        room=(room.width(), room.height()),
        scale=screen.devicePixelRatio(),
        chinese_fonts=tuple(families),
        chinese=current_language() == "zh_CN",
    )
