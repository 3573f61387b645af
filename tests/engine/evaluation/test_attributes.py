"""What is known of the images of a project, read from its index."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image

from effnet_studio.engine.data.importer import import_folder
from effnet_studio.engine.data.store import load_index
from effnet_studio.engine.evaluation.evaluate import Evaluation, summarize
from effnet_studio.engine.evaluation.slices.attributes import read_attributes
from effnet_studio.engine.evaluation.slices.slices import slice_evaluation
from effnet_studio.engine.project import Project

if TYPE_CHECKING:
    from collections.abc import Iterator

    from effnet_studio.engine.data.index import Index
    from effnet_studio.engine.evaluation.slices.values import Attribute

EACH = 40


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    """Two classes in two places each; half of the images have a camera, a quarter are dark."""
    root = tmp_path_factory.mktemp("facts")
    for number in range(2 * EACH):
        label, place = ("ants", "bees")[number % 2], ("pond", "wood")[number // 2 % 2]
        folder = root / "photos" / "val" / label / place / f"day {number // 20 % 2}"
        folder.mkdir(parents=True, exist_ok=True)
        random = np.random.default_rng(number)
        pixels = random.integers(60, 255, (40 + number % 3 * 4, 44, 3), dtype=np.uint8)
        if number // 4 % 4 == 0:
            pixels //= 6
        exif = Image.Exif()
        if number % 4 < 2:
            exif[0x010F], exif[0x0110] = "Maker", "Model 5"
            exif.get_ifd(0x8769)[0x9003] = f"20{19 + number // 40}:0{1 + number // 20}:03 22:10:00"
        suffix = "png" if number % 5 == 0 else "jpg"
        Image.fromarray(pixels).save(folder / f"{number:03}.{suffix}", exif=exif)
    (root / "photos" / "train" / "ants").mkdir(parents=True)
    (root / "photos" / "train" / "bees").mkdir(parents=True)
    for label in ("ants", "bees"):
        pixels = np.random.default_rng(len(label)).integers(0, 255, (30, 30, 3), dtype=np.uint8)
        Image.fromarray(pixels).save(root / "photos" / "train" / label / "x.jpg")
    with Project.create(root / "P.effnet") as made:
        import_folder(made, root / "photos")
        yield made


@pytest.fixture(scope="module")
def index(project: Project) -> Index:
    return load_index(project)


def of_validation(index: Index) -> list[int]:
    return index.ids[index.splits == 1].tolist()


def by_key(project: Project, index: Index, ids: list[int]) -> dict[str, Attribute]:
    return {each.key: each for each in read_attributes(project, index, ids)}


def groups(attribute: Attribute) -> dict[str, int]:
    counts = np.bincount(attribute.codes[attribute.codes >= 0])
    return {str(name): int(count) for name, count in zip(attribute.values, counts, strict=True)}


def test_that_folders_are_named_without_those_of_class_and_part(
    project: Project, index: Index
) -> None:
    found = by_key(project, index, of_validation(index))
    assert groups(found["folder"]) == {"in the folder pond": EACH, "in the folder wood": EACH}
    assert set(groups(found["subfolder"])) == {
        f"in the folder {place}/day {day}" for place in ("pond", "wood") for day in (0, 1)
    }
    assert "source" not in found  # there is one only


def test_that_camera_and_date_are_those_of_the_metadata(project: Project, index: Index) -> None:
    found = by_key(project, index, of_validation(index))
    assert groups(found["camera"]) == {
        "taken with Maker Model 5": EACH,
        "without the name of a camera": EACH,
    }
    assert groups(found["year"]) == {
        "taken in 2019": EACH // 2,
        "taken in 2020": EACH // 2,
        "without a date": EACH,
    }
    assert list(groups(found["month"])) == [
        f"taken in {month}" for month in ("January", "February", "March", "April")
    ]
    assert (found["month"].codes >= 0).sum() == EACH
    assert "hour" not in found  # all in the evening


def test_that_files_and_looks_are_described(project: Project, index: Index) -> None:
    ids = of_validation(index)
    found = by_key(project, index, ids)
    assert groups(found["format"]) == {"stored as JPEG": 64, "stored as PNG": 16}
    assert set(groups(found["shape"])) == {"wider than high", "higher than wide", "about square"}
    dark = index.brightness[index.rows_of(ids)] < 0.3
    assert found["brightness"].codes[dark].max() == 0
    assert str(found["brightness"].values[0]).startswith("in the darkest quarter (brightness under")
    assert str(found["file_size"].values[-1]).endswith(" kB)")


def test_that_unknown_images_are_in_no_group(project: Project, index: Index) -> None:
    ids = of_validation(index)
    found = by_key(project, index, [987_654, *ids, 987_655])
    plain = by_key(project, index, ids)
    for key, attribute in found.items():
        assert attribute.codes[[0, -1]].tolist() == [-1, -1]
        assert attribute.codes[1:-1].tolist() == plain[key].codes.tolist()


def test_that_nothing_known_gives_no_attributes(project: Project, index: Index) -> None:
    assert read_attributes(project, index, []) == ()
    assert read_attributes(project, index, of_validation(index)[:1]) == ()


def evaluation_of(index: Index, ids: list[int], right: np.ndarray) -> Evaluation:
    rows = index.rows_of(ids)
    true = (index.classes[rows] == index.classes[rows].max()).astype(np.int64)
    answer = np.where(right, true, 1 - true)
    logits = np.where(answer[:, None] == np.arange(2), 2.0, 0.0).astype(np.float32)
    return summarize(logits, true, classes=("ants", "bees"), sample_ids=tuple(ids), split="val")


def test_that_darkened_images_with_wrong_answers_come_first(project: Project, index: Index) -> None:
    ids = of_validation(index)
    dark = index.brightness[index.rows_of(ids)] < 0.3
    chance = np.random.default_rng(0).random(len(ids))
    report = slice_evaluation(
        project, evaluation_of(index, ids, chance > np.where(dark, 0.8, 0.05))
    )
    worst = report.findings[0]
    assert worst.values == (("brightness", 0),)
    assert dark[worst.positions].all()
    assert "in the darkest quarter" in str(worst.sentence())
    assert "Worse than the others" in str(report.message())


def test_that_right_answers_give_no_finding(project: Project, index: Index) -> None:
    ids = of_validation(index)
    report = slice_evaluation(project, evaluation_of(index, ids, np.ones(len(ids), dtype=bool)))
    assert report.findings == ()
    assert len(report.attributes) >= 8
