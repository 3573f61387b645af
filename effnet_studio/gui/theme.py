"""Colours, sizes and fonts of the window, and the manager that switches between the themes."""

from __future__ import annotations

import sys
import weakref
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontInfo, QGuiApplication, QPalette
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QLabel,
    QPushButton,
    QStyleFactory,
    QWidget,
)
from shiboken6 import isValid

from effnet_studio.gui.icons import DIRECTED, icon, pixmap
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


@dataclass(frozen=True)
class Theme:
    """One set of colours, each named by what it means.

    Attributes:
        name: Of the choice that shows it, such as ``"light"``.
        dark: Whether the background is dark.
        background: Of the window.
        surface: Of cards and fields.
        sunken: Of areas set back, such as the navigation.
        hover: Under the pointer.
        border: Hairlines around cards.
        border_strong: Around fields and boxes that are nothing without it; 3:1 on every surface.
        edge: Around buttons, menus and other things whose text says what they are.
        track: What bars of shares and progress have not filled.
        text: Main text.
        muted: Secondary text; still 4.5:1 on every surface.
        faint: Decorations and disabled text.
        focus: The ring around the control that hears the keys; 3:1 on every surface.
        focus_on_accent: The ring around the main action, which has the accent's colour itself.
        chosen: Around what is selected or switched on; not there in calm themes, where a tint does.
        accent: Fill of the one main action, selections, progress.
        accent_hover: The accent under the pointer.
        accent_pressed: The accent while pressed.
        accent_text: The accent as text on a surface.
        accent_soft: A tint behind selected things.
        on_accent: Text upon the accent.
        success: Good news as text or icon.
        success_soft: A tint behind good news.
        warning: Caution as text or icon.
        warning_soft: A tint behind cautions.
        danger: Failure as text or icon.
        danger_soft: A tint behind failures.
        train: Training figures in plots and bars.
        validation: Validation figures in plots and bars.
        test: Test figures in plots and bars.
        series: For curves; the first three as above. Searched so that people with any kind of
            colour blindness tell all eight apart.
        marks: Ending of the drawings that a style sheet cannot tint, such as arrows.
    """

    name: str
    dark: bool
    background: str
    surface: str
    sunken: str
    hover: str
    border: str
    border_strong: str
    edge: str
    track: str
    text: str
    muted: str
    faint: str
    focus: str
    focus_on_accent: str
    chosen: str
    accent: str
    accent_hover: str
    accent_pressed: str
    accent_text: str
    accent_soft: str
    on_accent: str
    success: str
    success_soft: str
    warning: str
    warning_soft: str
    danger: str
    danger_soft: str
    train: str
    validation: str
    test: str
    series: tuple[str, ...]
    marks: str = "grey"

    def color(self, role: str) -> QColor:
        """One of the colours by its attribute name, as Qt's value."""
        return QColor(getattr(self, role))


LIGHT: Final = Theme(
    name="light",
    dark=False,
    background="#f7f8fa",
    surface="#ffffff",
    sunken="#eef0f4",
    hover="#f0f2f6",
    border="#e3e6ec",
    border_strong="#808898",
    edge="#c9ced8",
    track="#e3e6ec",
    text="#171a21",
    muted="#5b6372",
    faint="#9aa1ae",
    focus="#3b5bdb",
    focus_on_accent="#171a21",
    chosen="transparent",
    accent="#3b5bdb",
    accent_hover="#3451c7",
    accent_pressed="#2c46b0",
    accent_text="#3350c4",
    accent_soft="#e9edfc",
    on_accent="#ffffff",
    success="#1d7a46",
    success_soft="#e4f4ea",
    warning="#8a5a00",
    warning_soft="#fdf1d8",
    danger="#c2302b",
    danger_soft="#fdeceb",
    train="#0072b2",
    validation="#d55e00",
    test="#009e73",
    series=(
        "#0072b2",
        "#d55e00",
        "#009e73",
        "#90466e",
        "#b28948",
        "#7994a8",
        "#764bd0",
        "#5b5241",
    ),
)

DARK: Final = Theme(
    name="dark",
    dark=True,
    background="#14161b",
    surface="#1c1f26",
    sunken="#101216",
    hover="#262a33",
    border="#2a2e38",
    border_strong="#6e7686",
    edge="#434957",
    track="#2a2e38",
    text="#e9ebf0",
    muted="#a0a7b5",
    faint="#6b7280",
    focus="#8fa5ff",
    focus_on_accent="#e9ebf0",
    chosen="transparent",
    accent="#4766e0",
    accent_hover="#4f6de6",
    accent_pressed="#3c59cc",
    accent_text="#9db0ff",
    accent_soft="#242c4a",
    on_accent="#ffffff",
    success="#5fc98a",
    success_soft="#18301f",
    warning="#e5b454",
    warning_soft="#33290f",
    danger="#ff8a80",
    danger_soft="#3a1d1d",
    train="#4fa8e8",
    validation="#f08a3c",
    test="#86e6b8",
    series=(
        "#4fa8e8",
        "#f08a3c",
        "#86e6b8",
        "#f7b7e0",
        "#dcd932",
        "#316fd6",
        "#9e66ad",
        "#92969a",
    ),
)


CONTRAST_LIGHT: Final = Theme(
    name="contrast_light",
    dark=False,
    background="#ffffff",
    surface="#ffffff",
    sunken="#f3f4f7",
    hover="#e8ebf2",
    border="#5b6372",
    border_strong="#171a21",
    edge="#171a21",
    track="#dde0e7",
    text="#000000",
    muted="#2d323b",
    faint="#5b6372",
    focus="#16309c",
    focus_on_accent="#e06000",
    chosen="#16309c",
    accent="#16309c",
    accent_hover="#0f2480",
    accent_pressed="#0a1b66",
    accent_text="#16309c",
    accent_soft="#d3ddff",
    on_accent="#ffffff",
    success="#0b4f2a",
    success_soft="#e0f4e8",
    warning="#5c3a00",
    warning_soft="#fdf0d3",
    danger="#8f1410",
    danger_soft="#fde8e6",
    train="#004c99",
    validation="#b34700",
    test="#00805a",
    series=(
        "#004c99",
        "#b34700",
        "#00805a",
        "#83205d",
        "#5c3402",
        "#6c7595",
        "#2c0b89",
        "#22272a",
    ),
    marks="black",
)

CONTRAST_DARK: Final = Theme(
    name="contrast_dark",
    dark=True,
    background="#000000",
    surface="#000000",
    sunken="#0c0d10",
    hover="#23262e",
    border="#8f97a6",
    border_strong="#e9ebf0",
    edge="#e9ebf0",
    track="#33373f",
    text="#ffffff",
    muted="#d6dae2",
    faint="#9aa1ae",
    focus="#ffd84d",
    focus_on_accent="#b83e00",
    chosen="#a9bcff",
    accent="#a9bcff",
    accent_hover="#c3d0ff",
    accent_pressed="#8ea6fb",
    accent_text="#b9c8ff",
    accent_soft="#22307a",
    on_accent="#000000",
    success="#7fe0a6",
    success_soft="#0c2a17",
    warning="#f2c76b",
    warning_soft="#2e2308",
    danger="#ffada6",
    danger_soft="#3a1414",
    train="#4fb0ff",
    validation="#ff9447",
    test="#93f5bf",
    series=(
        "#4fb0ff",
        "#ff9447",
        "#93f5bf",
        "#cf8992",
        "#fedf4e",
        "#adaccf",
        "#9e76c3",
        "#e7f9f8",
    ),
    marks="white",
)


class ThemeMode(StrEnum):
    """What the user may choose."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"
    CONTRAST_LIGHT = "contrast_light"
    CONTRAST_DARK = "contrast_dark"


THEMES: Final = {
    ThemeMode.LIGHT: LIGHT,
    ThemeMode.DARK: DARK,
    ThemeMode.CONTRAST_LIGHT: CONTRAST_LIGHT,
    ThemeMode.CONTRAST_DARK: CONTRAST_DARK,
}
"""What each choice shows, but for the system's."""


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
        self._windows: weakref.WeakSet[QWidget] = weakref.WeakSet()
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
        """Give a top-level window, and all that is in it, the look of the theme.

        The style sheet belongs to the windows and not to the application: a page that is built
        outside of a window is then styled once, when it is put in, and not at every step.
        """
        self._windows.add(window)
        window.setStyleSheet(style_sheet(self._theme))

    def set_mode(self, mode: ThemeMode | str) -> None:
        """Show one of the themes, or follow the system."""
        self._mode = ThemeMode(mode)
        self._refresh()

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
        sheet = style_sheet(self._theme)
        for window in list(self._windows):
            if isValid(window):
                window.setStyleSheet(sheet)
        self._tint_all()
        self.changed.emit(self._theme)

    @Slot()
    def _tint_all(self) -> None:
        for widget in self._app.allWidgets():
            if widget.property("icon_name"):
                self._tint(widget)

    def _tint(self, widget: QWidget) -> None:
        name = str(widget.property("icon_name"))
        size = int(widget.property("icon_size"))
        color = str(getattr(self._theme, str(widget.property("icon_tone"))))
        flipped = name in DIRECTED and self._app.isRightToLeft()
        if isinstance(widget, QAbstractButton):
            # Qt leaves 4 pixels between icon and text; twice that reads better.
            gap = SPACE_1 if isinstance(widget, QPushButton) else 0
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
            widget.setIconSize(QSize(size + gap, size))
        elif isinstance(widget, QLabel):
            ratio = widget.devicePixelRatioF()
            widget.setPixmap(pixmap(name, color, size, ratio, flipped=flipped))


def make_palette(theme: Theme) -> QPalette:
    """Translate a theme into Qt's palette, for everything the style sheet leaves alone."""
    palette = QPalette()
    role = QPalette.ColorRole
    for key, color in {
        role.Window: theme.background,
        role.WindowText: theme.text,
        role.Base: theme.surface,
        role.AlternateBase: theme.sunken,
        role.Text: theme.text,
        role.Button: theme.surface,
        role.ButtonText: theme.text,
        role.BrightText: theme.danger,
        role.ToolTipBase: theme.surface,
        role.ToolTipText: theme.text,
        role.PlaceholderText: theme.muted,
        role.Highlight: theme.accent,
        role.HighlightedText: theme.on_accent,
        role.Link: theme.accent_text,
        role.LinkVisited: theme.accent_text,
        role.Accent: theme.focus,
        role.Light: theme.surface,
        role.Midlight: theme.hover,
        role.Mid: theme.border,
        role.Dark: theme.border_strong,
        role.Shadow: theme.border_strong,
    }.items():
        palette.setColor(key, QColor(color))
    for key in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, key, QColor(theme.faint))
    return palette


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
    if "CJK" in families[0]:
        # Latin text drawn with a Chinese font: dots and quotes would be as wide as a character.
        font.setFeature(QFont.Tag("palt"), 1)
    font.setStyleStrategy(QFont.StyleStrategy.PreferAntialias)
    font.setHintingPreference(QFont.HintingPreference.PreferVerticalHinting)
    return font


def set_role(widget: QWidget, role: str) -> None:
    """Give a widget its look.

    Args:
        widget: Label, button, frame or view.
        role: For labels ``display``, ``title``, ``strong``, ``muted``, ``caption``, ``figure``,
            ``code``; for buttons ``primary``, ``ghost``, ``danger``, ``link``, ``nav``,
            ``mark``, ``help``; for frames ``card``, ``sunken``, ``drop``, ``banner``, ``toast``,
            ``popover``.
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
