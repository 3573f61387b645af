"""The bar of tabs."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from effnet_studio.gui.widgets.tab_bar import TabBar


@pytest.fixture
def bar(qtbot, theme, english) -> Iterator[TabBar]:
    """A bar beside free room, shown with its shortest tab chosen."""
    holder = QWidget()
    qtbot.addWidget(holder)
    bar = TabBar(holder)
    bar.setExpanding(False)
    for name in (
        "Map",
        "A tab with a name much longer than all others",
        "Curves",
        "Where it looks",
    ):
        bar.addTab(name)
    row = QHBoxLayout(holder)
    row.addWidget(bar)
    row.addStretch(1)
    theme.add_window(holder)
    holder.resize(900, 60)
    holder.show()
    qtbot.waitUntil(lambda: bar.tabRect(3).width() > 0)
    yield bar
    holder.close()


def test_that_no_tab_hides_behind_arrows_when_a_longer_one_is_chosen(bar: TabBar) -> None:
    bar.setCurrentIndex(1)
    assert not any(arrow.isVisible() for arrow in bar.findChildren(QToolButton))


def test_that_tabs_stay_where_they_are_when_another_is_chosen(bar: TabBar) -> None:
    before = bar.tabRect(3)
    bar.setCurrentIndex(1)
    assert bar.tabRect(3) == before


def test_that_tabs_move_together_before_one_hides_and_apart_again(qtbot, bar: TabBar) -> None:
    holder = bar.parentWidget()
    roomy, wanted = bar.tabRect(1).left(), bar.sizeHint().width()
    margins = holder.layout().contentsMargins()
    holder.resize(wanted - 30 + margins.left() + margins.right(), 60)
    qtbot.waitUntil(lambda: bar.tabRect(1).left() < roomy)
    assert not any(arrow.isVisible() for arrow in bar.findChildren(QToolButton))
    assert bar.sizeHint().width() == wanted
    holder.resize(900, 60)
    qtbot.waitUntil(lambda: bar.tabRect(1).left() == roomy)
