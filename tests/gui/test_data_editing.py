"""Looking at, sorting and mending the images of a project, in the real Data page."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QByteArray, QMimeData, QModelIndex, Qt
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QListView, QListWidget, QPushButton

from effnet_studio.engine.data.checks.findings import FindingKind
from effnet_studio.gui.models.browsing import Order, State, Wishes, resolve
from effnet_studio.gui.models.thumbnails import IDS_MIME
from effnet_studio.gui.pages.data import DataPage
from effnet_studio.gui.pages.data_images import FINDINGS, HISTORY, IMAGES
from effnet_studio.gui.widgets.data.class_list import ClassList
from effnet_studio.gui.widgets.data.image_viewer import ImageViewer
from tests.engine.data.conftest import paint

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot


@pytest.fixture
def page(qtbot: QtBot, session, theme, english, tmp_path: Path) -> DataPage:
    """Eight ants, six bees, and two copies of ants among the bees."""
    root = tmp_path / "photos"
    for number in range(8):
        paint(root / "ant" / f"a{number}x.png", number, (40 + 10 * number, 60))
    for number in range(6):
        paint(root / "bee" / f"b{number}x.png", 100 + number)
    for number in range(2):
        shutil.copy(root / "ant" / f"a{number}x.png", root / "bee" / f"copy{number}x.png")
    page = DataPage(session, theme)
    qtbot.addWidget(page)
    page.resize(1100, 760)
    page.show()
    with qtbot.waitSignal(session.project_changed):
        session.create_project(tmp_path / "p.effnet")
    with qtbot.waitSignal(session.import_finished):
        page.take_folder(root)
    return page


def shown(page: DataPage) -> list[str]:
    model = page.images.browser.grid.model()
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def select(page: DataPage, *rows: int) -> list[int]:
    grid = page.images.browser.grid
    grid.clearSelection()
    for row in rows:
        grid.selectionModel().select(
            grid.model().index(row, 0), grid.selectionModel().SelectionFlag.Select
        )
    return page.images.browser.chosen_ids()


def edited(qtbot: QtBot, page: DataPage, do: Callable[[], object]) -> None:
    with qtbot.waitSignal(page.session.editor.edited):
        do()


def counts(page: DataPage) -> dict[str, int]:
    assert page.session.dataset is not None
    return page.session.dataset.counts()


def parts(page: DataPage) -> dict[str, int]:
    assert page.session.dataset is not None
    return {part: len(page.session.dataset.subset(part)) for part in ("train", "val", "test")}


def test_that_a_selection_gets_another_class_by_name(qtbot: QtBot, page: DataPage) -> None:
    ids = select(page, 0, 1, 2)
    box = page.findChild(QComboBox, "selection_class")
    assert box.isVisible()
    box.lineEdit().setText("wasp")
    edited(qtbot, page, lambda: qtbot.keyClick(box.lineEdit(), Qt.Key.Key_Return))
    assert counts(page) == {"ant": 5, "bee": 8, "wasp": 3}
    assert page.images.browser.chosen_ids() == ids, "the selection outlives the edit"


def test_that_digits_give_a_class_and_delete_leaves_out(qtbot: QtBot, page: DataPage) -> None:
    select(page, 0)
    edited(qtbot, page, lambda: qtbot.keyClick(page.images.browser.grid, Qt.Key.Key_2))
    assert counts(page) == {"ant": 7, "bee": 9}
    select(page, 3, 4)
    edited(qtbot, page, lambda: qtbot.keyClick(page.images.browser.grid, Qt.Key.Key_Delete))
    assert sum(counts(page).values()) == 14
    assert len(shown(page)) == 14


def test_that_images_left_out_are_found_again_and_taken_in(qtbot: QtBot, page: DataPage) -> None:
    select(page, 0, 1)
    button = page.findChild(QPushButton, "selection_exclude")
    edited(qtbot, page, lambda: qtbot.mouseClick(button, Qt.MouseButton.LeftButton))
    state = page.findChild(QComboBox, "state_filter")
    state.setCurrentIndex(1)
    assert len(shown(page)) == 2
    select(page, 0, 1)
    assert button.text() == "Take in"
    edited(qtbot, page, lambda: qtbot.mouseClick(button, Qt.MouseButton.LeftButton))
    assert page.images.browser.findChild(QLabel, "empty_title").isVisible()
    show_all = page.images.browser.findChild(QPushButton, "empty_action")
    qtbot.mouseClick(show_all, Qt.MouseButton.LeftButton)
    assert len(shown(page)) == 16


def test_that_the_search_and_the_order_narrow_and_sort(qtbot: QtBot, page: DataPage) -> None:
    page.findChild(QLineEdit, "browser_search").setText("COPY")
    qtbot.waitUntil(lambda: len(shown(page)) == 2)
    page.findChild(QLineEdit, "browser_search").clear()
    qtbot.waitUntil(lambda: len(shown(page)) == 16)
    order = page.findChild(QComboBox, "browser_order")
    order.setCurrentIndex(order.findData(Order.LARGEST))
    assert shown(page)[0] == "a7x.png"


def test_that_images_dropped_on_a_class_belong_to_it(qtbot: QtBot, page: DataPage) -> None:
    ids = select(page, 0, 1)
    data = page.images.browser.grid.thumbnails.mimeData(page.images.browser.grid.selectedIndexes())
    assert json.loads(bytes(data.data(IDS_MIME).data())) == ids
    assert [Path(url.toLocalFile()).name for url in data.urls()] == ["a0x.png", "a1x.png"]
    classes = page.findChild(ClassList, "class_list").model()
    bee = classes.index(2, 0)
    assert bee.data() == "bee"
    assert classes.flags(bee) & Qt.ItemFlag.ItemIsDropEnabled
    drop = lambda: classes.dropMimeData(data, Qt.DropAction.CopyAction, -1, -1, bee)  # noqa: E731
    edited(qtbot, page, drop)
    assert counts(page) == {"ant": 6, "bee": 10}
    other = QMimeData()
    other.setData("text/plain", QByteArray(b"x"))
    assert not classes.dropMimeData(other, Qt.DropAction.CopyAction, -1, -1, bee)
    assert not classes.dropMimeData(data, Qt.DropAction.CopyAction, -1, -1, QModelIndex())


def test_that_a_class_is_renamed_and_merged_in_the_list(qtbot: QtBot, page: DataPage) -> None:
    classes = page.findChild(ClassList, "class_list").model()
    edited(qtbot, page, lambda: classes.setData(classes.index(1, 0), "formica"))
    assert counts(page) == {"bee": 8, "formica": 8}
    edited(qtbot, page, lambda: classes.setData(classes.index(2, 0), "bee"))
    assert counts(page) == {"bee": 16}
    edited(qtbot, page, page.session.editor.undo)
    assert counts(page) == {"bee": 8, "formica": 8}


def test_that_asking_twice_to_rename_a_class_goes_on_with_the_name_being_written(
    qtbot: QtBot, page: DataPage
) -> None:
    """As where a button takes no focus when it is clicked; Qt warned, and tests fail with that."""
    classes = page.findChild(ClassList, "class_list")
    classes.setCurrentIndex(classes.model().index(1, 0))
    classes.rename_chosen()
    written = classes.findChild(QLineEdit)
    written.setText("formi")
    classes.rename_chosen()
    assert classes.findChildren(QLineEdit) == [written]
    assert written.text() == "formi"


def test_that_a_new_class_waits_for_images(qtbot: QtBot, page: DataPage) -> None:
    button = page.findChild(QPushButton, "class_add")
    for name in ("New class", "New class 2"):
        edited(qtbot, page, lambda: qtbot.mouseClick(button, Qt.MouseButton.LeftButton))
        assert name in page.session.images.index.class_names.values()
    assert counts(page) == {"ant": 8, "bee": 8}


def finding(page: DataPage, kind: FindingKind) -> None:
    page.images.tabs.setCurrentIndex(FINDINGS)
    page.images.findings.show_kind(kind)


def kinds(page: DataPage) -> list[FindingKind]:
    return [each.kind for each in page.session.images.findings]


def test_that_a_finding_shows_its_images_and_mends_them(qtbot: QtBot, page: DataPage) -> None:
    assert FindingKind.CONFLICT in kinds(page)
    finding(page, FindingKind.CONFLICT)
    model = page.images.findings.grid.model()
    names = [model.index(row, 0).data() for row in range(model.rowCount())]
    assert names == ["a0x.png", "copy0x.png", "a1x.png", "copy1x.png"]
    button = page.findChild(QPushButton, "finding_remedy_0")
    qtbot.waitUntil(lambda: button.text() == "Leave them out (4)")
    edited(qtbot, page, lambda: qtbot.mouseClick(button, Qt.MouseButton.LeftButton))
    assert sum(counts(page).values()) == 12
    assert FindingKind.CONFLICT not in kinds(page)
    edited(qtbot, page, page.session.editor.undo)
    assert FindingKind.CONFLICT in kinds(page)


def test_that_only_the_selected_groups_are_mended(qtbot: QtBot, page: DataPage) -> None:
    finding(page, FindingKind.CONFLICT)
    page.images.findings.grid.setCurrentIndex(page.images.findings.grid.model().index(0, 0))
    button = page.findChild(QPushButton, "finding_remedy_0")
    qtbot.waitUntil(lambda: button.text() == "Leave them out (2)")
    edited(qtbot, page, lambda: qtbot.mouseClick(button, Qt.MouseButton.LeftButton))
    assert sum(counts(page).values()) == 14


def test_that_a_group_in_two_classes_gets_one_by_a_click(qtbot: QtBot, page: DataPage) -> None:
    finding(page, FindingKind.CONFLICT)
    grid = page.images.findings.grid
    point = grid.link_box(0, 0).center()
    click = lambda: qtbot.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=point)  # noqa: E731
    edited(qtbot, page, click)
    assert counts(page) == {"ant": 9, "bee": 7}
    assert FindingKind.DUPLICATE in kinds(page), "now it is a mere copy"


def test_that_a_finding_is_browsed_among_all_images(qtbot: QtBot, page: DataPage) -> None:
    finding(page, FindingKind.CONFLICT)
    qtbot.mouseClick(page.findChild(QPushButton, "finding_show"), Qt.MouseButton.LeftButton)
    assert page.images.tabs.currentIndex() == IMAGES
    assert len(shown(page)) == 4
    qtbot.mouseClick(page.findChild(QPushButton, "browser_set"), Qt.MouseButton.LeftButton)
    assert len(shown(page)) == 16


def test_that_an_image_is_looked_at_large_and_the_keys_go_on(qtbot: QtBot, page: DataPage) -> None:
    grid = page.images.browser.grid
    grid.setCurrentIndex(grid.model().index(2, 0))
    qtbot.keyClick(grid, Qt.Key.Key_Space)
    viewer = page.findChild(ImageViewer, "image_viewer")
    assert viewer.isVisible()
    qtbot.waitUntil(viewer._view.has_image)
    title = page.findChild(QLabel, "viewer_title")
    assert title.text() == "a2x.png"
    select(page, 0, 1, 2)
    page.images.browser.selection.open_asked.emit()
    qtbot.keyClick(viewer, Qt.Key.Key_Right)
    assert title.text() == "a1x.png"
    facts = {label.text() for label in viewer.findChildren(QLabel)}
    qtbot.waitUntil(lambda: "PNG · RGB" in {each.text() for each in viewer.findChildren(QLabel)})
    assert {"ant", "50 × 60 pixels"} <= facts
    qtbot.keyClick(viewer, Qt.Key.Key_Escape)
    assert not viewer.isVisible()


def test_that_an_image_that_is_gone_says_so(qtbot: QtBot, page: DataPage) -> None:
    index = page.session.images.index
    index.path(0).unlink()
    page._on_opened(index.ids.tolist(), 0)
    trouble = page.findChild(QLabel, "viewer_trouble")
    qtbot.waitUntil(trouble.isVisible)
    assert "does not exist" in trouble.text()


def test_that_the_history_lists_and_takes_back(qtbot: QtBot, page: DataPage) -> None:
    page.images.tabs.setCurrentIndex(HISTORY)
    undo, redo = (page.findChild(QPushButton, f"history_{name}") for name in ("undo", "redo"))
    assert not undo.isEnabled()
    edited(qtbot, page, lambda: page.session.editor.set_split(select(page, 0), "test"))
    log = page.findChild(QListWidget, "history_log")
    assert log.item(0).text().startswith("Images moved to test: 1")
    edited(qtbot, page, lambda: qtbot.mouseClick(undo, Qt.MouseButton.LeftButton))
    assert "taken back" in log.item(0).text()
    assert redo.isEnabled()
    edited(qtbot, page, lambda: qtbot.mouseClick(redo, Qt.MouseButton.LeftButton))
    assert page.session.dataset.counts("test") == {"ant": 1, "bee": 0}


def test_that_edits_asked_for_at_once_are_done_one_after_the_other(
    qtbot: QtBot, page: DataPage
) -> None:
    ids = page.session.images.index.ids.tolist()
    for number in range(5):
        page.session.editor.relabel(ids[number : number + 1], "wasp")
    qtbot.waitUntil(lambda: len(page.session.images.edits) == 5)
    assert counts(page)["wasp"] == 5


def test_that_a_second_folder_is_added_when_the_user_says_so(
    qtbot: QtBot, page: DataPage, tmp_path: Path
) -> None:
    more = tmp_path / "more"
    for number in range(4):
        paint(more / "wasp" / f"w{number}x.png", 500 + number)
        paint(more / "ant" / f"n{number}x.png", 600 + number)
    page.drop_files([more])
    with qtbot.waitSignal(page.session.import_finished):
        qtbot.mouseClick(page.findChild(QPushButton, "replace_add"), Qt.MouseButton.LeftButton)
    assert counts(page) == {"ant": 12, "bee": 8, "wasp": 4}


def test_that_changes_in_the_folder_are_looked_for(
    qtbot: QtBot, page: DataPage, tmp_path: Path
) -> None:
    paint(tmp_path / "photos" / "ant" / "later.png", 900)
    with qtbot.waitSignal(page.session.import_finished):
        qtbot.mouseClick(page.findChild(QPushButton, "data_update"), Qt.MouseButton.LeftButton)
    assert counts(page)["ant"] == 9


def test_that_wishes_are_resolved_into_rows(page: DataPage) -> None:
    index = page.session.images.index
    assert len(resolve(index, Wishes(state=State.EXCLUDED)).rows) == 0
    assert len(resolve(index, Wishes(class_name="ant")).rows) == 8
    chosen = tuple(index.ids[[5, 2]].tolist())
    assert resolve(index, Wishes(ids=chosen)).rows.tolist() == [5, 2]
    smallest = resolve(index, Wishes(class_name="ant", order=Order.SMALLEST)).rows
    assert (index.widths[smallest][:-1] <= index.widths[smallest][1:]).all()


def test_that_the_list_of_findings_has_a_row_for_each(page: DataPage) -> None:
    model = page.findChild(QListView, "findings_list").model()
    assert model.rowCount() == len(page.session.images.findings) > 0
    assert all(model.index(row, 0).data() for row in range(model.rowCount()))


def test_that_some_images_are_kept_for_a_last_check_and_taken_back(
    qtbot: QtBot, page: DataPage
) -> None:
    button = page.findChild(QPushButton, "last_check")
    assert button.isVisible()
    before = parts(page)
    assert before["test"] == 0
    tenth, fifth = button.menu().actions()
    assert "10" in tenth.text()
    edited(qtbot, page, fifth.trigger)
    after = parts(page)
    assert after["test"] > 0
    assert after["val"] == before["val"]
    assert button.isHidden()
    assert page.session.editor.last is not None
    assert "last check" in str(page.session.editor.last.title)
    edited(qtbot, page, page.session.editor.undo)
    assert parts(page) == before
    assert button.isVisible()
