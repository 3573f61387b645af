"""Parts of an image to be compared with where a model looks: boxes and masks, in the model's eyes.

A region is kept as the share of each cell of a map's grid that lies inside it, float64, shape
(h, w). A map's cell is taken as a square of the picture, although a cell of a deep layer has seen
more than that: shares are as coarse as the map.
"""

from __future__ import annotations

import csv
import io
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
from PIL import Image

from effnet_studio.engine import atomic
from effnet_studio.engine.errors import ConfigError
from effnet_studio.engine.images import load_image
from effnet_studio.engine.messages import msg

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from numpy.typing import NDArray

    from effnet_studio.engine.data.dataset import Sample
    from effnet_studio.engine.preprocess import Preprocess

    Grid = tuple[int, int]
    RegionOf = Callable[[Sample, Grid], NDArray[np.float64] | None]
    """From an image and the rows and columns of its map to the share of each cell inside; None: no
    region is known for it."""

_FIELDS: Final = ("file", "x", "y", "w", "h")


@dataclass(frozen=True)
class Box:
    """A rectangle, in any unit: shares of a picture's sides, or pixels.

    Attributes:
        x: Left edge.
        y: Upper edge.
        width: Above 0.
        height: Above 0.
    """

    x: float
    y: float
    width: float
    height: float

    @property
    def area(self) -> float:
        """Width times height."""
        return self.width * self.height


def share_inside(maps: NDArray[np.floating], region: NDArray[np.floating]) -> NDArray[np.float64]:
    """How much of the attention lies inside a region.

    Args:
        maps: Not negative, shape (..., h, w).
        region: Share of each cell inside, in [0, 1], of a shape that fits.

    Returns:
        Σ m·r / Σ m, in [0, 1], float64, shape (...); not a number where a map is empty.
    """
    values = np.asarray(maps, dtype=np.float64)
    inside = (values * region).sum(axis=(-2, -1))
    totals = values.sum(axis=(-2, -1))
    with np.errstate(invalid="ignore", divide="ignore"):
        found: NDArray[np.float64] = np.where(totals > 0, inside / totals, np.nan)
    return found


def box_cells(boxes: Sequence[Box], grid: Grid) -> NDArray[np.float64]:
    """Lay boxes over a grid; where they overlap, they count once.

    Args:
        boxes: In shares of what the model sees; what lies outside of it is cut off.
        grid: Rows and columns.

    Returns:
        Share of each cell inside, float64, shape ``grid``.
    """
    rows, columns = np.arange(grid[0] + 1.0), np.arange(grid[1] + 1.0)
    # All edges cut the picture into pieces that lie inside or outside as a whole.
    down = _cuts(rows, [edge * grid[0] for box in boxes for edge in (box.y, box.y + box.height)])
    across = _cuts(
        columns, [edge * grid[1] for box in boxes for edge in (box.x, box.x + box.width)]
    )
    middle_y, middle_x = (down[:-1] + down[1:]) / 2, (across[:-1] + across[1:]) / 2
    inside = np.zeros((len(middle_y), len(middle_x)), dtype=bool)
    for box in boxes:
        at_y = (middle_y > box.y * grid[0]) & (middle_y < (box.y + box.height) * grid[0])
        at_x = (middle_x > box.x * grid[1]) & (middle_x < (box.x + box.width) * grid[1])
        inside |= np.outer(at_y, at_x)
    areas = inside * np.outer(np.diff(down), np.diff(across))
    by_row = np.add.reduceat(areas, np.searchsorted(down, rows[:-1]), axis=0)
    cells: NDArray[np.float64] = np.add.reduceat(
        by_row, np.searchsorted(across, columns[:-1]), axis=1
    )
    return np.clip(cells, 0, 1)


def _cuts(edges: NDArray[np.float64], more: Sequence[float]) -> NDArray[np.float64]:
    """Edges of the cells, and more that lie between the first and the last."""
    found: NDArray[np.float64] = np.unique(np.concatenate([edges, np.clip(more, 0, edges[-1])]))
    return found


def seen_box(box: Box, width: int, height: int, preprocess: Preprocess) -> Box:
    """Take a box through the model's resize and crop.

    Args:
        box: In pixels of the upright picture.
        width: Of that picture, pixels.
        height: Of that picture, pixels.
        preprocess: What the model sees of it.

    Returns:
        The same in shares of what the model sees; it may reach beyond, or lie beside it.
    """
    resized = preprocess.resized_size(width, height)
    scale_x, scale_y = resized[0] / width, resized[1] / height
    left, top = (resized[0] - preprocess.size) // 2, (resized[1] - preprocess.size) // 2
    return Box(
        (box.x * scale_x - left) / preprocess.size,
        (box.y * scale_y - top) / preprocess.size,
        box.width * scale_x / preprocess.size,
        box.height * scale_y / preprocess.size,
    )


def same_box(box: Box) -> RegionOf:
    """One region for all images.

    Args:
        box: In shares of what the model sees, inside of it.

    Raises:
        ConfigError: If it does not lie inside, or is empty.
    """
    inside = (
        box.x >= 0
        and box.y >= 0
        and box.width > 0
        and box.height > 0
        and box.x + box.width <= 1 + 1e-9
        and box.y + box.height <= 1 + 1e-9
    )
    if not inside:
        raise ConfigError(
            msg("This box does not lie inside the image."),
            hint=msg("Give left, top, width and height as shares of it, such as 0,0,0.25,0.25."),
        )

    def region(_sample: Sample, grid: Grid) -> NDArray[np.float64]:
        return box_cells([box], grid)

    return region


def own_boxes(boxes: Mapping[str, list[Box]], preprocess: Preprocess) -> RegionOf:
    """Boxes of each image's own.

    Args:
        boxes: From names of files, as :func:`read_boxes` gives them, to boxes in pixels of the
            upright picture.
        preprocess: What the model sees.
    """

    def region(sample: Sample, grid: Grid) -> NDArray[np.float64] | None:
        own = next((boxes[name] for name in _names(sample.path) if name in boxes), None)
        if own is None:
            return None
        seen = [seen_box(box, sample.width, sample.height, preprocess) for box in own]
        return box_cells(seen, grid)

    return region


def read_boxes(path: Path) -> dict[str, list[Box]]:
    """Read a table of boxes.

    Args:
        path: CSV with the columns file, x, y, w, h: pixels of the upright picture. A file may have
            several lines.

    Returns:
        Boxes by file, named as in the table (with ``/`` between folders).

    Raises:
        ConfigError: If a column is missing or a line cannot be understood.
        StorageError: If the file cannot be read.
    """
    with atomic.storage_errors(path):
        data = path.read_bytes()
    rows = csv.DictReader(io.StringIO(data.decode("utf-8-sig", "replace")), skipinitialspace=True)
    missing = [name for name in _FIELDS if name not in (rows.fieldnames or ())]
    if missing:
        raise ConfigError(
            msg("The table of boxes has no column {names}.", names=", ".join(missing)),
            hint=msg("Its first line must be: file,x,y,w,h."),
            path=path,
        )
    found: dict[str, list[Box]] = {}
    for row in rows:
        try:
            box = Box(*(float(row[name]) for name in _FIELDS[1:]))
        except (TypeError, ValueError):
            box = Box(0, 0, 0, 0)
        if not (np.isfinite([box.x, box.y]).all() and 0 < box.area < np.inf and box.width > 0):
            raise ConfigError(
                msg("Line {line} of the table of boxes is no box.", line=rows.line_num),
                hint=msg("Give left, top, width and height in pixels, such as 10,20,100,80."),
                path=path,
            )
        name = unicodedata.normalize("NFC", str(row["file"]).strip().replace("\\", "/"))
        found.setdefault(name, []).append(box)
    return found


def own_masks(folder: Path, preprocess: Preprocess) -> RegionOf:
    """A mask file for each image.

    Args:
        folder: PNG files named as the images, such as ``roses/12.png`` or ``12.png`` for
            ``roses/12.jpg``; what is not black is inside. They have the shape of the upright
            picture, at any size.
        preprocess: What the model sees.

    Raises:
        ConfigError: If there is no such folder.
    """
    if not folder.is_dir():
        raise ConfigError(
            msg("There is no folder with masks here."),
            hint=msg("Choose a folder of PNG files that are named as the images."),
            path=folder,
        )
    known = {
        unicodedata.normalize("NFC", file.relative_to(folder).with_suffix("").as_posix()): file
        for file in folder.rglob("*.png")
    }

    def region(sample: Sample, grid: Grid) -> NDArray[np.float64] | None:
        names = _names(sample.path.with_suffix(""))
        file = next((known[name] for name in names if name in known), None)
        if file is None:
            return None
        mask = (load_image(file).max(axis=2, keepdims=True) > 0).astype(np.uint8) * np.uint8(255)
        height, width = mask.shape[:2]
        # Sides scaled down are rounded to whole pixels.
        if abs(width * sample.height - height * sample.width) > max(sample.width, sample.height):
            raise ConfigError(
                msg("This mask has another shape than its image."),
                hint=msg("Draw it on the upright image; a smaller size will do."),
                path=file,
            )
        return mask_cells(np.repeat(mask, 3, axis=2), grid, preprocess)

    return region


def mask_cells(mask: NDArray[np.uint8], grid: Grid, preprocess: Preprocess) -> NDArray[np.float64]:
    """Take a mask through the model's resize and crop, and lay it over a grid.

    Args:
        mask: 255 inside and 0 outside, uint8, shape (height, width, 3).
        grid: Rows and columns.
        preprocess: What the model sees.

    Returns:
        Share of each cell inside, float64, shape ``grid``.
    """
    seen = preprocess.geometry(mask)[:, :, 0].astype(np.float32) / 255
    small = Image.fromarray(seen).resize((grid[1], grid[0]), Image.Resampling.BOX)
    return np.clip(np.asarray(small, dtype=np.float64), 0, 1)


def _names(path: Path) -> list[str]:
    """Names under which a table or folder may know a file: whole path first, then ever shorter."""
    parts = path.parts
    names = [str(path.as_posix()), *("/".join(parts[start:]) for start in range(1, len(parts)))]
    return [unicodedata.normalize("NFC", name) for name in names]
