"""The card of a job: it follows the window's language like everything else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QLabel

from effnet_studio.engine.events import Progress, Stage
from effnet_studio.gui.i18n import install_language
from effnet_studio.gui.widgets.work_card import WorkCard

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from effnet_studio.engine.cancel import CancelToken
    from effnet_studio.engine.events import OnEvent
    from effnet_studio.gui.jobs import JobRunner
    from effnet_studio.gui.theme import ThemeManager


def _title() -> str:
    return QCoreApplication.translate("EvaluationKeeper", "Checking the model")


def _work(*, on_event: OnEvent, cancel: CancelToken) -> None:
    on_event(Progress(Stage.EVALUATE, 64, 192, "images", 31.0, 4.0))


def test_that_title_and_progress_follow_the_language(
    qtbot: QtBot, qapp: QApplication, runner: JobRunner, theme: ThemeManager, english: None
) -> None:
    card = WorkCard(theme)
    qtbot.addWidget(card)
    job = runner.start(_work, title=_title, kind="evaluate")
    with qtbot.waitSignal(job.event_received, timeout=10_000):
        card.follow(job)
    title, detail = (card.findChild(QLabel, f"work_{name}") for name in ("title", "detail"))
    assert title.text() == "Checking the model"
    assert "64 of 192 images" in detail.text()
    install_language(qapp, "zh_CN")
    qtbot.waitUntil(lambda: title.text() != "Checking the model")
    assert "images" not in detail.text()
