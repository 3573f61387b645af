"""Results on disk: merged, marked when old, begun anew when damaged."""

from __future__ import annotations

import dataclasses
import json
import statistics
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from effnet_studio.engine.benchmark.plan import Runtime, make_plan
from effnet_studio.engine.benchmark.results import (
    Measurement,
    Timing,
    Versions,
    is_old,
    load_results,
    results_file,
    save_results,
    this_machine,
    timing,
)
from effnet_studio.engine.errors import ConfigError, ModelError, StorageError

HERE = Versions(torch="2.13.0", onnxruntime="1.31.0")


def measurement(model: str = "resnet18", seconds: float = 0.01, **changes: object) -> Measurement:
    made = Measurement(
        model=model,
        size=224,
        runtime=Runtime.ONNX,
        device="cpu",
        latency=Timing(seconds, seconds, seconds, 5, 1),
        memory=90_000_000,
        throughput=None,
        train=None,
        train_frozen=None,
        train_memory=None,
        versions=HERE,
        measured="2026-01-01T00:00:00+00:00",
    )
    return dataclasses.replace(made, **changes)  # type: ignore[arg-type]


def test_that_what_is_saved_is_read_again() -> None:
    kept = measurement(throughput=Timing(0.004, 0.003, 0.005, 3, 32))
    save_results([kept])
    assert load_results().measurements == (kept,)
    assert load_results().machine == this_machine()


def test_that_a_new_measurement_takes_the_place_of_the_same_variant_only() -> None:
    first, other = measurement(seconds=0.01), measurement("resnet50", 0.04)
    save_results([first, other])
    save_results([measurement(size=64), measurement(runtime=Runtime.INT8)])
    results = save_results([measurement(seconds=0.02)])

    assert len(results.measurements) == 4
    assert results.measurements[0].latency.median == 0.02
    assert results.measurements[1] == other
    assert load_results() == results


def test_that_what_was_timed_before_is_kept_unless_the_libraries_changed() -> None:
    step = Timing(0.1, 0.1, 0.1, 3, 16)
    save_results([measurement(train=step)])
    assert save_results([measurement()]).measurements[0].train == step
    newer = dataclasses.replace(HERE, torch="2.14.0")
    assert save_results([measurement(versions=newer)]).measurements[0].train is None


@pytest.mark.parametrize("damage", [b"", b"{", b'{"machine": 3}', b"\xff\xfe\x00", b"[]"])
def test_that_a_damaged_file_is_begun_anew(damage: bytes) -> None:
    file = results_file()
    file.parent.mkdir(parents=True)
    file.write_bytes(damage)
    assert load_results().measurements == ()
    save_results([measurement()])
    assert load_results().measurements == (measurement(),)


def test_that_another_computers_results_are_not_taken_for_these() -> None:
    save_results([measurement()])
    document = json.loads(results_file().read_text(encoding="utf-8"))
    document["machine"]["processor"] = "Another"
    results_file().write_text(json.dumps(document), encoding="utf-8")
    assert load_results().measurements == ()


def test_that_every_computer_has_a_file_of_its_own() -> None:
    here = this_machine()
    others = [
        dataclasses.replace(here, processor="X"),
        dataclasses.replace(here, cores=here.cores + 1),
        dataclasses.replace(here, memory=here.memory + 1),
        dataclasses.replace(here, system="X"),
    ]
    assert len({results_file(machine) for machine in (here, *others)}) == 5
    assert results_file() == results_file(here)


def test_that_only_the_library_that_computes_makes_a_measurement_old() -> None:
    newer = dataclasses.replace(HERE, torch="2.14.0")
    assert is_old(measurement(runtime=Runtime.TORCH), newer)
    assert is_old(measurement(runtime=Runtime.MIXED), newer)
    assert not is_old(measurement(runtime=Runtime.ONNX), newer)
    assert is_old(measurement(), dataclasses.replace(HERE, onnxruntime="1.32.0"))


def test_that_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StorageError):
        save_results([measurement()], tmp_path / "file" / "results.json")


@given(st.lists(st.floats(1e-6, 1e3), min_size=1, max_size=30))
def test_that_the_median_lies_between_the_quartiles(seconds: list[float]) -> None:
    found = timing(seconds, 1)
    assert min(seconds) <= found.low <= found.median <= found.high <= max(seconds)
    assert found.median == pytest.approx(statistics.median(seconds))
    assert found.repeats == len(seconds)


def test_that_a_plan_knows_scaled_networks_and_drops_repeats() -> None:
    scaled = "efficientnet_w1.2_d1.4_r300"
    plan = make_plan([scaled, "resnet18", "ResNet18"], runtimes=["onnx", Runtime.ONNX])
    assert [(each.model, each.size) for each in plan.variants] == [(scaled, 300), ("resnet18", 224)]
    assert make_plan(["resnet18"], size=64).variants[0].size == 64


@pytest.mark.parametrize(
    "wish",
    [
        {"models": []},
        {"runtimes": ()},
        {"runtimes": ["openvino"]},
        {"size": 8},
        {"size": 5000},
        {"budget": 0},
        {"budget": float("nan")},
    ],
)
def test_that_a_senseless_plan_is_refused(wish: dict[str, object]) -> None:
    with pytest.raises(ConfigError):
        make_plan(**{"models": ["resnet18"], **wish})  # type: ignore[arg-type]


def test_that_an_unknown_model_is_refused() -> None:
    with pytest.raises(ModelError):
        make_plan(["resnet19"])
