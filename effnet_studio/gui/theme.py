"""Sizes and fonts of the window, and the manager that switches between the themes."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QLocale, QObject, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QFont, QFontDatabase, QFontInfo, QGuiApplication
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QLabel,
    QPushButton,
    QStyleFactory,
    QWidget,
)

from effnet_studio.gui.colors import (
    CONTRAST_DARK,
    CONTRAST_LIGHT,
    DARK,
    LIGHT,
    THEMES,
    Theme,
    ThemeMode,
    make_palette,
)
from effnet_studio.gui.icons import DIRECTED, icon, pixmap
from effnet_studio.gui.restyler import Restyler
from effnet_studio.gui.style import style_sheet

if TYPE_CHECKING:
    from collections.abc import Sequence
# Spacing: a 4/8-pixel grid.
SPACE_1: Final = 4
SPACE_2: Final = 8
SPACE_3: Final = 12
SPACE_4: Final = 16
SPACE_5: Final = 24
SPACE_6: Final = 32

RADIUS: Final = 8
CONTROL_HEIGHT: Final = 34
ICON_SIZE: Final = 18

# Type scale, in device-independent pixels.
MEASURE: Final = 1440
"""Cards of text become no wider, pixels: lines that long are hard to read."""
FONT_CAPTION: Final = 12
FONT_BODY: Final = 13
FONT_STRONG: Final = 15
FONT_TITLE: Final = 20
FONT_DISPLAY: Final = 28


class ThemeManager(QObject):
    """Applies a theme to the application, and again whenever it changes.

    Args:
        app: The application.
        mode: What the user chose.
    """

    changed = Signal(object)
    """Emitted with the new :class:`Theme` after it was applied."""

    def __init__(self, app: QApplication, mode: ThemeMode | str = ThemeMode.SYSTEM) -> None:
        super().__init__(app)
        self._app = app
        # Both are kept: PySide forgets what it owns of the style hints when it lets go of them.
        # Before Qt 6.10 there is no asking what the system's user needs.
        self._hints = app.styleHints()
        self._needs = self._hints.accessibility() if hasattr(self._hints, "accessibility") else None
        self._mode = ThemeMode(mode)
        self._theme = self._wanted()
        self._restyler = Restyler(self._sheet(), self._tint_within, self)
        app.setStyle(QStyleFactory.create("Fusion"))
        app.setFont(ui_font(app))
        self._apply()
        self._hints.colorSchemeChanged.connect(self._on_system_changed)
        if self._needs is not None:
            self._needs.contrastPreferenceChanged.connect(self._on_system_changed)
        # Once the widgets know of it.
        app.layoutDirectionChanged.connect(self._tint_all, Qt.ConnectionType.QueuedConnection)

    @property
    def theme(self) -> Theme:
        """The theme shown now."""
        return self._theme

    @property
    def mode(self) -> ThemeMode:
        """What the user chose."""
        return self._mode

    def add_window(self, window: QWidget) -> None:
        """Give a window, and all that is in it, the look of the theme.

        The style sheet belongs to the windows and not to the application: a page that is built
        outside of a window is then styled once, when it is put in, and not at every step.
        """
        self._restyler.add_window(window)

    def add_parts(self, widget: QWidget) -> None:
        """Give what joins a window, or a part of it, the look of the theme before it is shown."""
        self._restyler.add_parts(widget)

    def set_mode(self, mode: ThemeMode | str) -> None:
        """Show one of the themes, or follow the system."""
        self._mode = ThemeMode(mode)
        self._refresh()

    def follow_language(self) -> None:
        """Space punctuation as the language of now does."""
        font = ui_font(self._app)
        if font.featureTags() != self._app.font().featureTags():
            self._app.setFont(font)
            self._restyler.restyle(self._sheet())
            QTimer.singleShot(0, self, self._tell)

    def set_icon(self, widget: QWidget, name: str, *, tone: str = "muted", size: int = 0) -> None:
        """Give a button or label an icon that follows the theme from now on.

        Args:
            widget: A ``QAbstractButton`` or ``QLabel``.
            name: File name in ``resources/icons`` without its ending.
            tone: Name of a colour of :class:`Theme`.
            size: Side in pixels; 0 for the usual.
        """
        widget.setProperty("icon_name", name)
        widget.setProperty("icon_tone", tone)
        widget.setProperty("icon_size", size or ICON_SIZE)
        self._tint(widget)

    def _wanted(self) -> Theme:
        if self._mode is not ThemeMode.SYSTEM:
            return THEMES[self._mode]
        dark = self._hints.colorScheme() == Qt.ColorScheme.Dark
        if self._contrast_wanted():
            return CONTRAST_DARK if dark else CONTRAST_LIGHT
        return DARK if dark else LIGHT

    def _contrast_wanted(self) -> bool:
        """Whether the system's user asked it for high contrast."""
        if self._needs is None:
            return False
        return self._needs.contrastPreference() == Qt.ContrastPreference.HighContrast

    @Slot()
    def _on_system_changed(self) -> None:
        self._refresh()

    def _refresh(self) -> None:
        wanted = self._wanted()
        if wanted is not self._theme:
            self._theme = wanted
            self._apply()

    def _apply(self) -> None:
        self._app.setPalette(make_palette(self._theme))
        self._restyler.restyle(self._sheet())
        for widget in self._app.topLevelWidgets():
            if widget.parent() is None and not self._restyler.has(widget):
                self._tint_within(widget)
        self._tell()

    @Slot()
    def _tell(self) -> None:
        self.changed.emit(self._theme)

    def _sheet(self) -> str:
        """The style sheet; another text where Chinese is spoken, as fonts change with a sheet."""
        sheet = style_sheet(self._theme)
        return f"{sheet}/* {QLocale().bcp47Name()} */" if _speaks_chinese() else sheet

    @Slot()
    def _tint_all(self) -> None:
        for widget in self._app.allWidgets():
            if widget.property("icon_name"):
                self._tint(widget)

    def _tint_within(self, holder: QWidget) -> None:
        for widget in (holder, *holder.findChildren(QWidget)):
            if widget.property("icon_name"):
                self._tint(widget)

    def _tint(self, widget: QWidget) -> None:
        name = str(widget.property("icon_name"))
        size = int(widget.property("icon_size"))
        color = str(getattr(self._theme, str(widget.property("icon_tone"))))
        flipped = name in DIRECTED and self._app.isRightToLeft()
        if isinstance(widget, QAbstractButton):
            # Qt leaves 4 pixels between icon and text; twice that reads better.
            worded = isinstance(widget, QPushButton) and widget.property("role") != "square"
            gap = SPACE_1 if worded else 0
            mirrored = widget.layoutDirection() == Qt.LayoutDirection.RightToLeft
            faint = self._theme.faint
            widget.setIcon(
                icon(
                    name,
                    color,
                    disabled=faint,
                    size=size,
                    gap=gap,
                    mirrored=mirrored,
                    flipped=flipped,
                )
            )
            if not widget.iconSize().isEmpty():  # else put away where there is no room for it
                widget.setIconSize(QSize(size + gap, size))
        elif isinstance(widget, QLabel):
            ratio = widget.devicePixelRatioF()
            widget.setPixmap(pixmap(name, color, size, ratio, flipped=flipped))


def ui_font(app: QGuiApplication) -> QFont:
    """The system's font, or on bare Linux desktops the best installed one.

    Chinese glyphs come from the families behind the first.
    """
    families: Sequence[str]
    system = QFontInfo(app.font()).family()
    if sys.platform == "win32":
        families = [system, "Microsoft YaHei UI"]
    elif sys.platform == "darwin":
        families = [system, "PingFang SC"]
    else:
        preferred = ["Inter", "Noto Sans", "Open Sans", "Cantarell", "Ubuntu", "Noto Sans CJK SC"]
        installed = set(QFontDatabase.families())
        bare = system in {"", "DejaVu Sans", "Sans Serif", "Nimbus Sans"}
        best = next((name for name in preferred if name in installed), system)
        chinese = [name for name in ("Noto Sans CJK SC",) if name in installed]
        families = list(dict.fromkeys([best if bare else system, *chinese]))
    font = QFont(list(families))
    font.setPixelSize(FONT_BODY)
    if "CJK" in families[0] and not _speaks_chinese():
        # Latin text drawn with a Chinese font: dots and quotes would be as wide as a character,
        # which is as it should be between Chinese ones.
        font.setFeature(QFont.Tag("palt"), 1)
    font.setStyleStrategy(QFont.StyleStrategy.PreferAntialias)
    font.setHintingPreference(QFont.HintingPreference.PreferVerticalHinting)
    return font


def _speaks_chinese() -> bool:
    return QLocale().language() == QLocale.Language.Chinese


def set_role(widget: QWidget, role: str) -> None:
    """Give a widget its look.

    Args:
        widget: Label, button, frame or view.
        role: For labels ``display``, ``title``, ``strong``, ``muted``, ``caption``, ``figure``,
            ``code``; for buttons ``primary``, ``ghost``, ``danger``, ``link``, ``nav``,
            ``mark``, ``help``, ``square`` (an icon alone; to be set before the icon); for frames
            ``card``, ``sunken``, ``drop``, ``banner``, ``toast``, ``popover``.
    """
    _restyle(widget, "role", role)


def set_tone(widget: QWidget, tone: str) -> None:
    """Colour a widget by meaning: ``success``, ``warning``, ``danger``, ``accent``, or empty."""
    _restyle(widget, "tone", tone)


def _restyle(widget: QWidget, key: str, value: str) -> None:
    if widget.property(key) != value:
        widget.setProperty(key, value)
        repolish(widget)


def repolish(widget: QWidget) -> None:
    """Let a changed property show. What was never shown is left to its first showing.

    (A polished widget is polished again whenever it or a widget around it gets a new parent: that
    made pages slow to build.)
    """
    if widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
        widget.style().unpolish(widget)
        widget.style().polish(widget)
