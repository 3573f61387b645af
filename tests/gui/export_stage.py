"""The Export page with exports as the engine leaves them, for its tests."""

from __future__ import annotations

import json
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QLabel,
    QWidget,
)

from effnet_studio.engine.export.certificate.record import (
    RECORD_SUFFIX,
    Difference,
    ExportFormat,
    ExportResult,
    Target,
)
from effnet_studio.gui.pages.export import ExportPage
from effnet_studio.gui.session import Session
from effnet_studio.gui.theme import ThemeManager
from effnet_studio.gui.widgets.export.export_row import ExportRow
from tests.export_results import export_result, part

RESULT = export_result(
    "resnet18-int8.onnx",
    format=ExportFormat.ONNX_INT8,
    bytes=11_300_000,
    parts=(part(same=199, correct=188, app_correct=189, lost=1),),
    differing=(Difference(1, "red/red-1.jpg", "red", "red", "blue"),),
    budget_points=0.5,
)


def make_page(qtbot, session: Session, theme: ThemeManager) -> ExportPage:
    page = ExportPage(session, theme)
    qtbot.addWidget(page)
    page.resize(1000, 700)
    return page


def page_with(
    qtbot, session: Session, project: Path, theme: ThemeManager, *results: ExportResult
) -> ExportPage:
    """The page of a project with exports, once they are listed."""
    for number, result in enumerate(results):
        record(project, result, str(number))
    with qtbot.waitSignal(session.project_changed):
        session.open_project(project)
    page = make_page(qtbot, session, theme)
    qtbot.waitUntil(lambda: len(rows(page)) == len(results))
    return page


def record(project: Path, result: ExportResult, folder: str = "1") -> None:
    """Put an export into a project as the engine leaves it."""
    place = project / "exports" / folder
    place.mkdir(parents=True)
    (place / result.file).write_bytes(b"")
    about = place / (result.file.stem + RECORD_SUFFIX)
    about.write_text(json.dumps(result.to_json()), encoding="utf-8")


def rows(page: ExportPage) -> list[ExportRow]:
    """Exports listed, newest first."""
    return page._history.rows


def press(qtbot, parent: QWidget, name: str) -> None:
    button = parent.findChild(QWidget, name)
    assert button.isVisibleTo(parent.window())
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def texts(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel))


def start(page: ExportPage) -> None:
    page.choose(Target.PYTHON)
    page.start()
