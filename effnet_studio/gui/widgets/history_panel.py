"""What ran and what came of it: a panel over the page, above the job bar."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, QRect, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QStackedLayout,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from effnet_studio.gui.jobs import JobState
from effnet_studio.gui.models.history_rows import history_rows
from effnet_studio.gui.models.marked_rows import KEY_ROLE, MarkedRows
from effnet_studio.gui.names import named
from effnet_studio.gui.notices.outcome import remedy_text
from effnet_studio.gui.theme import SPACE_1, SPACE_2, SPACE_3, SPACE_4, set_role
from effnet_studio.gui.widgets.empty_state import EmptyState
from effnet_studio.gui.widgets.label import Label
from effnet_studio.gui.widgets.marked_list import MarkedList
from effnet_studio.gui.widgets.overlay import FocusReturn, corner

if TYPE_CHECKING:
    from collections.abc import Sequence

    from effnet_studio.gui.notices.outcome import Outcome
    from effnet_studio.gui.theme import ThemeManager

_WIDTH: Final = 440
_HEIGHT: Final = 520
_EMPTY_HEIGHT: Final = 300


class HistoryPanel(QFrame):
    """A list, and what can be done with the entry chosen; Esc closes it.

    Args:
        area: What it lies upon.
        bar: Stands at the foot of the area while it is visible; the panel keeps above it.
        theme: Colours and icons.
    """

    opened = Signal()
    closed = Signal()
    clear_asked = Signal()
    page_asked = Signal(str)
    """Key of the page that shows what the entry is about."""

    def __init__(self, area: QWidget, bar: QWidget, theme: ThemeManager) -> None:
        super().__init__(area)
        self.setObjectName("history_panel")
        set_role(self, "popover")
        self._area, self._bar, self._theme = area, bar, theme
        self._entries: dict[str, Outcome] = {}
        self._project = ""
        self._return = FocusReturn(self)
        self._model = MarkedRows(self)
        self._build_ui()
        self._connect()
        self._retranslate()
        self.hide()

    def _build_ui(self) -> None:
        self._title = named(Label(self), "history_title")
        set_role(self._title, "strong")
        self._clear = named(QPushButton(self), "history_clear")
        self._close = named(QToolButton(self), "history_close")
        self.list = MarkedList(self._model, "history_list", self._theme, self)
        self._empty = EmptyState(self._theme, "clock", self, text_width=_WIDTH - 4 * SPACE_4)
        self._words = named(Label(self), "history_words")
        self._words.setWordWrap(True)
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        set_role(self._words, "caption")
        self._copy = named(QPushButton(self), "history_copy")
        self._show = named(QPushButton(self), "history_show")
        for button, icon in ((self._clear, "trash"), (self._close, "close"), (self._copy, "copy")):
            set_role(button, "ghost")
            self._theme.set_icon(button, icon, size=16)
        head = QHBoxLayout()
        head.setContentsMargins(SPACE_3, 0, SPACE_1, 0)
        head.setSpacing(SPACE_2)
        head.addWidget(self._title, 1)
        head.addWidget(self._clear)
        head.addWidget(self._close)
        self._foot = QWidget(self)
        buttons = QHBoxLayout()
        buttons.setSpacing(SPACE_2)
        buttons.addStretch(1)
        buttons.addWidget(self._copy)
        buttons.addWidget(self._show)
        foot = QVBoxLayout(self._foot)
        foot.setContentsMargins(SPACE_3, 0, SPACE_3, 0)
        foot.setSpacing(SPACE_3)
        foot.addWidget(self._words)
        foot.addLayout(buttons)
        self._middle = QStackedLayout()
        self._middle.addWidget(self._empty)
        self._middle.addWidget(self.list)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE_2, SPACE_3, SPACE_2, SPACE_3)
        layout.setSpacing(SPACE_3)
        layout.addLayout(head)
        layout.addLayout(self._middle, 1)
        layout.addWidget(self._foot)

    def _connect(self) -> None:
        self._clear.clicked.connect(self.clear_asked)
        self._close.clicked.connect(self.close_panel)
        self._copy.clicked.connect(self._on_copy)
        self._show.clicked.connect(self._on_show)
        self.list.activated.connect(self._on_activated)
        self.list.selectionModel().currentChanged.connect(self._on_current_changed)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._on_focus_changed)
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self.close_panel)
        self._area.installEventFilter(self)
        self._bar.installEventFilter(self)

    # -- from outside --------------------------------------------------------------------------

    def set_entries(self, entries: Sequence[Outcome], project: str) -> None:
        """Show other entries; what is chosen stays chosen.

        Args:
            entries: Newest first.
            project: Folder of the open project: its entries lead to their pages.
        """
        chosen = self._chosen_key()
        self._project = project
        self._entries = {entry.key: entry for entry in entries}
        self._model.set_rows(history_rows(entries, project))
        self._middle.setCurrentWidget(self.list if entries else self._empty)
        self._clear.setVisible(bool(entries))
        keys = list(self._entries)
        if keys:
            self.list.setCurrentIndex(
                self._model.index(keys.index(chosen) if chosen in self._entries else 0)
            )
            if self._close.hasFocus():  # it was empty when it was opened
                self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        self._show_chosen()
        self._place()

    @Slot()
    def open_panel(self) -> None:
        """Show the panel and go there; closing it gives the focus back."""
        self._return.remember()
        self._place()
        self.show()
        self.raise_()
        self.opened.emit()
        target = self.list if self._entries else self._close
        target.setFocus(Qt.FocusReason.PopupFocusReason)

    @Slot()
    def close_panel(self) -> None:
        """Hide the panel."""
        if self.isHidden():
            return
        focused = QApplication.focusWidget()
        inside = focused is not None and self.isAncestorOf(focused)
        self.hide()
        if inside:
            self._return.give_back()
        self.closed.emit()

    @Slot(QWidget, QWidget)
    def _on_focus_changed(self, _before: QWidget | None, now: QWidget | None) -> None:
        """Make way for what gets the focus below: nobody could see it."""
        if now is None or self.isHidden() or now.window() is not self.window():
            return
        if now is self or self.isAncestorOf(now) or now.isAncestorOf(self):
            return
        place = QRect(now.mapToGlobal(QPoint(0, 0)), now.size())
        if place.intersects(QRect(self.mapToGlobal(QPoint(0, 0)), self.size())):
            self.close_panel()

    # -- inside --------------------------------------------------------------------------------

    def _chosen_key(self) -> str:
        return str(self.list.currentIndex().data(KEY_ROLE) or "")

    def _chosen(self) -> Outcome | None:
        return self._entries.get(self._chosen_key())

    def _page_of(self, entry: Outcome) -> str:
        return entry.page if entry.project == self._project or entry.page == "models" else ""

    def _show_chosen(self) -> None:
        entry = self._chosen()
        if entry is None:
            self._foot.hide()
            return
        failed = entry.state is JobState.FAILED
        self._words.setText(remedy_text(entry))
        self._words.setVisible(failed)
        self._copy.setText(self.tr("Copy report"))
        self._copy.setVisible(bool(entry.report))
        self._show.setVisible(bool(self._page_of(entry)))
        self._foot.setVisible(failed or bool(self._page_of(entry)))

    @Slot(QModelIndex, QModelIndex)
    def _on_current_changed(self) -> None:
        self._show_chosen()

    @Slot(QModelIndex)
    def _on_activated(self) -> None:
        self._on_show()

    @Slot()
    def _on_show(self) -> None:
        entry = self._chosen()
        if entry is not None and self._page_of(entry):
            self.close_panel()
            self.page_asked.emit(self._page_of(entry))

    @Slot()
    def _on_copy(self) -> None:
        entry = self._chosen()
        if entry is not None:
            QGuiApplication.clipboard().setText(entry.report)
            self._copy.setText(self.tr("Copied"))

    def _place(self) -> None:
        height = _HEIGHT if self._entries else _EMPTY_HEIGHT
        self.setGeometry(corner(self._area, self._bar, _WIDTH, height))

    def _retranslate(self) -> None:
        self._title.setText(self.tr("Job history"))
        self.setAccessibleName(self._title.text())
        self.list.setAccessibleName(self._title.text())
        self._clear.setText(self.tr("Clear"))
        self._clear.setToolTip(self.tr("Empty this list; nothing else is deleted"))
        self._close.setAccessibleName(self.tr("Close the job history"))
        self._close.setToolTip(self.tr("Close (Esc)"))
        self._copy.setText(self.tr("Copy report"))
        self._show.setText(self.tr("Show"))
        self._show.setToolTip(self.tr("Go to the page that shows the result"))
        self._empty.set_texts(
            self.tr("Nothing has run yet"),
            self.tr(
                "Reading images, training, exports: what they came to is listed here, "
                "and stays after the app is closed."
            ),
        )
        self._model.set_rows(history_rows(self._entries.values(), self._project))
        self._show_chosen()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self.isVisible() and event.type() in {
            QEvent.Type.Resize,
            QEvent.Type.ShowToParent,
            QEvent.Type.HideToParent,
        }:
            self._place()
        return False

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
