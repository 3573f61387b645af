"""Files that anybody may have made: what reaches out of them is refused before it is opened."""

from __future__ import annotations

import contextlib
import os
from typing import TYPE_CHECKING

import numpy as np
import onnx
import onnxruntime
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from onnx import TensorProto, helper, numpy_helper

from effnet_studio.engine.errors import ModelError
from effnet_studio.engine.predict.onnx_safety import check_file, file_beside
from effnet_studio.engine.predict.onnx_session import open_session
from effnet_studio.engine.predict.predictor import load_predictor
from effnet_studio.engine.predict.whole_model import WholeModel
from tests.engine.predict.crafted_onnx import (
    IMAGES,
    NESTS,
    RIGHT,
    WEIGHT,
    body,
    call,
    constant,
    copied,
    function,
    in_loop,
    point_at,
    saved,
    scores_of,
    strange,
    with_weights_in,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.mark.parametrize("location", ["weights.bin", "below/weights.bin", "./weights.bin", "link"])
def test_that_weights_in_a_plain_file_beside_the_model_are_read(
    tmp_path: Path, location: str
) -> None:
    path = saved(with_weights_in(location, offset=8, length=WEIGHT.nbytes), tmp_path / "m")
    (tmp_path / "m" / "below").mkdir()
    for name in ("weights.bin", "below/weights.bin"):
        (tmp_path / "m" / name).write_bytes(bytes(8) + WEIGHT.tobytes())
    (tmp_path / "m" / "link").symlink_to("weights.bin")
    np.testing.assert_allclose(load_predictor(path).logits(IMAGES), RIGHT, atol=1e-4)


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    """A folder for a model, with many ways out of it to a file that is none of its business."""
    if os.name == "nt":
        pytest.skip("Windows has no files of such names")
    (tmp_path / "secret").write_bytes(WEIGHT.tobytes())
    folder = tmp_path / "m"
    (folder / "*" / "_ORT_MEM_ADDR_").mkdir(parents=True)
    (folder / "*" / "_ORT_MEM_ADDR_" / "*").write_bytes(WEIGHT.tobytes())
    (folder / "C:\\secret").write_bytes(WEIGHT.tobytes())
    (folder / "below").mkdir()
    (folder / "link").symlink_to("../secret")
    (folder / "up").symlink_to("..")
    os.mkfifo(folder / "pipe")
    return folder


@pytest.mark.parametrize(
    "location",
    [
        "../secret",
        "below/../../secret",
        "/etc/hostname",
        "//server/share/secret",
        "C:\\secret",
        "link",
        "up/secret",
        "*/_ORT_MEM_ADDR_/*",
        "below",
        "pipe",
        "",
        ".",
    ],
)
def test_that_a_model_may_not_read_other_files(outside: Path, location: str) -> None:
    path = saved(with_weights_in(location), outside)
    with pytest.raises(ModelError, match="does not lie beside it") as error:
        load_predictor(path)
    assert "own folder" in str(error.value.hint)


def test_that_an_absolute_path_to_the_right_file_is_refused_as_well(tmp_path: Path) -> None:
    (tmp_path / "weights.bin").write_bytes(WEIGHT.tobytes())
    path = saved(with_weights_in(str(tmp_path / "weights.bin")), tmp_path)
    with pytest.raises(ModelError, match="does not lie beside it"):
        load_predictor(path)


def test_that_missing_weights_are_named(tmp_path: Path) -> None:
    path = saved(with_weights_in("weights.bin"), tmp_path)
    with pytest.raises(ModelError, match=r"model\.onnx are missing: weights\.bin"):
        load_predictor(path)


@pytest.mark.parametrize("about", [{}, {"length": 24}, {"offset": 1}, {"offset": 10**15}])
def test_that_weights_that_were_cut_short_are_named(tmp_path: Path, about: dict[str, int]) -> None:
    (tmp_path / "weights.bin").write_bytes(
        WEIGHT.tobytes()[: -1 if not about.get("offset") else 99]
    )
    path = saved(with_weights_in("weights.bin", **about), tmp_path)
    with pytest.raises(ModelError, match="cut short"):
        load_predictor(path)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("offset", "-4"),
        ("length", "-1"),
        ("length", "24 "),
        ("offset", "²"),
        ("location", "../secret"),  # a second one
        ("prepacked_0", "key|0;99"),
    ],
)
def test_that_odd_notes_on_weights_are_refused(tmp_path: Path, key: str, value: str) -> None:
    (tmp_path / "weights.bin").write_bytes(WEIGHT.tobytes())
    model = with_weights_in("weights.bin")
    model.graph.initializer[0].external_data.add(key=key, value=value)
    with pytest.raises(ModelError, match="damaged"):
        load_predictor(saved(model, tmp_path))


@pytest.mark.parametrize("nest", NESTS)
def test_that_weights_of_graphs_within_the_graph_are_looked_at(
    outside: Path, nest: Callable[[onnx.NodeProto], onnx.NodeProto]
) -> None:
    with pytest.raises(ModelError, match="does not lie beside it"):
        load_predictor(saved(scores_of(nest(constant("../secret"))), outside))


def test_that_weights_in_functions_and_odd_corners_are_looked_at(outside: Path) -> None:
    inside = function("F", constant("../secret"), helper.make_node("Identity", ["a"], ["b"]))
    by_function = scores_of(call("F", "raw", "scores"), functions=[inside])
    sparse = helper.make_sparse_tensor(
        numpy_helper.from_array(np.ones(1, np.float32), "weight"),
        numpy_helper.from_array(np.zeros((1, 2), np.int64), "where"),
        [3, 2],
    )
    point_at(sparse.values, "../secret")
    as_sparse = scores_of()
    del as_sparse.graph.initializer[0]
    as_sparse.graph.sparse_initializer.append(sparse)
    as_attribute = scores_of(
        helper.make_node("Constant", [], ["other"], sparse_value=sparse), copied("scores")
    )
    in_training = scores_of()
    corner = in_training.training_info.add().algorithm
    corner.CopyFrom(body(constant("../secret"), copied()))
    in_default = scores_of(functions=[function("F", helper.make_node("Identity", ["a"], ["b"]))])
    in_default.functions[0].attribute_proto.extend(constant("../secret").attribute)
    for model in (by_function, as_sparse, as_attribute, in_training, in_default):
        with pytest.raises(ModelError, match="does not lie beside it"):
            load_predictor(saved(model, outside))


@pytest.mark.parametrize("nest", [lambda node: node, *NESTS])
def test_that_operators_of_other_programs_are_refused_by_name(
    tmp_path: Path, nest: Callable[[onnx.NodeProto], onnx.NodeProto]
) -> None:
    path = saved(scores_of(nest(strange())), tmp_path)
    with pytest.raises(ModelError, match=r"model\.onnx uses the operator evil\.example\.Steal"):
        load_predictor(path)


def test_that_functions_may_be_made_of_known_operators_only(tmp_path: Path) -> None:
    good = function("Good", helper.make_node("Identity", ["a"], ["b"]))
    outer = function("Outer", call("Good", "a", "b"))
    model = scores_of(call("Outer", "raw", "scores"), functions=[outer, good])
    np.testing.assert_allclose(
        load_predictor(saved(model, tmp_path)).logits(IMAGES), RIGHT, atol=1e-4
    )
    bad = function("Good", strange("a", "b"))
    model = scores_of(call("Outer", "raw", "scores"), functions=[outer, bad])
    with pytest.raises(ModelError, match="Steal"):
        load_predictor(saved(model, tmp_path))
    # The same name twice, told apart by a word that few know of.
    bad.overload = "other"
    model = scores_of(call("Outer", "raw", "scores"), functions=[outer, bad, good])
    with pytest.raises(ModelError, match="Steal"):
        load_predictor(saved(model, tmp_path))


def test_that_what_onnxruntime_makes_itself_is_opened(tmp_path: Path) -> None:
    """Its optimiser writes operators of its own, for the processor's favourite layout."""
    random = np.random.default_rng(0)
    kernel = random.normal(size=(32, 3, 3, 3)).astype(np.float32)
    model = scores_of()
    del model.graph.node[0]
    model.graph.initializer[0].CopyFrom(
        numpy_helper.from_array(random.normal(size=(32, 2)).astype(np.float32), "weight")
    )
    model.graph.initializer.append(numpy_helper.from_array(kernel, "kernel"))
    for node in (
        helper.make_node("GlobalAveragePool", ["active"], ["pooled"]),
        helper.make_node("Relu", ["made"], ["active"]),
        helper.make_node("Conv", ["image", "kernel"], ["made"]),
    ):
        model.graph.node.insert(0, node)
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    options.optimized_model_filepath = str(tmp_path / "fast.onnx")
    session = onnxruntime.InferenceSession(
        model.SerializeToString(), options, providers=["CPUExecutionProvider"]
    )
    domains = {node.domain for node in onnx.load(tmp_path / "fast.onnx").graph.node}
    assert domains & {"com.microsoft", "com.microsoft.nchwc"}
    (right,) = session.run(None, {"image": IMAGES})
    found = load_predictor(tmp_path / "fast.onnx").logits(IMAGES)
    np.testing.assert_allclose(found, right, atol=1e-5)


def test_that_a_program_for_an_accelerator_is_refused(tmp_path: Path) -> None:
    node = helper.make_node("EPContext", ["raw"], ["scores"], domain="com.microsoft")
    with pytest.raises(ModelError, match=r"com\.microsoft\.EPContext"):
        load_predictor(saved(scores_of(node), tmp_path))


@pytest.mark.parametrize("kind", ["circle", "bomb", "tower"])
def test_that_functions_without_end_are_refused(tmp_path: Path, kind: str) -> None:
    count = {"circle": 2, "bomb": 28, "tower": 3000}[kind]
    functions = []
    for number in range(count):
        nodes = [call(f"F{number + 1}", "a", "b")]
        if kind == "bomb":
            nodes = [call(f"F{number + 1}", "a", "c"), call(f"F{number + 1}", "c", "b")]
        functions.append(function(f"F{number}", *nodes))
    end = call("F0", "a", "b") if kind == "circle" else helper.make_node("Relu", ["a"], ["b"])
    functions.append(function(f"F{count}", end))
    model = scores_of(call("F0", "raw", "scores"), functions=functions)
    with pytest.raises(ModelError, match="unfolds"):
        load_predictor(saved(model, tmp_path))


def test_that_a_file_of_more_than_2_gb_is_not_even_read(tmp_path: Path) -> None:
    path = tmp_path / "huge.onnx"
    with path.open("wb") as stream:
        stream.truncate(2**31)  # takes no space
    with pytest.raises(ModelError, match="larger than 2 GB"):
        load_predictor(path)


@pytest.mark.skipif(os.name == "nt", reason="no named pipes in folders")
def test_that_what_is_no_plain_file_is_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.onnx")
    (tmp_path / "round.onnx").symlink_to("round.onnx")
    (tmp_path / "folder.onnx").mkdir()
    for name in ("pipe.onnx", "round.onnx", "folder.onnx", "none.onnx"):
        with pytest.raises(ModelError, match="not an ONNX model"):
            check_file(tmp_path / name)


def test_that_bytes_that_pass_for_another_kind_of_file_are_read_as_checked(
    tmp_path: Path,
) -> None:
    """onnxruntime takes what has ORTM at its fifth byte for a format of its own."""
    model = scores_of()
    model.producer_name = "ORTM"
    checked = check_file(saved(model, tmp_path))
    graph = checked.whole_model().SerializeToString()
    assert graph[4:8] == b"ORTM"
    with pytest.raises(Exception, match="ORT model"):
        onnxruntime.InferenceSession(graph, providers=["CPUExecutionProvider"])
    (scores,) = open_session(checked, checked.whole_model()).run(None, {"image": IMAGES})
    np.testing.assert_allclose(scores, RIGHT, atol=1e-4)


def test_that_a_file_that_is_exchanged_after_the_check_is_found(tmp_path: Path) -> None:
    path = saved(scores_of(), tmp_path)
    checked = check_file(path)
    checked.require_unchanged()
    saved(scores_of(strange()), tmp_path / "other").replace(path)
    with pytest.raises(ModelError, match="changed while"):
        checked.require_unchanged()
    path.unlink()
    with pytest.raises(ModelError, match="changed while"):
        checked.require_unchanged()


@pytest.mark.parametrize("count", [10**12, 2**62])
def test_that_a_model_that_wants_all_memory_of_the_world_is_refused_in_words(
    tmp_path: Path, count: int
) -> None:
    model = scores_of(
        helper.make_node("ConstantOfShape", ["count"], ["many"]),
        helper.make_node("ReduceSum", ["many"], ["sum"], keepdims=0),
        helper.make_node("Add", ["raw", "sum"], ["scores"]),
    )
    model.graph.initializer.append(numpy_helper.from_array(np.array([count]), "count"))
    with pytest.raises(ModelError, match="not enough memory"):
        load_predictor(saved(model, tmp_path))


def test_that_a_gigantic_declared_shape_is_refused_in_words(tmp_path: Path) -> None:
    model = scores_of()
    del model.graph.initializer[0].dims[:]
    model.graph.initializer[0].dims.extend([10**12, 10**12])
    with pytest.raises(ModelError):
        load_predictor(saved(model, tmp_path))
    model.graph.input[0].type.tensor_type.shape.dim[0].dim_value = 2**62
    with pytest.raises(ModelError):
        load_predictor(saved(model, tmp_path))


def test_that_a_model_of_images_with_nothing_known_inside_is_refused(tmp_path: Path) -> None:
    model = scores_of()
    kind = model.graph.input[0].type.tensor_type
    kind.elem_type = TensorProto.UINT8
    with pytest.raises(ModelError, match="image classifier"):
        load_predictor(saved(model, tmp_path))
    with pytest.raises(ModelError):
        WholeModel(saved(model, tmp_path))


def test_that_text_that_is_no_text_is_refused(tmp_path: Path) -> None:
    content = scores_of(strange()).SerializeToString()
    path = tmp_path / "model.onnx"
    path.write_bytes(content.replace(b"evil.example", b"evil.\xff\xfe\xfd.ex"))
    with pytest.raises(ModelError):
        load_predictor(path)


PIECES = [
    "..",
    ".",
    "",
    "/",
    "\\",
    "secret",
    "link",
    "up",
    "below",
    "pipe",
    "weights.bin",
    "*",
    "~",
]


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    location=st.one_of(
        st.lists(st.sampled_from(PIECES), max_size=6).map("/".join),
        st.lists(st.sampled_from(PIECES), max_size=6).map("".join),
        st.text(max_size=30),
    )
)
def test_that_no_name_leads_out_of_the_folder(location: str, outside: Path) -> None:
    (outside / "weights.bin").touch()
    try:
        found = file_beside(outside / "model.onnx", location)
    except ModelError:
        return
    assert found.is_relative_to(outside.resolve())
    assert found.is_file()
    assert found.resolve() == found


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.floats(0, 1, exclude_max=True), bytes_=st.binary(min_size=1, max_size=4))
def test_that_a_damaged_file_is_refused_in_words_or_opened(
    place: float, bytes_: bytes, tmp_path: Path
) -> None:
    content = bytearray(scores_of(in_loop(constant("weights.bin"))).SerializeToString())
    start = int(place * len(content))
    content[start : start + len(bytes_)] = bytes_
    path = tmp_path / "model.onnx"
    path.write_bytes(content)
    (tmp_path / "weights.bin").write_bytes(WEIGHT.tobytes())
    with contextlib.suppress(ModelError):  # nothing else may come
        check_file(path)
