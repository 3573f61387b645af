"""Pictures for a virtualised grid: only what is on screen is loaded, in the background."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRectF,
    QSize,
    Qt,
    Slot,
)
from PySide6.QtGui import QBrush, QImage, QPainter, QPixmap, QTransform
from typing_extensions import override

from effnet_studio.gui.jobs import JobRunner, Requests
from effnet_studio.gui.widgets.image_view import to_qimage

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from effnet_studio.engine.data.dataset import Sample
    from effnet_studio.engine.errors import StudioError
    from effnet_studio.engine.project import Project

THUMBNAIL_SIDE: Final = 160
_CACHED: Final = 1500
"""Pictures kept: about 75 MB at the usual size."""
_RADIUS: Final = 6

_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True)
class Thumbnail:
    """One cell of the grid.

    Attributes:
        key: What it is known by, unique in the grid.
        path: The picture's file; its name is shown and its path is the tool-tip.
        load: Called in a thread; returns uint8 pixels (h, w, 3), 160 px or a little more.
        caption: Second line under the picture, such as a prediction; empty for none.
        tone: Meaning of the caption: ``success``, ``danger``, ``muted``.
        value: Whatever the page wants back when the cell is chosen.
    """

    key: object
    path: Path
    load: Callable[[], NDArray[np.uint8]]
    caption: str = ""
    tone: str = "muted"
    value: object = None


class ThumbnailModel(QAbstractListModel):
    """Cells whose pictures arrive when they are first shown.

    Args:
        runner: Gives the background threads.
        parent: Qt's owner.
        side: Of the square pictures, device-independent pixels.
        ratio: Device pixels per such pixel.
    """

    ThumbnailRole = Qt.ItemDataRole.UserRole + 1
    FailedRole = Qt.ItemDataRole.UserRole + 2

    def __init__(
        self,
        runner: JobRunner,
        parent: QObject | None = None,
        *,
        side: int = THUMBNAIL_SIDE,
        ratio: float = 1.0,
    ) -> None:
        super().__init__(parent)
        self._side = side
        self._ratio = ratio
        self._cells: list[Thumbnail] = []
        self._rows: dict[object, int] = {}
        self._pixmaps: dict[object, QPixmap] = {}
        self._failures: dict[object, StudioError] = {}
        self._asked: set[object] = set()
        self._requests = Requests(runner, waiting=160, parent=self)
        self._requests.answered.connect(self._on_answered)
        self._requests.refused.connect(self._on_refused)
        self._requests.dropped.connect(self._on_dropped)

    def set_cells(self, cells: Sequence[Thumbnail]) -> None:
        """Show other cells; pictures of cells shown before are kept where keys are the same."""
        self.beginResetModel()
        self._requests.forget()
        self._asked.clear()
        self._cells = list(cells)
        self._rows = {cell.key: row for row, cell in enumerate(self._cells)}
        self.endResetModel()

    def cell(self, index: _Index) -> Thumbnail:
        """The cell of a row."""
        return self._cells[index.row()]

    def clear_cache(self) -> None:
        """Forget all pictures, as when another project is opened."""
        self._requests.forget()
        self._asked.clear()
        self._pixmaps.clear()
        self._failures.clear()

    @override
    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self._cells)

    @override
    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        cell = self._cells[index.row()]
        if role == Qt.ItemDataRole.DecorationRole:
            return self.picture(cell)
        failure = self._failures.get(cell.key)
        answers: dict[int, object] = {
            Qt.ItemDataRole.DisplayRole: cell.path.name,
            Qt.ItemDataRole.ToolTipRole: f"{cell.path}\n{failure}" if failure else str(cell.path),
            Qt.ItemDataRole.AccessibleTextRole: f"{cell.path.name} {cell.caption}".strip(),
            self.ThumbnailRole: cell,
            self.FailedRole: failure is not None,
        }
        return answers.get(role)

    def failure(self, cell: Thumbnail) -> StudioError | None:
        """Why a cell's picture cannot be shown, if it cannot."""
        return self._failures.get(cell.key)

    def picture(self, cell: Thumbnail) -> QPixmap | None:
        """A cell's picture; None while it is being loaded, which begins now."""
        ready = self._pixmaps.get(cell.key)
        if ready is None and cell.key not in self._asked and cell.key not in self._failures:
            self._asked.add(cell.key)
            self._requests.ask(cell.key, _load, cell.load, self._side, self._ratio)
        return ready

    @Slot(object, object)
    def _on_answered(self, key: object, image: QImage) -> None:
        while len(self._pixmaps) >= _CACHED:
            oldest = next(iter(self._pixmaps))
            del self._pixmaps[oldest]
            self._asked.discard(oldest)
        self._pixmaps[key] = QPixmap.fromImage(image)
        self._tell(key)

    @Slot(object, object)
    def _on_refused(self, key: object, error: StudioError) -> None:
        self._failures[key] = error
        self._tell(key)

    @Slot(object)
    def _on_dropped(self, key: object) -> None:
        self._asked.discard(key)

    def _tell(self, key: object) -> None:
        row = self._rows.get(key)
        if row is not None:
            index = self.index(row)
            self.dataChanged.emit(index, index, [Qt.ItemDataRole.DecorationRole])


def _load(load: Callable[[], NDArray[np.uint8]], side: int, ratio: float) -> QImage:
    """Read a picture and make it ready to be drawn, in a background thread.

    The window's thread then only copies it: scaling and rounding there took most of its time.
    """
    image = to_qimage(load())
    pixels = round(side * ratio)
    image = image.scaled(
        QSize(pixels, pixels),
        Qt.AspectRatioMode.KeepAspectRatioByExpanding,
        Qt.TransformationMode.SmoothTransformation,
    )
    result = QImage(pixels, pixels, QImage.Format.Format_ARGB32_Premultiplied)
    result.fill(Qt.GlobalColor.transparent)
    painter = QPainter(result)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    brush = QBrush(image)
    corner = QPoint((pixels - image.width()) // 2, (pixels - image.height()) // 2)
    brush.setTransform(QTransform.fromTranslate(corner.x(), corner.y()))
    painter.setBrush(brush)
    painter.drawRoundedRect(QRectF(0, 0, pixels, pixels), _RADIUS * ratio, _RADIUS * ratio)
    painter.end()
    result.setDevicePixelRatio(ratio)
    return result


class _SampleLoader:
    """Loads one sample's cached thumbnail."""

    def __init__(self, project: Project, sample: Sample) -> None:
        self._project = project
        self._sample = sample

    def __call__(self) -> NDArray[np.uint8]:
        from effnet_studio.engine.data.thumbnails import thumbnail

        return thumbnail(self._project, self._sample)


class _FileLoader:
    """Loads any picture file, small."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __call__(self) -> NDArray[np.uint8]:
        from effnet_studio.engine.images import load_image

        return load_image(self._path, min_side=THUMBNAIL_SIDE)


def sample_cell(
    project: Project,
    sample: Sample,
    *,
    caption: str = "",
    tone: str = "muted",
    value: object = None,
) -> Thumbnail:
    """A cell for a picture of the dataset, from the project's thumbnail cache."""
    loader = _SampleLoader(project, sample)
    return Thumbnail(sample.id, sample.path, loader, caption, tone, value or sample)


def file_cell(
    path: Path, *, caption: str = "", tone: str = "muted", value: object = None
) -> Thumbnail:
    """A cell for any picture file."""
    return Thumbnail(str(path), path, _FileLoader(path), caption, tone, value or path)
