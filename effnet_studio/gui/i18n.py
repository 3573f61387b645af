"""The window's languages: which there are, how they are switched, how the engine's text follows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from effnet_studio.paths import resources_dir

if TYPE_CHECKING:
    from effnet_studio.engine.messages import Message

ENGINE: Final = "engine"
"""Translation context of everything the engine says."""


@dataclass(frozen=True)
class Language:
    """A language the window speaks.

    Attributes:
        code: Such as ``"zh_CN"``; also the ending of its translation files.
        title: Its name in itself.
    """

    code: str
    title: str


LANGUAGES: Final = (Language("en", "English"), Language("zh_CN", "简体中文"))
SYSTEM: Final = "system"


def resolve_language(choice: str) -> str:
    """Turn a choice into the code of a language there is.

    Args:
        choice: ``"en"``, ``"zh_CN"`` or ``"system"``.

    Returns:
        The code; English where the system's language is not among them.
    """
    if choice != SYSTEM:
        return choice if choice in {each.code for each in LANGUAGES} else "en"
    chinese = QLocale.system().language() == QLocale.Language.Chinese
    return "zh_CN" if chinese else "en"


def install_language(app: QCoreApplication, choice: str) -> str:
    """Switch the whole application, live.

    Every widget gets a ``LanguageChange`` event; pages answer it with ``_retranslate()``.

    Args:
        app: The application; it keeps the translators.
        choice: ``"en"``, ``"zh_CN"`` or ``"system"``.

    Returns:
        The code of the language installed.
    """
    code = resolve_language(choice)
    for old in app.findChildren(QTranslator):
        app.removeTranslator(old)
        old.deleteLater()
    QLocale.setDefault(QLocale(code))
    files = [str(path) for path in sorted((resources_dir() / "i18n").glob(f"*.{code}.qm"))]
    if code != "en":
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        files.insert(0, f"{folder}/qtbase_{code}.qm")
    for file in files:
        translator = QTranslator(app)
        if translator.load(file):
            app.installTranslator(translator)
        else:
            translator.deleteLater()
    return code


class Phrasebook:
    """Knows texts in all languages at once, for searches; made when one begins."""

    def __init__(self) -> None:
        self._translators: list[QTranslator] = []
        for language in LANGUAGES:
            for path in sorted((resources_dir() / "i18n").glob(f"*.{language.code}.qm")):
                translator = QTranslator()
                if translator.load(str(path)):
                    self._translators.append(translator)

    def all(self, context: str, text: str) -> tuple[str, ...]:
        """A text as it stands in the code, and its translations."""
        found = (translator.translate(context, text) for translator in self._translators)
        return (text, *(each for each in found if each))


def current_language() -> str:
    """Code of the language that :func:`install_language` installed last."""
    return "zh_CN" if QLocale().language() == QLocale.Language.Chinese else "en"


def translate_message(message: Message) -> str:
    """A message of the engine in the window's language."""
    return message.render(translate_text)


def translate_text(text: str) -> str:
    """A fixed text of the engine (title or description of a setting) in the window's language."""
    return QCoreApplication.translate(ENGINE, text) if text else ""


def QT_TRANSLATE_NOOP(_context: str, text: str) -> str:  # noqa: N802 - lupdate knows this name
    """Mark a text for translation where it is not shown yet (Qt's own version has no types)."""
    return text
