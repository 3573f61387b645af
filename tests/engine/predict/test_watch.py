"""A watched folder: each picture once, when it is whole, whatever happens to the folder."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from effnet_studio.engine.cancel import CancelToken
from effnet_studio.engine.errors import Cancelled, StorageError
from effnet_studio.engine.events import Event, Noted, Warned
from effnet_studio.engine.images import load_image
from effnet_studio.engine.predict import watch
from effnet_studio.engine.predict.watch import FolderWatch, open_watch, pause_after, watch_folder

if TYPE_CHECKING:
    from collections.abc import Iterator

QUICK = 0.005
"""Seconds between two looks here."""


def names(watched: FolderWatch) -> list[str]:
    """What the next look reports."""
    return [path.relative_to(watched.folder).as_posix() for path in watched.look().files]


@pytest.fixture
def watched(tmp_path: Path) -> FolderWatch:
    """A watch that has looked at an empty folder."""
    watched = open_watch(tmp_path)
    assert names(watched) == []
    return watched


def test_that_a_file_is_reported_once_and_only_in_the_second_look(watched: FolderWatch) -> None:
    (watched.folder / "bee.jpg").write_bytes(b"picture")
    looks = [names(watched) for _ in range(4)]
    assert looks == [[], ["bee.jpg"], [], []]


def test_that_a_file_that_grows_is_waited_for(watched: FolderWatch) -> None:
    with (watched.folder / "bee.jpg").open("wb") as stream:
        assert names(watched) == []
        for _ in range(5):
            stream.write(b"more")
            stream.flush()
            assert names(watched) == []
    assert watched.look().files, "it has stopped growing"


def test_that_an_empty_file_is_not_whole(watched: FolderWatch) -> None:
    (watched.folder / "bee.jpg").touch()
    for _ in range(3):
        look = watched.look()
        assert (look.files, look.waiting) == ((), 1)


def test_that_another_content_is_reported_again(watched: FolderWatch) -> None:
    file = watched.folder / "bee.jpg"
    file.write_bytes(b"one")
    assert [names(watched), names(watched)] == [[], ["bee.jpg"]]
    file.write_bytes(b"another")
    assert [names(watched), names(watched), names(watched)] == [[], ["bee.jpg"], []]
    os.utime(file, ns=(1, 1))
    assert [names(watched), names(watched)] == [[], ["bee.jpg"]]


def test_that_files_there_before_are_no_news_unless_asked_for(tmp_path: Path) -> None:
    (tmp_path / "old.jpg").write_bytes(b"old")
    (tmp_path / "other.jpg").write_bytes(b"other")
    silent, all_of_them = open_watch(tmp_path), open_watch(tmp_path, known=())
    chosen = open_watch(tmp_path, known=[tmp_path / "old.jpg"])
    for each in (silent, all_of_them, chosen):
        each.look()
    assert names(silent) == []
    assert sorted(names(all_of_them)) == ["old.jpg", "other.jpg"]
    assert names(chosen) == ["other.jpg"]
    (tmp_path / "old.jpg").write_bytes(b"changed")
    assert [names(silent), names(silent)] == [[], ["old.jpg"]]


@pytest.mark.parametrize(
    "name",
    ["a.jpg.part", "a.crdownload", ".a.jpg", "a.jpg~", "a.tmp", "Thumbs.db", ".hidden/a.jpg"],
)
def test_that_unfinished_and_hidden_files_are_passed_over_until_they_are_renamed(
    watched: FolderWatch, name: str
) -> None:
    file = watched.folder / name
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(b"picture")
    assert [names(watched), names(watched)] == [[], []]
    file.rename(watched.folder / "a.jpg")
    assert [names(watched), names(watched)] == [[], ["a.jpg"]]


def test_that_other_files_are_judged_by_their_beginning(watched: FolderWatch) -> None:
    (watched.folder / "notes.txt").write_text("seen in May", encoding="utf-8")
    (watched.folder / "drawing.psd").write_bytes(b"8BPS")
    Image.new("RGB", (4, 4)).save(watched.folder / "download", "PNG")
    watched.look()
    assert sorted(names(watched)) == ["download", "drawing.psd"]
    assert names(watched) == []


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="a Unix thing")
def test_that_a_pipe_and_a_dead_link_do_no_harm(watched: FolderWatch) -> None:
    os.mkfifo(watched.folder / "pipe.jpg")
    (watched.folder / "link.jpg").symlink_to(watched.folder / "nowhere.jpg")
    (watched.folder / "loop").symlink_to(watched.folder)
    (watched.folder / "bee.jpg").write_bytes(b"picture")
    assert [names(watched), names(watched)] == [[], ["bee.jpg"]]


def test_that_files_deleted_before_they_are_whole_are_forgotten(watched: FolderWatch) -> None:
    file = watched.folder / "bee.jpg"
    file.write_bytes(b"picture")
    assert watched.look().waiting == 1
    file.unlink()
    look = watched.look()
    assert (look.files, look.waiting) == ((), 0)


def test_that_a_folder_that_comes_back_brings_only_what_is_new(
    watched: FolderWatch, tmp_path: Path
) -> None:
    inside = watched.folder / "day"
    inside.mkdir()
    (inside / "one.jpg").write_bytes(b"one")
    watched.look()
    assert names(watched) == ["day/one.jpg"]
    away = tmp_path.with_name("away")
    watched.folder.rename(away)
    assert not watched.look().there
    away.rename(watched.folder)
    (inside / "two.jpg").write_bytes(b"two")
    assert [names(watched), names(watched)] == [[], ["day/two.jpg"]]


def test_that_a_file_nobody_may_open_is_reported_in_the_end(
    watched: FolderWatch, monkeypatch: pytest.MonkeyPatch
) -> None:
    (watched.folder / "bee.jpg").write_bytes(b"picture")

    def refuse(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(watch, "open", refuse, raising=False)
    looks = [names(watched) for _ in range(watch.PATIENCE + 2)]
    assert looks == [*([[]] * watch.PATIENCE), ["bee.jpg"], []]


def test_that_in_large_folders_changes_are_seen_in_a_later_look(
    watched: FolderWatch, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watch, "COMPARED", 4)
    for number in range(20):
        (watched.folder / f"{number}.jpg").write_bytes(b"picture")
    watched.look()
    assert len(names(watched)) == 20
    for number in range(20):
        (watched.folder / f"{number}.jpg").write_bytes(b"changed picture")
    seen = [name for _ in range(10) for name in names(watched)]
    assert sorted(seen) == sorted(f"{number}.jpg" for number in range(20))


@given(
    steps=st.lists(
        st.tuples(
            st.sampled_from(["write", "look", "delete", "rename"]),
            st.integers(0, 3),
            st.integers(1, 50),
        ),
        max_size=30,
    )
)
@settings(max_examples=60, deadline=None)
def test_that_every_last_content_is_reported_exactly_once(
    steps: list[tuple[str, int, int]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("watched")
    watched = open_watch(folder)
    watched.look()
    clock = 0
    reported: list[tuple[str, bytes]] = []

    def look() -> None:
        reported.extend((path.name, path.read_bytes()) for path in watched.look().files)

    for action, number, size in steps:
        file, other = folder / f"{number}.jpg", folder / f"{(number + 1) % 4}.jpg"
        if action == "write":
            clock += 1
            file.write_bytes(f"{clock} ".encode() + b"x" * size)
            os.utime(file, ns=(clock * 10**9, clock * 10**9))
        elif action == "delete":
            file.unlink(missing_ok=True)
        elif action == "rename" and file.exists():
            file.replace(other)
        else:
            look()
    look()
    look()
    left = {(file.name, file.read_bytes()) for file in folder.iterdir()}
    assert left <= set(reported)
    assert len(reported) == len(set(reported))
    shutil.rmtree(folder)


_WRITER = """
import sys
from pathlib import Path
content = Path(sys.argv[1]).read_bytes()
with open(sys.argv[2], "wb") as stream:
    for start in range(0, len(content), 1024):
        stream.write(content[start:start + 1024])
        stream.flush()
        print(start, flush=True)
        sys.stdin.readline()
"""


@pytest.fixture
def watching(tmp_path: Path) -> Iterator[tuple[Path, list[Path], list[Event], CancelToken]]:
    """A folder watched in a thread: the folder, what was reported, what was said, the switch."""
    folder, found, said, token = tmp_path / "in", [], [], CancelToken()
    folder.mkdir()
    ended: list[BaseException] = []

    def work() -> None:
        try:
            watch_folder(
                folder, found.extend, known=(), seconds=QUICK, on_event=said.append, cancel=token
            )
        except Cancelled as error:
            ended.append(error)

    thread = threading.Thread(target=work)
    (folder / "first.jpg").write_bytes(b"picture")
    thread.start()
    wait_until(lambda: found)  # it has begun
    (folder / "first.jpg").unlink()
    found.clear()
    yield folder, found, said, token
    token.cancel()
    thread.join(10)
    assert len(ended) == 1


def wait_until(condition) -> None:
    deadline = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(QUICK)


def test_that_what_another_process_writes_is_reported_once_and_when_it_is_whole(
    watched: FolderWatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    source = tmp_path_factory.mktemp("source") / "source.png"
    pixels = np.random.default_rng(0).integers(0, 256, (64, 64, 3)).astype(np.uint8)
    Image.fromarray(pixels).save(source)
    target = watched.folder / "bee.png"
    command = [sys.executable, "-c", _WRITER, str(source), str(target)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as writer:
        assert writer.stdin is not None
        assert writer.stdout is not None
        chunks = 0
        for _ in writer.stdout:  # a chunk is on disk, and the next one waits
            assert watched.look().files == ()
            chunks += 1
            writer.stdin.write("\n")
            writer.stdin.flush()
    assert chunks > 5
    found = [path for _ in range(4) for path in watched.look().files]
    assert found == [target]
    assert np.array_equal(load_image(target), pixels)


def test_that_the_folders_going_and_coming_is_said_once_each(watching) -> None:
    folder, found, said, _ = watching
    away = folder.with_name("away")
    folder.rename(away)
    wait_until(lambda: said)
    (away / "bee.jpg").write_bytes(b"picture")
    away.rename(folder)
    wait_until(lambda: found)
    assert [type(each) for each in said] == [Warned, Noted]
    assert "in is not there" in str(said[0].message)


def test_that_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="no folder"):
        watch_folder(tmp_path / "nowhere", print)
    (tmp_path / "file").touch()
    with pytest.raises(StorageError, match="no folder"):
        open_watch(tmp_path / "file")


def test_that_slow_looks_are_rare() -> None:
    assert pause_after(0.001, 1.0) == 1.0
    assert pause_after(2.0, 1.0) == pytest.approx(20.0)
