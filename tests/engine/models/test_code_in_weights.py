"""Files with programs in them, whatever they are called: not opened, and nothing in them runs."""

from __future__ import annotations

import pickle
import zipfile
from pathlib import Path
from typing import Any

import pytest
import torch
from torch import nn

from effnet_studio.engine.errors import WeightsError
from effnet_studio.engine.models.state import read_state


class Evil:
    """Runs something when it is unpickled."""

    def __init__(self, witness: Path) -> None:
        self.witness = witness

    def __reduce__(self) -> tuple[Any, ...]:
        return Path.touch, (self.witness,)


@pytest.mark.parametrize("suffix", [".pth", ".pt", ".safetensors"])
@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_that_a_pickle_of_any_protocol_and_name_is_not_run(
    tmp_path: Path, suffix: str, protocol: int
) -> None:
    witness, file = tmp_path / "witness", tmp_path / f"a{suffix}"
    file.write_bytes(pickle.dumps(Evil(witness), protocol))
    with pytest.raises(WeightsError) as caught:
        read_state(file)

    assert not witness.exists()
    assert file.name in str(caught.value.message)
    assert str(caught.value.hint)
    pickle.loads(file.read_bytes())
    assert witness.exists()  # it would have run


@pytest.mark.parametrize("suffix", [".pth", ".pt", ".safetensors"])
def test_that_a_checkpoint_with_code_beside_the_weights_is_not_run(
    tmp_path: Path, suffix: str
) -> None:
    witness, file = tmp_path / "witness", tmp_path / f"a{suffix}"
    torch.save({"state_dict": {"a": torch.ones(3)}, "extra": [Evil(witness)]}, file)
    with pytest.raises(WeightsError):
        read_state(file)

    assert not witness.exists()


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.filterwarnings("ignore::FutureWarning")
@pytest.mark.parametrize("suffix", [".pth", ".pt"])
def test_that_a_real_torchscript_program_is_told_from_weights(tmp_path: Path, suffix: str) -> None:
    file = tmp_path / f"a{suffix}"
    torch.jit.trace(nn.Linear(3, 2), torch.ones(1, 3)).save(str(file))
    assert zipfile.is_zipfile(file)
    with pytest.raises(WeightsError, match="holds program code, not only weights") as caught:
        read_state(file)

    assert "state_dict" in str(caught.value.hint)


def test_that_an_exported_program_is_not_taken_for_weights(tmp_path: Path) -> None:
    program = torch.export.export(nn.Linear(3, 2), (torch.ones(1, 3),))
    torch.export.save(program, tmp_path / "a.pt2")
    (tmp_path / "a.pt2").rename(tmp_path / "a.pt")
    with pytest.raises(WeightsError):
        read_state(tmp_path / "a.pt")
