"""What browsers, screenshots and file managers hand over, in the formats recorded from them."""

from __future__ import annotations

import base64
import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QLabel

from effnet_studio.engine.predict.answers import FailedImage
from effnet_studio.engine.predict.predictor import load_predictor
from effnet_studio.gui.errors import ErrorPanel
from effnet_studio.gui.main_window import MainWindow
from effnet_studio.gui.pasteboard import may_bring, read_mime
from effnet_studio.gui.widgets.predict.explanation_panel import ExplanationPanel
from tests.random_run import write_run

ADDRESS = "https://example.org/photos/bee%201.png?size=large"


def png(color: str = "red", side: int = 40) -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", (side, side), color).save(stream, "PNG")
    return stream.getvalue()


def in_address(content: bytes) -> str:
    return "data:image/png;base64," + base64.b64encode(content).decode()


def mime(**formats: bytes) -> QMimeData:
    """Formats by their names, ``__`` for the slash and ``_`` for the dash."""
    data = QMimeData()
    for kind, content in formats.items():
        data.setData(kind.replace("__", "/").replace("_", "-"), content)
    return data


def from_chromium(address: str, content: bytes = b"") -> QMimeData:
    """An image dragged out of Chromium 156 on Linux."""
    data = mime(
        text__uri_list=address.encode(),
        text__plain=address.encode(),
        XdndDirectSave0=b"F",
        text__html=b"\xef\xbb\xbf" + f'<img src="{address}" width="200" height="200">'.encode(),
    )
    data.setData("chromium/x-renderer-taint", b"https://example.org")
    if content:
        data.setData("application/octet-stream", content)
    return data


def from_firefox(address: str, copy: bytes = b"", *, file: Path | None = None) -> QMimeData:
    """An image dragged out of Firefox 153 on Linux; some of its texts are UTF-16."""
    wide = address.encode("utf-16-le")
    data = mime(text__plain=address.encode(), XdndDirectSave0=b"E", image__jpg=b"", image__gif=b"")
    data.setData("text/x-moz-url-data", wide)
    data.setData("application/x-moz-file-promise-url", wide)
    element = f'<meta http-equiv="content-type" content="text/html"><img src="{address}" width="9">'
    data.setData("text/html", element.encode())
    data.setData("text/uri-list", (file.as_uri() if file else address).encode() + b"\r\n")
    if copy:
        data.setData("image/png", copy)
        data.setData("image/jpeg", b"\xff\xd8 with loss")
    return data


def drop(window: MainWindow, data: QMimeData) -> bool:
    """Drag over the window and drop; whether the drag was welcome."""
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    action = Qt.DropAction.CopyAction
    enter = QDragEnterEvent(QPointF(9, 9).toPoint(), action, data, buttons, keys)
    enter.ignore()
    window.dragEnterEvent(enter)
    if enter.isAccepted():
        window.dropEvent(QDropEvent(QPointF(9, 9), action, data, buttons, keys))
    return enter.isAccepted()


@pytest.fixture
def ready(qtbot, window: MainWindow, trained: Path) -> MainWindow:
    """The window with a model."""
    with qtbot.waitSignal(window.session.project_changed, timeout=20_000):
        window.session.open_project(trained)
    return window


def judged(qtbot, window: MainWindow) -> list:
    page = window.page("predict")
    qtbot.waitUntil(lambda: page._judge.settled and bool(page._judge.items), timeout=30_000)
    return page._judge.items


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (from_chromium(ADDRESS, png()), "bee 1.png"),
        (from_chromium(in_address(png()), png()), "x"),
        (from_chromium(in_address(png())), "x"),
        (from_firefox(ADDRESS, png()), "bee 1.png"),
        (from_firefox(in_address(png()), b"\x89PNG written anew"), "x"),
        (mime(text__html=f'<img src="{in_address(png())}">'.encode("utf-16")), "x"),
        (mime(text__html=f"<p><IMG width=9 src='{in_address(png())}'>".encode()), "x"),
        (mime(image__png=png(), image__bmp=b"BM", text__html=b'<img src="http://a/b">'), "x"),
    ],
    ids=[
        "chromium",
        "chromium-data",
        "chromium-html",
        "firefox",
        "firefox-data",
        "wide",
        "html",
        "screenshot",
    ],
)
def test_that_the_picture_is_found_in_whatever_way_it_is_offered(
    qapp, data: QMimeData, name: str
) -> None:
    assert may_bring(data)
    brought = read_mime(data, "x")
    assert brought.paths == ()
    assert [each.name for each in brought.pasted] == [name]
    pixels = brought.pasted[0].decode()
    assert pixels.shape == (40, 40, 3)
    assert pixels[0, 0].tolist() == [255, 0, 0]


def test_that_a_file_is_preferred_to_everything_else(qapp, tmp_path: Path) -> None:
    file = tmp_path / "bee 1.png"
    brought = read_mime(from_firefox(ADDRESS, file=file), "x")
    assert (brought.paths, brought.pasted) == ((file,), ())


def test_that_an_address_alone_is_refused_in_words(qapp) -> None:
    for data in (from_chromium(ADDRESS), from_firefox(ADDRESS)):
        assert may_bring(data)
        error = read_mime(data, "x").error
        assert error is not None
        assert "only an address" in str(error)
    text = mime(text__html=b"<p>Nothing <b>here</b></p>", text__plain=b"Nothing here")
    assert not may_bring(text)
    assert "no image" in str(read_mime(text, "x").error)


def test_that_a_decoded_image_serves_where_nothing_better_is(qapp) -> None:
    image = QImage(30, 20, QImage.Format.Format_ARGB32)
    image.fill(QColor(0, 0, 255, 0))
    data = QMimeData()
    data.setImageData(image)
    pixels = read_mime(data, "x").pasted[0].decode()
    assert pixels.shape == (20, 30, 3)
    assert (pixels == 255).all(), "what is transparent is white"


def test_that_an_image_dropped_on_any_page_is_judged(qtbot, ready: MainWindow) -> None:
    assert ready.current_key == "data"
    assert drop(ready, from_chromium(in_address(png()), png()))
    assert ready.current_key == "predict"
    item = judged(qtbot, ready)[0]
    assert item.name == "Dropped image"
    truth = load_predictor(ready.session.run.run_dir).predict(png())
    np.testing.assert_allclose(item.prediction.probabilities, truth.probabilities, atol=1e-5)


def test_that_a_refused_image_gets_its_verdict_in_the_list(qtbot, ready: MainWindow) -> None:
    ready.show_page("predict")
    drop(ready, from_chromium("data:image/svg+xml,%3Csvg%20/%3E"))
    item = judged(qtbot, ready)[0]
    assert isinstance(item.verdict, FailedImage)
    page = ready.page("predict")
    assert page._panel.item is item
    assert page.findChild(QLabel, "empty_title") is not None
    assert drop(ready, from_chromium(in_address(png())))
    qtbot.waitUntil(lambda: len(page._judge.items) == 2, timeout=30_000)
    assert page._judge.items[1].prediction is not None


def test_that_an_address_dropped_on_the_window_is_answered(ready: MainWindow) -> None:
    assert drop(ready, from_firefox(ADDRESS))
    assert "only an address" in ready.errors.findChild(QLabel, "banner_message").text()
    assert ready.current_key == "data"


def test_that_without_a_project_an_image_is_not_passed_over_in_silence(window: MainWindow) -> None:
    assert drop(window, from_chromium(ADDRESS, png()))
    assert "no project" in window.errors.findChild(QLabel, "banner_message").text()


def test_that_a_list_of_copied_files_is_pasted(qtbot, ready: MainWindow, tmp_path: Path) -> None:
    ready.show_page("predict")
    for name in ("a", "b"):
        (tmp_path / f"{name} ü.png").write_bytes(png())
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / f"{name} ü.png")) for name in "ab"])
    QGuiApplication.clipboard().setMimeData(data)
    ready.page("predict").paste()
    items = judged(qtbot, ready)
    assert [item.path for item in items] == [tmp_path / "a ü.png", tmp_path / "b ü.png"]


@pytest.mark.parametrize("content", ["nothing", ""])
def test_that_an_empty_clipboard_is_said(ready: MainWindow, content: str) -> None:
    QGuiApplication.clipboard().setText(content) if content else QGuiApplication.clipboard().clear()
    page = ready.page("predict")
    page.paste()
    assert "no image" in str(page.findChild(ErrorPanel, "error_panel").error)


def test_that_a_file_deleted_after_its_answer_is_said_to_be_gone(
    qtbot, ready: MainWindow, tmp_path: Path
) -> None:
    file = tmp_path / "dnd" / "bee.png"
    file.parent.mkdir()
    file.write_bytes(png())
    page = ready.page("predict")
    other = tmp_path / "other.png"
    other.write_bytes(png("blue"))
    page.drop_files([file, other])
    judged(qtbot, ready)
    page._list.choose(1)
    file.unlink()
    page._list.choose(0)
    panel = page.findChild(ExplanationPanel, "explanation_panel")
    qtbot.waitUntil(lambda: panel._error.error is not None, timeout=30_000)
    assert "bee.png" in str(panel._error.error)
    page._list.choose(1)
    qtbot.waitUntil(lambda: panel.picture() is not None, timeout=30_000)
    assert panel._error.isHidden()


def test_that_a_refused_image_stays_in_the_list_with_another_model(
    qtbot, ready: MainWindow
) -> None:
    page, session = ready.page("predict"), ready.session
    drop(ready, from_chromium(in_address(b"no picture")))
    drop(ready, from_chromium(in_address(png())))
    qtbot.waitUntil(lambda: len(page._judge.items) == 2, timeout=30_000)
    run_dir = write_run(session.project, session.dataset.classes, size=32, seed=5)
    with qtbot.waitSignal(session.runs_changed):
        session.refresh_runs()
    session.select_run(run_dir.name)
    qtbot.waitUntil(
        lambda: page._judge.answered_by == run_dir and page._judge.settled, timeout=30_000
    )
    assert [item.prediction is None for item in page._judge.items] == [True, False]
