"""How the desktop knows the application: its name, its version, its menu entry and its icon."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QCoreApplication, QRectF, QSize, QStandardPaths, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from effnet_studio import __version__
from effnet_studio.paths import APP_NAME, resources_dir

MENU_ENTRY: Final = "effnet-studio"
"""Name of the desktop entry that installers bring along."""
_ICON_SIZES: Final = (16, 24, 32, 48, 64, 128)


def introduce_application() -> None:
    """Tell the desktop who this is, before there is an application."""
    QCoreApplication.setApplicationName(APP_NAME)
    QCoreApplication.setApplicationVersion(__version__)
    # Windows are matched with the menu entry by this. Where none is installed, Qt would be refused
    # by the desktop and complain.
    place = QStandardPaths.StandardLocation.ApplicationsLocation
    if QStandardPaths.locate(place, f"{MENU_ENTRY}.desktop"):
        QGuiApplication.setDesktopFileName(MENU_ENTRY)


def app_icon() -> QIcon:
    """The application's own icon, for window frames, task bars and the About dialog.

    It is drawn here and not by Qt's plug-in for SVG icons, which draws it again and again.
    """
    drawing = QSvgRenderer(str(resources_dir() / "app-icon.svg"))
    icon = QIcon()
    for side in _ICON_SIZES:
        picture = QPixmap(QSize(side, side))
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        drawing.render(painter, QRectF(0, 0, side, side))
        painter.end()
        icon.addPixmap(picture)
    return icon
