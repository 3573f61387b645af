"""How long another thread waits for Python's lock while weights are written, checked and opened.

    python tests/benchmarks/bench_python_lock.py [--models resnet50 ...]
    pytest -m benchmark -s tests/benchmarks/bench_python_lock.py

A window stands still as long as that. Each job is done in one call and as the app does it (weight
by weight, or in a process of its own), taking turns; the least of the rounds is printed, so that a
busy computer does not count.
"""

from __future__ import annotations

import argparse
import tempfile
import threading
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import onnx
import onnxruntime
import pytest
import torch
from safetensors.torch import save

from effnet_studio.engine.export.graph.network import export_graph
from effnet_studio.engine.export.graph.openvino_ir import picture_model, write_openvino
from effnet_studio.engine.export.openvino_door import load_openvino, unavailable
from effnet_studio.engine.models.build import build_model, stage_modules
from effnet_studio.engine.models.catalog import get_spec
from effnet_studio.engine.models.onnx_weights import (
    check_model,
    infer_shapes,
    open_model,
    write_model,
)
from effnet_studio.engine.models.tensor_file import write_tensors
from effnet_studio.engine.models.trunk_graph import write_trunk
from effnet_studio.engine.predict.onnx_metadata import write_metadata
from effnet_studio.engine.predict.whole_model import network_in
from effnet_studio.engine.preprocess import Preprocess

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.benchmark

MODELS = ("efficientnet_b0", "resnet50", "efficientnet_b7")
ROUNDS = 5


def longest_wait(job: Callable[[], object]) -> float:
    """Seconds that a thread which wants to go on every 2 ms was kept waiting at most."""

    def begin_later() -> None:
        time.sleep(0.02)  # once the other thread goes on every 2 ms
        job()

    worker = threading.Thread(target=begin_later)
    longest, last = 0.0, time.perf_counter()
    worker.start()
    while worker.is_alive():
        time.sleep(0.002)
        now = time.perf_counter()
        longest, last = max(longest, now - last - 0.002), now
    worker.join()
    return longest


def graph_of(name: str) -> onnx.ModelProto:
    spec = get_spec(name)
    stages = stage_modules(build_model(spec, 10).eval(), spec)
    graph = write_trunk([module for stage in stages for module in stage])
    assert graph is not None
    for size in ("n", "c", "h", "w"):  # the checker wants to know
        graph.graph.output[0].type.tensor_type.shape.dim.add(dim_param=size)
    return graph


def jobs(name: str, folder: Path) -> dict[str, tuple[Callable[[], object], Callable[[], object]]]:
    """Each in one call, and as the app does it."""
    graph, options = graph_of(name), onnxruntime.SessionOptions
    tensors = {
        key: t.contiguous() for key, t in build_model(get_spec(name), 10).state_dict().items()
    }
    file = folder / "file"
    open_at_once = partial(onnxruntime.InferenceSession, providers=["CPUExecutionProvider"])
    return {
        "write ONNX": (
            lambda: file.write_bytes(graph.SerializeToString()),
            lambda: write_model(graph, file),
        ),
        "check ONNX": (
            lambda: onnx.checker.check_model(graph, full_check=True),
            lambda: check_model(graph),
        ),
        "find shapes": (
            lambda: onnx.shape_inference.infer_shapes(graph),
            lambda: infer_shapes(graph),
        ),
        "open ONNX": (
            lambda: open_at_once(graph.SerializeToString(), options()),
            lambda: open_model(graph, options()),
        ),
        "save tensors": (
            lambda: file.write_bytes(save(tensors)),
            lambda: write_tensors(file, tensors),
        ),
        **openvino_job(name, folder),
    }


def openvino_job(
    name: str, folder: Path
) -> dict[str, tuple[Callable[[], object], Callable[[], object]]]:
    """Write OpenVINO's files; none where it is not installed."""
    if unavailable() is not None:
        return {}
    openvino = load_openvino()
    spec, source, out = get_spec(name), folder / "network.onnx", folder / "network.xml"
    preprocess = Preprocess(size=224, resize=256)
    notes = write_metadata(
        classes=[str(number) for number in range(10)],
        preprocess=preprocess,
        model=name,
        app_version="1",
    )
    export_graph(build_model(spec, 10).eval(), source, size=224, metadata=notes)

    def at_once() -> None:
        graph = picture_model(network_in(onnx.load(source)), preprocess)
        openvino.save_model(openvino.Core().read_model(graph.SerializeToString()), out)

    return {"write OpenVINO": (at_once, lambda: write_openvino(source, out, notes))}


def compare(names: tuple[str, ...]) -> None:
    """Print the table."""
    print(f"{'':16} {'':14} {'one call':>10} {'the app':>10}")
    with tempfile.TemporaryDirectory() as folder:
        for name in names:
            for job, ways in jobs(name, Path(folder)).items():
                waits = [[longest_wait(way) for way in ways] for _ in range(ROUNDS)]
                whole, single = (1000 * min(column) for column in zip(*waits, strict=True))
                print(f"{name:16} {job:14} {whole:7.0f} ms {single:7.0f} ms")


def test_how_long_others_wait() -> None:
    compare(MODELS[:1])


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--models", nargs="+", default=list(MODELS))
    torch.set_num_threads(1)
    compare(tuple(parser.parse_args().models))
