"""Ways to run the frozen part of a network: seconds to prepare, time of a batch, distance.

    python tests/benchmarks/bench_trunk.py [--models efficientnet_b0 ...] [--sizes 224 128]
    pytest -m benchmark -s tests/benchmarks/bench_trunk.py

The ways take turns, so that whatever else the computer does hits all alike; the least time of the
rounds is printed. The distance is that from double precision, relative to the length of the maps.
"""

from __future__ import annotations

import argparse
import copy
import os
import time
from typing import TYPE_CHECKING

os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")  # as the program itself does, before torch

import pytest
import torch
from torch import Tensor, nn

from effnet_studio.engine.models import fast_trunk
from effnet_studio.engine.models.build import build_model, forward_split, stage_modules
from effnet_studio.engine.models.catalog import get_spec
from effnet_studio.engine.models.fast_trunk import onnx_trunk, relative_error
from effnet_studio.engine.models.folding import fold_norms

if TYPE_CHECKING:
    from collections.abc import Callable

    Run = Callable[[Tensor], Tensor]

pytestmark = pytest.mark.benchmark

MODELS = ("efficientnet_b0", "resnet18", "mobilenet_v3_small")


def network(name: str) -> nn.Module:
    """With random weights and statistics that fit them."""
    torch.manual_seed(0)
    model = build_model(get_spec(name), 10).train()
    for module in model.modules():
        if isinstance(module, nn.BatchNorm2d):
            module.momentum = None
    with torch.no_grad():
        model(torch.randn(8, 3, 96, 96))
    return model.eval()


def whole_batch(run: Run) -> Run:
    """The runtime with all pictures at once."""

    def wide(inputs: Tensor) -> Tensor:
        before, fast_trunk.AT_A_TIME = fast_trunk.AT_A_TIME, len(inputs)  # type: ignore[misc]
        try:
            return run(inputs)
        finally:
            fast_trunk.AT_A_TIME = before  # type: ignore[misc]

    return wide


def ways(name: str, size: int) -> dict[str, tuple[float, Run]]:
    """Seconds to prepare, and what then runs."""
    spec, model = get_spec(name), network(name)
    example, plain = torch.randn(2, 3, size, size), forward_split(model, spec, 99)
    last = copy.deepcopy(model).to(memory_format=torch.channels_last)  # type: ignore[call-overload]
    began = time.perf_counter()
    folded = fold_norms(last, example.to(memory_format=torch.channels_last))
    folding = time.perf_counter() - began
    began = time.perf_counter()
    runtime = onnx_trunk([module for stage in stage_modules(model, spec) for module in stage])
    assert runtime is not None
    preparing = time.perf_counter() - began
    return {
        "PyTorch, channels first": (0.0, lambda x: plain.trunk(x.contiguous())),
        "PyTorch, channels last": (0.0, forward_split(last, spec, 99).trunk),
        "PyTorch, last, norms folded": (folding, forward_split(folded, spec, 99).trunk),
        "onnxruntime, whole batch": (preparing, whole_batch(runtime)),
        f"onnxruntime, {fast_trunk.AT_A_TIME} at a time": (preparing, runtime),
    }


def compare(name: str, size: int, *, batch: int, rounds: int) -> dict[str, float]:
    """Print all ways for a network.

    Returns:
        Seconds of a batch.
    """
    spec = get_spec(name)
    pictures = torch.randn(batch, 3, size, size)
    exact = forward_split(network(name).double(), spec, 99).trunk(pictures[:2].double())
    pictures = pictures.to(memory_format=torch.channels_last)
    chosen = ways(name, size)
    best = dict.fromkeys(chosen, float("inf"))
    for _ in range(rounds + 1):
        for title, (_, run) in chosen.items():
            began = time.perf_counter()
            run(pictures)
            best[title] = min(best[title], time.perf_counter() - began)
    print(f"\n{name} at {size} px, batch {batch}, {torch.get_num_threads()} threads")
    first = best["PyTorch, channels first"]
    for title, (preparing, run) in chosen.items():
        error = relative_error(run(pictures[:2]).double(), exact)
        print(
            f"{title:30} {1000 * best[title]:7.0f} ms  {first / best[title]:4.1f}×  "
            f"prepared in {preparing:4.2f} s  distance {error:.0e}",
            flush=True,
        )
    return best


@pytest.mark.parametrize("name", MODELS)
def test_that_the_runtime_beats_the_plain_network(name: str) -> None:
    best = compare(name, 128, batch=16, rounds=3)
    assert best["onnxruntime, 4 at a time"] < best["PyTorch, channels last"]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--models", nargs="+", default=list(MODELS))
    parser.add_argument("--sizes", type=int, nargs="+", default=[224, 128])
    parser.add_argument("--batch", type=int, default=32)
    parser.add_argument("--rounds", type=int, default=4)
    parser.add_argument("--threads", type=int, default=torch.get_num_threads())
    given = parser.parse_args()
    torch.set_num_threads(given.threads)
    for name in given.models:
        for size in given.sizes:
            compare(name, size, batch=given.batch, rounds=given.rounds)


if __name__ == "__main__":
    main()
