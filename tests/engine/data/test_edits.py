"""The edit log: whatever is done can be taken back, after a restart too."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from effnet_studio.engine.data import edits
from effnet_studio.engine.data.importer import import_folder, update_dataset
from effnet_studio.engine.data.store import load_dataset, load_index
from effnet_studio.engine.errors import DatasetError, ProjectError
from effnet_studio.engine.project import Project
from tests.engine.data.conftest import paint

if TYPE_CHECKING:
    from tests.engine.data.conftest import PaintFolder


@pytest.fixture
def loaded(project: Project, photos: PaintFolder) -> Project:
    import_folder(project, photos({"ant": 6, "bee": 6, "wasp": 4}))
    return project


def labels(project: Project) -> dict[str, str]:
    dataset = load_dataset(project)
    return {
        f"{sample.path.parent.name}/{sample.path.stem}": dataset.classes[sample.label]
        for sample in dataset.samples
    }


def ids(project: Project, name: str) -> list[int]:
    index = load_index(project)
    number = next(key for key, value in index.class_names.items() if value == name)
    return index.ids[index.classes == number].tolist()


def test_that_pictures_get_another_class(loaded: Project) -> None:
    chosen = ids(loaded, "ant")[:2]
    edit = edits.relabel(loaded, chosen, "bee")
    assert edit is not None
    assert str(edit.title) == "Images given the class bee: 2"
    assert labels(loaded)["ant/000"] == "bee"
    assert load_dataset(loaded).counts() == {"ant": 4, "bee": 8, "wasp": 4}
    assert edits.relabel(loaded, chosen, "bee") is None


def test_that_a_new_class_is_made_by_relabelling_into_it(loaded: Project) -> None:
    edits.relabel(loaded, ids(loaded, "ant")[:1], "fly")
    assert load_dataset(loaded).classes == ("ant", "bee", "fly", "wasp")
    edits.undo(loaded)
    assert load_dataset(loaded).classes == ("ant", "bee", "wasp")
    assert "fly" not in load_index(loaded).class_names.values()


def test_that_pictures_left_out_are_not_trained_on_but_stay_in_the_index(loaded: Project) -> None:
    chosen = ids(loaded, "wasp")
    edits.exclude(loaded, chosen)
    assert load_dataset(loaded).classes == ("ant", "bee")
    index = load_index(loaded)
    assert sorted(index.ids[index.excluded].tolist()) == chosen
    edits.exclude(loaded, chosen, excluded=False)
    assert load_dataset(loaded).counts()["wasp"] == 4


def test_that_renaming_to_a_name_there_is_makes_one_class(loaded: Project) -> None:
    edits.rename_class(loaded, "ant", "formica")
    assert load_dataset(loaded).classes == ("bee", "formica", "wasp")
    edits.rename_class(loaded, "formica", "bee")
    assert load_dataset(loaded).counts() == {"bee": 12, "wasp": 4}
    edits.undo(loaded)
    edits.undo(loaded)
    assert load_dataset(loaded).counts() == {"ant": 6, "bee": 6, "wasp": 4}


def test_that_classes_are_merged_into_a_new_one(loaded: Project) -> None:
    edits.merge_classes(loaded, ["ant", "bee"], "insect")
    assert load_dataset(loaded).counts() == {"insect": 12, "wasp": 4}


def test_that_pictures_that_come_later_follow_their_folder_into_its_class(
    loaded: Project, photos: PaintFolder
) -> None:
    edits.rename_class(loaded, "ant", "formica")
    edits.merge_classes(loaded, ["wasp"], "bee")
    root = photos({})
    paint(root / "ant" / "new.png", 900)
    paint(root / "wasp" / "new.png", 901)
    update_dataset(loaded)
    assert labels(loaded)["ant/new"] == "formica"
    assert labels(loaded)["wasp/new"] == "bee"


def test_that_edits_outlive_a_restart_and_can_be_taken_back_then(
    loaded: Project,
) -> None:
    before = load_dataset(loaded)
    edits.set_split(loaded, ids(loaded, "ant"), "test")
    root = loaded.root
    loaded.close()
    with Project.open(root) as again:
        assert {s.split for s in load_dataset(again).subset("test")} == {"test"}
        (entry,) = edits.history(again)
        assert str(entry.title) == "Images moved to test: 6"
        edits.undo(again)
        assert load_dataset(again) == before
        assert load_dataset(again).version == before.version
        assert edits.history(again)[0].undone


def test_that_a_new_edit_ends_what_could_be_redone(loaded: Project) -> None:
    edits.exclude(loaded, ids(loaded, "ant")[:1])
    edits.undo(loaded)
    edits.exclude(loaded, ids(loaded, "bee")[:1])
    assert edits.redo(loaded) is None
    assert len(edits.history(loaded)) == 1


def test_that_unknown_classes_and_empty_names_are_refused(loaded: Project) -> None:
    with pytest.raises(DatasetError, match="no class fly"):
        edits.rename_class(loaded, "fly", "x")
    with pytest.raises(DatasetError, match="needs a name"):
        edits.add_class(loaded, "  ")
    assert edits.history(loaded) == ()


def test_that_a_project_open_elsewhere_cannot_be_edited(loaded: Project) -> None:
    with Project.open(loaded.root) as reader, pytest.raises(ProjectError, match="in use"):
        edits.undo(reader)


def random_edit(
    project: Project, rng: random.Random, everything: list[int], classes: list[str]
) -> bool:
    """Do something; whether it changed anything."""
    some = rng.sample(everything, rng.randint(1, 8))
    name = rng.choice([*classes, f"new{rng.randint(0, 5)}"])
    doings = (
        lambda: edits.relabel(project, some, name),
        lambda: edits.exclude(project, some, excluded=rng.random() < 0.5),
        lambda: edits.set_split(project, some, rng.choice(["train", "val", "test"])),
        lambda: edits.add_class(project, name),
        lambda: edits.rename_class(project, rng.choice(classes), name),
        lambda: edits.merge_classes(project, rng.sample(classes, min(2, len(classes))), name),
    )
    try:
        return rng.choice(doings)() is not None
    except DatasetError:  # a class that an edit before has ended
        return False


def test_that_a_thousand_random_edits_taken_back_give_the_same_dataset(loaded: Project) -> None:
    rng = random.Random(7)
    first = load_dataset(loaded)
    made = 0
    everything = load_index(loaded).ids.tolist()
    classes: list[str] = []
    while made < 1000:
        if not made % 10:
            classes = list(load_index(loaded).class_names.values())
        made += random_edit(loaded, rng, everything, classes)
    last = load_index(loaded)
    while edits.undo(loaded) is not None:
        pass
    assert load_dataset(loaded) == first
    assert load_dataset(loaded).version == first.version
    while edits.redo(loaded) is not None:
        pass
    after = load_index(loaded)
    assert after.dataset() == last.dataset()
    assert after.class_names == last.class_names
    assert (after.excluded == last.excluded).all()
