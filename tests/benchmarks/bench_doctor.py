"""How fast this computer is, as a row for ``effnet_studio/engine/doctor/references.py``.

    python -m tests.benchmarks.bench_doctor [--json] [--device cuda] [--times 3]

Measures as the doctor does, several times over, and prints the medians. Or ``pytest -m benchmark -s
tests/benchmarks/bench_doctor.py``.
"""

from __future__ import annotations

import argparse
import json
import statistics

import pytest

from effnet_studio.engine.device import cpu_cores, cpu_name, yield_while_waiting

pytestmark = pytest.mark.benchmark


def measure(device: str, times: int) -> dict[str, object]:
    """Medians of several measurements, and what computer it is."""
    from effnet_studio.engine.doctor.speed import measure_speed

    found = [measure_speed(device=device) for _ in range(times)]
    names = ("predict", "train_frozen", "train")
    rates = {name: statistics.median(getattr(each, name) for each in found) for name in names}
    first = found[0]
    return {
        **{name: float(f"{rate:.3g}") for name, rate in rates.items()},
        "device": first.device,
        "kind": first.kind,
        "batch": first.batch,
        "processor": f"{cpu_name()}, {cpu_cores()} cores",
        "measured": f"{first.measured[:7]}, PyTorch {first.torch}",
    }


def test_that_this_computer_has_figures() -> None:
    row = measure("auto", 1)
    print(json.dumps(row, indent=2))
    assert row["train"]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="one JSON document")
    parser.add_argument("--device", default="auto")
    parser.add_argument("--times", type=int, default=3)
    chosen = parser.parse_args()
    yield_while_waiting()
    figures = measure(chosen.device, chosen.times)
    if chosen.json:
        print(json.dumps(figures, indent=2))
    else:
        for key, value in figures.items():
            print(f"{key:14} {value}")
