"""The built-in sample: enough, varied, repeatable, made once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image

from effnet_studio import paths
from effnet_studio.engine.cancel import CancelToken
from effnet_studio.engine.data.importer import import_folder
from effnet_studio.engine.data.sample import samples
from effnet_studio.engine.data.sample.sample_things import THINGS
from effnet_studio.engine.data.sample.samples import draw_sample_image, make_sample
from effnet_studio.engine.errors import Cancelled, DatasetError
from effnet_studio.engine.events import Event, Progress, Stage

if TYPE_CHECKING:
    from pathlib import Path

    from effnet_studio.engine.project import Project


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(samples, "IMAGES_PER_CLASS", 4)


def test_that_the_sample_is_big_and_varied_enough(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert len(THINGS) >= 5
    assert samples.IMAGES_PER_CLASS >= 40
    monkeypatch.setattr(samples, "IMAGES_PER_CLASS", 8)
    folder = make_sample(tmp_path / "sample")
    result = import_folder(project, folder)
    assert result.classes == dict.fromkeys(sorted(THINGS), 8)
    assert (result.unreadable, result.ignored, result.problems) == (0, 0, ())
    sizes = set()
    for path in folder.rglob("*.jpg"):
        with Image.open(path) as image:
            assert image.format == "JPEG"
            assert 160 <= min(image.size) <= max(image.size) <= 400
            sizes.add(image.size)
    assert len(sizes) > 40


def test_that_the_mean_colour_does_not_give_the_class_away() -> None:
    """A classifier that knows only mean colours must do badly."""
    means = np.array(
        [[draw_sample_image(name, n).mean((0, 1)) for n in range(12)] for name in sorted(THINGS)]
    )
    right = 0
    for label in range(len(THINGS)):
        for number in range(12):
            distance = np.linalg.norm(means - means[label, number], axis=-1)
            distance[label, number] = np.inf
            right += int(np.unravel_index(distance.argmin(), distance.shape)[0]) == label
    assert right / (12 * len(THINGS)) < 0.6


def test_that_a_picture_can_be_drawn_again() -> None:
    first = draw_sample_image("fish", 3)
    np.testing.assert_array_equal(first, draw_sample_image("fish", 3))
    other = draw_sample_image("fish", 4)
    assert first.shape != other.shape or (first != other).any()


@pytest.mark.usefixtures("few")
def test_that_the_sample_is_made_once_in_the_users_cache() -> None:
    heard: list[Event] = []
    folder = make_sample(on_event=heard.append)
    assert folder.is_relative_to(paths.user_cache_dir())
    progress = [event for event in heard if isinstance(event, Progress)]
    assert progress[0].stage is Stage.SAMPLE
    assert progress[-1].done == progress[-1].total == 4 * len(THINGS)
    stamps = {path: path.stat().st_mtime_ns for path in folder.rglob("*")}
    assert make_sample() == folder
    assert {path: path.stat().st_mtime_ns for path in folder.rglob("*")} == stamps
    (folder / "fish" / "fish-02.jpg").unlink()
    make_sample()
    assert (folder / "fish" / "fish-02.jpg").exists()


@pytest.mark.usefixtures("few")
def test_that_a_stopped_drawing_leaves_nothing(tmp_path: Path) -> None:
    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        make_sample(tmp_path / "new" / "sample", cancel=token)
    assert list((tmp_path / "new").iterdir()) == []


def test_that_a_folder_with_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").touch()
    for target in (tmp_path, tmp_path / "mine.txt"):
        with pytest.raises(DatasetError, match="not empty"):
            make_sample(target)
    assert [item.name for item in tmp_path.iterdir()] == ["mine.txt"]
