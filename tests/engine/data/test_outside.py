"""A folder of labelled images is read as it would be imported, without a project."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PIL import Image

from effnet_studio.engine.cancel import CancelToken
from effnet_studio.engine.data.outside import outside_dataset
from effnet_studio.engine.errors import Cancelled, DatasetError

if TYPE_CHECKING:
    from pathlib import Path


def put(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.new("RGB", (8, 6)).save(path)


def test_that_class_folders_are_read_whatever_parts_they_are_in(tmp_path: Path) -> None:
    for name in ("train/bee/1.png", "train/ant/2.png", "val/bee/3.png", "test/ant/4.png"):
        put(tmp_path / name)
    found = outside_dataset(tmp_path)
    assert found.classes == ("ant", "bee")
    assert {s.path.relative_to(tmp_path).as_posix(): s.label for s in found.subset("test")} == {
        "test/ant/4.png": 0,
        "train/ant/2.png": 0,
        "train/bee/1.png": 1,
        "val/bee/3.png": 1,
    }
    assert len({sample.id for sample in found.samples}) == 4


def test_that_a_table_of_labels_is_understood(tmp_path: Path) -> None:
    for number in range(4):
        put(tmp_path / f"{number}.png")
    rows = "\n".join(f"{number}.png,{'ant' if number % 2 else 'bee'}" for number in range(4))
    (tmp_path / "labels.csv").write_text(f"file,label\n{rows}\n", encoding="utf-8")
    assert outside_dataset(tmp_path).counts() == {"ant": 2, "bee": 2}


def test_that_a_folder_without_classes_is_said_in_words(tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match="no such folder"):
        outside_dataset(tmp_path / "absent")
    with pytest.raises(DatasetError) as error:
        outside_dataset(tmp_path)
    assert error.value.path == tmp_path
    assert str(error.value.hint)


def test_that_it_can_be_stopped(tmp_path: Path) -> None:
    put(tmp_path / "ant" / "1.png")
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(Cancelled):
        outside_dataset(tmp_path, cancel=cancel)
