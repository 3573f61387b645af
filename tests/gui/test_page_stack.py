"""Pages are made ahead, in steps, where that holds nobody up."""

from __future__ import annotations

import sys
import threading
from itertools import takewhile
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtWidgets import QLabel
from typing_extensions import override

from effnet_studio.gui import page_stack, preload
from effnet_studio.gui.i18n import install_language
from effnet_studio.gui.page_stack import ASIDES, PAGES, PageStack
from effnet_studio.gui.theme import SPACE_6

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from effnet_studio.gui.session import Session
    from effnet_studio.gui.settings import Settings
    from effnet_studio.gui.theme import ThemeManager


class Paintings(QObject):
    """Counts how often something is painted."""

    def __init__(self) -> None:
        super().__init__()
        self.count = 0

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.Paint
        return False


@pytest.fixture
def stack(
    qtbot: QtBot, session: Session, theme: ThemeManager, settings: Settings, english: None
) -> Iterator[PageStack]:
    """On view, without a page."""
    stack = PageStack(session, theme, settings)
    qtbot.addWidget(stack)
    with qtbot.waitExposed(stack):
        stack.show()
    yield stack
    stack.hide()


def test_that_all_pages_are_made_ahead(
    qtbot: QtBot, stack: PageStack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page_stack, "_WARM_UP_MS", 1)
    stack.warm_up()
    wanted = {page.key for page in (*PAGES, *ASIDES)}
    qtbot.waitUntil(lambda: set(stack.made_pages()) == wanted, timeout=60_000)
    assert stack.current_key == PAGES[0].key


def test_that_what_draws_plots_is_loaded_in_steps_before_a_page_that_has_some(
    stack: PageStack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(sys.modules, page_stack._PLOTTING[-1], raising=False)
    loaded = [(name,) for name in page_stack._PLOTTING]

    def steps_before(key: str) -> list[tuple[object, ...]]:
        """Those before the page is made; only listed, not done."""
        every = (step.args for step in stack._steps_of(key))
        return list(takewhile(lambda each: each != (key,), every))

    steps = steps_before("models")
    places = [steps.index(each) for each in loaded]
    assert places == sorted(places)
    assert not {*loaded} & {*steps_before("doctor")}


def test_that_a_page_half_made_bears_another_language_and_is_made_at_once_when_asked_for(
    stack: PageStack, qapp: QApplication
) -> None:
    keys = [page.key for page in (*PAGES, *ASIDES)]
    try:
        for number, key in enumerate(keys):
            for _ in range(2 + number % 5):
                stack._make_on(key)
        install_language(qapp, "zh_CN")
        QCoreApplication.processEvents()
        titles = {key: stack.page(key).findChild(QLabel, "page_title").text() for key in keys}
    finally:
        install_language(qapp, "en")
    assert not [title for title in titles.values() if title.isascii()]


def test_that_nothing_is_made_ahead_while_torch_is_loaded(qtbot: QtBot, stack: PageStack) -> None:
    preload._loading.set()
    try:
        stack.make_soon("guide")
        qtbot.wait(150)
        assert not stack.made_pages()
        assert stack.page("doctor") is not None, "who asks for a page gets it at once"
    finally:
        preload._loading.clear()
    qtbot.waitUntil(lambda: "guide" in stack.made_pages(), timeout=20_000)


def test_that_a_page_is_not_made_in_the_turn_of_the_click(qtbot: QtBot, stack: PageStack) -> None:
    here = stack.page("doctor")
    stack.setCurrentWidget(here)
    stack.show_page("settings")
    assert "settings" not in stack.made_pages()
    assert stack.currentWidget() is here
    assert stack.current_key == "settings", "where the user is going"
    qtbot.waitUntil(lambda: stack.currentWidget() is stack.made_pages().get("settings"))
    assert stack.currentWidget().hasFocus()


def test_that_the_last_page_asked_for_is_shown(qtbot: QtBot, stack: PageStack) -> None:
    here = stack.page("doctor")
    stack.setCurrentWidget(here)
    stack.show_page("settings")
    stack.show_page("guide")
    qtbot.waitUntil(lambda: {"settings", "guide"} <= set(stack.made_pages()))
    qtbot.waitUntil(lambda: stack.currentWidget() is stack.page("guide"))
    stack.show_page("data")
    stack.setCurrentWidget(here)
    qtbot.waitUntil(lambda: "data" in stack.made_pages())
    qtbot.wait(100)
    assert stack.currentWidget() is here, "who went elsewhere meanwhile stays there"


def test_that_a_page_waits_only_while_libraries_are_opened(qtbot: QtBot, stack: PageStack) -> None:
    stack.setCurrentWidget(stack.page("doctor"))
    preload._loading.set()
    try:
        with preload._opening:
            stack.show_page("guide")
            qtbot.wait(150)
            assert "guide" not in stack.made_pages()
        qtbot.waitUntil(lambda: stack.currentWidget() is stack.made_pages().get("guide"))
    finally:
        preload._loading.clear()


def test_that_no_library_is_opened_while_a_page_is_made(
    qtbot: QtBot, stack: PageStack, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """To import waits for whatever is being opened, and the window with it."""
    package = tmp_path / "libraried"
    package.mkdir()
    for name in ("__init__.py", "one.so"):
        (package / name).touch()
    order: list[str] = []
    opener = threading.Thread(target=preload.open_libraries, args=("libraried",))

    make_on = PageStack._make_on

    def making(stack: PageStack, key: str) -> None:
        if not order:
            opener.start()
            opener.join(0.1)
            order.append(key)
        make_on(stack, key)

    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setitem(preload._LIBRARIES, "libraried", ("*.so",))
    monkeypatch.setattr(preload, "_opener", lambda: lambda file: order.append(file.name))
    monkeypatch.setattr(PageStack, "_make_on", making)
    stack.make_soon("guide")
    qtbot.waitUntil(lambda: "one.so" in order)
    opener.join()
    assert order == ["guide", "one.so"]


def test_that_hidden_pages_learn_a_new_language_one_after_the_other(
    qtbot: QtBot, stack: PageStack, qapp: QApplication
) -> None:
    keys = ("doctor", "guide", "settings")
    pages = [stack.page(key) for key in keys]
    stack.setCurrentWidget(pages[0])

    def titles() -> list[str]:
        return [page.header.findChild(QLabel, "page_title").text() for page in pages]

    english = titles()
    install_language(qapp, "zh_CN")
    qtbot.waitUntil(lambda: titles()[0] != english[0])
    assert titles()[1:] == english[1:], "pages that nobody sees hold nobody up"
    stack.setCurrentWidget(pages[2])
    assert titles()[2] != english[2], "one that is shown speaks the language at once"
    qtbot.waitUntil(lambda: titles()[1] != english[1])
    install_language(qapp, "en")
    qtbot.waitUntil(lambda: titles() == english)


def test_that_a_page_learns_the_language_before_it_is_shown_and_in_another_turn(
    qtbot: QtBot, stack: PageStack, qapp: QApplication
) -> None:
    here, there = stack.page("doctor"), stack.page("guide")
    title = there.header.findChild(QLabel, "page_title")
    stack.setCurrentWidget(here)
    english = title.text()
    install_language(qapp, "zh_CN")
    qtbot.waitUntil(lambda: there in stack._untranslated)
    stack.show_page("guide")
    assert stack.current_key == "guide"
    assert stack.currentWidget() is here
    assert title.text() == english, "not in the turn of the click"
    qtbot.waitUntil(lambda: stack.currentWidget() is there)
    assert title.text() != english
    install_language(qapp, "en")
    qtbot.waitUntil(lambda: title.text() == english)


def test_that_torch_is_said_to_be_loaded_only_meanwhile(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []

    def load() -> None:
        seen.append(preload.loading_heavy_modules())
        raise KeyError

    monkeypatch.setattr(preload, "_MODULES", ("no_such_module",))
    monkeypatch.setattr(preload, "_load_modules", load)
    with pytest.raises(KeyError):
        preload.load_heavy_modules()
    assert seen == [True]
    assert not preload.loading_heavy_modules()


def test_that_a_page_is_laid_out_in_one_turn_and_painted_in_another(
    qtbot: QtBot, stack: PageStack
) -> None:
    page, painted = stack.page("settings"), Paintings()
    stack.setCurrentWidget(stack.page("doctor"))
    qtbot.waitUntil(stack.updatesEnabled)
    page.header.installEventFilter(painted)
    stack.show_page("settings")
    QCoreApplication.sendPostedEvents()
    assert page.header.width() == stack.currentWidget().contentsRect().width() - 2 * SPACE_6
    assert painted.count == 0
    qtbot.waitUntil(lambda: painted.count > 0)
