"""The dialogs in which people choose files and folders: one room for all of them.

Where the system has a file dialog of its own, that is shown. Elsewhere Qt shows one made of
widgets, which asks for thirty rows whatever their height: with the rows of this app's look its
buttons would lie below the screen. That one gets a size that fits, columns that show what is in
them, and the folders people keep their images in.
"""

from __future__ import annotations

import re
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import (
    QCoreApplication,
    QFileInfo,
    QMimeDatabase,
    QSize,
    QStandardPaths,
    QTimer,
    QUrl,
)
from PySide6.QtGui import QAbstractFileIconProvider, QGuiApplication, QIcon, QPalette
from PySide6.QtWidgets import (
    QDialogButtonBox,
    QFileDialog,
    QFileIconProvider,
    QFileSystemModel,
    QHeaderView,
    QSplitter,
    QToolButton,
    QTreeView,
    QWidget,
)
from typing_extensions import override

from effnet_studio.gui.i18n import QT_TRANSLATE_NOOP
from effnet_studio.gui.icons import DIRECTED, icon
from effnet_studio.gui.theme import ICON_SIZE, set_role

if TYPE_CHECKING:
    from PySide6.QtCore import QRect

_WANTED: Final = QSize(880, 560)
_SHARE: Final = 0.9
"""Of the screen at most: the window's frame and what lies behind it want to be seen too."""

_ROWS_MEASURED: Final = 100
"""Rows that a column is fitted to, beside those in view: folders may hold many thousands."""

_PLACES: Final = (
    QStandardPaths.StandardLocation.HomeLocation,
    QStandardPaths.StandardLocation.DesktopLocation,
    QStandardPaths.StandardLocation.DocumentsLocation,
    QStandardPaths.StandardLocation.DownloadLocation,
    QStandardPaths.StandardLocation.PicturesLocation,
)

_SIDEBAR_WIDTH: Final = 176

_LINGER_MS: Final = 2000
"""From when a dialog is closed until it is deleted."""

_ICONS: Final = {
    "backButton": "arrow-left",
    "forwardButton": "arrow-right",
    "toParentButton": "arrow-up",
    "newFolderButton": "folder-plus",
}
"""Of the buttons above the files, by Qt's names for them."""

_SURPLUS: Final = ("listModeButton", "detailModeButton")
"""Buttons that nobody has to understand: the list with its columns shows all there is."""

_KINDS: Final = ("fileTypeLabel", "fileTypeCombo")
"""Among folders there is one kind only."""

UNTRANSLATED: Final = (
    QT_TRANSLATE_NOOP("QFileDialog", "&Look in:"),
    QT_TRANSLATE_NOOP("QFileDialog", "Files of &type:"),
    QT_TRANSLATE_NOOP("QAbstractFileIconProvider", "Folder"),
    QT_TRANSLATE_NOOP("QFileSystemModel", "Size"),
)
"""Texts of Qt that its own Chinese lacks, or has another word for than people know."""


class _NamesOnly(QFileIconProvider):
    """Tells what a file is by its name.

    Qt's own reads from files whose name does not say it, in the window's thread: that waits for
    slow drives, and in ``/proc`` for ever.
    """

    @override
    def icon(self, what: QFileInfo | QAbstractFileIconProvider.IconType) -> QIcon:
        if isinstance(what, QFileInfo):
            kinds = QAbstractFileIconProvider.IconType
            what = kinds.Folder if what.isDir() else kinds.File
        return super().icon(what)

    @override
    def type(self, info: QFileInfo) -> str:
        if info.isDir():
            return super().type(info)
        by_name = QMimeDatabase.MatchMode.MatchExtension
        found = QMimeDatabase().mimeTypeForFile(info, by_name)
        return "" if found.isDefault() else found.comment()


@cache
def _icon_provider() -> QFileIconProvider:
    return _NamesOnly()  # no dialog owns it: it lives as long as the app


# -- asked and answered: these wait until the dialog is closed -------------------------------------


def choose_folder(parent: QWidget, title: str, start: str | Path = "") -> Path | None:
    """Let the user choose a folder.

    Args:
        parent: What the dialog stands before.
        title: Of the dialog.
        start: The folder shown first; empty: the one that was shown last.

    Returns:
        The folder; None if the user gave up.
    """
    return _first(_ask(_folders(parent, title, start)))


def choose_file(parent: QWidget, title: str, start: str | Path, kinds: str) -> Path | None:
    """Let the user choose a file that is there.

    Args:
        parent: What the dialog stands before.
        title: Of the dialog.
        start: The folder shown first; empty: the one that was shown last.
        kinds: Such as ``"ONNX (*.onnx)"``; several with ``;;`` between them.

    Returns:
        The file; None if the user gave up.
    """
    return _first(_ask(_files(parent, title, start, kinds)))


def choose_files(parent: QWidget, title: str, start: str | Path, kinds: str) -> list[Path]:
    """Let the user choose files that are there.

    Args:
        parent: What the dialog stands before.
        title: Of the dialog.
        start: The folder shown first; empty: the one that was shown last.
        kinds: As for :func:`choose_file`.

    Returns:
        The files; none if the user gave up.
    """
    dialog = _files(parent, title, start, kinds)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    return _ask(dialog)


def choose_save(
    parent: QWidget, title: str, start: str | Path, kinds: str
) -> tuple[Path | None, str]:
    """Let the user choose where something is saved.

    Args:
        parent: What the dialog stands before.
        title: Of the dialog.
        start: The name that is offered, in its folder or without one.
        kinds: As for :func:`choose_file`.

    Returns:
        The file, or None if the user gave up, and which of the kinds was chosen.
    """
    dialog = _saves(parent, title, start, kinds)
    return _first(_ask(dialog)), dialog.selectedNameFilter()


# -- left open: work goes on behind these; their ``fileSelected`` is the answer --------------------


def folder_dialog(parent: QWidget, title: str, start: str | Path = "") -> QFileDialog:
    """Make a dialog for a folder that holds nothing up.

    Args:
        parent: What the dialog stands before.
        title: Of the dialog.
        start: The folder shown first; empty: the one that was shown last.

    Returns:
        The dialog, still to be shown; it deletes itself when it is closed.
    """
    return _left_open(_folders(parent, title, start))


def file_dialog(parent: QWidget, title: str, start: str | Path, kinds: str) -> QFileDialog:
    """Make a dialog for a file that is there, which holds nothing up.

    Args:
        parent: What the dialog stands before.
        title: Of the dialog.
        start: The folder shown first; empty: the one that was shown last.
        kinds: As for :func:`choose_file`.

    Returns:
        The dialog, still to be shown; it deletes itself when it is closed.
    """
    return _left_open(_files(parent, title, start, kinds))


def save_dialog(parent: QWidget, title: str, start: str | Path, kinds: str) -> QFileDialog:
    """Make a dialog for where something is saved, which holds nothing up.

    Args:
        parent: What the dialog stands before.
        title: Of the dialog.
        start: The name that is offered, in its folder or without one.
        kinds: As for :func:`choose_file`.

    Returns:
        The dialog, still to be shown; it deletes itself when it is closed.
    """
    return _left_open(_saves(parent, title, start, kinds))


# -- how it looks where the system has none of its own ---------------------------------------------


def fitting_size(available: QRect) -> QSize:
    """How large the dialog becomes on a screen.

    Args:
        available: The part of the screen that windows may cover.

    Returns:
        The size, without the window's frame.
    """
    return _WANTED.boundedTo(available.size() * _SHARE)


def places() -> list[QUrl]:
    """The folders people keep their files in, those that are there, each once."""
    found = (Path(QStandardPaths.writableLocation(each)) for each in _PLACES)
    return [QUrl.fromLocalFile(str(each)) for each in dict.fromkeys(found) if each.is_dir()]


def _arrange(dialog: QFileDialog) -> QFileDialog:
    """Make the dialog of widgets fit; the system's own needs nothing."""
    tree = dialog.findChild(QTreeView, "treeView")
    if tree is None:
        return dialog
    dialog.setIconProvider(_icon_provider())
    dialog.resize(fitting_size(dialog.screen().availableGeometry()))
    dialog.setViewMode(QFileDialog.ViewMode.Detail)
    header = tree.header()
    header.setStretchLastSection(False)
    header.setResizeContentsPrecision(_ROWS_MEASURED)
    header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
    header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
    ours = places()
    others = [each for each in dialog.sidebarUrls() if each not in ours]  # what was dragged there
    dialog.setSidebarUrls([*ours, *others])
    for splitter in dialog.findChildren(QSplitter):
        splitter.setSizes([_SIDEBAR_WIDTH, _WANTED.width()])
        splitter.setStretchFactor(0, 0)
        splitter.setStretchFactor(1, 1)
    if dialog.fileMode() is QFileDialog.FileMode.Directory:
        label = QCoreApplication.translate("FileDialogs", "&Folder:")
        dialog.setLabelText(QFileDialog.DialogLabel.FileName, label)
    _dress(dialog)
    return dialog


def _dress(dialog: QFileDialog) -> None:
    """Give the buttons the app's look: Qt's own icons are dark on a dark window."""
    palette = dialog.palette()
    color = palette.color(QPalette.ColorRole.PlaceholderText).name()
    faint = palette.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.ButtonText).name()
    for key, name in _ICONS.items():
        button = dialog.findChild(QToolButton, key)
        if button is not None:
            flipped = name in DIRECTED and QGuiApplication.isRightToLeft()
            button.setIcon(icon(name, color, disabled=faint, size=ICON_SIZE, flipped=flipped))
    no_kinds = dialog.testOption(QFileDialog.Option.ShowDirsOnly)
    for key in (*_SURPLUS, *(_KINDS if no_kinds else ())):
        surplus = dialog.findChild(QWidget, key)
        if surplus is not None:
            surplus.hide()
    for box in dialog.findChildren(QDialogButtonBox):
        for choice in box.buttons():
            choice.setIcon(QIcon())
            if box.buttonRole(choice) is QDialogButtonBox.ButtonRole.AcceptRole:
                set_role(choice, "primary")


# -- how they are made -----------------------------------------------------------------------------


def _folders(parent: QWidget, title: str, start: str | Path) -> QFileDialog:
    dialog = _made(parent, title, start, "")
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    return _arrange(dialog)


def _files(parent: QWidget, title: str, start: str | Path, kinds: str) -> QFileDialog:
    dialog = _made(parent, title, start, kinds)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    return _arrange(dialog)


def _saves(parent: QWidget, title: str, start: str | Path, kinds: str) -> QFileDialog:
    dialog = _made(parent, title, start, kinds)
    dialog.setFileMode(QFileDialog.FileMode.AnyFile)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    endings = re.findall(r"\*\.(\w+)", kinds)
    if len(endings) == 1:  # among several kinds the one chosen settles the ending
        dialog.setDefaultSuffix(endings[0])
    return _arrange(dialog)


def _made(parent: QWidget, title: str, start: str | Path, kinds: str) -> QFileDialog:
    # No class of its own: Qt shows the system's dialog only for QFileDialog itself.
    dialog = QFileDialog(parent, title, str(start), kinds)
    dialog.setObjectName("file_dialog")
    return dialog


def _ask(dialog: QFileDialog) -> list[Path]:
    accepted = dialog.exec()
    _put_away(dialog)
    return [Path(each) for each in dialog.selectedFiles()] if accepted else []


def _left_open(dialog: QFileDialog) -> QFileDialog:
    dialog.finished.connect(partial(_put_away, dialog))
    dialog.setModal(False)
    return dialog


def _put_away(dialog: QFileDialog, _result: int = 0) -> None:
    """Delete a dialog that was closed, a while later.

    Qt's own watches the folder that it shows. To give up a watch and its watcher at once waits for
    Linux to notice, for up to half a second where all cores are busy; one that was given up a while
    ago costs nothing.
    """
    model = dialog.findChild(QFileSystemModel)
    if model is not None:
        QTimer.singleShot(0, model, partial(model.setRootPath, ""))
    QTimer.singleShot(_LINGER_MS, dialog, dialog.deleteLater)


def _first(chosen: list[Path]) -> Path | None:
    return chosen[0] if chosen else None
