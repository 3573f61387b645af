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
from effnet_studio.engine.data.store import (
    StoredImage,
    is_empty,
    load_dataset,
    load_problems,
    replace_dataset,
)
from effnet_studio.engine.errors import DatasetError, ProjectError, StorageError
from effnet_studio.engine.messages import msg
from effnet_studio.engine.project import Project

if TYPE_CHECKING:
    from collections.abc import Callable

REPOSITORY = Path(__file__).resolve().parents[3]


def image(number: int, label: int = 0) -> StoredImage:
    return StoredImage(f"{'ab'[label]}/{number}.jpg", label, "train", 4, 3, "JPEG", "RGB", 9, 1)


def fill(project: Project, folder: Path, count: int, version: str = "v") -> None:
    replace_dataset(
        project,
        folder=folder,
        classes=("a", "b"),
        images=[image(number) for number in range(count)],
        problems=[Problem(folder / "x", msg("It has {n} {{}}.", n=3), msg("Do."), "unreadable")],
        version=version,
    )


def test_that_a_new_project_has_no_dataset(project: Project) -> None:
    assert is_empty(project)
    assert load_problems(project) == ()
    for ask in (load_dataset, store.dataset_folder):
        with pytest.raises(DatasetError, match="no images yet"):
            ask(project)


def test_that_what_is_stored_comes_back(project: Project, tmp_path: Path) -> None:
    fill(project, tmp_path, 3)
    dataset = load_dataset(project)
    assert dataset.version == "v"
    assert dataset.classes == ("a", "b")
    assert [sample.path for sample in dataset.samples] == [
        tmp_path / f"a/{n}.jpg" for n in range(3)
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
    assert seen <= {50, 80}


def test_that_a_failure_on_the_way_leaves_the_previous_dataset(
    project: Project, tmp_path: Path
) -> None:
    fill(project, tmp_path, 3)
    before = load_dataset(project)
    twice = [image(1), image(1)]
    with pytest.raises(ProjectError, match="UNIQUE"):
        replace_dataset(
            project, folder=tmp_path, classes=("a",), images=twice, problems=[], version="w"
        )
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
        assert len(load_dataset(reader).samples) == 3
        with pytest.raises(ProjectError, match="in use"):
            fill(reader, tmp_path, 5)
        with pytest.raises(StorageError), store.connected(reader) as database:
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
        fill(project, tmp_path, 5000)
    monkeypatch.undo()
    assert load_dataset(project) == before


WRITER = """
import itertools, sys
from pathlib import Path
from effnet_studio.engine.project import Project
from effnet_studio.engine.data.store import StoredImage, replace_dataset
project = Project.open(Path(sys.argv[1]))
for number in itertools.count():
    images = [
        StoredImage(f"a/{number}-{i}.jpg", 0, "train", 4, 3, "JPEG", "RGB", 9, 1)
        for i in range(3000)
    ]
    replace_dataset(project, folder=Path(sys.argv[2]), classes=("a", "b"), images=images,
                    problems=[], version=str(number))
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
        assert len(dataset.samples) == 3000
        assert {sample.path.name.split("-")[0] for sample in dataset.samples} == {dataset.version}


def test_that_any_name_can_be_shown() -> None:
    assert shown("蜜蜂 🐝 é") == "蜜蜂 🐝 é"
    assert shown(os.fsdecode(b"caf\xe9\xff")) == "caf\\xe9\\xff"
    shown("\ud800").encode()
