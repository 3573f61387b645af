"""The pictures of the user guide, taken from the gallery's scenarios: ``--guide``.

``docs/guide/pictures.json`` has a row for each: the scenario, and, where only a part of the window
is meant, the object name of a widget. Each is taken light and dark, in every language.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PIL import Image
from PySide6.QtCore import QBuffer, QIODevice, QPoint, QRect
from PySide6.QtWidgets import QWidget

from effnet_studio.guide.library import ENGLISH, LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from PySide6.QtGui import QPixmap

    from tests.gallery.stage import Stage

FOLDER: Final = Path(__file__).resolve().parents[2] / "docs" / "guide"
SIZE: Final = (1280, 800)
MODES: Final = ("light", "dark")
COLORS: Final = 256
"""A window has few colours; photographs in it stay good enough with this many."""
MARGIN: Final = 8
"""Room around a widget that is cut out, pixels."""


@dataclass(frozen=True)
class GuidePicture:
    """A row of the table.

    Attributes:
        name: File name without its ending.
        scenario: Of the gallery.
        widget: Object name of the part that is shown; empty: the whole window.
        size: Of the window.
    """

    name: str
    scenario: str
    widget: str = ""
    size: tuple[int, int] = SIZE


def guide_pictures(folder: Path = FOLDER) -> list[GuidePicture]:
    """The table of pictures; empty where there is none."""
    file = folder / "pictures.json"
    if not file.is_file():
        return []
    rows = json.loads(file.read_text(encoding="utf-8"))
    return [_row(name, row) for name, row in rows.items()]


def _row(name: str, row: dict[str, str]) -> GuidePicture:
    width, height = (int(part) for part in row.get("size", "1280x800").split("x"))
    return GuidePicture(name, row["scenario"], row.get("widget", ""), (width, height))


def place_of(picture: GuidePicture, mode: str, language: str, folder: Path = FOLDER) -> Path:
    """Where a picture is kept, as the guide looks for it."""
    home = folder / "pictures"
    if language != ENGLISH:
        home /= language
    return home / f"{picture.name}{'-dark' if mode == 'dark' else ''}.png"


def take(stage: Stage, pictures: Sequence[GuidePicture], folder: Path = FOLDER) -> None:
    """Take the pictures of one scenario, in which the stage already is.

    Args:
        stage: Has the window.
        pictures: Those of its scenario.
        folder: Of the guide.
    """
    for mode in MODES:
        for language in LANGUAGES:
            for picture in pictures:
                taken = stage.picture(mode=mode, language=language, size=picture.size)
                if picture.widget:
                    taken = taken.copy(_part(stage.window, picture.widget))
                file = place_of(picture, mode, language, folder)
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(small_png(taken))


def remove_others(pictures: Sequence[GuidePicture], folder: Path = FOLDER) -> list[Path]:
    """Delete files of pictures that the table no longer has.

    Returns:
        What was deleted.
    """
    kept = {
        place_of(picture, mode, language, folder)
        for picture in pictures
        for mode in MODES
        for language in LANGUAGES
    }
    others = [file for file in (folder / "pictures").rglob("*.png") if file not in kept]
    for file in others:
        file.unlink()
    return others


def by_scenario(pictures: Sequence[GuidePicture]) -> Iterator[tuple[str, list[GuidePicture]]]:
    """The pictures of each scenario together: it is set up only once."""
    for scenario in dict.fromkeys(picture.scenario for picture in pictures):
        yield scenario, [picture for picture in pictures if picture.scenario == scenario]


def small_png(picture: QPixmap) -> bytes:
    """A PNG with a palette, a third as large as one without."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    picture.save(buffer, "PNG")
    with Image.open(BytesIO(buffer.data().data())) as image:
        few = image.convert("RGB").quantize(COLORS, Image.Quantize.MEDIANCUT, dither=0)
    result = BytesIO()
    few.save(result, "PNG", optimize=True)
    return result.getvalue()


def _part(window: QWidget, name: str) -> QRect:
    found = [each for each in window.findChildren(QWidget, name) if each.isVisible()]
    if not found:
        raise LookupError(f"There is no visible widget named {name}.")
    corner = found[0].mapTo(window, QPoint())
    area = QRect(corner, found[0].size()).adjusted(-MARGIN, -MARGIN, MARGIN, MARGIN)
    return area.intersected(window.rect())
