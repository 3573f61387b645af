"""Saving a report from the window: the dialog, the job, and what can go wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QWidget

from effnet_studio.engine.errors import StorageError
from effnet_studio.gui import file_dialogs
from effnet_studio.gui.i18n import install_language
from effnet_studio.gui.report_saver import ReportKind, ReportSaver, resolve

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QApplication

    from effnet_studio.gui.session import Session


@pytest.fixture
def saver(qtbot, opened: Session, english: None) -> ReportSaver:
    widget = QWidget()
    qtbot.addWidget(widget)
    return ReportSaver(opened, widget)


def _choose(monkeypatch: pytest.MonkeyPatch, file: Path, place: int = 0) -> list[str]:
    """Answer the dialog with a file and the filter at this place; returns what it was offered."""
    offered: list[str] = []

    def answer(*arguments: object) -> tuple[Path, str]:
        offered.extend(str(arguments[3]).split(";;"))
        return file, offered[place]

    monkeypatch.setattr(file_dialogs, "choose_save", answer)
    return offered


@pytest.mark.parametrize(
    ("name", "place", "begins", "pictures"),
    [
        ("r.html", 0, b"<!doctype html>", True),
        ("r", 1, b"<!doctype html>", False),
        ("r", 2, b"%PDF-", True),
        ("r.html", 3, b"%PDF-", False),
        ("r", 4, b"---\nlicense", False),
        ("r.pdf", 0, b"%PDF-", True),
    ],
)
def test_that_what_was_chosen_is_written(  # noqa: PLR0917
    qtbot,
    saver: ReportSaver,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    name: str,
    place: int,
    begins: bytes,
    pictures: object,
) -> None:
    offered = _choose(monkeypatch, tmp_path / name, place)
    run = saver._session.run
    assert run is not None
    working: list[bool] = []
    saver.working_changed.connect(working.append)
    with qtbot.waitSignal(saver.saved, timeout=60_000) as saved:
        saver.ask(run, "val")
        assert saver.working
        saver.ask(run, "val")  # a second click asks nothing
    qtbot.waitUntil(lambda: not saver.working)
    assert working == [True, False]
    assert len(offered) == 5
    (path,) = saved.args
    written = path.read_bytes()
    assert written.startswith(begins)
    if begins.startswith(b"<"):
        assert (b"<img" in written) == bool(pictures)


def test_that_a_report_is_in_the_language_of_the_window(
    qtbot, qapp: QApplication, saver: ReportSaver, monkeypatch, tmp_path: Path
) -> None:
    install_language(qapp, "zh_CN")
    offered = _choose(monkeypatch, tmp_path / "r.html", 1)
    run = saver._session.run
    assert run is not None
    with qtbot.waitSignal(saver.saved, timeout=60_000):
        saver.ask(run, "val")
    text = (tmp_path / "r.html").read_text(encoding="utf-8")
    assert '<html lang="zh-CN">' in text
    assert "训练" in text
    assert offered
    qtbot.waitUntil(lambda: not saver.working)


def test_that_giving_up_in_the_dialog_does_nothing(saver: ReportSaver, monkeypatch) -> None:
    monkeypatch.setattr(file_dialogs, "choose_save", lambda *_: (None, ""))
    run = saver._session.run
    assert run is not None
    saver.ask(run, "val")
    assert not saver.working


def test_that_a_failure_reaches_the_window(
    qtbot, saver: ReportSaver, monkeypatch, tmp_path: Path
) -> None:
    _choose(monkeypatch, tmp_path / "r.html")
    run = saver._session.run
    assert run is not None
    (run.run_dir / "best.safetensors").write_bytes(b"damaged")
    with qtbot.waitSignal(saver._session.error_raised, timeout=60_000) as raised:
        saver.ask(run, "val")
    assert str(raised.args[0].message)
    qtbot.waitUntil(lambda: not saver.working)
    assert not (tmp_path / "r.html").exists()


def test_that_a_file_nobody_asked_about_is_not_replaced(
    qtbot, saver: ReportSaver, monkeypatch, tmp_path: Path
) -> None:
    (tmp_path / "r.pdf").write_bytes(b"precious")
    _choose(monkeypatch, tmp_path / "r.html", 2)
    run = saver._session.run
    assert run is not None
    with qtbot.waitSignal(saver._session.error_raised):
        saver.ask(run, "val")
    assert (tmp_path / "r.pdf").read_bytes() == b"precious"
    with pytest.raises(StorageError):
        resolve(tmp_path / "r", ReportKind.PDF)
    assert resolve(tmp_path / "r.pdf", ReportKind.PDF) == (tmp_path / "r.pdf", ReportKind.PDF)
    assert resolve(tmp_path / "v1.2", ReportKind.PAGE)[0].name == "v1.2.html"
