"""The window's language, where the fonts of this computer can show it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QTextLayout

from effnet_studio.engine.errors import StudioError
from effnet_studio.engine.messages import msg
from effnet_studio.gui.i18n import LANGUAGES, install_language, resolve_language

if TYPE_CHECKING:
    from PySide6.QtCore import QCoreApplication


def install_readable_language(app: QCoreApplication, choice: str) -> StudioError | None:
    """Switch the window's language; to English where the wished one would be rows of boxes.

    Args:
        app: The application.
        choice: ``"en"``, ``"zh_CN"`` or ``"system"``.

    Returns:
        What to tell the user; None when the wish was fulfilled.
    """
    code = resolve_language(choice)
    title = next(each.title for each in LANGUAGES if each.code == code)
    if has_glyphs(title):
        install_language(app, choice)
        return None
    install_language(app, "en")
    return StudioError(
        msg("This computer has no font with Chinese characters, so the window stays English."),
        hint=msg(
            "Install one, such as Noto Sans CJK (on Debian and Ubuntu the package fonts-noto-cjk), "
            "and start EffNet Studio again."
        ),
    )


def has_glyphs(text: str) -> bool:
    """Tell whether the application's font, and those that help it out, have every character.

    Args:
        text: What is to be drawn.
    """
    layout = QTextLayout(text)
    layout.beginLayout()
    layout.createLine()
    layout.endLayout()
    return all(0 not in run.glyphIndexes() for run in layout.glyphRuns())
