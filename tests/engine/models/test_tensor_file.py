"""Tensors in files: what is read is what was written, and the system's errors are its own."""

from __future__ import annotations

import errno
import sys
from typing import TYPE_CHECKING

import pytest
import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import load_file

from effnet_studio.engine.models import tensor_file
from effnet_studio.engine.models.tensor_file import write_tensors

if TYPE_CHECKING:
    from pathlib import Path

TENSORS = {
    "weight": torch.arange(6, dtype=torch.float32).reshape(2, 3),
    "steps": torch.tensor(7),
    "half": torch.ones(4, dtype=torch.bfloat16),
    "none": torch.zeros(0, 3),
}


def test_that_what_is_read_is_what_was_written(tmp_path: Path) -> None:
    file = tmp_path / "some.safetensors"
    file.write_bytes(b"older")
    write_tensors(file, TENSORS, {"classes": "花"})
    found = load_file(file)
    assert found.keys() == TENSORS.keys()
    for name, tensor in TENSORS.items():
        torch.testing.assert_close(found[name], tensor, rtol=0, atol=0)
    with safe_open(file, framework="pt") as opened:
        assert opened.metadata() == {"classes": "花"}
    assert list(tmp_path.iterdir()) == [file], "nothing else is left"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such permissions")
def test_that_others_may_read_it_as_any_new_file(tmp_path: Path) -> None:
    (tmp_path / "usual").touch()
    write_tensors(tmp_path / "tensors", TENSORS)
    assert (tmp_path / "tensors").stat().st_mode == (tmp_path / "usual").stat().st_mode


def test_that_a_missing_folder_is_told_as_the_system_does(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        write_tensors(tmp_path / "gone" / "tensors", TENSORS)


def test_that_a_full_disk_is_told_as_the_system_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "Error while serializing: I/O error: No space left on device (os error 28)"

    def full(*_: object) -> None:
        raise SafetensorError(text)

    monkeypatch.setattr(tensor_file, "save_file", full)
    with pytest.raises(OSError, match="No space left") as caught:
        write_tensors(tmp_path / "tensors", TENSORS)
    assert caught.value.errno == errno.ENOSPC
    text = "Error while serializing: something else"
    with pytest.raises(SafetensorError):
        write_tensors(tmp_path / "tensors", TENSORS)
