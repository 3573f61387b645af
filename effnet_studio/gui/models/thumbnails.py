"""Pictures for a virtualised grid: only what is on screen is loaded, in the background."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final, overload

import numpy as np
from PySide6.QtCore import (
    QAbstractListModel,
    QByteArray,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QUrl,
    Slot,
)
from PySide6.QtGui import QPixmap
from typing_extensions import override

from effnet_studio.gui.errors import describe_error
from effnet_studio.gui.jobs import JobRunner
from effnet_studio.gui.questions import Requests
from effnet_studio.gui.widgets.image_view import to_qimage

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from numpy.typing import NDArray
    from PIL import Image

    from effnet_studio.engine.data.dataset import Sample
    from effnet_studio.engine.errors import StudioError
    from effnet_studio.engine.project import Project

THUMBNAIL_SIDE: Final = 160
IDS_MIME: Final = "application/x-effnet-image-ids"
"""Kind of dragged data: a JSON list with numbers of pictures."""
MOST_FILES: Final = 1000
"""Files offered to other programs in one drag."""
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
        dimmed: Whether it is drawn as something put aside.
        title: First line under the picture; empty: the file's name.
    """

    key: object
    path: Path
    load: Callable[[], NDArray[np.uint8]]
    caption: str = ""
    tone: str = "muted"
    value: object = None
    dimmed: bool = False
    title: str = ""


class ThumbnailModel(QAbstractListModel):
    """Cells whose pictures arrive when they are first shown.

    Args:
        runner: Gives the background threads.
        parent: Qt's owner.
        side: Of the square pictures, device-independent pixels.
        ratio: Device pixels per such pixel.
        squares: Side by side in each picture.
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
        squares: int = 1,
    ) -> None:
        super().__init__(parent)
        self._side = side
        self._ratio = ratio
        self._squares = squares
        self._cells: Sequence[Thumbnail] = ()
        self._count = 0
        self._rows: dict[object, int] = {}
        self._pixmaps: dict[object, QPixmap] = {}
        self._failures: dict[object, StudioError] = {}
        self._asked: set[object] = set()
        self._requests = Requests(runner, waiting=160, parent=self)
        self._requests.answered.connect(self._on_answered)
        self._requests.refused.connect(self._on_refused)
        self._requests.dropped.connect(self._on_dropped)

    def set_cells(self, cells: Sequence[Thumbnail]) -> None:
        """Show other cells; pictures of cells shown before are kept where keys are the same.

        Args:
            cells: A list, or anything that makes its cells when they are asked for.
        """
        self.beginResetModel()
        self._requests.forget()
        self._asked.clear()
        self._cells, self._count = cells, len(cells)
        self._rows = {}
        self.endResetModel()

    def grow(self, cells: Sequence[Thumbnail]) -> None:
        """Show more cells behind those there are.

        Args:
            cells: The old ones and the new ones.
        """
        if len(cells) > self._count:
            self.beginInsertRows(QModelIndex(), self._count, len(cells) - 1)
            self._cells, self._count = cells, len(cells)
            self.endInsertRows()

    def tell_row(self, row: int) -> None:
        """The text of a cell has changed."""
        self.dataChanged.emit(self.index(row), self.index(row))

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
        return 0 if parent.isValid() else self._count

    @override
    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        cell = self._cells[index.row()]
        if role == Qt.ItemDataRole.DecorationRole:
            return self.picture(cell, index.row())
        failure, title = self._failures.get(cell.key), cell.title or cell.path.name
        answers: dict[int, object] = {
            Qt.ItemDataRole.DisplayRole: cell.path.name,
            Qt.ItemDataRole.ToolTipRole: _tip(cell, failure),
            Qt.ItemDataRole.AccessibleTextRole: f"{title} {cell.caption}".strip(),
            self.ThumbnailRole: cell,
            self.FailedRole: failure is not None,
        }
        return answers.get(role)

    @override
    def flags(self, index: _Index) -> Qt.ItemFlag:
        return super().flags(index) | Qt.ItemFlag.ItemIsDragEnabled

    @override
    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """The pictures' files, for other programs, and their numbers, for the list of classes."""
        data = QMimeData()
        cells = [self._cells[index.row()] for index in indexes]
        data.setUrls([QUrl.fromLocalFile(str(cell.path)) for cell in cells[:MOST_FILES]])
        numbers = [cell.value for cell in cells if isinstance(cell.value, int)]
        if numbers:
            data.setData(IDS_MIME, QByteArray(json.dumps(numbers).encode()))
        return data

    def failure(self, cell: Thumbnail) -> StudioError | None:
        """Why a cell's picture cannot be shown, if it cannot."""
        return self._failures.get(cell.key)

    def picture(self, cell: Thumbnail, row: int) -> QPixmap | None:
        """A cell's picture; None while it is being loaded, which begins now."""
        self._rows[cell.key] = row
        ready = self._pixmaps.get(cell.key)
        if ready is None and cell.key not in self._asked and cell.key not in self._failures:
            self._asked.add(cell.key)
            pixels = round(self._side * self._ratio)
            radius = round(_RADIUS * self._ratio)
            size = (self._squares * pixels, pixels)
            self._requests.ask(cell.key, _load, cell.load, size, radius)
        return ready

    @Slot(object, object)
    def _on_answered(self, key: object, pixels: NDArray[np.uint8]) -> None:
        while len(self._pixmaps) >= _CACHED:
            oldest = next(iter(self._pixmaps))
            del self._pixmaps[oldest]
            self._asked.discard(oldest)
        picture = QPixmap.fromImage(to_qimage(pixels))
        picture.setDevicePixelRatio(self._ratio)
        self._pixmaps[key] = picture
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


def _load(
    load: Callable[[], NDArray[np.uint8]], size: tuple[int, int], radius: int
) -> NDArray[np.uint8]:
    """Read a picture and make it ready to be drawn, in a background thread, without Qt.

    The window's thread then only copies it: scaling and rounding there took most of its time.

    Args:
        load: Gives RGB pixels.
        size: Width and height, pixels.
        radius: Of its corners.

    Returns:
        RGBA, uint8, shape (height, width, 4).
    """
    from PIL import Image, ImageOps

    picture = ImageOps.fit(Image.fromarray(load()), size, Image.Resampling.BILINEAR)
    picture.putalpha(_corners(size, radius))
    return np.asarray(picture)


@lru_cache(maxsize=8)
def _corners(size: tuple[int, int], radius: int) -> Image.Image:
    """A smooth mask of a rectangle with rounded corners, drawn large and shrunk."""
    from PIL import Image, ImageDraw

    large = Image.new("L", (4 * size[0], 4 * size[1]))
    ImageDraw.Draw(large).rounded_rectangle((0, 0, *large.size), 4 * radius, fill=255)
    return large.resize(size, Image.Resampling.BOX)


def _tip(cell: Thumbnail, failure: StudioError | None) -> str:
    """Where a cell's picture lies, and why it cannot be shown, if it cannot."""
    place = str(cell.path)
    if failure is None:
        return place
    message, hint, _ = describe_error(failure)
    return "\n".join(filter(None, (place, message, hint)))


class _SampleLoader:
    """Loads one sample's cached thumbnail."""

    def __init__(self, project: Project, sample: Sample) -> None:
        self._project = project
        self._sample = sample

    def __call__(self) -> NDArray[np.uint8]:
        from effnet_studio.engine.data.files.thumbnails import thumbnail

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
    dimmed: bool = False,
) -> Thumbnail:
    """A cell for a picture of the dataset, from the project's thumbnail cache."""
    loader = _SampleLoader(project, sample)
    return Thumbnail(sample.id, sample.path, loader, caption, tone, value or sample, dimmed)


class SampleCells(Sequence[Thumbnail]):
    """Cells of many samples, each made when it is looked at.

    Args:
        project: Has the thumbnail cache.
        samples: What to show.
    """

    def __init__(self, project: Project, samples: Sequence[Sample]) -> None:
        self._project = project
        self._samples = samples

    def __len__(self) -> int:
        return len(self._samples)

    @overload
    def __getitem__(self, index: int) -> Thumbnail: ...

    @overload
    def __getitem__(self, index: slice) -> SampleCells: ...

    def __getitem__(self, index: int | slice) -> Thumbnail | SampleCells:
        if isinstance(index, slice):
            return SampleCells(self._project, self._samples[index])
        return sample_cell(self._project, self._samples[index])


def file_cell(
    path: Path, *, caption: str = "", tone: str = "muted", value: object = None, title: str = ""
) -> Thumbnail:
    """A cell for any picture file."""
    loader = _FileLoader(path)
    return Thumbnail(str(path), path, loader, caption, tone, value or path, title=title)
