"""The pages of the window: two tables, and the stack that makes them when they are first shown."""

from __future__ import annotations

import gc
import importlib
import importlib.util
import linecache
import os
import pkgutil
import sys
import time
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QStackedWidget, QWidget
from typing_extensions import override

from effnet_studio.gui.pages.aside import AsidePage
from effnet_studio.gui.pages.base import Page
from effnet_studio.gui.preload import (
    keeping_libraries_shut,
    loading_heavy_modules,
    opening_libraries,
)
from effnet_studio.gui.restyler import hold_parts, parts_of
from effnet_studio.gui.turns import CallQueue, TurnTimer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from effnet_studio.gui.session import Session
    from effnet_studio.gui.settings import Settings
    from effnet_studio.gui.theme import ThemeManager


@dataclass(frozen=True)
class PageSpec:
    """A page by name, so that it is imported when it is first shown.

    Attributes:
        key: Name in code.
        class_name: In ``effnet_studio.gui.pages.<key>``.
        icon: In the navigation.
    """

    key: str
    class_name: str
    icon: str


PAGES: Final = (
    PageSpec("data", "DataPage", "data"),
    PageSpec("train", "TrainPage", "train"),
    PageSpec("evaluate", "EvaluatePage", "evaluate"),
    PageSpec("predict", "PredictPage", "predict"),
    PageSpec("export", "ExportPage", "export"),
    PageSpec("models", "ModelsPage", "models"),
)

ASIDES: Final = (
    PageSpec("guide", "GuidePage", "help"),
    PageSpec("settings", "SettingsPage", "settings"),
    PageSpec("doctor", "DoctorPage", "doctor"),
)
"""Pages about the app and the computer; they need no project, and lead back to where one was."""

_WIDGETS: Final = {"models": "architectures", "settings": "preferences"}
"""Packages of the pages' widgets, where they are not called like the page."""
_WITH_PLOTS: Final = ("train", "evaluate", "export", "models")
_PLOTTING: Final = (
    *("subprocess", "multiprocessing.connection", "pydoc", "xml.etree.ElementTree"),
    *("importlib.resources", "decimal", "cProfile", "numpy.typing", "mmap"),
    *("pyqtgraph", "effnet_studio.gui.widgets.plots.plot_canvas"),
)
"""What draws plots, after the larger ones of the modules it needs: all in one go take 0.1 s."""
_WARM_UP_MS: Final = 40
"""Between two steps of :meth:`PageStack.warm_up`, in which clicks and keys are answered."""
_REST_MS: Final = 60
"""Between two hidden pages that learn the new language, in which clicks and keys are answered."""
_SLICE_SECONDS: Final = 0.005
"""Of steps that are done in one go; the last may take longer."""
_AGAIN_MS: Final = 20
"""Until it is looked again whether what does better to go first is done."""


class PageStack(QStackedWidget):
    """Holds the pages, one of which is shown.

    Args:
        session: For the pages.
        theme: For the pages.
        settings: For the pages beside the work.
        parent: Qt's owner.
    """

    navigation_asked = Signal(str)
    """Key of the page that a page wants shown next."""
    files_sent = Signal(str, object)
    """Key of a page, and files that another page sends there."""
    page_made = Signal(object)
    """A page that was never shown before is about to be."""
    aside_left = Signal()
    """A page beside the work is to be closed."""
    action_asked = Signal(str)
    """Key of an action that a page beside the work wants done."""

    def __init__(
        self,
        session: Session,
        theme: ThemeManager,
        settings: Settings,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("page_stack")
        hold_parts(self)
        self._session = session
        self._theme = theme
        self._settings = settings
        self._pages: dict[str, Page] = {}
        self._begun: dict[str, Page] = {}
        self._wanted = ""
        self._steps = self._make_steps()
        self._untranslated: list[QObject] = []
        self._turns = CallQueue(self)
        self._paint = TurnTimer(self)
        self._paint.timeout.connect(self._let_paint)
        self._rest = QTimer(self, singleShot=True, interval=_REST_MS)
        self._rest.timeout.connect(self._translate_next)

    @property
    def current_key(self) -> str:
        """Key of the page shown, or about to be; empty where that is none of the table."""
        current = self.currentWidget()
        shown = next((key for key, page in self._pages.items() if page is current), "")
        return self._wanted or shown

    def made_pages(self) -> dict[str, Page]:
        """The pages that there are so far, by their keys."""
        return dict(self._pages)

    def page(self, key: str) -> Page:
        """A page by its key, made when it is first asked for.

        If it is about to be shown, it is shown now.
        """
        self._make(key)
        self._add(key)
        page = self._pages[key]
        if key == self._wanted:
            self.setCurrentWidget(page)
            page.setFocus()
        return page

    def show_page(self, key: str, *, soon: bool = False) -> None:
        """Show a page and give it the focus.

        One that was not shown yet is made first, in steps between which the window answers: all
        at once take up to 0.3 s. So learns one the language that changed while it was hidden.

        Args:
            key: Which.
            soon: Not in this turn of the event loop in any case: what is told to the page
                meanwhile costs little, as nothing of it is laid out yet.
        """
        self._wanted = key
        made = self._pages.get(key)
        ready = made is not None and self.indexOf(made) >= 0 and made not in self._untranslated
        if not self.isVisible() or (ready and not soon):
            self.page(key)
        else:
            self._go_on(self._steps_to_show(key), 0, opening_libraries)

    @override
    def setCurrentWidget(self, widget: QWidget) -> None:
        """Show a widget: it is laid out at once and painted in a turn of its own.

        Until then the one before is seen; both in one turn keep the window for twice as long.
        """
        self._wanted = ""
        if self.isVisible() and widget is not self.currentWidget():
            self.setUpdatesEnabled(False)
            self._paint.start()
        super().setCurrentWidget(widget)

    @override
    def hasHeightForWidth(self) -> bool:
        """Pages fill the window; else Qt asks all of them, also the hidden, how high they are."""
        return False

    @Slot()
    def _let_paint(self) -> None:
        self.setUpdatesEnabled(True)

    @Slot()
    def warm_up(self) -> None:
        """Load and make what was not shown yet, one small step at a time.

        In the window's own thread: PySide makes its types when they are first used, and does not
        bear that from two threads at once.
        """
        self._go_on(self._steps, _WARM_UP_MS, loading_heavy_modules)

    def make_soon(self, key: str) -> None:
        """Make a page that is about to be shown, in steps between which the window answers."""
        self._go_on(self._steps_of(key), 0, loading_heavy_modules)

    def _go_on(
        self, steps: Iterator[Callable[[], object]], pause: int, busy: Callable[[], bool]
    ) -> None:
        """Do some steps in turns of the event loop, with so many milliseconds between them.

        Small ones are done together; none is done while something else does better to go first.
        """
        again = partial(self._next_turn, steps, pause, busy)
        wait = _AGAIN_MS if busy() else pause
        QTimer.singleShot(wait, self, partial(self._turns.add, again))

    def _next_turn(
        self, steps: Iterator[Callable[[], object]], pause: int, busy: Callable[[], bool]
    ) -> None:
        until = time.monotonic() + _SLICE_SECONDS
        while not busy() and time.monotonic() < until:
            with keeping_libraries_shut() as kept:
                if not kept:
                    break
                step = next(steps, None)
                if step is None or not self.isVisible():
                    return
                step()
        self._go_on(steps, pause, busy)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep a new language from hidden pages for a moment: all at once take 0.2 s."""
        kind = event.type()
        if kind == QEvent.Type.LanguageChange:
            if not self.isVisible() or watched is self.currentWidget():
                return False
            if watched not in self._untranslated:
                self._untranslated.append(watched)
            self._rest.start()
            return True
        if kind == QEvent.Type.Show and watched in self._untranslated:
            self._translate(watched)
        return super().eventFilter(watched, event)

    @Slot()
    def _translate_next(self) -> None:
        if self._untranslated:
            self._translate(self._untranslated[0])
            self._rest.start()

    def _translate(self, page: QObject) -> None:
        self._untranslated.remove(page)
        page.removeEventFilter(self)  # else it would be kept again
        QCoreApplication.sendEvent(page, QEvent(QEvent.Type.LanguageChange))
        page.installEventFilter(self)

    def _add(self, key: str) -> None:
        page = self._pages[key]
        if self.indexOf(page) < 0:
            self.addWidget(page)
            page.installEventFilter(self)
            self._theme.add_parts(page)
            self.page_made.emit(page)

    def _make(self, key: str) -> None:
        """Make what there is not yet of a page."""
        while key not in self._pages:
            self._make_on(key)

    def _make_on(self, key: str) -> None:
        """Make some of a page, outside of the window: there it is quicker, and nothing is seen."""
        if key in self._pages:
            return
        page = self._begun.pop(key, None)  # one that cannot be made is begun anew next time
        if page is None:
            self._begun[key] = self._begin(key)
        else:
            (self._begun if page.make_on() else self._pages)[key] = page

    def _begin(self, key: str) -> Page:
        spec = next(each for each in (*PAGES, *ASIDES) if each.key == key)
        module = importlib.import_module(f"effnet_studio.gui.pages.{key}")
        kind: type[Page] = getattr(module, spec.class_name)
        if not issubclass(kind, AsidePage):
            page = kind(self._session, self._theme, in_steps=True)
        else:
            page = kind(self._session, self._theme, self._settings, in_steps=True)
            page.left.connect(self.aside_left)
            page.action_asked.connect(self.action_asked)
        page.navigation_asked.connect(self.navigation_asked)
        page.files_sent.connect(self.files_sent)
        return page

    def _make_steps(self) -> Iterator[Callable[[], object]]:
        for page in (*PAGES, *ASIDES):
            yield from self._steps_of(page.key)

    def _steps_of(self, key: str) -> Iterator[Callable[[], object]]:
        if key in _WITH_PLOTS and _PLOTTING[-1] not in sys.modules:
            yield from _plot_steps()
        # The modules of its widgets one by one: all of a page's at once take up to 80 ms.
        widgets = importlib.import_module(f"effnet_studio.gui.widgets.{_WIDGETS.get(key, key)}")
        for module in pkgutil.iter_modules(widgets.__path__, f"{widgets.__name__}."):
            yield partial(importlib.import_module, module.name)
        yield partial(importlib.import_module, f"effnet_studio.gui.pages.{key}")
        while key not in self._pages:
            yield partial(self._make_on, key)
        if self.indexOf(self._pages[key]) < 0:
            for part in list(parts_of(self._pages[key])):
                yield partial(self._theme.add_parts, part)
            yield partial(self._add, key)
            # The page stays: it need not be walked in each collection, 60 ms at a time. So does
            # what is garbage in cycles at this moment.
            yield gc.freeze

    def _steps_to_show(self, key: str) -> Iterator[Callable[[], object]]:
        yield from self._steps_of(key)
        if self._pages[key] in self._untranslated:
            yield partial(self._translate, self._pages[key])
        yield partial(self.page, key)


def _plot_steps() -> Iterator[Callable[[], object]]:
    # pyqtgraph looks at everything in these modules when it is imported, and PySide makes each type
    # when it is first looked at.
    for module in ("QtCore", "QtGui", "QtWidgets"):
        yield partial(_make_types, f"PySide6.{module}")
    # PySide reads the text of each module that is imported, to see what it imports from PySide.
    plotting = importlib.util.find_spec("pyqtgraph")
    for place in (plotting and plotting.submodule_search_locations) or ():
        for folder, below, files in os.walk(place):
            below[:] = {*below} - {"examples", "__pycache__"}  # nobody imports those
            modules = (Path(folder) / name for name in files if name.endswith(".py"))
            yield partial(_read, tuple(modules))
    for name in _PLOTTING:
        yield partial(importlib.import_module, name)


def _read(modules: Iterable[Path]) -> None:
    for file in modules:
        linecache.getlines(str(file))


def _make_types(module: str) -> None:
    loaded = importlib.import_module(module)
    for name in dir(loaded):
        getattr(loaded, name)
