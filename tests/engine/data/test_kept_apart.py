"""A share of each class is kept apart for a last check."""

from __future__ import annotations

import shutil
from collections import Counter
from typing import TYPE_CHECKING

from effnet_studio.engine.data import edits
from effnet_studio.engine.data.importer import import_folder
from effnet_studio.engine.data.kept_apart import keep_for_test
from effnet_studio.engine.data.store import load_dataset
from tests.engine.data.conftest import paint

if TYPE_CHECKING:
    from pathlib import Path

    from effnet_studio.engine.project import Project


def painted(root: Path, counts: dict[str, int]) -> Path:
    """Pictures of which no two are alike."""
    number = 0
    for name, count in counts.items():
        for place in range(count):
            number += 1
            paint(root / name / f"{place:03}.png", number)
    return root


def places(project: Project) -> dict[str, str]:
    return {f"{s.path.parent.name}/{s.path.name}": s.split for s in load_dataset(project).samples}


def test_that_the_share_is_of_each_class_and_validation_stays(
    project: Project, tmp_path: Path
) -> None:
    import_folder(project, painted(tmp_path / "photos", {"ant": 30, "bee": 10, "wasp": 3}))
    before = places(project)
    edit = keep_for_test(project, 0.2)
    assert edit is not None
    after = places(project)
    moved = [name for name in before if before[name] != after[name]]
    assert Counter(name.split("/")[0] for name in moved) == {"ant": 6, "bee": 2, "wasp": 1}
    assert all((before[name], after[name]) == ("train", "test") for name in moved)
    assert str(edit.title) == f"Images kept apart for a last check: {len(moved)}"
    assert keep_for_test(project, 0.2) is None  # they are there already
    edits.undo(project)
    assert places(project) == before


def test_that_copies_are_not_torn_apart_and_something_is_left_to_learn_from(
    project: Project, tmp_path: Path
) -> None:
    root = painted(tmp_path / "photos", {"ant": 12, "bee": 2})
    for file in sorted((root / "ant").iterdir()):
        shutil.copy(file, file.with_name(f"copy-{file.name}"))
    import_folder(project, root)
    keep_for_test(project, 0.5)
    after = places(project)
    for name, part in after.items():
        if "copy-" in name:
            assert part == after[name.replace("copy-", "")]
    assert {after[f"bee/{file.name}"] for file in (root / "bee").iterdir()} >= {"train"}
