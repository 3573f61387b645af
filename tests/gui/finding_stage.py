"""A findings view with a finding of most kinds, and what its tests do with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtWidgets import QPushButton

from effnet_studio.engine.data.checks.findings import FindingKind, find_problems
from effnet_studio.engine.data.problems import Problem
from effnet_studio.engine.messages import msg
from effnet_studio.engine.project import Project
from effnet_studio.gui.widgets.data.findings_view import FindingsView
from tests.engine.data.conftest import paint
from tests.engine.data.indexes import FIRST, Picture, make_index

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from effnet_studio.engine.data.index import Index
    from effnet_studio.gui.session import Session
    from effnet_studio.gui.theme import ThemeManager

CLICK = Qt.MouseButton.LeftButton
KINDS = [
    FindingKind.UNREADABLE,
    FindingKind.CONFLICT,
    FindingKind.LEAK,
    FindingKind.SUSPICIOUS,
    FindingKind.DUPLICATE,
    FindingKind.TINY,
]


def pictures() -> list[Picture]:
    """Plain ones; two pairs in two classes; a triple and three pairs; two tiny ones."""
    plain = [Picture(label="ab"[place % 2]) for place in range(44)]
    conflicts = [Picture(label=label, copy=n) for n in (1, 2) for label in "ab"]
    copies = [
        Picture(copy=3, size=(300, 200)),
        Picture(copy=3, size=(800, 600), split="val"),
        Picture(copy=3, size=(300, 200)),
        *(Picture(copy=n) for n in (4, 4, 5, 5, 6, 6)),
    ]
    return [*plain, *conflicts, *copies, Picture(size=(20, 20)), Picture(size=(30, 30))]


def problems(folder: Path) -> list[Problem]:
    broken = [
        Problem(folder / f"broken{n}.jpg", msg("The file is empty."), msg("Copy it again."))
        for n in range(3)
    ]
    odd = Problem(folder / "b", msg("The folder is odd."), None, "warning")
    ignored = Problem(folder / "notes.txt", msg("It is no image."), None, "ignored")
    return [*broken, odd, ignored]


def found_index(folder: Path) -> Index:
    """Those pictures, with files where something is found."""
    index = make_index(pictures(), folder)
    for row in range(44, len(index)):
        paint(index.path(row), row)
    return index


def make_view(qtbot: QtBot, session: Session, theme: ThemeManager, index: Index) -> FindingsView:
    """A view of their findings, with a project beside their folder."""
    folder = index.roots[1]
    session.project = Project.create(folder.parent / "p.effnet")
    view = FindingsView(session, theme)
    qtbot.addWidget(view)
    theme.add_window(view)
    view.resize(760, 560)
    view.show()
    view.set_findings(find_problems(index, unreadable=3, suspicious=1), index, problems(folder))
    return view


def shown(view: FindingsView) -> list[FindingKind]:
    return [finding.kind for finding in view.list.model().findings]


def button(view: FindingsView, name: str) -> QPushButton:
    found = view.findChild(QPushButton, name)
    assert isinstance(found, QPushButton)
    return found


def choose(qtbot: QtBot, view: FindingsView, kind: FindingKind) -> QPushButton:
    """Choose a finding and wait for the number in its first button."""
    view.show_kind(kind)
    first = button(view, "finding_remedy_0")
    qtbot.waitUntil(lambda: "(" in first.text())
    return first


def ids(*places: int) -> tuple[int, ...]:
    return tuple(FIRST + place for place in places)


def select(view: FindingsView, *rows: int) -> None:
    view.grid.clearSelection()
    for row in rows:
        index = view.grid.model().index(row, 0)
        view.grid.setCurrentIndex(index)
        flags = QItemSelectionModel.SelectionFlag
        view.grid.selectionModel().select(index, flags.Select)
    for row in rows:
        index = view.grid.model().index(row, 0)
        view.grid.selectionModel().select(index, QItemSelectionModel.SelectionFlag.Select)
