"""What was tried, as a table in the room of the smallest window."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QTableView, QToolButton

from effnet_studio.engine.events import RecipeTried
from effnet_studio.gui.theme import ThemeManager
from effnet_studio.gui.widgets.export.attempts_card import AttemptsCard

ATTEMPTS = [
    RecipeTried(recipe, 0.93, 0.01, 0.97, 7.9, 4_800_000, 12.9, 16_000_000, kept_promise=False)
    for recipe in ("least-error", "tuned", "tuned-50", "tuned-75")
]


@pytest.mark.parametrize("width", [460, 700, 1400])
def test_that_no_name_of_a_recipe_is_cut(qtbot, theme: ThemeManager, english, width: int) -> None:
    card = AttemptsCard(theme)
    qtbot.addWidget(card)
    card.set_attempts(ATTEMPTS, kept="tuned-75", budget_points=0.5)
    card.findChild(QToolButton, "attempts_show_table").click()
    card.resize(width, 500)
    card.show()
    table = card.findChild(QTableView, "attempts_table")
    assert table.columnWidth(0) >= table.sizeHintForColumn(0)
    assert table.model().index(3, 0).data() == "4  75 % in 32 bits ✓"
    if width > 1000:
        assert not table.horizontalScrollBar().isVisible()
