"""Earlier exports on the Export page: their certificates, deleting them, and what comes next."""

from __future__ import annotations

import dataclasses
from pathlib import Path

from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QLabel,
    QPushButton,
    QWidget,
)

from effnet_studio.gui.main_window import MainWindow
from effnet_studio.gui.session import Session
from effnet_studio.gui.theme import ThemeManager
from tests.export_results import part
from tests.gui.export_stage import RESULT, make_page, page_with, press, record, rows, texts


class Opener(QObject):
    """Takes the place of the system's programs."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[Path] = []

    @Slot(QUrl)
    def open(self, url: QUrl) -> None:
        """Remember what was to be opened."""
        self.opened.append(Path(url.toLocalFile()))


def test_that_earlier_exports_are_listed_and_unfold_to_their_certificates(
    qtbot, session: Session, trained: Path, theme: ThemeManager, english
) -> None:
    bad = dataclasses.replace(
        RESULT,
        parts=(part(same=181, correct=188, app_correct=189, lost=1),),
        ok=False,
        created="2026-07-22T08:00:00+00:00",
    )
    page = page_with(qtbot, session, trained, theme, RESULT, bad)
    newest, oldest = rows(page)
    assert newest.certificate is None
    head = newest.findChild(QPushButton, "export_row_head")
    assert "ResNet-18 · ONNX, 8-bit, Not ready · A Python program" in head.accessibleName()
    assert head.accessibleName().endswith("folded")
    newest.unfold()
    oldest.unfold()
    assert "another answer than the app on 19 of 200 validation images" in texts(newest)
    assert "lost no more than the 0.5 points" in texts(oldest)
    for text in ("99.5 %", "< 0.001 %", "App: 94.5 %", "App: 12.0 ms", "0.5 (−0.9 to +1.9)"):
        assert text in texts(oldest), text
    with qtbot.waitSignal(page.files_sent) as sent:
        press(qtbot, newest, "certificate_show_images")
    (wanted,) = [sample.path for sample in session.dataset.samples if sample.id == 1]
    assert sent.args == ["predict", [wanted]]


def test_that_page_and_folder_are_opened_where_the_file_lies(
    qtbot, session: Session, trained: Path, theme: ThemeManager, english
) -> None:
    page = page_with(qtbot, session, trained, theme, RESULT)
    (row,) = rows(page)
    row.unfold()
    opener = Opener()
    QDesktopServices.setUrlHandler("file", opener, "open")
    try:
        press(qtbot, row, "certificate_page")
        press(qtbot, row, "certificate_open_folder")
    finally:
        QDesktopServices.unsetUrlHandler("file")
    folder = trained / "exports" / "0"
    assert opener.opened == [folder / "resnet18-int8.certificate.html", folder]


def test_that_a_deleted_export_can_be_put_back_and_is_gone_only_when_asked_twice(
    qtbot, session: Session, trained: Path, theme: ThemeManager, english
) -> None:
    page = page_with(qtbot, session, trained, theme, RESULT)
    folder, trash = trained / "exports" / "0", trained / "trash" / "exports" / "0"
    rows(page)[0].unfold()
    page.show_result(rows(page)[0].result)
    press(qtbot, rows(page)[0], "certificate_delete")
    qtbot.waitUntil(lambda: rows(page) == [])
    assert page._result is None
    assert trash.is_dir()
    assert not folder.exists()
    assert "1 deleted" in page.findChild(QLabel, "export_trash_text").text()
    press(qtbot, page, "export_restore")
    qtbot.waitUntil(lambda: len(rows(page)) == 1)
    assert (folder / RESULT.file).is_file()
    rows(page)[0].unfold()
    press(qtbot, rows(page)[0], "certificate_delete")
    qtbot.waitUntil(lambda: rows(page) == [])
    press(qtbot, page, "export_empty_trash")
    press(qtbot, page, "export_keep_trash")
    assert trash.is_dir()
    press(qtbot, page, "export_empty_trash")
    press(qtbot, page, "export_empty_trash")
    qtbot.waitUntil(lambda: not trash.exists())
    qtbot.waitUntil(lambda: not page.findChild(QWidget, "export_trash").isVisibleTo(page))


def test_that_of_many_exports_the_first_are_shown_and_the_others_follow_a_click(
    qtbot, session: Session, trained: Path, theme: ThemeManager, english
) -> None:
    for number in range(11):
        created = f"2026-07-{1 + number:02}T08:00:00+00:00"
        record(trained, dataclasses.replace(RESULT, created=created), str(number))
    with qtbot.waitSignal(session.project_changed):
        session.open_project(trained)
    page = make_page(qtbot, session, theme)
    qtbot.waitUntil(lambda: len(rows(page)) == 8)
    rows(page)[2].unfold()
    press(qtbot, page, "export_history_more")
    assert [row.result.created[8:10] for row in rows(page)] == [
        f"{day:02}" for day in range(11, 0, -1)
    ]
    assert rows(page)[2].certificate is not None


def test_that_a_broken_promise_leads_to_a_smaller_model_that_learns_from_this_one(
    qtbot, window: MainWindow, trained: Path
) -> None:
    session = window.session
    with qtbot.waitSignal(session.project_changed):
        session.open_project(trained)
    run = session.run
    broken = dataclasses.replace(
        RESULT, run=run.run_id, model="resnet50", parts=(part(same=150, lost=9),), ok=False
    )
    window.show_page("export")
    page = window.page("export")
    page.show_result(broken)
    press(qtbot, page, "certificate_smaller")
    assert window.current_key == "train"
    setup = window.page("train").setup
    config = setup.config()
    assert config.model == "efficientnet_b3"
    assert config.teacher == str(run.best_file)
    assert setup.form.editor("teacher").isVisibleTo(setup)
    assert run.run_id[:15] in setup.form.editor("teacher").currentText()
    for unknown in ({"run": "gone"}, {"model": "of another version"}):
        page.show_result(dataclasses.replace(broken, **unknown))
        assert not page._result.findChild(QWidget, "certificate_smaller").isVisibleTo(page)


def test_that_another_project_has_another_list(
    qtbot, session: Session, trained: Path, theme: ThemeManager, english
) -> None:
    page = page_with(qtbot, session, trained, theme, RESULT)
    page.set_folder(trained.parent)
    page.show_result(RESULT)
    with qtbot.waitSignal(session.project_changed):
        session.create_project(trained.parent / "other.effnet")
    assert rows(page) == []
    assert page._result is None
    assert page.findChild(QPushButton, "export_into_project").isHidden()
