"""The dialogs for files: what fits on a screen, what they offer, and what comes back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication, QPoint, QRect, Qt, QTimer
from PySide6.QtWidgets import (
    QApplication,
    QDialogButtonBox,
    QFileDialog,
    QFileSystemModel,
    QLabel,
    QLineEdit,
    QMessageBox,
    QPushButton,
    QTreeView,
    QWidget,
)
from shiboken6 import isValid

import effnet_studio
from effnet_studio.gui import file_dialogs
from effnet_studio.gui.i18n import install_language

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytestqt.qtbot import QtBot

    from effnet_studio.gui.main_window import MainWindow

LEFT = Qt.MouseButton.LeftButton
HORIZONTAL = Qt.Orientation.Horizontal
SCREENS = [QRect(0, 0, 1280, 800), QRect(0, 0, 1024, 700), QRect(60, 24, 740, 560)]


@pytest.fixture(autouse=True)
def no_native_dialogs(qapp: QApplication) -> Iterator[None]:
    """Qt's own dialog, also where the system has one."""
    attribute = Qt.ApplicationAttribute.AA_DontUseNativeDialogs
    before = QCoreApplication.testAttribute(attribute)
    QCoreApplication.setAttribute(attribute, True)
    yield
    QCoreApplication.setAttribute(attribute, before)


@pytest.fixture
def parent(qtbot: QtBot, window: MainWindow) -> MainWindow:
    """The window as it is shown, with its style sheet."""
    window.show()
    qtbot.waitExposed(window)
    return window


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with two folders and two files in it."""
    place = tmp_path / "place"
    for name in ("bees", "ants"):
        (place / name).mkdir(parents=True)
    for name in ("first.onnx", "second.onnx"):
        (place / name).write_bytes(b"0" * 4000)
    return place


def makers(parent: QWidget, folder: Path) -> dict[str, Callable[[], QFileDialog]]:
    kinds = "ONNX (*.onnx);;All (*)"
    return {
        "folder": lambda: file_dialogs.folder_dialog(parent, "Folder", folder),
        "file": lambda: file_dialogs.file_dialog(parent, "File", folder, kinds),
        "save": lambda: file_dialogs.save_dialog(parent, "Save", folder / "a.csv", "CSV (*.csv)"),
    }


def test_that_what_a_file_is_is_told_by_its_name_and_no_file_is_opened(
    qtbot: QtBot, parent: MainWindow, folder: Path
) -> None:
    """To open files would make the window wait for slow drives."""
    picture = b"\x89PNG\r\n\x1a\n" + bytes(100)
    for name, content in (("nameless", picture), ("note.txt", picture), ("photo.png", b"text")):
        (folder / name).write_bytes(content)
    dialog = file_dialogs.file_dialog(parent, "File", folder, "All (*)")
    dialog.show()
    tree = dialog.findChild(QTreeView, "treeView")

    def kinds() -> dict[str, str]:
        model, root = tree.model(), tree.rootIndex()
        rows = range(model.rowCount(root))
        return {model.index(n, 0, root).data(): model.index(n, 2, root).data() for n in rows}

    qtbot.waitUntil(lambda: {"bees", "nameless", "note.txt", "photo.png"} <= set(kinds()))
    found = kinds()
    assert found["bees"] == "Folder"
    assert found["photo.png"] == "PNG image"
    assert "PNG" not in found["note.txt"] + found["nameless"]
    dialog.close()


def accept_button(dialog: QFileDialog) -> QPushButton:
    box = dialog.findChild(QDialogButtonBox)
    found = box.button(QDialogButtonBox.StandardButton.Open) or box.button(
        QDialogButtonBox.StandardButton.Save
    )
    assert isinstance(found, QPushButton)
    return found


def when_asked(qtbot: QtBot, act: Callable[[QFileDialog], None]) -> list[QFileDialog]:
    """Act on the dialog that will be waited for; it is in the list then."""
    seen: list[QFileDialog] = []

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QFileDialog)
        seen.append(dialog)
        try:
            act(dialog)
        finally:
            if dialog.isVisible():
                dialog.reject()

    QTimer.singleShot(0, look)
    return seen


def enter(qtbot: QtBot, text: str) -> Callable[[QFileDialog], None]:
    """Type a name, and choose it."""

    def act(dialog: QFileDialog) -> None:
        edit = dialog.findChild(QLineEdit, "fileNameEdit")
        edit.setText(text)  # letter by letter, suggestions would lie over the button
        qtbot.mouseClick(accept_button(dialog), LEFT)

    return act


# -- how it looks ----------------------------------------------------------------------------------


@pytest.mark.parametrize("screen", SCREENS, ids=lambda each: f"{each.width()}x{each.height()}")
@pytest.mark.parametrize("kind", ["folder", "file", "save"])
def test_that_a_dialog_and_its_buttons_lie_on_the_screen(  # noqa: PLR0917
    qtbot: QtBot,
    parent: MainWindow,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    screen: QRect,
    kind: str,
) -> None:
    size = file_dialogs.fitting_size(screen)
    monkeypatch.setattr(file_dialogs, "fitting_size", lambda _available: size)
    dialog = makers(parent, folder)[kind]()
    dialog.show()
    qtbot.waitExposed(dialog)
    assert dialog.size() == size, "what is in it needs more room"
    assert dialog.frameGeometry().height() <= screen.height()
    assert dialog.frameGeometry().width() <= screen.width()
    for button in dialog.findChild(QDialogButtonBox).buttons():
        assert button.isVisible()
        assert dialog.rect().contains(QRect(button.mapTo(dialog, QPoint()), button.size()))
    dialog.close()


def test_that_a_dialog_measures_the_screen_it_is_on(
    qtbot: QtBot, parent: MainWindow, folder: Path
) -> None:
    dialog = file_dialogs.folder_dialog(parent, "Folder", folder)
    dialog.show()
    qtbot.waitExposed(dialog)
    available = parent.screen().availableGeometry()
    assert dialog.size() == file_dialogs.fitting_size(available)
    assert dialog.frameGeometry().height() <= available.height()
    assert dialog.frameGeometry().width() <= available.width()
    dialog.close()


def test_that_large_screens_get_no_larger_dialog() -> None:
    large = file_dialogs.fitting_size(QRect(0, 0, 3840, 2160))
    assert large == file_dialogs.fitting_size(QRect(0, 0, 1280, 800))
    small = file_dialogs.fitting_size(QRect(0, 0, 800, 500))
    assert (small.width(), small.height()) == (720, 450)


def test_that_columns_show_all_that_is_in_them(
    qtbot: QtBot, parent: MainWindow, folder: Path
) -> None:
    dialog = file_dialogs.file_dialog(parent, "File", folder, "ONNX (*.onnx)")
    dialog.show()
    tree = dialog.findChild(QTreeView, "treeView")
    assert tree.isVisible()
    qtbot.waitUntil(lambda: tree.model().rowCount(tree.rootIndex()) == 4)
    header = tree.header()

    def wide_enough() -> bool:
        return all(header.sectionSize(each) >= tree.sizeHintForColumn(each) for each in range(4))

    qtbot.waitUntil(wide_enough)
    assert header.length() == tree.viewport().width(), "the names get what is left"
    dialog.close()


def test_that_the_folders_people_keep_files_in_stand_beside(
    parent: MainWindow, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = {"HomeLocation": "home", "DesktopLocation": "home", "PicturesLocation": "pictures"}
    for name in there.values():
        (tmp_path / name).mkdir(exist_ok=True)
    monkeypatch.setattr(
        file_dialogs.QStandardPaths,
        "writableLocation",
        lambda each: str(tmp_path / there.get(each.name, "missing")),
    )
    dialog = file_dialogs.folder_dialog(parent, "Folder", folder)
    beside = [Path(each.toLocalFile()) for each in dialog.sidebarUrls()]
    assert beside[:2] == [tmp_path / "home", tmp_path / "pictures"]
    assert tmp_path / "missing" not in beside
    dialog.show()
    sidebar = dialog.findChild(QWidget, "sidebar")
    assert sidebar.model().index(1, 0).data() == "pictures"
    assert sidebar.width() >= 150
    dialog.close()


def test_that_a_dialog_speaks_chinese(qapp: QApplication, parent: MainWindow, folder: Path) -> None:
    install_language(qapp, "zh_CN")
    for make in makers(parent, folder).values():
        dialog = make()
        dialog.show()
        labels = [each.text() for each in dialog.findChildren(QLabel) if each.isVisible()]
        labels += [each.text() for each in dialog.findChild(QDialogButtonBox).buttons()]
        labels += [dialog.findChild(QTreeView, "treeView").model().headerData(1, HORIZONTAL)]
        assert len(labels) >= 5
        assert all(any("\u4e00" <= sign <= "\u9fff" for sign in each) for each in labels), labels
        dialog.close()


def test_that_folders_have_no_kinds_to_choose_from(parent: MainWindow, folder: Path) -> None:
    shown = {}
    for kind, make in makers(parent, folder).items():
        dialog = make()
        dialog.show()
        shown[kind] = dialog.findChild(QWidget, "fileTypeCombo").isVisible()
        dialog.close()
    assert shown == {"folder": False, "file": True, "save": True}


# -- what comes back -------------------------------------------------------------------------------


def test_that_the_chosen_folder_comes_back(qtbot: QtBot, parent: MainWindow, folder: Path) -> None:
    when_asked(qtbot, enter(qtbot, "bees"))
    assert file_dialogs.choose_folder(parent, "Folder", folder) == folder / "bees"


def test_that_the_folder_looked_into_is_chosen_where_none_is_named(
    qtbot: QtBot, parent: MainWindow, folder: Path
) -> None:
    when_asked(qtbot, enter(qtbot, ""))
    assert file_dialogs.choose_folder(parent, "Folder", folder) == folder


def test_that_the_chosen_file_comes_back(qtbot: QtBot, parent: MainWindow, folder: Path) -> None:
    when_asked(qtbot, enter(qtbot, "second.onnx"))
    chosen = file_dialogs.choose_file(parent, "File", folder, "ONNX (*.onnx)")
    assert chosen == folder / "second.onnx"


def test_that_several_chosen_files_come_back(
    qtbot: QtBot, parent: MainWindow, folder: Path
) -> None:
    when_asked(qtbot, enter(qtbot, '"first.onnx" "second.onnx"'))
    chosen = file_dialogs.choose_files(parent, "Files", folder, "All (*)")
    assert sorted(chosen) == [folder / "first.onnx", folder / "second.onnx"]


def test_that_a_name_to_save_under_gets_the_ending_of_the_only_kind(
    qtbot: QtBot, parent: MainWindow, folder: Path
) -> None:
    when_asked(qtbot, enter(qtbot, "answers"))
    chosen = file_dialogs.choose_save(parent, "Save", folder / "a.csv", "CSV (*.csv)")
    assert chosen == (folder / "answers.csv", "CSV (*.csv)")


def test_that_the_kind_chosen_for_saving_is_told(
    qtbot: QtBot, parent: MainWindow, folder: Path
) -> None:
    def act(dialog: QFileDialog) -> None:
        assert dialog.findChild(QLineEdit, "fileNameEdit").text() == "report.html"
        dialog.selectNameFilter("PDF (*.pdf)")
        enter(qtbot, "report")(dialog)

    when_asked(qtbot, act)
    start = folder / "report.html"
    chosen = file_dialogs.choose_save(parent, "Save", start, "Page (*.html);;PDF (*.pdf)")
    assert chosen == (folder / "report", "PDF (*.pdf)")


def test_that_a_file_that_is_there_is_replaced_after_a_question_only(
    qtbot: QtBot, parent: MainWindow, folder: Path
) -> None:
    asked: list[str] = []

    def act(dialog: QFileDialog) -> None:
        def refuse() -> None:
            question = QApplication.activeModalWidget()
            assert isinstance(question, QMessageBox)
            asked.append(question.text())
            question.reject()

        QTimer.singleShot(0, refuse)
        enter(qtbot, "first")(dialog)

    when_asked(qtbot, act)
    chosen, _kind = file_dialogs.choose_save(parent, "Save", folder / "a.onnx", "ONNX (*.onnx)")
    assert chosen is None
    assert "first.onnx" in asked[0]


@pytest.mark.parametrize("kind", ["folder", "file", "files", "save"])
def test_that_nothing_comes_back_from_one_who_gave_up(
    qtbot: QtBot, qapp: QApplication, parent: MainWindow, folder: Path, kind: str
) -> None:
    ask: dict[str, Callable[[], object]] = {
        "folder": lambda: file_dialogs.choose_folder(parent, "Folder", folder),
        "file": lambda: file_dialogs.choose_file(parent, "File", folder, "All (*)"),
        "files": lambda: file_dialogs.choose_files(parent, "Files", folder, "All (*)"),
        "save": lambda: file_dialogs.choose_save(parent, "Save", folder / "a", "All (*)")[0],
    }
    seen = when_asked(qtbot, QFileDialog.reject)
    assert not ask[kind]()
    qtbot.waitUntil(lambda: not isValid(seen[0]))


@pytest.mark.parametrize("kind", ["folder", "file", "save"])
def test_that_work_goes_on_behind_a_dialog_left_open(
    qtbot: QtBot, parent: MainWindow, folder: Path, kind: str
) -> None:
    dialog = makers(parent, folder)[kind]()
    assert not dialog.isModal()
    dialog.show()
    name = {"folder": "ants", "file": "first.onnx", "save": "table"}[kind]
    with qtbot.waitSignal(dialog.fileSelected) as selected:
        enter(qtbot, name)(dialog)
    assert Path(selected.args[0]) == folder / (name + (".csv" if kind == "save" else ""))
    qtbot.waitUntil(lambda: not isValid(dialog))


def test_that_a_closed_dialog_watches_nothing_for_a_while_before_it_is_deleted(
    qtbot: QtBot, parent: MainWindow, folder: Path
) -> None:
    dialog = file_dialogs.folder_dialog(parent, "Folder", folder)
    dialog.show()
    model = dialog.findChild(QFileSystemModel)
    assert Path(model.rootPath()) == folder
    dialog.reject()
    qtbot.waitUntil(lambda: not model.rootPath())
    assert isValid(dialog)
    qtbot.waitUntil(lambda: not isValid(dialog))


# -- one room --------------------------------------------------------------------------------------


def test_that_the_systems_own_dialog_can_be_shown(parent: MainWindow, folder: Path) -> None:
    for make in makers(parent, folder).values():
        dialog = make()
        assert dialog.metaObject().className() == "QFileDialog", "Qt shows its own for others"
        dialog.deleteLater()


def test_that_no_other_room_makes_file_dialogs() -> None:
    package = Path(effnet_studio.__file__).parent
    those = {
        path.relative_to(package).as_posix()
        for path in package.rglob("*.py")
        if "QFileDialog" in path.read_text(encoding="utf-8")
    }
    assert those == {"gui/file_dialogs.py"}
