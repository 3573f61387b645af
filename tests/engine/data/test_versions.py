"""What a training saw is remembered to the file, and two versions are told apart."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from effnet_studio.engine.data import edits
from effnet_studio.engine.data.dataset import SPLITS, Dataset, Sample
from effnet_studio.engine.data.importer import import_folder
from effnet_studio.engine.data.store import load_dataset, load_index
from effnet_studio.engine.data.versions import (
    Relabelled,
    VersionDiff,
    compare,
    content_of,
    keep_version,
    load_version,
)
from effnet_studio.engine.errors import DatasetError
from effnet_studio.engine.project import Project

if TYPE_CHECKING:
    from tests.engine.data.conftest import PaintFolder

CLASSES = ("ant", "bee")


def dataset(*samples: tuple[str, int, str], version: str = "v1") -> Dataset:
    made = [
        Sample(number, Path("/photos") / name, label, split, 40, 30)  # type: ignore[arg-type]
        for number, (name, label, split) in enumerate(samples)
    ]
    return Dataset(CLASSES, made, version)


BEFORE = dataset(("1.jpg", 0, "train"), ("2.jpg", 0, "val"), ("3.jpg", 1, "train"))


def test_that_a_version_is_kept_and_read_again(project: Project) -> None:
    keep_version(project, BEFORE)
    assert load_version(project, "v1") == content_of(BEFORE)
    assert content_of(BEFORE)[str(Path("/photos/2.jpg"))] == ["ant", "val"]


def test_that_a_version_outlives_a_restart_and_is_not_written_twice(project: Project) -> None:
    keep_version(project, BEFORE)
    keep_version(project, replace(BEFORE, samples=()))
    root = project.root
    project.close()
    with Project.open(root) as again:
        assert load_version(again, "v1") == content_of(BEFORE)


def test_that_a_version_never_seen_is_an_error_with_advice(project: Project) -> None:
    with pytest.raises(DatasetError, match="does not remember the version 0123abcd") as caught:
        load_version(project, "0123abcdef")
    assert "first training" in str(caught.value.hint)
    keep_version(project, BEFORE)
    with pytest.raises(DatasetError):
        load_version(project, "v2")


def test_that_names_that_are_no_text_are_kept(project: Project) -> None:
    odd = dataset(("b\udcff.jpg", 0, "train"), ("汉字.jpg", 1, "test"))
    keep_version(project, odd)
    assert load_version(project, "v1") == content_of(odd)


def test_that_two_versions_are_told_apart() -> None:
    after = dataset(("2.jpg", 1, "train"), ("3.jpg", 1, "train"), ("4.jpg", 0, "test"))
    one, two, four = (str(Path("/photos") / f"{n}.jpg") for n in (1, 2, 4))
    assert compare(content_of(BEFORE), content_of(after)) == VersionDiff(
        added=(four,),
        removed=(one,),
        relabelled=(Relabelled(two, "ant", "bee"),),
        moved=(Relabelled(two, "val", "train"),),
    )


def test_that_a_difference_can_be_narrowed_to_some_files() -> None:
    both = [Relabelled("a", "ant", "bee"), Relabelled("b", "bee", "ant")]
    whole = VersionDiff(("c", "d"), ("e",), tuple(both), tuple(both))
    assert whole.among({"a", "d"}) == VersionDiff(("d",), (), (both[0],), (both[0],))
    assert not whole.among({"f"})


CONTENTS = st.dictionaries(
    st.sampled_from([f"/p/{n}.jpg" for n in range(8)]),
    st.tuples(st.sampled_from(["a", "b", "c"]), st.sampled_from(SPLITS)).map(list),
)


@given(CONTENTS, CONTENTS)
def test_that_a_difference_leads_from_one_version_to_the_other(
    before: dict[str, list[str]], after: dict[str, list[str]]
) -> None:
    diff = compare(before, after)
    assert bool(diff) == (before != after)
    made = {path: list(values) for path, values in before.items() if path not in diff.removed}
    for place, changes in enumerate((diff.relabelled, diff.moved)):
        for change in changes:
            assert made[change.path][place] == change.before
            made[change.path][place] = change.after
    made |= {path: after[path] for path in diff.added}
    assert made == after
    back = compare(after, before)
    assert (back.added, back.removed) == (diff.removed, diff.added)
    assert [change.path for change in back.relabelled] == [
        change.path for change in diff.relabelled
    ]


def test_that_edits_after_a_training_are_what_differs(
    project: Project, photos: PaintFolder
) -> None:
    import_folder(project, photos({"ant": 6, "bee": 6}))
    seen = load_dataset(project)
    keep_version(project, seen)
    ids = load_index(project).ids.tolist()
    edits.exclude(project, ids[:1])
    edits.relabel(project, ids[1:3], "wasp")
    edits.set_split(project, ids[3:4], "test")
    now = load_dataset(project)
    assert now.version != seen.version
    diff = compare(load_version(project, seen.version), content_of(now))
    assert (len(diff.added), len(diff.removed), len(diff.moved)) == (0, 1, 1)
    assert {(change.before, change.after) for change in diff.relabelled} == {("ant", "wasp")}
    while edits.undo(project):
        pass
    assert not compare(load_version(project, seen.version), content_of(load_dataset(project)))
