"""The guide in the window: contents, search, history, and how one gets there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QObject, Qt, QUrl, Slot
from PySide6.QtGui import QColor, QDesktopServices, QImage, QTextDocument
from PySide6.QtWidgets import QLabel, QLineEdit, QListView, QToolButton, QTreeWidget, QWidget

from effnet_studio.gui.colors import DARK, LIGHT
from effnet_studio.gui.i18n import install_language
from effnet_studio.gui.pages.guide import GuidePage
from effnet_studio.gui.widgets.guide.guide_reader import GuideReader
from effnet_studio.gui.widgets.help_mark import HelpMark
from effnet_studio.guide import library
from tests.guide.conftest import small_guide as small_guide  # noqa: PLC0414 - a fixture

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from effnet_studio.gui.main_window import MainWindow
    from effnet_studio.guide.library import Guide


@pytest.fixture(autouse=True)
def _only_the_small_guide(small_guide: Guide, monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests of the machine do not depend on what the pages say."""
    monkeypatch.setattr(library, "guide_dir", lambda: small_guide.folder)


@pytest.fixture
def page(qtbot: QtBot, window: MainWindow) -> Iterator[GuidePage]:
    """The guide, shown without a project."""
    window.resize(1100, 760)
    window.show()
    qtbot.waitExposed(window)
    window.actions_by_key["guide"].trigger()
    shown = window.page("guide")
    assert isinstance(shown, GuidePage)
    yield shown
    window.hide()


def _text(page: GuidePage) -> str:
    return page.reader.toPlainText()


def _tree(page: GuidePage) -> QTreeWidget:
    tree = page.findChild(QTreeWidget, "guide_tree")
    assert isinstance(tree, QTreeWidget)
    return tree


def _search(page: GuidePage) -> QLineEdit:
    search = page.findChild(QLineEdit, "guide_search")
    assert isinstance(search, QLineEdit)
    return search


def test_that_the_guide_needs_no_project_and_begins_at_the_beginning(page: GuidePage) -> None:
    assert page.isVisible()
    assert _text(page).startswith("Begin")
    assert _tree(page).currentItem().text(0) == "Begin"


def test_that_a_page_is_chosen_in_the_contents(qtbot: QtBot, page: GuidePage) -> None:
    tree = _tree(page)
    tree.setFocus()
    qtbot.keyClick(tree, Qt.Key.Key_End)
    assert page.reader.key == "concept-freezing"
    assert page.reader.accessibleName() == "Freezing"


def test_that_links_lead_on_and_alt_left_leads_back(qtbot: QtBot, page: GuidePage) -> None:
    page.open("concept-freezing")
    page.reader.setSource(QUrl(page.reader.link("train", "presets")))
    assert page.reader.key == "train"
    assert _tree(page).currentItem().text(0) == "Train"
    qtbot.keyClick(page.reader, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert page.reader.key == "concept-freezing"
    qtbot.mouseClick(page.findChild(QToolButton, "guide_forward"), Qt.MouseButton.LeftButton)
    assert page.reader.key == "train"


def test_that_keys_scroll_at_once_and_the_page_says_its_title(
    qtbot: QtBot, page: GuidePage, small_guide: Guide
) -> None:
    long = "# Long\n\n" + "A line.\n\n" * 200
    (small_guide.folder / "en" / "long.md").write_text(long, encoding="utf-8")
    page.open("long")
    focus = page.window().focusWidget()
    assert focus is page, "nothing lights up unasked"
    qtbot.keyClick(focus, Qt.Key.Key_PageDown)
    assert page.reader.verticalScrollBar().value() > 0
    assert page.accessibleName() == "Long"


def test_that_a_search_is_answered_at_once_and_marks_what_it_found(
    qtbot: QtBot, page: GuidePage
) -> None:
    search = _search(page)
    qtbot.keyClicks(search, "freezing")
    results = page.findChild(QListView, "guide_results")
    assert isinstance(results, QListView)
    assert results.isVisible()
    assert [results.model().index(row, 0).data() for row in range(2)] == ["Freezing", "Train"]
    qtbot.keyClick(search, Qt.Key.Key_Return)
    assert page.reader.key == "concept-freezing"
    marks = page.reader.extraSelections()
    assert [mark.cursor.selectedText().lower() for mark in marks] == ["freezing"]
    (chosen,) = results.selectionModel().selectedIndexes()
    assert chosen.row() == 0, "the open page is marked in the list"


def test_that_esc_first_ends_the_search_and_then_the_guide(
    qtbot: QtBot, window: MainWindow, page: GuidePage
) -> None:
    search = _search(page)
    search.setFocus()
    qtbot.keyClicks(search, "zebra")
    assert page.findChild(QLabel, "guide_nothing").isVisible()
    qtbot.keyClick(search, Qt.Key.Key_Escape)
    assert search.text() == ""
    assert _tree(page).isVisible()
    assert page.reader.extraSelections() == []
    qtbot.keyClick(search, Qt.Key.Key_Escape)
    assert window.stack.currentWidget() is window.welcome


def test_that_ctrl_f_goes_to_the_search_and_down_to_what_it_found(
    qtbot: QtBot, page: GuidePage
) -> None:
    qtbot.keyClick(page.reader, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    search = _search(page)
    assert page.window().focusWidget() is search
    qtbot.keyClicks(search, "preset")
    qtbot.keyClick(search, Qt.Key.Key_Down)
    assert page.window().focusWidget() is page.findChild(QWidget, "guide_results")
    assert page.reader.key == "train", "a heading counts more than a line"


def test_that_the_guide_follows_the_language(qtbot: QtBot, qapp, page: GuidePage) -> None:
    page.open("concept-freezing")
    install_language(qapp, "zh_CN")
    qtbot.waitUntil(lambda: _text(page).startswith("冻结"))
    assert _tree(page).topLevelItem(0).text(0) == "页面"
    page.open("train")
    assert _text(page).count("\n") > 3, "an English page with a note above"
    assert not _text(page).startswith("Train")
    _search(page).setText("冻结")
    assert page.findChild(QListView, "guide_results").model().rowCount() == 1


def test_that_pictures_follow_theme_and_width(
    qtbot: QtBot, window: MainWindow, page: GuidePage, small_guide: Guide
) -> None:
    from PIL import Image

    for name, color in (("train", "white"), ("train-dark", "black")):
        picture = Image.new("RGB", (1280, 800), color)
        picture.save(small_guide.folder / "pictures" / f"{name}.png")
    page.open("concept-freezing")
    kind = QTextDocument.ResourceType.ImageResource

    def shown() -> QImage:
        return page.reader.document().resource(kind, QUrl("guide:///pictures/train"))

    def color() -> str:
        return shown().pixelColor(5, 5).name(QColor.NameFormat.HexArgb)

    room = shown().size()
    assert color() == "#00000000", "it comes in a turn of its own"
    qtbot.waitUntil(lambda: color() == "#ffffffff")
    wide = shown().size()
    assert wide == room, "nothing moves when it comes"
    assert wide.width() < 1280, "as wide as the text"
    window.theme.set_mode("dark")
    qtbot.waitUntil(lambda: color() == "#ff000000")
    window.resize(960, 640)
    qtbot.waitUntil(lambda: shown().width() < wide.width())
    qtbot.waitUntil(lambda: color() == "#ff000000")
    assert page.reader.horizontalScrollBar().maximum() == 0


def test_that_a_page_left_behind_follows_the_theme_too(
    qtbot: QtBot, window: MainWindow, page: GuidePage
) -> None:
    page.open("concept-freezing")

    def look() -> str:
        return page.reader.document().toHtml()

    before = look()
    assert LIGHT.text in before
    window.actions_by_key["settings"].trigger()
    qtbot.waitUntil(lambda: not page.isVisible())
    window.theme.set_mode("dark")
    assert look() == before, "not in the turn in which all that is seen follows"
    qtbot.waitUntil(lambda: look() != before)
    assert DARK.text in look()


def test_that_a_page_that_does_not_exist_says_so(page: GuidePage) -> None:
    page.open("zebras")
    assert "does not exist" in _text(page)
    assert _tree(page).currentItem() is None


def test_that_addresses_of_the_web_are_opened_by_the_browser(qtbot: QtBot, page: GuidePage) -> None:
    browser = _Browser()
    QDesktopServices.setUrlHandler("https", browser, "open")
    try:
        page.open("concept-freezing")
        qtbot.keyClick(page.reader, Qt.Key.Key_Tab)  # the link to another page
        qtbot.keyClick(page.reader, Qt.Key.Key_Tab)
        qtbot.keyClick(page.reader, Qt.Key.Key_Return)
    finally:
        QDesktopServices.unsetUrlHandler("https")
    assert browser.addresses == ["https://example.org/paper"]
    assert page.reader.key == "concept-freezing"


class _Browser(QObject):
    def __init__(self) -> None:
        super().__init__()
        self.addresses: list[str] = []

    @Slot(QUrl)
    def open(self, url: QUrl) -> None:
        self.addresses.append(url.toString())


# -- how one gets there ------------------------------------------------------------------------


def test_that_f1_opens_the_page_about_what_is_shown(
    qtbot: QtBot, window: MainWindow, opened: object
) -> None:
    window.show()
    qtbot.waitUntil(window.isActiveWindow)
    window.show_page("train")
    qtbot.keyClick(window.page("train"), Qt.Key.Key_F1)
    page = window.page("guide")
    assert isinstance(page, GuidePage)
    assert page.reader.key == "train"
    qtbot.keyClick(page, Qt.Key.Key_Escape)
    assert window.current_key == "train"
    window.show_page("models")
    qtbot.keyClick(window.page("models"), Qt.Key.Key_F1)
    assert page.reader.key == "start", "there is no page about this one"
    window.hide()


def test_that_the_first_f1_shows_its_page_once_the_guide_was_made(
    qtbot: QtBot, window: MainWindow, opened: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.show()
    qtbot.waitUntil(window.isActiveWindow)
    train = window.page("train")
    window.show_page("train")
    rendered: list[str] = []
    html = GuideReader._html
    monkeypatch.setattr(
        GuideReader, "_html", lambda reader, key: rendered.append(key) or html(reader, key)
    )
    qtbot.keyClick(train, Qt.Key.Key_F1)
    assert "guide" not in window.stack.made_pages(), "not in the turn of the key"
    qtbot.waitUntil(lambda: bool(rendered))
    qtbot.wait(50)
    assert rendered == ["train"], "no page that nobody asked for"
    assert window.stack.currentWidget() is window.stack.made_pages()["guide"]
    window.hide()


def test_that_f1_in_a_field_opens_the_page_about_it(
    qtbot: QtBot, window: MainWindow, opened: object
) -> None:
    window.show()
    qtbot.waitUntil(window.isActiveWindow)
    window.show_page("train")
    field = window.page("train").findChild(QWidget, "field_freeze")
    field.setFocus()
    qtbot.keyClick(field, Qt.Key.Key_F1)
    page = window.page("guide")
    assert isinstance(page, GuidePage)
    assert page.reader.key == "concept-freezing"
    qtbot.keyClick(page, Qt.Key.Key_F1)
    assert page.reader.key == "concept-freezing", "whoever reads is left in peace"
    window.hide()


def test_that_marks_come_in_the_order_in_which_they_are_seen(window: MainWindow) -> None:
    train, evaluate = window.page("train"), window.page("evaluate")
    mark = train.findChild(HelpMark, "help_freeze")
    assert mark.nextInFocusChain() is train.findChild(QWidget, "field_freeze")
    tabs = evaluate.findChild(QWidget, "evaluate_tabs")
    assert tabs.nextInFocusChain() is evaluate.findChild(HelpMark, "evaluate_help")


def test_that_a_help_mark_says_what_it_is_and_opens_its_page(
    qtbot: QtBot, window: MainWindow, opened: object
) -> None:
    window.show()
    window.show_page("train")
    mark = window.page("train").findChild(HelpMark, "help_freeze")
    assert isinstance(mark, HelpMark)
    assert mark.toolTip() == "To freeze a stage is to keep what it knows."
    assert "Freezing" in mark.accessibleName()
    mark.setFocus()
    qtbot.keyClick(mark, Qt.Key.Key_Space)
    assert window.current_key == "guide"
    page = window.page("guide")
    assert isinstance(page, GuidePage)
    assert page.reader.key == "concept-freezing"
    window.hide()


def test_that_a_help_mark_in_a_dialog_opens_the_main_windows_guide(
    qtbot: QtBot, window: MainWindow
) -> None:
    from PySide6.QtWidgets import QDialog

    window.show()
    dialog = QDialog(window)
    mark = HelpMark("train", window.theme, dialog)
    with qtbot.waitSignal(mark.asked):
        mark.click()
    assert window.current_key == "guide"
    window.hide()


def test_that_a_mark_follows_the_tabs(qtbot: QtBot, window: MainWindow, opened: object) -> None:
    page = window.page("evaluate")
    mark = page.findChild(HelpMark, "evaluate_help")
    tabs = page.findChild(QWidget, "evaluate_tabs")
    tabs.setCurrentIndex(tabs.count() - 1)
    assert mark.page == "concept-grad-cam"
    tabs.setCurrentIndex(0)
    assert mark.page == "concept-accuracy-intervals"


def test_that_the_marks_speak_the_windows_language(qtbot: QtBot, qapp, window: MainWindow) -> None:
    mark = HelpMark("concept-freezing", window.theme, window)
    install_language(qapp, "zh_CN")
    qtbot.waitUntil(lambda: mark.toolTip() == "冻结一个阶段，就是保留它已经学到的内容。")
