"""The guide in the window: questions in, ranked cards out."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from effnet_studio.engine.benchmark.guide import Where
from effnet_studio.engine.benchmark.plan import Runtime
from effnet_studio.engine.benchmark.results import Results, Timing, this_machine
from effnet_studio.engine.models.catalog import CATALOG
from effnet_studio.gui.widgets.architectures.guide_view import GuideView
from tests.gui.test_benchmark_view import measured

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from effnet_studio.gui.session import Session
    from effnet_studio.gui.theme import ThemeManager


@pytest.fixture
def view(qtbot: QtBot, session: Session, theme: ThemeManager, english: None) -> GuideView:
    view = GuideView(session, theme)
    qtbot.addWidget(view)
    qtbot.waitUntil(lambda: view.advice is not None)
    return view


@pytest.fixture
def results() -> Results:
    """All models: 25 ms for a billion multiply-accumulates, 17 ms in 8 bits."""
    rows = [
        measured(
            name,
            spec.macs * (0.025 if runtime is Runtime.ONNX else 0.017),
            runtime,
            train_frozen=Timing(0.05, 0.05, 0.05, 3, 16),
        )
        for name, spec in CATALOG.items()
        for runtime in (Runtime.ONNX, Runtime.INT8)
    ]
    return Results(this_machine(), tuple(rows))


def shown(view: GuideView) -> list[str]:
    return [card.choice.model for card in view.cards if card.choice is not None]


def test_that_without_measurements_the_guide_says_so_and_offers_to_measure(
    view: GuideView, qtbot: QtBot
) -> None:
    assert shown(view)
    assert not view.banner.isHidden()
    assert "Nothing was measured" in view.banner.accessibleName()
    with qtbot.waitSignal(view.measure_asked):
        qtbot.mouseClick(view.measure, Qt.MouseButton.LeftButton)
    view.limit.setValue(100)
    assert shown(view) == []
    assert all(card.isHidden() for card in view.cards)


def test_that_every_answer_changes_the_advice(view: GuideView, results: Results) -> None:
    view.set_results(results)
    assert view.banner.isHidden()
    seen = [shown(view)]
    view.exact.setCurrentIndex(1)
    seen.append(shown(view))
    view.images.setValue(60)
    seen.append(shown(view))
    view.limit.setValue(20)
    seen.append(shown(view))
    view.where.setCurrentIndex(view.where.findData(Where.SMALL))
    seen.append(shown(view))
    assert all(before != after for before, after in itertools.pairwise(seen))
    assert view.answers.where is Where.SMALL
    assert view.answers.limit == pytest.approx(0.02)


def test_that_cards_show_figures_and_what_differs(view: GuideView, results: Results) -> None:
    view.set_results(results)
    first, second = view.cards[:2]
    assert first.choice is not None
    assert first._title.text() == first.choice.title
    assert first._tradeoff.isHidden()
    assert first.choice.title in second._tradeoff.text()
    figures = [value.text() for value, _ in first._figures]
    assert figures[1] == f"{first.choice.top1:.1f} %"
    assert figures[3] == "≈ 8 min 20 s"  # 1,000 images, 10 epochs, 50 ms


def test_that_the_button_takes_the_model_of_its_card(
    view: GuideView, results: Results, qtbot: QtBot
) -> None:
    view.set_results(results)
    with qtbot.waitSignal(view.model_chosen) as chosen:
        qtbot.mouseClick(view.cards[1].use, Qt.MouseButton.LeftButton)
    assert chosen.args == [shown(view)[1]]


def test_that_the_number_of_images_is_the_projects(view: GuideView, opened: Session) -> None:
    assert view.images.value() == 18
