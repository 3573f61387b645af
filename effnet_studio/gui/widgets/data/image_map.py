"""All pictures as points, those that are alike beside each other; a lasso selects."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QEvent, QPoint, Signal, Slot
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from effnet_studio.gui.i18n import translate_message
from effnet_studio.gui.models.browsing import sample_of
from effnet_studio.gui.models.image_map_points import (
    ALL,
    ColorBy,
    MapPoints,
    color_points,
    group_points,
    join_points,
)
from effnet_studio.gui.names import named
from effnet_studio.gui.text import count_text
from effnet_studio.gui.theme import SPACE_1, SPACE_2, SPACE_3, set_role
from effnet_studio.gui.widgets.data.image_map_canvas import MapCanvas
from effnet_studio.gui.widgets.data.image_map_foot import MapFoot
from effnet_studio.gui.widgets.data.image_map_key import MapKey
from effnet_studio.gui.widgets.data.image_map_popup import MapPopup
from effnet_studio.gui.widgets.empty_state import EmptyState
from effnet_studio.gui.widgets.flow_layout import FlowLayout
from effnet_studio.gui.widgets.work_card import WorkCard

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from effnet_studio.engine.data.index import Index
    from effnet_studio.engine.errors import StudioError
    from effnet_studio.engine.evaluation.likeness.embedding import Embedding
    from effnet_studio.engine.project import Project
    from effnet_studio.gui.jobs import Job
    from effnet_studio.gui.session import Session
    from effnet_studio.gui.theme import ThemeManager


class ImageMap(QWidget):
    """The map with its key and tools; or the offer to make one, its progress, or why it failed.

    The widget starts nothing: the page answers ``compute_asked`` with a job, has it followed, and
    hands over what it gave.

    Args:
        session: Gives the background threads.
        theme: Gives colours and icons.
        parent: Qt's owner.
    """

    selection_changed = Signal(object)
    """Numbers of the selected pictures, a list."""
    show_asked = Signal(object)
    """Numbers of pictures to be shown, a list."""
    compute_asked = Signal()
    """The map is to be made, or made again."""

    def __init__(
        self, session: Session, theme: ThemeManager, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("image_map")
        self._theme = theme
        self._embedding: Embedding | None = None
        self._index: Index | None = None
        self._project: Project | None = None
        self._points: MapPoints | None = None
        self._selected = np.empty(0, dtype=bool)
        self._job: Job | None = None
        self._failure: StudioError | None = None
        self._build_ui(session)
        self._connect()
        self._retranslate()

    # -- construction --------------------------------------------------------------------------

    def _build_ui(self, session: Session) -> None:
        self._empty = EmptyState(self._theme, "map", self)
        self._work = WorkCard(self._theme, self)
        self._map = named(QWidget(self), "map_page")
        tools = self._build_tools()  # first, so that Tab goes from top to bottom
        self.canvas = MapCanvas(self._theme, self._map)
        self._popup = MapPopup(session.jobs, self.canvas)
        self.key = MapKey(self._theme, self._map)
        self._foot = MapFoot(self._theme, self._map)
        middle = QHBoxLayout()
        middle.setSpacing(SPACE_3)
        middle.addWidget(self.canvas, 1)
        middle.addWidget(self.key)
        page = QVBoxLayout(self._map)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(SPACE_2)
        page.addLayout(tools)
        page.addLayout(middle, 1)
        page.addWidget(self._foot)
        self._states = named(QStackedWidget(self), "map_states")
        for state in (self._empty, self._work, self._map):
            self._states.addWidget(state)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._states)

    def _build_tools(self) -> FlowLayout:
        self._by = {by: named(QPushButton(self._map), f"map_by_{by}") for by in ColorBy}
        self._by_group = QButtonGroup(self)
        self._lasso = named(QPushButton(self._map), "map_lasso")
        self._lasso.setCheckable(True)
        self._theme.set_icon(self._lasso, "lasso")
        tools = FlowLayout(SPACE_1)
        for by, button in self._by.items():
            set_role(button, "ghost")
            button.setProperty("tight", True)  # else the tools take two rows
            button.setCheckable(True)
            button.setChecked(by is ColorBy.CLASS)
            self._by_group.addButton(button)
            tools.addWidget(button)
        space = QWidget(self._map)
        space.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        tools.addWidget(space)
        tools.addWidget(self._lasso)
        self._tools: dict[str, QToolButton] = {}
        icons = {"out": "zoom-out", "in": "zoom-in", "fit": "fit", "again": "refresh"}
        for name, icon in icons.items():
            tool = named(QToolButton(self._map), f"map_{name}")
            set_role(tool, "ghost")
            self._theme.set_icon(tool, icon)
            self._tools[name] = tool
            tools.addWidget(tool)
        return tools

    def _connect(self) -> None:
        self._theme.changed.connect(self._on_theme_changed)
        self._empty.action_clicked.connect(self.compute_asked)
        self._empty.second_clicked.connect(self._on_back)
        self._by_group.buttonClicked.connect(self._on_by_clicked)
        self._lasso.toggled.connect(self.canvas.set_lasso_mode)
        self._tools["out"].clicked.connect(self.canvas.zoom_out)
        self._tools["in"].clicked.connect(self.canvas.zoom_in)
        self._tools["fit"].clicked.connect(self.canvas.fit)
        self._tools["again"].clicked.connect(self.compute_asked)
        self.canvas.hovered.connect(self._on_hovered)
        self.canvas.picked.connect(self._on_picked)
        self.canvas.turned.connect(self._on_turned)
        self.canvas.opened.connect(self._on_opened)
        self.canvas.lasso_changed.connect(self._lasso.setChecked)
        self.key.group_chosen.connect(self._on_group_chosen)
        self.key.select_asked.connect(self._on_select_asked)
        self._foot.show_asked.connect(self._on_show)
        self._foot.clear_asked.connect(self._on_clear)

    # -- what is shown -------------------------------------------------------------------------

    def set_embedding(
        self, embedding: Embedding | None, index: Index | None, project: Project | None
    ) -> None:
        """Show a map, or offer to make one.

        Call it again when the pictures were changed: colours follow, what was left out goes, and
        zoom and selection stay.

        Args:
            embedding: The places; None where no map was made.
            index: The pictures as they are now; None while there are none.
            project: Has the thumbnails.
        """
        selected = self.selected_ids
        same_map = embedding is self._embedding
        if project is not self._project:
            self._popup.forget()
        self._failure = None
        self._embedding, self._index, self._project = embedding, index, project
        self._points = None
        if embedding is not None and index is not None:
            self._points = join_points(embedding, index)
        self._selected = np.zeros(0 if self._points is None else len(self._points.ids), dtype=bool)
        self._show_points(keep_view=same_map)
        self.select_ids(selected)
        self._show_state()
        if self.selected_ids != selected:
            self.selection_changed.emit(self.selected_ids)

    def follow(self, job: Job) -> None:
        """Show the progress of the job that makes the map, and why it failed if it does."""
        self._job = job
        self._failure = None
        self._work.follow(job)
        job.failed.connect(self._on_failed)
        job.finished.connect(self._on_finished)
        self._show_state()

    def select_ids(self, ids: Iterable[int]) -> None:
        """Select these pictures and no others; nothing is told."""
        if self._points is not None:
            wanted = np.fromiter(ids, dtype=np.int64)
            self._select(np.isin(self._points.ids, wanted))

    @property
    def selected_ids(self) -> list[int]:
        """Numbers of the selected pictures, ascending."""
        if self._points is None:
            return []
        ids: list[int] = np.sort(self._points.ids[self._selected]).tolist()
        return ids

    @property
    def color_by(self) -> ColorBy:
        """What the colours say."""
        return next(by for by, button in self._by.items() if button.isChecked())

    def _show_points(self, *, keep_view: bool) -> None:
        """Colour and draw the points."""
        if self._points is None or self._index is None:
            self.canvas.set_points(np.empty((0, 2), np.float32), np.empty(0, np.uint32))
            self.key.set_groups([])
            return
        by = self.color_by
        groups = group_points(self._points, by, self._index.class_names, self._theme.theme)
        colors = color_points(self._points, by, groups)
        self.canvas.set_points(self._points.xy, colors, keep_view=keep_view)
        self.key.set_groups(groups)
        self.canvas.set_shown(self._meant())
        self.canvas.set_selected(self._selected)

    def _meant(self) -> NDArray[np.bool_]:
        """Points of the group that is singled out, bool (n,); all where none is."""
        if self._points is None:
            return np.empty(0, dtype=bool)
        groups = self._points.groups(self.color_by)
        if self.key.chosen == ALL:
            return np.ones(len(groups), dtype=bool)
        meant: NDArray[np.bool_] = groups == self.key.chosen
        return meant

    def _select(self, selected: NDArray[np.bool_]) -> None:
        self._selected = selected
        self.canvas.set_selected(selected)
        self._foot.set_selected(int(selected.sum()))

    def _show_state(self) -> None:
        if self._job is not None and self._job.running:
            state: QWidget = self._work
        elif self._failure is not None or self._points is None:
            state = self._empty
        else:
            state = self._map
        self._states.setCurrentWidget(state)
        self._retranslate_state()

    # -- what the user does --------------------------------------------------------------------

    @Slot(object, bool)
    def _on_picked(self, points: NDArray[np.bool_], added: bool) -> None:  # noqa: FBT001 - Qt's
        if added:
            points = self._selected | points
        if (points != self._selected).any():
            self._select(points)
            self.selection_changed.emit(self.selected_ids)

    @Slot(int)
    def _on_turned(self, point: int) -> None:
        selected = self._selected.copy()
        selected[point] = not selected[point]
        self._on_picked(selected, False)

    @Slot()
    def _on_select_asked(self) -> None:
        self._on_picked(self._meant(), False)

    @Slot()
    def _on_clear(self) -> None:
        self._on_picked(np.zeros_like(self._selected), False)
        self.canvas.setFocus()

    @Slot()
    def _on_show(self) -> None:
        if self._selected.any():
            self.show_asked.emit(self.selected_ids)

    @Slot(int)
    def _on_opened(self, point: int) -> None:
        if point < 0:
            self._on_show()
        elif self._points is not None:
            self.show_asked.emit([int(self._points.ids[point])])

    @Slot(int)
    def _on_group_chosen(self, _key: int) -> None:
        self.canvas.set_shown(self._meant())

    @Slot()
    def _on_by_clicked(self) -> None:
        self._show_points(keep_view=True)

    @Slot(int, QPoint)
    def _on_hovered(self, point: int, place: QPoint) -> None:
        if point < 0 or self._points is None or self._index is None or self._project is None:
            self._popup.hide()
            return
        row = int(self._points.rows[point])
        kind = self._index.class_names[int(self._index.classes[row])]
        part = self._part_names()[self._index.splits[row]]
        sample = sample_of(self._index, row)
        self._popup.show_sample(self._project, sample, f"{kind} · {part}", place)

    @Slot(object)
    def _on_failed(self, error: StudioError) -> None:
        self._failure = error

    @Slot()
    def _on_finished(self) -> None:
        self._job = None
        self._show_state()

    @Slot()
    def _on_back(self) -> None:
        self._failure = None
        self._show_state()

    @Slot()
    def _on_theme_changed(self) -> None:
        self._show_points(keep_view=True)
        self._show_state()

    # -- words ---------------------------------------------------------------------------------

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
            self._show_points(keep_view=True)

    def _part_names(self) -> tuple[str, str, str]:
        return self.tr("Training"), self.tr("Validation"), self.tr("Test")

    def _retranslate(self) -> None:
        self._by[ColorBy.CLASS].setText(self.tr("Colour by class"))
        self._by[ColorBy.PART].setText(self.tr("Colour by part"))
        self._lasso.setText(self.tr("Lasso"))
        self._lasso.setToolTip(
            self.tr("Draw a line around points (or hold Shift); Ctrl adds to the selection")
        )
        tips = {
            "out": self.tr("Zoom out"),
            "in": self.tr("Zoom in"),
            "fit": self.tr("Show all points"),
            "again": self.tr("Make the map again"),
        }
        for name, tip in tips.items():
            self._tools[name].setToolTip(tip)
            self._tools[name].setAccessibleName(tip)
        for button in (*self._by.values(), self._lasso):
            button.setAccessibleName(button.text())
        self._retranslate_state()

    def _retranslate_state(self) -> None:
        count = 0 if self._points is None else len(self._points.ids)
        self.canvas.setAccessibleName(
            self.tr("Map of {n} images; similar ones are close together").format(
                n=count_text(count)
            )
        )
        source = None if self._embedding is None else self._embedding.source
        self._foot.set_map(source, 0 if self._points is None else self._points.missing)
        if self._failure is not None:
            self._empty.set_icon("error", tone="danger")
            self._empty.set_texts(
                translate_message(self._failure.message),
                translate_message(self._failure.hint),
                action=self.tr("Try again"),
                second=self.tr("Back to the map") if self._points is not None else "",
            )
            return
        self._empty.set_icon("map")
        has_images = self._index is not None and not self._index.excluded.all()
        self._empty.set_texts(
            self.tr("All images at a glance"),
            self.tr(
                "The map puts images that are alike beside each other, so that odd ones and wrong "
                "labels stand out."
            ),
            action=self.tr("Make the map") if has_images else "",
        )
