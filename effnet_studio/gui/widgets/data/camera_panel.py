"""Takes pictures for a class with the computer's camera."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QEvent, QIODevice, QSize, Signal, Slot
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QPushButton, QVBoxLayout
from typing_extensions import override

from effnet_studio.gui.names import named
from effnet_studio.gui.theme import SPACE_2, SPACE_3, SPACE_4, set_role
from effnet_studio.gui.widgets.elided_combo import ElidedCombo
from effnet_studio.gui.widgets.image_view import ImageView
from effnet_studio.gui.widgets.label import Label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from effnet_studio.gui.camera import FrameSource
    from effnet_studio.gui.theme import ThemeManager

QUALITY = 95
"""Of the JPEG files."""


class CameraPanel(QFrame):
    """What the camera sees, a class, and a button.

    Args:
        theme: Tints the icons.
        parent: Qt's owner.
    """

    shot_taken = Signal(str, bytes)
    """Name of the class, and the picture as a JPEG file."""
    closed = Signal()
    """The user is done; the camera is off."""

    def __init__(self, theme: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("camera_panel")
        set_role(self, "card")
        self._source: FrameSource | None = None
        self._frame = QImage()
        self._taken = 0
        self._trouble = ""
        self._view = ImageView(self)
        self._note = named(Label(self), "camera_note")
        self._note.setWordWrap(True)
        set_role(self._note, "muted")
        self._class = ElidedCombo("camera_class", self)
        self._class.setEditable(True)
        self._class.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self._class.setMinimumWidth(180)
        self._take = named(QPushButton(self), "camera_take")
        self._done = named(QPushButton(self), "camera_done")
        set_role(self._take, "primary")
        theme.set_icon(self._take, "image", tone="on_accent")
        theme.set_icon(self._done, "check")
        row = QHBoxLayout()
        row.setSpacing(SPACE_2)
        row.addWidget(self._class)
        row.addWidget(self._take)
        row.addWidget(self._note, 1)
        row.addWidget(self._done)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE_4, SPACE_4, SPACE_4, SPACE_4)
        layout.setSpacing(SPACE_3)
        layout.addWidget(self._view, 1)
        layout.addLayout(row)
        self._take.clicked.connect(self.take)
        self._done.clicked.connect(self.close_camera)
        self._class.editTextChanged.connect(self._enable)
        self._retranslate()

    def open_camera(self, source: FrameSource, classes: Sequence[str], chosen: str = "") -> None:
        """Show what a camera sees.

        Args:
            source: The camera, not started yet.
            classes: Names to offer.
            chosen: The one to begin with.
        """
        self._source, self._frame = source, QImage()
        self._taken, self._trouble = 0, ""
        self._class.clear()
        self._class.addItems(list(classes))
        self._class.setCurrentText(chosen or next(iter(classes), ""))
        source.frame_arrived.connect(self._on_frame)
        source.failed.connect(self._on_failed)
        source.start()
        self._retranslate()
        self._enable()
        self._take.setFocus()

    @Slot()
    def take(self) -> None:
        """Take the picture that is seen now."""
        label = self._class.currentText().strip()
        if self._frame.isNull() or not label:
            return
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        self._frame.convertToFormat(QImage.Format.Format_RGB888).save(buffer, "JPEG", QUALITY)  # type: ignore[call-overload] # PySide's stub wants bytes
        self._taken += 1
        self._retranslate()
        self.shot_taken.emit(label, bytes(buffer.data().data()))

    @Slot()
    def close_camera(self) -> None:
        """Turn the camera off and go back."""
        if self._source is not None:
            self._source.stop()
            self._source.frame_arrived.disconnect(self._on_frame)
            self._source.failed.disconnect(self._on_failed)
            self._source = None
        self._view.set_image(None)
        self.closed.emit()

    @Slot(QImage)
    def _on_frame(self, frame: QImage) -> None:
        first = self._frame.isNull()
        self._frame = frame
        self._view.set_image(frame, keep_view=True)
        if first:
            self._enable()

    @Slot(str)
    def _on_failed(self, reason: str) -> None:
        self._trouble = reason
        self._retranslate()

    @Slot()
    def _enable(self) -> None:
        ready = not self._frame.isNull() and bool(self._class.currentText().strip())
        self._take.setEnabled(ready)

    @override
    def sizeHint(self) -> QSize:
        return QSize(640, 480)

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self._take.setText(self.tr("Take a picture"))
        self._take.setToolTip(self.tr("Space or Enter takes the next one"))
        self._done.setText(self.tr("Done"))
        for button in (self._take, self._done):
            button.setAccessibleName(button.text())
        self._class.setAccessibleName(self.tr("Class of the pictures"))
        self._view.setAccessibleName(self.tr("What the camera sees"))
        if self._trouble:
            text = self.tr("The camera does not work: {reason}").format(reason=self._trouble)
        elif self._taken:
            text = self.tr("%n picture(s) taken", "", self._taken)
        else:
            text = self.tr("Pictures are kept in the project, in a folder of the class.")
        self._note.setText(text)
