"""The small card beside a point of the map: its picture, name, class and part."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from PySide6.QtCore import QPoint, Qt, Slot
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from effnet_studio.gui.jobs import JobRunner
from effnet_studio.gui.names import named
from effnet_studio.gui.questions import Requests
from effnet_studio.gui.theme import SPACE_1, SPACE_2, SPACE_4, set_role
from effnet_studio.gui.widgets.image_view import to_qimage
from effnet_studio.gui.widgets.label import Label

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from effnet_studio.engine.data.dataset import Sample
    from effnet_studio.engine.project import Project

_SIDE: Final = 144
_CACHED: Final = 200
"""Pictures kept, 12 MB."""


class MapPopup(QFrame):
    """Hidden until it is given a picture to show; the pointer passes through it.

    Args:
        runner: Gives the background thread that reads thumbnails.
        parent: Qt's owner, inside which it stays.
    """

    def __init__(self, runner: JobRunner, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("map_popup")
        set_role(self, "card")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._parent = parent
        self._shown = -1
        self._pictures: dict[int, QPixmap] = {}
        self._requests = Requests(runner, parent=self)
        self._requests.answered.connect(self._on_answered)
        self._picture = named(Label(self), "popup_picture")
        self._picture.setFixedSize(_SIDE, _SIDE)
        self._picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._name = named(Label(self), "popup_name")
        self._about = named(Label(self), "popup_about")
        set_role(self._about, "caption")
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_2, SPACE_2, SPACE_2, SPACE_2)
        column.setSpacing(SPACE_1)
        for label in (self._picture, self._name, self._about):
            label.setTextFormat(Qt.TextFormat.PlainText)
            column.addWidget(label)
        self.hide()

    def show_sample(self, project: Project, sample: Sample, about: str, place: QPoint) -> None:
        """Show a picture beside a place of the parent.

        Args:
            project: Has the thumbnails.
            sample: The picture.
            about: Second line.
            place: Where the pointer is.
        """
        self._shown = sample.id
        for label, text in ((self._name, sample.path.name), (self._about, about)):
            metrics = label.fontMetrics()
            label.setText(metrics.elidedText(text, Qt.TextElideMode.ElideMiddle, _SIDE))
        ready = self._pictures.get(sample.id)
        if ready is None:
            self._picture.clear()
            self._requests.ask_only(sample.id, _load, project, sample)
        else:
            self._picture.setPixmap(ready)
        self.adjustSize()
        self.move(self._corner(place))
        self.show()
        self.raise_()

    def forget(self) -> None:
        """Hide, and drop all pictures, as when another project is opened."""
        self.hide()
        self._requests.forget()
        self._pictures.clear()

    def _corner(self, place: QPoint) -> QPoint:
        """Right below the pointer, or on its other sides where there is no room."""
        room = self._parent.size()
        across, down = place.x() + SPACE_4, place.y() + SPACE_4
        if across + self.width() > room.width():
            across = place.x() - SPACE_4 - self.width()
        if down + self.height() > room.height():
            down = place.y() - SPACE_4 - self.height()
        return QPoint(max(0, across), max(0, down))

    @Slot(object, object)
    def _on_answered(self, number: int, pixels: NDArray[np.uint8]) -> None:
        while len(self._pictures) >= _CACHED:
            del self._pictures[next(iter(self._pictures))]
        ratio = self.devicePixelRatioF()
        picture = QPixmap.fromImage(to_qimage(pixels)).scaled(
            self._picture.size() * ratio,
            Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
        picture.setDevicePixelRatio(ratio)
        self._pictures[number] = picture
        if number == self._shown:
            self._picture.setPixmap(picture)


def _load(project: Project, sample: Sample) -> NDArray[np.uint8]:
    from effnet_studio.engine.data.files.thumbnails import thumbnail

    return thumbnail(project, sample)
