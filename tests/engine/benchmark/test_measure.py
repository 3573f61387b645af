"""The real measuring, small: its figures, its memory, how it is stopped and how it fails."""

from __future__ import annotations

import threading
import time
from multiprocessing import active_children
from pathlib import Path

import pytest

from effnet_studio.engine.benchmark import measure as measuring
from effnet_studio.engine.benchmark.measure import MOST_REPEATS, measure
from effnet_studio.engine.benchmark.plan import Runtime, make_plan
from effnet_studio.engine.benchmark.results import load_results
from effnet_studio.engine.cancel import CancelToken
from effnet_studio.engine.errors import Cancelled, ModelError
from effnet_studio.engine.events import Event, Noted, Progress, Stage, Warned
from tests.engine.answering import refusing

SMALL = "mobilenet_v3_small"
SCALED = "efficientnet_w0.25_d0.25_r64"


def test_that_every_runtime_is_measured_in_a_process_of_its_own(tmp_path: Path) -> None:
    events: list[Event] = []
    file = tmp_path / "results.json"
    plan = make_plan([SMALL], size=64, budget=6)
    results = measure(plan, file=file, on_event=events.append)

    found = {each.runtime: each for each in results.measurements}
    notes = [event for event in events if isinstance(event, Noted)]
    assert set(found) == set(Runtime) or (set(found) == set(Runtime) - {Runtime.MIXED} and notes)
    for runtime, each in found.items():
        assert 1 <= each.latency.repeats <= MOST_REPEATS
        assert 0 < each.latency.low <= each.latency.median <= each.latency.high < 5
        assert each.latency.batch == 1
        if not runtime.trains:
            assert each.train is each.train_frozen is None
    assert found[Runtime.TORCH].throughput is not None
    memory = {runtime: each.memory or 0 for runtime, each in found.items()}
    # A process with onnxruntime does not hold PyTorch's library too.
    assert 0 < memory[Runtime.ONNX] < 0.7 * memory[Runtime.TORCH]
    assert load_results(file) == results
    last = [event for event in events if isinstance(event, Progress)][-1]
    assert last.stage is Stage.BENCHMARK
    assert last.done == last.total
    assert last.unit == "seconds"
    done = [event.done for event in events if isinstance(event, Progress)]
    assert done == sorted(done)
    assert active_children() == []


def test_that_training_is_timed_whole_and_frozen(tmp_path: Path) -> None:
    plan = make_plan([SCALED], runtimes=[Runtime.TORCH], budget=4)
    (found,) = measure(plan, file=tmp_path / "results.json").measurements
    assert found.size == 64
    assert found.train is not None
    assert found.train_frozen is not None
    assert found.train.median > found.latency.median / 32
    assert found.train_memory is not None
    assert found.memory is not None
    assert found.train_memory >= found.memory


def test_that_it_can_be_stopped_at_once_and_leaves_no_process(tmp_path: Path) -> None:
    token = CancelToken()
    timer = threading.Timer(1.0, token.cancel)
    began = time.monotonic()
    timer.start()
    with pytest.raises(Cancelled):
        measure(make_plan(["resnet50"]), file=tmp_path / "results.json", cancel=token)
    timer.join()
    assert time.monotonic() - began < 10
    assert active_children() == []
    assert not (tmp_path / "results.json").exists()


def test_that_a_model_that_cannot_be_prepared_is_tried_once_and_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    events: list[Event] = []
    monkeypatch.setattr(measuring, "preparing", refusing)
    with pytest.raises(ModelError, match="Nothing could be measured"):
        measure(make_plan([SMALL], size=64), file=tmp_path / "r.json", on_event=events.append)
    warnings = [event for event in events if isinstance(event, Warned)]
    assert len(warnings) == 1
    assert "no room for files" in str(warnings[0].message)
    assert not (tmp_path / "r.json").exists()
