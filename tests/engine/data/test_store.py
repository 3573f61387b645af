"""The index of the pictures survives threads, kills, full disks and damage."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from effnet_studio.engine.data import store
from effnet_studio.engine.data.problems import Problem, shown
from effnet_studio.engine.data.schema import connected
from effnet_studio.engine.data.store import is_empty, load_dataset, load_index, load_problems
from effnet_studio.engine.errors import DatasetError, ProjectError, StorageError
from effnet_studio.engine.messages import msg
from effnet_studio.engine.project import Project
from tests.engine.data.filling import fill

if TYPE_CHECKING:
    from collections.abc import Callable

REPOSITORY = Path(__file__).resolve().parents[3]


def test_that_a_new_project_has_no_dataset(project: Project) -> None:
    assert is_empty(project)
    assert load_problems(project) == ()
    for ask in (load_dataset, store.dataset_folder):
        with pytest.raises(DatasetError, match="no images yet"):
            ask(project)


def test_that_what_is_stored_comes_back(project: Project, tmp_path: Path) -> None:
    fill(project, tmp_path, 3)
    dataset = load_dataset(project)
    assert dataset.classes == ("a", "b")
    assert [sample.path for sample in dataset.samples] == [
        tmp_path / f"{name}/{n}.jpg" for name in "ab" for n in range(3)
    ]
    (problem,) = load_problems(project)
    assert problem.message == msg("It has {n} {{}}.", n=3)
    assert str(problem.message) == "It has 3 {}."
    assert problem.hint == msg("Do.")


def test_that_pictures_of_another_folder_get_new_numbers(project: Project, tmp_path: Path) -> None:
    fill(project, tmp_path, 3)
    first = {sample.id for sample in load_dataset(project).samples}
    other = tmp_path / "other"
    other.mkdir()
    fill(project, other, 3)
    assert not first & {sample.id for sample in load_dataset(project).samples}


def test_that_any_thread_may_read_while_another_writes(project: Project, tmp_path: Path) -> None:
    fill(project, tmp_path, 50)
    seen: set[int] = set()
    errors: list[Exception] = []

    def guarded(job: Callable[[], None]) -> Callable[[], None]:
        def run() -> None:
            try:
                job()
            except Exception as error:  # noqa: BLE001 - shown by the test below
                errors.append(error)

        return run

    def read() -> None:
        for _ in range(30):
            seen.add(len(load_dataset(project).samples))

    def write() -> None:
        for number in range(10):
            fill(project, tmp_path, 50 if number % 2 else 80)

    threads = [threading.Thread(target=guarded(job)) for job in (read, read, write)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not errors
    assert seen <= {100, 160}


def test_that_a_failure_on_the_way_leaves_the_previous_dataset(
    project: Project, tmp_path: Path
) -> None:
    fill(project, tmp_path, 3)
    before = load_dataset(project)

    def fail(_parts: object) -> list[Problem]:
        raise RuntimeError

    with pytest.raises(RuntimeError):
        fill(project, tmp_path, 5, remarks=fail)
    assert load_dataset(project) == before


def test_that_a_damaged_index_is_said_in_words(project: Project, tmp_path: Path) -> None:
    fill(project, tmp_path, 300)
    whole = project.database_path.read_bytes()
    project.database_path.write_bytes(b"not a database, not at all" * 50)
    with pytest.raises(ProjectError, match="damaged"):
        load_dataset(project)
    project.database_path.write_bytes(whole[:5000])
    with pytest.raises(ProjectError, match="damaged"):
        load_dataset(project)


def test_that_an_index_of_a_newer_version_is_refused(project: Project, tmp_path: Path) -> None:
    fill(project, tmp_path, 3)
    database = sqlite3.connect(project.database_path)
    database.execute("PRAGMA user_version = 99")
    database.close()
    with pytest.raises(ProjectError, match="newer version"):
        load_dataset(project)


def test_that_an_empty_file_is_an_empty_index(project: Project, tmp_path: Path) -> None:
    project.database_path.touch()
    assert is_empty(project)
    fill(project, tmp_path, 3)
    assert not is_empty(project)


def test_that_a_reader_sees_the_dataset_and_cannot_change_it(
    project: Project, tmp_path: Path
) -> None:
    fill(project, tmp_path, 3)
    with Project.open(project.root) as reader:
        assert len(load_dataset(reader).samples) == 6
        with pytest.raises(ProjectError, match="in use"):
            fill(reader, tmp_path, 5)
        with pytest.raises(StorageError), connected(reader) as database:
            database.execute("DELETE FROM images")


def test_that_a_full_disk_leaves_the_previous_dataset(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(project, tmp_path, 3)
    before = load_dataset(project)
    connect = sqlite3.connect

    def small_disk(*args: object, **options: object) -> sqlite3.Connection:
        database = connect(*args, **options)  # type: ignore[call-overload]
        pages = database.execute("PRAGMA page_count").fetchone()[0]
        database.execute(f"PRAGMA max_page_count = {pages + 1}")
        return database

    monkeypatch.setattr(sqlite3, "connect", small_disk)
    with pytest.raises(StorageError, match="full"):
        fill(project, tmp_path, 3000)
    monkeypatch.undo()
    assert load_dataset(project) == before


WRITER = """
import itertools, sys
from pathlib import Path
from effnet_studio.engine.project import Project
from tests.engine.data.filling import fill
project = Project.open(Path(sys.argv[1]))
for number in itertools.count():
    fill(project, Path(sys.argv[2]), 500, prefix=f"{number}-")
    if number == 0:
        print("begun", flush=True)
"""


@pytest.mark.skipif(os.name == "nt", reason="needs SIGKILL")
@pytest.mark.parametrize("delay", [0.005, 0.03, 0.055])
def test_that_a_kill_at_any_moment_leaves_a_whole_dataset(tmp_path: Path, delay: float) -> None:
    root = tmp_path / "K.effnet"
    Project.create(root).close()
    with subprocess.Popen(
        [sys.executable, "-c", WRITER, str(root), str(tmp_path)],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
    ) as writer:
        assert writer.stdout is not None
        writer.stdout.readline()
        with pytest.raises(subprocess.TimeoutExpired):
            writer.wait(delay)
        writer.send_signal(signal.SIGKILL)
    with Project.open(root) as project:
        dataset = load_dataset(project)
        assert len(dataset.samples) == 1000
        assert len({sample.path.name.split("-")[0] for sample in dataset.samples}) == 1


VERSION_1 = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value) WITHOUT ROWID;
CREATE TABLE classes (label INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
CREATE TABLE images (
    id INTEGER PRIMARY KEY, path BLOB NOT NULL UNIQUE,
    label INTEGER NOT NULL REFERENCES classes (label),
    split TEXT NOT NULL CHECK (split IN ('train', 'val', 'test')),
    width INTEGER NOT NULL, height INTEGER NOT NULL, format TEXT NOT NULL, mode TEXT NOT NULL,
    bytes INTEGER NOT NULL, mtime_ns INTEGER NOT NULL
);
CREATE TABLE problems (path BLOB NOT NULL, kind TEXT NOT NULL, message TEXT NOT NULL, hint TEXT);
INSERT INTO classes VALUES (0, 'a'), (1, 'b');
INSERT INTO images VALUES (4, x'612f312e6a7067', 0, 'train', 4, 3, 'JPEG', 'RGB', 9, 1);
INSERT INTO images VALUES (9, x'622f322e6a7067', 1, 'val', 5, 6, 'PNG', 'RGB', 9, 1);
INSERT INTO problems VALUES (x'2f78', 'warning', '["It is {n}.", [["n", 3]]]', NULL);
PRAGMA user_version = 1;
"""


def test_that_an_index_of_the_first_version_is_brought_up_to_date(
    project: Project, tmp_path: Path
) -> None:
    database = sqlite3.connect(project.database_path)
    database.executescript(VERSION_1)
    database.execute("INSERT INTO meta VALUES ('folder', ?)", (os.fsencode(tmp_path),))
    database.commit()
    database.close()
    with Project.open(project.root) as reader, pytest.raises(ProjectError, match="older version"):
        load_dataset(reader)
    dataset = load_dataset(project)
    assert dataset.classes == ("a", "b")
    rows = [(s.id, s.path, s.label, s.split, s.width, s.height) for s in dataset.samples]
    assert rows == [
        (4, tmp_path / "a/1.jpg", 0, "train", 4, 3),
        (9, tmp_path / "b/2.jpg", 1, "val", 5, 6),
    ]
    assert [str(problem.message) for problem in load_problems(project)] == ["It is 3."]
    with Project.open(project.root) as reader:
        assert load_dataset(reader) == dataset


def test_that_numbers_lead_to_rows_in_the_order_asked(project: Project, tmp_path: Path) -> None:
    fill(project, tmp_path, 5)
    index = load_index(project)
    wanted = [int(index.ids[7]), 999_999, int(index.ids[2])]
    assert index.rows_of(wanted).tolist() == [7, 2]
    assert index.rows_of([]).tolist() == []


def test_that_any_name_can_be_shown() -> None:
    assert shown("蜜蜂 🐝 é") == "蜜蜂 🐝 é"
    assert shown(os.fsdecode(b"caf\xe9\xff")) == "caf\\xe9\\xff"
    shown("\ud800").encode()
