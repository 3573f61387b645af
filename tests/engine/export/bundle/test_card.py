"""The model card beside an exported file says what is known of its run."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from huggingface_hub import ModelCard
from PIL import Image

from effnet_studio.engine.data.edits import exclude
from effnet_studio.engine.data.importer import import_folder
from effnet_studio.engine.data.store import load_dataset
from effnet_studio.engine.events import Event, Progress
from effnet_studio.engine.export.bundle.card import card_of
from effnet_studio.engine.project import Project
from tests.random_run import write_run

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CLASSES = ("ant", "bee")


def draw(folder: Path) -> None:
    for label, name in enumerate(CLASSES):
        (folder / name).mkdir(parents=True)
        for number in range(4):
            random = np.random.default_rng([label, number])
            pixels = random.integers(0, 255, (5, 6, 3)).repeat(8, 0).repeat(8, 1)
            Image.fromarray(pixels.astype(np.uint8)).save(folder / name / f"{number}.png")


@pytest.fixture(params=[("val", {"val": 0.5}), ("test", {"val": 0.25, "test": 0.25})])
def parted(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[str, Project]]:
    """A project, and the part of its images that a card is of."""
    draw(tmp_path / "photos")
    split, shares = request.param
    with Project.create(tmp_path / "insects.effnet") as project:
        import_folder(project, tmp_path / "photos", **shares)
        yield split, project


def test_that_figures_are_of_images_it_has_not_learned_from(parted: tuple[str, Project]) -> None:
    split, project = parted
    run = write_run(project, CLASSES)
    text = card_of(project, run)
    results = ModelCard(text).data.eval_results or []
    assert {each.dataset_split for each in results} == {{"val": "validation"}.get(split, split)}
    assert "insects" in text
    assert str(project.root) not in text, "nothing of the computer it was made on"
    heard: list[Event] = []
    assert card_of(project, run, on_event=heard.append) == text
    assert not any(isinstance(event, Progress) for event in heard), "kept answers are enough"


def test_that_a_project_of_training_images_alone_has_a_card_that_says_so(tmp_path: Path) -> None:
    draw(tmp_path / "photos")
    with Project.create(tmp_path / "insects.effnet") as project:
        import_folder(project, tmp_path / "photos")
        exclude(project, [each.id for each in load_dataset(project).subset("val")])
        text = card_of(project, write_run(project, CLASSES))
    assert "The model has learned from these very images." in text


def test_that_it_is_written_in_the_readers_language(parted: tuple[str, Project]) -> None:
    _, project = parted
    text = card_of(project, write_run(project, CLASSES), words=lambda message: "蜜蜂")
    assert "## 蜜蜂" in text
    assert "## Model details" not in text
