"""Recent projects with a picture, the number of images and the last accuracy."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QImage, QPainter, QPainterPath, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget
from typing_extensions import override

from effnet_studio.gui.jobs import JobRunner, Requests
from effnet_studio.gui.names import named
from effnet_studio.gui.text import count_text, percent_text
from effnet_studio.gui.theme import SPACE_1, SPACE_2, SPACE_3, set_role
from effnet_studio.gui.widgets.image_view import to_qimage

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from effnet_studio.gui.settings import RecentProject
    from effnet_studio.gui.theme import ThemeManager

_SIDE = 44


class RecentRow(QPushButton):
    """One project; a click opens it.

    Args:
        project: What to show.
        theme: Tints the icons.
        parent: Qt's owner.
    """

    forgotten = Signal(str)

    def __init__(
        self, project: RecentProject, theme: ThemeManager, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("recent_row")
        set_role(self, "row")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setMinimumHeight(_SIDE + 2 * SPACE_2)
        self.project = project
        self.has_picture = False
        self._picture = QLabel(self)
        self._picture.setFixedSize(_SIDE, _SIDE)
        self._picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        theme.set_icon(self._picture, "folder", tone="faint", size=24)
        self._name = QLabel(project.name, self)
        self._place = QLabel(project.path, self)
        set_role(self._place, "caption")
        self._facts = QLabel(self)
        set_role(self._facts, "caption")
        self._forget = named(QToolButton(self), "recent_forget")
        set_role(self._forget, "ghost")
        theme.set_icon(self._forget, "close", size=14)
        self._forget.clicked.connect(self._on_forget)
        texts = QVBoxLayout()
        texts.setSpacing(SPACE_1)
        texts.addWidget(self._name)
        texts.addWidget(self._place)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(SPACE_2, SPACE_2, SPACE_2, SPACE_2)
        layout.setSpacing(SPACE_3)
        layout.addWidget(self._picture)
        layout.addLayout(texts, 1)
        layout.addWidget(self._facts)
        layout.addWidget(self._forget)
        for label in (self._picture, self._name, self._place, self._facts):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._retranslate()

    def set_picture(self, image: QImage) -> None:
        """Show a picture, cropped to a rounded square."""
        ratio = self.devicePixelRatioF()
        side = round(_SIDE * ratio)
        scaled = image.scaled(
            side,
            side,
            Qt.AspectRatioMode.KeepAspectRatioByExpanding,
            Qt.TransformationMode.SmoothTransformation,
        )
        result = QPixmap(side, side)
        result.fill(Qt.GlobalColor.transparent)
        painter = QPainter(result)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shape = QPainterPath()
        shape.addRoundedRect(QRectF(0, 0, side, side), 6 * ratio, 6 * ratio)
        painter.setClipPath(shape)
        painter.drawImage((side - scaled.width()) // 2, (side - scaled.height()) // 2, scaled)
        painter.end()
        result.setDevicePixelRatio(ratio)
        self.has_picture = True
        self._picture.setProperty("icon_name", None)
        self._picture.setPixmap(result)

    @Slot()
    def _on_forget(self) -> None:
        self.forgotten.emit(self.project.path)

    def _retranslate(self) -> None:
        facts = []
        if self.project.images:
            facts.append(self.tr("{n} images").format(n=count_text(self.project.images)))
        if self.project.accuracy is not None:
            right = percent_text(self.project.accuracy)
            facts.append(self.tr("{accuracy} right").format(accuracy=right))
        self._facts.setText(" · ".join(facts))
        self.setAccessibleName(self.project.name)
        self.setToolTip(self.project.path)
        self._forget.setToolTip(self.tr("Take off this list"))
        self._forget.setAccessibleName(self.tr("Take off this list"))

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()


class RecentList(QWidget):
    """The newest recent projects, one below the other.

    Args:
        runner: Loads the pictures in the background.
        theme: Tints the icons.
        parent: Qt's owner.
    """

    project_chosen = Signal(str)
    project_forgotten = Signal(str)

    SHOWN = 4

    def __init__(
        self, runner: JobRunner, theme: ThemeManager, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("recent_list")
        self._theme = theme
        self._rows: dict[str, RecentRow] = {}
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(SPACE_1)
        self._requests = Requests(runner, parent=self)
        self._requests.answered.connect(self._on_picture)

    def set_projects(self, projects: Sequence[RecentProject]) -> None:
        """Show these."""
        self._requests.forget()
        for row in self._rows.values():
            self._layout.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = {}
        for project in projects[: self.SHOWN]:
            row = RecentRow(project, self._theme, self)
            row.clicked.connect(self._on_clicked)
            row.forgotten.connect(self.project_forgotten)
            self._layout.addWidget(row)
            self._rows[project.path] = row
            if project.thumbnail:
                self._requests.ask(project.path, _load_small, Path(project.thumbnail))

    @Slot()
    def _on_clicked(self) -> None:
        row = self.sender()
        if isinstance(row, RecentRow):
            self.project_chosen.emit(row.project.path)

    @Slot(object, object)
    def _on_picture(self, path: str, pixels: NDArray[np.uint8]) -> None:
        if path in self._rows:
            self._rows[path].set_picture(to_qimage(pixels))


def _load_small(path: Path) -> NDArray[np.uint8]:
    """Read a picture small, in a background thread."""
    from effnet_studio.engine.images import load_image

    return load_image(path, min_side=2 * _SIDE)
