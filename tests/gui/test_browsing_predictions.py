"""Sorting and filtering the images by what a model says of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QPushButton

from effnet_studio.engine.evaluation.dataset_predictions import DatasetPredictions
from effnet_studio.gui.models.browsing import Order, State, Wishes, align, resolve
from effnet_studio.gui.pages.data import DataPage
from tests.indexed import index_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from effnet_studio.engine.data.index import Index
    from effnet_studio.gui.session import Session
    from effnet_studio.gui.theme import ThemeManager


@pytest.fixture
def index(make_photos: Callable[..., Path]) -> Index:
    """Ants are pictures 10 to 12, bees 13 and 14."""
    return index_of(make_photos(ant=3, bee=2))


@pytest.fixture
def said() -> DatasetPredictions:
    """Ant 11 is taken for a bee, surely, and bee 14 for an ant, hardly; 12 was not judged."""
    return DatasetPredictions(
        "run",
        ("bee", "ant", "wasp"),
        np.array([14, 11, 10, 13, 99]),
        np.array([1, 0, 1, 0, 2]),
        np.array([0.5, 0.9, 0.7, 0.6, 1.0], dtype=np.float32),
    )


def seen(index: Index, wishes: Wishes, said: DatasetPredictions | None) -> list[int]:
    ids: list[int] = index.ids[resolve(index, wishes, said).rows].tolist()
    return ids


def test_that_agreement_filters_and_certainty_sorts(index: Index, said: DatasetPredictions) -> None:
    assert seen(index, Wishes(state=State.WRONG), said) == [11, 14]
    assert seen(index, Wishes(state=State.RIGHT), said) == [10, 13]
    assert seen(index, Wishes(order=Order.UNCERTAIN), said) == [14, 13, 10, 11, 12]
    assert seen(index, Wishes(order=Order.WRONG), said)[:2] == [11, 14]
    assert seen(index, Wishes(state=State.WRONG), None) == []
    assert seen(index, Wishes(order=Order.UNCERTAIN), None) == [10, 11, 12, 13, 14]


def test_that_a_class_the_project_does_not_have_any_more_is_neither_right_nor_wrong(
    index: Index, said: DatasetPredictions
) -> None:
    index.class_names[1] = "formica"
    guesses = align(index, said)
    assert index.ids[guesses.right(index)].tolist() == [13]
    assert index.ids[guesses.wrong(index)].tolist() == [11]


def test_that_the_chosen_run_is_asked_from_the_browser(
    qtbot: QtBot, opened: Session, theme: ThemeManager, english: None
) -> None:
    page = DataPage(opened, theme)
    qtbot.addWidget(page)
    page.resize(1100, 760)
    page.show()
    page.images.refresh()
    button = page.findChild(QPushButton, "browser_predict")
    state, order = (page.findChild(QComboBox, name) for name in ("state_filter", "browser_order"))
    assert button.isVisible()
    assert state.findData(State.WRONG) == -1
    order.setCurrentIndex(order.findData(Order.LARGEST))
    with qtbot.waitSignal(opened.dataset_changed, timeout=20_000):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        assert not button.isEnabled()
    qtbot.waitUntil(lambda: not button.isVisible())
    assert order.currentData() == Order.LARGEST
    model = page.images.browser.grid.model()
    assert all("%" in model.cell(model.index(row)).caption for row in range(18))
    everything = {model.cell(model.index(row)).value for row in range(18)}
    parts = []
    for wanted in (State.WRONG, State.RIGHT):
        state.setCurrentIndex(state.findData(wanted))
        parts.append({model.cell(model.index(row)).value for row in range(model.rowCount())})
    assert parts[0] | parts[1] == everything
    assert not parts[0] & parts[1]
