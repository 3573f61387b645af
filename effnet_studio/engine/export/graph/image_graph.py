"""The app's own preprocessing as ONNX operators: images of any size in, the model's input out.

Resizing is that of Pillow 13, bit for bit: the kernels of its ``Resample.c`` as two matrices that
depend on the image's size, in double precision, with eight-bit results between the two passes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from effnet_studio.engine.predict.whole_model import IMAGE_NAME

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from effnet_studio.engine.preprocess import Preprocess

_CUBIC: Final = -0.5
"""Pillow's parameter of the bicubic kernel (Keys, "Cubic Convolution Interpolation for Digital
Image Processing", IEEE Transactions on Acoustics, Speech, and Signal Processing 29, 1981)."""

_SUPPORT: Final = {"bilinear": 1.0, "bicubic": 2.0}
"""Half the width of the kernel, in pixels of the result where it is smaller than the image."""

_ONE: Final = 1 << 22
"""Pillow's kernels are whole numbers over this."""


class GraphWriter:
    """Collects nodes and constants of a graph.

    Args:
        prefix: Begins the names of everything.
    """

    def __init__(self, prefix: str) -> None:
        self.prefix = prefix
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []

    def constant(self, value: object, dtype: type[np.generic]) -> str:
        """Add a constant.

        Args:
            value: Number or array.
            dtype: Its type.

        Returns:
            Its name.
        """
        name = f"{self.prefix}constant_{len(self.constants)}"
        self.constants.append(numpy_helper.from_array(np.asarray(value, dtype=dtype), name))
        return name

    def add(self, kind: str, inputs: Sequence[str], **attributes: object) -> str:
        """Add an operator with one result.

        Args:
            kind: Name of the operator.
            inputs: Names of its inputs.
            **attributes: Of the operator.

        Returns:
            The name of the result.
        """
        name = f"{self.prefix}{len(self.nodes)}_{kind}"
        self.nodes.append(helper.make_node(kind, list(inputs), [name], name=name, **attributes))
        return name


def write_preprocess(graph: GraphWriter, preprocess: Preprocess) -> str:
    """Add the operators that make the model's input from images.

    Args:
        graph: Gets them; reads the images.
        preprocess: What the app does.

    Returns:
        Name of the result: normalised, float32, shape (batch, 3, size, size).
    """
    add = graph.add
    shape = add("Shape", [IMAGE_NAME])
    height, width = (_length(graph, shape, axis) for axis in (1, 2))
    shorter = add("Min", [height, width])
    planes = add("Transpose", [add("Cast", [IMAGE_NAME], to=TensorProto.DOUBLE)], perm=[0, 3, 1, 2])
    across = add("Transpose", [_kernels(graph, preprocess, width, shorter)], perm=[1, 0])
    down = _kernels(graph, preprocess, height, shorter)
    rows_first = _branch(
        graph, lambda inner: _down(inner, down, _across(inner, across, planes)), "rows_first"
    )
    columns_first = _branch(
        graph, lambda inner: _across(inner, across, _down(inner, down, planes)), "columns_first"
    )
    pixels = add(
        "If",
        [_is_tall(graph, preprocess, height, width)],
        then_branch=columns_first,
        else_branch=rows_first,
    )
    return write_normalize(graph, add("Cast", [pixels], to=TensorProto.FLOAT), preprocess)


def write_normalize(graph: GraphWriter, levels: str, preprocess: Preprocess) -> str:
    """Add the operators that scale pictures to the range the model was trained on.

    Args:
        graph: Gets them.
        levels: Name of the pictures: float32 from 0 to 255, shape (batch, 3, size, size).
        preprocess: Says mean and standard deviation.

    Returns:
        Name of the result, of the same shape.
    """
    channels = (1, 3, 1, 1)
    mean = np.float32(255) * np.asarray(preprocess.mean, dtype=np.float32).reshape(channels)
    std = np.float32(255) * np.asarray(preprocess.std, dtype=np.float32).reshape(channels)
    moved = graph.add("Sub", [levels, graph.constant(mean, np.float32)])
    return graph.add("Div", [moved, graph.constant(std, np.float32)])


def _across(graph: GraphWriter, across: str, planes: str) -> str:
    return _eight_bits(graph, graph.add("MatMul", [planes, across]))


def _down(graph: GraphWriter, down: str, planes: str) -> str:
    return _eight_bits(graph, graph.add("MatMul", [down, planes]))


def _is_tall(graph: GraphWriter, preprocess: Preprocess, height: str, width: str) -> str:
    """Whether Pillow resizes the columns before the rows (since 13.0, its pull request 9549).

    It does where the height shrinks more than twice as much as the width; the results of the two
    orders differ, since both passes round.
    """
    size = graph.constant(float(preprocess.size), np.float64)
    lost = graph.add("Sub", [height, size])
    other = graph.add("Mul", [graph.add("Sub", [width, size]), graph.constant(2.0, np.float64)])
    zero = graph.constant(0.0, np.float64)
    return graph.add(
        "And", [graph.add("Greater", [lost, zero]), graph.add("Greater", [lost, other])]
    )


def _branch(graph: GraphWriter, write: Callable[[GraphWriter], str], name: str) -> onnx.GraphProto:
    """A subgraph with one result that reads what is around it."""
    inner = GraphWriter(f"{graph.prefix}{name}_")
    result = write(inner)
    given = helper.make_tensor_value_info(result, TensorProto.DOUBLE, None)
    return helper.make_graph(inner.nodes, name, [], [given], inner.constants)


def _length(graph: GraphWriter, shape: str, axis: int) -> str:
    """A side of the image as a number, float64."""
    index = graph.constant(axis, np.int64)
    return graph.add("Cast", [graph.add("Gather", [shape, index])], to=TensorProto.DOUBLE)


def _kernels(graph: GraphWriter, preprocess: Preprocess, side: str, shorter: str) -> str:
    """One row of weights for each pixel of the result; float32, shape (size, side).

    Args:
        graph: Gets the operators.
        preprocess: Says the sizes and the kernel.
        side: Name of the image's side along this axis, float64.
        shorter: Name of its shorter side, float64.
    """
    add, size = graph.add, preprocess.size

    def number(value: float) -> str:
        return graph.constant(value, np.float64)

    short = float(max(preprocess.resize, size))
    factor = add("Div", [number(short), shorter])
    scaled = add("Floor", [add("Add", [add("Mul", [side, factor]), number(0.5)])])
    target = add("Max", [number(short), scaled])
    step = add("Div", [side, target])  # pixels of the image for one of the result
    free = add("Sub", [target, number(size)])
    before = add("Floor", [add("Div", [free, number(2)])])
    # Pillow keeps the box that it cuts out, and its width, in single precision.
    first = _single(graph, add("Mul", [before, step]))
    last = _single(graph, add("Mul", [add("Add", [before, number(size)]), step]))
    step = add("Div", [_single(graph, add("Sub", [last, first])), number(size)])
    middles = graph.constant(np.arange(size).reshape(-1, 1) + 0.5, np.float64)
    centers = add("Add", [add("Mul", [middles, step]), first])
    wide = add("Max", [step, number(1.0)])
    reach = add("Mul", [wide, number(_SUPPORT[preprocess.interpolation])])
    low = _whole(graph, add("Sub", [centers, reach]))
    high = _whole(graph, add("Add", [centers, reach]))
    pixels = add(
        "Range", [number(0.0), side, number(1.0)]
    )  # float64, (side,): the image's pixels along this axis
    apart = add("Div", [add("Add", [add("Sub", [pixels, centers]), number(0.5)]), wide])
    weights = _KERNELS[preprocess.interpolation](graph, add("Abs", [apart]))
    inside = add("And", [add("GreaterOrEqual", [pixels, low]), add("Less", [pixels, high])])
    weights = add("Where", [inside, weights, number(0.0)])
    total = add("ReduceSum", [weights, graph.constant([1], np.int64)], keepdims=1)
    shares = add("Mul", [add("Div", [weights, total]), number(_ONE)])
    # Rounded away from zero at one half, as C does.
    half = add("Mul", [add("Sign", [shares]), number(0.5)])
    whole = add(
        "Cast",
        [add("Cast", [add("Add", [shares, half])], to=TensorProto.INT32)],
        to=TensorProto.DOUBLE,
    )
    return add("Div", [whole, number(_ONE)])


def _single(graph: GraphWriter, value: str) -> str:
    """A number as single precision holds it, as float64."""
    short = graph.add("Cast", [value], to=TensorProto.FLOAT)
    return graph.add("Cast", [short], to=TensorProto.DOUBLE)


def _whole(graph: GraphWriter, value: str) -> str:
    """``(int)(value + 0.5)``, which cuts towards zero, as float64."""
    moved = graph.add("Add", [value, graph.constant(0.5, np.float64)])
    cut = graph.add("Cast", [moved], to=TensorProto.INT64)
    return graph.add("Cast", [cut], to=TensorProto.DOUBLE)


def _bicubic(graph: GraphWriter, x: str) -> str:
    """Keys's kernel of the distance ``x``, float64."""
    add, a = graph.add, _CUBIC

    def number(value: float) -> str:
        return graph.constant(value, np.float64)

    def times(left: str, right: str) -> str:
        return add("Mul", [left, right])

    # ((a + 2) x - (a + 3)) x x + 1
    near = add("Sub", [times(number(a + 2), x), number(a + 3)])
    near = add("Add", [times(times(near, x), x), number(1.0)])
    # (((x - 5) x + 8) x - 4) a
    far = add("Add", [times(add("Sub", [x, number(5.0)]), x), number(8.0)])
    far = times(add("Sub", [times(far, x), number(4.0)]), number(a))
    beyond = add("Where", [add("Less", [x, number(2.0)]), far, number(0.0)])
    return add("Where", [add("Less", [x, number(1.0)]), near, beyond])


def _bilinear(graph: GraphWriter, x: str) -> str:
    """The triangle of the distance ``x``, float64."""
    one, zero = graph.constant(1.0, np.float64), graph.constant(0.0, np.float64)
    return graph.add("Max", [graph.add("Sub", [one, x]), zero])


_KERNELS: Final = {"bicubic": _bicubic, "bilinear": _bilinear}


def _eight_bits(graph: GraphWriter, values: str) -> str:
    """Round to what eight bits hold, as Pillow does after each pass; still float32."""
    half = graph.constant(0.5, np.float64)
    low, high = graph.constant(0.0, np.float64), graph.constant(255.0, np.float64)
    return graph.add("Clip", [graph.add("Floor", [graph.add("Add", [values, half])]), low, high])
