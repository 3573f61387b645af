"""The stages of a network as an ONNX graph, written in a moment.

PyTorch's exporter needs five seconds for EfficientNet-B0, more than a few hundred pictures gain by
running in onnxruntime. The networks of the catalog are made of some twenty operations in evaluation
mode, so they are traced symbolically and written down one by one, which takes a tenth of a second.
A network with anything else in it is not written.
"""

from __future__ import annotations

import copy
import sys
from functools import partial
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import onnx
import torch
import torch.fx
from onnx import TensorProto, helper, numpy_helper
from torch import Tensor, nn

from effnet_studio.engine.torchvision_compat import import_timm

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

GRAPH_INPUT: Final = "input"
"""Normalised images, float32, (n, 3, s, s)."""

GRAPH_OUTPUT: Final = "maps"
"""Feature maps of the last stage, float32, (n, c, h, w)."""

_OPSET: Final = 18
_IR_VERSION: Final = 10  # what the oldest onnxruntime that is allowed reads


class _UnknownError(Exception):
    """The network does something that is not in the tables below."""


def write_trunk(modules: Sequence[nn.Module]) -> onnx.ModelProto | None:
    """Write modules that run one after the other as an ONNX graph, in evaluation mode.

    Args:
        modules: In forward order, such as those of the first stages; they are copied and left as
            they are.

    Returns:
        The graph from :data:`GRAPH_INPUT` to :data:`GRAPH_OUTPUT`, for any number of
        images of any size; None if there is an operation in it that is not known here.
    """
    row = nn.Sequential(*copy.deepcopy(list(modules))).to("cpu").eval()
    try:
        return _Writer(row, _Tracer().follow(row)).write()
    except (_UnknownError, torch.fx.proxy.TraceError):
        return None


class _Tracer(torch.fx.Tracer):
    """Goes into everything but PyTorch's own modules and the convolutions of :func:`_same_conv`."""

    def is_leaf_module(self, m: nn.Module, module_qualified_name: str) -> bool:
        return type(m) is _same_conv() or super().is_leaf_module(m, module_qualified_name)

    def follow(self, row: nn.Module) -> torch.fx.Graph:
        """Follow a value through a network that nobody else uses.

        Unlike fx's own ``trace``, which replaces ``nn.Module.__call__`` in the whole process
        meanwhile, so that networks running in other threads fail or are written down too.

        Args:
            row: The network; it cannot be run any more.
        """
        self.root, self.tensor_attrs = row, {}
        self.graph = torch.fx.Graph(tracer_cls=type(self))
        for name, module in row.named_modules():
            if self.is_leaf_module(module, name):
                module.forward = partial(self._note_call, name)
        found = row(self.create_proxy("placeholder", GRAPH_INPUT, (), {}))
        self.create_node("output", "output", (self.create_arg(found),), {})
        return self.graph

    def _note_call(self, name: str, *inputs: Any, **options: Any) -> torch.fx.Proxy:
        return self.create_proxy("call_module", name, inputs, options)


class _Writer:
    """Turns the nodes of a traced network into those of an ONNX graph."""

    def __init__(self, network: nn.Module, followed: torch.fx.Graph) -> None:
        self._network, self._followed = network, followed
        self._model = helper.make_model(
            onnx.GraphProto(name="trunk"),
            opset_imports=[helper.make_opsetid("", _OPSET)],
            ir_version=_IR_VERSION,
        )
        self._values: dict[torch.fx.Node, str | Tensor | None] = {}

    @torch.no_grad()
    def write(self) -> onnx.ModelProto:
        """The whole graph."""
        last = ""
        for node in self._followed.nodes:
            if node.op == "output":
                last = self.value(node.args[0])
            else:
                self._values[node] = self._convert(node)
        graph = self._model.graph
        graph.node.append(helper.make_node("Identity", [last], [GRAPH_OUTPUT]))
        floats, size = TensorProto.FLOAT, ["n", 3, "height", "width"]
        graph.input.append(helper.make_tensor_value_info(GRAPH_INPUT, floats, size))
        graph.output.append(helper.make_tensor_value_info(GRAPH_OUTPUT, floats, None))
        return self._model

    def value(self, given: object) -> str:
        """Name of a value in the graph; tensors and numbers become constants."""
        found = self._values.get(given) if isinstance(given, torch.fx.Node) else given
        if isinstance(found, str):
            return found
        if isinstance(found, Tensor | float | int):
            return self.constant(torch.as_tensor(found, dtype=torch.float32))
        raise _UnknownError

    def constant(self, tensor: Tensor, kind: type[np.generic] = np.float32) -> str:
        """Name of a tensor that is part of the graph."""
        constants = self._model.graph.initializer
        name = f"constant_{len(constants)}"
        array = np.ascontiguousarray(tensor.detach().numpy(), dtype=kind)
        constants.append(numpy_helper.from_array(array, name))
        return name

    def add(self, operation: str, *inputs: str, **attributes: Any) -> str:
        """Append a node; returns the name of its output."""
        nodes = self._model.graph.node
        name = f"value_{len(nodes)}"
        nodes.append(helper.make_node(operation, list(inputs), [name], **attributes))
        return name

    def _convert(self, node: torch.fx.Node) -> str | Tensor | None:
        if node.op == "placeholder":
            return GRAPH_INPUT
        if node.op == "get_attr":
            owner, _, name = str(node.target).rpartition(".")
            found = getattr(self._network.get_submodule(owner), name)
            return found if isinstance(found, Tensor) else None
        if node.op == "call_module":
            module = self._network.get_submodule(str(node.target))
            writer = _modules().get(type(module))
            if writer is None:
                raise _UnknownError
            return writer(self, module, self.value(node.args[0]))
        name = node.target if isinstance(node.target, str) else getattr(node.target, "__name__", "")
        if name in _CHECKS:
            return None
        if name not in _FUNCTIONS:
            raise _UnknownError
        return _FUNCTIONS[name](self, *node.args, **node.kwargs)


def _same_conv() -> type[nn.Module] | None:
    """Timm's convolution with TensorFlow's padding, which depends on the size of its input."""
    if "timm" not in sys.modules:  # else no network of its can be here
        return None
    kind: type[nn.Module] = import_timm().layers.Conv2dSame
    return kind


def _pair(value: Any) -> list[int]:
    return list(value) if isinstance(value, tuple | list) else [value, value]


def _conv(writer: _Writer, module: Any, x: str) -> str:
    if module.padding_mode != "zeros" or isinstance(module.padding, str):
        raise _UnknownError
    inputs = [x, writer.constant(module.weight)]
    if module.bias is not None:
        inputs.append(writer.constant(module.bias))
    same = type(module) is _same_conv()
    # TensorFlow pads the right and lower side more where the padding is odd.
    padding = {"auto_pad": "SAME_UPPER"} if same else {"pads": _pair(module.padding) * 2}
    return writer.add(
        "Conv",
        *inputs,
        strides=_pair(module.stride),
        dilations=_pair(module.dilation),
        group=module.groups,
        **padding,
    )


def _norm_module(writer: _Writer, module: Any, x: str) -> str:
    moments = (module.running_mean, module.running_var)
    return _batch_norm(writer, x, *moments, module.weight, module.bias, eps=module.eps)


def _max_pool(writer: _Writer, module: Any, x: str) -> str:
    return writer.add(
        "MaxPool",
        x,
        kernel_shape=_pair(module.kernel_size),
        strides=_pair(module.stride),
        pads=_pair(module.padding) * 2,
        dilations=_pair(module.dilation),
        ceil_mode=int(module.ceil_mode),
    )


def _average_pool(writer: _Writer, module: Any, x: str) -> str:
    if module.divisor_override is not None:
        raise _UnknownError
    return writer.add(
        "AveragePool",
        x,
        kernel_shape=_pair(module.kernel_size),
        strides=_pair(module.stride),
        pads=_pair(module.padding) * 2,
        ceil_mode=int(module.ceil_mode),
        count_include_pad=int(module.count_include_pad),
    )


def _global_pool(writer: _Writer, module: Any, x: str) -> str:
    if module.output_size not in {1, (1, 1)}:
        raise _UnknownError
    return writer.add("GlobalAveragePool", x)


def _linear(writer: _Writer, module: Any, x: str) -> str:
    product = writer.add("MatMul", x, writer.constant(module.weight.T))
    return product if module.bias is None else _add(writer, product, module.bias)


def _layer_norm_module(writer: _Writer, module: Any, x: str) -> str:
    shape = module.normalized_shape
    return _layer_norm(writer, x, shape, module.weight, module.bias, module.eps)


def _silu(writer: _Writer, _module: Any, x: str) -> str:
    return writer.add("Mul", x, writer.add("Sigmoid", x))


def _gelu(writer: _Writer, module: Any, x: str) -> str:
    """X / 2 · (1 + erf(x / √2)); Hendrycks and Gimpel 2016, arXiv:1606.08415, section 2."""
    if module.approximate != "none":
        raise _UnknownError
    scaled = writer.add("Div", x, writer.value(2**0.5))
    risen = writer.add("Add", writer.add("Erf", scaled), writer.value(1.0))
    return writer.add("Mul", writer.add("Mul", x, risen), writer.value(0.5))


def _relu6(writer: _Writer, _module: Any, x: str) -> str:
    return writer.add("Clip", x, writer.value(0.0), writer.value(6.0))


def _hard_sigmoid(writer: _Writer, _module: Any, x: str) -> str:
    return writer.add("HardSigmoid", x, alpha=1 / 6, beta=0.5)


def _itself(_writer: _Writer, _module: Any, x: str) -> str:
    return x


def _plain(operation: str) -> Callable[[_Writer, Any, str], str]:
    return lambda writer, _module, x: writer.add(operation, x)


def _add(writer: _Writer, left: Any, right: Any) -> str:
    return writer.add("Add", writer.value(left), writer.value(right))


def _multiply(writer: _Writer, left: Any, right: Any) -> str:
    return writer.add("Mul", writer.value(left), writer.value(right))


def _concatenate(writer: _Writer, parts: Sequence[Any], dim: int = 0) -> str:
    return writer.add("Concat", *(writer.value(part) for part in parts), axis=dim)


def _permute(writer: _Writer, x: Any, *dims: Any) -> str:
    order = dims[0] if isinstance(dims[0], tuple | list) else dims
    return writer.add("Transpose", writer.value(x), perm=list(order))


def _mean(writer: _Writer, x: Any, dim: Any, *, keepdim: bool = False) -> str:
    axes = writer.constant(torch.tensor(list(dim)), np.int64)
    return writer.add("ReduceMean", writer.value(x), axes, keepdims=int(keepdim))


def _sigmoid(writer: _Writer, x: Any) -> str:
    return writer.add("Sigmoid", writer.value(x))


def _batch_norm(  # noqa: PLR0917 - PyTorch's own signature
    writer: _Writer,
    x: Any,
    mean: Any,
    variance: Any,
    weight: Any = None,
    bias: Any = None,
    training: bool = False,  # noqa: FBT001, FBT002
    momentum: float = 0.1,  # noqa: ARG001 - of no account in evaluation mode
    eps: float = 1e-5,
) -> str:
    if training:
        raise _UnknownError
    values = [writer.value(each) for each in (x, weight, bias, mean, variance)]
    return writer.add("BatchNormalization", *values, epsilon=eps)


def _layer_norm(  # noqa: PLR0917 - PyTorch's own signature
    writer: _Writer, x: Any, shape: Sequence[int], weight: Any, bias: Any, eps: float = 1e-5
) -> str:
    values = [writer.value(each) for each in (x, weight, bias)]
    return writer.add("LayerNormalization", *values, axis=-len(shape), epsilon=eps)


def _stochastic_depth(
    writer: _Writer,
    x: Any,
    p: float,  # noqa: ARG001 - torchvision's own signature
    mode: str,  # noqa: ARG001
    training: bool = True,  # noqa: FBT001, FBT002
) -> str:
    if training:
        raise _UnknownError
    return writer.value(x)


def _modules() -> dict[type[nn.Module], Callable[[_Writer, Any, str], str]]:
    """By the very type: a subclass may compute something else."""
    same = _same_conv()
    return _MODULES if same is None else {**_MODULES, same: _conv}


_MODULES: Final[dict[type[nn.Module], Callable[[_Writer, Any, str], str]]] = {
    nn.Conv2d: _conv,
    nn.BatchNorm2d: _norm_module,
    nn.LayerNorm: _layer_norm_module,
    nn.Linear: _linear,
    nn.MaxPool2d: _max_pool,
    nn.AvgPool2d: _average_pool,
    nn.AdaptiveAvgPool2d: _global_pool,
    nn.ReLU: _plain("Relu"),
    nn.ReLU6: _relu6,
    nn.SiLU: _silu,
    nn.GELU: _gelu,
    nn.Sigmoid: _plain("Sigmoid"),
    nn.Hardswish: _plain("HardSwish"),
    nn.Hardsigmoid: _hard_sigmoid,
    nn.Identity: _itself,
    nn.Dropout: _itself,
}
_FUNCTIONS: Final[dict[str, Callable[..., str]]] = {
    "add": _add,
    "iadd": _add,
    "mul": _multiply,
    "imul": _multiply,
    "cat": _concatenate,
    "permute": _permute,
    "mean": _mean,
    "sigmoid": _sigmoid,
    "batch_norm": _batch_norm,
    "layer_norm": _layer_norm,
    "stochastic_depth": _stochastic_depth,
}
_CHECKS: Final = frozenset({"getattr", "eq", "_assert"})
"""What timm asks about shapes on the way; nothing of it flows into the result."""
