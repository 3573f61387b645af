"""The doctor's report in the window."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QBoxLayout, QLabel, QProgressBar, QPushButton, QWidget

from effnet_studio.engine.connections import Connection, Outcome, Purpose
from effnet_studio.engine.doctor import speed as speed_module
from effnet_studio.engine.doctor.examine import Examination, Group
from effnet_studio.engine.doctor.hosts import hosts_in_use
from effnet_studio.engine.doctor.references import REFERENCES
from effnet_studio.engine.doctor.speed import Speed, kept_speed
from effnet_studio.engine.facts.fact import Fact, Level, Remedy
from effnet_studio.engine.messages import msg
from effnet_studio.gui.dialogs.weights import WeightsDialog
from effnet_studio.gui.i18n import install_language
from effnet_studio.gui.pages.doctor import DoctorPage
from effnet_studio.gui.widgets.doctor.full_table import FullTable
from effnet_studio.gui.widgets.doctor.speed_card import times_text

if TYPE_CHECKING:
    from effnet_studio.gui.main_window import MainWindow
    from effnet_studio.gui.session import Session

WELL = Fact("disk", msg("Disk"), msg("much"))
WARNING = Fact(
    "weights",
    msg("Downloaded weights"),
    msg("damaged"),
    Level.WARNING,
    msg("Download them again."),
    remedy=Remedy.WEIGHTS,
)
PROBLEM = Fact(
    "torch",
    msg("PyTorch"),
    msg("not installed"),
    Level.PROBLEM,
    msg("Set up."),
    command="do a\ndo b",
)


@pytest.fixture
def page(window: MainWindow) -> DoctorPage:
    page = window.page("doctor")
    assert isinstance(page, DoctorPage)
    return page


def _show(page: DoctorPage, *facts: Fact, **more: object) -> None:
    page.set_examination(Examination((Group("computer", msg("Computer"), facts),), **more))


def _click(qtbot, page: QWidget, name: str) -> None:
    qtbot.mouseClick(page.findChild(QPushButton, name), Qt.MouseButton.LeftButton)


def _text(page: QWidget, name: str) -> str:
    """Text of the label that is shown; older ones of the name may wait for their deletion."""
    return [label for label in page.findChildren(QLabel, name) if not label.isHidden()][-1].text()


def test_that_the_doctor_is_a_page_that_needs_no_project(qtbot, window: MainWindow) -> None:
    window.show()
    window.actions_by_key["doctor"].trigger()
    page = window.page("doctor")
    assert window.stack.currentWidget() is page
    assert _text(page, "empty_title") == "Looking around…"
    qtbot.waitUntil(lambda: page.findChild(QLabel, "fact_memory") is not None, timeout=60_000)
    for name in ("fact_torch", "fact_screen", "fact_data_folder", "fact_starter", "fact_device"):
        qtbot.waitUntil(lambda name=name: page.findChild(QLabel, name) is not None)
        assert _text(page, name)
    qtbot.keyClick(page, Qt.Key.Key_Escape)
    assert window.stack.currentWidget() is window.welcome
    window.hide()


def test_that_looking_again_looks_again(qtbot, window: MainWindow, page: DoctorPage) -> None:
    _show(page, PROBLEM)
    with qtbot.waitSignal(window.session.jobs.job_finished, timeout=60_000):
        _click(qtbot, page, "doctor_again")
        assert not page.findChild(QPushButton, "doctor_again").isEnabled()
    assert page.findChild(QPushButton, "doctor_again").isEnabled()
    assert page.findChild(QLabel, "fact_processor") is not None


def test_that_problems_come_first_with_what_to_do(qtbot, qapp, page: DoctorPage) -> None:
    _show(page, WELL, WARNING, PROBLEM)
    look = page.findChild(QWidget, "card_look")
    assert [row.objectName() for row in look.children() if row.isWidgetType()][2:] == [
        "look_row_torch",
        "look_row_weights",
    ]
    assert _text(page, "doctor_verdict") == "1 problem found, 1 thing to look at"
    assert _text(look, "look_hint_torch") == "Set up."
    assert _text(look, "look_torch") == "not installed"
    assert "Problem" in look.findChild(QLabel, "look_torch").accessibleName()
    assert page.findChild(QLabel, "fact_hint_torch") is None  # what to do is said once
    _click(qtbot, look, "look_copy_torch")
    assert qapp.clipboard().text() == "do a\ndo b"


def test_that_only_cards_that_say_something_else_are_made_anew(qtbot, page: DoctorPage) -> None:
    def groups(*facts: Fact) -> tuple[Group, ...]:
        versions = (Fact("qt", msg("Qt"), msg("6")),)
        return Group("computer", msg("Computer"), facts), Group("parts", msg("Parts"), versions)

    def card(key: str) -> QWidget:
        (found,) = [c for c in page.findChildren(QWidget, f"card_{key}") if not c.isHidden()]
        return found

    page.set_examination(Examination(groups(WELL)))
    qtbot.waitUntil(lambda: page.findChild(QLabel, "fact_qt") is not None)
    computer, parts = card("computer"), card("parts")
    place = page._left.indexOf(computer)
    page.set_examination(Examination(groups(replace(WELL, value=msg("little")))))
    qtbot.waitUntil(lambda: _text(page, "fact_disk") == "little")
    assert card("parts") is parts
    assert card("computer") is not computer
    assert page._left.indexOf(card("computer")) == place


def test_that_the_verdict_follows_the_worst(page: DoctorPage) -> None:
    _show(page, WELL)
    assert _text(page, "doctor_verdict") == "All is well"
    assert not [card for card in page.findChildren(QWidget, "card_look") if not card.isHidden()]
    _show(page, WELL, WARNING)
    assert _text(page, "doctor_verdict") == "1 thing to look at"
    _show(page, WELL)
    assert _text(page, "doctor_verdict") == "All is well"


def test_that_a_remedy_opens_the_weights(qtbot, window: MainWindow, page: DoctorPage) -> None:
    _show(page, WARNING)
    _click(qtbot, page, "look_remedy_weights")
    (dialog,) = window.findChildren(WeightsDialog)
    assert dialog.isVisible()
    dialog.close()


def test_that_a_folder_is_opened(
    qtbot, page: DoctorPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    _show(page, replace(WELL, remedy=Remedy.FOLDER, path=tmp_path))
    _click(qtbot, page, "fact_remedy_disk")
    assert [Path(url.toLocalFile()) for url in opened] == [tmp_path]


def test_that_the_report_is_copied_in_english_without_the_home_folder(
    qtbot, qapp, page: DoctorPage, isolated_home: Path
) -> None:
    install_language(qapp, "zh_CN")
    _show(page, replace(WELL, value=msg("in {path}", path=str(isolated_home / "x"))))
    _click(qtbot, page, "doctor_copy")
    text = qapp.clipboard().text()
    assert "Disk: in ~" in text
    assert "Screen: " in text
    assert str(isolated_home) not in text


def test_that_a_language_changed_changes_everything(qapp, page: DoctorPage) -> None:
    _show(page, WELL)
    assert page.findChild(QPushButton, "speed_measure").text() == "Measure speed"
    install_language(qapp, "zh_CN")
    qapp.processEvents()
    chinese = page.findChild(QPushButton, "doctor_copy").text()
    install_language(qapp, "en")
    qapp.processEvents()
    assert chinese != "Copy report"
    assert page.findChild(QPushButton, "doctor_copy").text() == "Copy report"
    assert _text(page, "fact_disk") == "much"


def test_that_the_cards_stand_below_each_other_where_it_is_narrow(
    qtbot, window: MainWindow, page: DoctorPage
) -> None:
    window.show()
    window.show_page("doctor")
    page.resize(1200, 700)
    assert page._beside.direction() == QBoxLayout.Direction.LeftToRight
    page.resize(800, 700)
    assert page._beside.direction() == QBoxLayout.Direction.TopToBottom
    qtbot.waitUntil(lambda: page.examination is not None, timeout=60_000)
    window.hide()


# -- speed -------------------------------------------------------------------------------------


def test_that_speed_is_measured_by_a_job_and_kept(
    qtbot, page: DoctorPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(speed_module, "SIZE", 32)
    monkeypatch.setattr(speed_module, "ROUND_SECONDS", 0.0)
    _show(page, WELL)
    assert _text(page, "speed_verdict") == "Not measured yet."
    with qtbot.waitSignal(page.session.jobs.job_finished, timeout=120_000):
        _click(qtbot, page, "speed_measure")
        assert _text(page, "speed_verdict") == "Measuring…"
        assert not page.findChild(QPushButton, "speed_stop").isHidden()
    assert "small computer in the cloud" in _text(page, "speed_verdict")
    assert "A training of 200 images with Balanced" in _text(page, "speed_example")
    table = page.findChild(FullTable, "speed_table")
    assert len(table.rows) == 1 + len(REFERENCES)
    assert page.examination.speed == kept_speed()


def test_that_measuring_can_be_stopped(
    qtbot, page: DoctorPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(speed_module, "SIZE", 32)
    monkeypatch.setattr(speed_module, "ROUND_SECONDS", 1000.0)
    _show(page, WELL)
    with qtbot.waitSignal(page.session.jobs.job_finished, timeout=120_000):
        _click(qtbot, page, "speed_measure")
        _click(qtbot, page, "speed_stop")
    assert _text(page, "speed_verdict") == "Not measured yet."
    assert page.findChild(QProgressBar, "speed_bar").isHidden()
    assert kept_speed() is None


def test_that_nothing_is_measured_beside_other_work(
    qtbot, page: DoctorPage, session: Session
) -> None:
    button = page.findChild(QPushButton, "speed_measure")
    job = session.jobs.start(_wait, title="Training", kind="train", heavy=False)
    assert not button.isEnabled()
    assert "has finished" in button.toolTip()
    with qtbot.waitSignal(session.jobs.job_finished):
        job.cancel()
    assert button.isEnabled()


def _wait(*, on_event: object, cancel: object) -> None:
    while True:
        cancel.check()


@pytest.mark.parametrize(
    ("times", "words"),
    [(0.42, "0.42 times"), (1.04, "As fast as"), (1.5, "1.5"), (61.2, "61 times")],
)
def test_that_the_comparison_is_as_exact_as_is_useful(english, times: float, words: str) -> None:
    assert words in times_text(times)


# -- network -----------------------------------------------------------------------------------


def test_that_what_was_asked_and_when_is_listed(qtbot, page: DoctorPage) -> None:
    asked = Connection(
        "1",
        "github.com",
        Purpose.WEIGHTS,
        "2026-11-20T09:41:00+00:00",
        Outcome.FAILED,
        0,
        "net.pth",
    )
    _show(page, WELL, hosts=hosts_in_use((asked,), {}), connections=(asked,), proxy="p.example:80")
    hosts = {row[0]: row for row in page.findChild(FullTable, "network_hosts").rows}
    assert hosts["download.pytorch.org"][2] == "never"
    assert hosts["github.com"][2].endswith("(no connection)")
    assert "p.example:80" in _text(page, "network_about")
    journal = page.findChild(FullTable, "network_journal")
    assert journal.isHidden()
    _click(qtbot, page, "network_more")
    assert not journal.isHidden()
    assert journal.rows[0][1] == "github.com"
    assert "net.pth" in journal.rows[0][2]


def test_that_without_connections_there_is_nothing_to_unfold(page: DoctorPage) -> None:
    _show(page, WELL, hosts=hosts_in_use((), {}))
    assert page.findChild(QPushButton, "network_more").isHidden()


def test_that_a_measurement_of_before_is_shown_with_its_date(page: DoctorPage) -> None:
    before = Speed("CPU", "cpu", 8, 9.0, 6.0, 3.0, "2.13.0", "", "2026-11-20T09:41:00+00:00")
    _show(page, WELL, speed=before)
    assert "with PyTorch 2.13.0" in _text(page, "speed_source")
    assert page.findChild(QPushButton, "speed_measure").text() == "Measure again"
