"""Small values that are kept in a file without a wait for the disk."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray, QSettings

from effnet_studio.gui import ini_file
from effnet_studio.gui.ini_file import IniFile


def written(file: Path) -> dict[str, object]:
    store = QSettings(str(file), QSettings.Format.IniFormat)
    return {name: store.value(name) for name in store.allKeys()}


@pytest.fixture
def busy_disk(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """A disk that takes nothing until the event is set."""
    free = threading.Event()

    class Slow(QSettings):
        def sync(self) -> None:
            assert free.wait(20)
            super().sync()

    monkeypatch.setattr(ini_file, "QSettings", Slow)
    yield free
    free.set()


def test_that_values_are_there_at_once_and_in_the_file_soon(tmp_path: Path) -> None:
    file = tmp_path / "new" / "window.ini"
    kept = IniFile(file)
    assert kept.value("theme", "system") == "system"
    kept.set_value("theme", "dark")
    kept.set_value("view/list", "wide")
    kept.set_value("tried", ["/p/a", "/p/ä"])
    kept.set_value("geometry", QByteArray(b"\0\1\2"))
    kept.set_value("theme", "light")
    kept.remove("view/list")
    assert (kept.value("theme"), kept.value("view/list")) == ("light", None)
    kept.wait_until_written()
    found = {"theme": "light", "tried": ["/p/a", "/p/ä"], "geometry": QByteArray(b"\0\1\2")}
    assert written(file) == found
    again = IniFile(file)
    assert {name: again.value(name) for name in found} == found


def test_that_nobody_waits_for_a_disk_that_is_busy(
    tmp_path: Path, busy_disk: threading.Event
) -> None:
    file = tmp_path / "window.ini"
    kept = IniFile(file)
    for number in range(3):
        kept.set_value("number", str(number))
        kept.set_value(f"view/{number}", "open")
        kept.remove(f"view/{number - 1}")
        assert kept.value("number") == str(number)
    assert not file.exists()
    busy_disk.set()
    kept.wait_until_written()
    assert written(file) == {"number": "2", "view/2": "open"}


def test_that_what_is_changed_while_it_is_written_is_not_taken_back(
    tmp_path: Path, busy_disk: threading.Event
) -> None:
    kept = IniFile(tmp_path / "window.ini")
    kept.set_value("theme", "dark")
    kept.set_value("language", "en")
    kept.set_value("theme", "light")
    kept.remove("language")
    busy_disk.set()
    kept.wait_until_written()
    assert (kept.value("theme"), kept.value("language")) == ("light", None)


def test_that_two_that_keep_the_same_file_lose_nothing_of_each_other(tmp_path: Path) -> None:
    file = tmp_path / "window.ini"
    one, other = IniFile(file), IniFile(file)
    one.set_value("theme", "dark")
    one.wait_until_written()
    other.set_value("language", "zh_CN")
    other.wait_until_written()
    assert written(file) == {"theme": "dark", "language": "zh_CN"}
    assert other.value("theme") == "dark"


def test_that_a_folder_that_takes_no_file_is_logged_and_the_choice_still_holds(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "file").write_text("in the way")
    kept = IniFile(tmp_path / "file" / "window.ini")
    kept.set_value("theme", "dark")
    kept.wait_until_written()
    assert kept.value("theme") == "dark"
    assert "cannot be written" in caplog.text
