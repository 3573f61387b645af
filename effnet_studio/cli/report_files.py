"""Writing a report's files from the command line; Qt only where a language or PDF needs it."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from effnet_studio.engine.errors import ConfigError, StudioError
from effnet_studio.engine.messages import msg

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from effnet_studio.engine.messages import Message
    from effnet_studio.engine.report.facts import Facts

_PAGES = (".html", ".htm")


def check_names(out: Path | None, card: Path | None) -> None:
    """Make sure, before anything is computed, that it is clear what to write.

    Args:
        out: The report.
        card: The model card.

    Raises:
        ConfigError: If there is nothing to write, a report of another kind is asked for, or the
            folder to write into is not there.
    """
    if out is None and card is None:
        raise ConfigError(
            msg("There is nothing to write."),
            hint=msg("Give --out report.html, --out report.pdf or --card card.md."),
        )
    if out is not None and out.suffix.lower() not in {*_PAGES, ".pdf"}:
        raise ConfigError(
            msg("A report cannot be written as {name}.", name=out.name),
            hint=msg("Choose a name that ends in .html or .pdf."),
        )
    for path in (out, card):
        if path is not None and not path.absolute().parent.is_dir():
            raise ConfigError(
                msg("There is no folder {folder}.", folder=str(path.parent)),
                hint=msg("Make it first, or choose another place."),
                path=path,
            )


def write_files(facts: Facts, out: Path | None, card: Path | None, language: str) -> list[Path]:
    """Write the report and the model card.

    Args:
        facts: What they say.
        out: The report, HTML or PDF by its suffix; None: none.
        card: The model card; None: none.
        language: ``"en"`` or ``"zh_CN"``.

    Returns:
        The files written.

    Raises:
        StorageError: If a file cannot be written.
        StudioError: If Qt, which translates and lays out PDF, cannot be loaded.
    """
    from effnet_studio.engine.report.write import write_card, write_html

    pdf = out is not None and out.suffix.lower() == ".pdf"
    words = words_of(language, fonts=pdf)
    if out is not None and pdf:
        from effnet_studio.gui.report_pdf import write_pdf

        write_pdf(out.absolute(), facts, words=words)
    elif out is not None:
        write_html(out.absolute(), facts, words=words, language=language)
    if card is not None:
        write_card(card.absolute(), facts, words=words)
    return [path for path in (out, card) if path is not None]


def words_of(language: str, *, fonts: bool = False) -> Callable[[Message], str]:
    """Say messages in a language, with as much of Qt as is needed: none for English.

    Args:
        language: ``"en"`` or ``"zh_CN"``.
        fonts: Whether text is laid out too, which needs the part of Qt that knows fonts.

    Returns:
        Says a message in that language.

    Raises:
        StudioError: If Qt cannot be loaded.
    """
    if language == "en" and not fonts:
        return str
    if fonts and sys.platform == "linux":
        # On other systems the usual platform always works, and only it finds the fonts.
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    try:
        from PySide6.QtCore import QCoreApplication
        from PySide6.QtGui import QGuiApplication

        from effnet_studio.gui.i18n import install_language, translate_message
    except ImportError as error:
        raise StudioError(
            msg("Qt cannot be loaded: {reason}.", reason=str(error)),
            hint=msg("Write an English .html file, or install what is missing."),
        ) from error
    app = QCoreApplication.instance()
    if app is None:
        app = QGuiApplication([]) if fonts else QCoreApplication([])
    install_language(app, language)
    return translate_message
