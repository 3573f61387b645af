"""Findings, their images in groups, and the remedies one click away."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QTableView

from effnet_studio.engine.data.checks.findings import FindingKind, Remedy, find_problems
from effnet_studio.engine.project import Project
from effnet_studio.gui.i18n import install_language
from effnet_studio.gui.layout_parts import layout_parts
from effnet_studio.gui.models.findings import (
    Effect,
    brief_advice,
    remedy_text,
    weight_of,
)
from effnet_studio.gui.models.marked_rows import BRIEF_ROLE
from effnet_studio.gui.widgets.data.findings_view import FindingsView
from effnet_studio.gui.widgets.flow_layout import FlowLayout
from tests.gui.finding_stage import (
    CLICK,
    KINDS,
    button,
    choose,
    found_index,
    ids,
    make_view,
    select,
    shown,
)

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from effnet_studio.engine.data.index import Index
    from effnet_studio.gui.session import Session
    from effnet_studio.gui.theme import ThemeManager


@pytest.fixture
def index(tmp_path: Path) -> Index:
    return found_index(tmp_path / "photos")


@pytest.fixture
def view(
    qtbot: QtBot, session: Session, theme: ThemeManager, english: None, index: Index
) -> FindingsView:
    return make_view(qtbot, session, theme, index)


# -- the list --------------------------------------------------------------------------------------


def test_that_findings_are_listed_the_most_harmful_first_with_a_line_of_advice(
    view: FindingsView,
) -> None:
    assert shown(view) == KINDS
    first = view.list.model().index(1, 0)
    assert first.data() == "Groups of one image in different classes: 2"
    assert first.data(BRIEF_ROLE) == "Decide which class is right"
    spoken = first.data(Qt.ItemDataRole.AccessibleTextRole)
    title = "Groups of one image in different classes: 2"
    assert spoken == f"Serious: {title}. Decide which class is right"
    assert "in two classes" in first.data(Qt.ItemDataRole.ToolTipRole)


def test_that_every_kind_has_words_and_a_weight_that_falls() -> None:
    weights = [weight_of(kind) for kind in FindingKind]
    assert all(brief_advice(kind) for kind in FindingKind)
    severe = max(place for place, weight in enumerate(weights) if weight == "severe")
    hint = min(place for place, weight in enumerate(weights) if weight == "hint")
    assert severe < hint


def test_that_buttons_say_how_many_images_they_concern() -> None:
    effect = Effect(changed=1200, excluded=3)
    assert remedy_text(Remedy.KEEP_ONE) == "Keep one of each"
    assert remedy_text(Remedy.KEEP_ONE, effect) == "Keep one of each (leaves 3 out)"
    assert remedy_text(Remedy.TO_ONE_SIDE, effect) == "Put them on one side (moves 1,200)"
    assert "leaves 3 out" in remedy_text(Remedy.TO_ONE_CLASS, effect)
    assert "out" not in remedy_text(Remedy.TO_ONE_CLASS, Effect(changed=2))


def test_that_without_findings_there_is_nothing_to_mend(view: FindingsView, index: Index) -> None:
    view.set_findings((), index, ())
    title = view.findChild(QLabel, "empty_title")
    assert title.isVisible()
    assert title.text() == "Nothing to mend"
    assert view.groups == ()


def test_that_the_chosen_kind_stays_and_then_its_row(
    qtbot: QtBot, view: FindingsView, index: Index
) -> None:
    choose(qtbot, view, FindingKind.DUPLICATE)
    findings = find_problems(index)
    view.set_findings(findings, index, ())
    assert view.list.currentIndex().data() == "Copies of other images: 5"
    left = [finding for finding in findings if finding.kind is not FindingKind.DUPLICATE]
    view.set_findings(left, index, ())
    assert view.list.currentIndex().data() == "Very small images: 2"


def test_that_a_finding_that_is_fine_is_set_aside_and_comes_back(
    qtbot: QtBot, view: FindingsView
) -> None:
    view.show_kind(FindingKind.LEAK)
    with qtbot.waitSignal(view.dismissed) as dismissed:
        qtbot.mouseClick(button(view, "finding_dismiss"), CLICK)
    assert dismissed.args == [FindingKind.LEAK]
    assert FindingKind.LEAK not in shown(view)
    assert view.list.currentIndex().row() == 2
    restore = button(view, "findings_restore")
    assert restore.text() == "Set aside: 1 · show again"
    with qtbot.waitSignal(view.restored):
        qtbot.mouseClick(restore, CLICK)
    assert shown(view) == KINDS
    assert not restore.isVisible()


def test_that_all_can_be_set_aside_and_be_shown_again(qtbot: QtBot, view: FindingsView) -> None:
    view.set_dismissed(KINDS)
    again = button(view, "empty_action")
    assert again.isVisible()
    qtbot.mouseClick(again, CLICK)
    assert shown(view) == KINDS


# -- files -----------------------------------------------------------------------------------------


def test_that_files_are_a_table_with_cause_and_remedy(view: FindingsView) -> None:
    view.show_kind(FindingKind.UNREADABLE)
    table = view.findChild(QTableView, "finding_problem_table")
    assert table.isVisible()
    assert not view.grid.isVisible()
    rows = [[table.model().index(row, n).data() for n in range(3)] for row in range(3)]
    assert rows[0] == ["broken0.jpg", "The file is empty.", "Copy it again."]
    assert table.model().rowCount() == 3
    assert not button(view, "finding_show").isVisible()
    view.show_kind(FindingKind.SUSPICIOUS)
    other = view.findChild(QTableView, "remark_problem_table")
    assert other.isVisible()
    assert other.model().rowCount() == 1


# -- the whole finding -----------------------------------------------------------------------------


def test_that_the_first_remedy_is_asked_for_the_whole_finding(
    qtbot: QtBot, view: FindingsView
) -> None:
    first = choose(qtbot, view, FindingKind.DUPLICATE)
    assert first.text() == "Keep one of each (leaves 5 out)"
    assert first.accessibleName() == first.text()
    with qtbot.waitSignal(view.remedy_asked) as asked:
        qtbot.mouseClick(first, CLICK)
    finding, remedy = asked.args
    assert remedy is Remedy.KEEP_ONE
    assert finding.groups == (ids(48, 49, 50), ids(51, 52), ids(53, 54), ids(55, 56))


def test_that_the_second_remedy_is_there_where_a_finding_has_one(
    qtbot: QtBot, view: FindingsView
) -> None:
    choose(qtbot, view, FindingKind.LEAK)
    second = button(view, "finding_remedy_1")
    assert second.text() == "Keep one of each (leaves 2 out)"
    with qtbot.waitSignal(view.remedy_asked) as asked:
        qtbot.mouseClick(second, CLICK)
    assert asked.args[1] is Remedy.KEEP_ONE
    choose(qtbot, view, FindingKind.DUPLICATE)
    assert not second.isVisible()


def test_that_images_are_shown_among_the_others(qtbot: QtBot, view: FindingsView) -> None:
    view.show_kind(FindingKind.TINY)
    with qtbot.waitSignal(view.show_asked) as asked:
        qtbot.mouseClick(button(view, "finding_show"), CLICK)
    assert asked.args == [ids(57, 58), "Very small images: 2"]


def test_that_a_read_only_project_is_looked_at_only(
    qtbot: QtBot, view: FindingsView, index: Index, session: Session
) -> None:
    assert session.project is not None
    with Project.open(session.project.root, read_only=True) as reader:
        own, session.project = session.project, reader
        view.set_findings(find_problems(index), index, ())
        view.show_kind(FindingKind.DUPLICATE)
        select(view, 0)
        assert not button(view, "finding_remedy_0").isEnabled()
        with qtbot.assertNotEmitted(view.exclude_asked):
            qtbot.keyClick(view.grid, Qt.Key.Key_Delete)
        session.project = own


# -- looks -----------------------------------------------------------------------------------------


def test_that_it_is_drawn_in_both_themes_and_languages(
    qtbot: QtBot, view: FindingsView, theme: ThemeManager, qapp: QApplication
) -> None:
    view.show_kind(FindingKind.DUPLICATE)
    light = view.grab().toImage()
    theme.set_mode("dark")
    assert view.grab().toImage() != light
    install_language(qapp, "zh_CN")
    assert button(view, "finding_show").accessibleName()
    install_language(qapp, "en")


def test_that_everything_has_a_name_for_those_who_do_not_see_it(view: FindingsView) -> None:
    view.show_kind(FindingKind.LEAK)
    for widget in (view.list, view.grid, *view.findChildren(QPushButton)):
        if widget.isVisible():
            assert widget.accessibleName(), widget.objectName()
            assert widget.focusPolicy() & Qt.FocusPolicy.TabFocus, widget.objectName()


def test_that_a_narrow_window_wraps_buttons_instead_of_growing(
    qtbot: QtBot, view: FindingsView
) -> None:
    choose(qtbot, view, FindingKind.LEAK)
    first, second = (button(view, f"finding_remedy_{number}") for number in range(2))
    view.resize(460, 560)
    qtbot.waitUntil(lambda: view.width() == 460)
    qtbot.waitUntil(lambda: second.y() > first.y())
    parts = layout_parts(second.parentWidget().layout())
    assert any(isinstance(part, FlowLayout) for part in parts)


def test_that_a_row_is_as_high_as_its_longest_text(view: FindingsView) -> None:
    view.show_kind(FindingKind.UNREADABLE)
    table = view.findChild(QTableView, "finding_problem_table")
    roomy = table.rowHeight(0)
    table.setFixedWidth(120)
    view.problems.table.fit()
    assert table.rowHeight(0) > roomy
