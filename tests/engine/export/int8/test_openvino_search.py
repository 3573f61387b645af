"""8-bit graphs for OpenVINO: where they round, and the search that keeps a promise."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import onnx
import pytest
from onnx import numpy_helper

from effnet_studio.engine.cancel import CancelToken
from effnet_studio.engine.errors import Cancelled
from effnet_studio.engine.events import Event, Noted
from effnet_studio.engine.export.export import export_model
from effnet_studio.engine.export.int8.calibration import observe
from effnet_studio.engine.export.int8.judge import Judged, Quantized
from effnet_studio.engine.export.int8.openvino_qdq import (
    channel_ranges,
    depthwise_tensors,
    read_tensors,
    rounded_nodes,
    write_openvino_qdq,
)
from effnet_studio.engine.export.int8.openvino_search import (
    quantize_openvino,
)
from effnet_studio.engine.export.int8.qdq import prepared, rounding_pair
from effnet_studio.engine.export.int8.run_graph import open_graph, scores
from effnet_studio.engine.export.openvino_door import load_openvino, unavailable
from effnet_studio.engine.export.runtimes.openvino_ir import compile_exactly, open_openvino
from effnet_studio.engine.predict.onnx_metadata import write_metadata
from effnet_studio.engine.preprocess import Preprocess
from tests.engine.export.small_graphs import plain_graph, silu_graph

if TYPE_CHECKING:
    from pathlib import Path

    from tests.engine.export.conftest import Exported

needs_openvino = pytest.mark.skipif(unavailable() is not None, reason="OpenVINO is not installed")


def some_images(count: int, seed: int = 2, size: int = 8) -> np.ndarray:
    return np.random.default_rng(seed).normal(size=(count, 3, size, size)).astype(np.float32)


def whole_ranges(proto: onnx.ModelProto, images: np.ndarray) -> dict[str, tuple[float, float]]:
    return {name: (seen.lowest, seen.highest) for name, seen in observe(proto, images).items()}


def error_of(copy: onnx.ModelProto, proto: onnx.ModelProto, images: np.ndarray) -> float:
    """Largest difference of the scores, as onnxruntime understands the copy."""
    onnx.checker.check_model(copy, full_check=True)
    exact = scores(open_graph(proto), images)
    return float(np.abs(scores(open_graph(copy), images) - exact).max())


def test_that_only_what_convolutions_read_is_rounded() -> None:
    proto = prepared(silu_graph())
    before = proto.SerializeToString()
    nodes = rounded_nodes(proto)
    assert read_tensors(proto, nodes) == ["input", "b", "d", "features"]
    assert depthwise_tensors(proto, nodes) == ["b"]
    images = some_images(8)
    copy = write_openvino_qdq(proto, whole_ranges(proto, images), nodes)
    assert error_of(copy, proto, images) < 0.05
    assert proto.SerializeToString() == before
    kinds = [node.op_type for node in copy.graph.node]
    assert kinds.count("QuantizeLinear") == 4


def test_that_weights_are_stored_in_8_bits_even_where_nothing_is_rounded() -> None:
    proto = prepared(silu_graph())
    copy = write_openvino_qdq(proto, {}, set())
    assert "QuantizeLinear" not in {node.op_type for node in copy.graph.node}
    stored = [numpy_helper.to_array(constant) for constant in copy.graph.initializer]
    assert sum(values.dtype == np.int8 for values in stored) == 6
    assert error_of(copy, proto, some_images(8)) < 0.02


def test_that_the_bias_makes_up_for_rounded_weights() -> None:
    """Images that are the same everywhere: the mean is all there is."""
    proto = prepared(silu_graph())
    images = np.ones((4, 3, 8, 8), dtype=np.float32)
    means = {name: seen.means for name, seen in observe(proto, images).items()}
    plain = error_of(write_openvino_qdq(proto, {}, set()), proto, images)
    mended = error_of(write_openvino_qdq(proto, {}, set(), means=means), proto, images)
    assert mended < plain / 3


def test_that_channels_of_their_own_ranges_survive_a_loud_one() -> None:
    proto = prepared(silu_graph(spike=500.0))
    nodes, images = rounded_nodes(proto), some_images(60)
    ranges = whole_ranges(proto, images)
    channels = channel_ranges(proto, ["b"], images, CancelToken())
    low, high = channels["b"]
    assert low.shape == high.shape == (6,)
    assert high.max() > 50 * np.median(high)
    one = error_of(write_openvino_qdq(proto, ranges, nodes), proto, images)
    each = error_of(write_openvino_qdq(proto, {**ranges, **channels}, nodes), proto, images)
    assert each < one / 2


def test_that_dead_channels_have_steps_too() -> None:
    proto = silu_graph()
    for constant in proto.graph.initializer:
        if constant.name in {"stem", "stem_bias"}:
            values = numpy_helper.to_array(constant).copy()
            values[1] = 0
            constant.CopyFrom(numpy_helper.from_array(values, constant.name))
    proto = prepared(proto)
    ranges = channel_ranges(proto, ["b"], some_images(8), CancelToken())
    constants, _ = rounding_pair("b", ranges["b"])
    step, zero = (numpy_helper.to_array(constant) for constant in constants)
    assert step.shape == zero.shape == (6,)
    assert step.min() > 1e-7
    assert zero.dtype == np.uint8


def test_that_watching_channels_can_be_stopped() -> None:
    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        channel_ranges(prepared(silu_graph()), ["b"], some_images(8), token)


@needs_openvino
def test_that_openvino_joins_activation_and_rounding_to_the_convolution() -> None:
    """One rounding is left on its own: that of the images."""
    proto = prepared(silu_graph())
    images = some_images(8)
    ranges = whole_ranges(proto, images)
    copy = write_openvino_qdq(
        proto,
        {**ranges, **channel_ranges(proto, ["b"], images, CancelToken())},
        rounded_nodes(proto),
    )
    model = load_openvino().Core().read_model(copy.SerializeToString())
    compiled = compile_exactly(model, threads=1)
    exact = scores(open_graph(proto), images)
    assert np.abs(compiled(images)[0] - exact).max() < 0.05
    facts = [node.get_rt_info() for node in compiled.get_runtime_model().get_ops()]
    kinds = [
        (fact["layerType"].astype(str), fact["runtimePrecision"].astype(str)) for fact in facts
    ]
    assert ("Convolution", "u8") in kinds
    assert sum(kind == "FakeQuantize" for kind, _ in kinds) <= 2


SIZE = 16


def sized(proto: onnx.ModelProto) -> onnx.ModelProto:
    """The graph of 8 × 8 images for those of the smallest size that the app knows."""
    for side in proto.graph.input[0].type.tensor_type.shape.dim[2:]:
        side.dim_value = SIZE
    del proto.graph.value_info[:]
    inferred: onnx.ModelProto = onnx.shape_inference.infer_shapes(proto)
    return inferred


def search(
    folder: Path,
    proto: onnx.ModelProto,
    *,
    budget: float = 0.5,
    events: list[Event] | None = None,
    cancel: CancelToken | None = None,
) -> Quantized:
    """Labels are the 32-bit answers, so that every other answer is a loss."""
    proto = sized(proto)
    source = folder / "source.onnx"
    source.write_bytes(proto.SerializeToString())
    random = np.random.default_rng(7)
    colors = random.integers(0, 256, (200, 1, 1, 3))
    noise = random.integers(-60, 60, (200, SIZE, SIZE, 3))
    pictures = (colors + noise).clip(0, 255).astype(np.uint8)
    rule = Preprocess(size=SIZE, resize=SIZE, interpolation="bilinear")
    labels = scores(open_graph(proto), rule.normalize(pictures)).argmax(axis=1)
    assert len(np.unique(labels)) > 1
    classes = [f"class {number}" for number in range(3)]
    return quantize_openvino(
        source,
        folder,
        rule.normalize(pictures[:32]),
        Judged(pictures, labels, rule.normalize),
        metadata=write_metadata(classes=classes, preprocess=rule, model="m", app_version="1"),
        budget_points=budget,
        on_event=(events if events is not None else []).append,
        cancel=cancel,
    )


@needs_openvino
def test_that_the_search_stops_at_the_first_recipe_that_keeps_the_promise(tmp_path: Path) -> None:
    events: list[Event] = []
    made = search(tmp_path, silu_graph(), budget=5.0, events=events)
    assert made.recipe == "least-error"
    assert made.kept_promise
    (attempt,) = made.attempts
    assert attempt.images == 200
    assert attempt.accuracy == 1 - attempt.loss
    assert min(attempt.speed_up, attempt.batch_speed_up, attempt.float_bytes) > 0
    files = [made.file, made.file.with_suffix(".bin")]
    assert attempt.bytes == sum(file.stat().st_size for file in files)
    assert sum(isinstance(event, Noted) for event in events) == 1
    runtime = open_openvino(made.file)
    assert runtime.notes.preprocess.size == SIZE
    answer = runtime.answer(np.full((SIZE, SIZE, 3), 90, dtype=np.uint8))
    assert answer.probabilities.sum() == pytest.approx(1, abs=1e-5)


@needs_openvino
def test_that_a_harder_graph_makes_it_go_on_to_safer_recipes(tmp_path: Path) -> None:
    made = search(tmp_path, silu_graph(spike=2000.0), budget=0.0)
    names = [attempt.recipe for attempt in made.attempts]
    everything = ["least-error", "channels", "channels-50", "channels-75", "channels-90", "weights"]
    assert [name for name in everything if name in names] == names
    assert len(names) > 1
    assert not any(attempt.kept_promise for attempt in made.attempts[:-1])
    agreement = {attempt.recipe: attempt.agreement for attempt in made.attempts}
    assert agreement["channels"] > agreement["least-error"]
    best = max(
        made.attempts, key=lambda one: (one.kept_promise, -max(one.loss, 0.0), one.agreement)
    )
    assert made.recipe == best.recipe


@needs_openvino
def test_that_a_network_without_depthwise_convolutions_has_no_recipe_for_them(
    tmp_path: Path,
) -> None:
    proto = plain_graph()
    weight = numpy_helper.to_array(proto.graph.initializer[0]).copy()[:3]
    weight[2] /= 100
    proto.graph.initializer[0].CopyFrom(numpy_helper.from_array(weight, "weight"))
    proto.graph.output[0].type.tensor_type.shape.dim[1].dim_value = 3
    made = search(tmp_path, proto, budget=0.0)
    assert "channels" not in [attempt.recipe for attempt in made.attempts]


@needs_openvino
def test_that_the_search_can_be_stopped(tmp_path: Path) -> None:
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(Cancelled):
        search(tmp_path, silu_graph(), cancel=cancel)
    assert [file.name for file in tmp_path.iterdir()] == ["source.onnx"]


@needs_openvino
def test_that_a_trained_model_becomes_one_pair_of_files(exported: Exported, tmp_path: Path) -> None:
    result = export_model(exported.project, format="openvino-int8", out=tmp_path)
    assert result.file == tmp_path / "mobilenet_v3_small-openvino-int8.xml"
    weights = result.file.with_suffix(".bin")
    assert result.sha256.keys() == {result.file.name, weights.name}
    assert result.bytes == result.file.stat().st_size + weights.stat().st_size
    kept = next(attempt for attempt in result.attempts if attempt.recipe == result.recipe)
    assert kept.bytes == result.bytes
    assert weights.stat().st_size < 0.32 * exported.result.bytes
    assert result.program.startswith("OpenVINO")
    assert not list(tmp_path.glob(f"{result.recipe}*"))
