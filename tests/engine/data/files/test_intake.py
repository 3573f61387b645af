"""Many files are examined in threads or processes, and no file ends the scan."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from effnet_studio.engine.cancel import CancelToken
from effnet_studio.engine.data.files import intake, workers
from effnet_studio.engine.data.files.examine import Examined
from effnet_studio.engine.data.files.intake import Outcome, examine_all
from effnet_studio.engine.data.problems import Problem
from effnet_studio.engine.errors import Cancelled, DatasetError
from effnet_studio.engine.events import Event, PauseChanged, Progress
from tests.engine.data.conftest import paint
from tests.engine.data.harmful import crash_or_hang, dawdle

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from multiprocessing.process import BaseProcess

    from effnet_studio.engine.data.files.intake import Packed

needs_posix = pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    return [paint(tmp_path / "in" / f"{n:03d}.png", n) for n in range(60)]


def children() -> list[BaseProcess]:
    """Processes that examine files; other tests may have left some of other kinds."""
    return [one for one in multiprocessing.active_children() if one.name == workers.NAME]


@pytest.fixture(autouse=True)
def no_process_left() -> Iterator[None]:
    yield
    assert children() == []


def place_of(found: Sequence[tuple[int, Outcome]]) -> dict[int, str]:
    """Places of the files with problems, and what is said of them."""
    return {place: str(it.message) for place, it in found if isinstance(it, Problem)}


def test_that_threads_and_processes_find_the_same_whatever_the_order(files: list[Path]) -> None:
    files[3].write_bytes(b"no picture")
    by_threads = dict(examine_all(files, processes=0))
    by_processes = dict(examine_all(files, processes=2))
    backwards = dict(examine_all(files[::-1], processes=1))
    assert by_threads == by_processes == {59 - place: it for place, it in backwards.items()}
    assert sorted(by_threads) == list(range(60))
    assert isinstance(by_threads[3], Problem)
    first = by_threads[0]
    assert isinstance(first, Examined)
    assert (first.info.width, first.info.height, len(first.content)) == (40, 30, 16)


def test_that_a_file_that_kills_or_hangs_its_reader_costs_only_itself(
    files: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "PATIENCE", 3.0)
    for place, name in ((7, "crash1"), (8, "crash2"), (50, "hang")):
        files[place] = files[place].rename(files[place].with_stem(name))
    found = list(examine_all(files, processes=2, work=crash_or_hang))
    assert sorted(place for place, _ in found) == list(range(60))
    assert place_of(found) == {
        7: "The image makes its reader crash.",
        8: "The image makes its reader crash.",
        50: "The image takes too long to be read.",
    }
    assert all(it.hint is not None for _, it in found if isinstance(it, Problem))


@needs_posix
def test_that_a_process_that_is_killed_from_outside_costs_no_file(files: list[Path]) -> None:
    mine = os.getpriority(os.PRIO_PROCESS, 0)
    with contextlib.closing(examine_all(files[:20], processes=2, work=dawdle)) as outcomes:
        found = [next(outcomes)]
        for child in children():
            assert child.pid is not None
            deadline = time.monotonic() + 30  # one answers while the other is still starting
            while os.getpriority(os.PRIO_PROCESS, child.pid) <= mine < 19:
                assert time.monotonic() < deadline
                time.sleep(0.02)
            os.kill(child.pid, signal.SIGINT)
        found += outcomes
    assert len(found) == 20
    assert place_of(found) == {}


@pytest.mark.parametrize("processes", [0, 2])
def test_that_it_stops_within_a_second_from_another_thread(
    files: list[Path], processes: int
) -> None:
    token = CancelToken()
    outcomes = examine_all(files * 20, processes=processes, work=dawdle, cancel=token)
    next(outcomes)
    threading.Timer(0.1, token.cancel).start()
    began = time.monotonic()
    with pytest.raises(Cancelled):
        list(outcomes)
    assert time.monotonic() - began < 2.0


def test_that_who_stops_listening_leaves_no_process(files: list[Path]) -> None:
    outcomes = examine_all(files * 20, processes=2)
    next(outcomes)
    assert len(children()) == 2
    outcomes.close()
    assert children() == []


@pytest.mark.parametrize("processes", [0, 1])
def test_that_it_can_be_held_and_nobody_is_late_for_that(
    files: list[Path], processes: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "PATIENCE", 2.0)
    token = CancelToken()
    events: list[Event] = []
    outcomes = examine_all(
        files[:8], processes=processes, work=dawdle, on_event=events.append, cancel=token
    )
    found = [next(outcomes)]
    before = [child.pid for child in children()]
    token.pause()
    threading.Timer(1.5, token.resume).start()
    began = time.monotonic()
    found += [next(outcomes) for _ in range(5)]
    assert time.monotonic() - began > 1.4
    assert [child.pid for child in children()] == before
    found += outcomes
    assert len(found) == 8
    assert place_of(found) == {}
    changes = [event.paused for event in events if isinstance(event, PauseChanged)]
    assert changes == [True, False]


@pytest.mark.parametrize("processes", [0, 1])
def test_that_progress_counts_every_file(files: list[Path], processes: int) -> None:
    events: list[Event] = []
    list(examine_all(files, processes=processes, on_event=events.append))
    progress = [event for event in events if isinstance(event, Progress)]
    assert (progress[0].done, progress[-1].done, progress[-1].total) == (0, 60, 60)
    assert progress[-1].unit == "files"
    assert progress[-1].rate is not None


@pytest.mark.parametrize("processes", [0, 1])
def test_that_a_drive_that_vanishes_ends_the_scan_with_a_reason(
    files: list[Path], processes: int
) -> None:
    root = files[0].parent
    outcomes = examine_all(files * 10, root=root, processes=processes)
    next(outcomes)
    root.rename(root.with_name("unplugged"))
    with pytest.raises(DatasetError, match="vanished while it was read") as caught:
        list(outcomes)
    assert caught.value.path == root
    assert caught.value.hint.template


def test_that_a_file_that_vanishes_costs_only_itself(files: list[Path]) -> None:
    files[5].unlink()
    found = list(examine_all(files, root=files[0].parent))
    assert place_of(found) == {5: "The file does not exist."}


@pytest.mark.parametrize("processes", [0, 1])
def test_that_pipes_folders_and_odd_names_are_met_without_waiting(
    tmp_path: Path, processes: int
) -> None:
    (tmp_path / "folder.jpg").mkdir()
    reasons = {tmp_path / "folder.jpg": "This is a folder, not an image."}
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe.jpg")
        reasons[tmp_path / "pipe.jpg"] = "This is not an ordinary file."
    odd = [paint(tmp_path / "plain.png")]
    if sys.platform == "linux":
        odd.append(tmp_path / os.fsdecode(b"caf\xe9 \xf0\x9f\xa6\x8b.png"))
        shutil.copy(odd[0], odd[1])
        reasons[tmp_path / os.fsdecode(b"\xff.png")] = "The file does not exist."
    found = dict(examine_all([*reasons, *odd], processes=processes))
    for place, (path, reason) in enumerate(reasons.items()):
        problem = found[place]
        assert isinstance(problem, Problem)
        assert (problem.path, str(problem.message)) == (path, reason)
    assert all(isinstance(found[len(reasons) + place], Examined) for place in range(len(odd)))


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read all")
def test_that_missing_permission_is_a_reason(files: list[Path]) -> None:
    files[2].chmod(0)
    assert place_of(list(examine_all(files))) == {2: "There is no permission to read the file."}


class Watched(list[Path]):
    """Paths that tell how far they were read."""

    furthest = 0

    def __getitem__(self, place: Any) -> Any:
        self.furthest = max(self.furthest, place)
        return super().__getitem__(place)


@pytest.mark.parametrize("processes", [0, 2])
def test_that_only_a_few_files_are_under_way_at_a_time(files: list[Path], processes: int) -> None:
    paths = Watched(files * 40)
    ahead = [
        paths.furthest - number for number, _ in enumerate(examine_all(paths, processes=processes))
    ]
    # Two handfuls with each process, and what was received but not yet told.
    assert max(ahead) <= 2 * 2 * 2 * workers.HANDFUL
    assert len(ahead) == len(paths)


def refuse(paths: Sequence[str]) -> list[Packed]:
    """Work that no process can be given: what is called so elsewhere is something else."""
    return intake.examine_handful(paths)


def test_that_threads_do_the_work_where_no_process_starts(
    files: list[Path], monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(refuse, "__module__", "effnet_studio.engine.data.nowhere")
    monkeypatch.setitem(sys.modules, "effnet_studio.engine.data.nowhere", sys.modules[__name__])
    found = list(examine_all(files, processes=2, work=refuse))
    assert sorted(place for place, _ in found) == list(range(60))
    assert place_of(found) == {}
    capfd.readouterr()  # what the processes say before they are ended, perhaps only in part


def run_script(text: str, *arguments: object, **options: Any) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", text, *map(str, arguments)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, **options)


def test_that_a_process_imports_neither_torch_nor_a_window() -> None:
    script = (
        "import sys, effnet_studio.engine.data.files.intake\n"
        "print([n for n in ('torch', 'PySide6', 'pydantic', 'onnxruntime') if n in sys.modules])"
    )
    with run_script(script) as process:
        assert process.communicate(timeout=60)[0].strip() == "[]"


def test_that_a_program_is_not_run_again_by_its_processes(
    files: list[Path], tmp_path: Path
) -> None:
    script = tmp_path / "program.py"
    script.write_text(
        "import sys\n"
        "from pathlib import Path\n"
        "from effnet_studio.engine.data.files.intake import examine_all\n"
        "print('started')\n"
        "print(len(list(examine_all(sorted(Path(sys.argv[1]).iterdir()), processes=2))))\n"
    )
    command = [sys.executable, str(script), str(files[0].parent)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.split() == ["started", "60"]
    assert done.stderr == ""


@needs_posix
def test_that_processes_end_with_the_program_that_started_them(files: list[Path]) -> None:
    script = (
        "import multiprocessing, sys\n"
        "from tests.engine.data.harmful import dawdle\n"
        "from effnet_studio.engine.data.files.intake import examine_all\n"
        "outcomes = examine_all(sys.argv[1:], processes=2, work=dawdle)\n"
        "next(outcomes)\n"
        "print(*[child.pid for child in multiprocessing.active_children()], flush=True)\n"
        "list(outcomes)\n"
    )
    with run_script(script, *files, cwd=Path(__file__).parents[3]) as process:
        assert process.stdout is not None
        children = [int(number) for number in process.stdout.readline().split()]
        process.kill()
    assert len(children) == 2
    deadline = time.monotonic() + 10
    while any(is_alive(child) for child in children):
        assert time.monotonic() < deadline
        time.sleep(0.02)


def is_alive(number: int) -> bool:
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    status = Path(f"/proc/{number}/stat")  # nobody may be there to bury it
    return not (status.exists() and ") Z " in status.read_text())
