"""Files are replaced whole or not at all."""

from __future__ import annotations

import errno
import json
import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from effnet_studio.engine import atomic
from effnet_studio.engine.errors import StorageError

REPOSITORY = Path(__file__).resolve().parents[2]


def test_that_a_file_is_created_and_replaced(tmp_path: Path) -> None:
    path = tmp_path / "名字 é.json"
    atomic.write_json(path, {"a": [1, 2.5, "蜜蜂"]})
    atomic.write_json(path, {"b": None})
    assert json.loads(path.read_text(encoding="utf-8")) == {"b": None}
    assert list(tmp_path.iterdir()) == [path]


def test_that_text_is_utf8_with_the_line_ends_given(tmp_path: Path) -> None:
    atomic.write_text(tmp_path / "a.txt", "é\n二\n")
    assert (tmp_path / "a.txt").read_bytes() == "é\n二\n".encode()


@pytest.mark.parametrize("value", [float("nan"), float("inf"), {"a": [float("-inf")]}])
def test_that_json_refuses_what_is_no_json(tmp_path: Path, value: object) -> None:
    path = tmp_path / "a.json"
    atomic.write_json(path, 1)
    with pytest.raises(ValueError, match="JSON compliant"):
        atomic.write_json(path, value)
    assert path.read_text(encoding="utf-8") == "1\n"


def test_that_a_failure_on_the_way_leaves_the_previous_file(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    atomic.write_text(path, "before")

    def write() -> None:
        with atomic.replacing(path) as temporary:
            temporary.write_text("after", encoding="utf-8")
            raise RuntimeError("half way")

    with pytest.raises(RuntimeError, match="half way"):
        write()
    assert path.read_text(encoding="utf-8") == "before"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full on this system")
def test_that_a_full_disk_is_said_in_words_and_nothing_is_lost(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    atomic.write_text(path, "before")
    with pytest.raises(StorageError, match="disk is full") as caught, atomic.replacing(path):
        Path("/dev/full").write_bytes(b"x" * 100_000)
    assert caught.value.path == path
    assert path.read_text(encoding="utf-8") == "before"
    assert list(tmp_path.iterdir()) == [path]


def test_that_a_missing_folder_is_said_in_words(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="cannot be reached"):
        atomic.write_text(tmp_path / "gone" / "a.txt", "x")
    with pytest.raises(StorageError), atomic.replacing_folder(tmp_path / "gone" / "folder"):
        pytest.fail("must not get here")


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "full"),
        (errno.EACCES, "permission"),
        (errno.EROFS, "permission"),
        (errno.EIO, "reached"),
        (errno.EMFILE, "could not be written"),
    ],
)
def test_that_every_system_error_becomes_a_sentence(number: int, words: str) -> None:
    error = atomic.storage_error(OSError(number, os.strerror(number)), Path("x"))
    assert words in str(error.message)
    assert "x" in str(error)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no umask")
def test_that_new_files_get_the_usual_permissions(tmp_path: Path) -> None:
    old = os.umask(0o027)
    try:
        atomic.write_text(tmp_path / "a", "x")
        with atomic.replacing_folder(tmp_path / "b"):
            pass
    finally:
        os.umask(old)
    assert stat.S_IMODE((tmp_path / "a").stat().st_mode) == 0o640
    assert stat.S_IMODE((tmp_path / "b").stat().st_mode) == 0o750


def test_that_a_folder_is_created_and_replaced(tmp_path: Path) -> None:
    path = tmp_path / "last"
    for content in ("one", "two"):
        with atomic.replacing_folder(path) as fresh:
            (fresh / "deep").mkdir()
            (fresh / "deep" / f"{content}.txt").write_text(content, encoding="utf-8")
    assert [item.name for item in (path / "deep").iterdir()] == ["two.txt"]
    assert list(tmp_path.iterdir()) == [path]


def test_that_a_failure_on_the_way_leaves_the_previous_folder(tmp_path: Path) -> None:
    path = tmp_path / "last"
    with atomic.replacing_folder(path) as fresh:
        (fresh / "a").touch()

    def write() -> None:
        with atomic.replacing_folder(path) as fresh:
            (fresh / "b").touch()
            raise RuntimeError("half way")

    with pytest.raises(RuntimeError, match="half way"):
        write()
    assert [item.name for item in path.iterdir()] == ["a"]
    assert list(tmp_path.iterdir()) == [path]


def test_that_files_are_replaced_together_and_others_stay(tmp_path: Path) -> None:
    ready, folder = tmp_path / "ready", tmp_path / "folder"
    for place, text in ((ready, "new"), (folder, "old")):
        (place / "parts").mkdir(parents=True)
        (place / "parts" / text).write_text(text)
        for name in ("model", "model.record"):
            (place / name).write_text(text)
    (folder / "mine").write_text("old")
    (folder / "not any more").write_text("old")
    atomic.replace_files(ready, folder, last=".record", gone=["not any more", "never was"])
    assert list(ready.iterdir()) == []
    found = {path.name: path.read_text() for path in folder.rglob("*") if path.is_file()}
    assert found == {"model": "new", "model.record": "new", "new": "new", "mine": "old"}


def test_that_what_speaks_of_the_others_is_never_beside_what_it_does_not_mean(
    tmp_path: Path,
) -> None:
    ready, folder = tmp_path / "ready", tmp_path / "folder"
    for place, text in ((ready, "new"), (folder, "old")):
        place.mkdir()
        (place / "a.record").write_text(text)
        (place / "z").write_text(text)
    (folder / "z").unlink()
    (folder / "z").mkdir()  # a folder where a file should go: the replacement fails on the way
    with pytest.raises(StorageError):
        atomic.replace_files(ready, folder, last=".record")
    assert not (folder / "a.record").exists()
    assert (ready / "z").read_text() == "new"


def test_that_a_replacement_cut_between_its_renames_is_undone(tmp_path: Path) -> None:
    path = tmp_path / "last"
    atomic.previous_of(path).mkdir()
    (atomic.previous_of(path) / "old").touch()
    atomic.recover_folder(path)
    assert [item.name for item in path.iterdir()] == ["old"]


def test_that_a_replacement_cut_before_its_end_is_finished(tmp_path: Path) -> None:
    path = tmp_path / "last"
    path.mkdir()
    (path / "new").touch()
    atomic.previous_of(path).mkdir()
    atomic.recover_folder(path)
    assert list(tmp_path.iterdir()) == [path]
    assert [item.name for item in path.iterdir()] == ["new"]
    atomic.recover_folder(path)  # nothing to do is fine


WRITER = """
import itertools, sys
from pathlib import Path
from effnet_studio.engine import atomic
folder = Path(sys.argv[1])
for number in itertools.count():
    text = f"{number % 10}" * 50_000
    atomic.write_text(folder / "file", text)
    with atomic.replacing_folder(folder / "last") as fresh:
        (fresh / "a").write_text(text)
        (fresh / "b").write_text(text)
    if number == 0:
        print("begun", flush=True)
"""


@pytest.mark.skipif(os.name == "nt", reason="needs SIGKILL")
@pytest.mark.parametrize("delay", [0.0, 0.011, 0.023, 0.037])
def test_that_a_kill_at_any_moment_leaves_whole_files(tmp_path: Path, delay: float) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", WRITER, str(tmp_path)],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
    ) as writer:
        assert writer.stdout is not None
        writer.stdout.readline()
        with pytest.raises(subprocess.TimeoutExpired):
            writer.wait(delay)
        writer.send_signal(signal.SIGKILL)
    atomic.recover_folder(tmp_path / "last")
    text = (tmp_path / "file").read_text(encoding="utf-8")
    assert len(text) == 50_000
    assert len(set(text)) == 1
    first, second = ((tmp_path / "last" / name).read_text(encoding="utf-8") for name in "ab")
    assert first == second
    assert len(first) == 50_000
