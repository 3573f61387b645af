"""The first page: drop a folder, open a recent project, or try the sample."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Final

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from effnet_studio.gui.actions import action_text
from effnet_studio.gui.names import named
from effnet_studio.gui.page_stack import ASIDES
from effnet_studio.gui.pages.base import Page
from effnet_studio.gui.projects import new_project_path, projects_folder
from effnet_studio.gui.theme import SPACE_1, SPACE_2, SPACE_4, set_role
from effnet_studio.gui.widgets.drop_area import DropArea
from effnet_studio.gui.widgets.label import Label
from effnet_studio.gui.widgets.recent_list import RecentList

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent, QShowEvent

    from effnet_studio.engine.cancel import CancelToken
    from effnet_studio.engine.events import OnEvent
    from effnet_studio.gui.session import Session
    from effnet_studio.gui.settings import Settings
    from effnet_studio.gui.theme import ThemeManager

_ROOMY: Final = 560
"""Height of the page, pixels, below which the place to drop takes less room, as under a banner."""


class WelcomePage(Page):
    """Shown while no project is open.

    Args:
        session: Opens projects.
        theme: Colours and icons.
        settings: Knows the recent projects.
        parent: Qt's owner.
    """

    key: ClassVar[str] = "welcome"

    open_asked = Signal()
    new_asked = Signal()

    def __init__(
        self,
        session: Session,
        theme: ThemeManager,
        settings: Settings,
        parent: QWidget | None = None,
    ) -> None:
        self._settings = settings
        super().__init__(session, theme, parent)

    def _build_ui(self) -> None:
        self.header.hide()
        self._title = named(Label(self), "welcome_title")
        set_role(self._title, "display")
        self._title.setWordWrap(True)
        self._subtitle = named(Label(self), "welcome_subtitle")
        set_role(self._subtitle, "muted")
        self._subtitle.setWordWrap(True)
        self._drop = DropArea(self.theme, "images", self)
        self._new = self._drop.add_button("welcome_new", "folder", primary=True)
        self._sample = self._drop.add_button("welcome_sample", "sparkle")
        self._open = self._drop.add_button("welcome_open", "folder-open")
        self._recent = RecentList(self.session.jobs, self.theme, self)
        column = QVBoxLayout()
        column.setSpacing(SPACE_2)
        column.addStretch(1)
        column.addWidget(self._title)
        column.addWidget(self._subtitle)
        column.addSpacing(SPACE_4)
        column.addWidget(self._drop)
        column.addSpacing(SPACE_4)
        column.addWidget(self._recent, 50)
        column.addSpacing(SPACE_1)
        column.addLayout(self._build_links())
        column.addStretch(1)
        holder = QWidget(self)
        holder.setLayout(column)
        holder.setMaximumWidth(760)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(holder, 20)
        row.addStretch(1)
        self.body.addLayout(row, 1)
        self._show_recent()

    def _build_links(self) -> QHBoxLayout:
        """Ways to the pages that need no project: while there is none, no sidebar leads there."""
        links = QHBoxLayout()
        links.setSpacing(SPACE_2)
        links.addStretch(1)
        self._links: dict[str, QPushButton] = {}
        for page in ASIDES:
            link = named(QPushButton(self), f"welcome_{page.key}")
            set_role(link, "ghost")
            self.theme.set_icon(link, page.icon)
            link.clicked.connect(self._on_link)
            links.addWidget(link)
            self._links[page.key] = link
        links.addStretch(1)
        return links

    def _connect(self) -> None:
        self._new.clicked.connect(self.new_asked)
        self._open.clicked.connect(self.open_asked)
        self._sample.clicked.connect(self.try_sample)
        self._recent.project_chosen.connect(self._on_recent_chosen)
        self._recent.find_asked.connect(self.open_asked)
        self._recent.project_forgotten.connect(self._settings.forget_project)
        self._settings.recent_changed.connect(self._on_recent_changed)

    @Slot()
    def try_sample(self) -> None:
        """Draw the sample pictures if need be, then make a project of them."""
        job = self.session.jobs.start(
            _make_sample,
            title=lambda: self.tr("Drawing the sample images"),
            kind="sample",
            heavy=False,
        )
        job.succeeded.connect(self._on_sample_ready)
        job.failed.connect(self.session.error_raised)
        job.finished.connect(self._on_sample_ended)
        self._sample.setEnabled(False)

    @Slot(object)
    def _on_sample_ready(self, folder: Path) -> None:
        # Here: the schema of a training would keep the window from appearing.
        from effnet_studio.engine.training.config import Preset

        # Whoever tries the sample wants to see something soon.
        path = new_project_path(self.tr("Sample"), projects_folder(self._settings))
        self.session.create_project_from(folder, path, preset=Preset.INSTANT)

    @Slot()
    def _on_link(self) -> None:
        self.navigation_asked.emit(self.sender().objectName().removeprefix("welcome_"))

    @Slot()
    def _on_sample_ended(self) -> None:
        self._sample.setEnabled(True)

    @override
    def set_drop_active(self, active: bool) -> None:
        self._drop.set_active(active)

    @Slot(str)
    def _on_recent_chosen(self, path: str) -> None:
        self.session.open_project(Path(path))

    @override
    def showEvent(self, event: QShowEvent) -> None:
        self._show_recent()
        super().showEvent(event)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_drop()

    @Slot()
    def _on_recent_changed(self) -> None:
        if self.isVisible():
            self._show_recent()

    def _show_recent(self) -> None:
        projects = self._settings.recent_projects()
        self._recent.set_projects(projects)
        self._recent.setVisible(bool(projects))
        self._fit_drop()

    def _fit_drop(self) -> None:
        cramped = self.isVisible() and self.height() < _ROOMY
        self._drop.set_compact(not self._recent.isHidden() or cramped)

    def _retranslate(self) -> None:
        self._title.setText(self.tr("Teach your computer to recognise your images"))
        self._subtitle.setText(
            self.tr(
                "Sort images into folders, one folder for each kind. EffNet Studio learns to "
                "tell them apart. Everything stays on this computer."
            )
        )
        self._drop.set_texts(
            self.tr("Drop a folder of images here"),
            self.tr("With one sub-folder for each kind, such as bees and ants"),
        )
        for button, text in (
            (self._new, self.tr("Choose a folder…")),
            (self._sample, self.tr("Try the sample")),
            (self._open, self.tr("Open a project…")),
        ):
            button.setText(text)
            button.setAccessibleName(text)
        about = self.tr(
            "No images at hand? The sample has 360 drawn pictures of six things, and takes a"
            " minute."
        )
        self._drop.set_note(about)
        self._sample.setToolTip(about)
        for key, link in self._links.items():
            text = action_text(key)
            link.setText(text)
            link.setAccessibleName(text)


def _make_sample(*, on_event: OnEvent, cancel: CancelToken) -> Path:
    """Draw the built-in sample, in the job's thread."""
    from effnet_studio.engine.data.sample.samples import make_sample

    return make_sample(on_event=on_event, cancel=cancel)
