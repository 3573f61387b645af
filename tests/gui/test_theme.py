"""Colours that can be read, icons that exist, and switching live."""

from __future__ import annotations

import re

import pytest
from PySide6.QtWidgets import QLabel, QPushButton

from effnet_studio.gui.icons import icon_path, pixmap
from effnet_studio.gui.theme import DARK, LIGHT, Theme, ThemeManager, ThemeMode, set_role
from effnet_studio.paths import resources_dir


def luminance(color: str) -> float:
    """Relative luminance of WCAG 2.2."""
    parts = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
@pytest.mark.parametrize(
    ("ink", "paper"),
    [
        *(
            (ink, paper)
            for ink in ("text", "muted")
            for paper in ("background", "surface", "sunken", "hover", "accent_soft")
        ),
        ("accent_text", "surface"),
        ("accent_text", "accent_soft"),
        ("on_accent", "accent"),
        ("on_accent", "accent_pressed"),
        *(
            (tone, paper)
            for tone in ("success", "warning", "danger")
            for paper in ("surface", "background", f"{tone}_soft")
        ),
    ],
)
def test_that_text_can_be_read_on_its_background(theme: Theme, ink: str, paper: str) -> None:
    assert contrast(getattr(theme, ink), getattr(theme, paper)) >= 4.5


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
@pytest.mark.parametrize("ink", ["train", "validation", "test"])
def test_that_bars_and_curves_stand_out(theme: Theme, ink: str) -> None:
    assert contrast(getattr(theme, ink), theme.surface) >= 3.0


@pytest.mark.parametrize("path", sorted((resources_dir() / "icons").glob("*.svg")), ids=str)
def test_that_every_icon_draws_something(qapp, path) -> None:
    image = pixmap(path.stem, "#ff0000", 24).toImage()
    assert any(image.pixelColor(x, y).alpha() > 0 for x in range(24) for y in range(24))
    if not path.stem.startswith("style-"):
        assert "currentColor" in icon_path(path.stem).read_text(encoding="utf-8")
        assert not re.search(r"#[0-9a-fA-F]{3,6}", path.read_text(encoding="utf-8"))


def test_that_switching_the_theme_changes_palette_and_icons(qtbot, qapp, theme: ThemeManager):
    button, label = QPushButton(), QLabel()
    for widget in (button, label):
        qtbot.addWidget(widget)
        theme.set_icon(widget, "folder", tone="text")
    before = label.pixmap().toImage()
    with qtbot.waitSignal(theme.changed):
        theme.set_mode(ThemeMode.DARK)
    assert qapp.palette().window().color().name() == DARK.background
    assert label.pixmap().toImage() != before
    assert not button.icon().isNull()


def test_that_a_role_changes_the_look_of_a_label(qtbot, theme: ThemeManager) -> None:
    label = QLabel("text")
    qtbot.addWidget(label)
    theme.add_window(label)
    label.ensurePolished()
    before = label.fontInfo().pixelSize()
    set_role(label, "display")
    assert label.fontInfo().pixelSize() > before
