"""What is judged of a model is the model without its weights, whatever was done to the file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import onnx
import pytest
from google.protobuf.message import DecodeError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from onnx import numpy_helper

from effnet_studio.engine.errors import ModelError
from effnet_studio.engine.predict.onnx_outline import outline
from effnet_studio.engine.predict.onnx_safety import check_file
from tests.engine.predict.crafted_onnx import (
    WEIGHT,
    constant,
    in_loop,
    saved,
    scores_of,
)

if TYPE_CHECKING:
    from pathlib import Path


def in_file(content: bytes, path: Path) -> bytes:
    path.write_bytes(content)
    with path.open("rb") as stream:
        return outline(stream)


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.floats(0, 1, exclude_max=True), bytes_=st.binary(max_size=6), cut=st.booleans())
def test_that_the_outline_is_the_model_without_its_weights(
    place: float, bytes_: bytes, tmp_path: Path, *, cut: bool
) -> None:
    """Whatever is done to a file: what is judged is what protobuf understands of it."""
    model = scores_of(in_loop(constant("weights.bin")))
    large = np.arange(1000, dtype=np.float32)
    model.graph.initializer.append(numpy_helper.from_array(large, "large"))
    content = bytearray(model.SerializeToString())
    start = int(place * len(content))
    content[start : start + len(bytes_)] = bytes_
    content = content[:start] if cut else content
    try:
        right = onnx.ModelProto.FromString(bytes(content))
        short = in_file(bytes(content), tmp_path / "model.onnx")
    except (DecodeError, ValueError):
        return
    found = onnx.ModelProto.FromString(short)
    for tensor in right.graph.initializer:
        if len(tensor.raw_data) > 1024:
            tensor.raw_data = b""
    assert found.SerializeToString(deterministic=True) == right.SerializeToString(
        deterministic=True
    )


def test_that_the_outline_of_a_large_model_is_small(tmp_path: Path) -> None:
    model = scores_of()
    large = np.zeros((500, 1000), dtype=np.float32)
    model.graph.initializer.append(numpy_helper.from_array(large, "large"))
    checked = check_file(saved(model, tmp_path))
    assert checked.file.stat().st_size > 2_000_000
    assert len(checked.model.SerializeToString()) < 2000
    weight, *_, empty = checked.model.graph.initializer
    np.testing.assert_array_equal(numpy_helper.to_array(weight), WEIGHT)
    assert list(empty.dims) == [500, 1000]
    assert checked.whole_model() == model


@pytest.mark.parametrize(
    "content",
    [
        b"\x3a",  # a graph, and the end
        b"\x3a\x7f\x0a",  # of 127 bytes, of which one is there
        b"\x0b\x0c",  # a group
        b"\x02\x00",  # field 0
        b"\xff" * 11,
        b"\x3a\x04\x2a\x7f\x4a\x00",  # a tensor that is longer than its graph
        b"\x09\x00",  # eight bytes, of which one is there
    ],
)
def test_that_what_is_no_protocol_buffer_is_refused(content: bytes, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r".+"):
        in_file(content, tmp_path / "model.onnx")
    with pytest.raises(ModelError, match="damaged"):
        check_file(tmp_path / "model.onnx")
