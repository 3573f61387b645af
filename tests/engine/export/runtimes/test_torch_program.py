"""A model as PyTorch's own files: a program that needs none of our code, and its weights."""

from __future__ import annotations

import copy
import json
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import torch
from safetensors import safe_open

from effnet_studio.engine.errors import ModelError, StorageError
from effnet_studio.engine.export.graph.torch_program import (
    NOTES_ENTRY,
    export_program,
    export_weights,
)
from effnet_studio.engine.export.runtimes.torch_program import open_torch_program
from effnet_studio.engine.models.build import build_model
from effnet_studio.engine.models.catalog import get_spec
from effnet_studio.engine.predict.onnx_metadata import write_metadata
from effnet_studio.engine.predict.reject_option import RejectOption, Score
from effnet_studio.engine.predict.torch_predictor import TorchPredictor

if TYPE_CHECKING:
    from numpy.typing import NDArray

SMALL = torch.nn.Sequential(torch.nn.Conv2d(3, 2, 3), torch.nn.AdaptiveAvgPool2d(1))
LIMIT = RejectOption(Score.CONFIDENCE, 0.999, 0.5, 1.0, images=4, dataset_version="1", weights="")


@pytest.fixture(scope="module")
def app(make_run: Any) -> TorchPredictor:
    return TorchPredictor.from_run(make_run(), device="cpu")


def notes_of(app: TorchPredictor, reject: RejectOption | None = None) -> dict[str, str]:
    return write_metadata(
        classes=app.classes,
        preprocess=app.preprocess,
        model=app.spec.name,
        app_version="1.0",
        reject=reject,
    )


@pytest.fixture(scope="module")
def program(app: TorchPredictor, tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("program") / "model.pt2"
    export_program(app.model, file, size=app.preprocess.size, notes=notes_of(app, LIMIT))
    return file


def test_that_a_program_answers_as_the_app_does(
    program: Path, app: TorchPredictor, picture: NDArray[np.uint8]
) -> None:
    threads = torch.get_num_threads()
    model = open_torch_program(program, threads=threads + 1)
    answer = model.answer(picture)
    assert torch.get_num_threads() == threads
    expected = app.predict(picture)
    np.testing.assert_allclose(answer.probabilities, expected.probabilities, atol=1e-6)
    assert answer.rejected is (answer.certainty < LIMIT.threshold)
    assert model.notes.classes == app.classes
    assert model.notes.preprocess == app.preprocess
    assert model.notes.reject == LIMIT
    assert torch.__version__ in model.program
    model.close()


def test_that_a_program_runs_where_the_app_is_not_installed(program: Path) -> None:
    text = f"""
import sys, json, torch
extra = {{{NOTES_ENTRY!r}: ""}}
network = torch.export.load({str(program)!r}, extra_files=extra).module()
for batch in (1, 5):
    assert network(torch.zeros(batch, 3, 64, 64)).shape == (batch, 3)
assert not any(name.startswith("effnet_studio") for name in sys.modules)
print(json.loads(extra[{NOTES_ENTRY!r}])["effnet_studio.labels"])
"""
    found = subprocess.check_output([sys.executable, "-I", "-c", text], text=True)
    assert json.loads(found) == ["red", "green", "blue"]


def test_that_a_program_tells_nothing_of_the_computer_it_was_made_on(program: Path) -> None:
    own = str(Path(__file__).resolve().parents[4]).encode()
    with zipfile.ZipFile(program) as archive:
        for name in archive.namelist():
            content = archive.read(name)
            assert own not in content, name
            assert b"site-packages" not in content, name
            assert b"stack_trace" not in content, name


def test_that_the_network_is_left_as_it_was(tmp_path: Path) -> None:
    network = copy.deepcopy(SMALL).to(memory_format=torch.channels_last).train()
    before = [tensor.clone() for tensor in network.state_dict().values()]
    export_program(network, tmp_path / "m.pt2", size=64, notes={})
    export_weights(network, tmp_path / "m.safetensors", notes={})
    for tensor, old in zip(network.state_dict().values(), before, strict=True):
        assert torch.equal(tensor, old)
        assert tensor.stride() == old.stride()
    assert network.training


def test_that_weights_fit_the_architecture(app: TorchPredictor, tmp_path: Path) -> None:
    file = tmp_path / "model.safetensors"
    export_weights(app.model, file, notes=notes_of(app))
    with safe_open(file, framework="pt") as opened:
        assert json.loads(opened.metadata()["effnet_studio.labels"]) == list(app.classes)
        state = {name: opened.get_tensor(name) for name in opened.keys()}  # noqa: SIM118
    network = build_model(get_spec(app.spec.name), len(app.classes)).eval()
    network.load_state_dict(state, strict=True)
    kept, own = network.state_dict(), app.model.state_dict()
    assert kept.keys() == own.keys()
    assert all(torch.equal(kept[name], own[name]) for name in own)


@pytest.mark.parametrize("damage", ["cut", "nonsense", "missing"])
def test_that_a_damaged_program_is_named(damage: str, program: Path, tmp_path: Path) -> None:
    file = tmp_path / "damaged.pt2"
    content = program.read_bytes()
    if damage != "missing":
        file.write_bytes(content[: len(content) // 2] if damage == "cut" else b"nonsense")
    with pytest.raises(ModelError, match=r"damaged\.pt2 is not a PyTorch program"):
        open_torch_program(file)


def test_that_a_program_of_somebody_else_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "foreign.pt2"
    export_program(SMALL, file, size=64, notes={"author": "somebody"})
    with pytest.raises(ModelError, match=r"foreign\.pt2 was not exported by this app"):
        open_torch_program(file)


def test_that_a_folder_that_is_gone_is_named(tmp_path: Path) -> None:
    for write, name in ((export_weights, "m.safetensors"), (_program_of_size, "m.pt2")):
        with pytest.raises(StorageError, match="gone"):
            write(SMALL, tmp_path / "gone" / name, notes={})


def _program_of_size(model: torch.nn.Module, path: Path, *, notes: dict[str, str]) -> None:
    export_program(model, path, size=64, notes=notes)
