"""Small pictures: right size, cached, made again when the cache or the file changes."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import numpy as np
import pytest

from effnet_studio.engine.data.dataset import Sample
from effnet_studio.engine.data.files import thumbnails
from effnet_studio.engine.data.files.thumbnails import THUMBNAIL_SIDE, shrink, thumbnail
from effnet_studio.engine.data.importer import import_folder
from effnet_studio.engine.data.store import load_dataset
from effnet_studio.engine.errors import ImageError
from effnet_studio.engine.images import load_image
from effnet_studio.engine.project import Project
from tests.engine.data.conftest import paint

if TYPE_CHECKING:
    from pathlib import Path

    from tests.engine.data.conftest import PaintFolder


def sample_of(path: Path) -> Sample:
    return Sample(1, path, 0, "train", 1, 1)


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        ((320, 200), (100, 160)),
        ((200, 320), (160, 100)),
        ((50, 40), (40, 50)),
        ((4000, 2), (1, 160)),
        ((1, 1), (1, 1)),
    ],
)
def test_that_the_longest_side_fits(size: tuple[int, int], expected: tuple[int, int]) -> None:
    small = shrink(np.zeros((size[1], size[0], 3), dtype=np.uint8))
    assert small.shape == (*expected, 3)


def test_that_an_import_leaves_all_thumbnails_in_the_cache(
    project: Project, photos: PaintFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = photos({"a": 40, "b": 40})
    import_folder(project, root)

    def refuse(source: Path | bytes, **options: int) -> np.ndarray:
        assert isinstance(source, bytes), "the image itself was read again"
        return load_image(source, **options)

    monkeypatch.setattr(thumbnails, "load_image", refuse)
    for sample in load_dataset(project).samples:
        assert thumbnail(project, sample).shape == (30, 40, 3)


def test_that_a_thumbnail_looks_like_its_picture(project: Project, tmp_path: Path) -> None:
    from PIL import Image

    from effnet_studio.engine.data.sample.samples import draw_sample_image

    path = tmp_path / "fish.png"
    Image.fromarray(draw_sample_image("fish", 0)).save(path)
    whole = Image.fromarray(load_image(path))
    for _ in range(2):  # made, then from the cache
        small = thumbnail(project, sample_of(path))
        assert max(small.shape) == THUMBNAIL_SIDE
        expected = np.asarray(whole.resize(small.shape[1::-1], Image.Resampling.BOX)).astype(int)
        assert np.abs(small - expected).mean() < 6


def test_that_a_changed_picture_gets_a_new_thumbnail(project: Project, tmp_path: Path) -> None:
    sample = sample_of(paint(tmp_path / "x.png", 1))
    before = thumbnail(project, sample)
    paint(sample.path, 2, (41, 30))
    assert thumbnail(project, sample).shape != before.shape


def test_that_a_vanished_picture_keeps_its_thumbnail(project: Project, tmp_path: Path) -> None:
    sample = sample_of(paint(tmp_path / "x.png"))
    thumbnail(project, sample)
    sample.path.unlink()
    assert thumbnail(project, sample).shape == (30, 40, 3)
    with pytest.raises(ImageError, match="does not exist"):
        thumbnail(project, sample_of(tmp_path / "never.png"))


def test_that_the_cache_may_be_deleted_or_damaged(project: Project, tmp_path: Path) -> None:
    sample = sample_of(paint(tmp_path / "x.png"))
    thumbnail(project, sample)
    shutil.rmtree(project.cache_dir)
    assert thumbnail(project, sample).shape == (30, 40, 3)
    (project.cache_dir / "thumbnails.sqlite").write_bytes(b"damaged" * 1000)
    for _ in range(2):
        assert thumbnail(project, sample).shape == (30, 40, 3)
    assert (project.cache_dir / "thumbnails.sqlite").read_bytes()[:6] == b"SQLite"


def test_that_a_read_only_project_gets_thumbnails_without_writing(
    project: Project, tmp_path: Path
) -> None:
    sample = sample_of(paint(tmp_path / "x.png"))
    with Project.open(project.root) as reader:
        assert thumbnail(reader, sample).shape == (30, 40, 3)
    assert not project.cache_dir.exists()
