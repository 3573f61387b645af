"""The edit log, and what has changed since a training."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QComboBox, QLabel, QListWidget, QPushButton, QTableView

from effnet_studio.engine.data.edits import Edit
from effnet_studio.engine.data.versions import Relabelled, VersionDiff
from effnet_studio.engine.messages import msg
from effnet_studio.gui.i18n import install_language
from effnet_studio.gui.models.differences import Change, DifferencesModel
from effnet_studio.gui.widgets.data.history_view import HistoryView

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from effnet_studio.gui.theme import ThemeManager

CLICK = Qt.MouseButton.LeftButton
VERSIONS = [("v3", "B0 · Balanced · today"), ("v1", "B0 · Instant · monday")]
DIFF = VersionDiff(
    added=("/photos/ant/7.jpg", "/photos/ant/8.jpg"),
    removed=("/photos/bee/1.jpg",),
    relabelled=(Relabelled("/photos/bee/2.jpg", "bee", "ant"),),
    moved=(Relabelled("/photos/wasp/b\udcff.jpg", "train", "val"),),
)


def edit(number: int, *, undone: bool = False) -> Edit:
    title = msg("Images left out: {count}", count=number)
    return Edit(number, f"2024-05-0{number}T10:00:00+00:00", title, undone)


LOG = [edit(1), edit(2), edit(3, undone=True), edit(4, undone=True)]


@pytest.fixture
def view(qtbot: QtBot, theme: ThemeManager, english: None) -> HistoryView:
    view = HistoryView(theme)
    qtbot.addWidget(view)
    theme.add_window(view)
    view.resize(800, 500)
    view.show()
    return view


def button(view: HistoryView, name: str) -> QPushButton:
    found = view.findChild(QPushButton, name)
    assert isinstance(found, QPushButton)
    return found


def table(view: HistoryView) -> list[list[str]]:
    model = view.findChild(QTableView, "differences_table").model()
    return [
        [model.index(row, column).data() for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def empty_title(view: HistoryView) -> str:
    label = view.findChild(QLabel, "empty_title")
    return label.text() if label.isVisible() else ""


# -- the log ---------------------------------------------------------------------------------------


def test_that_the_newest_entry_is_first_and_those_taken_back_say_so(view: HistoryView) -> None:
    view.set_history(LOG)
    log = view.findChild(QListWidget, "history_log")
    lines = [log.item(row).text().split("\n") for row in range(log.count())]
    assert [title for title, _ in lines] == [f"Images left out: {n}" for n in (4, 3, 2, 1)]
    assert ["taken back" in moment for _, moment in lines] == [True, True, False, False]
    assert not log.grab().isNull()


def test_that_the_buttons_name_what_they_take_back_and_do_again(
    qtbot: QtBot, view: HistoryView
) -> None:
    view.set_history(LOG)
    undo, redo = button(view, "history_undo"), button(view, "history_redo")
    assert undo.accessibleName() == "Undo “Images left out: 2”"
    assert redo.accessibleName() == "Redo “Images left out: 3”"
    assert undo.toolTip() == undo.accessibleName()
    with qtbot.waitSignal(view.undo_asked):
        qtbot.mouseClick(undo, CLICK)
    with qtbot.waitSignal(view.redo_asked):
        qtbot.mouseClick(redo, CLICK)


def test_that_a_long_name_is_kept_whole_beside_a_short_button(view: HistoryView) -> None:
    title = msg("Class {old} renamed", old="of a very long name & more " * 9)
    view.set_history([Edit(1, "2024-05-01T10:00:00+00:00", title, undone=False)])
    undo = button(view, "history_undo")
    assert undo.text() == "Undo"
    assert str(title) in undo.accessibleName()
    assert str(title) in undo.toolTip()


def test_that_a_long_entry_takes_more_lines_instead_of_being_cut(
    qtbot: QtBot, view: HistoryView
) -> None:
    made = "2024-05-01T10:00:00+00:00"
    titles = (msg("Short"), msg("Images given the class {name}: 3", name="of a long name " * 4))
    view.set_history([Edit(n, made, title, undone=False) for n, title in enumerate(titles)])
    log = view.findChild(QListWidget, "history_log")
    long, short = (log.visualItemRect(log.item(row)).height() for row in range(2))
    assert long > short
    view.resize(view.width() * 3, view.height())
    qtbot.waitUntil(lambda: log.visualItemRect(log.item(0)).height() == short)


def test_that_nothing_can_be_taken_back_where_nothing_was_done(view: HistoryView) -> None:
    view.set_history([])
    undo, redo = button(view, "history_undo"), button(view, "history_redo")
    assert not undo.isEnabled()
    assert not redo.isEnabled()
    assert undo.accessibleName() == "Undo"
    assert view.findChild(QLabel, "history_empty").isVisible()
    view.set_history(LOG, editable=False)
    assert not undo.isEnabled()
    assert not redo.isEnabled()
    assert not view.findChild(QLabel, "history_empty").isVisible()


def test_that_of_a_very_long_log_the_newest_are_listed(view: HistoryView) -> None:
    made = "2024-05-01T10:00:00+00:00"
    view.set_history([Edit(n, made, msg("Edit {n}", n=n), undone=False) for n in range(1500)])
    log = view.findChild(QListWidget, "history_log")
    assert log.count() == 1001
    assert log.item(0).text().startswith("Edit 1499")
    assert log.item(1000).text() == "500 earlier changes"


# -- versions --------------------------------------------------------------------------------------


def compare(qtbot: QtBot, view: HistoryView, row: int) -> None:
    box = view.findChild(QComboBox, "history_versions")
    box.setFocus()
    box.setCurrentIndex(row)
    box.activated.emit(row)


def test_that_without_a_training_there_is_nothing_to_compare_with(view: HistoryView) -> None:
    view.set_versions([])
    assert not view.findChild(QComboBox, "history_versions").isEnabled()
    assert empty_title(view) == "No training yet"
    view.set_versions(VERSIONS)
    assert empty_title(view) == "What has changed since?"


def test_that_a_version_is_asked_for_and_its_differences_are_listed(
    qtbot: QtBot, view: HistoryView
) -> None:
    view.set_versions(VERSIONS)
    with qtbot.waitSignal(view.compare_asked) as asked:
        compare(qtbot, view, 1)
    assert asked.args == ["v1"]
    assert empty_title(view) == "Comparing…"
    view.show_diff(DIFF)
    assert empty_title(view) == ""
    assert table(view) == [
        ["Added", "ant/7.jpg", "", ""],
        ["Added", "ant/8.jpg", "", ""],
        ["Removed", "bee/1.jpg", "", ""],
        ["Other class", "bee/2.jpg", "bee", "ant"],
        ["Other part", "wasp/b\\xff.jpg", "Training", "Validation"],
    ]
    view.show_diff(VersionDiff((), (), (), ()))
    assert empty_title(view) == "Nothing has changed since"


def test_that_one_kind_of_difference_is_looked_at_alone(qtbot: QtBot, view: HistoryView) -> None:
    view.set_versions(VERSIONS)
    compare(qtbot, view, 0)
    view.show_diff(DIFF)
    only = button(view, "history_only_relabelled")
    assert only.text() == "Other class 1"
    qtbot.mouseClick(only, CLICK)
    assert [row[0] for row in table(view)] == ["Other class"]
    qtbot.mouseClick(button(view, "history_only_all"), CLICK)
    assert len(table(view)) == 5
    view.show_diff(VersionDiff(("/photos/x.jpg",), (), (), ()))
    assert not only.isEnabled()
    assert len(table(view)) == 1


def test_that_the_differences_are_copied_as_text(qtbot: QtBot, view: HistoryView) -> None:
    view.set_versions(VERSIONS)
    compare(qtbot, view, 0)
    view.show_diff(DIFF)
    qtbot.mouseClick(button(view, "differences_copy"), CLICK)
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0] == "Change\tFile\tThen\tNow"
    assert lines[4] == "Other class\tbee/2.jpg\tbee\tant"
    assert len(lines) == 6


def test_that_a_table_that_cannot_be_saved_is_told(
    qtbot: QtBot, view: HistoryView, tmp_path: Path
) -> None:
    with qtbot.waitSignal(view.save_failed):
        view.compare.twin.save_csv(tmp_path / "missing" / "x.csv")


def test_that_a_comparison_is_made_anew_when_something_changes(
    qtbot: QtBot, view: HistoryView
) -> None:
    view.set_history(LOG[:1])
    view.set_versions(VERSIONS)
    with qtbot.assertNotEmitted(view.compare_asked):
        view.set_history(LOG[:2])
    compare(qtbot, view, 0)
    with qtbot.waitSignal(view.compare_asked) as asked:
        view.set_history(LOG[:3])
    assert asked.args == ["v3"]
    view.hide()
    with qtbot.assertNotEmitted(view.compare_asked):
        view.set_history(LOG[:3])
        view.set_history(LOG)
    with qtbot.waitSignal(view.compare_asked):
        view.show()


def test_that_the_chosen_training_stays_when_there_are_more(
    qtbot: QtBot, view: HistoryView
) -> None:
    view.set_versions(VERSIONS)
    compare(qtbot, view, 1)
    view.show_diff(DIFF)
    box = view.findChild(QComboBox, "history_versions")
    view.set_versions([("v4", "B0 · Best · now"), *VERSIONS])
    assert box.currentText() == VERSIONS[1][1]
    assert len(table(view)) == 5
    view.set_versions([("v4", "B0 · Best · now")])
    assert box.currentIndex() == -1
    assert empty_title(view) == "What has changed since?"


def test_that_a_million_differences_are_read_as_they_are_shown(english: None) -> None:
    model = DifferencesModel()
    names = tuple(f"/p/{n:07d}.jpg" for n in range(1_000_000))
    model.set_diff(VersionDiff(names, names, (), ()))
    assert model.rowCount() == 2_000_000
    assert model.index(1_999_999, 1).data() == "0999999.jpg"
    assert model.index(999_999, 0).data() == "Added"
    assert model.index(1_000_000, 0).data() == "Removed"
    model.set_only(Change.REMOVED)
    assert model.rowCount() == 1_000_000


def test_that_it_is_drawn_in_both_themes_and_switches_its_language(
    view: HistoryView, theme: ThemeManager, qapp: QApplication
) -> None:
    view.set_history(LOG)
    light = view.grab().toImage()
    theme.set_mode("dark")
    assert view.grab().toImage() != light
    install_language(qapp, "zh_CN")
    texts = json.dumps([each.accessibleName() for each in view.findChildren(QPushButton)])
    install_language(qapp, "en")
    assert texts
    assert button(view, "history_undo").accessibleName().startswith("Undo")


def test_that_everything_has_a_name_for_those_who_do_not_see_it(view: HistoryView) -> None:
    view.set_history(LOG)
    view.set_versions(VERSIONS)
    view.show_diff(DIFF)
    kinds = (QPushButton, QComboBox, QListWidget, QTableView)
    for widget in [each for kind in kinds for each in view.findChildren(kind)]:
        if widget.isVisible():
            spoken = widget.accessibleName() or getattr(widget, "text", str)()
            assert spoken, widget.objectName()
            assert widget.focusPolicy() & Qt.FocusPolicy.TabFocus, widget.objectName()
