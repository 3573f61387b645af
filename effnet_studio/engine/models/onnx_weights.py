"""Graphs of ONNX opened, checked and written without their weights being serialised in one go.

Protocol Buffers serialise a model in one call that holds Python's lock, and so do the calls that
take the result: 0.1 s for ResNet-50, 0.5 s for ConvNeXt-Base, in which no other thread goes on and
a window stands still. Weights are therefore taken one by one, or left where they are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import onnx
import onnxruntime
from onnx import TensorProto, numpy_helper

from effnet_studio.engine.models.onnx_runtime import silence_telemetry
from effnet_studio.engine.models.varint import varint

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path
    from typing import Any

    from google.protobuf.message import Message

_LARGE: Final = 1024
"""Bytes of a constant from which it is taken out; shapes and other small ones stay, because what is
known of the graph's values depends on them."""
_TYPES: Final = frozenset(
    {
        TensorProto.FLOAT,
        TensorProto.FLOAT16,
        TensorProto.INT8,
        TensorProto.UINT8,
        TensorProto.INT32,
        TensorProto.INT64,
    }
)
"""Types of weights that are taken out; NumPy has all of them."""
_GRAPH_TAG: Final = b"\x3a"
"""Begins field 7 of a ``ModelProto``, which has a length (onnx.proto)."""
_INITIALIZER_TAG: Final = b"\x2a"
"""Begins a value of field 5 of a ``GraphProto``, which has a length."""


def open_model(
    model: onnx.ModelProto, options: onnxruntime.SessionOptions
) -> onnxruntime.InferenceSession:
    """Open a graph in onnxruntime on the CPU.

    Args:
        model: The graph with its weights; it is left as it is.
        options: How it is to run; the weights are added to them.

    Raises:
        Exception: One of :data:`~.onnx_runtime.RUNTIME_ERRORS`, if it cannot be opened.
        ValueError: If a constant has more or fewer values than it says.
    """
    light = _without_large(model)
    large = [constant for constant in model.graph.initializer if _is_large(constant)]
    arrays = [numpy_helper.to_array(constant) for constant in large]
    values = [onnxruntime.OrtValue.ortvalue_from_numpy(array) for array in arrays]
    for constant in large:
        elsewhere = light.graph.initializer.add(
            name=constant.name,
            data_type=constant.data_type,
            dims=constant.dims,
            data_location=TensorProto.EXTERNAL,
        )
        elsewhere.external_data.add(key="location", value="weights")
    options.add_external_initializers([constant.name for constant in large], values)
    silence_telemetry()
    session = onnxruntime.InferenceSession(
        light.SerializeToString(), options, providers=["CPUExecutionProvider"]
    )
    session.kept_weights = values  # it reads them as long as it runs
    return session


def check_model(model: onnx.ModelProto) -> None:
    """Make sure that a model keeps to the standard, its shapes included.

    Args:
        model: The graph with its weights; it is left as it is.

    Raises:
        onnx.checker.ValidationError: If it does not.
        onnx.shape_inference.InferenceError: If its shapes contradict each other.
    """
    onnx.checker.check_model(_with_large_as_inputs(model), full_check=True)
    for constant in model.graph.initializer:
        if _is_large(constant):
            onnx.checker.check_tensor(constant)


def infer_shapes(model: onnx.ModelProto) -> None:
    """Note the shapes of all values inside a graph, in the place of what was noted before.

    Args:
        model: The graph, changed in place.

    Raises:
        onnx.shape_inference.InferenceError: If they contradict each other.
    """
    del model.graph.value_info[:]
    inferred = onnx.shape_inference.infer_shapes(_with_large_as_inputs(model))
    model.graph.value_info.extend(inferred.graph.value_info)
    for port, found in zip(model.graph.output, inferred.graph.output, strict=True):
        port.CopyFrom(found)


def write_model(model: onnx.ModelProto, path: Path) -> None:
    """Write a model into one file.

    Args:
        model: The graph with its weights.
        path: File to write.

    Raises:
        OSError: If it cannot be written.
    """
    about = onnx.ModelProto()
    _copy_fields(model, about, but={"graph"})
    graph = onnx.GraphProto()
    _copy_fields(model.graph, graph, but={"initializer"})
    body = graph.SerializeToString()
    constants = model.graph.initializer
    sizes = [constant.ByteSize() for constant in constants]
    total = len(body) + sum(1 + len(varint(size)) + size for size in sizes)
    with path.open("wb") as stream:
        stream.write(about.SerializeToString() + _GRAPH_TAG + varint(total) + body)
        for constant, size in zip(constants, sizes, strict=True):
            stream.write(_INITIALIZER_TAG + varint(size))
            stream.write(constant.SerializeToString())


def _is_large(constant: TensorProto) -> bool:
    plain = constant.data_type in _TYPES and constant.HasField("raw_data")
    return plain and constant.ByteSize() >= _LARGE


def _without_large(model: onnx.ModelProto) -> onnx.ModelProto:
    """A copy without the large constants."""
    light = onnx.ModelProto()
    _copy_fields(model, light, but={"graph"})
    _copy_fields(model.graph, light.graph, but={"initializer"})
    light.graph.initializer.extend(
        constant for constant in model.graph.initializer if not _is_large(constant)
    )
    return light


def _with_large_as_inputs(model: onnx.ModelProto) -> onnx.ModelProto:
    """A copy that is given its large constants, which says the same of all other values."""
    light = _without_large(model)
    given = {port.name for port in light.graph.input}
    light.graph.input.extend(
        onnx.helper.make_tensor_value_info(constant.name, constant.data_type, constant.dims)
        for constant in model.graph.initializer
        if _is_large(constant) and constant.name not in given
    )
    return light


def _copy_fields(source: Message, target: Message, *, but: Iterable[str]) -> None:
    for field, value in source.ListFields():
        if field.name in but:
            continue
        there: Any = getattr(target, field.name)
        if field.is_repeated:
            there.extend(value)
        elif field.message_type is not None:
            there.CopyFrom(value)
        else:
            setattr(target, field.name, value)
