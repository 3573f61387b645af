"""One recent project: a picture, what is known of it, and what can be done with it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QRectF, Qt, QUrl, Signal, Slot
from PySide6.QtGui import (
    QContextMenuEvent,
    QDesktopServices,
    QImage,
    QPainter,
    QPainterPath,
    QPixmap,
)
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from effnet_studio.gui.models.recent_words import day_text, days_since, facts_text, missing_text
from effnet_studio.gui.names import named
from effnet_studio.gui.projects import Presence
from effnet_studio.gui.theme import SPACE_1, SPACE_2, SPACE_3, repolish, set_role, set_tone
from effnet_studio.gui.widgets.elided_label import ElidedLabel
from effnet_studio.gui.widgets.label import Label

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from effnet_studio.gui.settings import RecentProject
    from effnet_studio.gui.theme import ThemeManager

SIDE: Final = 44
"""Of the picture."""
HEIGHT: Final = SIDE + 2 * SPACE_2 + 2
"""With the line around it that shows the focus."""
_WEEK: Final = 7
_STEPS: Final = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
_ENDS: Final = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: -1}


class RecentRow(QPushButton):
    """One project; a click or Enter opens it, Delete takes it off the list.

    Args:
        project: What to show.
        theme: Tints the icons.
        parent: Qt's owner.
    """

    forgotten = Signal(str)
    """Path of the project that is to go off the list."""
    find_asked = Signal()
    """The user knows where the project is now."""
    stepped = Signal(int)
    """Another row is wanted: so many further down."""
    jumped = Signal(int)
    """The first (0) or the last (-1) row is wanted."""

    def __init__(
        self, project: RecentProject, theme: ThemeManager, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("recent_row")
        set_role(self, "row")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFixedHeight(HEIGHT)
        self.project = project
        self.presence = Presence.HERE
        self.has_picture = False
        self._theme = theme
        self._build_ui()
        self._retranslate()

    def _build_ui(self) -> None:
        self._picture = Label(self)
        self._picture.setFixedSize(SIDE, SIDE)
        self._picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._theme.set_icon(self._picture, "folder", tone="faint", size=24)
        self._name = named(Label(self.project.name, self), "recent_name")
        self._name.setTextFormat(Qt.TextFormat.PlainText)
        self._place = ElidedLabel("recent_place", self)
        self._facts = named(Label(self), "recent_facts")
        self._opened = named(Label(self), "recent_opened")
        for label in (self._place, self._facts, self._opened):
            set_role(label, "caption")
        self._find = named(QPushButton(self), "recent_find")
        set_role(self._find, "link")
        self._find.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # by keys it is in the menu
        self._find.clicked.connect(self.find_asked)
        self._find.hide()
        self._forget = named(QToolButton(self), "recent_forget")
        set_role(self._forget, "ghost")
        self._forget.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # by keys it is Delete, or the menu
        self._theme.set_icon(self._forget, "close", size=14)
        self._forget.clicked.connect(self._on_forget)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(SPACE_2, SPACE_2, SPACE_2, SPACE_2)
        layout.setSpacing(SPACE_3)
        layout.addWidget(self._picture)
        layout.addLayout(_column(self._name, self._place), 1)
        layout.addLayout(_column(self._facts, self._opened))
        layout.addWidget(self._find)
        layout.addWidget(self._forget)
        for label in (self._facts, self._opened):
            label.setAlignment(Qt.AlignmentFlag.AlignRight)
        for label in (self._picture, self._name, self._place, self._facts, self._opened):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    # -- what is known -----------------------------------------------------------------------------

    def set_picture(self, image: QImage) -> None:
        """Show a picture, cropped to a rounded square."""
        if self.presence is not Presence.HERE:
            return
        self.has_picture = True
        self._picture.setProperty("icon_name", None)
        self._picture.setPixmap(_rounded(image, self.devicePixelRatioF()))

    def set_presence(self, presence: Presence) -> None:
        """Say whether the project is where it was; one that is missing is greyed."""
        self.presence = presence
        missing = presence is not Presence.HERE
        self._find.setVisible(self._is_lost)
        if missing:
            self.has_picture = False
            self._theme.set_icon(self._picture, "warning", tone="faint", size=24)
        set_role(self._name, "muted" if missing else "")
        set_tone(self._opened, "warning" if missing else "")
        for label in (self._name, self._opened):
            repolish(label)
        self._retranslate()

    @property
    def _is_lost(self) -> bool:
        """Whether it can be looked for; one of a newer version lies where it was."""
        return self.presence not in {Presence.HERE, Presence.NEWER}

    # -- what is done ------------------------------------------------------------------------------

    @Slot()
    def _on_forget(self) -> None:
        self.forgotten.emit(self.project.path)

    @Slot()
    def _on_show_folder(self) -> None:
        root = Path(self.project.path)
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(root)))

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        keyboard = event.reason() is QContextMenuEvent.Reason.Keyboard
        menu = self.make_menu()
        menu.popup(self.mapToGlobal(self.rect().center()) if keyboard else event.globalPos())

    def make_menu(self) -> QMenu:
        """What can be done with the project, as a menu that goes away by itself."""
        menu = named(QMenu(self), "recent_menu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        open_it = menu.addAction(self.tr("Open"))
        if self._is_lost:
            find = menu.addAction(self.tr("Find it…"))
            find.triggered.connect(self.find_asked)
        folder = menu.addAction(self.tr("Show its folder"))
        menu.addSeparator()
        forget = menu.addAction(self.tr("Take off this list"))
        open_it.triggered.connect(self.click)
        folder.setEnabled(self.presence in {Presence.HERE, Presence.EMPTY, Presence.NEWER})
        folder.triggered.connect(self._on_show_folder)
        forget.triggered.connect(self._on_forget)
        return menu

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _STEPS:
            self.stepped.emit(_STEPS[key])
        elif key in _ENDS:
            self.jumped.emit(_ENDS[key])
        elif key in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
            self._on_forget()
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
        else:
            super().keyPressEvent(event)

    # -- words -------------------------------------------------------------------------------------

    def _opened_text(self) -> str:
        """When it was open last, as one says it."""
        then = self.project.opened
        if then <= 0:
            return ""
        match days_since(then):
            case 0:
                return self.tr("Opened today")
            case 1:
                return self.tr("Opened yesterday")
            case days if days < _WEEK:
                return self.tr("Opened %n day(s) ago", "", days)
        return self.tr("Opened on {day}").format(day=day_text(then))

    def _retranslate(self) -> None:
        facts, opened = facts_text(self.project), self._opened_text()
        missing = missing_text(self.presence)
        self._place.set_whole(self.project.path)
        self._facts.setText(facts)
        self._opened.setText(missing or opened)
        self.setAccessibleName(self.project.name)
        told = [text for text in (facts, missing or opened, self.project.path) if text]
        self.setAccessibleDescription(", ".join(told))
        self.setToolTip(self.project.path)
        self._find.setText(self.tr("Find it…"))
        self._find.setAccessibleName(self.tr("Find {name}").format(name=self.project.name))
        self._find.setToolTip(self.tr("Choose the folder where the project is now"))
        self._forget.setToolTip(self.tr("Take off this list (the project itself stays)"))
        self._forget.setAccessibleName(
            self.tr("Take {name} off this list").format(name=self.project.name)
        )

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()


def _column(first: QLabel, second: QLabel) -> QVBoxLayout:
    texts = QVBoxLayout()
    texts.setSpacing(SPACE_1)
    texts.addWidget(first)
    texts.addWidget(second)
    return texts


def _rounded(image: QImage, ratio: float) -> QPixmap:
    side = round(SIDE * ratio)
    scaled = image.scaled(
        side,
        side,
        Qt.AspectRatioMode.KeepAspectRatioByExpanding,
        Qt.TransformationMode.SmoothTransformation,
    )
    result = QPixmap(side, side)
    result.fill(Qt.GlobalColor.transparent)
    painter = QPainter(result)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    shape = QPainterPath()
    shape.addRoundedRect(QRectF(0, 0, side, side), 6 * ratio, 6 * ratio)
    painter.setClipPath(shape)
    painter.drawImage((side - scaled.width()) // 2, (side - scaled.height()) // 2, scaled)
    painter.end()
    result.setDevicePixelRatio(ratio)
    return result
