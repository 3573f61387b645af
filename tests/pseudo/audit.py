"""Shows a scenario of the gallery in several ways, and lists what is wrong with each."""

from __future__ import annotations

import socket
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QLocale, Qt, QTranslator
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QLineEdit, QWidget
from typing_extensions import override

from effnet_studio.engine.models.catalog import CATALOG
from effnet_studio.gui.i18n import install_language
from tests.gallery.names import CHINESE, PAIR, SPECIES
from tests.gallery.stage import Stage
from tests.pseudo.allowed import words_left
from tests.pseudo.room import troubles
from tests.pseudo.texts import shown_texts
from tests.pseudo.translator import PseudoTranslator, install_pseudo

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from PySide6.QtWidgets import QApplication

    from effnet_studio.engine.events import Event
    from effnet_studio.gui.jobs import Job
    from tests.gallery.material import Material
    from tests.gallery.registry import Scenario

PSEUDO = "pseudo"
DATES: Final = tuple(
    name
    for kind in (QLocale.FormatType.LongFormat, QLocale.FormatType.ShortFormat)
    for name in (
        *(QLocale("en").monthName(number, kind) for number in range(1, 13)),
        *(QLocale("en").dayName(number, kind) for number in range(1, 8)),
    )
)
"""Qt knows these in every language but the one nobody speaks."""


@dataclass(frozen=True)
class Way:
    """One way to show a state.

    Attributes:
        language: ``"pseudo"``, ``"en"`` or ``"zh_CN"``.
        size: Of the window.
        right_to_left: Whether the layout is mirrored.
    """

    language: str
    size: tuple[int, int]
    right_to_left: bool = False

    @property
    def name(self) -> str:
        """Such as ``"pseudo-1024x700"``."""
        mirrored = "-rtl" if self.right_to_left else ""
        return f"{self.language}-{self.size[0]}x{self.size[1]}{mirrored}"


class _Stage(Stage):
    """Remembers what a scenario calls its jobs: those texts are nobody's to translate."""

    def __init__(self, app: QApplication, material: Material, folder: Path) -> None:
        self.titles: list[str] = []
        super().__init__(app, material, folder)

    @override
    def perform(
        self, job_starter: Callable[..., Job], events: Sequence[Event], **kwargs: Any
    ) -> Job:
        said = kwargs | getattr(job_starter, "keywords", {})  # of a partial
        title = said.get("title", "")
        self.titles.append(title if isinstance(title, str) else "")
        return super().perform(job_starter, events, **kwargs)


def audit(  # noqa: PLR0917 - what a stage needs, and what is wanted of it
    app: QApplication,
    material: Material,
    folder: Path,
    scenario: Scenario,
    ways: Sequence[Way],
    out: Path | None = None,
) -> dict[str, str]:
    """Show a scenario in several ways.

    Args:
        app: The application.
        material: What the gallery shows.
        folder: For the stage's files.
        scenario: The state.
        ways: How it is shown.
        out: Folder for pictures; none are taken without.

    Returns:
        What is wrong, and in which way it was seen first.
    """
    found: dict[str, str] = {}
    stage = _Stage(app, material, folder)
    try:
        # What is said once, such as the title of a job, is in the language of that moment.
        if ways[0].language == PSEUDO:
            install_pseudo(app)
        with stage.set_up(scenario):
            for way in ways:
                _show(app, stage, way)
                lines = _look(stage, way)
                if lines:  # a layout may need another turn on a busy computer
                    stage.settle(0.5)
                    lines = [line for line in _look(stage, way) if line in lines]
                for line in lines:
                    found.setdefault(line, way.name)
                if out is not None:
                    out.mkdir(parents=True, exist_ok=True)
                    _top(stage).grab().save(str(out / f"{scenario.name}-{way.name}.png"))
    finally:
        app.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        stage.close()
    return found


def _show(app: QApplication, stage: _Stage, way: Way) -> None:
    # The direction comes last: a change of language sets it.
    spoken = any(isinstance(each, PseudoTranslator) for each in app.findChildren(QTranslator))
    if way.language != PSEUDO:
        install_language(app, way.language)
    elif not spoken:
        install_pseudo(app)
    mirrored = Qt.LayoutDirection.RightToLeft
    straight = Qt.LayoutDirection.LeftToRight
    app.setLayoutDirection(mirrored if way.right_to_left else straight)
    stage.window.resize(*way.size)
    stage.settle(0.3)


def _top(stage: _Stage) -> QWidget:
    dialogs = [each for each in stage.window.findChildren(QDialog) if each.isVisible()]
    return dialogs[-1] if dialogs else stage.window


def _look(stage: _Stage, way: Way) -> list[str]:
    top = _top(stage)
    width, height = stage.window.width(), stage.window.height()
    lines = []
    if (width, height) != way.size:
        lines.append(f"the window cannot be {way.size}, only {(width, height)}")
    lines += [
        f"{each.widget}: {each.what} {each.text[:60]!r}"
        for each in troubles(top)
        # Longer names of tabs may be scrolled to; those of the languages there are, must not.
        if way.language != PSEUDO or not each.what.startswith("tabs out of sight")
    ]
    if way.language == PSEUDO:
        data = _data(stage)
        for shown in shown_texts(top):
            words = words_left(shown, data)
            if words:
                said = f"{shown.widget}, {shown.kind.split()[0]}: untranslated {words} in"
                lines.append(f"{said} {shown.text[:90]!r}")
    return lines


def _data(stage: _Stage) -> tuple[str, ...]:
    """Names that the user or the catalogue gave."""
    session = stage.session
    classes = session.dataset.classes if session.dataset is not None else ()
    models = [name for spec in CATALOG.values() for name in (spec.title, spec.name, spec.family)]
    runs = [run.run_id for run in session.runs]
    project = [session.project.name] if session.project is not None else []
    recent = [each.name for each in stage.settings.recent_projects()]
    samples = session.dataset.samples if session.dataset is not None else ()
    files = [sample.path.name for sample in samples]
    notes = [text for run in session.runs for text in (run.notes.name, run.notes.note) if text]
    folders = [each.stem for each in stage.folder.iterdir() if each.stem[:1].isupper()]
    typed = [field.text() for field in _top(stage).findChildren(QLineEdit) if field.isVisible()]
    known = (
        *(
            (QGuiApplication.platformName(), socket.gethostname()),
            stage.titles,
            stage.given,
            folders,
            typed,
            DATES,
        ),
        *(classes, recent, models, runs, notes, project, files, SPECIES, CHINESE, PAIR),
    )
    return tuple(dict.fromkeys(name for names in known for name in names if name))
