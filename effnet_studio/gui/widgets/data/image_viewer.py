"""One picture large, with what is known of it; the arrow keys go on to the next."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from effnet_studio.engine.data.dataset import SPLITS
from effnet_studio.gui.i18n import translate_message
from effnet_studio.gui.names import named
from effnet_studio.gui.questions import Requests
from effnet_studio.gui.text import bytes_text, count_text, moment_text, percent_text
from effnet_studio.gui.theme import SPACE_2, SPACE_3, SPACE_4, set_role
from effnet_studio.gui.widgets.image_view import ImageView
from effnet_studio.gui.widgets.label import Label

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from effnet_studio.engine.data.files.details import ImageDetails
    from effnet_studio.engine.data.index import Index
    from effnet_studio.engine.errors import StudioError
    from effnet_studio.engine.project import Project
    from effnet_studio.gui.session import Session
    from effnet_studio.gui.theme import ThemeManager

_FACTS = 12
_LARGEST = 2400
"""Short side beyond which a picture is shown smaller than it is, pixels."""


class ImageViewer(QFrame):
    """A picture that can be zoomed to its pixels, and its facts beside it.

    Args:
        session: Gives the background threads.
        theme: Gives colours and icons.
        parent: Qt's owner.
    """

    closed = Signal()
    """The user wants back to all pictures."""

    def __init__(
        self, session: Session, theme: ThemeManager, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("image_viewer")
        set_role(self, "card")
        self._index: Index | None = None
        self._project: Project | None = None
        self._ids: Sequence[int] = ()
        self._place = 0
        self._details: ImageDetails | None = None
        self._requests = Requests(session.jobs, parent=self)
        self._build_ui(theme)
        self._connect()
        self._retranslate()

    def _build_ui(self, theme: ThemeManager) -> None:
        self._back = named(QPushButton(self), "viewer_back")
        theme.set_icon(self._back, "arrow-left")
        self._title = named(Label(self), "viewer_title")
        set_role(self._title, "strong")
        self._position = named(Label(self), "viewer_position")
        set_role(self._position, "caption")
        self._buttons: dict[str, QToolButton] = {}
        head = QHBoxLayout()
        head.setSpacing(SPACE_2)
        head.addWidget(self._back)
        head.addWidget(self._title, 1)
        head.addWidget(self._position)
        icons = {
            "previous": "arrow-left",
            "next": "arrow-right",
            "out": "zoom-out",
            "in": "zoom-in",
            "fit": "fit",
        }
        for name, icon in icons.items():
            button = named(QToolButton(self), f"viewer_{name}")
            theme.set_icon(button, icon)
            self._buttons[name] = button
            head.addWidget(button)
        self._view = ImageView(self)
        self._trouble = named(Label(self), "viewer_trouble")
        self._trouble.setWordWrap(True)
        self._trouble.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._trouble.hide()
        facts = QGridLayout()
        facts.setHorizontalSpacing(SPACE_3)
        facts.setVerticalSpacing(SPACE_2)
        facts.setColumnStretch(1, 1)
        self._names = [Label(self) for _ in range(_FACTS)]
        self._values = [named(Label(self), f"viewer_fact_{n}") for n in range(_FACTS)]
        for row, (label, value) in enumerate(zip(self._names, self._values, strict=True)):
            set_role(label, "muted")
            value.setWordWrap(True)
            value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            facts.addWidget(label, row, 0, Qt.AlignmentFlag.AlignTop)
            facts.addWidget(value, row, 1)
        side = QWidget(self)
        side.setFixedWidth(260)
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(facts)
        column.addStretch(1)
        body = QHBoxLayout()
        body.setSpacing(SPACE_4)
        body.addWidget(self._view, 1)
        body.addWidget(self._trouble, 1)
        body.addWidget(side)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE_4, SPACE_3, SPACE_4, SPACE_4)
        layout.setSpacing(SPACE_3)
        layout.addLayout(head)
        layout.addLayout(body, 1)

    def _connect(self) -> None:
        self._back.clicked.connect(self.closed)
        self._buttons["previous"].clicked.connect(self.show_previous)
        self._buttons["next"].clicked.connect(self.show_next)
        self._buttons["in"].clicked.connect(self._view.zoom_in)
        self._buttons["out"].clicked.connect(self._view.zoom_out)
        self._buttons["fit"].clicked.connect(self._view.fit)
        self._requests.answered.connect(self._on_answered)
        self._requests.refused.connect(self._on_refused)

    # -- what is shown -------------------------------------------------------------------------

    def show_images(self, project: Project, index: Index, ids: Sequence[int], place: int) -> None:
        """Show one of some pictures.

        Args:
            project: Has the facts.
            index: The pictures.
            ids: Numbers of those that the arrow keys go through.
            place: Which of them comes first.
        """
        self._project, self._index, self._ids = project, index, ids
        self._go(place)
        self._view.setFocus()

    @Slot()
    def show_next(self) -> None:
        """Go on to the next picture."""
        self._go(self._place + 1)

    @Slot()
    def show_previous(self) -> None:
        """Go back to the picture before."""
        self._go(self._place - 1)

    def _go(self, place: int) -> None:
        if self._index is None or self._project is None or not 0 <= place < len(self._ids):
            return
        self._place, self._details = place, None
        self._buttons["previous"].setEnabled(place > 0)
        self._buttons["next"].setEnabled(place + 1 < len(self._ids))
        self._retranslate()
        row = self._row()
        if row is not None:
            number, path = self._ids[place], self._index.path(row)
            self._requests.ask_only(number, _read, self._project, number, path)

    @Slot(object, object)
    def _on_answered(
        self, _key: object, answer: tuple[NDArray[np.uint8] | StudioError, ImageDetails]
    ) -> None:
        picture, self._details = answer
        if isinstance(picture, Exception):
            self._show_trouble(picture)
        else:
            self._trouble.hide()
            self._view.show()
            self._view.set_image(picture)
        self._retranslate()

    @Slot(object, object)
    def _on_refused(self, _key: object, error: StudioError) -> None:
        self._show_trouble(error)

    def _show_trouble(self, error: StudioError) -> None:
        self._view.hide()
        self._trouble.show()
        self._trouble.setText(translate_message(error.message))

    def _row(self) -> int | None:
        """Row of the picture in the index; None when it is no longer there."""
        if self._index is None or not self._ids:
            return None
        rows = self._index.rows_of([self._ids[self._place]])
        return int(rows[0]) if len(rows) else None

    def _facts(self) -> list[tuple[str, str]]:
        """Names and values, those not known left out."""
        index, row, details = self._index, self._row(), self._details
        if index is None or row is None:
            return []
        path = index.path(row)
        parts = {
            "train": self.tr("Training"),
            "val": self.tr("Validation"),
            "test": self.tr("Test"),
        }
        changed = datetime.fromtimestamp(index.mtimes_ns[row] / 1e9).astimezone()
        size = self.tr("{width} × {height} pixels").format(
            width=index.widths[row], height=index.heights[row]
        )
        facts = [
            (self.tr("Class"), index.class_names.get(int(index.classes[row]), "")),
            (self.tr("Part"), parts[SPLITS[index.splits[row]]]),
            (self.tr("State"), self.tr("left out") if index.excluded[row] else self.tr("in use")),
            (self.tr("Folder"), str(path.parent)),
            (self.tr("Size"), size),
            (self.tr("File size"), bytes_text(int(index.bytes[row]))),
            (self.tr("Changed"), moment_text(changed.isoformat())),
        ]
        if details is not None:
            facts.insert(5, (self.tr("Format"), f"{details.format} · {details.mode}"))
            if details.camera:
                facts.append((self.tr("Camera"), details.camera))
            if details.taken is not None:
                # The camera's clock has no zone: what it showed is what is written here.
                taken = datetime.fromtimestamp(details.taken, UTC).replace(tzinfo=None)
                facts.append((self.tr("Taken"), moment_text(taken.isoformat())))
            if details.copies:
                facts.append((self.tr("Copies"), count_text(details.copies)))
        if index.brightness[row] == index.brightness[row]:
            facts.append((self.tr("Brightness"), percent_text(float(index.brightness[row]), 0)))
        return facts[:_FACTS]

    # -- keys and words ------------------------------------------------------------------------

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Escape | Qt.Key.Key_Backspace:
                self.closed.emit()
            case Qt.Key.Key_Right | Qt.Key.Key_PageDown | Qt.Key.Key_Space:
                self.show_next()
            case Qt.Key.Key_Left | Qt.Key.Key_PageUp:
                self.show_previous()
            case _:
                super().keyPressEvent(event)

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self._back.setText(self.tr("All images"))
        self._back.setAccessibleName(self._back.text())
        tips = {
            "previous": self.tr("Previous image"),
            "next": self.tr("Next image"),
            "out": self.tr("Smaller"),
            "in": self.tr("Larger"),
            "fit": self.tr("Whole image"),
        }
        for name, tip in tips.items():
            self._buttons[name].setToolTip(tip)
            self._buttons[name].setAccessibleName(tip)
        facts = self._facts()
        row = self._row()
        if self._index is not None and row is not None:
            self._title.setText(self._index.path(row).name)
            self._view.setAccessibleName(self._title.text())
            text = self.tr("{n} of {total}")
            self._position.setText(
                text.format(n=count_text(self._place + 1), total=count_text(len(self._ids)))
            )
        for place, (label, value) in enumerate(zip(self._names, self._values, strict=True)):
            shown = place < len(facts)
            label.setVisible(shown)
            value.setVisible(shown)
            if shown:
                label.setText(facts[place][0])
                value.setText(facts[place][1])


def _read(
    project: Project, number: int, path: Path
) -> tuple[NDArray[np.uint8] | StudioError, ImageDetails]:
    """Read a picture and its facts, in a background thread."""
    from effnet_studio.engine.data.files.details import load_details
    from effnet_studio.engine.errors import ImageError
    from effnet_studio.engine.images import load_image

    details = load_details(project, number)
    try:
        return load_image(path, min_side=_LARGEST), details
    except ImageError as error:
        return error, details
