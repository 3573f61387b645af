"""Time and memory of one training step: number formats, memory layouts, frozen stages.

    python tests/benchmarks/bench_step.py [--model efficientnet_b0] [--size 224] [--batch 8 32]
    pytest -m benchmark -s tests/benchmarks/bench_step.py

Every case runs in a process of its own, so that its peak memory is its own. CPU time is printed
beside wall time, as it hardly depends on what else the machine is doing.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import time
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

import pytest
import torch

from effnet_studio.engine.models.build import (
    build_model,
    forward_split,
    freeze_stages,
    set_train_mode,
)
from effnet_studio.engine.models.catalog import get_spec
from effnet_studio.engine.training.compiling import CompiledForward
from effnet_studio.engine.training.config import Precision, make_config
from effnet_studio.engine.training.optim import make_optimizer
from effnet_studio.engine.training.precision import ShortFormats, plan_precision

if TYPE_CHECKING:
    from collections.abc import Sequence

pytestmark = pytest.mark.benchmark

CPU = torch.device("cpu")


@dataclass(frozen=True)
class Case:
    """What is measured.

    Attributes:
        title: For the table.
        layout: ``first`` or ``last``: where the channels are in memory.
        precision: ``fp32``, ``mixed`` (where it gains) or ``autocast`` (everything torch thinks).
        freeze: Frozen stages.
        compiled: Translated with torch.compile, which takes the first step.
    """

    title: str
    layout: str = "last"
    precision: str = "fp32"
    freeze: int = 0
    compiled: bool = False
    model: str = "efficientnet_b0"
    size: int = 224
    batch: int = 8
    threads: int = 1
    steps: int = 3


CASES = (
    Case("fp32, channels first", layout="first"),
    Case("fp32, channels last"),
    Case("bf16 autocast, channels last", precision="autocast"),
    Case("bf16 selective, channels last", precision="mixed"),
    Case("3 stages frozen, fp32, channels first", layout="first", freeze=3),
    Case("3 stages frozen, fp32, channels last", freeze=3),
    Case("3 stages frozen, bf16 selective", precision="mixed", freeze=3),
    Case("all stages frozen, bf16 selective", precision="mixed", freeze=20),
)

COMPILED = (
    Case("fp32, compiled", compiled=True),
    Case("bf16 selective, compiled", precision="mixed", compiled=True),
)
"""With ``--compiled`` too: a minute each, and a compiler is needed."""


def measure(case: Case) -> dict[str, float]:
    """Take a few steps on random pictures.

    Returns:
        Medians in milliseconds and the growth of the process's peak memory in MiB.
    """
    torch.set_num_threads(case.threads)
    spec = get_spec(case.model)
    torch.manual_seed(0)
    model = build_model(spec, 10)
    pictures = torch.randn(case.batch, 3, case.size, case.size)
    labels = torch.randint(0, 10, (case.batch,))
    if case.layout == "last":
        model = model.to(memory_format=torch.channels_last)
        pictures = pictures.to(memory_format=torch.channels_last)
    freeze_stages(model, spec, case.freeze)
    set_train_mode(model, spec, case.freeze)
    split = forward_split(model, spec, case.freeze)
    compiled = CompiledForward(model, spec)
    wanted = Precision.MIXED if case.precision == "mixed" else Precision.FP32
    plan = plan_precision(wanted, CPU)
    formats = ShortFormats(model, CPU, plan)
    optimizer = make_optimizer(model, make_config(optimizer="sgd", learning_rate=1e-3))
    before = peak_memory()
    walls, works = [], []
    for _ in range(case.steps + 1):
        wall, work = time.perf_counter(), time.process_time()
        with (
            formats.used(),
            torch.autocast("cpu", torch.bfloat16, enabled=case.precision == "autocast"),
        ):
            if case.compiled:
                logits = compiled(pictures, case.freeze)
            else:
                logits = split.rest(split.trunk(pictures))
        torch.nn.functional.cross_entropy(logits.float(), labels).backward()
        optimizer.step()
        optimizer.zero_grad()
        walls.append(time.perf_counter() - wall)
        works.append(time.process_time() - work)
    return {
        "wall_ms": 1000 * statistics.median(walls[1:]),
        "cpu_ms": 1000 * statistics.median(works[1:]),
        "first_ms": 1000 * walls[0],
        "memory_mib": peak_memory() - before,
    }


def peak_memory() -> float:
    """Highest resident memory of this process so far, MiB."""
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 2**20 if sys.platform == "darwin" else peak / 2**10


def compare(
    model: str, size: int, batch: int, threads: int, cases: Sequence[Case] = CASES
) -> dict[str, dict[str, float]]:
    """Measure all cases, each in a process of its own, and print them."""
    print(f"\n{model} at {size} px, batch {batch}, {threads} threads")
    results = {}
    for case in cases:
        own = {**asdict(case), "model": model, "size": size, "batch": batch, "threads": threads}
        process = subprocess.run(
            [sys.executable, __file__, "--case", json.dumps(own)],
            check=True,
            capture_output=True,
            text=True,
        )
        result = results[case.title] = json.loads(process.stdout)
        print(
            f"{case.title:40} {result['wall_ms']:8.0f} ms  {result['cpu_ms']:8.0f} ms CPU  "
            f"{1000 * batch / result['cpu_ms']:6.1f} images/CPU s  "
            f"{result['memory_mib']:6.0f} MiB  first step {result['first_ms'] / 1000:.1f} s",
            flush=True,
        )
    return results


def test_that_freezing_saves_time_and_memory() -> None:
    results = compare("efficientnet_b0", 128, 8, 1)
    whole = results["fp32, channels last"]
    frozen = results["3 stages frozen, fp32, channels last"]
    assert frozen["cpu_ms"] < 0.9 * whole["cpu_ms"]
    assert frozen["memory_mib"] < 0.8 * whole["memory_mib"]


def main() -> None:
    """Print the table, or measure one case for it."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--model", default="efficientnet_b0")
    parser.add_argument("--size", type=int, default=224)
    parser.add_argument("--batch", type=int, nargs="+", default=[8, 32])
    parser.add_argument("--threads", type=int, default=torch.get_num_threads())
    parser.add_argument("--compiled", action="store_true", help="translated networks too")
    parser.add_argument("--case", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.case:
        print(json.dumps(measure(Case(**json.loads(given.case)))))
        return
    for batch in given.batch:
        cases = (*CASES, *(COMPILED if given.compiled else ()))
        compare(given.model, given.size, batch, given.threads, cases)


if __name__ == "__main__":
    main()
