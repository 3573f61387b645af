"""One folder for each class, from the window: counted before, watched, stopped, told after."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QCoreApplication, Qt, QTranslator, QUrl
from PySide6.QtGui import QAction, QDesktopServices
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QLabel,
    QPushButton,
    QRadioButton,
    QSlider,
    QTableView,
)
from typing_extensions import override

from effnet_studio.engine.messages import msg
from effnet_studio.engine.predict.answers import FailedImage, Prediction
from effnet_studio.gui import file_dialogs
from effnet_studio.gui.dialogs.file_images import FileImagesDialog
from effnet_studio.gui.errors import ErrorPanel
from effnet_studio.gui.models.filing_plan import plan_filing
from effnet_studio.gui.models.predict_items import Item
from effnet_studio.gui.pages.predict import PredictPage

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from effnet_studio.gui.jobs import JobRunner
    from effnet_studio.gui.session import Session
    from effnet_studio.gui.theme import ThemeManager

CLASSES = ("ants", "bees", "a/b")


def item(number: int, path: Path | None, label: str | None, probability: float = 0.9) -> Item:
    """An image with its answer; label None: it could not be read."""
    name = path.name if path is not None else "pasted"
    if label is None:
        return Item(number, name, path, None, FailedImage(path or Path(), msg("No image.")))
    values = np.full(len(CLASSES), (1 - probability) / 2, np.float32)
    values[CLASSES.index(label)] = probability
    return Item(number, name, path, None, Prediction(path, values, CLASSES))


@pytest.fixture
def items(tmp_path: Path) -> list[Item]:
    """Six files, one of them gone, and a pasted image."""
    files = [tmp_path / "photos" / f"{number}.jpg" for number in range(6)]
    files[0].parent.mkdir()
    for file in files[1:]:
        file.write_bytes(file.name.encode())
    facts = [("ants", 0.9), ("ants", 0.6), ("a/b", 0.4), ("a/b", 0.99), ("bees", 0.7), (None, 0)]
    given = [item(number, file, *facts[number]) for number, file in enumerate(files)]
    return [*given, item(6, None, "ants")]


@pytest.fixture
def dialog(
    qtbot: QtBot, runner: JobRunner, theme: ThemeManager, english: None, items: list[Item]
) -> FileImagesDialog:
    """The dialog, shown."""
    dialog = FileImagesDialog(runner, theme)
    qtbot.addWidget(dialog)
    dialog.set_items(items)
    dialog.show()
    return dialog


def text(dialog: FileImagesDialog, name: str) -> str:
    label = dialog.findChild(QLabel, f"filing_{name}")
    return str(label.text()) if label.isVisibleTo(dialog) else ""


def table(dialog: FileImagesDialog, name: str) -> dict[str, str]:
    model = dialog.findChild(QTableView, f"filing_{name}").model()
    return {
        model.index(row, 0).data(): model.index(row, 1).data() for row in range(model.rowCount())
    }


def click(qtbot: QtBot, dialog: FileImagesDialog, name: str) -> None:
    button = dialog.findChild(QPushButton, f"filing_{name}")
    assert button.isEnabled()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def start(qtbot: QtBot, dialog: FileImagesDialog, folder: Path) -> None:
    dialog.form.set_folder(folder)
    click(qtbot, dialog, "start")
    qtbot.waitUntil(lambda: not dialog.running, timeout=20_000)


_LABELS = st.lists(st.tuples(st.sampled_from((*CLASSES, None)), st.floats(0.34, 1)), max_size=20)


@given(facts=_LABELS, least=st.floats(0, 1))
def test_that_the_preview_counts_what_is_then_filed(
    facts: list[tuple[str | None, float]], least: float
) -> None:
    items = [item(number, Path(str(number)), *each) for number, each in enumerate(facts)]
    plan = plan_filing(items)
    counted = {name: images for name, images in plan.counts(least) if images}
    with_answers = [each.prediction for each in items if each.prediction is not None]
    expected: Counter[str] = Counter(
        each.best.label.replace("/", "_") if each.best.probability >= least else "unsure"
        for each in with_answers
    )
    assert counted == expected
    assert plan.refused == len(items) - len(with_answers)


def test_that_a_preview_of_ten_thousand_is_counted_at_once() -> None:
    random = np.random.default_rng(0)
    classes = tuple(f"class {number:04d}" for number in range(1000))
    logits = random.random((500, 1000)).astype(np.float32)
    items = [
        Item(n, f"{n}", Path(f"{n}"), None, Prediction(Path(f"{n}"), logits[n % 500], classes))
        for n in range(10_000)
    ]
    plan = plan_filing(items)
    counts = plan.counts(0.5)
    assert sum(images for _, images in counts) == 10_000
    assert plan.doubted(0.5) == counts[0][1]


def test_that_images_are_copied_and_the_result_is_told(
    qtbot: QtBot, dialog: FileImagesDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not dialog.isModal()
    assert not dialog.findChild(QPushButton, "filing_start").isEnabled(), "no folder yet"
    assert text(dialog, "about") == "Images are never moved or changed."
    assert "no file: 1." in text(dialog, "left_out")
    assert "not be read: 1." in text(dialog, "left_out")
    assert table(dialog, "preview") == {"unsure": "1", "ants": "2", "bees": "1", "a_b": "1"}
    slider = dialog.findChild(QSlider, "filing_least")
    slider.setValue(80)
    assert table(dialog, "preview") == {"unsure": "3", "ants": "1", "bees": "0", "a_b": "1"}
    assert "3 of 5" in text(dialog, "unsure")
    out = tmp_path / "sorted"
    start(qtbot, dialog, out)
    assert table(dialog, "counts") == {"unsure": "3", "a_b": "1"}
    assert text(dialog, "verdict").startswith("4 image")
    assert text(dialog, "trouble").startswith("1 image"), "it was deleted meanwhile"
    assert (out / "a_b" / "3.jpg").read_bytes() == b"3.jpg"
    asked: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", asked.append)
    click(qtbot, dialog, "show")
    assert [Path(url.toLocalFile()) for url in asked] == [out]
    click(qtbot, dialog, "again")
    start(qtbot, dialog, out)
    assert text(dialog, "already").endswith("4"), "nothing comes twice"


def test_that_links_are_made_where_they_are_chosen(
    qtbot: QtBot, dialog: FileImagesDialog, tmp_path: Path
) -> None:
    dialog.findChild(QRadioButton, "filing_hardlink").click()
    start(qtbot, dialog, tmp_path / "sorted")
    photo = tmp_path / "photos" / "3.jpg"
    assert (tmp_path / "sorted" / "a_b" / "3.jpg").samefile(photo)


def test_that_a_stopped_job_says_how_many_were_filed(
    qtbot: QtBot, dialog: FileImagesDialog, tmp_path: Path, items: list[Item]
) -> None:
    dialog.set_items(items[1:5] * 500)
    dialog.form.set_folder(tmp_path / "sorted")
    click(qtbot, dialog, "start")
    job = dialog._job
    assert job is not None
    qtbot.waitUntil(lambda: len(dialog._filed) > 3, timeout=20_000)
    click(qtbot, dialog, "stop")
    qtbot.waitUntil(lambda: not dialog.running, timeout=20_000)
    filed = len(dialog._filed)
    assert 3 < filed < 2000
    assert f"{filed:,}" in text(dialog, "status")
    button = dialog.findChild(QPushButton, "filing_start")
    assert button.isEnabled(), "one can go on"
    assert button.text() == f"File the remaining {2000 - filed:,} images"
    dialog.findChild(QRadioButton, "filing_hardlink").click()
    assert button.text() == "File 2,000 images", "filed otherwise, all are still to come"


def test_that_a_failure_is_told_in_the_dialog(
    qtbot: QtBot, dialog: FileImagesDialog, tmp_path: Path
) -> None:
    (tmp_path / "file").write_bytes(b"")
    start(qtbot, dialog, tmp_path / "file" / "sorted")
    panel = dialog.findChild(ErrorPanel, "error_panel")
    assert panel.isVisibleTo(dialog)
    assert "0." in text(dialog, "status")
    start(qtbot, dialog, tmp_path / "sorted")
    assert not panel.isVisibleTo(dialog)
    assert text(dialog, "verdict")


def test_that_what_ends_behind_a_closed_dialog_is_shown_when_it_is_opened(
    qtbot: QtBot, dialog: FileImagesDialog, tmp_path: Path
) -> None:
    (tmp_path / "file").write_bytes(b"")
    for folder in (tmp_path / "sorted", tmp_path / "file" / "sorted"):
        errors: list[object] = []
        dialog.failed.connect(errors.append)
        dialog.show()
        dialog.form.set_folder(folder)
        click(qtbot, dialog, "start")
        dialog.close()
        qtbot.waitUntil(lambda: not dialog.running, timeout=20_000)
        assert len(errors) == (folder.parent.name == "file")
        dialog.show()
        shown = text(dialog, "verdict") or dialog.findChild(ErrorPanel).isVisibleTo(dialog)
        assert shown
        dialog.close()
        dialog.show()
        assert not text(dialog, "verdict"), "what was seen is not shown again"


class _Bracketed(QTranslator):
    """Another language."""

    @override
    def isEmpty(self) -> bool:
        return False

    @override
    def translate(self, _context: str, text: str, _comment: str = "", n: int = -1) -> str:
        return f"«{text}»".replace("%n", str(n))


def test_that_the_dialog_speaks_another_language_at_once(
    qtbot: QtBot, qapp: QApplication, dialog: FileImagesDialog, tmp_path: Path
) -> None:
    for done in (False, True):
        if done:
            start(qtbot, dialog, tmp_path / "sorted")
        translator = _Bracketed()
        qapp.installTranslator(translator)
        QCoreApplication.processEvents()
        labels = [each for each in dialog.findChildren(QLabel) if each.isVisibleTo(dialog)]
        buttons = [each for each in dialog.findChildren(QAbstractButton) if each.text()]
        texts = [each.text() for each in (*labels, *buttons) if each.text()]
        facts = {"50 %", str(tmp_path / "sorted")}
        assert [each for each in texts if "«" not in each and each not in facts] == []
        qapp.removeTranslator(translator)
        QCoreApplication.processEvents()


@pytest.mark.qt_log_ignore("plugin does not support", extend=True)
def test_that_the_page_files_what_it_judged(
    qtbot: QtBot, opened: Session, theme: ThemeManager, tmp_path: Path, monkeypatch
) -> None:
    page = PredictPage(opened, theme)
    qtbot.addWidget(page)
    paths = [sample.path for sample in opened.dataset.samples[:4]]
    assert page.drop_files(paths)
    qtbot.waitUntil(lambda: page._judge.settled, timeout=30_000)
    page.findChild(QAction, "predict_save_folders").trigger()
    dialog = page.findChild(FileImagesDialog, "file_images")
    assert dialog.isVisible()
    out = tmp_path / "sorted"
    monkeypatch.setattr(file_dialogs, "choose_folder", lambda *_: out)
    click(qtbot, dialog, "choose")
    click(qtbot, dialog, "start")
    qtbot.waitUntil(lambda: not dialog.running, timeout=20_000)
    assert sorted(path.name for path in out.rglob("*.jpg")) == sorted(each.name for each in paths)
    page.clear()
    assert not dialog.isVisible(), "there is nothing to file any more"
