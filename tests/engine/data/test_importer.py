"""From any folder people have to a dataset, or to a sentence that says why not."""

from __future__ import annotations

import os
import shutil
import socket
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from effnet_studio.engine.cancel import CancelToken
from effnet_studio.engine.data.importer import ImportResult, import_folder
from effnet_studio.engine.data.store import (
    dataset_folder,
    is_empty,
    load_dataset,
    load_problems,
)
from effnet_studio.engine.errors import Cancelled, DatasetError, ProjectError
from effnet_studio.engine.events import Event, PauseChanged, Progress, Warned
from effnet_studio.engine.project import Project

from .conftest import paint

if TYPE_CHECKING:
    from .conftest import PaintFolder


def files_below(folder: Path) -> int:
    return sum(len(files) for _, _, files in os.walk(folder))


def counted(result: ImportResult) -> int:
    return result.images + result.unreadable + result.ignored


def test_that_class_folders_become_a_split_dataset(project: Project, photos: PaintFolder) -> None:
    root = photos({"bees": 10, "ants": 15})
    result = import_folder(project, root, val=0.2)
    assert result.classes == {"ants": 15, "bees": 10}
    assert (result.images, result.unreadable, result.ignored) == (25, 0, 0)
    assert (result.train, result.val, result.test) == (20, 5, 0)
    assert result.problems == ()
    dataset = load_dataset(project)
    assert dataset.classes == ("ants", "bees")
    assert dataset.counts() == result.classes
    assert dataset.counts("val") == {"ants": 3, "bees": 2}
    assert len(dataset.subset("train")) == 20
    assert {sample.path.parent.name for sample in dataset.samples if sample.label == 1} == {"bees"}
    assert {(sample.width, sample.height) for sample in dataset.samples} == {(40, 30)}
    assert dataset_folder(project) == root


@pytest.mark.parametrize(
    ("train", "val", "test"),
    [("train", "val", "test"), ("Training", "VALIDATION", "Testing"), ("TRAIN", "valid", None)],
)
def test_that_parts_made_by_the_user_are_kept(
    project: Project, photos: PaintFolder, train: str, val: str, test: str | None
) -> None:
    folders = {f"{train}/a": 4, f"{train}/b": 5, f"{val}/a": 2, f"{val}/b": 1}
    if test is not None:
        folders |= {f"{test}/a": 1, f"{test}/b": 1}
    result = import_folder(project, photos(folders))
    assert (result.train, result.val, result.test) == (9, 3, 0 if test is None else 2)
    assert result.classes == {"a": 6 if test is None else 7, "b": 6 if test is None else 7}


def test_that_validation_is_drawn_from_train_where_only_a_test_part_exists(
    project: Project, photos: PaintFolder
) -> None:
    root = photos({"train/a": 10, "train/b": 10, "test/a": 3, "test/b": 3})
    result = import_folder(project, root)
    assert (result.train, result.val, result.test) == (16, 4, 6)


def test_that_classes_may_be_called_test_and_val(project: Project, photos: PaintFolder) -> None:
    result = import_folder(project, photos({"test": 5, "val": 5, "train": 5}))
    assert list(result.classes) == ["test", "train", "val"]


def test_that_pictures_in_deeper_folders_belong_to_their_class(
    project: Project, photos: PaintFolder
) -> None:
    result = import_folder(project, photos({"a/2023/june": 3, "a": 1, "b/x/y/z": 2}))
    assert result.classes == {"a": 4, "b": 2}


def test_that_every_file_is_counted_exactly_once(project: Project, photos: PaintFolder) -> None:
    root = photos({"a": 3, "b": 3, ".hidden": 2, "__MACOSX/a": 1, ".ipynb_checkpoints": 1})
    photos({"a/.cache": 1, "old.effnet/cache": 1, "empty": 0})
    paint(root / "loose.jpg")
    for name in ("a/Thumbs.db", "a/.DS_Store", "b/notes.txt", "b/._1.jpg", "a/model.pt", "README"):
        (root / name).write_bytes(b"text")
    for name in ("a/broken.jpg", "b/empty.png", "b/phone.HEIC", "a/drawing.svg"):
        (root / name).write_bytes(b"" if "empty" in name else b"not an image")
    shutil.copy(root / "a" / "000.png", root / "b" / "no suffix")
    shutil.copy(root / "a" / "001.png", root / "b" / "really a png.jpg")
    (root / "b" / "half.png").write_bytes((root / "b" / "000.png").read_bytes()[:900])
    result = import_folder(project, root)
    assert result.images == 8
    assert result.unreadable == 5
    assert result.ignored == 7 + 6
    assert counted(result) == files_below(root)
    reasons = {p.path.name: str(p.message) for p in result.problems if p.kind == "unreadable"}
    assert set(reasons) == {"broken.jpg", "empty.png", "phone.HEIC", "drawing.svg", "half.png"}
    assert reasons["empty.png"] == "The file is empty."
    assert "cut short" in reasons["half.png"]
    assert len(load_problems(project, ["ignored"])) == 13
    assert load_problems(project) == result.problems


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes on this system")
def test_that_pipes_sockets_and_links_neither_block_nor_loop(
    project: Project, photos: PaintFolder, tmp_path: Path
) -> None:
    root = photos({"a": 2, "b": 2})
    os.mkfifo(root / "a" / "pipe.jpg")
    os.mkfifo(root / "a" / "pipe")
    with socket.socket(socket.AF_UNIX) as server:
        previous = Path.cwd()
        os.chdir(root / "b")  # a socket's path may be 107 bytes long at most
        try:
            server.bind("s.png")
        finally:
            os.chdir(previous)
        (root / "a" / "loop").symlink_to(root)
        (root / "a" / "inside").symlink_to(root / "b")
        (root / "b" / "dead.jpg").symlink_to(root / "nowhere")
        (root / "b" / "self.jpg").symlink_to(root / "b" / "self.jpg")
        (root / "b" / "link.png").symlink_to(root / "a" / "000.png")
        outside = paint(tmp_path / "elsewhere" / "x.png").parent
        (outside / "back").symlink_to(outside)
        (outside / "up").symlink_to(tmp_path)
        (root / "c").symlink_to(outside)
        result = import_folder(project, root)
    assert result.classes == {"a": 2, "b": 3, "c": 1}
    assert (result.unreadable, result.ignored) == (0, 5)


def test_that_names_in_any_script_work(project: Project, photos: PaintFolder) -> None:
    root = photos({"蜜蜂": 2, "🐜 ants & co": 2, "é́{0}%s'\"": 2})
    paint(root / "蜜蜂" / "照片 🦋 'x\".jpg")
    result = import_folder(project, root)
    assert result.images == 7
    assert {sample.path.exists() for sample in load_dataset(project).samples} == {True}


def test_that_composed_and_decomposed_names_are_one_class(
    project: Project, photos: PaintFolder
) -> None:
    root = photos({"train/\u00e9": 2, "train/b": 2, "val/e\u0301": 2, "val/b": 2})
    assert import_folder(project, root).classes == {"b": 4, "\u00e9": 4}


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux keeps names of any bytes")
def test_that_names_that_are_no_text_work(project: Project, photos: PaintFolder) -> None:
    root = photos({"a": 2, "b": 2})
    odd = os.fsdecode(os.fsencode(root) + b"/caf\xe9")
    Path(odd).mkdir()
    shutil.copy(root / "a" / "000.png", Path(odd) / os.fsdecode(b"\xff\xfe.png"))
    (Path(odd) / os.fsdecode(b"\xff.png")).write_bytes(b"no")
    result = import_folder(project, root)
    assert result.classes == {"a": 2, "b": 2, "caf\\xe9": 1}
    assert [sample.path.exists() for sample in load_dataset(project).samples] == [True] * 5
    assert result.unreadable == 1
    assert load_problems(project) == result.problems
    "".join(result.classes).encode()


def test_that_an_import_never_writes_to_the_users_folder(
    project: Project, photos: PaintFolder
) -> None:
    root = photos({"a": 3, "b": 3})

    def state() -> list[tuple[str, int, int]]:
        return sorted(
            (str(path), path.stat().st_size, path.stat().st_mtime_ns)
            for path in [root, *root.rglob("*")]
        )

    before = state()
    import_folder(project, root)
    assert state() == before


def test_that_a_class_with_a_single_picture_is_trained_on_with_a_warning(
    project: Project, photos: PaintFolder
) -> None:
    heard: list[Event] = []
    result = import_folder(project, photos({"a": 5, "b": 5, "lonely": 1}), on_event=heard.append)
    assert load_dataset(project).counts("val") == {"a": 1, "b": 1, "lonely": 0}
    warned = [event for event in heard if isinstance(event, Warned)]
    assert [problem.kind for problem in result.problems] == ["warning"]
    assert "lonely has a single image" in str(warned[0].message)
    assert warned[0].path == dataset_folder(project) / "lonely"


def test_that_classes_missing_from_a_part_are_told(project: Project, photos: PaintFolder) -> None:
    root = photos({"train/a": 3, "train/b": 3, "train/c": 2, "val/a": 1, "val/b": 1, "val/d": 2})
    (root / "train" / "e").mkdir()
    (root / "train" / "e" / "x.jpg").write_bytes(b"no")
    result = import_folder(project, root)
    told = {str(problem.message) for problem in result.problems if problem.kind == "warning"}
    assert told == {
        "The class c has no image to validate on.",
        "The class d has no image to learn from.",
        "No image of the class e can be read.",
    }


def test_that_empty_folders_are_told(project: Project, photos: PaintFolder) -> None:
    result = import_folder(project, photos({"a": 3, "b": 3, "wasps": 0}))
    assert [str(problem.message) for problem in result.problems] == [
        "The folder wasps has no images of a class."
    ]


@pytest.mark.parametrize(
    ("folders", "words"),
    [
        ({}, "no images in"),
        ({"a": 0}, "no images in"),
        ({"a": 4}, "only one class with images, a"),
        ({"a": 4, "b": 0}, "only one class with images, a"),
        ({".": 3}, "no images in sub-folders"),
        ({"flowers/daisy": 2, "flowers/rose": 2}, "choose .*flowers"),
    ],
)
def test_that_folders_that_do_not_do_are_refused_in_words(
    project: Project, photos: PaintFolder, folders: dict[str, int], words: str
) -> None:
    with pytest.raises(DatasetError, match=words):
        import_folder(project, photos(folders))
    assert is_empty(project)


def test_that_missing_folders_files_and_projects_are_refused_in_words(
    project: Project, tmp_path: Path
) -> None:
    file = paint(tmp_path / "one.png")
    for path, words in (
        (tmp_path / "none", "does not exist"),
        (file, "is a file"),
        (project.root, "is a project"),
    ):
        with pytest.raises(DatasetError, match=words) as caught:
            import_folder(project, path)
        assert str(caught.value.hint)


def test_that_nothing_but_unreadable_files_is_said_so(
    project: Project, photos: PaintFolder
) -> None:
    root = photos({"a": 0, "b": 0})
    for name in ("a/1.jpg", "b/1.jpg", "b/2.jpg"):
        (root / name).write_bytes(b"\xff\xd8\xff broken")
    with pytest.raises(DatasetError, match="None of the 3 images"):
        import_folder(project, root)


@pytest.mark.parametrize("val", [0.0, 1.0, -1.0, 2.0, float("nan")])
def test_that_an_impossible_share_is_refused_before_the_work(
    project: Project, photos: PaintFolder, val: float
) -> None:
    heard: list[Event] = []
    with pytest.raises(DatasetError, match="between 0 and 1"):
        import_folder(project, photos({"a": 2, "b": 2}), val=val, on_event=heard.append)
    assert not heard


def test_that_a_read_only_project_is_left_alone(project: Project, photos: PaintFolder) -> None:
    with Project.open(project.root) as second, pytest.raises(ProjectError, match="in use"):
        import_folder(second, photos({"a": 2, "b": 2}))


def test_that_progress_comes_with_a_first_and_a_last_state(
    project: Project, photos: PaintFolder
) -> None:
    heard: list[Event] = []
    import_folder(project, photos({"a": 4, "b": 4}), on_event=heard.append)
    progress = [event for event in heard if isinstance(event, Progress)]
    assert (progress[0].done, progress[0].total) == (0, 8)
    assert (progress[-1].done, progress[-1].total) == (8, 8)
    assert progress[-1].unit == "files"


def test_that_a_stopped_import_leaves_the_previous_dataset(
    project: Project, photos: PaintFolder
) -> None:
    root = photos({"a": 4, "b": 4})
    import_folder(project, root)
    before = load_dataset(project)
    paint(root / "c" / "new.png")
    token = CancelToken()

    def stop(event: Event) -> None:
        if isinstance(event, Progress):
            token.cancel()

    with pytest.raises(Cancelled):
        import_folder(project, root, on_event=stop, cancel=token)
    assert load_dataset(project) == before
    assert not [thread for thread in threading.enumerate() if "import" in thread.name]


def test_that_an_import_can_be_paused(project: Project, photos: PaintFolder) -> None:
    token, heard = CancelToken(), []

    def pause_once(event: Event) -> None:
        heard.append(event)
        if len(heard) == 1:
            token.pause()
            threading.Timer(0.1, token.resume).start()

    import_folder(project, photos({"a": 3, "b": 3}), on_event=pause_once, cancel=token)
    assert [event.paused for event in heard if isinstance(event, PauseChanged)] == [True, False]


def test_that_a_failing_listener_stops_the_import_cleanly(
    project: Project, photos: PaintFolder
) -> None:
    def fail(event: Event) -> None:
        raise RuntimeError("the window is gone")

    with pytest.raises(RuntimeError, match="window"):
        import_folder(project, photos({"a": 3, "b": 3}), on_event=fail)
    assert is_empty(project)


def test_that_importing_again_changes_nothing_but_what_changed(
    project: Project, photos: PaintFolder
) -> None:
    root = photos({"a": 10, "b": 10})
    import_folder(project, root)
    first = load_dataset(project)
    import_folder(project, root)
    assert load_dataset(project) == first
    (root / "a" / "000.png").unlink()
    paint(root / "b" / "aaa.png", 99)
    import_folder(project, root)
    second = load_dataset(project)
    assert second.version != first.version
    old = {sample.path: sample.id for sample in first.samples}
    new = {sample.path: sample.id for sample in second.samples}
    assert {path: number for path, number in new.items() if path in old} == {
        path: number for path, number in old.items() if path in new
    }
    assert new[root / "b" / "aaa.png"] > max(old.values())


def test_that_the_version_tells_every_change(project: Project, photos: PaintFolder) -> None:
    root = photos({"a": 6, "b": 6})
    versions = set()

    def imported(**options: float) -> None:
        import_folder(project, root, **options)  # type: ignore[arg-type]
        versions.add(load_dataset(project).version)

    imported()
    imported()
    assert len(versions) == 1
    imported(seed=1)
    imported(val=0.5)
    os.utime(root / "a" / "000.png", ns=(1, 1))
    imported()
    (root / "a" / "001.png").rename(root / "b" / "moved.png")
    imported()
    (root / "b").rename(root / "c")
    imported()
    assert len(versions) == 6


def test_that_a_moved_folder_is_said_in_words(project: Project, photos: PaintFolder) -> None:
    root = photos({"a": 2, "b": 2})
    import_folder(project, root)
    root.rename(root.with_name("gone"))
    with pytest.raises(DatasetError, match="not there any more") as caught:
        load_dataset(project)
    assert caught.value.path == root
    assert len(load_dataset(project, check_folder=False).samples) == 4


def test_that_orientation_and_size_are_stored_upright(
    project: Project, photos: PaintFolder
) -> None:
    root = photos({"a": 2, "b": 2})
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.new("RGB", (30, 20)).save(root / "a" / "turned.jpg", exif=exif)
    import_folder(project, root)
    sizes = {s.path.name: (s.width, s.height) for s in load_dataset(project).samples}
    assert sizes["turned.jpg"] == (20, 30)


def test_that_real_photographs_are_all_imported(project: Project, shared_data: Path) -> None:
    root = shared_data / "photos" / "hymenoptera"
    result = import_folder(project, root)
    assert counted(result) == files_below(root)
    assert list(result.classes) == ["ants", "bees"]
    assert (result.train, result.val, result.unreadable) == (245, 153, 0)


def test_that_a_folder_of_hostile_files_is_counted_right(
    project: Project, shared_data: Path, tmp_path: Path
) -> None:
    hostile = shared_data / "hostile"
    root = tmp_path / "mixed"
    for name in ("pngsuite", "pillow/avif", "pillow/bmp", "pillow/fli_oob"):
        shutil.copytree(hostile / name, root / name.split("/")[-1])
    result = import_folder(project, root)
    assert counted(result) == files_below(root)
    assert result.images > 200
    assert all(str(problem.message) for problem in result.problems)
