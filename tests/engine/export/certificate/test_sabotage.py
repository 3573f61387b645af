"""Files that were spoilt in any way that happens to exports are not called ready."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np
import onnx
import pytest
from onnx import numpy_helper

from effnet_studio.engine.export.certificate.verdict import shortcomings
from effnet_studio.engine.export.graph.image_model import image_model
from effnet_studio.engine.export.graph.network import write_graph
from effnet_studio.engine.predict.onnx_metadata import LABELS_KEY
from effnet_studio.engine.predict.predictor import load_predictor
from effnet_studio.engine.predict.reject_option import RejectOption, Score
from effnet_studio.engine.predict.whole_model import network_in
from effnet_studio.engine.preprocess import Preprocess
from tests.engine.export.conftest import certified

if TYPE_CHECKING:
    from pathlib import Path

    from tests.engine.export.conftest import Exported

Weights = dict[str, np.ndarray]


def changed(network: onnx.ModelProto, change: Callable[[str, np.ndarray], np.ndarray]) -> None:
    for tensor in network.graph.initializer:
        values = numpy_helper.to_array(tensor)
        if values.ndim >= 2:
            tensor.CopyFrom(
                numpy_helper.from_array(
                    np.ascontiguousarray(change(tensor.name, values)), tensor.name
                )
            )


def swap_channels(name: str, values: np.ndarray) -> np.ndarray:
    return values[:, ::-1] if values.ndim == 4 and values.shape[1] == 3 else values


def hotter(name: str, values: np.ndarray) -> np.ndarray:
    return values / np.float32(1.5) if values.ndim == 2 and 3 in values.shape else values


def coarse(name: str, values: np.ndarray) -> np.ndarray:
    """What rounding to a few bits with one scale for all does, without any calibration."""
    step = max(float(np.abs(values).max()), 1e-9) / 3
    return (np.rint(values / step) * step).astype(values.dtype)


def noisy(name: str, values: np.ndarray) -> np.ndarray:
    random = np.random.default_rng(0)
    return (values * random.normal(1, 0.1, values.shape)).astype(values.dtype)


WEIGHTS = {"channels": swap_channels, "temperature": hotter, "bits": coarse, "noise": noisy}


def other_kernel(rule: Preprocess) -> dict[str, Any]:
    return {"interpolation": "bicubic" if rule.interpolation == "bilinear" else "bilinear"}


PREPROCESS: dict[str, Callable[[Preprocess], dict[str, Any]]] = {
    "mean": lambda _rule: {"mean": (0.5, 0.5, 0.5)},
    "std": lambda _rule: {"std": (1.0, 1.0, 1.0)},
    "kernel": other_kernel,
    "crop": lambda rule: {"resize": rule.resize + rule.size // 2},
}


def spoil(proto: onnx.ModelProto, rule: Preprocess, fault: str) -> onnx.ModelProto:
    """The whole graph with one fault; its notes say that all is well."""
    network = network_in(proto)
    reject = None
    if fault in WEIGHTS:
        changed(network, WEIGHTS[fault])
    if fault == "threshold":
        reject = RejectOption(Score.CONFIDENCE, 1.1, 0.0, 0.0, 1, "", "")
    if fault in PREPROCESS:
        rule = rule.model_copy(update=PREPROCESS[fault](rule))
    return image_model(network, rule, reject)


@pytest.mark.parametrize("fault", ["labels", "threshold", *WEIGHTS, *PREPROCESS])
def test_that_a_spoilt_file_does_not_pass(exported: Exported, tmp_path: Path, fault: str) -> None:
    proto = onnx.load(exported.result.file)
    notes = {entry.key: entry.value for entry in proto.metadata_props}
    app = load_predictor(exported.project.find_run(None), device="cpu")
    if fault == "labels":
        notes[LABELS_KEY] = '["blue", "red", "green"]'
    write_graph(spoil(proto, app.preprocess, fault), tmp_path / "spoilt.onnx", notes)
    result = certified(exported, tmp_path / "spoilt.onnx")
    assert shortcomings(result)
    silenced = fault == "threshold"  # it answers none of the images
    assert [part.silenced for part in result.parts] == [
        part.images if silenced else 0 for part in result.parts
    ]
    assert not any(part.answered for part in result.parts)


def test_that_the_same_file_passes_unspoilt(exported: Exported, tmp_path: Path) -> None:
    proto = onnx.load(exported.result.file)
    notes = {entry.key: entry.value for entry in proto.metadata_props}
    app = load_predictor(exported.project.find_run(None), device="cpu")
    write_graph(spoil(proto, app.preprocess, "nothing"), tmp_path / "whole.onnx", notes)
    assert not shortcomings(certified(exported, tmp_path / "whole.onnx"))
