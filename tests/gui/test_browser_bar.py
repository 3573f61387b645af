"""The bar above the images keeps its words whole, however narrow the page is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QComboBox, QWidget

from effnet_studio.gui.widgets.data.browser_bar import BrowserBar

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from effnet_studio.gui.theme import ThemeManager


def test_that_a_narrow_bar_takes_two_lines(
    qtbot: QtBot, theme: ThemeManager, english: None
) -> None:
    page = QWidget()  # alone it would not become narrower than one line
    qtbot.addWidget(page)
    bar = BrowserBar(theme, page)
    page.show()
    combos = bar.findChildren(QComboBox)
    bar.resize(900, 40)
    qtbot.waitUntil(lambda: len({combo.y() for combo in combos}) == 1)
    assert combos[0].y() == bar._search.y()
    bar.resize(420, 90)
    qtbot.waitUntil(lambda: any(combo.y() > bar._search.y() for combo in combos))
    assert all(combo.width() >= combo.sizeHint().width() - 1 for combo in combos)
    bar.resize(900, 40)
    qtbot.waitUntil(lambda: combos[0].y() == bar._search.y())
