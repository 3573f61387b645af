"""Exported files as predictors: our own, other programs', and damaged ones."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import onnx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from onnx import TensorProto, helper, numpy_helper

from effnet_studio.engine.errors import ModelError
from effnet_studio.engine.predict.onnx_metadata import (
    LABELS_KEY,
    PREPROCESS_KEY,
    REJECT_KEY,
    read_metadata,
    write_metadata,
)
from effnet_studio.engine.predict.onnx_predictor import OnnxPredictor
from effnet_studio.engine.predict.predictor import load_predictor
from effnet_studio.engine.predict.reject_option import RejectOption, Score
from effnet_studio.engine.preprocess import Preprocess
from tests.color_model import write_color_model

if TYPE_CHECKING:
    from pathlib import Path

WEIGHT = np.array([[4, 0], [0, 4], [-4, -4]], dtype=np.float32)


def foreign(
    path: Path,
    *,
    image: list[Any],
    scores: list[Any],
    softmax: bool = False,
    kind: int = TensorProto.FLOAT,
) -> Path:
    """A file without notes: two classes, red against green."""
    last = "before" if softmax else "scores"
    weight = np.resize(WEIGHT, (image[1], 2)).astype(helper.tensor_dtype_to_np_dtype(kind))
    nodes = [
        helper.make_node("GlobalAveragePool", ["image"], ["pooled"]),
        helper.make_node("Flatten", ["pooled"], ["features"]),
        helper.make_node("MatMul", ["features", "weight"], [last]),
    ]
    if softmax:
        nodes.append(helper.make_node("Softmax", ["before"], ["scores"]))
    graph = helper.make_graph(
        nodes,
        "foreign",
        [helper.make_tensor_value_info("image", kind, image)],
        [helper.make_tensor_value_info("scores", kind, scores)],
        [numpy_helper.from_array(weight, "weight")],
    )
    opset = [helper.make_opsetid("", 18)]
    onnx.save(helper.make_model(graph, opset_imports=opset, ir_version=10), path)
    return path


def test_that_an_exported_file_answers_with_its_own_labels(color_model: Path) -> None:
    predictor = load_predictor(color_model)
    assert predictor.classes == ("red", "green", "blue")
    assert predictor.note is None
    pixels = np.zeros((50, 40, 3), np.uint8)
    pixels[..., 1] = 255
    prediction = predictor.predict(pixels)
    assert prediction.best.label == "green"
    features = predictor.preprocess(pixels).mean(axis=(1, 2)) * 4
    expected = np.exp(features) / np.exp(features).sum()
    np.testing.assert_allclose(prediction.probabilities, expected, rtol=1e-4)


def test_that_an_exports_folder_is_enough(color_model: Path, tmp_path: Path) -> None:
    (tmp_path / "model.onnx").write_bytes(color_model.read_bytes())
    (tmp_path / "notes.txt").write_text("measured on Monday")
    assert load_predictor(tmp_path).path == tmp_path / "model.onnx"
    (tmp_path / "model-int8.onnx").write_bytes(color_model.read_bytes())
    with pytest.raises(ModelError, match=r"2 exported models.*model-int8\.onnx, model\.onnx"):
        load_predictor(tmp_path)


@pytest.mark.parametrize("softmax", [False, True])
@pytest.mark.parametrize("batch", ["n", 1, 4])
def test_that_another_programs_classifier_is_taken_with_a_note(
    tmp_path: Path, batch: Any, *, softmax: bool
) -> None:
    path = foreign(
        tmp_path / "other.onnx", image=[batch, 3, 48, 48], scores=[batch, "c"], softmax=softmax
    )
    predictor = load_predictor(path)
    assert predictor.classes == ("class 0", "class 1")
    assert predictor.preprocess.size == 48
    assert predictor.note is not None
    images = np.random.default_rng(0).normal(size=(6, 3, 48, 48)).astype(np.float32)
    logits = predictor.logits(images)
    plain = images.mean(axis=(2, 3)) @ WEIGHT
    # A softmax of its own is undone but for a constant, which the next softmax removes.
    np.testing.assert_allclose(
        logits - logits.max(axis=1, keepdims=True),
        plain - plain.max(axis=1, keepdims=True),
        atol=1e-4,
    )


def test_that_a_foreign_file_of_any_size_gets_the_usual_one(tmp_path: Path) -> None:
    path = foreign(tmp_path / "other.onnx", image=["n", 3, "h", "w"], scores=["n", 2])
    assert load_predictor(path).preprocess.size == 224


@pytest.mark.parametrize(
    ("image", "scores", "kind"),
    [
        ([1, 4, 32, 32], [1, 2], TensorProto.FLOAT),
        ([1, 3, 32, 48], [1, 2], TensorProto.FLOAT),
        ([1, 3, 8, 8], [1, 2], TensorProto.FLOAT),
        (["n", 3, 32, 32], ["n", 2], TensorProto.FLOAT16),
    ],
)
def test_that_a_model_of_something_else_is_refused_in_words(
    image: list[Any], scores: list[Any], kind: int, tmp_path: Path
) -> None:
    path = foreign(tmp_path / "other.onnx", image=image, scores=scores, kind=kind)
    with pytest.raises(ModelError, match="image classifier"):
        load_predictor(path)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(share=st.floats(0, 1, exclude_max=True))
def test_that_a_file_cut_short_is_refused_in_words(
    share: float, color_model: Path, tmp_path: Path
) -> None:
    whole = color_model.read_bytes()
    path = tmp_path / "cut.onnx"
    path.write_bytes(whole[: int(share * len(whole))])
    with pytest.raises(ModelError):
        load_predictor(path)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        (LABELS_KEY, "[1, 2, 3]"),
        (LABELS_KEY, "{"),
        (LABELS_KEY, '["red", "green"]'),
        (PREPROCESS_KEY, '{"size": 32}'),
        (PREPROCESS_KEY, '{"size": 64, "resize": 64}'),
    ],
)
def test_that_notes_that_do_not_fit_are_refused_in_words(
    key: str, value: str, color_model: Path, tmp_path: Path
) -> None:
    model = onnx.load(color_model)
    for entry in model.metadata_props:
        if entry.key == key:
            entry.value = value
    path = tmp_path / "changed.onnx"
    onnx.save(model, path)
    with pytest.raises(ModelError, match="notes inside"):
        load_predictor(path)


@settings(max_examples=30)
@given(
    st.lists(st.text(st.characters(codec="utf-8"), max_size=12), max_size=6),
    st.integers(16, 600),
)
def test_that_notes_survive_the_way_through_the_file(labels: list[str], size: int) -> None:
    preprocess = Preprocess(size=size, resize=size + 10, interpolation="bicubic")
    entries = write_metadata(
        classes=labels, preprocess=preprocess, model="resnet18", app_version="2"
    )
    back = read_metadata({**entries, "author": "someone"})
    assert back is not None
    assert back.classes == tuple(labels)
    assert back.preprocess == preprocess
    assert (back.model, back.app_version) == ("resnet18", "2")
    assert read_metadata({"author": "someone"}) is None


def test_that_a_run_that_fails_is_said_in_words(color_model: Path) -> None:
    predictor = OnnxPredictor.from_file(color_model)
    with pytest.raises(ModelError, match="could not be run"):
        predictor.logits(np.zeros((1, 3, 16, 16), np.float32))


def test_that_a_file_says_none_of_these_below_its_limit(tmp_path: Path) -> None:
    option = RejectOption(Score.ENERGY, 4.0, 0.9, 0.95, 40, "v", "abc")
    predictor = OnnxPredictor.from_file(write_color_model(tmp_path / "a.onnx", option))
    assert predictor.reject == option
    red = np.zeros((32, 32, 3), dtype=np.uint8)
    red[..., 0] = 255
    answer = predictor.predict(red)
    energy = np.log(np.exp(predictor.logits(predictor.preprocess(red)[None])).sum())
    assert answer.rejected is bool(energy < 4.0)
    predictor.reject = RejectOption(Score.ENERGY, float(energy) + 0.01, 0.9, 0.95, 40, "v", "abc")
    assert predictor.predict(red).rejected
    predictor.reject = RejectOption(Score.ENERGY, float(energy) - 0.01, 0.9, 0.95, 40, "v", "abc")
    assert not predictor.predict(red).rejected
    np.testing.assert_array_equal(predictor.predict(red).probabilities, answer.probabilities)


def test_that_a_damaged_limit_is_refused(tmp_path: Path) -> None:
    path = write_color_model(tmp_path / "a.onnx", RejectOption(Score.ENERGY, 1, 1, 1, 1, "", ""))
    proto = onnx.load(path)
    (entry,) = [each for each in proto.metadata_props if each.key == REJECT_KEY]
    entry.value = '{"score": "luck"}'
    onnx.save(proto, path)
    with pytest.raises(ModelError, match="damaged"):
        OnnxPredictor.from_file(path)
