"""What the check of foreign ONNX files adds to the time of opening them.

Writes two classifiers of matrices, opens them in onnxruntime and checks them, in turns::

    python -m tests.benchmarks.bench_onnx_safety [--megabytes 16 350] [--rounds 7]
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import onnx
import onnxruntime
from onnx import TensorProto, helper, numpy_helper

from effnet_studio.engine.predict.onnx_safety import check_file

if TYPE_CHECKING:
    from collections.abc import Callable

LAYERS = 8


def main() -> None:
    """Print milliseconds of opening and of checking."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--megabytes", type=int, nargs="+", default=[16, 350], help="sizes of files"
    )
    parser.add_argument("--rounds", type=int, default=7, help="times that each is opened")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        for size in chosen.megabytes:
            for outside in (False, True):
                path = write(Path(place, f"{size}-{outside}.onnx"), size, outside=outside)
                opening, checking = measure(path, chosen.rounds)
                where = "beside" if outside else "inside"
                print(
                    f"{size} MB, weights {where}: onnxruntime opens it in {opening:.0f} ms, "
                    f"the check takes {checking:.1f} ms ({100 * checking / opening:.1f} %)"
                )


def write(path: Path, megabytes: int, *, outside: bool) -> Path:
    """Write a model of so many megabytes of weights."""
    side = int((megabytes * 1e6 / 4 / LAYERS) ** 0.5)
    random = np.random.default_rng(0)
    shapes = [(3, side), *[(side, side)] * LAYERS, (side, 10)]
    nodes = [
        helper.make_node("GlobalAveragePool", ["image"], ["pooled"]),
        helper.make_node("Flatten", ["pooled"], ["0"]),
    ]
    weights = []
    for number, shape in enumerate(shapes):
        values = random.standard_normal(shape, dtype=np.float32) / side
        weights.append(numpy_helper.from_array(values, f"w{number}"))
        nodes.append(helper.make_node("MatMul", [f"{number}", f"w{number}"], [f"{number + 1}"]))
    graph = helper.make_graph(
        nodes,
        "large",
        [helper.make_tensor_value_info("image", TensorProto.FLOAT, ["n", 3, 32, 32])],
        [helper.make_tensor_value_info(f"{len(shapes)}", TensorProto.FLOAT, ["n", 10])],
        weights,
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=10)
    onnx.save(model, path, save_as_external_data=outside, location=f"{path.name}.data")
    return path


def measure(path: Path, rounds: int) -> tuple[float, float]:
    """Median milliseconds of opening a file and of checking it."""
    jobs: tuple[Callable[[], object], ...] = (
        lambda: onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"]),
        lambda: check_file(path),
    )
    times: list[list[float]] = [[], []]
    for _ in range(rounds):
        for job, kept in zip(jobs, times, strict=True):
            began = time.perf_counter()
            job()
            kept.append(1000 * (time.perf_counter() - began))
    opening, checking = map(statistics.median, times)
    return opening, checking


if __name__ == "__main__":
    main()
