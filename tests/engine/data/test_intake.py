"""Many files are examined in threads or processes, and no file ends the scan."""

from __future__ import annotations

import multiprocessing
import os
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from effnet_studio.engine.cancel import Cancelled, CancelToken
from effnet_studio.engine.data import intake
from effnet_studio.engine.data.examine import Examined
from effnet_studio.engine.data.intake import Outcome, examine_all, examine_one
from effnet_studio.engine.data.problems import Problem
from effnet_studio.engine.errors import DatasetError
from effnet_studio.engine.events import Event, PauseChanged, Progress
from tests.engine.data.conftest import paint

if TYPE_CHECKING:
    from collections.abc import Sequence


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    return [paint(tmp_path / "in" / f"{n:03d}.png", n) for n in range(80)]


def crash_or_hang(path: Path) -> Outcome:
    """An examiner whose process is ended by one file and hangs at another."""
    if path.name == "007.png":
        os._exit(9)
    if path.name == "050.png":
        time.sleep(600)
    return examine_one(path)


def test_that_threads_and_processes_find_out_the_same(files: list[Path]) -> None:
    (files[3]).write_bytes(b"no picture")
    by_threads = dict(examine_all(files, processes=0))
    by_processes = dict(examine_all(files, processes=2))
    assert by_threads == by_processes
    assert sorted(by_threads) == list(range(80))
    assert isinstance(by_threads[3], Problem)
    first = by_threads[0]
    assert isinstance(first, Examined)
    assert (first.info.width, first.info.height, len(first.content)) == (40, 30, 16)
    assert multiprocessing.active_children() == []


def test_that_a_file_that_kills_or_hangs_its_reader_costs_only_itself(
    files: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intake, "PATIENCE", 3.0)
    found = dict(examine_all(files, processes=2, examiner=crash_or_hang))
    assert sorted(found) == list(range(80))
    problems = {place: str(it.message) for place, it in found.items() if isinstance(it, Problem)}
    assert problems == {
        7: "The image makes its reader crash.",
        50: "The image takes too long to be read.",
    }
    assert multiprocessing.active_children() == []


@pytest.mark.parametrize("processes", [0, 2])
def test_that_it_stops_at_once_and_leaves_no_process(files: list[Path], processes: int) -> None:
    token = CancelToken()
    seen = 0
    outcomes = examine_all(files * 20, processes=processes, cancel=token)
    with pytest.raises(Cancelled):  # noqa: PT012 - what comes out before is counted
        for _ in outcomes:
            seen += 1
            token.cancel()
    assert seen < 200
    assert multiprocessing.active_children() == []


def test_that_who_stops_listening_leaves_no_process(files: list[Path]) -> None:
    outcomes = examine_all(files * 20, processes=2)
    next(outcomes)
    outcomes.close()
    assert multiprocessing.active_children() == []


def test_that_it_can_be_held(files: list[Path]) -> None:
    token = CancelToken()
    token.pause()
    events: list[Event] = []
    threading.Timer(0.3, token.resume).start()
    assert len(list(examine_all(files, on_event=events.append, cancel=token))) == 80
    assert [event for event in events if isinstance(event, PauseChanged)] == [
        PauseChanged(paused=True),
        PauseChanged(paused=False),
    ]


def test_that_progress_counts_every_file(files: list[Path]) -> None:
    events: list[Event] = []
    list(examine_all(files, processes=1, on_event=events.append))
    progress = [event for event in events if isinstance(event, Progress)]
    assert (progress[0].done, progress[-1].done, progress[-1].total) == (0, 80, 80)


@pytest.mark.parametrize("processes", [0, 2])
def test_that_a_drive_that_vanishes_ends_the_scan_with_a_reason(
    files: list[Path], processes: int
) -> None:
    root = files[0].parent
    outcomes = examine_all(files * 10, root=root, processes=processes)
    next(outcomes)
    root.rename(root.with_name("unplugged"))
    with pytest.raises(DatasetError, match="vanished while it was read"):
        for _ in outcomes:
            pass


def test_that_pipes_and_folders_are_refused_without_waiting(tmp_path: Path) -> None:
    (tmp_path / "folder.jpg").mkdir()
    paths = [tmp_path / "folder.jpg", tmp_path / "missing.jpg"]
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe.jpg")
        paths.append(tmp_path / "pipe.jpg")
    found = dict(examine_all(paths))
    assert all(isinstance(outcome, Problem) for outcome in found.values())
    assert len(found) == len(paths)


class Counting(list[Path]):
    """Paths that tell how far they were read."""

    furthest = 0

    def __getitem__(self, place: object) -> object:
        if isinstance(place, int):
            self.furthest = max(self.furthest, place)
        return super().__getitem__(place)  # type: ignore[call-overload]


def test_that_only_a_few_files_are_under_way_at_a_time(files: list[Path]) -> None:
    paths: Sequence[Path] = Counting(files * 50)
    for number, _ in enumerate(examine_all(paths, processes=2)):
        assert paths.furthest <= number + 8 * intake.HANDFUL  # type: ignore[attr-defined]


def test_that_date_and_camera_are_read(shared_data: Path) -> None:
    found = [examine_one(p) for p in sorted((shared_data / "photos/hymenoptera").rglob("*.jpg"))]
    taken = [one for one in found if isinstance(one, Examined) and one.taken is not None]
    for one in taken:
        assert 3e8 < one.taken < 2e9
    assert len(found) > 300
