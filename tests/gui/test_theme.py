"""Colours that can be read, icons that exist, and switching live."""

from __future__ import annotations

import itertools
import re

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton

from effnet_studio.gui.colors import CONTRAST_DARK, CONTRAST_LIGHT, DARK, THEMES, Theme, ThemeMode
from effnet_studio.gui.icons import icon_path, pixmap
from effnet_studio.gui.theme import ThemeManager, set_role
from effnet_studio.paths import resources_dir
from tests.color_vision import BLIND, contrast, difference

GROUNDS = ("background", "surface", "sunken", "hover")
TONES = ("success", "warning", "danger")
ALL = pytest.mark.parametrize("theme", THEMES.values(), ids=lambda theme: theme.name)


def enough(theme: Theme, *, muted: bool = False) -> float:
    """WCAG's AA, and AAA for the main texts of high contrast."""
    return 7.0 if theme.name.startswith("contrast") and not muted else 4.5


@ALL
@pytest.mark.parametrize(
    ("ink", "paper"),
    [
        *itertools.product(("text", "muted", "accent_text"), (*GROUNDS, "accent_soft")),
        *itertools.product(TONES, GROUNDS),
        *((tone, f"{tone}_soft") for tone in TONES),
        *itertools.product(("text", "muted"), (f"{tone}_soft" for tone in TONES)),
        *itertools.product(["on_accent"], ("accent", "accent_hover", "accent_pressed")),
    ],
)
def test_that_text_can_be_read_on_its_background(theme: Theme, ink: str, paper: str) -> None:
    found = contrast(getattr(theme, ink), getattr(theme, paper))
    assert found >= enough(theme, muted=ink == "muted"), f"{found:.2f}"


@ALL
@pytest.mark.parametrize("line", ["border_strong", "focus", "accent", "accent_text"])
@pytest.mark.parametrize("paper", ["background", "surface", "sunken"])
def test_that_edges_of_controls_and_the_focus_are_seen(theme: Theme, line: str, paper: str) -> None:
    assert contrast(getattr(theme, line), getattr(theme, paper)) >= 3.0


@ALL
def test_that_the_focus_of_the_main_action_is_seen_on_it(theme: Theme) -> None:
    for beside in (theme.accent, theme.background, theme.surface):
        assert contrast(theme.focus_on_accent, beside) >= 3.0


@pytest.mark.parametrize("theme", [CONTRAST_LIGHT, CONTRAST_DARK], ids=lambda theme: theme.name)
def test_that_high_contrast_has_lines_around_everything(theme: Theme) -> None:
    assert contrast(theme.border, theme.surface) >= 4.5
    assert contrast(theme.edge, theme.surface) >= 7
    assert contrast(theme.chosen, theme.accent_soft) >= 4.5
    assert contrast(theme.faint, theme.surface) >= 4.5


@ALL
def test_that_bars_and_curves_stand_out(theme: Theme) -> None:
    least = 4.5 if theme.name.startswith("contrast") else 3.0
    for color in (theme.train, theme.validation, theme.test, *theme.series):
        assert contrast(color, theme.surface) >= least


@ALL
@pytest.mark.parametrize("sight", BLIND)
def test_that_colour_blind_people_tell_the_parts_and_curves_apart(theme: Theme, sight: str) -> None:
    parts = (theme.train, theme.validation, theme.test)
    assert theme.series[:3] == parts
    for one, other in itertools.combinations(parts, 2):
        assert difference(one, other, sight) >= 16
    for one, other in itertools.combinations(theme.series, 2):
        assert difference(one, other, sight) >= 15


def test_that_the_colours_the_measure_was_made_for_are_judged_so() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    red, green = "#c00000", "#006400"
    assert difference(red, green) > 90
    assert difference(red, green, "deuteranopia") < 45


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


class Needs:
    """A system whose user asked it for high contrast; the offscreen one has no such user."""

    def contrastPreference(self) -> Qt.ContrastPreference:  # noqa: N802 - Qt's name
        return Qt.ContrastPreference.HighContrast


def test_that_high_contrast_follows_the_system_only_where_the_user_left_it_to_it(
    theme: ThemeManager, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert theme._needs is not None, "this Qt is asked for real elsewhere"
    monkeypatch.setattr(theme, "_needs", Needs())
    theme.set_mode(ThemeMode.SYSTEM)
    assert theme.theme in {CONTRAST_LIGHT, CONTRAST_DARK}
    theme.set_mode(ThemeMode.DARK)
    assert theme.theme is DARK
