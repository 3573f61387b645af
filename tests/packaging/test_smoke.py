"""The smoke test's own judgement: what it lets pass, and what not."""

from __future__ import annotations

import io
import shutil
import struct
import subprocess
import sys
import time
from pathlib import Path

import pytest
from boot.console import SetupError
from PIL import Image
from smoke.judge import complaints, lost, packages_of, strays
from smoke.screen import a_screen, xwd_to_png
from smoke.steps import Artefact, Result, line


@pytest.mark.parametrize(
    "bad",
    [
        "Traceback (most recent call last):",
        "ValueError: no",
        "  DeprecationWarning: this goes away",
        "qt.qpa.plugin: Could not load the Qt platform plugin",
        "QPainter::begin: Paint device returned engine == 0",
        "QFont: no such font",
        "Fontconfig error: Cannot load default config file",
        "libEGL warning: DRI2: failed to authenticate",
        "/usr/bin/x: error while loading shared libraries: a.so: cannot open shared object file",
    ],
)
def test_that_a_word_of_trouble_is_heard_wherever_it_is_printed(bad: str) -> None:
    assert complaints(f"all is well\n{bad}\n", "") == [bad]


def test_that_usual_words_pass_and_nothing_passes_as_an_error() -> None:
    assert complaints("✓ trains Instant  12.3 s\nTop-1 93 % (error 7 %)\n", "") == []
    assert complaints("", "anything\n\n") == ["anything"]


def test_that_files_outside_the_home_are_found() -> None:
    before = {"/usr/lib/x": "10 bytes", "/etc/a": "1 byte"}
    after = {**before, "/etc/a": "2 bytes", "/tmp/left": "", "/tmp/.X11-unix/X9": ""}
    assert strays(before, after) == ["/etc/a", "/tmp/left"]
    assert strays(before, {"/etc/a": "1 byte"}) == ["/usr/lib/x"]


def test_that_the_users_files_must_stay_as_they_are() -> None:
    before = {"a": "1", "b": "2", "c": "3"}
    assert lost(before, {"a": "1", "b": "9", "new": "4"}) == ["b", "c"]


def test_that_a_line_of_depends_is_taken_apart() -> None:
    assert packages_of("libc6 (>= 2.35), libx11-6 | other, libgl1:any") == [
        "libc6",
        "libgl1",
        "libx11-6",
    ]


def test_that_the_kind_of_an_artefact_is_known(tmp_path: Path) -> None:
    (tmp_path / "a.AppImage").touch()
    (tmp_path / "a.deb").touch()
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "effnet-studio").touch()
    kinds = [Artefact.of(tmp_path / name).kind for name in ("a.AppImage", "a.deb", "folder")]
    assert kinds == ["appimage", "deb", "folder"]
    with pytest.raises(SetupError, match="is no AppImage"):
        Artefact.of(tmp_path / "a.zip")


def test_that_a_fault_is_seen_in_the_table() -> None:
    assert "✓ window" in line(Result("window", 1.234))
    assert "1.23 s" in line(Result("window", 1.234))
    bad = line(Result("window", 1.0, faults=["no window appeared"]))
    assert "✗ window" in bad
    assert "no window appeared" in bad


def test_that_a_picture_of_the_screen_has_its_colours() -> None:
    width, height, name = 3, 2, b"a screen\0\0\0\0"
    header = [100 + len(name), 7, 2, 24, width, height, 0, 0, 32, 0, 32, 32, 4 * width]
    header += [4, 0xFF0000, 0xFF00, 0xFF, 8, 256, 1, width, height, 0, 0, 0]
    pixels = [(255, 0, 0), (0, 255, 0), (0, 0, 255), (1, 2, 3), (0, 0, 0), (255, 255, 255)]
    data = struct.pack(">25I", *header) + name + bytes(12)
    data += b"".join(bytes((blue, green, red, 0)) for red, green, blue in pixels)
    with Image.open(io.BytesIO(xwd_to_png(data))) as picture:
        assert list(picture.convert("RGB").get_flattened_data()) == pixels


@pytest.mark.skipif(shutil.which("Xvfb") is None, reason="Xvfb is not installed")
def test_that_a_screen_shows_when_a_window_is_painted(tmp_path: Path) -> None:
    program = (
        "import sys\nfrom PySide6.QtGui import QGuiApplication, QRasterWindow, QPainter\n"
        "class Window(QRasterWindow):\n"
        "    def paintEvent(self, event):\n"
        "        QPainter(self).fillRect(0, 0, 1280, 800, 0xff3b5bdb)\n"
        "app = QGuiApplication([])\nwindow = Window()\nwindow.resize(1280, 800)\nwindow.show()\n"
        "app.exec()\n"
    )
    with a_screen() as screen:
        assert screen.is_empty()
        assert screen.wait_for_window(time.monotonic() + 0.05) is None
        env = {"DISPLAY": screen.display, "HOME": str(tmp_path), "QT_QPA_PLATFORM": "xcb"}
        shown = subprocess.Popen([sys.executable, "-c", program], env=env)
        try:
            moment = screen.wait_for_window(time.monotonic() + 60)
        finally:
            shown.kill()
            shown.wait()
        assert moment is not None


@pytest.mark.skipif(shutil.which("Xvfb") is None, reason="Xvfb is not installed")
def test_that_two_screens_are_two() -> None:
    with a_screen() as one, a_screen() as other:
        assert one.display != other.display
        assert Path(f"/tmp/.X11-unix/X{one.display[1:]}").exists()
