"""The project folder: made, opened, shared, recovered, refused."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from effnet_studio import __version__
from effnet_studio.engine.errors import ProjectError, StorageError
from effnet_studio.engine.project import PROJECT_FILE, Project, newer_app
from effnet_studio.engine.project_lock import LOCK_NAME

if TYPE_CHECKING:
    from collections.abc import Iterator

REPOSITORY = Path(__file__).resolve().parents[2]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "Bees & wasps 蜜蜂.effnet"


@pytest.fixture
def project(root: Path) -> Iterator[Project]:
    with Project.create(root) as made:
        yield made


def tree_of(folder: Path) -> dict[str, bytes]:
    """All files of a folder, with what is in them."""
    files = (file for file in folder.rglob("*") if file.is_file())
    return {str(file.relative_to(folder)): file.read_bytes() for file in files}


def trained(project: Project, name: str) -> Path:
    run = project.runs_dir / name
    run.mkdir(parents=True)
    (run / "best.safetensors").touch()
    return run


def test_that_a_new_project_is_named_after_its_folder_and_says_what_it_is(root: Path) -> None:
    with Project.create(root) as project:
        assert project.name == "Bees & wasps 蜜蜂"
        assert not project.read_only
    about = json.loads((root / PROJECT_FILE).read_text(encoding="utf-8"))
    assert about["format"] == 1
    assert about["name"] == project.name
    assert about["app"]
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d", about["created"])


def test_that_a_project_can_be_named(root: Path) -> None:
    Project.create(root, name="My insects").close()
    with Project.open(root) as project:
        assert project.name == "My insects"


def test_that_a_project_opens_by_its_file_too(root: Path) -> None:
    Project.create(root).close()
    with Project.open(root / PROJECT_FILE) as project:
        assert project.root == root


def test_that_creating_does_not_touch_what_is_there(root: Path) -> None:
    Project.create(root).close()
    with pytest.raises(ProjectError, match="already"):
        Project.create(root)
    busy = root.with_name("photos")
    busy.mkdir()
    (busy / "cat.jpg").touch()
    with pytest.raises(ProjectError, match="empty"):
        Project.create(busy)
    assert [item.name for item in busy.iterdir()] == ["cat.jpg"]
    with pytest.raises(ProjectError, match="empty"):
        Project.create(busy / "cat.jpg")


def test_that_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    blocker = tmp_path / "file"
    blocker.touch()
    with pytest.raises(StorageError, match="file"):
        Project.create(blocker / "x.effnet")


@pytest.mark.parametrize(
    "content", ["", "{", "[]", "null", '{"name": "x"}', '{"format": "1"}', "\0"]
)
def test_that_a_damaged_project_file_is_refused_in_words(root: Path, content: str) -> None:
    Project.create(root).close()
    (root / PROJECT_FILE).write_text(content, encoding="utf-8")
    with pytest.raises(ProjectError, match="damaged"):
        Project.open(root)


def test_that_other_folders_are_no_projects(tmp_path: Path) -> None:
    with pytest.raises(ProjectError, match="not an EffNet Studio project"):
        Project.open(tmp_path)
    with pytest.raises(ProjectError, match="no project at"):
        Project.open(tmp_path / "missing.effnet")


def test_that_a_project_of_a_newer_version_is_refused_and_left_alone(root: Path) -> None:
    Project.create(root).close()
    text = json.dumps({"format": 2, "app": "9.1", "name": "x", "flavour": "sweet"})
    (root / PROJECT_FILE).write_text(text, encoding="utf-8")
    before = tree_of(root)
    for read_only in (False, True):
        with pytest.raises(ProjectError, match=rf"EffNet Studio 9\.1; this is {__version__}"):
            Project.open(root, read_only=read_only)
    assert newer_app(root) == "9.1"
    assert tree_of(root) == before


def test_that_only_projects_of_newer_versions_are_told_as_such(root: Path) -> None:
    assert newer_app(root) is None
    Project.create(root).close()
    assert newer_app(root) is None
    (root / PROJECT_FILE).write_text("[]")
    assert newer_app(root) is None
    (root / PROJECT_FILE).write_text('{"format": 7}')
    assert newer_app(root) == ""
    with pytest.raises(ProjectError, match="made by a newer EffNet Studio"):
        Project.open(root)


def test_that_the_version_that_writes_a_project_is_noted_when_it_does(root: Path) -> None:
    Project.create(root).close()
    about = json.loads((root / PROJECT_FILE).read_text(encoding="utf-8"))
    assert about["app"] == __version__
    text = json.dumps({**about, "app": "0.0.9", "flavour": "sweet"})
    (root / PROJECT_FILE).write_text(text, encoding="utf-8")
    with Project.open(root, read_only=True) as opened:
        assert opened.app == "0.0.9"
    with Project.open(root) as opened:  # to look at it is no change
        assert opened.app == "0.0.9"
        assert (root / PROJECT_FILE).read_text(encoding="utf-8") == text
        opened.new_run_dir("resnet18")
        assert opened.app == __version__
    noted = json.loads((root / PROJECT_FILE).read_text(encoding="utf-8"))
    assert noted == {**about, "app": __version__, "flavour": "sweet"}


def test_that_the_second_to_open_may_only_read(project: Project) -> None:
    with Project.open(project.root) as second:
        assert second.read_only
        assert second.locked_by is not None
        assert second.locked_by.pid == os.getpid()
        with pytest.raises(ProjectError, match=f"in use by process {os.getpid()}"):
            second.new_run_dir("resnet18")
    with Project.open(project.root) as third:
        assert third.read_only  # closing the second did not free the first one's lock


def test_that_the_lock_of_a_newer_version_that_says_more_is_respected(project: Project) -> None:
    file = project.root / LOCK_NAME
    about = json.loads(file.read_text(encoding="utf-8"))
    file.write_text(json.dumps({**about, "window": 7}), encoding="utf-8")
    with Project.open(project.root) as second:
        assert second.read_only
        assert second.locked_by is not None
        assert second.locked_by.pid == os.getpid()


def test_that_closing_lets_the_next_one_write(root: Path) -> None:
    first = Project.create(root)
    first.close()
    first.close()
    with pytest.raises(ProjectError, match="closed"):
        first.new_run_dir("resnet18")
    with Project.open(root) as second:
        assert not second.read_only


def test_that_a_project_can_be_opened_for_reading_beside_its_writer(project: Project) -> None:
    with Project.open(project.root, read_only=True) as reader:
        assert reader.read_only
        assert reader.locked_by is None


@pytest.mark.parametrize(
    "owner",
    [
        {"pid": 2**22 + 5, "host": socket.gethostname(), "started": "1", "token": "x"},
        # The number was given to another process since: here to this very one.
        {"pid": os.getpid(), "host": socket.gethostname(), "started": "not mine", "token": "x"},
        {"pid": "nonsense"},
        [],
    ],
)
def test_that_the_lock_of_a_dead_owner_is_taken_over(root: Path, owner: object) -> None:
    Project.create(root).close()
    (root / LOCK_NAME).write_text(json.dumps(owner), encoding="utf-8")
    with Project.open(root) as project:
        assert not project.read_only


def test_that_the_lock_of_another_computer_is_believed(root: Path) -> None:
    Project.create(root).close()
    owner = {"pid": 1, "host": "the-lab-pc", "started": "", "token": "x"}
    (root / LOCK_NAME).write_text(json.dumps(owner), encoding="utf-8")
    with Project.open(root) as project:
        assert project.read_only
        assert "the-lab-pc" in str(project.read_only_reason)


HOLDER = """
import sys, time
from pathlib import Path
from effnet_studio.engine.project import Project
project = Project.open(Path(sys.argv[1]))
print(project.read_only, flush=True)
time.sleep(60)
"""


def test_that_the_lock_of_a_killed_process_is_taken_over(root: Path) -> None:
    Project.create(root).close()
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(root)],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline().strip() == "False"
        with Project.open(root) as second:
            assert second.read_only
        holder.send_signal(signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)
        holder.wait(10)
    with Project.open(root) as third:
        assert not third.read_only


def test_that_of_many_openers_exactly_one_may_write(root: Path) -> None:
    Project.create(root).close()
    stale = {"pid": 2**22 + 5, "host": socket.gethostname(), "started": "1", "token": "x"}
    (root / LOCK_NAME).write_text(json.dumps(stale), encoding="utf-8")
    openers = [
        subprocess.Popen(
            [sys.executable, "-c", HOLDER, str(root)],
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
        )
        for _ in range(4)
    ]
    answers = []
    for opener in openers:
        assert opener.stdout is not None
        answers.append(opener.stdout.readline().strip())
    for opener in openers:
        opener.kill()
        opener.wait(10)
        assert opener.stdout is not None
        opener.stdout.close()
    assert sorted(answers) == ["False", "True", "True", "True"]


def test_that_runs_get_names_of_their_own(project: Project) -> None:
    runs = [project.new_run_dir("efficientnet_b0") for _ in range(3)]
    assert len(set(runs)) == 3
    assert re.fullmatch(r"\d{8}-\d{6}-efficientnet_b0", runs[0].name)
    assert project.run_dirs() == sorted(runs, reverse=True)


def test_that_names_of_exports_are_safe_on_every_system(project: Project) -> None:
    folder = project.new_export_dir('../a:b*"c"')
    assert folder.parent == project.exports_dir
    assert re.fullmatch(r"\d{8}-\d{6}-a-b-c", folder.name)
    assert project.export_dirs() == [folder]


def test_that_the_newest_trained_run_is_found(project: Project) -> None:
    with pytest.raises(ProjectError, match="no trained model yet"):
        project.find_run(None)
    trained(project, "20260101-000000-a")
    newest = trained(project, "20260102-000000-b")
    (project.runs_dir / "20260103-000000-c").mkdir()  # interrupted before its first epoch
    assert project.find_run(None) == newest


def test_that_a_run_is_found_by_its_beginning_if_that_is_clear(project: Project) -> None:
    first = trained(project, "20260101-000000-a")
    second = trained(project, "20260101-000000-a-2")
    other = trained(project, "20260202-000000-b")
    assert project.find_run("20260202") == other
    assert project.find_run(first.name) == first
    with pytest.raises(ProjectError, match="Several") as caught:
        project.find_run("20260101")
    assert second.name in str(caught.value.hint)
    for wrong in ("nope", "", "../runs"):
        with pytest.raises(ProjectError, match="no training called"):
            project.find_run(wrong)


def test_that_opening_removes_folders_that_killed_exports_left_empty(root: Path) -> None:
    with Project.create(root) as project:
        empty, full = project.new_export_dir("a"), project.new_export_dir("b")
        (full / "model.onnx").write_bytes(b"model")
    with Project.open(root, read_only=True):
        assert empty.is_dir()
    with Project.open(root) as project:
        assert project.export_dirs() == [full]


def test_that_opening_removes_what_a_crash_left_half_done(root: Path) -> None:
    with Project.create(root) as project:
        run = trained(project, "20260101-000000-a")
    (run / ".tmp-abc.safetensors").touch()
    (run / ".tmpA1b2C3").touch()  # as safetensors calls its own
    (run / ".tmp-folder").mkdir()
    (run / ".tmp-folder" / "x").touch()
    (root / ".tmp-project.json").touch()
    (run / "last.previous").mkdir()
    (run / "last.previous" / "state.json").write_text("{}", encoding="utf-8")
    with Project.open(root, read_only=True):
        assert (run / ".tmp-folder").exists()  # reading changes nothing
    Project.open(root).close()
    assert sorted(item.name for item in run.iterdir()) == ["best.safetensors", "last"]
    assert (run / "last" / "state.json").exists()
    assert not (root / ".tmp-project.json").exists()


def test_that_a_project_in_a_folder_that_cannot_be_written_opens_for_reading(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Project.create(root).close()

    def refuse(self: Path, mode: str = "r", *args: object, **kwargs: object) -> object:
        if "a" in mode or "w" in mode:
            raise PermissionError(13, "Permission denied")
        return original(self, mode, *args, **kwargs)  # type: ignore[arg-type]

    original = Path.open
    monkeypatch.setattr(Path, "open", refuse)
    with Project.open(root) as project:
        assert project.read_only
        assert "cannot be written" in str(project.read_only_reason)
