"""A folder that is read again: new, gone, moved and changed files; further folders; tables."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from effnet_studio.engine.cancel import CancelToken
from effnet_studio.engine.data import edits
from effnet_studio.engine.data.importer import import_folder, update_dataset
from effnet_studio.engine.data.store import is_empty, load_dataset, load_index
from effnet_studio.engine.errors import Cancelled, DatasetError
from effnet_studio.engine.events import Event, Progress

from .conftest import paint

if TYPE_CHECKING:
    from pathlib import Path

    from effnet_studio.engine.project import Project


def paths_of(project: Project, split: str | None = None) -> dict[str, tuple[str, str]]:
    dataset = load_dataset(project)
    return {
        f"{sample.path.parent.name}/{sample.path.name}": (
            dataset.classes[sample.label],
            sample.split,
        )
        for sample in dataset.samples
        if split is None or sample.split == split
    }


def unlike(root: Path, counts: dict[str, int], start: int = 0) -> None:
    """Pictures no two of which are alike."""
    for folder, count in counts.items():
        for number in range(start, start + count):
            paint(
                root / folder / f"x{number}y.png",
                1000 * len(folder) + ord(folder[-1]) + number * 7919,
            )


def test_that_adding_pictures_moves_no_old_one(project: Project, tmp_path: Path) -> None:
    root = tmp_path / "photos"
    unlike(root, {"a": 20, "b": 20})
    import_folder(project, root)
    before = paths_of(project)
    unlike(root, {"a": 30, "b": 5, "c": 10}, start=100)
    result = update_dataset(project)
    assert result.examined == 45
    after = paths_of(project)
    assert {path: after[path] for path in before} == before
    assert (result.train, result.val) == (68, 17)
    assert result.classes == {"a": 50, "b": 25, "c": 10}


def test_that_a_second_look_opens_only_what_changed(project: Project, tmp_path: Path) -> None:
    root = tmp_path / "photos"
    unlike(root, {"a": 5, "b": 5})
    assert import_folder(project, root).examined == 10
    assert update_dataset(project).examined == 0
    paint(root / "a" / "x1y.png", 77)
    assert update_dataset(project).examined == 1


def test_that_gone_pictures_go_and_come_back_as_they_were(project: Project, tmp_path: Path) -> None:
    root = tmp_path / "photos"
    unlike(root, {"a": 6, "b": 6})
    import_folder(project, root)
    index = load_index(project)
    number = int(index.ids[index.paths.index("a/x2y.png")])
    edits.relabel(project, [number], "b")
    edits.set_split(project, [number], "test")
    content = (root / "a" / "x2y.png").read_bytes()
    (root / "a" / "x2y.png").unlink()
    update_dataset(project)
    assert "a/x2y.png" not in paths_of(project)
    (root / "a" / "x2y.png").write_bytes(content)
    update_dataset(project)
    assert paths_of(project)["a/x2y.png"] == ("b", "test")
    edits.undo(project)
    edits.undo(project)
    assert paths_of(project)["a/x2y.png"][0] == "a"


def test_that_a_renamed_file_keeps_number_part_and_edits(project: Project, tmp_path: Path) -> None:
    root = tmp_path / "photos"
    unlike(root, {"a": 6, "b": 6})
    import_folder(project, root)
    index = load_index(project)
    number = int(index.ids[index.paths.index("a/x2y.png")])
    edits.relabel(project, [number], "special")
    before = paths_of(project)["a/x2y.png"]
    (root / "a" / "x2y.png").rename(root / "a" / "renamed.png")
    update_dataset(project)
    assert paths_of(project)["a/renamed.png"] == before
    after = load_index(project)
    assert int(after.ids[after.paths.index("a/renamed.png")]) == number


def test_that_a_file_moved_to_another_class_folder_belongs_to_it(
    project: Project, tmp_path: Path
) -> None:
    root = tmp_path / "photos"
    unlike(root, {"a": 6, "b": 6})
    import_folder(project, root)
    (root / "a" / "x2y.png").rename(root / "b" / "moved.png")
    update_dataset(project)
    assert paths_of(project)["b/moved.png"][0] == "b"


def test_that_a_second_folder_is_added_or_takes_the_place(project: Project, tmp_path: Path) -> None:
    unlike(tmp_path / "one", {"a": 6, "b": 6})
    unlike(tmp_path / "two", {"b": 4, "c": 4}, start=50)
    import_folder(project, tmp_path / "one")
    before = paths_of(project)
    added = import_folder(project, tmp_path / "two", mode="add")
    assert added.images == 8
    assert load_dataset(project).counts() == {"a": 6, "b": 10, "c": 4}
    assert {path: paths_of(project)[path] for path in before} == before
    assert update_dataset(project).images == 20
    import_folder(project, tmp_path / "two")
    assert load_dataset(project).counts() == {"b": 4, "c": 4}
    import_folder(project, tmp_path / "one", mode="add")
    assert {path: paths_of(project)[path] for path in before} == before


def test_that_a_single_class_may_be_added_but_is_no_dataset(
    project: Project, tmp_path: Path
) -> None:
    unlike(tmp_path / "one", {"a": 6, "b": 6})
    unlike(tmp_path / "two", {"c": 4})
    with pytest.raises(DatasetError, match="only one class"):
        import_folder(project, tmp_path / "two", mode="add")
    import_folder(project, tmp_path / "one")
    import_folder(project, tmp_path / "two", mode="add")
    assert load_dataset(project).counts() == {"a": 6, "b": 6, "c": 4}


def test_that_copies_stay_on_one_side(project: Project, tmp_path: Path) -> None:
    root = tmp_path / "photos"
    unlike(root, {"a": 30, "b": 30})
    for number in range(15):
        shutil.copy(root / "a" / f"x{number}y.png", root / "a" / f"copy{number}z.png")
    import_folder(project, root, val=0.3, test=0.2)
    parts = paths_of(project)
    for number in range(15):
        assert parts[f"a/x{number}y.png"] == parts[f"a/copy{number}z.png"]
    shutil.copy(root / "b" / "x3y.png", root / "b" / "later.png")
    update_dataset(project)
    assert paths_of(project)["b/later.png"] == paths_of(project)["b/x3y.png"]


def test_that_a_test_part_is_drawn_when_asked_for(project: Project, tmp_path: Path) -> None:
    root = tmp_path / "photos"
    unlike(root, {"a": 20, "b": 10})
    result = import_folder(project, root, val=0.2, test=0.1)
    assert (result.train, result.val, result.test) == (21, 6, 3)


def test_that_an_interrupted_scan_is_not_repeated(project: Project, tmp_path: Path) -> None:
    root = tmp_path / "photos"
    unlike(root, {"a": 300, "b": 300})
    token = CancelToken()

    def stop(event: Event) -> None:
        if isinstance(event, Progress) and event.done >= 300:
            token.cancel()

    with pytest.raises(Cancelled):
        import_folder(project, root, on_event=stop, cancel=token)
    assert is_empty(project)
    assert import_folder(project, root).examined <= 600 - 256


def test_that_a_table_says_classes_and_parts(project: Project, tmp_path: Path) -> None:
    root = tmp_path / "photos"
    unlike(root, {"all": 8})
    rows = [
        f"x{n}y.png,{'ant' if n % 2 else 'bee'},{'val' if n > 5 else 'train'}" for n in range(8)
    ]
    (root / "labels.csv").write_text("file,label,split\n" + "\n".join(rows))
    result = import_folder(project, root)
    assert result.classes == {"ant": 4, "bee": 4}
    assert (result.train, result.val, result.ignored) == (6, 2, 1)
