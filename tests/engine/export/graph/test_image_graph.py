"""The preprocessing inside an exported graph is the app's own, to the bit."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
import onnx
import onnxruntime
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from onnx import TensorProto, helper

from effnet_studio.engine.export.graph.image_graph import GraphWriter, write_preprocess
from effnet_studio.engine.images import load_image
from effnet_studio.engine.predict.whole_model import IMAGE_NAME
from effnet_studio.engine.preprocess import Preprocess

if TYPE_CHECKING:
    from pathlib import Path

RULES = (
    Preprocess(size=32, resize=37, interpolation="bicubic"),
    Preprocess(size=32, resize=32, interpolation="bilinear"),
    Preprocess(size=48, resize=40, interpolation="bicubic", mean=(0.5, 0.4, 0.3), std=(1, 0.5, 2)),
    Preprocess(size=224, resize=256, interpolation="bicubic"),
)


@lru_cache
def opened(rule: Preprocess) -> onnxruntime.InferenceSession:
    """The operators alone, as a graph that onnxruntime runs."""
    graph = GraphWriter("pre_")
    result = write_preprocess(graph, rule)
    image = helper.make_tensor_value_info(IMAGE_NAME, TensorProto.UINT8, ["n", "h", "w", 3])
    shape = ["n", 3, rule.size, rule.size]
    given_out = helper.make_tensor_value_info(result, TensorProto.FLOAT, shape)
    proto = helper.make_model(
        helper.make_graph(graph.nodes, "pre", [image], [given_out], graph.constants),
        opset_imports=[helper.make_opsetid("", 18)],
        ir_version=9,
    )
    onnx.checker.check_model(proto, full_check=True)
    return onnxruntime.InferenceSession(
        proto.SerializeToString(), providers=["CPUExecutionProvider"]
    )


def same(rule: Preprocess, pixels: np.ndarray) -> None:
    (found,) = opened(rule).run(None, {IMAGE_NAME: pixels})
    np.testing.assert_array_equal(found, np.stack([rule(each) for each in pixels]))


@given(
    rule=st.sampled_from(RULES[:3]),
    height=st.integers(1, 300),
    width=st.integers(1, 300),
    count=st.integers(1, 3),
    seed=st.integers(0, 99),
)
@settings(max_examples=60, deadline=None)
def test_that_images_of_any_size_become_the_same_numbers(
    rule: Preprocess, height: int, width: int, count: int, seed: int
) -> None:
    random = np.random.default_rng(seed)
    same(rule, random.integers(0, 256, (count, height, width, 3)).astype(np.uint8))


@pytest.mark.parametrize("rule", RULES, ids=str)
@pytest.mark.parametrize(
    ("height", "width"), [(1, 1), (1, 200), (200, 1), (32, 32), (37, 64), (500, 40), (900, 301)]
)
def test_that_sizes_at_the_edge_do_too(rule: Preprocess, height: int, width: int) -> None:
    random = np.random.default_rng(height)
    same(rule, random.integers(0, 256, (1, height, width, 3)).astype(np.uint8))


def test_that_photographs_do_too(shared_data: Path) -> None:
    files = sorted((shared_data / "photos" / "flowers").glob("*/*.jpg"))[::25]
    assert files
    for file in files:
        same(RULES[3], load_image(file)[None])
