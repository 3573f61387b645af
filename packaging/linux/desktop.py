"""What makes a program one of the desktop's: menu entry, icons, kinds of files, description."""

from __future__ import annotations

import shutil
from pathlib import Path

from linux.tools import LINUX, NAME, ROOT, Release, run

COMPONENT = "org.effnet_studio.effnet_studio"
"""The application's name among all applications of the world (AppStream)."""
ICON_SIZES = (16, 24, 32, 48, 64, 128, 256, 512)
_RENDER = """
import sys
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer
application = QGuiApplication([])
drawing = QSvgRenderer(sys.argv[1])
for size, target in zip(map(int, sys.argv[2::2]), sys.argv[3::2]):
    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    drawing.render(painter, QRectF(0, 0, size, size))
    painter.end()
    if not image.save(target):
        sys.exit(f"cannot write {target}")
"""


def install_desktop_files(share: Path, release: Release, *, python: Path) -> None:
    """Write everything below ``share`` by which a desktop knows the application.

    Args:
        share: The ``usr/share`` of a package.
        release: What is packaged.
        python: Interpreter with PySide6, which draws the icons.

    Raises:
        SetupError: If the icons cannot be drawn.
    """
    _place(LINUX / f"{NAME}.desktop", share / "applications" / f"{NAME}.desktop")
    _place(LINUX / f"{NAME}.xml", share / "mime" / "packages" / f"{NAME}.xml")
    metainfo = share / "metainfo" / f"{COMPONENT}.metainfo.xml"
    _place(LINUX / metainfo.name, metainfo)
    text = metainfo.read_text("utf-8")
    text = text.replace("@VERSION@", release.version).replace("@DATE@", release.date)
    metainfo.write_text(text, "utf-8")
    _install_icons(share / "icons" / "hicolor", python)


def _install_icons(theme: Path, python: Path) -> None:
    drawing = ROOT / "resources" / "app-icon.svg"
    _place(drawing, theme / "scalable" / "apps" / f"{NAME}.svg")
    arguments: list[str | Path] = []
    for size in ICON_SIZES:
        target = theme / f"{size}x{size}" / "apps" / f"{NAME}.png"
        target.parent.mkdir(parents=True, exist_ok=True)
        arguments += [str(size), target]
    run([python, "-c", _RENDER, drawing, *arguments], QT_QPA_PLATFORM="offscreen")


def _place(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)
    target.chmod(0o644)
