"""Pictures of widgets that are kept, and compared with what is drawn today."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication, QEvent, qVersion
from PySide6.QtGui import QFont, QFontDatabase, QImage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray
    from PySide6.QtWidgets import QApplication, QWidget

FOLDER: Final = Path(__file__).parent / "snapshots"
MADE_WITH: Final = FOLDER / "made_with.txt"
TOLERANCE: Final = 20
"""Largest difference of a colour, of 255, that edges of letters may have."""
SHARE: Final = 0.001
"""Of the pixels that may differ by more."""


def snapshot_font(app: QApplication) -> Iterator[None]:
    """Write in the font that comes with the tests: another computer has others, or none."""
    files = sorted((FOLDER / "font").glob("*.otf"))
    numbers = [QFontDatabase.addApplicationFont(str(file)) for file in files]
    before = app.font()
    font = QFont(QFontDatabase.applicationFontFamilies(numbers[0]))
    font.setPixelSize(before.pixelSize())
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    font.setStyleStrategy(
        QFont.StyleStrategy.PreferAntialias | QFont.StyleStrategy.NoSubpixelAntialias
    )
    app.setFont(font)
    yield
    app.setFont(before)
    for number in numbers:
        QFontDatabase.removeApplicationFont(number)


def skip_elsewhere(*, update: bool) -> None:
    """Skip where letters and curves are drawn a little differently."""
    if sys.platform != "linux":
        pytest.skip("pictures are compared on Linux, where they were made")
    made_with = MADE_WITH.read_text(encoding="utf-8").strip() if MADE_WITH.exists() else ""
    if not update and made_with != qVersion():
        pytest.skip(f"pictures were made with Qt {made_with}, this is {qVersion()}")


def compare(widget: QWidget, name: str, *, update: bool) -> None:
    """Compare a widget with its picture, or keep a new one.

    Args:
        widget: Shown in the size and theme of the picture.
        name: Of the picture, without its ending.
        update: Whether what is drawn now is right from now on.

    Raises:
        AssertionError: If they differ; actual, expected and difference are left in a folder.
    """
    for _ in range(3):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
        QCoreApplication.processEvents()
    actual = _pixels(widget.grab().toImage())
    golden = FOLDER / f"{name}.png"
    if update:
        _save(actual, golden)
        MADE_WITH.write_text(f"{qVersion()}\n", encoding="utf-8")
        return
    assert golden.is_file(), f"there is no picture {golden.name}: make it with --update-snapshots"
    expected = _pixels(QImage(str(golden)))
    if actual.shape != expected.shape:
        place = _leave(name, actual=actual, expected=expected)
        pytest.fail(f"{name} is {actual.shape[:2]}, not {expected.shape[:2]}; see {place}")
    differing = (np.abs(actual.astype(int) - expected.astype(int)) > TOLERANCE).any(axis=2)
    share = float(differing.mean())
    if share > SHARE:
        faint = expected // 3 + 160
        faint[differing] = (255, 0, 0)
        place = _leave(name, actual=actual, expected=expected, difference=faint)
        pytest.fail(f"{name}: {100 * share:.2f} % of the pixels differ; see {place}")


def _leave(name: str, **pictures: NDArray[np.uint8]) -> Path:
    """Keep pictures for people to look at; gives their folder."""
    chosen = os.environ.get("EFFNET_SNAPSHOTS_OUT")
    place = Path(chosen) if chosen else FOLDER.parents[2] / "build" / "snapshots"
    place.mkdir(parents=True, exist_ok=True)
    for kind, pixels in pictures.items():
        _save(pixels, place / f"{name}-{kind}.png")
    return place


def _pixels(image: QImage) -> NDArray[np.uint8]:
    plain = image.convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(plain.constBits(), dtype=np.uint8)
    rows = rows.reshape(plain.height(), plain.bytesPerLine())
    return rows[:, : 3 * plain.width()].reshape(plain.height(), plain.width(), 3).copy()


def _save(pixels: NDArray[np.uint8], file: Path) -> None:
    height, width, _ = pixels.shape
    whole = np.ascontiguousarray(pixels)
    image = QImage(whole.data, width, height, 3 * width, QImage.Format.Format_RGB888)
    image.save(str(file))
