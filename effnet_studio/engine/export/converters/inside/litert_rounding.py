"""Rounding LiteRT files to 8 bits: what flows through them, and copies with some of it rounded."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from ai_edge_litert.interpreter import Interpreter, OpResolverType
from ai_edge_quantizer import quantizer, recipe, recipe_manager
from ai_edge_quantizer.utils import tfl_flatbuffer_utils as flatbuffer

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Values = NDArray[np.float32]
    Answer = tuple[Any, list[NDArray[Any]]]

_ENDS = ("INPUT", "OUTPUT")
"""Stay as they are, so that an 8-bit file takes and gives the same numbers as one in 32 bits."""


def structure(file: str) -> Answer:
    """The names in a graph.

    Returns:
        ``tensors``: all that flows, in order; ``before_silu``: those from which x · sigmoid(x) is
        made and nothing else; ``shares``: what sigmoids give; ``pieces``: the operators' results
        between two places where a single tensor holds all that is known.
    """
    model = flatbuffer.read_model(file)
    graph = model.subgraphs[0]
    kinds = [str(flatbuffer.get_op_name_by_index(model, 0, i)) for i in range(len(graph.operators))]
    names = [flatbuffer.get_tensor_name(tensor) for tensor in graph.tensors]
    made = {int(output) for operator in graph.operators for output in operator.outputs}
    flowing = [int(graph.inputs[0]), *sorted(made)]
    read_by: dict[int, list[int]] = {tensor: [] for tensor in flowing}
    for place, operator in enumerate(graph.operators):
        for tensor in {int(each) for each in operator.inputs} & read_by.keys():
            read_by[tensor].append(place)
    sigmoids = [
        int(operator.outputs[0])
        for operator, kind in zip(graph.operators, kinds, strict=True)
        if kind == "LOGISTIC"
    ]
    return {
        "tensors": [names[tensor] for tensor in flowing],
        "before_silu": [
            names[tensor]
            for tensor, places in read_by.items()
            if sorted(kinds[place] for place in places) == ["LOGISTIC", "MUL"]
        ],
        "shares": [names[tensor] for tensor in sigmoids],
        "pieces": _pieces(graph, read_by, names),
    }, []


def _pieces(graph: Any, read_by: dict[int, list[int]], names: list[str]) -> list[list[str]]:
    pieces, piece = [], []
    waiting = {int(graph.inputs[0])}
    for place, operator in enumerate(graph.operators):
        outputs = [int(output) for output in operator.outputs]
        piece += [names[output] for output in outputs]
        waiting |= set(outputs)
        waiting = {tensor for tensor in waiting if any(later > place for later in read_by[tensor])}
        if len(waiting) <= 1:
            pieces.append(piece)
            piece = []
    return [*pieces, piece] if piece else pieces


def watch(images: Values, file: str, kept: int) -> Answer:
    """What flows through a graph, for each of the tensors of :func:`structure`.

    Returns:
        Smallest and largest values of each image, shape (images, tensors) both, and some of all
        values, shape (tensors, kept · images).
    """
    graph = flatbuffer.read_model(file).subgraphs[0]
    made = {int(output) for operator in graph.operators for output in operator.outputs}
    flowing = [int(graph.inputs[0]), *sorted(made)]
    model = Interpreter(
        model_path=file,
        experimental_op_resolver_type=OpResolverType.BUILTIN_WITHOUT_DEFAULT_DELEGATES,
        experimental_preserve_all_tensors=True,
        num_threads=2,
    )
    model.allocate_tensors()
    random = np.random.default_rng(0)
    lows = np.zeros((len(images), len(flowing)), dtype=np.float32)
    highs = np.zeros_like(lows)
    values = np.zeros((len(flowing), len(images) * kept), dtype=np.float32)
    for row, image in enumerate(images):
        model.set_tensor(flowing[0], image[None])
        model.invoke()
        for column, tensor in enumerate(flowing):
            found = model.get_tensor(tensor).reshape(-1)
            lows[row, column], highs[row, column] = found.min(), found.max()
            chosen = random.integers(0, found.size, kept)
            values[column, row * kept : (row + 1) * kept] = found[chosen]
    return None, [lows, highs, values]


def round_weights(file: str, target: str) -> Answer:
    """Write a copy whose weights are stored in 8 bits; it computes in 32."""
    _write(quantizer.Quantizer(file, recipe.weight_only_wi8_afp32()), None, target)
    return None, []


def round_all(
    file: str,
    target: str,
    ranges: dict[str, list[float]],
    only: list[str] | None,
    exact: list[str],
) -> Answer:
    """Write a copy that computes in 8 bits.

    Args:
        file: The graph in 32 bits.
        target: File to write.
        ranges: Lowest and highest value of each tensor.
        only: The operators with these results; None: all.
        exact: But not those with these.
    """
    recipes = recipe_manager.RecipeManager()
    recipes.add_static_config(
        regex=".*" if only is None else _any_of(only),
        operation_name="*",
        activation_num_bits=8,
        weight_num_bits=8,
    )
    if exact:
        recipes.add_quantization_config(_any_of(exact), "*", algorithm_key="no_quantize")
    for end in _ENDS:
        recipes.add_quantization_config(".*", end, algorithm_key="no_quantize")
    graph = flatbuffer.read_model(file).subgraphs[0]
    ranks = {flatbuffer.get_tensor_name(tensor): len(tensor.shape) for tensor in graph.tensors}
    seen = {
        name: {
            "min": np.full((1,) * ranks[name], low, dtype=np.float32),
            "max": np.full((1,) * ranks[name], high, dtype=np.float32),
            "num_samples": np.array(1),
        }
        for name, (low, high) in ranges.items()
    }
    _write(quantizer.Quantizer(file, recipes.get_quantization_recipe()), seen, target)
    return None, []


def _any_of(names: list[str]) -> str:
    """A pattern for operators with one of these results."""
    return "^(?:" + "|".join(re.escape(name) for name in names) + ");"


def _write(job: quantizer.Quantizer, seen: dict[str, Any] | None, target: str) -> None:
    made = job.quantize(seen, enable_progress_bar=False, enable_progress_report=False)
    Path(target).write_bytes(bytes(made.quantized_model))


CALLS = {
    "structure": structure,
    "watch": watch,
    "round_weights": round_weights,
    "round_all": round_all,
}
