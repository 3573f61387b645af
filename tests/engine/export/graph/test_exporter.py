"""Networks written in a process of their own: the same files, and nothing of it in this one."""

from __future__ import annotations

import subprocess
import sys
from functools import partial
from multiprocessing import active_children
from pathlib import Path

import pytest
import torch
from torch import nn

from effnet_studio.engine.cancel import Cancelled, CancelToken
from effnet_studio.engine.errors import ExportError
from effnet_studio.engine.export.graph.exporter import export_apart
from effnet_studio.engine.export.graph.network import export_graph
from effnet_studio.engine.models.build import build_model
from effnet_studio.engine.models.catalog import get_spec
from tests.engine.answering import NotToBeWritten

WRITE = partial(export_graph, size=32, metadata={"author": "somebody"})


@pytest.fixture
def network() -> nn.Module:
    torch.manual_seed(0)
    ends = (nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(4, 2))
    return nn.Sequential(nn.Conv2d(3, 4, 3), nn.BatchNorm2d(4), nn.SiLU(), *ends).eval()


def test_that_a_network_is_written_as_it_would_be_here(network: nn.Module, tmp_path: Path) -> None:
    export_apart(WRITE, network, tmp_path / "apart.onnx")
    WRITE(network, tmp_path / "here.onnx")
    assert (tmp_path / "apart.onnx").read_bytes() == (tmp_path / "here.onnx").read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["apart.onnx", "here.onnx"]
    assert active_children() == []


@pytest.mark.parametrize("name", ["mobilenet_v3_small", "efficientnet_w0.5_d0.5_r96"])
def test_that_models_of_the_catalogue_and_scaled_ones_go_to_the_other_process(
    name: str, tmp_path: Path
) -> None:
    export_apart(WRITE, build_model(get_spec(name), 2).eval(), tmp_path / "m.onnx")
    assert (tmp_path / "m.onnx").stat().st_size > 10_000


def test_that_a_stopped_job_leaves_no_file_and_no_process(
    network: nn.Module, tmp_path: Path
) -> None:
    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        export_apart(WRITE, network, tmp_path / "m.onnx", cancel=token)
    assert list(tmp_path.iterdir()) == []
    assert active_children() == []


def test_that_a_network_that_cannot_be_written_says_why(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="could not be written as ONNX") as caught:
        export_apart(WRITE, NotToBeWritten(), tmp_path / "m.onnx")
    assert "Choose another model" in str(caught.value)
    assert list(tmp_path.iterdir()) == []


def test_that_nothing_of_the_exporter_is_loaded_in_this_process(tmp_path: Path) -> None:
    code = (
        "import sys; from functools import partial; from pathlib import Path; from torch import nn;"
        "from effnet_studio.engine.export.graph.exporter import export_apart;"
        "from effnet_studio.engine.export.graph.network import export_graph;"
        f"file = Path({str(tmp_path)!r}, 'x.onnx');"
        "network = nn.Sequential(nn.Conv2d(3, 2, 3), nn.AdaptiveAvgPool2d(1), nn.Flatten());"
        "write = partial(export_graph, size=16, metadata={});"
        "export_apart(write, network.eval(), file);"
        "loaded = {'onnxscript', 'torch.onnx._internal.exporter._core'} & set(sys.modules);"
        "print(sorted(loaded), file.exists())"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[] True"
