"""Every picture is checked once, by a model that has seen neither it nor its copies."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from effnet_studio.engine.cancel import CancelToken
from effnet_studio.engine.data import edits
from effnet_studio.engine.data.importer import import_folder
from effnet_studio.engine.data.store import load_index
from effnet_studio.engine.errors import Cancelled, DatasetError
from effnet_studio.engine.events import EpochFinished, Event
from effnet_studio.engine.project import Project
from effnet_studio.engine.training.config import make_config
from effnet_studio.engine.training.cross_validate import cross_validate, fold_datasets
from tests.engine.data.conftest import paint

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TINY = make_config(
    "instant", model="mobilenet_v3_small", weights="none", image_size=32, epochs=1, batch_size=8
)


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    """Nine pictures of each of two classes, and copies of some."""
    for label, start in (("ant", 0), ("bee", 500)):
        for number in range(9):
            paint(tmp_path / "photos" / label / f"p{number}x.png", start + number)
    for number in range(3):
        source = tmp_path / "photos" / "ant" / f"p{number}x.png"
        shutil.copy(source, source.with_name(f"copy{number}x.png"))
    with Project.create(tmp_path / "p.effnet") as made:
        import_folder(made, tmp_path / "photos")
        yield made


def test_that_folds_share_no_picture_and_copies_stay_together(project: Project) -> None:
    index = load_index(project)
    edits.set_split(project, index.ids[-2:].tolist(), "test")
    index = load_index(project)
    parts = fold_datasets(index, folds=3, seed=0)
    checked = [
        sample.path.name
        for part in parts
        for sample in part.subset("val")
        if sample.path.parent.name == "ant"
    ]
    assert len(checked) == len(set(checked)) == 12
    assert sum(len(part.subset("val")) for part in parts) == 19
    for part in parts:
        learned = {
            sample.path.name for sample in part.subset("train") if sample.path.parent.name == "ant"
        }
        for number in range(3):
            assert (f"p{number}x.png" in learned) == (f"copy{number}x.png" in learned)


def test_that_each_fold_is_trained_and_checked_and_leaves_nothing(project: Project) -> None:
    events: list[Event] = []
    found = cross_validate(project, TINY, folds=2, on_event=events.append)
    finished = [event for event in events if isinstance(event, EpochFinished)]
    assert found.accuracies == tuple(event.val_accuracy for event in finished)
    assert len(found.accuracies) == 2
    assert found.images == 21
    assert 0 <= found.mean <= 1
    assert project.run_dirs() == []
    assert not (project.cache_dir / "folds").exists()


def test_that_it_can_be_stopped_and_too_many_folds_are_refused(project: Project) -> None:
    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        cross_validate(project, TINY, folds=2, cancel=token)
    with pytest.raises(DatasetError, match="50 folds"):
        cross_validate(project, TINY, folds=50)
