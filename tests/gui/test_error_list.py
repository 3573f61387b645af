"""Several failures at once: newest first, counted, copied and dismissed one by one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QScrollArea, QToolButton, QVBoxLayout, QWidget

from effnet_studio.engine.errors import FolderError, ProjectError
from effnet_studio.gui.errors import Banner
from effnet_studio.gui.i18n import install_language
from effnet_studio.gui.theme import ThemeManager
from effnet_studio.gui.widgets.error_list import KEPT, ErrorList
from tests.gui.announcements import Listener


@pytest.fixture
def errors(qtbot, theme: ThemeManager, english: None) -> Iterator[ErrorList]:
    errors = ErrorList(theme)
    qtbot.addWidget(errors)
    yield errors
    errors.close()


def messages(errors: ErrorList) -> list[str]:
    """What can be read, from top to bottom."""
    return [
        entry.findChild(QLabel, "banner_message").text()
        for entry in errors.entries
        if not entry.isHidden()
    ]


def press(qtbot, errors: ErrorList, name: str) -> None:
    qtbot.mouseClick(errors.findChild(QPushButton, name), Qt.MouseButton.LeftButton)


def test_that_it_takes_no_room_while_nothing_is_wrong(errors: ErrorList) -> None:
    assert errors.isHidden()
    assert errors.error is None


def test_that_the_newest_is_shown_and_the_others_wait_behind_a_button(
    qtbot, errors: ErrorList
) -> None:
    for name in ("First.", "Second.", "Third."):
        errors.show_error(ProjectError(name))
    more = errors.findChild(QPushButton, "errors_more")
    assert messages(errors) == ["Third."]
    assert more.text() == "2 more"
    press(qtbot, errors, "errors_more")
    assert messages(errors) == ["Third.", "Second.", "First."]
    assert more.text() == "Show only the newest"
    press(qtbot, errors, "errors_more")
    assert messages(errors) == ["Third."]


def test_that_the_same_failure_is_counted_and_comes_to_the_head(errors: ErrorList) -> None:
    for name in ("First.", "Second.", "First.", "First."):
        errors.show_error(ProjectError(name))
    assert [entry.times for entry in errors.entries] == [3, 1]
    assert messages(errors) == ["First."]
    count = errors.entries[0].findChild(QLabel, "error_count")
    assert (count.text(), count.toolTip()) == ("3 times", "Happened 3 times")
    assert errors.entries[1].findChild(QLabel, "error_count").isHidden()


def test_that_the_same_message_about_another_file_is_another_failure(errors: ErrorList) -> None:
    errors.show_error(ProjectError("It is broken.", path=Path("/a")))
    errors.show_error(ProjectError("It is broken.", path=Path("/b")))
    assert len(errors.entries) == 2


def test_that_a_folder_without_images_offers_to_choose_another(qtbot, errors: ErrorList) -> None:
    errors.show_error(ProjectError("It is broken."))
    assert errors.entries[0].findChild(QPushButton, "error_folder").isHidden()
    errors.show_error(FolderError("There are no images in it."))
    button = errors.entries[0].findChild(QPushButton, "error_folder")
    assert button.text() == "Choose another folder…"
    with qtbot.waitSignal(errors.folder_asked):
        button.click()


def test_that_each_can_be_dismissed_and_its_report_copied(qtbot, qapp, errors: ErrorList) -> None:
    for name in ("First.", "Second."):
        errors.show_error(ProjectError(name))
    press(qtbot, errors, "errors_more")
    first = errors.entries[1]
    qtbot.mouseClick(first.findChild(QPushButton, "error_copy"), Qt.MouseButton.LeftButton)
    assert "First." in qapp.clipboard().text()
    second = errors.entries[0].findChild(QToolButton, "banner_close")
    qtbot.mouseClick(second, Qt.MouseButton.LeftButton)
    assert messages(errors) == ["First."]
    assert not errors.findChild(QPushButton, "errors_more").isVisible()
    close = errors.entries[0].findChild(QToolButton, "banner_close")
    qtbot.mouseClick(close, Qt.MouseButton.LeftButton)
    assert errors.isHidden()
    assert errors.error is None


def test_that_all_can_be_dismissed_at_once_and_only_some_are_kept(qtbot, errors: ErrorList) -> None:
    for number in range(KEPT + 3):
        errors.show_error(ProjectError(f"Number {number}."))
    assert len(errors.entries) == KEPT
    press(qtbot, errors, "errors_dismiss_all")
    assert errors.entries == ()
    assert errors.isHidden()


def test_that_screen_readers_are_interrupted_with_cause_and_remedy(
    errors: ErrorList, heard: Listener
) -> None:
    errors.show_error(ProjectError("It is broken.", hint="Mend it.", path=Path("/p")))
    assert heard.urgent == [f"It is broken. Mend it. {Path('/p')}"]


def test_that_without_a_button_below_it_the_text_has_the_width_of_the_window(
    qtbot, errors: ErrorList
) -> None:
    errors.resize(800, 200)
    errors.show_error(ProjectError("There is not enough memory.", hint="Choose something smaller."))
    errors.show()
    qtbot.waitExposed(errors)
    message = errors.entries[0].findChild(QLabel, "banner_message")
    assert message.width() > 400
    assert message.height() < 2 * message.fontMetrics().height()


def test_that_many_long_failures_are_scrolled_and_not_cut_off(
    qtbot, theme: ThemeManager, english: None
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    errors = ErrorList(theme, window)
    QVBoxLayout(window).addWidget(errors, 0, Qt.AlignmentFlag.AlignTop)
    for number in range(KEPT):
        errors.show_error(ProjectError(f"{number} of them " * 12, hint="Mend it. " * 20))
    window.resize(500, 400)
    with qtbot.waitExposed(window):
        window.show()
    press(qtbot, errors, "errors_more")

    def whole() -> bool:
        labels = [entry.findChild(QLabel, "banner_message") for entry in errors.entries]
        return all(label.height() >= label.heightForWidth(label.width()) for label in labels)

    scroll = errors.findChild(QScrollArea, "errors_scroll")
    qtbot.waitUntil(lambda: whole() and scroll.verticalScrollBar().maximum() > 0)
    assert scroll.height() < 0.4 * window.height(), "the page below keeps its room"
    press(qtbot, errors, "errors_dismiss_all")
    errors.show_error(ProjectError("It is broken."))
    qtbot.waitUntil(lambda: scroll.height() == errors.entries[0].height())
    assert scroll.verticalScrollBar().maximum() == 0


def test_that_the_words_follow_the_language(qapp, errors: ErrorList) -> None:
    for name in ("First.", "Second."):
        errors.show_error(ProjectError(name))
    install_language(qapp, "zh_CN")
    qapp.processEvents()
    assert messages(errors) == ["Second."], "what was folded away stays so"
    copy = errors.entries[0].findChild(QPushButton, "error_copy")
    assert copy.text() == "复制报告"


def test_that_the_sign_stands_on_the_line_of_a_single_sentence(
    qtbot, theme: ThemeManager, english: None
) -> None:
    banner = Banner(theme)
    qtbot.addWidget(banner)
    button = QPushButton("Do it", banner)
    banner.add_button(button)
    banner.resize(600, 60)
    banner.set_texts("One sentence.")
    with qtbot.waitExposed(banner):
        banner.show()
    message = banner.findChild(QLabel, "banner_message")
    middle = message.geometry().center().y()
    assert abs(banner._icon.geometry().center().y() - middle) <= 1
    banner.set_texts("One sentence.", "And what to do about it, which takes a second line.")
    qtbot.waitUntil(lambda: banner._icon.y() <= message.y() + 2)
