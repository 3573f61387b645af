"""8-bit copies: how they are written, where rounding hurts, and the search that keeps a promise."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from effnet_studio.engine.cancel import CancelToken
from effnet_studio.engine.errors import Cancelled, ExportError
from effnet_studio.engine.evaluation.measures.significance import paired_limits
from effnet_studio.engine.events import Event, Noted, Progress, RecipeTried
from effnet_studio.engine.export.answers import Answers
from effnet_studio.engine.export.certificate.record import INT8_AGREEMENT
from effnet_studio.engine.export.int8.calibration import least_error_range, observe
from effnet_studio.engine.export.int8.judge import Judged, Quantized
from effnet_studio.engine.export.int8.qdq import (
    fusible,
    prepared,
    round_one,
    round_weights,
    rounded_tensors,
    write_qdq,
)
from effnet_studio.engine.export.int8.run_graph import OpenNetwork, open_graph, scores
from effnet_studio.engine.export.int8.search import quantize
from effnet_studio.engine.export.int8.sensitivity import (
    Tuned,
    loudest,
    quietest_split,
    tune_ranges,
    units,
)
from effnet_studio.engine.predict.reject_option import RejectOption, Score, certainty
from tests.engine.export.small_graphs import plain_graph, silu_graph


def some_images(count: int, seed: int = 2) -> np.ndarray:
    return np.random.default_rng(seed).normal(size=(count, 3, 8, 8)).astype(np.float32)


def whole_ranges(proto: onnx.ModelProto, images: np.ndarray) -> dict[str, tuple[float, float]]:
    return {name: (seen.lowest, seen.highest) for name, seen in observe(proto, images).items()}


def run(proto: onnx.ModelProto, images: np.ndarray) -> np.ndarray:
    onnx.checker.check_model(proto, full_check=True)
    return scores(open_graph(proto), images)


def test_that_every_node_of_a_mobile_block_computes_in_8_bits(tmp_path: Path) -> None:
    proto = prepared(silu_graph())
    images = some_images(8)
    nodes = fusible(proto)
    assert nodes == {node.name for node in proto.graph.node}
    copy = write_qdq(proto, whole_ranges(proto, images), nodes)
    assert np.abs(run(copy, images) - run(proto, images)).max() < 0.05
    options = onnxruntime.SessionOptions()
    options.optimized_model_filepath = str(tmp_path / "fused.onnx")
    options.log_severity_level = 3
    onnxruntime.InferenceSession(copy.SerializeToString(), options)
    kinds = [node.op_type for node in onnx.load(tmp_path / "fused.onnx").graph.node]
    assert kinds.count("QLinearConv") == 5
    assert kinds.count("QLinearGlobalAveragePool") == 2
    assert not {"Conv", "Mul", "Sigmoid", "Add", "ReduceMean"} & set(kinds)


def test_that_a_relu_is_joined_to_its_convolution() -> None:
    proto = prepared(plain_graph())
    images = some_images(16, 3)
    assert rounded_tensors(proto, fusible(proto)) == ["input", "relu"]
    copy = write_qdq(proto, whole_ranges(proto, images), fusible(proto))
    exact = run(proto, images)
    error = np.abs(run(copy, images) - exact).max(axis=0) / np.abs(exact).max(axis=0)
    assert error[2] < 0.05  # the large channel


def test_that_nodes_in_32_bits_still_store_their_weights_in_8() -> None:
    proto = prepared(silu_graph())
    before = proto.SerializeToString()
    images = some_images(8)
    copy = write_qdq(proto, {}, set())
    kinds = {node.op_type for node in copy.graph.node}
    assert "QuantizeLinear" not in kinds
    assert "Cast" in kinds
    weights = [c for c in copy.graph.initializer if c.data_type == onnx.TensorProto.INT8]
    assert len(weights) == 6
    np.testing.assert_allclose(run(copy, images), run(proto, images), atol=0.02)
    assert proto.SerializeToString() == before


def test_that_the_bias_makes_up_for_rounded_weights() -> None:
    """Images that are the same everywhere: the mean is all there is."""
    proto = prepared(silu_graph())
    images = np.ones((4, 3, 8, 8), dtype=np.float32)
    means = {name: seen.means for name, seen in observe(proto, images).items()}
    exact = run(proto, images)
    plain = np.abs(run(write_qdq(proto, {}, set()), images) - exact).max()
    mended = np.abs(run(write_qdq(proto, {}, set(), means=means), images) - exact).max()
    assert mended < plain / 3


def test_that_a_dead_channel_keeps_its_bias() -> None:
    """Weights folded with a tiny norm: in their steps the bias would not fit into 32 bits."""
    proto = silu_graph()
    stored = {constant.name: constant for constant in proto.graph.initializer}
    for name, value in (("depthwise", 1e-12), ("depthwise_bias", 3.0)):
        weight = onnx.numpy_helper.to_array(stored[name]).copy()
        weight[2] = value
        stored[name].CopyFrom(onnx.numpy_helper.from_array(weight, name))
    proto, images = prepared(proto), some_images(8)
    copy = write_qdq(proto, whole_ranges(proto, images), fusible(proto))
    assert np.abs(run(copy, images) - run(proto, images)).max() < 0.05


@settings(deadline=None, max_examples=50)
@given(st.integers(0, 1), st.integers(0, 2**32 - 1), st.floats(1e-6, 1e6))
def test_that_rounded_weights_are_off_by_half_a_step_at_most(
    axis: int, seed: int, size: float
) -> None:
    values = (np.random.default_rng(seed).normal(size=(5, 4)) * size).astype(np.float32)
    values[0] = 0
    rounded, scale = round_weights(values, axis)
    assert scale.shape == ((5, 1) if axis == 0 else (1, 4))
    assert (np.abs(rounded * scale - values) <= scale * 0.501).all()


def test_that_the_loudest_tensor_is_found_and_its_range_chosen_by_the_scores() -> None:
    proto = prepared(silu_graph(spike=60.0))
    images = some_images(12)
    seen = observe(proto, images)
    names = rounded_tensors(proto, fusible(proto))
    choices = {
        name: (
            (seen[name].lowest, seen[name].highest / 50),
            (seen[name].lowest, seen[name].highest),
        )
        for name in names
    }
    tuned = tune_ranges(proto, choices, images)
    assert set(tuned.noise) == set(names)
    assert "b" in loudest(tuned.noise, 0.8)
    assert tuned.signal > 0
    exact = run(proto, images)
    changed = 0
    for name in loudest(tuned.noise, 0.8):
        errors = [run(round_one(proto, name, limits), images) - exact for limits in choices[name]]
        noise = [np.square(error - error.mean(axis=1, keepdims=True)).mean() for error in errors]
        assert tuned.ranges[name] == choices[name][int(np.argmin(noise))]
        assert tuned.noise[name] == pytest.approx(min(noise), rel=1e-3)
        changed += int(np.argmin(noise))
    assert changed


def test_that_pieces_end_where_a_single_tensor_holds_everything() -> None:
    proto = prepared(silu_graph())
    pieces = units(proto)
    assert [name for piece in pieces for name in piece] == [node.name for node in proto.graph.node]
    assert [len(piece) for piece in pieces] == [1, 2, 1, 7, 1, 1, 1]  # the block is one


def test_that_the_pieces_around_a_loud_tensor_stay_in_32_bits() -> None:
    proto = prepared(silu_graph())
    names = rounded_tensors(proto, fusible(proto))
    noise = {name: 10.0 if name == "b" else 0.1 for name in names}
    exact = quietest_split(proto, Tuned({}, noise, 1.0), 0.8)
    assert "b" not in rounded_tensors(proto, fusible(proto) - exact)
    everything = quietest_split(proto, Tuned({}, noise, 1.0), 1.0)
    assert rounded_tensors(proto, fusible(proto) - everything) == []


def judged_pictures() -> np.ndarray:
    random = np.random.default_rng(7)
    colours = random.integers(0, 256, (200, 1, 1, 3))
    noise = random.integers(-40, 41, (200, 8, 8, 3))
    return (colours + noise).clip(0, 255).astype(np.uint8)


def normalize(batch: np.ndarray) -> np.ndarray:
    return ((batch.transpose(0, 3, 1, 2).astype(np.float32)) - 128) / 64


def search(
    folder: Path,
    proto: onnx.ModelProto,
    *,
    budget: float = 0.5,
    events: list[Event] | None = None,
    cancel: CancelToken | None = None,
    open_copy: Callable[[Path], OpenNetwork] = open_graph,
    reject: RejectOption | None = None,
) -> Quantized:
    """Labels are the 32-bit answers, so that every other answer is a loss."""
    source = folder / "source.onnx"
    source.write_bytes(proto.SerializeToString())
    pictures = judged_pictures()
    labels = scores(open_graph(proto), normalize(pictures)).argmax(axis=1)
    return quantize(
        source,
        folder,
        normalize(pictures[:32]),
        Judged(pictures, labels, normalize, reject),
        metadata={"about": "a test"},
        budget_points=budget,
        on_event=(events if events is not None else []).append,
        cancel=cancel,
        open_copy=open_copy,
    )


def test_that_the_search_stops_at_the_first_recipe_that_keeps_the_promise(tmp_path: Path) -> None:
    events: list[Event] = []
    made = search(tmp_path, silu_graph(), budget=5.0, events=events)
    assert made.recipe == "least-error"
    assert made.kept_promise
    (attempt,) = made.attempts
    assert attempt.images == 200
    assert attempt.loss <= 0.05
    assert attempt.loss_low < attempt.loss < attempt.loss_high
    assert attempt.accuracy == 1 - attempt.loss
    assert attempt.batch == 32
    assert min(attempt.speed_up, attempt.batch_speed_up, attempt.float_bytes) > 0
    assert attempt.bytes == made.file.stat().st_size
    assert sum(isinstance(event, Noted) for event in events) == 1
    (tried,) = [event for event in events if isinstance(event, RecipeTried)]
    assert {name: getattr(attempt, name) for name in vars(tried)} == vars(tried)
    assert any(isinstance(event, Progress) for event in events)


def test_that_a_harder_graph_makes_it_go_on_to_safer_recipes(tmp_path: Path) -> None:
    made = search(tmp_path, silu_graph(spike=2000.0), budget=0.0)
    names = [attempt.recipe for attempt in made.attempts]
    everything = ["least-error", "tuned", "tuned-50", "tuned-75", "tuned-90", "tuned-95", "weights"]
    assert names == everything[: len(names)]
    assert len(names) > 2
    kept = [attempt.kept_promise for attempt in made.attempts]
    assert not any(kept[:-1])
    best = max(
        made.attempts, key=lambda one: (one.kept_promise, -max(one.loss, 0.0), one.agreement)
    )
    assert made.recipe == best.recipe
    assert made.kept_promise is best.kept_promise


@pytest.mark.parametrize("score", list(Score))
def test_that_a_copy_must_say_none_of_these_where_the_model_does(
    tmp_path: Path, score: Score
) -> None:
    """The limit stands where half of the images are: rounding moves many over it."""
    proto, images = silu_graph(spike=2000.0), normalize(judged_pictures())
    exact = scores(open_graph(proto), images)
    limit = float(np.median(certainty(exact, score)))
    reject = RejectOption(score, limit, 0.5, 1.0, 200, "1", "w")
    folders = [tmp_path / "without", tmp_path / "with"]
    for folder in folders:
        folder.mkdir()
    without = search(folders[0], proto, budget=100.0).attempts
    with_limit = search(folders[1], proto, budget=100.0, reject=reject).attempts
    assert len(with_limit) >= len(without)
    for attempt in with_limit:
        found = scores(open_graph(folders[1] / f"{attempt.recipe}.onnx"), images)
        wanted = Answers.of(found, reject).same(Answers.of(exact, reject)).mean()
        assert attempt.agreement == pytest.approx(wanted)
        assert attempt.kept_promise is (attempt.agreement >= INT8_AGREEMENT)
    assert with_limit[0].agreement < without[0].agreement


def test_that_the_search_comes_to_the_same_file_again(tmp_path: Path) -> None:
    files = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        files.append(search(tmp_path / name, silu_graph(spike=2000.0), budget=0.0).file)
    assert files[0].name == files[1].name
    assert files[0].read_bytes() == files[1].read_bytes()


def test_that_copies_are_judged_in_the_program_they_are_made_for(tmp_path: Path) -> None:
    """One that turns the scores around, so that no copy has the right answer in it."""
    opened: list[str] = []

    def other_program(file: Path) -> OpenNetwork:
        opened.append(file.name)
        network = open_graph(file)
        return lambda images: -network(images)

    made = search(tmp_path, silu_graph(), budget=5.0, open_copy=other_program)
    assert opened == [f"{attempt.recipe}.onnx" for attempt in made.attempts]
    assert len(opened) == 7
    assert not made.kept_promise
    assert max(attempt.agreement for attempt in made.attempts) == 0


def test_that_a_network_with_damaged_weights_is_refused(tmp_path: Path) -> None:
    proto = silu_graph()
    for constant in proto.graph.initializer:
        if constant.name == "project":
            values = onnx.numpy_helper.to_array(constant).copy()
            values[0] = np.nan
            constant.CopyFrom(onnx.numpy_helper.from_array(values, "project"))
    with pytest.raises(ExportError, match="numbers"):
        search(tmp_path, proto)
    assert [file.name for file in tmp_path.iterdir()] == ["source.onnx"]


def test_that_the_search_can_be_stopped(tmp_path: Path) -> None:
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(Cancelled):
        search(tmp_path, silu_graph(), cancel=cancel)
    assert [file.name for file in tmp_path.iterdir()] == ["source.onnx"]


def test_that_the_interval_of_a_loss_is_that_of_the_paper() -> None:
    """Agresti and Min's way by hand, for 16 and 4 changed answers among 98."""
    low, high = paired_limits(16, 4, 98)
    assert low == pytest.approx(0.12 - 1.959964 * np.sqrt(0.21 - 0.0144) / 10)
    assert high == pytest.approx(0.12 + 1.959964 * np.sqrt(0.21 - 0.0144) / 10)


@given(st.integers(0, 50), st.integers(0, 50), st.integers(0, 10_000))
def test_that_the_interval_has_a_width_and_stays_among_shares(
    lost: int, won: int, same: int
) -> None:
    images = max(1, lost + won + same)
    low, high = paired_limits(lost, won, images)
    assert -1 <= low < high <= 1
    mirrored = paired_limits(won, lost, images)
    assert (low, high) == pytest.approx((-mirrored[1], -mirrored[0]))


def test_that_unused_ranges_are_not_needed() -> None:
    """The scores are never rounded, so nobody has to know their range."""
    proto = prepared(plain_graph())
    seen = observe(proto, some_images(4))
    names = rounded_tensors(proto, fusible(proto))
    ranges = {name: least_error_range(seen[name]) for name in names}
    assert "logits" not in ranges
    run(write_qdq(proto, ranges, fusible(proto)), some_images(4))
