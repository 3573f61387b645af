"""Screen and fonts, worked out from what the window's library told."""

from __future__ import annotations

import platform
from dataclasses import dataclass
from typing import Final

from effnet_studio.engine.facts.fact import Fact, Level
from effnet_studio.engine.messages import Message, msg

LEAST: Final = (1024, 700)
"""Room that the window needs, in units of its own pixels."""

_UNSEEN: Final = frozenset({"offscreen", "minimal", "vnc"})
"""Ways to draw for which nobody can choose another screen."""


@dataclass(frozen=True)
class DisplayProbe:
    """What the window's library knows of the display.

    Attributes:
        platform: How it draws: ``windows``, ``cocoa``, ``wayland``, ``xcb``, ``offscreen``.
        size: Of the screen, in the window's pixels.
        room: Of it, what panels leave.
        scale: Dots of the screen for each of them.
        chinese_fonts: Font families that have Chinese characters.
        chinese: Whether the window speaks Chinese.
    """

    platform: str
    size: tuple[int, int]
    room: tuple[int, int]
    scale: float
    chinese_fonts: tuple[str, ...]
    chinese: bool


def display_facts(probe: DisplayProbe) -> list[Fact]:
    """What the doctor says of screen and fonts.

    Args:
        probe: What is known.
    """
    return [_screen(probe), _font(probe)]


def _screen(probe: DisplayProbe) -> Fact:
    width, height = probe.size
    value = msg(
        "{width} × {height} at {scale} % ({platform})",
        width=width,
        height=height,
        scale=round(probe.scale * 100),
        platform=probe.platform,
    )
    fits = probe.room[0] >= LEAST[0] and probe.room[1] >= LEAST[1]
    if fits or probe.platform in _UNSEEN:
        return Fact("screen", msg("Screen"), value)
    hint = msg(
        "The window needs {width} × {height}: choose a smaller scaling in the system's settings.",
        width=LEAST[0],
        height=LEAST[1],
    )
    return Fact("screen", msg("Screen"), value, level=Level.WARNING, hint=hint)


def _font(probe: DisplayProbe) -> Fact:
    title = msg("Chinese font")
    if probe.chinese_fonts:
        return Fact("chinese_font", title, Message(probe.chinese_fonts[0]))
    value, hint = msg("none installed"), msg("Chinese texts and class names show as empty boxes.")
    level = Level.WARNING if probe.chinese else Level.OK
    linux = platform.system() == "Linux"
    command = "sudo apt install fonts-noto-cjk" if linux else ""
    return Fact("chinese_font", title, value, level=level, hint=hint, command=command)
