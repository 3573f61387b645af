"""One folder for each class: nothing is moved, overwritten, doubled or left half-written."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest

from effnet_studio.engine.cancel import CancelToken
from effnet_studio.engine.errors import Cancelled, StorageError
from effnet_studio.engine.messages import msg
from effnet_studio.engine.predict.answers import FailedImage, Prediction
from effnet_studio.engine.predict.filing import How, file_images

CLASSES = ("ants", "con", "a/b", "a_b", "Unsure")


def row(path: Path, label: str, probability: float = 0.9) -> tuple[Path, Prediction]:
    values = np.full(len(CLASSES), (1 - probability) / (len(CLASSES) - 1), dtype=np.float32)
    values[CLASSES.index(label)] = probability
    return path, Prediction(path, values, CLASSES)


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    folder = tmp_path / "photos"
    for name in ("a", "b"):
        (folder / name).mkdir(parents=True)
        (folder / name / "1.jpg").write_bytes(name.encode() * 1000)
        os.utime(folder / name / "1.jpg", ns=(10**18, 10**18))
    return folder


def files_of(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.mark.parametrize("how", list(How))
def test_that_equal_names_do_not_overwrite_and_nothing_comes_twice(photos: Path, how: How) -> None:
    before = files_of(photos)
    out = photos.parent / "out"
    rows = [row(photos / "a" / "1.jpg", "ants"), row(photos / "b" / "1.jpg", "ants")]
    for already in (0, 2):
        filing = file_images(rows, out, how=how)
        assert filing.counts == {"ants": 2}
        assert (filing.already, filing.problems) == (already, ())
        assert files_of(out) == {"ants/1.jpg": b"a" * 1000, "ants/1 (2).jpg": b"b" * 1000}
    assert files_of(photos) == before
    assert (out / "ants" / "1.jpg").is_symlink() is (how is How.SYMLINK)
    assert (out / "ants" / "1.jpg").stat().st_mtime_ns == 10**18
    shared = (out / "ants" / "1.jpg").stat().st_nlink == 2
    assert shared is (how is How.HARDLINK)


def test_that_every_class_has_a_folder_of_its_own_that_every_system_takes(photos: Path) -> None:
    path = photos / "a" / "1.jpg"
    rows = [row(path, label) for label in CLASSES] + [row(path, "ants", 0.3)]
    filing = file_images(rows, photos.parent / "out", least=0.5)
    names = list(filing.counts)
    assert len({name.casefold() for name in names}) == len(CLASSES) + 1
    assert names[0] == "ants"
    assert names[1].casefold() != "con"
    assert not any(set(name) & set('/\\:*?"<>|') for name in names)
    assert filing.counts["unsure (2)"] == 1  # a class is called so


def test_that_what_cannot_be_filed_is_told_and_the_others_are_filed(photos: Path) -> None:
    refused = FailedImage(photos / "x.txt", msg("It is no picture."))
    rows = [
        (photos / "x.txt", refused),
        row(photos / "gone.jpg", "ants"),
        row(photos / "a" / "1.jpg", "ants"),
    ]
    filing = file_images(rows, photos.parent / "out")
    assert [problem.path.name for problem in filing.problems] == ["x.txt", "gone.jpg"]
    assert filing.counts == {"ants": 1}


def test_that_a_folder_that_is_a_file_is_refused_in_words(photos: Path) -> None:
    with pytest.raises(StorageError):
        file_images([row(photos / "a" / "1.jpg", "ants")], photos / "a" / "1.jpg")


def test_that_stopping_keeps_what_is_filed(photos: Path) -> None:
    cancel, filed = CancelToken(), []
    rows = [row(photos / name / "1.jpg", "ants") for name in "ab"]

    def stop(name: str) -> None:
        filed.append(name)
        cancel.cancel()

    with pytest.raises(Cancelled):
        file_images(rows, photos.parent / "out", on_filed=stop, cancel=cancel)
    left = files_of(photos.parent / "out")
    assert filed == ["ants"]
    assert list(left) == ["ants/1.jpg"]
    assert all(content in {b"a" * 1000, b"b" * 1000} for content in left.values())


def test_that_none_of_these_goes_to_the_unsure(photos: Path) -> None:
    path, sure = row(photos / "a" / "1.jpg", "ants")
    refused = Prediction(path, sure.probabilities, CLASSES, rejected=True)
    filing = file_images([(path, refused)], photos.parent / "out")
    assert list(filing.counts) == ["unsure (2)"]  # a class is called Unsure
