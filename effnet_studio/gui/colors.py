"""The window's colours, each named by what it means: light, dark, and both in high contrast."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from PySide6.QtGui import QColor, QPalette


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
