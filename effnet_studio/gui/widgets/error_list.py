"""What went wrong, newest first: several failures stay until each was seen to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from effnet_studio.engine.errors import FolderError, ImagesGoneError
from effnet_studio.gui.announcer import announce
from effnet_studio.gui.errors import ErrorPanel, describe_error
from effnet_studio.gui.names import named
from effnet_studio.gui.text import sentences_text
from effnet_studio.gui.theme import SPACE_1, SPACE_2, set_role, set_tone
from effnet_studio.gui.widgets.label import Label

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent, QShowEvent

    from effnet_studio.engine.errors import StudioError
    from effnet_studio.gui.theme import ThemeManager

KEPT: Final = 4
"""So many stay here; the history has all."""
_MOST_SHARE: Final = 0.38
"""Of the window's height; more failures than that are scrolled, and the page stays usable."""


class ErrorEntry(ErrorPanel):
    """One failure, and how often it happened.

    Args:
        theme: Tints the icons.
        parent: Qt's owner.
    """

    folder_asked = Signal()
    """Another folder of images is to be chosen, which may mend it."""

    def __init__(self, theme: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._times = 1
        self._count = named(Label(self), "error_count")
        set_role(self._count, "chip")
        set_tone(self._count, "danger")
        self._folder = named(QPushButton(self), "error_folder")
        self._theme.set_icon(self._folder, "folder", size=16)
        self._folder.clicked.connect(self.folder_asked)
        # Below the text: beside it, the words would be left a third of the width.
        below = QHBoxLayout()
        below.setContentsMargins(0, SPACE_1, 0, 0)
        below.addWidget(self._folder)
        below.addStretch(1)  # an empty row may be no wider than its margins, and nor may the text
        self._texts.addLayout(below)
        self._buttons.insertWidget(0, self._count, 0, Qt.AlignmentFlag.AlignVCenter)
        self._show_count()
        self._show_remedy()

    @property
    def times(self) -> int:
        """How often it happened."""
        return self._times

    def count_again(self, error: StudioError) -> None:
        """It happened once more."""
        self._times += 1
        self.show_error(error)

    def take_focus(self) -> None:
        """Put the focus on its first button."""
        self._copy.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @override
    def set_texts(self, message: str, hint: str = "", place: str = "") -> None:
        """Show sentences; whether the entry is seen is for the list to say."""
        folded = self.isHidden()
        super().set_texts(message, hint, place)
        self.setVisible(not folded)

    @override
    def _retranslate(self) -> None:
        super()._retranslate()
        if hasattr(self, "_count"):
            self._show_count()
            self._show_remedy()

    def _show_remedy(self) -> None:
        """Offer another folder where that is what the hint advises."""
        gone = isinstance(self.error, ImagesGoneError)
        self._folder.setText(
            self.tr("Import from their new place…") if gone else self.tr("Choose another folder…")
        )
        self._folder.setAccessibleName(self._folder.text())
        self._folder.setVisible(isinstance(self.error, (FolderError, ImagesGoneError)))

    def _show_count(self) -> None:
        self._count.setText(self.tr("%Ln time(s)", "", self._times))
        often = self.tr("Happened %n time(s)", "", self._times)
        self._count.setToolTip(often)
        self._count.setAccessibleName(often)
        self._count.setVisible(self._times > 1)


class _Rows(QScrollArea):
    """As high as its entries are, up to a share of the window; then it is scrolled.

    Args:
        parent: Qt's owner.

    Attributes:
        column: Where the entries stand.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("errors_scroll")
        self._watched: QWidget | None = None
        self._body = named(QWidget(self), "scroll_body")
        self.column = QVBoxLayout(self._body)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(SPACE_2)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the entries have buttons
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setWidget(self._body)
        self._body.installEventFilter(self)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._watched is not self.window():
            self._watched = self.window()
            self._watched.installEventFilter(self)
        self._fit()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kinds = {QEvent.Type.Resize, QEvent.Type.LayoutRequest}
        if event.type() in kinds and (watched is self._watched or watched is self._body):
            self._fit()
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        needed = self.column.totalHeightForWidth(self.viewport().width())
        self.setFixedHeight(min(max(0, needed), round(_MOST_SHARE * self.window().height())))


class ErrorList(QWidget):
    """The newest failure in full, and those before it behind a button.

    Args:
        theme: Tints the icons.
        parent: Qt's owner.
    """

    folder_asked = Signal()
    """Another folder of images is to be chosen, which may mend a failure."""
    error_shown = Signal(object)
    """A :class:`~effnet_studio.engine.errors.StudioError` came up."""

    def __init__(self, theme: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("error_list")
        self._theme = theme
        self._expanded = False
        self._entries: list[ErrorEntry] = []
        self._more = named(QPushButton(self), "errors_more")
        self._dismiss_all = named(QPushButton(self), "errors_dismiss_all")
        for button in (self._more, self._dismiss_all):
            set_role(button, "ghost")
        self._build_ui()
        self._more.clicked.connect(self._on_more)
        self._dismiss_all.clicked.connect(self.clear)
        self._arrange()

    def _build_ui(self) -> None:
        self._scroll = _Rows(self)
        self._rows = self._scroll.column
        self._foot = QWidget(self)
        foot = QHBoxLayout(self._foot)
        foot.setContentsMargins(0, 0, 0, 0)
        foot.setSpacing(SPACE_2)
        foot.addWidget(self._more)
        foot.addStretch(1)
        foot.addWidget(self._dismiss_all)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE_2)
        layout.addWidget(self._scroll)
        layout.addWidget(self._foot)

    @property
    def error(self) -> StudioError | None:
        """The newest; None while nothing is wrong."""
        return self._entries[0].error if self._entries else None

    @property
    def entries(self) -> tuple[ErrorEntry, ...]:
        """What is shown or folded away, newest first."""
        return tuple(self._entries)

    @Slot(object)
    def show_error(self, error: StudioError) -> None:
        """Put a failure at the head; the same as one that stands here is counted."""
        words = describe_error(error)
        entry = next((each for each in self._entries if _words(each) == words), None)
        if entry is None:
            entry = ErrorEntry(self._theme, self)
            entry.closed.connect(self._on_closed)
            entry.folder_asked.connect(self.folder_asked)
            entry.show_error(error)
        else:
            self._entries.remove(entry)
            self._rows.removeWidget(entry)
            entry.count_again(error)
        self._entries.insert(0, entry)
        self._rows.insertWidget(0, entry)
        for old in self._entries[KEPT:]:
            self._remove(old)
        self._arrange()
        announce(self, sentences_text(words), assertive=True)
        self.error_shown.emit(error)

    @Slot()
    def clear(self) -> None:
        """Take all away."""
        for entry in list(self._entries):
            self._remove(entry)
        self._arrange()

    def take_focus(self) -> bool:
        """Put the focus on the newest failure.

        Returns:
            Whether there is one.
        """
        if self._entries:
            self._entries[0].take_focus()
        return bool(self._entries)

    @Slot()
    def _on_closed(self) -> None:
        entry = self.sender()
        if isinstance(entry, ErrorEntry) and entry in self._entries:
            self._remove(entry)
            self._arrange()
            self.take_focus()

    @Slot()
    def _on_more(self) -> None:
        self._expanded = not self._expanded
        self._arrange()

    def _remove(self, entry: ErrorEntry) -> None:
        self._entries.remove(entry)
        self._rows.removeWidget(entry)
        entry.hide()
        entry.deleteLater()

    def _arrange(self) -> None:
        several = len(self._entries) > 1
        self._expanded = self._expanded and several
        for place, entry in enumerate(self._entries):
            entry.setVisible(place == 0 or self._expanded)
        self._foot.setVisible(several)
        self._theme.set_icon(
            self._more, "chevron-down" if self._expanded else "chevron-right", size=16
        )
        self._retranslate()
        self.setVisible(bool(self._entries))

    def _retranslate(self) -> None:
        rest = max(0, len(self._entries) - 1)
        more = self.tr("%n more", "", rest)
        self._more.setText(self.tr("Show only the newest") if self._expanded else more)
        self._dismiss_all.setText(self.tr("Dismiss all"))

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()


def _words(entry: ErrorEntry) -> tuple[str, str, str] | None:
    return describe_error(entry.error) if entry.error is not None else None
