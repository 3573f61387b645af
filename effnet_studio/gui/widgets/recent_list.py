"""Recent projects, one below the other: found by name, opened and forgotten by mouse or keys."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QSize, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from effnet_studio.gui.jobs import JobRunner
from effnet_studio.gui.models.recent_words import matching
from effnet_studio.gui.names import named
from effnet_studio.gui.projects import Presence, presence
from effnet_studio.gui.questions import Requests
from effnet_studio.gui.theme import SPACE_1, SPACE_2, set_role
from effnet_studio.gui.widgets.image_view import to_qimage
from effnet_studio.gui.widgets.label import Label
from effnet_studio.gui.widgets.recent_row import HEIGHT, SIDE, RecentRow
from effnet_studio.gui.widgets.search_field import SearchField

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from effnet_studio.gui.settings import RecentProject
    from effnet_studio.gui.theme import ThemeManager

_SEARCH_FROM: Final = 7
"""So many projects are easier to search than to look through."""


@dataclass(frozen=True, eq=False)
class _Look:
    """What a look at the disk gave.

    Attributes:
        presence: Whether the project is there.
        pixels: Its picture, if there is one.
    """

    presence: Presence
    pixels: NDArray[np.uint8] | None = None


class RecentList(QWidget):
    """A heading, a search field where there are many, and the projects below.

    Args:
        runner: Looks at the disk in the background.
        theme: Tints the icons.
        parent: Qt's owner.
    """

    project_chosen = Signal(str)
    project_forgotten = Signal(str)
    find_asked = Signal()
    """A project is not where it was, and the user knows where it is now."""

    def __init__(
        self, runner: JobRunner, theme: ThemeManager, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("recent_list")
        self._theme = theme
        self._projects: tuple[RecentProject, ...] = ()
        self._rows: list[RecentRow] = []
        self._looks: dict[str, _Look] = {}
        self._place = -1  # of the row that is to have the focus when the list is made anew
        # Several at once: one drive that does not answer must not keep the others waiting.
        self._requests = Requests(runner, threads=3, parent=self)
        self._build_ui()
        self._requests.answered.connect(self._on_looked)
        self._search.textChanged.connect(self._show)
        self._retranslate()

    def _build_ui(self) -> None:
        self._title = named(Label(self), "recent_title")
        set_role(self._title, "strong")
        self._search = SearchField("recent_search", self._theme, self)
        self._search.setFixedWidth(220)
        self._nothing = named(Label(self), "recent_nothing")
        set_role(self._nothing, "muted")
        self._body = named(QWidget(self), "scroll_body")
        self._column = QVBoxLayout(self._body)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(SPACE_1)
        self._column.addStretch(1)
        self._scroll = named(QScrollArea(self), "recent_scroll")
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(self._body)
        self._scroll.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self._search)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE_2)
        layout.addLayout(head)
        layout.addWidget(self._nothing)
        layout.addWidget(self._scroll, 1)
        # Free room of the page stands around the list, not between its heading and its rows.
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    @property
    def rows(self) -> list[RecentRow]:
        """Those shown, from above."""
        return list(self._rows)

    def set_projects(self, projects: Sequence[RecentProject]) -> None:
        """Show these, and look in the background which are there."""
        self._requests.forget()
        self._projects = tuple(projects)
        self._search.setVisible(len(projects) >= _SEARCH_FROM)
        if self._search.isHidden():
            self._search.clear()
        self._show()
        for project in reversed(self._projects):  # the newest question is answered first
            self._requests.ask(project.path, _look, project.path, project.thumbnail)

    @Slot()
    def _show(self) -> None:
        """Make the rows anew, for what is searched."""
        for row in self._rows:
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        found = matching(self._projects, self._search.text())
        self._rows = [self._make_row(project) for project in found]
        for place, row in enumerate(self._rows):
            self._column.insertWidget(place, row)
            row.show()
        self._nothing.setVisible(bool(self._projects) and not found)
        self._scroll.setVisible(bool(found))
        self._scroll.setMaximumHeight(self._whole_height())
        self._only_stop(max(0, self._place))
        if self._place >= 0 and self._rows:
            self._focus(min(self._place, len(self._rows) - 1))
        self._place = -1
        self.updateGeometry()

    def _make_row(self, project: RecentProject) -> RecentRow:
        row = RecentRow(project, self._theme, self._body)
        row.clicked.connect(self._on_clicked)
        row.forgotten.connect(self._on_forgotten)
        row.find_asked.connect(self.find_asked)
        row.stepped.connect(self._on_stepped)
        row.jumped.connect(self._on_jumped)
        if project.path in self._looks:
            self._tell(row, self._looks[project.path])
        return row

    def _whole_height(self) -> int:
        return max(0, len(self._rows) * (HEIGHT + SPACE_1) - SPACE_1)

    @override
    def sizeHint(self) -> QSize:
        usual = super().sizeHint()
        without = usual.height() - self._scroll.sizeHint().height()
        return QSize(usual.width(), without + self._whole_height())

    # -- moving about --------------------------------------------------------------------------

    def _only_stop(self, place: int) -> None:
        """Let Tab stop at one row; the arrows go to the others."""
        for each, row in enumerate(self._rows):
            stop = each == min(place, len(self._rows) - 1)
            row.setFocusPolicy(
                Qt.FocusPolicy.StrongFocus if stop else Qt.FocusPolicy.ClickFocus,
            )

    def _focus(self, place: int) -> None:
        self._only_stop(place)
        self._rows[place].setFocus(Qt.FocusReason.TabFocusReason)
        self._scroll.ensureWidgetVisible(self._rows[place], 0, SPACE_1)

    @Slot(int)
    def _on_stepped(self, step: int) -> None:
        row = self.sender()
        if isinstance(row, RecentRow) and row in self._rows:
            self._focus(min(max(self._rows.index(row) + step, 0), len(self._rows) - 1))

    @Slot(int)
    def _on_jumped(self, end: int) -> None:
        if self._rows:
            self._focus(end % len(self._rows))

    @Slot()
    def _on_clicked(self) -> None:
        row = self.sender()
        if isinstance(row, RecentRow):
            self.project_chosen.emit(row.project.path)

    @Slot(str)
    def _on_forgotten(self, path: str) -> None:
        row = self.sender()
        if isinstance(row, RecentRow) and row in self._rows and row.hasFocus():
            self._place = self._rows.index(row)
        self.project_forgotten.emit(path)

    # -- what is on the disk -------------------------------------------------------------------

    @Slot(object, object)
    def _on_looked(self, path: str, look: _Look) -> None:
        self._looks[path] = look
        for row in self._rows:
            if row.project.path == path:
                self._tell(row, look)

    @staticmethod
    def _tell(row: RecentRow, look: _Look) -> None:
        if look.presence is not row.presence:
            row.set_presence(look.presence)
        if look.pixels is not None:
            row.set_picture(to_qimage(look.pixels))

    # -- words ---------------------------------------------------------------------------------

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        self._title.setText(self.tr("Recent projects"))
        self._search.setPlaceholderText(self.tr("Search projects"))
        self._search.setAccessibleName(self.tr("Search projects"))
        self._nothing.setText(self.tr("No recent project is called that."))
        self._scroll.setAccessibleName(self.tr("Recent projects"))


def _look(path: str, thumbnail: str) -> _Look:
    """Look at a project, in a background thread."""
    from effnet_studio.engine.errors import StudioError
    from effnet_studio.engine.images import load_image

    found = presence(Path(path))
    if found is not Presence.HERE or not thumbnail:
        return _Look(found)
    try:
        return _Look(found, load_image(Path(thumbnail), min_side=2 * SIDE))
    except StudioError:
        return _Look(found)  # the picture is not what matters
